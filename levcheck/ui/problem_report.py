"""A report on this machine for a helper: shown before anything is done with it, and sent by nobody but the reader."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from levcheck.i18n.words import Words
from levcheck.ui.clipboard import copy_text
from levcheck.ui.screens.parts import label
from levcheck.ui.speaking import announce
from levcheck.ui.theme import current_theme

START_SIZE = (820, 600)


class ProblemReport(QDialog):
    """Shows the report; ``save_asked`` carries its text."""

    save_asked = Signal(str)

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self.setWindowTitle(words.text("Report a problem"))
        self.resize(*START_SIZE)
        self.text = QPlainTextEdit(words.text("Looking at this computer…"))
        self.text.setReadOnly(True)
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.text.setAccessibleName(words.text("The report"))
        self._copy = QPushButton(words.text("Copy"))
        self._save = QPushButton(words.text("Save…"))
        self._lay_out()
        self._copy.clicked.connect(self._on_copy)
        self._save.clicked.connect(lambda: self.save_asked.emit(self.text.toPlainText()))

    def show_text(self, text: str) -> None:
        """Show the report."""
        self.text.setPlainText(text)
        for button in (self._copy, self._save):
            button.setEnabled(True)

    def _on_copy(self) -> None:
        copy_text(self.text.toPlainText())
        announce(self, self._words.text("The report was copied."))

    def _lay_out(self) -> None:
        space = current_theme().space
        words = self._words
        close = QPushButton(words.text("Close"))
        close.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        for button in (self._copy, self._save, close):
            button.setAutoDefault(False)
        for button in (self._copy, self._save):
            button.setEnabled(False)
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(*(space("l"),) * 4)
        column.setSpacing(space("m"))
        column.addWidget(
            label(
                "",
                words.text(
                    "This is what a helper needs to know. It holds nothing of your portfolio. "
                    "levcheck sends it nowhere: copy or save it if you like."
                ),
            )
        )
        column.addWidget(self.text, 1)
        column.addLayout(buttons)
