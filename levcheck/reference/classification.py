"""The theme of an instrument that no table names: by asset class, kind and country."""

from levcheck.domain.instrument import Instrument, Kind

UNCLASSIFIED = "unclassified"
_BY_CLASS = {
    "treasury": "government-medium",
    "bond": "bonds-broad",
    "credit": "credit-preferreds",
    "gold": "gold",
    "metal": "metals",
    "commodity": "commodities",
    "crypto": "other-crypto",
    "volatility": "volatility",
    "currency": "currencies",
    "real_estate": "real-estate",
    "cash": "cash",
}
_BY_KIND = {
    Kind.CASH: "cash",
    Kind.CRYPTO: "other-crypto",
    Kind.TOKEN: "other-crypto",
    Kind.BOND: "bonds-broad",
    Kind.PREFERRED: "credit-preferreds",
    Kind.CONVERTIBLE: "credit-preferreds",
}
# Countries an index maker counts as developed, and the islands where their companies sit; the builder of the tables
# uses the same list.
DEVELOPED = frozenset(
    "JP GB FR DE NL CH IT ES CA AU NZ HK SG SE NO DK FI BE AT IE PT IL LU JE GG IM MC".split()  # noqa: SIM905
)
_EMERGING = frozenset(
    "CN TW IN BR MX ZA ID MY TH PH PL TR SA AE QA CL CO PE GR HU CZ EG RU VN KW".split()  # noqa: SIM905
)
_SHARES = frozenset({Kind.COMMON, Kind.ADR, Kind.ETF, Kind.MUTUAL_FUND, Kind.INDEX, None})


def theme_by_rule(instrument: Instrument) -> tuple[str, str]:
    """Return (theme, reason) of an instrument that no table names.

    Asset class comes first, then kind, then the issuer's country; what none of them settles is unclassified.
    """
    if instrument.asset_class in _BY_CLASS:
        return _BY_CLASS[instrument.asset_class], f"asset class {instrument.asset_class}"
    if instrument.kind in _BY_KIND:
        return _BY_KIND[instrument.kind], f"kind {instrument.kind}"
    country = instrument.country
    if instrument.kind in _SHARES and country:
        for theme, countries in (
            ("us-equity", {"US"}),
            ("korea", {"KR"}),
            ("developed-ex-us", DEVELOPED),
            ("emerging", _EMERGING),
        ):
            if country in countries:
                return theme, f"country {country}"
    return UNCLASSIFIED, "neither asset class nor country is known"
