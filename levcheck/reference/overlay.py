"""A user's own tables laid over the bundled ones."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from levcheck.domain.diagnostics import Diagnostic, LevcheckError, Place, Severity
from levcheck.domain.instrument import Constituent, FundHoldings, Instrument
from levcheck.domain.provenance import Source
from levcheck.reference import checks, tables
from levcheck.reference.database import table_files
from levcheck.reference.tables import SPECS, Line, Row, read_table


@dataclass(frozen=True, slots=True)
class Overlay:
    """One folder of tables, checked and ready to be asked.

    Attributes:
        name: what the folder is called.
        instruments: id → instrument, marked as overridden.
        holdings: fund → its whole list.
        cusips: CUSIP as typed → instrument id.
        rows: every row of the other tables, by table name.
        diagnostics: what the user has to know about his tables.
    """

    name: str
    instruments: Mapping[str, Instrument] = field(default_factory=dict)
    holdings: Mapping[str, FundHoldings] = field(default_factory=dict)
    cusips: Mapping[str, str] = field(default_factory=dict)
    rows: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)
    diagnostics: tuple[Diagnostic, ...] = ()


def read_overlay(folder: Path, bundled_kinds: Mapping[str, str]) -> Overlay:
    """Read a folder that holds any of the contract's tables.

    Args:
        folder: where the tables stand.
        bundled_kinds: id → kind of instruments a user's holdings may speak of.

    Raises:
        LevcheckError: ``reference.no_tables`` when the folder is missing or holds no table,
            ``reference.bad_table`` when one of them cannot be used.
    """
    files = table_files(folder) if folder.is_dir() else {}
    if not files:
        raise LevcheckError(
            "reference.no_tables", where=Place(file=folder.name), folder=folder.name
        )
    read: dict[str, list[Line]] = {}
    found: list[Diagnostic] = []
    for name, path in files.items():
        lines, unknown = read_table(path, SPECS[name])
        for column in unknown:
            facts = {"file": path.name, "column": column}
            place = Place(file=path.name, row=1)
            found.append(Diagnostic("reference.unknown_column", Severity.INFO, place, facts))
        found += checks.check_rows(path, SPECS[name], lines, strict=False)
        read[name] = lines
    found += _check_together(files, read, bundled_kinds)
    return _overlay(folder.name, read, tuple(found))


def _check_together(
    files: Mapping[str, Path], read: Mapping[str, list[Line]], bundled_kinds: Mapping[str, str]
) -> list[Diagnostic]:
    instruments = read.get("instruments", [])
    exceptions = {
        line.row["instrument"]: float(line.row["daily_leverage_factor"])
        for line in read.get("multiple_exceptions", [])
    }
    if instruments:
        checks.check_multiples(files["instruments"], instruments, exceptions)
    if "holdings" not in read:
        return []
    kinds = {**bundled_kinds, **{line.row["id"]: _kind(line.row) for line in instruments}}
    coverage = {line.row["fund"]: line.row["coverage"] for line in read.get("fund_lists", [])}
    return checks.check_weights(files["holdings"], read["holdings"], coverage, kinds, strict=False)


def _kind(row: Row) -> str:
    """Return the kind that matters for weights: a plain kind with a multiple behaves like a leveraged fund."""
    if row["daily_leverage_factor"] not in {"", "1", "1.0"}:
        return "leveraged_fund"
    return row["kind"]


def _overlay(name: str, read: Mapping[str, list[Line]], found: tuple[Diagnostic, ...]) -> Overlay:
    instruments = {
        line.row["id"]: tables.instrument_from(line.row, overridden=True)
        for line in read.get("instruments", [])
    }
    rest = {
        table: tuple(line.row for line in lines)
        for table, lines in read.items()
        if table not in {"instruments", "holdings"}
    }
    return Overlay(
        name,
        instruments,
        _lists(read),
        {
            line.row["cusip"].upper(): line.row["id"]
            for line in read.get("instruments", [])
            if line.row["cusip"]
        },
        rest,
        found,
    )


def _lists(read: Mapping[str, list[Line]]) -> dict[str, FundHoldings]:
    by_fund: dict[str, list[Row]] = defaultdict(list)
    for line in read.get("holdings", []):
        by_fund[line.row["fund"]].append(line.row)
    stated = {line.row["fund"]: line.row["coverage"] for line in read.get("fund_lists", [])}
    return {
        fund: list_of(fund, rows, stated.get(fund), overridden=True)
        for fund, rows in by_fund.items()
    }


def list_of(
    fund: str,
    rows: list[Row],
    coverage: str | None,
    *,
    overridden: bool = False,
    stand_in: bool = False,
) -> FundHoldings:
    """Return a fund's rows as one list, largest weight first; its date is the oldest of its rows."""
    parts = sorted(
        (Constituent(row["constituent"], float(row["weight"])) for row in rows),
        key=lambda part: (-abs(part.weight), part.instrument),
    )
    total = sum(part.weight for part in parts)
    if coverage is None:
        coverage = "full" if total >= checks.LEAST_SUM else "partial"
    as_of = min((row["as_of"] for row in rows if row["as_of"]), default="")
    source = Source(rows[0]["source"], as_of or None, "holdings")
    return FundHoldings(fund, tuple(parts), as_of, coverage, source, overridden, stand_in)
