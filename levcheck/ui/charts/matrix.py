"""Which pairs of holdings are the same thing: a triangle of cells with their figures."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor

from levcheck.presenting.chart_views import MatrixCell, MatrixView
from levcheck.ui.charts.chart import Chart, contrast_ink
from levcheck.ui.charts.composing import CENTRE, LEFT, Composer
from levcheck.ui.charts.picture import tint
from levcheck.ui.charts.rows import spoken
from levcheck.ui.theme import Pattern, Role, Size

_LOW = 26.0
_TALL = 44.0
_WIDE = 72.0


class MatrixChart(Chart[MatrixView]):
    """Shows a :class:`MatrixView`.

    Only the lower triangle is drawn, each pair once. A column is named on the diagonal, where it begins, so that no
    text has to be turned.
    """

    @staticmethod
    def compose(view: MatrixView, composer: Composer) -> None:
        """Draw names, cells with figures and the colour key."""
        count = len(view.labels)
        if count < 2:
            composer.empty(view.empty_text)
            return
        foot = composer.line(Size.CAPTION) + composer.theme.space("m") if view.high_text else 0.0
        least = max(_LOW, composer.line() + 6)
        composer.needed = least * count + foot
        names, width, with_symbols = _widths(view, composer)
        height = min(_TALL * composer.theme.text_scale, (composer.height - foot) / count)
        size = (width, max(8.0, height))
        _names(view, composer, names, size, with_symbols=with_symbols)
        _cells(view, composer, names, size)
        if foot:
            _key(view, composer, size[1] * count + composer.theme.space("s"))


def _short(view: MatrixView, index: int) -> str:
    label = view.labels[index]
    return label.short or label.label


def _widths(view: MatrixView, composer: Composer) -> tuple[float, float, bool]:
    """Return name column, cell width, and whether rows carry symbols because full names leave no room."""
    count = len(view.labels)
    tail = composer.measure(_short(view, count - 2))
    figure = composer.widest([c.text for c in view.cells], Size.CAPTION) + 4
    full = composer.widest([label.label for label in view.labels[1:]])
    symbols = composer.widest([_short(view, index) for index in range(1, count)])
    gap = composer.theme.space("s")

    composer.needed_width = min(600.0, symbols + gap + figure * (count - 1) + tail)

    def cell(names: float) -> float:
        room = composer.width - names - gap
        return min((room - tail - 4) / max(1, count - 2), room / (count - 1))

    names, with_symbols = min(full, composer.width * 0.32), False
    if cell(names) < figure:
        names = max(symbols, min(full, composer.width - gap - tail - figure * (count - 1)))
        with_symbols = names < full * 0.6
        names = symbols if with_symbols else names
    width = min(_WIDE * composer.theme.text_scale, cell(names))
    return names + gap, max(8.0, width), with_symbols


def _names(
    view: MatrixView,
    composer: Composer,
    left: float,
    size: tuple[float, float],
    *,
    with_symbols: bool,
) -> None:
    width, height = size
    for index, label in enumerate(view.labels):
        top = index * height
        if index:
            room = left - composer.theme.space("s")
            name = _short(view, index) if with_symbols else label.label
            cut = composer.elide(name, room)
            where = QRectF(0, top, room, height)
            composer.text(cut, where, elided=cut != name)
        if index < len(view.labels) - 1:
            x = left + index * width + 4
            name = composer.elide(_short(view, index), composer.width - x)
            where = QRectF(x, top, composer.width - x, height)
            composer.text(
                name, where, align=LEFT, colour=Role.TEXT_2, elided=name != _short(view, index)
            )


def _cells(view: MatrixView, composer: Composer, left: float, size: tuple[float, float]) -> None:
    width, height = size
    filled = {(cell.row, cell.column): cell for cell in view.cells}
    quiet = composer.theme.color(Role.SURFACE)
    roomy = composer.widest([c.text for c in view.cells]) + 6 <= width
    # Figures stand in all cells or in none: some would look like the only ones that matter.
    fits = composer.widest([c.text for c in view.cells], Size.CAPTION) <= width
    text_size = Size.BODY if roomy and height >= composer.line() else Size.CAPTION
    for row in range(1, len(view.labels)):
        for column in range(row):
            box = QRectF(left + column * width, row * height, width, height).adjusted(1, 1, -1, -1)
            cell = filled.get((row, column))
            if cell is None:
                composer.area(box, quiet, radius=3)
            else:
                _cell(view, cell, box, text_size if fits else None, composer)


def _cell(
    view: MatrixView, cell: MatrixCell, box: QRectF, size: Size | None, composer: Composer
) -> None:
    fill = cell_colour(composer, cell.value)
    composer.area(box, fill, radius=3)
    dark, light = composer.theme.color(Role.TEXT), composer.theme.color(Role.BG)
    if size is not None:
        ink = contrast_ink(fill, dark, light)
        composer.text(cell.text, box, size=size, colour=ink, align=CENTRE)
    words = spoken(view.labels[cell.row].label, view.labels[cell.column].label, cell.text)
    composer.mark(cell.key, cell.spoken or words, box)


def cell_colour(composer: Composer, value: float) -> QColor:
    """Return the fill of a cell: the accent for alike, the loss hue for opposite, stronger with size."""
    role = Role.ACCENT if value >= 0 else Role.LOSS
    strength = 0.08 + 0.92 * min(1.0, abs(value))
    return tint(composer.theme.color(role), composer.theme.color(Role.BG), strength)


def _key(view: MatrixView, composer: Composer, top: float) -> None:
    """Draw the colour scale with its two ends in words."""
    line = composer.line(Size.CAPTION)
    x = 0.0
    swatch = QRectF(0, top + (line - 12) / 2, 16, 12)
    values = [0.1, 0.4, 0.7, 1.0]
    x = _word(view.low_text, x, top, composer)
    for value in values:
        composer.area(swatch.translated(x, 0), cell_colour(composer, value), radius=1)
        x += 18
    x = _word(view.high_text, x + 6, top, composer)
    if view.negative_text and any(cell.value < 0 for cell in view.cells):
        x += composer.theme.space("m")
        room = composer.width - x - 24
        if composer.measure(view.negative_text, Size.CAPTION) <= room:
            composer.area(
                swatch.translated(x, 0), cell_colour(composer, -0.7), Pattern.SOLID, radius=1
            )
            _word(view.negative_text, x + 22, top, composer)


def _word(text: str, x: float, top: float, composer: Composer) -> float:
    if not text:
        return x
    width = composer.measure(text, Size.CAPTION)
    line = composer.line(Size.CAPTION)
    composer.text(text, QRectF(x, top, width, line), size=Size.CAPTION, colour=Role.TEXT_2)
    return x + width + 8
