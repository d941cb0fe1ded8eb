"""Many possible ways through the coming weeks: what the holdings make of each, counted.

Returns come from blocks of real days where there is a history (so that bad days keep each other's company), else from
a correlated Student-t. The seed is an argument: each chunk of paths draws from its own stream, so that the answer is the
same however many chunks run at once, and memory stays bounded by the chunk.
"""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from levcheck.stress.daily_reset import TRADING_DAYS, FloatArray
from levcheck.stress.propagation import IntArray

CHUNK: Final = 2048
"""Paths drawn and followed at once; a day of them for 40 roots stays in a processor's cache."""

_TAIL: Final = 5.0
_BLOCK: Final = 5
_UNSPLIT: Final = 250_000
# Longest run of days that is looked up whole; blocks are five days on average.
_RUN: Final = 8
_CHUNKS_A_WORKER: Final = 2
_MOST_WORKERS: Final = 8

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

    Each day overwrites the one before: copy what is to be kept.

    Args:
        loading: :func:`daily_loading` of the U roots' covariance, shape (U, U).
        paths: number of paths.
        seed: stream of this chunk.
        degrees: of freedom, > 2; the smaller the fatter the tails. All roots share a day's shock size.
    """
    random = np.random.Generator(np.random.SFC64(seed))
    scale = (loading * np.sqrt((degrees - 2.0) / degrees)).astype(np.float32)
    normals = _Normals(random, scale.shape[1], paths)
    drawn = np.empty((scale.shape[0], paths), dtype=np.float32)
    while True:
        _times(scale, normals.draw(), drawn)
        size = np.sqrt(degrees / random.chisquare(degrees, paths))
        drawn *= size.astype(np.float32)
        yield np.maximum(drawn, np.float32(-1.0), out=drawn)


@dataclass(frozen=True, slots=True)
class Bootstrap:
    """Blocks of real days, so that bad days keep each other's company (stationary bootstrap).

    Attributes:
        history: simple returns of the U roots, shape (T, U), oldest first.
        block: mean length of a block; a new one starts with chance 1/block each day.

    Source: Politis and Romano (1994), "The Stationary Bootstrap", Journal of the American Statistical Association 89.
    """

    history: FloatArray
    block: int = _BLOCK

    def places(self, paths: int, seed: np.random.SeedSequence) -> Iterator[IntArray]:
        """Yield for each day the day of history that each path takes, shape (paths,), without end."""
        random = np.random.Generator(np.random.SFC64(seed))
        days = self.history.shape[0]
        place = random.integers(0, days, paths)
        while True:
            yield place
            fresh = random.random(paths, dtype=np.float32) < 1.0 / self.block
            place = place + 1
            place[place == days] = 0
            place[fresh] = random.integers(0, days, int(fresh.sum()))

    def __call__(self, paths: int, seed: np.random.SeedSequence) -> Iterator[SingleArray]:
        """Yield day after day of returns, shape (U, paths) each, without end."""
        by_root = np.ascontiguousarray(self.history.T, dtype=np.float32)
        for place in self.places(paths, seed):
            yield np.take(by_root, place, axis=1)


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
        days_of: (paths, stream) → days: ``partial(student_t_days, loading)`` or a :class:`Bootstrap`.
        chunk: paths followed at once; changes the draws, so it belongs to the result.
    """
    pairs, inverse = np.unique(
        np.stack([lines.root.astype(float), lines.factor, lines.carry]), axis=1, return_inverse=True
    )
    value = np.zeros(pairs.shape[1])
    np.add.at(value, inverse.ravel(), lines.market_value)
    streams = np.random.SeedSequence(seed).spawn(-(-paths // chunk))
    found = np.empty(paths)
    table = _growth_of_runs(pairs, days_of.history) if isinstance(days_of, Bootstrap) else None

    def follow(number: int) -> None:
        start = number * chunk
        count = min(chunk, paths - start)
        if table is not None and isinstance(days_of, Bootstrap):
            places = days_of.places(count, streams[number])
            result = _followed_in_table(table, pairs, value, horizon_days, places, count)
        else:
            days = days_of(count, streams[number])
            result = _followed(pairs, value, horizon_days, days, count)
        found[start : start + count] = result

    workers = min(os.cpu_count() or 1, len(streams) // _CHUNKS_A_WORKER, _MOST_WORKERS)
    if workers < 2:
        for number in range(len(streams)):
            follow(number)
        return found
    # Each chunk has its own stream and its own place, so the answer does not depend on who follows it.
    with ThreadPoolExecutor(workers) as pool:
        for _ in pool.map(follow, range(len(streams))):
            pass
    return found


def _followed(
    pairs: FloatArray, value: FloatArray, horizon: int, days: Iterator[SingleArray], count: int
) -> FloatArray:
    """Follow distinct (root, multiple) pairs a day at a time, so that a chunk never leaves the cache."""
    root = pairs[0].astype(np.int64)
    still = 1.0 + pairs[2]
    # What costs every day is the same for all paths, so it is taken once in the end. Half of each day's growth is kept,
    # so that adding its size to itself gives all of it and nothing where it is below zero: two quick passes.
    half = (0.5 * pairs[1] / still).astype(np.float32)[:, None]
    level = np.ones((root.size, count), dtype=np.float32)
    growth, size = np.empty_like(level), np.empty_like(level)
    for _ in range(horizon):
        # Without "clip" numpy buffers the output; the roots are known to be in range.
        np.take(next(days), root, axis=0, out=growth, mode="clip")
        growth *= half
        growth += np.float32(0.5)
        np.abs(growth, out=size)
        growth += size
        level *= growth
    kept = value * still**horizon
    # Not by the linear-algebra library, whose sums depend on the number of cores.
    whole = np.einsum("pn,p->n", level.astype(float), kept)
    return np.asarray(whole - value.sum(), dtype=float)


def _growth_of_runs(pairs: FloatArray, history: FloatArray) -> SingleArray:
    """Return what each pair makes of runs of days of a history, costs left out, shape (_RUN · T, pairs).

    Row ``(n − 1) · T + t`` is a run of n days from day t on. A path is then a few runs and not a product of all its
    days, and nothing is calculated twice. Rows whose run leaves the history are never asked for.
    """
    factor = pairs[1] / (1.0 + pairs[2])
    growth = 1.0 + history[:, pairs[0].astype(np.int64)] * factor
    days = growth.shape[0]
    found = np.ones((_RUN, *growth.shape))
    found[0] = np.maximum(growth, 0.0)
    for length in range(1, min(_RUN, days)):
        found[length, :-length] = found[length - 1, :-length] * found[0, length:]
    return np.asarray(found.reshape(_RUN * days, -1), dtype=np.float32)


def _runs(days: IntArray, history: int) -> tuple[IntArray, IntArray]:
    """Return (path, row of the table) of every run, path by path, that days of a history are made of.

    Args:
        days: day of history on each day of each path, shape (paths, T).
        history: days of history.
    """
    begins = np.ones(days.shape, dtype=bool)
    begins[:, 1:] = days[:, 1:] != days[:, :-1] + 1
    block = np.flatnonzero(begins)
    length = np.diff(block, append=days.size)
    count = -(-length // _RUN)
    whose = np.repeat(np.arange(len(block)), count)
    number = np.arange(len(whose)) - np.repeat(np.cumsum(count) - count, count)
    size = np.minimum(length[whose] - _RUN * number, _RUN)
    first = days.ravel()[block[whose]] + _RUN * number
    return block[whose] // days.shape[1], (size - 1) * history + first


def _followed_in_table(
    table: SingleArray,
    pairs: FloatArray,
    value: FloatArray,
    horizon: int,
    places: Iterator[IntArray],
    count: int,
) -> FloatArray:
    """Follow pairs through runs of days whose growth is known, shape (count,)."""
    days = np.stack([next(places) for _ in range(horizon)], axis=1)
    path, row = _runs(days, len(table) // _RUN)
    runs = np.bincount(path, minlength=count)
    # Paths of many runs stand first, so that those still on their way are always one piece of memory.
    order = np.argsort(-runs, kind="stable")
    first = (np.cumsum(runs) - runs)[order]
    left = count - np.cumsum(np.bincount(runs))
    level = np.ones((count, table.shape[1]), dtype=np.float32)
    growth = np.empty_like(level)
    for number, many in enumerate(left[:-1].tolist()):
        np.take(table, row[first[:many] + number], axis=0, out=growth[:many], mode="clip")
        level[:many] *= growth[:many]
    kept = value * (1.0 + pairs[2]) ** horizon
    whole = np.empty(count)
    whole[order] = np.einsum("np,p->n", level.astype(float), kept)
    return np.asarray(whole - value.sum(), dtype=float)


def dot_quantiles(results: FloatArray, dots: int = 20) -> FloatArray:
    """Return `dots` equally likely outcomes, worst first: each stands for one chance in `dots`.

    >>> dot_quantiles(np.arange(100.0), 4).tolist()
    [12.375, 37.125, 61.875, 86.625]
    """
    return np.asarray(np.quantile(results, (np.arange(dots) + 0.5) / dots), dtype=float)


class _Normals:
    """Standard normals by Box and Muller's transform, in buffers kept from day to day.

    A fresh array of this size is a fresh piece of memory from the system each time, which costs more than the numbers.
    """

    def __init__(self, random: np.random.Generator, rows: int, columns: int) -> None:
        self._bits = random.bit_generator
        self._shape = rows, columns
        self._half = (rows * columns + 1) // 2
        self._uniform = np.empty(2 * self._half, dtype=np.float32)
        self._found = np.empty(2 * self._half, dtype=np.float32)

    def draw(self) -> SingleArray:
        """Return normals of the shape asked for, valid until the next draw."""
        half, uniform, found = self._half, self._uniform, self._found
        # 64 random bits are two numbers of 32; as signed ones they become floats in one instruction.
        np.copyto(uniform, self._bits.random_raw(half).view(np.int32), casting="unsafe")
        radius, angle = uniform[:half], uniform[half:]
        # Never the logarithm of zero: the smallest first number is half a step.
        np.abs(radius, out=radius)
        radius *= np.float32(2.0**-31)
        radius += np.float32(2.0**-33)
        np.log(radius, out=radius)
        radius *= np.float32(-2.0)
        # Rounding can leave a hair below zero.
        np.abs(radius, out=radius)
        np.sqrt(radius, out=radius)
        angle *= np.float32(np.pi * 2.0**-31)
        np.cos(angle, out=found[:half])
        np.sin(angle, out=found[half:])
        found[:half] *= radius
        found[half:] *= radius
        rows, columns = self._shape
        return found[: rows * columns].reshape(rows, columns)


def _times(matrix: SingleArray, columns: SingleArray, found: SingleArray) -> None:
    """Put matrix @ columns into `found`, in pieces too small for the linear-algebra library to split over cores.

    So the bytes do not depend on the number of cores, and busy cores are not waited for.
    """
    step = max(_UNSPLIT // matrix.size, 1)
    for start in range(0, columns.shape[1], step):
        part = slice(start, start + step)
        np.matmul(matrix, columns[:, part], out=found[:, part])
