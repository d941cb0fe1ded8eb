"""Borders between charts and tables: moved by hand or by keys, kept, and never so far that something is cut."""

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from levcheck.i18n.words import Words
from levcheck.storage.settings import Layout
from levcheck.ui.layout_memory import LayoutMemory
from levcheck.ui.main_window import MainWindow
from levcheck.ui.screens.splits import Splits
from levcheck.ui.workspace import Workspace
from tests.helpers.sample_engine import SampleEngine

BORDERS = {
    "overlap": ("overlap", "overlap.sides"),
    "stress": ("stress", "stress.sides"),
    "leverage": ("leverage", "leverage.charts"),
    "what-if": ("what-if.sides",),
}


@pytest.fixture
def splits(qtbot: QtBot) -> Splits:
    made = Splits("made-up", (3, 1), stack_below=600)
    made.put(0, QLabel("chart"))
    made.put(1, QLabel("table"))
    qtbot.addWidget(made)
    made.speak(Words("en"))
    made.resize(824, 400)
    made.show()
    return made


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    made = MainWindow(Workspace(SampleEngine(), Words("en")))
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    with qtbot.waitSignal(made.workspace.views_ready, timeout=20_000):
        made.workspace.open(Path("story.xlsx"))
    yield made
    gc.collect()


def test_that_every_chart_beside_or_above_a_table_has_a_border_with_a_name(
    window: MainWindow,
) -> None:
    found = {}
    for name, screen in window.screens.items():
        borders = screen.findChildren(Splits)
        found[name] = tuple(sorted(one.objectName() for one in borders))
        for one in borders:
            assert one.handle(1).accessibleName() == "Movable border"
            assert one.handle(1).focusPolicy() is Qt.FocusPolicy.TabFocus
    assert {name: borders for name, borders in found.items() if borders} == BORDERS


def test_that_a_border_is_moved_with_keys_and_put_back_with_delete(splits: Splits) -> None:
    border = splits.handle(1)
    assert splits.sizes() == [600, 200]
    border.setFocus()
    QTest.keyClick(border, Qt.Key.Key_Left)
    QTest.keyClick(border, Qt.Key.Key_Left)
    assert splits.sizes() == [568, 232]
    assert splits.shares() == (710, 290)
    QTest.keyClick(border, Qt.Key.Key_Right)
    assert splits.sizes() == [584, 216]
    QTest.keyClick(border, Qt.Key.Key_Delete)
    assert splits.sizes() == [600, 200]
    assert splits.shares() == ()


def test_that_a_double_click_puts_a_border_back(splits: Splits) -> None:
    splits.moveSplitter(300, 1)
    assert splits.shares() != ()
    QTest.mouseDClick(splits.handle(1), Qt.MouseButton.LeftButton, pos=QPoint(4, 40))
    assert splits.shares() == ()


def test_that_no_part_becomes_too_narrow_to_be_used(splits: Splits) -> None:
    splits.moveSplitter(10_000, 1)
    assert splits.sizes()[1] == 150
    splits.moveSplitter(0, 1)
    assert splits.sizes()[0] == 150


def test_that_places_beside_and_above_are_kept_apart(splits: Splits) -> None:
    splits.moveSplitter(400, 1)
    beside = splits.shares()
    splits.resize(500, 400)
    assert splits.orientation() is Qt.Orientation.Vertical
    assert splits.shares() == ()
    splits.moveSplitter(100, 1)
    above = splits.shares()
    assert splits.placed == {"made-up": beside, "made-up.stacked": above}
    splits.resize(824, 400)
    assert splits.orientation() is Qt.Orientation.Horizontal
    assert splits.shares() == beside
    splits.wear({"made-up": (500, 500), "made-up.stacked": (1, 2, 3), "other": (1, 1)})
    assert splits.placed == {"made-up": (500, 500)}
    assert splits.sizes()[0] == splits.sizes()[1]


def test_that_the_memory_keeps_a_border_and_forgets_one_put_back(qtbot: QtBot) -> None:
    screen = QWidget()
    qtbot.addWidget(screen)
    screen.resize(300, 400)
    splits = Splits("made-up", (3, 1), parent=screen)
    splits.put(0, QLabel("chart"))
    splits.put(1, QLabel("table"))
    splits.resize(300, 400)
    screen.show()
    memory = LayoutMemory()
    memory.layout = Layout(splits={"other": (1, 1)})
    splits.moveSplitter(200, 1)
    memory.take(screen)
    assert set(memory.layout.splits) == {"made-up", "other"}
    splits.put_back()
    memory.take(screen)
    assert memory.layout.splits == {"other": (1, 1)}


def test_that_borders_at_their_ends_cut_nothing_in_the_smallest_window(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.resize(1024, 640)
    for name in BORDERS:
        window.show_screen(name)
        screen = window.screens[name]
        for border in screen.findChildren(Splits):
            for place in (0, 10_000):
                border.moveSplitter(place, 1)
                # A taller part makes the page taller, and the page gives that on to the part.
                qtbot.waitUntil(lambda border=border: cut_parts(border) == [], timeout=20_000)  # type: ignore[misc]
                assert border.width() <= screen.viewport().width()


def cut_parts(border: Splits) -> list[int]:
    """Return which parts have less room than what is in them needs."""
    parts = [border.widget(number) for number in range(border.count())]
    return [
        number
        for number, part in enumerate(parts)
        if part is None
        or part.height() < part.minimumSizeHint().height()
        or part.width() < part.minimumSizeHint().width()
    ]
