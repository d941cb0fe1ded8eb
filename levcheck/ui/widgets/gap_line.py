"""The line that says what is in no number: seen on every screen, and quiet, because it is said on every screen."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from levcheck.ui.dressing import waits
from levcheck.ui.icons import pixmap
from levcheck.ui.speaking import announce
from levcheck.ui.theme import Role, current_theme, theme_source
from levcheck.ui.widgets.texts import PlainLabel


class GapLine(QWidget):
    """A warning sign, one sentence, and the one action that mends it, right behind the sentence.

    A frame like that of a notice would outshout what each screen has to say.
    """

    action_chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        space = current_theme().space
        self._icon = QLabel()
        self._text = _Sentence(role=Role.WARNING, wraps=True)
        self._action = QPushButton()
        self._action.setProperty("role", "link")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(space("s"))
        row.addWidget(self._icon)
        row.addWidget(self._text)
        row.addWidget(self._action)
        row.addStretch(1)
        self._action.clicked.connect(self.action_chosen)
        theme_source().changed.connect(self._dress)
        self.hide()
        self._dress()

    def show_gap(self, text: str, action: str) -> None:
        """Say what is in no number, aloud too; said again and shown already, it is not repeated."""
        self._action.setText(action)
        if text == self.accessibleName() and not self.isHidden():
            return
        self._text.setText(text)
        self.setAccessibleName(text)
        self.show()
        announce(self, text)

    def _dress(self, _theme: object = None) -> None:
        if _theme is not None and waits(self, self._dress):
            return
        self._icon.setPixmap(pixmap("warning", Role.WARNING, current_theme().scaled(16)))


class _Sentence(PlainLabel):
    """Takes one line where there is room for it, and breaks where there is not."""

    def sizeHint(self) -> QSize:
        """Return the size of the sentence in one line."""
        words = self.fontMetrics().size(Qt.TextFlag.TextSingleLine, self.text())
        return QSize(words.width() + 1, words.height())
