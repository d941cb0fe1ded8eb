"""The table a draft works on: lines that can be cut and bought, cash that follows, and what became of each."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from types import MappingProxyType

from levcheck.app.analysis import AnalysedPosition, Analysis
from levcheck.app.session import TYPED_FILE
from levcheck.domain.diagnostics import Place
from levcheck.domain.draft import Bought, LineRef
from levcheck.domain.portfolio import Portfolio
from levcheck.domain.position import CashLine, Position

CASH_LABEL = "Cash"
Home = tuple[str | None, str | None]
"""File and account: cash stays where the line it came from is held."""
_NOTHING = 1e-9
_DUST = 1e-6
"""Part of a unit that is taken for a slip of arithmetic and not for one unit more."""
COIN = ".CRYPTO"


@dataclass(slots=True)
class Entry:
    """A line on the table.

    Attributes:
        position: as it stands now.
        fx: base currency for one unit of its currency; None = not known.
        instrument: id of what it is; None = not known.
        confirmed: instrument the user confirmed.
        before: value in the base currency at the start; 0 for what was bought, None = not known.
        units_before: units at the start; None = not known.
        line: its id today; None for what was bought.
        is_new: whether a change brought it.
    """

    position: Position
    fx: float | None
    instrument: str | None
    confirmed: str | None
    before: float | None
    units_before: float | None
    line: str | None
    is_new: bool = False

    @property
    def value(self) -> float | None:
        """What it is worth now, base currency; None = not known."""
        own = self.position.market_value
        return None if own is None or self.fx is None else own * self.fx

    @property
    def price(self) -> float | None:
        """Value of one unit, base currency; None = not known."""
        units, value = self.position.quantity, self.value
        return value / units if units and value is not None else None

    @property
    def home(self) -> Home:
        """File and account it is held in."""
        return self.position.place.file, self.position.account


@dataclass(slots=True)
class _Money:
    """A cash line on the table, with its rate as of :class:`Entry`, and whether it was a debt at the start."""

    cash: CashLine
    fx: float | None
    was_debt: bool = False

    @property
    def home(self) -> Home:
        return self.cash.place.file, self.cash.account


class Bench:
    """A portfolio taken apart, to be changed line by line; the portfolio itself stays as it is."""

    def __init__(self, analysis: Analysis, *, whole_units: bool = False) -> None:
        portfolio = analysis.portfolio
        self._whole = whole_units
        by_id = {line.id: line for line in analysis.positions}
        self.portfolio = portfolio
        self.equity = analysis.equity
        self.entries: list[Entry] = []
        self._money: list[_Money] = []
        for number, position in enumerate(portfolio.positions, start=1):
            line = by_id[f"p{number}"]
            self.entries.append(_entry(line, position, portfolio.resolutions.get(line.id)))
        for number, cash in enumerate(portfolio.cash, start=1):
            owed = (cash.amount or 0.0) < 0.0
            self._money.append(_Money(cash, by_id[f"c{number}"].fx_rate, owed))

    # --- looking -------------------------------------------------------------------------------------------

    def find(self, ref: LineRef | None) -> Entry | None:
        """Return the line a change is about; None when it is not there any more."""
        if ref is None:
            return None
        there = (e for e in self.entries if e.position.label == ref.label)
        return next((e for e in there if e.position.place == ref.place), None)

    def held(self, bought: Bought) -> Entry | None:
        """Return a line of what is bought, to which more can be added; None when there is none."""
        if bought.option is not None or bought.instrument is None:
            return None
        fits = (e for e in self.entries if e.instrument == bought.instrument)
        return next((e for e in fits if (e.value or 0.0) > 0.0), None)

    def money_of(self, bought: Bought) -> tuple[str | None, float]:
        """Return the currency something is bought in and its rate: an option in that of what it is written on."""
        if bought.option is not None:
            for entry in self.entries:
                if entry.position.symbol == bought.option.underlying and entry.fx is not None:
                    return entry.position.currency, entry.fx
        return self.portfolio.base_currency, 1.0

    def debt(self) -> float:
        """Return what is owed, base currency, ≥ 0."""
        return -math.fsum(min(amount, 0.0) for _money, amount in self._base_cash())

    def free_cash(self) -> float:
        """Return the cash there is, base currency, debt left out."""
        return math.fsum(max(amount, 0.0) for _money, amount in self._base_cash())

    def main_home(self) -> Home:
        """Return where most cash of the base currency lies; the first line's home without any."""
        own = [m for m in self._money if self._is_base(m) and m.cash.amount is not None]
        if own:
            return max(own, key=lambda m: m.cash.amount or 0.0).home
        return self.entries[0].home if self.entries else (TYPED_FILE, None)

    def largest_debt(self) -> float:
        """Return the largest single debt in the base currency, ≥ 0."""
        return max((-(m.cash.amount or 0.0) for m in self._debts()), default=0.0)

    # --- whole units ---------------------------------------------------------------------------------------

    def rounded_part(self, entry: Entry, part: float) -> float:
        """Return the part of a line that is kept when what is sold is rounded up to whole units, where that is asked."""
        units = abs(entry.position.quantity or 0.0)
        if not self._whole or not units or part >= 1.0 or _is_coin(entry.instrument):
            return part
        sold = math.ceil(units * (1.0 - part) - _DUST)
        return 0.0 if sold >= units else 1.0 - sold / units

    def rounded_units(self, bought: Bought, units: float) -> float:
        """Return units to buy, rounded down to whole ones where that is asked."""
        if not self._whole or _is_coin(bought.instrument):
            return units
        return float(math.floor(units + _DUST))

    # --- changing ------------------------------------------------------------------------------------------

    def keep_part(self, entry: Entry, part: float) -> float:
        """Keep a part of a line (above 1 = more of it); the cash follows. Return the money freed.

        Raises:
            ValueError: what the line is worth is not known.
        """
        value = entry.value
        if value is None:
            message = "a line without a value cannot be cut"
            raise ValueError(message)
        entry.position = _scaled(entry.position, part)
        freed = value - (entry.value or 0.0)
        self.pay(entry.home, freed)
        return freed

    def buy(self, bought: Bought, money: float, units: float | None, home: Home) -> None:
        """Buy for an amount of money; more of a line that is held, else a new line."""
        held = self.held(bought)
        if held is not None and held.value:
            self.keep_part(held, (held.value + money) / held.value)
            return
        file, account = home
        currency, fx = self.money_of(bought)
        position = Position(
            place=Place(file=file, row=None if file != TYPED_FILE else self._next_row()),
            account=account,
            symbol=bought.symbol,
            name=bought.name,
            quantity=units,
            price=bought.price,
            market_value=money / fx,
            value_basis="stated",
            currency=currency,
            kind="option" if bought.option is not None else None,
            option=bought.option,
            edited=("symbol", "market_value", *(("quantity",) if units is not None else ())),
        )
        self.entries.append(
            Entry(position, fx, bought.instrument, bought.instrument, 0.0, 0.0, None, is_new=True)
        )
        self.pay(home, -money)

    def pay(self, home: Home, amount: float) -> None:
        """Let cash come (or go, below zero) in the base currency where a line is held."""
        if amount == 0.0:
            return
        money = self._purse(home)
        money.cash = replace(
            money.cash, amount=(money.cash.amount or 0.0) + amount, edited=("amount",)
        )

    def pay_down(self, amount: float) -> float:
        """Pay debt back, the largest first; return what was paid."""
        left = amount
        for money in sorted(self._debts(), key=lambda m: m.cash.amount or 0.0):
            paid = min(left, -(money.cash.amount or 0.0))
            if paid <= 0.0:
                break
            money.cash = replace(
                money.cash, amount=(money.cash.amount or 0.0) + paid, edited=("amount",)
            )
            self.pay(self._payer(money.home, paid), -paid)
            left -= paid
        return amount - left

    # --- putting together ----------------------------------------------------------------------------------

    def finished(self) -> Portfolio:
        """Return the portfolio as it stands now; what is sold out is gone, unless an option needs its price."""
        priced = {
            e.position.option.underlying.upper()
            for e in self.entries
            if e.position.option is not None
        }
        kept = [e for e in self.entries if not _is_gone(e, priced)]
        resolutions = {
            f"p{number}": entry.confirmed
            for number, entry in enumerate(kept, start=1)
            if entry.confirmed is not None
        }
        return replace(
            self.portfolio,
            positions=tuple(entry.position for entry in kept),
            cash=tuple(money.cash for money in self._money),
            resolutions=MappingProxyType(resolutions),
        )

    # --- inside --------------------------------------------------------------------------------------------

    def _is_base(self, money: _Money) -> bool:
        return money.cash.currency in {None, self.portfolio.base_currency}

    def _debts(self) -> Iterator[_Money]:
        return (m for m in self._money if self._is_base(m) and (m.cash.amount or 0.0) < 0.0)

    def _base_cash(self) -> Iterator[tuple[_Money, float]]:
        for money in self._money:
            if money.cash.amount is not None and money.fx is not None:
                yield money, money.cash.amount * money.fx

    def _purse(self, home: Home) -> _Money:
        """Return the cash line of an account in the base currency; a new one where it has none, or only debt."""
        own = [m for m in self._money if m.home == home and self._is_base(m)]
        usable = [m for m in own if m.cash.amount is not None and not m.was_debt]
        if usable:
            return max(usable, key=lambda m: m.cash.amount or 0.0)
        cash = CashLine(
            Place(file=home[0]), CASH_LABEL, 0.0, self.portfolio.base_currency, account=home[1]
        )
        self._money.append(_Money(cash, 1.0))
        return self._money[-1]

    def _payer(self, home: Home, amount: float) -> Home:
        """Return which account pays: the one that owes where it has the cash, else the one with most."""
        there = (m.cash.amount or 0.0 for m in self._money if m.home == home and self._is_base(m))
        return home if max(there, default=0.0) >= amount else self.main_home()

    def _next_row(self) -> int:
        rows = (e.position.place.row or 0 for e in self.entries if e.home[0] == TYPED_FILE)
        return max(rows, default=0) + 1


def _is_coin(instrument: str | None) -> bool:
    """Return whether something is traded in any fraction by its nature."""
    return instrument is not None and instrument.endswith(COIN)


def _entry(line: AnalysedPosition, position: Position, confirmed: str | None) -> Entry:
    return Entry(
        position=position,
        fx=line.fx_rate,
        instrument=line.instrument.id if line.instrument is not None else None,
        confirmed=confirmed,
        before=line.market_value,
        units_before=position.quantity,
        line=line.id,
    )


def _scaled(position: Position, part: float) -> Position:
    """Return a line of which a part is kept; a value that was quantity × price stays so."""
    computed = position.value_basis == "computed" and "market_value" not in position.edited
    changed = ["quantity"] if position.quantity is not None else []
    if not computed or position.quantity is None:
        changed.append("market_value")
    return replace(
        position,
        quantity=None if position.quantity is None else position.quantity * part,
        market_value=None if position.market_value is None else position.market_value * part,
        cost_basis=None if position.cost_basis is None else position.cost_basis * part,
        value_basis="computed" if computed and position.quantity is not None else "stated",
        edited=tuple(dict.fromkeys((*position.edited, *changed))),
    )


def _is_gone(entry: Entry, priced: set[str]) -> bool:
    if entry.position.market_value is None or abs(entry.position.market_value) > _NOTHING:
        return False
    if not entry.is_new and entry.before is not None and abs(entry.before) <= _NOTHING:
        return False  # it was worth nothing before, and nobody sold it
    return (entry.position.symbol or "").upper() not in priced
