"""Texts on paper, measured without a device so that lines break alike on PDF, printer and screen."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPen,
    QTextLayout,
    QTextOption,
)

from levcheck.presenting.figures import Tone
from levcheck.ui.theme import Role, Size, Theme

FINE = 10.0
"""Font sizes are whole numbers to Qt; in tenths of a pixel 8.5 points are 8.5 points."""
BODY_PIXELS = 12.0
"""Nine points, the least for running text."""
LEAST_PIXELS = 10.7
"""Eight points: no figure is printed smaller, however wide it is."""

ROLES = {
    Tone.PLAIN: Role.TEXT,
    Tone.MUTED: Role.TEXT_2,
    Tone.LOSS: Role.LOSS,
    Tone.GAIN: Role.GAIN,
    Tone.WARNING: Role.WARNING,
    Tone.ERROR: Role.ERROR,
    Tone.SUCCESS: Role.SUCCESS,
}


@dataclass(slots=True)
class Box:
    """Something laid out: how high it is, and how it is painted from a given top."""

    height: float
    paint: Callable[[QPainter, float], None]


class _Measured:
    """A font's metrics in pixels of 1/96 inch, and the widths already measured in it."""

    __slots__ = ("ascent", "height", "metrics", "widths")

    def __init__(self, font: QFont) -> None:
        self.metrics = QFontMetricsF(font)
        self.height = self.metrics.height() / FINE
        self.ascent = self.metrics.ascent() / FINE
        self.widths: dict[str, float] = {}


class Ink:
    """Measures and writes in one theme; lengths are in pixels of 1/96 inch."""

    def __init__(self, theme: Theme, accent: str = "") -> None:
        self.theme = theme
        self._accent = QColor(accent) if accent else theme.color(Role.ACCENT)
        self._metrics: dict[str, _Measured] = {}
        self._colours: dict[Role, QColor] = {}
        self._fonts: dict[tuple[Size, bool, float | None], QFont] = {}
        self._broken: dict[tuple[str, str, float], tuple[str, ...]] = {}

    def font(
        self, size: Size = Size.CAPTION, *, strong: bool = False, pixels: float | None = None
    ) -> QFont:
        """Return a font of the type scale, or of so many pixels, in tenths of a pixel."""
        found = self._fonts.get((size, strong, pixels))
        if found is None:
            found = self._fonts[size, strong, pixels] = self.theme.font(size, strong=strong)
            wanted = pixels if pixels is not None else self.theme.pixels(size)
            found.setPixelSize(round(wanted * FINE))
        return found

    def body(self, *, strong: bool = False) -> QFont:
        """Return the font of running text."""
        return self.font(Size.BODY, strong=strong, pixels=BODY_PIXELS)

    def colour(self, role: Role) -> QColor:
        """Return the colour of a role; the accent is the firm's where it has one."""
        found = self._colours.get(role)
        if found is None:
            found = self._accent if role is Role.ACCENT else self.theme.color(role)
            self._colours[role] = found
        return found

    # --- measuring -------------------------------------------------------------------------------------

    def advance(self, text: str, font: QFont) -> float:
        """Return how wide a text is."""
        measured = self._measured(font)
        width = measured.widths.get(text)
        if width is None:
            width = measured.widths[text] = measured.metrics.horizontalAdvance(text) / FINE
        return width

    def line(self, font: QFont) -> float:
        """Return the height of one line."""
        return self._measured(font).height

    def elided(self, text: str, font: QFont, width: float) -> str:
        """Return a text cut with a mark where it is wider than its place."""
        return self._measured(font).metrics.elidedText(
            text, Qt.TextElideMode.ElideRight, width * FINE
        )

    def narrowed(self, text: str, font: QFont, width: float) -> QFont:
        """Return the font, smaller where a figure would not fit: a figure is never cut."""
        if self.advance(text, font) <= width:
            return font
        narrowed = QFont(font)
        while narrowed.pixelSize() > LEAST_PIXELS * FINE and self.advance(text, narrowed) > width:
            narrowed.setPixelSize(narrowed.pixelSize() - 2)
        return narrowed

    def broken(self, text: str, font: QFont, width: float) -> tuple[str, ...]:
        """Return the lines of a text in a column."""
        key = (text, font.key(), width)
        found = self._broken.get(key)
        if found is None:
            found = self._broken[key] = self._lines_of(text, font, width)
        return found

    def balanced(self, text: str, font: QFont, width: float) -> float:
        """Return the least width that takes no more lines, so that the last line is no single word."""
        lines = len(self.broken(text, font, width))
        if lines < 2:
            return width
        low, high = width / lines, width
        while high - low > 4.0:
            middle = (low + high) / 2
            if len(self.broken(text, font, middle)) > lines:
                low = middle
            else:
                high = middle
        return high

    def _lines_of(self, text: str, font: QFont, width: float) -> tuple[str, ...]:
        if not text:
            return ()
        if self.advance(text, font) <= width and "\n" not in text:
            return (text,)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        lines: list[str] = []
        for paragraph in text.split("\n"):
            layout = QTextLayout(paragraph, font)
            layout.setTextOption(option)
            layout.beginLayout()
            while (line := layout.createLine()).isValid():
                line.setLineWidth(max(width, 1.0) * FINE)
                start = line.textStart()
                lines.append(paragraph[start : start + line.textLength()].rstrip())
            layout.endLayout()
        return tuple(lines)

    # --- writing ---------------------------------------------------------------------------------------

    def paragraph(
        self, text: str, font: QFont, left: float, width: float, role: Role = Role.TEXT
    ) -> Box:
        """Return a text of as many lines as it needs."""
        lines, height = self.broken(text, font, width), self.line(font)

        def paint(painter: QPainter, top: float) -> None:
            for number, line in enumerate(lines):
                self.write(
                    painter, QRectF(left, top + number * height, width, height), line, font, role
                )

        return Box(height * len(lines), paint)

    def write(
        self,
        painter: QPainter,
        place: QRectF,
        text: str,
        font: QFont,
        role: Role = Role.TEXT,
        *,
        right: bool = False,
    ) -> None:
        """Write one line in the middle of the height of its place, from the left or towards the right."""
        if not text:
            return
        measured = self._measured(font)
        left = place.right() - self.advance(text, font) if right else place.left()
        top = place.center().y() - measured.height / 2
        painter.save()
        painter.translate(left, top + measured.ascent)
        painter.scale(1 / FINE, 1 / FINE)
        painter.setFont(font)
        painter.setPen(self.colour(role))
        painter.drawText(QPointF(0, 0), text)
        painter.restore()

    def rule(
        self,
        painter: QPainter,
        left: float,
        right: float,
        y: float,
        role: Role = Role.HAIRLINE,
        width: float = 0.75,
    ) -> None:
        """Draw a line from left to right."""
        painter.setPen(QPen(self.colour(role), width))
        painter.drawLine(QLineF(left, y, right, y))

    def _measured(self, font: QFont) -> _Measured:
        key = font.key()
        found = self._metrics.get(key)
        if found is None:
            found = self._metrics[key] = _Measured(font)
        return found
