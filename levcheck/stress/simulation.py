"""Many possible ways through the coming weeks: what the holdings make of each, counted.

Returns come from blocks of real days where there is a history (so that bad days keep each other's company), else from
a correlated Student-t. The seed is an argument: each chunk of paths draws from its own stream, so that the answer is the
same however many chunks run at once, and memory stays bounded by the chunk.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from levcheck.stress.daily_reset import TRADING_DAYS, FloatArray
from levcheck.stress.propagation import IntArray

CHUNK: Final = 1024
"""Paths drawn and followed at once; a day of them for 40 roots stays in a processor's cache."""

_TAIL: Final = 5.0
_BLOCK: Final = 5


@dataclass(frozen=True, slots=True)
class ResetLines:
    """P positions on U roots, each a multiple that resets daily (1.0 = held plainly).

    Attributes:
        root: shape (P,), root each rides on.
        factor: shape (P,), signed daily multiple.
        market_value: shape (P,), signed.
        carry: shape (P,), return a day that has nothing to do with the move (fee, financing, spread), signed.
    """

    root: IntArray
    factor: FloatArray
    market_value: FloatArray
    carry: FloatArray


def student_t_days(
    covariance: FloatArray, paths: int, seed: np.random.SeedSequence, *, degrees: float = _TAIL
) -> Iterator[FloatArray]:
    """Yield day after day of correlated fat-tailed returns, shape (paths, U) each, without end.

    Args:
        covariance: of the U roots a year, positive semidefinite.
        paths: number of paths.
        seed: stream of this chunk.
        degrees: of freedom, > 2; the smaller the fatter the tails. All roots share a day's shock size.
    """
    random = np.random.Generator(np.random.PCG64(seed))
    scale = _factor_of(covariance / TRADING_DAYS) * np.sqrt((degrees - 2.0) / degrees)
    while True:
        normal = random.standard_normal((paths, scale.shape[0])) @ scale.T
        size = np.sqrt(degrees / random.chisquare(degrees, (paths, 1)))
        yield np.maximum(normal * size, -1.0)


def bootstrap_days(
    history: FloatArray, paths: int, seed: np.random.SeedSequence, *, block: int = _BLOCK
) -> Iterator[FloatArray]:
    """Yield day after day of history in blocks, shape (paths, U) each, without end.

    Args:
        history: simple returns, shape (T, U), oldest first.
        paths: number of paths.
        seed: stream of this chunk.
        block: mean length of a block; a new one starts with chance 1/block each day (stationary bootstrap).

    Source: Politis and Romano (1994), "The Stationary Bootstrap", Journal of the American Statistical Association 89.
    """
    random = np.random.Generator(np.random.PCG64(seed))
    days = history.shape[0]
    place = random.integers(0, days, paths)
    while True:
        yield history[place]
        fresh = random.random(paths) < 1.0 / block
        place = np.where(fresh, random.integers(0, days, paths), (place + 1) % days)


def simulate_pnl(
    lines: ResetLines,
    horizon_days: int,
    paths: int,
    seed: int,
    days_of: Callable[[int, np.random.SeedSequence], Iterator[FloatArray]],
    *,
    chunk: int = CHUNK,
) -> FloatArray:
    """Return the result of the whole on each path, shape (paths,).

    Args:
        lines: what is held.
        horizon_days: trading days, 1 to 252.
        paths: number of paths.
        seed: any whole number; the same seed gives the same result.
        days_of: (paths, stream) → days, for example ``partial(student_t_days, covariance)``.
        chunk: paths followed at once; changes the draws, so it belongs to the result.
    """
    pairs, inverse = np.unique(
        np.stack([lines.root.astype(float), lines.factor, lines.carry]), axis=1, return_inverse=True
    )
    value = np.zeros(pairs.shape[1])
    np.add.at(value, inverse.ravel(), lines.market_value)
    streams = np.random.SeedSequence(seed).spawn(-(-paths // chunk))
    found = np.empty(paths)
    for number, stream in enumerate(streams):
        start = number * chunk
        count = min(chunk, paths - start)
        found[start : start + count] = _followed(
            pairs, value, horizon_days, days_of(count, stream), count
        )
    return found


def _followed(
    pairs: FloatArray, value: FloatArray, horizon: int, days: Iterator[FloatArray], count: int
) -> FloatArray:
    """Follow distinct (root, multiple) pairs a day at a time, so that a chunk never leaves the cache."""
    root, factor, carry = pairs[0].astype(np.int64), pairs[1], pairs[2]
    level = np.ones((count, root.size))
    for _ in range(horizon):
        growth = np.take(next(days), root, axis=1)
        growth *= factor
        growth += 1.0 + carry
        np.maximum(growth, 0.0, out=growth)
        level *= growth
    return np.asarray((level - 1.0) @ value, dtype=float)


def dot_quantiles(results: FloatArray, dots: int = 20) -> FloatArray:
    """Return `dots` equally likely outcomes, worst first: each stands for one chance in `dots`.

    >>> dot_quantiles(np.arange(100.0), 4).tolist()
    [12.375, 37.125, 61.875, 86.625]
    """
    return np.asarray(np.quantile(results, (np.arange(dots) + 0.5) / dots), dtype=float)


def _factor_of(covariance: FloatArray) -> FloatArray:
    """Return a matrix whose square is the covariance, also where it is only semidefinite."""
    values, vectors = np.linalg.eigh(covariance)
    return np.asarray(vectors * np.sqrt(np.maximum(values, 0.0)), dtype=float)
