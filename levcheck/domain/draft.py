"""Drafts: named lists of changes laid over a portfolio, which they never alter."""

from dataclasses import dataclass
from enum import StrEnum

from levcheck.domain.diagnostics import Place
from levcheck.domain.position import OptionTerms

DRAFT_IDS = ("A", "B", "C", "D")
"""Drafts there can be beside today."""


class ChangeKind(StrEnum):
    """What a change does."""

    TRIM = "trim"
    SELL = "sell"
    SWAP = "swap"
    ADD = "add"
    HEDGE = "hedge"
    PAY_DOWN = "pay_down"
    TO_CASH = "to_cash"


class By(StrEnum):
    """What the amount of a change counts.

    ``PART``: the part that stays, 0 to 1. ``WEIGHT``: the share of all the money the line has afterwards. ``UNITS``
    and ``MONEY`` (base currency): how much is sold or bought. ``EXPOSURE``: the part of what rides on a root today
    that is set off.
    """

    PART = "part"
    WEIGHT = "weight"
    UNITS = "units"
    MONEY = "money"
    EXPOSURE = "exposure"


@dataclass(frozen=True, slots=True)
class LineRef:
    """A line by where it stands and what it is called: its number changes when another line is removed."""

    place: Place
    label: str


@dataclass(frozen=True, slots=True)
class Bought:
    """What a change buys.

    Attributes:
        symbol: as the user names it.
        instrument: id in the library; None leaves the recognition to the library.
        name: full name, for the list of trades.
        price: of one unit, base currency; of one share of an option's contract, in the currency of what it is
            written on; None = not told.
        factor: daily multiple, where the amount is sized by exposure; 1 when plain.
        root: what a hedge sets off.
        option: the contract when it is one.
    """

    symbol: str
    instrument: str | None = None
    name: str | None = None
    price: float | None = None
    factor: float = 1.0
    root: str | None = None
    option: OptionTerms | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One change.

    Attributes:
        kind: what it does.
        line: the line it is about; None for add, hedge, pay down and move to cash.
        by: what `amount` counts.
        amount: how much.
        buys: what is bought; None where nothing is.
        times: money bought for each unit of money sold (a swap); 1 = the same money.
        currency: ISO code of the base currency its amounts were typed in; "" = that of the list.
    """

    kind: ChangeKind
    line: LineRef | None = None
    by: By = By.PART
    amount: float = 0.0
    buys: Bought | None = None
    times: float = 1.0
    currency: str = ""

    @property
    def has_money(self) -> bool:
        """Whether any of its figures is an amount of money."""
        return self.by is By.MONEY or (self.buys is not None and self.buys.price is not None)


@dataclass(frozen=True, slots=True)
class Draft:
    """A named list of changes, applied in order.

    Attributes:
        id: ``A`` to ``D``.
        changes: what it does.
        name: what the user calls it; "" = only its letter.
        whole_units: sales are rounded up and purchases down to whole units, but for coins.
    """

    id: str
    changes: tuple[Change, ...] = ()
    name: str = ""
    whole_units: bool = False
