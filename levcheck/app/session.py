"""The state of the program as one frozen value, and every edit as a pure function on it."""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TypeVar

from levcheck.app.household import input_hash, portfolio_from_readings
from levcheck.domain.diagnostics import Diagnostic, Place
from levcheck.domain.draft import Draft
from levcheck.domain.portfolio import Portfolio, Reading
from levcheck.domain.position import CashLine, Position
from levcheck.domain.scenario import Scenario

TYPED_FILE = "typed by you"
"""What stands in the place of a file name for a line the user added by hand."""
_Line = TypeVar("_Line", Position, CashLine)
_ISIN = re.compile(r"[A-Z]{2}[A-Z0-9]{9}[0-9]")


@dataclass(frozen=True, slots=True)
class Session:
    """Everything that is saved.

    Attributes:
        portfolio: the lines analysed, with every edit in them.
        readings: what each file gave, for the reading receipt; newest last.
        diagnostics: what came up when the readings were put together.
        scenario: id of the scenario applied to all screens; None = none.
        custom: the user's own shocks, shown beside the library's scenarios; None = none.
        revision: counts edits, so that a late answer can be told from a current one.
        drafts: changes laid over the portfolio, by letter; they never alter it.
        model: the portfolio this one is measured against; None = none.
    """

    portfolio: Portfolio
    readings: tuple[Reading, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    scenario: str | None = None
    custom: Scenario | None = None
    revision: int = 0
    drafts: tuple[Draft, ...] = ()
    model: Portfolio | None = None

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to analyse."""
        return not self.portfolio.positions and not self.portfolio.cash


EMPTY_SESSION = Session(Portfolio(name="", positions=()))


def new_session(readings: Sequence[Reading], *, base_currency: str | None = None) -> Session:
    """Return a session holding the lines of one or several readings as one household."""
    portfolio, faults = portfolio_from_readings(readings, base_currency=base_currency)
    return Session(portfolio, tuple(readings), faults)


def add_reading(session: Session, reading: Reading) -> Session:
    """Return the session with one more file; the same file again takes the place of its former lines.

    A file is the same when it has the same name or the same content. Lines of other files keep their edits and
    confirmations. Lines that name no account carry their file's name as one, so that files stay apart.
    """
    if session.is_empty:
        return replace(new_session([reading]), revision=session.revision + 1)
    portfolio = session.portfolio
    gone = _same_files(session, reading)
    fresh, faults = portfolio_from_readings([reading], base_currency=portfolio.base_currency)
    kept = tuple(p for p in portfolio.positions if p.place.file not in gone)
    kept_cash = tuple(c for c in portfolio.cash if c.place.file not in gone)
    readings = (*(r for r in session.readings if r.file not in gone), reading)
    several = len(readings) > 1
    dates = [d for d in (portfolio.as_of, fresh.as_of) if d]
    merged = replace(
        portfolio,
        # A file that was just added is looked at, whatever was before.
        only=None,
        positions=_own_accounts((*kept, *fresh.positions), several=several),
        cash=_own_accounts((*kept_cash, *fresh.cash), several=several),
        as_of=min(dates) if dates else None,
        input_sha256=input_hash(readings),
        rates=MappingProxyType({**fresh.rates, **portfolio.rates}),
        resolutions=_renumbered(portfolio, kept),
    )
    others = tuple(d for d in session.diagnostics if not d.where or d.where.file not in gone)
    return replace(
        session,
        portfolio=merged,
        readings=readings,
        diagnostics=(*others, *faults),
        revision=session.revision + 1,
    )


def lines_replaced(session: Session, reading: Reading) -> int:
    """Return how many lines adding a file would take the place of; 0 for a file that is new to the list."""
    gone = _same_files(session, reading)
    portfolio = session.portfolio
    places = [*(p.place for p in portfolio.positions), *(c.place for c in portfolio.cash)]
    return sum(place.file in gone for place in places)


def remove_lines(session: Session, identifiers: Iterable[str]) -> Session:
    """Return the session without several lines.

    Raises:
        KeyError: one of them is not there.
    """
    # From the last to the first, so that no number changes before its line is taken away.
    for identifier in sorted(set(identifiers), key=_number, reverse=True):
        session = remove_position(session, identifier)
    return session


def remove_position(session: Session, identifier: str) -> Session:
    """Return the session without one line (``p3`` or ``c1``).

    Raises:
        KeyError: there is no such line.
    """
    portfolio = session.portfolio
    index = _index(portfolio, identifier)
    if identifier.startswith("c"):
        cash = portfolio.cash[:index] + portfolio.cash[index + 1 :]
        return _with(session, replace(portfolio, cash=cash))
    positions = portfolio.positions[:index] + portfolio.positions[index + 1 :]
    return _with(
        session,
        replace(portfolio, positions=positions, resolutions=_renumbered(portfolio, positions)),
    )


def edit_quantity(session: Session, identifier: str, quantity: float) -> Session:
    """Return the session with another quantity; a value that was quantity × price follows in proportion.

    Raises:
        KeyError: there is no such position.
        ValueError: the quantity is not finite.
    """
    position = position_of(session.portfolio, identifier)
    quantity, value = _finite(quantity), position.market_value
    if value is not None and position.quantity:
        value = value / position.quantity * quantity
    changed = ("quantity",) if value is None else ("quantity", "market_value")
    edited = tuple(dict.fromkeys((*position.edited, *changed)))
    return _replaced(
        session,
        identifier,
        replace(position, quantity=quantity, market_value=value, edited=edited),
    )


def edit_cash(session: Session, identifier: str, amount: float) -> Session:
    """Return the session with another amount of cash, in the line's own currency; negative is borrowed.

    Raises:
        KeyError: there is no such cash line.
        ValueError: the amount is not finite.
    """
    if not identifier.startswith("c"):
        raise KeyError(identifier)
    index = _index(session.portfolio, identifier)
    cash = list(session.portfolio.cash)
    cash[index] = replace(cash[index], amount=_finite(amount), edited=("amount",))
    return _with(session, replace(session.portfolio, cash=tuple(cash)))


def edit_market_value(session: Session, identifier: str, value: float) -> Session:
    """Return the session with another market value, in the line's own currency.

    Raises:
        KeyError: there is no such position.
        ValueError: the value is not finite.
    """
    position = position_of(session.portfolio, identifier)
    value = _finite(value)
    edited = tuple(dict.fromkeys((*position.edited, "market_value")))
    return _replaced(
        session,
        identifier,
        replace(position, market_value=value, value_basis="stated", edited=edited),
    )


def add_position(
    session: Session,
    *,
    symbol: str,
    market_value: float | None,
    currency: str,
    quantity: float | None = None,
    instrument: str | None = None,
) -> Session:
    """Return the session with a line typed by the user.

    Args:
        session: what there is.
        symbol: ticker or ISIN.
        market_value: in `currency`; None = not told, the line then needs the user.
        currency: ISO code.
        quantity: shares; None = not told.
        instrument: id of the instrument the user picked; None leaves the recognition to the library.

    Raises:
        ValueError: there is neither a value nor a quantity, or one of them is not finite.
    """
    if market_value is None and quantity is None:
        message = "a line needs a value or a quantity"
        raise ValueError(message)
    portfolio = session.portfolio
    code = symbol.strip().upper()
    is_isin = _ISIN.fullmatch(code) is not None
    figures = {"quantity": quantity, "market_value": market_value}
    position = Position(
        place=Place(file=TYPED_FILE, row=_typed_lines(portfolio) + 1),
        # A line typed while only some accounts are looked at belongs to the first of them, so that it is seen.
        account=None if portfolio.is_looked_at(None) else (portfolio.only or ("",))[0] or None,
        symbol=None if is_isin else code,
        isin=code if is_isin else None,
        quantity=None if quantity is None else _finite(quantity),
        market_value=None if market_value is None else _finite(market_value),
        value_basis=None if market_value is None else "stated",
        currency=currency,
        edited=("isin" if is_isin else "symbol", *(n for n, v in figures.items() if v is not None)),
    )
    added = _with(session, portfolio.with_positions((*portfolio.positions, position)))
    if instrument is None:
        return added
    return resolve(added, f"p{len(portfolio.positions) + 1}", instrument)


def resolve(session: Session, identifier: str, instrument: str | None) -> Session:
    """Return the session with a line tied to the instrument the user confirmed (None unties it).

    Raises:
        KeyError: there is no such position.
    """
    position_of(session.portfolio, identifier)
    resolutions = dict(session.portfolio.resolutions)
    if instrument is None:
        resolutions.pop(identifier, None)
    else:
        resolutions[identifier] = instrument
    return _with(session, replace(session.portfolio, resolutions=MappingProxyType(resolutions)))


def set_base_currency(session: Session, currency: str) -> Session:
    """Return the session with totals in another currency.

    Typed rates to the former one are dropped; those the files state are worked out anew.
    """
    rates = stated_rates(session.readings, currency)
    return _with(session, replace(session.portfolio, base_currency=currency, rates=rates))


def stated_rates(readings: Sequence[Reading], base_currency: str) -> Mapping[str, float]:
    """Return currency → units of the base currency, as the files themselves state them."""
    return portfolio_from_readings(readings, base_currency=base_currency)[0].rates


def set_rate(session: Session, currency: str, rate: float) -> Session:
    """Return the session with a typed exchange rate: units of the base currency for one of `currency`.

    Raises:
        ValueError: the rate is not a positive number.
    """
    if not rate > 0 or rate == float("inf"):
        message = "a rate is a positive number"
        raise ValueError(message)
    rates: Mapping[str, float] = {**session.portfolio.rates, currency: rate}
    return _with(session, replace(session.portfolio, rates=MappingProxyType(dict(rates))))


def rename(session: Session, name: str) -> Session:
    """Return the session under another name."""
    return _with(session, replace(session.portfolio, name=name.strip()))


def apply_scenario(session: Session, scenario: str | None) -> Session:
    """Return the session with a scenario applied to all screens (None resets)."""
    return replace(session, scenario=scenario, revision=session.revision + 1)


def set_custom_scenario(session: Session, custom: Scenario | None) -> Session:
    """Return the session with the user's own shocks (None removes them)."""
    return replace(session, custom=custom, revision=session.revision + 1)


def set_model(session: Session, model: Portfolio | None) -> Session:
    """Return the session with the portfolio it is measured against (None takes it away)."""
    return replace(session, model=model, revision=session.revision + 1)


@dataclass(frozen=True, slots=True)
class Step:
    """One named state of the session: the label says what was done to reach it."""

    label: str
    session: Session


@dataclass(frozen=True, slots=True)
class History:
    """The line of sessions an undo walks back; sessions share memory, so no inverse operations are needed.

    Attributes:
        steps: oldest first, at least one.
        current: index of the session on screen.
        saved: index that was last saved; None when it fell out of the line.
    """

    steps: tuple[Step, ...] = field(default=(Step("", EMPTY_SESSION),))
    current: int = 0
    saved: int | None = 0

    @property
    def session(self) -> Session:
        """The session on screen."""
        return self.steps[self.current].session

    @property
    def is_modified(self) -> bool:
        """Whether anything differs from what was saved."""
        return self.current != self.saved

    @property
    def undo_label(self) -> str | None:
        """What undo would take back; None when there is nothing."""
        return self.steps[self.current].label if self.current else None

    @property
    def redo_label(self) -> str | None:
        """What redo would do again; None when there is nothing."""
        ahead = self.current + 1
        return self.steps[ahead].label if ahead < len(self.steps) else None

    def record(self, label: str, session: Session) -> "History":
        """Return the history with one more step; steps that were undone are forgotten."""
        steps = (*self.steps[: self.current + 1], Step(label, session))
        saved = self.saved if self.saved is not None and self.saved <= self.current else None
        return History(steps, len(steps) - 1, saved)

    def undo(self) -> "History":
        """Return the history one step back (unchanged at the beginning)."""
        return replace(self, current=max(self.current - 1, 0))

    def redo(self) -> "History":
        """Return the history one step on (unchanged at the end)."""
        return replace(self, current=min(self.current + 1, len(self.steps) - 1))

    def mark_saved(self) -> "History":
        """Return the history with the session on screen counted as saved."""
        return replace(self, saved=self.current)


# --- inside ------------------------------------------------------------------------------------------------


def _finite(figure: float) -> float:
    if not math.isfinite(figure):
        message = "a figure is a finite number"
        raise ValueError(message)
    return figure


def _number(identifier: str) -> int:
    return int(identifier[1:]) if identifier[1:].isdigit() else 0


def _typed_lines(portfolio: Portfolio) -> int:
    rows = (p.place.row or 0 for p in portfolio.positions if p.place.file == TYPED_FILE)
    return max(rows, default=0)


def _same_files(session: Session, reading: Reading) -> frozenset[str]:
    """Return the names of the files that a reading takes the place of: by name, or by content."""
    digest = reading.sha256
    return frozenset(
        r.file
        for r in session.readings
        if r.file == reading.file or (digest != "" and r.sha256 == digest)
    )


def _own_accounts(lines: tuple[_Line, ...], *, several: bool) -> tuple[_Line, ...]:
    """Give lines without an account their file's name as one; lines typed by hand stay without."""
    if not several:
        return lines
    return tuple(
        replace(line, account=_stem(line.place.file))
        if not line.account and line.place.file != TYPED_FILE
        else line
        for line in lines
    )


def _stem(file: str | None) -> str | None:
    return (file.rpartition(".")[0] or file) if file else None


def _with(session: Session, portfolio: Portfolio) -> Session:
    return replace(session, portfolio=portfolio, revision=session.revision + 1)


def _index(portfolio: Portfolio, identifier: str) -> int:
    kinds: dict[str, tuple[Position | CashLine, ...]] = {
        "p": portfolio.positions,
        "c": portfolio.cash,
    }
    lines = kinds.get(identifier[:1], ())
    number = _number(identifier)
    if not 1 <= number <= len(lines):
        raise KeyError(identifier)
    return number - 1


def position_of(portfolio: Portfolio, identifier: str) -> Position:
    """Return the line of a position id (``p3``).

    Raises:
        KeyError: there is no such position.
    """
    if not identifier.startswith("p"):
        raise KeyError(identifier)
    return portfolio.positions[_index(portfolio, identifier)]


def _replaced(session: Session, identifier: str, position: Position) -> Session:
    positions = list(session.portfolio.positions)
    positions[_index(session.portfolio, identifier)] = position
    return _with(session, session.portfolio.with_positions(tuple(positions)))


def _renumbered(portfolio: Portfolio, positions: Sequence[Position]) -> Mapping[str, str]:
    """Carry confirmations over to the new numbers of the lines that stay."""
    confirmed = {
        id(line): portfolio.resolutions[f"p{n}"]
        for n, line in enumerate(portfolio.positions, start=1)
        if f"p{n}" in portfolio.resolutions
    }
    return MappingProxyType(
        {
            f"p{n}": confirmed[id(line)]
            for n, line in enumerate(positions, start=1)
            if id(line) in confirmed
        }
    )
