"""Rows of a workbook written a row at a time: the same bytes the writing library makes cell by cell, in a third of its time.

The library puts every attribute of every cell through its checks for letters that need care, and there is none: a cell has
a place, the number of a format, and a number or the number of a shared text.
"""

# ruff: noqa: SLF001  # the rows cannot be reached otherwise; a test holds the bytes against those of the library's own rows

from collections.abc import Mapping
from functools import cache
from io import StringIO
from typing import Any

# What is leaned on beyond the public face of the library; without it the library writes its rows itself.
_NEEDED = (
    "_write_rows",
    "_write_row",
    "_write_empty_row",
    "_write_cell",
    "_write_string",
    "_write_number",
)
_PLAIN = frozenset({"String", "Number", "Blank"})
_ROWS_A_SPAN = 16


@cache
def quick_sheet() -> Any:
    """Return the kind of worksheet that writes its rows quickly."""
    # Loaded when a workbook is written, and not before.
    from xlsxwriter.worksheet import Worksheet

    if not all(hasattr(Worksheet, name) for name in _NEEDED):
        return Worksheet

    class QuickSheet(Worksheet):  # type: ignore[misc]  # the library is not typed
        """A worksheet of texts and numbers, whose cells are named by two numbers and never by ``A1``."""

        write_string = Worksheet._write_string
        write_number = Worksheet._write_number

        def _write_rows(self) -> None:
            if self.comments:
                super()._write_rows()
            else:
                _Rows(self).write()

    return QuickSheet


class _Rows:
    """The rows of one sheet on their way into its file."""

    def __init__(self, sheet: Any) -> None:
        from xlsxwriter.utility import xl_col_to_name

        self.sheet = sheet
        self.made: list[str] = []
        self.formats: dict[int, int] = {}
        columns = range(sheet.dim_colmin, sheet.dim_colmax + 1)
        self.letters = {column: xl_col_to_name(column) for column in columns}

    def write(self) -> None:
        """Write all rows that hold anything or look like no other."""
        sheet = self.sheet
        rows = range(sheet.dim_rowmin, sheet.dim_rowmax + 1)
        spans = self._spans()
        head, rest = self._plain_row()
        for number in rows:
            cells = sheet.table.get(number)
            own = sheet.row_info.get(number)
            span = spans.get(number // _ROWS_A_SPAN)
            if not cells:
                if own is not None:
                    self._flush()
                    sheet._write_empty_row(number, span, own)
                continue
            if own is not None:
                self._flush()
                sheet._write_row(number, span, own)
            else:
                self.made.append(f'{head}{number + 1}" spans="{span}"{rest}')
            self._cells(number, cells)
            self.made.append("</row>")
        self._flush()

    def _cells(self, row: int, cells: Mapping[int, Any]) -> None:
        place = row + 1
        for column in sorted(cells):
            cell = cells[column]
            kind = type(cell).__name__
            if cell.format is None or kind not in _PLAIN:
                self._flush()
                self.sheet._write_cell(row, column, cell)
                continue
            look = self.formats.get(id(cell.format))
            if look is None:
                look = self.formats[id(cell.format)] = cell.format._get_xf_index()
            if kind == "String":
                rest = f' t="s"><v>{cell.string}</v></c>'
            elif kind == "Number":
                rest = f"><v>{cell.number:.16G}</v></c>"
            else:
                rest = "/>"
            self.made.append(f'<c r="{self.letters[column]}{place}" s="{look}"{rest}')

    def _flush(self) -> None:
        """Hand over what was made, so that what the library writes itself comes in its place."""
        self.sheet.fh.write("".join(self.made))
        self.made.clear()

    def _plain_row(self) -> tuple[str, str]:
        """Return what stands before and behind the number of a row that looks like all others."""
        sheet = self.sheet
        told = sheet.fh
        sheet.fh = StringIO()
        try:
            sheet._write_row(0, None)
            tag = sheet.fh.getvalue()
        finally:
            sheet.fh = told
        head, _, rest = tag.partition('"1"')
        return f'{head}"', rest

    def _spans(self) -> dict[int, str]:
        """Return from which column to which the rows reach, sixteen rows at a time."""
        reach: dict[int, tuple[int, int]] = {}
        for number, cells in self.sheet.table.items():
            if cells:
                first, last = min(cells), max(cells)
                block = number // _ROWS_A_SPAN
                known = reach.get(block, (first, last))
                reach[block] = min(first, known[0]), max(last, known[1])
        return {block: f"{first + 1}:{last + 1}" for block, (first, last) in reach.items()}
