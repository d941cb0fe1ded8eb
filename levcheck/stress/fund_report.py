"""Everything a price file says about a daily-reset fund, in one value."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

import numpy as np

from levcheck.domain.diagnostics import Diagnostic, Severity
from levcheck.stress.close_times import are_hours_apart
from levcheck.stress.daily_reset import (
    TRADING_DAYS,
    BoolArray,
    FloatArray,
    SpreadClass,
    default_spread,
)
from levcheck.stress.fund_factors import (
    FactorChange,
    factor_changes,
    is_other_benchmark,
    kept_factors,
)
from levcheck.stress.fund_faults import (
    Fault,
    FaultKind,
    Side,
    find_faults,
    is_last_close_doubtful,
)
from levcheck.stress.fund_replay import (
    Calibration,
    Fit,
    FundHistory,
    Promise,
    SpreadEstimate,
    calibrate,
    fit,
    implied_spread,
)

# Above this volatility a year an underlying of untold class is priced like a single stock.
_STOCK_VOLATILITY: Final = 0.26
# A kept multiple that differs from the stated one on more than this share of days is told.
_TELLING_SHARE: Final = 0.1
_TELLING_SPREAD: Final = 0.02
# Payments lost by the underlying, or a spread below this, tell of closes without dividends.
_TELLING_PAYMENTS: Final = 3
_LEAST_LIKELY_SPREAD: Final = -0.005
_ZERO_SPREAD_CLASSES: Final = frozenset({SpreadClass.STOCK, SpreadClass.CRYPTO})


class SpreadBasis(StrEnum):
    """Where the spread used comes from."""

    DEFAULT = "default"
    ZERO = "zero"
    CALIBRATED = "calibrated"
    GIVEN = "given"


@dataclass(frozen=True, slots=True)
class SpreadChoice:
    """Which spread to use; `value` only when given."""

    basis: SpreadBasis
    value: float = 0.0


@dataclass(frozen=True, slots=True)
class FundReport:
    """What a price file says about a fund.

    Attributes:
        fit: how well the model with the chosen spread explains it.
        spread: used, fraction a year.
        basis: where it comes from.
        spread_class: group it was taken from; None for a fund that is no daily-reset product.
        implied: spread its prices imply; None when nothing rides on swaps.
        calibrated: spread of the first 40 % judged on the rest; None with too few days.
        changes: changes of the daily multiple seen in prices.
        faults: the vendor's faults, left out of all figures.
        is_mismatch: whether the fund rides on something else than the column given.
        diagnostics: what has to be told.
    """

    fit: Fit
    spread: float
    basis: SpreadBasis
    spread_class: SpreadClass | None
    implied: SpreadEstimate | None
    calibrated: Calibration | None
    changes: tuple[FactorChange, ...]
    faults: tuple[Fault, ...]
    is_mismatch: bool
    diagnostics: tuple[Diagnostic, ...]


def examine_fund(
    history: FundHistory,
    promise: Promise,
    choice: SpreadChoice,
    group: SpreadClass | None,
    *,
    is_daily_reset: bool = True,
) -> FundReport:
    """Return what a price file says about a fund.

    Args:
        history: closes of fund and underlying.
        promise: what the fund says of itself.
        choice: which spread to use.
        group: what the underlying is; None = not told, judged by its volatility.
        is_daily_reset: False for option-income and buffer funds, which keep no multiple: they are replayed at the
            multiple given, without spread, and only their data is judged.
    """
    trusted = _Trust.of(history, promise, group, is_daily_reset=is_daily_reset)
    volatility = _volatility(history, trusted.keep)
    told = group
    if group is None and is_daily_reset:
        group = SpreadClass.INDEX if volatility < _STOCK_VOLATILITY else SpreadClass.STOCK
    calibrated = calibrate(history, promise, trusted.keep) if is_daily_reset else None
    implied = implied_spread(history, promise, trusted.keep) if is_daily_reset else None
    spread, basis = _chosen(choice, group, promise, volatility, calibrated, implied)
    report = FundReport(
        fit=fit(history, promise, spread, trusted.keep),
        spread=spread,
        basis=basis,
        spread_class=group,
        implied=implied,
        calibrated=calibrated,
        changes=() if trusted.is_mismatch else factor_changes(trusted.kept),
        faults=trusted.faults,
        is_mismatch=trusted.is_mismatch,
        diagnostics=(),
    )
    notes = _notes(report, promise, trusted, told, is_daily_reset=is_daily_reset)
    return replace(report, diagnostics=notes)


@dataclass(frozen=True, slots=True)
class _Trust:
    """What can be believed: the multiples kept, the faults, the days without them; whether closes are of other hours."""

    kept: FloatArray
    faults: tuple[Fault, ...]
    keep: BoolArray
    is_mismatch: bool
    is_last_doubtful: bool = False
    are_hours_apart: bool = False

    @classmethod
    def of(
        cls,
        history: FundHistory,
        promise: Promise,
        group: SpreadClass | None,
        *,
        is_daily_reset: bool,
    ) -> "_Trust":
        """Find faults with the multiples kept, then the multiples again without the faulty days."""
        days = promise.factor.size
        nothing = np.zeros(days, dtype=bool)
        if not is_daily_reset:
            faults = _only_prices(find_faults(history, promise, 0.0))
            return cls(promise.factor, faults, ~_spoiled(faults, days), is_mismatch=False)
        rough = replace(promise, factor=kept_factors(history, promise, nothing))
        volatility = _volatility(history, ~nothing)
        default = default_spread(group or SpreadClass.SECTOR, float(promise.factor[-1]), volatility)
        spread = min(default or 0.0, 0.2)
        faults = find_faults(history, rough, spread)
        spoiled = _spoiled(faults, days)
        kept = kept_factors(history, promise, spoiled)
        real = replace(promise, factor=kept)
        is_apart = are_hours_apart(history, promise, ~spoiled)
        if is_apart:
            kept = promise.factor
        is_mismatch = not is_apart and is_other_benchmark(history, real, ~spoiled)
        if is_mismatch or is_apart:
            faults = _only_prices(faults)
        keep = ~_spoiled(faults, days)
        fits = not is_mismatch and not is_apart
        is_doubtful = fits and is_last_close_doubtful(history, real, spread)
        keep[-1] &= not is_doubtful
        return cls(kept, faults, keep, is_mismatch, is_doubtful, is_apart)


def _only_prices(faults: tuple[Fault, ...]) -> tuple[Fault, ...]:
    """Return splits and wrong closes; a lost payment needs a model that fits to be seen."""
    return tuple(fault for fault in faults if fault.kind is not FaultKind.MISSING_DISTRIBUTION)


def _spoiled(faults: tuple[Fault, ...], days: int) -> BoolArray:
    spoiled = np.zeros(days, dtype=bool)
    for fault in faults:
        spoiled[[day for day in fault.days if day < days]] = True
    return spoiled


def _volatility(history: FundHistory, keep: BoolArray) -> float:
    return float(np.std(history.underlying_returns[keep]) * np.sqrt(TRADING_DAYS))


def _chosen(
    choice: SpreadChoice,
    group: SpreadClass | None,
    promise: Promise,
    volatility: float,
    calibrated: Calibration | None,
    implied: SpreadEstimate | None,
) -> tuple[float, SpreadBasis]:
    """Return the spread to use; a calibration that is not possible falls back to the class default."""
    if choice.basis is SpreadBasis.GIVEN:
        return choice.value, choice.basis
    if choice.basis is SpreadBasis.ZERO or group is None:
        return 0.0, SpreadBasis.ZERO
    if choice.basis is SpreadBasis.CALIBRATED:
        if calibrated is not None:
            return calibrated.spread, SpreadBasis.CALIBRATED
        if implied is not None:
            return implied.implied, SpreadBasis.CALIBRATED
    default = default_spread(group, float(promise.factor[-1]), volatility)
    return default or 0.0, SpreadBasis.DEFAULT


def _notes(
    report: FundReport,
    promise: Promise,
    trusted: _Trust,
    told: SpreadClass | None,
    *,
    is_daily_reset: bool,
) -> tuple[Diagnostic, ...]:
    if not is_daily_reset:
        return (Diagnostic("fund.not_daily_reset", Severity.WARNING),)
    found = []
    share = float(np.mean(trusted.kept != promise.factor))
    if told is None and report.spread_class is not None:
        name = report.spread_class.value
        found.append(Diagnostic("fund.class_assumed", Severity.INFO, None, {"group": name}))
    if trusted.are_hours_apart:
        found.append(Diagnostic("fund.hours_differ", Severity.WARNING))
    if report.is_mismatch:
        found.append(Diagnostic("fund.benchmark_mismatch", Severity.WARNING))
    elif share > _TELLING_SHARE:
        found.append(
            Diagnostic(
                "fund.factor_disagrees",
                Severity.WARNING,
                None,
                {"days": round(share * promise.factor.size), "kept": _most_kept(trusted, promise)},
            )
        )
    if trusted.is_last_doubtful:
        found.append(Diagnostic("fund.last_close_doubtful", Severity.WARNING))
    if share <= _TELLING_SHARE and _is_price_only(report, promise):
        found.append(Diagnostic("fund.underlying_price_only", Severity.WARNING))
    if _is_zero_misleading(report):
        found.append(_zero_spread_note(report))
    return tuple(found)


def _most_kept(trusted: _Trust, promise: Promise) -> float:
    other = trusted.kept[trusted.kept != promise.factor]
    values, counts = np.unique(other, return_counts=True)
    return float(values[int(np.argmax(counts))])


def _is_price_only(report: FundReport, promise: Promise) -> bool:
    """Whether the underlying's closes seem to lack its dividends, which a bull fund then seems to earn by itself."""
    lost = sum(
        fault.kind is FaultKind.MISSING_DISTRIBUTION and fault.side is Side.UNDERLYING
        for fault in report.faults
    )
    implied = report.implied
    is_gift = implied is not None and implied.high < _LEAST_LIKELY_SPREAD
    is_bull = bool(promise.factor[-1] > 1.0)
    return not report.is_mismatch and (lost >= _TELLING_PAYMENTS or (is_bull and is_gift))


def _is_zero_misleading(report: FundReport) -> bool:
    if report.spread != 0.0:
        return False
    implied = report.implied.implied if report.implied is not None else 0.0
    return report.spread_class in _ZERO_SPREAD_CLASSES or abs(implied) > _TELLING_SPREAD


def _zero_spread_note(report: FundReport) -> Diagnostic:
    if report.implied is None:
        return Diagnostic("fund.zero_spread_unknown", Severity.WARNING)
    return Diagnostic(
        "fund.zero_spread",
        Severity.WARNING,
        None,
        {
            "implied": round(report.implied.implied, 4),
            "low": round(report.implied.low, 4),
            "high": round(report.implied.high, 4),
        },
    )
