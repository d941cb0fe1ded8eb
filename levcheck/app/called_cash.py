"""A line nobody knows that the user says is cash: its money counts from then on, and rides on nothing.

Nothing else can be said of a line without an instrument. A bond, a loan or a fund that is not listed would need its own
sensitivity in every scenario; taking another one's would be an invented figure, and leaving it out is what happens
already.
"""

from dataclasses import replace
from types import MappingProxyType

from levcheck.app.session import Session, position_of, remove_position
from levcheck.domain.position import CashLine, Position


def can_be_cash(position: Position | None) -> bool:
    """Return whether a line has what cash has: an amount and a currency, and no terms of an option."""
    return (
        position is not None
        and position.market_value is not None
        and position.currency is not None
        and position.option is None
    )


def call_cash(session: Session, identifier: str) -> Session:
    """Return the session with a line counted as cash of its own currency, at the value it has in the file.

    Raises:
        KeyError: there is no such position.
        ValueError: it has no value or no currency.
    """
    position = position_of(session.portfolio, identifier)
    if not can_be_cash(position):
        message = "cash has an amount and a currency"
        raise ValueError(message)
    cell = position.cells.get("market_value")
    line = CashLine(
        position.place,
        position.name or position.label,
        position.market_value,
        position.currency,
        position.account,
        MappingProxyType({} if cell is None else {"amount": cell}),
        ("amount",) if "market_value" in position.edited else (),
    )
    without = remove_position(session, identifier)
    portfolio = without.portfolio
    return replace(without, portfolio=replace(portfolio, cash=(*portfolio.cash, line)))
