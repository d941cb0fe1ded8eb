"""The one shape every file is turned into: sheets of rows of plain cells, with what a person sees beside them."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import repeat
from types import MappingProxyType

from levcheck.domain.diagnostics import Diagnostic, Severity
from levcheck.importing.parsed import Cell, ParsedBook, ParsedSheet


@dataclass(frozen=True, slots=True)
class Row:
    """A non-empty row.

    Attributes:
        number: 1-based row as a spreadsheet program shows it; the physical line of a text file.
        cells: its cells from column A on, None where nothing is seen; trailing blanks may be missing.
    """

    number: int
    cells: tuple[Cell, ...]

    def at(self, column: int) -> Cell:
        """Return the cell of a 0-based column, None outside the row."""
        return self.cells[column] if 0 <= column < len(self.cells) else None

    @property
    def count(self) -> int:
        """How many cells hold something."""
        return len(self.cells) - self.cells.count(None)

    @property
    def filled(self) -> list[int]:
        """Columns that hold something."""
        return [index for index, cell in enumerate(self.cells) if cell is not None]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet, or a whole text file.

    Attributes:
        name: sheet name, None in text files.
        rows: the non-empty rows, in order.
        hidden: the sheet is hidden in the workbook.
        hidden_rows: numbers of hidden rows.
        errors: (row number, column) → error shown there ("#N/A").
        uncached: (row number, column) of formulas that carry no stored result.
        currencies: (row number, column) → currency the cell's number format shows beside it.
        is_text: every cell came as text, as in CSV.
        delimiter: the separator of a text file.
        broken: numbers of rows whose cells cannot be trusted (a quotation mark that never closes).
    """

    name: str | None
    rows: tuple[Row, ...]
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    errors: Mapping[tuple[int, int], str] = field(default_factory=lambda: MappingProxyType({}))
    uncached: frozenset[tuple[int, int]] = frozenset()
    currencies: Mapping[tuple[int, int], str] = field(default_factory=lambda: MappingProxyType({}))
    is_text: bool = False
    broken: frozenset[int] = frozenset()
    delimiter: str | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """Everything a file holds.

    Attributes:
        sheets: in the workbook's order.
        notices: what was noticed while opening it (macros ignored, text behind a workbook's name).
        delimiter: the separator of a text file.
    """

    sheets: tuple[Sheet, ...]
    notices: tuple[Diagnostic, ...] = ()
    delimiter: str | None = None


def grid_of(book: ParsedBook) -> Grid:
    """Return the sheets of a parsed workbook as rows."""
    notices = tuple(
        Diagnostic(code, Severity.INFO, None, MappingProxyType(values))
        for code, values in book.notices
    )
    return Grid(tuple(map(_sheet_of, book.sheets)), notices)


def _sheet_of(parsed: ParsedSheet) -> Sheet:
    cells: Iterable[tuple[Cell, ...]] = zip(*parsed.columns, strict=True)
    if not parsed.columns:
        cells = repeat((), len(parsed.numbers))
    elif len(parsed.columns) > _WIDE:
        # One wide row must not make a hundred thousand narrow ones as wide.
        cells = [_trimmed(row) for row in cells]
    return Sheet(
        name=parsed.name,
        rows=tuple(map(Row, parsed.numbers, cells)),
        hidden=parsed.hidden,
        hidden_rows=frozenset(parsed.hidden_rows),
        errors=parsed.errors,
        uncached=frozenset(parsed.uncached),
        currencies=parsed.currencies,
    )


def _trimmed(cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
    end = len(cells)
    while end and cells[end - 1] is None:
        end -= 1
    return cells[:end]


_WIDE = 40
_BLANKS = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u200b": "", "\ufeff": ""})
_DIGITS = re.compile(r"\d")


def is_blank(cell: Cell) -> bool:
    """Whether a cell holds nothing a person would see."""
    return cell is None


def text_of(cell: Cell) -> str:
    """Return a cell as one line of text: whole numbers without ``.0``, dates in ISO form."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        if cell.isascii() and "\n" not in cell:
            return cell.strip()
        return " ".join(cell.translate(_BLANKS).split("\n")).strip()
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    return cell.isoformat()


def has_digit(text: str) -> bool:
    """Whether a text holds any digit."""
    return _DIGITS.search(text) is not None
