"""Tables on paper: columns as wide as what stands in them, rows that wrap and are never cut."""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFont, QPainter

from levcheck.presenting.figures import Cell, Column, Row
from levcheck.reporting.blocks import TableBlock
from levcheck.ui.paper.ink import ROLES, Box, Ink
from levcheck.ui.theme import Role, Size

BETWEEN = 12.0
AIR = 0.5
"""So that what was measured to fit still fits once widths have been added up."""
STEP = 12.0
ROW_PAD = 4.0
MOST_ROWS = 0.8
"""The share of rows that counts as most of them."""
NARROWEST_TEXT = 52.0
LONGEST_WORD = 90.0
"""Words up to this width are not broken; longer ones are addresses and the like."""
KEPT_TOGETHER = 3
"""Rows that stay with the heading of a table: a heading alone at the foot of a sheet says nothing."""
KEPT_WHOLE = 7
"""A table of so few rows stands on one sheet: a single row on the next would look like another table."""


@dataclass(frozen=True, slots=True)
class TableBoxes:
    """A table ready to be set on sheets.

    Attributes:
        title: heading; on the first sheet only.
        head: column headings; again on every sheet.
        rows: one box each.
        tail: total and note; stay with the last row.
    """

    title: Box
    head: Box
    rows: tuple[Box, ...]
    tail: Box


def table_boxes(block: TableBlock, ink: Ink, left: float, width: float) -> TableBoxes:
    """Return a table laid out in a column."""
    return _TableLayout(block, ink, left, width).boxes()


@dataclass(frozen=True, slots=True)
class _Wish:
    """How wide a column may not be less, is for most of its rows on one line, and for all of them."""

    least: float
    most_rows: float
    every_row: float


def _grow(widths: list[float], goals: list[float], room: float) -> None:
    """Widen columns towards their goals; who lacks least gets it whole, the others share what is left.

    >>> widths = [10.0, 10.0, 10.0]
    >>> _grow(widths, [15.0, 90.0, 70.0], 75.0)
    >>> widths
    [15.0, 30.0, 30.0]
    """
    spare = max(room - sum(widths), 0.0)
    lacking = sorted(
        (goal - width, n) for n, (width, goal) in enumerate(zip(widths, goals, strict=True))
    )
    waiting = [(lack, n) for lack, n in lacking if lack > 0]
    for done, (lack, n) in enumerate(waiting):
        gained = min(lack, spare / (len(waiting) - done))
        widths[n] += gained
        spare -= gained


class _TableLayout:
    def __init__(self, block: TableBlock, ink: Ink, left: float, width: float) -> None:
        self._block = block
        self._ink = ink
        self._left = left
        self._width = width
        self._font = ink.font()
        self._strong = ink.font(strong=True)
        self._line = ink.line(self._font)
        self._widths = self._column_widths()

    def boxes(self) -> TableBoxes:
        table, ink = self._block.table, self._ink
        title_font = ink.font(Size.EMPHASIS, strong=True)
        title = ink.paragraph(table.name, title_font, self._left, self._width)
        if not table.rows:
            empty = ink.paragraph(table.empty, ink.body(), self._left, self._width, Role.TEXT_2)
            nothing = Box(0.0, lambda _painter, _top: None)
            return TableBoxes(title, nothing, (empty,), nothing)
        indents = self._block.indents or (0,) * len(table.rows)
        rows = tuple(
            self._row(row, self._font, indent=indent)
            for row, indent in zip(table.rows, indents, strict=True)
        )
        return TableBoxes(title, self._head(table.columns), rows, self._tail())

    def _tail(self) -> Box:
        ink, table = self._ink, self._block.table
        total = self._row(table.total, self._strong) if table.total is not None else None
        note = ink.paragraph(self._block.note, ink.body(), self._left, self._width, Role.TEXT_2)
        above = 2.0 if self._block.note else 0.0

        def paint(painter: QPainter, top: float) -> None:
            if total is not None:
                ink.rule(painter, self._left, self._left + self._width, top, Role.TEXT_2)
                total.paint(painter, top)
                top += total.height
            note.paint(painter, top + above)

        return Box((total.height if total else 0.0) + above + note.height, paint)

    def _head(self, columns: tuple[Column, ...]) -> Box:
        cells = [Cell(column.title) for column in columns]
        return self._cells(cells, self._font, role=Role.TEXT_2, rule=Role.LINE)

    def _row(self, row: Row, font: QFont, *, indent: int = 0) -> Box:
        return self._cells(list(row.cells), font, indent=indent)

    def _cells(
        self,
        cells: list[Cell],
        font: QFont,
        *,
        role: Role | None = None,
        rule: Role = Role.HAIRLINE,
        indent: int = 0,
    ) -> Box:
        ink, columns = self._ink, self._block.table.columns
        lines = [
            ink.broken(cell.text, font, width - (indent * STEP if index == 0 else 0.0))
            for index, (cell, width) in enumerate(zip(cells, self._widths, strict=True))
        ]
        deepest = max((len(part) for part in lines), default=1)
        height = max(deepest, 1) * self._line + ROW_PAD

        def paint(painter: QPainter, top: float) -> None:
            for index, (x, width) in enumerate(self._places()):
                shift = indent * STEP if index == 0 else 0.0
                ground = role or ROLES[cells[index].tone]
                # A heading stands on its rule, a row hangs from it.
                start = top + ROW_PAD / 2
                start += (deepest - len(lines[index])) * self._line if role else 0.0
                for number, text in enumerate(lines[index]):
                    place = QRectF(
                        x + shift, start + number * self._line, width - shift, self._line
                    )
                    ink.write(painter, place, text, font, ground, right=columns[index].numeric)
            bottom = top + height
            ink.rule(painter, self._left, self._left + self._width, bottom, rule, 0.5)

        return Box(height, paint)

    def _places(self) -> Iterator[tuple[float, float]]:
        x = self._left
        for width in self._widths:
            yield x, width
            x += width + BETWEEN

    # --- widths ----------------------------------------------------------------------------------------

    def _column_widths(self) -> list[float]:
        """Return widths that fill the sheet.

        Every column has its longest word, and figures are never broken. What is left goes to texts in the order in which it
        saves lines: first so that most rows stand on one, then all rows; a single long name makes no wide column.
        """
        columns = self._block.table.columns
        room = self._width - BETWEEN * (len(columns) - 1)
        measured = [self._measured(index) for index in range(len(columns))]
        widths = [wish.least for wish in measured]
        if sum(widths) > room:
            # Not even the least fits: all shrink alike, and their texts wrap.
            return [width * room / sum(widths) for width in widths]
        _grow(widths, [wish.most_rows for wish in measured], room)
        _grow(widths, [wish.every_row for wish in measured], room)
        texts = [index for index, column in enumerate(columns) if not column.numeric] or [0]
        spare = (room - sum(widths)) / len(texts)
        return [width + (spare if index in texts else 0.0) for index, width in enumerate(widths)]

    def _measured(self, index: int) -> _Wish:
        table, ink = self._block.table, self._ink
        column = table.columns[index]
        indents = self._block.indents if index == 0 else ()
        texts = [row.cells[index].text for row in table.rows]
        if table.total is not None:
            texts.append(table.total.cells[index].text)
        shifts = [n * STEP for n in indents] + [0.0] * (len(texts) - len(indents))
        wide = sorted(
            ink.advance(text, self._strong) + shift + AIR
            for text, shift in zip(texts, shifts, strict=True)
        ) or [0.0]
        title = ink.advance(column.title, self._font)
        word = max((ink.advance(w, self._font) for w in column.title.split()), default=0.0)
        if column.numeric:
            least = max(wide[-1], word)
            return _Wish(least, max(least, min(title, 90.0)), max(least, min(title, 90.0)))
        inside = {w for text in texts for w in text.split()}
        longest = max((ink.advance(w, self._strong) for w in inside), default=0.0)
        longest += AIR if longest else 0.0
        natural = max(wide[-1], title)
        least = min(max(NARROWEST_TEXT, word, min(longest, LONGEST_WORD)), natural)
        least += max(shifts, default=0.0) / 2
        most = max(least, title, wide[int((len(wide) - 1) * MOST_ROWS)])
        return _Wish(least, most, max(most, natural))
