"""What a parser makes of a workbook, column by column, before anybody asks what it means."""

from datetime import date

Cell = str | float | bool | date | None
Spot = tuple[int, int]


class ParsedSheet:
    """One sheet, its cells by column.

    A plain class: the process that makes it starts anew for every file, and value classes take long to load.

    Attributes:
        name: sheet name.
        numbers: 1-based numbers of its non-empty rows, in order.
        columns: its columns from A on, each with one cell for every number.
        hidden: the sheet is hidden in the workbook.
        hidden_rows: numbers of hidden rows.
        errors: (row number, 0-based column) → error shown there.
        uncached: (row number, column) of formulas without a stored result.
        currencies: (row number, column) → currency the number format writes there.
    """

    __slots__ = (
        "columns",
        "currencies",
        "errors",
        "hidden",
        "hidden_rows",
        "name",
        "numbers",
        "uncached",
    )

    def __init__(self, name: str, numbers: list[int], columns: list[list[Cell]]) -> None:
        self.name = name
        self.numbers = numbers
        self.columns = columns
        self.hidden = False
        self.hidden_rows: list[int] = []
        self.errors: dict[Spot, str] = {}
        self.uncached: list[Spot] = []
        self.currencies: dict[Spot, str] = {}


class ParsedBook:
    """A whole workbook.

    Attributes:
        sheets: in the workbook's order.
        notices: (code, values) of what was noticed while opening it.
    """

    __slots__ = ("notices", "sheets")

    def __init__(
        self, sheets: list[ParsedSheet], notices: list[tuple[str, dict[str, str]]]
    ) -> None:
        self.sheets = sheets
        self.notices = notices
