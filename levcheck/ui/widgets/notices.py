"""Notices that stand beside the work instead of stopping it, and long work that can be stopped."""

from collections.abc import Sequence
from enum import StrEnum

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from levcheck.ui.dressing import restyle, waits
from levcheck.ui.icons import pixmap, put_icon
from levcheck.ui.speaking import announce
from levcheck.ui.theme import Role, Size, current_theme, theme_source
from levcheck.ui.widgets.texts import PlainLabel


class Severity(StrEnum):
    """How much a notice matters."""

    INFO = "info"
    SUCCESS = "success"
    WARNING = "warning"
    ERROR = "error"


_LOOK = {
    Severity.INFO: ("info", Role.ACCENT),
    Severity.SUCCESS: ("success", Role.SUCCESS),
    Severity.WARNING: ("warning", Role.WARNING),
    Severity.ERROR: ("error", Role.ERROR),
}
_GOES_AFTER_MS = 8000


class NoticeBar(QFrame):
    """One notice: what happened, what can be done, one action, a cross.

    Errors and warnings stay until they are closed; information goes by itself after eight seconds unless it has an
    action. Every notice is spoken.
    """

    action_chosen = Signal(str)
    closed = Signal()

    def __init__(self, close_name: str = "Close", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self._severity = Severity.INFO
        self._key = ""
        theme = current_theme()
        self._icon = QLabel()
        self._text = PlainLabel(wraps=True, strong=True)
        self._detail = PlainLabel(wraps=True)
        self._code = PlainLabel(size=Size.CAPTION, role=Role.TEXT_2)
        self._action = QPushButton()
        self._choices: list[QPushButton] = []
        self._choice_row = QHBoxLayout()
        self._close = QToolButton()
        self._close.setAccessibleName(close_name)
        self._action.clicked.connect(self._on_action)
        self._close.clicked.connect(self.dismiss)
        words = QVBoxLayout()
        words.setSpacing(2)
        for label in (self._text, self._detail, self._code):
            words.addWidget(label)
        self._choice_row.setSpacing(theme.space("s"))
        self._choice_row.setContentsMargins(0, theme.space("xs"), 0, 0)
        self._choice_row.addStretch(1)
        words.addLayout(self._choice_row)
        row = QHBoxLayout(self)
        row.setContentsMargins(
            theme.space("m"), theme.space("xs"), theme.space("xs"), theme.space("xs")
        )
        row.setSpacing(theme.space("m"))
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(words, 1)
        row.addWidget(self._action, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.dismiss)
        theme_source().changed.connect(self._dress)
        self.hide()
        self._dress()

    @property
    def severity(self) -> Severity:
        """How much the notice shown matters."""
        return self._severity

    def show_notice(
        self,
        text: str,
        severity: Severity = Severity.INFO,
        *,
        detail: str = "",
        action: str = "",
        key: str = "",
        code: str = "",
        choices: Sequence[tuple[str, str]] = (),
    ) -> None:
        """Show a notice.

        Args:
            text: what happened, one sentence.
            severity: how much it matters.
            detail: what can be done and what is safe.
            action: text of the button; empty = no button.
            key: what ``action_chosen`` carries.
            code: small print for support.
            choices: (what ``action_chosen`` carries, text) of buttons below the text, where there are several ways on.
        """
        self._severity, self._key = severity, key
        for label, content in ((self._text, text), (self._detail, detail), (self._code, code)):
            label.setText(content)
            label.setVisible(bool(content))
        self._action.setText(action)
        self._action.setVisible(bool(action))
        self._offer(choices)
        self.setAccessibleName(" ".join(part for part in (text, detail) if part))
        self._dress()
        self.show()
        announce(self, self.accessibleName())
        passing = severity in (Severity.INFO, Severity.SUCCESS)
        passing = passing and not action and not choices
        self._timer.start(_GOES_AFTER_MS) if passing else self._timer.stop()

    @Slot()
    def dismiss(self) -> None:
        """Take the notice away and forget its text."""
        self._timer.stop()
        self.hide()
        for label in (self._text, self._detail, self._code):
            label.setText("")
        self.setAccessibleName("")
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close with Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
            return
        super().keyPressEvent(event)

    def _offer(self, choices: Sequence[tuple[str, str]]) -> None:
        for button in self._choices:
            self._choice_row.removeWidget(button)
            button.deleteLater()
        self._choices = []
        for number, (key, text) in enumerate(choices):
            button = QPushButton(text)
            button.setProperty("choice", key)
            button.clicked.connect(self._on_choice)
            self._choice_row.insertWidget(number, button)
            self._choices.append(button)

    @Slot()
    def _on_action(self) -> None:
        self.action_chosen.emit(self._key)

    @Slot()
    def _on_choice(self) -> None:
        button = self.sender()
        if isinstance(button, QPushButton):
            self.action_chosen.emit(str(button.property("choice")))

    @Slot(object)
    def _dress(self, _theme: object = None) -> None:
        if _theme is not None and waits(self, self._dress):
            return
        theme = current_theme()
        name, ink = _LOOK[self._severity]
        self._icon.setPixmap(pixmap(name, ink, theme.scaled(24)))
        put_icon(self._close, "close")
        restyle(self, "severity", self._severity.value)


class ProgressRow(QWidget):
    """Long work: what is done, how far it is, and Cancel. It appears only when the work takes a second."""

    cancelled = Signal()

    def __init__(self, cancel: str = "Cancel", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = current_theme()
        self._text = PlainLabel()
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setMinimumWidth(theme.scaled(160))
        self._cancel = QPushButton(cancel)
        self._cancel.clicked.connect(self._on_cancel)
        row = QHBoxLayout(self)
        row.setContentsMargins(
            theme.space("m"), theme.space("xs"), theme.space("m"), theme.space("xs")
        )
        row.setSpacing(theme.space("m"))
        row.addWidget(self._text)
        row.addWidget(self._bar, 1)
        row.addWidget(self._cancel)
        self._delay = QTimer(self)
        self._delay.setSingleShot(True)
        self._delay.timeout.connect(self._appear)
        self.hide()

    def start(self, text: str, *, after_ms: int = 1000) -> None:
        """Say what is being done; the row appears after `after_ms` unless the work is finished by then."""
        self._text.setText(text)
        self.set_progress(None)
        self._bar.setAccessibleName(text)
        self._cancel.setEnabled(True)
        self.setAccessibleName(text)
        self._delay.start(after_ms)

    def set_progress(self, share: float | None) -> None:
        """Show how far it is, 0 to 1; None = not known."""
        if share is None:
            # A bar of unknown length runs to and fro; where nothing is to move, it stays empty.
            self._bar.setRange(0, 1 if current_theme().is_still else 0)
            self._bar.setValue(0)
            return
        self._bar.setRange(0, 1000)
        self._bar.setValue(round(min(1.0, max(0.0, share)) * 1000))

    def finish(self) -> None:
        """Take the row away."""
        self._delay.stop()
        self.hide()

    @Slot()
    def _appear(self) -> None:
        self.show()
        announce(self, self._text.text())

    @Slot()
    def _on_cancel(self) -> None:
        self._cancel.setEnabled(False)
        self.cancelled.emit()
