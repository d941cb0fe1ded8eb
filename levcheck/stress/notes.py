"""Structured notes, prediction contracts and bonds: what their own terms make of a shock.

A note whose terms are missing has no value here: :func:`two_states` tells the two ends at maturity and invents no middle.

Sources: terms as in the public sheets of barrier reverse convertibles and autocallables; Reiner and Rubinstein (1991),
"Breaking Down the Barriers", Risk 4(8), for what such a note is made of (a bond less a down-and-in put).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log, log1p, sqrt

import numpy as np

from levcheck.stress.barriers import LEAST_TIME, down_and_in_put, put, put_ending_below
from levcheck.stress.daily_reset import FloatArray
from levcheck.stress.issuer_credit import RISKLESS, Credit
from levcheck.stress.normal import cumulative


@dataclass(frozen=True, slots=True)
class ReverseConvertible:
    """A barrier reverse convertible on one share or on the worst of several.

    Attributes:
        notional: money lent to the issuer.
        coupon: paid in the end whatever happens, fraction of notional.
        barrier: level over the start below which the protection is gone, 0 to 1.
        strike: level over the start from which losses are counted, usually 1.
    """

    notional: float
    coupon: float
    barrier: float
    strike: float = 1.0


@dataclass(frozen=True, slots=True)
class Autocallable:
    """A note that ends early when its worst share stands high enough on an observation day.

    Attributes:
        notional: money lent to the issuer.
        call_level: over the start, at or above which it ends early.
        coupon_level: over the start, at or above which a coupon is paid.
        barrier: over the start, at or above which the notional is repaid at maturity.
        coupon: per observation, fraction of notional.
        has_memory: whether missed coupons are paid with the next one.
    """

    notional: float
    call_level: float
    coupon_level: float
    barrier: float
    coupon: float
    has_memory: bool = False


@dataclass(frozen=True, slots=True)
class TwoStates:
    """What a note repays when its protection holds and when it does not; the only honest answer without terms."""

    protected: float
    broken: float


def reverse_convertible_payoff(note: ReverseConvertible, levels: FloatArray) -> float:
    """Return what is repaid at maturity.

    Args:
        note: its terms.
        levels: of each share over its start, day by day, shape (T, U); the worst counts.

    >>> import numpy as np
    >>> reverse_convertible_payoff(ReverseConvertible(1000.0, 0.08, 0.6), np.array([[0.7], [0.65]]))
    1080.0
    """
    worst = float(np.min(levels[-1]))
    has_held = float(np.min(levels)) > note.barrier or worst >= note.strike
    return note.notional * (note.coupon + (1.0 if has_held else worst / note.strike))


def autocallable_payoff(note: Autocallable, levels: FloatArray) -> tuple[float, int]:
    """Return everything paid and the number of the observation at which it ended, 1 for the first.

    Args:
        note: its terms.
        levels: of each share over its start on each observation day, shape (N, U); the worst counts.
    """
    paid, missed = 0.0, 0
    for number, worst in enumerate(levels.min(axis=1).tolist(), 1):
        if worst >= note.coupon_level:
            paid += note.coupon * (1 + (missed if note.has_memory else 0))
            missed = 0
        else:
            missed += 1
        if worst >= note.call_level:
            return note.notional * (1.0 + paid), number
    end = float(np.min(levels[-1]))
    repaid = 1.0 if end >= note.barrier else end
    return note.notional * (paid + repaid), levels.shape[0]


def stressed_note_value(
    note: ReverseConvertible,
    worst_level: float,
    *,
    years: float,
    rate: float,
    volatility: float,
    credit: Credit = RISKLESS,
    is_watched: bool = False,
    is_touched: bool = False,
) -> float:
    """Return the value of a note on its worst share: a bond with coupon less a put that lives below the barrier.

    Above the barrier the put counts only for paths that touch it; below it the note is the share itself.

    Args:
        note: its terms.
        worst_level: of the worst share over its start, after the shock.
        years: to maturity.
        rate: fraction a year.
        volatility: of the worst share, fraction a year.
        credit: of the issuer, who may not pay.
        is_watched: whether the barrier is watched all the time, not at maturity alone.
        is_touched: whether a watched barrier was touched before.
    """
    trust = credit.discount(years)
    bond = note.notional * (1.0 + note.coupon) * exp(-rate * years)
    if worst_level <= note.barrier or is_touched:
        sold = put(worst_level, note.strike, years, rate, volatility)
    elif is_watched:
        sold = down_and_in_put(worst_level, note.strike, note.barrier, years, rate, volatility)
    else:
        sold = put_ending_below(worst_level, note.strike, note.barrier, years, rate, volatility)
    return trust * (bond - note.notional / note.strike * sold)


def two_states(notional: float, coupon: float, worst_level: float) -> TwoStates:
    """Return the two ends of a note whose barrier is not known: repaid in full, or at the worst share's level."""
    return TwoStates(notional * (1.0 + coupon), notional * (coupon + min(worst_level, 1.0)))


def event_probability(probability: float, push: float) -> float:
    """Return the price of a contract on an event after the odds moved: logit(p') = logit(p) + push.

    A bought contract can lose its price and no more; a sold one loses the rest up to one.

    Raises:
        ValueError: the probability is not between 0 and 1.
    """
    if not 0.0 <= probability <= 1.0:
        raise ValueError("a probability lies between 0 and 1")
    if probability in (0.0, 1.0):
        return probability
    odds = log(probability / (1.0 - probability)) + push
    return 1.0 / (1.0 + exp(-odds)) if odds >= 0 else exp(odds) / (1.0 + exp(odds))


def level_probability(
    spot: float, level: float, *, years: float, rate: float, volatility: float
) -> float:
    """Return the price of a contract that pays one when a price ends above a level: Φ(d₂), discounted."""
    if years <= LEAST_TIME:
        return 1.0 if spot > level else 0.0
    width = volatility * sqrt(years)
    d2 = (log(spot / level) + (rate - 0.5 * volatility**2) * years) / width
    return exp(-rate * years) * float(cumulative(d2))


def bond_return(yield_change: float, duration: float, convexity: float = 0.0) -> float:
    """Return a bond's return for a change of its yield, second order: −D·Δy + ½·C·Δy².

    Args:
        yield_change: fraction, 0.01 for one point up.
        duration: modified, years.
        convexity: years squared.
    """
    return -duration * yield_change + 0.5 * convexity * yield_change**2


def token_return(moves: Sequence[float], factor: float, threshold: float) -> tuple[float, int]:
    """Return what a leveraged token makes of moves between two daily resets, and how often it reset early.

    Between resets the leverage drifts; once the underlying has moved by the threshold since the last reset the token
    restores it at once. That keeps it from ruin and sells low.

    Args:
        moves: returns of the underlying, one after another, fractions.
        factor: signed multiple.
        threshold: size of a move against the token that triggers a reset, fraction.
    """
    value, since, resets = 1.0, 0.0, 0
    for move in moves:
        left = log1p(max(move, -1.0 + 1e-12))
        sign = -1.0 if factor > 0 else 1.0
        trigger = log1p(sign * threshold)
        while (since + left - trigger) * sign >= 0.0:
            value *= max(1.0 + factor * (exp(trigger) - 1.0), 0.0)
            left -= trigger - since
            since, resets = 0.0, resets + 1
            if value == 0.0:
                return -1.0, resets
        since += left
    return value * max(1.0 + factor * (exp(since) - 1.0), 0.0) - 1.0, resets
