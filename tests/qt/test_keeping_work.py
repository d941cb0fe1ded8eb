"""No work is lost: unsaved edits are asked about, kept aside, offered again; files changed by others are not overwritten."""

import gc
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from levcheck.app.session import Session, remove_position, rename
from levcheck.app.session_files import open_session, unsaved_work, write_session
from levcheck.i18n.words import Words
from levcheck.storage.session_file import SCHEMA
from levcheck.ui.application import put_away
from levcheck.ui.main_window import MainWindow
from levcheck.ui.screens.kept_dialogs import ChangesDialog, CopiesDialog
from levcheck.ui.session_keeper import KEPT_AFTER_MS
from levcheck.ui.widgets import NoticeBar
from levcheck.ui.workspace import Workspace
from tests.helpers.sample_engine import SampleEngine
from tests.helpers.sample_session import a_document, resealed

BOOK = Path("book.xlsx")


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LEVCHECK_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


@pytest.fixture
def make_window(qtbot: QtBot) -> Iterator[Callable[[], MainWindow]]:
    made: list[MainWindow] = []

    def make() -> MainWindow:
        window = MainWindow(Workspace(SampleEngine(), Words("en")))
        window.workspace.keeper.keep_aside()
        window.resize(1366, 768)
        window.show()
        made.append(window)
        return window

    yield make
    for window in made:
        put_away(window)
    made.clear()
    gc.collect()  # here, on this thread, and not on that of a worker of the next test


@pytest.fixture
def window(qtbot: QtBot, make_window: Callable[[], MainWindow]) -> MainWindow:
    window = make_window()
    opened(qtbot, window, BOOK)
    return window


def opened(qtbot: QtBot, window: MainWindow, path: Path) -> None:
    with qtbot.waitSignal(window.workspace.views_ready, timeout=20_000):
        window.workspace.open(path)


def an_edit(window: MainWindow) -> None:
    window.workspace.edit("Remove a line", lambda session: remove_position(session, "p1"))


def lines_of(session: Session) -> int:
    return len(session.portfolio.positions)


def question(window: MainWindow) -> QMessageBox:
    found = window.keep.question
    assert found is not None
    return found


def answer(window: MainWindow, text: str) -> None:
    box = question(window)
    button = next(b for b in box.buttons() if b.text().replace("&", "") == text)
    button.click()


def way(window: MainWindow, text: str) -> QPushButton:
    for bar in window.findChildren(NoticeBar):
        for button in bar.findChildren(QPushButton):
            if button.text() == text and not bar.isHidden():
                return button
    message = f"no notice offers {text}: {window.notice_texts}"
    raise AssertionError(message)


def saved(window: MainWindow, path: Path) -> None:
    assert window.workspace.save(path, chosen=True)


# --- asking ------------------------------------------------------------------------------------------------


def test_that_a_list_that_was_only_opened_closes_without_a_question(window: MainWindow) -> None:
    assert window.close()
    assert window.keep.question is None
    assert not unsaved_work()


def test_that_closing_with_edits_asks_and_going_on_keeps_everything(window: MainWindow) -> None:
    an_edit(window)
    held = window.workspace.session
    assert not window.close()
    answer(window, "Go on working")
    assert window.isVisible()
    assert window.workspace.session is held


def test_that_closing_without_saving_leaves_nothing_behind(window: MainWindow) -> None:
    an_edit(window)
    assert window.workspace.keeper.flush()
    window.close()
    answer(window, "Do not save")
    assert not window.isVisible()
    assert not unsaved_work()


def test_that_closing_can_save_first(window: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "mine.levcheck"
    saved(window, path)
    an_edit(window)
    left = lines_of(window.workspace.session)
    window.close()
    answer(window, "Save")
    assert not window.isVisible()
    assert lines_of(open_session(path)) == left


def test_that_a_save_that_fails_keeps_the_window_open(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "mine.levcheck"
    saved(window, path)
    an_edit(window)
    write_session(path, rename(window.workspace.session, "by another program"))
    window.close()
    answer(window, "Save")
    assert window.isVisible()
    assert "changed by another program" in window.notice_texts[-1]


@pytest.mark.parametrize("leaving", ["close_list", "open_sample"])
def test_that_nothing_takes_the_place_of_edits_without_a_question(
    window: MainWindow, leaving: str
) -> None:
    an_edit(window)
    held = window.workspace.session
    window.action(leaving).trigger()
    answer(window, "Go on working")
    assert window.workspace.session is held


# --- kept aside --------------------------------------------------------------------------------------------


def test_that_an_edit_is_kept_aside_within_two_seconds_and_forgotten_once_saved(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, data: Path
) -> None:
    assert KEPT_AFTER_MS <= 2000
    an_edit(window)
    folder = data / "recovery"
    qtbot.waitUntil(lambda: any(folder.glob("*.recovery")), timeout=KEPT_AFTER_MS + 20_000)
    saved(window, tmp_path / "mine.levcheck")
    assert not any(folder.glob("*.recovery"))


def test_that_edits_without_a_pause_are_kept_all_the_same(
    qtbot: QtBot, window: MainWindow, data: Path
) -> None:
    for number in range(8):
        window.workspace.edit("Rename", partial(rename, name=f"name {number}"))
        qtbot.wait(KEPT_AFTER_MS // 6)
    qtbot.waitUntil(lambda: any((data / "recovery").glob("*.recovery")), timeout=20_000)


def test_that_unsaved_work_is_offered_and_comes_back(
    qtbot: QtBot, make_window: Callable[[], MainWindow], tmp_path: Path
) -> None:
    path = tmp_path / "mine.levcheck"
    first = make_window()
    opened(qtbot, first, BOOK)
    saved(first, path)
    an_edit(first)
    left = lines_of(first.workspace.session)
    ended(first)
    second = make_window()
    second.keep.offer_unsaved()
    assert "Changes to mine.levcheck" in second.notice_texts[0]
    with qtbot.waitSignal(second.workspace.views_ready, timeout=20_000):
        way(second, "Bring it back").click()
    assert lines_of(second.workspace.session) == left
    assert second.workspace.path == path
    assert second.isWindowModified()
    assert second.workspace.save(path)
    assert lines_of(open_session(path)) == left
    assert not unsaved_work()


def test_that_work_brought_back_is_never_without_a_copy(
    qtbot: QtBot, make_window: Callable[[], MainWindow]
) -> None:
    first = make_window()
    opened(qtbot, first, BOOK)
    an_edit(first)
    ended(first)
    second = make_window()
    second.keep.offer_unsaved()
    with qtbot.waitSignal(second.workspace.views_ready, timeout=20_000):
        way(second, "Bring it back").click()
    ended(second)  # the second window dies too
    assert len(unsaved_work()) == 1


def test_that_unsaved_work_can_be_forgotten(
    qtbot: QtBot, make_window: Callable[[], MainWindow]
) -> None:
    first = make_window()
    opened(qtbot, first, BOOK)
    an_edit(first)
    ended(first)
    second = make_window()
    second.keep.offer_unsaved()
    assert "never saved" in second.notice_texts[0]
    way(second, "Forget it").click()
    assert not unsaved_work()
    assert not second.notice_texts


def ended(window: MainWindow) -> None:
    """End a window as a crash does: what it kept aside stays, its claims go with the process."""
    keeper: Any = window.workspace.keeper
    assert keeper.flush()
    autosave = keeper._aside._autosave
    autosave._file._lock.release()
    keeper._aside = None
    window.leave()


def test_that_a_full_disk_is_told_once_and_work_goes_on(
    window: MainWindow, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        from levcheck.domain.diagnostics import LevcheckError

        raise LevcheckError("storage.disk_full", file="recovery")

    monkeypatch.setattr("levcheck.storage.recovery.write_file", full)
    an_edit(window)
    assert not window.workspace.keeper.flush()
    assert not window.workspace.keeper.flush()
    assert sum("could not be kept aside" in text for text in window.notice_texts) == 1
    monkeypatch.undo()
    assert window.workspace.keeper.flush()


# --- files that are not what they were ----------------------------------------------------------------------


@pytest.fixture
def changed_outside(window: MainWindow, tmp_path: Path) -> Path:
    """A saved list, edited here, whose file another program has changed."""
    path = tmp_path / "mine.levcheck"
    saved(window, path)
    write_session(path, remove_position(window.workspace.session, "p2"))
    an_edit(window)
    window.action("save").trigger()
    return path


def test_that_a_change_by_others_is_never_overwritten(
    window: MainWindow, changed_outside: Path
) -> None:
    assert "changed by another program" in window.notice_texts[-1]
    assert open_session(changed_outside).portfolio != window.workspace.session.portfolio
    assert window.isWindowModified()


def test_that_the_difference_to_the_file_is_told_line_by_line(
    qtbot: QtBot, window: MainWindow, changed_outside: Path
) -> None:
    way(window, "Compare…").click()
    qtbot.waitUntil(lambda: window.findChild(ChangesDialog) is not None)
    dialog = window.findChild(ChangesDialog)
    assert dialog is not None
    told = [dialog.changes.item(n).text() for n in range(dialog.changes.count())]
    assert sum("is only here" in text for text in told) == 1
    assert sum("is only in the file" in text for text in told) == 1
    dialog.reject()


def test_that_opening_it_again_can_be_undone(
    qtbot: QtBot, window: MainWindow, changed_outside: Path
) -> None:
    mine = window.workspace.session
    way(window, "Open it again").click()
    there = open_session(changed_outside).portfolio
    qtbot.waitUntil(lambda: window.workspace.session.portfolio == there, timeout=20_000)
    assert not window.isWindowModified()
    window.action("undo").trigger()
    assert window.workspace.session is mine
    assert window.workspace.save(changed_outside)  # the user has seen both


def test_that_this_window_is_no_other_window(
    qtbot: QtBot, window: MainWindow, changed_outside: Path
) -> None:
    way(window, "Open it again").click()
    qtbot.waitUntil(lambda: not window.workspace.has_unsaved_edits, timeout=20_000)
    assert not any("another levcheck window" in text for text in window.notice_texts)
    assert window.workspace.keeper.file is not None
    assert window.workspace.keeper.file.lock is not None


def test_that_a_second_window_on_the_same_file_is_told(
    qtbot: QtBot, window: MainWindow, make_window: Callable[[], MainWindow], tmp_path: Path
) -> None:
    path = tmp_path / "mine.levcheck"
    saved(window, path)
    other = make_window()
    opened(qtbot, other, path)
    assert any("another levcheck window" in text for text in other.notice_texts)
    window.workspace.close()
    third = make_window()
    opened(qtbot, third, path)
    assert not third.notice_texts


def test_that_a_file_of_a_newer_version_is_looked_at_and_saved_elsewhere(
    qtbot: QtBot, make_window: Callable[[], MainWindow], tmp_path: Path
) -> None:
    path = tmp_path / "newer.levcheck"
    document = a_document()
    document["schema"] = SCHEMA + 1
    path.write_bytes(resealed(document))
    before = path.read_bytes()
    window = make_window()
    opened(qtbot, window, path)
    assert "read only" in window.notice_texts[0]
    window.workspace.edit("Rename", lambda session: rename(session, "other"))
    window.action("save").trigger()
    assert path.read_bytes() == before
    assert way(window, "Save as…").isEnabled()


def test_that_a_damaged_file_offers_its_last_good_copy(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    path = tmp_path / "mine.levcheck"
    saved(window, path)
    kept = window.workspace.session.portfolio
    window.workspace.close()
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(bytes(content))
    with qtbot.waitSignal(window.workspace.error_raised, timeout=20_000):
        window.workspace.open(path)
    with qtbot.waitSignal(window.workspace.views_ready, timeout=20_000):
        way(window, "Open the last good copy").click()
    assert window.workspace.session.portfolio == kept
    assert window.workspace.path is None  # saving asks where


def test_that_an_earlier_copy_is_shown_and_the_file_stays_until_it_is_saved(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    path = tmp_path / "mine.levcheck"
    saved(window, path)
    full = lines_of(window.workspace.session)
    an_edit(window)
    assert window.workspace.save(path)
    window.action("earlier_copies").trigger()
    dialog = window.findChild(CopiesDialog)
    assert dialog is not None
    assert dialog.copies.count() == 2
    dialog.copies.setCurrentRow(1)
    dialog.go.click()
    qtbot.waitUntil(lambda: lines_of(window.workspace.session) == full, timeout=20_000)
    assert lines_of(open_session(path)) == full - 1
    assert window.isWindowModified()
    label = window.workspace.history.undo_label
    assert label is not None
    assert label.startswith("Go back to the copy of")
