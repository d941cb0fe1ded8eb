"""A book: ranked rows, failures told, the same answer from one process and from two, interrupted runs go on."""

import json
import stat
from pathlib import Path

import pytest
from openpyxl import load_workbook  # noqa: TID253

from levcheck.batch import book
from levcheck.batch.book import BookOptions, analyse_book, files_of, ranked
from levcheck.batch.tables import write_rows
from levcheck.domain.diagnostics import LevcheckError

HEADER = "Symbol,Description,Quantity,Price,Market Value,Currency\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "clients").mkdir()
    for name, line in {
        "anna.csv": "NVDA,NVIDIA CORP,10,100,1000,USD\nBND,VANGUARD TOTAL BOND MARKET,10,100,1000,USD\n",
        "ben.csv": "NVDL,GRANITESHARES 2X LONG NVDA,10,100,1000,USD\n",
        "empty.csv": "",
    }.items():
        (tmp_path / "clients" / name).write_text(HEADER + line if line else "", encoding="utf-8")
    (tmp_path / "clients" / "~$anna.xlsx").write_bytes(b"lock")
    return tmp_path / "clients"


def test_that_the_largest_bet_stands_first_and_failures_last(folder: Path) -> None:
    rows = analyse_book(files_of([folder]), BookOptions(("ai-chips-minus-30",)))
    assert rows[0]["file"] == "ben.csv"
    assert rows[0]["share_of_equity"] == pytest.approx(2.0)
    assert [row["file"] for row in rows if row["status"] != "done"] == ["empty.csv"]
    assert "empty" in str(rows[-1]["message"])
    assert "ai-chips-minus-30 pnl" in rows[0]


def test_that_two_processes_give_the_same_book_as_one(folder: Path) -> None:
    files = files_of([folder])
    assert analyse_book(files, BookOptions(workers=2)) == analyse_book(files, BookOptions())


def test_that_an_interrupted_run_goes_on_where_it_stopped(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files, journal = files_of([folder]), tmp_path / "journal"
    whole = analyse_book(files, BookOptions(), journal=journal)
    assert stat.S_IMODE(journal.stat().st_mode) == 0o600
    lines = journal.read_text(encoding="utf-8").splitlines()
    journal.write_text("\n".join(lines[:2]) + '\n{"half', encoding="utf-8")
    read: list[str] = []
    original = book._Worker.rows

    def counted(self: book._Worker, file: Path) -> list[book.Row]:
        read.append(file.name)
        return original(self, file)

    monkeypatch.setattr(book._Worker, "rows", counted)
    assert analyse_book(files, BookOptions(), journal=journal) == whole
    assert len(read) == 1
    assert json.loads(lines[0])["rows"]


def test_that_another_question_reads_everything_again(folder: Path, tmp_path: Path) -> None:
    files, journal = files_of([folder]), tmp_path / "journal"
    analyse_book(files, BookOptions(), journal=journal)
    rows = analyse_book(files, BookOptions(("melt-up",)), journal=journal)
    assert all("melt-up pnl" in row for row in rows if row["status"] == "done")


def test_that_a_name_that_looks_like_a_formula_stays_a_name(tmp_path: Path) -> None:
    rows: list[book.Row] = [{"file": "=HYPERLINK(1)", "net": -4.5}, {"file": "@x", "net": None}]
    write_rows(tmp_path / "a.csv", rows)
    lines = (tmp_path / "a.csv").read_text(encoding="utf-8-sig").splitlines()
    assert lines == ["file,net", "'=HYPERLINK(1),-4.5", "'@x,"]
    write_rows(tmp_path / "a.xlsx", rows)
    sheet = load_workbook(tmp_path / "a.xlsx").active
    assert sheet is not None
    assert sheet["A2"].data_type == "s"
    assert sheet["B2"].value == -4.5


def test_that_an_unknown_ending_or_path_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LevcheckError) as caught:
        write_rows(tmp_path / "a.doc", [])
    assert caught.value.code == "batch.unknown_format"
    with pytest.raises(LevcheckError):
        files_of([tmp_path / "missing"])


def test_that_the_order_never_depends_on_timing() -> None:
    rows: list[book.Row] = [
        {"status": "done", "share_of_equity": share, "file": file, "theme": "t"}
        for share, file in ((0.1, "b"), (-0.5, "c"), (0.1, "a"))
    ]
    assert [row["file"] for row in ranked(rows)] == ["c", "a", "b"]
    assert ranked(rows) == ranked(rows[::-1])
