"""Charts taken out of the window by their menu, and the choices above them."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from levcheck.i18n.words import Words
from levcheck.ui.chart_desk import ChartDesk
from levcheck.ui.main_window import MainWindow
from levcheck.ui.screens.chart_menu import KINDS, ChartMenu
from levcheck.ui.workspace import Workspace
from tests.helpers.sample_engine import SampleEngine

FILE = Path("story.xlsx")


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    made = MainWindow(Workspace.immediate(SampleEngine(), Words("en")))
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    made.workspace.open(FILE)
    yield made
    made.close()


@pytest.fixture
def shown(window: MainWindow) -> Callable[[str], Any]:
    def show(name: str) -> Any:
        window.show_screen(name)
        QApplication.processEvents()
        return window.screens[name]

    return show


def test_that_every_chart_on_a_screen_has_its_menu(shown: Callable[[str], Any]) -> None:
    counted = {}
    for name in ("overview", "overlap", "stress", "leverage", "data"):
        menus = shown(name).findChildren(ChartMenu)
        counted[name] = len(menus)
        for menu in menus:
            assert menu.accessibleName() == "Save or copy this chart"
            assert [action.data() for action in menu.menu().actions()] == list(KINDS)
            assert all(action.text() for action in menu.menu().actions())
    assert counted == {"overview": 1, "overlap": 2, "stress": 1, "leverage": 2, "data": 2}


def test_that_a_chart_becomes_a_picture_a_drawing_and_numbers(
    window: MainWindow, shown: Callable[[str], Any], tmp_path: Path
) -> None:
    chart = shown("overview").chart
    desk = ChartDesk(window.workspace, window.files, window)
    image = QImage.fromData(desk.content("png", chart))
    assert image.width() >= 1280
    drawing = desk.content("svg", chart).decode("utf-8")
    assert drawing.lstrip().startswith("<?xml")
    assert "<title>" in drawing
    assert chart.view.title.split(",", maxsplit=1)[0] in drawing
    numbers = desk.content("csv", chart).decode("utf-8-sig")
    assert numbers.splitlines()[0].startswith("Name,by its label")
    assert len(numbers.splitlines()) == 1 + len(chart.view.rows)


def test_that_the_menu_asks_where_to_and_writes(
    qtbot: QtBot, window: MainWindow, shown: Callable[[str], Any], tmp_path: Path
) -> None:
    overview = shown("overview")
    overview.chart_taken.emit("csv", overview.chart)
    dialog = window.findChild(QFileDialog)
    assert dialog is not None
    target = tmp_path / "families.csv"
    dialog.fileSelected.emit(str(target))
    dialog.close()
    qtbot.waitUntil(target.exists, timeout=20_000)
    assert target.read_bytes().startswith(b"\xef\xbb\xbf")


def test_that_the_numbers_are_copied(window: MainWindow, shown: Callable[[str], Any]) -> None:
    stress = shown("stress")
    stress.chart_taken.emit("copy", stress.waterfall)
    lines = QApplication.clipboard().text().splitlines()
    assert lines[0] == "Step\tAmount\tRange"
    assert lines[1].startswith("Today\t$")


def test_that_a_scenario_is_taken_apart_by_the_switch(
    window: MainWindow, shown: Callable[[str], Any]
) -> None:
    stress = shown("stress")
    before = stress.table.figures.view.name
    stress.grouping.setFocus(Qt.FocusReason.TabFocusReason)
    stress.grouping.choose("cause")
    stress.grouping.chosen.emit("cause")
    assert stress.table.figures.view.name == "Change by cause, in USD"
    assert stress.waterfall.view.title == "From today to after, by cause"
    assert not stress.order.isVisible()
    stress.grouping.choose("holding")
    stress.grouping.chosen.emit("holding")
    assert stress.table.figures.view.name == before


def test_that_a_second_scenario_stands_beside_the_first(
    window: MainWindow, shown: Callable[[str], Any]
) -> None:
    stress = shown("stress")
    assert stress.waterfall.isVisible()
    stress.beside.setCurrentIndex(1)
    stress.beside.activated.emit(1)
    assert stress.compared.isVisible()
    assert not stress.waterfall.isVisible()
    assert [c.id for c in stress.table.figures.view.columns][-1] == "difference"
    stress.beside.setCurrentIndex(0)
    stress.beside.activated.emit(0)
    assert stress.waterfall.isVisible()


def test_that_all_combinations_take_the_place_of_the_pairs(
    window: MainWindow, shown: Callable[[str], Any]
) -> None:
    overlap = shown("overlap")
    overlap.which.choose("all")
    overlap.which.chosen.emit("all")
    assert overlap.combinations.isVisible()
    assert not overlap.matrix.isVisible()
    assert overlap.combinations.view.groups


def test_that_a_pair_opens_its_explanation(window: MainWindow, shown: Callable[[str], Any]) -> None:
    overlap = shown("overlap")
    key = overlap.matrix.view.cells[0].key
    overlap.matrix.mark_activated.emit(key)
    assert window.drawer.isVisible()
    assert window.drawer.view is not None
    assert window.drawer.view.key == key


def test_that_a_total_in_the_hand_is_explained_by_its_own_trial(
    window: MainWindow, shown: Callable[[str], Any]
) -> None:
    stress = shown("stress")
    scenario = stress.custom.scenario()
    assert scenario is not None
    window.workspace.questions.try_scenario(scenario)
    figure = stress.custom.total.figure
    assert figure.key is not None
    stress.custom.explain.emit(figure.key)
    assert window.drawer.view is not None
    assert window.drawer.view.rows[0].figure.startswith("−$")


def test_that_percent_alone_is_printed_when_asked(
    window: MainWindow, shown: Callable[[str], Any]
) -> None:
    overview = shown("overview")
    overview.measure.choose("percent")
    overview.measure.chosen.emit("percent")
    assert all("$" not in row.effective_text for row in overview.chart.view.rows)
    window.workspace.speak(hide_amounts=True)
    assert not overview.measure.isEnabled()


def test_that_the_headline_opens_its_number(
    window: MainWindow, shown: Callable[[str], Any]
) -> None:
    headline = shown("overview").headline
    assert headline.focusPolicy() is Qt.FocusPolicy.StrongFocus
    QTest.keyClick(headline, Qt.Key.Key_Return)
    assert window.drawer.isVisible()
    assert window.drawer.view is not None
    assert window.drawer.view.key == headline.focused_key()


def test_that_an_empty_screen_has_one_sentence_and_one_way_on(
    window: MainWindow, shown: Callable[[str], Any]
) -> None:
    leverage = shown("leverage")
    assert not leverage.empty.isVisible()
    views = window.workspace.views
    assert views is not None
    leverage.draw(replace(views.leverage, funds=(), nothing_yet="Here will be something."))
    assert leverage.empty.isVisible()
    assert not leverage.controls.isVisible()
    assert leverage.headline.isVisible()
    leverage.empty.button.click()
    assert window.current_screen == "portfolio"
    leverage.draw(views.leverage)
    window.show_screen("leverage")
    assert leverage.controls.isVisible()
    assert not leverage.empty.isVisible()
