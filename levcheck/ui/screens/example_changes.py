"""What an empty draft can begin with: a heading and a button for each example."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from levcheck.i18n.words import Words
from levcheck.presenting.what_if import WorkedOut
from levcheck.ui.screens.parts import label
from levcheck.ui.theme import current_theme

MOST = 3


class ExampleChanges(QWidget):
    """``wanted`` carries the changes of the example chosen."""

    wanted = Signal(object)

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._offers: tuple[WorkedOut, ...] = ()
        self.heading = label("emphasis")
        self.note = label("caption")
        self.buttons = [QPushButton() for _ in range(MOST)]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current_theme().space("xs"))
        column.addWidget(self.heading)
        for number, button in enumerate(self.buttons):
            button.setProperty("place", number)
            button.setProperty("role", "link")
            button.clicked.connect(self._on_wanted)
            column.addWidget(button)
        column.addWidget(self.note)
        self.speak(words)

    def speak(self, words: Words) -> None:
        """Use another language."""
        self.heading.setText(words.text("Examples to begin with"))
        self.note.setText(words.text("Examples only, no advice."))

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
