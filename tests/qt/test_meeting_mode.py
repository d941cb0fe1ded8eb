"""Meeting mode: a guest sees large type, no amounts and nobody's name, changes nothing, and leaves no trace."""

import gc
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QClipboard, QFontInfo, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QMainWindow, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from levcheck.app.analysis import Analysis
from levcheck.app.own_themes import add_theme
from levcheck.app.session import Session, rename
from levcheck.app.unnamed import unnamed
from levcheck.app.what_if import put_draft
from levcheck.domain.draft import Draft
from levcheck.domain.portfolio import Reading
from levcheck.domain.theme import Family, Theme
from levcheck.i18n.words import Words
from levcheck.presenting.shock_targets import shock_targets
from levcheck.ui.actions import ACTIONS, IN_MEETINGS, SCREENS
from levcheck.ui.application import put_away
from levcheck.ui.clipboard import copy_text
from levcheck.ui.jobs import Ticket
from levcheck.ui.main_window import MainWindow
from levcheck.ui.meeting_notes import MeetingNotes
from levcheck.ui.screens.stress_screen import StressScreen
from levcheck.ui.theme import current_theme
from levcheck.ui.widgets import FigureLabel
from levcheck.ui.widgets.texts import KeyFigureBox
from levcheck.ui.workspace import Workspace
from tests.helpers.sample_engine import SampleEngine
from tests.qt.test_main_window import SECRETS, every_text

CLIENT = "Zebrafinch"
FILE = Path(f"{CLIENT} 2026.xlsx")


class ClientEngine(SampleEngine):
    """The sample under a client's name: in the file, in the list and in the account."""

    def read(
        self,
        path: Path,
        ticket: Ticket,
        mapping: Mapping[str, str] | None = None,
        total_value: float | None = None,
    ) -> Reading:
        found = super().read(path, ticket, mapping, total_value)
        lines = tuple(
            replace(p, place=replace(p.place, file=FILE.name), account=f"{CLIENT} 4711")
            for p in found.positions
        )
        return replace(found, file=FILE.name, positions=lines)

    def analyse(self, session: Session, ticket: Ticket) -> Analysis:
        made = super().analyse(session, ticket)
        held = {p.place.row: p for p in session.portfolio.positions}
        lines = tuple(
            replace(line, position=held.get(line.position.place.row, line.position))
            if line.position is not None
            else line
            for line in made.positions
        )
        return replace(made, positions=lines)


@pytest.fixture
def make_window(qtbot: QtBot) -> Iterator[Callable[[], MainWindow]]:
    made: list[MainWindow] = []

    def make() -> MainWindow:
        window = MainWindow(Workspace(ClientEngine(), Words("en")))
        window.resize(1920, 1080)
        window.show()
        window.activateWindow()
        made.append(window)
        return window

    yield make
    for window in made:
        window.meeting.end()
        put_away(window)
    made.clear()
    gc.collect()


@pytest.fixture
def window(qtbot: QtBot, make_window: Callable[[], MainWindow]) -> MainWindow:
    made = make_window()
    with qtbot.waitSignal(made.workspace.views_ready, timeout=20_000):
        made.workspace.open(FILE)
    return made


@pytest.fixture
def meeting(qtbot: QtBot, window: MainWindow) -> MainWindow:
    began(qtbot, window)
    return window


def began(qtbot: QtBot, window: MainWindow) -> None:
    with qtbot.waitSignal(window.workspace.views_ready, timeout=20_000):
        window.meeting.begin(full_screen=False)
    window.resize(1920, 1080)
    # The screens are made anew for their size: what is tested stands once all of them do.
    qtbot.waitUntil(lambda: len(window.screens) == len(SCREENS), timeout=20_000)


def press(window: MainWindow, key: Qt.Key) -> None:
    QTest.keyClick(QApplication.focusWidget() or window, key)


def toured(window: MainWindow) -> str:
    """Show every screen and return whatever can be read anywhere."""
    for spec in SCREENS:
        window.show_screen(spec.id)
        QApplication.processEvents()
    menus = [action.text() for action in window.actions()]
    return "\n".join([*every_text(window), *menus, QGuiApplication.clipboard().text()])


# --- what a guest must not see (C29, C30) --------------------------------------------------------------------


def test_that_the_sweep_finds_names_and_amounts_where_they_are(window: MainWindow) -> None:
    shown = toured(window)
    assert CLIENT in shown
    assert any(secret in shown for secret in SECRETS)


def test_that_no_amount_and_no_name_is_anywhere(qtbot: QtBot, meeting: MainWindow) -> None:
    meeting.explain("theme|ai-chips")
    shown = toured(meeting)
    assert CLIENT not in shown
    assert [secret for secret in SECRETS if secret in shown] == []
    assert "\N{BULLET}" in shown
    assert "%" in shown  # shares stay


def test_that_what_was_copied_before_the_guest_came_is_gone(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.show_screen("portfolio")
    window.do_copy_table()
    assert QGuiApplication.clipboard().text()
    began(qtbot, window)
    assert QGuiApplication.clipboard().text() == ""


def test_that_a_question_asked_backwards_is_answered_without_a_name(
    qtbot: QtBot, meeting: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = ClientEngine.ask_backwards

    def named(self: ClientEngine, session: Session, target: str, share: float) -> object:
        found = [
            replace(one, name=f"{CLIENT} bet") for one in asked(self, session, target, share) if one
        ]
        return (*found, None)[:2]

    monkeypatch.setattr(ClientEngine, "ask_backwards", named)
    with qtbot.waitSignal(meeting.workspace.questions.backwards_ready, timeout=20_000) as answer:
        meeting.workspace.questions.ask_backwards("theme:ai-chips", 0.2)
    told = " ".join(answer.args[0])
    assert "AI chips" in told
    assert CLIENT not in told


def test_that_an_explanation_names_no_file(meeting: MainWindow) -> None:
    for key in ("position|p1|value", "theme|ai-chips", "equity"):
        view = meeting.workspace.explain(key)
        if view is not None:
            assert CLIENT not in repr(view)


def test_that_not_even_a_moment_shows_what_was_there(qtbot: QtBot, window: MainWindow) -> None:
    toured(window)
    window.meeting.begin(full_screen=False)
    # Before the new screens are made.
    seen = [w for w in window.findChildren(QWidget) if w.isVisible()]
    shown = "\n".join([window.windowTitle(), *(str(getattr(w, "text", str)()) for w in seen)])
    assert CLIENT not in shown
    assert [secret for secret in SECRETS if secret in shown] == []
    qtbot.waitUntil(lambda: bool(window.screens), timeout=20_000)


def test_that_f9_shows_amounts_and_names_stay_away(qtbot: QtBot, meeting: MainWindow) -> None:
    with qtbot.waitSignal(meeting.workspace.views_ready, timeout=20_000):
        meeting.action("hide_amounts").trigger()
    shown = toured(meeting)
    assert any(secret in shown for secret in SECRETS)
    assert CLIENT not in shown


def test_that_files_opened_before_are_not_shown(meeting: MainWindow) -> None:
    meeting.show_recent((f"/home/me/{FILE.name}",))
    assert CLIENT not in toured(meeting)


def test_that_a_draft_called_by_a_clients_name_is_only_its_letter(
    qtbot: QtBot, window: MainWindow
) -> None:
    draft = Draft("A", (), f"Proposal for {CLIENT}")
    with qtbot.waitSignal(window.workspace.views_ready, timeout=20_000):
        window.workspace.edit("Draft", lambda session: put_draft(session, draft))
    with qtbot.waitSignal(window.workspace.views_ready, timeout=20_000):
        window.workspace.toggle_draft()
    assert CLIENT in toured(window)
    began(qtbot, window)
    shown = toured(window)
    assert CLIENT not in shown
    assert "Draft A" in shown


def test_that_what_the_user_wrote_himself_names_nobody(qtbot: QtBot, window: MainWindow) -> None:
    """Own bets, own scenarios and lines nobody knows may hold the name of the file, the account or the owner."""
    made: list[str] = []

    def with_bet(session: Session) -> Session:
        changed, theme = add_theme(session, f"{CLIENT} family bet", ["NVDA.US"])
        made.append(theme)
        return changed

    work = window.workspace
    with qtbot.waitSignal(work.views_ready, timeout=20_000):
        work.edit("Bet", with_bet)
    assert work.today is not None
    result = work.today.stress[0]
    own = replace(result.facts, name=f"{CLIENT} worst case", story=f"What {CLIENT} fears", origin="custom")  # fmt: skip
    line = next(one for one in work.today.positions if one.position is not None)
    assert line.position is not None
    odd = replace(line, instrument=None, position=replace(line.position, symbol=f"{CLIENT} LLC", name=f"{CLIENT} Holdings"))  # fmt: skip
    known = replace(line, position=replace(line.position, name=f"{CLIENT} Mining Corp"))
    told = replace(
        work.today,
        stress=(replace(result, facts=own),),
        positions=(odd, known),
        themes=(replace(work.today.themes[0], theme=made[0], name=f"{CLIENT} family bet"),),
        theme_list=(Theme(made[0], f"{CLIENT} family bet", Family.NEUTRAL, ()),),
    )
    bare, _ = unnamed(told, ())
    assert (bare.stress[0].facts.name, bare.stress[0].facts.story) == ("… worst case", "What … fears")  # fmt: skip
    assert bare.theme_list[-1].name == "… family bet"
    assert bare.positions[0].label == "… LLC"
    targets = shock_targets(told, Words("en", hide_names=True))
    assert targets[0] == (f"theme:{made[0]}", "… family bet")
    assert CLIENT in repr(shock_targets(told, Words("en")))
    # In the name of a security the word is the security's.
    assert bare.positions[1].position is not None
    assert "Mining Corp" in str(bare.positions[1].position.name)
    assert bare.stress[0].pnl == told.stress[0].pnl


def test_that_a_window_that_names_files_is_asked_for_twice(
    qtbot: QtBot, meeting: MainWindow
) -> None:
    def dialogs() -> list[QFileDialog]:
        tops = QApplication.topLevelWidgets()
        return [w for w in tops if isinstance(w, QFileDialog) and w.isVisible()]

    meeting.action("open").trigger()
    assert dialogs() == []
    assert any("names your files" in text for text in meeting.notice_texts)
    meeting.action("open").trigger()
    (dialog,) = dialogs()
    dialog.reject()
    meeting.meeting.end()
    meeting.action("open").trigger()
    (dialog,) = dialogs()
    dialog.reject()


def test_that_with_a_screen_of_the_presenters_own_a_file_window_opens_there(
    qtbot: QtBot, meeting: MainWindow
) -> None:
    notes = MeetingNotes(Words("en"), QGuiApplication.screens()[0])
    qtbot.addWidget(notes)
    notes.show()
    meeting.meeting.notes = notes
    meeting.action("open").trigger()
    (dialog,) = notes.findChildren(QFileDialog)
    assert dialog.isVisible()
    assert meeting.findChildren(QFileDialog) == []
    dialog.reject()


def test_that_the_question_about_unsaved_work_names_nobody(
    qtbot: QtBot, window: MainWindow
) -> None:
    with qtbot.waitSignal(window.workspace.views_ready, timeout=20_000):
        window.workspace.edit("Bet", lambda session: add_theme(session, "Mine", ["NVDA.US"])[0])
    began(qtbot, window)
    window.action("next_client").trigger()
    box = window.keep.question
    assert box is not None
    assert CLIENT not in box.text() + box.informativeText()
    assert not window.workspace.session.is_empty
    box.reject()


def test_that_notices_wait_until_the_guest_has_gone(qtbot: QtBot, meeting: MainWindow) -> None:
    meeting.files.told.emit(replace_notice(f"Saved as {FILE.name}."))
    assert CLIENT not in toured(meeting)
    meeting.meeting.end()
    assert any(CLIENT in text for text in meeting.notice_texts)


def replace_notice(title: str) -> object:
    from levcheck.presenting.diagnostics_list import NoticeView
    from levcheck.presenting.figures import Tone

    return NoticeView(title, "", "", "", Tone.SUCCESS)


def test_that_the_sizes_can_be_read_across_a_table(meeting: MainWindow) -> None:
    smallest: dict[str, int] = {}
    for spec in SCREENS:
        meeting.show_screen(spec.id)
        QApplication.processEvents()
        for widget in meeting.findChildren(QWidget):
            if widget.isVisible() and isinstance(widget, QLabel | QPushButton) and widget.text():
                size = QFontInfo(widget.font()).pixelSize()
                smallest[f"{spec.id}: {widget.text()[:40]}"] = size
    assert len(smallest) > 30
    assert {text: size for text, size in smallest.items() if size < 20} == {}
    theme = current_theme()
    assert min(theme.pixels(size) for size in theme.sizes) >= 20
    meeting.show_screen("overview")
    figures = [
        box.findChild(FigureLabel) for box in meeting.findChildren(KeyFigureBox) if box.isVisible()
    ]
    assert figures
    assert all(f is not None and QFontInfo(f.font()).pixelSize() >= 60 for f in figures)
    assert QFontInfo(meeting.screens["overview"].headline.font()).pixelSize() >= 42


def test_that_rail_and_menus_go_and_come_back(qtbot: QtBot, meeting: MainWindow) -> None:
    assert not meeting.rail.isVisible()
    assert not meeting.menuBar().isVisible()
    meeting.meeting.end()
    assert meeting.rail.isVisible()
    assert meeting.menuBar().isVisible()
    assert CLIENT in meeting.windowTitle()
    assert current_theme().text_scale == 1.0
    qtbot.waitUntil(lambda: any(s in toured(meeting) for s in SECRETS), timeout=20_000)


# --- nothing can be changed ----------------------------------------------------------------------------------


def test_that_no_edit_control_can_be_seen(qtbot: QtBot, meeting: MainWindow) -> None:
    for spec in SCREENS:
        meeting.show_screen(spec.id)
        screen = meeting.screens[spec.id]
        assert [part for part in screen.edit_parts() if part.isVisible()] == []
        for part in screen.edit_parts():
            part.show()  # as a screen does that gets another view
        QApplication.processEvents()
        assert [part for part in screen.edit_parts() if part.isVisible()] == []


def test_that_edit_controls_come_back_as_they_were(qtbot: QtBot, window: MainWindow) -> None:
    window.show_screen("stress")
    began(qtbot, window)
    with qtbot.waitSignal(window.workspace.views_ready, timeout=20_000):
        window.meeting.end()
    stress = window.screens["stress"]
    assert isinstance(stress, StressScreen)
    assert stress.apply.isVisible()
    assert stress.aside.side.isVisible()


def test_that_a_guest_sees_the_scenarios_even_if_a_shock_was_being_tried(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.show_screen("stress")
    stress = window.screens["stress"]
    assert isinstance(stress, StressScreen)
    stress.aside.show_own()
    assert stress.custom.isVisible()
    assert not stress.scenarios.isVisible()
    began(qtbot, window)
    shown = window.screens["stress"]
    assert isinstance(shown, StressScreen)
    assert shown.scenarios.isVisible()
    assert not shown.custom.isVisible()


def test_that_nothing_can_be_changed(meeting: MainWindow) -> None:
    before = meeting.workspace.session
    for spec in ACTIONS:
        assert meeting.action(spec.id).isEnabled() <= (spec.id in IN_MEETINGS), spec.id
    meeting.workspace.edit("Rename", lambda session: rename(session, "other"))
    meeting.workspace.apply_scenario("march-2020")
    meeting.workspace.undo()
    assert meeting.workspace.session is before


# --- the presenter's keys ------------------------------------------------------------------------------------


def test_that_keys_step_through_the_screens(meeting: MainWindow) -> None:
    ids = [spec.id for spec in SCREENS]
    meeting.show_screen(ids[0])
    press(meeting, Qt.Key.Key_PageDown)
    assert meeting.current_screen == ids[1]
    press(meeting, Qt.Key.Key_Right)
    assert meeting.current_screen == ids[2]
    press(meeting, Qt.Key.Key_PageUp)
    press(meeting, Qt.Key.Key_Left)
    press(meeting, Qt.Key.Key_Left)
    assert meeting.current_screen == ids[0]
    press(meeting, Qt.Key.Key_4)
    assert meeting.current_screen == ids[3]


def test_that_the_presenter_chooses_the_order(meeting: MainWindow) -> None:
    meeting.meeting.order = ("stress", "overview")
    meeting.show_screen("stress")
    press(meeting, Qt.Key.Key_PageDown)
    assert meeting.current_screen == "overview"
    press(meeting, Qt.Key.Key_PageDown)
    assert meeting.current_screen == "overview"  # the end


def test_that_esc_twice_ends_the_meeting(meeting: MainWindow) -> None:
    press(meeting, Qt.Key.Key_Escape)
    assert meeting.meeting.is_on
    assert any("Esc" in text for text in meeting.notice_texts)
    press(meeting, Qt.Key.Key_Escape)
    assert not meeting.meeting.is_on


def test_that_esc_closes_an_explanation_first(meeting: MainWindow) -> None:
    meeting.explain("theme|ai-chips")
    assert not meeting.drawer.isHidden()
    press(meeting, Qt.Key.Key_Escape)
    assert meeting.drawer.isHidden()
    press(meeting, Qt.Key.Key_Escape)
    assert meeting.meeting.is_on


def test_that_notes_are_shown_on_no_shared_screen(qtbot: QtBot, meeting: MainWindow) -> None:
    # This machine has one screen, and the guest looks at it.
    assert len(QGuiApplication.screens()) == 1
    meeting.meeting.end()
    meeting.meeting.begin()
    assert meeting.meeting.notes is None
    tops = [w for w in QApplication.topLevelWidgets() if w.isVisible()]
    assert [w for w in tops if not isinstance(w, QMainWindow)] == []


def test_that_a_file_from_outside_waits_for_the_end(qtbot: QtBot, meeting: MainWindow) -> None:
    before = meeting.workspace.session
    meeting.take_file(Path("Other Client.xlsx"))
    assert not meeting.workspace.is_reading
    with qtbot.waitSignal(meeting.workspace.file_opened, timeout=20_000):
        meeting.meeting.end()
    assert meeting.workspace.session is not before


# --- the next client (C31) -----------------------------------------------------------------------------------


def test_that_the_next_client_finds_no_trace(qtbot: QtBot, meeting: MainWindow) -> None:
    work = meeting.workspace
    meeting.explain("theme|ai-chips")
    copy_text(f"{CLIENT} owns 1,040 shares")
    meeting.action("next_client").trigger()
    qtbot.waitUntil(lambda: meeting.screens == {} and work.session.is_empty, timeout=20_000)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert meeting.meeting.is_on
    assert work.session.is_empty
    assert work.history.undo_label is None
    assert work.history.redo_label is None
    assert work.analysis is None
    assert work.views is None
    assert meeting.screens == {}
    assert meeting.drawer.view is None
    shown = toured(meeting)
    assert CLIENT not in shown
    assert "1,040" not in shown
    assert QGuiApplication.clipboard().text() == ""
    gc.collect()
    left = [o for o in gc.get_objects() if isinstance(o, Reading) and o.file == FILE.name]
    assert left == []


def test_that_another_programs_clipboard_is_left_alone(
    meeting: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    clipboard = QGuiApplication.clipboard()
    clipboard.setText("a recipe")
    monkeypatch.setattr(QClipboard, "ownsClipboard", lambda _self: False)
    meeting.action("next_client").trigger()
    assert clipboard.text() == "a recipe"


def test_that_a_client_is_not_remembered(qtbot: QtBot, tmp_path: Path) -> None:
    from levcheck.storage.settings import Settings
    from levcheck.ui.memory import Memory

    memory = Memory(Settings(recent_files=("/old.xlsx",)))
    memory.remember(tmp_path / FILE.name)
    memory.forget_client()
    assert memory.settings.recent_files == ("/old.xlsx",)
