"""Makes the positions of plain rows, a column at a time; what is not plain after all is left to the careful way."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import repeat
from math import nan
from types import MappingProxyType

from levcheck.domain.diagnostics import Place
from levcheck.domain.position import Position
from levcheck.importing.building import Builder, is_short
from levcheck.importing.fated import Fated
from levcheck.importing.grid import Row, text_of
from levcheck.importing.kinds import (
    PUBLIC_KINDS,
    coded_kinds,
    kind_of_code,
    kind_of_name,
    kind_of_section,
    kind_said,
    named_kinds,
)
from levcheck.importing.lines import LineReader, currency_of_cell
from levcheck.importing.parsed import Cell
from levcheck.importing.plain_rows import PlainRows
from levcheck.importing.pulses import Pulse, paced
from levcheck.importing.units import counting_unit

# quantity, price, value, basis, currency, cost
_Amounts = tuple[float, float | None, float | None, str | None, str | None, float | None]
# A cost about which something has to be told.
_ASK = nan


class RowTexts(Mapping[str, str]):
    """The texts of a row's cells by field, looked up in the row itself: few of a long list are ever asked for.

    Args:
        cells: the row's cells.
        kept: (field, column) of every cell that is kept, the first of two with one field counting.
    """

    __slots__ = ("_cells", "_kept")

    def __init__(self, cells: tuple[Cell, ...], kept: Sequence[tuple[str, int]]) -> None:
        self._cells = cells
        self._kept = kept

    def _made(self) -> dict[str, str]:
        made: dict[str, str] = {}
        for name, column in self._kept:
            cell = self._cells[column] if column < len(self._cells) else None
            if cell is not None and name not in made:
                made[name] = cell if isinstance(cell, str) else text_of(cell)
        return made

    def __getitem__(self, name: str) -> str:
        return self._made()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._made())

    def __len__(self) -> int:
        return len(self._made())

    def __repr__(self) -> str:
        return f"RowTexts({self._made()!r})"


def plain_positions(fated: Sequence[Fated], builder: Builder, pulse: Pulse) -> dict[int, Position]:
    """Return the positions of the plain rows of a list by their place in it, without those that need a closer look."""
    held = [item for item in fated if item.plain is not None and item.fate == "position"]
    if not held or held[0].plain is None or not _are_simple(builder.reader):
        return {}
    return _Maker(held, held[0].plain, builder, pulse).positions()


def _are_simple(reader: LineReader) -> bool:
    """Whether the figures of a list are in the unit their cells are written in."""
    columns = reader.columns
    units = any(columns.at.get(name, -1) in columns.units for name in ("quantity", "price", "market_value", "cost_total"))  # fmt: skip
    counted = counting_unit(columns.headings.get(columns.at["quantity"], ""))
    return not units and counted is None and columns.factor.get("price", 1.0) == 1.0


class _Maker:
    """Makes positions of rows.

    Args:
        held: the rows.
        plain: what they say.
        builder: makes those that need a closer look, and knows what holds for all.
        pulse: called every few thousand rows; it may raise.
    """

    def __init__(
        self, held: Sequence[Fated], plain: PlainRows, builder: Builder, pulse: Pulse
    ) -> None:
        self.pulse = pulse
        self.held = held
        self.plain = plain
        self.builder = builder
        self.around = builder.around
        columns = builder.reader.columns
        self.at = columns.at
        # Currencies that headings name: of the value, of the price, of what was paid.
        self.heading = columns.currency.get("market_value") if "market_value" in self.at else None
        self.quoted = columns.currency.get("price")
        self.paid = columns.currency.get("cost_total")
        self.paid_each = columns.currency.get("cost_each")
        self.usual = builder.currencies.usual()
        self.totals = plain.figures.get("cost_total")
        self.each = plain.figures.get("cost_each")
        self.total_factor = columns.factor.get("cost_total", 1.0)
        self.each_factor = columns.factor.get("cost_each", 1.0)

    def positions(self) -> dict[int, Position]:
        """Return row's place in the list → position."""
        kinds = self._kinds()
        amounts = self._amounts(kinds)
        items = [item for item in self.held if item.index in amounts]
        places = map(
            Place,
            repeat(self.around.file),
            repeat(self.around.sheet),
            [item.row.number for item in items],
        )
        cells, raw = self._kept([item.row for item in items])
        exchanges = self._exchanges()
        plain = self.plain
        made: dict[int, Position] = {}
        lines = zip(items, places, cells, raw, strict=True)
        for item, place, columns, texts in paced(lines, self.pulse):
            index = item.index
            quantity, price, value, basis, currency, cost = amounts[index]
            made[index] = Position(
                place,
                self.around.account_of(plain.accounts[index], item.account),
                plain.symbols[index] or None,
                plain.isins[index] or None,
                plain.cusips[index] or None,
                plain.wkns[index] or None,
                plain.names[index] or None,
                quantity,
                price,
                value,
                basis,
                currency,
                cost,
                kinds[index],
                None,
                columns,
                texts,
                exchanges[index] if exchanges else None,
            )
        return made

    # --- parts -------------------------------------------------------------------------------------------------

    def _exchanges(self) -> list[str | None]:
        column = self.at.get("exchange")
        if column is None:
            return []
        return [text_of(cell) or None for cell in self.plain.columns[column]]

    def _kept(self, rows: Sequence[Row]) -> tuple[list[Mapping[str, str]], list[RowTexts]]:
        """Return which columns each row fills and what stands there; rows that fill the same share one mapping."""
        kept = self.builder.reader.kept
        pairs = [(name, column) for name, column, _ in kept]
        letters = {column: text for _, column, text in kept}
        known: dict[tuple[bool, ...], Mapping[str, str]] = {}
        cells: list[Mapping[str, str]] = []
        raw: list[RowTexts] = []
        gaps = [c for c in letters if None in self.plain.columns[c]]
        for row in paced(rows, self.pulse):
            texts = RowTexts(row.cells, pairs)
            pattern = tuple([row.at(column) is None for column in gaps])
            if pattern not in known:
                named = {name: _first(row, name, pairs) for name in texts}
                known[pattern] = MappingProxyType({n: letters[c] for n, c in named.items()})
            cells.append(known[pattern])
            raw.append(texts)
        return cells, raw

    def _kinds(self) -> dict[int, str | None]:
        """Return the kinds of the rows; what is counted in per cents of its face has units of its own and is left out."""
        column = self.at.get("kind")
        cells: Sequence[Cell] = self.plain.columns[column] if column is not None else ()
        said = {cell: kind_said(text_of(cell)) for cell in set(cells)}
        plain = self.plain
        coins = coded_kinds(plain.symbols)
        by_name = {name: kind_of_name(name) for name in named_kinds(plain.names)}
        made: dict[int, str | None] = {}
        for item in paced(self.held, self.pulse):
            index = item.index
            told, kind = said[cells[index]] if cells else (False, None)
            if not told:
                kind = kind_of_section(item.section)
                if kind is None and plain.symbols[index] in coins:
                    kind = kind_of_code(plain.symbols[index], plain.isins[index])
                kind = kind or by_name.get(plain.names[index])
            if kind != "bond":
                made[index] = kind if kind in PUBLIC_KINDS else None
        return made

    # --- money -------------------------------------------------------------------------------------------------

    def _amounts(self, kinds: Mapping[int, str | None]) -> dict[int, _Amounts]:
        """Return the money of the rows, without those in which anything has to be told."""
        figures, blank = self.plain.figures, [None] * len(self.plain.symbols)
        quantities = figures["quantity"]
        prices = figures.get("price", blank)
        values = figures.get("market_value", blank)
        codes = self._column_currencies()
        short = self._short_rows()
        made: dict[int, _Amounts] = {}
        for item in paced(self.held, self.pulse):
            index = item.index
            if index not in kinds or index in short:
                continue
            code, minor = codes[index] if codes else (None, 1.0)
            quantity, price, value = quantities[index], prices[index], values[index]
            if minor != 1.0 or not quantity or value == 0:
                continue
            found = self._priced(item, quantity, price, value, code)
            if found is not None:
                made[index] = found
        return made

    def _priced(
        self,
        item: Fated,
        quantity: float,
        price: float | None,
        value: float | None,
        code: str | None,
    ) -> _Amounts | None:
        currency = self.heading or code or self._currency_of(item)
        quoted = code if code is not None and self.quoted is None else self.quoted or currency
        basis: str | None = "stated"
        if value is None:
            value = quantity * price if price is not None else None
            basis = "computed" if price is not None else None
            if value == 0:
                return None
            if basis is not None:
                currency = quoted or currency
        elif price and (quoted == currency or currency is None):
            off = abs(quantity * price - value) > 0.006 + 1e-4 * abs(value)
            if off or (quantity < 0 < value and price > 0):
                return None
        if currency is None:
            currency = self.builder.currencies.assumed(item.line)
        if basis == "stated" and price and quoted and currency and quoted != currency:
            return None
        cost = self._cost(item.index, quantity, currency, quoted)
        return None if cost is _ASK else (quantity, price, value, basis, currency, cost)

    def _cost(
        self, index: int, quantity: float, currency: str | None, quoted: str | None
    ) -> float | None:
        totals, each = self.totals, self.each
        if totals and (total := totals[index]):
            if self.paid is not None and currency is not None and self.paid != currency:
                return _ASK
            return total * self.total_factor
        if not each or not (cost := each[index]):
            return None
        paid = self.paid_each or quoted
        if paid is not None and currency is not None and paid != currency:
            return _ASK
        return cost * quantity * self.each_factor

    def _currency_of(self, item: Fated) -> str | None:
        """Return the currency of a row whose own cells name none."""
        return (
            self.usual if self.usual is not None else self.builder.currencies.of_value(item.line)[0]
        )

    def _column_currencies(self) -> list[tuple[str | None, float]]:
        column = self.at.get("currency")
        if column is None:
            return []
        cells = self.plain.columns[column]
        known = {cell: currency_of_cell(cell) for cell in set(cells)}
        return [known[cell] for cell in cells]

    def _short_rows(self) -> set[int]:
        column = self.at.get("side")
        if column is None:
            return set()
        return {i for i, cell in enumerate(self.plain.columns[column]) if is_short(text_of(cell))}


def _first(row: Row, name: str, kept: Sequence[tuple[str, int]]) -> int:
    return next(c for field, c in kept if field == name and row.at(c) is not None)
