"""The form a change is filled in with: what to do, with which line, how much."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QDate, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QDateEdit,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from levcheck.app.draft_form import Wish
from levcheck.domain.draft import By, ChangeKind
from levcheck.i18n.words import Words
from levcheck.presenting.portfolio_table import CandidateView
from levcheck.presenting.what_if import HedgeChoice, WhatIfView
from levcheck.ui.screens.number_field import NumberField
from levcheck.ui.screens.parts import label, say
from levcheck.ui.theme import current_theme
from levcheck.ui.widgets.picker import Picker

PAUSE_MS = 150
PUT = "put"
FUND = "fund"
_PERCENT = frozenset({By.PART, By.WEIGHT, By.EXPOSURE})


@dataclass(frozen=True, slots=True)
class _Shape:
    """Which fields a kind of change needs, and what its amount may count; no unit = no amount."""

    kind: ChangeKind
    units: tuple[By, ...]
    line: bool = False
    symbol: bool = False
    root: bool = False
    put: bool = False


_SHAPES: dict[str, _Shape] = {
    "trim": _Shape(ChangeKind.TRIM, (By.WEIGHT, By.PART, By.UNITS, By.MONEY), line=True),
    "sell": _Shape(ChangeKind.SELL, (), line=True),
    "swap": _Shape(ChangeKind.SWAP, (By.PART, By.MONEY, By.UNITS), line=True, symbol=True),
    "add": _Shape(ChangeKind.ADD, (By.MONEY, By.WEIGHT, By.UNITS), symbol=True),
    FUND: _Shape(ChangeKind.HEDGE, (By.EXPOSURE, By.MONEY), root=True),
    PUT: _Shape(ChangeKind.HEDGE, (By.UNITS,), line=True, put=True),
    "pay_down": _Shape(ChangeKind.PAY_DOWN, (By.MONEY, By.PART)),
    "to_cash": _Shape(ChangeKind.TO_CASH, (By.PART,)),
}


class ChangeForm(QWidget):
    """``wished`` carries a :class:`Wish`; ``asked`` a text typed, to which :meth:`offer` answers."""

    wished = Signal(object)
    asked = Signal(str)

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._currency = ""
        self._hedges: tuple[HedgeChoice, ...] = ()
        self._offers: dict[str, CandidateView] = {}
        self.kind = Picker()
        self.line = Picker()
        self.root = Picker()
        self.fund = Picker()
        self.symbol = QLineEdit()
        self.amount = NumberField(words, positive=False)
        self.unit = Picker()
        self.price = NumberField(words, positive=True)
        self.strike = NumberField(words, positive=True)
        self.premium = NumberField(words, positive=True)
        self.expiry = QDateEdit()
        self.expiry.setDisplayFormat("yyyy-MM-dd")
        self.expiry.setMinimumDate(QDate.currentDate())
        self.expiry.setDate(QDate.currentDate().addMonths(6))
        self.hint = label("caption")
        self.use = QPushButton()
        self.use.setProperty("role", "primary")
        self._expiry_title = QLabel()
        self._expiry_title.setBuddy(self.expiry)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._lay_out()
        self._connect()
        self.speak(words)

    def speak(self, words: Words) -> None:
        """Use another language."""
        self._words = words
        self.kind.setAccessibleName(words.text("What to do"))
        self.line.setAccessibleName(words.text("Holding"))
        self.root.setAccessibleName(words.text("What is set off"))
        self.fund.setAccessibleName(words.text("Fund that moves the other way"))
        self.symbol.setAccessibleName(words.text("Ticker or ISIN"))
        self.symbol.setPlaceholderText(words.text("Ticker or ISIN"))
        self.unit.setAccessibleName(words.text("What the amount counts"))
        self.amount.speak(words, words.text("Amount"))
        self.amount.title.hide()
        self.strike.speak(words, words.text("&Strike"))
        self.premium.speak(words, words.text("&Price of one"))
        self.price.speak(words, words.text("Price of &one, if you know it"))
        self._expiry_title.setText(words.text("&Until"))
        self.expiry.setAccessibleName(words.text("Until"))
        self.use.setText(words.text("&Put into the draft"))
        self._fill_kinds()
        self._fill_units()
        self._update()

    def show_view(self, view: WhatIfView) -> None:
        """Offer the lines, roots and funds there are; what was chosen stays."""
        self._currency, self._hedges = view.currency, view.hedges
        refill(self.line, [(x.id, x.label, x.hint) for x in view.lines])
        hedged = {hedge.root for hedge in view.hedges}
        roots = [(r.id, f"{r.name} · {r.share}", "") for r in view.roots if r.id in hedged]
        refill(self.root, roots)
        self._fill_funds()
        self._fill_units()
        self._update()

    def offer(self, candidates: Sequence[CandidateView]) -> None:
        """Offer instruments for what was typed."""
        self._offers = {candidate.label: candidate for candidate in candidates}
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
        """Put the cursor into the form."""
        self.kind.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # --- inside --------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        space = current_theme().space
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(space("s"))
        for part in (self.kind, self.line, self.root, self.fund, self.symbol):
            column.addWidget(part)
        much = QHBoxLayout()
        much.setSpacing(space("s"))
        self.amount.field.setMinimumWidth(current_theme().scaled(72))
        much.addWidget(self.amount, 1)
        much.addWidget(self.unit, 2, Qt.AlignmentFlag.AlignTop)
        column.addLayout(much)
        column.addWidget(self.price)
        self._put_row = QWidget()
        terms = QHBoxLayout(self._put_row)
        terms.setContentsMargins(0, 0, 0, 0)
        terms.setSpacing(space("s"))
        terms.addWidget(self.strike, 1)
        terms.addWidget(self.premium, 1)
        until = QVBoxLayout()
        until.setSpacing(space("xs"))
        until.addWidget(self._expiry_title)
        until.addWidget(self.expiry)
        until.addStretch(1)
        terms.addLayout(until, 1)
        column.addWidget(self._put_row)
        column.addWidget(self.hint)
        column.addWidget(self.use)
        for combo in (self.kind, self.line, self.root, self.fund, self.unit):
            combo.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            combo.setMinimumContentsLength(6)

    def _connect(self) -> None:
        self.kind.currentIndexChanged.connect(self._on_kind)
        self.root.currentIndexChanged.connect(self._fill_funds)
        for combo in (self.line, self.fund, self.unit):
            combo.currentIndexChanged.connect(self._update)
        for field in (self.amount, self.price, self.strike, self.premium):
            field.changed.connect(self._update)
            field.entered.connect(self._on_use)
        self.symbol.textEdited.connect(self._on_typed)
        self.symbol.textChanged.connect(self._update)
        self._pause.timeout.connect(self._on_settled)
        self.use.clicked.connect(self._on_use)

    @property
    def _shape(self) -> _Shape:
        return _SHAPES[self.kind.currentData() or "trim"]

    def _fill_kinds(self) -> None:
        words = self._words
        names = (
            ("trim", words.text("Trim a holding")),
            ("sell", words.text("Sell a holding")),
            ("swap", words.text("Swap a holding for another")),
            ("add", words.text("Buy something")),
            (FUND, words.text("Hedge with an inverse fund")),
            (PUT, words.text("Hedge with puts")),
            ("pay_down", words.text("Pay back debt")),
            ("to_cash", words.text("Move to cash")),
        )
        refill(self.kind, [(key, name, "") for key, name in names])

    @Slot()
    def _fill_units(self) -> None:
        words, kind = self._words, self.kind.currentData()
        part = {
            "to_cash": words.text("% of every line"),
            "pay_down": words.text("all of it"),
        }.get(kind, words.text("% of it stays"))
        names = {
            By.PART: part,
            By.WEIGHT: words.text("% of your money"),
            By.UNITS: words.text("contracts") if kind == PUT else words.text("units"),
            By.MONEY: self._currency,
            By.EXPOSURE: words.text("% of the bet"),
        }
        refill(self.unit, [(by.value, names[by], "") for by in self._shape.units])

    @Slot()
    def _fill_funds(self) -> None:
        root = self.root.currentData()
        funds = [(h.fund, h.text, h.text) for h in self._hedges if h.root == root]
        refill(self.fund, funds)
        self._update()

    @Slot()
    def _on_kind(self) -> None:
        self._fill_units()
        self._update()

    @Slot()
    def _update(self) -> None:
        shape = self._shape
        self.line.setVisible(shape.line)
        self.symbol.setVisible(shape.symbol)
        self.root.setVisible(shape.root)
        self.fund.setVisible(shape.root)
        self._put_row.setVisible(shape.put)
        self.price.setVisible(shape.symbol or shape.root)
        self.unit.setVisible(bool(shape.units))
        self.amount.setVisible(self._needs_amount())
        say(self.hint, self._hint())
        self.use.setEnabled(self._wish() is not None)

    def _needs_amount(self) -> bool:
        shape = self._shape
        everything = shape.kind is ChangeKind.PAY_DOWN and self._by() is By.PART
        return bool(shape.units) and not everything

    def _hint(self) -> str:
        words = self._words
        if self._shape.root and not self.root.count():
            return words.text("No inverse fund is known for anything you hold.")
        if self._shape.put:
            return words.text("The price of one is for one share, as brokers print it.")
        return ""

    def _by(self) -> By:
        return By(self.unit.currentData() or By.PART.value)

    def _wish(self) -> Wish | None:
        """Return what is filled in; None while something is missing."""
        shape, by = self._shape, self._by()
        amount = self._amount(by)
        unclear = not self.price.is_blank and self.price.value() is None
        if amount is None or unclear or (shape.line and self.line.currentData() is None):
            return None
        if shape.put:
            return self._put_wish(amount)
        if shape.root:
            return self._hedge_wish(by, amount)
        text = self.symbol.text().strip()
        if shape.symbol and not text:
            return None
        found = self._offers.get(text)
        return Wish(
            shape.kind,
            position=self.line.currentData() if shape.line else "",
            by=by if shape.units else By.PART,
            amount=amount,
            symbol=_ticker(found, text) if shape.symbol else "",
            instrument=found.id if shape.symbol and found is not None else None,
            name=found.label.partition(" · ")[2] if shape.symbol and found is not None else None,
            price=self._price() if shape.symbol else 0.0,
        )

    def _price(self) -> float:
        return (None if self.price.is_blank else self.price.value()) or 0.0

    def _amount(self, by: By) -> float | None:
        """Return the amount as a change takes it: shares as fractions, the part that stays where a part is meant."""
        if not self._needs_amount():
            return 0.0
        typed = None if self.amount.is_blank else self.amount.value()
        if typed is None or typed < 0:
            return None
        if by not in _PERCENT:
            return typed
        share = typed / 100
        return 1.0 - share if self._shape.kind is ChangeKind.TO_CASH else share

    def _put_wish(self, contracts: float) -> Wish | None:
        strike, premium = self.strike.value(), self.premium.value()
        if strike is None or premium is None or not contracts:
            return None
        return Wish(
            ChangeKind.HEDGE,
            position=self.line.currentData(),
            by=By.UNITS,
            amount=contracts,
            strike=strike,
            price=premium,
            expiry=self.expiry.date().toString(Qt.DateFormat.ISODate),
        )

    def _hedge_wish(self, by: By, amount: float) -> Wish | None:
        fund = self.fund.currentData()
        chosen = next((h for h in self._hedges if h.fund == fund), None)
        if chosen is None:
            return None
        return Wish(
            ChangeKind.HEDGE,
            by=by,
            amount=amount,
            symbol=chosen.symbol,
            instrument=chosen.fund,
            name=chosen.name,
            price=self._price(),
            root=chosen.root,
            factor=chosen.factor,
        )

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
        wish = self._wish()
        if wish is None:
            return
        self.amount.start_with("")
        self.price.start_with("")
        self.symbol.clear()
        self.wished.emit(wish)


def _ticker(found: CandidateView | None, text: str) -> str:
    """Return what a line is called: the ticker of what was chosen, without its market."""
    return text if found is None else found.id.rpartition(".")[0] or found.id


def refill(combo: QComboBox, rows: Sequence[tuple[str, str, str]]) -> None:
    """Offer (id, text, hint) rows; the one chosen stays when it is still there."""
    tip = Qt.ItemDataRole.ToolTipRole
    places = range(combo.count())
    if list(rows) == [
        (combo.itemData(n), combo.itemText(n), combo.itemData(n, tip)) for n in places
    ]:
        return
    chosen = combo.currentData()
    blocked = combo.blockSignals(True)
    combo.clear()
    for number, (key, text, hint) in enumerate(rows):
        combo.addItem(text, key)
        combo.setItemData(number, hint, tip)
    combo.setCurrentIndex(max(combo.findData(chosen), 0))
    combo.blockSignals(blocked)
