"""The keyboard goes back to the window when a dialog closes, also where no window manager sees to it."""

from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget


class FocusBack(QObject):
    """Gives the focus to a window when the focus has gone nowhere, while the program is the one in use.

    A desktop does this by itself. A bare X server, as remote sessions and test machines have it, leaves the keyboard with
    nobody after a dialog, and the program could then be used with a mouse only.
    """

    def __init__(self, application: QApplication, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        application.focusChanged.connect(self._on_changed)

    @Slot(QWidget, QWidget)
    def _on_changed(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is None:
            # Not before the dialog is gone, and whoever else takes the focus has it.
            QTimer.singleShot(0, self, self._take)

    @Slot()
    def _take(self) -> None:
        is_ours = QGuiApplication.applicationState() is Qt.ApplicationState.ApplicationActive
        is_nowhere = QApplication.activeWindow() is None
        if is_ours and is_nowhere and self._window.isVisible() and not self._window.isMinimized():
            self._window.activateWindow()
