"""Closes that are not of the day they stand beside: repeated by the vendor, or struck at another hour."""

from typing import Final

import numpy as np

from levcheck.stress.daily_reset import BoolArray, FloatArray
from levcheck.stress.fund_replay import FundHistory, Promise

# So many closes in a row that are the same to the last digit, while the other column moves, are one close repeated.
_LEAST_RUN: Final = 3
_LEAST_LIVELY: Final = 2
_OF_USUAL: Final = 0.3
# A column whose smallest step is a large part of its usual day repeats itself honestly.
_COARSE: Final = 0.1
_LEAST_DAYS: Final = 60
# A miss of less than this share of the fund's own day is tracking, whenever it is made good.
_TELLING: Final = 0.15
_WILD: Final = 6.0
_WEEK: Final = 5
_REVERTING: Final = -0.33
_WEEK_LEFT: Final = 0.65


def repeated_closes(underlying: FloatArray, fund: FloatArray) -> BoolArray:
    """Return which days only repeat an older close of one column, while the other one moves, shape (T,).

    Args:
        underlying: closes, shape (T,).
        fund: closes, shape (T,).
    """
    return _repeats(underlying, fund) | _repeats(fund, underlying)


def _repeats(column: FloatArray, other: FloatArray) -> BoolArray:
    moves, other_moves = np.abs(np.diff(np.log(column))), np.abs(np.diff(np.log(other)))
    found = np.zeros(column.size, dtype=bool)
    usual, step = _usual(moves), np.abs(np.diff(column))
    if not usual or np.min(step[step > 0.0]) / np.median(column) > _COARSE * usual:
        return found
    is_lively = other_moves > _OF_USUAL * _usual(other_moves)
    start = 0
    for end in [*np.flatnonzero(moves > 0.0).tolist(), moves.size]:
        run = slice(start, end)
        if end - start >= _LEAST_RUN - 1 and int(is_lively[run].sum()) >= _LEAST_LIVELY:
            found[start + 1 : end + 1] = True
        start = end + 1
    return found


def _usual(moves: FloatArray) -> float:
    moved = moves[moves > 0.0]
    return float(np.median(moved)) if moved.size else 0.0


def are_hours_apart(history: FundHistory, promise: Promise, keep: BoolArray) -> bool:
    """Return whether fund and underlying are struck at other hours, so that a day's miss is made good the next day.

    A fund that rides on something else misses each day anew: what it misses one day says nothing of the next, and over
    a week the misses add up. Struck at another hour, it takes back tomorrow what it missed today.

    Args:
        history: of fund and underlying.
        promise: with the multiple told; the one kept cannot be told from such closes.
        keep: shape (T,), days without faults.
    """
    due = promise.factor * history.underlying_returns
    miss = np.log1p(history.fund_returns) - np.log1p(np.maximum(due, -0.999))
    if miss.size < _LEAST_DAYS:
        return False
    cap = _WILD * _spread(miss[keep])
    miss = np.clip(np.where(keep, miss - np.median(miss[keep]), 0.0), -cap, cap)
    day, own = float(np.std(miss)), float(np.std(due[keep]))
    if day < _TELLING * own:
        return False
    week = float(np.std(np.convolve(miss, np.ones(_WEEK), "valid")))
    reverts = float(np.corrcoef(miss[1:], miss[:-1])[0, 1])
    return reverts <= _REVERTING and week <= _WEEK_LEFT * day * _WEEK**0.5


def _spread(values: FloatArray) -> float:
    return float(1.4826 * np.median(np.abs(values - np.median(values))))
