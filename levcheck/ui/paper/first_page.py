"""Page one on a sheet: every part is measured first, then the charts get the room that is left."""

from dataclasses import dataclass, replace

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFont, QPainter

from levcheck.presenting.chart_views import DumbbellView, WaterfallView
from levcheck.reporting.page import DOORS_ROWS, RESET_ROWS, Page, PageFigure, PageTable
from levcheck.ui.charts import height_of_view, paint_view
from levcheck.ui.paper.ink import ROLES, Box, Ink
from levcheck.ui.paper.mark import PaintedMark
from levcheck.ui.theme import Role, Size

GAP = 12.0
CHARTS_AT_LEAST = 200.0
CHARTS_AT_MOST = 430.0
SMALLEST_HEADLINE = 18.0
GROWN = 1.6
"""How much higher than it needs a chart may be."""
_TITLE_ROOM = 24.0


@dataclass(frozen=True, slots=True)
class _Fit:
    """One way to make everything fit: gap, largest headline, rows of the tables, and small notes in the charts."""

    gap: float
    headline: float
    doors: int
    resets: int
    notes: bool


_FITS = (
    _Fit(GAP, 29.0, DOORS_ROWS, RESET_ROWS, notes=True),
    _Fit(8.0, 24.0, DOORS_ROWS, RESET_ROWS, notes=True),
    _Fit(GAP, 27.0, DOORS_ROWS, RESET_ROWS, notes=False),
    _Fit(8.0, 24.0, DOORS_ROWS, RESET_ROWS, notes=False),
    _Fit(6.0, 22.0, 4, 3, notes=False),
    _Fit(5.0, 20.0, 3, 2, notes=False),
    _Fit(4.0, SMALLEST_HEADLINE, 2, 2, notes=False),
    _Fit(2.0, SMALLEST_HEADLINE, 2, 2, notes=False),
)


class FirstPage:
    """One sheet, whatever stands on it.

    Attributes:
        room: height that is left for the charts.
        needed: height below which a chart would leave rows out.
    """

    def __init__(self, page: Page, ink: Ink, area: QRectF, foot: float) -> None:
        self._page = page
        self._ink = ink
        self._area = area
        self._half = (area.width() - 3 * GAP) / 2
        self._fit = _FITS[0]
        self._above: list[Box] = []
        self._below: list[Box] = []
        self.room = self.needed = 0.0
        needs: dict[bool, float] = {}
        for fit in _FITS:
            self._lay_out(fit)
            taken = sum(box.height + fit.gap for box in (*self._above, *self._below)) + foot
            self.room = area.height() - taken - fit.gap
            if fit.notes not in needs:
                # What charts need hangs on their rows and notes, not on the room they are given.
                needs[fit.notes] = self._charts_need()
            self.needed = needs[fit.notes]
            if self.room >= self.needed:
                break

    def paint(self, painter: QPainter) -> None:
        """Paint everything but the foot."""
        top = self._area.top()
        # Few rows need little room: charts grow with what is in them, not with the paper.
        charts = min(self.room, CHARTS_AT_MOST, max(self.needed * 1.4, CHARTS_AT_LEAST))
        for box in self._above:
            box.paint(painter, top)
            top += box.height + self._fit.gap
        self._charts(painter, top, charts)
        top += charts + self._fit.gap
        for box in self._below:
            box.paint(painter, top)
            top += box.height + self._fit.gap

    def _lay_out(self, fit: _Fit) -> None:
        page, full, left = self._page, self._area.width(), self._area.left()
        self._fit = fit
        notes = " · ".join((page.missing, *page.assumptions))
        large = self._fitted_headline(fit.headline)
        evenly = self._ink.balanced(page.headline, large, full)
        self._above = [
            self._head(),
            self._ink.paragraph(page.headline, large, left, evenly),
            self._figures(page.figures),
            self._paragraphs(page.limits, Role.TEXT),
        ]
        self._below = [
            self._table(page.doors.cut(fit.doors), full),
            self._table(page.resets.cut(fit.resets), full),
            self._paragraphs((notes,), Role.TEXT_2),
            self._paragraphs(page.disclosure, Role.TEXT_2),
        ]

    def _exposure(self) -> DumbbellView:
        """Return the left chart, without its small notes where there is no room for them."""
        view = self._page.exposure
        if self._fit.notes:
            return view
        return replace(view, rows=tuple(replace(row, note="") for row in view.rows))

    def _loss(self) -> WaterfallView | None:
        """Return the right chart; the range is drawn, and told in the sentence below: its room belongs to the bars."""
        view = self._page.loss
        if view is None:
            return None
        steps = tuple(replace(step, range_text="") for step in view.steps)
        return replace(view, steps=steps)

    def _charts_need(self) -> float:
        ink, page = self._ink, self._page
        room = max(self.room, 1.0)
        left = height_of_view(self._exposure(), self._half, room, ink.theme)
        right, loss = 0.0, self._loss()
        if loss is not None:
            spread = ink.paragraph(page.loss_range, ink.font(), 0.0, self._half)
            right = height_of_view(loss, self._half, room, ink.theme) + spread.height + 4
        return max(left, right) + _TITLE_ROOM

    # --- blocks ----------------------------------------------------------------------------------------

    def _head(self) -> Box:
        page, ink, area = self._page, self._ink, self._area
        font, strong = ink.font(), ink.font(strong=True)
        large = ink.font(Size.EMPHASIS, strong=True)
        line, tall = ink.line(font), ink.line(large)
        mark = PaintedMark(page.branding.logo) if page.branding.logo is not None else None
        names = [text for text in (page.branding.firm, page.client) if text]
        upper = max(tall if names else 0.0, mark.size.height() if mark else 0.0)
        fits = ink.advance(page.name, strong) + GAP + ink.advance(page.dates, font) <= area.width()
        # Under a firm's own head the product's name gives way to long dates; it stands in the foot as well.
        title = page.name if fits or not upper else ""
        height = line * (1 if fits or not title else 2) + 6 + (upper + 6 if upper else 0.0)

        def paint(painter: QPainter, top: float) -> None:
            if upper:
                self._names(painter, QRectF(area.left(), top, area.width(), upper), mark, large)
                top += upper + 6
            row = QRectF(area.left(), top, area.width(), line)
            ink.write(painter, row, title, strong)
            row = row if fits or not title else row.translated(0, line)
            ink.write(painter, row, page.dates, font, Role.TEXT_2, right=True)
            accent = bool(page.branding.accent)
            role, width = (Role.ACCENT, 1.5) if accent else (Role.HAIRLINE, 0.75)
            ink.rule(painter, area.left(), area.right(), row.bottom() + 4, role, width)

        return Box(height, paint)

    def _names(self, painter: QPainter, row: QRectF, mark: PaintedMark | None, font: QFont) -> None:
        page, ink = self._page, self._ink
        left = row.left()
        if mark is not None:
            mark.paint(painter, left, row.center().y() - mark.size.height() / 2)
            left += mark.size.width() + (GAP if mark.size.width() else 0.0)
        room = row.right() - left - (GAP if page.branding.firm and page.client else 0.0)
        # Each gets what it needs; both too long, each gets half.
        half = max(room / 2, room - ink.advance(page.branding.firm, font))
        client = ink.elided(page.client, font, half)
        firm = ink.elided(page.branding.firm, font, room - ink.advance(client, font))
        ink.write(painter, QRectF(left, row.top(), room, row.height()), firm, font, Role.ACCENT)
        ink.write(painter, row, client, font, right=True)

    def _fitted_headline(self, largest: float) -> QFont:
        """Return the largest headline font in which the sentence takes at most two lines."""
        ink, width = self._ink, self._area.width()
        pixels = largest
        while True:
            font = ink.font(Size.HEADLINE, strong=True, pixels=pixels)
            if pixels <= SMALLEST_HEADLINE or len(ink.broken(self._page.headline, font, width)) < 3:
                return font
            pixels -= 1

    def _figures(self, figures: tuple[PageFigure, ...]) -> Box:
        ink, area = self._ink, self._area
        label_font = ink.font()
        figure_font = ink.font(
            Size.KEY_FIGURE, strong=True, pixels=ink.theme.pixels(Size.KEY_FIGURE) * 0.8
        )
        above, below = ink.line(label_font), ink.line(figure_font)

        def paint(painter: QPainter, top: float) -> None:
            width = (area.width() - GAP * (len(figures) - 1)) / max(len(figures), 1)
            for index, figure in enumerate(figures):
                left = area.left() + index * (width + GAP)
                label = ink.elided(figure.label, label_font, width)
                ink.write(painter, QRectF(left, top, width, above), label, label_font, Role.TEXT_2)
                text = f"{figure.text}  ({figure.note})" if figure.note else figure.text
                font = ink.narrowed(text, figure_font, width)
                place = QRectF(left, top + above, width, below)
                ink.write(painter, place, text, font, ROLES[figure.tone])

        return Box(above + below, paint)

    def _charts(self, painter: QPainter, top: float, height: float) -> None:
        page, ink, area = self._page, self._ink, self._area
        half = self._half
        title_font = ink.font(Size.EMPHASIS, strong=True)
        title_height = ink.line(title_font) + 4
        right = area.left() + half + 2 * GAP
        spread = ink.paragraph(page.loss_range, ink.font(), right, half, Role.TEXT_2)
        for left, title in ((area.left(), page.exposure_title), (right, page.loss_title)):
            row = QRectF(left, top, half, title_height)
            ink.write(painter, row, ink.elided(title, title_font, half), title_font)
        body = QRectF(area.left(), top + title_height, half, height - title_height)
        paint_view(self._exposure(), painter, body, ink.theme, unit=1.0)
        loss = self._loss()
        if loss is not None:
            tall = body.height() - spread.height - 4
            # The sentence stays with a chart of few rows.
            needed = height_of_view(loss, half, tall, ink.theme)
            place = QRectF(
                right, body.top(), half, tall if not loss.steps else min(tall, needed * GROWN)
            )
            paint_view(loss, painter, place, ink.theme, unit=1.0)
            spread.paint(painter, place.bottom() + 4)

    def _table(self, table: PageTable, width: float) -> Box:
        ink, area = self._ink, self._area
        title_font, font = ink.font(Size.EMPHASIS, strong=True), ink.font()
        title = ink.paragraph(table.title, title_font, area.left(), width)
        row_height = ink.line(font) + 4
        first = width * 0.26
        others = (width - first) / max(len(table.headers) - 1, 1)
        heads = [
            ink.broken(text, font, (others if index else first) - 8)
            for index, text in enumerate(table.headers)
        ]
        deepest = max((len(lines) for lines in heads), default=1) if table.rows else 0
        head_height = deepest * ink.line(font) + 4 if table.rows else 0.0
        note_height = ink.line(font) if table.note else 0.0
        shown = max(len(table.rows), 1)

        def cell(
            painter: QPainter, top: float, height: float, index: int, text: str, *, soft: bool
        ) -> None:
            left = area.left() + (0.0 if index == 0 else first + (index - 1) * others + 8)
            place = QRectF(left, top, (first if index == 0 else others) - 8, height)
            role = Role.TEXT_2 if soft else Role.TEXT
            fitting = ink.narrowed(text, font, place.width())
            ink.write(
                painter, place, ink.elided(text, fitting, place.width() + 0.5), fitting, role,
                right=index > 0,
            )  # fmt: skip

        def paint(painter: QPainter, top: float) -> None:
            title.paint(painter, top)
            top += title.height + 2
            if not table.rows:
                empty = QRectF(area.left(), top, width, row_height)
                ink.write(painter, empty, table.empty, font, Role.TEXT_2)
                return
            line = ink.line(font)
            for index, lines in enumerate(heads):
                start = top + (deepest - len(lines)) * line
                for number, text in enumerate(lines):
                    cell(painter, start + number * line, line, index, text, soft=True)
            top += head_height
            ink.rule(painter, area.left(), area.right(), top - 1)
            for row in table.rows:
                for index, text in enumerate(row):
                    cell(painter, top, row_height, index, text, soft=False)
                top += row_height
            note = QRectF(area.left(), top, width, note_height)
            ink.write(painter, note, table.note, font, Role.TEXT_2)

        return Box(title.height + 2 + head_height + row_height * shown + note_height, paint)

    def _paragraphs(self, texts: tuple[str, ...], role: Role) -> Box:
        ink, area = self._ink, self._area
        font = ink.body()
        boxes = [ink.paragraph(text, font, area.left(), area.width(), role) for text in texts]

        def paint(painter: QPainter, top: float) -> None:
            for box in boxes:
                box.paint(painter, top)
                top += box.height

        return Box(sum(box.height for box in boxes), paint)
