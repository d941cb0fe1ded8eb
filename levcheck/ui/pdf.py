"""Paints page one of the report to PDF: vectors, embedded fonts, selectable text."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QLineF, QMarginsF, QRectF, Qt, QUuid
from PySide6.QtGui import QFont, QGuiApplication, QPageSize, QPainter, QPdfWriter, QPen
from PySide6.QtWidgets import QApplication

from levcheck.presenting.figures import Tone
from levcheck.reporting.page import Page, PageFigure, PageTable
from levcheck.storage.writer import write_file
from levcheck.ui.charts.dumbbell import DumbbellChart
from levcheck.ui.charts.waterfall import WaterfallChart
from levcheck.ui.theme import Role, Size, Theme, print_theme

DOTS_PER_INCH = 96
RESOLUTION = 1200
MARGIN_MM = 12.0
MARGIN = MARGIN_MM / 25.4 * DOTS_PER_INCH
GAP = 12.0
CHARTS_AT_LEAST = 190.0
CHARTS_AT_MOST = 430.0
WRAP = int(Qt.TextFlag.TextWordWrap)
LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
MIDDLE = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

_SIZES = {"A4": QPageSize.PageSizeId.A4, "Letter": QPageSize.PageSizeId.Letter}
_ROLES = {
    Tone.PLAIN: Role.TEXT,
    Tone.MUTED: Role.TEXT_2,
    Tone.LOSS: Role.LOSS,
    Tone.GAIN: Role.GAIN,
    Tone.WARNING: Role.WARNING,
    Tone.ERROR: Role.ERROR,
    Tone.SUCCESS: Role.SUCCESS,
}


def write_pdf(page: Page, path: Path) -> None:
    """Write page one to a PDF file.

    Raises:
        LevcheckError: the file cannot be written; what was there before is untouched.
    """
    write_file(path, pdf_bytes(page))


def pdf_bytes(page: Page) -> bytes:
    """Return page one as the content of a PDF file.

    Names of clients, paths and users are kept out of its metadata.
    """
    # A QGuiApplication must exist before fonts do; the caller's own is used when there is one.
    application = QGuiApplication.instance() or QApplication([])
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setPageSize(QPageSize(_SIZES[page.paper]))
    writer.setPageMargins(QMarginsF(0, 0, 0, 0))
    writer.setResolution(RESOLUTION)
    writer.setTitle(page.name)
    writer.setCreator("levcheck")
    writer.setDocumentId(QUuid.createUuidV5(QUuid(), repr(page).encode()))
    painter = QPainter(writer)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(RESOLUTION / DOTS_PER_INCH, RESOLUTION / DOTS_PER_INCH)
    width = writer.width() * DOTS_PER_INCH / RESOLUTION
    height = writer.height() * DOTS_PER_INCH / RESOLUTION
    _PagePainter(painter, print_theme(page.language), QRectF(0, 0, width, height)).paint(page)
    painter.end()
    del application
    return _dated(bytes(buffer.data().data()), page.printed)


def _dated(content: bytes, day: date) -> bytes:
    """Return the file with the day of printing for its clock times, so that the same page is the same bytes.

    Qt offers no way to set them; each is replaced by one of the same length, which keeps every offset true.
    """
    stamp = day.strftime("D:%Y%m%d000000Z").encode()
    iso = day.strftime("%Y-%m-%dT00:00:00+00:00").encode()
    content = re.sub(rb"D:\d{14}Z", stamp, content)
    return re.sub(rb"(?<=Date=\")\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00", iso, content)


@dataclass(slots=True)
class _Block:
    """A part of the page: how high it is, and how it is painted from a given top."""

    height: float
    paint: Callable[[float], None]


class _PagePainter:
    """Measures every block first, then gives the charts the room that is left."""

    def __init__(self, painter: QPainter, theme: Theme, sheet: QRectF) -> None:
        self._painter = painter
        self._theme = theme
        self._area = sheet.adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)

    def paint(self, page: Page) -> None:
        above = [
            self._head(page),
            self._text(page.headline, self._fitted_headline(page.headline)),
            self._figures(page.figures),
            self._paragraphs(page.limits, Role.TEXT),
        ]
        half = (self._area.width() - 3 * GAP) / 2
        full = self._area.width()
        below = [
            self._table(page.doors, full),
            self._table(page.resets, full),
            self._notes(page),
            self._paragraphs(page.disclosure, Role.TEXT_2),
        ]
        footer = self._text(page.footer, self._theme.font(Size.CAPTION), Role.TEXT_2)
        taken = sum(block.height + GAP for block in (*above, *below)) + footer.height
        charts = min(max(self._area.height() - taken - GAP, CHARTS_AT_LEAST), CHARTS_AT_MOST)
        top = self._area.top()
        for block in above:
            block.paint(top)
            top += block.height + GAP
        self._charts(page, top, charts, half)
        top += charts + GAP
        for block in below:
            block.paint(top)
            top += block.height + GAP
        self._rule(self._area.bottom() - footer.height - 4)
        footer.paint(self._area.bottom() - footer.height)

    # --- blocks ----------------------------------------------------------------------------------------

    def _head(self, page: Page) -> _Block:
        font = self._theme.font(Size.CAPTION)
        strong = self._theme.font(Size.CAPTION, strong=True)
        line = self._line_height(font)
        height = line * (2 if page.client else 1) + 6

        def paint(top: float) -> None:
            row = QRectF(self._area.left(), top, self._area.width(), line)
            room = row.width() - self._advance(page.dates, font) - GAP
            self._write(row, MIDDLE, self._elided(page.name, strong, room), strong, Role.TEXT)
            self._write(row, RIGHT, page.dates, font, Role.TEXT_2)
            client = self._elided(page.client, font, row.width())
            self._write(row.translated(0, line), MIDDLE, client, font, Role.TEXT)
            self._rule(top + height - 2)

        return _Block(height, paint)

    def _fitted_headline(self, text: str) -> QFont:
        """Return the largest headline font in which the sentence takes at most two lines."""
        font = self._theme.font(Size.HEADLINE, strong=True)
        size = font.pixelSize()
        while size > 18 and self._text(text, font).height > 2.1 * self._line_height(font):
            size -= 1
            font.setPixelSize(size)
        return font

    def _figures(self, figures: tuple[PageFigure, ...]) -> _Block:
        label_font = self._theme.font(Size.CAPTION)
        figure_font = self._theme.font(Size.KEY_FIGURE, strong=True)
        figure_font.setPixelSize(round(figure_font.pixelSize() * 0.8))
        label_height, figure_height = self._line_height(label_font), self._line_height(figure_font)

        def paint(top: float) -> None:
            width = (self._area.width() - GAP * (len(figures) - 1)) / max(len(figures), 1)
            for index, figure in enumerate(figures):
                left = self._area.left() + index * (width + GAP)
                self._write(
                    QRectF(left, top, width, label_height), MIDDLE,
                    self._elided(figure.label, label_font, width), label_font, Role.TEXT_2,
                )  # fmt: skip
                text = f"{figure.text}  ({figure.note})" if figure.note else figure.text
                self._write(
                    QRectF(left, top + label_height, width, figure_height),
                    MIDDLE,
                    text,
                    self._narrowed(text, figure_font, width),
                    _ROLES[figure.tone],
                )

        return _Block(label_height + figure_height, paint)

    def _charts(self, page: Page, top: float, height: float, half: float) -> None:
        title_font = self._theme.font(Size.EMPHASIS, strong=True)
        caption = self._theme.font(Size.CAPTION)
        title_height = self._line_height(title_font) + 4
        right = self._area.left() + half + 2 * GAP
        range_block = self._text(page.loss_range, caption, Role.TEXT_2, left=right, width=half)
        places = ((self._area.left(), page.exposure_title), (right, page.loss_title))
        for left, title in places:
            row = QRectF(left, top, half, title_height)
            self._write(row, MIDDLE, self._elided(title, title_font, half), title_font, Role.TEXT)
        body = QRectF(self._area.left(), top + title_height, half, height - title_height)
        dumbbell = DumbbellChart()
        dumbbell.show_view(page.exposure)
        dumbbell.paint(self._painter, body, self._theme)
        if page.loss is not None:
            waterfall = WaterfallChart()
            waterfall.show_view(page.loss)
            place = QRectF(right, body.top(), half, body.height() - range_block.height - 4)
            waterfall.paint(self._painter, place, self._theme)
            range_block.paint(body.bottom() - range_block.height)

    def _table(self, table: PageTable, width: float) -> _Block:
        title_font = self._theme.font(Size.EMPHASIS, strong=True)
        head_font = self._theme.font(Size.CAPTION)
        body_font = self._theme.font(Size.CAPTION)
        title_height, row_height = (
            self._line_height(title_font) + 3,
            self._line_height(body_font) + 5,
        )
        shown = max(len(table.rows), 1)
        note_height = self._line_height(head_font) if table.note else 0.0
        first = width * 0.26
        others = (width - first) / max(len(table.headers) - 1, 1)
        head_height = row_height
        if table.rows:
            # A heading may take two lines; a heading is never cut, a figure neither.
            heads = [self._text(text, head_font, width=others - 8).height for text in table.headers]
            head_height = max(heads) + 5
        total = title_height + head_height + row_height * shown + note_height

        def cells(
            top: float, texts: tuple[str, ...], height: float, role: Role, flags: int
        ) -> None:
            left = self._area.left()
            for index, text in enumerate(texts):
                space = first if index == 0 else others
                place = QRectF(left + (0 if index == 0 else 8), top, space - 8, height)
                font = self._narrowed(text, body_font, place.width()) if not flags else head_font
                self._write(place, (MIDDLE if index == 0 else RIGHT) | flags, text, font, role)
                left += space

        def paint(top: float) -> None:
            title = QRectF(self._area.left(), top, width, title_height)
            self._write(title, MIDDLE, table.title, title_font, Role.TEXT)
            top += title_height
            if not table.rows:
                empty = QRectF(self._area.left(), top, width, row_height)
                self._write(empty, MIDDLE, table.empty, body_font, Role.TEXT_2)
                return
            cells(top, table.headers, head_height, Role.TEXT_2, WRAP)
            self._rule(top + head_height)
            top += head_height
            for row in table.rows:
                named = (self._elided(row[0], body_font, first - 8), *row[1:])
                cells(top, named, row_height, Role.TEXT, 0)
                top += row_height
            if table.note:
                note = QRectF(self._area.left(), top, width, note_height)
                self._write(note, MIDDLE, table.note, head_font, Role.TEXT_2)

        return _Block(total, paint)

    def _notes(self, page: Page) -> _Block:
        return self._paragraphs((page.missing, *page.assumptions), Role.TEXT_2, bullet="· ")

    def _paragraphs(self, texts: tuple[str, ...], role: Role, bullet: str = "") -> _Block:
        font = self._theme.font(Size.CAPTION)
        blocks = [self._text(bullet + text, font, role) for text in texts]

        def paint(top: float) -> None:
            for block in blocks:
                block.paint(top)
                top += block.height + 1

        return _Block(sum(block.height + 1 for block in blocks), paint)

    # --- ink -------------------------------------------------------------------------------------------

    def _text(
        self,
        text: str,
        font: QFont,
        role: Role = Role.TEXT,
        *,
        left: float | None = None,
        width: float | None = None,
    ) -> _Block:
        x = self._area.left() if left is None else left
        space = self._area.width() if width is None else width
        self._painter.setFont(font)
        box = self._painter.boundingRect(QRectF(x, 0, space, 10_000), LEFT | WRAP, text)
        height = box.height() if text else 0.0

        def paint(top: float) -> None:
            self._write(QRectF(x, top, space, height + 2), LEFT | WRAP, text, font, role)

        return _Block(height, paint)

    def _write(self, place: QRectF, flags: int, text: str, font: QFont, role: Role) -> None:
        if not text:
            return
        self._painter.setFont(font)
        self._painter.setPen(self._theme.color(role))
        self._painter.drawText(place, flags, text)

    def _rule(self, y: float) -> None:
        self._painter.setPen(QPen(self._theme.color(Role.HAIRLINE), 0.75))
        self._painter.drawLine(QLineF(self._area.left(), y, self._area.right(), y))

    def _advance(self, text: str, font: QFont) -> float:
        self._painter.setFont(font)
        return float(self._painter.fontMetrics().horizontalAdvance(text))

    def _line_height(self, font: QFont) -> float:
        self._painter.setFont(font)
        return float(self._painter.fontMetrics().height())

    def _elided(self, text: str, font: QFont, width: float) -> str:
        self._painter.setFont(font)
        return self._painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(width))

    def _narrowed(self, text: str, font: QFont, width: float) -> QFont:
        """Return the font, smaller where a figure would not fit: a figure is never cut."""
        narrowed = QFont(font)
        self._painter.setFont(narrowed)
        while (
            narrowed.pixelSize() > 12
            and self._painter.fontMetrics().horizontalAdvance(text) > width
        ):
            narrowed.setPixelSize(narrowed.pixelSize() - 1)
            self._painter.setFont(narrowed)
        return narrowed
