"""Sorted bars that start at zero."""

from PySide6.QtCore import QRectF

from levcheck.presenting.chart_views import BarRow, BarsView
from levcheck.ui.charts.chart import Chart
from levcheck.ui.charts.composing import LEFT, RIGHT, Composer, Scale, value_scale
from levcheck.ui.charts.picture import Bar, Curve, Plot, tint
from levcheck.ui.charts.rows import RowLayout, RowName, lay_rows, rows_needed, spoken
from levcheck.ui.theme import Pattern, Role, Size

_GAP = 8.0


class BarsChart(Chart[BarsView]):
    """Shows a :class:`BarsView`."""

    @staticmethod
    def compose(view: BarsView, composer: Composer) -> None:
        """Draw names, bars, whiskers and figures."""
        if not view.rows:
            composer.empty(view.empty_text)
            return
        top = _legend(view, composer)
        names = [RowName(row.label, row.note) for row in view.rows]
        foot = composer.axis_height(view.axis)
        composer.needed = top + rows_needed(composer, names) + foot + 2
        layout = lay_rows(composer, names, top, composer.height - foot - 2)
        scale = _scale(view, composer, layout)
        shown = view.rows[: len(layout.tops)]
        bottom = layout.tops[-1] + layout.heights[-1] if layout.tops else top
        if layout.left_out:
            bottom += composer.line()
        composer.across_axis(view.axis, scale, top, bottom)
        composer.plot(_plot(shown, layout, scale, composer))
        for index, row in enumerate(shown):
            _row(view, row, layout.row(index, 0.0, composer.width), layout, scale, composer)
        if layout.left_out:
            where = QRectF(0, bottom - composer.line(), layout.names, composer.line())
            composer.text(view.more_text.format(n=layout.left_out), where, colour=Role.TEXT_2)


def _legend(view: BarsView, composer: Composer) -> float:
    if not view.legend:
        return 0.0
    ink = composer.theme.color(Role.TEXT_2)
    return composer.legend(view.legend, ink, 0.0, 0.0) + composer.theme.space("s")


def _is_mirrored(view: BarsView) -> bool:
    return view.axis.high <= 0 or (
        all((row.value or 0.0) <= 0 for row in view.rows)
        and (view.axis.low < 0 and -view.axis.low > 4 * view.axis.high)
    )


def _reach(row: BarRow) -> tuple[float, float]:
    known = [v for v in (row.value, row.low, row.high) if v is not None]
    return min([0.0, *known]), max([0.0, *known])


def _scale(view: BarsView, composer: Composer, layout: RowLayout) -> Scale:
    left = layout.names + composer.theme.space("m")
    mirrored = _is_mirrored(view)
    ends, starts = [(0.0, 12.0)], [(0.0, 4.0)]
    for row in view.rows:
        room = composer.measure(row.text, strong=True) + _GAP
        low, high = _reach(row)
        if mirrored:
            ends.append((low, room))
        elif (row.value or 0.0) < 0:
            starts.append((low, room))
        else:
            ends.append((high, room))
    return value_scale(view.axis, left, composer.width, ends, starts, mirrored=mirrored)


def _thickness(height: float, composer: Composer) -> float:
    return min(height - 8, 20 * composer.theme.text_scale, height * 0.62)


def _plot(
    rows: tuple[BarRow, ...],
    layout: RowLayout,
    scale: Scale,
    composer: Composer,
) -> Plot:
    bars, whiskers_x, whiskers_y = [], [], []
    ground = composer.theme.color(Role.BG)
    for index, row in enumerate(rows):
        middle = layout.tops[index] + layout.heights[index] / 2
        half = _thickness(layout.heights[index], composer) / 2
        if row.value is not None:
            ink = composer.ink(row.family, row.ink)
            fill = ink if _pattern(row, composer) is Pattern.SOLID else tint(ink, ground, 0.16)
            bars.append(Bar(0.0, row.value, middle - half, middle + half, fill))
        if row.low is not None and row.high is not None:
            cap = min(5.0, half)
            for x0, y0, x1, y1 in (
                (row.low, middle, row.high, middle),
                (row.low, middle - cap, row.low, middle + cap),
                (row.high, middle - cap, row.high, middle + cap),
            ):
                whiskers_x += [x0, x1]
                whiskers_y += [y0, y1]
    curves: tuple[Curve, ...] = ()
    if whiskers_x:
        curves = range_curves(whiskers_x, whiskers_y, composer)
    return plot_of(scale, layout, tuple(bars), curves)


def range_curves(xs: list[float], ys: list[float], composer: Composer) -> tuple[Curve, ...]:
    """Return whiskers as two lines: a wide one of the ground keeps the thin one visible over a bar."""
    ground, ink = composer.theme.color(Role.BG), composer.theme.color(Role.TEXT)
    return (
        Curve(tuple(xs), tuple(ys), ground, 4.0, pairs=True),
        Curve(tuple(xs), tuple(ys), ink, 1.75, pairs=True),
    )


def plot_of(
    scale: Scale, layout: RowLayout, bars: tuple[Bar, ...], curves: tuple[Curve, ...]
) -> Plot:
    """Return the plot under rows: values across, pixels down."""
    top = layout.tops[0] if layout.tops else 0.0
    bottom = layout.tops[-1] + layout.heights[-1] if layout.tops else 1.0
    rect = QRectF(scale.start, top, scale.end - scale.start, bottom - top)
    return Plot(rect, (scale.low, scale.high), (top, bottom), bars, curves)


def _pattern(row: BarRow, composer: Composer) -> Pattern:
    return Pattern.SOLID if row.wrapper is None else composer.theme.pattern(row.wrapper)


def _row(
    view: BarsView,
    row: BarRow,
    rect: QRectF,
    layout: RowLayout,
    scale: Scale,
    composer: Composer,
) -> None:
    note = row.note if layout.with_notes else ""
    composer.name(row.label, QRectF(0, rect.top(), layout.names, rect.height()), note=note)
    value = row.value or 0.0
    zero, end = scale.at(0.0), scale.at(value)
    half = _thickness(rect.height(), composer) / 2
    bar = QRectF(min(zero, end), rect.center().y() - half, abs(end - zero), 2 * half)
    pattern = _pattern(row, composer)
    if pattern is not Pattern.SOLID and row.value is not None:
        composer.area(bar, composer.ink(row.family, row.ink), pattern, radius=0, bare=True)
    width = composer.measure(row.text, strong=True)
    low, high = (scale.at(v) for v in _reach(row))
    far_left, far_right = min(low, high), max(low, high)
    if value < 0 and not _is_mirrored(view):
        where, align = QRectF(far_left - _GAP - width, rect.top(), width, rect.height()), RIGHT
    else:
        where, align = QRectF(far_right + _GAP, rect.top(), width, rect.height()), LEFT
    composer.text(
        row.text,
        where,
        align=align,
        strong=row.value is not None,
        size=Size.BODY,
        colour=Role.TEXT if row.value is not None else Role.TEXT_2,
    )
    composer.mark(row.key, row.spoken or spoken(row.label, row.text, row.note), rect)
