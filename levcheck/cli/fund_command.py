"""``levcheck fund``: replays a daily-reset fund from its underlying's closes and says what it really costs."""

import argparse
import csv
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from levcheck.domain.diagnostics import Diagnostic, LevcheckError, Place, Severity

if TYPE_CHECKING:
    from levcheck.stress.fund_replay import FundHistory, Promise, WindowErrors
    from levcheck.stress.fund_report import FundReport, SpreadChoice

SCHEMA: Final = "levcheck/fund/1"
_LARGEST_FILE: Final = 50_000_000
_LEAST_RETURNS: Final = 10
_LARGEST_FEE: Final = 0.2
_LARGEST_FACTOR: Final = 10.0
# Words for funds that keep no daily multiple; they are replayed, but no spread is told for them.
_NOT_DAILY: Final = frozenset({"covered_call", "income", "buffer", "option_income", "stacked"})


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("prices", type=Path, metavar="PRICES.csv", help="date,UNDERLYING,FUND")
    parser.add_argument(
        "--factor", type=_factor, required=True, metavar="F", help="signed daily multiple"
    )
    parser.add_argument(
        "--factor-from",
        type=_dated_factor,
        action="append",
        default=[],
        metavar="DATE=F",
        help="another multiple from this day on; may be repeated",
    )
    parser.add_argument(
        "--expense-ratio", type=_fee, required=True, metavar="X", help="a year, 0.0095 for 0.95%%"
    )
    parser.add_argument(
        "--underlying-expense-ratio",
        type=_fee,
        default=0.0,
        metavar="X",
        help="of a fund used as underlying",
    )
    parser.add_argument(
        "--asset-class", metavar="C", help="index, sector, treasury, metal, stock, crypto, vol …"
    )
    parser.add_argument(
        "--spread",
        default="default",
        metavar="default|zero|calibrate|NUMBER",
        help="hidden spread over the overnight rate a year",
    )
    parser.add_argument(
        "--rates", type=Path, metavar="FILE", help="year,rate or date,rate of your own"
    )
    parser.add_argument("--json", action="store_true", help="print JSON instead of text")


def run(args: argparse.Namespace) -> int:
    """Replay the fund and print what was found; 0.

    Raises:
        LevcheckError: the price or rate file, or an option, cannot be used.
    """
    from levcheck.stress.fund_report import examine_fund

    prices = read_prices(args.prices)
    group, is_daily_reset = _group(args.asset_class)
    rates, told = _rates(args.rates)
    promise = _promise(args, prices, rates)
    report = examine_fund(
        prices.history,
        promise,
        _choice(args.spread),
        group,
        is_daily_reset=is_daily_reset,
    )
    notes = (*prices.notes, *told(prices.days), *report.diagnostics)
    document = fund_document(prices, report, notes)
    if args.json:
        import json

        print(json.dumps(document, indent=1, ensure_ascii=False))
    else:
        print(_as_text(document))
    return 0


# --- options ---------------------------------------------------------------------------------------------------


def _number(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise argparse.ArgumentTypeError(f"{text} is not a number")
    return value


def _factor(text: str) -> float:
    value = _number(text.lower().removesuffix("x"))
    if value == 0.0 or abs(value) > _LARGEST_FACTOR:
        raise argparse.ArgumentTypeError("a daily multiple lies between -10 and 10 and is not 0")
    return value


def _fee(text: str) -> float:
    value = _number(text)
    if not 0.0 <= value <= _LARGEST_FEE:
        raise argparse.ArgumentTypeError(
            f"{text} is no fee a year as a fraction: write 0.0095 for 0.95%"
        )
    return value


def _dated_factor(text: str) -> tuple[date, float]:
    day, equals, value = text.partition("=")
    if not equals:
        raise argparse.ArgumentTypeError(f"{text} is not DATE=F, for example 2024-01-22=2")
    try:
        return date.fromisoformat(day.strip()), _factor(value)
    except ValueError as error:
        raise argparse.ArgumentTypeError(
            f"{text} is not DATE=F, for example 2024-01-22=2"
        ) from error


def _choice(text: str) -> "SpreadChoice":
    from levcheck.stress.fund_report import SpreadBasis, SpreadChoice

    words = {
        "default": SpreadBasis.DEFAULT,
        "zero": SpreadBasis.ZERO,
        "calibrate": SpreadBasis.CALIBRATED,
        "calibrated": SpreadBasis.CALIBRATED,
    }
    word = text.strip().lower()
    if word in words:
        return SpreadChoice(words[word])
    try:
        value = _number(word)
    except (ValueError, argparse.ArgumentTypeError) as error:
        raise LevcheckError("fund.bad_spread", spread=text) from error
    if abs(value) > 2.0:
        raise LevcheckError("fund.bad_spread", spread=text)
    return SpreadChoice(SpreadBasis.ZERO if value == 0.0 else SpreadBasis.GIVEN, value)


def _group(word: str | None) -> tuple[Any, bool]:
    from levcheck.stress.daily_reset import ASSET_CLASS_WORDS, spread_class

    if word is None:
        return None, True
    if word.strip().lower().replace("-", "_") in _NOT_DAILY:
        return None, False
    group = spread_class(word)
    if group is None:
        raise LevcheckError("fund.unknown_class", word=word, words=", ".join(ASSET_CLASS_WORDS))
    return group, True


# --- files -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Prices:
    """A price file as read: T+1 closes, oldest first.

    Attributes:
        underlying: heading of the second column.
        fund: heading of the third.
        days: date of each close.
        history: the closes as arrays.
        notes: what was not usable.
    """

    underlying: str
    fund: str
    days: tuple[date, ...]
    history: "FundHistory"
    notes: tuple[Diagnostic, ...]


def read_prices(path: Path) -> Prices:
    """Return the closes of a file ``date,UNDERLYING,FUND``.

    Raises:
        LevcheckError: ``fund.unreadable``, ``fund.bad_columns`` or ``fund.too_short``.
    """
    import numpy as np

    from levcheck.stress.fund_replay import FundHistory

    rows = _rows(path)
    header = [name.strip() for name in rows[0]] if rows else []
    if len(header) != 3 or header[0].lower() != "date" or not all(header):
        raise LevcheckError("fund.bad_columns", where=Place(file=path.name, row=1), file=path.name)
    closes: dict[date, tuple[float, float]] = {}
    unusable = 0
    for row in rows[1:]:
        read = _close(row)
        if read is None:
            unusable += 1
        else:
            closes[read[0]] = read[1:]
    if len(closes) <= _LEAST_RETURNS:
        raise LevcheckError(
            "fund.too_short", where=Place(file=path.name), file=path.name, days=len(closes)
        )
    days = tuple(sorted(closes))
    values = np.array([closes[day] for day in days], dtype=float)
    history = FundHistory(
        np.array([day.toordinal() for day in days], dtype=float), values[:, 0], values[:, 1]
    )
    note = Diagnostic(
        "fund.rows_left_out", Severity.WARNING, Place(file=path.name), {"count": unusable}
    )
    return Prices(header[1], header[2], days, history, (note,) if unusable else ())


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


def _close(row: Sequence[str]) -> tuple[date, float, float] | None:
    """Return day, underlying and fund of one row; None when any of them is no positive number or no day."""
    try:
        day = date.fromisoformat(row[0].strip()[:10])
        underlying, fund = float(row[1]), float(row[2])
    except (ValueError, IndexError):
        return None
    if not (0.0 < underlying < math.inf and 0.0 < fund < math.inf):
        return None
    return day, underlying, fund


RateOf = Callable[[date], float]
Notes = Callable[[Sequence[date]], tuple[Diagnostic, ...]]


def _rates(path: Path | None) -> tuple[RateOf, Notes]:
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


def _promise(args: argparse.Namespace, prices: Prices, rate_of: RateOf) -> "Promise":
    import numpy as np

    from levcheck.stress.fund_replay import Promise

    factor = np.full(len(prices.days) - 1, args.factor)
    for start, value in sorted(args.factor_from):
        factor[[number for number, day in enumerate(prices.days[1:]) if day >= start]] = value
    return Promise(
        factor,
        args.expense_ratio,
        args.underlying_expense_ratio,
        np.array([rate_of(day) for day in prices.days[:-1]], dtype=float),
    )


# --- result ----------------------------------------------------------------------------------------------------


def fund_document(
    prices: Prices, report: "FundReport", notes: Sequence[Diagnostic]
) -> dict[str, Any]:
    """Return the public document ``levcheck/fund/1`` as plain values; all rates and errors are fractions."""
    implied, calibrated = report.implied, report.calibrated
    return {
        "schema": SCHEMA,
        "underlying": prices.underlying,
        "fund": prices.fund,
        "days": len(prices.days),
        "daily_correlation": _finite(report.fit.daily_correlation),
        "drift_per_year": _finite(report.fit.drift_per_year),
        "wealth_ratio": _finite(report.fit.wealth_ratio),
        "error_21d": _errors(report.fit.errors),
        "spread": {
            "used": report.spread,
            "basis": report.basis.value,
            "implied": _finite(implied.implied) if implied else None,
            "band": [implied.low, implied.high]
            if implied and math.isfinite(implied.low) and math.isfinite(implied.high)
            else None,
        },
        "calibrated": {
            "spread": calibrated.spread,
            "fitted_share": 0.4,
            "error_21d": _errors(calibrated.errors),
            "drift_per_year": _finite(calibrated.drift_per_year),
        }
        if calibrated
        else None,
        "factor_changes": [
            {"date": _day(prices, change.day), "from": change.before, "to": change.after}
            for change in report.changes
        ],
        "faults": [
            {
                "date": _day(prices, fault.day),
                "column": prices.fund if fault.side == "fund" else prices.underlying,
                "kind": fault.kind.value,
                "factor": round(fault.factor, 6),
            }
            for fault in report.faults
        ],
        "benchmark_mismatch": report.is_mismatch,
        "tracking_sd_per_year": _finite(report.fit.tracking_sd_per_year),
        "asset_class": report.spread_class.value if report.spread_class else None,
        "diagnostics": [_note(note) for note in notes],
    }


def _day(prices: Prices, of_return: int) -> str:
    return prices.days[of_return + 1].isoformat()


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None


def _errors(errors: "WindowErrors | None") -> dict[str, float] | None:
    if errors is None:
        return None
    return {"median": errors.median, "p95": errors.p95, "max": errors.max}


def _note(note: Diagnostic) -> dict[str, Any]:
    from levcheck.i18n.sentences import diagnostic_text
    from levcheck.i18n.words import Words

    message, remedy = diagnostic_text(Words("en"), note)
    return {
        "code": note.code,
        "severity": note.severity.value,
        "message": message,
        "remedy": remedy,
        "where": str(note.where) if note.where is not None else None,
    }


def _as_text(document: Mapping[str, Any]) -> str:
    from levcheck.i18n.words import Words

    words = Words("en")

    def percent(value: float | None, *, signed: bool = False) -> str:
        return words.percent(value, signed=signed, digits=2)

    spread, errors = document["spread"], document["error_21d"]
    lines = [
        f"{document['fund']} on {document['underlying']}: {words.number(document['days'])} closes",
        f"  daily correlation  {words.number(document['daily_correlation'], 4)}",
        (
            f"  drift a year       {percent(document['drift_per_year'], signed=True)}"
            f"  (fund ends at {words.number(document['wealth_ratio'], 4)} of the model)"
        ),
    ]
    if errors:
        lines.append(
            f"  21-day error       median {percent(errors['median'])}, 95 of 100 below "
            f"{percent(errors['p95'])}, largest {percent(errors['max'])}"
        )
    lines.append(f"  hidden spread      {percent(spread['used'])} a year used ({spread['basis']})")
    if spread["implied"] is not None:
        band = spread["band"]
        reach = f", between {percent(band[0])} and {percent(band[1])}" if band else ""
        lines.append(f"                     {percent(spread['implied'])} implied by prices{reach}")
    if document["calibrated"]:
        found = document["calibrated"]
        lines.append(
            f"  calibrated         {percent(found['spread'])} from the first 40%; on the rest the "
            f"21-day error is {percent(found['error_21d']['median'])} in the median"
        )
    lines += [
        f"  multiple changed   {change['date']}: {words.multiple(change['from'])} to "
        f"{words.multiple(change['to'])}"
        for change in document["factor_changes"]
    ]
    lines += [
        f"  faulty data        {fault['date']} {fault['column']}: "
        f"{fault['kind'].replace('_', ' ')}, factor {words.number(fault['factor'], 4)}"
        for fault in document["faults"]
    ]
    for note in document["diagnostics"]:
        lines += [f"  {note['severity']}: {note['message']}", f"    {note['remedy']}"]
    return "\n".join(lines)
