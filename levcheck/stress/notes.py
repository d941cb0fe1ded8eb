"""Structured notes, prediction contracts and bonds: what their own terms make of a shock.

A note whose terms are missing has no value here: :func:`two_states` tells the two ends at maturity and invents no middle.

Sources: terms as in the public sheets of barrier reverse convertibles and autocallables; Reiner and Rubinstein (1991),
"Breaking Down the Barriers", Risk 4(8), for what such a note is made of (a bond less a down-and-in put).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, isnan, log, log1p, sqrt
from typing import Final

import numpy as np

from levcheck.domain.note_terms import NoteForm
from levcheck.exposure.graph import InstrumentGraph
from levcheck.stress.daily_reset import FloatArray
from levcheck.stress.normal import cumulative

_LEAST_TIME: Final = 1e-9
_LEAST_CHANCE: Final = 1e-6


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
class NoteState:
    """Terms of a paper today.

    Attributes:
        form: kind of promise.
        underlyings: ids of what it is written on.
        levels: of each over its start, or over the level of a contract.
        strike: level from which losses are counted.
        barrier: below which the protection is gone; None = none.
        coupon: still to be paid, fraction of the nominal.
        years: to maturity.
        threshold: of a token; None = none.
    """

    form: NoteForm
    underlyings: tuple[str, ...]
    levels: tuple[float, ...]
    strike: float
    barrier: float | None
    coupon: float
    years: float
    threshold: float | None


@dataclass(frozen=True, slots=True)
class PlacedNote:
    """A note whose underlyings are all in the graph and swing by a known amount.

    Attributes:
        state: its terms.
        nodes: node of each underlying.
        volatility: of each, a year.
    """

    state: NoteState
    nodes: tuple[int, ...]
    volatility: tuple[float, ...]

    def gain(self, moved: FloatArray, years_passed: float, rate: float) -> FloatArray:
        """Return the gain on today's value for moves of the underlyings, shape (U, V) → (V,), never below a total loss."""
        today = self._value([0.0] * len(self.nodes), 0.0, rate)
        later = [self._value(case, years_passed, rate) for case in moved.T.tolist()]
        return np.array([max(value / today, 0.0) - 1.0 for value in later], dtype=float)

    def _value(self, moved: Sequence[float], years_passed: float, rate: float) -> float:
        state = self.state
        levels = [
            level * max(1.0 + move, 1e-9) for level, move in zip(state.levels, moved, strict=True)
        ]
        worst = min(range(len(levels)), key=levels.__getitem__)
        years, volatility = max(state.years - years_passed, 0.0), self.volatility[worst]
        if state.form is NoteForm.LEVEL_CONTRACT:
            chance = level_probability(
                levels[worst], 1.0, years=years, rate=rate, volatility=volatility
            )
            return max(chance, _LEAST_CHANCE)
        barrier = state.strike if state.barrier is None else state.barrier
        note = ReverseConvertible(1.0, state.coupon, barrier, state.strike)
        return stressed_note_value(
            note, levels[worst], years=years, rate=rate, volatility=volatility
        )


def placed_notes(
    graph: InstrumentGraph, notes: Mapping[str, NoteState], root_volatility: FloatArray
) -> dict[int, PlacedNote]:
    """Return node → note for those whose underlyings are leaves of the graph with a known volatility."""
    found = {}
    for identifier, state in notes.items():
        node = graph.index.get(identifier)
        places = [graph.index.get(name) for name in state.underlyings]
        nodes = tuple(place for place in places if place is not None and graph.root[place] >= 0)
        swings = tuple(float(root_volatility[graph.root[place]]) for place in nodes)
        is_whole = len(nodes) == len(state.underlyings) > 0 and not any(map(isnan, swings))
        is_note = state.form is not NoteForm.TOKEN
        if node is not None and graph.root[node] < 0 and is_whole and is_note:
            found[node] = PlacedNote(state, nodes, swings)
    return found


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
    worst = float(levels[-1].min())
    has_held = float(levels.min()) > note.barrier or worst >= note.strike
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
    end = float(levels[-1].min())
    repaid = 1.0 if end >= note.barrier else end
    return note.notional * (paid + repaid), levels.shape[0]


def stressed_note_value(
    note: ReverseConvertible,
    worst_level: float,
    *,
    years: float,
    rate: float,
    volatility: float,
) -> float:
    """Return the value of a note on its worst share: a bond with coupon less a put that lives below the barrier.

    Above the barrier the put counts only for paths that touch it; below it the note is the share itself. The
    protection is watched at maturity only, which values it a little too high: the issuer's credit is left out too.

    Args:
        note: its terms.
        worst_level: of the worst share over its start, after the shock.
        years: to maturity.
        rate: fraction a year.
        volatility: of the worst share, fraction a year.
    """
    discount = exp(-rate * years)
    bond = note.notional * (1.0 + note.coupon) * discount
    if worst_level <= note.barrier:
        below = _put(worst_level, note.strike, note.strike, years, rate, volatility)
        return bond - note.notional / note.strike * below
    put = _put(worst_level, note.strike, note.barrier, years, rate, volatility)
    return bond - note.notional / note.strike * put


def _put(
    spot: float, strike: float, barrier: float, years: float, rate: float, volatility: float
) -> float:
    """Return a put that pays only when the share ends at or below a barrier not above the strike."""
    if years <= _LEAST_TIME:
        return max(strike - spot, 0.0) if spot <= barrier else 0.0
    width = max(volatility, 1e-6) * sqrt(years)
    d1 = (log(max(spot, 1e-12) / barrier) + (rate + 0.5 * volatility**2) * years) / width
    paid = strike * exp(-rate * years) * float(cumulative(-(d1 - width)))
    return paid - spot * float(cumulative(-d1))


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
    if years <= _LEAST_TIME:
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
