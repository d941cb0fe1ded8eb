"""A session's password in the window: set, asked for, mistyped, taken off."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from levcheck.app.session import rename
from levcheck.app.session_files import write_session
from levcheck.i18n.words import Words
from levcheck.storage import sealing
from levcheck.storage.sealing import Seal, is_sealed
from levcheck.ui.draft_desk import DraftDesk
from levcheck.ui.main_window import MainWindow
from levcheck.ui.screens.kept_dialogs import ChangesDialog
from levcheck.ui.screens.password_dialogs import AskPassword, SetPassword
from levcheck.ui.workspace import Workspace
from tests.helpers.sample_engine import SampleEngine

pytest.importorskip("cryptography", reason="the extra 'password' is not installed")

PASSWORD = "correct horse battery"  # noqa: S105  # it protects nothing
OTHER = "staple of another"


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MainWindow:
    monkeypatch.setenv("LEVCHECK_DATA", str(tmp_path / "data"))
    monkeypatch.setattr(sealing, "_COST", {**sealing._COST, "n": 16})
    made = MainWindow(Workspace.immediate(SampleEngine(), Words()))
    qtbot.addWidget(made)
    made.workspace.open(tmp_path / "a.xlsx")
    return made


def asked(window: MainWindow) -> AskPassword:
    found = window.passwords.asking
    assert found is not None
    return found


def setting(window: MainWindow) -> SetPassword:
    window.passwords.do_password()
    found = window.passwords.setting
    assert found is not None
    return found


def closed(window: MainWindow, path: Path, qtbot: QtBot) -> None:
    assert window.workspace.save(path, chosen=True)
    dialog = setting(window)
    dialog.first.setText(PASSWORD)
    dialog.second.setText(PASSWORD)
    dialog.go.click()
    qtbot.waitUntil(lambda: is_sealed(path.read_bytes()))


def test_that_a_password_is_set_and_asked_for(
    window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "mine.levcheck"
    closed(window, path, qtbot)
    lines = len(window.workspace.session.portfolio.positions)
    window.forget_list()
    window.workspace.open(path)
    dialog = asked(window)
    assert dialog.field.echoMode() is QLineEdit.EchoMode.Password
    assert not dialog.go.isEnabled()
    dialog.field.setText("not the password")
    dialog.go.click()
    again = asked(window)
    assert again is not dialog
    assert "Capital letters count" in again.fault.text()
    again.field.setText(PASSWORD)
    again.go.click()
    assert len(window.workspace.session.portfolio.positions) == lines
    assert window.workspace.path == path


def test_that_a_damaged_closed_file_leads_back_to_its_last_copy(
    window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "mine.levcheck"
    closed(window, path, qtbot)
    window.workspace.edit("Rename", lambda session: rename(session, "Later"))
    assert window.workspace.save(path)
    window.forget_list()
    content = bytearray(path.read_bytes())
    place = content.index(b'"sealed":"') + 20
    # Another letter of the same alphabet: what is no letter of it is refused before a password is asked for.
    content[place] = ord("B") if content[place] == ord("A") else ord("A")
    path.write_bytes(content)
    window.workspace.open(path)
    asked(window).field.setText(PASSWORD)
    asked(window).go.click()
    asked(window).reject()
    assert "or the file is damaged" in window.notice_texts[-1]
    way = next(b for b in window.findChildren(QPushButton) if b.text() == "Open the last good copy")
    way.click()
    assert "mine.levcheck" not in asked(window).told.text()
    typed(window, qtbot, PASSWORD)
    assert not window.workspace.session.is_empty


def test_that_saving_on_keeps_the_file_closed_and_it_can_be_opened_to_all_again(
    window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "mine.levcheck"
    closed(window, path, qtbot)
    window.workspace.edit("Rename", lambda session: session)
    assert window.workspace.save(path)
    assert is_sealed(path.read_bytes())
    window.workspace.open_again()
    assert window.passwords.asking is None
    setting(window).off.click()
    assert not is_sealed(path.read_bytes())


@pytest.mark.parametrize(
    ("first", "second", "fault"),
    [("short", "short", "8 letters"), (PASSWORD, PASSWORD + "!", "not the same"), ("", "", "8 letters")],
)  # fmt: skip
def test_that_a_password_that_cannot_be_is_told_beside_its_field(
    window: MainWindow, tmp_path: Path, first: str, second: str, fault: str
) -> None:
    path = tmp_path / "mine.levcheck"
    write_session(path, window.workspace.session)
    assert window.workspace.save(path, chosen=True)
    dialog = setting(window)
    dialog.first.setText(first)
    dialog.second.setText(second)
    dialog.go.click()
    assert fault in dialog.fault.text()
    assert window.passwords.setting is dialog
    assert not is_sealed(path.read_bytes())
    dialog.reject()


def elsewhere(window: MainWindow, path: Path, name: str = "Elsewhere") -> None:
    """Let another program write the file, under another password."""
    session = rename(window.workspace.session, name)
    write_session(path, session, seal=Seal.new(OTHER))


def typed(window: MainWindow, qtbot: QtBot, password: str) -> None:
    qtbot.waitUntil(lambda: window.passwords.asking is not None)
    dialog = asked(window)
    dialog.field.setText(password)
    dialog.go.click()


def test_that_comparing_with_a_file_under_another_password_asks_for_it(
    window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "mine.levcheck"
    closed(window, path, qtbot)
    elsewhere(window, path)
    window.keep.compare()
    typed(window, qtbot, "not the password")
    qtbot.waitUntil(lambda: window.passwords.asking is not None)
    assert "Capital letters count" in asked(window).fault.text()
    typed(window, qtbot, OTHER)
    qtbot.waitUntil(lambda: window.findChild(ChangesDialog) is not None)
    dialog = window.findChild(ChangesDialog)
    assert dialog is not None
    assert dialog.changes.count() == 1
    dialog.reject()
    assert window.workspace.path == path


def test_that_a_closed_proposal_asks_for_its_own_password_and_the_list_stays(
    window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    path, other = tmp_path / "mine.levcheck", tmp_path / "model.levcheck"
    closed(window, path, qtbot)
    elsewhere(window, other, "The model")
    window.show_screen("what-if")
    desk = window.screens["what-if"].findChild(DraftDesk)
    assert desk is not None
    desk.read_model(other)
    assert "model.levcheck" in asked(window).told.text()
    typed(window, qtbot, OTHER)
    assert window.workspace.path == path
    model = window.workspace.session.model
    assert model is not None
    assert model.name == "The model"


def test_that_a_report_asks_for_the_password_of_an_earlier_list(
    window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    old = tmp_path / "old.levcheck"
    elsewhere(window, old)
    window.action("report").trigger()
    panel = window.reports.panel
    assert panel is not None
    panel.pages["changes"].click()
    window.reports.use_earlier(old)
    qtbot.waitUntil(lambda: window.passwords.asking is not None)
    assert "old.levcheck" in panel.fault.text()
    typed(window, qtbot, OTHER)
    qtbot.waitUntil(lambda: window.reports.made() is not None, timeout=20_000)
    report = window.reports.made()
    assert report is not None
    assert "changes" in [section.id for section in report.sections]
    assert OTHER not in repr(window.reports._earlier)
    panel.reject()
    assert window.reports._earlier is None
