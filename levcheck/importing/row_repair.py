"""Puts rows right that an unquoted separator inside a name has shifted by a column."""

from types import MappingProxyType
from typing import TYPE_CHECKING

from levcheck.domain.diagnostics import Diagnostic, Place, Severity
from levcheck.importing.columns import NUMERIC, Columns
from levcheck.importing.grid import Row, text_of
from levcheck.importing.identifiers import find_isin
from levcheck.importing.numbers import read_number
from levcheck.importing.tables import Table

if TYPE_CHECKING:
    from levcheck.importing.parsed import Cell


def repair_shifted_rows(table: Table, columns: Columns, file: str) -> list[Diagnostic]:
    """Join the name of a row that has too many cells with the cells after it, where that makes every figure fit.

    Args:
        table: the list; its rows are replaced.
        columns: which column holds which field.
        file: file name, for places.

    Returns:
        One notice a row that was put right.
    """
    name = columns.at.get("name", columns.at.get("symbol"))
    if name is None or not table.sheet.is_text or not table.headings:
        return []
    width = max([*table.headings, *columns.units, *columns.units.values()]) + 1
    told: list[Diagnostic] = []
    for index, row in enumerate(table.rows):
        filled = row.filled
        if not filled or filled[-1] < width:
            continue
        better = _joined(row, name, width, columns)
        if better is not None:
            table.rows[index] = better
            place = Place(file, table.sheet.name, row.number)
            values = MappingProxyType({"label": text_of(better.at(name))[:60]})
            told.append(Diagnostic("import.row_repaired", Severity.WARNING, place, values))
    return told


def _joined(row: Row, name: int, width: int, columns: Columns) -> Row | None:
    surplus = row.filled[-1] + 1 - width
    if surplus > 4:
        return None
    parts = [text_of(cell) for cell in row.cells[name : name + surplus + 1]]
    cells: tuple[Cell, ...] = (
        *row.cells[:name],
        ",".join(parts),
        *row.cells[name + surplus + 1 :],
    )
    made = Row(row.number, cells)
    return made if _fit(made, columns) > _fit(row, columns) and _fit(made, columns) >= 2 else None


def _fit(row: Row, columns: Columns) -> int:
    """Return how many cells are what their column holds, less those that are not."""
    score = 0
    for field, column in columns.at.items():
        text = text_of(row.at(column))
        if not text:
            continue
        if field in NUMERIC:
            good = read_number(text, columns.decimal.get(column, ".")).state != "bad"
            score += 1 if good else -1
        elif field == "isin":
            score += 1 if find_isin(text) == text.strip() else -1
    return score
