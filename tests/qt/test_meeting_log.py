"""What the meeting log keeps of a meeting: each screen a guest saw, only where it is switched on, and nobody's name."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from levcheck.app.result_hash import result_hash
from levcheck.app.session import Session
from levcheck.app.what_if import put_draft
from levcheck.assets import data_folder
from levcheck.domain.diagnostics import LevcheckError
from levcheck.domain.draft import Draft
from levcheck.storage.meeting_log import FILE, Seen, load_log
from levcheck.ui.main_window import MainWindow
from tests.qt.test_meeting_mode import CLIENT, began, make_window, press, window

__all__ = ["make_window", "window"]


@pytest.fixture(autouse=True)
def _no_log() -> Iterator[None]:
    (data_folder() / FILE).unlink(missing_ok=True)
    yield
    (data_folder() / FILE).unlink(missing_ok=True)


def seen(window: MainWindow) -> list[Seen]:
    window.meeting.record.wait()
    return [one for one in load_log(data_folder()) if isinstance(one, Seen)]


def switched_on(window: MainWindow) -> None:
    window.meeting.record.keeps_log = lambda: True


def test_that_nothing_is_logged_unless_it_is_switched_on(qtbot: QtBot, window: MainWindow) -> None:
    began(qtbot, window)
    press(window, Qt.Key.Key_PageDown)
    window.meeting.end()
    assert seen(window) == []
    assert not (data_folder() / FILE).exists()


def test_that_every_screen_a_guest_saw_is_logged_once_and_in_order(
    qtbot: QtBot, window: MainWindow
) -> None:
    switched_on(window)
    window.show_screen("overview")
    assert seen(window) == []  # nobody watches
    began(qtbot, window)
    press(window, Qt.Key.Key_PageDown)
    window.show_screen("overlap")  # it is there already
    press(window, Qt.Key.Key_4)
    window.meeting.end()
    kept = seen(window)
    assert [one.screen for one in kept] == ["overview", "overlap", "stress", ""]
    analysis = window.workspace.analysis
    assert analysis is not None
    assert {one.result_sha256 for one in kept} == {result_hash(analysis)}
    assert {one.input_sha256 for one in kept} == {analysis.portfolio.input_sha256}
    assert not any(one.with_amounts for one in kept)
    assert CLIENT not in (data_folder() / FILE).read_text(encoding="utf-8")


def test_that_amounts_and_drafts_on_screen_are_logged(qtbot: QtBot, window: MainWindow) -> None:
    switched_on(window)
    with qtbot.waitSignal(window.workspace.views_ready, timeout=20_000):
        window.workspace.edit("Draft", _with_draft)
    began(qtbot, window)
    with qtbot.waitSignal(window.workspace.views_ready, timeout=20_000):
        press(window, Qt.Key.Key_B)
    with qtbot.waitSignal(window.workspace.views_ready, timeout=20_000):
        window.action("hide_amounts").trigger()
    kept = seen(window)
    assert [(one.draft, one.with_amounts) for one in kept] == [
        (None, False),
        ("A", False),
        ("A", True),
    ]


def _with_draft(session: Session) -> Session:
    return put_draft(session, Draft("A"))


def test_that_the_next_client_ends_what_was_shown(qtbot: QtBot, window: MainWindow) -> None:
    switched_on(window)
    began(qtbot, window)
    window.action("next_client").trigger()
    kept = seen(window)
    assert [one.screen for one in kept] == ["overview", ""]


def test_that_a_meeting_goes_on_where_the_log_cannot_be_written(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_folder: Path, _entry: object) -> None:
        raise LevcheckError("storage.disk_full", file=FILE)

    monkeypatch.setattr("levcheck.storage.meeting_log.add_shown", refuse)
    switched_on(window)
    with qtbot.waitSignal(window.meeting.record.told, timeout=20_000) as told:
        began(qtbot, window)
    press(window, Qt.Key.Key_PageDown)
    window.meeting.record.wait()
    assert window.meeting.is_on
    window.meeting.end()
    texts = [text for text in window.notice_texts if told.args[0].title in text]
    assert len(texts) == 1  # told after the guest has gone, and once


def test_that_the_log_is_seen_and_saved_in_the_window(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    switched_on(window)
    began(qtbot, window)
    window.meeting.end()
    window.meeting.record.wait()
    window.settings.do_settings()
    panel = window.settings.panel
    assert panel is not None
    panel.show_log.click()
    log = window.settings.log
    assert log is not None
    assert log.table.figures.view.rows
    window.settings.write_log(tmp_path / "log.csv")
    text = (tmp_path / "log.csv").read_text(encoding="utf-8-sig")
    analysis = window.workspace.analysis
    assert analysis is not None
    assert result_hash(analysis) in text
    assert "Screen: Overview" in text
    log.reject()
    panel.reject()
