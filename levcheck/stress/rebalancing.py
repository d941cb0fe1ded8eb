"""What daily-reset funds must trade at the close, what share of turnover that is, and how far it feeds on itself.

Flow Q = L(L − 1) · assets · move for every multiple. Creations and redemptions net part of it: a gross upper bound.
Impact I = Y · σ_d · √(Q / V): a square root above about a thousandth of turnover, linear below.

Sources: Cheng and Madhavan (2009) for the flow; Ivanov and Lenkey (2014), FEDS 2014-106, for the netting; Sato and
Kanazawa (2024), arXiv 2411.13965, for the exponent .489 over 2,299 stock points; prefactor Y of order one half to one.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from levcheck.stress.daily_reset import FloatArray

PREFACTORS: Final = (0.5, 1.0)
"""Range of Y within which published estimates lie."""

_LINEAR_BELOW: Final = 1e-3


@dataclass(frozen=True, slots=True)
class Range:
    """A figure with its ends, low ≤ high."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class ForcedFlow:
    """What the funds on one root must trade at one close.

    Attributes:
        amount: signed, currency of the assets; negative = must sell.
        share_of_turnover: |amount| / turnover; None without turnover.
        amplification: total move over the first move, for Y at both ends; None without turnover or volatility.
        mechanical_move: the part of the total move that the flow adds, signed.
    """

    amount: float
    share_of_turnover: float | None
    amplification: Range | None
    mechanical_move: Range | None


def rebalancing_flow(factor: FloatArray, assets: FloatArray, move: float) -> FloatArray:
    """Return what each fund must trade at the close, shape (F,), currency of `assets`; negative = sell.

    >>> rebalancing_flow(np.array([2.0]), np.array([23.08]), -0.13).round(1)
    array([-6.])
    """
    return np.asarray(factor * (factor - 1.0) * assets * move, dtype=float)


def flow_per_percent(factor: FloatArray, assets: FloatArray) -> float:
    """Return what all funds together must trade per move of one percent, currency of `assets`."""
    return float(np.sum(np.abs(rebalancing_flow(factor, assets, 0.01))))


def impact(share_of_turnover: float, daily_volatility: float, prefactor: float) -> float:
    """Return the move that trading a share of a day's turnover causes, a positive fraction."""
    root = prefactor * daily_volatility
    if share_of_turnover >= _LINEAR_BELOW:
        return float(root * np.sqrt(share_of_turnover))
    return float(root * share_of_turnover / np.sqrt(_LINEAR_BELOW))


def amplified_move(
    first_move: float,
    *,
    flow_per_move: float,
    turnover: float,
    daily_volatility: float,
    prefactor: float,
) -> float:
    """Return the total move once forced trading answers its own move: the fixed point of x = x₀ + c·√x.

    Args:
        first_move: signed return before any forced trade.
        flow_per_move: Σ L(L − 1) · assets, flow per move of one.
        turnover: of the root on that day, same currency.
        daily_volatility: of the root, fraction.
        prefactor: Y.

    Returns:
        Signed return, at least as large as the first move. For tiny moves the linear law holds and the root
        of the square-root law, which would sustain itself, does not arise.
    """
    size = abs(first_move)
    if size == 0.0 or flow_per_move <= 0.0:
        return first_move
    ratio = flow_per_move / turnover
    slope = prefactor * daily_volatility * ratio / np.sqrt(_LINEAR_BELOW)
    if slope < 1.0 and ratio * size / (1.0 - slope) < _LINEAR_BELOW:
        return float(np.copysign(size / (1.0 - slope), first_move))
    c = prefactor * daily_volatility * np.sqrt(ratio)
    total = ((c + np.sqrt(c**2 + 4.0 * size)) / 2.0) ** 2
    return float(np.copysign(total, first_move))


def before_amplification(
    total_move: float,
    *,
    flow_per_move: float,
    turnover: float,
    daily_volatility: float,
    prefactor: float,
) -> float:
    """Return the move that would have happened without forced trading: x₀ = x − c·√x, not below zero in size."""
    size = abs(total_move)
    c = prefactor * daily_volatility * np.sqrt(flow_per_move / turnover)
    return float(np.copysign(max(size - c * np.sqrt(size), 0.0), total_move))


def forced_flow(
    factor: FloatArray,
    assets: FloatArray,
    move: float,
    *,
    turnover: float | None = None,
    daily_volatility: float | None = None,
) -> ForcedFlow:
    """Return what the funds on one root must trade after a move, and its share of turnover and of the move.

    Args:
        factor: shape (F,).
        assets: shape (F,), before the move.
        move: the root's whole return that day, the forced part included.
        turnover: of the root that day, currency of `assets`; None = not known.
        daily_volatility: of the root, fraction; None = not known.
    """
    amount = float(rebalancing_flow(factor, assets, move).sum())
    if turnover is None or turnover <= 0.0:
        return ForcedFlow(amount, None, None, None)
    share = abs(amount) / turnover
    if daily_volatility is None or move == 0.0:
        return ForcedFlow(amount, share, None, None)
    per_move = float(np.sum(factor * (factor - 1.0) * assets))
    first = [
        before_amplification(
            move,
            flow_per_move=per_move,
            turnover=turnover,
            daily_volatility=daily_volatility,
            prefactor=prefactor,
        )
        for prefactor in PREFACTORS
    ]
    added = sorted(move - x for x in first)
    grown = sorted(move / x for x in first if x != 0.0)
    return ForcedFlow(
        amount,
        share,
        Range(grown[0], grown[-1]) if grown else None,
        Range(added[0], added[-1]),
    )


def days_to_exit(amount: float, turnover: float | None, participation: float = 0.1) -> float | None:
    """Return the days needed to sell an amount at a share of each day's turnover; None without turnover."""
    if turnover is None or turnover <= 0.0 or participation <= 0.0:
        return None
    return abs(amount) / (turnover * participation)
