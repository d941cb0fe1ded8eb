"""Data & method with widgets: dropped lists, questions, overrides, filters, formulas."""

import gc
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from pytestqt.qtbot import QtBot

from levcheck.domain.instrument import Kind
from levcheck.i18n.words import Words
from levcheck.ui.main_window import MainWindow
from levcheck.ui.screens.data_screen import DataScreen
from levcheck.ui.screens.library_dialogs import FundQuestion, OverrideDialog
from levcheck.ui.workspace import Workspace
from tests.helpers.sample_engine import SampleEngine

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


@pytest.fixture
def engine() -> SampleEngine:
    return SampleEngine()


@pytest.fixture
def window(qtbot: QtBot, engine: SampleEngine) -> Iterator[MainWindow]:
    made = MainWindow(Workspace(engine, Words("en")))
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    with qtbot.waitSignal(made.workspace.views_ready, timeout=20_000):
        made.workspace.open(Path("story.xlsx"))
    made.show_screen("data")
    yield made
    gc.collect()


def screen_of(window: MainWindow) -> DataScreen:
    screen = window.screens["data"]
    assert isinstance(screen, DataScreen)
    return screen


def drop(target: "QWidget", *names: str) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(f"/{name}") for name in names])
    event = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    target.dropEvent(event)


def choose_known_line(screen: DataScreen) -> None:
    assert screen._view is not None
    facts = next(one for one in screen._view.facts if one.multiple not in {None, 1.0})
    assert screen.table.go_to(facts.row)


def test_that_a_fund_list_dropped_on_the_window_goes_to_the_library_and_numbers_follow(
    qtbot: QtBot, window: MainWindow, engine: SampleEngine
) -> None:
    engine.fund_lists = {"smh.csv"}
    analysed = engine.analysed
    with qtbot.waitSignal(window.workspace.views_ready, timeout=20_000):
        drop(window, "smh.csv")
    assert engine.added == [("smh.csv", None, None)]
    assert engine.analysed == analysed + 1
    assert any("SMH.US" in text for text in window.notice_texts)


def test_that_a_portfolio_dropped_on_the_window_is_opened(
    qtbot: QtBot, window: MainWindow, engine: SampleEngine
) -> None:
    with qtbot.waitSignal(window.workspace.file_opened, timeout=20_000):
        drop(window, "other.xlsx")
    qtbot.waitUntil(lambda: not window.workspace.is_busy, timeout=20_000)
    assert engine.added == []


def test_that_the_area_takes_every_file_as_a_list(
    qtbot: QtBot, window: MainWindow, engine: SampleEngine
) -> None:
    with qtbot.waitSignal(window.workspace.views_ready, timeout=20_000):
        drop(screen_of(window).drop, "a.csv", "b.csv")
    assert [name for name, _, _ in engine.added] == ["a.csv", "b.csv"]


def test_that_a_list_without_fund_or_day_is_asked_about(
    qtbot: QtBot, window: MainWindow, engine: SampleEngine
) -> None:
    engine.asks_for = "reference.needs_date"
    with qtbot.waitSignal(window.workspace.library.library_asked, timeout=20_000):
        drop(screen_of(window).drop, "a.csv")
    dialog = window.library.dialog
    assert isinstance(dialog, FundQuestion)
    assert dialog.fund.text() == "SMH.US"
    dialog.day.setText("30.6.26")
    dialog.accept_button.click()
    assert not dialog.problem.isHidden()
    dialog.day.setText("2026-06-30")
    with qtbot.waitSignal(window.workspace.views_ready, timeout=20_000):
        dialog.accept_button.click()
    assert engine.added == [("a.csv", "SMH.US", "2026-06-30")]
    assert window.library.dialog is None


def test_that_a_change_needs_a_reason_and_counts_at_once(
    qtbot: QtBot, window: MainWindow, engine: SampleEngine
) -> None:
    screen = screen_of(window)
    assert not screen.change.isEnabled()
    choose_known_line(screen)
    assert screen.change.isEnabled()
    screen.change.click()
    dialog = window.library.dialog
    assert isinstance(dialog, OverrideDialog)
    dialog.multiple.setText("−1,5x")
    dialog.fee.setText("0.95 %")
    dialog.accept_button.click()
    assert not dialog.problem.isHidden()
    assert engine.overrides == []
    dialog.reason.setText("prospectus of May")
    dialog.kind.setCurrentIndex(dialog.kind.findData(Kind.INVERSE_FUND.value))
    analysed = engine.analysed
    with qtbot.waitSignal(window.workspace.views_ready, timeout=20_000):
        dialog.accept_button.click()
    (change,) = engine.overrides
    assert change.daily_leverage_factor == -1.5
    assert change.expense_ratio == pytest.approx(0.0095)
    assert change.kind is Kind.INVERSE_FUND
    assert change.reason == "prospectus of May"
    assert engine.analysed == analysed + 1


def test_that_taking_back_asks_the_library(
    qtbot: QtBot, window: MainWindow, engine: SampleEngine
) -> None:
    screen = screen_of(window)
    choose_known_line(screen)
    facts = screen.chosen_facts()
    assert facts is not None
    assert screen.take_back.isHidden()
    with qtbot.waitSignal(window.workspace.views_ready, timeout=20_000):
        screen.take_back_asked.emit(facts.instrument)
    assert engine.taken_back == [facts.instrument]


def test_that_a_filter_leaves_its_rows_only(window: MainWindow) -> None:
    screen = screen_of(window)
    everything = screen.table.figures.rowCount()
    screen.filter.setCurrentIndex(screen.filter.findData("matters"))
    assert 0 < screen.table.figures.rowCount() < everything
    screen.filter.setCurrentIndex(0)
    assert screen.table.figures.rowCount() == everything


def test_that_formulas_are_one_click_deeper(window: MainWindow) -> None:
    screen = screen_of(window)
    assert screen.formulas.isHidden()
    screen.deeper.click()
    assert not screen.formulas.isHidden()
    assert "L × (L − 1)" in screen.formulas.text()
    assert "Cheng and Madhavan" in screen.formulas.text()


def test_that_an_issuers_page_opens_in_the_users_own_browser(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr("levcheck.ui.library_desk.QDesktopServices.openUrl", opened.append)
    screen_of(window).page_asked.emit("https://www.direxion.com/holdings/SOXL.csv")
    assert opened == ["https://www.direxion.com/holdings/SOXL.csv"]
