"""The window between its first painting and the moment everything is in it: nothing a user asks for is lost."""

import gc
import sys
import threading
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from levcheck.i18n.words import Words
from levcheck.storage.settings import Settings, load_settings, save_settings
from levcheck.ui import application as application_module
from levcheck.ui import screen_deck
from levcheck.ui.actions import SCREENS
from levcheck.ui.front import RAIL_WORDS
from levcheck.ui.main_window import MainWindow
from levcheck.ui.theme import theme_source
from levcheck.ui.workspace import Workspace
from tests.helpers.laid_out import wait_until_laid_out
from tests.helpers.sample_engine import SampleEngine

NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def front(qtbot: QtBot) -> Iterator[MainWindow]:
    """A window that stands and is not furnished yet."""
    window = MainWindow(words=Words("en"))
    qtbot.addWidget(window)
    window.resize(1366, 768)
    with qtbot.waitSignal(window.painted, timeout=20_000):
        window.show()
    yield window
    gc.collect()


def furnish(window: MainWindow) -> MainWindow:
    window.furnish(Workspace(SampleEngine(), Words("en")))
    return window


def dropped(window: MainWindow, file: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file))])
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    place = QPointF(700, 400)
    entering = QDragEnterEvent(place.toPoint(), copy, mime, left, NONE)
    window.dragEnterEvent(entering)
    assert entering.isAccepted()
    window.dropEvent(QDropEvent(place, copy, mime, left, NONE))


def test_that_the_window_says_once_that_it_was_painted(qtbot: QtBot, front: MainWindow) -> None:
    with qtbot.assertNotEmitted(front.painted):
        front.repaint()
        qtbot.wait(20)
    assert not front.is_furnished


@pytest.mark.parametrize(
    ("language", "scale"), [("en", 1.0), ("de", 1.0), ("ko", 1.5), ("de", 2.0)]
)
def test_that_nothing_moves_when_the_rest_is_put_in(
    qtbot: QtBot, language: str, scale: float
) -> None:
    theme_source().choose("light", text_scale=scale, language=language)
    window = MainWindow(words=Words(language))
    qtbot.addWidget(window)
    window.resize(1366, 900)
    with qtbot.waitSignal(window.painted, timeout=20_000):
        window.show()
    card = window.first_run

    def places() -> list[tuple[int, int, int, int]]:
        corner = card.mapTo(window, card.rect().topLeft())
        button = card.open.mapTo(window, card.open.rect().topLeft())
        size = window.menuBar().size()
        return [
            (corner.x(), corner.y(), card.width(), card.height()),
            (button.x(), button.y(), card.open.width(), card.open.height()),
            (0, 0, size.width(), size.height()),
        ]

    before = places()
    window.furnish(Workspace(SampleEngine(), Words(language)))
    qtbot.waitUntil(window.rail.isVisible, timeout=20_000)
    wait_until_laid_out(qtbot, window)
    assert places() == before
    theme_source().choose("light", text_scale=1.0, language="en")


def test_that_the_card_has_the_keyboard_before_and_after(qtbot: QtBot, front: MainWindow) -> None:
    front.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is front.first_run.open, timeout=20_000)
    furnish(front)
    assert QApplication.focusWidget() is front.first_run.open


def test_that_a_button_pressed_too_early_is_answered_later(qtbot: QtBot, front: MainWindow) -> None:
    front.first_run.sample.click()
    with qtbot.waitSignal(front.furnished, timeout=20_000):
        furnish(front)
    qtbot.waitUntil(lambda: front.workspace.views is not None, timeout=20_000)
    assert front.workspace.asked_path is not None
    assert front.workspace.asked_path.name == "story.xlsx"


def test_that_a_key_pressed_too_early_is_answered_later(qtbot: QtBot, front: MainWindow) -> None:
    QTest.keyClick(front, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    furnish(front)
    asked = front.findChildren(QFileDialog)
    assert len(asked) == 1
    asked[0].close()
    qtbot.wait(10)


def test_that_a_file_dropped_too_early_is_opened_later(
    qtbot: QtBot, front: MainWindow, tmp_path: Path
) -> None:
    file = tmp_path / "mine.xlsx"
    file.touch()
    dropped(front, file)
    furnish(front)
    qtbot.waitUntil(lambda: front.workspace.views is not None, timeout=20_000)
    assert front.workspace.asked_path == file


def test_that_a_file_handed_over_too_early_is_opened_later(
    qtbot: QtBot, front: MainWindow, tmp_path: Path
) -> None:
    front.take_file(tmp_path / "mine.xlsx")
    furnish(front)
    qtbot.waitUntil(lambda: front.workspace.views is not None, timeout=20_000)
    assert front.workspace.asked_path == tmp_path / "mine.xlsx"


def test_that_a_menu_is_filled_where_its_title_stood(front: MainWindow) -> None:
    titles = [menu.title() for menu in front.menu_titles]
    furnish(front)
    assert [action.menu() for action in front.menuBar().actions()] == front.menu_titles
    assert [menu.title() for menu in front.menu_titles] == titles
    assert front.action("open") in front.menu_titles[0].actions()


def test_that_a_window_closed_at_once_ends_well(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("LEVCHECK_DATA", str(tmp_path))
    kept = Settings(recent_files=("/x/a.csv",), hide_amounts=True)
    save_settings(tmp_path, kept)
    seen: list[bool] = []

    def session() -> int:
        (window,) = [w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow)]
        with qtbot.waitSignal(window.painted, timeout=20_000):
            pass
        seen.append(window.is_furnished)
        window.close()
        return 0

    monkeypatch.setattr(QApplication, "exec", staticmethod(session))
    assert application_module.run() == 0
    assert seen == [False]
    assert load_settings(tmp_path) == kept


def test_that_a_window_nobody_can_see_is_furnished_all_the_same(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("levcheck.ui.front.UNSEEN_MS", 1)
    window = MainWindow(words=Words("en"))
    qtbot.addWidget(window)
    qtbot.waitUntil(lambda: window._was_painted, timeout=20_000)
    assert not window.isVisible()


def test_that_the_place_of_the_rail_is_measured_by_its_words() -> None:
    assert tuple(screen.word for screen in SCREENS) == RAIL_WORDS


def test_that_the_report_is_loaded_after_the_screens_and_beside_the_window(
    qtbot: QtBot, front: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The panel opens without loading anything on the thread that paints, and no screen waits for it."""
    loaded: list[tuple[str, bool]] = []
    painting = threading.current_thread()

    def note(name: str) -> object:
        loaded.append((name, threading.current_thread() is painting))
        return import_module(name)

    monkeypatch.setattr(screen_deck, "import_module", note)
    furnish(front)
    front.workspace.open(Path("sample.xlsx"))
    qtbot.waitUntil(lambda: {name for name, _ in loaded} >= set(screen_deck.REPORT), timeout=20_000)
    names = [name for name, _ in loaded]
    screens = [name for name in names if "_screen" in name]
    assert {name.rpartition(".")[2] for name in screens} == {
        f"{name.replace('-', '_')}_screen" for name in screen_deck.MAKERS
    }
    assert max(map(names.index, screens)) < names.index(screen_deck.REPORT[0])
    assert not any(is_painting for _, is_painting in loaded)


def test_that_who_computes_gives_way_only_while_the_window_runs() -> None:
    usual = sys.getswitchinterval()
    with application_module._yielding():
        assert sys.getswitchinterval() < usual
    assert sys.getswitchinterval() == usual
