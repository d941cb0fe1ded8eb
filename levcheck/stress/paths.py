"""Spreads a shock over days: the shape decides the way, the terminal move is always met exactly."""

from collections.abc import Callable
from typing import Final

import numpy as np

from levcheck.domain.scenario import PathShape
from levcheck.stress.daily_reset import FloatArray


def steps_of(horizon_days: int) -> int:
    """Return the number of daily steps T of a horizon: an instant (0) is one step without carry."""
    return max(horizon_days, 1)


def daily_path(
    moves: FloatArray, swings: FloatArray, horizon_days: int, shape: PathShape
) -> FloatArray:
    """Return daily returns whose compounding gives each terminal move.

    Shapes: ``one_day`` puts the move on the first day; ``straight`` gives every day the same return;
    ``crash_then_chop`` takes the move in the first fifth of the days and swings sideways after it; ``chop_flat``
    swings from the first day; ``v_shape`` first falls and then comes back to the move; ``up_then_down`` rises first.
    In the last two the first half moves by `swing` a day; without a swing it goes as far against the end as the
    move itself is long.

    Args:
        moves: simple return over the whole horizon, fractions ≥ −1, shape (U,).
        swings: size of a swinging day, fraction ≥ 0, shape (U,); ignored by ``one_day`` and ``straight``.
        horizon_days: trading days; 0 or 1 = a single day.
        shape: the way.

    Returns:
        Simple returns, shape (T, U), each ≥ −1.

    Raises:
        ValueError: a move below −1 or a swing outside 0…1.
    """
    if moves.shape != swings.shape or moves.ndim != 1:
        raise ValueError("moves and swings need the same shape (U,)")
    if not (moves >= -1.0).all():
        raise ValueError("a price cannot lose more than all")
    if not ((swings >= 0.0) & (swings < 1.0)).all():
        raise ValueError("a swing lies between 0 and 1")
    steps = steps_of(horizon_days)
    if steps == 1:
        return moves[None, :].copy()
    path = _SHAPES[shape](moves, swings, steps)
    # What fell to zero has no way back, whatever the shape.
    return np.where(moves <= -1.0, _one_day(moves, swings, steps), path)


def _one_day(moves: FloatArray, swings: FloatArray, steps: int) -> FloatArray:  # noqa: ARG001  # one signature for all shapes
    path = np.zeros((steps, moves.size))
    path[0] = moves
    return path


def _straight(moves: FloatArray, swings: FloatArray, steps: int) -> FloatArray:  # noqa: ARG001
    return np.tile(_nth_root(moves, steps), (steps, 1))


def _chop(moves: FloatArray, swings: FloatArray, steps: int) -> FloatArray:
    return _landed(_zigzag(swings, steps), moves)


def _crash_then_chop(moves: FloatArray, swings: FloatArray, steps: int) -> FloatArray:
    crash_days = max(steps // 5, 1)
    rest = steps - crash_days
    crash = np.tile(_nth_root(moves, crash_days), (crash_days, 1))
    sideways = _landed(_zigzag(swings, rest), np.zeros_like(moves))
    return np.vstack([crash, sideways])


def _v_shape(moves: FloatArray, swings: FloatArray, steps: int) -> FloatArray:
    return _there_and_back(moves, swings, steps, -1.0)


def _up_then_down(moves: FloatArray, swings: FloatArray, steps: int) -> FloatArray:
    return _there_and_back(moves, swings, steps, 1.0)


def _there_and_back(moves: FloatArray, swings: FloatArray, steps: int, sign: float) -> FloatArray:
    first = steps // 2
    end = np.log1p(np.maximum(moves, -1.0 + 1e-12))
    # Without a swing the turning point lies beyond the end by the length of the move.
    beyond = sign * np.abs(end) + np.where(sign * end > 0.0, end, 0.0)
    turning = np.where(swings > 0.0, np.log1p(sign * swings) * first, beyond)
    there = np.expm1(turning / first)
    back = np.expm1((end - turning) / (steps - first))
    return np.vstack([np.tile(there, (first, 1)), np.tile(back, (steps - first, 1))])


def _zigzag(swings: FloatArray, steps: int) -> FloatArray:
    """Return +swing, −swing, … with shape (steps, U); an odd day at the end stands still."""
    sign = np.where(np.arange(steps) % 2 == 0, 1.0, -1.0)
    if steps % 2 == 1:
        sign[-1] = 0.0
    return sign[:, None] * swings[None, :]


def _landed(raw: FloatArray, moves: FloatArray) -> FloatArray:
    """Return the path shifted by the same factor every day so that it ends at `moves`."""
    growth = np.prod(1.0 + raw, axis=0)
    daily = ((1.0 + moves) / growth) ** (1.0 / raw.shape[0])
    return np.asarray((1.0 + raw) * daily - 1.0, dtype=float)


def _nth_root(moves: FloatArray, steps: int) -> FloatArray:
    return np.asarray((1.0 + moves) ** (1.0 / steps) - 1.0, dtype=float)


_SHAPES: Final[dict[PathShape, Callable[[FloatArray, FloatArray, int], FloatArray]]] = {
    PathShape.ONE_DAY: _one_day,
    PathShape.STRAIGHT: _straight,
    PathShape.CHOP_FLAT: _chop,
    PathShape.CRASH_THEN_CHOP: _crash_then_chop,
    PathShape.V_SHAPE: _v_shape,
    PathShape.UP_THEN_DOWN: _up_then_down,
}
