"""How a made-up layout and the reading it must give are written down."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Sheets = Mapping[str, Sequence[Sequence[Any]]]
Content = str | Sheets | Callable[[Path], None]


@dataclass(frozen=True, slots=True)
class Layout:
    """One made-up file.

    Attributes:
        name: what it is like.
        content: text of a CSV, rows of sheets, or a function that writes the file.
        positions: (identifier, quantity, value, currency[, cost]) in the order of the rows.
        cash: (amount, currency).
        told: codes that must be told, without their prefix.
        quiet: codes that must not be told.
        encoding: of a text.
        as_of: date to be found, None when it does not matter.
        accounts: account of every position, None when it does not matter.
        outcome: as in the public document.
        options: (underlying, expiry, strike, right, multiplier) or None for every position.
        ending: file ending.
        totals: (row, value, currency) of the stated totals.
        asked: what the user tells beforehand.
    """

    name: str
    content: Content
    positions: Sequence[tuple[Any, ...]] = ()
    cash: Sequence[tuple[float | None, str | None]] = ()
    told: Collection[str] = frozenset()
    quiet: Collection[str] = frozenset()
    encoding: str = "utf-8"
    as_of: str | None = None
    accounts: Sequence[str | None] | None = None
    outcome: str = "positions"
    options: Sequence[tuple[Any, ...] | None] | None = None
    ending: str | None = None
    totals: Sequence[tuple[int, float, str | None]] | None = None
    asked: Mapping[str, Any] = field(default_factory=dict)

    def write(self, folder: Path) -> Path:
        """Write the file and return its path."""
        if isinstance(self.content, str):
            path = folder / f"{self.name}{self.ending or '.csv'}"
            path.write_bytes(self.content.strip("\n").encode(self.encoding))
            return path
        path = folder / f"{self.name}{self.ending or '.xlsx'}"
        if callable(self.content):
            self.content(path)
        else:
            _write_sheets(path, self.content)
        return path


LAYOUTS: list[Layout] = []


def layout(name: str, content: Content, *, total_value: float | None = None, **told: Any) -> None:
    """Add a layout to the battery."""
    asked = {} if total_value is None else {"total_value": total_value}
    LAYOUTS.append(Layout(name, content, asked=asked, **told))


def _write_sheets(path: Path, sheets: Sheets) -> None:
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    book.save(path)
