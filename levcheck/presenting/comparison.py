"""What changed since last time: a sentence, the bets before and after, and the lines that moved."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from levcheck.app.analysis import Analysis
from levcheck.app.comparison import (
    LEAST_MOVE,
    Comparison,
    Fate,
    LineChange,
    LossChange,
    ShareChange,
)
from levcheck.i18n.words import UNKNOWN, Words
from levcheck.presenting.chart_views import DumbbellRow, DumbbellView, make_axis
from levcheck.presenting.figures import Cell, Column, Row, TableView, Tone, tone_of
from levcheck.presenting.measure import Measure
from levcheck.presenting.names import short_name

BETS = 8
ROOTS = 15
FATES = {
    Fate.ADDED: "new",
    Fate.REMOVED: "gone",
    Fate.MORE: "more of it",
    Fate.LESS: "less of it",
    Fate.PRICED: "only its price",
    Fate.SAME: "the same",
}


@dataclass(frozen=True, slots=True)
class ComparisonView:
    """Everything that is shown of two lists side by side.

    Attributes:
        headline: how many lines came, went and changed.
        subline: from which day to which, and with which library.
        whole: money, effect and coverage before and after.
        bets: the bets that moved most, before and after.
        shares: the same in numbers.
        roots: the roots that moved most.
        losses: every scenario before and after.
        lines: the lines that are not the same.
    """

    headline: str
    subline: str
    whole: TableView
    bets: DumbbellView
    shares: TableView
    roots: TableView
    losses: TableView
    lines: TableView


def comparison_view(found: Comparison, words: Words) -> ComparisonView:
    """Return what changed, in words."""
    moved = [change for change in found.bets if _has_moved(change)]
    return ComparisonView(
        headline=_headline(found, words),
        subline=_subline(found, words),
        whole=_whole(found, words),
        bets=_bets(found, words, moved[:BETS]),
        shares=_share_table(
            found, words, moved[:BETS], words.text("Bets that moved most"), _bet_name
        ),
        roots=_share_table(
            found,
            words,
            [change for change in found.roots if _has_moved(change)][:ROOTS],
            words.text("Roots that moved most"),
            _root_name,
        ),
        losses=_losses(found, words),
        lines=_lines(found, words),
    )


def _has_moved(change: ShareChange) -> bool:
    if change.share_before is None or change.share_after is None:
        return round(change.before - change.after, 2) != 0
    return abs(change.share_after - change.share_before) >= LEAST_MOVE


def _headline(found: Comparison, words: Words) -> str:
    added, removed = found.count(Fate.ADDED), found.count(Fate.REMOVED)
    traded = found.count(Fate.MORE, Fate.LESS)
    if not added + removed + traded:
        return words.text("Nothing was bought or sold between the two lists.")
    parts = (
        words.count("{n} line is new", "{n} lines are new", added),
        words.count("{n} line is gone", "{n} lines are gone", removed),
        words.count("{n} line was changed", "{n} lines were changed", traded),
    )
    return f"{', '.join(parts)}."


def _subline(found: Comparison, words: Words) -> str:
    return words.text(
        "From {before} to {after}. Both lists are worked out with the library of {library}, so only the lists differ.",
        before=_day(found.before, words),
        after=_day(found.after, words),
        library=words.day(found.after.library.snapshot),
    )


def _day(analysis: Analysis, words: Words) -> str:
    day = analysis.portfolio.as_of
    return words.day(day) if day else words.text("a list without a date")


# --- tables ------------------------------------------------------------------------------------------------


def _columns(words: Words, first: str) -> tuple[Column, ...]:
    return (
        Column("what", first, stretch=True),
        Column("before", words.text("Before"), numeric=True),
        Column("after", words.text("Now"), numeric=True),
    )


def _whole(found: Comparison, words: Words) -> TableView:
    def row(name: str, texts: Sequence[str]) -> Row:
        return Row(name, (Cell(name), *(Cell(text) for text in texts)))

    sides = (found.before, found.after)
    measures = [Measure(side, words) for side in sides]
    return TableView(
        words.text("The whole, in {currency}", currency=found.after.portfolio.base_currency),
        _columns(words, words.text("Measure")),
        (
            row(words.text("Your money"), [m.money(s.equity) for m, s in zip(measures, sides, strict=True)]),
            row(words.text("In effect"), [m.both(s.in_effect) for m, s in zip(measures, sides, strict=True)]),
            row(words.text("Seen through"), [words.percent(s.coverage.looked_through_share) for s in sides]),
            row(words.text("Lines left out"), [words.number(len(s.coverage.left_out)) for s in sides]),
        ),
    )  # fmt: skip


def _share_table(
    found: Comparison,
    words: Words,
    changes: Sequence[ShareChange],
    title: str,
    named: Callable[[Words, ShareChange], str],
) -> TableView:
    then, now = Measure(found.before, words), Measure(found.after, words)
    rows = tuple(
        Row(
            change.id,
            (
                Cell(named(words, change)),
                Cell(then.both(change.before), change.share_before),
                Cell(now.both(change.after), change.share_after),
            ),
        )
        for change in changes
    )
    return TableView(
        title, _columns(words, words.text("Name")), rows, empty=words.text("None of them moved.")
    )


def _bet_name(words: Words, theme: ShareChange) -> str:
    return words.text(theme.name)


def _root_name(_words: Words, root: ShareChange) -> str:
    return short_name(root.name)


def _losses(found: Comparison, words: Words) -> TableView:
    then, now = Measure(found.before, words), Measure(found.after, words)

    def row(scenario: LossChange) -> Row:
        before, after = scenario.before, scenario.after
        return Row(
            scenario.scenario,
            (
                Cell(words.text(scenario.name)),
                Cell(then.both(before), before, tone=tone_of(before)),
                Cell(now.both(after), after, tone=tone_of(after)),
            ),
        )

    return TableView(
        words.text("The same scenarios on both lists"),
        _columns(words, words.text("Scenario")),
        tuple(row(change) for change in found.losses),
        empty=words.text("No scenario has been run yet."),
    )


def _lines(found: Comparison, words: Words) -> TableView:
    measure = Measure(found.after, words)

    def row(line: LineChange) -> Row:
        return Row(
            line.key,
            (
                Cell(line.label),
                Cell(
                    words.text(FATES[line.fate]),
                    tone=Tone.MUTED if line.fate is Fate.PRICED else Tone.PLAIN,
                ),
                Cell(_units(words, line.quantity_before), line.quantity_before),
                Cell(_units(words, line.quantity_after), line.quantity_after),
                Cell(measure.money(line.value_before), line.value_before),
                Cell(measure.money(line.value_after), line.value_after),
            ),
        )

    return TableView(
        words.text("Lines, in {currency}", currency=measure.currency),
        (
            Column("line", words.text("Holding"), stretch=True),
            Column("fate", words.text("What changed")),
            Column("units_before", words.text("Units before"), numeric=True),
            Column("units_after", words.text("Units now"), numeric=True),
            Column("before", words.text("Before"), numeric=True),
            Column("after", words.text("Now"), numeric=True),
        ),
        tuple(row(line) for line in found.lines if line.fate is not Fate.SAME),
        empty=words.text("Every line is the same."),
    )


def _units(words: Words, quantity: float | None) -> str:
    # A number of shares times a public price is an amount, so it hides with the amounts.
    if quantity is None:
        return UNKNOWN
    return words.money(quantity, "") if words.hide_amounts else words.number(quantity, 4)


# --- chart -------------------------------------------------------------------------------------------------


def _bets(found: Comparison, words: Words, changes: Sequence[ShareChange]) -> DumbbellView:
    then, now = Measure(found.before, words), Measure(found.after, words)
    empty = words.text("No bet moved.")
    rows = tuple(
        DumbbellRow(
            key=change.id,
            label=_bet_name(words, change),
            labelled=then.share(change.before),
            effective=now.share(change.after),
            labelled_text=then.percent(change.before),
            effective_text=now.percent(change.after),
        )
        for change in changes
    )
    return DumbbellView(
        title=words.text("Bets as a share of your money: before and now"),
        summary=words.text(
            "{name} moved most: {before} before, {after} now.",
            name=rows[0].label,
            before=rows[0].labelled_text,
            after=rows[0].effective_text,
        )
        if rows
        else empty,
        empty_text=empty,
        rows=rows,
        axis=make_axis(
            [side for row in rows for side in (row.labelled, row.effective)],
            lambda value: words.percent(value, digits=0),
        ),
        labelled_legend=words.text("before"),
        effective_legend=words.text("now"),
    )
