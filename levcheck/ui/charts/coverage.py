"""How much of the money is understood, and how well: one strip."""

from typing import ClassVar

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor

from levcheck.presenting.chart_views import CoveragePart, CoverageView, Grade
from levcheck.ui.charts.chart import Chart
from levcheck.ui.charts.composing import Composer
from levcheck.ui.charts.rows import spoken
from levcheck.ui.theme import Pattern, Role

_LOOK = {
    Grade.FULL: (Role.ACCENT, Pattern.SOLID),
    Grade.PARTIAL: (Role.ACCENT, Pattern.DIAGONAL),
    Grade.STAND_IN: (Role.TEXT_2, Pattern.DOTS),
    Grade.UNKNOWN: (Role.WARNING, Pattern.CROSS),
    Grade.NOT_ASKED: (Role.LINE, Pattern.OUTLINE),
}


class CoverageChart(Chart[CoverageView]):
    """Shows a :class:`CoverageView`."""

    smallest: ClassVar[QSize] = QSize(240, 48)

    @staticmethod
    def compose(view: CoverageView, composer: Composer) -> None:
        """Draw the strip and the words below it."""
        parts = [part for part in view.parts if part.share > 0]
        if not parts:
            composer.empty(view.empty_text)
            return
        height = 20.0 * composer.theme.text_scale
        total = max(1.0, sum(part.share for part in parts))
        boxes, x = [], 0.0
        for part in parts:
            width = composer.width * part.share / total
            gap = min(1.0, width / 4)
            box = QRectF(x + gap, 1, max(1.0, width - 2 * gap), height)
            _area(part, box, composer)
            boxes.append(box)
            x += width
        composer.needed = _words(parts, boxes, composer, height + composer.theme.space("s")) + 2


def _look(part: CoveragePart, composer: Composer) -> tuple[QColor, Pattern]:
    role, pattern = _LOOK[part.grade]
    return composer.theme.color(role), pattern


def _area(part: CoveragePart, box: QRectF, composer: Composer) -> None:
    colour, pattern = _look(part, composer)
    composer.area(box, colour, pattern)


def _words(parts: list[CoveragePart], boxes: list[QRectF], composer: Composer, top: float) -> float:
    line = max(24.0, composer.line())
    side = 14.0 * composer.theme.text_scale
    x, y = 0.0, top
    for part, box in zip(parts, boxes, strict=True):
        figure = composer.measure(part.text, strong=True)
        label = min(composer.measure(part.label), composer.width - side - figure - 20)
        width = side + 8 + label + 6 + figure
        if x and x + width > composer.width:
            x, y = 0.0, y + line
        _area(part, QRectF(x + 1, y + (line - side) / 2, side, side), composer)
        cut = composer.elide(part.label, label)
        composer.text(
            cut, QRectF(x + side + 8, y, label, line), colour=Role.TEXT_2, elided=cut != part.label
        )
        composer.text(part.text, QRectF(x + side + label + 14, y, figure, line), strong=True)
        words = part.spoken or spoken(part.label, part.text)
        composer.mark(part.key, words, QRectF(x, y, width, line), box)
        x += width + composer.theme.space("xl")
    return y + line
