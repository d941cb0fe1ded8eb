"""What leaves the program, opened by an office program: no text runs, nothing is an error, figures stay to the cent."""

import math
import shutil
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from levcheck.batch.tables import write_rows
from levcheck.i18n.words import Words
from levcheck.presenting.figures import Cell, Column, Row, TableView
from levcheck.presenting.table_files import csv_bytes
from levcheck.reporting.workbook import workbook_bytes
from tests.helpers.report_lab import analysis_of
from tests.trust.test_exports import poisoned

OFFICE = shutil.which("soffice")
HOSTILE = ["=1+1", '=HYPERLINK("http://x","y")', "+1+1", "-2+3", "@SUM(A1)", "=1/0", "\t=1+1", "007", "1e5"]  # fmt: skip
AMOUNT = -1234567.891

pytestmark = pytest.mark.skipif(OFFICE is None, reason="no LibreOffice (soffice) on this machine")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a workbook, a list of rows and two CSV files, and let the office program save each anew as a workbook."""
    made = tmp_path_factory.mktemp("office")
    analysis = analysis_of(14, debt=20_000.0)
    words = Words("de")
    (made / "plain.xlsx").write_bytes(workbook_bytes(analysis, words, date(2026, 11, 22)))
    hostile = poisoned(analysis_of(14), HOSTILE)
    (made / "hostile.xlsx").write_bytes(workbook_bytes(hostile, words, date(2026, 11, 22)))
    rows: list[dict[str, str | float | None]] = [
        {"side": "sell", "holding": text, "money": AMOUNT} for text in HOSTILE
    ]
    write_rows(made / "rows.xlsx", rows, "Trades")
    write_rows(made / "rows.csv", rows)
    columns = (Column("a", "Name"), Column("b", "Amount", numeric=True))
    shown = [Row(t, (Cell(t), Cell("−$1,234,568", sort=AMOUNT))) for t in HOSTILE]
    (made / "table.csv").write_bytes(csv_bytes(TableView("T", columns, tuple(shown))))
    names = [str(file) for file in sorted(made.iterdir())]
    subprocess.run(
        [
            str(OFFICE),
            f"-env:UserInstallation={(made / 'profile').as_uri()}",
            "--headless",
            # English separators, so that a comma parts cells and a point is a decimal mark.
            "--infilter=CSV:44,34,76,1,,1033",
            "--convert-to",
            "xlsx:Calc MS Excel 2007 XML",
            "--outdir",
            str(made / "again"),
            *names,
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    return made


def cells(path: Path) -> dict[tuple[str, str], tuple[str, Any]]:
    """Return (kind, value) of every cell that holds something, by sheet and place."""
    from openpyxl import load_workbook

    return {
        (sheet.title, cell.coordinate): (str(cell.data_type), cell.value)
        for sheet in load_workbook(path)
        for row in sheet.iter_rows()
        for cell in row
        if cell.value not in (None, "")
    }


@pytest.mark.parametrize("name", ["plain.xlsx", "hostile.xlsx", "rows.xlsx"])
def test_that_an_office_program_changes_nothing_in_a_workbook(folder: Path, name: str) -> None:
    before, after = cells(folder / name), cells(folder / "again" / name)
    assert {kind for kind, _ in after.values()} == {"s", "n"}  # no formula, no error
    assert before.keys() == after.keys()
    for place, (kind, value) in before.items():
        if kind == "n":
            assert math.isclose(after[place][1], value, rel_tol=1e-12, abs_tol=1e-9), place
        else:
            # Spaces at the ends of a line are the reader's own.
            assert str(after[place][1]).split() == str(value).split(), place
    numbers = sum(kind == "n" for kind, _ in before.values())
    assert numbers > (1_000 if name == "plain.xlsx" else 5)


@pytest.mark.parametrize("name", ["rows", "table"])
def test_that_an_office_program_runs_nothing_in_a_text_file(folder: Path, name: str) -> None:
    found = cells(folder / "again" / f"{name}.xlsx").values()
    assert {kind for kind, _ in found} <= {"s", "n"}
    texts = [str(value) for kind, value in found if kind == "s"]
    assert any("=1+1" in text for text in texts)
    amounts = [value for kind, value in found if kind == "n"]
    assert sum(math.isclose(value, AMOUNT, abs_tol=0.005) for value in amounts) == len(HOSTILE)
