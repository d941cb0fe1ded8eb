"""Reads one list from headings to positions."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import overload

from levcheck.domain.diagnostics import Argument, Diagnostic, Place, Severity
from levcheck.domain.position import CashLine, Position
from levcheck.importing.answers import UNITS, columns_told, decimals_told, units_told
from levcheck.importing.building import Builder, Surroundings
from levcheck.importing.cell_names import column_index, column_letters
from levcheck.importing.columns import (
    Columns,
    assign_columns,
    decide_decimals,
    language_of,
    settle_by_arithmetic,
)
from levcheck.importing.currencies import currency_by_listing
from levcheck.importing.dates import read_date
from levcheck.importing.evidence import file_currency, glued_signs, line_currency
from levcheck.importing.facts import Facts, read_facts
from levcheck.importing.fates import Fated, FateReader
from levcheck.importing.grid import Row, is_blank, text_of
from levcheck.importing.layouts import home_currency
from levcheck.importing.lines import Line, LineReader, currency_of_cell
from levcheck.importing.numbers import read_number
from levcheck.importing.plain_positions import plain_positions
from levcheck.importing.pulses import CAREFUL_ROWS, QUICK_ROWS, Pulse, go_on, paced
from levcheck.importing.row_repair import repair_shifted_rows
from levcheck.importing.row_words import kind_of_words
from levcheck.importing.scales import scale_above
from levcheck.importing.synonyms import normalised
from levcheck.importing.tables import Table, is_cash_list

# field of the public contract → field of the column tables
PUBLIC_FIELDS = {"cost_basis": "cost_total"}
# Weights as fractions add up to one, and to little more where money is borrowed.
_US_DOLLARS = re.compile(r"USD|US\s?\$|U\$S")
_LARGEST_FRACTION = 4.0
_WEIGHT_SLACK = 0.02
MONEY = ("price", "market_value", "cost_total", "cost_each", "value_base")


@dataclass(slots=True)
class Total:
    """An amount the file says something adds up to.

    Attributes:
        row: 1-based row.
        what: its label.
        value: amount.
        currency: ISO code, None when not told.
        account: account it stands under.
        sums: what the lines it may cover add up to, without and with cash.
    """

    row: int
    what: str
    value: float
    currency: str | None
    account: str | None = None
    sums: tuple[float, ...] = ()


@dataclass(slots=True)
class TableReading:
    """What one list gave."""

    table: Table
    columns: Columns
    positions: list[Position] = field(default_factory=list)
    cash: list[CashLine] = field(default_factory=list)
    ignored: dict[int, str] = field(default_factory=dict)
    totals: list[Total] = field(default_factory=list)
    told: list[Diagnostic] = field(default_factory=list)
    as_of: str | None = None
    language: str | None = None
    rates: dict[tuple[str, str], float] = field(default_factory=dict)
    since_total: list[float] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    facts: Facts = field(default_factory=Facts)

    @property
    def lines(self) -> tuple[Position | CashLine, ...]:
        """Positions and cash together."""
        return (*self.positions, *self.cash)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the user told beforehand.

    Attributes:
        mapping: field → heading or column letters.
        total_value: value of the whole portfolio, for lists of weights.
        pulse: called every few hundred rows; it raises when the user has cancelled.
    """

    mapping: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    total_value: float | None = None
    pulse: Pulse = go_on


def read_table(
    table: Table, file: str, asked: Asked, accounts: Mapping[str, str], outer: Facts
) -> TableReading:
    """Return what one list holds.

    Args:
        table: the list.
        file: file name, for places.
        asked: what the user told beforehand.
        accounts: account id → name, from a list of accounts in the same file.
        outer: what other parts of the sheet tell (a summary above).
    """
    asked.pulse()
    columns = assign_columns(table)
    apply_mapping(columns, table, asked.mapping)
    language = language_of(table.headings.values())
    decide_decimals(columns, table, language, asked.pulse)
    _apply_decimal(columns, asked.mapping)
    _apply_units(columns, asked.mapping)
    repaired = repair_shifted_rows(table, columns, file)
    settle_by_arithmetic(columns, table)
    for name in columns_told(asked.mapping):
        columns.ambiguous.pop(PUBLIC_FIELDS.get(name, name), None)
    made = TableReading(table, columns, language=language, told=repaired)
    made.facts = read_facts(table.preamble)
    if table.is_cash or is_cash_list(table, set(columns.at)):
        made.facts.section = "cash"
    _drop_zero_columns(made, file)
    _scale_amounts(made, file)
    reader = LineReader(table, columns)
    fated = FateReader(reader, made.facts.account or outer.account, made.facts.section).walk(
        asked.pulse
    )
    asked.pulse()
    _keep_latest_snapshot(made, fated, file)
    asked.pulse()
    around = _surroundings(made, fated, file, asked, accounts, outer)
    _weigh_value_currency(made, fated, around)
    _build(made, fated, reader, around, asked.pulse)
    _ask(made, asked)
    return made


# --- what the user says -----------------------------------------------------------------------------------


def apply_mapping(columns: Columns, table: Table, mapping: Mapping[str, str]) -> None:
    """Give columns to fields as the user says: by heading, whatever its case, or by column letters."""
    for public, wanted in columns_told(mapping).items():
        name = PUBLIC_FIELDS.get(public, public)
        column = find_column(table.headings, wanted)
        if column is None:
            continue
        for other in [n for n, c in columns.at.items() if c == column and n != name]:
            del columns.at[other]
        if name == "cost_total":
            columns.at.pop("cost_each", None)
        columns.at[name] = column
        columns.headings.setdefault(column, wanted)
        columns.others.pop(name, None)


def find_column(headings: Mapping[int, str], wanted: str) -> int | None:
    """Return the column of a heading text (exact first, then whatever its case), or of column letters."""
    for column, text in headings.items():
        if text.strip() == wanted.strip():
            return column
    for column, text in headings.items():
        if normalised(text) and normalised(text) == normalised(wanted):
            return column
    return column_index(wanted.strip())


def _apply_decimal(columns: Columns, mapping: Mapping[str, str]) -> None:
    mark = mapping.get("decimal")
    if mark in (".", ","):
        for column in columns.undecided + columns.assumed:
            columns.decimal[column] = mark
        columns.undecided, columns.assumed = [], []
    for public, own in decimals_told(mapping).items():
        told = columns.at.get(PUBLIC_FIELDS.get(public, public), columns.at.get("cost_each"))
        if told is not None:
            columns.decimal[told] = own
            columns.undecided = [c for c in columns.undecided if c != told]
            columns.assumed = [c for c in columns.assumed if c != told]


def _apply_units(columns: Columns, mapping: Mapping[str, str]) -> None:
    """Take over the units the user says: of amounts, of prices in hundredths, and of quantity times price."""
    units = units_told(mapping)
    for public in ("market_value", "cost_basis"):
        if public in units:
            columns.factor[PUBLIC_FIELDS.get(public, public)] = UNITS[public][units[public]]
    price, quantity = units.get("price"), units.get("quantity")
    if price in ("one", "hundredths"):
        columns.factor["price"] = UNITS["price"][price]
    if price is not None or quantity is not None:
        bond = UNITS["price"][price] if price in ("percent", "per10000") else 1.0
        columns.told_factor = bond * UNITS["quantity"][quantity or "one"]


def _check_weights(made: TableReading, whole: float | None) -> None:
    """Say so when weights that were turned into amounts do not add up to the whole."""
    if not whole or "weight" not in made.columns.at or "market_value" in made.columns.at:
        return
    read = sum(p.market_value or 0.0 for p in made.positions)
    read += sum(line.amount or 0.0 for line in made.cash)
    if abs(read / whole - 1) > _WEIGHT_SLACK:
        sheet, file = made.table.sheet.name, made.positions[0].place.file if made.positions else ""
        made.told.append(
            _diagnostic(
                "import.weights_do_not_add_up",
                Severity.WARNING,
                Place(file, sheet, None, made.columns.letters("weight")),
                sum=round(100 * read / whole, 1),
            )
        )


def _ask(made: TableReading, asked: Asked) -> None:
    """Note what only the user can say."""
    made.missing += [name for name in made.columns.ambiguous if name not in made.missing]
    if made.columns.undecided:
        made.missing.append("decimal")
    _check_weights(made, asked.total_value)
    held = any(p.quantity is not None or p.market_value is not None for p in made.positions)
    if made.positions and not held and "weight" in made.columns.at and asked.total_value is None:
        made.missing.append("total_value")


def _scale_amounts(made: TableReading, file: str) -> None:
    """Take over the scale a line above the list states, and tell of every scale but one."""
    table, columns = made.table, made.columns
    above = scale_above(cell for row in table.preamble for cell in row.cells)
    for name in ("market_value", "value_base", "cost_total"):
        if name not in columns.at:
            continue
        if above != 1.0:
            columns.factor.setdefault(name, above)
        factor = columns.factor.get(name, 1.0)
        if factor > 1.0:
            place = Place(file, table.sheet.name, None, columns.letters(name))
            heading = columns.headings.get(columns.at[name], "")
            made.told.append(
                _diagnostic(
                    "import.amounts_scaled", Severity.INFO, place, heading=heading, factor=factor
                )
            )


def _drop_zero_columns(made: TableReading, file: str) -> None:
    """A price column of nothing but zeros says nothing; another one takes its place, and that is told."""
    for name in ("price", "market_value"):
        column = made.columns.at.get(name)
        spare = made.columns.others.get(name, [])
        for dead in [column, *spare]:
            if dead is not None and _all_zero(made, dead):
                place = Place(file, made.table.sheet.name, None, column_letters(dead))
                heading = made.columns.headings.get(dead, "")
                made.told.append(
                    _diagnostic("import.zero_column", Severity.WARNING, place, heading=heading)
                )
                if dead == column:
                    made.columns.at.pop(name)


def _all_zero(made: TableReading, column: int) -> bool:
    zeros = 0
    for row in made.table.rows:
        if is_blank(cell := row.at(column)):
            continue
        if read_number(cell).value != 0:
            return False
        zeros += 1
    return zeros >= 2


# --- snapshots --------------------------------------------------------------------------------------------


def _keep_latest_snapshot(made: TableReading, fated: list[Fated], file: str) -> None:
    """Of a list that repeats its holdings for several dates only the last date is held now."""
    column = made.columns.at.get("snapshot_date")
    if column is None:
        return
    day_first = made.language in ("de", "fr", "nl", "es", "it", "pt") or None
    known = {
        cell: read_date(cell, day_first=day_first)
        for cell in {item.row.at(column) for item in fated}
    }
    dated = [
        (item, when)
        for item in fated
        if item.fate in ("position", "cash") and (when := known[item.row.at(column)])
    ]
    if not dated:
        return
    latest = max(when for _, when in dated)
    made.as_of = latest
    if all(when == latest for _, when in dated):
        return
    seen: dict[str, list[str]] = defaultdict(list)
    for item, when in dated:
        line = item.line
        seen[
            f"{line.isin or line.symbol or line.name}|{line.account}|{text_of(line.row.at(made.columns.at.get('currency', -1)))}"
        ].append(when)
    repeated = [
        dates for dates in seen.values() if len(set(dates)) > 1 and len(set(dates)) == len(dates)
    ]
    dates = {when for _, when in dated}
    # Several rows a date and a holding under two dates: a list of reports, even when what is held changed.
    reports = (
        bool(repeated)
        and 2 * len(dates) <= len(dated)
        and made.columns.scores.get("snapshot_date", 0) == 100
    )
    if len(dates) < 2 or not (reports or len(repeated) >= 0.4 * len(seen)):
        return
    older = [item for item, when in dated if when != latest]
    for item in older:
        item.fate, item.reason = "ignored", "older_snapshot"
    place = Place(file, made.table.sheet.name, older[0].row.number)
    made.told.append(
        _diagnostic("import.older_snapshot", Severity.WARNING, place, date=latest, rows=len(older))
    )


# --- building ---------------------------------------------------------------------------------------------


def _surroundings(
    made: TableReading,
    fated: list[Fated],
    file: str,
    asked: Asked,
    accounts: Mapping[str, str],
    outer: Facts,
) -> Surroundings:
    held = [item for item in fated if item.fate == "position"]
    lines = _Lines(held)
    has_money = asked.total_value is not None or any(name in made.columns.at for name in MONEY)
    # Plain rows have nothing glued to their figures.
    signs = glued_signs(item.line for item in fated if item.plain is None)
    assumed = file_currency(lines, made.language, has_money=has_money, signs=signs)
    home = home_currency(list(made.table.headings.values())) if has_money and not signs else None
    if home is not None and not _speaks_against(lines, assumed):
        assumed = home
    return Surroundings(
        file=file,
        sheet=made.table.sheet.name,
        account=made.facts.account or outer.account,
        currency=made.facts.currency or outer.currency,
        assumed=assumed,
        base=made.facts.base or outer.base,
        total_value=asked.total_value,
        lists_venues=any(
            currency_by_listing(s) for s in {i.symbol for i in held} if not s.isalnum()
        ),
        one_currency=assumed is not None and _adds_up(fated),
        account_names=accounts,
        weight_scale=_weight_scale(fated) if asked.total_value is not None else 1.0,
    )


class _Lines(Sequence[Line]):
    """What rows say, each read when it is asked for."""

    def __init__(self, items: Sequence[Fated]) -> None:
        self.items = items

    def __len__(self) -> int:
        return len(self.items)

    @overload
    def __getitem__(self, index: int) -> Line: ...

    @overload
    def __getitem__(self, index: slice) -> list[Line]: ...

    def __getitem__(self, index: int | slice) -> Line | list[Line]:
        if isinstance(index, slice):
            return [item.line for item in self.items[index]]
        return self.items[index].line


def _weight_scale(fated: Sequence[Fated]) -> float:
    """Return 0.01 where weights are percents though no cell says so: together they are about a hundred, not about one."""
    weights = [
        item.line.number("weight")
        for item in fated
        if item.fate in ("position", "cash") and item.line.value("weight") is not None
    ]
    bare = sum(abs(number.value or 0.0) for number in weights if not number.percent)
    return 0.01 if bare > _LARGEST_FRACTION else 1.0


def _adds_up(fated: Sequence[Fated]) -> bool:
    """Whether a stated total is the plain sum of all stated values: they are in one currency then."""
    stated = [total for item in fated if item.fate == "total" and (total := item.value)]
    if not stated:
        return False
    values = [
        (item.fate, value)
        for item in fated
        if item.fate in ("position", "cash") and (value := item.value) is not None
    ]
    held = sum(value for fate, value in values if fate == "position")
    everything = sum(value for _, value in values)
    return len(values) > 1 and any(
        _near(total, held) or _near(total, everything) for total in stated
    )


def _weigh_value_currency(made: TableReading, fated: Sequence[Fated], around: Surroundings) -> None:
    """Say so where nothing tells whether values beside a column of currencies are in those or in the one at home.

    Neither prices nor costs are there to tell. A total that adds up values of several currencies does: then all are in one.
    """
    at, codes = made.columns.at, made.columns.currency
    proving = {"price", "cost_total", "cost_each", "value_currency", "value_base", "fx_rate"}
    if not {"currency", "market_value"} <= at.keys() or proving & at.keys() or codes:
        return
    held = [item for item in fated if item.fate == "position" and item.value]
    named = {currency_of_cell(item.row.at(at["currency"]))[0] for item in held} - {None}
    glued = any(i.line.number("market_value").currency for i in held if i.plain is None)
    if len(named) < 2 or glued or at["market_value"] in made.columns.units:
        return
    place = Place(around.file, around.sheet, None, made.columns.letters("market_value"))
    values = {"currencies": ", ".join(sorted(str(code) for code in named))}
    home = _currency_of_total(made, fated) or around.base or around.currency or around.assumed
    if home is None or not _adds_up(fated):
        made.told.append(
            _diagnostic("import.value_currency_unsure", Severity.WARNING, place, **values)
        )
        return
    codes["market_value"] = home
    made.told.append(
        _diagnostic("import.values_at_home", Severity.WARNING, place, currency=home, **values)
    )


def _currency_of_total(made: TableReading, fated: Sequence[Fated]) -> str | None:
    column = made.columns.at["currency"]
    cells = (item.row.at(column) for item in fated if item.fate == "total")
    return next((code for cell in cells if (code := currency_of_cell(cell)[0])), None)


def _speaks_against(lines: Sequence[Line], assumed: str | None) -> bool:
    """Whether the holdings themselves, by exchange or code, say another currency than the country of the headings."""
    own = Counter(code for line in lines if (code := line_currency(line)))
    return assumed is not None and own[assumed] > 0.5 * len(lines)


def _build(
    made: TableReading,
    fated: list[Fated],
    reader: LineReader,
    around: Surroundings,
    pulse: Pulse,
) -> None:
    builder = Builder(reader, around)
    ready = plain_positions(fated, builder, pulse)
    every = QUICK_ROWS if ready else CAREFUL_ROWS
    for index, item in enumerate(paced(fated, pulse, every)):
        if item.fate == "position":
            position = ready.get(index) or builder.position(item)
            made.positions.append(position)
            made.since_total.append(position.market_value or 0.0)
        elif item.fate == "cash":
            cash = builder.cash(item)
            made.cash.append(cash)
            # A total adds up what its column says, which for foreign cash is its value at home.
            stated = item.line.value("market_value")
            made.since_total.append(stated if stated is not None else cash.amount or 0.0)
        else:
            made.ignored[item.row.number] = item.reason
            _tell_left_out(made, item, around)
        if item.fate == "total" and item.reason == "total":
            _add_total(made, item, reader)
            made.since_total.clear()
    made.told += builder.told
    made.rates |= builder.rates
    if builder.assumed_used:
        _tell_assumed(made, around)
    _tell_dollars(made, around)
    silent = [line for line in made.lines if line.currency is None and _has_amount(line)]
    if silent:
        where = (
            replace(silent[0].place, row=None)
            if len(silent) == len(made.lines)
            else silent[0].place
        )
        made.told.append(
            _diagnostic("import.currency_unknown", Severity.WARNING, where, rows=len(silent))
        )
    for column in made.columns.assumed:
        place = Place(around.file, around.sheet, None, column_letters(column))
        made.told.append(
            _diagnostic(
                "import.assumed_decimals",
                Severity.WARNING if made.columns.decimal[column] == "," else Severity.INFO,
                place,
                heading=made.columns.headings.get(column, ""),
                mark=made.columns.decimal[column],
            )
        )


def _tell_dollars(made: TableReading, around: Surroundings) -> None:
    """Say so where nothing but the sign "$" makes amounts US dollars: it is the sign of other dollars, too."""
    columns = made.columns
    if (
        "currency" in columns.at
        or around.currency
        or home_currency(list(made.table.headings.values()))
    ):
        return
    headings = " ".join(columns.headings.get(c, "") for c in columns.at.values())
    cells = " ".join(text for p in made.positions[:50] for text in p.raw.values())
    dollars = any(line.currency == "USD" for line in made.lines)
    if dollars and "$" in headings + cells and not _US_DOLLARS.search(headings + cells):
        place = Place(around.file, around.sheet, None, columns.letters("market_value"))
        made.told.append(_diagnostic("import.dollar_sign", Severity.INFO, place))


def _has_amount(line: Position | CashLine) -> bool:
    return (line.amount if isinstance(line, CashLine) else line.market_value) is not None


def _tell_assumed(made: TableReading, around: Surroundings) -> None:
    codes = Counter(p.currency for p in made.positions if p.currency)
    known = ", ".join(sorted(codes)) or around.assumed or ""
    made.told.append(
        _diagnostic(
            "import.currency_assumed",
            Severity.WARNING,
            Place(around.file, around.sheet),
            currency=known,
        )
    )


_TOLD_REASONS: dict[str, tuple[str, Severity]] = {
    "sold": ("import.zero_quantity", Severity.INFO),
    "pending": ("import.pending_left_out", Severity.WARNING),
    "formula_text": ("import.formula_text", Severity.ERROR),
    "not_understood": ("import.row_not_understood", Severity.ERROR),
    "nameless": ("import.row_without_name", Severity.ERROR),
    "no_quantity": ("import.row_without_quantity", Severity.ERROR),
}


def _tell_left_out(made: TableReading, item: Fated, around: Surroundings) -> None:
    told = _TOLD_REASONS.get(item.reason)
    if item.reason == "broken_row":
        made.ignored[item.row.number] = "not_understood"
    if told is None:
        return
    line = item.line
    column = next((made.columns.at[name] for name in line.faults if name in made.columns.at), None)
    place = Place(
        around.file,
        around.sheet,
        line.row.number,
        column_letters(column) if column is not None else None,
    )
    made.told.append(_diagnostic(told[0], told[1], place, label=line.label[:60]))
    if item.reason in ("formula_text", "nameless", "no_quantity"):
        made.ignored[line.row.number] = "not_understood"


def _add_total(made: TableReading, item: Fated, reader: LineReader) -> None:
    line = item.line
    currency = (
        reader.currency(line, "market_value")
        or reader.column_currency(line)[0]
        or made.columns.currency.get("market_value")
    )
    sums = _sums_so_far(made, item, currency)
    amounts = _amounts_of(line.row, made)
    value = line.value("market_value")
    fitting = next((a for a in amounts if any(_near(a, s) for s in sums if s)), None)
    if value is None or (fitting is not None and not any(_near(value, s) for s in sums)):
        value = fitting
    if value is None:
        return
    label = next((text for text in line.labels if text), "Total")
    made.totals.append(Total(line.row.number, label, value, currency, item.account, sums))


def _amounts_of(row: Row, made: TableReading) -> list[float]:
    mark = made.columns.decimal.get(made.columns.at.get("market_value", -1), ".")
    return [
        n.value
        for cell in row.cells
        if (n := read_number(cell, mark)).value is not None and not n.percent
    ]


def _sums_so_far(made: TableReading, item: Fated, currency: str | None) -> tuple[float, ...]:
    """Return what the lines above, and those of the same account, add up to, without and with cash."""
    held = [(p.account, p.market_value or 0.0, False, p.currency) for p in made.positions]
    held += [(c.account, c.amount or 0.0, True, c.currency) for c in made.cash]
    account = item.account or item.line.account
    mine = [h for h in held if h[0] == account] if account else []
    sums: list[float] = [sum(made.since_total)]
    for group in (held, mine):
        sums += [sum(v for _, v, cash, _ in group if not cash), sum(v for _, v, _, _ in group)]
    kind = kind_of_words(item.line.texts.get("kind", ""))
    if kind is not None:
        # Statements add up each kind of security in each currency by itself.
        sums.append(
            sum(
                p.market_value or 0.0
                for p in made.positions
                if p.kind == kind and p.currency == currency
            )
        )
    return tuple(sums)


def _near(left: float, right: float) -> bool:
    return abs(left - right) <= 0.02 + 1e-5 * abs(right)


def _diagnostic(
    code: str, severity: Severity, where: Place | None, **values: Argument
) -> Diagnostic:
    return Diagnostic(code, severity, where, MappingProxyType(dict(values)))
