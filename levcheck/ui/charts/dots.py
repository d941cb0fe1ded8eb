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
        places, size = stack([scale.at(d.value) for d in view.dots], bottom - head - 6)
        composer.across_axis(view.axis, scale, bottom - 4, bottom)
        composer.stroke([(scale.start, bottom), (scale.end, bottom)], Role.LINE)
        if view.threshold is not None:
            _threshold(view, composer, scale.at(view.threshold), bottom)
        for dot, (x, level) in zip(view.dots, places, strict=True):
            y = bottom - 2 - size * (level + 0.5)
            composer.disc(x, y, size * 0.46, composer.theme.tone(dot.tone))
            box = QRectF(x - size / 2, y - size / 2, size, size)
            composer.mark(dot.key, dot.spoken or dot.text, box)


def stack(places: Sequence[float], height: float) -> tuple[list[tuple[float, int]], float]:
    """Return (x, level) of each dot and the diameter: the largest at which the tallest stack fits.

    Dots within one diameter of the first of a group share its column, as in Wilkinson's dot plots
    (Wilkinson 1999, "Dot Plots", The American Statistician 53(3)).
    """
    size = _BIG
    while True:
        columns: list[list[float]] = []
        for x in sorted(places):
            if columns and x - columns[-1][0] < size:
                columns[-1].append(x)
            else:
                columns.append([x])
        tallest = max((len(column) for column in columns), default=1)
        if tallest * size <= height or size <= _SMALL:
            break
        size -= 0.5
    stacked = [
        (sum(column) / len(column), level) for column in columns for level in range(len(column))
    ]
    return _apart(stacked, size), size


def _apart(stacked: list[tuple[float, int]], size: float) -> list[tuple[float, int]]:
    """Push columns whose centres came closer than a diameter apart, so that dots never cover each other."""
    result: list[tuple[float, int]] = []
    column, last = 0.0, -1e9
    for x, level in stacked:
        if level == 0:
            column = max(x, last + size)
            last = column
        result.append((column, level))
    return result


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
