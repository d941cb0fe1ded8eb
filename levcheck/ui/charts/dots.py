"""Twenty equally likely outcomes as dots, stacked in order and never scattered."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF

from levcheck.presenting.chart_views import DotsView
from levcheck.ui.charts.chart import Chart
from levcheck.ui.charts.composing import CENTRE, Composer, Scale
from levcheck.ui.theme import Role, Size

_BIG = 26.0
_SMALL = 5.0


class DotsChart(Chart[DotsView]):
    """Shows a :class:`DotsView`."""

    @staticmethod
    def compose(view: DotsView, composer: Composer) -> None:
        """Draw the stacks, the axis and the marked value."""
        if not view.dots:
            composer.empty(view.empty_text)
            return
        head = _threshold_height(view, composer)
        foot = composer.axis_height(view.axis)
        composer.needed = head + foot + 110 * composer.theme.text_scale
        edge = max(_BIG / 2, composer.widest([t.text for t in view.axis.ticks], Size.CAPTION) / 2)
        scale = Scale(view.axis.low, view.axis.high, edge, max(edge + 20, composer.width - edge))
        bottom = max(head + 20.0, composer.height - foot)
        wall = None if view.threshold is None else scale.at(view.threshold)
        places, size = stack([scale.at(d.value) for d in view.dots], bottom - head - 6, wall)
        composer.across_axis(view.axis, scale, bottom - 4, bottom)
        if view.axis.low < 0.0 < view.axis.high:
            # A dot left of it is a loss, on the right a gain: nobody has to measure.
            zero = scale.at(0.0)
            composer.stroke([(zero, head), (zero, bottom)], Role.HAIRLINE)
        composer.stroke([(scale.start, bottom), (scale.end, bottom)], Role.LINE)
        if view.threshold is not None:
            _threshold(view, composer, scale.at(view.threshold), bottom)
        for dot, (x, level) in zip(view.dots, places, strict=True):
            y = bottom - 2 - size * (level + 0.5)
            composer.disc(x, y, size * 0.46, composer.theme.ink(dot.ink))
            box = QRectF(x - size / 2, y - size / 2, size, size)
            composer.mark(dot.key, dot.spoken or dot.text, box)


def stack(
    places: Sequence[float], height: float, wall: float | None = None
) -> tuple[list[tuple[float, int]], float]:
    """Return (x, level) of each dot and the diameter: the largest at which the tallest stack fits.

    No column reaches over the `wall`, so that what lies on its two sides can be counted.

    Dots within one diameter of the first of a group share its column, as in Wilkinson's dot plots
    (Wilkinson 1999, "Dot Plots", The American Statistician 53(3)).
    """
    size = _BIG
    ordered = sorted(places)
    columns = _columns(ordered, size, wall)
    while max(map(len, columns), default=0) * size > height and size > _SMALL:
        size -= 0.5
        columns = _columns(ordered, size, wall)
    centres = _apart(columns, size, wall)
    return [
        (centre, level)
        for centre, column in zip(centres, columns, strict=True)
        for level in range(len(column))
    ], size


def _columns(ordered: Sequence[float], size: float, wall: float | None) -> list[list[float]]:
    columns: list[list[float]] = []
    for x in ordered:
        crosses = wall is not None and columns and columns[-1][0] < wall <= x
        if columns and x - columns[-1][0] < size and not crosses:
            columns[-1].append(x)
        else:
            columns.append([x])
    return columns


def _apart(columns: Sequence[Sequence[float]], size: float, wall: float | None) -> list[float]:
    """Return the centres of the columns, a diameter apart, each on its own side of the wall."""
    centres = [sum(column) / len(column) for column in columns]
    if wall is None:
        split = 0
    else:
        split = sum(1 for column in columns if column[0] < wall)
        for index in range(split - 1, -1, -1):
            bound = wall - size / 2 if index == split - 1 else centres[index + 1] - size
            centres[index] = min(centres[index], bound)
    last = float("-inf") if wall is None else wall - size / 2
    for index in range(split, len(centres)):
        centres[index] = max(centres[index], last + size)
        last = centres[index]
    return centres


def _threshold_height(view: DotsView, composer: Composer) -> float:
    if view.threshold is None or not view.threshold_text:
        return 4.0
    rows = composer.wrap(view.threshold_text, composer.width, Size.CAPTION, lines=2)
    return composer.line(Size.CAPTION) * len(rows) + 4


def _threshold(view: DotsView, composer: Composer, x: float, bottom: float) -> None:
    line = composer.line(Size.CAPTION)
    rows = composer.wrap(view.threshold_text, composer.width, Size.CAPTION, lines=2)
    composer.stroke(
        [(x, line * len(rows) + 2), (x, bottom)], composer.theme.color(Role.TEXT), 1.5, dashed=True
    )
    for index, row in enumerate(rows):
        width = composer.measure(row, Size.CAPTION)
        left = min(max(0.0, x - width / 2), composer.width - width)
        where = QRectF(left, index * line, width, line)
        composer.text(row, where, size=Size.CAPTION, align=CENTRE)
