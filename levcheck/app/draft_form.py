"""A change as a person fills it in, made into a change of a draft."""

from dataclasses import dataclass

from levcheck.app.analysis import Analysis
from levcheck.app.what_if import line_ref
from levcheck.domain.draft import Bought, By, Change, ChangeKind
from levcheck.domain.position import OptionTerms


@dataclass(frozen=True, slots=True)
class Wish:
    """What was filled in.

    Attributes:
        kind: what the change does.
        position: id of the line it is about; "" = none.
        by: what the amount counts.
        amount: how much; shares are fractions.
        symbol: what is bought, as typed; "" = nothing.
        instrument: id of it, where it was chosen from the library.
        name: its full name.
        root: what a hedge sets off; "" = none.
        factor: daily multiple of the fund that sets it off.
        strike: of a put.
        expiry: ISO date of a put; "" = it is no put.
        price: what one unit of what is bought costs, base currency; of a put what it costs for each share, in the
            line's currency; 0 = not told.
    """

    kind: ChangeKind
    position: str = ""
    by: By = By.PART
    amount: float = 0.0
    symbol: str = ""
    instrument: str | None = None
    name: str | None = None
    root: str = ""
    factor: float = 1.0
    strike: float = 0.0
    expiry: str = ""
    price: float = 0.0


def change_of(today: Analysis, wish: Wish) -> Change:
    """Return the change that was wished for.

    Raises:
        KeyError: it is about a line that is not there.
    """
    if wish.expiry:
        return _put(today, wish)
    buys = None
    if wish.symbol:
        buys = Bought(
            wish.symbol,
            wish.instrument,
            wish.name,
            wish.price or None,
            factor=wish.factor,
            root=wish.root or None,
        )
    line = line_ref(today, wish.position) if wish.position else None
    return Change(wish.kind, line, wish.by, wish.amount, buys)


def _put(today: Analysis, wish: Wish) -> Change:
    line = today.position(wish.position)
    held = line.position.symbol if line.position is not None else None
    terms = OptionTerms(held or line.label, wish.expiry, wish.strike, "P")
    buys = Bought(
        f"{terms.underlying} {terms.expiry} {terms.strike:g} P", price=wish.price, option=terms
    )
    return Change(ChangeKind.HEDGE, by=By.UNITS, amount=wish.amount, buys=buys)
