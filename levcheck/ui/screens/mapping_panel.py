"""The column-matching panel: a drop-down over each column, the first rows, and what would come of it."""

from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDoubleSpinBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from levcheck.i18n.words import Words
from levcheck.presenting.import_review import (
    ColumnView,
    MappingResult,
    MappingView,
    Option,
    decimal_options,
    unit_options,
)
from levcheck.ui.screens.parts import Page, label, number_locale, say
from levcheck.ui.speaking import announce, plain_tooltip
from levcheck.ui.theme import current_theme
from levcheck.ui.widgets.picker import Picker

PAUSE_MS = 120
COLUMN_WIDTH = 168
LARGEST_TOTAL = 1e13
# Rows of drop-downs over the rows of the file: what a column holds, its unit, its decimal mark.
_CHOICES = 3


class MappingPanel(Page):
    """``tried`` carries (mapping, total) after every change, ``accepted`` the same when the user is content."""

    tried = Signal(object, object)
    accepted = Signal(object, object)
    cancelled = Signal()

    def __init__(self, path: Path, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.path = path
        self._words = words
        self._view: MappingView | None = None
        self.headline = label("headline")
        self.hint = label("text-2")
        self.sheet = label("caption")
        self.table = QTableWidget()
        self.combos: list[QComboBox] = []
        self.units: list[QComboBox] = []
        self.decimals: list[QComboBox] = []
        self.decimal = Picker()
        self.total = QDoubleSpinBox()
        self.total.setLocale(number_locale(words))
        self._decimal_label = QLabel(words.text("&Decimal mark"))
        self._total_label = QLabel(words.text("&Value of the whole portfolio"))
        self.result = label("emphasis")
        self.use = QPushButton(words.text("&Use these columns"))
        self.use.setProperty("role", "primary")
        self.use.setEnabled(False)
        self.cancel = QPushButton(words.text("Cancel"))
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._dress()
        self._lay_out()
        self._pause.timeout.connect(self._on_settled)
        self.decimal.currentIndexChanged.connect(self._pause.start)
        self.total.valueChanged.connect(self._pause.start)
        self.use.clicked.connect(self._on_use)
        self.cancel.clicked.connect(self.cancelled)

    @property
    def fingerprint(self) -> str:
        """The same for every file with these headings; "" before a list is shown."""
        return self._view.fingerprint if self._view is not None else ""

    def show_view(self, view: MappingView, known: Mapping[str, str] | None = None) -> None:
        """Show a list and its guesses, and try them; `known` is how such a file was matched before."""
        self._view = view
        self.headline.setText(view.headline)
        self.hint.setText(view.hint)
        say(self.sheet, view.sheet)
        self._decimal_label.setVisible(view.offers_decimal)
        self.decimal.setVisible(view.offers_decimal)
        self.decimal.blockSignals(True)
        self.decimal.clear()
        for option in decimal_options(view, self._words):
            self.decimal.addItem(option.text, option.field)
        self.decimal.blockSignals(False)
        self._total_label.setVisible(view.asks_total)
        self.total.setVisible(view.asks_total)
        self._fill(view)
        if known:
            self._take_over(view, known)
        self.use.setEnabled(False)
        if self.combos:
            self.combos[0].setFocus(Qt.FocusReason.OtherFocusReason)
        self._pause.start()

    def show_result(self, result: MappingResult) -> None:
        """Show what the columns chosen would give."""
        self.result.setText(result.text)
        self.use.setEnabled(result.is_ready)
        announce(self.result, result.text)

    def mapping(self) -> dict[str, str]:
        """Return field → column letters as chosen, and the decimal mark when it was asked for."""
        chosen: dict[str, str] = {}
        if self._view is None:
            return chosen
        for column, combo in zip(self._view.columns, self.combos, strict=True):
            field = combo.currentData()
            if field:
                chosen.setdefault(field, column.letters)
        for key, combos in (("unit", self.units), ("decimal", self.decimals)):
            for combo, said in zip(self.combos, combos, strict=True):
                if combo.currentData() and said.currentData():
                    chosen[f"{key}.{combo.currentData()}"] = said.currentData()
        if self._view.offers_decimal and self.decimal.currentData():
            chosen["decimal"] = self.decimal.currentData()
        return chosen

    def _total(self) -> float | None:
        asked = self._view is not None and self._view.asks_total
        return self.total.value() if asked and self.total.value() > 0 else None

    def _dress(self) -> None:
        words = self._words
        self.total.setRange(0, LARGEST_TOTAL)
        self.total.setDecimals(2)
        self.total.setGroupSeparatorShown(True)
        self.decimal.setAccessibleName(words.text("Decimal mark"))
        self.total.setAccessibleName(words.text("Value of the whole portfolio"))
        self._decimal_label.setBuddy(self.decimal)
        self._total_label.setBuddy(self.total)
        self.table.setAccessibleName(words.text("First rows of the file"))
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.table.setTabKeyNavigation(False)
        self.table.setShowGrid(False)
        self.table.setMinimumHeight(current_theme().scaled(280))

    def _lay_out(self) -> None:
        asked = QHBoxLayout()
        for part in (self._decimal_label, self.decimal, self._total_label, self.total):
            asked.addWidget(part)
        asked.addStretch(1)
        buttons = QHBoxLayout()
        buttons.addWidget(self.result, 1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.use)
        for head in (self.headline, self.hint, self.sheet):
            self.column.addWidget(head)
        self.column.addLayout(asked)
        self.column.addWidget(self.table, 1)
        self.column.addLayout(buttons)

    def _fill(self, view: MappingView) -> None:
        self.table.clear()
        self.table.setColumnCount(len(view.columns))
        self.table.setRowCount(len(view.rows) + _CHOICES)
        self.table.setHorizontalHeaderLabels([column.heading for column in view.columns])
        asked = [self._words.text(text) for text in ("Holds", "Unit", "Decimal mark")]
        self.table.setVerticalHeaderLabels([*asked, *(number for number, _ in view.rows)])
        self.combos, self.units, self.decimals = [], [], []
        for at, column in enumerate(view.columns):
            self._add_choices(at, column)
            self.table.setColumnWidth(at, current_theme().scaled(COLUMN_WIDTH))
        for down in range(_CHOICES):
            self.table.setRowHeight(down, current_theme().control_height + 8)
        self.table.setRowHidden(_CHOICES - 1, not any(c.decimals for c in view.columns))
        for down, (_, cells) in enumerate(view.rows, start=_CHOICES):
            for at, text in enumerate(cells[: len(view.columns)]):
                self.table.setItem(down, at, QTableWidgetItem(text))

    def _add_choices(self, at: int, column: ColumnView) -> None:
        """Put what a column holds, its unit and its decimal mark over it."""
        words, heading = self._words, column.heading
        combo = _filled(column.options, column.chosen)
        combo.setAccessibleName(words.text("What column {heading} holds", heading=heading))
        combo.setToolTip(plain_tooltip(column.hint))
        combo.setAccessibleDescription(column.hint)
        combo.currentIndexChanged.connect(partial(self._on_chosen, at))
        unit = _filled(unit_options(column.chosen, words), "")
        unit.setAccessibleName(words.text("Unit of column {heading}", heading=heading))
        mark = _filled(column.decimals, "")
        mark.setAccessibleName(words.text("Decimal mark of column {heading}", heading=heading))
        for down, box in enumerate((combo, unit, mark)):
            self.table.setCellWidget(down, at, _in_cell(box))
            if down:
                box.setVisible(box.count() > 0)
                box.currentIndexChanged.connect(self._pause.start)
        self.combos.append(combo)
        self.units.append(unit)
        self.decimals.append(mark)

    def _refill_units(self, at: int) -> None:
        """Offer the units of what a column is now said to hold."""
        unit = self.units[at]
        unit.blockSignals(True)
        unit.clear()
        for option in unit_options(self.combos[at].currentData() or "", self._words):
            unit.addItem(option.text, option.field)
        unit.setVisible(unit.count() > 0)
        unit.blockSignals(False)

    def _take_over(self, view: MappingView, known: Mapping[str, str]) -> None:
        fields = {said: field for field, said in known.items() if "." not in field}
        for column, combo in zip(view.columns, self.combos, strict=True):
            combo.blockSignals(True)
            combo.setCurrentIndex(max(combo.findData(fields.get(column.letters, "")), 0))
            combo.blockSignals(False)
        for at, combo in enumerate(self.combos):
            self._refill_units(at)
            for key, box in (("unit", self.units[at]), ("decimal", self.decimals[at])):
                said = known.get(f"{key}.{combo.currentData()}", "")
                box.setCurrentIndex(max(box.findData(said), 0) if box.count() else -1)
        self.hint.setText(
            self._words.text("You matched a file like this before. Your choice is set below.")
        )
        if "decimal" in known:
            self.decimal.setCurrentIndex(max(self.decimal.findData(known["decimal"]), 0))

    def _on_chosen(self, at: int, _index: int) -> None:
        """Take the field away from whichever column had it: one field stands in one column."""
        field = self.combos[at].currentData()
        for other, combo in enumerate(self.combos):
            if other != at and field and combo.currentData() == field:
                combo.blockSignals(True)
                combo.setCurrentIndex(combo.findData(""))
                combo.blockSignals(False)
                self._refill_units(other)
        self._refill_units(at)
        self._pause.start()

    @Slot()
    def _on_settled(self) -> None:
        self.tried.emit(self.mapping(), self._total())

    @Slot()
    def _on_use(self) -> None:
        self.accepted.emit(self.mapping(), self._total())


def _filled(options: Iterable[Option], chosen: str) -> QComboBox:
    """Return a drop-down of some options with one of them set."""
    box = Picker()
    for option in options:
        box.addItem(option.text, option.field)
    if box.count():
        box.setCurrentIndex(max(box.findData(chosen), 0))
    return box


def _in_cell(box: QComboBox) -> QWidget:
    """Return a holder for a drop-down: the table shows what stands in its cells, but not what the holder hides."""
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(4, 2, 4, 2)
    row.addWidget(box)
    return holder
