"""Two scenarios side by side: what each does to every holding, on one scale and in one order."""

import math
from dataclasses import dataclass

from levcheck.app.analysis import Analysis, StressResult
from levcheck.i18n.words import Words
from levcheck.presenting.chart_views import DumbbellRow, DumbbellView
from levcheck.presenting.figures import (
    Cell,
    Column,
    Row,
    TableView,
    What,
    add_up,
    number_key,
    tone_of,
)
from levcheck.presenting.measure import Measure
from levcheck.presenting.names import full_name, line_label

MOST_ROWS = 7
"""Holdings drawn one by one; the others are one row."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two scenarios side by side.

    Attributes:
        scenario: id of the second one.
        headline: both results in one sentence.
        chart: the first hollow, the second solid, per holding.
        table: the same numbers, with the difference.
    """

    scenario: str
    headline: str
    chart: DumbbellView
    table: TableView


@dataclass(frozen=True, slots=True)
class _Both:
    position: str
    first: float
    second: float


def comparison(
    analysis: Analysis, words: Words, first: StressResult, second: StressResult, order: str
) -> Comparison:
    """Return two scenarios beside each other."""
    measure = Measure(analysis, words)
    pairs = _pairs(analysis, first, second, order)
    names = [words.text(result.facts.name) for result in (first, second)]
    return Comparison(
        second.scenario,
        words.text(
            "{first}: {amount}. {second}: {other}.",
            first=names[0],
            amount=measure.both(first.pnl),
            second=names[1],
            other=measure.both(second.pnl),
        ),
        _chart(analysis, words, measure, (first, second), pairs),
        _table(analysis, words, measure, (first, second), pairs),
    )


def _pairs(
    analysis: Analysis, first: StressResult, second: StressResult, order: str
) -> list[_Both]:
    ones = {loss.position: loss.pnl for loss in first.positions}
    others = {loss.position: loss.pnl for loss in second.positions}
    found = [
        _Both(line.id, ones.get(line.id, 0.0), others.get(line.id, 0.0))
        for line in analysis.positions
        if line.id in ones or line.id in others
    ]
    if order == "name":
        found.sort(key=lambda both: line_label(analysis, both.position).casefold())
    elif order != "list":
        found.sort(key=lambda both: -max(abs(both.first), abs(both.second)))
    return found


def _chart(
    analysis: Analysis,
    words: Words,
    measure: Measure,
    results: tuple[StressResult, StressResult],
    pairs: list[_Both],
) -> DumbbellView:
    moved = [both for both in pairs if round(both.first, 2) or round(both.second, 2)]
    largest = sorted(moved, key=lambda both: -max(abs(both.first), abs(both.second)))
    kept = largest if len(largest) <= MOST_ROWS + 1 else largest[:MOST_ROWS]
    rows = [
        _row(
            measure,
            number_key(What.LOSS, results[1].scenario, both.position),
            line_label(analysis, both.position),
            (both.first, both.second),
        )
        for both in moved
        if both in kept
    ]
    rest = [both for both in moved if both not in kept]
    if rest:
        rows.append(
            _row(
                measure,
                number_key(What.SCENARIO, results[1].scenario),
                words.count("{n} other", "{n} others", len(rest)),
                (math.fsum(b.first for b in rest), math.fsum(b.second for b in rest)),
            )
        )
    values = [v for row in rows for v in (row.labelled, row.effective)]
    first, second = (words.text(result.facts.name) for result in results)
    return DumbbellView(
        title=words.text("Two scenarios, by holding"),
        summary=words.text(
            "{first}: {amount}. {second}: {other}.",
            first=first,
            amount=measure.both(results[0].pnl),
            second=second,
            other=measure.both(results[1].pnl),
        ),
        empty_text=words.text("Nothing moved."),
        rows=tuple(rows),
        axis=measure.axis_of_lengths(values),
        labelled_legend=first,
        effective_legend=second,
    )


def _row(measure: Measure, key: str, label: str, amounts: tuple[float, float]) -> DumbbellRow:
    def text(amount: float) -> str:
        hidden = measure.words.hide_amounts
        return measure.percent(amount) if hidden else measure.money(amount)

    return DumbbellRow(
        key=key,
        label=label,
        labelled=measure.length(amounts[0]),
        effective=measure.length(amounts[1]),
        labelled_text=text(amounts[0]),
        effective_text=text(amounts[1]),
    )


def _table(
    analysis: Analysis,
    words: Words,
    measure: Measure,
    results: tuple[StressResult, StressResult],
    pairs: list[_Both],
) -> TableView:
    printed = [add_up([getattr(both, side) for both in pairs]) for side in ("first", "second")]
    rows = []
    for both, one, other in zip(pairs, *printed, strict=True):
        line = analysis.position(both.position)
        keys = [number_key(What.LOSS, result.scenario, both.position) for result in results]
        gap = both.second - both.first
        rows.append(
            Row(
                keys[1],
                (
                    Cell(line.label, hint=full_name(line)),
                    Cell(measure.money(one), both.first, keys[0], tone_of(both.first)),
                    Cell(measure.money(other), both.second, keys[1], tone_of(both.second)),
                    Cell(
                        measure.money(other - one),
                        gap,
                        number_key(What.DIFFERENCE, *(r.scenario for r in results), both.position),
                        tone_of(gap),
                    ),
                ),
            )
        )
    whole = [number_key(What.SCENARIO, result.scenario) for result in results]
    sums = [math.fsum(side) for side in printed]
    total = Row(
        "both",
        (
            Cell(words.text("Together")),
            *(
                Cell(measure.money(amount), key=key, tone=tone_of(amount))
                for amount, key in zip(sums, whole, strict=True)
            ),
            Cell(
                measure.money(sums[1] - sums[0]),
                key=number_key(What.DIFFERENCE, *(r.scenario for r in results), ""),
                tone=tone_of(sums[1] - sums[0]),
            ),
        ),
    )
    first, second = (words.text(result.facts.name) for result in results)
    return TableView(
        words.text("Two scenarios by holding, in {currency}", currency=measure.currency),
        (
            Column("line", words.text("Holding"), stretch=True),
            Column("first", first, numeric=True),
            Column("second", second, numeric=True),
            Column("difference", words.text("Difference"), numeric=True),
        ),
        tuple(rows),
        total,
        words.text("No holding could be valued."),
    )
