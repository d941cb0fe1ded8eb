"""Many possible ways through the coming weeks: what the holdings make of each, counted.

Returns come from blocks of real days where there is a history (so that bad days keep each other's company), else from
a correlated Student-t. The seed is an argument: each chunk of paths draws from its own stream, so that the answer is the
same however many chunks run at once, and memory stays bounded by the chunk.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from levcheck.stress.daily_reset import TRADING_DAYS, FloatArray
from levcheck.stress.propagation import IntArray

CHUNK: Final = 1024
"""Paths drawn and followed at once; a day of them for 40 roots stays in a processor's cache."""

_TAIL: Final = 5.0
_BLOCK: Final = 5
_UNSPLIT: Final = 200_000
_WORD: Final = 2**32 - 1

SingleArray = npt.NDArray[np.float32]
"""Single precision: a relative error of a few millionths over a year of days, far below the noise of drawing."""


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
    loading: FloatArray, paths: int, seed: np.random.SeedSequence, *, degrees: float = _TAIL
) -> Iterator[SingleArray]:
    """Yield day after day of correlated fat-tailed returns, shape (U, paths) each, without end.

    Args:
        loading: :func:`daily_loading` of the U roots' covariance, shape (U, U).
        paths: number of paths.
        seed: stream of this chunk.
        degrees: of freedom, > 2; the smaller the fatter the tails. All roots share a day's shock size.
    """
    random = np.random.Generator(np.random.SFC64(seed))
    scale = (loading * np.sqrt((degrees - 2.0) / degrees)).astype(np.float32)
    while True:
        drawn = _times(scale, _normals(random, scale.shape[1], paths))
        size = np.sqrt(degrees / random.chisquare(degrees, paths))
        drawn *= size.astype(np.float32)
        yield np.maximum(drawn, np.float32(-1.0), out=drawn)


def bootstrap_days(
    history: FloatArray, paths: int, seed: np.random.SeedSequence, *, block: int = _BLOCK
) -> Iterator[SingleArray]:
    """Yield day after day of history in blocks, shape (U, paths) each, without end.

    Args:
        history: simple returns, shape (T, U), oldest first.
        paths: number of paths.
        seed: stream of this chunk.
        block: mean length of a block; a new one starts with chance 1/block each day (stationary bootstrap).

    Source: Politis and Romano (1994), "The Stationary Bootstrap", Journal of the American Statistical Association 89.
    """
    random = np.random.Generator(np.random.SFC64(seed))
    by_root = np.ascontiguousarray(history.T, dtype=np.float32)
    days = history.shape[0]
    place = random.integers(0, days, paths)
    while True:
        yield np.take(by_root, place, axis=1)
        fresh = random.random(paths) < 1.0 / block
        place = np.where(fresh, random.integers(0, days, paths), (place + 1) % days)


def daily_loading(covariance: FloatArray) -> FloatArray:
    """Return a matrix whose square is a day's covariance, also where the yearly one is only semidefinite."""
    values, vectors = np.linalg.eigh(covariance / TRADING_DAYS)
    return np.asarray(vectors * np.sqrt(np.maximum(values, 0.0)), dtype=float)


def simulate_pnl(
    lines: ResetLines,
    horizon_days: int,
    paths: int,
    seed: int,
    days_of: Callable[[int, np.random.SeedSequence], Iterator[SingleArray]],
    *,
    chunk: int = CHUNK,
) -> FloatArray:
    """Return the result of the whole on each path, shape (paths,).

    Args:
        lines: what is held.
        horizon_days: trading days, 1 to 252.
        paths: number of paths.
        seed: any whole number; the same seed gives the same result.
        days_of: (paths, stream) → days, for example ``partial(student_t_days, loading)``.
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
    pairs: FloatArray, value: FloatArray, horizon: int, days: Iterator[SingleArray], count: int
) -> FloatArray:
    """Follow distinct (root, multiple) pairs a day at a time, so that a chunk never leaves the cache."""
    root = pairs[0].astype(np.int64)
    factor, still = (
        pairs[1].astype(np.float32)[:, None],
        (1.0 + pairs[2]).astype(np.float32)[:, None],
    )
    level = np.ones((root.size, count), dtype=np.float32)
    growth = np.empty_like(level)
    for _ in range(horizon):
        # Without "clip" numpy buffers the output; the roots are known to be in range.
        np.take(next(days), root, axis=0, out=growth, mode="clip")
        growth *= factor
        growth += still
        np.maximum(growth, np.float32(0.0), out=growth)
        level *= growth
    return np.asarray(np.einsum("pn,p->n", level.astype(float) - 1.0, value), dtype=float)


def dot_quantiles(results: FloatArray, dots: int = 20) -> FloatArray:
    """Return `dots` equally likely outcomes, worst first: each stands for one chance in `dots`.

    >>> dot_quantiles(np.arange(100.0), 4).tolist()
    [12.375, 37.125, 61.875, 86.625]
    """
    return np.asarray(np.quantile(results, (np.arange(dots) + 0.5) / dots), dtype=float)


def _normals(random: np.random.Generator, rows: int, columns: int) -> SingleArray:
    """Return standard normals by Box and Muller's transform, four times as fast as one at a time."""
    half = (rows * columns + 1) // 2
    words = random.integers(0, _WORD, 2 * half, dtype=np.uint32, endpoint=True)
    uniform = np.empty(2 * half, dtype=np.float32)
    np.multiply(words, np.float32(2.0**-32), out=uniform, casting="unsafe", dtype=np.float32)
    # Never the logarithm of zero: the smallest first number is half a step.
    radius = np.sqrt(np.float32(-2.0) * np.log(uniform[:half] + np.float32(2.0**-33)).clip(max=0.0))
    angle = uniform[half:] * np.float32(2.0 * np.pi)
    found = np.concatenate([radius * np.cos(angle), radius * np.sin(angle)])
    return np.asarray(found[: rows * columns].reshape(rows, columns), dtype=np.float32)


def _times(matrix: SingleArray, columns: SingleArray) -> SingleArray:
    """Return matrix @ columns, in pieces too small for the linear-algebra library to split over cores.

    So the bytes do not depend on the number of cores, and busy cores are not waited for.
    """
    found = np.empty((matrix.shape[0], columns.shape[1]), dtype=np.float32)
    step = max(_UNSPLIT // matrix.size, 1)
    for start in range(0, columns.shape[1], step):
        found[:, start : start + step] = matrix @ columns[:, start : start + step]
    return found
