"""Replays a daily-reset fund from its underlying's closes: how well the daily step explains it, and what it really costs."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from levcheck.stress.daily_reset import (
    FEE_YEAR,
    FINANCING_YEAR,
    TRADING_DAYS,
    BoolArray,
    FloatArray,
)

WINDOW: Final = 21
"""Trading days over which errors are judged."""

FITTED_SHARE: Final = 0.4
LEAST_JUDGED: Final = 100
_BLOCK: Final = 21
_STUDENT_95: Final = 1.96


@dataclass(frozen=True, slots=True)
class FundHistory:
    """Closes of a fund and its underlying, oldest first, T+1 of them.

    Attributes:
        ordinals: shape (T+1,), proleptic day number of each close.
        underlying: shape (T+1,), total-return level.
        fund: shape (T+1,), total-return level.
    """

    ordinals: FloatArray
    underlying: FloatArray
    fund: FloatArray

    @property
    def days(self) -> FloatArray:
        """Calendar days since the last close, shape (T,)."""
        return np.asarray(np.diff(self.ordinals), dtype=float)

    @property
    def underlying_returns(self) -> FloatArray:
        """Simple returns, shape (T,)."""
        return np.asarray(self.underlying[1:] / self.underlying[:-1] - 1.0, dtype=float)

    @property
    def fund_returns(self) -> FloatArray:
        """Simple returns, shape (T,)."""
        return np.asarray(self.fund[1:] / self.fund[:-1] - 1.0, dtype=float)

    @property
    def years(self) -> float:
        """Length in calendar years."""
        return float(self.ordinals[-1] - self.ordinals[0]) / 365.25


@dataclass(frozen=True, slots=True)
class Promise:
    """What the fund says of itself, day by day.

    Attributes:
        factor: shape (T,), signed daily multiple in force.
        expense_ratio: of the fund, fraction a year.
        underlying_expense_ratio: of a fund used as underlying, fraction a year; 0 for a stock.
        rate: shape (T,), overnight rate at the last close, fraction a year.
    """

    factor: FloatArray
    expense_ratio: float
    underlying_expense_ratio: float
    rate: FloatArray

    @property
    def financed(self) -> FloatArray:
        """Part of assets on swaps each day, shape (T,)."""
        return np.where(self.factor > 0, np.maximum(self.factor - 1.0, 0.0), np.abs(self.factor))


@dataclass(frozen=True, slots=True)
class WindowErrors:
    """Absolute differences of 21-day returns, fractions."""

    median: float
    p95: float
    max: float


@dataclass(frozen=True, slots=True)
class SpreadEstimate:
    """What a fund pays over the overnight rate, as its prices tell.

    Attributes:
        implied: spread at which model and fund end at the same wealth, fraction a year.
        low: lower end of the 95 % band from the scatter of 21-day blocks.
        high: upper end.
    """

    implied: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """Spread fitted on the first part of the history and judged on the rest."""

    spread: float
    errors: WindowErrors
    drift_per_year: float


@dataclass(frozen=True, slots=True)
class Fit:
    """How well the model with a given spread explains a fund; faulty days are left out.

    Attributes:
        days: number of daily returns compared.
        daily_correlation: of fund and model.
        drift_per_year: ln(actual / model) a year.
        wealth_ratio: actual / model at the end.
        errors: of 21-day returns; None with less than 21 days.
        tracking_sd_per_year: standard deviation of the daily difference, a year.
    """

    days: int
    daily_correlation: float
    drift_per_year: float
    wealth_ratio: float
    errors: WindowErrors | None
    tracking_sd_per_year: float


def model_returns(history: FundHistory, promise: Promise, spread: float) -> FloatArray:
    """Return each day's return of the fund by the daily step, floored at a total loss, shape (T,)."""
    raw = promise.factor * history.underlying_returns + carry_returns(history, promise, spread)
    return np.maximum(raw, -1.0)


def carry_returns(history: FundHistory, promise: Promise, spread: float) -> FloatArray:
    """Return what fee, financing and spread add each day whatever the market does, shape (T,)."""
    days = history.days
    own = promise.factor * promise.underlying_expense_ratio / FEE_YEAR
    financing = (promise.factor - 1.0) * promise.rate + promise.financed * spread
    return np.asarray(
        (own - promise.expense_ratio / FEE_YEAR - financing / FINANCING_YEAR) * days, dtype=float
    )


def fit(history: FundHistory, promise: Promise, spread: float, keep: BoolArray) -> Fit:
    """Return how well the model explains the fund on the days to keep, shape (T,)."""
    actual = history.fund_returns[keep]
    model = model_returns(history, promise, spread)[keep]
    years = float(history.days[keep].sum()) / 365.25
    drift = float(np.sum(np.log1p(actual) - np.log1p(np.maximum(model, -1.0 + 1e-9))))
    return Fit(
        days=int(actual.size),
        daily_correlation=float(np.corrcoef(actual, model)[0, 1]) if actual.size > 2 else np.nan,
        drift_per_year=drift / years,
        wealth_ratio=float(np.exp(drift)),
        errors=window_errors(actual, model),
        tracking_sd_per_year=float(np.std(actual - model) * np.sqrt(TRADING_DAYS)),
    )


def window_errors(
    actual: FloatArray, model: FloatArray, window: int = WINDOW
) -> WindowErrors | None:
    """Return the absolute differences of compounded returns over all windows; None when there is no window."""
    if actual.size < window:
        return None
    difference = np.abs(_compounded(actual, window) - _compounded(model, window))
    return WindowErrors(
        float(np.median(difference)),
        float(np.quantile(difference, 0.95)),
        float(np.max(difference)),
    )


def _compounded(returns: FloatArray, window: int) -> FloatArray:
    views = np.lib.stride_tricks.sliding_window_view(1.0 + returns, window)
    return np.asarray(np.prod(views, axis=1) - 1.0, dtype=float)


def implied_spread(
    history: FundHistory, promise: Promise, keep: BoolArray
) -> SpreadEstimate | None:
    """Return the spread a fund's prices imply; None when nothing of it rides on swaps.

    The band is the scatter of 21-day blocks, which lets a print that reverses the next day cancel out.
    """
    exposure = (promise.financed * history.days / FINANCING_YEAR)[keep]
    if not np.any(exposure > 0.0):
        return None
    spread = 0.0
    for _ in range(50):
        gap, slope = _wealth_gap(history, promise, spread, keep)
        step = gap / slope
        spread += step
        if abs(step) < 1e-12:
            break
    return SpreadEstimate(spread, *_band(history, promise, spread, keep, exposure))


def _wealth_gap(
    history: FundHistory, promise: Promise, spread: float, keep: BoolArray
) -> tuple[float, float]:
    """Return ln(model / actual) and how fast it falls as the spread rises (Newton's step)."""
    model = np.maximum(model_returns(history, promise, spread)[keep], -0.999)
    gap = float(np.sum(np.log1p(model) - np.log1p(history.fund_returns[keep])))
    exposure = (promise.financed * history.days / FINANCING_YEAR)[keep]
    return gap, float(np.sum(exposure / (1.0 + model)))


def _band(
    history: FundHistory, promise: Promise, spread: float, keep: BoolArray, exposure: FloatArray
) -> tuple[float, float]:
    model = np.maximum(model_returns(history, promise, spread)[keep], -0.999)
    left = np.log1p(history.fund_returns[keep]) - np.log1p(model)
    blocks = max(left.size // _BLOCK, 1)
    if blocks < 3:
        return float("-inf"), float("inf")
    parts = np.array_split(np.arange(left.size), blocks)
    noise = np.array([left[part].sum() for part in parts])
    deviation = float(np.std(noise, ddof=1) * np.sqrt(blocks) / exposure.sum())
    return spread - _STUDENT_95 * deviation, spread + _STUDENT_95 * deviation


def calibrate(
    history: FundHistory, promise: Promise, keep: BoolArray, share: float = FITTED_SHARE
) -> Calibration | None:
    """Return the spread of the first part of the history with its errors on the rest.

    None when fewer than 100 days remain to be judged, or when nothing rides on swaps.
    """
    total = keep.size
    cut = round(total * share)
    early, late = keep.copy(), keep.copy()
    early[cut:], late[:cut] = False, False
    if late.sum() < LEAST_JUDGED or not early.any():
        return None
    estimate = implied_spread(history, promise, early)
    if estimate is None:
        return None
    judged = fit(history, promise, estimate.implied, late)
    if judged.errors is None:
        return None
    return Calibration(estimate.implied, judged.errors, judged.drift_per_year)
