"""Changes worked out: the smallest sale under a limit, and leverage undone. Arithmetic, never advice."""

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QDoubleSpinBox,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from levcheck.domain.draft import Change
from levcheck.i18n.words import Words
from levcheck.presenting.what_if import WhatIfView, WorkedOut
from levcheck.ui.screens.change_form import refill
from levcheck.ui.screens.parts import label, say
from levcheck.ui.speaking import announce
from levcheck.ui.theme import current_theme
from levcheck.ui.widgets.picker import Picker

PAUSE_MS = 200
FIRST = 20
MOST = 2


class WorkedOutPanel(QWidget):
    """``asked`` carries (root, share) a moment after the hand rests; ``wanted`` changes to put into the draft."""

    asked = Signal(str, float)
    wanted = Signal(object)

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._changes: tuple[Change, ...] = ()
        self._offers: tuple[WorkedOut, ...] = ()
        self.root = Picker()
        self.root.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.root.setMinimumContentsLength(6)
        self.field = QDoubleSpinBox()
        self.field.setRange(0, 100)
        self.field.setDecimals(0)
        self.field.setSuffix(" %")
        self.field.setValue(FIRST)
        self.field.lineEdit().setTextMargins(current_theme().space("s"), 0, 0, 0)
        self.answer = label("text-2")
        self.use = QPushButton()
        self.swaps = [(label("text-2"), QPushButton()) for _ in range(MOST)]
        self.none = label("caption")
        self.kept = label("caption")
        self._question = label("emphasis")
        self._question.setBuddy(self.root)
        self._swaps_heading = label("emphasis")
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._lay_out()
        self.root.currentIndexChanged.connect(self._on_changed)
        self.field.valueChanged.connect(self._on_changed)
        self._pause.timeout.connect(self.ask)
        self.use.clicked.connect(self._on_use)
        for number, (_text, button) in enumerate(self.swaps):
            button.setProperty("place", number)
            button.clicked.connect(self._on_swap)
        say(self.answer, "")
        self.speak(words)

    def speak(self, words: Words) -> None:
        """Use another language."""
        self._question.setText(words.text("The least sale that brings it &under"))
        self.root.setAccessibleName(words.text("What is brought under a limit"))
        self.field.setAccessibleName(words.text("Share of your money, in percent"))
        self._swaps_heading.setText(words.text("The same without a daily multiple"))
        self.none.setText(words.text("You hold no fund of which this is known."))
        put_in = words.text("Put into the draft")
        for button in (self.use, *(button for _text, button in self.swaps)):
            button.setText(put_in)

    def show_view(self, view: WhatIfView) -> None:
        """Show what can be asked and what is worked out; ask again, for the numbers are new."""
        refill(self.root, [(r.id, f"{r.name} · {r.share}", "") for r in view.roots])
        self._offers = view.worked_out
        for number, (text, button) in enumerate(self.swaps):
            offered = number < len(view.worked_out)
            say(text, view.worked_out[number].text if offered else "")
            button.setVisible(offered)
        self.none.setVisible(not view.worked_out and not view.kept_leverage)
        say(self.kept, view.kept_leverage)
        if self.isVisible():
            self._pause.start()

    @Slot()
    def ask(self) -> None:
        """Ask about what is chosen now."""
        chosen = self.root.currentData()
        self.field.setEnabled(chosen is not None)
        if chosen is not None:
            self.asked.emit(chosen, self.field.value() / 100)

    def show_answer(self, sentence: str, changes: Sequence[Change]) -> None:
        """Show what the least sale is; without changes there is nothing to put in."""
        self._changes = tuple(changes)
        self.use.setVisible(bool(changes))
        if sentence != self.answer.text():
            say(self.answer, sentence)
            if self.field.hasFocus():
                announce(self.answer, sentence)

    def _lay_out(self) -> None:
        space = current_theme().space
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(space("s"))
        column.addWidget(self._question)
        row = QHBoxLayout()
        row.setSpacing(space("s"))
        row.addWidget(self.root, 3)
        row.addWidget(self.field, 2)
        column.addLayout(row)
        column.addWidget(self.answer)
        column.addWidget(self.use)
        column.addWidget(self._swaps_heading)
        column.addWidget(self.none)
        for text, button in self.swaps:
            column.addWidget(text)
            column.addWidget(button)
        column.addWidget(self.kept)
        column.addStretch(1)
        self.use.hide()

    @Slot()
    def _on_changed(self) -> None:
        self._pause.start()

    @Slot()
    def _on_use(self) -> None:
        if self._changes:
            self.wanted.emit(self._changes)

    @Slot()
    def _on_swap(self) -> None:
        button = self.sender()
        place = button.property("place") if button is not None else None
        if isinstance(place, int) and place < len(self._offers):
            self.wanted.emit(self._offers[place].changes)
