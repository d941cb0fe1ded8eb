"""Every scenario that was run, one row each, with what causes most of it."""

from levcheck.app.analysis import Analysis, StressResult
from levcheck.i18n.words import Words
from levcheck.presenting.figures import Cell, Column, Row, TableView, What, number_key, tone_of
from levcheck.presenting.measure import Measure
from levcheck.presenting.names import cause_name

CAUSES_NAMED = 3


def scenarios_table(analysis: Analysis, words: Words) -> TableView:
    """Return all scenarios, the costliest first."""
    ordered = sorted(analysis.stress, key=lambda result: result.pnl)
    currency = analysis.portfolio.base_currency
    return TableView(
        words.text("Every scenario, in {currency}", currency=currency),
        (
            Column("scenario", words.text("Scenario"), stretch=True),
            Column("change", words.text("Change"), numeric=True),
            Column("share", words.text("Share"), numeric=True),
            Column("low", words.text("Worse end"), numeric=True),
            Column("high", words.text("Better end"), numeric=True),
            Column("causes", words.text("Comes most from")),
        ),
        tuple(_row(analysis, words, result) for result in ordered),
        empty=words.text("No scenario has been run yet."),
    )


def _row(analysis: Analysis, words: Words, result: StressResult) -> Row:
    measure = Measure(analysis, words)
    key = number_key(What.SCENARIO, result.scenario)
    return Row(
        key,
        (
            Cell(words.text(result.facts.name)),
            Cell(measure.money(result.pnl), result.pnl, key, tone_of(result.pnl)),
            Cell(words.percent(result.share_of_equity), result.share_of_equity, key),
            Cell(measure.money(result.low), result.low),
            Cell(measure.money(result.high), result.high),
            Cell(_causes(words, result)),
        ),
    )


def _causes(words: Words, result: StressResult) -> str:
    largest = sorted(result.causes, key=lambda cause: -abs(cause.pnl))[:CAUSES_NAMED]
    return ", ".join(cause_name(words, cause) for cause in largest if round(cause.pnl, 2) != 0)
