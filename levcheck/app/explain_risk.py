"""How the figures of risk and of selling came about: bets, where the volatility comes from, days to sell."""

from functools import partial

from levcheck.app.analysis import Analysis, RiskFacts, RootRisk
from levcheck.app.explain import (
    explain_exposure,
    explain_position_value,
    explain_sum,
    explain_theme,
    named,
)
from levcheck.domain.explanation import Explanation, Operation, Unit
from levcheck.domain.provenance import Source

TORSION = Source("Meucci, Santangelo and Deguest (2015), minimum torsion")
DIVERSIFICATION = Source("Choueifaty and Coignard (2008); its square: Choueifaty et al. (2013)")
LINKS = Source("betas")


def explain_effective_bets(analysis: Analysis) -> Explanation:
    """Return the number of bets that move apart, nearest to the names held.

    Raises:
        KeyError: nothing is measured.
    """
    bets = analysis.overlap.effective_bets
    if bets is None:
        raise KeyError("effective_bets")
    return Explanation(
        "explain.effective_bets",
        bets,
        Unit.COUNT,
        Operation.MODEL,
        inputs=_shares(analysis),
        source=TORSION,
        note="explain.note_bets",
    )


def explain_independent_bets(analysis: Analysis) -> Explanation:
    """Return how many bets that have nothing to do with one another would be as spread.

    Raises:
        KeyError: it is not defined for this portfolio.
    """
    facts = _facts(analysis)
    ratio, bets = facts.diversification_ratio, facts.independent_bets
    if ratio is None or bets is None:
        raise KeyError("independent_bets")
    part = Explanation(
        "explain.diversification_ratio",
        ratio,
        Unit.QUANTITY,
        Operation.MODEL,
        source=DIVERSIFICATION,
    )
    return Explanation(
        "explain.independent_bets",
        bets,
        Unit.QUANTITY,
        Operation.PRODUCT,
        inputs=(part, part),
        source=DIVERSIFICATION,
    )


def explain_volatility(analysis: Analysis) -> Explanation:
    """Return how much the whole swings in a year, and where that comes from.

    Raises:
        KeyError: nothing is measured.
    """
    facts = _facts(analysis)
    measured = Explanation("explain.risk_measured", facts.measured_share, Unit.SHARE, source=LINKS)
    return Explanation(
        "explain.volatility_of_whole",
        facts.volatility,
        Unit.RATE,
        Operation.MODEL,
        inputs=(measured, *_shares(analysis)),
        source=LINKS,
        note="explain.note_volatility",
    )


def explain_root_risk(analysis: Analysis, root: str) -> Explanation:
    """Return which part of the risk a root brings.

    Raises:
        KeyError: it is none of the roots whose risk is told.
    """
    found = next((one for one in _facts(analysis).roots if one.root == root), None)
    if found is None:
        raise KeyError(root)
    return _share(analysis, found, deep=True)


def explain_more_risk(analysis: Analysis, root: str) -> Explanation:
    """Return what one percent of the money more in a root would add to the swing of the whole.

    Raises:
        KeyError: it is none of the roots whose risk is told.
    """
    found = next((one for one in _facts(analysis).roots if one.root == root), None)
    if found is None:
        raise KeyError(root)
    return Explanation(
        "explain.more_risk",
        found.one_percent_more,
        Unit.RATE,
        Operation.MODEL,
        named(root=found.name),
        (_share(analysis, found),),
        source=LINKS,
    )


def explain_theme_risk(analysis: Analysis, theme: str) -> Explanation:
    """Return which part of the risk the members of a bet bring.

    Raises:
        KeyError: it brings none.
    """
    found = next((one for one in _facts(analysis).themes if one.theme == theme), None)
    if found is None:
        raise KeyError(theme)
    return Explanation(
        "explain.theme_risk",
        found.share,
        Unit.SHARE,
        Operation.MODEL,
        named(theme=found.name),
        (explain_theme(analysis, theme),),
        source=LINKS,
    )


def explain_exit(analysis: Analysis, position: str) -> Explanation:
    """Return how many days a line takes to sell.

    Raises:
        KeyError: its turnover is not known.
    """
    found = next((one for one in analysis.liquidity if one.position == position), None)
    if found is None:
        raise KeyError(position)
    line = analysis.position(position)
    told = Source(found.source, found.as_of, "fund_assets")
    return Explanation(
        "explain.exit",
        found.days,
        Unit.QUANTITY,
        Operation.MODEL,
        named(line=line.label),
        (
            explain_position_value(analysis, position),
            Explanation(
                "explain.turnover", found.turnover_usd, Unit.MONEY, source=told, currency="USD"
            ),
            Explanation("explain.participation", found.participation, Unit.SHARE),
        ),
        source=told,
        note="explain.note_exit",
    )


def _facts(analysis: Analysis) -> RiskFacts:
    if analysis.risk is None:
        raise KeyError("risk")
    return analysis.risk


def _shares(analysis: Analysis) -> tuple[Explanation, ...]:
    if analysis.risk is None:
        return ()
    whole = explain_sum(
        "explain.risk_shares",
        1.0,
        [(one.share, partial(_share, analysis, one)) for one in analysis.risk.roots],
        unit=Unit.SHARE,
    )
    return (whole,)


def _share(analysis: Analysis, found: RootRisk, *, deep: bool = False) -> Explanation:
    return Explanation(
        "explain.root_risk",
        found.share,
        Unit.SHARE,
        Operation.MODEL,
        named(root=found.name),
        (explain_exposure(analysis, found.root),) if deep else (),
        source=LINKS,
    )
