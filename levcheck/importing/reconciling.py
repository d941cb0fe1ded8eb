"""Holds what was read against every total the file states, and says both figures where they differ."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from levcheck.domain.diagnostics import Diagnostic, Place, Severity
from levcheck.domain.portfolio import Reading
from levcheck.domain.position import CashLine, Position
from levcheck.importing.list_reading import TableReading, Total


def check_totals(file: str, readings: Sequence[TableReading]) -> list[Diagnostic]:
    """Return a warning for every stated total that no plausible sum of the lines read gives.

    A total may cover everything or one account or one currency, with or without cash; it is in order when one of these
    fits it to rounding. Otherwise the sum it most probably means is shown beside it.
    """
    positions = [p for reading in readings for p in reading.positions]
    cash = [c for reading in readings for c in reading.cash]
    told: list[Diagnostic] = []
    for reading in readings:
        for total in reading.totals:
            sums = candidate_sums(total, positions, cash, reading)
            if sums and not any(
                _fits(total.value, s, len(positions)) for s in (*sums, *total.sums)
            ):
                place = Place(file, reading.table.sheet.name, total.row)
                told.append(_mismatch(place, total, sums[0]))
    return told


def candidate_sums(
    total: Total, positions: Sequence[Position], cash: Sequence[CashLine], reading: TableReading
) -> list[float]:
    """Return the sums a total may mean, the most probable one first; empty when amounts cannot be added up."""
    sums: list[float] = []
    per_currency = reading.table.section is not None
    for account in ([total.account] if total.account else []) + [None]:
        mine = [p for p in positions if account is None or p.account == account]
        theirs = [c for c in cash if account is None or c.account == account]
        codes = {p.currency for p in mine} | {c.currency for c in theirs}
        if len(codes) <= 1:
            sums += _sums(mine, theirs)
        elif per_currency and total.currency is not None:
            sums += _sums(
                [p for p in mine if p.currency == total.currency],
                [c for c in theirs if c.currency == total.currency],
            )
    return sums + _base_sums(reading)


def _sums(positions: Sequence[Position], cash: Sequence[CashLine]) -> list[float]:
    if any(p.market_value is None for p in positions) and not any(
        p.market_value for p in positions
    ):
        return []
    held = sum(p.market_value or 0.0 for p in positions)
    kept = sum(c.amount or 0.0 for c in cash)
    return [held + kept, held]


def _base_sums(reading: TableReading) -> list[float]:
    """Return the sum of the home-currency column of a list that gives two amounts a row."""
    column = reading.columns.at.get("value_base")
    if column is None:
        return []
    from levcheck.importing.column_arithmetic import values_of

    rows = [row for row in reading.table.rows if row.number not in reading.ignored]
    return [sum(v or 0.0 for v in values_of(reading.columns, rows, column))]


def _fits(stated: float, read: float, count: int) -> bool:
    return abs(stated - read) <= 0.01 + 0.006 * max(count, 1) + 1e-6 * abs(stated)


def _mismatch(place: Place, total: Total, read: float) -> Diagnostic:
    return Diagnostic(
        "import.total_mismatch",
        Severity.WARNING,
        place,
        MappingProxyType(
            {
                "what": total.what,
                "stated": total.value,
                "read": read,
                "difference": read - total.value,
            }
        ),
    )


def totals_read(reading: Reading) -> dict[str, float]:
    """Return currency → sum of positions and cash; lines without value or currency count nothing."""
    sums: dict[str, float] = defaultdict(float)
    for position in reading.positions:
        if position.market_value is not None and position.currency:
            sums[position.currency] += position.market_value
    for line in reading.cash:
        if line.amount is not None and line.currency:
            sums[line.currency] += line.amount
    return dict(sums)


def difference(reading: Reading, sums: Mapping[str, float]) -> float | None:
    """Return what was read minus what the file states in whole, None when it states nothing comparable.

    The largest stated total is taken as the whole; where it counts securities only, so does the difference.
    """
    if not reading.totals or len(sums) != 1:
        return None
    whole = max(reading.totals, key=lambda total: abs(total.value))
    everything = next(iter(sums.values()))
    securities = sum(p.market_value or 0.0 for p in reading.positions)
    return min((everything - whole.value, securities - whole.value), key=abs)
