"""What an empty draft can begin with: a sentence and a button for each example."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from levcheck.i18n.words import Words
from levcheck.presenting.what_if import WorkedOut
from levcheck.ui.screens.parts import label
from levcheck.ui.theme import current_theme

MOST = 3
WIDTH = 280  # of a button, in pixels at text size 100 %


class ExampleChanges(QWidget):
    """Stands where before and after will; ``wanted`` carries the changes of the example chosen.

    ``turned`` tells that it is shown or hidden: while a guest watches, what edits is hidden by others.
    """

    wanted = Signal(object)
    turned = Signal()

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._offers: tuple[WorkedOut, ...] = ()
        self.heading = label("section")
        self.note = label("text-2")
        self.buttons = [QPushButton() for _ in range(MOST)]
        space = current_theme().space
        column = QVBoxLayout(self)
        column.setContentsMargins(space("xl"), 0, space("xl"), 0)
        column.setSpacing(space("m"))
        column.addStretch(2)
        for part in (self.heading, self.note):
            part.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(part)
        for number, button in enumerate(self.buttons):
            button.setProperty("place", number)
            button.setMinimumWidth(current_theme().scaled(WIDTH))
            button.clicked.connect(self._on_wanted)
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        self.speak(words)

    def speak(self, words: Words) -> None:
        """Use another language."""
        self.heading.setText(words.text("Before and after will stand here."))
        self.note.setText(
            words.text("Make a change at the left, or try one of these. Examples only, no advice.")
        )

    def event(self, event: QEvent) -> bool:
        """Tell of being shown and hidden."""
        done = super().event(event)
        if event.type() in {QEvent.Type.ShowToParent, QEvent.Type.HideToParent}:
            self.turned.emit()
        return done

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
