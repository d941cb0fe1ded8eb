"""What time does to one daily-reset fund held: courses, the same end by other ways, and twenty possible outcomes.

Everything follows from the fund's terms by the daily step; only the twenty outcomes and the sample courses are drawn,
with a seed that is an argument. What is drawn has no drift: nothing is said about where the underlying goes.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Final

import numpy as np

from levcheck.app.analysis import DailyResetFacts
from levcheck.domain.scenario import PathShape
from levcheck.stress.daily_reset import (
    CALENDAR_DAYS_PER_STEP,
    TRADING_DAYS,
    FloatArray,
    ResetTerms,
    carry_per_day,
    financed_share,
    levels_from_returns,
    step_returns,
)
from levcheck.stress.node_book import ASSUMED_EXPENSE
from levcheck.stress.paths import daily_path
from levcheck.stress.simulation import (
    Bootstrap,
    ResetLines,
    SingleArray,
    daily_loading,
    dot_quantiles,
    simulate_pnl,
    student_t_days,
)

SHAPES: Final = (
    PathShape.CHOP_FLAT,
    PathShape.STRAIGHT,
    PathShape.UP_THEN_DOWN,
    PathShape.V_SHAPE,
)
"""Ways to the same end that are shown side by side."""

ENDS: Final = (0.0, 0.2, -0.2)
"""Moves of the underlying over the whole time that the ways end at."""

LONGEST_DAYS: Final = 252
DOTS: Final = 20
PATHS: Final = 8192
SAMPLES: Final = 5
TWO_DAYS: Final = np.array([-0.10, 0.10])
_UNKNOWN_SWING: Final = 0.03
_LARGEST_SWING: Final = 0.2


@dataclass(frozen=True, slots=True)
class PathsRequest:
    """What is asked about one fund.

    Attributes:
        position: position id of a daily-reset fund.
        horizon_days: trading days, 1 to 252.
        shape: the way of the drawn course.
        swing: size of a swinging day, fraction; None = the underlying's usual day.
        seed: of what is drawn.
    """

    position: str
    horizon_days: int = 63
    shape: PathShape = PathShape.CHOP_FLAT
    swing: float | None = None
    seed: int = 0


@dataclass(frozen=True, slots=True)
class WayResult:
    """The same way to several ends.

    Attributes:
        shape: the way.
        fund: result of the fund for each of ``ENDS``.
        twin: result of the fund that bets the other way, for each of ``ENDS``.
    """

    shape: PathShape
    fund: tuple[float, ...]
    twin: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class LeveragePaths:
    """What time does to one fund; levels start at 1, returns are fractions.

    Attributes:
        request: what was asked, swing filled in.
        factor: daily multiple of the fund.
        twin_factor: of the fund that bets the other way.
        underlying: levels, shape (T+1,).
        fund: levels, shape (T+1,).
        twin: levels, shape (T+1,).
        ways: the same ends by several ways.
        samples: drawn courses of the fund, shape (SAMPLES, T+1); empty when the volatility is not known.
        outcomes: DOTS equally likely results of the fund, worst first; empty when the volatility is not known.
        basis: ``history``, ``student_t``, or ``unknown`` where nothing could be drawn.
        two_days: levels of underlying, fund and twin after −10 % and then +10 %, before any cost, shape (3, 3).
        volatility: of the underlying, fraction a year; None = unknown.
        is_fee_assumed: whether the fund's fee was not known.
    """

    request: PathsRequest
    factor: float
    twin_factor: float
    underlying: FloatArray
    fund: FloatArray
    twin: FloatArray
    ways: tuple[WayResult, ...]
    samples: FloatArray
    outcomes: tuple[float, ...]
    basis: str
    two_days: FloatArray
    volatility: float | None
    is_fee_assumed: bool


def usual_swing(facts: DailyResetFacts) -> float:
    """Return the size of a usual day of the underlying; 3 % where its volatility is not known."""
    if facts.volatility is None:
        return _UNKNOWN_SWING
    return min(facts.volatility / float(np.sqrt(TRADING_DAYS)), _LARGEST_SWING)


def leverage_paths(
    facts: DailyResetFacts, request: PathsRequest, *, history: FloatArray | None = None
) -> LeveragePaths:
    """Return what time does to a fund.

    Args:
        facts: of the fund held.
        request: horizon, way, swing and seed.
        history: daily simple returns of the underlying, shape (T,), oldest first, where there are some; the twenty
            outcomes are then drawn from blocks of real days, else from a Student-t of the measured volatility.

    Raises:
        ValueError: the horizon is not 1 to 252 days, or the swing not between 0 and 20 %.
    """
    if not 1 <= request.horizon_days <= LONGEST_DAYS:
        raise ValueError("the horizon is 1 to 252 trading days")
    swing = usual_swing(facts) if request.swing is None else request.swing
    if not 0.0 <= swing <= _LARGEST_SWING:
        raise ValueError("the swing lies between 0 and 20 %")
    terms, rate = _both(facts)
    course = _course(0.0, swing, request.horizon_days, request.shape, terms, rate)
    ways = tuple(_way(shape, swing, request.horizon_days, terms, rate) for shape in SHAPES)
    samples, outcomes, basis = _drawn(facts, terms, rate, request, history)
    return LeveragePaths(
        request=PathsRequest(
            request.position, request.horizon_days, request.shape, swing, request.seed
        ),
        factor=float(terms.factor[1]),
        twin_factor=float(terms.factor[2]),
        underlying=course[:, 0],
        fund=course[:, 1],
        twin=course[:, 2],
        ways=ways,
        samples=samples,
        outcomes=outcomes,
        basis=basis,
        two_days=_started(levels_from_returns(TWO_DAYS[:, None] * terms.factor)).T,
        volatility=facts.volatility,
        is_fee_assumed=facts.expense_ratio is None,
    )


# --- inside ------------------------------------------------------------------------------------------------


def _both(facts: DailyResetFacts) -> tuple[ResetTerms, float]:
    """Return the terms of the plain underlying, the fund and its twin, and the overnight rate.

    The twin is the same multiple the other way, with the fund's own fee and spread.
    """
    factor = facts.daily_leverage_factor
    fee = ASSUMED_EXPENSE if facts.expense_ratio is None else facts.expense_ratio
    share = float(financed_share(np.array([factor]))[0])
    spread = facts.hidden_drag / share if share > 0.0 else 0.0
    rate = facts.financing / (factor - 1.0) if factor != 1.0 else 0.0
    terms = ResetTerms(
        np.array([1.0, factor, -factor]),
        np.array([0.0, fee, fee]),
        np.array([0.0, spread, spread]),
        np.zeros(3),
    )
    return terms, rate


def _course(
    move: float, swing: float, days: int, shape: PathShape, terms: ResetTerms, rate: float
) -> FloatArray:
    """Return levels of underlying, fund and twin, shape (T+1, 3)."""
    path = daily_path(np.array([move]), np.array([_daily(swing, days, shape)]), days, shape)
    steps = path.shape[0]
    returns = step_returns(
        path, terms, np.full(steps, CALENDAR_DAYS_PER_STEP), np.full(steps, rate)
    )
    return _started(levels_from_returns(returns))


def _daily(swing: float, days: int, shape: PathShape) -> float:
    """Return the daily move of a shape for usual days of this size.

    There and back goes as far as usual days carry by chance, their size times the root of their number; every day at
    full size in one direction would be a course nobody has seen.
    """
    if shape in {PathShape.UP_THEN_DOWN, PathShape.V_SHAPE}:
        return swing / float(np.sqrt(max(days // 2, 1)))
    return swing


def _started(levels: FloatArray) -> FloatArray:
    return np.vstack([np.ones((1, levels.shape[1])), levels])


def _way(shape: PathShape, swing: float, days: int, terms: ResetTerms, rate: float) -> WayResult:
    ends = [_course(move, swing, days, shape, terms, rate)[-1] - 1.0 for move in ENDS]
    return WayResult(
        shape, tuple(float(end[1]) for end in ends), tuple(float(end[2]) for end in ends)
    )


def _drawn(
    facts: DailyResetFacts,
    terms: ResetTerms,
    rate: float,
    request: PathsRequest,
    history: FloatArray | None,
) -> tuple[FloatArray, tuple[float, ...], str]:
    carry = float(np.ravel(carry_per_day(terms, rate))[1]) * CALENDAR_DAYS_PER_STEP
    factor = float(terms.factor[1])
    days_of: Callable[[int, np.random.SeedSequence], Iterator[SingleArray]]
    if history is not None and history.size > 1:
        days_of, basis = Bootstrap(history[:, None]), "history"
    elif facts.volatility is not None:
        loading = daily_loading(np.array([[facts.volatility**2]]))
        days_of, basis = partial(student_t_days, loading), "student_t"
    else:
        return np.empty((0, request.horizon_days + 1)), (), "unknown"
    lines = ResetLines(np.array([0]), np.array([factor]), np.array([1.0]), np.array([carry]))
    results = simulate_pnl(lines, request.horizon_days, PATHS, request.seed, days_of)
    # A stream of its own, so that the courses shown are none of those counted twice.
    stream = np.random.SeedSequence([request.seed, SAMPLES])
    courses = _sample(days_of(SAMPLES, stream), factor, carry, request.horizon_days)
    return courses, tuple(dot_quantiles(results, DOTS).tolist()), basis


def _sample(days: Iterator[SingleArray], factor: float, carry: float, horizon: int) -> FloatArray:
    # Every day comes in the same buffer: what is kept of it is copied.
    drawn = np.stack([day[0].copy() for day in islice(days, horizon)]).astype(float)
    return _started(levels_from_returns(factor * drawn + carry)).T
