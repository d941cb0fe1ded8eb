"""What stands around the lists of holdings: accounts, dates, cash and totals that a summary states."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from levcheck.domain.diagnostics import Place
from levcheck.domain.portfolio import StatedTotal
from levcheck.domain.position import CashLine
from levcheck.importing.cell_names import column_letters
from levcheck.importing.columns import assign_columns
from levcheck.importing.currencies import currency_in_header
from levcheck.importing.facts import Facts, find_as_of, read_facts
from levcheck.importing.grid import Row, Sheet, is_blank, text_of
from levcheck.importing.lines import currency_of_cell
from levcheck.importing.list_reading import TableReading
from levcheck.importing.numbers import read_number
from levcheck.importing.row_words import says_account, says_cash, total_strength
from levcheck.importing.synonyms import meanings, normalised
from levcheck.importing.tables import Table, TableKind, kind_of


def outer_facts(
    sheets: Sequence[Sheet], tables: Sequence[Table], holdings: Sequence[Table]
) -> dict[int, Facts]:
    """Return per sheet what summaries above its holdings tell: account, totals, date."""
    made: dict[int, Facts] = {}
    for sheet in sheets:
        inside = {
            row.number for t in tables if t.sheet is sheet and t in holdings for row in t.rows
        }
        rows = [row for row in sheet.rows if row.number not in inside]
        lists = [t for t in tables if t.sheet is sheet and t.section is None]
        statement = [t for t in tables if t.sheet is sheet and t.section is not None]
        held = [t for t in statement if t in holdings]
        facts = read_facts([r for r in rows if _is_free(r, lists + held)])
        facts.as_of = find_as_of(rows)
        facts.section = None
        if not statement:
            # A heading above one list of several speaks for that list only.
            facts.account = _account_of_sheet(sheet, holdings)
        for table in tables:
            if table.sheet is sheet and table not in holdings:
                _read_summary(facts, table)
        made[id(sheet)] = facts
    return made


def _account_of_sheet(sheet: Sheet, holdings: Sequence[Table]) -> str | None:
    """Return a sheet's name as account where several sheets hold positions and the name speaks of one."""
    several = len({id(table.sheet) for table in holdings}) > 1
    return sheet.name if several and sheet.name and says_account(sheet.name) else None


def cash_above(
    file: str, kept: Sequence[TableReading], outer: Mapping[int, Facts]
) -> tuple[CashLine, ...]:
    """Return the cash a summary above the holdings states when the list itself has none.

    Summaries state it several times over (total, available, settled): one line is taken, the total first.
    """
    for reading in kept:
        stated = reading.facts.cash + outer[id(reading.table.sheet)].cash
        if not stated:
            continue
        row, label, amount, currency = min(
            stated, key=lambda item: (not item[1].casefold().startswith("total"), item[0])
        )
        codes = {p.currency for p in reading.positions if p.currency}
        code = currency or (codes.pop() if len(codes) == 1 else None)
        place = Place(file, reading.table.sheet.name, row)
        reading.cash.append(CashLine(place, label, amount, code, reading.facts.account))
        return (reading.cash[-1],)
    return ()


_FEW_ROWS = 20
# A list of what was, day by day.
_DATED = frozenset({"snapshot_date", "purchase_date", "settle_date"})


def cash_beside(
    file: str, kept: Sequence[TableReading], others: Sequence[Table]
) -> tuple[CashLine, ...]:
    """Return the cash that a summary by account or currency beside the holdings states in a column of its own."""
    made: list[CashLine] = []
    for table in others:
        host = next((r for r in kept if r.table.sheet is table.sheet), None)
        column = next((c for c, text in table.headings.items() if says_cash(text)), None)
        if host is None or column is None or table.section or len(table.rows) > _FEW_ROWS:
            continue
        at = assign_columns(table).at
        if at.keys() & _DATED or (len(table.rows) > 1 and not at.keys() & {"currency", "account"}):
            continue
        codes = {p.currency for p in host.positions if p.currency}
        usual = currency_in_header(table.headings[column]) or (
            codes.pop() if len(codes) == 1 else None
        )
        for row in table.rows:
            label = next((text_of(cell) for cell in row.cells if not is_blank(cell)), "")
            amount = read_number(row.at(column))
            if amount.value and total_strength(label) == 0:
                own = currency_of_cell(row.at(at["currency"]))[0] if "currency" in at else None
                place = Place(file, table.sheet.name, row.number)
                code = own or amount.currency or usual
                cells = MappingProxyType({"amount": column_letters(column)})
                made.append(CashLine(place, label, amount.value, code, host.facts.account, cells))
                host.cash.append(made[-1])
    return tuple(made)


def stated_totals(kept: Sequence[TableReading], outer: Mapping[int, Facts]) -> list[StatedTotal]:
    """Return every total the file states, in the lists and around them, in the order of its rows."""
    made = [
        StatedTotal(r.table.sheet.name, t.row, t.what, t.value, t.currency)
        for r in kept
        for t in r.totals
    ]
    for reading in kept:
        known = {total.row for total in made}
        for row, what, value, currency in (
            outer[id(reading.table.sheet)].totals + outer[id(reading.table.sheet)].costs
        ):
            if row not in known:
                made.append(StatedTotal(reading.table.sheet.name, row, what, value, currency))
                known.add(row)
    return sorted(made, key=lambda total: total.row)


def date_of(kept: Sequence[TableReading], outer: Mapping[int, Facts]) -> str | None:
    """Return the date the holdings are of, None when the file does not say."""
    by_row = [r.as_of for r in kept if r.as_of]
    around = [f for r in kept if (f := r.facts.as_of or outer[id(r.table.sheet)].as_of)]
    below = [
        d
        for r in kept
        if (d := find_as_of([row for row in r.table.rows if row.number in r.ignored]))
    ]
    found = around or below or by_row
    return max(found) if found else None


def base_currency(kept: Sequence[TableReading], outer: Mapping[int, Facts]) -> str | None:
    """Return the currency of the whole file, None when it has several and names none."""
    for reading in kept:
        if (home := reading.columns.currency.get("value_base")) is not None:
            return home
    facts = [f for r in kept for f in (r.facts, outer[id(r.table.sheet)])] + list(outer.values())
    for named in ({f.base for f in facts if f.base}, {f.currency for f in facts if f.currency}):
        if len(named) == 1:
            return named.pop()
    homes = {c for r in kept if (c := r.columns.currency.get("cost_home"))}
    if len(homes) == 1:
        return homes.pop()
    codes = {p.currency for r in kept for p in r.positions if p.currency} | {
        c.currency for r in kept for c in r.cash if c.currency
    }
    return codes.pop() if len(codes) == 1 else None


def account_names(tables: Sequence[Table]) -> dict[str, str]:
    """Return account id → name when the file has a list of accounts beside its holdings."""
    for table in tables:
        if kind_of(table) is not TableKind.OTHER:
            continue
        keys = {normalised(text): column for column, text in table.headings.items()}
        identifier = next(
            (
                keys[k]
                for k in ("account id", "accountid", "account number", "account")
                if k in keys
            ),
            None,
        )
        name = next(
            (
                keys[k]
                for k in ("name", "account name", "accountname", "nickname", "label")
                if k in keys
            ),
            None,
        )
        if identifier is not None and name is not None and identifier != name:
            return {
                text_of(r.at(identifier)): text_of(r.at(name))
                for r in table.rows
                if not is_blank(r.at(identifier)) and not is_blank(r.at(name))
            }
    return {}


def _read_summary(facts: Facts, table: Table) -> None:
    """Take account, total, cash and base currency from a summary list ("Account, Net Account Value, …")."""
    if not 1 <= len(table.rows) <= 60:
        return
    if kind_of(table) is TableKind.OTHER and table.section is None:
        # A list of sums by class ("預り金, 1,000,000") states cash that stands nowhere else.
        codes = {
            c: code for c, text in table.headings.items() if (code := currency_in_header(text))
        }
        stated = read_facts(table.rows, codes)
        facts.cash += stated.cash
    for column, text in table.headings.items():
        best = next((m for m in meanings(text)), None)
        values = [row.at(column) for row in table.rows if not is_blank(row.at(column))]
        key = normalised(text)
        if (
            key in ("account", "account name", "account number", "depot", "konto")
            and len(values) == 1
        ):
            facts.account = text_of(values[0])
        elif "account value" in key or key in ("total value", "total account value", "net value"):
            facts.totals += [
                (row.number, text, v, best.currency if best else None)
                for row in table.rows
                if (v := read_number(row.at(column)).value) is not None
            ]
        elif key in ("base currency", "basiswährung") and len({text_of(v) for v in values}) == 1:
            facts.base = text_of(values[0]).upper() or None


def _is_free(row: Row, tables: Sequence[Table]) -> bool:
    return not any(
        row.number in t.header_rows or any(r is row for r in t.rows[:400]) for t in tables
    )
