"""Courses over time from one common start, named where they end."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor

from levcheck.presenting.chart_views import PathLine, PathsView
from levcheck.presenting.figures import Ink
from levcheck.ui.charts.chart import Chart
from levcheck.ui.charts.composing import RIGHT, Composer, Scale, spread, thin
from levcheck.ui.charts.picture import Curve, Plot, tint
from levcheck.ui.charts.rows import spoken
from levcheck.ui.theme import Role, Size

_Point = tuple[float, float]
_PLOT = 130.0
_HEAVY, _LIGHT = 2.25, 1.25


class PathsChart(Chart[PathsView]):
    """Shows a :class:`PathsView`."""

    @staticmethod
    def compose(view: PathsView, composer: Composer) -> None:
        """Draw grid, lines and the names at their ends."""
        lines = [line for line in view.lines if line.points]
        if not lines:
            composer.empty(view.empty_text)
            return
        named = [line for line in lines if not line.sample]
        small = composer.line(Size.CAPTION)
        head = small * len(_told(view, composer)) + small / 2 + 2
        foot = composer.axis_height(view.across)
        left = composer.widest([t.text for t in view.up.ticks], Size.CAPTION) + 8
        tail = _tail_width(named, composer)
        composer.needed = max(
            head + foot + _PLOT * composer.theme.text_scale,
            head + foot + len(named) * _block(named, composer),
        )
        area = QRectF(
            left,
            head,
            max(20.0, composer.width - left - tail),
            max(20.0, composer.height - head - foot),
        )
        across = Scale(view.across.low, view.across.high, area.left(), area.right())
        up = Scale(view.up.low, view.up.high, area.bottom(), area.top())
        _grid(view, composer, area, up)
        composer.across_axis(view.across, across, area.bottom(), area.bottom())
        composer.plot(
            Plot(
                area,
                (view.across.low, view.across.high),
                (view.up.high, view.up.low),
                curves=tuple(_curve(line, composer) for line in named),
                samples=tuple(
                    curve
                    for line in lines
                    if line.sample
                    for curve in inside(_curve(line, composer), view.up.low, view.up.high)
                ),
            )
        )
        _ends(named, composer, across, up, area)


def _ink(line: PathLine, composer: Composer) -> QColor:
    ink = composer.ink(line.family, line.ink)
    return tint(ink, composer.theme.color(Role.BG), 0.6) if line.sample else ink


def _curve(line: PathLine, composer: Composer) -> Curve:
    xs, ys = zip(*line.points, strict=True)
    # Where no colour is seen, the line the chart is about is told from the others by its weight.
    width = 1.0 if line.sample else _HEAVY if line.ink is Ink.ACCENT else _LIGHT
    return Curve(tuple(xs), tuple(ys), _ink(line, composer), width, line.dashed)


def _grid(view: PathsView, composer: Composer, area: QRectF, up: Scale) -> None:
    small = composer.line(Size.CAPTION)
    boxes = [QRectF(0, up.at(t.value) - small / 2, area.left() - 8, small) for t in view.up.ticks]
    turned = [QRectF(b.top(), 0, b.height(), 1) for b in boxes]
    kept = thin(turned, [t.value == view.start for t in view.up.ticks], gap=2.0)
    for index, tick in enumerate(view.up.ticks):
        y = up.at(tick.value)
        if tick.value != view.start:
            composer.stroke([(area.left(), y), (area.right(), y)], Role.HAIRLINE)
        if index in kept:
            composer.text(
                tick.text, boxes[index], size=Size.CAPTION, colour=Role.TEXT_2, align=RIGHT
            )
    if view.up.low <= view.start <= view.up.high:
        y = up.at(view.start)
        composer.stroke([(area.left(), y), (area.right(), y)], Role.LINE, 1.25)
    for number, row in enumerate(_told(view, composer)):
        where = QRectF(0, number * small, composer.width, small)
        composer.text(row, where, size=Size.CAPTION, colour=Role.TEXT_2)


def _told(view: PathsView, composer: Composer) -> list[str]:
    """Return the lines of what stands above the value axis."""
    return composer.wrap(view.up.title, composer.width, Size.CAPTION) if view.up.title else []


def inside(curve: Curve, low: float, high: float) -> Iterator[Curve]:
    """Return the parts of a course between two values, cut where it crosses them."""
    xs: list[float] = []
    ys: list[float] = []
    for (x0, y0), (x1, y1) in pairwise(zip(curve.xs, curve.ys, strict=True)):
        ends = _part((x0, y0), (x1, y1), low, high)
        if ends is None:
            continue
        if xs and (xs[-1], ys[-1]) != ends[0]:
            yield replace(curve, xs=tuple(xs), ys=tuple(ys))
            xs, ys = [], []
        if not xs:
            xs, ys = [ends[0][0]], [ends[0][1]]
        xs.append(ends[1][0])
        ys.append(ends[1][1])
    if xs:
        yield replace(curve, xs=tuple(xs), ys=tuple(ys))


def _part(start: _Point, end: _Point, low: float, high: float) -> tuple[_Point, _Point] | None:
    """Return the part of a line between two heights; None where none of it is."""
    if max(start[1], end[1]) < low or min(start[1], end[1]) > high:
        return None

    def cut(point: _Point, other: _Point) -> _Point:
        if low <= point[1] <= high:
            return point
        edge = min(max(point[1], low), high)
        share = (edge - point[1]) / (other[1] - point[1])
        return point[0] + share * (other[0] - point[0]), edge

    return cut(start, end), cut(end, start)


def _tail_width(named: list[PathLine], composer: Composer) -> float:
    if not named:
        return 8.0
    names = composer.widest([line.label for line in named])
    texts = composer.widest([line.text for line in named], strong=True)
    return max(min(names, composer.width * 0.36), texts) + 2 * composer.theme.space("s")


def _block(named: list[PathLine], composer: Composer) -> float:
    """Return the height of a name with its figure below."""
    has_text = any(line.text for line in named)
    return composer.line() * (2 if has_text else 1) + 4


def _ends(
    named: list[PathLine], composer: Composer, across: Scale, up: Scale, area: QRectF
) -> None:
    if not named:
        return
    block = _block(named, composer)
    ends = [up.at(line.points[-1][1]) for line in named]
    room = (area.top() - 4 + block / 2, area.bottom() + 4 - block / 2)
    places = spread(ends, block, *room)
    left = area.right() + 2 * composer.theme.space("s")
    for line, end, place in zip(named, ends, places, strict=True):
        ink, x = _ink(line, composer), across.at(line.points[-1][0])
        composer.stroke([(x + 2, end), (left - 10, place), (left - 4, place)], ink, 1.0)
        width = composer.width - left
        body = composer.line()
        top = place - (body * (2 if line.text else 1)) / 2
        cut = composer.elide(line.label, width)
        composer.text(cut, QRectF(left, top, width, body), elided=cut != line.label)
        if line.text:
            where = QRectF(left, top + body, width, body)
            composer.text(line.text, where, strong=True)
        reach = QRectF(left - 4, top, width + 4, body * (2 if line.text else 1))
        composer.mark(line.key, line.spoken or spoken(line.label, line.text), reach)
