"""A chart as a list of drawing steps, painted the same on screen, image, SVG and paper.

Everything is in chart pixels (96 to the inch at 100 %), x to the right, y downwards. Composing a picture touches no
widget; painting one measures nothing. Series with a value axis stand in a :class:`Plot` in their own units. Everything
is drawn here, on any thread and any device; only on the screen sample courses, of which there may be many, are drawn by
pyqtgraph (``plotting``), which turns a whole array of points into one path.
"""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QPolygonF

from levcheck.ui.theme import Pattern

_HATCH = 6.0  # distance of hatch lines: wide enough to survive a 200 dpi print, close enough for a 12 px swatch


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text; it fits its rect because the composer measured it.

    Attributes:
        rect: where it stands.
        text: what is written.
        font: with its size.
        colour: ink.
        align: inside the rect.
        elided: shortened from something longer.
    """

    rect: QRectF
    text: str
    font: QFont
    colour: QColor
    align: Qt.AlignmentFlag
    elided: bool = False


@dataclass(frozen=True, slots=True)
class Area:
    """A filled rectangle.

    Attributes:
        rect: where.
        colour: of the family or ink.
        pattern: SOLID fills with the colour; the others tint, outline and hatch with it.
        radius: of the corners.
        ground: colour under the tint, so that the tint is opaque.
        bare: only the pattern and outline, because the fill is drawn elsewhere.
    """

    rect: QRectF
    colour: QColor
    pattern: Pattern = Pattern.SOLID
    radius: float = 2.0
    ground: QColor | None = None
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line through points."""

    points: tuple[QPointF, ...]
    colour: QColor
    width: float = 1.0
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Disc:
    """A round mark; `fill` None leaves it hollow."""

    centre: QPointF
    radius: float
    outline: QColor
    fill: QColor | None
    width: float = 2.0


Item = Text | Area | Stroke | Disc


@dataclass(frozen=True, slots=True)
class Bar:
    """A horizontal or vertical bar in units of the plot: from (x0, y0) to (x1, y1)."""

    x0: float
    x1: float
    y0: float
    y1: float
    fill: QColor


@dataclass(frozen=True, slots=True)
class Curve:
    """A line in units of the plot; with `pairs` every two points are one separate segment."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    colour: QColor
    width: float = 2.0
    dashed: bool = False
    pairs: bool = False


@dataclass(frozen=True, slots=True)
class Plot:
    """The part of a chart that has value axes.

    Attributes:
        rect: where it stands on the chart, in pixels.
        x: value at its left and right edge.
        y: value at its top and bottom edge.
        bars: drawn first.
        curves: drawn over the bars.
        samples: thin courses, as many as there are; drawn under the curves.
    """

    rect: QRectF
    x: tuple[float, float]
    y: tuple[float, float]
    bars: tuple[Bar, ...] = ()
    curves: tuple[Curve, ...] = ()
    samples: tuple[Curve, ...] = ()


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that can be pointed at, focused and spoken.

    Attributes:
        key: of the view's mark.
        rects: places that light up; the first is where a tooltip hangs.
        spoken: one plain sentence or list.
    """

    key: str
    rects: tuple[QRectF, ...]
    spoken: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A composed chart.

    Attributes:
        width: of the chart.
        height: of the chart.
        needed: height below which something would have to be left out.
        needed_width: width below which something would have to be left out; 0 = the usual least width.
        under: drawn before the plot.
        plot: the value axes, if any.
        over: drawn after the plot.
        marks: in reading order.
    """

    width: float
    height: float
    needed: float
    under: tuple[Item, ...]
    plot: Plot | None
    over: tuple[Item, ...]
    marks: tuple[Mark, ...]
    needed_width: float = 0.0

    @property
    def texts(self) -> tuple[Text, ...]:
        """Every text on it."""
        return tuple(item for item in (*self.under, *self.over) if isinstance(item, Text))


def paint_items(painter: QPainter, items: tuple[Item, ...], within: QRectF | None = None) -> None:
    """Draw items in their order.

    Args:
        painter: on any device.
        items: what is drawn.
        within: what of the chart can be seen; texts and areas that lie outside are passed over. None = all of it.
    """
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
    for item in items:
        if isinstance(item, Text):
            if within is None or within.intersects(item.rect):
                _paint_text(painter, item)
        elif isinstance(item, Area):
            if within is None or within.intersects(item.rect):
                _paint_area(painter, item)
        elif isinstance(item, Stroke):
            _paint_stroke(painter, item)
        else:
            _paint_disc(painter, item)


def paint_plot(
    painter: QPainter,
    plot: Plot,
    draw_samples: Callable[[QPainter], None] | None = None,
    within: QRectF | None = None,
) -> None:
    """Draw bars, sample courses and curves.

    Args:
        painter: on any device.
        plot: what is drawn.
        draw_samples: draws the sample courses; None = the painter does, as the other curves.
        within: what of the chart can be seen; bars that lie outside are passed over. None = all of it.
    """
    painter.setPen(Qt.PenStyle.NoPen)
    for bar in plot.bars:
        start, end = _places(plot, (bar.x0, bar.x1), (bar.y0, bar.y1))
        rect = QRectF(start, end).normalized()
        if within is None or within.intersects(rect):
            painter.setBrush(bar.fill)
            painter.drawRect(rect)
    if plot.samples and draw_samples is not None:
        draw_samples(painter)
    else:
        _paint_curves(painter, plot, plot.samples)
    _paint_curves(painter, plot, plot.curves)


def curve_pen(curve: Curve) -> QPen:
    """Return the pen of a curve."""
    pen = QPen(curve.colour, curve.width)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if curve.dashed:
        pen.setDashPattern([4.0, 3.0])
    return pen


def _paint_curves(painter: QPainter, plot: Plot, curves: tuple[Curve, ...]) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for curve in curves:
        painter.setPen(curve_pen(curve))
        points = _places(plot, curve.xs, curve.ys)
        if curve.pairs:
            ends = zip(points[::2], points[1::2], strict=True)
            painter.drawLines([QLineF(start, end) for start, end in ends])
        else:
            painter.drawPolyline(QPolygonF(points))


def _places(plot: Plot, xs: tuple[float, ...], ys: tuple[float, ...]) -> list[QPointF]:
    """Return where values of a plot stand on the chart."""
    rect, left, top = plot.rect, plot.x[0], plot.y[0]
    across = rect.width() / (plot.x[1] - left or 1.0)
    down = rect.height() / (plot.y[1] - top or 1.0)
    first, upper = rect.left(), rect.top()
    return [
        QPointF(first + (x - left) * across, upper + (y - top) * down)
        for x, y in zip(xs, ys, strict=True)
    ]


def tint(colour: QColor, ground: QColor, strength: float) -> QColor:
    """Return `colour` laid over `ground` at `strength` 0 to 1, opaque."""

    def mix(a: int, b: int) -> int:
        return round(a * strength + b * (1 - strength))

    return QColor(
        mix(colour.red(), ground.red()),
        mix(colour.green(), ground.green()),
        mix(colour.blue(), ground.blue()),
    )


def hatch_lines(rect: QRectF, pattern: Pattern, gap: float = _HATCH) -> Iterator[QLineF]:
    """Return the lines of a line pattern cut to `rect`, so that no clip is needed on any device."""
    if pattern in (Pattern.DIAGONAL, Pattern.CROSS):
        yield from _slanted(rect, gap * math.sqrt(2), rising=True)
    if pattern in (Pattern.BACK_DIAGONAL, Pattern.CROSS):
        yield from _slanted(rect, gap * math.sqrt(2), rising=False)
    if pattern in (Pattern.VERTICAL, Pattern.GRID):
        for x in _steps(rect.left(), rect.right(), gap * 0.8):
            yield QLineF(x, rect.top(), x, rect.bottom())
    if pattern in (Pattern.HORIZONTAL, Pattern.GRID):
        for y in _steps(rect.top(), rect.bottom(), gap * 0.8):
            yield QLineF(rect.left(), y, rect.right(), y)


def _slanted(rect: QRectF, gap: float, *, rising: bool) -> Iterator[QLineF]:
    # Offsets run along x + y (rising) or x - y: the lines of neighbouring areas then meet.
    side = 1.0 if rising else -1.0
    ends = [rect.left() + side * rect.top(), rect.left() + side * rect.bottom()]
    low, high = min(ends), max(ends) + rect.width()
    for offset in _steps(low, high, gap):
        # y = side * (offset - x); keep the part between left/right and top/bottom
        y_left, y_right = side * (offset - rect.left()), side * (offset - rect.right())
        top = min(max(min(y_left, y_right), rect.top()), rect.bottom())
        bottom = max(min(max(y_left, y_right), rect.bottom()), rect.top())
        if bottom - top > 0.5:
            yield QLineF(offset - side * top, top, offset - side * bottom, bottom)


def _steps(low: float, high: float, gap: float) -> Iterator[float]:
    value = math.ceil(low / gap) * gap
    while value < high:
        yield value
        value += gap


def _paint_text(painter: QPainter, item: Text) -> None:
    painter.setFont(item.font)
    painter.setPen(item.colour)
    painter.drawText(item.rect, _single_line(item.align), item.text)


@cache
def _single_line(align: Qt.AlignmentFlag) -> int:
    return int(align.value | Qt.TextFlag.TextSingleLine.value)


def _paint_area(painter: QPainter, item: Area) -> None:
    if item.rect.width() <= 0 or item.rect.height() <= 0:
        return
    radius = min(item.radius, item.rect.width() / 2, item.rect.height() / 2)
    if item.pattern is Pattern.SOLID:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(item.colour)
        painter.drawRoundedRect(item.rect, radius, radius)
        return
    inset = min(0.75, item.rect.width() / 2, item.rect.height() / 2)
    inner = item.rect.adjusted(inset, inset, -inset, -inset)
    ground = item.ground or QColor(Qt.GlobalColor.white)
    painter.setPen(QPen(item.colour, 1.5))
    painter.setBrush(Qt.BrushStyle.NoBrush if item.bare else tint(item.colour, ground, 0.16))
    painter.drawRoundedRect(inner, radius, radius)
    _paint_pattern(painter, inner.adjusted(1, 1, -1, -1), item.colour, item.pattern)


def _paint_pattern(painter: QPainter, rect: QRectF, colour: QColor, pattern: Pattern) -> None:
    if rect.width() <= 1 or rect.height() <= 1:
        return
    if pattern in (Pattern.DOTS, Pattern.RINGS):
        _paint_spots(painter, rect, colour, hollow=pattern is Pattern.RINGS)
        return
    pen = QPen(colour, 1.4)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setPen(pen)
    # Counted from the middle of the area, a swatch looks the same wherever it stands.
    middle = rect.center()
    lines = hatch_lines(rect.translated(-middle), pattern)
    painter.drawLines([line.translated(middle) for line in lines])


def _paint_spots(painter: QPainter, rect: QRectF, colour: QColor, *, hollow: bool) -> None:
    radius, gap = (2.4, 8.0) if hollow else (1.5, 6.0)
    painter.setPen(QPen(colour, 1.2) if hollow else Qt.PenStyle.NoPen)
    painter.setBrush(Qt.BrushStyle.NoBrush if hollow else colour)
    inner = rect.adjusted(radius, radius, -radius, -radius)
    if min(inner.width(), inner.height()) < gap:
        # In a swatch or a sliver the grid would miss the area: one row of spots through its middle.
        columns = max(1, int(inner.width() // gap) + 1)
        rows = max(1, int(inner.height() // gap) + 1)
    else:
        columns, rows = int(inner.width() // gap) + 1, int(inner.height() // (gap * 0.8)) + 1
    left = rect.center().x() - (columns - 1) * gap / 2
    top = rect.center().y() - (rows - 1) * gap * 0.8 / 2
    for row in range(rows):
        shift = gap / 4 * (1 if row % 2 else -1) if rows > 1 and columns > 1 else 0.0
        for column in range(columns):
            spot = QPointF(left + column * gap + shift, top + row * gap * 0.8)
            if inner.left() - 0.5 <= spot.x() <= inner.right() + 0.5:
                painter.drawEllipse(spot, radius, radius)


def _paint_stroke(painter: QPainter, item: Stroke) -> None:
    pen = QPen(item.colour, item.width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if item.dashed:
        pen.setDashPattern([4.0, 3.0])
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(QPolygonF(list(item.points)))


def _paint_disc(painter: QPainter, item: Disc) -> None:
    painter.setPen(QPen(item.outline, item.width))
    painter.setBrush(item.fill if item.fill is not None else Qt.BrushStyle.NoBrush)
    radius = item.radius - item.width / 2
    painter.drawEllipse(item.centre, radius, radius)
