"""A report laid out on sheets: page one, then the further pages, with a head and a numbered foot on each."""

from dataclasses import dataclass, field

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPageSize, QPainter

from levcheck.reporting.blocks import Block, ChartBlock, Section, TableBlock, TextBlock, Voice
from levcheck.reporting.report import Report
from levcheck.ui.charts import height_of_view, paint_view
from levcheck.ui.paper.first_page import FirstPage
from levcheck.ui.paper.ink import BODY_PIXELS, Box, Ink
from levcheck.ui.paper.tables import KEPT_TOGETHER, KEPT_WHOLE, TableBoxes, table_boxes
from levcheck.ui.theme import Role, Size, print_theme

DOTS_PER_INCH = 96.0
MARGIN_MM = 12.0
MARGIN = MARGIN_MM / 25.4 * DOTS_PER_INCH
MILLIMETRES = {"A4": (210.0, 297.0), "Letter": (215.9, 279.4)}
SIZES = {"A4": QPageSize.PageSizeId.A4, "Letter": QPageSize.PageSizeId.Letter}
GAP = 10.0
BETWEEN_SECTIONS = 26.0
SET_BORDER = 8.0
CHART_SHARE = 0.62
TALLEST_CHART = 0.5


@dataclass(slots=True)
class _Sheet:
    """What stands where on one sheet."""

    placed: list[tuple[float, Box]] = field(default_factory=list)


class Document:
    """A laid-out report. Lengths are pixels of 1/96 inch, whatever it is painted on.

    Attributes:
        width: of a sheet.
        height: of a sheet.
        first: page one.
    """

    def __init__(self, report: Report) -> None:
        self._report = report
        page = report.first
        across, down = MILLIMETRES[page.paper]
        self.width, self.height = (side / 25.4 * DOTS_PER_INCH for side in (across, down))
        self._ink = Ink(print_theme(page.language), page.branding.accent)
        whole = QRectF(0, 0, self.width, self.height)
        self._area = whole.adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
        self._foot = self._ink.line(self._ink.font()) + 5
        self.first = FirstPage(page, self._ink, self._area, self._foot)
        self._sheets = _Flow(self._ink, self._body()).sheets(report.sections)

    @property
    def report(self) -> Report:
        """What was laid out."""
        return self._report

    @property
    def pages(self) -> int:
        """How many sheets there are."""
        return 1 + len(self._sheets)

    def paint(self, painter: QPainter, number: int) -> None:
        """Paint one sheet, counted from 0, at the painter's origin in pixels of 1/96 inch."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        if number == 0:
            self.first.paint(painter)
        else:
            self._paint_head(painter)
            for top, box in self._sheets[number - 1].placed:
                box.paint(painter, top)
        self._paint_foot(painter, number)

    def image(self, number: int, scale: float) -> QImage:
        """Return one sheet as a picture, `scale` device pixels for one of 1/96 inch."""
        image = QImage(
            round(self.width * scale), round(self.height * scale), QImage.Format.Format_RGB32
        )
        image.fill(0xFFFFFFFF)
        painter = QPainter(image)
        painter.scale(scale, scale)
        self.paint(painter, number)
        painter.end()
        return image

    def _body(self) -> QRectF:
        head = self._ink.line(self._ink.font()) + 18
        return self._area.adjusted(0, head, 0, -self._foot - 6)

    def _paint_head(self, painter: QPainter) -> None:
        page, ink, area = self._report.first, self._ink, self._area
        font = ink.font()
        row = QRectF(area.left(), area.top(), area.width(), ink.line(font))
        names = " · ".join(
            text for text in (page.mark, page.client, page.branding.firm or page.name) if text
        )
        room = row.width() - ink.advance(page.day, font) - GAP
        ink.write(painter, row, ink.elided(names, font, room), font, Role.TEXT_2)
        ink.write(painter, row, page.day, font, Role.TEXT_2, right=True)
        role = Role.ACCENT if page.branding.accent else Role.HAIRLINE
        ink.rule(painter, area.left(), area.right(), row.bottom() + 3, role)

    def _paint_foot(self, painter: QPainter, number: int) -> None:
        page, ink, area = self._report.first, self._ink, self._area
        font = ink.font()
        row = QRectF(area.left(), area.bottom() - ink.line(font), area.width(), ink.line(font))
        ink.rule(painter, area.left(), area.right(), row.top() - 4)
        label = page.page_label.format(page=number + 1, pages=self.pages)
        room = row.width() - ink.advance(label, font) - GAP
        fitting = ink.narrowed(page.footer, font, room)
        ink.write(painter, row, page.footer, fitting, Role.TEXT_2)
        ink.write(painter, row, label, font, Role.TEXT_2, right=True)


class _Flow:
    """Sets sections on sheets, one after another."""

    def __init__(self, ink: Ink, body: QRectF) -> None:
        self._ink = ink
        self._body = body
        self._sheets: list[_Sheet] = []
        self._top = body.top()

    def sheets(self, sections: tuple[Section, ...]) -> list[_Sheet]:
        """Return the sheets that sections take; a short section goes below another where it fits whole."""
        for section in sections:
            title = self._title(section.title)
            blocks = [self._laid_out(block) for block in section.blocks]
            whole = title.height + sum(_height(block) + GAP for block in blocks)
            if not self._sheets or self._top + BETWEEN_SECTIONS + whole > self._body.bottom():
                self._turn()
            else:
                self._top += BETWEEN_SECTIONS - GAP
            self._place(title)
            for number, block in enumerate(blocks):
                if isinstance(block, TableBoxes):
                    self._place_table(block)
                    continue
                follows = section.blocks[number + 1 : number + 2]
                if isinstance(section.blocks[number], TextBlock) and follows:
                    self._keep_with(block, blocks[number + 1])
                self._place(block)
        return self._sheets

    # --- placing ---------------------------------------------------------------------------------------

    def _turn(self) -> None:
        self._sheets.append(_Sheet())
        self._top = self._body.top()

    def _keep_with(self, text: Box, follows: Box | TableBoxes) -> None:
        """Turn the sheet where a sentence would stand at its foot, away from what it speaks of."""
        needed = follows.height if isinstance(follows, Box) else _least(follows)
        if text.height + GAP + needed > self._room() and needed < self._body.height() / 2:
            self._turn()

    def _room(self) -> float:
        return self._body.bottom() - self._top

    def _place(self, box: Box, gap: float = GAP) -> None:
        if box.height > self._room() and self._top > self._body.top():
            self._turn()
        self._sheets[-1].placed.append((self._top, box))
        self._top += box.height + gap

    def _place_table(self, table: TableBoxes) -> None:
        if _least(table) > self._room():
            self._turn()
        self._place(table.title, 2.0)
        self._place(table.head, 0.0)
        ends = len(table.rows) - KEPT_TOGETHER
        for number, row in enumerate(table.rows):
            # The last rows go on together: one row alone under headings would look like another table.
            needed = row.height
            if number == ends:
                needed = sum(one.height for one in table.rows[number:]) + table.tail.height
            elif number > ends:
                needed += table.tail.height
            if needed > self._room():
                self._turn()
                self._place(table.head, 0.0)
            self._place(row, 0.0)
        self._place(table.tail)

    # --- laying out ------------------------------------------------------------------------------------

    def _title(self, text: str) -> Box:
        font = self._ink.font(Size.SECTION, strong=True)
        return self._ink.paragraph(text, font, self._body.left(), self._body.width(), Role.ACCENT)

    def _laid_out(self, block: Block) -> Box | TableBoxes:
        if isinstance(block, TableBlock):
            return table_boxes(block, self._ink, self._body.left(), self._body.width())
        if isinstance(block, ChartBlock):
            return self._chart(block)
        return self._text(block)

    def _text(self, block: TextBlock) -> Box:
        ink, body = self._ink, self._body
        if block.voice is not Voice.SET:
            role = Role.TEXT_2 if block.voice is Voice.SOFT else Role.TEXT
            return ink.paragraph(block.text, ink.body(), body.left(), body.width(), role)
        inner = ink.paragraph(
            block.text,
            ink.font(Size.BODY, pixels=BODY_PIXELS),
            body.left() + SET_BORDER,
            body.width() - 2 * SET_BORDER,
        )
        height = inner.height + 2 * SET_BORDER

        def paint(painter: QPainter, top: float) -> None:
            painter.setPen(ink.colour(Role.TEXT_2))
            painter.setBrush(ink.colour(Role.BG))
            painter.drawRect(QRectF(body.left(), top, body.width(), height))
            inner.paint(painter, top + SET_BORDER)

        return Box(height, paint)

    def _chart(self, block: ChartBlock) -> Box:
        ink, body, view = self._ink, self._body, block.view
        title = ink.paragraph(
            view.title, ink.font(Size.EMPHASIS, strong=True), body.left(), body.width()
        )
        # A chart that says in its middle why it is empty does not say it again below.
        told = view.summary if view.summary != view.empty_text else ""
        summary = ink.paragraph(told, ink.body(), body.left(), body.width(), Role.TEXT_2)
        most = body.height() * TALLEST_CHART
        needed = height_of_view(view, body.width(), most, ink.theme)
        tall = min(max(needed, 60.0), body.height() * CHART_SHARE)

        def paint(painter: QPainter, top: float) -> None:
            title.paint(painter, top)
            place = QRectF(body.left(), top + title.height + 4, body.width(), tall)
            paint_view(view, painter, place, ink.theme, unit=1.0)
            summary.paint(painter, place.bottom() + 4)

        return Box(title.height + 4 + tall + 4 + summary.height, paint)


def _least(table: TableBoxes) -> float:
    """Return the height of the part of a table that stays together."""
    is_short = len(table.rows) <= KEPT_WHOLE
    rows = sum(row.height for row in table.rows[: KEPT_WHOLE if is_short else KEPT_TOGETHER])
    tail = table.tail.height if is_short else 0.0
    return table.title.height + 2 + table.head.height + rows + tail


def _height(block: Box | TableBoxes) -> float:
    if isinstance(block, Box):
        return block.height
    rows = sum(row.height for row in block.rows)
    return block.title.height + 2 + block.head.height + rows + block.tail.height
