"""Files of closes and of rates for ``levcheck fund``: what is in them, and what of it could not be used."""

import csv
import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from levcheck.domain.diagnostics import Diagnostic, LevcheckError, Place, Severity

if TYPE_CHECKING:
    from levcheck.stress.fund_replay import FundHistory

_LARGEST_FILE: Final = 50_000_000
_LEAST_RETURNS: Final = 10
_DATE_WORDS: Final = frozenset({"date", "day", "datum", "日期", "날짜", "일자"})
# A fund that is gone has no close, or one of nothing.
_NOTHING: Final = frozenset({"", "0", "0.0", "0.00", "nan", "NaN", "-", "N/A", "null"})
_VOLUME_END: Final = "volume"
# Exchanges close on about ten weekdays a year; more than this share of days missing is told.
_HOLIDAYS_A_YEAR: Final = 10.0
_TELLING_GAPS: Final = 0.03


@dataclass(frozen=True, slots=True)
class Prices:
    """A price file as read: T+1 closes, oldest first.

    Attributes:
        underlying: heading of the underlying's column.
        fund: heading of the fund's.
        days: date of each close.
        history: the closes as arrays.
        notes: what was not usable.
        ended: first day of the file without a price of the fund and the underlying's move to it, where the fund has no
            price from there on; None = it lives on.
    """

    underlying: str
    fund: str
    days: tuple[date, ...]
    history: "FundHistory"
    notes: tuple[Diagnostic, ...]
    ended: tuple[date, float] | None = None


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where what stands.

    Attributes:
        day: number of the column of dates.
        underlying: of the underlying's closes.
        fund: of the fund's closes.
        volumes: of traded volume, which may be none.
    """

    day: int
    underlying: int
    fund: int
    volumes: tuple[int, ...]


IsFund = Callable[[str], bool]
"""Whether a heading is known to be a fund with a daily multiple."""


def read_prices(path: Path, is_fund: IsFund = lambda _heading: False) -> Prices:
    """Return the closes of a file ``date,UNDERLYING,FUND``; columns of volume are allowed beside them.

    Args:
        path: the file.
        is_fund: tells by its heading which column is the fund's, should the two stand the other way round.

    Raises:
        LevcheckError: ``fund.unreadable``, ``fund.bad_columns`` or ``fund.too_short``.
    """
    import numpy as np

    from levcheck.stress.fund_replay import FundHistory

    rows = _rows(path)
    header = [name.strip() for name in rows[0]] if rows else []
    columns = _columns(header)
    if columns is None:
        raise LevcheckError("fund.bad_columns", where=Place(file=path.name, row=1), file=path.name)
    notes = Counter[str]()
    if is_fund(header[columns.underlying]) and not is_fund(header[columns.fund]):
        columns = _Columns(columns.day, columns.fund, columns.underlying, columns.volumes)
        notes["fund.columns_swapped"] = 1
    closes = _closes(rows[1:], columns, notes)
    ended = _ended(rows[1:], columns, closes, notes)
    _drop_repeated(closes, notes)
    if len(closes) <= _LEAST_RETURNS:
        raise LevcheckError(
            "fund.too_short", where=Place(file=path.name), file=path.name, days=len(closes)
        )
    days = tuple(sorted(closes))
    notes["fund.days_missing"] = _days_missing(days)
    values = np.array([closes[day] for day in days], dtype=float)
    history = FundHistory(
        np.array([day.toordinal() for day in days], dtype=float), values[:, 0], values[:, 1]
    )
    told = tuple(
        Diagnostic(code, Severity.WARNING, Place(file=path.name), {"count": count})
        for code, count in notes.items()
        if count
    )
    return Prices(header[columns.underlying], header[columns.fund], days, history, told, ended)


def _columns(header: Sequence[str]) -> _Columns | None:
    """Return where what stands; None unless there is one column of dates and two of closes."""
    names = [name.lower() for name in header]
    days = [n for n, name in enumerate(names) if name in _DATE_WORDS]
    volumes = tuple(n for n, name in enumerate(names) if name.endswith(_VOLUME_END))
    closes = [n for n, name in enumerate(names) if name and n not in (*days, *volumes)]
    if len(days) != 1 or len(closes) != 2 or not all(names):
        return None
    return _Columns(days[0], closes[0], closes[1], volumes)


def _closes(
    rows: Sequence[Sequence[str]], columns: _Columns, notes: Counter[str]
) -> dict[date, tuple[float, float]]:
    """Return the closes of each day; of a day that stands twice the later row counts."""
    found: dict[date, tuple[float, float]] = {}
    for row in rows:
        read = _close(row, columns)
        if read is None:
            notes["fund.rows_left_out"] += 1
        elif _is_untraded(row, columns):
            notes["fund.days_without_trade"] += 1
        else:
            notes["fund.days_repeated"] += read[0] in found
            found[read[0]] = read[1:]
    return found


def _close(row: Sequence[str], columns: _Columns) -> tuple[date, float, float] | None:
    """Return day, underlying and fund of one row; None when any of them is no positive number or no day."""
    try:
        day = date.fromisoformat(row[columns.day].strip().replace("/", "-")[:10])
        underlying, fund = float(row[columns.underlying]), float(row[columns.fund])
    except (ValueError, IndexError):
        return None
    if not (0.0 < underlying < math.inf and 0.0 < fund < math.inf):
        return None
    return day, underlying, fund


def _ended(
    rows: Sequence[Sequence[str]],
    columns: _Columns,
    closes: Mapping[date, tuple[float, float]],
    notes: Counter[str],
) -> tuple[date, float] | None:
    """Return the first day on which the fund has no price any more, and the underlying's move to it."""
    last = max(closes, default=None)
    if last is None:
        return None
    after = {}
    for row in rows:
        alone = list(row)
        if columns.fund < len(alone) and alone[columns.fund].strip() in _NOTHING:
            alone[columns.fund] = "1"
            read = _close(alone, columns)
            if read is not None and read[0] > last:
                after[read[0]] = read[1]
    if not after:
        return None
    notes["fund.rows_left_out"] -= len(after)
    first = min(after)
    return first, after[first] / closes[last][0] - 1.0


def _drop_repeated(closes: dict[date, tuple[float, float]], notes: Counter[str]) -> None:
    """Take out days that only repeat an older close of one column."""
    import numpy as np

    from levcheck.stress.close_times import repeated_closes

    days = sorted(closes)
    if len(days) <= _LEAST_RETURNS:
        return
    values = np.array([closes[day] for day in days], dtype=float)
    for number in np.flatnonzero(repeated_closes(values[:, 0], values[:, 1])).tolist():
        del closes[days[number]]
        notes["fund.closes_repeated"] += 1


def _is_untraded(row: Sequence[str], columns: _Columns) -> bool:
    """Whether a volume of nothing says that the close is one of an earlier day."""
    return any(row[n].strip() in ("0", "0.0") for n in columns.volumes if n < len(row))


def _days_missing(days: Sequence[date]) -> int:
    """Return about how many trading days a file leaves out; 0 when no more than holidays explain."""
    first, last = days[0].toordinal() - 1, days[-1].toordinal() - 1
    weekdays = 5 * (last // 7 - first // 7) + min(last % 7, 5) - min(first % 7, 5) + 1
    missing = weekdays - len(days) - _HOLIDAYS_A_YEAR * (last - first) / 365.25
    return round(missing) if missing > max(_TELLING_GAPS * len(days), 3.0) else 0


def _rows(path: Path) -> list[list[str]]:
    try:
        if path.stat().st_size > _LARGEST_FILE:
            raise LevcheckError(
                "fund.unreadable", where=Place(file=path.name), file=path.name, detail="too large"
            )
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        detail = error.strerror or "it cannot be opened"
        raise LevcheckError(
            "fund.unreadable", where=Place(file=path.name), file=path.name, detail=detail
        ) from error
    except UnicodeDecodeError as error:
        raise LevcheckError(
            "fund.unreadable",
            where=Place(file=path.name),
            file=path.name,
            detail="it is not UTF-8 text",
        ) from error
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    try:
        return [row for row in csv.reader(text.splitlines(), delimiter=delimiter) if any(row)]
    except csv.Error as error:
        raise LevcheckError(
            "fund.unreadable", where=Place(file=path.name), file=path.name, detail=str(error)
        ) from error


RateOf = Callable[[date], float]
Notes = Callable[[Sequence[date]], tuple[Diagnostic, ...]]


def overnight_rates(path: Path | None) -> tuple[RateOf, Notes]:
    """Return the overnight rate of a day as a function, and what has to be told about its reach."""
    from levcheck.assets import asset

    own = path if path is not None else asset("reference", "overnight_rates_monthly.csv")
    table = _rate_table(own)
    keys = sorted(table)

    def rate_of(day: date) -> float:
        text = day.isoformat()
        near = _latest(keys, text)
        return table[near]

    def notes(days: Sequence[date]) -> tuple[Diagnostic, ...]:
        first, last = keys[0], keys[-1]
        beyond = sum(1 for day in days if not first <= day.isoformat()[: len(last)] <= last)
        if not beyond:
            return ()
        return (
            Diagnostic(
                "fund.rates_end",
                Severity.INFO,
                Place(file=own.name),
                {"count": beyond, "first": first, "last": last},
            ),
        )

    return rate_of, notes


def _latest(keys: Sequence[str], text: str) -> str:
    """Return the last period that is not after a day; the first one for days before all."""
    from bisect import bisect_right

    place = bisect_right(keys, text[: len(keys[0])])
    return keys[max(place - 1, 0)]


def _rate_table(path: Path) -> Mapping[str, float]:
    rows = _rows(path)
    header = [name.strip().lower() for name in rows[0]] if rows else []
    rate = next((i for i, name in enumerate(header) if name in ("rate", "rate_pct")), None)
    period = next((i for i, name in enumerate(header) if name in ("year", "month", "date")), None)
    if rate is None or period is None:
        raise LevcheckError("fund.bad_rates", where=Place(file=path.name, row=1), file=path.name)
    scale = 0.01 if header[rate] == "rate_pct" else 1.0
    table: dict[str, float] = {}
    for number, row in enumerate(rows[1:], 2):
        try:
            value = float(row[rate]) * scale
            key = row[period].strip()
        except (ValueError, IndexError):
            value, key = math.nan, ""
        if not key or not -0.05 < value < 1.0:
            where = Place(file=path.name, row=number)
            raise LevcheckError("fund.bad_rates", where=where, file=path.name)
        table[key] = value
    if not table:
        raise LevcheckError("fund.bad_rates", where=Place(file=path.name), file=path.name)
    return table
