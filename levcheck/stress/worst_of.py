"""Notes on the worst of several shares and notes that may end early, by simulated courses.

Every valuation uses the same random numbers, so that what differs between two of them is the shock and nothing else.
Between two days that are drawn, a barrier that is watched all the time is touched with the chance of a Brownian bridge.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np

from levcheck.stress.barriers import LEAST_TIME
from levcheck.stress.daily_reset import FloatArray
from levcheck.stress.issuer_credit import Credit

PATHS: Final = 4096
SEED: Final = 20260731
_LEAST_LEVEL: Final = 1e-9


@dataclass(frozen=True, slots=True)
class WorstOf:
    """A note of nominal one on the worst of U shares, seen on N days.

    Attributes:
        days: years to each observation, rising; the last is maturity.
        strike: level from which losses are counted.
        barrier: level below which the protection is gone.
        coupon: paid on each observation.
        call_level: at or above which it ends early; None = never.
        coupon_level: at or above which a coupon is paid; None = always.
        has_memory: whether missed coupons are paid with the next one.
        is_watched: whether the barrier is watched all the time.
        is_touched: whether a watched barrier was touched before.
    """

    days: tuple[float, ...]
    strike: float
    barrier: float
    coupon: float
    call_level: float | None = None
    coupon_level: float | None = None
    has_memory: bool = False
    is_watched: bool = False
    is_touched: bool = False


@dataclass(frozen=True, slots=True)
class Shares:
    """How U shares swing.

    Attributes:
        volatility: of each, a year.
        links: correlations, row by row.
    """

    volatility: tuple[float, ...]
    links: tuple[tuple[float, ...], ...]


@lru_cache(maxsize=256)  # what a note is worth today is asked again with every scenario
def worst_of_value(
    note: WorstOf, levels: tuple[float, ...], shares: Shares, rate: float, credit: Credit
) -> float:
    """Return the value of a note of nominal one.

    Args:
        note: its terms.
        levels: of each share over its start.
        shares: how they swing.
        rate: fraction a year.
        credit: of the issuer.
    """
    course = _Course(note, levels, shares, rate)
    value = np.zeros(PATHS)
    alive = np.ones(PATHS)
    missed = np.zeros(PATHS)
    last = len(note.days) - 1
    for number, day in enumerate(note.days):
        worst = course.go_to(number)
        discount = float(np.exp(-rate * day)) * credit.discount(day)
        earns = worst >= note.coupon_level if note.coupon_level is not None else np.ones_like(alive)
        owed = 1.0 + (missed if note.has_memory else 0.0)
        value += alive * earns * owed * note.coupon * discount
        missed = np.where(earns, 0.0, missed + 1.0)
        if number == last:
            value += alive * course.repaid(worst) * discount
        elif note.call_level is not None:
            ends = alive * (worst >= note.call_level)
            value += ends * discount
            alive -= ends
    return float(value.mean())


class _Course:
    """The shares on their way, all paths at once."""

    def __init__(
        self, note: WorstOf, levels: tuple[float, ...], shares: Shares, rate: float
    ) -> None:
        self._note = note
        self._swing = np.array(shares.volatility)[:, None]
        self._drift = rate - 0.5 * self._swing**2
        self._draws = _draws(len(note.days), len(levels))
        self._loading = _loading(shares.links)
        start = np.log(np.maximum(levels, _LEAST_LEVEL))[:, None]
        self._at = np.repeat(start, PATHS, axis=1)
        self._day = 0.0
        self._barrier = float(np.log(max(note.barrier, _LEAST_LEVEL)))
        gone = note.is_touched or min(levels) <= note.barrier
        self._holds = np.full(PATHS, 0.0 if note.is_watched and gone else 1.0)

    def go_to(self, number: int) -> FloatArray:
        """Move on to an observation and return the level of the worst share."""
        time = self._note.days[number] - self._day
        self._day = self._note.days[number]
        if time > LEAST_TIME:
            drawn = self._loading @ self._draws[number]
            after = self._at + self._drift * time + self._swing * np.sqrt(time) * drawn
            if self._note.is_watched:
                self._watch(after, time)
            self._at = after
        return np.asarray(np.exp(self._at.min(axis=0)), dtype=float)

    def _watch(self, after: FloatArray, time: float) -> None:
        before_gap = np.maximum(self._at - self._barrier, 0.0)
        after_gap = np.maximum(after - self._barrier, 0.0)
        touched = np.exp(-2.0 * before_gap * after_gap / (self._swing**2 * time))
        self._holds = self._holds * np.prod(1.0 - touched, axis=0)

    def repaid(self, worst: FloatArray) -> FloatArray:
        """Return what is repaid at maturity, over the nominal."""
        broken = np.minimum(worst / self._note.strike, 1.0)
        if self._note.is_watched:
            return np.asarray(self._holds + (1.0 - self._holds) * broken, dtype=float)
        return np.asarray(np.where(worst >= self._note.barrier, 1.0, broken), dtype=float)


@lru_cache(maxsize=16)
def _draws(days: int, shares: int) -> FloatArray:
    """Return standard normals, shape (days, shares, PATHS), each path beside its mirror image."""
    random = np.random.Generator(np.random.PCG64(SEED))
    size = (days, shares, PATHS // 2)
    radius = np.sqrt(-2.0 * np.log1p(-random.random(size)))
    drawn = radius * np.cos(2.0 * np.pi * random.random(size))
    found = np.concatenate([drawn, -drawn], axis=2)
    found.flags.writeable = False
    return np.asarray(found, dtype=float)


@lru_cache(maxsize=64)
def _loading(links: tuple[tuple[float, ...], ...]) -> FloatArray:
    """Return a root of the correlations; two shares of one issuer are linked by one and leave nothing to invert."""
    values, vectors = np.linalg.eigh(np.array(links, dtype=float))
    return np.asarray(vectors * np.sqrt(np.maximum(values, 0.0)), dtype=float)
