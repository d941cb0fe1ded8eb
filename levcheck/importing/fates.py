"""Gives every row of a list exactly one fate: position, cash, total, or left out with a reason."""

import itertools

from levcheck.importing.currencies import CODES
from levcheck.importing.currency_names import TWIN_CODES, currency_named
from levcheck.importing.dates import is_date, read_date
from levcheck.importing.fate_passes import (
    equal,
    give_roots,
    mark_cash_headings,
    mark_lots,
    mark_subtotals,
)
from levcheck.importing.fated import Fated
from levcheck.importing.grid import Row, is_blank, text_of
from levcheck.importing.identifiers import is_formula
from levcheck.importing.lines import Line, LineReader
from levcheck.importing.plain_rows import find_plain_rows
from levcheck.importing.pulses import CAREFUL_ROWS, Pulse, paced
from levcheck.importing.row_words import (
    is_money_fund,
    kind_of_words,
    may_be_total,
    says_account,
    says_cash,
    says_footer,
    says_pending,
    total_strength,
)
from levcheck.importing.tables import Table, looks_numeric

_AMOUNTS = ("quantity", "market_value", "price", "cost_total", "cost_each", "value_base", "weight")


class FateReader:
    """Walks down one list.

    Args:
        reader: reads the rows of the list.
        account: account named above the list.
        section: kind of security named above the list.
    """

    def __init__(self, reader: LineReader, account: str | None, section: str | None) -> None:
        self.reader = reader
        self.table = reader.table
        self.account = account
        self.section = section
        self.has_account_column = "account" in reader.columns.at
        self.header_texts = set(reader.table.headings.values())
        # A repeated heading is written as the first one was, blanks included.
        self.header_cells = self.header_texts | _raw_headings(reader.table)
        self.has_quantities = "quantity" in reader.columns.at

    def walk(self, pulse: Pulse) -> list[Fated]:
        """Return every row of the list with its fate; `pulse` is called every few hundred rows and may raise."""
        pulse()
        plain = find_plain_rows(self.table, self.reader, self.header_cells, pulse)
        flags = plain.is_plain if plain is not None else bytes(len(self.table.rows))
        fated: list[Fated] = []
        careful = 0
        for index, row in enumerate(paced(self.table.rows, pulse)):
            same = plain if flags[index] else None
            item = Fated(row, index, self.reader, self.account, self.section, same)
            if same is None:
                self._settle(item)
                careful += 1
                if careful % CAREFUL_ROWS == 0:
                    pulse()
            fated.append(item)
        mark_lots(fated, pulse)
        give_roots(fated)
        mark_cash_headings(fated)
        mark_subtotals(fated, pulse, has_quantities=self.has_quantities)
        return fated

    def _settle(self, item: Fated) -> None:
        item.fate, item.reason = self._judge(item.line)
        if item.reason in ("section", "account"):
            self._enter_section(item.line)
            item.account, item.section = self.account, self.section

    def _judge(self, line: Line) -> tuple[str, str]:
        for judge in (
            self._by_form,
            self._by_total,
            self._by_words,
            self._by_cash,
            self._by_figures,
        ):
            verdict = judge(line)
            if verdict is not None:
                return verdict
        return "ignored", "not_understood"

    # --- steps, first answer counts ----------------------------------------------------------------------

    def _by_form(self, line: Line) -> tuple[str, str] | None:
        row = line.row
        if row.number in self.table.sheet.broken:
            return "ignored", "broken_row"
        if row.number in self.table.totals:
            return "total", "total"
        if self._is_header_again(row):
            return "ignored", "header"
        count = row.count
        if count == 1 and isinstance(cell := row.cells[row.filled[0]], str):
            return self._single(line, text_of(cell))
        if not count and not line.faults:
            return "ignored", "blank_value"
        return None

    def _single(self, line: Line, text: str) -> tuple[str, str] | None:
        if total_strength(text) == 2:
            return "total", "total"
        if looks_numeric(text) and any(line.value(name) is not None for name in _AMOUNTS):
            return None
        if says_account(text) and not says_footer(text):
            return "ignored", "account"
        if says_footer(text):
            return "ignored", "footer"
        if says_pending(text):
            return "ignored", "pending"
        return "ignored", "section"

    def _is_header_again(self, row: Row) -> bool:
        if self.header_cells.isdisjoint(row.cells):
            return False
        texts = [cell.strip() for cell in row.cells if isinstance(cell, str)]
        return len(texts) > 1 and sum(t in self.header_texts for t in texts) >= max(
            2, 0.8 * len(texts)
        )

    def _by_total(self, line: Line) -> tuple[str, str] | None:
        if not may_be_total(line.labels):
            return None
        strength = max((total_strength(text) for text in line.labels), default=0)
        if strength == 0:
            return None
        held = line.value("quantity") is not None and line.value("price") is not None
        if held and (strength == 1 or _is_product(line)):
            return None
        if strength == 1 and (line.isin or line.wkn or line.value("quantity") is not None):
            return None
        if strength == 1 and not self.has_quantities and line.value("market_value") is not None:
            # "Total Stock Market Fund, 5000" in a list of values: settled when the sums are known.
            return ("position", "maybe_total")
        return "total", "total"

    def _by_words(self, line: Line) -> tuple[str, str] | None:
        label = (line.labels or [""])[0]
        if line.isin and line.value("quantity"):
            return None
        if says_pending(f"{line.symbol} {label}") or (not line.symbol and says_pending(line.name)):
            return ("cash", "pending") if line.value("market_value") else ("ignored", "pending")
        if any(line.value(name) for name in _AMOUNTS):
            return None
        if says_footer(label) and not line.isin:
            return "ignored", "footer"
        told = any(line.number(name).state == "number" for name in _AMOUNTS)
        if not told and not line.faults and says_account(label) and not line.isin:
            return "ignored", "account"
        return None

    def _by_cash(self, line: Line) -> tuple[str, str] | None:
        return ("cash", "") if self._is_cash(line) else None

    def _is_cash(self, line: Line) -> bool:
        if line.isin or line.wkn or (line.cusip and not is_money_fund(line.symbol)):
            return False
        kind = kind_of_words(line.texts.get("kind", ""))
        is_code = _is_currency_code(line)
        if (kind == "cash" and is_code) or _is_currency_by_name(line):
            return True
        price = line.value("price")
        if price is not None and abs(price - 1) > 0.005 and price != 0:
            return False
        if is_code or is_money_fund(line.symbol or line.name):
            return True
        if kind == "cash" and (price is None or not _has_other_identity(line)):
            return True
        return self._says_cash(line) or (self.section == "cash" and price in (None, 1.0))

    def _says_cash(self, line: Line) -> bool:
        """Whether the words of a row without a security's code speak of cash."""
        if says_cash(line.symbol) and not _bare_code(line).isalpha():
            return True
        named = says_cash(line.name) or (not line.name and says_cash(line.symbol))
        without_code = not line.symbol or line.symbol == line.name or says_cash(line.symbol)
        spoken = any(says_cash(label) for label in line.labels[:2]) and not line.has_identity
        return (named and without_code) or spoken

    def _by_figures(self, line: Line) -> tuple[str, str] | None:
        identity = line.symbol or line.name
        if line.symbol and is_formula(line.symbol):
            return "ignored", "formula_text"
        if identity and is_date(identity.strip()):
            return "ignored", "lot"
        return self._by_amounts(line)

    def _by_amounts(self, line: Line) -> tuple[str, str] | None:
        quantity, value = line.value("quantity"), line.value("market_value")
        if quantity == 0 and not value:
            return "ignored", "sold"
        told = (
            quantity is not None
            or value is not None
            or line.value("cost_total") is not None
            or line.value("weight") is not None
        )
        if line.has_identity:
            return self._with_identity(line, told=told)
        if told:
            return "ignored", "nameless"
        if not line.faults and not any(line.value(name) is not None for name in _AMOUNTS):
            return "ignored", "footer" if _last_words(line) else "section"
        return None

    def _with_identity(self, line: Line, *, told: bool) -> tuple[str, str]:
        if told or {"quantity", "market_value"} & line.faults.keys():
            unreadable = not told and _is_prose(line)
            return ("ignored", "not_understood") if unreadable else ("position", "")
        if line.value("price") is not None or line.value("cost_each") is not None:
            return "ignored", "no_quantity"
        marked = any(line.number(name).state == "unknown" for name in ("quantity", "market_value"))
        return "ignored", "no_quantity" if marked and len(line.row.filled) > 3 else "section"

    def _enter_section(self, line: Line) -> None:
        text = next((text_of(cell) for cell in line.row.cells if not is_blank(cell)), "")
        if says_account(text) and not self.has_account_column:
            self.account = text
            self.section = None
        kind = kind_of_words(text) if len(text) <= 40 else None
        if kind is not None and not says_account(text):
            self.section = kind


def _raw_headings(table: Table) -> set[str]:
    """Return the heading cells of a list exactly as written."""
    last = max(table.header_rows, default=0)
    rows = itertools.takewhile(lambda row: row.number <= last, table.sheet.rows)
    found = (row.cells for row in rows if row.number in table.header_rows)
    return {cell for cells in found for cell in cells if isinstance(cell, str)}


def _bare_code(line: Line) -> str:
    return (line.symbol or line.name).strip().upper().lstrip("$")


def _is_currency_code(line: Line) -> bool:
    """Whether a row's code is a currency's, and its name does not speak of something else (COP, ConocoPhillips)."""
    code = _bare_code(line)
    if code not in CODES:
        return False
    named = line.name if line.symbol and line.name != line.symbol else ""
    plain = not named or code not in TWIN_CODES
    return plain or currency_named(named) is not None or says_cash(named)


def _is_currency_by_name(line: Line) -> bool:
    """Whether a row is named as a currency is, and neither its code nor its price says that it is anything else."""
    code = currency_named(line.name)
    if code is None or (
        line.symbol and line.symbol.strip().upper() not in (code, line.name.upper())
    ):
        return False
    if line.symbol:
        return True
    price, quantity, value = (line.value(n) for n in ("price", "quantity", "market_value"))
    alike = quantity is not None and value is not None and equal(quantity, value)
    return price in (None, 1.0) or alike


def _has_other_identity(line: Line) -> bool:
    """Whether a row of kind "cash" is in truth a security held in a cash account (a broker's "Type: Cash")."""
    return (
        bool(line.symbol)
        and not says_cash(line.symbol)
        and not is_money_fund(line.symbol)
        and not says_cash(line.name)
    )


def _is_prose(line: Line) -> bool:
    """Whether nothing but words stand where the figures of a holding belong."""
    return all(text.isalpha() or " " in text for text in line.faults.values())


def _is_product(line: Line) -> bool:
    q, p, v = line.value("quantity"), line.value("price"), line.value("market_value")
    return bool(q and p and (v is None or abs(q * p - v) <= 0.01 * abs(v) + 0.01))


def _last_words(line: Line) -> bool:
    return any(read_date(label) for label in line.labels)
