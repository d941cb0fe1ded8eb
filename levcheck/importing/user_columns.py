"""What the user says about a file beforehand: which column holds what, in which unit and style."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from levcheck.importing.answers import UNITS, columns_told, decimals_told, units_told
from levcheck.importing.cell_names import column_index
from levcheck.importing.columns import Columns
from levcheck.importing.pulses import Pulse, go_on
from levcheck.importing.synonyms import normalised
from levcheck.importing.tables import Table

# field of the public contract → field of the column tables
PUBLIC_FIELDS = {"cost_basis": "cost_total"}


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


def apply_decimal(columns: Columns, mapping: Mapping[str, str]) -> None:
    """Take over the decimal mark the user says, of every column that is unsure or of one."""
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


def apply_units(columns: Columns, mapping: Mapping[str, str]) -> None:
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
