"""Charts made of rows: a name on the left, a mark on a shared value axis, a figure beside it."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF

from levcheck.ui.charts.composing import Composer
from levcheck.ui.theme import Size

_LEAST = 24.0  # a row is also a target: WCAG 2.2 asks for 24 px
_MOST = 48.0


@dataclass(frozen=True, slots=True)
class RowName:
    """What stands left of a row."""

    text: str
    note: str = ""
    strong: bool = False


@dataclass(frozen=True, slots=True)
class RowLayout:
    """Where the rows of a chart stand.

    Attributes:
        names: width of the name column.
        tops: upper edge of each row that fits.
        heights: height of each.
        left_out: how many did not fit.
        with_notes: whether there is room for the notes.
    """

    names: float
    tops: tuple[float, ...]
    heights: tuple[float, ...]
    left_out: int
    with_notes: bool

    def row(self, index: int, left: float, right: float) -> QRectF:
        """Return a row between two edges."""
        return QRectF(left, self.tops[index], right - left, self.heights[index])


def name_width(composer: Composer, names: Sequence[RowName], extra: float = 0.0) -> float:
    """Return the width of the name column: the widest name, at most two fifths of the chart."""
    widest = max((composer.measure(n.text, strong=n.strong) for n in names), default=0.0)
    notes = composer.widest([name.note for name in names], Size.CAPTION)
    most = max(composer.width * 0.4 - extra, 64.0)
    return min(max(widest, notes), most)


def lay_rows(
    composer: Composer,
    names: Sequence[RowName],
    top: float,
    bottom: float,
    *,
    extra: float = 0.0,
    second_line: bool = False,
) -> RowLayout:
    """Return rows that share the height between `top` and `bottom`.

    Args:
        composer: measures the names.
        names: one for each row.
        top: upper edge of the first row.
        bottom: lower edge of the last.
        extra: width beside the names that belongs to them (a badge).
        second_line: figures have a small second line, so that rows need room for it.

    The heights wanted are added to ``composer.needed`` by the caller through :func:`rows_needed`.
    """
    width = name_width(composer, names, extra)
    wanted = row_heights(composer, names, width, second_line=second_line)
    room = max(0.0, bottom - top)
    if sum(wanted) <= room:
        spare = (room - sum(wanted)) / max(1, len(wanted))
        heights = [max(h, min(h + spare, _MOST * composer.theme.text_scale)) for h in wanted]
        return _stacked(width, heights, top, 0, with_notes=True)
    single = max(_LEAST * 0.75, composer.line() + 2)
    shrink = _squeezed(wanted, single, room)
    count = len(shrink)
    while count and sum(shrink[:count]) > room + 0.5:
        count -= 1
    if count < len(shrink) and count:
        count -= 1  # the last place says how many are missing
    with_notes = all(h >= composer.line() + composer.line(Size.CAPTION) for h in shrink)
    if not with_notes:
        width = name_width(composer, [RowName(n.text, strong=n.strong) for n in names], extra)
    return _stacked(width, shrink[:count], top, len(names) - count, with_notes=with_notes)


def _squeezed(wanted: Sequence[float], least: float, room: float) -> list[float]:
    """Return heights that fill the room: each row gives up the same share, but none is lower than one line.

    >>> _squeezed([30.0, 30.0, 50.0], 20.0, 88.0)
    [24.0, 24.0, 40.0]
    >>> _squeezed([22.0, 22.0, 50.0], 20.0, 80.0)
    [20.0, 20.0, 40.0]
    """
    low: set[int] = set()
    factor = 1.0
    while len(low) < len(wanted):
        rest = room - least * len(low)
        factor = rest / sum(h for n, h in enumerate(wanted) if n not in low)
        fallen = {n for n, h in enumerate(wanted) if n not in low and h * factor < least}
        if not fallen:
            break
        low |= fallen
    return [least if n in low else h * factor for n, h in enumerate(wanted)]


def row_heights(
    composer: Composer, names: Sequence[RowName], width: float, *, second_line: bool = False
) -> list[float]:
    """Return the height each row wants: one or two lines of name, a note, some air."""
    line, small = composer.line(), composer.line(Size.CAPTION)
    least = max(_LEAST, line + 5)
    heights = []
    for name in names:
        rows = len(composer.wrap(name.text, width, lines=2, strong=name.strong))
        body = rows * line + (small if name.note else 0.0)
        if second_line:
            body = max(body, line + small)
        heights.append(max(least, body + 3))
    return heights


def rows_needed(
    composer: Composer, names: Sequence[RowName], *, extra: float = 0.0, second_line: bool = False
) -> float:
    """Return the height all rows together want."""
    width = name_width(composer, names, extra)
    return sum(row_heights(composer, names, width, second_line=second_line))


def _stacked(
    width: float, heights: Sequence[float], top: float, left_out: int, *, with_notes: bool
) -> RowLayout:
    tops, at = [], top
    for height in heights:
        tops.append(at)
        at += height
    return RowLayout(width, tuple(tops), tuple(heights), left_out, with_notes)


def spoken(*parts: str) -> str:
    """Return the words of a mark that brings no sentence of its own."""
    return ", ".join(part for part in parts if part)
