"""How roots move together: the figures that propagation uses, each with its window and source."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RiskDriver:
    """A common force behind several roots, measured on one price series.

    Attributes:
        id: short id ("us-equity", "ai-chips", "bitcoin").
        name: what people call it.
        volatility: standard deviation of its return, fraction a year.
        stand_in: True when the series only stands in for the driver.
        window: ISO interval the figure was measured over.
        source: the series and who publishes it.
    """

    id: str
    name: str
    volatility: float
    stand_in: bool
    window: str
    source: str


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """How a root follows one driver.

    Attributes:
        member: root id, or a class of roots: ``theme:ID``, ``class:ID``, ``country:CC``.
        driver: driver id.
        beta: return of the member for a driver return of one.
        own_volatility: standard deviation of what the driver does not explain, fraction a year.
        window: ISO interval, or the word ``assumed``.
        source: series or reason.
    """

    member: str
    driver: str
    beta: float
    own_volatility: float
    window: str
    source: str


@dataclass(frozen=True, slots=True)
class DriverCorrelation:
    """Correlation of two drivers in calm and in stressed weeks."""

    a: str
    b: str
    calm: float
    stressed: float
    window: str
    source: str


@dataclass(frozen=True, slots=True)
class RiskTables:
    """Everything propagation needs.

    Attributes:
        drivers: the D drivers.
        sensitivities: member → how it follows its driver; the most special member wins.
        correlations: pairs of drivers; a missing pair counts as zero and is reported.
    """

    drivers: tuple[RiskDriver, ...] = ()
    sensitivities: tuple[Sensitivity, ...] = ()
    correlations: tuple[DriverCorrelation, ...] = ()


@dataclass(frozen=True, slots=True)
class FundAssets:
    """Size and turnover of a fund, for forced-trade figures.

    Attributes:
        fund: instrument id.
        assets_usd: net assets in US dollars; None = unknown.
        adv_usd: average daily turnover in US dollars; None = unknown.
        as_of: ISO date.
        source: who says so.
    """

    fund: str
    assets_usd: float | None
    adv_usd: float | None
    as_of: str
    source: str


@dataclass(frozen=True, slots=True)
class Claim:
    """One rung of an issuer's capital stack, or its asset row.

    Attributes:
        issuer: root id.
        rank: 1 is paid first; 0 for the assets' row.
        claim: instrument id or name of the claim.
        kind: asset, debt, convertible, preferred or common.
        notional: amount in US dollars; None = not settled.
        coupon: fraction of the stated amount a year; None = none or unknown.
        cumulative: whether missed payments pile up; None = does not apply.
        conversion: shares of common per unit; None = not convertible.
        as_of: ISO date.
        source: who says so.
    """

    issuer: str
    rank: int
    claim: str
    kind: str
    notional: float | None
    coupon: float | None
    cumulative: bool | None
    conversion: float | None
    as_of: str
    source: str


@dataclass(frozen=True, slots=True)
class FxRate:
    """A dated exchange rate.

    Attributes:
        currency: ISO code.
        per_usd: units of the currency for one US dollar.
        as_of: ISO date.
        source: who says so.
    """

    currency: str
    per_usd: float
    as_of: str
    source: str
