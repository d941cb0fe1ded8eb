"""One scenario taken apart in three ways: by holding, by what is underneath, and by cause; each as chart and table."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from levcheck.app.analysis import Analysis, CauseLoss, PositionLoss, StressResult
from levcheck.app.explain_figures import CAUSE_GROUPS, RESET, cause_group
from levcheck.app.explain_parts import CAUSES, HOLDINGS
from levcheck.i18n.words import UNKNOWN, Words
from levcheck.presenting.chart_views import Ink, StepKind, WaterfallStep, WaterfallView
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
from levcheck.presenting.names import cause_name, full_name, line_label, model_name

LARGEST_STEPS = 6
"""Changes of a waterfall that are drawn one by one; the others are one step."""

MOST_NAMES = 40
"""Rows of the table of what is underneath; the rest is one row."""

ORDERS = ("size", "list", "name")
"""Ways to put the holdings in order: largest change first, as in the list, by name."""


@dataclass(frozen=True, slots=True)
class StressPart:
    """A scenario taken apart in one way.

    Attributes:
        id: ``holding``, ``root`` or ``cause``.
        label: its name on the switch.
        waterfall: from today to after.
        table: the same numbers.
    """

    id: str
    label: str
    waterfall: WaterfallView
    table: TableView


@dataclass(frozen=True, slots=True)
class Change:
    """One part of a result: its key, name, exact amount and the amount printed."""

    key: str
    label: str
    pnl: float
    printed: float


def stress_parts(
    analysis: Analysis, words: Words, result: StressResult, order: str = "size"
) -> tuple[StressPart, ...]:
    """Return the three ways."""
    holdings = holding_changes(analysis, result, order)
    roots = _root_changes(words, result)
    groups = _group_changes(words, result)
    return (
        StressPart(
            "holding",
            words.text("By holding"),
            waterfall(
                analysis, words, result, holdings, words.text("From today to after, by holding")
            ),
            holding_table(analysis, words, result, order),
        ),
        StressPart(
            "root",
            words.text("By what is inside"),
            waterfall(
                analysis,
                words,
                result,
                roots,
                words.text("From today to after, by what is inside"),
                CAUSES,
            ),
            _root_table(analysis, words, result),
        ),
        StressPart(
            "cause",
            words.text("By cause"),
            waterfall(
                analysis,
                words,
                result,
                groups,
                words.text("From today to after, by cause"),
                CAUSES,
            ),
            _group_table(analysis, words, result, groups),
        ),
    )


# --- the parts ---------------------------------------------------------------------------------------------


def printed_amounts(result: StressResult) -> dict[str, float]:
    """Return position → whole amount as chart and table print it; together they are the printed total."""
    rounded = add_up([loss.pnl for loss in result.positions])
    return dict(zip((loss.position for loss in result.positions), rounded, strict=True))


def ordered_losses(
    analysis: Analysis, losses: Sequence[PositionLoss], order: str
) -> list[PositionLoss]:
    """Return losses largest first, in the order of the list, or by name."""
    place = {line.id: number for number, line in enumerate(analysis.positions)}

    def rank(loss: PositionLoss) -> tuple[float, str]:
        if order == "name":
            return 0.0, line_label(analysis, loss.position).casefold()
        return (float(place[loss.position]) if order == "list" else -abs(loss.pnl)), ""

    return sorted(losses, key=rank)


def holding_changes(analysis: Analysis, result: StressResult, order: str) -> list[Change]:
    """Return what each holding adds; the ones that would stand in "others" last, whatever the order."""
    printed = printed_amounts(result)
    moved = [loss for loss in result.positions if round(loss.pnl, 2) != 0]
    by_size = ordered_losses(analysis, moved, "size")
    shown = by_size if len(by_size) <= LARGEST_STEPS + 1 else by_size[:LARGEST_STEPS]
    rest = by_size[len(shown) :]
    return [
        Change(
            number_key(What.LOSS, result.scenario, loss.position),
            line_label(analysis, loss.position),
            loss.pnl,
            printed[loss.position],
        )
        for loss in (*ordered_losses(analysis, shown, order), *rest)
    ]


def _by_size(result: StressResult) -> list[CauseLoss]:
    moved = [cause for cause in result.causes if round(cause.pnl, 2) != 0]
    return sorted(moved, key=lambda cause: -abs(cause.pnl))


def _root_changes(words: Words, result: StressResult) -> list[Change]:
    causes = _by_size(result)
    return [
        Change(
            number_key(What.CAUSE, result.scenario, cause.root),
            cause_name(words, cause),
            cause.pnl,
            amount,
        )
        for cause, amount in zip(causes, add_up([c.pnl for c in causes]), strict=True)
    ]


def _group_name(words: Words, group: str) -> str:
    return {
        "shocked": words.text("Moved by the scenario itself"),
        "follows": words.text("Follows as in the past"),
        "other": words.text("Everything else"),
        RESET: words.text("Daily reset and costs"),
    }[group]


def _group_changes(words: Words, result: StressResult) -> list[Change]:
    sums = {group: math.fsum(c.pnl for c in cause_group(result, group)) for group in CAUSE_GROUPS}
    kept = {group: pnl for group, pnl in sums.items() if round(pnl, 2) != 0}
    return [
        Change(
            number_key(What.CAUSE_GROUP, result.scenario, group),
            _group_name(words, group),
            pnl,
            amount,
        )
        for (group, pnl), amount in zip(kept.items(), add_up(list(kept.values())), strict=True)
    ]


# --- the chart ---------------------------------------------------------------------------------------------


def rest_key(scenario: str, kind: str, shown: int) -> str:
    """Return the key of what all but the largest parts add to a scenario's result."""
    return number_key(What.REST, scenario, kind, str(shown))


def waterfall(
    analysis: Analysis,
    words: Words,
    result: StressResult,
    changes: Sequence[Change],
    title: str,
    kind: str = HOLDINGS,
) -> WaterfallView:
    """Return the way from today to after, the first changes one by one and the others as one step.

    Args:
        analysis: the result.
        words: how the user is spoken to.
        result: of the scenario.
        changes: what each part adds, the largest first, those of "others" last.
        title: of the chart.
        kind: what the parts are, ``holdings`` or ``causes``.
    """
    measure = Measure(analysis, words)
    today = analysis.equity
    shown = changes if len(changes) <= LARGEST_STEPS + 1 else changes[:LARGEST_STEPS]
    rest = result.pnl - math.fsum(change.pnl for change in shown)
    steps = [level(measure, number_key(What.EQUITY), words.text("Today"), today)]
    steps += [
        WaterfallStep(
            key=change.key,
            label=change.label,
            kind=StepKind.CHANGE,
            value=measure.length(change.pnl) or 0.0,
            text=measure.both(change.pnl, change.printed),
            ink=Ink.LOSS if change.pnl < 0 else Ink.GAIN,
        )
        for change in shown
    ]
    if len(shown) < len(changes):
        key = rest_key(result.scenario, kind, len(shown))
        steps.append(_others(words, measure, key, len(changes) - len(shown), rest))
    steps.append(_after(words, measure, result, today))
    levels: list[float | None] = [today, today + result.low, today + result.high]
    return WaterfallView(
        title=title,
        summary=words.text(
            "From {before} today to {after} after.",
            before=measure.both(today),
            after=measure.both(today + result.pnl),
        ),
        empty_text=words.text("Choose a scenario to see what it does."),
        steps=tuple(steps),
        axis=measure.axis(levels),
    )


def level(measure: Measure, key: str, label: str, value: float) -> WaterfallStep:
    """Return a bar that stands on zero."""
    return WaterfallStep(
        key=key,
        label=label,
        kind=StepKind.LEVEL,
        value=measure.length(value) or 0.0,
        text=measure.both(value),
    )


def _others(words: Words, measure: Measure, key: str, count: int, rest: float) -> WaterfallStep:
    return WaterfallStep(
        key=key,
        label=words.count("{n} other", "{n} others", count),
        kind=StepKind.CHANGE,
        value=measure.length(rest) or 0.0,
        text=measure.both(rest),
        ink=Ink.LOSS if rest < 0 else Ink.GAIN,
    )


def _after(words: Words, measure: Measure, result: StressResult, today: float) -> WaterfallStep:
    has_range = round(result.low, 2) != round(result.high, 2)
    return WaterfallStep(
        key=number_key(What.SCENARIO, result.scenario),
        label=words.text("After"),
        kind=StepKind.LEVEL,
        value=measure.length(today + result.pnl) or 0.0,
        text=measure.both(today + result.pnl),
        low=measure.length(today + result.low) if has_range else None,
        high=measure.length(today + result.high) if has_range else None,
        range_text=words.text(
            "{low} to {high}",
            low=measure.money(today + result.low),
            high=measure.money(today + result.high),
        )
        if has_range and not words.hide_amounts
        else "",
    )


# --- the tables --------------------------------------------------------------------------------------------


def holding_table(
    analysis: Analysis, words: Words, result: StressResult | None, order: str = "size"
) -> TableView:
    """Return the change of each holding."""
    measure = Measure(analysis, words)
    rows: tuple[Row, ...] = ()
    if result is not None:
        printed = printed_amounts(result)
        rows = tuple(
            _holding_row(analysis, words, measure, result, loss, printed[loss.position])
            for loss in ordered_losses(analysis, result.positions, order)
        )
    return TableView(
        words.text("Change by holding, in {currency}", currency=measure.currency),
        (
            Column("line", words.text("Holding"), stretch=True),
            Column("value", words.text("Today"), numeric=True),
            Column("multiple", words.text("Multiple"), numeric=True, spare=4),
            Column("move", words.text("Its underlying"), numeric=True, spare=3),
            Column("pnl", words.text("Change"), numeric=True),
            Column("share", words.text("Of its value"), numeric=True),
            Column("low", words.text("Worse end"), numeric=True, spare=1),
            Column("high", words.text("Better end"), numeric=True, spare=2),
        ),
        rows,
        _holding_total(analysis, words, measure, result) if result and rows else None,
        words.text("No holding could be valued."),
    )


def _holding_row(
    analysis: Analysis,
    words: Words,
    measure: Measure,
    result: StressResult,
    loss: PositionLoss,
    amount: float,
) -> Row:
    line = analysis.position(loss.position)
    key = number_key(What.LOSS, result.scenario, loss.position)
    span = number_key(What.LOSS_RANGE, result.scenario, loss.position)
    wiped = words.text("wiped out on the way") if loss.terminated else ""
    how = ", ".join(part for part in (model_name(words, loss.model), wiped) if part)
    return Row(
        key,
        (
            Cell(line.label, hint=full_name(line)),
            Cell(
                measure.money(line.market_value),
                line.market_value,
                number_key(What.POSITION_VALUE, line.id),
            ),
            Cell(
                words.multiple(line.daily_leverage_factor),
                line.daily_leverage_factor,
                number_key(What.MULTIPLE, line.id),
            ),
            Cell(
                words.percent(loss.underlying_move),
                loss.underlying_move,
                number_key(What.MOVE, result.scenario, line.id),
            ),
            Cell(measure.money(amount), loss.pnl, key, tone_of(loss.pnl), hint=how),
            Cell(words.percent(loss.share), loss.share, key, tone_of(loss.pnl), hint=how),
            Cell(measure.money(loss.low), loss.low, span),
            Cell(measure.money(loss.high), loss.high, span),
        ),
    )


def _holding_total(analysis: Analysis, words: Words, measure: Measure, result: StressResult) -> Row:
    key = number_key(What.SCENARIO, result.scenario)
    span = number_key(What.RANGE, result.scenario)
    tone = tone_of(result.pnl)
    return Row(
        key,
        (
            Cell(words.text("Together")),
            Cell(measure.money(analysis.equity), key=number_key(What.EQUITY)),
            Cell(""),
            Cell(""),
            Cell(measure.money(result.pnl), key=key, tone=tone),
            Cell(words.percent(result.share_of_equity), key=key, tone=tone),
            Cell(measure.money(result.low), key=span),
            Cell(measure.money(result.high), key=span),
        ),
    )


def _root_table(analysis: Analysis, words: Words, result: StressResult) -> TableView:
    measure = Measure(analysis, words)
    causes = _by_size(result)
    listed = causes if len(causes) <= MOST_NAMES + 1 else causes[:MOST_NAMES]
    rest = math.fsum(cause.pnl for cause in causes[len(listed) :])
    amounts = add_up([*(cause.pnl for cause in listed), rest])
    rows = [
        _root_row(analysis, words, measure, result, cause, amount)
        for cause, amount in zip(listed, amounts, strict=False)
    ]
    if len(listed) < len(causes):
        key = rest_key(result.scenario, CAUSES, len(listed))
        label = words.count("{n} other", "{n} others", len(causes) - len(listed))
        rows.append(
            Row(
                "rest",
                (
                    Cell(label),
                    Cell(""),
                    Cell(""),
                    Cell(""),
                    Cell(measure.money(amounts[-1]), rest, key, tone_of(rest)),
                    Cell(measure.percent(rest), rest, key, tone_of(rest)),
                ),
            )
        )
    return TableView(
        words.text("Change by what is inside, in {currency}", currency=measure.currency),
        (
            Column("root", words.text("Name inside"), stretch=True),
            Column("effect", words.text("In effect"), numeric=True),
            Column("move", words.text("Its move"), numeric=True),
            Column("how", words.text("Why it moves"), spare=1),
            Column("pnl", words.text("Change"), numeric=True),
            Column("share", words.text("Of your money"), numeric=True),
        ),
        tuple(rows),
        _short_total(words, measure, result, blanks=3),
        words.text("Nothing moved."),
    )


def _root_row(
    analysis: Analysis,
    words: Words,
    measure: Measure,
    result: StressResult,
    cause: CauseLoss,
    amount: float,
) -> Row:
    key = number_key(What.CAUSE, result.scenario, cause.root)
    held = next((e for e in analysis.exposures if e.root == cause.root), None)
    move, how = next(((m, h) for root, m, h in result.root_moves if root == cause.root), (None, ""))
    why = {"shocked": words.text("in the scenario"), "follows": words.text("follows")}.get(
        how, UNKNOWN
    )
    return Row(
        key,
        (
            Cell(cause_name(words, cause), hint=cause.name),
            Cell(measure.money(held.net), held.net, number_key(What.EXPOSURE, held.root))
            if held
            else Cell(""),
            Cell(words.percent(move), move, key) if how else Cell(""),
            Cell(why, hint=why),
            Cell(measure.money(amount), cause.pnl, key, tone_of(cause.pnl)),
            Cell(measure.percent(cause.pnl), cause.pnl, key, tone_of(cause.pnl)),
        ),
    )


def _group_table(
    analysis: Analysis, words: Words, result: StressResult, groups: Sequence[Change]
) -> TableView:
    measure = Measure(analysis, words)
    rows = []
    for change in groups:
        names = len(cause_group(result, change.key.rsplit("|", maxsplit=1)[-1]))
        rows.append(
            Row(
                change.key,
                (
                    Cell(change.label, hint=change.label),
                    Cell(words.number(names), names, change.key),
                    Cell(
                        measure.money(change.printed), change.pnl, change.key, tone_of(change.pnl)
                    ),
                    Cell(measure.percent(change.pnl), change.pnl, change.key, tone_of(change.pnl)),
                ),
            )
        )
    return TableView(
        words.text("Change by cause, in {currency}", currency=measure.currency),
        (
            Column("cause", words.text("Cause"), stretch=True),
            Column("names", words.text("Parts"), numeric=True),
            Column("pnl", words.text("Change"), numeric=True),
            Column("share", words.text("Of your money"), numeric=True),
        ),
        tuple(rows),
        _short_total(words, measure, result, blanks=1),
        words.text("Nothing moved."),
    )


def _short_total(words: Words, measure: Measure, result: StressResult, *, blanks: int) -> Row:
    key, tone = number_key(What.SCENARIO, result.scenario), tone_of(result.pnl)
    return Row(
        key,
        (
            Cell(words.text("Together")),
            *(Cell("") for _ in range(blanks)),
            Cell(measure.money(result.pnl), key=key, tone=tone),
            Cell(words.percent(result.share_of_equity), key=key, tone=tone),
        ),
    )
