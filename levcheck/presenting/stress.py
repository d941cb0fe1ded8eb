"""Stress: how much could I lose if this happens?"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from levcheck.app.analysis import Analysis, PositionLoss, StressResult
from levcheck.i18n.words import Words
from levcheck.presenting.borrowing import margin_figure, margin_line
from levcheck.presenting.chart_views import (
    BarRow,
    BarsView,
    Ink,
    StepKind,
    WaterfallStep,
    WaterfallView,
)
from levcheck.presenting.figures import (
    Cell,
    Column,
    Figure,
    Row,
    TableView,
    What,
    add_up,
    number_key,
    tone_of,
)
from levcheck.presenting.measure import Measure
from levcheck.presenting.names import SHAPE_NAMES, full_name, line_label, model_name, short_name
from levcheck.presenting.verdict import coverage_sentence, footer_sentence

LARGEST_STEPS = 5
"""Changes of the waterfall that are drawn one by one; the others are one step."""
LARGEST_BARS = 5


@dataclass(frozen=True, slots=True)
class ScenarioChoice:
    """One scenario of the list.

    Attributes:
        id: its id.
        name: short title.
        story: what happens, in a sentence or two.
        basis: when it happened, or that it is assumed; and where the figures come from.
        result: what it does to this portfolio.
    """

    id: str
    name: str
    story: str
    basis: str
    result: Figure


@dataclass(frozen=True, slots=True)
class StressView:
    """Everything the Stress screen shows for one scenario.

    Attributes:
        scenarios: to choose from.
        chosen: id of the one shown; None when none was run.
        headline: the loss in one sentence.
        range_sentence: low and high estimates.
        limits: what the chart can and cannot tell; stands above it.
        story: the chosen scenario's story and basis.
        source: where its figures come from; "" when it does not say.
        waterfall: today to after, by holding.
        bars: by what caused it.
        table: by holding.
        gap: what is in no number.
        left_out: holdings this scenario could not value; "" when none.
        footer: what this page is.
        margin_line: how far the margin call is, and what this scenario would make the broker sell; "" without debt.
        margin: the cushion above the demand of the broker; None without debt.
    """

    scenarios: tuple[ScenarioChoice, ...]
    chosen: str | None
    headline: str
    range_sentence: str
    limits: str
    story: str
    source: str
    waterfall: WaterfallView
    bars: BarsView
    table: TableView
    gap: str
    left_out: str
    footer: str
    margin_line: str = ""
    margin: Figure | None = None


def stress_view(analysis: Analysis, words: Words, scenario: str | None = None) -> StressView:
    """Return the screen for one scenario: the one asked for, or the one that costs most."""
    result = _chosen(analysis, scenario)
    return StressView(
        scenarios=tuple(_choice(analysis, words, r) for r in analysis.stress),
        chosen=result.scenario if result else None,
        headline=_headline(analysis, words, result),
        range_sentence=_range(analysis, words, result),
        limits=limits_sentence(words, result),
        story=_story(words, result),
        source=_source(words, result),
        waterfall=_waterfall(analysis, words, result),
        bars=_causes(analysis, words, result),
        table=_table(analysis, words, result),
        gap=coverage_sentence(words, analysis),
        left_out=_left_out(analysis, words, result),
        footer=footer_sentence(words),
        margin_line=margin_line(analysis, words, result),
        margin=margin_figure(analysis, words),
    )


def trial_figure(analysis: Analysis, words: Words) -> Figure | None:
    """Return the total of the one scenario an analysis was tried under; None when it has none."""
    if not analysis.stress:
        return None
    result = analysis.stress[0]
    return Figure(
        Measure(analysis, words).both(result.pnl),
        None,
        tone_of(result.pnl),
        words.text(result.facts.name),
    )


def _chosen(analysis: Analysis, scenario: str | None) -> StressResult | None:
    for result in analysis.stress:
        if result.scenario == scenario:
            return result
    return min(analysis.stress, key=lambda r: r.pnl, default=None)


def _choice(analysis: Analysis, words: Words, result: StressResult) -> ScenarioChoice:
    measure = Measure(analysis, words)
    facts = result.facts
    return ScenarioChoice(
        id=result.scenario,
        name=words.text(facts.name),
        story=words.text(facts.story) if facts.story else "",
        basis=_basis(words, result),
        result=Figure(
            measure.both(result.pnl),
            number_key(What.SCENARIO, result.scenario),
            tone_of(result.pnl),
            words.text(facts.name),
        ),
    )


def _basis(words: Words, result: StressResult) -> str:
    facts = result.facts
    if facts.dates:
        first, _, last = facts.dates.partition("/")
        when = words.text(
            "It happened from {first} to {last}.",
            first=words.day(first),
            last=words.day(last or first),
        )
    else:
        when = words.text("This is an assumption.")
    days = (
        words.count("{n} trading day", "{n} trading days", result.horizon_days)
        if result.horizon_days
        else words.text("in one instant")
    )
    shape = words.text(SHAPE_NAMES[facts.shape]) if result.horizon_days > 1 else ""
    course = f"{days}, {shape}." if shape else f"{days}."
    return f"{when} {course[:1].upper()}{course[1:]}"


def _story(words: Words, result: StressResult | None) -> str:
    if result is None:
        return ""
    facts = result.facts
    parts = (words.text(facts.story) if facts.story else "", _basis(words, result))
    return " ".join(part for part in parts if part)


def _source(words: Words, result: StressResult | None) -> str:
    if result is None or not result.facts.source:
        return ""
    return words.text("Source: {source}.", source=words.text(result.facts.source).rstrip(".。"))


# --- sentences ---------------------------------------------------------------------------------------------


def _headline(analysis: Analysis, words: Words, result: StressResult | None) -> str:
    if result is None:
        return words.text("No scenario has been run yet.")
    measure = Measure(analysis, words)
    name = words.text(result.facts.name)
    amount = measure.both(abs(result.pnl))
    if round(result.pnl, 2) == 0:
        return words.text("{scenario}: nothing you hold would change.", scenario=name)
    if result.pnl > 0:
        return words.text(
            "{scenario}: you could gain about {amount}.", scenario=name, amount=amount
        )
    first = words.text("{scenario}: you could lose about {amount}.", scenario=name, amount=amount)
    carriers = holdings_behind_half(result)
    if carriers == 0:
        return first
    second = words.count(
        "Most of it comes from {n} holding.", "Most of it comes from {n} holdings.", carriers
    )
    return f"{first} {second}"


def holdings_behind_half(result: StressResult) -> int:
    """Return the smallest number of holdings that together make more than half of all losses."""
    losses = sorted((-loss.pnl for loss in result.positions if loss.pnl < 0), reverse=True)
    half, running = math.fsum(losses) / 2, 0.0
    for count, loss in enumerate(losses, start=1):
        running += loss
        if running > half:
            return count
    return 0


def _range(analysis: Analysis, words: Words, result: StressResult | None) -> str:
    if result is None:
        return ""
    if round(result.low, 2) == round(result.high, 2):
        return words.text("This figure has no range: the shock is taken exactly as given.")
    measure = Measure(analysis, words)
    if result.high <= 0:
        return words.text(
            "Our low and high estimates of the loss run from {low} to {high}. We do not know how likely this is.",
            low=measure.both(abs(result.high)),
            high=measure.both(abs(result.low)),
        )
    return words.text(
        "Our low and high estimates run from {low} to {high}. We do not know how likely this is.",
        low=measure.both(result.low),
        high=measure.both(result.high),
    )


def limits_sentence(words: Words, result: StressResult | None) -> str:
    """Return what the chart can and cannot tell; it stands above the chart."""
    moves = result.root_moves if result else ()
    follows = words.text(
        "It assumes that other prices follow as they did in the past."
        if any(how == "follows" for _, _, how in moves)
        else "Prices it does not name stay where they are."
    )
    return words.text(
        "This shows what the shock would do to your list. It is no forecast, and the real loss can be larger. {follows}",
        follows=follows,
    )


def _left_out(analysis: Analysis, words: Words, result: StressResult | None) -> str:
    known = {gap.position for gap in analysis.coverage.left_out}
    left_out = [p for p in result.left_out if p not in known] if result else []
    if not left_out:
        return ""
    names = ", ".join(line_label(analysis, p) for p in left_out[:4])
    return words.count(
        "{n} holding could not be valued in this scenario: {names}.",
        "{n} holdings could not be valued in this scenario: {names}.",
        len(left_out),
        names=names + (" …" if len(left_out) > 4 else ""),
    )


# --- charts ------------------------------------------------------------------------------------------------


def _waterfall(analysis: Analysis, words: Words, result: StressResult | None) -> WaterfallView:
    measure = Measure(analysis, words)
    title = words.text("From today to after, by holding")
    empty = words.text("Choose a scenario to see what it does.")
    if result is None:
        return WaterfallView(
            title=title, summary=empty, empty_text=empty, steps=(), axis=measure.axis([])
        )
    today, printed = analysis.equity, _printed(result)
    moved = [loss for loss in result.positions if round(loss.pnl, 2) != 0]
    by_size = sorted(moved, key=lambda loss: -abs(loss.pnl))
    shown = by_size if len(by_size) <= LARGEST_STEPS + 1 else by_size[:LARGEST_STEPS]
    rest = result.pnl - math.fsum(loss.pnl for loss in shown)
    key = number_key(What.SCENARIO, result.scenario)
    steps = [_level(measure, number_key(What.EQUITY), words.text("Today"), today)]
    steps += [_change(analysis, measure, result, loss, printed) for loss in shown]
    if len(shown) < len(by_size):
        steps.append(
            WaterfallStep(
                key=key,
                label=words.count("{n} other", "{n} others", len(by_size) - len(shown)),
                kind=StepKind.CHANGE,
                value=measure.length(rest) or 0.0,
                text=measure.both(rest),
                ink=Ink.LOSS if rest < 0 else Ink.GAIN,
            )
        )
    has_range = round(result.low, 2) != round(result.high, 2)
    steps.append(
        WaterfallStep(
            key=key,
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
    )
    levels: list[float | None] = [today, today + result.low, today + result.high]
    return WaterfallView(
        title=title,
        summary=words.text(
            "From {before} today to {after} after.",
            before=measure.both(today),
            after=measure.both(today + result.pnl),
        ),
        empty_text=empty,
        steps=tuple(steps),
        axis=measure.axis(levels),
    )


def _level(measure: Measure, key: str, label: str, value: float) -> WaterfallStep:
    return WaterfallStep(
        key=key,
        label=label,
        kind=StepKind.LEVEL,
        value=measure.length(value) or 0.0,
        text=measure.both(value),
    )


def _printed(result: StressResult) -> dict[str, float]:
    """Return position → whole amount as chart and table print it; together they are the printed total."""
    rounded = add_up([loss.pnl for loss in result.positions])
    return dict(zip((loss.position for loss in result.positions), rounded, strict=True))


def _change(
    analysis: Analysis,
    measure: Measure,
    result: StressResult,
    loss: PositionLoss,
    printed: Mapping[str, float],
) -> WaterfallStep:
    return WaterfallStep(
        key=number_key(What.LOSS, result.scenario, loss.position),
        label=line_label(analysis, loss.position),
        kind=StepKind.CHANGE,
        value=measure.length(loss.pnl) or 0.0,
        text=measure.both(loss.pnl, printed[loss.position]),
        ink=Ink.LOSS if loss.pnl < 0 else Ink.GAIN,
    )


def _causes(analysis: Analysis, words: Words, result: StressResult | None) -> BarsView:
    measure = Measure(analysis, words)
    title = words.text("What causes it")
    empty = words.text("Nothing moved.")
    causes = [c for c in result.causes if round(c.pnl, 2) != 0] if result else []
    if result is None or not causes:
        return BarsView(
            title=title, summary=empty, empty_text=empty, rows=(), axis=measure.axis([])
        )
    families = {exposure.root: exposure.family for exposure in analysis.exposures}
    by_size = sorted(causes, key=lambda cause: -abs(cause.pnl))
    shown = by_size if len(by_size) <= LARGEST_BARS + 1 else by_size[:LARGEST_BARS]
    rows = [
        BarRow(
            key=number_key(What.CAUSE, result.scenario, cause.root),
            label=words.text("Daily reset and costs")
            if cause.root == "reset-and-cost"
            else short_name(cause.name),
            value=measure.length(cause.pnl),
            text=_part(measure, cause.pnl),
            ink=Ink.LOSS if cause.pnl < 0 else Ink.GAIN,
            family=families.get(cause.root),
        )
        for cause in shown
    ]
    rest = math.fsum(cause.pnl for cause in by_size[len(shown) :])
    if len(shown) < len(by_size):
        rows.append(
            BarRow(
                key=number_key(What.SCENARIO, result.scenario),
                label=words.count("{n} other", "{n} others", len(by_size) - len(shown)),
                value=measure.length(rest),
                text=_part(measure, rest),
                ink=Ink.LOSS if rest < 0 else Ink.GAIN,
            )
        )
    top = rows[0]
    return BarsView(
        title=title,
        summary=words.text(
            "The largest part comes from {cause}: {amount}.", cause=top.label, amount=top.text
        ),
        empty_text=empty,
        rows=tuple(rows),
        axis=measure.axis([rest, *(cause.pnl for cause in shown)]),
    )


def _part(measure: Measure, amount: float) -> str:
    """Return an amount without its share, which stands beside the whole; the share when amounts are hidden."""
    return measure.percent(amount) if measure.words.hide_amounts else measure.money(amount)


def _table(analysis: Analysis, words: Words, result: StressResult | None) -> TableView:
    measure = Measure(analysis, words)
    rows: tuple[Row, ...] = ()
    if result is not None:
        printed = _printed(result)
        rows = tuple(
            _table_row(analysis, words, measure, result, loss, printed[loss.position])
            for loss in result.positions
        )
    return TableView(
        words.text("Change by holding, in {currency}", currency=measure.currency),
        (
            Column("line", words.text("Holding"), stretch=True),
            Column("value", words.text("Today"), numeric=True),
            Column("multiple", words.text("Multiple"), numeric=True, spare=4),
            Column("move", words.text("Its underlying"), numeric=True, spare=3),
            Column("pnl", words.text("Change"), numeric=True),
            Column("share", words.text("Share"), numeric=True),
            Column("low", words.text("Low"), numeric=True, spare=1),
            Column("high", words.text("High"), numeric=True, spare=2),
        ),
        rows,
        _total_row(analysis, words, measure, result) if result and rows else None,
        words.text("No holding could be valued."),
    )


def _table_row(
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


def _total_row(analysis: Analysis, words: Words, measure: Measure, result: StressResult) -> Row:
    key = number_key(What.SCENARIO, result.scenario)
    span = number_key(What.RANGE, result.scenario)
    return Row(
        key,
        (
            Cell(words.text("Together")),
            Cell(measure.money(analysis.equity), key=number_key(What.EQUITY)),
            Cell(""),
            Cell(""),
            Cell(measure.money(result.pnl), key=key, tone=tone_of(result.pnl)),
            Cell(words.percent(result.share_of_equity), key=key, tone=tone_of(result.pnl)),
            Cell(measure.money(result.low), key=span),
            Cell(measure.money(result.high), key=span),
        ),
    )
