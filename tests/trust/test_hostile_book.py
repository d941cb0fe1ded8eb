"""A folder of clients as a stranger would send it: nothing outside it is read, nothing hangs, nothing is written, names are words."""

import csv
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook  # noqa: TID253
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from levcheck.assets import data_folder
from levcheck.batch import book as book_room
from levcheck.batch.book import Book, BookOptions, analyse_book, files_of
from levcheck.batch.tables import write_book
from levcheck.i18n.words import Words
from levcheck.reporting.workbook import workbook_bytes
from levcheck.ui.book_desk import BookDesk
from levcheck.ui.jobs import ImmediateJob
from levcheck.ui.main_window import MainWindow
from levcheck.ui.workspace import Workspace
from tests.helpers.sample_engine import SampleEngine

Tell = Callable[[str], None]

HEADER = "Symbol,Description,Quantity,Price,Market Value,Currency\n"
HOLDING = HEADER + "NVDA,NVIDIA CORP,10,100,1000,USD\n"
SECRET = HEADER + "MSTR,STRATEGY INC,7,1111,7777,USD\n"
NAMES = (
    '<img src="file_x"><b>a.csv', "=HYPERLINK(1).csv", "\u202egnp.csv", "new\nline.csv", "x" * 250 + ".csv", "'; rm -rf.csv",
    "\x1b]52;c;aGFja2Vk\x07.csv", "-rf.csv", "$(reboot).csv", "caf\udce9.csv",
)  # fmt: skip

pytestmark = pytest.mark.skipif(os.name == "nt", reason="names, links and pipes as POSIX has them")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Ten odd names, six ways out of the folder, a pipe that nobody writes into, and a loop."""
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.csv").write_text(SECRET)
    folder = tmp_path / "clients"
    (folder / "deeper").mkdir(parents=True)
    made = 0
    for name in NAMES:
        try:
            (folder / name).write_text(HOLDING)
            made += 1
        except OSError:  # a file system that takes letters only
            assert "\udce9" in name
    (folder / "link.csv").symlink_to(outside / "secret.csv")
    (folder / "deeper" / "up.csv").symlink_to("../../outside/secret.csv")
    (folder / "whole.csv").symlink_to(outside)
    (folder / "elsewhere").symlink_to(outside)
    (folder / "loop").symlink_to(folder)
    (folder / "nowhere.csv").symlink_to(outside / "nothing.csv")
    (folder / "zeros.csv").symlink_to("/dev/zero")
    (folder / "same.csv").symlink_to(folder / NAMES[1])  # stays inside: followed, and counted once
    os.mkfifo(folder / "pipe.csv")
    (folder / "folder.csv").mkdir()
    return folder


def read(folder: Path, journal: Path | None = None) -> Book:
    return analyse_book(files_of([folder]), BookOptions(), journal=journal)


def everything(folder: Path) -> set[str]:
    return {str(path) for path in folder.rglob("*")}


def judged(book: Book) -> tuple[int, int]:
    """Return how many files gave something, and how many of those are not in the folder."""
    done = {(str(row["folder"]), str(row["file"])) for row in book.rows if row["status"] == "done"}
    outside = [row for row in book.rows if row["equity"] == 7777.0]
    return len(done), len(outside)


def test_that_a_hostile_folder_gives_nothing_but_its_own_files(
    folder: Path, tmp_path: Path, tell: Tell
) -> None:
    before = everything(tmp_path)
    book = read(folder)
    own, outside = judged(book)
    refused = sorted(str(row["file"]) for row in book.failed)
    tell(
        f"S8 hostile book: {own} files of its own read, {outside} outside it, {len(refused)} links told"
    )
    assert (own, outside) == (len([n for n in NAMES if (folder / n).exists()]), 0)
    assert refused == ["link.csv", "up.csv"]
    assert all("link that leads out" in str(row["message"]) for row in book.failed)
    assert everything(tmp_path) == before
    assert all(book.path_of(row).exists() for row in book.rows)


def test_that_a_search_that_follows_links_is_found(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        book_room, "_inside", lambda f: (x.resolve() for x in f.rglob("*.csv") if x.is_file())
    )
    assert judged(read(folder))[1] > 0


def test_that_the_names_of_a_book_can_be_written_everywhere(folder: Path, tmp_path: Path) -> None:
    journal = tmp_path / "journal"
    book = read(folder, journal)
    assert read(folder, journal) == book  # from the journal, names and all
    write_book(tmp_path / "out.csv", book.rows, ())
    write_book(tmp_path / "out.xlsx", book.rows, ())
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as stream:
        written = {row["file"] for row in csv.DictReader(stream)}
    assert {"caf?.csv", "'=HYPERLINK(1).csv", "'-rf.csv"} <= written
    sheet = load_workbook(tmp_path / "out.xlsx").active
    assert sheet is not None
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}


def test_that_one_file_with_such_a_name_makes_its_reports(folder: Path) -> None:
    from levcheck.app.pipeline import analyse
    from levcheck.app.session import new_session
    from levcheck.importing import read_positions
    from levcheck.importing.mapping import column_choices
    from levcheck.reference.catalogue import Catalogue

    path = folder / NAMES[-1]
    if not path.exists():
        pytest.skip("this file system takes names of letters only")
    reading = read_positions(path)
    assert reading.file == "caf?.csv"
    assert column_choices(path).file == "caf?.csv"
    analysis = analyse(new_session([reading]).portfolio, Catalogue.bundled(), ())
    assert workbook_bytes(analysis, Words("en"))[:2] == b"PK"


def test_that_a_thousand_files_of_rubbish_are_a_thousand_rows(tmp_path: Path, tell: Tell) -> None:
    for number in range(1000):
        (tmp_path / f"{number:04}.csv").write_bytes(
            b"\0" * (number % 7) + b"rubbish" * (number % 3)
        )
    book = read(tmp_path)
    tell(
        f"S4 a book of rubbish: {len(book.rows)} of 1000 files are rows, {len(book.failed)} with a reason"
    )
    assert len(book.rows) == len(book.failed) == 1000
    assert all(row["message"] for row in book.failed)


def test_that_a_search_that_is_not_wanted_any_more_ends(tmp_path: Path) -> None:
    for number in range(5):
        (tmp_path / f"{number}.csv").write_text(HOLDING)
    asked = iter((False, False, True))
    assert len(files_of([tmp_path], lambda: next(asked))) == 2


def test_that_a_file_that_goes_meanwhile_is_a_row_that_says_so(tmp_path: Path) -> None:
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_text(HOLDING)
    files = files_of([tmp_path])
    (tmp_path / "b.csv").unlink()
    book = analyse_book(files, BookOptions(), journal=tmp_path / "journal")
    assert [row["file"] for row in book.failed] == ["b.csv"]
    assert len((tmp_path / "journal").read_text().splitlines()) == 1


# --- in the window -------------------------------------------------------------------------------------------


@pytest.fixture
def desk(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[BookDesk]:
    monkeypatch.setenv("LEVCHECK_DATA", str(tmp_path_factory.mktemp("data")))
    monkeypatch.setattr("levcheck.ui.book_desk.os.cpu_count", lambda: 1)
    window = MainWindow(Workspace.immediate(SampleEngine(), Words("en", hide_amounts=True)))
    qtbot.addWidget(window)
    window.show()
    yield BookDesk(window.workspace, window.files, window, job=ImmediateJob)
    window.close()


def test_that_the_window_of_a_book_takes_no_name_for_markup_and_writes_nothing(
    desk: BookDesk, folder: Path, tmp_path: Path
) -> None:
    before = everything(tmp_path)
    desk.read(folder)
    shown = desk.shown
    assert shown is not None
    rows = shown.table.figures.view.rows
    assert len(rows) == len([n for n in NAMES if (folder / n).exists()]) + 2
    texts = " ".join(cell.text for row in rows for cell in row.cells)
    assert "<img" in texts
    assert "1,000" not in texts  # amounts are hidden
    for widget in shown.findChildren(QWidget):
        assert "<img" not in widget.toolTip()
        if isinstance(widget, QLabel) and "<img" in widget.text():
            assert widget.textFormat() is Qt.TextFormat.PlainText
    model = shown.table.model()
    tips = [
        str(model.index(r, c).data(Qt.ItemDataRole.ToolTipRole))
        for r in range(model.rowCount())
        for c in range(model.columnCount())
    ]
    assert any("&lt;img" in tip for tip in tips)
    assert not any("<img" in tip for tip in tips)
    shown.reject()
    assert everything(tmp_path) == before
    kept = {path.name for path in data_folder().iterdir()}
    assert kept <= {
        "cache",
        "scenarios",
    }  # the program's own tables: nothing of a client, and no line in a log
