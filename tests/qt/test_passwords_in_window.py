"""A session's password in the window: set, asked for, mistyped, taken off."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from levcheck.app.session_files import write_session
from levcheck.i18n.words import Words
from levcheck.storage import sealing
from levcheck.storage.sealing import is_sealed
from levcheck.ui.main_window import MainWindow
from levcheck.ui.screens.password_dialogs import AskPassword, SetPassword
from levcheck.ui.workspace import Workspace
from tests.helpers.sample_engine import SampleEngine

pytest.importorskip("cryptography", reason="the extra 'password' is not installed")

PASSWORD = "correct horse battery"  # noqa: S105  # it protects nothing


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
