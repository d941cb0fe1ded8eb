"""What the broker demands, line by line, and where the account stands after each scenario."""

from levcheck.app.analysis import Analysis, MarginFacts
from levcheck.i18n.words import Words
from levcheck.presenting.figures import Cell, Column, Row, TableView, Tone
from levcheck.presenting.measure import Measure
from levcheck.presenting.names import line_label

BASIS_OF_DEMAND = {
    "long": "share held",
    "short": "sold short",
    "multiple": "fund with a multiple",
    "no_loan": "paid in full",
    "assumed": "assumed",
}


def margin_lines_table(analysis: Analysis, words: Words, facts: MarginFacts) -> TableView:
    """Return the demand for each line that counts as cover."""
    measure = Measure(analysis, words)
    rows = tuple(
        Row(
            line.position,
            (
                Cell(line_label(analysis, line.position)),
                Cell(words.text(BASIS_OF_DEMAND[line.basis])),
                Cell(measure.money(line.market_value), line.market_value),
                Cell(words.percent(line.maintenance), line.maintenance),
                Cell(measure.money(line.required), line.required),
            ),
        )
        for line in facts.lines
    )
    return TableView(
        words.text("What the broker demands, in {currency}", currency=measure.currency),
        (
            Column("line", words.text("Holding"), stretch=True),
            Column("basis", words.text("Counted as")),
            Column("value", words.text("Value"), numeric=True),
            Column("rate", words.text("Demand"), numeric=True),
            Column("required", words.text("Equity demanded"), numeric=True),
        ),
        rows,
        Row(
            "all",
            (
                Cell(words.text("Together")),
                Cell(""),
                Cell(""),
                Cell(""),
                Cell(measure.money(facts.required), facts.required),
            ),
        ),
    )


def margin_scenarios_table(analysis: Analysis, words: Words, facts: MarginFacts) -> TableView:
    """Return where the account stands after each scenario."""
    measure = Measure(analysis, words)
    names = {result.scenario: words.text(result.facts.name) for result in analysis.stress}
    rows = tuple(
        Row(
            under.scenario,
            (
                Cell(names[under.scenario]),
                Cell(measure.money(under.equity), under.equity),
                Cell(measure.money(under.required), under.required),
                Cell(
                    words.text("yes") if under.is_called else words.text("no"),
                    tone=Tone.WARNING if under.is_called else Tone.PLAIN,
                ),
                Cell(measure.money(under.forced_sale), under.forced_sale),
            ),
        )
        for under in facts.scenarios
    )
    return TableView(
        words.text("After each scenario, in {currency}", currency=measure.currency),
        (
            Column("scenario", words.text("Scenario"), stretch=True),
            Column("equity", words.text("Equity"), numeric=True),
            Column("required", words.text("Equity demanded"), numeric=True),
            Column("called", words.text("Margin call")),
            Column("sale", words.text("Must be sold"), numeric=True),
        ),
        rows,
    )
