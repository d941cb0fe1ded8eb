"""What a shock of one's own may hit, in the order in which a reader looks for it."""

from levcheck.app.analysis import Analysis
from levcheck.app.unnamed import unnamed
from levcheck.i18n.words import Words

MOST_ROOTS = 12

# Forces beyond what is held: everything of the portfolio follows them by its links.
_FORCES = {
    "class:equity": "All shares",
    "class:crypto": "All coins",
    "driver:long-treasury": "Long government bonds",
    "driver:treasury": "Medium government bonds",
    "class:credit": "Corporate bonds and preferreds",
    "class:gold": "Gold",
    "class:commodity": "Commodities",
    "class:volatility": "Volatility (VIX futures)",
}


def shock_targets(analysis: Analysis, words: Words) -> tuple[tuple[str, str], ...]:
    """Return (target, label): the bets held, the largest roots, broad forces, currencies, countries, premiums."""
    if words.hide_names:
        analysis, _ = unnamed(analysis, ())
    themes = [(f"theme:{theme.theme}", words.text(theme.name)) for theme in analysis.themes]
    roots = [
        (root.root, root.name)
        for root in analysis.exposures[:MOST_ROOTS]
        if root.looked_through and not root.root.endswith("CASH")
    ]
    forces = [(target, words.text(name)) for target, name in _FORCES.items()]
    found = [*themes, *roots, *forces, *_places(analysis, words), *_premiums(analysis, words)]
    return tuple(dict(found).items())


def _places(analysis: Analysis, words: Words) -> list[tuple[str, str]]:
    """Return currencies other than the base and countries of what is held."""
    rows = [line.instrument for line in analysis.positions if line.instrument is not None]
    base = analysis.portfolio.base_currency
    codes = dict.fromkeys(row.currency for row in rows if row.currency and row.currency != base)
    countries = dict.fromkeys(row.country for row in rows if row.country)
    return [
        *((f"currency:{code}", words.text("Currency {code}", code=code)) for code in sorted(codes)),
        *(
            (f"country:{code}", words.text("Shares of country {code}", code=code))
            for code in sorted(countries)
        ),
    ]


def _premiums(analysis: Analysis, words: Words) -> list[tuple[str, str]]:
    """Return the premium over assets of each issuer whose order of claims is known in full."""
    stacks: dict[str, bool] = {}
    for claim in analysis.capital_stacks:
        if claim.kind == "asset":
            stacks[claim.issuer] = stacks.get(claim.issuer, True) and claim.notional is not None
    names = {root.root: root.name for root in analysis.exposures}
    return [
        (f"premium:{issuer}", words.text("Premium of {name}", name=names.get(issuer, issuer)))
        for issuer, is_known in stacks.items()
        if is_known
    ]
