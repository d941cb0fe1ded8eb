"""What the desktop asks for is asked, heard and followed: no movement, dark or light."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from levcheck.storage.settings import Settings
from levcheck.ui.desktop import Desktop
from levcheck.ui.memory import Memory, wear
from levcheck.ui.theme import system_theme, theme_source

NEWER = ("org.freedesktop.appearance", "reduced-motion")
OLDER = ("org.gnome.desktop.interface", "enable-animations")


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[tuple[str, str], Any]]:
    """A message bus of our own with a settings portal on it; what it answers is the caller's to say."""
    if sys.platform in ("win32", "darwin") or shutil.which("dbus-daemon") is None:
        pytest.skip("there is no message bus to put a desktop on")
    from PySide6 import QtDBus

    daemon = subprocess.Popen(
        ["dbus-daemon", "--session", "--print-address", "--nofork"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert daemon.stdout is not None
    address = daemon.stdout.readline().strip()
    said: dict[tuple[str, str], Any] = {}

    class Portal(QtDBus.QDBusVirtualObject):
        def introspect(self, _path: str) -> str:
            return ""

        def handleMessage(  # noqa: N802  # the name of Qt
            self, message: QtDBus.QDBusMessage, connection: QtDBus.QDBusConnection
        ) -> bool:
            namespace, key = message.arguments()
            value = said.get((namespace, key))
            if value is None:
                connection.send(
                    message.createErrorReply("org.freedesktop.portal.Error.NotFound", "none")
                )
            else:
                connection.send(message.createReply(QtDBus.QDBusVariant(value)))
            return True

    portal = Portal()
    served = QtDBus.QDBusConnection.connectToBus(address, "portal")
    asking = QtDBus.QDBusConnection.connectToBus(address, "asking")
    assert served.registerVirtualObject("/org/freedesktop/portal/desktop", portal)
    assert served.registerService("org.freedesktop.portal.Desktop")
    monkeypatch.setattr(QtDBus.QDBusConnection, "sessionBus", staticmethod(lambda: asking))
    yield said
    for name in ("portal", "asking"):
        QtDBus.QDBusConnection.disconnectFromBus(name)
    daemon.kill()
    daemon.wait()
    daemon.stdout.close()


@pytest.fixture
def desktop(qapp: QApplication) -> Iterator[Desktop]:
    before = theme_source().theme
    made = Desktop()
    yield made
    made.deleteLater()
    theme_source().use(before)


@pytest.mark.parametrize(
    ("said", "still"),
    [
        ({NEWER: 1}, True),
        ({NEWER: 0, OLDER: False}, False),  # the newer word counts
        ({OLDER: False}, True),
        ({OLDER: True}, False),
        ({}, False),
    ],
)
def test_that_the_desktop_is_asked_whether_anything_may_move(
    said: dict[tuple[str, str], Any],
    still: bool,  # noqa: FBT001  # a case
    answers: dict[tuple[str, str], Any],
    desktop: Desktop,
    qtbot: QtBot,
) -> None:
    answers.update(said)
    desktop.is_still = not still
    with qtbot.waitSignal(desktop.changed):
        desktop.ask()
    assert desktop.is_still is still


def test_that_an_answer_wrapped_twice_is_understood(
    answers: dict[tuple[str, str], Any], desktop: Desktop, qtbot: QtBot
) -> None:
    from PySide6.QtDBus import QDBusVariant

    answers[NEWER] = QDBusVariant(1)
    with qtbot.waitSignal(desktop.changed):
        desktop.ask()
    assert desktop.is_still


def test_that_the_window_is_still_from_the_answer_on_and_again_after_a_change(
    answers: dict[tuple[str, str], Any], desktop: Desktop, qtbot: QtBot
) -> None:
    memory = Memory(Settings(theme="light"), is_private=True)
    desktop.changed.connect(lambda: memory.follow(desktop))
    wear(memory.settings, "en", desktop)
    answers[OLDER] = False
    desktop.listen()
    qtbot.waitUntil(lambda: theme_source().theme.is_still)

    answers[OLDER] = True
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    application.applicationStateChanged.emit(Qt.ApplicationState.ApplicationActive)
    qtbot.waitUntil(lambda: not theme_source().theme.is_still)
    assert memory.current().theme == "light"


def test_that_a_user_who_wants_no_movement_has_none_whatever_the_desktop_says(
    desktop: Desktop,
) -> None:
    memory = Memory(Settings(motion="reduced"), is_private=True)
    wear(memory.settings, "en", desktop)
    memory.follow(desktop)
    assert theme_source().theme.is_still


@pytest.mark.parametrize(("theme", "worn"), [("system", "dark"), ("light", "light")])
def test_that_dark_and_light_follow_the_desktop_only_where_the_user_said_so(
    theme: str, worn: str, desktop: Desktop, monkeypatch: pytest.MonkeyPatch
) -> None:
    theme_source().choose("light")
    memory = Memory(Settings(theme=theme), is_private=True)
    desktop.changed.connect(lambda: memory.follow(desktop))
    monkeypatch.setattr("levcheck.ui.theme.system_theme", lambda: "dark")
    QApplication.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert theme_source().theme.name == "light"  # nobody listens yet
    desktop.listen()
    assert theme_source().theme.name == worn
    assert memory.current().theme == theme  # following is not choosing


def test_that_strong_contrast_of_the_desktop_is_heard(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Hints:
        def accessibility(self) -> "Hints":
            return self

        def contrastPreference(self) -> Qt.ContrastPreference:  # noqa: N802  # the name of Qt
            return Qt.ContrastPreference.HighContrast

    theme_source().choose("light")
    assert system_theme() == "light"
    monkeypatch.setattr(QApplication, "styleHints", staticmethod(Hints))
    assert system_theme() == "high_contrast"
