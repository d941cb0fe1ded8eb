"""From sheets of cells to one reading: which lists are holdings, which repeat, what is left out and why."""

from collections import Counter
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from levcheck.domain.diagnostics import Place, Severity
from levcheck.domain.portfolio import Outcome, Reading
from levcheck.importing.around_lists import (
    account_names,
    base_currency,
    cash_above,
    cash_beside,
    date_of,
    outer_facts,
    stated_totals,
)
from levcheck.importing.cash_lists import lists_cash
from levcheck.importing.column_profiles import profile
from levcheck.importing.columns import assign_columns
from levcheck.importing.facts import Facts
from levcheck.importing.grid import Grid, Sheet
from levcheck.importing.layouts import layout_name
from levcheck.importing.list_reading import TableReading
from levcheck.importing.mapped_tables import answers, table_by_mapping
from levcheck.importing.reconciling import check_totals
from levcheck.importing.refusals import Refusal
from levcheck.importing.repeats import drop_repeats
from levcheck.importing.row_book import RowBook
from levcheck.importing.table_reading import read_table
from levcheck.importing.tables import (
    Table,
    TableKind,
    cash_report,
    find_tables,
    kind_of,
    names_cash_section,
)
from levcheck.importing.telling import Teller, public_field
from levcheck.importing.user_columns import Asked

_LEFT_OUT = {
    TableKind.TRADES: "transactions",
    TableKind.PRICES: "prices",
    TableKind.WATCHLIST: "watchlist",
    TableKind.WEIGHTS: "weights",
    TableKind.OTHER: "other_table",
}


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
        self.teller = Teller(file, grid.notices)
        self.sheets = self._chosen(sheet)
        self.book = RowBook(grid.sheets, self.sheets)
        self.left_out: list[tuple[Table, TableKind]] = []
        self.empty: list[Table] = []

    def read(self) -> Reading:
        """Return the reading.

        Raises:
            Refusal: the file holds no holdings; the code says what it holds instead.
        """
        tables = [table for sheet in self.sheets for table in self._tables(sheet)]
        accounts = account_names(tables)
        holdings = self._holdings(tables) or self._cash_only()
        self.asked.pulse()
        outer = outer_facts(self.sheets, tables, holdings)
        readings = [
            read_table(t, self.file, self.asked, accounts, outer[id(t.sheet)]) for t in holdings
        ]
        self.asked.pulse()
        readings = self._without_empty(readings)
        if not readings:
            return self._nothing(holdings)
        kept, dropped = drop_repeats(readings)
        for repeated, twin in dropped:
            self._leave_out(repeated)
            self.teller.about_repeat(repeated, twin)
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
                self.teller.tell(
                    "import.hidden_sheet",
                    Severity.WARNING,
                    Place(self.file, sheet.name),
                    sheet=sheet.name,
                )
        return shown

    def _tables(self, sheet: Sheet) -> list[Table]:
        found = find_tables(sheet, self.asked.pulse)
        if self.asked.mapping and not any(answers(t, self.asked.mapping) for t in found):
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
            mapped = bool(self.asked.mapping) and answers(table, self.asked.mapping)
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

    def _cash_only(self) -> list[Table]:
        """Return the lists of money of a file that holds nothing else."""
        found = [t for t, kind in self.left_out if kind is TableKind.OTHER and lists_cash(t)]
        self.left_out = [pair for pair in self.left_out if not any(pair[0] is t for t in found)]
        for table in found:
            table.is_cash = True
        return found

    def _without_empty(self, readings: list[TableReading]) -> list[TableReading]:
        full = [r for r in readings if r.lines or r.missing]
        for reading in readings:
            if not (reading.lines or reading.missing):
                self.empty.append(reading.table)
                self.book.mark_table(reading.table, "other_table", reading.ignored)
                if {"symbol", "isin", "wkn", "cusip"} & reading.columns.at.keys():
                    self.teller.told += [d for d in reading.told if d.severity is Severity.ERROR]
        return full

    def _nothing(self, holdings: Sequence[Table]) -> Reading:
        if any(_lacks_identity(t) for t in [*holdings, *(t for t, _ in self.left_out)]):
            return self._asking(["symbol"])
        if holdings:
            raise Refusal(
                "import.no_rows"
                if not self.teller.has_errors and not any(t.rows for t in holdings)
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
        self.teller.tell(
            "import.needs_mapping", Severity.ERROR, Place(self.file), fields=_flags(missing)
        )
        self.book.mark_rest("not_understood", self.left_out)
        return Reading(
            self.file,
            "",
            Outcome.NEEDS_MAPPING,
            ignored=self.book.runs(),
            diagnostics=tuple(self.teller.told),
        )

    def _leave_out(self, repeated: TableReading) -> None:
        self.book.mark_table(repeated.table, "repeated_sheet", {})
        for line in repeated.lines:
            self.book.mark_if_free(repeated.table.sheet, line.place.row or 0, "repeated_sheet")

    # --- putting together ------------------------------------------------------------------------------------

    def _assemble(self, kept: list[TableReading], outer: Mapping[int, Facts]) -> Reading:
        for reading in kept:
            self.teller.told += reading.told
            for number in reading.table.header_rows:
                self.book.mark(reading.table.sheet, number, "header")
            for row, reason in reading.ignored.items():
                self.book.mark(reading.table.sheet, row, reason)
        for table, kind in self.left_out:
            self.book.mark_table(table, _LEFT_OUT[kind], {})
        self.asked.pulse()
        self.teller.about_lists(kept, self.left_out)
        self.teller.about_columns(kept)
        missing = [name for reading in kept for name in reading.missing]
        totals = stated_totals(kept, outer)
        self.teller.told += check_totals(self.file, kept)
        positions = tuple(p for reading in kept for p in reading.positions)
        cash = tuple(c for reading in kept for c in reading.cash)
        if not cash:
            others = [table for table, kind in self.left_out if kind is TableKind.OTHER]
            cash = cash_beside(self.file, kept, [*self.empty, *others])
        if not cash:
            cash = cash_above(self.file, kept, outer)
        as_of = date_of(kept, outer)
        self.teller.about_lines(positions, as_of, self.asked.pulse)
        self.asked.pulse()
        taken = {
            (id(reading.table.sheet), line.place.row or 0)
            for reading in kept
            for line in reading.lines
        }
        self.asked.pulse()
        self.book.mark_rest("other", self.left_out, taken)
        self.asked.pulse()
        outcome = Outcome.POSITIONS
        if missing:
            outcome = Outcome.NEEDS_MAPPING
            self.teller.about_missing(kept, missing)
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
            base_currency=base_currency(kept, outer),
            columns=MappingProxyType(
                {public_field(n): columns.headings.get(c, "") for n, c in columns.at.items()}
            ),
            positions=positions,
            cash=cash,
            ignored=self.book.runs(taken),
            totals=tuple(totals),
            diagnostics=tuple(self.teller.capped()),
            rates=MappingProxyType(
                {pair: rate for reading in kept for pair, rate in reading.rates.items()}
            ),
        )


# --- parts ----------------------------------------------------------------------------------------------------


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


def _flags(fields: Sequence[str]) -> str:
    return " ".join(f"--map {name}=COLUMN" for name in fields)
