"""Which combinations of holdings carry a bet (UpSet: Lex et al. 2014, doi 10.1109/TVCG.2014.2346248)."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF

from levcheck.presenting.chart_views import Ink, UpSetView
from levcheck.ui.charts.chart import Chart
from levcheck.ui.charts.composing import CENTRE, LEFT, Composer
from levcheck.ui.charts.rows import spoken
from levcheck.ui.theme import Role, Size


@dataclass(frozen=True, slots=True)
class _Grid:
    left: float
    step: float
    top: float
    row: float
    columns: int
    bars: float


class UpSetChart(Chart[UpSetView]):
    """Shows an :class:`UpSetView`."""

    @staticmethod
    def compose(view: UpSetView, composer: Composer) -> None:
        """Draw column bars above a grid of dots, and the sets with their bars at the left."""
        if not view.sets or not view.groups:
            composer.empty(view.empty_text)
            return
        grid = _grid(view, composer)
        _rows(view, composer, grid)
        _columns(view, composer, grid)
        missing = len(view.groups) - grid.columns
        if missing:
            text = view.more_text.format(n=missing)
            # Over the titles of the rows: beside them there is room for one line only.
            where = QRectF(0, 0, grid.left, composer.line(Size.CAPTION))
            composer.text(text, where, size=Size.CAPTION, colour=Role.TEXT_2)


def _grid(view: UpSetView, composer: Composer) -> _Grid:
    row = max(26.0, composer.line() + 8)
    names = min(composer.widest([s.label for s in view.sets]), composer.width * 0.3)
    figures = composer.widest([s.text for s in view.sets], Size.CAPTION)
    bars = min(90.0, composer.width * 0.14) * composer.theme.text_scale
    left = names + figures + bars + 3 * composer.theme.space("s")
    widest = composer.widest([g.text for g in view.groups], Size.CAPTION) + 10
    step = max(28.0, widest)
    columns = max(1, min(len(view.groups), int((composer.width - left) / step)))
    step = min(step * 1.6, (composer.width - left) / columns)
    body = row * len(view.sets)
    head = composer.line(Size.CAPTION) * 2 + 12
    composer.needed = body + head + 70 * composer.theme.text_scale
    top = max(head + 40.0, composer.height - body)
    return _Grid(left, step, top, row, columns, bars)


def _rows(view: UpSetView, composer: Composer, grid: _Grid) -> None:
    largest = max((s.value for s in view.sets), default=0.0) or 1.0
    gap = composer.theme.space("s")
    figures = composer.widest([s.text for s in view.sets], Size.CAPTION)
    names = grid.left - figures - grid.bars - 3 * gap
    for index, part in enumerate(view.sets):
        rect = QRectF(0, grid.top + index * grid.row, grid.left, grid.row)
        if index % 2 == 0:
            whole = QRectF(0, rect.top(), grid.left + grid.step * grid.columns, grid.row)
            composer.area(whole, composer.theme.color(Role.SURFACE), radius=3)
        cut = composer.elide(part.label, names)
        composer.text(
            cut, QRectF(4, rect.top(), names, grid.row), align=LEFT, elided=cut != part.label
        )
        length = max(1.0, grid.bars * part.value / largest)
        bar = QRectF(names + gap, rect.center().y() - 6, length, 12)
        composer.area(bar, composer.ink(part.family))
        where = QRectF(bar.right() + 6, rect.top(), figures, grid.row)
        composer.text(part.text, where, size=Size.CAPTION, colour=Role.TEXT_2)
        composer.mark(part.key, part.spoken or spoken(part.label, part.text), rect)
    if view.set_title:
        where = QRectF(
            names + gap,
            grid.top - composer.line(Size.CAPTION),
            grid.left,
            composer.line(Size.CAPTION),
        )
        room = grid.left - names - gap
        if composer.measure(view.set_title, Size.CAPTION) <= room:
            composer.text(view.set_title, where, size=Size.CAPTION, colour=Role.TEXT_2)


def _columns(view: UpSetView, composer: Composer, grid: _Grid) -> None:
    largest = max((g.value for g in view.groups), default=0.0) or 1.0
    line = composer.line(Size.CAPTION)
    head = line + 6 if view.group_title else 0.0
    room = grid.top - 8 - head - line
    accent, faint = composer.theme.ink(Ink.ACCENT), composer.theme.color(Role.HAIRLINE)
    if view.group_title:
        title = composer.elide(view.group_title, composer.width - grid.left, Size.CAPTION)
        where = QRectF(grid.left, 0, composer.width - grid.left, line)
        composer.text(title, where, size=Size.CAPTION, colour=Role.TEXT_2)
    for index, group in enumerate(view.groups[: grid.columns]):
        x = grid.left + grid.step * (index + 0.5)
        height = max(1.0, room * group.value / largest)
        half = min(11.0, grid.step * 0.32)
        bar = QRectF(x - half, grid.top - 8 - height, 2 * half, height)
        composer.area(bar, accent)
        where = QRectF(x - grid.step / 2, bar.top() - line, grid.step, line)
        composer.text(group.text, where, size=Size.CAPTION, align=CENTRE)
        rows = sorted(group.members)
        if len(rows) > 1:
            composer.stroke(
                [(x, _middle(grid, rows[0])), (x, _middle(grid, rows[-1]))], accent, 2.0
            )
        for row in range(len(view.sets)):
            inside = row in group.members
            composer.disc(x, _middle(grid, row), 6.0, accent if inside else faint)
        names = " + ".join(view.sets[row].label for row in rows)
        box = QRectF(x - grid.step / 2, where.top(), grid.step, composer.height - where.top())
        composer.mark(group.key, group.spoken or spoken(names, group.text), box)


def _middle(grid: _Grid, row: int) -> float:
    return grid.top + grid.row * (row + 0.5)
