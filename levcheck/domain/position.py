"""One line of a portfolio as its file states it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from levcheck.domain.diagnostics import Place


@dataclass(frozen=True, slots=True)
class OptionTerms:
    """The contract behind an option line.

    Attributes:
        underlying: symbol of what the option is written on.
        expiry: ISO date.
        strike: strike price in the option's currency.
        right: ``C`` or ``P``.
        multiplier: shares per contract (100 in the United States).
    """

    underlying: str
    expiry: str
    strike: float
    right: str
    multiplier: float = 100.0


@dataclass(frozen=True, slots=True)
class Position:
    """A line held: what the file says, with the place it says so.

    Money is a float in the stated currency; None means the file does not say, never zero.

    Attributes:
        place: file, sheet and row.
        account: account name or number as printed.
        symbol: ticker as printed, normalised in case and blanks only.
        isin: International Securities Identification Number.
        cusip: CUSIP as printed, used only to recognise the line.
        wkn: German security number.
        name: description as printed.
        quantity: shares or contracts; negative when short.
        price: price per unit in `currency` (per 100 nominal for bonds).
        market_value: signed value in `currency`.
        value_basis: ``stated`` by the file, ``computed`` from quantity and price, or None.
        currency: ISO code of `market_value`.
        cost_basis: what was paid in total.
        kind: equity, fund, option, bond, crypto, certificate or None: a hint, not a finding.
        option: the contract when it is one.
        cells: which column each figure stands in, field → column letters ("market_value" → "E").
        raw: the verbatim text of the cells read, field → text, for audit.
        exchange: exchange, MIC or country hint as printed.
        edited: names of the figures the user typed over.
    """

    place: Place
    account: str | None = None
    symbol: str | None = None
    isin: str | None = None
    cusip: str | None = None
    wkn: str | None = None
    name: str | None = None
    quantity: float | None = None
    price: float | None = None
    market_value: float | None = None
    value_basis: str | None = None
    currency: str | None = None
    cost_basis: float | None = None
    kind: str | None = None
    option: OptionTerms | None = None
    cells: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    raw: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    exchange: str | None = None
    edited: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """The shortest thing a person would call this line."""
        return self.symbol or self.isin or self.wkn or self.cusip or self.name or str(self.place)


@dataclass(frozen=True, slots=True)
class CashLine:
    """A cash row: positive money held, negative a margin loan.

    Attributes:
        place: file, sheet and row.
        account: account as printed.
        label: the row's own name ("SPAXX", "Konto").
        amount: signed amount in `currency`.
        currency: ISO code.
        cells: which column each figure stands in.
        edited: names of the figures the user typed over.
    """

    place: Place
    label: str
    amount: float | None
    currency: str | None
    account: str | None = None
    cells: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    edited: tuple[str, ...] = ()
