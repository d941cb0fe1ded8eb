"""Reads one list from headings to positions."""

from collections.abc import Mapping
from dataclasses import replace

from levcheck.domain.diagnostics import Place, Severity
from levcheck.importing.answers import columns_told
from levcheck.importing.building import Builder
from levcheck.importing.cell_names import column_letters
from levcheck.importing.column_arithmetic import settle_by_arithmetic
from levcheck.importing.columns import assign_columns
from levcheck.importing.decimal_marks import decide_decimals
from levcheck.importing.facts import Facts, read_facts
from levcheck.importing.fated import Fated
from levcheck.importing.fates import FateReader
from levcheck.importing.grid import is_blank
from levcheck.importing.languages import language_of
from levcheck.importing.lines import LineReader
from levcheck.importing.list_notices import (
    diagnostic,
    has_amount,
    tell_assumed,
    tell_dollars,
    tell_left_out,
)
from levcheck.importing.list_reading import TableReading
from levcheck.importing.list_surroundings import surroundings
from levcheck.importing.list_totals import add_total
from levcheck.importing.numbers import read_number
from levcheck.importing.plain_positions import plain_positions
from levcheck.importing.pulses import CAREFUL_ROWS, QUICK_ROWS, Pulse, paced
from levcheck.importing.row_repair import repair_shifted_rows
from levcheck.importing.scales import scale_above
from levcheck.importing.snapshots import keep_latest_snapshot
from levcheck.importing.surroundings import Surroundings
from levcheck.importing.tables import Table, is_cash_list
from levcheck.importing.user_columns import (
    PUBLIC_FIELDS,
    Asked,
    apply_decimal,
    apply_mapping,
    apply_units,
)
from levcheck.importing.value_currencies import weigh_value_currency

_WEIGHT_SLACK = 0.02


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
    apply_decimal(columns, asked.mapping)
    apply_units(columns, asked.mapping)
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
    keep_latest_snapshot(made, fated, file)
    asked.pulse()
    around = surroundings(made, fated, file, asked, accounts, outer)
    weigh_value_currency(made, fated, around)
    _build(made, fated, reader, around, asked.pulse)
    _ask(made, asked)
    return made


def _check_weights(made: TableReading, whole: float | None) -> None:
    """Say so when weights that were turned into amounts do not add up to the whole."""
    if not whole or "weight" not in made.columns.at or "market_value" in made.columns.at:
        return
    read = sum(p.market_value or 0.0 for p in made.positions)
    read += sum(line.amount or 0.0 for line in made.cash)
    if abs(read / whole - 1) > _WEIGHT_SLACK:
        sheet, file = made.table.sheet.name, made.positions[0].place.file if made.positions else ""
        made.told.append(
            diagnostic(
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
                diagnostic(
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
                    diagnostic("import.zero_column", Severity.WARNING, place, heading=heading)
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
            cash = builder.cash.line(item)
            made.cash.append(cash)
            # A total adds up what its column says, which for foreign cash is its value at home.
            stated = item.line.value("market_value")
            made.since_total.append(stated if stated is not None else cash.amount or 0.0)
        else:
            made.ignored[item.row.number] = item.reason
            tell_left_out(made, item, around)
        if item.fate == "total" and item.reason == "total":
            add_total(made, item, reader)
            made.since_total.clear()
    made.told += builder.notices.told
    made.rates |= builder.currencies.rates
    if builder.currencies.assumed_used:
        tell_assumed(made, around)
    tell_dollars(made, around)
    silent = [line for line in made.lines if line.currency is None and has_amount(line)]
    if silent:
        where = (
            replace(silent[0].place, row=None)
            if len(silent) == len(made.lines)
            else silent[0].place
        )
        made.told.append(
            diagnostic("import.currency_unknown", Severity.WARNING, where, rows=len(silent))
        )
    for column in made.columns.assumed:
        place = Place(around.file, around.sheet, None, column_letters(column))
        made.told.append(
            diagnostic(
                "import.assumed_decimals",
                Severity.WARNING if made.columns.decimal[column] == "," else Severity.INFO,
                place,
                heading=made.columns.headings.get(column, ""),
                mark=made.columns.decimal[column],
            )
        )
