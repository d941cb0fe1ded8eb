"""Takes turns: the product, a naive way and a limit are measured by the same clock, one after the other, again and again.

A busy machine slows all three alike, so their ratios say something where the milliseconds do not.
"""

import gc
import math
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")

# Samples shorter than this are repeated within one reading of the clock.
_SHORTEST_MS = 4.0
_MOST_REPEATS = 2_000
# A sample longer than this says enough alone.
_LONG_MS = 4_000.0


@dataclass(frozen=True, slots=True)
class Contender:
    """One way of doing a workload.

    Attributes:
        name: what it is, in a few words.
        sample: does it once and returns what that took (milliseconds, or megabytes for a workload of memory).
        scale: number the sample is multiplied by, for a way too slow to be measured whole.
    """

    name: str
    sample: Callable[[], float]
    scale: float = 1.0


@dataclass(frozen=True, slots=True)
class Goal:
    """What a workload has to reach; a part that is None is not asked for.

    Attributes:
        faster: at least this many times as good as the naive way.
        above_floor: at most this many times the limit.
        within: at most this much, in the unit of the workload.
    """

    faster: float | None = None
    above_floor: float | None = None
    within: float | None = None

    def text(self, unit: str) -> str:
        """Return the goal in words; "" without one."""
        parts = []
        if self.faster is not None:
            parts.append(f">= {self.faster:g}x baseline")
        if self.above_floor is not None:
            parts.append(f"<= {self.above_floor:g}x floor")
        if self.within is not None:
            parts.append(f"<= {self.within:g} {unit}")
        return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class Workload:
    """What is measured.

    Attributes:
        name: lower-case words joined by hyphens.
        what: what is done, with its size.
        product: how levcheck does it.
        baseline: how a plain script does it; None = nothing to compare with.
        floor: what no program can go below here; None = not known.
        goal: what has to be reached.
        rounds: how often all three take their turn.
        unit: ``ms`` or ``MB``.
    """

    name: str
    what: str
    product: Contender
    baseline: Contender | None = None
    floor: Contender | None = None
    goal: Goal = Goal()
    rounds: int = 5
    unit: str = "ms"


@dataclass(frozen=True, slots=True)
class Row:
    """What was measured: medians.

    Attributes:
        name: of the workload.
        what: what was done.
        unit: ``ms`` or ``MB``.
        value: of the product.
        baseline: the naive way; "" without one.
        baseline_value: its median; None without one.
        floor: the limit; "" without one.
        floor_value: its median; None without one.
        goal: what has to be reached.
    """

    name: str
    what: str
    unit: str
    value: float
    baseline: str
    baseline_value: float | None
    floor: str
    floor_value: float | None
    goal: Goal

    @property
    def ratio(self) -> float | None:
        """How many times as good as the naive way."""
        return None if self.baseline_value is None else self.baseline_value / self.value

    @property
    def floor_ratio(self) -> float | None:
        """How many times the limit."""
        return None if not self.floor_value else self.value / self.floor_value

    @property
    def met(self) -> bool | None:
        """Whether the goal is reached; None where there is none or it could not be measured."""
        verdicts: list[bool] = []
        if self.goal.within is not None:
            verdicts.append(self.value <= self.goal.within)
        if self.goal.faster is not None and self.ratio is not None:
            verdicts.append(self.ratio >= self.goal.faster)
        if self.goal.above_floor is not None and self.floor_ratio is not None:
            verdicts.append(self.floor_ratio <= self.goal.above_floor)
        return all(verdicts) if verdicts else None


def timed(
    name: str,
    action: Callable[[T], object],
    prepare: Callable[[], T],
    *,
    scale: float = 1.0,
    clock: Callable[[], float] = time.perf_counter,
) -> Contender:
    """Return a contender that times `action` on what `prepare` gives; preparing is not timed."""

    def sample() -> float:
        given = prepare()
        start = clock()
        action(given)
        return (clock() - start) * 1000.0

    return Contender(name, sample, scale)


def repeated(name: str, action: Callable[[], object], *, scale: float = 1.0) -> Contender:
    """Return a contender that times `action`; a short one is done several times and the mean taken."""
    count = 0

    def sample() -> float:
        nonlocal count
        if count == 0:
            action()
            count = _repeats_of(_once(action))
        start = time.perf_counter()
        for _ in range(count):
            action()
        return (time.perf_counter() - start) * 1000.0 / count

    return Contender(name, sample, scale)


def one_pass(bytes_moved: int, name: str) -> Contender:
    """Return the time to move some bytes through memory once: half of them read, half of them written."""
    import numpy as np

    source = np.ones(max(bytes_moved // 16, 1))
    target = np.empty_like(source)
    return repeated(name, lambda: np.copyto(target, source))


def _once(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return (time.perf_counter() - start) * 1000.0


def _repeats_of(duration: float) -> int:
    return max(1, min(_MOST_REPEATS, math.ceil(_SHORTEST_MS / max(duration, 1e-6))))


def measure(workload: Workload) -> Row:
    """Return the medians of a workload, its ways taking turns.

    The first round is thrown away: it pays for imports and caches.
    """
    ways = [way for way in (workload.product, workload.baseline, workload.floor) if way is not None]
    gc.collect()
    slowest = max(way.sample() for way in ways)
    samples: dict[int, list[float]] = {id(way): [] for way in ways}
    for _ in range(workload.rounds if slowest < _LONG_MS else min(workload.rounds, 3)):
        for way in ways:
            samples[id(way)].append(way.sample() * way.scale)
    middle = {number: statistics.median(values) for number, values in samples.items()}
    return Row(
        name=workload.name,
        what=workload.what,
        unit=workload.unit,
        value=middle[id(workload.product)],
        baseline=workload.baseline.name if workload.baseline else "",
        baseline_value=middle[id(workload.baseline)] if workload.baseline else None,
        floor=workload.floor.name if workload.floor else "",
        floor_value=middle[id(workload.floor)] if workload.floor else None,
        goal=workload.goal,
    )


@dataclass(frozen=True, slots=True)
class Growth:
    """How the cost of something grows with its size.

    Attributes:
        name: lower-case words joined by hyphens.
        what: what grows, and what is done.
        points: (size, milliseconds), smallest first.
    """

    name: str
    what: str
    points: tuple[tuple[int, float], ...]

    @property
    def exponent(self) -> float | None:
        """Power of the size the cost grows with, fitted to the larger half of the points; None below two points.

        1.0 means that twice the lines take twice the time. Small sizes are left out of the fit: what every run pays,
        however small, would make growth look gentler than it is.
        """
        chosen = self.points[len(self.points) // 2 - 1 :] if len(self.points) > 2 else self.points
        if len(chosen) < 2:
            return None
        across = [math.log(size) for size, _ in chosen]
        up = [math.log(cost) for _, cost in chosen]
        return statistics.linear_regression(across, up).slope


def grown(
    name: str,
    what: str,
    sizes: Sequence[int],
    contender: Callable[[int], Contender],
    rounds: int = 3,
) -> Growth:
    """Measure one thing at several sizes, the best of `rounds` each, for the noise of a machine only ever adds.

    Its contenders count processor time: on a busy machine only what is long is interrupted, which looks like growth.
    """
    points = []
    for size in sizes:
        way = contender(size)
        gc.collect()
        cost = way.sample()
        for _ in range(rounds - 1):
            if cost < _LONG_MS:
                cost = min(cost, way.sample())
        points.append((size, cost))
    return Growth(name, what, tuple(points))
