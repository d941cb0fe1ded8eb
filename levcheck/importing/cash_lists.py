"""Finds lists of nothing but money: accounts with their balances, currencies with their amounts."""

import re

from levcheck.importing.columns import assign_columns
from levcheck.importing.currencies import as_currency
from levcheck.importing.currency_names import currency_named
from levcheck.importing.grid import Row, is_blank, text_of
from levcheck.importing.numbers import read_number
from levcheck.importing.row_words import says_cash, total_strength
from levcheck.importing.tables import IDENTITY, Table

_SECURITIES = frozenset({"price", "cost_total", "cost_each", "weight", "open_high_low", "expiry"})
_AMOUNTS = ("market_value", "quantity", "value_base")
_BANK = re.compile(
    r"(?i)\b(checking|savings?|current account|deposit|giro\w*|tagesgeld\w*|festgeld\w*|sparbuch|sparkonto|verrechnung\w*|livret\w*|compte\w*|cuenta\w*|conto\w*|conta\w*|rekening\w*|spaarrekening)\b|konto|예금|통장|입출금|적금|存款|活期|定期|預金|储蓄|儲蓄"
)


def lists_cash(table: Table) -> bool:
    """Whether every amount of a list is money in an account: it names no security, and each row a currency or a bank's word."""
    at = assign_columns(table).at
    column = next((at[name] for name in _AMOUNTS if name in at), None)
    if column is None or table.section is not None or (IDENTITY | _SECURITIES) & at.keys():
        return False
    rows = [
        row
        for row in table.rows
        if read_number(row.at(column)).value is not None and not _is_total(row)
    ]
    return bool(rows) and all(_speaks_of_money(row, column) for row in rows)


def _speaks_of_money(row: Row, column: int) -> bool:
    if read_number(row.at(column)).currency is not None:
        return True
    texts = [text_of(cell) for index, cell in enumerate(row.cells) if index != column and cell]
    return any(
        as_currency(t) or currency_named(t) or says_cash(t) or _BANK.search(t) for t in texts
    )


def _is_total(row: Row) -> bool:
    label = next((text_of(cell) for cell in row.cells if not is_blank(cell)), "")
    return total_strength(label) == 2
