"""Finds the rows of a list that say nothing but what their columns say, a column at a time.

Nine rows of ten in a long list are alike: a code, a name, a count, a price, a value. What every row is asked one by one
(a total? cash? an option? a remark?) is asked here of whole columns at once. A row that shows the slightest sign of
anything else is left to the careful way in :mod:`levcheck.importing.fates`, which would come to the same answer.
"""

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from levcheck.importing.currencies import CODES
from levcheck.importing.grid import Row, has_digit, text_of
from levcheck.importing.identifiers import find_isin, is_plain_isin
from levcheck.importing.lines import LineReader
from levcheck.importing.numbers import LARGEST, plain_number
from levcheck.importing.options import parse_option
from levcheck.importing.parsed import Cell
from levcheck.importing.pulses import Pulse, paced
from levcheck.importing.row_words import (
    PENDING_WORDS,
    TOTAL_WORDS,
    says_pending,
    total_strength,
)
from levcheck.importing.tables import Table

FIGURES = ("quantity", "price", "market_value", "cost_total", "cost_each")
# Figures that change what a row means: a list that has them is read row by row.
_INTRICATE = frozenset({"multiplier", "value_base", "fx_rate", "strike", "value_currency"})
_SYMBOL = re.compile(r"[A-Z][A-Z0-9. &]{0,10}|[0-9][A-Z0-9]{0,10}")
_WEIGHT = re.compile(r"-?[0-9.,]+ ?%?")
_NO_NAME = frozenset({"-", "--", "—", "–", "N/A", "n/a"})
# Letters of a text as far as options go: a digit beside C or P, with nothing but blanks, brackets and "$" between.
_OPTION_LETTERS = bytes.maketrans(b"0123456789CPcp", b"0000000000cccc")
_OPTION_GAPS = b" )$\t\n\r\x0b\x0c"


@dataclass(slots=True)
class PlainRows:
    """What the plain rows of a list say, by column; every list has one entry for every row of the list.

    Attributes:
        is_plain: 1 for a row that is plain.
        symbols, isins, names, accounts: texts, empty where not told.
        figures: field → numbers, for those of :data:`FIGURES` that the list has.
        keys: what makes two rows the same holding.
        columns: all cells by column.
    """

    is_plain: bytearray
    symbols: Sequence[str]
    isins: Sequence[str]
    wkns: Sequence[str]
    cusips: Sequence[str]
    names: Sequence[str]
    accounts: Sequence[str]
    figures: dict[str, Sequence[float | None]]
    keys: list[tuple[str, str]]
    columns: list[tuple[Cell, ...]]


def find_plain_rows(
    table: Table, reader: LineReader, header_cells: set[str], pulse: Pulse
) -> PlainRows | None:
    """Return the plain rows of a list, None where the list is of a kind that has none.

    Args:
        table: the list.
        reader: how its rows are read.
        header_cells: texts that a repeated heading would hold.
        pulse: called after every step, of which each looks through one column; it may raise.
    """
    columns = reader.columns
    intricate = _INTRICATE & columns.at.keys() or columns.told_factor is not None
    if intricate or "quantity" not in columns.at or reader.scaled or not table.rows:
        return None
    screen = _Screen(table, reader, pulse)
    screen.figures()
    screen.identities()
    screen.words(header_cells)
    screen.marks()
    return screen.made()


class _Screen:
    """Strikes out rows that are not plain, one question after the other."""

    def __init__(self, table: Table, reader: LineReader, pulse: Pulse) -> None:
        self.pulse = pulse
        self.table = table
        self.reader = reader
        self.at = reader.columns.at
        self.columns = columns_of(table.rows, reader.width)
        self.count = len(table.rows)
        self.bad: set[int] = set()
        self.empty = [""] * self.count
        self.read: dict[str, Sequence[float | None]] = {}
        self.texts: dict[str, Sequence[str]] = {}

    def made(self) -> PlainRows:
        flags = bytearray(b"\x01") * self.count
        for index in self.bad:
            flags[index] = 0
        texts = self.texts
        keys = [
            (isin or symbol or wkn or name, account)
            for isin, symbol, wkn, name, account in zip(
                texts["isin"],
                texts["symbol"],
                texts["wkn"],
                texts["name"],
                texts["account"],
                strict=True,
            )
        ]
        return PlainRows(
            flags, texts["symbol"], texts["isin"], texts["wkn"], texts["cusip"], texts["name"],
            texts["account"], self.read, keys, self.columns,
        )  # fmt: skip

    # --- figures -----------------------------------------------------------------------------------------------

    def figures(self) -> None:
        """Keep rows whose figures are bare numbers, and that hold some of what they name."""
        for name in FIGURES:
            if name in self.at:
                self.pulse()
                self.read[name] = self._figures(self.columns[self.at[name]])
        self.bad.update(i for i, quantity in enumerate(self.read["quantity"]) if not quantity)
        if "weight" in self.at:
            for index, cell in enumerate(self.columns[self.at["weight"]]):
                if isinstance(cell, str) and not _WEIGHT.fullmatch(cell):
                    self.bad.add(index)

    def _figures(self, column: Sequence[Cell]) -> Sequence[float | None]:
        kinds = set(map(type, column))
        if kinds <= {float, type(None)}:
            known: list[float] = [cell for cell in column if cell is not None]  # type: ignore[misc]
            if not known or (max(known) <= LARGEST and min(known) >= -LARGEST):
                return column  # type: ignore[return-value]
        return [self._figure(index, cell) for index, cell in enumerate(paced(column, self.pulse))]

    def _figure(self, index: int, cell: Cell) -> float | None:
        if cell is None:
            return None
        if isinstance(cell, str):
            number = plain_number(cell)
        else:
            usable = isinstance(cell, float) and -LARGEST <= cell <= LARGEST
            number = cell if usable and isinstance(cell, float) else None
        if number is None:
            self.bad.add(index)
        return number

    # --- what is held ------------------------------------------------------------------------------------------

    def identities(self) -> None:
        """Keep rows whose codes and names are nothing but codes and names."""
        for name in ("symbol", "isin", "wkn", "cusip", "name"):
            self.pulse()
            column = self.reader.symbol if name == "symbol" else self.at.get(name)
            self.texts[name] = self.empty if column is None else _texts(self.columns[column])
        account = self.reader.account
        self.texts["account"] = self.empty if account is None else _texts(self.columns[account])
        self._symbols()
        self.pulse()
        self._isins()
        self.pulse()
        for name in ("wkn", "cusip", "name"):
            if not _NO_NAME.isdisjoint(self.texts[name]):
                self.bad.update(i for i, text in enumerate(self.texts[name]) if text in _NO_NAME)

    def _symbols(self) -> None:
        fits = _SYMBOL.fullmatch
        padded = bool(self.reader.code_width)
        for index, text in enumerate(self.texts["symbol"]):
            if text and (not fits(text) or text in CODES or (padded and text.isdigit())):
                self.bad.add(index)

    def _isins(self) -> None:
        prices = self.read.get("price")
        names, symbols = self.texts["name"], self.texts["symbol"]
        for index, isin in enumerate(self.texts["isin"]):
            if isin:
                if not is_plain_isin(isin) or (not symbols[index] and names[index][:1].isdigit()):
                    self.bad.add(index)
            elif index not in self.bad:
                price = prices[index] if prices is not None else None
                if not _is_share(symbols[index], names[index], price):
                    self.bad.add(index)

    # --- words -------------------------------------------------------------------------------------------------

    def words(self, header_cells: set[str]) -> None:
        """Keep rows that speak of no total, nothing pending, no contract, and are no heading."""
        for column in self._label_columns():
            texts = [cell if isinstance(cell, str) else "" for cell in self.columns[column]]
            self._strike(texts, TOTAL_WORDS, lambda text: total_strength(text_of(text)) > 0)
            self._strike(texts, PENDING_WORDS, says_pending)
        for name in ("symbol", "name"):
            self._strike(self.texts[name], PENDING_WORDS, says_pending)
            if _may_be_option(self.texts[name]):
                self._strike(self.texts[name], (), lambda text: parse_option(text) is not None)
        for cells in self.columns:
            self.pulse()
            if not header_cells.isdisjoint(cells):
                self.bad.update(i for i, cell in enumerate(cells) if cell in header_cells)

    def _label_columns(self) -> Iterable[int]:
        """Return the columns that can hold one of the first three texts of a row."""
        full = 0
        for column in range(self.table.first, min(self.table.last + 1, len(self.columns))):
            kinds = set(map(type, self.columns[column]))
            if str in kinds:
                yield column
                full += kinds == {str}
            if full == 3:
                return

    def _strike(
        self, texts: Sequence[str], words: Collection[str], test: Callable[[str], bool]
    ) -> None:
        """Strike out rows whose text fails; where none of the words stands anywhere in the column, none can."""
        self.pulse()
        if words:
            joined = "\x00".join(texts).lower()
            if not any(word in joined for word in words):
                return
        failing = {text for text in set(texts) if text and test(text)}
        if failing:
            self.bad.update(i for i, text in enumerate(texts) if text in failing)

    # --- marks -------------------------------------------------------------------------------------------------

    def marks(self) -> None:
        """Keep rows about whose cells the sheet says nothing more."""
        sheet = self.table.sheet
        marked = {row for row, _ in sheet.errors} | {row for row, _ in sheet.uncached}
        marked |= sheet.broken | self.table.totals
        if marked:
            self.bad.update(i for i, row in enumerate(self.table.rows) if row.number in marked)


def columns_of(rows: Sequence[Row], width: int) -> list[tuple[Cell, ...]]:
    """Return the cells of rows by column, at least `width` columns."""
    cells = [row.cells for row in rows]
    sizes = set(map(len, cells))
    most = max(*sizes, width, 0)
    if sizes != {most}:
        cells = [row + (None,) * (most - len(row)) for row in cells]
    return list(zip(*cells, strict=True))


def _texts(column: Sequence[Cell]) -> list[str]:
    """Return cells as texts; those of one plain line need only be trimmed."""
    if set(map(type, column)) == {str}:
        joined = "".join(column)  # type: ignore[arg-type]
        if joined.isascii() and "\n" not in joined:
            return [cell.strip() for cell in column]  # type: ignore[union-attr]
    known: dict[Cell, str] = {}
    made: list[str] = []
    for cell in column:
        text = known.get(cell) if not isinstance(cell, float | bool | date) else text_of(cell)
        if text is None:
            text = known[cell] = text_of(cell)
        made.append(text)
    return made


def _is_share(symbol: str, name: str, price: float | None) -> bool:
    """Whether a row without an ISIN is surely no cash: it has a code, and a price that money does not have."""
    if not symbol or not price or abs(price - 1) <= 0.005:
        return False
    return not (len(name) > 11 and has_digit(name) and find_isin(name))


def _may_be_option(texts: Sequence[str]) -> bool:
    """Whether any of the texts may spell a contract: a digit next to C or P, or one of the words."""
    joined = "\x00".join(texts)
    if not joined.isascii():
        return True
    letters = joined.encode("ascii").translate(_OPTION_LETTERS, _OPTION_GAPS)
    lowered = joined.lower()
    return b"0c" in letters or b"c0" in letters or "call" in lowered or "put" in lowered
