"""Finds the tables of a sheet: where headings stand, which rows follow them, what kind of list it is."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from levcheck.importing.currencies import plain_width
from levcheck.importing.grid import Row, Sheet, is_blank, text_of
from levcheck.importing.parsed import Cell
from levcheck.importing.pulses import QUICK_ROWS, Pulse, go_on
from levcheck.importing.row_words import says_cash
from levcheck.importing.synonyms import (
    Meaning,
    is_known_header,
    is_plain_header,
    meanings,
    normalised,
)

IDENTITY = frozenset({"symbol", "code", "isin", "wkn", "cusip", "name", "underlying"})
AMOUNTS = frozenset(
    {
        "quantity",
        "price",
        "market_value",
        "cost_total",
        "cost_each",
        "weight",
        "target_weight",
        "value_base",
    }
)
TRADE_FIELDS = frozenset({"action", "settle_date", "sold", "fees"})
_LOOKED_AT = 90
# First letters of figures; headings may begin with the two that are missing ("52 week high").
_FIGURES = frozenset("02346789-+.,$€£(")
_STATEMENT_ROLES = frozenset({"header", "data", "total", "subtotal", "notes"})
_LEADING_DIGIT = re.compile(r"^[\s$€£¥₩₹+\-(−]*\d")
_HOLDINGS_SECTION = re.compile(
    r"(?i)positi|포지션|持仓|持倉|ポジション|保有|posizion|posicion|posiç|bestand|holdings"
)
_CASH_SECTION = re.compile(r"(?i)forex|devisen|외환|外汇|外匯|為替|divisas|divise|câmbio")


class TableKind(StrEnum):
    """What a list is about."""

    HOLDINGS = "holdings"
    TRADES = "trades"
    PRICES = "prices"
    WATCHLIST = "watchlist"
    WEIGHTS = "weights"
    OTHER = "other"


@dataclass(slots=True)
class Table:
    """One list on a sheet.

    Attributes:
        sheet: where it stands.
        header_rows: row numbers of its headings.
        headings: column → text as printed.
        rows: rows below the headings, up to the next list.
        preamble: rows above the headings that belong to no other list.
        totals: row numbers the file itself marks as totals (activity statements).
        section: section name of an activity statement.
        first: first column of the list; cells left of it belong to another.
        last: last column, inclusive.
        is_cash: every row is an amount of money.
    """

    sheet: Sheet
    header_rows: tuple[int, ...]
    headings: dict[int, str]
    rows: list[Row]
    preamble: list[Row] = field(default_factory=list)
    totals: frozenset[int] = frozenset()
    section: str | None = None
    first: int = 0
    last: int = 16_384
    is_cash: bool = False

    @property
    def key(self) -> tuple[str, ...]:
        """The headings as one comparable value."""
        return tuple(normalised(text) for text in self.headings.values())


def looks_numeric(cell: Cell) -> bool:
    """Whether a cell is, or begins like, a number or a date."""
    if isinstance(cell, str):
        return bool(_LEADING_DIGIT.match(plain_width(cell)))
    return isinstance(cell, float | date) and not isinstance(cell, bool)


def heading_fields(texts: Sequence[str], threshold: int = 60) -> set[str]:
    """Return the fields that headings surely name."""
    return {m.field for text in texts for m in meanings(text)[:2] if m.score >= threshold}


def is_heading_row(cells: Sequence[Cell]) -> bool:
    """Whether a row of cells reads as the headings of some list."""
    filled = [cell for cell in cells if not is_blank(cell)]
    texts = [text_of(cell) for cell in filled if isinstance(cell, str) and not looks_numeric(cell)]
    if len(texts) < 2 or len(texts) < 0.7 * len(filled):
        return False
    known = [text for text in texts if any(m.score >= 55 for m in meanings(text))]
    if len(known) < 2 or len(known) < 0.4 * len(texts):
        return False
    fields = heading_fields(known)
    amounts, core = fields & AMOUNTS, fields - {"noise", "fundamental", "unit"}
    if fields & IDENTITY and amounts:
        return len(core) >= 2 and _is_worded(texts, known)
    trades = fields & TRADE_FIELDS and (amounts or fields & IDENTITY)
    prices = fields & {"snapshot_date"} and fields & {"open_high_low", "price"} and len(texts) >= 2
    listed = len(texts) >= 4 and len(known) >= 0.6 * len(texts)
    figures = len(amounts) >= 2 and sum(map(is_known_header, known)) >= 2
    summary = len(texts) == len(filled) == len(known) >= 3 and bool(amounts & fields)
    return bool(trades or prices or listed or figures or summary)


def _is_worded(texts: list[str], known: list[str]) -> bool:
    """Keep out rows of data whose words happen to be headings somewhere ("Fund", "Position")."""
    exact = sum(1 for text in known if is_known_header(text))
    return exact >= 2 or len(known) >= 3 or len(texts) == 2


def find_tables(sheet: Sheet, pulse: Pulse = go_on) -> list[Table]:
    """Return the lists of a sheet from top to bottom, side by side ones from left to right; `pulse` may end it."""
    statement = _statement_tables(sheet)
    if statement:
        return statement
    found = _stacked_tables(sheet, pulse)
    return [part for table in found for part in _side_by_side(table)]


def _stacked_tables(sheet: Sheet, pulse: Pulse) -> list[Table]:
    tables: list[Table] = []
    waiting: list[Row] = []
    below = waiting
    index = 0
    while index < len(sheet.rows):
        if index % QUICK_ROWS == 0:
            pulse()
        row = sheet.rows[index]
        if (index >= _LOOKED_AT and float in map(type, row.cells)) or not (
            _may_be_heading(row, index) and is_heading_row(row.cells)
        ):
            below.append(row)
            index += 1
            continue
        headings, used = _headings_at(sheet.rows, index)
        header = tuple(r.number for r in sheet.rows[index : index + used])
        made = Table(sheet, header, headings, [])
        if tables and tables[-1].key == made.key:
            tables[-1].rows += sheet.rows[index : index + used]
        else:
            made.preamble = waiting if not tables else _title_above(tables[-1])
            waiting = []
            tables.append(made)
        below = tables[-1].rows
        index += used
    return tables


def _may_be_heading(row: Row, index: int) -> bool:
    """Far down a sheet only rows that hold two headings word for word are worth a closer look."""
    if index < _LOOKED_AT:
        return True
    hits = 0
    for cell in row.cells:
        # Figures, dates and numbers of accounts begin with what no heading begins with.
        if isinstance(cell, str) and cell[:1] not in _FIGURES and is_plain_header(cell):
            hits += 1
            if hits >= 2:
                return True
    return False


def _headings_at(rows: Sequence[Row], index: int) -> tuple[dict[int, str], int]:
    """Return column → heading for the heading row at `index`, and how many rows it takes."""
    row = rows[index]
    headings = {column: text_of(row.cells[column]) for column in row.filled}
    if index + 1 < len(rows) and (combined := _with_second_row(row, rows[index + 1], headings)):
        return combined, 2
    several = len([g for g in _apart(headings) if _is_own_list([headings[c] for c in g])]) > 1
    if index and rows[index - 1].number == row.number - 1 and not several:
        headings = _with_group_row(rows[index - 1], headings)
    return headings, 1


def _with_second_row(row: Row, below: Row, headings: dict[int, str]) -> dict[int, str] | None:
    if below.number != row.number + 1 or any(looks_numeric(cell) for cell in below.cells):
        return None
    combined = dict(headings)
    texts = [text_of(below.cells[c]) for c in below.filled]
    for column, text in zip(below.filled, texts, strict=True):
        above = _spread(headings, column, below)
        combined[column] = _joined_heading(above, text, is_twice=texts.count(text) > 1)
    if len(below.filled) > len(headings) + 3:
        return None
    alone, together = heading_fields([*headings.values()]), heading_fields([*combined.values()])
    useful = IDENTITY | AMOUNTS | {"currency", "account"}
    clearer = _clarity(combined.values()) > _clarity(headings.values()) + 10
    gained = len(together & useful) > len(alone & useful) or (
        clearer and bool(together & IDENTITY) and bool(together & AMOUNTS)
    )
    units = all(_is_unit_text(text_of(below.cells[c])) for c in below.filled)
    return combined if gained or units else None


def _joined_heading(above: str, text: str, *, is_twice: bool) -> str:
    """Return a heading of two lines in the form that says most: both lines, in either order, or the lower one alone."""
    if not above or above == text:
        return text
    forms = [f"{above} {text}"]
    if not (above + text).isascii():
        forms.append(f"{text}{above}")
    if not is_twice:
        forms.append(text)
    return max(forms, key=lambda form: next((m.score for m in meanings(form)), 0))


def _clarity(texts: Iterable[str]) -> int:
    """Return how surely headings say what they mean, summed."""
    return sum(next((m.score for m in meanings(text) if m.field != "noise"), 0) for text in texts)


def _is_unit_text(text: str) -> bool:
    from levcheck.importing.currencies import as_currency

    bare = text.strip("()[]【】 ")
    return bool(bare) and (bare == "%" or as_currency(bare) is not None)


def _spread(headings: dict[int, str], column: int, below: Row) -> str:
    """Return the heading above a column; a group heading covers the blank ones to its right that have a second line."""
    if column in headings:
        return headings[column]
    left = max((c for c in headings if c < column), default=None)
    if left is None or any(c not in below.filled for c in range(left, column)):
        return ""
    return headings[left]


def _with_group_row(above: Row, headings: dict[int, str]) -> dict[int, str]:
    """Put a group's name before headings that say nothing, or the same twice, without it."""
    texts = {c: text_of(above.cells[c]) for c in above.filled if isinstance(above.cells[c], str)}
    if len(texts) < 2 or any(looks_numeric(above.cells[c]) for c in above.filled):
        return headings
    keys = [normalised(text) for text in headings.values()]
    made: dict[int, str] = {}
    for column, text in headings.items():
        group = max((c for c in texts if c <= column), default=None)
        vague = keys.count(normalised(text)) > 1 or not meanings(text)
        made[column] = f"{texts[group]} {text}" if group is not None and vague else text
    return made


def _title_above(table: Table) -> list[Row]:
    """Take the one-cell rows right above a new heading row out of the list before it."""
    taken: list[Row] = []
    while table.rows and len(table.rows[-1].filled) == 1 and len(taken) < 3:
        cell = table.rows[-1].cells[table.rows[-1].filled[0]]
        if not isinstance(cell, str) or looks_numeric(cell):
            break
        taken.insert(0, table.rows.pop())
    return taken


def _side_by_side(table: Table) -> list[Table]:
    """Part a heading row that carries two lists with an empty column between them."""
    sample = table.rows[:60]
    columns = sorted(table.headings)
    groups: list[list[int]] = [[columns[0]]] if columns else []
    for column in columns[1:]:
        gap = range(groups[-1][-1] + 1, column)
        if any(all(is_blank(row.at(c)) for row in sample) for c in gap):
            groups.append([column])
        else:
            groups[-1].append(column)
    full = [g for g in groups if _is_own_list([table.headings[c] for c in g])]
    if len(full) == 1 and not _has_summary_beside(table, full[0], groups):
        return [table]
    if not full:
        return [table]
    parts: list[Table] = []
    for group in full:
        first = group[0]
        last = min((g[0] for g in groups if g[0] > first), default=table.last + 1) - 1
        rows = [part for row in table.rows if (part := _between(row, first, last)).count]
        headings = {c: table.headings[c] for c in group}
        parts.append(
            Table(
                table.sheet,
                table.header_rows,
                headings,
                rows,
                _above(table.preamble, first, last),
                first=first,
                last=last,
            )
        )
    return parts


def _apart(headings: dict[int, str]) -> list[list[int]]:
    """Return the columns of headings in groups with an empty column between them."""
    groups: list[list[int]] = []
    for column in sorted(headings):
        if groups and column == groups[-1][-1] + 1:
            groups[-1].append(column)
        else:
            groups.append([column])
    return groups


def _above(rows: Sequence[Row], first: int, last: int) -> list[Row]:
    """Return the rows above one of several lists: of a row that says something over each of them, its own part."""
    made = []
    for row in rows:
        part = _between(row, first, last)
        inside = part.count and part.count < row.count
        made.append(part if inside else row)
    return made


def _between(row: Row, first: int, last: int) -> Row:
    """Return a row with nothing but the cells of the columns from `first` to `last`."""
    return Row(row.number, (None,) * first + row.cells[first : last + 1])


def _has_summary_beside(table: Table, own: Sequence[int], groups: Sequence[Sequence[int]]) -> bool:
    """Whether a list has sums by class or the like beside it: headings of its own, one of them said a second time."""
    mine = {normalised(table.headings[c]) for c in own}
    return any(
        normalised(table.headings[c]) in mine for group in groups if group is not own for c in group
    )


def _is_own_list(texts: list[str]) -> bool:
    fields = heading_fields(texts)
    return bool(fields & IDENTITY and fields & AMOUNTS)


# --- activity statements: every row begins with its section and its role -----------------------------------


def _statement_tables(sheet: Sheet) -> list[Table]:
    said = {row.cells[1] for row in sheet.rows if len(row.cells) > 1}
    if "header" not in {str(cell).strip().casefold() for cell in said if isinstance(cell, str)}:
        return []
    roles = [str(row.at(1)).strip().casefold() for row in sheet.rows]
    fitting = sum(role in _STATEMENT_ROLES for role in roles)
    if fitting < 3 or fitting < 0.8 * len(roles) or "header" not in roles or "data" not in roles:
        return []
    tables: list[Table] = []
    for row, role in zip(sheet.rows, roles, strict=True):
        section = text_of(row.at(0))
        if role == "header":
            headings = {c: text_of(row.cells[c]) for c in row.filled if c >= 2}
            tables.append(Table(sheet, (row.number,), headings, [], section=section, first=2))
        elif tables:
            tables[-1].rows.append(row)
            if role != "data":
                tables[-1].totals |= {row.number}
    return tables


_ENDING_CASH = re.compile(
    r"(?i)^(ending cash|closing cash|(?:schluss|end)\w*\s?(?:saldo|bestand)?\w*\s?(?:barmittel|cash|bar\w*)|endbarsaldo|endsaldo|trésorerie finale|solde final.*|efectivo final|saldo finale.*|期末現金|期末现金|기말\s?현금)$"
)


def cash_report(table: Table) -> Table | None:
    """Return the ending balances per currency of a statement's cash section, None when it is another section."""
    from levcheck.importing.currencies import CODES

    ending = [
        row
        for row in table.rows
        if any(_ENDING_CASH.match(text_of(cell)) for cell in row.cells[2:4])
        and any(cell in CODES for cell in row.cells[2:5])
    ]
    if table.section is None or not ending:
        return None
    currency = next(c for c in range(2, 5) if ending[0].at(c) in CODES)
    # "Ending settled cash" follows "ending cash" and is part of it.
    ending = list({row.at(currency): row for row in reversed(ending)}.values())[::-1]
    total = next((c for c in range(currency + 1, 9) if looks_numeric(ending[0].at(c))), None)
    if total is None:
        return None
    headings = {2: "Description", currency: "Currency", total: "Value"}
    return Table(
        table.sheet, table.header_rows, headings, ending, section=table.section, first=table.first
    )


# --- what a list is about -------------------------------------------------------------------------------------


def names_cash_section(section: str) -> bool:
    """Whether a section of an activity statement lists its currencies."""
    return _CASH_SECTION.search(section) is not None


def kind_of(table: Table, *, several_sections: bool = False) -> TableKind:
    """Return what a list is about, by its headings and, for trades, by what its rows say.

    Args:
        table: the list.
        several_sections: it is one section of an activity statement that also has one for positions.
    """
    if several_sections and table.section is not None:
        named = _HOLDINGS_SECTION.search(table.section) or _CASH_SECTION.search(table.section)
        if not named:
            return TableKind.OTHER
    best = {column: found for column, text in table.headings.items() if (found := meanings(text))}
    fields = {m.field for found in best.values() for m in found if m.score >= 55}
    if (told := _kind_by_title(table)) is not None:
        return told
    if is_cash_list(table, fields):
        return TableKind.HOLDINGS
    if _is_trade_list(table, best, fields):
        return TableKind.TRADES
    if not fields & IDENTITY:
        is_series = "snapshot_date" in fields and fields & {
            "price",
            "open_high_low",
            "market_value",
        }
        return TableKind.PRICES if is_series else TableKind.OTHER
    return _kind_by_amounts(fields)


# Titles over lists of what is no longer held, or never was.
_NOT_HELD: tuple[tuple[TableKind, "re.Pattern[str]"], ...] = (
    (
        TableKind.TRADES,
        re.compile(
            r"(?i)^\W*(?:my\s+|all\s+|meine\s+)?(?:dividends?|dividenden|dividendes|dividendos|dividendi|distributions?|closed(?:\s+positions?)?|sold(?:\s+positions?)?|realized\b.*|realised\b.*|geschlossene\b.*|verkauft\w*|verkaufte\b.*|vendus?|posiciones cerradas|배당\S*|매도\s?내역|실현손익|已卖出|已清仓|已實現\S*|已實現損益|配当\S*|売却\S*)\W*(?:received|income|history|\d{4})?\W*$"
        ),
    ),
    (
        TableKind.WATCHLIST,
        re.compile(
            r"(?i)^\W*(?:my\s+|meine\s+)?(?:watch\s?list|wish\s?list|to\s+buy|beobachtungsliste|merkliste|관심\s?종목|自选股?|關注清單|ウォッチリスト)\W*$"
        ),
    ),
)


def _kind_by_title(table: Table) -> TableKind | None:
    """Return what the title above a list, or its sheet's name, says it is where that is not holdings."""
    titles = [text_of(row.cells[row.filled[0]]) for row in table.preamble[-3:] if row.count == 1]
    for text in (*titles, table.sheet.name or ""):
        for kind, pattern in _NOT_HELD:
            if text and pattern.match(text):
                return kind
    return None


def is_cash_list(table: Table, fields: set[str]) -> bool:
    """Whether a list without securities stands on a sheet of cash: accounts with their balances."""
    named = table.section is None and says_cash(table.sheet.name or "")
    return named and not fields & IDENTITY and bool(fields & {"market_value", "quantity"})


def _kind_by_amounts(fields: set[str]) -> TableKind:
    if fields & {"quantity", "market_value", "value_base"}:
        ohlc = "open_high_low" in fields and "snapshot_date" in fields and "quantity" not in fields
        return TableKind.PRICES if ohlc and "market_value" not in fields else TableKind.HOLDINGS
    if "cost_total" in fields:
        return TableKind.HOLDINGS
    if "weight" in fields:
        return TableKind.WEIGHTS
    if "open_high_low" in fields and "snapshot_date" in fields:
        return TableKind.PRICES
    return (
        TableKind.WATCHLIST if "price" in fields or "target_weight" in fields else TableKind.OTHER
    )


_TRADE_WORDS = re.compile(
    r"(?i)^(buy|bought|sell|sold|purchase|sale|dividend|div|deposit|withdrawal|transfer|reinvest\w*|split|interest|fee|you (bought|sold).*|buy to \w+|sell to \w+|kauf|verkauf|dividende|ausschüttung|einlage|entnahme|achat|vente|koop|verkoop|aankoop|compra|venta|venda|dividendo|acquisto|vendita|매수|매도|배당\w*|입금|출금|买入|卖出|買入|賣出|買進|賣出|現買|現賣|红利\w*|股利|買付|売付|買|売|配当\w*|קניה|מכירה|דיבידנד|sto|btc|bto|stc)$"
)


_BOUGHT = re.compile(
    r"(?i)^\s*(buy|bought|long|open|deposit|kauf|achat|koop|compra|acquisto|매수|买入|買入|買付|קניה)\b"
)
_NOW = re.compile(
    r"(?i)current|market|last|close|now|aktuell|actuel|actual|atual|attuale|huidige|현재|现价|現價|現在"
)


def _valued_now(table: Table, fields: set[str]) -> bool:
    """Whether a list has a price or value of today, which no list of trades has."""
    if "settle_date" in fields:
        return False
    return any(
        _NOW.search(text)
        and any(m.field in ("price", "market_value") and m.score >= 80 for m in meanings(text)[:1])
        for text in table.headings.values()
    )


def _is_trade_list(table: Table, best: dict[int, tuple[Meaning, ...]], fields: set[str]) -> bool:
    said = [
        c
        for c, found in best.items()
        if any(m.field in ("action", "kind", "side", "status") for m in found)
    ]
    for column in said:
        values = [text_of(row.at(column)) for row in table.rows[:200]]
        spoken = [value for value in values if value]
        if spoken and _valued_now(table, fields) and all(map(_BOUGHT.match, spoken)):
            # Lots still open ("Buy") with today's price are holdings.
            return False
        if spoken and sum(bool(_TRADE_WORDS.match(v.strip())) for v in spoken) >= 0.6 * len(spoken):
            return True
    if (
        "action" in fields
        and not fields & {"market_value"}
        and fields & {"settle_date", "purchase_date", "snapshot_date", "fees"}
    ):
        return True
    if (
        "sold" in fields
        and fields & {"purchase_date", "fees", "action"}
        and "market_value" not in fields
    ):
        return True
    return (
        "settle_date" in fields
        and "market_value" not in fields
        and bool(fields & {"fees", "purchase_date", "quantity", "sold"})
    )
