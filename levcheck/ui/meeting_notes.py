"""The presenter's notes: a window of their own on the screen the guest does not see."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QScreen
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from levcheck.i18n.words import Words
from levcheck.ui.screens.parts import label
from levcheck.ui.theme import current_theme


class MeetingNotes(QWidget):
    """Notes that are kept nowhere: they go when the meeting ends or the next client comes."""

    def __init__(self, words: Words, screen: QScreen) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self.setWindowTitle(words.text("Notes for you"))
        self.text = QPlainTextEdit()
        self.text.setAccessibleName(self.windowTitle())
        hint = label(
            "text-2",
            words.text("Only this screen shows your notes. They are not saved."),
        )
        space = current_theme().space("xl")
        column = QVBoxLayout(self)
        column.setContentsMargins(space, space, space, space)
        column.addWidget(hint)
        column.addWidget(self.text, 1)
        place = screen.availableGeometry()
        self.setScreen(screen)
        self.setGeometry(place.adjusted(space, space, -space, -space))

    def clear(self) -> None:
        """Forget what was written."""
        self.text.clear()
        self.text.document().clearUndoRedoStacks()
