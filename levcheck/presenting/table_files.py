"""A table as a file that other programs read."""

import csv
import io

from levcheck.presenting.figures import Cell, Column, TableView
from levcheck.presenting.still_texts import still, still_figure

_SIGNS = str.maketrans({"\u2212": "-", "\u00a0": " ", "\u202f": " "})


def csv_bytes(table: TableView) -> bytes:
    """Return a table as CSV in UTF-8 with a mark, so that every spreadsheet reads its letters.

    A figure stands as it is shown, and beside it as a plain number where there is one to calculate with. A text that a
    spreadsheet would take for a formula is kept from it.
    """
    rows = table.rows if table.total is None else (*table.rows, table.total)
    exact = {
        number
        for row in rows
        for number, cell in enumerate(row.cells)
        if table.columns[number].numeric and isinstance(cell.sort, float)
    }
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    head: list[str] = []
    for number, column in enumerate(table.columns):
        head += [_text(column.title), *([_text(f"{column.title} #")] if number in exact else [])]
    writer.writerow(head)
    for row in rows:
        line: list[str] = []
        for number, (column, cell) in enumerate(zip(table.columns, row.cells, strict=True)):
            line += [_cell(column, cell), *([_plain(cell)] if number in exact else [])]
        writer.writerow(line)
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8", "replace")


def _cell(column: Column, cell: Cell) -> str:
    if column.numeric:
        return still_figure(cell.text.translate(_SIGNS))
    return _text(cell.text)


def _plain(cell: Cell) -> str:
    return f"{cell.sort:.6f}".rstrip("0").rstrip(".") if isinstance(cell.sort, float) else ""


def _text(text: str) -> str:
    return still(" ".join(text.split()))
