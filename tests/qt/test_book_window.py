"""Open a book: a folder is ranked in a table, by the largest bet or by one, and a client opens in the window."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from levcheck.batch import book as book_room
from levcheck.i18n.words import Words
from levcheck.presenting.book import book_view
from levcheck.ui.book_desk import BookDesk
from levcheck.ui.jobs import ImmediateJob
from levcheck.ui.main_window import MainWindow
from levcheck.ui.workspace import Workspace
from tests.helpers.sample_engine import SampleEngine

HEADER = "Symbol,Description,Quantity,Price,Market Value,Currency\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    clients = tmp_path / "clients"
    clients.mkdir()
    for name, line in {
        "anna.csv": "NVDA,NVIDIA CORP,10,100,1000,USD\nBND,VANGUARD TOTAL BOND MARKET,30,100,3000,USD\n",
        "ben.csv": "NVDL,GRANITESHARES 2X LONG NVDA,10,100,1000,USD\n",
        "empty.csv": "",
    }.items():
        (clients / name).write_text(HEADER + line if line else "", encoding="utf-8")
    return clients


@pytest.fixture
def desk(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> BookDesk:
    monkeypatch.setattr("levcheck.ui.book_desk.os.cpu_count", lambda: 1)
    window = MainWindow(Workspace.immediate(SampleEngine(), Words("en")))
    qtbot.addWidget(window)
    window.show()
    return BookDesk(window.workspace, window.files, window, job=ImmediateJob)


def texts(desk: BookDesk, column: int) -> list[str]:
    assert desk.shown is not None
    return [row.cells[column].text for row in desk.shown.table.figures.view.rows]


def test_that_a_folder_is_ranked_by_the_largest_bet_of_each_client(
    desk: BookDesk, folder: Path
) -> None:
    desk.read(folder)
    assert desk.shown is not None
    assert texts(desk, 0) == ["ben", "anna", "empty"]
    assert texts(desk, 2)[0] == "200%"
    assert "2 clients were read. 1 file could not be used" in desk.shown.headline.text()


def test_that_it_is_ranked_by_one_bet(desk: BookDesk, folder: Path) -> None:
    desk.read(folder)
    assert desk.shown is not None
    number = desk.shown.bets.findData("ai-chips")
    desk.shown.bets.setCurrentIndex(number)
    desk.shown.bets.activated.emit(number)
    assert texts(desk, 0)[:2] == ["ben", "anna"]
    assert set(texts(desk, 1)[:2]) == {"AI chips"}
    assert texts(desk, 2)[1] == "25%"


def test_that_a_client_opens_in_the_window(
    desk: BookDesk, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []
    monkeypatch.setattr(desk._files, "open", opened.append)
    desk.read(folder)
    assert desk.shown is not None
    desk.shown.table.row_activated.emit(desk.shown.table.figures.view.rows[0].id)
    assert opened == [folder.resolve() / "ben.csv"]
    assert desk.shown is None


def test_that_a_folder_without_clients_is_told(desk: BookDesk, tmp_path: Path) -> None:
    (tmp_path / "nothing").mkdir()
    desk.read(tmp_path / "nothing")
    assert desk.shown is not None
    assert "no workbook" in desk.shown.headline.text()


def test_that_hidden_amounts_are_hidden_in_the_book_too(folder: Path) -> None:
    rows = book_room.analyse_book(book_room.files_of([folder]), book_room.BookOptions()).rows
    view = book_view(rows, Words("en", hide_amounts=True))
    shown = " ".join(cell.text for row in view.ranking.rows for cell in row.cells)
    assert "1,000" not in shown
    assert "2,000" not in shown
    assert "200%" in shown
