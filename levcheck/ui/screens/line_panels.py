"""Editing and adding a line of the list, beside the table."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QCompleter,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from levcheck.i18n.words import Words
from levcheck.presenting.holding_lines import LineView
from levcheck.presenting.portfolio_table import CandidateView
from levcheck.ui.screens.number_field import NumberField
from levcheck.ui.screens.parts import label, say
from levcheck.ui.theme import current_theme
from levcheck.ui.widgets.picker import Picker

PAUSE_MS = 150


class EditLinePanel(QWidget):
    """``changed`` carries (line id, quantity or None, value or None): what was typed over; ``removed`` a line id."""

    changed = Signal(str, object, object)
    removed = Signal(str)

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._line: LineView | None = None
        self.name = label("text-2")
        self.quantity = NumberField(words)
        self.value = NumberField(words)
        self.note = label("caption")
        self.use = QPushButton()
        self.use.setProperty("role", "primary")
        self.remove = QPushButton()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current_theme().space("s"))
        for part in (self.name, self.quantity, self.value, self.note):
            column.addWidget(part)
        buttons = QHBoxLayout()
        buttons.addWidget(self.use)
        buttons.addWidget(self.remove)
        buttons.addStretch(1)
        column.addLayout(buttons)
        column.addStretch(1)
        for field in (self.quantity, self.value):
            field.changed.connect(self._update)
            field.entered.connect(self._on_use)
        self.use.clicked.connect(self._on_use)
        self.remove.clicked.connect(self._on_remove)
        self.speak(words)

    @property
    def line(self) -> LineView | None:
        """The line that is edited."""
        return self._line

    def speak(self, words: Words) -> None:
        """Use another language."""
        self._words = words
        self.use.setText(words.text("&Change"))
        self.remove.setText(words.text("Remove the line"))
        self.quantity.speak(words, words.text("&Quantity"))
        self._name_value()

    def show_line(self, line: LineView) -> None:
        """Show a line; what is typed for the same line stays when the line is as it was."""
        if line == self._line:
            return
        self._line = line
        told = [line.name if line.name != line.label else "", line.account]
        say(self.name, " · ".join(part for part in told if part))
        self.quantity.setVisible(line.quantity is not None)
        self.quantity.start_with(line.quantity or "")
        self.value.start_with(line.value)
        self._name_value()
        for field in (self.quantity, self.value):
            field.setEnabled(not line.locked)
        say(self.note, line.locked or line.origin)
        self._update()

    def focus(self, column: str) -> None:
        """Put the cursor into the field of a column."""
        field = self.quantity if column == "quantity" and self.quantity.isVisibleTo(self) else None
        (field or self.value).focus()

    def forget(self) -> None:
        """Let the line go."""
        self._line = None
        self.quantity.start_with("")
        self.value.start_with("")
        self._update()

    def _name_value(self) -> None:
        words, line = self._words, self._line
        if line is not None and line.quantity is None:
            title = words.text("&Amount, in {currency}", currency=line.currency or "–")
        elif line is not None and line.currency:
            title = words.text("&Value, in {currency}", currency=line.currency)
        else:
            title = words.text("&Value")
        self.value.speak(words, title)

    def _typed(self) -> tuple[float | None, float | None] | None:
        """Return (quantity, value) as far as they were typed over; None while something is unclear."""
        typed: list[float | None] = []
        for field in (self.quantity, self.value):
            if not field.is_changed:
                typed.append(None)
            elif field.value() is None:
                return None
            else:
                typed.append(field.value())
        return (typed[0], typed[1]) if typed != [None, None] else None

    @Slot()
    def _update(self) -> None:
        line = self._line
        self.use.setEnabled(line is not None and not line.locked and self._typed() is not None)
        self.remove.setEnabled(line is not None)

    @Slot()
    def _on_use(self) -> None:
        typed, line = self._typed(), self._line
        if line is not None and typed is not None and not line.locked:
            self.changed.emit(line.id, *typed)

    @Slot()
    def _on_remove(self) -> None:
        if self._line is not None:
            self.removed.emit(self._line.id)


class AddLinePanel(QWidget):
    """``added`` carries (ticker or ISIN, instrument id or None, quantity or None, value or None, currency).

    ``asked`` carries a text typed, to which :meth:`offer` answers.
    """

    added = Signal(str, object, object, object, str)
    asked = Signal(str)

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._offers: dict[str, str] = {}
        self.symbol = QLineEdit()
        self._symbol_title = QLabel()
        self._symbol_title.setBuddy(self.symbol)
        self.value = NumberField(words)
        self.quantity = NumberField(words)
        self.currency = Picker()
        self._currency_title = QLabel()
        self._currency_title.setBuddy(self.currency)
        self.hint = label("caption")
        self.use = QPushButton()
        self.use.setProperty("role", "primary")
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current_theme().space("s"))
        for part in (
            self._symbol_title,
            self.symbol,
            self.value,
            self._currency_title,
            self.currency,
            self.quantity,
            self.hint,
        ):
            column.addWidget(part)
        column.addWidget(self.use, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        self.symbol.textEdited.connect(self._on_typed)
        self.symbol.textChanged.connect(self._update)
        self._pause.timeout.connect(self._on_settled)
        for field in (self.value, self.quantity):
            field.changed.connect(self._update)
            field.entered.connect(self._on_use)
        self.use.clicked.connect(self._on_use)
        self.speak(words)
        self._update()

    def speak(self, words: Words) -> None:
        """Use another language."""
        self._words = words
        self._symbol_title.setText(words.text("&Ticker or ISIN"))
        self.symbol.setAccessibleName(words.text("Ticker or ISIN"))
        self.value.speak(words, words.text("&Value"))
        self.quantity.speak(words, words.text("&Quantity, if you know it"))
        self._currency_title.setText(words.text("&Currency"))
        self.currency.setAccessibleName(words.text("Currency"))
        self.hint.setText(words.text("Without a value the line is left out of every number."))
        self.use.setText(words.text("&Add the line"))

    def offer_currencies(self, choices: Sequence[str], base: str) -> None:
        """Offer currencies; the one chosen stays."""
        chosen = self.currency.currentData() or base
        self.currency.clear()
        for code in choices:
            self.currency.addItem(code, code)
        self.currency.setCurrentIndex(max(self.currency.findData(chosen), 0))

    def offer(self, candidates: Sequence[CandidateView]) -> None:
        """Offer instruments for what was typed."""
        self._offers = {candidate.label: candidate.id for candidate in candidates}
        completer = QCompleter(list(self._offers), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        old = self.symbol.completer()
        self.symbol.setCompleter(completer)
        if old is not None:
            old.deleteLater()
        if self.symbol.hasFocus() and candidates and self.symbol.text():
            completer.complete()

    def focus(self) -> None:
        """Put the cursor into the first field."""
        self.symbol.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def clear(self) -> None:
        """Make room for the next line."""
        self.symbol.clear()
        self._offers = {}
        self.value.start_with("")
        self.quantity.start_with("")
        self._update()

    def _is_ready(self) -> bool:
        fields = (self.value, self.quantity)
        clear = all(field.is_blank or field.value() is not None for field in fields)
        some = any(not field.is_blank for field in fields)
        return bool(self.symbol.text().strip()) and clear and some

    @Slot()
    def _update(self) -> None:
        self.hint.setVisible(self.value.is_blank)
        self.use.setEnabled(self._is_ready())

    @Slot(str)
    def _on_typed(self, _text: str) -> None:
        self._pause.start()

    @Slot()
    def _on_settled(self) -> None:
        text = self.symbol.text().strip()
        if text and text not in self._offers:
            self.asked.emit(text)

    @Slot()
    def _on_use(self) -> None:
        if not self._is_ready():
            return
        text = self.symbol.text().strip()
        instrument = self._offers.get(text)
        symbol = instrument or text
        quantity = None if self.quantity.is_blank else self.quantity.value()
        value = None if self.value.is_blank else self.value.value()
        currency = self.currency.currentData()
        self.clear()
        self.focus()
        self.added.emit(symbol, instrument, quantity, value, currency)
