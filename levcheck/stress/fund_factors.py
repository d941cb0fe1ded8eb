"""Which multiple a fund really kept, day by day, and whether it still rides on the column given.

The multiple is read from prices as the cheapest path through a few possible multiples: every day costs what it misses
by (capped, so that no single print decides), every change costs a fixed penalty (Viterbi's recursion).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from levcheck.stress.daily_reset import BoolArray, FloatArray
from levcheck.stress.fund_replay import FundHistory, Promise, model_returns
from levcheck.stress.propagation import IntArray

_SIZES: Final = (0.5, 1.0, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0, 4.0)
_CAP: Final = 6.0
_CHANGE_PENALTY: Final = 30.0
_LEAST_NOISE: Final = 3e-4
_SHORTEST_STAY: Final = 4
# Typical miss over typical move: right pairs stay below 0.07 in the long run, the Nasdaq-100 beside the S&P 500 is 0.4.
_MISMATCH: Final = 0.10
_SHORT_MISMATCH: Final = 0.15
_CERTAIN_MISMATCH: Final = 0.35
_LONG: Final = 400
_LEAST_DAYS: Final = 25
_LENGTHS: Final = (1, 2, 3, 5, 10, 21)
_WINDOWS_WANTED: Final = 8
_REVERTING: Final = -0.3


@dataclass(frozen=True, slots=True)
class FactorChange:
    """A change of the daily multiple seen in prices.

    Attributes:
        day: index of the first daily return under the new multiple.
        before: multiple kept up to then.
        after: multiple kept from then on.
    """

    day: int
    before: float
    after: float


def kept_factors(history: FundHistory, promise: Promise, ignore: BoolArray) -> FloatArray:
    """Return the multiple the fund kept each day as its prices tell, shape (T,).

    Args:
        history: of fund and underlying.
        promise: fee and rates; its own factors are looked for beside the usual ones.
        ignore: shape (T,), days whose prices are not to be believed.
    """
    underlying, fund = history.underlying_returns, history.fund_returns
    believed = ~ignore & (np.abs(fund) < 2.0) & (np.abs(underlying) < 2.0)
    both = {sign * size for sign in (-1.0, 1.0) for size in _SIZES}
    factors = np.array(sorted({*both, *np.unique(promise.factor)}))
    cost = _daily_costs(history, promise, factors, believed)
    return factors[_smoothed(_cheapest_path(cost))]


def _daily_costs(
    history: FundHistory, promise: Promise, factors: FloatArray, believed: BoolArray
) -> FloatArray:
    """Return what each multiple misses by each day, shape (T, K)."""
    days, actual = history.days, history.fund_returns
    missed = np.empty((days.size, factors.size))
    for number, factor in enumerate(factors):
        same = Promise(
            np.full(days.size, factor),
            promise.expense_ratio,
            promise.underlying_expense_ratio,
            promise.rate,
        )
        missed[:, number] = actual - model_returns(history, same, 0.0)
    best = missed[:, int(np.argmin(np.median(np.abs(missed[believed]), axis=0)))]
    window_best = _local_best(missed, believed)
    noise = min(_spread_of(best[believed]), window_best)
    cost = np.minimum(0.5 * (missed / max(noise, _LEAST_NOISE)) ** 2, _CAP)
    cost[~believed] = 0.0
    return np.asarray(cost, dtype=float)


def _local_best(missed: FloatArray, believed: BoolArray) -> float:
    """Return the noise around the best multiple of each quarter, so that a change does not pass for noise."""
    parts = [part for part in np.array_split(np.flatnonzero(believed), 8) if part.size >= 5]
    if not parts:
        return float("inf")
    return float(
        np.median([min(_spread_of(column) for column in missed[part].T) for part in parts])
    )


def _spread_of(values: FloatArray) -> float:
    return float(1.4826 * np.median(np.abs(values - np.median(values))))


def _cheapest_path(cost: FloatArray) -> Sequence[int]:
    days, states = cost.shape
    total = cost[0].copy()
    came_from = np.zeros((days, states), dtype=np.int64)
    stay = np.arange(states)
    for day in range(1, days):
        best = int(np.argmin(total))
        switched = total[best] + _CHANGE_PENALTY
        moves = total > switched
        came_from[day] = np.where(moves, best, stay)
        total = np.where(moves, switched, total) + cost[day]
    path = [int(np.argmin(total))]
    for day in range(days - 1, 0, -1):
        path.append(int(came_from[day, path[-1]]))
    return path[::-1]


def _smoothed(path: Sequence[int]) -> IntArray:
    """Return the path without stays too short to be anything but noise."""
    states = np.array(path, dtype=np.int64)
    edges = [0, *(np.flatnonzero(np.diff(states)) + 1).tolist(), states.size]
    for start, end in pairwise(edges):
        if start > 0 and end - start < _SHORTEST_STAY:
            states[start:end] = states[start - 1]
    return states


def factor_changes(kept: FloatArray) -> tuple[FactorChange, ...]:
    """Return every day from which another multiple was kept."""
    return tuple(
        FactorChange(day, float(kept[day - 1]), float(kept[day]))
        for day in (np.flatnonzero(np.diff(kept)) + 1).tolist()
    )


def benchmark_distance(history: FundHistory, promise: Promise, keep: BoolArray) -> float | None:
    """Return the typical miss over some days relative to the typical move, at the length that suits best; None if short.

    Late closes and thin trading reverse within days and shrink with the length; another benchmark does not.
    """
    actual, modelled = _logs(history, promise, keep)
    found = []
    for length in _LENGTHS:
        if actual.size < _WINDOWS_WANTED * length:
            break
        window = np.ones(length)
        moved = np.convolve(modelled, window, "valid")
        miss = np.convolve(actual, window, "valid") - moved
        size = _spread_of(moved)
        if size > 0.0:
            found.append(_spread_of(miss) / size)
    return min(found, default=None)


def is_other_benchmark(history: FundHistory, promise: Promise, keep: BoolArray) -> bool:
    """Return whether the fund rides on something else than the column given.

    Args:
        history: of fund and underlying.
        promise: with the multiples the fund really kept.
        keep: shape (T,), days without faults.
    """
    days = int(keep.sum())
    if days < _LEAST_DAYS:
        return False
    distance = benchmark_distance(history, promise, keep)
    if distance is None or distance <= (_MISMATCH if days >= _LONG else _SHORT_MISMATCH):
        return False
    # A fund that is hardly traded misses one day what it makes good the next; over few days that is not told apart.
    is_reverting = days < _LONG and _follow_up(history, promise, keep) < _REVERTING
    return distance > _CERTAIN_MISMATCH or not is_reverting


def _follow_up(history: FundHistory, promise: Promise, keep: BoolArray) -> float:
    """Return the correlation of one day's miss with the next one's, single prints capped."""
    actual, modelled = _logs(history, promise, keep)
    miss = actual - modelled
    cap = 5.0 * _spread_of(miss)
    clipped = np.clip(miss - np.median(miss), -cap, cap)
    return float(np.corrcoef(clipped[1:], clipped[:-1])[0, 1]) if cap > 0.0 else 0.0


def _logs(history: FundHistory, promise: Promise, keep: BoolArray) -> tuple[FloatArray, FloatArray]:
    """Return log returns of fund and model on the days kept."""
    modelled = np.log1p(np.maximum(model_returns(history, promise, 0.0)[keep], -0.999))
    return np.log1p(history.fund_returns[keep]), modelled
