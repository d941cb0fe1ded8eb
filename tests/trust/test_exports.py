"""No text of a portfolio becomes a formula in an export, and no number is changed to prevent it."""

import csv
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from levcheck.app.analysis import AnalysedPosition, Analysis
from levcheck.batch.tables import write_rows
from levcheck.i18n.words import Words
from levcheck.presenting.figures import Cell, Column, Row, TableView
from levcheck.presenting.table_files import csv_bytes
from levcheck.reporting.workbook import workbook_bytes
from tests.helpers.sample_analysis import sample_analysis

Tell = Callable[[str], None]
STARTERS = ("=", "+", "-", "@", "\t", "\r", "\0", "＝", "＋", "－", "＠")
RUN = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_PAYLOADS = st.sampled_from(
    [
        'HYPERLINK("http://x","y")',
        "cmd|' /C calc'!A0",
        "1+1",
        "SUM(A1:A9)",
        "IMPORTXML(A1)",
        "DDE()",
    ]
)
_BEFORE = st.sampled_from(["", "", " ", ",", ";", '"', "'", "\t", "\ufeff", "\u200b", "\xa0"])
HOSTILE = st.one_of(
    st.builds(lambda a, b, c: a + b + c, _BEFORE, st.sampled_from(STARTERS), _PAYLOADS),
    st.builds(lambda a, b: a + b, st.sampled_from(STARTERS), st.text(max_size=20)),
    st.text(max_size=30),
)
NUMBERS = st.floats(-1e12, 1e12, allow_nan=False)
PER_EXAMPLE = 100


def poisoned(analysis: Analysis, texts: list[str]) -> Analysis:
    """Put hostile texts wherever the user's file or a library speaks in the workbook."""

    def line(index: int, known: AnalysedPosition) -> AnalysedPosition:
        text = texts[index % len(texts)]
        instrument = known.instrument and replace(known.instrument, name=text)
        position = known.position and replace(
            known.position, symbol=text, name=text, account=text, place=replace(known.position.place, sheet=text)
        )  # fmt: skip
        return replace(known, instrument=instrument, position=position)

    return replace(
        analysis,
        portfolio=replace(analysis.portfolio, name=texts[0]),
        positions=tuple(
            line(index, analysis.positions[index % len(analysis.positions)])
            for index in range(max(len(texts), len(analysis.positions)))
        ),
    )


def formulas_in(content: bytes) -> tuple[int, int]:
    """Return (formula cells, text cells that hold a hostile start) of a workbook as openpyxl reads it."""
    from openpyxl import load_workbook

    formulas = texts = 0
    for sheet in load_workbook(BytesIO(content)):
        for row in sheet.iter_rows():
            for cell in row:
                formulas += cell.data_type == "f"
                texts += isinstance(cell.value, str) and cell.value.startswith(STARTERS)
    return formulas, texts


def live_cells(text: str) -> list[str]:
    """Return the cells a spreadsheet would run, whichever sign its country puts between cells."""
    found = []
    for sign in (",", ";", "\t"):
        for row in csv.reader(StringIO(text, newline=""), delimiter=sign):
            live = STARTERS if sign == "," else RUN
            found += [cell for cell in row if cell.startswith(live) and not _is_number(cell)]
    return found


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def workbook_is_still(analysis: Analysis, texts: list[str]) -> None:
    formulas, kept = formulas_in(workbook_bytes(poisoned(analysis, texts), Words("en")))
    assert formulas == 0
    if all(text.startswith("=") for text in texts):
        assert kept > 0


def csv_is_still(texts: list[str], numbers: list[float], folder: Path) -> None:
    rows: list[dict[str, str | float | None]] = [
        {"file": text, "amount": number, "note": text[::-1]} for text, number in zip(texts, numbers, strict=True)
    ]  # fmt: skip
    write_rows(folder / "book.csv", rows)
    text = (folder / "book.csv").read_bytes().decode("utf-8-sig")
    read = list(csv.DictReader(StringIO(text, newline="")))
    assert [float(row["amount"]) for row in read] == numbers
    assert not live_cells(text)
    write_rows(folder / "book.xlsx", rows)
    assert formulas_in((folder / "book.xlsx").read_bytes())[0] == 0


def window_csv_is_still(texts: list[str], numbers: list[float]) -> None:
    """A table of a screen, saved: texts in a column of texts, in one of figures and in a heading."""
    columns = (
        Column("a", "Name"),
        Column("b", texts[0]),
        Column("c", "Amount", numeric=True),
        Column("d", "Note"),
    )
    rows = tuple(
        Row(str(n), (Cell(text), Cell(text[::-1]), Cell(f"{number:.2f}", sort=number), Cell(f"x{text}")))
        for n, (text, number) in enumerate(zip(texts, numbers, strict=True))
    )  # fmt: skip
    table = TableView("t", columns, rows)
    text = csv_bytes(table).decode("utf-8-sig")
    read = list(csv.reader(StringIO(text, newline="")))
    assert [float(row[2]) for row in read[1:]] == [float(f"{number:.2f}") for number in numbers]
    assert not live_cells(text)
    pasted = [line.split("\t") for line in table.as_tsv().splitlines()]
    assert not [c for row in pasted for c in row if c.startswith(STARTERS) and not _is_number(c)]


_TEXTS = st.lists(HOSTILE, min_size=PER_EXAMPLE, max_size=PER_EXAMPLE)
_AMOUNTS = st.lists(NUMBERS, min_size=PER_EXAMPLE, max_size=PER_EXAMPLE)
_TIERS = pytest.mark.parametrize("count", [300, pytest.param(10_000, marks=pytest.mark.release)])


@_TIERS
def test_that_no_text_becomes_a_formula_in_the_workbook(count: int, tell: Tell) -> None:
    analysis, seen = sample_analysis(), [0]
    workbook_is_still(analysis, ["=1+1"])

    @given(texts=_TEXTS)
    @settings(
        max_examples=count // PER_EXAMPLE, deadline=None, database=None, phases=[Phase.generate]
    )
    def holds(texts: list[str]) -> None:
        seen[0] += len(texts)
        workbook_is_still(analysis, texts)

    holds()
    tell(f"S5 workbook: {seen[0]} hostile texts, 0 formula cells")
    assert seen[0] >= count


@_TIERS
def test_that_no_text_becomes_a_formula_in_a_table_and_no_number_changes(
    count: int, tell: Tell, tmp_path: Path
) -> None:
    seen = [0]

    @given(texts=_TEXTS, numbers=_AMOUNTS)
    @settings(
        max_examples=count // PER_EXAMPLE, deadline=None, database=None, phases=[Phase.generate]
    )
    def holds(texts: list[str], numbers: list[float]) -> None:
        seen[0] += len(texts)
        csv_is_still(texts, numbers, tmp_path)

    holds()
    tell(f"S5 batch tables: {seen[0]} hostile texts, 0 live cells, 0 numbers changed")
    assert seen[0] >= count


@_TIERS
def test_that_no_text_of_a_screen_becomes_a_formula_where_it_is_saved_or_pasted(
    count: int, tell: Tell
) -> None:
    seen = [0]

    @given(texts=_TEXTS, numbers=_AMOUNTS)
    @settings(
        max_examples=count // PER_EXAMPLE, deadline=None, database=None, phases=[Phase.generate]
    )
    def holds(texts: list[str], numbers: list[float]) -> None:
        seen[0] += len(texts)
        window_csv_is_still(texts, numbers)

    holds()
    tell(f"S5 tables of the window: {seen[0]} hostile texts, saved and pasted, 0 live cells")
    assert seen[0] >= count


def test_that_careless_exports_are_found() -> None:
    from openpyxl import Workbook

    book, buffer = Workbook(), BytesIO()
    sheet = book.active
    assert sheet is not None
    sheet["A1"] = "=1+1"
    book.save(buffer)
    assert formulas_in(buffer.getvalue())[0] == 1
    assert "=1+1" in live_cells("name,amount\r\n=1+1,-4.0\r\n")
    assert live_cells("name,amount\r\na;=1+1,-4.0\r\n") == ["=1+1,-4.0"]
