"""Turns the rows a value reader gives into columns of plain cells, a block of rows at a time."""

import itertools
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from math import isfinite
from typing import Any

from levcheck.importing.gates import MAX_CELLS, MAX_COLUMNS, MAX_ROWS
from levcheck.importing.parsed import Cell, ParsedSheet, Spot
from levcheck.importing.refusals import Refusal
from levcheck.importing.sheet_marks import SheetMarks

# Rows laid into columns at once: enough to make the work per row small, little enough to stay near the processor.
_BLOCK = 512
# A column with more texts than this in one block is no column of accounts, currencies or days: each text is kept as it is.
_FEW_TEXTS = 64
# A title merged over hundreds of rows is decoration; a group label covers a handful.
_TALLEST_MERGE = 500


class Budget:
    """Counts what was read over all sheets and refuses past the limits."""

    def __init__(self) -> None:
        self.rows = 0
        self.cells = 0

    def spend(self, rows: int, cells: int) -> None:
        """Count non-empty rows and their cells up to the last filled one.

        Raises:
            Refusal: there are too many.
        """
        self.rows += rows
        self.cells += cells
        if self.rows > MAX_ROWS:
            raise Refusal("import.too_many_rows", limit=MAX_ROWS)
        if self.cells > MAX_CELLS:
            raise Refusal("import.too_many_cells", limit=MAX_CELLS)


def read_sheet(
    sheet: Any, name: str, marks: SheetMarks, budget: Budget, *, hidden: bool
) -> ParsedSheet:
    """Return the cells of a sheet.

    Args:
        sheet: the value reader's sheet.
        name: its name.
        marks: what stands beside its values.
        budget: what all sheets may hold together.
        hidden: the sheet is hidden.

    Raises:
        Refusal: the sheets hold more than the limits allow.
    """
    made = ParsedSheet(name, [], [])
    made.hidden = hidden
    # Rows that show nothing but an error are kept; that a number is no number is found only while reading.
    failed = {row for row, _ in marks.errors}
    texts = _Texts()
    merges = _Merges(sheet.merged_cell_ranges or ())
    pad = sheet.start[1] if sheet.start else 0
    # The reader gives rows from the first row of the sheet on, but columns from the first filled one.
    rows = iter(sheet.iter_rows() if sheet.start else ())
    first = 1
    while block := list(itertools.islice(rows, _BLOCK)):
        columns = _columns(block, (first, pad), marks, texts)
        merges.fill(columns, first, len(block))
        _keep(made, columns, first, len(block), failed, budget)
        first += len(block)
    while made.columns and not any(cell is not None for cell in made.columns[-1]):
        made.columns.pop()
    made.hidden_rows = sorted(marks.hidden_rows)
    made.errors = dict(sorted(marks.errors.items()))
    made.uncached = sorted(marks.uncached)
    made.currencies = marks.currencies
    return made


class _Texts:
    """Gives each text of a column of few texts as one object, however often it stands there, and None for a blank one."""

    def __init__(self) -> None:
        self.known: dict[int, dict[str, str]] = {}
        self.various: set[int] = set()

    def column(self, raw: Sequence[str], index: int) -> list[Cell]:
        """Return the cells of a block of a column that holds nothing but texts."""
        if index not in self.various:
            distinct = set(raw)
            if len(distinct) <= _FEW_TEXTS:
                return self._shared(raw, distinct, self.known.setdefault(index, {}))
            self.various.add(index)
        if "" not in raw and not any(map(str.isspace, raw)):
            return list(raw)
        return [cell if cell and not cell.isspace() else None for cell in raw]

    def _shared(self, raw: Sequence[str], distinct: set[str], known: dict[str, str]) -> list[Cell]:
        if len(known) > _FEW_TEXTS:
            known.clear()
        plain: dict[str, Cell] = {
            text: known.setdefault(text, text) if text and not text.isspace() else None
            for text in distinct
        }
        return list(map(plain.__getitem__, raw))


def _columns(
    block: Sequence[Sequence[Any]], start: Spot, marks: SheetMarks, texts: _Texts
) -> list[list[Cell]]:
    """Return a block of rows as columns of plain cells, with what the marks say about single cells."""
    first, pad = start
    blank: list[Cell] = [None] * len(block)
    columns = [list(blank) for _ in range(pad)]
    for index, raw in enumerate(zip(*block, strict=True), start=pad):
        columns.append(_plain(raw, (first, index), marks, texts))
    last = first + len(block)
    for (row, column), width in marks.padded.items():
        if first <= row < last and column < len(columns):
            columns[column][row - first] = _padded(columns[column][row - first], width)
    # For some kinds of file the name of an error comes as if it were text, and nought for a formula without result.
    for row, column in (*marks.errors, *marks.uncached):
        if first <= row < last and column < len(columns):
            columns[column][row - first] = None
    return columns


def _plain(raw: Sequence[Any], start: Spot, marks: SheetMarks, texts: _Texts) -> list[Cell]:
    kinds = set(map(type, raw))
    if kinds == {str}:
        return texts.column(raw, start[1])
    if kinds == {float} and all(map(isfinite, raw)):
        return list(raw)
    return [
        cell
        if cell.__class__ is float and isfinite(cell)
        else _plain_cell(cell, (start[0] + index, start[1]), marks)
        for index, cell in enumerate(raw)
    ]


def _plain_cell(cell: Any, place: Spot, marks: SheetMarks) -> Cell:
    if isinstance(cell, str):
        return cell if cell and not cell.isspace() else None
    if isinstance(cell, int | float):
        if isinstance(cell, bool) or not isfinite(cell):
            return _note(cell, place, marks)
        return float(cell)
    if isinstance(cell, date):
        return cell.date() if isinstance(cell, datetime) else cell
    return str(cell) if isinstance(cell, time | timedelta) else None


def _note(cell: bool | float, place: Spot, marks: SheetMarks) -> Cell:  # noqa: FBT001  # a cell, not a switch
    """Return a truth value as it is; note a number that is none as what the cell shows."""
    if isinstance(cell, bool):
        return cell
    marks.errors[place] = str(cell)
    return None


def _padded(cell: Cell, width: int) -> Cell:
    """Return a code with the leading zeros its number format writes."""
    if cell.__class__ is float and isinstance(cell, float) and cell.is_integer() and cell >= 0:
        return f"{int(cell):0{width}d}"
    return cell


class _Merges:
    """Gives the rows of a merged range the text of its top-left cell; figures stay where they are, so none counts twice."""

    def __init__(self, ranges: Iterable[tuple[Spot, Spot]]) -> None:
        self.below: dict[int, list[Spot]] = {}
        self.texts: dict[Spot, str] = {}
        self.tops: dict[int, list[Spot]] = {}
        for (top, left), (bottom, _right) in ranges:
            if bottom > top:
                self.tops.setdefault(top + 1, []).append((top + 1, left))
            for row in range(top + 2, min(bottom, top + _TALLEST_MERGE) + 2):
                self.below.setdefault(row, []).append((top + 1, left))

    def fill(self, columns: list[list[Cell]], first: int, rows: int) -> None:
        """Fill a block of rows; blocks come from top to bottom."""
        if not self.below:
            return
        for index in range(rows):
            number = first + index
            for source in self.below.get(number, ()):
                text = self.texts.get(source)
                if text is not None and any(column[index] is not None for column in columns):
                    _put(columns, source[1], index, text, rows)
            for source in self.tops.get(number, ()):
                top = columns[source[1]][index] if source[1] < len(columns) else None
                if isinstance(top, str):
                    self.texts[source] = top


def _put(columns: list[list[Cell]], column: int, index: int, text: str, rows: int) -> None:
    while len(columns) <= column:
        columns.append([None] * rows)
    if columns[column][index] is None:
        columns[column][index] = text


def _keep(
    made: ParsedSheet,
    columns: list[list[Cell]],
    first: int,
    rows: int,
    failed: set[int],
    budget: Budget,
) -> None:
    """Add a block to the sheet, without its empty rows."""
    empty = _empty_rows(columns, rows)
    kept = [index for index in empty if first + index in failed]
    dropped = set(empty).difference(kept)
    cells = _cells_to_the_last_filled(columns, rows)
    budget.spend(rows - len(dropped), cells)
    while len(made.columns) < len(columns):
        made.columns.append([None] * len(made.numbers))
    if not dropped:
        made.numbers.extend(range(first, first + rows))
    else:
        stay = [index for index in range(rows) if index not in dropped]
        made.numbers.extend(first + index for index in stay)
        columns = [[column[index] for index in stay] for column in columns]
    fresh = rows - len(dropped)
    for index, column in enumerate(made.columns):
        column.extend(columns[index] if index < len(columns) else [None] * fresh)


def _empty_rows(columns: Sequence[Sequence[Cell]], rows: int) -> Sequence[int]:
    left: Sequence[int] = range(rows)
    for column in columns:
        if None not in column:
            return ()
        left = [index for index in left if column[index] is None]
    return left


def _cells_to_the_last_filled(columns: Sequence[Sequence[Cell]], rows: int) -> int:
    """Return how many cells the rows have up to their last filled one."""
    total = 0
    left: Sequence[int] = range(rows)
    for position in range(len(columns), 0, -1):
        column = columns[position - 1]
        blank = [index for index in left if column[index] is None]
        if position > MAX_COLUMNS and len(blank) < len(left):
            raise Refusal("import.too_many_columns", limit=MAX_COLUMNS)
        total += position * (len(left) - len(blank))
        left = blank
        if not left:
            break
    return total
