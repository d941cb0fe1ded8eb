"""One row of a list read field by field, before anything is decided about it."""

import re
from dataclasses import dataclass, field
from functools import lru_cache

from levcheck.importing.cell_names import column_letters
from levcheck.importing.columns import Columns
from levcheck.importing.currencies import as_currency, currency_in_header, minor_unit
from levcheck.importing.grid import Row, has_digit, text_of
from levcheck.importing.identifiers import (
    clean_symbol,
    find_isin,
    is_wkn,
    split_code_and_name,
    ticker_in_name,
)
from levcheck.importing.numbers import (
    BLANK,
    LARGEST,
    UNKNOWN,
    Number,
    is_unknown_mark,
    read_number,
)
from levcheck.importing.parsed import Cell
from levcheck.importing.tables import Table

_NUMBERS = (
    "quantity",
    "price",
    "market_value",
    "value_base",
    "cost_total",
    "cost_each",
    "weight",
    "multiplier",
    "strike",
    "fx_rate",
)
# Words by which a row of an Asian list says that it is listed in Hong Kong or America, whose codes are shorter.
_ABROAD = frozenset({"HKD", "HK", "港股", "港幣", "港币", "港元", "香港", "SEHK", "HKEX", "홍콩", "USD", "美股", "미국"})  # fmt: skip
_HANGUL = re.compile("[가-힣]")
_HAN = re.compile("[一-鿿]")
_TEXTS = ("kind", "exchange", "side", "right", "underlying", "status")
# field of the reading → field of the public contract, for the cells that are kept for audit
_PUBLIC = {"cost_total": "cost_basis", "cost_each": "cost_basis"}


@dataclass(slots=True)
class Line:
    """What a row says, field by field.

    Attributes:
        row: the row.
        symbol, isin, wkn, cusip, name: identity, empty text when not told.
        numbers: field → number as read.
        values: field → the number alone.
        texts: field → text.
        account: account column's text.
        labels: texts of the row's leading cells, for words such as "Total".
        restored: leading zeros of the code were put back.
        faults: fields whose cell holds text, an error or a formula without result where a number belongs.
    """

    row: Row
    symbol: str = ""
    isin: str = ""
    wkn: str = ""
    cusip: str = ""
    name: str = ""
    numbers: dict[str, Number] = field(default_factory=dict)
    values: dict[str, float | None] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    account: str = ""
    labels: list[str] = field(default_factory=list)
    faults: dict[str, str] = field(default_factory=dict)
    restored: bool = False

    def value(self, name: str) -> float | None:
        """Return a field's number, None when it is not told."""
        return self.values.get(name)

    def number(self, name: str) -> Number:
        """Return a field's number with everything glued to it."""
        return self.numbers.get(name, BLANK)

    @property
    def ticker(self) -> str:
        """The symbol, or the one glued to the name ("NVIDIA CORP (XNAS:NVDA)")."""
        if self.symbol or self.isin or not self.name.endswith((")", "]", "）")):
            return self.symbol
        parts = ticker_in_name(self.name)
        return parts[1] if parts else ""

    @property
    def has_identity(self) -> bool:
        """Whether anything says what the row is."""
        return bool(self.symbol or self.isin or self.wkn or self.cusip or self.name)

    @property
    def label(self) -> str:
        """What a person would call the row."""
        return (
            self.name
            or self.symbol
            or self.isin
            or self.wkn
            or self.cusip
            or (self.labels or [""])[0]
        )


class LineReader:
    """Reads the rows of one list.

    Args:
        table: the list.
        columns: which column holds which field.
    """

    def __init__(self, table: Table, columns: Columns) -> None:
        self.table = table
        self.columns = columns
        self.numeric = [
            (name, columns.at[name], columns.decimal.get(columns.at[name], "."))
            for name in _NUMBERS
            if name in columns.at
        ]
        # Prices and costs are scaled where they are used: their unit depends on the row as well.
        self.scaled = {
            name: columns.factor[name]
            for name in ("market_value", "value_base")
            if name in columns.factor
        }
        self.textual = [(name, columns.at[name]) for name in _TEXTS if name in columns.at]
        # Rows are padded to this width once, so that cells can be taken by index.
        self.width = max(columns.at.values(), default=-1) + 1
        self.identities: list[tuple[str, int]] = [
            (name, columns.at[name])
            for name in ("isin", "wkn", "cusip", "name")
            if name in columns.at
        ]
        self.code_width = self._code_width()
        self.shown = table.sheet.currencies
        self.symbol = columns.at.get("symbol")
        self.account = columns.at.get("account")
        self.kept = [
            (_PUBLIC.get(name, name), column, column_letters(column))
            for name, column in columns.at.items()
        ]
        # Most rows fill the same columns: they share one mapping of them.
        self.shared_cells: dict[tuple[str, ...], dict[str, str]] = {}

    def read(self, row: Row) -> Line:
        """Return what a row says."""
        if len(row.cells) < self.width:
            row = Row(row.number, row.cells + (None,) * (self.width - len(row.cells)))
        line = Line(row)
        self._read_identity(line)
        for name, column, decimal in self.numeric:
            self._read_number(line, name, column, decimal)
        for name, column in self.textual:
            if (cell := row.cells[column]) is not None:
                line.texts[name] = text_of(cell)
        if self.account is not None:
            line.account = text_of(row.cells[self.account])
        line.labels = self._labels(row)
        return line

    def _read_identity(self, line: Line) -> None:
        for name, column in self.identities:
            if (cell := line.row.cells[column]) is not None:
                setattr(line, name, _identity_text(cell))
        if self.symbol is not None:
            self._read_symbol(line, line.row.cells[self.symbol])
        if line.isin:
            self._read_isin(line)
        if (
            not line.isin
            and len(line.name) > 11
            and has_digit(line.name)
            and (isin := find_isin(line.name))
        ):
            line.isin = isin
            line.name = re.sub(rf"[\s(\[/,;-]*{isin}[\s)\]/,;-]*", " ", line.name).strip()
        if not line.symbol and not line.isin and line.name and not line.name.isascii():
            parts = split_code_and_name(line.name)
            line.symbol, line.name = parts or ("", line.name)

    def _code_width(self) -> int:
        """Return how many digits the codes of this list have where a spreadsheet has eaten leading zeros, else 0.

        Korean and mainland Chinese codes have six; otherwise the codes that kept their zeros tell.
        """
        symbol, name = self.columns.at.get("symbol"), self.columns.at.get("name")
        if symbol is None:
            return 0
        rows = self.table.rows[:400]
        codes = [clean_symbol(row.at(symbol)) for row in rows]
        digits = [code for code in codes if code.isdigit()]
        named = " ".join(text_of(row.at(name)) for row in rows) if name is not None else ""
        if not digits or min(map(len, digits)) >= 6:
            return 0
        widths = {len(code) for code in codes if code[:1].isdigit() and code.isalnum()}
        asian = _HANGUL.search(named) is not None or (
            6 in widths and _HAN.search(named) is not None
        )
        zeros = {len(code) for code in digits if code.startswith("0")}
        if asian and 6 in widths:
            return 6
        if _HANGUL.search(named) is not None:
            return 6
        return max(zeros) if len(zeros) == 1 and max(widths) == max(zeros) else 0

    def _read_isin(self, line: Line) -> None:
        """Take the ISIN out of its cell, and a WKN that stands beside it (``US67066G1040 (918422)``)."""
        text, line.isin = line.isin, find_isin(line.isin) or ""
        if len(text) > 12 and not line.wkn:
            rest = text.upper().replace(line.isin, " ").strip(" ()/-")
            line.wkn = rest if line.isin and len(rest) == 6 and is_wkn(rest) else ""

    def _read_symbol(self, line: Line, cell: Cell) -> None:
        text = clean_symbol(cell)
        if self.code_width and self._has_lost_zeros(line.row, text):
            line.restored = True
            text = text.zfill(self.code_width)
        if text in ("-", "--", "—", "–", "N/A", "n/a"):
            return
        if len(text) >= 12 and (isin := find_isin(text)) and text.strip().upper() == isin:
            line.isin = line.isin or isin
            return
        if not text.isascii() and (parts := split_code_and_name(text)):
            line.symbol = parts[0]
            line.name = line.name or parts[1]
            return
        line.symbol = text

    def _has_lost_zeros(self, row: Row, text: str) -> bool:
        """Whether a code is shorter than those of its list, shows no zero that was kept, and is not listed elsewhere."""
        if not text.isdigit() or text.startswith("0") or len(text) >= self.code_width:
            return False
        return not any(isinstance(cell, str) and cell.strip() in _ABROAD for cell in row.cells)

    def _read_number(self, line: Line, name: str, column: int, decimal: str) -> None:
        cell = line.row.cells[column]
        if cell is None:
            self._note_missing(line, name, column)
            return
        if cell.__class__ is float and -LARGEST <= cell <= LARGEST and name not in self.scaled:
            line.numbers[name] = Number(cell, "number", None, False, None, -1)
            line.values[name] = cell
            return
        number = read_number(cell, decimal)
        if number.ambiguous and column in self.columns.undecided:
            number = UNKNOWN
        if name in self.scaled and number.value is not None:
            number = number._replace(value=number.value * self.scaled[name])
        line.numbers[name] = number
        line.values[name] = number.value
        if number.state == "number":
            return
        if number.state == "bad":
            line.faults[name] = text_of(cell)
        elif number.state in ("blank", "unknown"):
            self._note_missing(line, name, column)

    def _note_missing(self, line: Line, name: str, column: int) -> None:
        place = (line.row.number, column)
        if place in self.table.sheet.errors:
            line.faults[name] = self.table.sheet.errors[place]
        elif place in self.table.sheet.uncached:
            line.faults[name] = "="

    def _labels(self, row: Row) -> list[str]:
        first, last = self.table.first, self.table.last
        found: list[str] = []
        for cell in row.cells[first : last + 1]:
            if cell.__class__ is str:
                found.append(text_of(cell))
                if len(found) == 3:
                    break
        return found

    def currency(self, line: Line, name: str) -> str | None:
        """Return the currency an amount of the row is in as far as its own cells tell: glued, or in its unit column."""
        glued = line.number(name).currency
        if glued is not None:
            return glued
        column = self.columns.at.get(name)
        unit = self.columns.units.get(column) if column is not None else None
        if unit is None:
            return None
        return as_currency(text_of(line.row.at(unit)))

    def shown_currency(self, line: Line, name: str) -> str | None:
        """Return the currency the number format of a cell writes beside its amount."""
        column = self.columns.at.get(name)
        return self.shown.get((line.row.number, column)) if column is not None else None

    def unit_text(self, line: Line, name: str) -> str:
        """Return the counting unit beside or glued to a number ("株", "張", "Stk.")."""
        glued = line.number(name).unit
        column = self.columns.at.get(name)
        unit = self.columns.units.get(column) if column is not None else None
        return glued or (text_of(line.row.at(unit)) if unit is not None else "")

    def column_currency(self, line: Line, name: str = "currency") -> tuple[str | None, float]:
        """Return (ISO code, 0.01 for pence and the like else 1) of a currency column."""
        column = self.columns.at.get(name)
        if column is None or (cell := line.row.cells[column]) is None:
            return None, 1.0
        return currency_of_cell(cell)

    def kept_cells(self, line: Line) -> tuple[dict[str, str], dict[str, str]]:
        """Return (field → column letters, field → verbatim text) of the cells that carry something."""
        cells: dict[str, str] = {}
        raw: dict[str, str] = {}
        row = line.row.cells
        for public, column, letters in self.kept:
            cell = row[column]
            if cell is not None and public not in raw:
                raw[public] = cell if cell.__class__ is str else text_of(cell)
                cells[public] = letters
        return self.shared_cells.setdefault(tuple(cells.values()), cells), raw


def currency_of_cell(cell: Cell) -> tuple[str | None, float]:
    """Return (ISO code, 0.01 for pence and the like else 1) of a cell of a currency column."""
    if cell is None:
        return None, 1.0
    return _currency_cell(cell if isinstance(cell, str) else text_of(cell))


def _identity_text(cell: Cell) -> str:
    text = text_of(cell)
    return "" if text in ("-", "--", "—", "–", "N/A", "n/a") else text


@lru_cache(maxsize=512)
def _currency_cell(text: str) -> tuple[str | None, float]:
    minor = minor_unit(text) if len(text) > 2 else None
    if minor is not None:
        return minor
    known = as_currency(text) or currency_in_header(text)
    if known is None and not is_unknown_mark(text):
        # What the file says is kept, whatever it is: its rate is asked for, another currency is never put in its place.
        return text.strip().upper()[:12], 1.0
    return known, 1.0
