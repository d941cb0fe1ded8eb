"""What an empty draft can begin with: a button for each example."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from levcheck.i18n.words import Words
from levcheck.presenting.what_if import WorkedOut
from levcheck.ui.screens.parts import FlowRow, label

MOST = 3


class ExampleChanges(QWidget):
    """Stands over before and after while they are the same; ``wanted`` carries the changes of the example chosen."""

    wanted = Signal(object)

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._offers: tuple[WorkedOut, ...] = ()
        self.note = label("text-2", wrap=False)
        self.buttons = [QPushButton() for _ in range(MOST)]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(FlowRow(self.note, *self.buttons))
        for number, button in enumerate(self.buttons):
            button.setProperty("place", number)
            button.clicked.connect(self._on_wanted)
        self.speak(words)

    def speak(self, words: Words) -> None:
        """Use another language."""
        self.note.setText(words.text("For example:"))

    def offer(self, examples: Sequence[WorkedOut]) -> None:
        """Offer examples; without any, nothing is shown."""
        self._offers = tuple(examples)
        for number, button in enumerate(self.buttons):
            button.setVisible(number < len(self._offers))
            if number < len(self._offers):
                button.setText(self._offers[number].text.replace("&", "&&"))
        self.setVisible(bool(self._offers))

    @Slot()
    def _on_wanted(self) -> None:
        button = self.sender()
        place = button.property("place") if button is not None else None
        if isinstance(place, int) and place < len(self._offers):
            self.wanted.emit(self._offers[place].changes)
