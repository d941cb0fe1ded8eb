"""Faults of a price vendor found by the fund itself: a split on one side, a wrong close, a lost distribution.

A leveraged fund repeats its underlying every day, so what one column says that the other denies is a fault, unless
the market was in turmoil: then closes of 16:00 and 16:15 part for a day, and a fund can really lose 83 %.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np

from levcheck.stress.daily_reset import FloatArray
from levcheck.stress.fund_replay import FundHistory, Promise, carry_returns, model_returns

# Ratios of real share splits, and of their reverse.
_SPLITS: Final = np.array(
    [1.5, 2, 3, 4, 5, 6, 7, 8, 10, 12, 15, 20, 25, 30, 40, 50, 60, 75, 100], dtype=float
)
_SPLIT_TOLERANCE: Final = 0.06
_LEAST_SPLIT_TOLERANCE: Final = 0.015
_TURMOIL: Final = 6.0
_LEAST_TURMOIL: Final = 0.03
_GREATEST_REAL_MOVE: Final = 0.45
_LEAST_PRINT_UNDERLYING: Final = 0.03
_LEAST_PRINT_FUND: Final = 0.09
_LOUDER: Final = 1.5
_FAR_OFF: Final = 3.0
_LEAST_DISTRIBUTION: Final = 0.01
_GREATEST_DISTRIBUTION: Final = 0.35
_NOISE_LIMIT: Final = 7.0
_SHARE_OF_MOVE: Final = 0.4
_SIDE_WINDOW: Final = 5
_CHANGE_REACH: Final = 3
_MOST_PRINTS: Final = 5
_GAP_MOVES: Final = 4.0
_LEAST_LAST: Final = 0.02


class FaultKind(StrEnum):
    """What went wrong at the vendor."""

    UNADJUSTED_SPLIT = "unadjusted_split"
    BAD_PRINT = "bad_print"
    MISSING_DISTRIBUTION = "missing_distribution"


class Side(StrEnum):
    """Whose column is wrong."""

    UNDERLYING = "underlying"
    FUND = "fund"


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault.

    Attributes:
        day: index of the daily return it falls on; for a bad print the wrong close ends that day.
        side: whose column.
        kind: what happened.
        factor: reported over true price from that day on (on that day, for a bad print): 5.0 for a reverse split
            of five into one that was not carried back, 0.97 for a lost payment of 3 %.
        length: closes in a row that are wrong, for a bad print; 1 for all else.
    """

    day: int
    side: Side
    kind: FaultKind
    factor: float
    length: int = 1

    @property
    def days(self) -> tuple[int, ...]:
        """The daily returns it spoils: the way there, and for wrong closes the way back."""
        is_print = self.kind is FaultKind.BAD_PRINT
        return (self.day, self.day + self.length) if is_print else (self.day,)


@dataclass(frozen=True, slots=True)
class _Case:
    """What is known about one day: the day itself and, where named so, the day after.

    Attributes:
        day: index of the daily return.
        factor: daily multiple in force.
        miss: ln of fund over model.
        next_miss: the same a day later.
        step: by how much the level of fund over model stays changed, ln.
        noise: how much fund and model usually miss each other around the day, ln.
        move: return of the underlying as reported.
        next_move: the same a day later.
        implied: return of the underlying as the fund tells it.
        next_implied: the same a day later.
        fund_move: return of the fund as reported.
        model_move: return of the fund by the model.
        calm: greatest move of a day that is no turmoil.
        is_after_turmoil: whether the day before was one.
        is_near_change: whether the multiple changes within days; prices tell the day of a change only roughly.
    """

    day: int
    factor: float
    miss: float
    next_miss: float
    step: float
    noise: float
    move: float
    next_move: float
    implied: float
    next_implied: float
    fund_move: float
    model_move: float
    calm: float
    is_after_turmoil: bool
    is_near_change: bool

    @property
    def is_lasting(self) -> bool:
        """Whether the level stays where the day put it."""
        along = self.step if self.miss > 0.0 else -self.step
        return 0.7 * abs(self.miss) <= along <= 1.3 * abs(self.miss)


def find_faults(history: FundHistory, promise: Promise, spread: float) -> tuple[Fault, ...]:
    """Return the vendor's faults, oldest first.

    Args:
        history: of fund and underlying.
        promise: with the multiples the fund really kept.
        spread: fraction a year; small beside any fault, so the class default will do.
    """
    cases = _Cases(history, promise, spread)
    found: list[Fault] = []
    for day in cases.suspects():
        if any(day in fault.days for fault in found):
            continue  # the day a wrong close is taken back is not a second fault
        case = cases.case(day)
        fault = _split(case) or _bad_print(case) or _bad_prints(cases, case) or _distribution(case)
        if fault is not None:
            found.append(fault)
    return tuple(found)


def is_last_close_doubtful(history: FundHistory, promise: Promise, spread: float) -> bool:
    """Return whether fund and underlying part on the last day of the file, which nothing after it can explain."""
    return _Cases(history, promise, spread).is_last_doubtful()


class _Cases:
    """The daily comparison of fund and model, with the noise around each day."""

    def __init__(self, history: FundHistory, promise: Promise, spread: float) -> None:
        self.underlying = history.underlying_returns
        self.fund = history.fund_returns
        self.model = model_returns(history, promise, spread)
        self.factors = promise.factor
        self.carry = carry_returns(history, promise, spread)
        self.miss = np.log1p(self.fund) - np.log1p(np.maximum(self.model, -0.999))
        self.cumulated = np.concatenate([[0.0], np.cumsum(self.miss)])
        self.noise = _typical(self.miss)
        self.quiet = max(_typical(self.underlying), 1e-4)
        self.gaps = self._gaps(history)

    def suspects(self) -> list[int]:
        """Return the days that miss by far more than usual; the last is never judged, it could still reverse."""
        limit = np.maximum(_NOISE_LIMIT * self.noise, _LEAST_DISTRIBUTION) + self.gaps
        wild = (np.abs(self.miss) >= limit) | (np.abs(self.underlying) > _GREATEST_REAL_MOVE)
        days = np.flatnonzero(wild)
        return [int(day) for day in days if day < self.miss.size - 1]

    def case(self, day: int) -> _Case:
        """Return what is known about one day."""
        before = self.cumulated[max(day - _SIDE_WINDOW + 1, 0) : day + 1]
        after = self.cumulated[day + 1 : day + 1 + _SIDE_WINDOW]
        calm = max(_TURMOIL * self.quiet, _LEAST_TURMOIL)
        around = self.factors[max(day - _CHANGE_REACH, 0) : day + _CHANGE_REACH + 1]
        return _Case(
            day=day,
            factor=float(self.factors[day]),
            miss=float(self.miss[day]),
            next_miss=float(self.miss[day + 1]),
            step=float(np.median(after) - np.median(before)),
            noise=max(self.noise, self._local_noise(day), float(self.gaps[day]) / _NOISE_LIMIT),
            move=float(self.underlying[day]),
            next_move=float(self.underlying[day + 1]),
            implied=self._implied(day),
            next_implied=self._implied(day + 1),
            fund_move=float(self.fund[day]),
            model_move=float(self.model[day]),
            calm=calm,
            is_after_turmoil=bool(day > 0 and abs(self.underlying[day - 1]) > calm),
            is_near_change=bool(np.ptp(around) > 0.0),
        )

    def _gaps(self, history: FundHistory) -> FloatArray:
        """Return what the days missing from a file may hide, shape (T,): a fund multiplies each of them on its own."""
        days = history.ordinals.astype(np.int64) - 1
        # Day number 1 was a Monday, so whole weeks and the place within one give the weekdays passed.
        weekdays = 5 * (days // 7) + np.minimum(days % 7, 5)
        is_gap = np.diff(weekdays) > 1
        reach = np.maximum(np.abs(self.underlying), _GAP_MOVES * self.quiet)
        return np.where(is_gap, np.abs(self.factors * (self.factors - 1.0)) * reach**2, 0.0)

    def is_last_doubtful(self) -> bool:
        """Whether the last closes part: a day that has not ended, or a fault that cannot be told yet."""
        last = float(abs(self.miss[-1]))
        limit = max(
            _NOISE_LIMIT * max(self.noise, self._local_noise(self.miss.size - 1)), _LEAST_LAST
        )
        return last > limit + float(self.gaps[-1])

    def _implied(self, day: int) -> float:
        return float((self.fund[day] - self.carry[day]) / self.factors[day])

    def _local_noise(self, day: int) -> float:
        """Return half of the third-largest miss within two weeks, so that a wild fortnight excuses itself."""
        around = np.arange(max(day - 10, 0), min(day + 12, self.miss.size))
        around = around[(around != day) & (around != day + 1)]
        if around.size < 6:
            return 0.0
        return float(np.sort(np.abs(self.miss[around]))[-3]) / 2.0


def _split(case: _Case) -> Fault | None:
    is_fund = abs(case.move) <= abs(case.implied)
    if _is_taken_back(case, is_fund=is_fund):
        return None
    real = case.move if is_fund else case.implied
    if abs(real) > max(case.calm, _GREATEST_REAL_MOVE) or real <= -0.9:
        return None
    if is_fund and case.fund_move < case.model_move and case.is_after_turmoil:
        return None  # a fund that falls out of bed after a wild day has lost money, not been split
    jump = (
        _log_ratio(case.fund_move, case.model_move)
        if is_fund
        else _log_ratio(case.move, case.implied)
    )
    size = abs(jump)
    nearest = float(_SPLITS[int(np.argmin(np.abs(np.log(_SPLITS) - size)))])
    tolerance = float(np.clip(6.0 * case.noise, _LEAST_SPLIT_TOLERANCE, _SPLIT_TOLERANCE))
    if abs(size - float(np.log(nearest))) > tolerance:
        return None
    factor = nearest if jump > 0.0 else 1.0 / nearest
    return Fault(case.day, _side(is_fund), FaultKind.UNADJUSTED_SPLIT, factor)


def _is_taken_back(case: _Case, *, is_fund: bool) -> bool:
    """Return whether the next day undoes the jump; the fund's own level is no guide once its model is at zero."""
    if is_fund:
        return not case.is_lasting
    off = _log_ratio(case.move, case.implied)
    return abs(_log_ratio(case.next_move, case.next_implied)) > 0.3 * abs(off)


def _bad_print(case: _Case) -> Fault | None:
    """Find a wrong close that is taken back the next day.

    One of the fund reverses to nothing in its own level; one of the underlying must give the same wrong price on both
    days and leaves the trace of a day compounded at the fund's multiple.
    """
    off = _log_ratio(case.move, case.implied)
    off_after = _log_ratio(case.next_implied, case.next_move)
    gap_underlying = abs(off - off_after) * abs(case.factor)
    gap_fund = abs(case.miss + case.next_miss)
    quiet = max(4.0 * case.noise, 0.2 * abs(case.miss))
    is_told_apart = gap_underlying <= 0.5 * gap_fund and gap_fund >= 2.0 * case.noise
    # Where both would explain it, the column that leaps and comes back is not believed.
    leap_underlying = abs(case.move) + abs(case.next_move)
    leap_fund = abs(case.implied) + abs(case.next_implied)
    is_louder = leap_underlying > _LOUDER * leap_fund
    is_underlying = is_told_apart or gap_fund > quiet or is_louder
    if (gap_underlying if is_underlying else gap_fund) > quiet:
        return None
    if not is_underlying and abs(case.step) > 0.3 * abs(case.miss):
        return None
    moves = (case.implied, case.next_implied) if is_underlying else (case.move, case.next_move)
    # A close that is off by far more than any turmoil moves is wrong even within one.
    is_far_off = abs(off if is_underlying else case.miss) > _FAR_OFF * case.calm
    if max(abs(move) for move in moves) > (_GREATEST_REAL_MOVE if is_far_off else case.calm):
        return None
    least = _LEAST_PRINT_UNDERLYING * abs(case.factor) if is_told_apart else _LEAST_PRINT_FUND
    if abs(case.miss) < max(least, _NOISE_LIMIT * case.noise):
        return None
    factor = float(np.exp(off if is_underlying else case.miss))
    return Fault(case.day, _side(not is_underlying), FaultKind.BAD_PRINT, factor)


def _bad_prints(cases: _Cases, case: _Case) -> Fault | None:
    """Find a few wrong closes in a row: the level leaps, stays, and comes back as far as it went."""
    least = max(_LEAST_PRINT_FUND, _NOISE_LIMIT * case.noise)
    if abs(case.miss) < least:
        return None
    off = _log_ratio(case.move, case.implied)
    for length in range(2, _MOST_PRINTS + 1):
        back = case.day + length
        if back >= cases.miss.size:
            return None
        between = float(np.abs(cases.miss[case.day + 1 : back]).max())
        if between > max(0.3 * abs(case.miss), 4.0 * case.noise):
            return None
        other = cases.case(back) if back < cases.miss.size - 1 else None
        if other is None or other.miss * case.miss > 0.0:
            continue
        gap_fund = abs(case.miss + other.miss)
        gap_underlying = abs(off + _log_ratio(other.move, other.implied)) * abs(case.factor)
        if min(gap_fund, gap_underlying) > max(4.0 * case.noise, 0.2 * abs(case.miss)):
            continue
        is_fund = gap_fund <= gap_underlying
        moves = (case.move, other.move) if is_fund else (case.implied, other.implied)
        if max(abs(move) for move in moves) > case.calm:
            return None
        factor = float(np.exp(case.miss if is_fund else off))
        return Fault(case.day, _side(is_fund), FaultKind.BAD_PRINT, factor, length)
    return None


def _log_ratio(move: float, other: float) -> float:
    return float(np.log(max(1.0 + move, 1e-9) / max(1.0 + other, 1e-9)))


def _distribution(case: _Case) -> Fault | None:
    """Find a payment that one column leaves out, which lowers it: the fund's own, or the underlying's."""
    is_fund = case.miss < 0.0 if case.factor > 0.0 else abs(case.move) <= abs(case.implied)
    size = abs(case.miss) if is_fund else abs(_log_ratio(case.move, case.implied))
    real = case.move if is_fund else case.implied
    if abs(case.miss) < max(_LEAST_DISTRIBUTION, _NOISE_LIMIT * case.noise):
        return None
    if size > _GREATEST_DISTRIBUTION or abs(real) > case.calm:
        return None
    # The first close of a new fund is often not a trade.
    is_wild = case.is_after_turmoil or case.is_near_change or case.day == 0
    if not case.is_lasting or is_wild:
        return None
    # A miss in proportion to a large move is a fund that fell short of its multiple, not a lost payment.
    if abs(case.fund_move - case.model_move) < _SHARE_OF_MOVE * abs(case.factor * real):
        return None
    off = float(np.exp(case.miss)) if is_fund else (1.0 + case.move) / max(1.0 + case.implied, 1e-9)
    return (
        None if off >= 1.0 else Fault(case.day, _side(is_fund), FaultKind.MISSING_DISTRIBUTION, off)
    )


def _side(is_fund: bool) -> Side:  # noqa: FBT001  # the two columns
    return Side.FUND if is_fund else Side.UNDERLYING


def _typical(values: FloatArray) -> float:
    return float(1.4826 * np.median(np.abs(values - np.median(values))))
