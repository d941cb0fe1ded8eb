"""A field for a number typed in any usual way; where a text can mean two numbers, it asks which."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from levcheck.i18n.words import Words
from levcheck.presenting.typed_numbers import TypedNumber, read_typed
from levcheck.ui.screens.parts import label
from levcheck.ui.speaking import announce
from levcheck.ui.theme import current_theme

MEANINGS = 2


class NumberField(QWidget):
    """A label, a field, and under it what is wrong or unclear.

    ``changed`` follows every change of what the text means, ``entered`` the Enter key on a clear number.
    """

    changed = Signal()
    entered = Signal()

    def __init__(
        self, words: Words, *, positive: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._words = words
        self._positive = positive
        self._first = ""
        self._meant: float | None = None
        self.title = QLabel()
        self.field = QLineEdit()
        self.title.setBuddy(self.field)
        self.problem = label("warning")
        self.problem.hide()
        self.meanings = [QPushButton() for _ in range(MEANINGS)]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current_theme().space("xs"))
        column.addWidget(self.title)
        column.addWidget(self.field)
        column.addWidget(self.problem)
        row = QHBoxLayout()
        for button in self.meanings:
            button.hide()
            button.clicked.connect(self._on_meaning)
            row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)
        self.field.textEdited.connect(self._on_edited)
        self.field.returnPressed.connect(self._on_return)

    def speak(self, words: Words, title: str) -> None:
        """Use another language."""
        self._words = words
        self.title.setText(title)
        self.field.setAccessibleName(title.replace("&", ""))
        self._tell()

    def start_with(self, text: str) -> None:
        """Show a figure to be changed."""
        self._first = text
        self._meant = None
        self.field.setText(text)
        self._tell()
        self.changed.emit()

    @property
    def is_changed(self) -> bool:
        """Whether something else was typed than what stood there."""
        return self.field.text().strip() != self._first

    @property
    def is_blank(self) -> bool:
        """Whether nothing is typed."""
        return not self.field.text().strip()

    def value(self) -> float | None:
        """Return the number, None when there is none or it is not clear which is meant."""
        return self._meant if self._meant is not None else self._read().value

    def focus(self) -> None:
        """Put the cursor in, with everything marked, ready to be typed over."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def _read(self) -> TypedNumber:
        return read_typed(self.field.text(), self._words, positive=self._positive)

    def _tell(self) -> None:
        """Show what is wrong, or the two meanings to choose between; say nothing of a figure left as it was."""
        is_open = self.is_changed and not self.is_blank and self._meant is None
        read = self._read()
        problem = read.problem if is_open else ""
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
        asks = len(read.readings) == MEANINGS and bool(problem)
        for number, button in enumerate(self.meanings):
            button.setVisible(asks)
            if asks:
                button.setText(read.texts[number])
                button.setAccessibleName(
                    self._words.text("It means {number}", number=read.texts[number])
                )
        if problem:
            announce(self.problem, problem)

    @Slot(str)
    def _on_edited(self, _text: str) -> None:
        self._meant = None
        self._tell()
        self.changed.emit()

    @Slot()
    def _on_meaning(self) -> None:
        button = self.sender()
        read = self._read()
        if not isinstance(button, QPushButton) or len(read.readings) != MEANINGS:
            return
        self._meant = read.readings[self.meanings.index(button)]
        self._tell()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    @Slot()
    def _on_return(self) -> None:
        if self.value() is not None or self.is_blank or not self.is_changed:
            self.entered.emit()
        elif self.meanings[0].isVisible():
            self.meanings[0].setFocus(Qt.FocusReason.OtherFocusReason)
