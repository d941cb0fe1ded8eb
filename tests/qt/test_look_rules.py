"""Rules of the whole look: every change of a result is spoken, no colour of before stays, lengths come from the scale."""

import ast
import gc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QTabBar, QWidget
from pytestqt.qtbot import QtBot

import levcheck.ui
from levcheck.domain.diagnostics import LevcheckError
from levcheck.i18n.words import Words
from levcheck.ui import speaking
from levcheck.ui.actions import SCREENS
from levcheck.ui.main_window import MainWindow
from levcheck.ui.screens.figure_table import FigureTable
from levcheck.ui.shots import Studio, studio
from levcheck.ui.theme import load_theme, theme_source
from levcheck.ui.workspace import Workspace
from tests.helpers.sample_engine import SampleEngine

FILE = Path("story.xlsx")
SCALE = frozenset(load_theme("light").spacing.values()) | {0}
LENGTHS = frozenset(
    {"setSpacing", "setContentsMargins", "addSpacing", "setHorizontalSpacing", "setVerticalSpacing"}
)
FRAMES = frozenset({2})
"""Between a frame and what it holds: the width of a focus ring."""


class Ears:
    """Hears what a screen reader would be told."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def isActive(self) -> bool:  # noqa: N802  # as Qt calls it
        return True

    def updateAccessibility(self, event: Any) -> None:  # noqa: N802  # as Qt calls it
        self.said.append(event.message())


@pytest.fixture
def ears(monkeypatch: pytest.MonkeyPatch) -> Ears:
    made = Ears()
    monkeypatch.setattr(speaking, "QAccessible", made)
    return made


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    made = MainWindow(Workspace.immediate(SampleEngine(), Words("en")))
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    yield made
    gc.collect()


def _remove(window: MainWindow) -> None:
    from levcheck.app.session import remove_lines

    window.workspace.edit("Removed", lambda session: remove_lines(session, ("p1",)))


def _undo(window: MainWindow) -> None:
    _remove(window)
    window.action("undo").trigger()


def _scenario(window: MainWindow) -> None:
    window.show_screen("stress")
    stress: Any = window.screens["stress"]
    stress.scenarios.setCurrentRow(stress.scenarios.count() - 1)


def _apply(window: MainWindow) -> None:
    window.show_screen("stress")
    stress: Any = window.screens["stress"]
    stress.apply.click()


def _bet(window: MainWindow) -> None:
    window.show_screen("overlap")
    overlap: Any = window.screens["overlap"]
    overlap.theme_chosen.emit(overlap.picker.itemData(1))


def _hide(window: MainWindow) -> None:
    window.action("hide_amounts").trigger()


CHANGES: dict[str, Callable[[MainWindow], None]] = {
    "an edit": _remove,
    "undo": _undo,
    "another scenario": _scenario,
    "a scenario on all screens": _apply,
    "another bet": _bet,
    "hidden amounts": _hide,
}


def test_that_opening_a_list_is_spoken(window: MainWindow, ears: Ears) -> None:
    window.workspace.open(FILE)
    assert window.screens[window.current_screen].headline.text() in ears.said


@pytest.mark.parametrize("change", list(CHANGES))
def test_that_every_change_of_a_result_is_spoken(
    qtbot: QtBot, window: MainWindow, ears: Ears, change: str
) -> None:
    window.workspace.open(FILE)
    QApplication.processEvents()
    ears.said.clear()
    CHANGES[change](window)
    shown = window.screens[window.current_screen]
    qtbot.waitUntil(lambda: shown.headline.text() in ears.said, timeout=20_000)


def test_that_the_total_of_a_shock_of_ones_own_is_spoken(window: MainWindow, ears: Ears) -> None:
    window.workspace.open(FILE)
    window.show_screen("stress")
    stress: Any = window.screens["stress"]
    stress.aside.show_own()
    ears.said.clear()
    stress.custom.tried.emit(stress.custom.scenario())
    assert stress.custom.total.text() in ears.said


def test_that_an_error_is_spoken(window: MainWindow, ears: Ears) -> None:
    window.workspace.open(FILE)
    ears.said.clear()
    window.workspace.error_raised.connect(lambda _error: None)
    window.workspace._on_failed(LevcheckError("check.nothing_read", file="odd.xlsx"))
    assert any("odd.xlsx" in text for text in ears.said)


def test_that_what_is_missing_is_spoken_once_and_not_with_every_number(
    window: MainWindow, ears: Ears
) -> None:
    window.workspace.open(FILE)
    gap = window.screens["overview"].gap.accessibleName()
    assert gap
    ears.said.clear()
    _remove(window)
    _hide(window)
    again = window.screens["overview"].gap.accessibleName()
    assert ears.said.count(again) == (again != gap)


def test_that_saving_is_spoken(
    window: MainWindow, ears: Ears, tmp_path: Path, qtbot: QtBot
) -> None:
    window.workspace.open(FILE)
    _remove(window)
    ears.said.clear()
    assert window.files.save(tmp_path / "mine.levcheck", chosen=True)
    assert any("mine.levcheck" in text for text in ears.said), ears.said


def picture_of(made: Studio, screen: str) -> QImage:
    made.show(screen)
    return made.image()


@pytest.mark.parametrize("theme", ["dark", "high_contrast"])
def test_that_a_change_of_theme_leaves_nothing_of_before(qtbot: QtBot, theme: str) -> None:
    with studio(SampleEngine()) as made:
        made.open(FILE)
        for spec in SCREENS:
            made.show(spec.id)
        theme_source().choose(theme)
        live = {spec.id: picture_of(made, spec.id) for spec in SCREENS}
    theme_source().choose(theme)
    with studio(SampleEngine()) as made:
        made.open(FILE)
        stale = [spec.id for spec in SCREENS if picture_of(made, spec.id) != live[spec.id]]
    assert stale == []


def test_that_every_length_in_the_code_is_of_the_scale() -> None:
    odd = []
    for path in sorted(Path(levcheck.ui.__file__).parent.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
                continue
            if node.func.attr not in LENGTHS:
                continue
            written = [a.value for a in node.args if isinstance(a, ast.Constant)]
            odd += [(path.name, node.lineno, n) for n in written if n not in SCALE | FRAMES]
    assert odd == []


def test_that_every_screen_has_one_headline_in_one_size(window: MainWindow) -> None:
    window.workspace.open(FILE)
    sizes = set()
    for spec in SCREENS:
        window.show_screen(spec.id)
        screen = window.screens[spec.id]
        largest = [
            label
            for label in screen.findChildren(QLabel)
            if label.isVisible() and label.property("role") == "headline"
        ]
        assert len(largest) <= 1
        sizes.add(screen.headline.font().pixelSize())
    assert len(sizes) == 1


def test_that_nothing_is_beyond_the_right_edge_at_twice_the_text_in_the_smallest_window(
    qtbot: QtBot,
) -> None:
    theme_source().choose(text_scale=2.0)
    with studio(SampleEngine()) as made:
        made.open(FILE)
        made.window.resize(1024, 640)
        for spec in SCREENS:
            made.show(spec.id)
            page = made.window.screens[spec.id]
            assert page.horizontalScrollBar().maximum() == 0, spec.id
            for bar in page.findChildren(QTabBar):
                assert bar.sizeHint().width() <= bar.width(), (spec.id, bar.tabText(0))
                for number in range(bar.count()):
                    bar.setCurrentIndex(number)
                    made.settle()
                    assert sideways(page) == [], (spec.id, number)
            assert sideways(page) == [], spec.id


def sideways(page: QWidget) -> list[str]:
    """Return the tables in sight that have to be scrolled sideways."""
    tables = [table for table in page.findChildren(FigureTable) if table.isVisible()]
    return [one.objectName() for one in tables if one.horizontalScrollBar().maximum()]


def test_that_the_rail_gives_its_words_away_before_the_screens_lose_room(qtbot: QtBot) -> None:
    with studio(SampleEngine()) as made:
        made.open(FILE)
        rail = made.window.rail
        made.window.resize(1024, 640)
        made.show("overview")
        wide = rail.width()
        theme_source().choose(text_scale=2.0)
        made.settle()
        assert rail.width() < 0.1 * made.window.width() < wide
        buttons = rail.findChildren(QAbstractButton)
        assert len(buttons) == len(SCREENS)
        assert all(button.accessibleName() and button.toolTip() for button in buttons)
        assert all(button.width() >= 24 and button.height() >= 24 for button in buttons)
        made.window.resize(1920, 1080)
        made.settle()
        assert rail.width() > wide
