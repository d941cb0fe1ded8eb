"""The guide in the window: F1 with no number in focus opens it, links turn pages, Esc gives the focus back."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from levcheck.i18n.words import LANGUAGES, Words
from levcheck.presenting.guide import ORDER
from levcheck.ui.actions import ACTIONS
from levcheck.ui.guide_window import GuideWindow, keys_page
from levcheck.ui.main_window import MainWindow
from levcheck.ui.workspace import Workspace
from tests.helpers.sample_engine import SampleEngine


@pytest.fixture
def window(qtbot: QtBot) -> MainWindow:
    made = MainWindow(Workspace.immediate(SampleEngine(), Words("en")))
    qtbot.addWidget(made)
    made.show()
    return made


def test_that_f1_without_a_number_opens_the_guide_and_esc_returns(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.first_run.open.setFocus()
    window.menus.action("explain").trigger()
    guide = window.help.guide
    assert guide is not None
    assert guide.page == ORDER[0]
    with qtbot.waitSignal(guide.left):
        QTest.keyClick(guide, Qt.Key.Key_Escape)
    assert window.help.guide is None


def test_that_f1_on_a_number_still_explains_it(window: MainWindow) -> None:
    window.workspace.open(Path("sample"))
    label = window.screens["overview"].headline
    assert label is not None
    window.explain("equity")
    assert window.help.guide is None


def test_that_what_is_new_shows_the_changelog(window: MainWindow) -> None:
    window.menus.action("changes").trigger()
    assert window.help.guide is not None
    assert "Changelog" in window.help.guide.text.toPlainText()
    window.help.guide.reject()


@pytest.mark.parametrize("identifier", ORDER)
def test_that_every_page_is_drawn_with_its_pictures(identifier: str, qtbot: QtBot) -> None:
    guide = GuideWindow(Words("en"))
    qtbot.addWidget(guide)
    guide.show()
    guide.show_page(identifier)
    text = guide.text.toPlainText()
    assert len(text) > 200
    assert "](" not in text
    assert guide.text.horizontalScrollBar().maximum() <= 4  # a table may round up


def test_that_links_turn_pages_and_back_returns(qtbot: QtBot) -> None:
    guide = GuideWindow(Words("en"))
    qtbot.addWidget(guide)
    guide.show_page("guide")
    guide.text.anchorClicked.emit(QUrl("numbers.md#stress"))
    assert guide.page == "numbers"
    assert guide.text.textCursor().block().text() == "Stress"
    guide.go_back()
    assert guide.page == "guide"


def test_that_a_source_opens_in_the_readers_own_browser(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: asked.append(url.toString()))
    guide = GuideWindow(Words("en"))
    qtbot.addWidget(guide)
    guide.show_page("guide")
    guide.text.anchorClicked.emit(QUrl("https://example.org/page"))
    guide.text.anchorClicked.emit(QUrl("file:///etc/passwd"))
    assert asked == ["https://example.org/page"]
    assert guide.page == "guide"


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_the_page_of_keys_names_every_key(language: str) -> None:
    text = keys_page(Words(language)).text
    for action in ACTIONS:
        for keys in action.keys:
            assert keys in text
