"""The question asked backwards: how far must it move to cost a share of the money?"""

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from levcheck.i18n.words import Words
from levcheck.ui.screens.parts import label, say, speak_numbers
from levcheck.ui.speaking import announce
from levcheck.ui.theme import current_theme

PAUSE_MS = 150
FIRST = 20


class ReversePanel(QWidget):
    """``asked`` carries (target, share of the money), a moment after the hand rests.

    Args:
        words: how the user is spoken to.
        target: the choice of the user's own shock, which this question is about too.
        parent: of the widget.
    """

    asked = Signal(str, float)

    def __init__(self, words: Words, target: QComboBox, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.target = target
        self.field = QDoubleSpinBox()
        self.answer = label("text-2")
        self._question = QLabel()
        self._question.setBuddy(self.field)
        self.field.setRange(1, 100)
        self.field.setDecimals(0)
        self.field.setValue(FIRST)
        self.field.lineEdit().setTextMargins(current_theme().space("s"), 0, 0, 0)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._lay_out()
        self.field.valueChanged.connect(self._on_changed)
        target.currentIndexChanged.connect(self._on_changed)
        self._pause.timeout.connect(self.ask)
        say(self.answer, "")
        self.speak(words)

    def speak(self, words: Words) -> None:
        """Use another language."""
        self._question.setText(words.text("What costs this &much?"))
        speak_numbers(self.field, words)
        self.field.setAccessibleName(words.text("Share of your money, in percent"))
        if self.answer.text():
            self._pause.start()

    @Slot()
    def ask(self) -> None:
        """Ask about what is chosen now."""
        chosen = self.target.currentData()
        self.setEnabled(chosen is not None)
        if chosen is not None:
            self.asked.emit(chosen, self.field.value() / 100)

    @Slot(object)
    def show_answer(self, sentences: Sequence[str]) -> None:
        """Show the answer."""
        text = " ".join(sentences)
        if text != self.answer.text():
            say(self.answer, text)
            if self.field.hasFocus():
                announce(self.answer, text)

    def _lay_out(self) -> None:
        space = current_theme().space
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(space("xs"))
        row = QHBoxLayout()
        row.setSpacing(space("s"))
        row.addWidget(self._question, 1)
        row.addWidget(self.field)
        column.addLayout(row)
        column.addWidget(self.answer)

    @Slot()
    def _on_changed(self) -> None:
        self._pause.start()
