"""Stress: how much could I lose if this happens?"""

import math
from dataclasses import dataclass

from levcheck.app.analysis import Analysis, NoteEnds, StressResult
from levcheck.app.explain_figures import cause_group
from levcheck.app.explain_parts import CAUSES
from levcheck.i18n.words import Words
from levcheck.presenting.borrowing import margin_figure, margin_line
from levcheck.presenting.chart_views import (
    BarRow,
    BarsView,
    Ink,
    WaterfallView,
)
from levcheck.presenting.choices import Choice
from levcheck.presenting.figures import (
    TRIED,
    Figure,
    TableView,
    What,
    number_key,
    tone_of,
)
from levcheck.presenting.measure import Measure
from levcheck.presenting.names import SHAPE_NAMES, cause_name, line_label
from levcheck.presenting.stress_compare import Comparison, comparison
from levcheck.presenting.stress_parts import (
    StressPart,
    holding_changes,
    holding_table,
    rest_key,
    stress_parts,
    waterfall,
)
from levcheck.presenting.verdict import (
    coverage_sentence,
    footer_sentence,
    nothing_yet_headline,
    nothing_yet_sentence,
)

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
        is_own: whether it is one of the user's own files, which can be renamed and removed.
    """

    id: str
    name: str
    story: str
    basis: str
    result: Figure
    is_own: bool = False


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
        headline_key: the number the sentence on top is about.
        nothing_yet: what will be here once a holding can be counted; "" when one can.
        parts: the scenario by holding, by name underneath and by cause, each as chart and table.
        order_key: in which order the holdings stand.
        orders: the orders to choose from.
        comparison: the scenario beside a second one; None when none is chosen.
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
    headline_key: str | None = None
    nothing_yet: str = ""
    parts: tuple[StressPart, ...] = ()
    order_key: str = "size"
    orders: tuple[Choice, ...] = ()
    comparison: Comparison | None = None


def stress_view(
    analysis: Analysis,
    words: Words,
    scenario: str | None = None,
    *,
    order: str = "size",
    beside: str | None = None,
) -> StressView:
    """Return the screen for one scenario: the one asked for, or the one that costs most.

    Args:
        analysis: the result.
        words: how the user is spoken to.
        scenario: id of the one to show; None = the one that costs most.
        order: in which order the holdings stand.
        beside: id of a second one to compare with; None = none.
    """
    result = _chosen(analysis, scenario)
    second = next((r for r in analysis.stress if r.scenario == beside), None)
    return StressView(
        scenarios=tuple(_choice(analysis, words, r) for r in _ordered(analysis)),
        chosen=result.scenario if result else None,
        headline=nothing_yet_headline(words, analysis) or _headline(analysis, words, result),
        range_sentence=range_sentence(analysis, words, result),
        limits=limits_sentence(analysis, words, result),
        story=_story(words, result),
        source=_source(words, result),
        waterfall=holdings_waterfall(analysis, words, result),
        bars=_causes(analysis, words, result),
        table=holding_table(analysis, words, result),
        gap=coverage_sentence(words, analysis),
        left_out=_left_out(analysis, words, result),
        footer=footer_sentence(words),
        margin_line=margin_line(analysis, words, result),
        margin=margin_figure(analysis, words),
        nothing_yet=nothing_yet_sentence(words, analysis, "stress"),
        headline_key=number_key(What.SCENARIO, result.scenario) if result else None,
        parts=stress_parts(analysis, words, result, order) if result else (),
        order_key=order,
        orders=_orders(words),
        comparison=comparison(analysis, words, result, second, order)
        if result and second and second is not result
        else None,
    )


def _orders(words: Words) -> tuple[Choice, ...]:
    return (
        Choice("size", words.text("Largest first")),
        Choice("list", words.text("As in your list")),
        Choice("name", words.text("By name")),
    )


def trial_figure(analysis: Analysis, words: Words) -> Figure | None:
    """Return the total of the one scenario an analysis was tried under; None when it has none."""
    if not analysis.stress:
        return None
    result = analysis.stress[0]
    return Figure(
        Measure(analysis, words).both(result.pnl),
        number_key(What.SCENARIO, result.scenario, TRIED),
        tone_of(result.pnl),
        words.text(result.facts.name),
    )


def _chosen(analysis: Analysis, scenario: str | None) -> StressResult | None:
    for result in analysis.stress:
        if result.scenario == scenario:
            return result
    return min(analysis.stress, key=lambda r: r.pnl, default=None)


def _ordered(analysis: Analysis) -> list[StressResult]:
    """Return the shock just asked for, then the costliest first: what hurts most is not to be looked for."""
    return sorted(analysis.stress, key=lambda result: (result.facts.origin != "custom", result.pnl))


def _choice(analysis: Analysis, words: Words, result: StressResult) -> ScenarioChoice:
    measure = Measure(analysis, words)
    facts = result.facts
    return ScenarioChoice(
        id=result.scenario,
        name=words.text(facts.name),
        story=words.text(facts.story) if facts.story else "",
        basis=_basis(words, result),
        result=Figure(
            measure.both(result.pnl, signed=True),
            number_key(What.SCENARIO, result.scenario),
            tone_of(result.pnl),
            words.text(facts.name),
        ),
        is_own=facts.origin == "user",
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
    course = (
        words.text("{days}, {shape}.", days=days, shape=shape)
        if shape
        else words.text("{days}.", days=days)
    )
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
        "More than half of it comes from {n} holding.",
        "More than half of it comes from {n} holdings.",
        carriers,
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


def range_sentence(analysis: Analysis, words: Words, result: StressResult | None) -> str:
    """Return the low and the high estimate in one sentence."""
    if result is None:
        return ""
    if round(result.low, 2) == round(result.high, 2):
        return words.text("This figure has no range: the shock is taken exactly as given.")
    measure = Measure(analysis, words)
    if result.high <= 0:
        return words.text(
            "The loss could be {low} at the better end of our range and {high} at the worse. We do not know how likely this is.",
            low=measure.both(abs(result.high)),
            high=measure.both(abs(result.low)),
        )
    return words.text(
        "Our range runs from {low} at the worse end to {high} at the better. We do not know how likely this is.",
        low=measure.both(result.low),
        high=measure.both(result.high),
    )


def limits_sentence(analysis: Analysis, words: Words, result: StressResult | None) -> str:
    """Return what the chart can and cannot tell; it stands above the chart."""
    return words.text(
        "This shows what the shock would do to your list. It is no forecast, and the real loss can be larger. {follows}",
        follows=_what_follows(analysis, words, result),
    )


def _what_follows(analysis: Analysis, words: Words, result: StressResult | None) -> str:
    """Return what is assumed of prices the scenario does not name, and what that adds to the loss."""
    if result is None or not any(how == "follows" for _, _, how in result.root_moves):
        return words.text("Prices it does not name stay where they are.")
    if result.facts.dates:
        return words.text(
            "Only the moves in its story are of that time. Other prices move with them as they usually do."
        )
    followed = math.fsum(cause.pnl for cause in cause_group(result, "follows"))
    if round(followed, 2) >= 0 or followed < result.pnl:
        return words.text("It assumes that other prices follow as they did in the past.")
    return words.text(
        "It assumes that other prices follow as they did in the past, which adds {loss} to the loss.",
        loss=Measure(analysis, words).both(abs(followed)),
    )


def _left_out(analysis: Analysis, words: Words, result: StressResult | None) -> str:
    known = {gap.position for gap in analysis.coverage.left_out}
    left_out = [p for p in result.left_out if p not in known] if result else []
    if not left_out:
        return ""
    names = ", ".join(line_label(analysis, p) for p in left_out[:4])
    told = words.count(
        "{n} holding could not be valued in this scenario: {names}.",
        "{n} holdings could not be valued in this scenario: {names}.",
        len(left_out),
        names=names + (" …" if len(left_out) > 4 else ""),
    )
    ends = [ends_text(analysis, words, one) for one in result.two_states] if result else []
    return " ".join([told, *ends])


def ends_text(analysis: Analysis, words: Words, ends: NoteEnds) -> str:
    """Return the two ends of a note whose terms are missing."""
    return words.text(
        "{line} repays {protected} of its nominal if its protection holds, {broken} if not.",
        line=line_label(analysis, ends.position),
        protected=words.percent(ends.protected),
        broken=words.percent(ends.broken),
    )


# --- charts ------------------------------------------------------------------------------------------------


def holdings_waterfall(
    analysis: Analysis, words: Words, result: StressResult | None
) -> WaterfallView:
    """Return the way from today to after, by holding."""
    title = words.text("From today to after, by holding")
    if result is None:
        empty = words.text("Choose a scenario to see what it does.")
        axis = Measure(analysis, words).axis([])
        return WaterfallView(title=title, summary=empty, empty_text=empty, steps=(), axis=axis)
    return waterfall(analysis, words, result, holding_changes(analysis, result, "size"), title)


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
            label=cause_name(words, cause),
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
                key=rest_key(result.scenario, CAUSES, len(shown)),
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
