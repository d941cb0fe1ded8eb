"""``levcheck fund``: replays a daily-reset fund from its underlying's closes and says what it really costs."""

import argparse
import math
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from levcheck.cli.fund_benchmarks import Benchmark, known_fund, nearer_benchmark
from levcheck.cli.price_files import Prices, RateOf, overnight_rates, read_prices
from levcheck.domain.diagnostics import Argument, Diagnostic, LevcheckError, Severity

if TYPE_CHECKING:
    from levcheck.stress.fund_replay import Promise, WindowErrors
    from levcheck.stress.fund_report import FundReport, SpreadChoice

SCHEMA: Final = "levcheck/fund/1"
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
    from levcheck.reference.catalogue import Catalogue
    from levcheck.stress.fund_report import examine_fund

    catalogue = Catalogue.for_user()
    prices = read_prices(args.prices, lambda heading: known_fund(catalogue, heading) is not None)
    group, is_daily_reset = _group(args.asset_class)
    rates, told = overnight_rates(args.rates)
    promise = _promise(args, prices, rates)
    report = examine_fund(
        prices.history,
        promise,
        _choice(args.spread),
        group,
        is_daily_reset=is_daily_reset,
    )
    nearer = nearer_benchmark(catalogue, prices) if report.is_mismatch else None
    notes = (
        *prices.notes,
        *_end(prices, float(promise.factor[-1])),
        *told(prices.days),
        *report.diagnostics,
        *_hints(nearer),
    )
    document = fund_document(prices, report, notes, nearer)
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


# --- what was promised ------------------------------------------------------------------------------------------


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


def _end(prices: Prices, factor: float) -> tuple[Diagnostic, ...]:
    """Return how the fund ended, where it did: wiped out by one day, or closed."""
    if prices.ended is None:
        return ()
    day, move = prices.ended
    facts: dict[str, Argument] = {"fund": prices.fund, "day": day.isoformat()}
    if 1.0 + factor * move > 0.0:
        return (Diagnostic("fund.ended", Severity.INFO, None, facts),)
    facts |= {"underlying": prices.underlying, "move": f"{move:+.1%}", "factor": f"{factor:g}"}
    return (Diagnostic("fund.wiped_out", Severity.WARNING, None, facts),)


def _hints(nearer: Benchmark | None) -> tuple[Diagnostic, ...]:
    if nearer is None:
        return ()
    code = "fund.better_benchmark" if nearer.funds else "fund.other_benchmark"
    args = {"fund": nearer.fund, "name": nearer.name, "funds": ", ".join(nearer.funds)}
    return (Diagnostic(code, Severity.INFO, None, args),)


# --- result ----------------------------------------------------------------------------------------------------


def fund_document(
    prices: Prices,
    report: "FundReport",
    notes: Sequence[Diagnostic],
    nearer: Benchmark | None = None,
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
                **({"days": fault.length} if fault.length > 1 else {}),
            }
            for fault in report.faults
        ],
        "benchmark_mismatch": report.is_mismatch,
        "better_benchmark": None
        if nearer is None
        else {"name": nearer.name, "funds": list(nearer.funds)},
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
