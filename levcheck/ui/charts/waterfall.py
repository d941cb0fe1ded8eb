"""From today to the stressed value, one bar a step."""

from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QRectF

from levcheck.presenting.chart_views import Ink, StepKind, WaterfallStep, WaterfallView
from levcheck.ui.charts.bars import plot_of, range_curves
from levcheck.ui.charts.chart import Chart
from levcheck.ui.charts.composing import Composer, Scale, value_scale
from levcheck.ui.charts.picture import Bar, Curve
from levcheck.ui.charts.rows import RowLayout, RowName, lay_rows, rows_needed, spoken
from levcheck.ui.theme import Role

_GAP = 8.0
_ENOUGH = 0.6
"""The share of the width that bars have at least before figures make room for them."""


class _Side(Enum):
    """Where the figure of a step stands."""

    AFTER = "after its bar"
    BEFORE = "before it, over the empty ground"
    INSIDE = "on the bar"


@dataclass(frozen=True, slots=True)
class _Placed:
    step: WaterfallStep
    start: float
    end: float

    @property
    def reach(self) -> float:
        known = [v for v in (self.start, self.end, self.step.low, self.step.high) if v is not None]
        return max(known)


class WaterfallChart(Chart[WaterfallView]):
    """Shows a :class:`WaterfallView`."""

    @staticmethod
    def compose(view: WaterfallView, composer: Composer) -> None:
        """Draw names, hanging bars, the lines that join them, the range and the figures."""
        if not view.steps:
            composer.empty(view.empty_text)
            return
        placed = _place(view)
        names = [
            RowName(step.label, step.range_text, step.kind is StepKind.LEVEL) for step in view.steps
        ]
        foot = composer.axis_height(view.axis)
        composer.needed = rows_needed(composer, names) + foot + 4
        layout = lay_rows(composer, names, 2.0, composer.height - foot - 2)
        placed = placed[: len(layout.tops)]
        scale, sides = _scale(view, placed, layout, composer)
        bottom = layout.tops[-1] + layout.heights[-1] if layout.tops else 2.0
        composer.across_axis(view.axis, scale, 2.0, bottom)
        composer.plot(
            plot_of(
                scale,
                layout,
                _bars(placed, sides, layout, composer),
                _curves(placed, layout, composer),
            )
        )
        for index, part in enumerate(placed):
            row = layout.row(index, 0.0, composer.width)
            _name(part.step, row, layout, composer)
            _figure(part, sides[index], row, scale, composer)


def _place(view: WaterfallView) -> list[_Placed]:
    placed, level = [], 0.0
    for step in view.steps:
        if step.kind is StepKind.LEVEL:
            placed.append(_Placed(step, 0.0, step.value))
            level = step.value
        else:
            placed.append(_Placed(step, level, level + step.value))
            level += step.value
    return placed


def _scale(
    view: WaterfallView, placed: list[_Placed], layout: RowLayout, composer: Composer
) -> tuple[Scale, list[_Side]]:
    """Return the scale and where each figure stands; where bars get too little, figures stand over empty ground or on bars."""
    left = layout.names + composer.theme.space("m")

    def scaled(sides: list[_Side]) -> Scale:
        ends = [
            (part.reach, composer.measure(part.step.text, strong=True) + _GAP)
            for part, side in zip(placed, sides, strict=True)
            if side is _Side.AFTER
        ]
        reach = [(part.reach, 1.0) for part in placed]
        return value_scale(
            view.axis, left, composer.width, [(0.0, 12.0), *reach, *ends], [(0.0, 4.0)]
        )

    sides = [_Side.AFTER for _part in placed]
    scale = scaled(sides)
    if scale.end - scale.start >= composer.width * _ENOUGH:
        return scale, sides
    sides = [_Side.BEFORE for _part in placed]
    while True:
        # A figure that found no room stays after its bar. That narrows the bars, so the others are asked again.
        scale = scaled(sides)
        asked = [
            side if side is _Side.AFTER else _side(part, scale, composer)
            for part, side in zip(placed, sides, strict=True)
        ]
        if asked.count(_Side.AFTER) == sides.count(_Side.AFTER):
            return scale, asked
        sides = asked


def _side(part: _Placed, scale: Scale, composer: Composer) -> _Side:
    width = composer.measure(part.step.text, strong=True) + 2 * _GAP
    zero = scale.at(0.0)
    if part.step.kind is StepKind.LEVEL:
        known = [v for v in (part.end, part.step.low, part.step.high) if v is not None]
        return _Side.INSIDE if scale.at(min(known)) - zero >= width else _Side.AFTER
    return _Side.BEFORE if scale.at(min(part.start, part.end)) - zero >= width else _Side.AFTER


def _half(height: float, composer: Composer) -> float:
    return min(height - 6, 22 * composer.theme.text_scale, height * 0.66) / 2


def _colour(step: WaterfallStep) -> Ink:
    if step.ink is Ink.NEUTRAL and step.kind is StepKind.CHANGE:
        return Ink.LOSS if step.value < 0 else Ink.GAIN
    return Ink.MUTED if step.ink is Ink.NEUTRAL else step.ink


def _bars(
    placed: list[_Placed], sides: list[_Side], layout: RowLayout, composer: Composer
) -> tuple[Bar, ...]:
    bars = []
    for index, part in enumerate(placed):
        middle = layout.tops[index] + layout.heights[index] / 2
        half = _half(layout.heights[index], composer)
        ink = composer.theme.ink(_colour(part.step))
        if part.step.kind is StepKind.LEVEL and _Side.INSIDE in sides:
            ink = composer.theme.color(Role.TEXT_2)
        bars.append(Bar(part.start, part.end, middle - half, middle + half, ink))
    return tuple(bars)


def _curves(placed: list[_Placed], layout: RowLayout, composer: Composer) -> tuple[Curve, ...]:
    xs: list[float] = []
    ys: list[float] = []
    for index in range(len(placed) - 1):
        level = placed[index].end
        half = _half(layout.heights[index], composer)
        after = _half(layout.heights[index + 1], composer)
        xs += [level, level]
        ys += [
            layout.tops[index] + layout.heights[index] / 2 + half,
            layout.tops[index + 1] + layout.heights[index + 1] / 2 - after,
        ]
    joins = Curve(tuple(xs), tuple(ys), composer.theme.color(Role.LINE), 1.0, pairs=True)
    whiskers = _whiskers(placed, layout, composer)
    return (joins, *whiskers) if xs else whiskers


def _whiskers(placed: list[_Placed], layout: RowLayout, composer: Composer) -> tuple[Curve, ...]:
    xs: list[float] = []
    ys: list[float] = []
    for index, part in enumerate(placed):
        low, high = part.step.low, part.step.high
        if low is None or high is None:
            continue
        middle = layout.tops[index] + layout.heights[index] / 2
        cap = _half(layout.heights[index], composer) * 0.7
        xs += [low, high, low, low, high, high]
        ys += [middle, middle, middle - cap, middle + cap, middle - cap, middle + cap]
    return range_curves(xs, ys, composer) if xs else ()


def _name(step: WaterfallStep, rect: QRectF, layout: RowLayout, composer: Composer) -> None:
    note = step.range_text if layout.with_notes else ""
    box = QRectF(0, rect.top(), layout.names, rect.height())
    composer.name(step.label, box, note=note, strong=step.kind is StepKind.LEVEL)
    composer.mark(step.key, step.spoken or spoken(step.label, step.text, step.range_text), rect)


def _figure(part: _Placed, side: _Side, rect: QRectF, scale: Scale, composer: Composer) -> None:
    step = part.step
    # The colours of gain and loss are those of the bars; figures say it with their sign.
    is_level = step.kind is StepKind.LEVEL
    width = composer.measure(step.text, strong=is_level)
    colour = Role.TEXT
    left = scale.at(part.reach) + _GAP
    if side is _Side.BEFORE:
        left = scale.at(min(part.start, part.end)) - _GAP - width
    elif side is _Side.INSIDE:
        left, colour = scale.at(0.0) + _GAP, Role.BG
    where = QRectF(left, rect.top(), width, rect.height())
    composer.text(step.text, where, strong=is_level, colour=colour)
