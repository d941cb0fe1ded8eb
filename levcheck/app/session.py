"""The state of the program as one frozen value, and every edit as a pure function on it."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from levcheck.app.household import portfolio_from_readings
from levcheck.domain.diagnostics import Diagnostic, Place
from levcheck.domain.portfolio import Portfolio, Reading
from levcheck.domain.position import CashLine, Position
from levcheck.domain.scenario import Scenario

TYPED_FILE = "typed by you"
"""What stands in the place of a file name for a line the user added by hand."""


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
    """

    portfolio: Portfolio
    readings: tuple[Reading, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    scenario: str | None = None
    custom: Scenario | None = None
    revision: int = 0

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
    """Return the session with one more file; a file of the same name takes the place of its former lines.

    Lines of other files keep their edits and confirmations.
    """
    if session.is_empty:
        return replace(new_session([reading]), revision=session.revision + 1)
    portfolio = session.portfolio
    fresh, faults = portfolio_from_readings([reading], base_currency=portfolio.base_currency)
    kept = tuple(p for p in portfolio.positions if p.place.file != reading.file)
    kept_cash = tuple(c for c in portfolio.cash if c.place.file != reading.file)
    readings = (*(r for r in session.readings if r.file != reading.file), reading)
    dates = [d for d in (portfolio.as_of, fresh.as_of) if d]
    merged = replace(
        portfolio,
        positions=(*kept, *fresh.positions),
        cash=(*kept_cash, *fresh.cash),
        as_of=min(dates) if dates else None,
        input_sha256=_hash_of(readings),
        rates=MappingProxyType({**fresh.rates, **portfolio.rates}),
        resolutions=_renumbered(portfolio, kept),
    )
    others = tuple(d for d in session.diagnostics if not d.where or d.where.file != reading.file)
    return replace(
        session,
        portfolio=merged,
        readings=readings,
        diagnostics=(*others, *faults),
        revision=session.revision + 1,
    )


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
    """
    position = _position(session.portfolio, identifier)
    value = position.market_value
    if value is not None and position.quantity:
        value = value / position.quantity * quantity
    edited = tuple(dict.fromkeys((*position.edited, "quantity", "market_value")))
    return _replaced(
        session,
        identifier,
        replace(position, quantity=quantity, market_value=value, edited=edited),
    )


def edit_market_value(session: Session, identifier: str, value: float) -> Session:
    """Return the session with another market value, in the line's own currency.

    Raises:
        KeyError: there is no such position.
    """
    position = _position(session.portfolio, identifier)
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
    market_value: float,
    currency: str,
    quantity: float | None = None,
) -> Session:
    """Return the session with a line typed by the user."""
    portfolio = session.portfolio
    place = Place(file=TYPED_FILE, row=len(portfolio.positions) + 1)
    position = Position(
        place=place,
        symbol=symbol.strip().upper(),
        quantity=quantity,
        market_value=market_value,
        value_basis="stated",
        currency=currency,
        edited=("symbol", "market_value"),
    )
    return _with(session, portfolio.with_positions((*portfolio.positions, position)))


def resolve(session: Session, identifier: str, instrument: str | None) -> Session:
    """Return the session with a line tied to the instrument the user confirmed (None unties it).

    Raises:
        KeyError: there is no such position.
    """
    _position(session.portfolio, identifier)
    resolutions = dict(session.portfolio.resolutions)
    if instrument is None:
        resolutions.pop(identifier, None)
    else:
        resolutions[identifier] = instrument
    return _with(session, replace(session.portfolio, resolutions=MappingProxyType(resolutions)))


def set_base_currency(session: Session, currency: str) -> Session:
    """Return the session with totals in another currency; rates to the former one are dropped."""
    return _with(
        session,
        replace(session.portfolio, base_currency=currency, rates=MappingProxyType({})),
    )


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


def _with(session: Session, portfolio: Portfolio) -> Session:
    return replace(session, portfolio=portfolio, revision=session.revision + 1)


def _index(portfolio: Portfolio, identifier: str) -> int:
    kinds: dict[str, tuple[Position | CashLine, ...]] = {
        "p": portfolio.positions,
        "c": portfolio.cash,
    }
    lines = kinds.get(identifier[:1], ())
    number = int(identifier[1:]) if identifier[1:].isdigit() else 0
    if not 1 <= number <= len(lines):
        raise KeyError(identifier)
    return number - 1


def _position(portfolio: Portfolio, identifier: str) -> Position:
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


def _hash_of(readings: Sequence[Reading]) -> str:
    if len(readings) == 1:
        return readings[0].sha256
    return hashlib.sha256("".join(r.sha256 for r in readings).encode()).hexdigest()
