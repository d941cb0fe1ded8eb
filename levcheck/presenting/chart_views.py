"""What each chart draws: frozen values with their texts already in the reader's language.

A chart computes positions on paper and nothing else. Every mark carries a ``key`` (what to select or explain), the
numbers that give it its length, the texts beside it and the roles (ink, family, wrapper) that give it its look.
Numbers are in one unit per chart: money in the base currency, or shares when amounts are hidden. An unknown is None.
"""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from levcheck.domain.instrument import Wrapper
from levcheck.domain.theme import Family
from levcheck.presenting.figures import Ink as Ink  # noqa: PLC0414  # charts are made of inks; they are defined with the figures so that a window starts without charts


class StepKind(StrEnum):
    """What a bar of a waterfall stands for."""

    LEVEL = "level"
    CHANGE = "change"


class Grade(StrEnum):
    """How well a part of the money is understood."""

    FULL = "full"
    PARTIAL = "partial"
    STAND_IN = "stand-in"
    UNKNOWN = "unknown"
    NOT_ASKED = "not-asked"


@dataclass(frozen=True, slots=True)
class Tick:
    """One place on an axis with its text."""

    value: float
    text: str


@dataclass(frozen=True, slots=True)
class Axis:
    """A value axis; it always contains zero.

    Attributes:
        low: smallest value on it.
        high: largest value on it.
        ticks: places with texts, ascending, all inside [low, high].
        title: unit and meaning ("US dollars in effect"); empty when the labels say it.
    """

    low: float
    high: float
    ticks: tuple[Tick, ...]
    title: str = ""


def make_axis(
    values: Iterable[float | None],
    text: Callable[[float], str],
    *,
    count: int = 5,
    title: str = "",
) -> Axis:
    """Return an axis that contains zero and every value, with about `count` round ticks inside.

    It ends at the outermost value unless the next tick is near: room beyond the data would only shrink the marks.

    Args:
        values: what will be drawn; None and infinities are passed over.
        text: how a tick value is written (``words.money`` with its currency, or ``words.percent``).
        count: wanted number of intervals; steps are 1, 2, 2.5 or 5 times a power of ten.
        title: unit and meaning.

    >>> [tick.value for tick in make_axis([3.0, 41.0], str).ticks]
    [0.0, 10.0, 20.0, 30.0, 40.0]
    """
    known = [v for v in values if v is not None and math.isfinite(v)]
    low, high = min([0.0, *known]), max([0.0, *known])
    if high == low:
        high = 1.0
    step = _round_step((high - low) / max(count, 1))
    low, high = -_snug(-low, step), _snug(high, step)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    marks = [round(step * index, 12) for index in range(first, last + 1)]
    return Axis(low, high, tuple(Tick(value, text(value)) for value in marks), title)


def _snug(reach: float, step: float) -> float:
    """Return where an axis ends: at the next tick when that is within a quarter of a step."""
    upper = math.ceil(reach / step - 1e-9) * step
    return round(upper, 12) if upper - reach <= step / 4 else reach


def _round_step(raw: float) -> float:
    power = 10.0 ** math.floor(math.log10(raw))
    for factor in (1.0, 2.0, 2.5, 5.0):
        if raw <= factor * power * (1 + 1e-9):
            return factor * power
    return 10.0 * power


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartView:
    """What every chart has.

    Attributes:
        title: short name of the chart; its accessible name.
        summary: one sentence that says what the chart shows; its accessible description.
        empty_text: what stands in the place of the marks when there are none.
    """

    title: str
    summary: str
    empty_text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DumbbellRow:
    """Two values of one thing on one line.

    Attributes:
        key: what to select or explain.
        label: its name.
        labelled: first value (hollow mark): as the label says, or before; None = unknown.
        effective: second value (solid mark): in effect, or after; None = unknown.
        labelled_text: first value as text.
        effective_text: second value as text; stands at the mark.
        short: negative part of the second value (≤ 0); drawn to the left of zero; 0 = none.
        short_text: it as text.
        family: gives the colour; None = the neutral accent of before and after.
        badge: two letters beside the name; empty = the family's own.
        note: small words beside or below the name ("6 doors").
        spoken: what a screen reader hears; empty = label and texts.
        more: what is said beside the note where there is room for both, and in its place where there is not.
    """

    key: str
    label: str
    labelled: float | None
    effective: float | None
    labelled_text: str
    effective_text: str
    short: float = 0.0
    short_text: str = ""
    family: Family | None = None
    badge: str = ""
    note: str = ""
    spoken: str = ""
    more: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DumbbellView(ChartView):
    """Labelled against in effect (or before against after), one row each.

    Attributes:
        rows: in the order drawn, top first.
        axis: shared by all rows.
        labelled_legend: what the hollow mark means ("as labelled").
        effective_legend: what the solid mark means ("in effect").
        short_legend: what the part left of zero means; needed when any row has one.
    """

    rows: tuple[DumbbellRow, ...]
    axis: Axis
    labelled_legend: str
    effective_legend: str
    short_legend: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorSegment:
    """One door of a bet.

    Attributes:
        key: what to select or explain.
        label: the holding, or the group of holdings ("2 stocks").
        value: signed amount; negative segments stand left of zero.
        text: the amount as text.
        share_text: its share of the whole as text.
        wrapper: gives the pattern.
        spoken: what a screen reader hears; empty = label and texts.
    """

    key: str
    label: str
    value: float
    text: str
    share_text: str = ""
    wrapper: Wrapper
    spoken: str = ""


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """The meaning of one wrapper's pattern."""

    wrapper: Wrapper
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorsView(ChartView):
    """One bet as one bar cut by the wrappers that carry it.

    Attributes:
        segments: largest first.
        family: the bet's family; gives the colour.
        legend: the wrappers that occur, in the order they should be named.
        total_text: the whole as text, shown at the end of the bar.
        more_text: stands for the rows that did not fit; ``{n}`` is their number.
    """

    segments: tuple[DoorSegment, ...]
    family: Family
    legend: tuple[LegendEntry, ...] = ()
    total_text: str = ""
    more_text: str = "+ {n}"


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixLabel:
    """One holding along both sides of the matrix.

    Attributes:
        key: its id.
        label: name at the row.
        short: symbol at the head of the column; empty = the label.
    """

    key: str
    label: str
    short: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixCell:
    """What one pair shares.

    Attributes:
        key: what to select or explain.
        row: index of the later label.
        column: index of the earlier label; always < row.
        value: −1 to 1; the sign gives the hue, the size the strength.
        text: printed in the cell ("67%").
        spoken: what a screen reader hears; empty = both labels and the text.
    """

    key: str
    row: int
    column: int
    value: float
    text: str
    spoken: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixView(ChartView):
    """Pairs of at most 15 holdings as a triangle of cells.

    Attributes:
        labels: the holdings, in the order drawn.
        cells: pairs with something in common; a pair without a cell stays blank.
        low_text: the weak end of the colour scale ("nothing shared").
        high_text: the strong end ("the same thing").
        negative_text: what the opposite hue means; needed when a value is negative.
    """

    labels: tuple[MatrixLabel, ...]
    cells: tuple[MatrixCell, ...]
    low_text: str = ""
    high_text: str = ""
    negative_text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WaterfallStep:
    """One bar of the way from today to the stressed value.

    Attributes:
        key: what to select or explain.
        label: its name.
        kind: LEVEL stands on zero (today, subtotal, after); CHANGE hangs on the bar before it.
        value: the level, or the signed change.
        text: it as text.
        ink: LOSS, GAIN or NEUTRAL.
        low: worse end of the assumption range of a LEVEL; None = no range.
        high: better end.
        range_text: the range as text, shown under the name.
        spoken: what a screen reader hears; empty = label and texts.
    """

    key: str
    label: str
    kind: StepKind
    value: float
    text: str
    ink: Ink = Ink.NEUTRAL
    low: float | None = None
    high: float | None = None
    range_text: str = ""
    spoken: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WaterfallView(ChartView):
    """From today to the stressed value, step by step.

    Attributes:
        steps: top first; the first is a LEVEL.
        axis: contains zero and every level on the way.
    """

    steps: tuple[WaterfallStep, ...]
    axis: Axis


@dataclass(frozen=True, slots=True, kw_only=True)
class BarRow:
    """One bar.

    Attributes:
        key: what to select or explain.
        label: its name.
        value: signed length from zero; None = unknown (text only).
        text: the value as text.
        ink: gives the colour when there is no family.
        family: gives the colour; None = the ink does.
        wrapper: gives the pattern; None = solid.
        low: lower end of the assumption range; None = no range.
        high: upper end.
        note: small second line under the name.
        spoken: what a screen reader hears; empty = label and texts.
    """

    key: str
    label: str
    value: float | None
    text: str
    ink: Ink = Ink.NEUTRAL
    family: Family | None = None
    wrapper: Wrapper | None = None
    low: float | None = None
    high: float | None = None
    note: str = ""
    spoken: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BarsView(ChartView):
    """Sorted bars that start at zero.

    Attributes:
        rows: in the order drawn, top first.
        axis: contains zero.
        legend: meaning of the wrappers that occur.
        more_text: stands for rows that did not fit on paper; ``{n}`` is their number.
    """

    rows: tuple[BarRow, ...]
    axis: Axis
    legend: tuple[LegendEntry, ...] = ()
    more_text: str = "+ {n}"


@dataclass(frozen=True, slots=True, kw_only=True)
class PathLine:
    """One course over time.

    Attributes:
        key: what to select or explain.
        label: its name; stands at the end of the line.
        points: (x, y), x ascending.
        text: the last value as text; stands beside the name.
        family: gives the colour; None = the ink does.
        ink: gives the colour when there is no family.
        dashed: drawn dashed, so that it is told apart without colour.
        sample: one of many thin sample courses without a label.
        spoken: what a screen reader hears; empty = label and text.
    """

    key: str
    label: str
    points: tuple[tuple[float, float], ...]
    text: str = ""
    family: Family | None = None
    ink: Ink = Ink.NEUTRAL
    dashed: bool = False
    sample: bool = False
    spoken: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PathsView(ChartView):
    """Courses over time from one common start.

    Attributes:
        lines: drawn in this order, the last on top.
        across: the time axis.
        up: the value axis.
        start: the level all lines begin at; drawn as a reference line.
        start_text: its text.
    """

    lines: tuple[PathLine, ...]
    across: Axis
    up: Axis
    start: float = 0.0
    start_text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """One of the equally likely outcomes.

    Attributes:
        key: what to select or explain.
        value: where it lies.
        text: it as text.
        ink: LOSS for those the sentence counts.
        spoken: what a screen reader hears; empty = the text.
    """

    key: str
    value: float
    text: str
    ink: Ink = Ink.NEUTRAL
    spoken: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DotsView(ChartView):
    """Twenty equally likely outcomes, stacked in order.

    Attributes:
        dots: ascending by value.
        axis: contains every dot (it need not contain zero).
        threshold: a marked value ("lose more than half"); None = none.
        threshold_text: what it means.
    """

    dots: tuple[Dot, ...]
    axis: Axis
    threshold: float | None = None
    threshold_text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CoveragePart:
    """A part of the money by how well it is understood.

    Attributes:
        key: what to select or explain.
        label: "seen through", "partly" …
        share: of the whole, 0 to 1.
        text: it as text.
        grade: gives the look.
        spoken: what a screen reader hears; empty = label and text.
    """

    key: str
    label: str
    share: float
    text: str
    grade: Grade
    spoken: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageView(ChartView):
    """One strip: how much of the money is understood, and how well."""

    parts: tuple[CoveragePart, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class UpSetSet:
    """One set of an UpSet chart.

    Attributes:
        key: what to select or explain.
        label: its name.
        value: its size (≥ 0).
        text: it as text.
        family: gives the colour of its bar; None = neutral.
        spoken: what a screen reader hears; empty = label and text.
    """

    key: str
    label: str
    value: float
    text: str
    family: Family | None = None
    spoken: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class UpSetGroup:
    """What exactly these sets share.

    Attributes:
        key: what to select or explain.
        members: indices into the sets.
        value: its size (≥ 0).
        text: it as text.
        spoken: what a screen reader hears; empty = the names of the sets and the text.
    """

    key: str
    members: tuple[int, ...]
    value: float
    text: str
    spoken: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class UpSetView(ChartView):
    """Which combinations of holdings carry a bet.

    Attributes:
        sets: rows, largest first.
        groups: columns, largest first.
        set_title: what the bars of the rows measure.
        group_title: what the bars of the columns measure.
        more_text: stands for the columns that did not fit; ``{n}`` is their number.
    """

    sets: tuple[UpSetSet, ...]
    groups: tuple[UpSetGroup, ...]
    set_title: str = ""
    group_title: str = ""
    more_text: str = "+ {n}"


AnyChartView = (
    DumbbellView
    | DoorsView
    | MatrixView
    | WaterfallView
    | BarsView
    | PathsView
    | DotsView
    | CoverageView
    | UpSetView
)
