"""Totals per currency, the currency everything is counted in, and the rates: shown, typed over, or asked for."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from levcheck.i18n.words import Words
from levcheck.presenting.currencies import CurrencyView
from levcheck.ui.screens.figure_table import FigureTable
from levcheck.ui.screens.number_field import NumberField
from levcheck.ui.screens.parts import label, say
from levcheck.ui.theme import current_theme
from levcheck.ui.widgets.picker import Picker


class CurrencyPanel(QWidget):
    """``base_chosen`` carries a currency, ``rate_typed`` (currency, units of the base currency for one)."""

    base_chosen = Signal(str)
    rate_typed = Signal(str, float)

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._view: CurrencyView | None = None
        self.question = label("warning")
        self.base = Picker()
        self._base_title = QLabel()
        self._base_title.setBuddy(self.base)
        self.table = FigureTable(name="currencies")
        self.picker = Picker()
        self._picker_title = QLabel()
        self._picker_title.setBuddy(self.picker)
        self.rate = NumberField(words, positive=True)
        self.use = QPushButton()
        self.use.setProperty("role", "primary")
        self.hint = label("caption")
        self.table.setMinimumHeight(current_theme().scaled(120))
        self._lay_out()
        self.base.activated.connect(self._on_base)
        self.picker.currentIndexChanged.connect(self._show_rate)
        self.rate.changed.connect(self._update)
        self.rate.entered.connect(self._on_use)
        self.use.clicked.connect(self._on_use)
        self.speak(words)

    def speak(self, words: Words) -> None:
        """Use another language."""
        self._words = words
        self._base_title.setText(words.text("&Totals in"))
        self.base.setAccessibleName(words.text("Currency of all totals"))
        self._picker_title.setText(words.text("&Rate of"))
        self.picker.setAccessibleName(words.text("Currency whose rate to set"))
        self.use.setText(words.text("&Use this rate"))
        self.hint.setText(words.text("A rate you type goes before those of files and tables."))
        self._name_rate()

    def show_view(self, view: CurrencyView) -> None:
        """Show totals and rates; the rate that is being typed stays."""
        former, self._view = self._view, view
        say(self.question, view.question)
        _fill(self.base, view.choices, view.base)
        self.table.show_view(view.table)
        chosen = self.picker.currentData()
        missing = next((rate.currency for rate in view.rates if rate.is_missing), None)
        self.picker.blockSignals(True)
        _fill(self.picker, tuple(rate.currency for rate in view.rates), missing or chosen or "")
        self.picker.blockSignals(False)
        has_rates = bool(view.rates)
        for part in (self._picker_title, self.picker, self.rate, self.use, self.hint):
            part.setVisible(has_rates)
        if former is None or former.rates != view.rates or former.base != view.base:
            self._show_rate()

    def focus(self) -> None:
        """Put the cursor where something is asked for."""
        if self._view is not None and self._view.question:
            self.rate.focus()
        else:
            self.base.setFocus()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current_theme().space("s"))
        top = QHBoxLayout()
        top.addWidget(self._base_title)
        top.addWidget(self.base)
        top.addStretch(1)
        rates = QHBoxLayout()
        rates.addWidget(self._picker_title)
        rates.addWidget(self.picker)
        rates.addStretch(1)
        column.addWidget(self.question)
        column.addLayout(top)
        column.addWidget(self.table, 1)
        column.addLayout(rates)
        column.addWidget(self.rate)
        row = QHBoxLayout()
        row.addWidget(self.use)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self.hint)

    def _name_rate(self) -> None:
        currency = self.picker.currentData()
        if self._view is not None and currency:
            title = self._words.text(
                "1 {currency} = … {base}", currency=currency, base=self._view.base
            )
            self.rate.speak(self._words, title)

    @Slot()
    def _show_rate(self) -> None:
        view, currency = self._view, self.picker.currentData()
        rate = next((r for r in view.rates if r.currency == currency), None) if view else None
        self._name_rate()
        self.rate.start_with(rate.text if rate is not None else "")
        self._update()

    @Slot()
    def _update(self) -> None:
        self.use.setEnabled(self.rate.is_changed and self.rate.value() is not None)

    @Slot(int)
    def _on_base(self, _index: int) -> None:
        chosen = self.base.currentData()
        if self._view is not None and chosen and chosen != self._view.base:
            self.base_chosen.emit(chosen)

    @Slot()
    def _on_use(self) -> None:
        value, currency = self.rate.value(), self.picker.currentData()
        if value is not None and currency and self.rate.is_changed:
            self.rate_typed.emit(currency, value)


def _fill(combo: QComboBox, choices: tuple[str, ...], chosen: str) -> None:
    combo.clear()
    for code in choices:
        combo.addItem(code, code)
    combo.setCurrentIndex(max(combo.findData(chosen), 0))
