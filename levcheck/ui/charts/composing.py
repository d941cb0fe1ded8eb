"""Measures texts, wraps names, thins ticks and gathers the drawing steps of a picture."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF

from levcheck.domain.theme import Family
from levcheck.presenting.chart_views import Axis, Ink, LegendEntry
from levcheck.ui.charts.picture import Area, Disc, Item, Mark, Picture, Plot, Stroke, Text
from levcheck.ui.theme import Pattern, Role, Size, Theme

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTRE = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter
_SLACK = 1.0  # pixels a text may be wider on another device than it was measured


@dataclass(frozen=True, slots=True)
class Scale:
    """Maps values to pixels along one direction; `flipped` puts the high end first."""

    low: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> float:
        """Return the pixel of a value."""
        span = self.high - self.low
        share = (value - self.low) / span if span else 0.0
        return self.start + share * (self.end - self.start)


Widths = dict[tuple[str, Size, bool], float]


class Composer:
    """Collects what a chart is made of; one is used for one picture.

    Attributes:
        widths: of the texts it has measured.
    """

    def __init__(self, theme: Theme, size: QSizeF, known: Widths | None = None) -> None:
        """Begin an empty picture.

        Args:
            theme: its colours and fonts.
            size: in chart pixels.
            known: widths of texts a picture before this one measured with the same theme.
        """
        self.theme = theme
        self.width = max(1.0, size.width())
        self.height = max(1.0, size.height())
        self.needed = 0.0
        self.needed_width = 0.0
        self._items: list[Item] = []
        self._under: list[Item] | None = None
        self._plot: Plot | None = None
        self._marks: list[Mark] = []
        self._fonts: dict[tuple[Size, bool], tuple[QFont, QFontMetricsF]] = {}
        self._lines: dict[Size, float] = {}
        self._colours: dict[Role, QColor] = {}
        self.widths: Widths = {}
        self._known = known if known is not None else {}

    # --- measuring -------------------------------------------------------------------------------------

    def font(self, size: Size = Size.BODY, *, strong: bool = False) -> QFont:
        """Return the font of a type size."""
        return self._font(size, strong=strong)[0]

    def line(self, size: Size = Size.BODY) -> float:
        """Return the height of one line of text."""
        height = self._lines.get(size)
        if height is None:
            height = float(self._font(size, strong=False)[1].height()) * 1.18
            self._lines[size] = height
        return height

    def measure(self, text: str, size: Size = Size.BODY, *, strong: bool = False) -> float:
        """Return the width a text needs."""
        if not text:
            return 0.0
        key = (text, size, strong)
        width = self.widths.get(key)
        if width is None:
            width = self._known.get(key)
            if width is None:
                width = float(self._font(size, strong=strong)[1].horizontalAdvance(text)) + _SLACK
            self.widths[key] = width
        return width

    def widest(
        self, texts: Sequence[str], size: Size = Size.BODY, *, strong: bool = False
    ) -> float:
        """Return the width of the widest text; 0 for none."""
        return max((self.measure(text, size, strong=strong) for text in texts), default=0.0)

    def elide(
        self, text: str, width: float, size: Size = Size.BODY, *, strong: bool = False
    ) -> str:
        """Return a name cut with an ellipsis to `width`; never used for figures."""
        if self.measure(text, size, strong=strong) <= width:
            return text
        metrics = self._font(size, strong=strong)[1]
        return str(metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(0.0, width - _SLACK)))

    def wrap(
        self,
        text: str,
        width: float,
        size: Size = Size.BODY,
        *,
        lines: int = 2,
        strong: bool = False,
    ) -> list[str]:
        """Return a name in at most `lines` lines; only what still does not fit is elided."""
        rest = " ".join(text.split())
        made: list[str] = []
        while rest and len(made) < lines - 1:
            if self.measure(rest, size, strong=strong) <= width:
                break
            cut = self._break_at(rest, width, size, strong=strong)
            made.append(rest[:cut].rstrip())
            rest = rest[cut:].lstrip()
        if rest:
            made.append(self.elide(rest, width, size, strong=strong))
        return made or [""]

    def _break_at(self, text: str, width: float, size: Size, *, strong: bool) -> int:
        # A longer text is a wider one, so the last that fits is found by halving.
        fits, over = 1, len(text) + 1
        while over - fits > 1:
            middle = (fits + over) // 2
            if self.measure(text[:middle], size, strong=strong) > width:
                over = middle
            else:
                fits = middle
        space = text.rfind(" ", 0, fits + 1)
        # A script without spaces, or one very long word, breaks between characters.
        return space if space > fits // 3 else fits

    def _font(self, size: Size, *, strong: bool) -> tuple[QFont, QFontMetricsF]:
        held = self._fonts.get((size, strong))
        if held is None:
            font = self.theme.font(size, strong=strong)
            held = (font, QFontMetricsF(font))
            self._fonts[size, strong] = held
        return held

    # --- drawing ---------------------------------------------------------------------------------------

    def text(
        self,
        text: str,
        rect: QRectF,
        *,
        size: Size = Size.BODY,
        colour: Role | QColor = Role.TEXT,
        align: Qt.AlignmentFlag = LEFT,
        strong: bool = False,
        elided: bool = False,
    ) -> None:
        """Write one line."""
        if text:
            ink = self.colour(colour) if isinstance(colour, Role) else colour
            self._items.append(Text(rect, text, self.font(size, strong=strong), ink, align, elided))

    def name(
        self,
        text: str,
        rect: QRectF,
        *,
        size: Size = Size.BODY,
        colour: Role = Role.TEXT,
        strong: bool = False,
        note: str = "",
    ) -> None:
        """Write a name, wrapped into `rect` and centred on its height, with a small note below."""
        line, small = self.line(size), self.line(Size.CAPTION)
        room = rect.height() - (small if note else 0.0)
        count = 2 if room >= 2 * line - 1 else 1
        rows = self.wrap(text, rect.width(), size, lines=count, strong=strong)
        top = rect.center().y() - (len(rows) * line + (small if note else 0.0)) / 2
        for row in rows:
            where = QRectF(rect.left(), top, rect.width(), line)
            self.text(row, where, size=size, colour=colour, strong=strong, elided=row.endswith("…"))
            top += line
        if note:
            cut = self.elide(note, rect.width(), Size.CAPTION)
            self.text(
                cut,
                QRectF(rect.left(), top, rect.width(), small),
                size=Size.CAPTION,
                colour=Role.TEXT_2,
                elided=cut != note,
            )

    def area(
        self,
        rect: QRectF,
        colour: QColor,
        pattern: Pattern = Pattern.SOLID,
        *,
        radius: float = 2.0,
        bare: bool = False,
    ) -> None:
        """Fill a rectangle."""
        self._items.append(Area(rect, colour, pattern, radius, self.colour(Role.BG), bare))

    def stroke(
        self,
        points: Sequence[tuple[float, float]],
        colour: Role | QColor = Role.LINE,
        width: float = 1.0,
        *,
        dashed: bool = False,
    ) -> None:
        """Draw a line through points."""
        ink = self.colour(colour) if isinstance(colour, Role) else colour
        self._items.append(Stroke(tuple(QPointF(*point) for point in points), ink, width, dashed))

    def disc(
        self, x: float, y: float, radius: float, colour: QColor, *, hollow: bool = False
    ) -> None:
        """Draw a round mark; a hollow one shows the ground inside."""
        fill = self.theme.color(Role.BG) if hollow else colour
        self._items.append(Disc(QPointF(x, y), radius, colour, fill))

    def mark(self, key: str, spoken: str, *rects: QRectF) -> None:
        """Make a place that can be pointed at, focused and spoken."""
        self._marks.append(Mark(key, rects, spoken))

    def plot(self, plot: Plot) -> None:
        """Put the value axes here: what was drawn before lies under them, the rest over them."""
        self._plot = plot
        self._under, self._items = self._items, []

    def finish(self) -> Picture:
        """Return the picture."""
        under, over = (self._items, []) if self._under is None else (self._under, self._items)
        return Picture(
            self.width,
            self.height,
            self.needed,
            tuple(under),
            self._plot,
            tuple(over),
            tuple(self._marks),
            self.needed_width,
        )

    # --- colours ---------------------------------------------------------------------------------------

    def colour(self, role: Role) -> QColor:
        """Return the colour of a role."""
        colour = self._colours.get(role)
        if colour is None:
            colour = self._colours[role] = self.theme.color(role)
        return colour

    def ink(self, family: Family | None, ink: Ink = Ink.NEUTRAL) -> QColor:
        """Return the colour of a mark: its family's, or its own ink."""
        return self.theme.ink(ink) if family is None else self.theme.family(family)

    # --- parts most charts share -----------------------------------------------------------------------

    def empty(self, text: str) -> None:
        """Say in the middle what will be here."""
        rows = self.wrap(text, min(self.width - 2 * self.theme.space("l"), 480.0), lines=4)
        line = self.line()
        top = (self.height - line * len(rows)) / 2
        self.needed = max(self.needed, line * len(rows) + 2 * self.theme.space("l"))
        for index, row in enumerate(rows):
            where = QRectF(0, top + index * line, self.width, line)
            self.text(row, where, colour=Role.TEXT_2, align=CENTRE)

    def badge(self, text: str, rect: QRectF, colour: QColor) -> None:
        """Draw the two letters of a family in an outlined tag."""
        self._items.append(Area(rect, colour, Pattern.OUTLINE, 3.0, self.theme.color(Role.BG)))
        self.text(text, rect, size=Size.CAPTION, align=CENTRE, strong=True)

    def across_axis(self, axis: Axis, scale: Scale, top: float, bottom: float) -> None:
        """Draw upright grid lines at the ticks, zero stronger, with the texts below `bottom`."""
        line = self.line(Size.CAPTION)
        texts = [tick.text for tick in axis.ticks]
        boxes = [self._tick_box(scale.at(t.value), t.text, bottom + 4, line) for t in axis.ticks]
        kept = thin(boxes, [tick.value == 0 for tick in axis.ticks])
        for index, tick in enumerate(axis.ticks):
            x = scale.at(tick.value)
            self.stroke(
                [(x, top), (x, bottom)],
                Role.LINE if tick.value == 0 else Role.HAIRLINE,
                1.0,
            )
            if index in kept:
                self.text(
                    texts[index],
                    boxes[index],
                    size=Size.CAPTION,
                    colour=Role.TEXT_2,
                    align=CENTRE,
                )
        if axis.title:
            left = min(scale.start, scale.end)
            where = QRectF(left, bottom + 4 + line, self.width - left, line)
            self.text(
                self.elide(axis.title, where.width(), Size.CAPTION),
                where,
                size=Size.CAPTION,
                colour=Role.TEXT_2,
            )

    def axis_height(self, axis: Axis) -> float:
        """Return the room the texts of an axis below the plot take."""
        return 4 + self.line(Size.CAPTION) * (2 if axis.title else 1)

    def _tick_box(self, x: float, text: str, top: float, height: float) -> QRectF:
        width = self.measure(text, Size.CAPTION)
        left = min(max(0.0, x - width / 2), self.width - width)
        return QRectF(left, top, width, height)

    def legend(
        self, entries: Sequence[LegendEntry], colour: QColor, left: float, top: float
    ) -> float:
        """Draw swatches with words in as many lines as needed; return the bottom."""
        line, swatch, gap = self.line(Size.CAPTION), 14.0, 6.0
        x, y = left, top
        for entry in entries:
            width = swatch + gap + self.measure(entry.text, Size.CAPTION)
            if x > left and x + width > self.width:
                x, y = left, y + line + 4
            self.area(
                QRectF(x, y + (line - swatch) / 2, swatch, swatch),
                colour,
                self.theme.pattern(entry.wrapper),
            )
            room = min(width - swatch - gap, self.width - x - swatch - gap)
            cut = self.elide(entry.text, room, Size.CAPTION)
            self.text(
                cut,
                QRectF(x + swatch + gap, y, room, line),
                size=Size.CAPTION,
                colour=Role.TEXT_2,
                elided=cut != entry.text,
            )
            x += width + self.theme.space("l")
        return y + line if entries else top


def thin(boxes: Sequence[QRectF], pinned: Sequence[bool], gap: float = 8.0) -> set[int]:
    """Return which tick texts are kept so that none touch: all, every second, every fifth …, and zero."""
    count = len(boxes)
    start = next((index for index, is_zero in enumerate(pinned) if is_zero), 0)
    for stride in (1, 2, 4, 5, 10, 20, 50):
        kept = [index for index in range(count) if (index - start) % stride == 0]
        rows = sorted((boxes[index] for index in kept), key=lambda box: box.left())
        if all(a.right() + gap <= b.left() for a, b in itertools.pairwise(rows)):
            return set(kept)
    return {start} if count else set()


def spread(centres: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Return places near `centres`, in their order, at least `gap` apart and inside [low, high].

    Labels at the ends of lines use it; with too many of them the gap shrinks evenly.
    """
    count = len(centres)
    if not count:
        return []
    step = min(gap, (high - low) / max(1, count - 1)) if count > 1 else gap
    order = sorted(range(count), key=lambda index: centres[index])
    placed = [min(max(centres[index], low), high) for index in order]
    for index in range(1, count):
        placed[index] = max(placed[index], placed[index - 1] + step)
    placed[-1] = min(placed[-1], high)
    for index in range(count - 2, -1, -1):
        placed[index] = min(placed[index], placed[index + 1] - step)
    result = [0.0] * count
    for place, index in zip(placed, order, strict=True):
        result[index] = place
    return result


def value_scale(
    axis: Axis,
    left: float,
    right: float,
    ends: Sequence[tuple[float, float]],
    starts: Sequence[tuple[float, float]] = (),
    *,
    mirrored: bool = False,
) -> Scale:
    """Return the scale of an axis that leaves room for the texts beside the marks.

    Args:
        axis: low and high.
        left: first pixel.
        right: last pixel.
        ends: (value, room needed beyond it towards the right) of each mark.
        starts: the same towards the left.
        mirrored: the low end stands right (losses that grow away from their names).
    """
    low, high = (axis.high, axis.low) if mirrored else (axis.low, axis.high)
    after = before = 0.0
    for _ in range(24):
        scale = Scale(low, high, left + before, right - after)
        over = max((scale.at(value) + room - right for value, room in ends), default=0.0)
        below = max((left - scale.at(value) + room for value, room in starts), default=0.0)
        if over <= 0.25 and below <= 0.25:
            break
        after = min(after + max(0.0, over), (right - left) * 0.6)
        before = min(before + max(0.0, below), (right - left) * 0.35)
    return Scale(low, high, left + before, max(left + before + 1, right - after))
