"""Which fate every row has that is neither position nor cash, so that the rows of a file add up."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from levcheck.domain.portfolio import IgnoredRows
from levcheck.importing.grid import Row, Sheet
from levcheck.importing.tables import Table, TableKind, looks_numeric


class RowBook:
    """Collects the fates of the rows of a file.

    Args:
        every: all sheets of the file.
        read: those that are read.
    """

    def __init__(self, every: Sequence[Sheet], read: Sequence[Sheet]) -> None:
        self.every = every
        self.read = read
        self.fates: dict[tuple[int, int], str] = {}

    def mark(self, sheet: Sheet, row: int, reason: str) -> None:
        """Give a row its reason, whatever was said before."""
        self.fates[(id(sheet), row)] = reason

    def mark_if_free(self, sheet: Sheet, row: int, reason: str) -> None:
        """Give a row a reason unless it has one."""
        self.fates.setdefault((id(sheet), row), reason)

    def mark_table(self, table: Table, reason: str, known: Mapping[int, str]) -> None:
        """Give all rows of a list a reason, those with one of their own theirs."""
        key = id(table.sheet)
        for number in table.header_rows:
            self.fates.setdefault((key, number), "header")
        for row in table.rows:
            self.fates.setdefault((key, row.number), known.get(row.number, reason))

    def mark_rest(
        self,
        reason: str,
        left_out: Sequence[tuple[Table, TableKind]],
        taken: Collection[tuple[int, int]] = (),
    ) -> None:
        """Give every row that has none a reason; `taken` are the rows that became positions or cash."""
        for sheet in self.read:
            tables = find_header_rows(left_out, sheet)
            for row in sheet.rows:
                key = (id(sheet), row.number)
                if key not in self.fates and key not in taken:
                    self.fates[key] = (
                        "header" if row.number in tables else _free_reason(row, reason)
                    )
        for sheet in self.every:
            if sheet not in self.read:
                for row in sheet.rows:
                    self.fates.setdefault(
                        (id(sheet), row.number), "hidden_sheet" if sheet.hidden else "other_sheet"
                    )

    def runs(self, taken: Collection[tuple[int, int]] = ()) -> tuple[IgnoredRows, ...]:
        """Return the rows that are neither position nor cash, neighbours of one reason as one run."""
        runs: list[IgnoredRows] = []
        for sheet in self.every:
            last_reason: str | None = None
            for row in sheet.rows:
                key = (id(sheet), row.number)
                reason = None if key in taken else self.fates.get(key, "other")
                if reason is not None and reason == last_reason:
                    runs[-1] = replace(runs[-1], last=row.number)
                elif reason is not None:
                    runs.append(IgnoredRows(sheet.name, row.number, row.number, reason))
                last_reason = reason
        return tuple(runs)


def find_header_rows(left_out: Sequence[tuple[Table, TableKind]], sheet: Sheet) -> set[int]:
    """Return the rows that are headings of lists left out."""
    return {n for table, _ in left_out if table.sheet is sheet for n in table.header_rows}


def _free_reason(row: Row, reason: str) -> str:
    if reason != "other":
        return reason
    texts = [cell for cell in row.cells if isinstance(cell, str)]
    numbers = any(looks_numeric(cell) for cell in row.cells)
    return "title" if texts and not numbers else "summary"
