"""Where the risk comes from: how many bets there really are, and which names bring the swings."""

from dataclasses import dataclass

from levcheck.app.analysis import Analysis, RootRisk
from levcheck.i18n.words import UNKNOWN, Words
from levcheck.presenting.figures import (
    Cell,
    Column,
    Figure,
    Row,
    TableView,
    What,
    number_key,
)
from levcheck.presenting.measure import Measure


@dataclass(frozen=True, slots=True)
class RiskView:
    """The panel of risk.

    Attributes:
        figures: bets, swings, and what they mean.
        table: the roots by the share of the risk they bring.
        note: what the figures leave out.
    """

    figures: tuple[Figure, ...]
    table: TableView
    note: str


def risk_view(analysis: Analysis, words: Words) -> RiskView:
    """Return the panel of risk of a portfolio."""
    return RiskView(_figures(analysis, words), risk_table(analysis, words), _note(analysis, words))


def _figures(analysis: Analysis, words: Words) -> tuple[Figure, ...]:
    risk, found = analysis.risk, []
    bets = analysis.overlap.effective_bets
    if risk is not None and risk.independent_bets is not None:
        found.append(
            Figure(
                words.text("Unlinked bets: {n}", n=words.number(risk.independent_bets, 1)),
                number_key(What.INDEPENDENT_BETS),
                label=words.text("As spread as bets that have nothing to do with one another"),
            )
        )
    if bets is not None:
        found.append(
            Figure(
                words.text("Bets by minimum torsion: {n}", n=words.number(bets, 1)),
                number_key(What.EFFECTIVE_BETS),
                label=words.text("Names that move together still count apart here"),
            )
        )
    if risk is not None:
        found.append(
            Figure(
                words.text(
                    "Swing in a year: {percent}", percent=words.percent(risk.volatility, digits=0)
                ),
                number_key(What.VOLATILITY),
                label=words.text("Two years of three stay within it"),
            )
        )
    return tuple(found)


def _note(analysis: Analysis, words: Words) -> str:
    if analysis.risk is None:
        return ""
    parts = []
    if analysis.risk.independent_bets is None:
        parts.append(words.text("With bets on a fall, a ratio of diversification is not defined."))
    if round(analysis.risk.measured_share, 2) < 1:
        parts.append(
            words.text(
                "Counted: {share} of what is in effect. The links of the rest are not measured.",
                share=words.percent(analysis.risk.measured_share, digits=0),
            )
        )
    return " ".join(parts)


def risk_table(analysis: Analysis, words: Words) -> TableView:
    """Return the roots by the share of the risk they bring, largest first."""
    measure = Measure(analysis, words)
    net = {exposure.root: exposure.net for exposure in analysis.exposures}
    return TableView(
        words.text("Where the risk comes from"),
        (
            Column("root", words.text("Rides on"), stretch=True),
            Column("share", words.text("Share of the risk"), numeric=True),
            Column("amount", words.text("In effect"), numeric=True),
            Column(
                "more",
                words.text("1% more of it"),
                numeric=True,
                hint=words.text("What the swing in a year changes by, in points."),
            ),
        ),
        tuple(
            _row(words, measure, one, net.get(one.root))
            for one in (analysis.risk.roots if analysis.risk is not None else ())
        ),
        empty=words.text("Nothing in this list has measured links."),
    )


def _row(words: Words, measure: Measure, one: RootRisk, amount: float | None) -> Row:
    key = number_key(What.ROOT_RISK, one.root)
    return Row(
        key,
        (
            Cell(one.name),
            Cell(words.percent(one.share), one.share, key),
            Cell(measure.money(amount), amount, number_key(What.EXPOSURE, one.root)),
            Cell(
                words.percent(one.one_percent_more, signed=True, digits=2),
                one.one_percent_more,
                number_key(What.MORE_RISK, one.root),
            ),
        ),
    )


def theme_risk_sentence(analysis: Analysis, words: Words, theme: str) -> str:
    """Return which share of the risk a bet brings; "" where that is not known."""
    risk = analysis.risk
    found = next((one for one in risk.themes if one.theme == theme), None) if risk else None
    if found is None:
        return ""
    return words.text(
        "This bet brings {share} of the risk.", share=words.percent(found.share, digits=0)
    )


def days_text(analysis: Analysis, words: Words, position: str) -> tuple[str, float | None]:
    """Return (days to sell a line as text, the days); how many tells an amount, so it hides with the amounts."""
    found = next((one for one in analysis.liquidity if one.position == position), None)
    if found is None:
        return UNKNOWN, None
    if words.hide_amounts:
        return words.money(found.days, ""), found.days
    if found.days < _LEAST_DAYS:
        return words.text("below {n}", n=words.number(_LEAST_DAYS, 1)), found.days
    return words.number(found.days, 1), found.days


_LEAST_DAYS = 0.1
