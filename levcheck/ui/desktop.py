"""What the desktop asks of every program: dark or light, strong contrast, and whether anything may move by itself.

Qt hears of colours and contrast. Of movement it hears in a version later than the one in use, so the desktop is asked
directly: on Linux the settings portal (``org.freedesktop.appearance reduced-motion``, before that GNOME's
``enable-animations``), on Windows ``SPI_GETCLIENTAREAANIMATION``, on a Mac ``reduceMotion`` of ``com.apple.universalaccess``.
It is asked without waiting once the window stands, and again each time the program comes forward: settings are changed in
another window.
"""

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from PySide6.QtCore import Qt
    from PySide6.QtDBus import QDBusPendingCallWatcher

PATIENCE_MS = 2000
# Namespace, key, and the value that asks for no movement; the first that is answered counts.
PORTAL_KEYS: tuple[tuple[str, str, int], ...] = (
    ("org.freedesktop.appearance", "reduced-motion", 1),
    ("org.gnome.desktop.interface", "enable-animations", 0),
)
_PORTAL = (
    "org.freedesktop.portal.Desktop",
    "/org/freedesktop/portal/desktop",
    "org.freedesktop.portal.Settings",
    "Read",  # the one that every version of the portal answers
)
_CLIENT_AREA_ANIMATION = 0x1042


class Desktop(QObject):
    """Knows what the desktop asks for; ``changed`` tells that it asks for something else.

    Attributes:
        is_still: it asks that nothing moves by itself; False until it has answered, and where it cannot be asked.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.is_still = False
        self._asking: list[QDBusPendingCallWatcher] = []

    def listen(self) -> None:
        """Ask now, and follow what the desktop asks for from now on."""
        application = QApplication.instance()
        if not isinstance(application, QApplication):
            return
        hints = QApplication.styleHints()
        hints.colorSchemeChanged.connect(self._on_looks)
        accessibility = getattr(hints, "accessibility", None)
        if accessibility is not None:
            accessibility().contrastPreferenceChanged.connect(self._on_looks)
        application.applicationStateChanged.connect(self._on_state)
        self.changed.emit()  # what was put on before the window stood was a guess from the desktop's colours
        self.ask()

    def ask(self) -> None:
        """Ask whether anything may move; the answer comes later."""
        if sys.platform == "win32":
            self._hear(_windows_is_still())
        elif sys.platform == "darwin":
            self._hear(_mac_is_still())
        elif not self._asking:
            self._ask_portal(PORTAL_KEYS)

    def _ask_portal(self, keys: tuple[tuple[str, str, int], ...]) -> None:
        from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusPendingCallWatcher

        bus = QDBusConnection.sessionBus()
        if not keys or not bus.isConnected():
            self._hear(False)
            return
        (namespace, key, still), *others = keys
        question = QDBusMessage.createMethodCall(*_PORTAL)
        question.setArguments([namespace, key])
        watcher = QDBusPendingCallWatcher(bus.asyncCall(question, PATIENCE_MS), self)

        def answered() -> None:
            self._asking.remove(watcher)
            value = None if watcher.isError() else _plain(watcher.reply().arguments())
            watcher.deleteLater()
            if value is None:
                self._ask_portal(tuple(others))
            else:
                self._hear(value == still)

        self._asking.append(watcher)
        watcher.finished.connect(answered)

    def _hear(self, still: bool) -> None:  # noqa: FBT001  # one plain fact
        if still != self.is_still:
            self.is_still = still
            self.changed.emit()

    @Slot()
    def _on_looks(self) -> None:
        self.changed.emit()

    @Slot(object)
    def _on_state(self, state: "Qt.ApplicationState") -> None:
        from PySide6.QtCore import Qt

        if state == Qt.ApplicationState.ApplicationActive:
            self.ask()


def _plain(arguments: list[object]) -> int | None:
    """Return the number inside an answer, which older portals wrap twice; None where there is none."""
    value: object = arguments[0] if arguments else None
    while hasattr(value, "variant"):
        value = value.variant()
    return int(value) if isinstance(value, int) else None


def _windows_is_still() -> bool:
    import ctypes

    moves = ctypes.c_int(1)
    asked = getattr(ctypes, "windll").user32.SystemParametersInfoW(  # noqa: B009  # no other system has the name
        _CLIENT_AREA_ANIMATION, 0, ctypes.byref(moves), 0
    )
    return bool(asked) and not moves.value


def _mac_is_still() -> bool:
    from PySide6.QtCore import QSettings

    return bool(QSettings("apple.com", "universalaccess").value("reduceMotion", False, bool))
