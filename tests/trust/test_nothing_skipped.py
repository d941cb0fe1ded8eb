"""R15, no row is skipped in silence: sheets whose rows are known here, not by the program, each row with its fate."""

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from levcheck.domain.portfolio import Reading
from levcheck.importing import read_positions
from tests.trust.test_gates import packed, parts_of, sheet, text_cell

Tell = Callable[[str], None]
HEADINGS = ("Symbol", "Quantity", "Price", "Market Value")
# No word of the program, and no paper of the library.
NAMES = tuple(f"ZQ{letter}{other}" for letter in "ABCDEFGH" for other in "JKLMNPQR")


@dataclass
class Sheet:
    """One sheet: rows of holdings and what a careless reader trips over.

    Attributes:
        rows: text of each row that holds something, by its number.
        dimension: what the sheet says of its own size.
        after: what stands behind its rows.
    """

    rows: dict[int, str] = field(default_factory=dict)
    dimension: str = "A1:D40"
    after: str = ""

    @property
    def content(self) -> bytes:
        """The workbook."""
        body = "".join(self.rows[number] for number in sorted(self.rows))
        made = sheet(f"<sheetData>{body}</sheetData>{self.after}", dimension=self.dimension)
        if not self.dimension:
            made = made.replace(b'<dimension ref=""/>', b"")
        return packed(parts_of(made))


def number_cell(at: str, value: float) -> str:
    return f'<c r="{at}"><v>{value}</v></c>'


def holding(
    row: int, name: str, shares: float, price: float, *, looks: str = "", last: str = ""
) -> str:
    value = last or number_cell(f"D{row}", shares * price)
    cells = (
        text_cell(f"A{row}", name) + number_cell(f"B{row}", shares) + number_cell(f"C{row}", price)
    )
    return f'<row r="{row}"{looks}>{cells}{value}</row>'


def plain(count: int, *, gaps: bool = False) -> Sheet:
    made = Sheet()
    head = "".join(text_cell(f"{c}1", t) for c, t in zip("ABCD", HEADINGS, strict=True))
    made.rows[1] = f'<row r="1">{head}</row>'
    step = 3 if gaps else 1
    for number in range(count):
        row = 2 + number * step
        made.rows[row] = holding(row, NAMES[number], 10.0 + number, 100.0)
    return made


def changed(row: int, **how: str) -> Sheet:
    made = plain(12)
    made.rows[row] = holding(row, NAMES[row - 2], 8.0 + row, 100.0, **how)
    return made


def with_cell(row: int, cell: str) -> Sheet:
    return changed(row, last=cell)


def with_texts() -> Sheet:
    made = plain(12)
    for row in range(2, 14):
        cells = (NAMES[row - 2], f"{8 + row}", "100.00", f"{100 * (8 + row):,}.00")
        body = "".join(text_cell(f"{c}{row}", t) for c, t in zip("ABCD", cells, strict=True))
        made.rows[row] = f'<row r="{row}">{body}</row>'
    return made


def with_more(*texts: str) -> Sheet:
    """Rows below the list that are no holdings: a total, words, a note far below."""
    made = plain(12)
    for number, text in enumerate(texts):
        row = 14 + 4 * number
        made.rows[row] = f'<row r="{row}">{text_cell(f"A{row}", text)}</row>'
    return made


def without_numbers() -> Sheet:
    """Rows and cells that do not say where they are."""
    import re

    made = plain(12)
    made.rows = {row: re.sub(r' r="[A-Z]*\d+"', "", body) for row, body in made.rows.items()}
    return made


_ERROR = '<c r="D5" t="e"><f>NA()</f><v>{}</v></c>'
SHEETS: dict[str, Callable[[], Sheet]] = {
    "plain": lambda: plain(12),
    "empty rows between": lambda: plain(12, gaps=True),
    "a size of two rows": lambda: Sheet(plain(12).rows, "A1:D2"),
    "a size of one cell": lambda: Sheet(plain(12).rows, "A1"),
    "no size": lambda: Sheet(plain(12).rows, ""),
    "a size of all there is": lambda: Sheet(plain(12).rows, "A1:XFD1048576"),
    "a hidden row": lambda: changed(5, looks=' hidden="1"'),
    "a row of no height": lambda: changed(5, looks=' ht="0" customHeight="1"'),
    "a grouped row": lambda: changed(5, looks=' outlineLevel="2" collapsed="1"'),
    "filtered rows": lambda: Sheet(
        changed(5, looks=' hidden="1"').rows, after='<autoFilter ref="A1:D13"/>'
    ),
    "merged names": lambda: Sheet(
        plain(12).rows, after='<mergeCells count="1"><mergeCell ref="A4:A5"/></mergeCells>'
    ),
    "a formula without a result": lambda: with_cell(5, '<c r="D5"><f>B5*C5</f></c>'),
    "a formula with an empty result": lambda: with_cell(5, '<c r="D5"><f>B5*C5</f><v></v></c>'),
    "a formula with a result": lambda: with_cell(5, '<c r="D5"><f>B5*C5</f><v>1300</v></c>'),
    "numbers as text": with_texts,
    "an error": lambda: with_cell(5, _ERROR.format("#N/A")),
    "another error": lambda: with_cell(5, _ERROR.format("#REF!")),
    "no value": lambda: with_cell(5, '<c r="D5"/>'),
    "words for a value": lambda: with_cell(5, text_cell("D5", "see below")),
    "words below": lambda: with_more("Notes", "Prices of yesterday", "zqxj 12 qq"),
    "rows without numbers": without_numbers,
}  # fmt: skip


def unaccounted(rows: set[int], reading: Reading) -> set[int]:
    """Return the rows that are neither a holding nor listed with a reason."""
    seen = Counter(line.place.row for line in reading.positions)
    seen.update(line.place.row for line in reading.cash)
    for run in reading.ignored:
        if run.reason:
            seen.update(range(run.first, run.last + 1))
    return {row for row in rows if not seen[row]}


def test_that_every_row_is_a_holding_or_listed_with_its_reason(tmp_path: Path, tell: Tell) -> None:
    count, lost, told = 0, [], 0
    for name, make in SHEETS.items():
        made = make()
        path = tmp_path / "a.xlsx"
        path.write_bytes(made.content)
        reading = read_positions(path)
        count += len(made.rows)
        lost += [(name, row) for row in unaccounted(set(made.rows), reading)]
        held = sum(1 for row in made.rows if row != 1)
        told += len(reading.positions) < held and bool(reading.ignored)
    tell(
        f"R15 rows: {count} rows of {len(SHEETS)} sheets, {len(lost)} without a fate; "
        f"{told} sheets with rows that are no holdings, each named"
    )
    assert not lost


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("a hidden row", "hidden_row"),
        ("filtered rows", "hidden_row"),
        ("a formula without a result", "formula_computed"),
        ("an error", "unreadable_cell"),
        ("another error", "unreadable_cell"),
        ("words for a value", "unreadable_cell"),
    ],
)
def test_that_what_a_careless_reader_takes_for_nothing_is_told_with_its_row(
    name: str, code: str, tmp_path: Path
) -> None:
    (tmp_path / "a.xlsx").write_bytes(SHEETS[name]().content)
    reading = read_positions(tmp_path / "a.xlsx", in_process=True)
    places = [d.where for d in reading.diagnostics if d.code == f"import.{code}"]
    assert [place.row for place in places if place is not None] == [5]


def test_that_random_sheets_lose_no_row(tmp_path: Path, tell: Tell) -> None:
    """The traps together, at random."""
    chance, count, lost = random.Random(15), 0, 0
    path = tmp_path / "a.xlsx"
    for _ in range(30):
        made = plain(chance.randint(3, 40), gaps=chance.random() < 0.3)
        for row in list(made.rows)[1:]:
            if chance.random() < 0.2:
                looks = chance.choice(("", ' hidden="1"', ' ht="0" customHeight="1"'))
                last = chance.choice(("", _ERROR.format("#N/A"), "<c><f>B2</f></c>", "<c/>"))
                made.rows[row] = holding(
                    row,
                    chance.choice(NAMES),
                    7.0,
                    3.0,
                    looks=looks,
                    last=last.replace("D5", f"D{row}"),
                )
        made.dimension = chance.choice(("", "A1", "A1:B2", "A1:D400"))
        path.write_bytes(made.content)
        count += len(made.rows)
        lost += len(unaccounted(set(made.rows), read_positions(path, in_process=True)))
    tell(f"R15 random sheets: {count} rows of 30 sheets, {lost} without a fate")
    assert lost == 0


@pytest.mark.parametrize("name", ["a size of two rows", "a size of one cell"])
def test_that_a_reader_that_trusts_the_size_a_sheet_tells_is_found(
    name: str, tmp_path: Path
) -> None:
    from openpyxl import load_workbook

    made = SHEETS[name]()
    (tmp_path / "a.xlsx").write_bytes(made.content)
    trusting = load_workbook(tmp_path / "a.xlsx", read_only=True).worksheets[0]
    seen = {cells[0].row for cells in trusting.iter_rows() if cells and cells[0].value}
    assert len(set(made.rows) - seen) > 5
    whole = read_positions(tmp_path / "a.xlsx", in_process=True)
    assert unaccounted(set(made.rows), whole) == set()
    assert len(whole.positions) == 12
