"""From sheets of cells to one reading: which lists are holdings, which repeat, what is left out and why."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from levcheck.domain.diagnostics import Argument, Diagnostic, Place, Severity
from levcheck.domain.portfolio import IgnoredRows, Outcome, Reading, StatedTotal
from levcheck.domain.position import CashLine, Position
from levcheck.importing.answers import columns_told
from levcheck.importing.columns import assign_columns, profile
from levcheck.importing.currencies import currency_in_header
from levcheck.importing.facts import Facts, find_as_of, read_facts
from levcheck.importing.grid import (
    Grid,
    Row,
    Sheet,
    column_index,
    column_letters,
    is_blank,
    text_of,
)
from levcheck.importing.layouts import layout_name
from levcheck.importing.numbers import read_number
from levcheck.importing.reconciling import check_totals
from levcheck.importing.refusals import Refusal
from levcheck.importing.repeats import drop_repeats
from levcheck.importing.row_words import says_account
from levcheck.importing.synonyms import meanings, normalised
from levcheck.importing.table_reading import Asked, TableReading, find_column, read_table
from levcheck.importing.tables import (
    Table,
    TableKind,
    cash_report,
    find_tables,
    kind_of,
    looks_numeric,
    names_cash_section,
)

_MOST_OF_A_KIND = 200
_LEFT_OUT = {
    TableKind.TRADES: "transactions",
    TableKind.PRICES: "prices",
    TableKind.WATCHLIST: "watchlist",
    TableKind.WEIGHTS: "weights",
    TableKind.OTHER: "other_table",
}

Progress = Callable[[float, str], None]


class Interpreter:
    """Turns one file's cells into a reading.

    Args:
        grid: the file's sheets.
        file: its name.
        sheet: the only sheet to read, None for all visible ones.
        asked: what the user told beforehand.
    """

    def __init__(self, grid: Grid, file: str, sheet: str | None, asked: Asked) -> None:
        self.grid = grid
        self.file = file
        self.asked = asked
        self.told: list[Diagnostic] = list(grid.notices)
        self.sheets = self._chosen(sheet)
        self.fates: dict[tuple[int, int], str] = {}
        self.left_out: list[tuple[Table, TableKind]] = []

    def read(self) -> Reading:
        """Return the reading.

        Raises:
            Refusal: the file holds no holdings; the code says what it holds instead.
        """
        tables = [table for sheet in self.sheets for table in self._tables(sheet)]
        accounts = _account_names(tables)
        holdings = self._holdings(tables)
        outer = self._outer_facts(tables, holdings)
        readings = [
            read_table(t, self.file, self.asked, accounts, outer[id(t.sheet)]) for t in holdings
        ]
        readings = self._without_empty(readings)
        if not readings:
            return self._nothing(holdings)
        kept, dropped = drop_repeats(readings)
        for repeated, twin in dropped:
            self._leave_out_repeat(repeated, twin)
        return self._assemble(kept, outer)

    # --- sheets and lists ------------------------------------------------------------------------------------

    def _chosen(self, wanted: str | None) -> list[Sheet]:
        if wanted is not None:
            named = [s for s in self.grid.sheets if (s.name or "").casefold() == wanted.casefold()]
            if not named:
                raise Refusal(
                    "import.no_such_sheet",
                    sheet=wanted,
                    sheets=", ".join(s.name or "" for s in self.grid.sheets),
                )
            return named
        shown = [s for s in self.grid.sheets if not s.hidden]
        for sheet in self.grid.sheets:
            if sheet.hidden and sheet.rows:
                self._tell(
                    "import.hidden_sheet",
                    Severity.WARNING,
                    Place(self.file, sheet.name),
                    sheet=sheet.name,
                )
        return shown

    def _tables(self, sheet: Sheet) -> list[Table]:
        found = find_tables(sheet)
        if self.asked.mapping and not any(_answers(t, self.asked.mapping) for t in found):
            made = table_by_mapping(sheet, self.asked.mapping)
            return [made] if made is not None else found
        return found

    def _holdings(self, tables: Sequence[Table]) -> list[Table]:
        by_sheet: dict[int, bool] = {}
        for table in tables:
            if table.section is not None:
                named = kind_of(table, several_sections=True) is TableKind.HOLDINGS
                by_sheet[id(table.sheet)] = by_sheet.get(id(table.sheet), False) or named
        chosen: list[Table] = []
        for table in tables:
            kind = kind_of(table, several_sections=by_sheet.get(id(table.sheet), False))
            mapped = bool(self.asked.mapping) and _answers(table, self.asked.mapping)
            if kind in (TableKind.HOLDINGS, TableKind.WEIGHTS) or mapped:
                chosen.append(table)
            else:
                self.left_out.append((table, kind))
        chosen += self._cash_reports(chosen)
        if any(kind_of(t) is TableKind.HOLDINGS for t in chosen):
            weights = [
                t for t in chosen if kind_of(t) is TableKind.WEIGHTS and not self.asked.mapping
            ]
            self.left_out += [(t, TableKind.WEIGHTS) for t in weights]
            chosen = [t for t in chosen if t not in weights]
        return chosen

    def _cash_reports(self, chosen: Sequence[Table]) -> list[Table]:
        """Return the ending balances of statements that have no list of their currencies."""
        told = {id(t.sheet) for t in chosen if t.section and names_cash_section(t.section)}
        held = {id(t.sheet) for t in chosen if t.section}
        made = [
            report
            for table, _ in self.left_out
            if id(table.sheet) in held - told and (report := cash_report(table)) is not None
        ]
        return made[:1]

    def _outer_facts(self, tables: Sequence[Table], holdings: Sequence[Table]) -> dict[int, Facts]:
        """Return per sheet what summaries above its holdings tell: account, totals, date."""
        made: dict[int, Facts] = {}
        for sheet in self.sheets:
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
                facts.account = self._account_of_sheet(sheet, holdings)
            for table in tables:
                if table.sheet is sheet and table not in holdings:
                    _read_summary(facts, table)
            made[id(sheet)] = facts
        return made

    def _account_of_sheet(self, sheet: Sheet, holdings: Sequence[Table]) -> str | None:
        """Return a sheet's name as account where several sheets hold positions and the name speaks of one."""
        several = len({id(table.sheet) for table in holdings}) > 1
        return sheet.name if several and sheet.name and says_account(sheet.name) else None

    def _without_empty(self, readings: list[TableReading]) -> list[TableReading]:
        full = [r for r in readings if r.lines or r.missing]
        for reading in readings:
            if not (reading.lines or reading.missing):
                self._mark_table(reading.table, "other_table", reading.ignored)
                if {"symbol", "isin", "wkn", "cusip"} & reading.columns.at.keys():
                    self.told += [d for d in reading.told if d.severity is Severity.ERROR]
        return full

    def _nothing(self, holdings: Sequence[Table]) -> Reading:
        errors = [d for d in self.told if d.severity is Severity.ERROR]
        if any(_lacks_identity(t) for t in [*holdings, *(t for t, _ in self.left_out)]):
            return self._asking(["symbol"])
        if holdings:
            raise Refusal(
                "import.no_rows"
                if not errors and not any(t.rows for t in holdings)
                else "import.no_holdings_rows"
            )
        kinds = Counter(kind for _, kind in self.left_out)
        for kind, code in (
            (TableKind.TRADES, "import.transactions"),
            (TableKind.WATCHLIST, "import.watchlist"),
            (TableKind.PRICES, "import.price_series"),
        ):
            if kinds[kind]:
                raise Refusal(code)
        if any(_might_be_holdings(sheet) for sheet in self.sheets):
            return self._asking(["symbol", "quantity"])
        counted = sum(len(sheet.rows) for sheet in self.sheets)
        raise Refusal("import.no_holdings", rows=counted, sheets=len(self.sheets))

    def _asking(self, missing: list[str]) -> Reading:
        self._tell("import.needs_mapping", Severity.ERROR, Place(self.file), fields=_flags(missing))
        self._mark_rest("not_understood")
        return Reading(
            self.file,
            "",
            Outcome.NEEDS_MAPPING,
            ignored=self._ignored_runs(),
            diagnostics=tuple(self.told),
        )

    # --- putting together ------------------------------------------------------------------------------------

    def _leave_out_repeat(self, repeated: TableReading, twin: TableReading) -> None:
        name, other = repeated.table.sheet.name, twin.table.sheet.name
        self._mark_table(repeated.table, "repeated_sheet", {})
        for line in repeated.lines:
            self.fates.setdefault((id(repeated.table.sheet), line.place.row or 0), "repeated_sheet")
        place = Place(
            self.file, name, repeated.table.header_rows[0] if repeated.table.header_rows else None
        )
        self._tell(
            "import.repeated_sheet",
            Severity.WARNING,
            place,
            sheet=name or "",
            read=other or "",
            rows=len(repeated.positions),
        )
        more = {p.label for p in repeated.positions} - {p.label for p in twin.positions}
        if more and len(more) < len(repeated.positions):
            self._tell(
                "import.only_in_repeat",
                Severity.INFO,
                place,
                sheet=name or "",
                names=", ".join(sorted(more)[:5]),
            )

    def _assemble(self, kept: list[TableReading], outer: Mapping[int, Facts]) -> Reading:
        for reading in kept:
            self.told += reading.told
            for number in reading.table.header_rows:
                self.fates[(id(reading.table.sheet), number)] = "header"
            for row, reason in reading.ignored.items():
                self.fates[(id(reading.table.sheet), row)] = reason
        self._tell_about_lists(kept)
        self._tell_about_columns(kept)
        missing = [name for reading in kept for name in reading.missing]
        totals = self._totals(kept, outer)
        self.told += check_totals(self.file, kept)
        positions = tuple(p for reading in kept for p in reading.positions)
        cash = tuple(c for reading in kept for c in reading.cash)
        if not cash:
            cash = self._cash_above(kept, outer)
        as_of = self._as_of(kept, outer)
        self._tell_about_lines(positions, as_of)
        taken = {
            (id(reading.table.sheet), line.place.row or 0)
            for reading in kept
            for line in reading.lines
        }
        self._mark_rest("other", taken)
        outcome = Outcome.POSITIONS
        if missing:
            outcome = Outcome.NEEDS_MAPPING
            self._tell_missing(kept, missing)
        elif (
            not any(p.quantity is not None or p.market_value is not None for p in positions)
            and not cash
        ):
            raise Refusal("import.no_holdings_rows")
        columns = kept[0].columns
        return Reading(
            file=self.file,
            sha256="",
            outcome=outcome,
            layout="mapped"
            if self.asked.mapping
            else layout_name(list(kept[0].table.headings.values())),
            as_of=as_of,
            base_currency=_base_currency(kept, outer),
            columns=MappingProxyType(
                {_public(n): columns.headings.get(c, "") for n, c in columns.at.items()}
            ),
            positions=positions,
            cash=cash,
            ignored=self._ignored_runs(taken),
            totals=tuple(totals),
            diagnostics=tuple(_capped(self.told)),
            rates=MappingProxyType(
                {pair: rate for reading in kept for pair, rate in reading.rates.items()}
            ),
        )

    def _tell_missing(self, kept: Sequence[TableReading], missing: list[str]) -> None:
        for reading in kept:
            for name, columns in reading.columns.ambiguous.items():
                headings = ", ".join(
                    f"{reading.columns.headings.get(c, '')} ({column_letters(c)})" for c in columns
                )
                place = Place(self.file, reading.table.sheet.name, reading.table.header_rows[-1])
                self._tell(
                    "import.two_columns",
                    Severity.ERROR,
                    place,
                    field=_public(name),
                    columns=headings,
                    example=f"{_public(name)}={column_letters(columns[0])}",
                )
        rest = [n for n in dict.fromkeys(missing) if n in ("decimal", "total_value")]
        if "decimal" in rest:
            self._tell("import.ambiguous_numbers", Severity.ERROR, Place(self.file))
        if "total_value" in rest:
            self._tell("import.weights_only", Severity.ERROR, Place(self.file))

    def _tell_about_lists(self, kept: Sequence[TableReading]) -> None:
        for table, kind in self.left_out:
            reason = _LEFT_OUT[kind]
            self._mark_table(table, reason, {})
            place = Place(self.file, table.sheet.name, table.header_rows[0])
            if kind is TableKind.TRADES:
                self._tell("import.trades_left_out", Severity.INFO, place, rows=len(table.rows))
                self._tell_open_trades(table)
            elif kind is not TableKind.OTHER or table.section is None:
                self._tell("import.list_left_out", Severity.INFO, place, rows=len(table.rows))
        for reading in kept:
            hidden = [
                p for p in reading.positions if p.place.row in reading.table.sheet.hidden_rows
            ]
            for position in hidden:
                self._tell(
                    "import.hidden_row", Severity.WARNING, position.place, label=position.label
                )

    def _tell_open_trades(self, table: Table) -> None:
        columns = assign_columns(table)
        status = columns.at.get("status")
        if status is None:
            return
        for row in table.rows:
            if text_of(row.at(status)).casefold() in (
                "open",
                "offen",
                "ouvert",
                "abierto",
                "aperto",
                "aberto",
                "未平仓",
                "보유",
            ):
                words = [text_of(row.cells[c]) for c in row.filled[:6]]
                self._tell(
                    "import.open_trade",
                    Severity.WARNING,
                    Place(self.file, table.sheet.name, row.number),
                    text=" ".join(words)[:90],
                )

    def _tell_about_columns(self, kept: Sequence[TableReading]) -> None:
        for reading in kept:
            at, place = (
                reading.columns.at,
                Place(
                    self.file,
                    reading.table.sheet.name,
                    reading.table.header_rows[-1] if reading.table.header_rows else None,
                ),
            )
            valued = [p for p in reading.positions if p.market_value is not None]
            if reading.positions and not valued and not reading.missing:
                self._tell(
                    "import.quantities_only", Severity.WARNING, place, rows=len(reading.positions)
                )
            elif not {"cost_total", "cost_each"} & at.keys():
                self._tell("import.no_cost_column", Severity.INFO, place)
            if reading.positions and all(
                not (p.symbol or p.isin or p.wkn or p.cusip) for p in reading.positions
            ):
                self._tell(
                    "import.names_only", Severity.WARNING, place, rows=len(reading.positions)
                )
            for name, others in reading.columns.others.items():
                if name in ("price", "quantity") and name in at and others:
                    self._tell_choice(reading, name, others)
            self._tell_surplus(reading)

    def _tell_choice(self, reading: TableReading, name: str, others: Sequence[int]) -> None:
        used = set(reading.columns.at.values())
        rivals = [
            c
            for c in others
            if c not in used and any(read_number(r.at(c)).value for r in reading.table.rows[:50])
        ]
        if not rivals or name in reading.columns.ambiguous:
            return
        place = Place(self.file, reading.table.sheet.name, reading.table.header_rows[-1])
        self._tell(
            "import.column_chosen", Severity.INFO, place,
            field=_public(name), chosen=reading.columns.headings.get(reading.columns.at[name], ""),
            others=", ".join(reading.columns.headings.get(c, "") for c in rivals[:3]),
        )  # fmt: skip

    def _tell_surplus(self, reading: TableReading) -> None:
        """Say where a row holds more cells than the list has columns."""
        table = reading.table
        if not table.headings or not table.sheet.is_text or table.section is not None:
            return
        units = reading.columns.units
        width = max([*table.headings, *units, *units.values()])
        for position in reading.positions:
            row = (
                next((r for r in table.rows if r.number == position.place.row), None)
                if len(table.rows) < 2000
                else None
            )
            if row is not None and row.filled and row.filled[-1] > width + 1:
                extra = row.filled[-1] - width
                self._tell(
                    "import.surplus_cells",
                    Severity.WARNING,
                    Place(self.file, table.sheet.name, row.number),
                    count=extra,
                )

    def _tell_about_lines(self, positions: Sequence[Position], as_of: str | None) -> None:
        seen: dict[tuple[str | None, str], list[Position]] = {}
        for position in positions:
            seen.setdefault(
                (
                    position.account,
                    position.symbol or position.isin or position.wkn or position.name or "",
                ),
                [],
            ).append(position)
            if position.option is not None and as_of is not None and position.option.expiry < as_of:
                self._tell(
                    "import.expired_option",
                    Severity.WARNING,
                    position.place,
                    label=position.label,
                    expiry=position.option.expiry,
                    date=as_of,
                )
        for (_, label), group in seen.items():
            if len(group) > 1:
                rows = ", ".join(str(p.place.row) for p in group[:8])
                self._tell(
                    "import.same_symbol_twice",
                    Severity.INFO,
                    group[-1].place,
                    label=label,
                    rows=rows,
                )

    def _cash_above(
        self, kept: Sequence[TableReading], outer: Mapping[int, Facts]
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
            place = Place(self.file, reading.table.sheet.name, row)
            reading.cash.append(CashLine(place, label, amount, code, reading.facts.account))
            return (reading.cash[-1],)
        return ()

    def _totals(
        self, kept: Sequence[TableReading], outer: Mapping[int, Facts]
    ) -> list[StatedTotal]:
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

    def _as_of(self, kept: Sequence[TableReading], outer: Mapping[int, Facts]) -> str | None:
        by_row = [r.as_of for r in kept if r.as_of]
        around = [f for r in kept if (f := r.facts.as_of or outer[id(r.table.sheet)].as_of)]
        below = [
            d
            for r in kept
            if (d := find_as_of([row for row in r.table.rows if row.number in r.ignored]))
        ]
        found = around or below or by_row
        return max(found) if found else None

    # --- fates of rows ---------------------------------------------------------------------------------------

    def _mark_table(self, table: Table, reason: str, known: Mapping[int, str]) -> None:
        key = id(table.sheet)
        for number in table.header_rows:
            self.fates.setdefault((key, number), "header")
        for row in table.rows:
            self.fates.setdefault((key, row.number), known.get(row.number, reason))

    def _mark_rest(self, reason: str, taken: Collection[tuple[int, int]] = ()) -> None:
        for sheet in self.sheets:
            tables = find_header_rows(self.left_out, sheet)
            for row in sheet.rows:
                key = (id(sheet), row.number)
                if key not in self.fates and key not in taken:
                    self.fates[key] = (
                        "header" if row.number in tables else _free_reason(row, reason)
                    )
        for sheet in self.grid.sheets:
            if sheet not in self.sheets:
                for row in sheet.rows:
                    self.fates.setdefault(
                        (id(sheet), row.number), "hidden_sheet" if sheet.hidden else "other_sheet"
                    )

    def _ignored_runs(self, taken: Collection[tuple[int, int]] = ()) -> tuple[IgnoredRows, ...]:
        """Return the rows that are neither position nor cash, neighbours of one reason as one run."""
        runs: list[IgnoredRows] = []
        for sheet in self.grid.sheets:
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

    def _tell(self, code: str, severity: Severity, where: Place | None, **values: Argument) -> None:
        arguments = MappingProxyType({"file": self.file, **values})
        self.told.append(Diagnostic(code, severity, where, arguments))


# --- parts ----------------------------------------------------------------------------------------------------


def table_by_mapping(sheet: Sheet, mapping: Mapping[str, str]) -> Table | None:
    """Return the list a mapping speaks of where no headings were recognised.

    The heading row is the first that holds the named headings; with column letters only, every row from the first one
    whose quantity or value column holds a number.
    """
    for index, row in enumerate(sheet.rows[:200]):
        texts = {c: text_of(row.cells[c]) for c in row.filled if isinstance(row.cells[c], str)}
        keys = {normalised(t) for t in texts.values()} - {""}
        named = [
            w
            for w in columns_told(mapping).values()
            if column_index(w) is None or normalised(w) in keys
        ]
        if named and all(normalised(w) in keys for w in named):
            return Table(
                sheet, (row.number,), texts, list(sheet.rows[index + 1 :]), list(sheet.rows[:index])
            )
    amounts = [
        c
        for n in ("quantity", "market_value", "weight")
        if n in mapping and (c := column_index(mapping[n])) is not None
    ]
    for index, row in enumerate(sheet.rows):
        if any(looks_numeric(row.at(c)) for c in amounts):
            width = max(len(r.cells) for r in sheet.rows)
            above = sheet.rows[index - 1] if index else None
            worded = above is not None and not any(looks_numeric(above.at(c)) for c in amounts)
            header = (above.number,) if above is not None and worded else ()
            texts = {
                c: (text_of(above.at(c)) if above is not None and worded else "")
                for c in range(width)
            }
            return Table(
                sheet,
                header,
                texts,
                list(sheet.rows[index:]),
                list(sheet.rows[: index - len(header)]),
            )
    return None


def _answers(table: Table, mapping: Mapping[str, str]) -> bool:
    wanted = columns_told(mapping).values()
    return all(find_column(table.headings, w) is not None for w in wanted) and bool(table.headings)


def _account_names(tables: Sequence[Table]) -> dict[str, str]:
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


def find_header_rows(left_out: Sequence[tuple[Table, TableKind]], sheet: Sheet) -> set[int]:
    """Return the rows that are headings of lists left out."""
    return {n for table, _ in left_out if table.sheet is sheet for n in table.header_rows}


def _free_reason(row: Row, reason: str) -> str:
    if reason != "other":
        return reason
    texts = [cell for cell in row.cells if isinstance(cell, str)]
    numbers = any(looks_numeric(cell) for cell in row.cells)
    return "title" if texts and not numbers else "summary"


def _lacks_identity(table: Table) -> bool:
    """Whether a list has quantities and prices or values, but no column that says of what."""
    if not table.rows or kind_of(table) is TableKind.TRADES:
        return False
    at = assign_columns(table).at
    amounts = "quantity" in at and bool({"price", "market_value"} & at.keys())
    return amounts and not {"symbol", "isin", "wkn", "cusip", "name"} & at.keys()


def _might_be_holdings(sheet: Sheet) -> bool:
    """Whether a sheet without known headings still looks like a list of securities with amounts."""
    width = max((len(row.cells) for row in sheet.rows), default=0)
    if len(sheet.rows) < 2 or width < 2:
        return False
    rows = sheet.rows[:200]
    seen = [profile(row.at(c) for row in rows) for c in range(min(width, 60))]
    coded = any(
        p.isins >= 0.4 or (p.tickers >= 0.6 and p.numeric < 0.4 and p.filled >= 2) for p in seen
    )
    return coded and any(p.numeric >= 0.5 and p.filled >= 2 for p in seen)


def _base_currency(kept: Sequence[TableReading], outer: Mapping[int, Facts]) -> str | None:
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


def _capped(told: Sequence[Diagnostic]) -> list[Diagnostic]:
    """Keep the first of very many like notices and say how many more there are."""
    counts: Counter[str] = Counter()
    made: list[Diagnostic] = []
    for diagnostic in told:
        counts[diagnostic.code] += 1
        if counts[diagnostic.code] <= _MOST_OF_A_KIND:
            made.append(diagnostic)
    for code, count in counts.items():
        if count > _MOST_OF_A_KIND:
            first = next(d for d in made if d.code == code)
            made.append(
                Diagnostic(
                    "import.more_of_these",
                    first.severity,
                    None,
                    MappingProxyType({"count": count - _MOST_OF_A_KIND, "code": code}),
                )
            )
    return made


def _public(name: str) -> str:
    return {"cost_total": "cost_basis", "cost_each": "cost_basis_per_unit"}.get(name, name)


def _flags(fields: Sequence[str]) -> str:
    return " ".join(f"--map {name}=COLUMN" for name in fields)
