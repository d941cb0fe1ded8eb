"""What a person needs to match columns by hand: the headings found, the first rows, the guesses, what is missing."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from levcheck.domain.diagnostics import Diagnostic, Severity
from levcheck.domain.texts import whole_text
from levcheck.importing.cell_names import column_letters
from levcheck.importing.column_arithmetic import settle_by_arithmetic
from levcheck.importing.columns import Columns, assign_columns
from levcheck.importing.decimal_marks import decide_decimals
from levcheck.importing.grid import Sheet, text_of
from levcheck.importing.languages import language_of
from levcheck.importing.reading import load_bytes, open_grid, refused
from levcheck.importing.refusals import Refusal
from levcheck.importing.synonyms import MAPPABLE, meanings, normalised
from levcheck.importing.tables import Table, find_tables

PREVIEW_ROWS = 20
_PUBLIC = {"cost_total": "cost_basis", "cost_each": "cost_basis", "code": "symbol"}


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    """One column of a list.

    Attributes:
        letters: column letters, as ``--map`` takes them.
        heading: its heading as printed, empty when it has none.
        field: the field it is read as, None when it is not used.
        guesses: (field, score 0 to 100), best first.
        decimal: decimal mark its numbers are read with, None when it holds no text numbers.
    """

    letters: str
    heading: str
    field: str | None
    guesses: tuple[tuple[str, int], ...]
    decimal: str | None = None


@dataclass(frozen=True, slots=True)
class TableChoice:
    """One list of a file.

    Attributes:
        sheet: sheet name, None in text files.
        header_row: 1-based row of its headings, None when none was found.
        columns: its columns from left to right.
        rows: (row number, cells as text) of the first rows.
        missing: fields without which nothing can be read.
        fingerprint: the same for every file with these headings.
    """

    sheet: str | None
    header_row: int | None
    columns: tuple[ColumnChoice, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    missing: tuple[str, ...]
    fingerprint: str


@dataclass(frozen=True, slots=True)
class ColumnChoices:
    """Every list of a file, or the reason why it cannot be opened."""

    file: str
    tables: tuple[TableChoice, ...]
    fields: tuple[str, ...] = MAPPABLE
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def is_refused(self) -> bool:
        """Whether the file cannot be opened at all."""
        return any(d.severity is Severity.ERROR for d in self.diagnostics)


def column_choices(path: Path, *, in_process: bool = False) -> ColumnChoices:
    """Return what a column-matching panel shows of a file.

    Args:
        path: the file.
        in_process: as in :func:`levcheck.importing.reading.read_positions`.

    Raises:
        LevcheckError: the path cannot be read.
    """
    content, name = load_bytes(path), whole_text(path.name)
    try:
        grid = open_grid(content, name, in_process=in_process)
    except Refusal as refusal:
        return ColumnChoices(name, (), diagnostics=refused(name, refusal).diagnostics)
    tables = [
        _choice(table)
        for sheet in grid.sheets
        if not sheet.hidden and sheet.rows
        for table in (find_tables(sheet) or [_headless(sheet)])
    ]
    return ColumnChoices(name, tuple(tables))


def header_fingerprint(headings: Sequence[str]) -> str:
    """Return a short name for a set of headings in their order, by which a remembered mapping is found again."""
    joined = "\x1f".join(normalised(text) for text in headings)
    return hashlib.sha256(joined.encode()).hexdigest()[:16]


def _headless(sheet: Sheet) -> Table:
    width = max(len(row.cells) for row in sheet.rows)
    return Table(sheet, (), dict.fromkeys(range(width), ""), list(sheet.rows))


def _choice(table: Table) -> TableChoice:
    columns = assign_columns(table)
    decide_decimals(columns, table, language_of(table.headings.values()))
    settle_by_arithmetic(columns, table)
    width = max((len(row.cells) for row in table.rows[:PREVIEW_ROWS]), default=0)
    width = max(width, max(table.headings, default=-1) + 1)
    used = {column: _PUBLIC.get(name, name) for name, column in columns.at.items()}
    return TableChoice(
        sheet=table.sheet.name,
        header_row=table.header_rows[-1] if table.header_rows else None,
        columns=tuple(
            _column(table, columns, column, used.get(column))
            for column in range(table.first, min(width, table.last + 1))
        ),
        rows=tuple(
            (row.number, tuple(text_of(row.at(c)) for c in range(width)))
            for row in table.rows[:PREVIEW_ROWS]
        ),
        missing=_missing(columns),
        fingerprint=header_fingerprint(list(table.headings.values())),
    )


def _column(table: Table, columns: Columns, column: int, field: str | None) -> ColumnChoice:
    heading = table.headings.get(column, "")
    guesses: dict[str, int] = {}
    for meaning in meanings(heading):
        name = _PUBLIC.get(meaning.field, meaning.field)
        if name in MAPPABLE:
            guesses[name] = max(guesses.get(name, 0), meaning.score)
    return ColumnChoice(
        column_letters(column),
        heading,
        field if field in MAPPABLE else None,
        tuple(sorted(guesses.items(), key=lambda guess: -guess[1])),
        columns.decimal.get(column),
    )


def _missing(columns: Columns) -> tuple[str, ...]:
    missing = [_PUBLIC.get(name, name) for name in columns.ambiguous]
    if not {"symbol", "isin", "wkn", "cusip", "name"} & columns.at.keys():
        missing.append("symbol")
    if not {"quantity", "market_value", "weight"} & columns.at.keys() and "quantity" not in missing:
        missing.append("quantity")
    return (*missing, *(("decimal",) if columns.undecided else ()))
