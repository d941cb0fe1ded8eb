"""One bet as one bar, cut by the doors that lead to it."""

import math

from PySide6.QtCore import QRectF

from levcheck.presenting.chart_views import DoorSegment, DoorsView
from levcheck.ui.charts.chart import Chart
from levcheck.ui.charts.composing import CENTRE, LEFT, RIGHT, Composer, Scale
from levcheck.ui.charts.rows import spoken
from levcheck.ui.theme import Role, Size

_REACH = 104.0  # gaps of a row; more between name and figure and they would not be read as one row
_LEAST = 340.0
_ENOUGH = 6
"""Rows that are always written out; the table has all of them."""
_ONE_COLUMN = 2  # doors up to which one column is enough
_SWATCH = 18.0
_BAR = 40.0  # height of the bar where there is room for it


class DoorsChart(Chart[DoorsView]):
    """Shows a :class:`DoorsView`."""

    @staticmethod
    def compose(view: DoorsView, composer: Composer) -> None:
        """Draw the bar with its patterns, what each door brings below it, then one row a door that is too narrow."""
        if not view.segments:
            composer.empty(view.empty_text)
            return
        ink = composer.theme.family(view.family)
        top = composer.legend(view.legend, composer.theme.color(Role.TEXT_2), 0.0, 0.0)
        top += composer.theme.space("s") if view.legend else 0.0
        boxes, bottom = _bar(view, composer, top)
        for segment, box in zip(view.segments, boxes, strict=True):
            composer.area(box, ink, composer.theme.pattern(segment.wrapper))
        told = _under(view, composer, boxes, bottom)
        if told:
            bottom += 2 + 2 * composer.line(Size.CAPTION)
        # Asked for with the bar at its full height: the room that is given makes it grow.
        composer.needed = bottom + _BAR * composer.theme.text_scale - boxes[0].height() + 2
        rest = [n for n in range(len(boxes)) if n not in told]
        if rest:
            _list(view, composer, boxes, rest, bottom + composer.theme.space("m"))


def _bar(view: DoorsView, composer: Composer, top: float) -> tuple[list[QRectF], float]:
    """Return the places of the segments and the bottom of the bar with what is written above it."""
    scale = composer.theme.text_scale
    line = composer.line(Size.CAPTION)
    height = min(_BAR * scale, max(20.0, composer.height * 0.24))
    total = composer.measure(view.total_text, Size.EMPHASIS, strong=True)
    room = composer.width - (total + composer.theme.space("m") if total else 0.0)
    long = sum(s.value for s in view.segments if s.value > 0)
    short = sum(s.value for s in view.segments if s.value < 0)
    across = Scale(short, max(long, short + 1e-12), 0.0, max(room, 40.0))
    at = top + line + 2
    boxes, right, left = [], 0.0, 0.0
    for segment in view.segments:
        if segment.value >= 0:
            x0, x1 = across.at(right), across.at(right + segment.value)
            right += segment.value
        else:
            x0, x1 = across.at(left + segment.value), across.at(left)
            left += segment.value
        gap = min(1.0, (x1 - x0) / 4)
        boxes.append(QRectF(x0 + gap, at, max(1.0, x1 - x0 - 2 * gap), height))
    for segment, box in zip(view.segments, boxes, strict=True):
        if composer.measure(segment.label, Size.CAPTION) + 4 <= box.width():
            where = QRectF(box.left(), top, box.width(), line)
            composer.text(segment.label, where, size=Size.CAPTION, colour=Role.TEXT_2, align=CENTRE)
    if short < 0:
        zero = across.at(0.0)
        composer.stroke([(zero, at - 4), (zero, at + height + 4)], Role.TEXT, 1.5)
    if total:
        where = QRectF(composer.width - total, at, total, height)
        composer.text(view.total_text, where, size=Size.EMPHASIS, strong=True, align=RIGHT)
    return boxes, at + height


def _under(
    view: DoorsView, composer: Composer, boxes: list[QRectF], bottom: float
) -> frozenset[int]:
    """Write amount and share under each segment wide enough for them and for its name; return which these are."""
    line, told = composer.line(Size.CAPTION), []
    for number, (segment, box) in enumerate(zip(view.segments, boxes, strict=True)):
        widest = max(
            composer.measure(segment.label, Size.CAPTION),
            composer.measure(segment.text, Size.CAPTION, strong=True),
            composer.measure(segment.share_text, Size.CAPTION),
        )
        if widest + 4 > box.width():
            continue
        told.append(number)
        place = QRectF(box.left(), bottom + 2, box.width(), 2 * line)
        amount = QRectF(place.left(), place.top(), place.width(), line)
        composer.text(segment.text, amount, size=Size.CAPTION, align=CENTRE, strong=True)
        share = amount.translated(0, line if segment.text else 0)
        composer.text(
            segment.share_text, share, size=Size.CAPTION, colour=Role.TEXT_2, align=CENTRE
        )
        words = segment.spoken or spoken(segment.label, segment.text, segment.share_text)
        composer.mark(segment.key, words, place, box)
    return frozenset(told)


def _list(
    view: DoorsView, composer: Composer, boxes: list[QRectF], rest: list[int], top: float
) -> None:
    """Write a row for each segment in `rest`."""
    segments = [view.segments[number] for number in rest]
    count = len(segments)
    least = max(24.0, composer.line() + 4)
    wanted = max(28.0 * composer.theme.text_scale, least)
    shares = composer.widest([s.share_text for s in segments])
    amounts = composer.widest([s.text for s in segments], strong=True)
    names = composer.widest([s.label for s in segments])
    scale = composer.theme.text_scale
    near = names + amounts + shares + (_SWATCH + _REACH) * scale
    between = float(composer.theme.space("xl"))
    across = 2 if count > _ONE_COLUMN and composer.width >= 2 * near + between else 1
    rows = math.ceil(count / across)
    whole_bar = _BAR * scale - boxes[0].height()
    composer.needed = top + whole_bar + min(rows, _ENOUGH) * least
    height = min(wanted, max(least, (composer.height - top) / rows))
    fits = min(rows, int((composer.height - top + 0.5) / height))
    if fits < rows:
        fits = max(0, fits - 1)
    written = count if fits == rows else fits * across
    deep = rows if fits == rows else max(fits, 1)
    width = min(composer.width, max(near, _LEAST * scale if across == 1 else 0.0))
    for index, (segment, box) in enumerate(zip(segments, (boxes[n] for n in rest), strict=True)):
        words = segment.spoken or spoken(segment.label, segment.text, segment.share_text)
        if index >= written:
            composer.mark(segment.key, words, box)
            continue
        column, row = divmod(index, deep)
        rect = QRectF(column * (width + between), top + row * height, width, height)
        _row(view, segment, rect, (amounts, shares), composer)
        composer.mark(segment.key, words, rect, box)
    if written < count:
        where = QRectF(_SWATCH + 8, top + fits * height, width, height)
        composer.text(view.more_text.format(n=count - written), where, colour=Role.TEXT_2)


def _row(
    view: DoorsView,
    segment: DoorSegment,
    rect: QRectF,
    columns: tuple[float, float],
    composer: Composer,
) -> None:
    scale = composer.theme.text_scale
    side = min(_SWATCH * scale, rect.height() - 6)
    swatch = QRectF(rect.left() + 1, rect.center().y() - side / 2, side, side)
    composer.area(
        swatch, composer.theme.family(view.family), composer.theme.pattern(segment.wrapper)
    )
    gap = composer.theme.space("l")
    amounts, shares = columns
    right = rect.right() - 4
    if shares:
        where = QRectF(right - shares, rect.top(), shares, rect.height())
        composer.text(segment.share_text, where, align=RIGHT, colour=Role.TEXT_2)
        right -= shares + gap
    where = QRectF(right - amounts, rect.top(), amounts, rect.height())
    composer.text(segment.text, where, align=RIGHT, strong=True)
    left = swatch.right() + composer.theme.space("s")
    room = right - amounts - gap - left
    cut = composer.elide(segment.label, room)
    where = QRectF(left, rect.top(), max(1.0, room), rect.height())
    composer.text(cut, where, align=LEFT, elided=cut != segment.label)
