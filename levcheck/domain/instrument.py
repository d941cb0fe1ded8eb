"""What a line in a portfolio can be."""

from dataclasses import dataclass
from enum import StrEnum

from levcheck.domain.provenance import Source


class Kind(StrEnum):
    """The kinds of instrument; the values are the words of the reference tables."""

    COMMON = "common"
    ADR = "adr"
    PREFERRED = "preferred"
    CONVERTIBLE = "convertible"
    ETF = "etf"
    MUTUAL_FUND = "mutual_fund"
    LEVERAGED_FUND = "leveraged_fund"
    INVERSE_FUND = "inverse_fund"
    INCOME_FUND = "income_fund"
    BUFFER_FUND = "buffer_fund"
    STACKED_FUND = "stacked_fund"
    COMMODITY_TRUST = "commodity_trust"
    CRYPTO_TRUST = "crypto_trust"
    CRYPTO = "crypto"
    TOKEN = "token"  # noqa: S105  # a tokenised instrument, not a secret
    OPTION = "option"
    NOTE = "note"
    BOND = "bond"
    CASH = "cash"
    INDEX = "index"
    CONTRACT = "contract"


class Wrapper(StrEnum):
    """The door through which a position reaches a root."""

    DIRECT = "direct"
    FUND = "fund"
    LEVERAGED = "leveraged"
    INVERSE = "inverse"
    PREFERRED = "preferred"
    OPTION = "option"
    INCOME = "income"
    CRYPTO = "crypto"
    NOTE = "note"


WRAPPER_OF_KIND: dict[Kind, Wrapper] = {
    Kind.COMMON: Wrapper.DIRECT,
    Kind.ADR: Wrapper.DIRECT,
    Kind.PREFERRED: Wrapper.PREFERRED,
    Kind.CONVERTIBLE: Wrapper.PREFERRED,
    Kind.ETF: Wrapper.FUND,
    Kind.MUTUAL_FUND: Wrapper.FUND,
    Kind.LEVERAGED_FUND: Wrapper.LEVERAGED,
    Kind.INVERSE_FUND: Wrapper.INVERSE,
    Kind.INCOME_FUND: Wrapper.INCOME,
    Kind.BUFFER_FUND: Wrapper.INCOME,
    Kind.STACKED_FUND: Wrapper.FUND,
    Kind.COMMODITY_TRUST: Wrapper.FUND,
    Kind.CRYPTO_TRUST: Wrapper.CRYPTO,
    Kind.CRYPTO: Wrapper.CRYPTO,
    Kind.TOKEN: Wrapper.CRYPTO,
    Kind.OPTION: Wrapper.OPTION,
    Kind.NOTE: Wrapper.NOTE,
    Kind.BOND: Wrapper.DIRECT,
    Kind.CASH: Wrapper.DIRECT,
    Kind.INDEX: Wrapper.DIRECT,
    Kind.CONTRACT: Wrapper.OPTION,
}

DAILY_RESET_KINDS = frozenset({Kind.LEVERAGED_FUND, Kind.INVERSE_FUND})
FUND_KINDS = frozenset(
    {
        Kind.ETF,
        Kind.MUTUAL_FUND,
        Kind.LEVERAGED_FUND,
        Kind.INVERSE_FUND,
        Kind.INCOME_FUND,
        Kind.BUFFER_FUND,
        Kind.STACKED_FUND,
        Kind.COMMODITY_TRUST,
        Kind.CRYPTO_TRUST,
    }
)


@dataclass(frozen=True, slots=True)
class Instrument:
    """One row of the reference library's ``instruments`` table.

    Attributes:
        id: SYMBOL.MARKET, for example ``NVDA.US`` or ``005930.KR``.
        symbol: the symbol without its market.
        exchange: MIC or short name of the listing, if known.
        isin: ISIN, if known.
        name: full name.
        kind: what it is; None when not known.
        currency: ISO code of its quotation, if known.
        country: ISO code of the issuer's home, if known.
        issuer: root id that gathers the lines of one issuer; None = its own root.
        underlying: id of what a leveraged, inverse, income or trust product rides on.
        daily_leverage_factor: signed multiple promised per day (2.0, -1.0); 1.0 when plain; None = unknown.
        expense_ratio: fraction a year (0.0095); None = unknown.
        asset_class: equity, index_equity, sector_equity, single_stock, bond, gold, commodity, crypto, volatility, currency, cash …
        source: where the row comes from and as of when.
        overridden: True when a user's table supplied the row.
    """

    id: str
    symbol: str
    exchange: str | None
    isin: str | None
    name: str
    kind: Kind | None
    currency: str | None
    country: str | None
    issuer: str | None
    underlying: str | None
    daily_leverage_factor: float | None
    expense_ratio: float | None
    asset_class: str | None
    source: Source
    overridden: bool = False

    @property
    def root(self) -> str:
        """The issuer root this line is counted under when it is not looked through."""
        return self.issuer or self.id

    @property
    def is_daily_reset(self) -> bool:
        """Whether the product promises a multiple of each day's move."""
        return self.kind in DAILY_RESET_KINDS

    @property
    def is_fund(self) -> bool:
        """Whether money in it rides on other things."""
        return self.kind in FUND_KINDS


@dataclass(frozen=True, slots=True)
class Constituent:
    """One holding of a fund.

    Attributes:
        instrument: id of what is held.
        weight: signed fraction of the fund's net assets.
    """

    instrument: str
    weight: float


@dataclass(frozen=True, slots=True)
class FundHoldings:
    """One dated list of a fund's constituents.

    Attributes:
        fund: instrument id of the fund (an index id is allowed).
        constituents: what it holds, largest first.
        as_of: ISO date of the list.
        coverage: ``full`` when the weights are meant to add up to one, ``partial`` when the tail was left out.
        source: provenance of the list.
        overridden: True when a user's table supplied it.
        stand_in: True when it is the list of something like it: an index fund for the index, a class for its twin.
    """

    fund: str
    constituents: tuple[Constituent, ...]
    as_of: str
    coverage: str
    source: Source
    overridden: bool = False
    stand_in: bool = False

    @property
    def weight_sum(self) -> float:
        """Sum of the signed weights."""
        return sum(part.weight for part in self.constituents)
