"""A change of colours dresses what can be seen, and the rest when it is shown."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from levcheck.assets import asset
from levcheck.ui.actions import SCREENS
from levcheck.ui.dressing import Wardrobe, restyle, waits
from levcheck.ui.shots import studio
from levcheck.ui.theme import Role, current_theme, theme_source
from levcheck.ui.widgets.labels import label
from tests.helpers.sample_engine import SampleEngine

FILE = Path(str(asset("examples", "story.xlsx")))
POLISHED = Qt.WidgetAttribute.WA_WState_Polished
OWN_STYLE = Qt.WidgetAttribute.WA_SetStyle


def inside(widget: QWidget) -> list[QWidget]:
    return [widget, *widget.findChildren(QWidget)]


def dressed(screen: QWidget) -> set[bool]:
    """Return whether the texts of a screen have been dressed: all, none, or both."""
    return {one.testAttribute(POLISHED) for one in inside(screen) if one.isVisibleTo(screen)}


def test_that_hidden_screens_are_passed_by_and_dressed_when_shown() -> None:
    with studio(SampleEngine()) as made:
        made.open(FILE)
        for spec in SCREENS:
            made.show(spec.id)
        made.show("overview")
        screens = made.window.screens
        own = {one: one.testAttribute(OWN_STYLE) for one in inside(made.window)}
        theme_source().choose("dark")
        assert dressed(screens["overview"]) == {True}
        assert dressed(screens["stress"]) == {False}
        # What made Qt pass them by is taken back at once: they would else never follow again.
        assert {one: one.testAttribute(OWN_STYLE) for one in own} == own
        made.show("stress")
        assert dressed(screens["stress"]) == {True}
        assert dressed(screens["overlap"]) == {False}
        subline = screens["stress"].subline
        assert subline.palette().windowText().color() == current_theme().color(Role.TEXT_2)
        theme_source().choose("light")
        made.show("overlap")
        subline = screens["overlap"].subline
        assert subline.palette().windowText().color() == current_theme().color(Role.TEXT_2)


def test_that_what_waits_is_done_once_and_only_while_it_is_there(qtbot: QtBot) -> None:
    done: list[str] = []
    screen = QFrame()
    qtbot.addWidget(screen)
    wardrobe = Wardrobe(screen)
    child, gone = QWidget(screen), QWidget(screen)
    assert not waits(child, lambda: done.append("too early"))
    wardrobe.put_aside()
    for _ in range(2):
        assert waits(child, lambda: done.append("child"))
    assert waits(gone, lambda: done.append("gone"))
    gone.setParent(None)
    gone.deleteLater()
    qtbot.waitUntil(lambda: not isValid(gone))
    wardrobe.dress()
    wardrobe.dress()
    assert done == ["child"]
    assert not waits(child, lambda: None)


@pytest.mark.parametrize("value", ["warning", "error"])
def test_that_a_property_chooses_the_look(qtbot: QtBot, value: str) -> None:
    theme_source().choose("light")
    shown = label("text-2")
    qtbot.addWidget(shown)
    shown.show()
    restyle(shown, "role", value)
    assert shown.palette().windowText().color() == current_theme().color(Role(value))
