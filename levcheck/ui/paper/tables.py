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
STEP = 12.0
ROW_PAD = 4.0
WIDEST_MAIN = 0.5
WIDEST_TEXT = 0.25
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
        """Return widths that fill the column: figures get what they need, texts share the rest."""
        table = self._block.table
        room = self._width - BETWEEN * (len(table.columns) - 1)
        wanted, least = [], []
        for index, column in enumerate(table.columns):
            texts = [row.cells[index].text for row in table.rows]
            if table.total is not None:
                texts.append(table.total.cells[index].text)
            natural = max((self._ink.advance(text, self._strong) for text in texts), default=0.0)
            word = max((self._ink.advance(w, self._font) for w in column.title.split()), default=0)
            if column.numeric:
                wanted.append(max(natural, min(self._ink.advance(column.title, self._font), 90.0)))
                least.append(max(natural, word))
            else:
                deepest = max(self._block.indents, default=0) * STEP if index == 0 else 0.0
                title = self._ink.advance(column.title, self._font)
                widest = self._widest(column)
                wanted.append(min(max(natural + deepest, title), room * widest))
                inside = {w for text in texts for w in text.split()}
                longest = max((self._ink.advance(w, self._font) for w in inside), default=0.0)
                needed = max(NARROWEST_TEXT, word, min(longest, LONGEST_WORD))
                least.append(min(needed, wanted[-1]) + deepest / 2)
        wanted = [max(pair) for pair in zip(wanted, least, strict=True)]
        return self._fitted(wanted, least, room)

    def _widest(self, column: Column) -> float:
        """Return the share of the room a column of texts may ask for."""
        count = len(self._block.table.columns)
        if count < 4:
            return WIDEST_MAIN
        return WIDEST_MAIN * (1.0 if count < 6 else 0.6) if column.stretch else WIDEST_TEXT

    def _fitted(self, wanted: list[float], least: list[float], room: float) -> list[float]:
        spare = room - sum(wanted)
        if spare >= 0:
            stretching = [i for i, c in enumerate(self._block.table.columns) if c.stretch] or [0]
            for index in stretching:
                wanted[index] += spare / len(stretching)
            return wanted
        give = [w - n for w, n in zip(wanted, least, strict=True)]
        whole = sum(give)
        if whole + spare >= 0 and whole > 0:
            return [w + spare * g / whole for w, g in zip(wanted, give, strict=True)]
        # Not even the least fits: all shrink alike, and their texts wrap.
        return [w * room / sum(least) for w in least]
