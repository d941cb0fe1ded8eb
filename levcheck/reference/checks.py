"""What a reference table has to satisfy before a single figure is made with it.

Bundled tables must satisfy everything; a user's table may lack a date or a source, which he is told.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from levcheck.domain.diagnostics import Argument, Diagnostic, Place, Severity
from levcheck.domain.theme import Family
from levcheck.reference import note_rows, tables
from levcheck.reference.tables import PROVENANCE, SPECS, Line, TableSpec, bad_table, column_letter

# Rows of these tables carry a measuring window instead of a day.
_WINDOWED = frozenset({"risk_drivers", "betas", "correlations", "overnight_rates", "themes"})
LARGEST_MULTIPLE = 3.0
LEAST_SUM, MOST_SUM = 0.95, 1.05
_ROUNDING = 5e-4
_CLAIM_KINDS = frozenset({"asset", "debt", "convertible", "preferred", "common"})
_COVERAGE = frozenset({"full", "partial"})

Parser = Callable[[Mapping[str, str]], object]


def check_rows(
    path: Path, spec: TableSpec, lines: Sequence[Line], *, strict: bool
) -> list[Diagnostic]:
    """Check the rows of one table by themselves.

    Args:
        path: the file, named in refusals.
        spec: its columns.
        lines: its rows.
        strict: True for bundled tables: a row without date or source is refused; else it is reported once.

    Returns:
        What the user has to know although the table can be used.

    Raises:
        LevcheckError: ``reference.bad_table`` at the first row that cannot be used.
    """
    seen: dict[tuple[str, ...], int] = {}
    parse = _PARSERS.get(spec.name)
    undated: list[int] = []
    for line in lines:
        key = tuple(line.row[name] for name in spec.key)
        if key in seen:
            raise bad_table(
                path, f"{' / '.join(key)} stands in row {seen[key]} too", row=line.number
            )
        seen[key] = line.number
        _check_values(path, spec, line, parse)
        if not _is_dated(spec, line):
            if strict:
                raise bad_table(path, "the row has no date or no source", row=line.number)
            undated.append(line.number)
    if not undated:
        return []
    place = Place(file=path.name, row=undated[0])
    facts: dict[str, Argument] = {"file": path.name, "rows": len(undated), "row": undated[0]}
    return [Diagnostic("reference.no_source", Severity.INFO, place, facts)]


def _is_dated(spec: TableSpec, line: Line) -> bool:
    if spec.name == "overnight_rates":
        return True
    names = ("source",) if spec.name in _WINDOWED else PROVENANCE
    return all(line.row[name] for name in names)


def _check_values(path: Path, spec: TableSpec, line: Line, parse: Parser | None) -> None:
    try:
        if spec.name not in _WINDOWED:
            tables.iso_day(line.row["as_of"])
    except ValueError as fault:
        raise bad_table(
            path,
            f"{line.row['as_of']} is no date like 2026-06-30",
            row=line.number,
            column=column_letter(spec.columns.index("as_of")),
        ) from fault
    if parse is None:
        return
    try:
        parse(line.row)
    except ValueError as fault:
        raise bad_table(
            path, str(fault), row=line.number, column=_column_at_fault(spec, line, parse, fault)
        ) from fault


def _column_at_fault(spec: TableSpec, line: Line, parse: Parser, fault: ValueError) -> str | None:
    """Return the letters of the column whose value breaks the row: the one that, emptied, changes the fault."""
    for index, name in enumerate(spec.all_columns):
        if not line.row[name] or name in spec.key:
            continue
        try:
            parse({**line.row, name: ""})
        except ValueError as other:
            if str(other) == str(fault):
                continue
        return column_letter(index)
    return None


def check_multiples(path: Path, lines: Iterable[Line], exceptions: Mapping[str, float]) -> None:
    """Refuse multiples that no daily-reset fund promises.

    Args:
        path: the instruments table.
        lines: its rows.
        exceptions: reviewed products outside the grid, id → multiple.

    Raises:
        LevcheckError: ``reference.bad_table`` for a multiple outside −3..3 or off the grid of quarters that is not
            a reviewed exception.
    """
    for line in lines:
        factor = tables.number(line.row["daily_leverage_factor"])
        if factor is None or exceptions.get(line.row["id"]) == factor:
            continue
        if abs(factor) > LARGEST_MULTIPLE or (factor * 4) % 1 or factor == 0:
            why = f"a daily multiple of {factor:g} lies outside -3 to 3 in steps of 0.25"
            column = column_letter(SPECS["instruments"].columns.index("daily_leverage_factor"))
            raise bad_table(path, why, row=line.number, column=column)


def check_weights(
    path: Path,
    lines: Iterable[Line],
    coverage: Mapping[str, str],
    kinds: Mapping[str, str],
    *,
    strict: bool,
) -> list[Diagnostic]:
    """Check that the weights of each fund add up.

    A fund with a daily multiple or stacked legs may hold more than its assets; every other list has to add up to
    95 to 105 % or say that it is partial. A user's short list counts as partial, and he is told.

    Args:
        path: the holdings table.
        lines: its rows.
        coverage: fund → ``full`` or ``partial`` where the tables say so.
        kinds: fund → kind, where known.
        strict: True for bundled tables.

    Raises:
        LevcheckError: ``reference.bad_table`` naming the fund's first row.
    """
    sums: dict[str, float] = defaultdict(float)
    first: dict[str, int] = {}
    for line in lines:
        fund = line.row["fund"]
        sums[fund] += tables.must_number(line.row["weight"])
        first.setdefault(fund, line.number)
    found: list[Diagnostic] = []
    column = column_letter(SPECS["holdings"].columns.index("weight"))
    for fund, total in sums.items():
        if kinds.get(fund) in {"leveraged_fund", "inverse_fund", "stacked_fund"}:
            continue
        if total > MOST_SUM + _ROUNDING:
            why = f"the weights of {fund} add up to {total:.1%}; weights are fractions of one"
            raise bad_table(path, why, row=first[fund], column=column)
        if total >= LEAST_SUM - _ROUNDING or coverage.get(fund) == "partial":
            continue
        if strict or coverage.get(fund) == "full":
            why = (
                f"the weights of {fund} add up to {total:.1%} and the list is not marked as partial"
            )
            raise bad_table(path, why, row=first[fund], column=column)
        place = Place(file=path.name, row=first[fund], column=column)
        facts: dict[str, Argument] = {"fund": fund, "share": round(total * 100, 1)}
        found.append(Diagnostic("reference.partial_list", Severity.INFO, place, facts))
    return found


def check_links(
    path: Path, lines: Iterable[Line], columns: Sequence[str], known: Iterable[str]
) -> None:
    """Refuse ids that no instrument carries.

    Raises:
        LevcheckError: ``reference.bad_table`` with the first broken id.
    """
    ids = set(known)
    for line in lines:
        for name in columns:
            value = line.row[name]
            if value and value not in ids:
                letter = column_letter(list(line.row).index(name))
                raise bad_table(
                    path, f"{value} is not in instruments.csv", row=line.number, column=letter
                )


# --- parsers that raise ValueError for a value that cannot be -------------------------------------------


def _weight(row: Mapping[str, str]) -> float:
    value = tables.must_number(row["weight"])
    if abs(value) > 5:
        message = f"a weight of {value:g} is no fraction of net assets"
        raise ValueError(message)
    return value


def _strength(row: Mapping[str, str]) -> float:
    value = tables.must_number(row["strength"])
    if not 0 <= value <= 1:
        message = f"a strength of {value:g} lies outside 0 to 1"
        raise ValueError(message)
    return value


def _stack(row: Mapping[str, str]) -> object:
    if row["kind"] not in _CLAIM_KINDS:
        message = f"{row['kind']} is no kind of claim"
        raise ValueError(message)
    return tables.claim_from(row)


def _family(row: Mapping[str, str]) -> Family:
    return Family(row["family"])


def _coverage(row: Mapping[str, str]) -> str:
    if row["coverage"] not in _COVERAGE:
        message = f"coverage is full or partial, not {row['coverage']}"
        raise ValueError(message)
    return row["coverage"]


def _year(row: Mapping[str, str]) -> float:
    value = tables.must_number(row["rate"])
    if not 1900 <= int(row["year"]) <= 2200 or not -0.1 < value < 1:
        message = "year or rate is out of range; a rate is a fraction (0.0364)"
        raise ValueError(message)
    return value


def _fee(row: Mapping[str, str]) -> object:
    fee = tables.number(row["expense_ratio"])
    if fee is not None and not 0 <= fee < 0.5:
        message = f"a fee of {fee:g} is no fraction a year"
        raise ValueError(message)
    return tables.instrument_from(row)


_PARSERS: dict[str, Parser] = {
    "instruments": _fee,
    "holdings": _weight,
    "themes": _strength,
    "theme_names": _family,
    "fund_lists": _coverage,
    "capital_stacks": _stack,
    "fund_assets": tables.assets_from,
    "note_terms": note_rows.terms_from,
    "fx_rates": tables.rate_from,
    "overnight_rates": _year,
    "risk_drivers": tables.driver_from,
    "betas": tables.sensitivity_from,
    "correlations": tables.correlation_from,
    "multiple_exceptions": lambda row: tables.must_number(row["daily_leverage_factor"]),
}
