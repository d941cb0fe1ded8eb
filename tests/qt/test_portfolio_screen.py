"""The Portfolio screen worked with by mouse and keyboard, on the real importer and library."""

import gc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from levcheck.i18n.words import Words
from levcheck.storage.settings import Settings, load_settings
from levcheck.ui import application as application_module
from levcheck.ui.engine import LocalEngine
from levcheck.ui.main_window import MainWindow
from levcheck.ui.screens.portfolio_screen import PortfolioScreen
from levcheck.ui.workspace import Workspace
from tests.helpers.laid_out import wait_until_laid_out

LIST = "Symbol,Name,Quantity,Price,Market Value,Currency\n"
ROWS = (
    "AAPL,Apple Inc,10,200,2000,USD\n"
    "MSFT,Microsoft Corp,5,400,2000,USD\n"
    "NVDA,NVIDIA Corp,20,150,3000,USD\n"
)


@pytest.fixture
def make(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Iterator[Callable[..., MainWindow]]:
    monkeypatch.setenv("LEVCHECK_DATA", str(tmp_path / "data"))

    def made(*texts: str, words: Words | None = None) -> MainWindow:
        workspace = Workspace.immediate(LocalEngine(), words or Words("en"))
        window = MainWindow(workspace)
        qtbot.addWidget(window)
        window.resize(1366, 768)
        window.show()
        window.activateWindow()
        qtbot.waitExposed(window)
        for number, text in enumerate(texts):
            file = tmp_path / f"list{number}.csv"
            file.write_text(LIST + text, "utf-8")
            workspace.open(file, adds=number > 0)
        window.show_screen("portfolio")
        wait_until_laid_out(qtbot, window)
        return window

    yield made
    gc.collect()


def portfolio(window: MainWindow) -> PortfolioScreen:
    return cast("PortfolioScreen", window.screens["portfolio"])


def index_of(window: MainWindow, line: int, column: str) -> QModelIndex:
    model = portfolio(window).table.figures
    return model.index(line, [c.id for c in model.view.columns].index(column))


def text_of(window: MainWindow, line: int, column: str) -> str:
    cell = portfolio(window).table.figures.cell(index_of(window, line, column))
    return cell.text if cell is not None else ""


def point_on(window: MainWindow, line: int, column: str) -> QPoint:
    return portfolio(window).table.visualRect(index_of(window, line, column)).center()


def type_over(text: str) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClicks(focus, text)


def press(key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, key, held)


CTRL = Qt.KeyboardModifier.ControlModifier


# --- editing -----------------------------------------------------------------------------------------------


def test_that_a_quantity_is_edited_by_keyboard_alone_and_undone(
    qtbot: QtBot, make: Callable[..., MainWindow]
) -> None:
    window = make(ROWS)
    table = portfolio(window).table
    table.setFocus()
    table.setCurrentIndex(index_of(window, 0, "quantity"))
    press(Qt.Key.Key_F2)
    assert portfolio(window).side.current == "edit"
    type_over("20")
    press(Qt.Key.Key_Return)
    assert text_of(window, 0, "quantity") == "20"
    assert text_of(window, 0, "value") == "$4,000"
    assert text_of(window, 0, "where") == "typed by you"
    assert window.action("undo").text() == "&Undo: Edit AAPL"
    assert QApplication.focusWidget() is table
    press(Qt.Key.Key_Z, CTRL)
    assert text_of(window, 0, "value") == "$2,000"
    assert text_of(window, 0, "where") != "typed by you"


def test_that_a_double_click_edits_a_value_and_opens_no_drawer(
    qtbot: QtBot, make: Callable[..., MainWindow]
) -> None:
    window = make(ROWS)
    table = portfolio(window).table
    spot = point_on(window, 1, "value")
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    QTest.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    qtbot.wait(QApplication.doubleClickInterval() + 50)
    assert window.drawer.isHidden()
    assert portfolio(window).side.current == "edit"
    type_over("1.234,50")
    QTest.mouseClick(portfolio(window).edit_line.use, Qt.MouseButton.LeftButton)
    position = window.workspace.session.portfolio.positions[1]
    assert position.market_value == 1234.5
    assert position.edited == ("market_value",)


def test_that_one_click_on_a_value_still_explains_it(
    qtbot: QtBot, make: Callable[..., MainWindow]
) -> None:
    window = make(ROWS)
    table = portfolio(window).table
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=point_on(window, 0, "value"))
    qtbot.waitUntil(window.drawer.isVisible, timeout=20_000)


def test_that_an_unclear_number_waits_for_an_answer(
    qtbot: QtBot, make: Callable[..., MainWindow]
) -> None:
    window = make(ROWS)
    screen = portfolio(window)
    screen.table.setCurrentIndex(index_of(window, 0, "value"))
    window.action("edit_line").trigger()
    type_over("1,234")
    assert not screen.edit_line.use.isEnabled()
    press(Qt.Key.Key_Return)
    assert QApplication.focusWidget() is screen.edit_line.value.meanings[0]
    press(Qt.Key.Key_Space)
    assert screen.edit_line.use.isEnabled()
    press(Qt.Key.Key_Return)
    assert window.workspace.session.portfolio.positions[0].market_value == 1234.0


def test_that_a_typed_figure_says_so_in_the_drawer(make: Callable[..., MainWindow]) -> None:
    window = make(ROWS)
    screen = portfolio(window)
    screen.edit_line.changed.emit("p1", None, 555.0)
    window.explain("position_value|p1")
    assert window.drawer.view is not None
    assert "typed by you" in window.drawer.view.as_text()


def test_that_marked_lines_are_removed_in_one_step(
    qtbot: QtBot, make: Callable[..., MainWindow]
) -> None:
    window = make(ROWS)
    table = portfolio(window).table
    table.setFocus()
    table.setCurrentIndex(index_of(window, 0, "line"))
    press(Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert table.marked() == ("p1", "p2")
    press(Qt.Key.Key_C, CTRL)
    copied = QApplication.clipboard().text().splitlines()
    assert [line.split("\t")[0] for line in copied] == ["Holding", "AAPL", "MSFT"]
    press(Qt.Key.Key_Delete)
    held = window.workspace.session.portfolio.positions
    assert [p.symbol for p in held] == ["NVDA"]
    assert window.action("undo").text() == "&Undo: Remove 2 lines"
    window.action("undo").trigger()
    assert len(window.workspace.session.portfolio.positions) == 3


def test_that_a_line_is_added_by_keyboard_alone(
    qtbot: QtBot, make: Callable[..., MainWindow]
) -> None:
    window = make(ROWS)
    screen = portfolio(window)
    screen.table.setFocus()
    press(Qt.Key.Key_N, CTRL)
    assert QApplication.focusWidget() is screen.add_line.symbol
    type_over("US0231351067")
    press(Qt.Key.Key_Tab)
    type_over("1500")
    press(Qt.Key.Key_Return)
    added = window.workspace.session.portfolio.positions[-1]
    assert (added.isin, added.market_value, added.currency) == ("US0231351067", 1500.0, "USD")
    assert text_of(window, 3, "status") != "Needs you"
    assert text_of(window, 3, "where") == "typed by you"
    assert window.action("undo").text() == "&Undo: Add US0231351067"


def test_that_a_line_without_a_value_asks_for_it_and_not_for_its_name(
    make: Callable[..., MainWindow],
) -> None:
    window = make(ROWS + "TSLA,Tesla Inc,4,,,USD\n")
    screen = portfolio(window)
    assert screen.unknown.field.isHidden()
    assert screen.unknown.type_figure.text() == "Type its value"
    screen.unknown.type_figure.click()
    assert screen.side.current == "edit"
    type_over("1200")
    press(Qt.Key.Key_Return)
    assert text_of(window, 3, "value") == "$1,200"
    assert screen.unknown.isHidden()


def test_that_a_line_nobody_knows_is_called_cash_and_taken_back(
    make: Callable[..., MainWindow],
) -> None:
    window = make(ROWS + "QQPRIVX,Harbor Lane Thing,,,700,USD\n")
    panel = portfolio(window).unknown
    assert panel.cash.isVisible()
    panel.cash.click()
    session = window.workspace.session
    assert [line.amount for line in session.portfolio.cash] == [700.0]
    assert len(session.portfolio.positions) == 3
    assert panel.isHidden()
    assert window.action("undo").text() == "&Undo: Count QQPRIVX as cash"
    window.action("undo").trigger()
    assert len(window.workspace.session.portfolio.positions) == 4
    assert not panel.isHidden()


def test_that_a_line_without_a_value_cannot_be_cash(make: Callable[..., MainWindow]) -> None:
    window = make(ROWS + "TSLA,Tesla Inc,4,,,USD\n")
    assert portfolio(window).unknown.cash.isHidden()


# --- currencies --------------------------------------------------------------------------------------------


def test_that_a_missing_rate_is_asked_for_beside_the_table(
    qtbot: QtBot, make: Callable[..., MainWindow]
) -> None:
    window = make(ROWS + "SAP,SAP SE,10,100,1000,VND\n")
    screen = portfolio(window)
    assert screen.side.current == "currencies"
    assert screen.currencies.rate.title.text() == "1 VND = … USD"
    assert text_of(window, 3, "value") == "–"
    screen.currencies.focus()
    type_over("0,0095")
    press(Qt.Key.Key_Return)
    assert window.workspace.session.portfolio.rates["VND"] == 0.0095
    assert text_of(window, 3, "value") == "$10"
    assert screen.currencies.question.isHidden()
    assert window.action("undo").text() == "&Undo: Set the rate of VND"


def test_that_the_base_currency_is_chosen_and_undone(make: Callable[..., MainWindow]) -> None:
    window = make(ROWS)
    screen = portfolio(window)
    window.action("currencies").trigger()
    base = screen.currencies.base
    base.setCurrentIndex(base.findData("EUR"))
    base.activated.emit(base.currentIndex())
    assert window.workspace.session.portfolio.base_currency == "EUR"
    assert text_of(window, 0, "value").startswith("€")
    window.action("undo").trigger()
    assert text_of(window, 0, "value") == "$2,000"


# --- households, filters, the receipt ----------------------------------------------------------------------


def test_that_two_files_are_one_household_filtered_by_account(
    qtbot: QtBot, make: Callable[..., MainWindow]
) -> None:
    window = make(ROWS, "TSLA,Tesla Inc,1,300,300,USD\n")
    screen = portfolio(window)
    assert len(window.workspace.session.portfolio.positions) == 4
    assert window.action("undo").text() == "&Undo: Add list1.csv"
    account = screen.filters.account
    account.setCurrentIndex(account.findData("list1"))
    assert screen.table.figures.rowCount() == 2
    assert text_of(window, 0, "line") == "TSLA"
    assert text_of(window, 1, "line") == "1 of 4 shown"
    screen.filters.clear()
    screen.filters.text.setText("nvid")
    assert text_of(window, 0, "line") == "NVDA"


def test_that_the_same_file_again_takes_the_place_of_its_lines_and_says_so(
    make: Callable[..., MainWindow], tmp_path: Path
) -> None:
    window = make(ROWS)
    window.workspace.open(tmp_path / "list0.csv", adds=True)
    assert len(window.workspace.session.portfolio.positions) == 3
    assert any("was in this list already. Its 3 former lines" in t for t in window.notice_texts)
    copy = tmp_path / "copy of it.csv"
    copy.write_text(LIST + ROWS, "utf-8")
    window.workspace.open(copy, adds=True)
    assert len(window.workspace.session.portfolio.positions) == 3


def test_that_the_receipt_can_be_opened_and_copied(make: Callable[..., MainWindow]) -> None:
    window = make(ROWS)
    window.action("rows_read").trigger()
    screen = portfolio(window)
    assert screen.side.current == "rows"
    screen.rows.copy.click()
    text = QApplication.clipboard().text()
    assert text.startswith("Fate\tRows\tWhat it is\n")
    assert "set aside\t1\tcolumn headings" in text
    press(Qt.Key.Key_Escape)
    assert screen.side.current == ""


def test_that_a_low_window_needs_no_scrolling_with_any_panel_open(
    qtbot: QtBot, make: Callable[..., MainWindow]
) -> None:
    window = make(ROWS)
    screen = portfolio(window)
    for name in ("edit", "add", "currencies", "rows"):
        screen.open_panel(name)
        wait_until_laid_out(qtbot, window)
        assert screen.verticalScrollBar().maximum() == 0, name
        inside = screen.widget()
        assert inside is not None
        assert inside.width() <= screen.viewport().width(), name


def test_that_hidden_amounts_are_not_edited(make: Callable[..., MainWindow]) -> None:
    window = make(ROWS, words=Words("en", hide_amounts=True))
    screen = portfolio(window)
    screen.table.setCurrentIndex(index_of(window, 0, "value"))
    window.action("edit_line").trigger()
    assert screen.edit_line.value.field.text() == ""
    assert not screen.edit_line.value.isEnabled()
    assert "Amounts are hidden" in screen.edit_line.note.text()


# --- settings ----------------------------------------------------------------------------------------------


def test_that_settings_count_at_once_and_are_kept(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("LEVCHECK_DATA", str(tmp_path))
    kept = Settings(mappings={"f1": {"symbol": "A"}}, recent_files=("/x/a.csv",))
    monkeypatch.setattr(application_module, "load_settings", lambda _folder: kept)
    seen: dict[str, Any] = {}

    def session() -> int:
        (window,) = [w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow)]
        qtbot.waitUntil(lambda: window.is_furnished, timeout=20_000)
        window.action("settings").trigger()
        panel = window.settings.panel
        assert panel is not None
        panel.language.setCurrentIndex(panel.language.findData("de"))
        panel.language.activated.emit(0)
        seen["language"] = window.workspace.words.language
        panel.currency.setCurrentIndex(panel.currency.findData("CHF"))
        panel.currency.activated.emit(0)
        seen["currency"] = window.workspace.usual_currency
        panel.known.columns.setCurrentRow(0)
        panel.known.forget.click()
        seen["columns"] = dict(window.known_columns)
        panel.recent.click()
        panel.close()
        window.close()
        return 0

    monkeypatch.setattr(QApplication, "exec", staticmethod(session))
    assert application_module.run() == 0
    assert seen == {"language": "de", "currency": "CHF", "columns": {}}
    written = load_settings(tmp_path)
    assert (written.language, written.base_currency) == ("de", "CHF")
    assert written.mappings == {}
    assert not written.remember_files
    assert written.recent_files == ()
