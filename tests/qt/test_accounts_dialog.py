"""Accounts and owners in the window: ticked, typed, marked on every screen, and taken away again."""

import gc
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from levcheck.i18n.words import Words
from levcheck.ui.engine import LocalEngine
from levcheck.ui.main_window import MainWindow
from levcheck.ui.workspace import Workspace

LINES = """Account,Symbol,Description,Quantity,Price,Market Value,Currency
IRA,NVDA,NVIDIA CORP,100,100.00,10000.00,USD
Joint,VOO,VANGUARD S&P 500 ETF,10,600.00,6000.00,USD
IRA,NVDL,GRANITESHARES 2X LONG NVDA DAILY ETF,10,50.00,500.00,USD
"""
KEPT: list[MainWindow] = []


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    file = tmp_path / "house.csv"
    file.write_text(LINES, encoding="utf-8")
    made = MainWindow(Workspace.immediate(LocalEngine(), Words("en")))
    qtbot.addWidget(made)
    KEPT.append(made)
    made.resize(1366, 768)
    made.show()
    made.workspace.open(file)
    yield made
    made.workspace.close()
    KEPT.clear()
    gc.collect()


def test_that_a_filter_is_followed_and_marked_by_every_screen_and_can_be_taken_away(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.action("accounts").trigger()
    dialog = window.accounts.dialog
    assert dialog is not None
    assert list(dialog.boxes) == ["IRA", "Joint"]
    dialog.boxes["Joint"].setChecked(False)
    dialog.apply.click()
    dialog.reject()
    analysis = window.workspace.analysis
    assert analysis is not None
    assert analysis.equity == pytest.approx(10_500.0)
    for screen in ("portfolio", "overview", "overlap", "stress", "leverage", "data"):
        window.show_screen(screen)
        assert window.state_bar._only.isVisible()
        assert window.state_bar._only.text() == "Only IRA"
    assert window.workspace.history.undo_label == "Look at some accounts"
    window.state_bar._all.click()
    analysis = window.workspace.analysis
    assert analysis is not None
    assert analysis.equity == pytest.approx(16_500.0)
    assert not window.state_bar._only.isVisible()
    window.workspace.undo()
    assert window.workspace.session.portfolio.only == ("IRA",)


def test_that_an_owner_is_typed_once_and_ticks_his_accounts(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.action("accounts").trigger()
    dialog = window.accounts.dialog
    assert dialog is not None
    field = dialog.owners["Joint"]
    field.setText("Ben")
    field.editingFinished.emit()
    assert window.workspace.session.portfolio.owners == {"Joint": "Ben"}
    steps = len(window.workspace.history.steps)
    field.editingFinished.emit()
    assert len(window.workspace.history.steps) == steps
    dialog.whose.setCurrentIndex(dialog.whose.findData("Ben"))
    dialog.whose.activated.emit(dialog.whose.currentIndex())
    assert list(dialog.ticked) == ["Joint"]
    dialog.boxes["Joint"].setChecked(False)
    assert not dialog.apply.isEnabled()
    assert dialog.problem.isVisible()
    dialog.all.click()
    assert list(dialog.ticked) == ["IRA", "Joint"]
    dialog.reject()


def test_that_amounts_and_owners_are_gone_when_the_list_is_closed(
    qtbot: QtBot, window: MainWindow
) -> None:
    portfolio = window.workspace.session.portfolio
    assert replace(portfolio, only=("IRA",)).is_looked_at("IRA")
    window.workspace.close()
    assert window.workspace.session.is_empty
    assert window.workspace.session.portfolio.owners == {}
