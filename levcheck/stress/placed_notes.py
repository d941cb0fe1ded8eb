"""Notes, contracts and convertibles that can be revalued: their terms, what they ride on and who owes them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isnan
from typing import Final

import numpy as np

from levcheck.domain.note_terms import NoteForm
from levcheck.exposure.graph import InstrumentGraph
from levcheck.stress.convertibles import Convertible, ConvertibleValue, convertible_value
from levcheck.stress.daily_reset import FloatArray
from levcheck.stress.issuer_credit import CONVERTIBLE_SPREAD, NOTE_SPREAD, Credit
from levcheck.stress.notes import (
    ReverseConvertible,
    TwoStates,
    level_probability,
    stressed_note_value,
    two_states,
)
from levcheck.stress.propagation import Loadings
from levcheck.stress.worst_of import Shares, WorstOf, worst_of_value

_LEAST_CHANCE: Final = 1e-6
_LEAST_LEVEL: Final = 1e-9


@dataclass(frozen=True, slots=True)
class NoteState:
    """Terms of a paper today.

    Attributes:
        form: kind of promise.
        underlyings: ids of what it is written on.
        levels: of each over its start, over the level of a contract, or over the price of conversion.
        strike: level from which losses are counted.
        barrier: below which the protection is gone; None = none.
        coupon: fraction of the nominal: still to be paid; of an autocallable, on each observation; of a convertible,
            a year.
        years: to maturity; None = not known.
        threshold: of a token; None = none.
        is_watched: whether the barrier is watched all the time.
        is_touched: whether a watched barrier was touched before.
        call_level: of an autocallable, at or above which it ends early.
        coupon_level: at or above which a coupon is paid; None = always.
        observations: years to each observation still to come.
        has_memory: whether missed coupons are paid with the next one.
        issuer: id of who owes it; None = not known.
        issuer_spread: of its issuer, fraction a year; None = not known.
        put_years: until a convertible may be given back; None = never.
        put_price: what is then paid, over the face.
    """

    form: NoteForm
    underlyings: tuple[str, ...]
    levels: tuple[float, ...]
    strike: float
    barrier: float | None
    coupon: float
    years: float | None
    threshold: float | None
    is_watched: bool = False
    is_touched: bool = False
    call_level: float | None = None
    coupon_level: float | None = None
    observations: tuple[float, ...] = ()
    has_memory: bool = False
    issuer: str | None = None
    issuer_spread: float | None = None
    put_years: float | None = None
    put_price: float = 1.0

    @property
    def credit(self) -> Credit:
        """How far the issuer is trusted; assumed where the terms do not say."""
        if self.issuer_spread is not None:
            return Credit(self.issuer_spread)
        is_convertible = self.form is NoteForm.CONVERTIBLE
        return Credit(CONVERTIBLE_SPREAD if is_convertible else NOTE_SPREAD)


@dataclass(frozen=True, slots=True)
class Moment:
    """How things stand for a note at one moment of one case.

    Attributes:
        levels: of each share.
        is_touched: whether a watched barrier was touched on the way there.
        issuer_move: of the issuer's share since today.
        years_passed: since today.
    """

    levels: tuple[float, ...]
    is_touched: bool = False
    issuer_move: float = 0.0
    years_passed: float = 0.0


@dataclass(frozen=True, slots=True)
class PlacedNote:
    """A note whose shares are all roots that swing by a known amount.

    Attributes:
        state: its terms.
        roots: number of the root of each share.
        shares: how they swing.
    """

    state: NoteState
    roots: tuple[int, ...]
    shares: Shares

    def gain(
        self,
        moved: FloatArray,
        lowest: FloatArray,
        issuer_move: FloatArray,
        years_passed: float,
        rate: float,
    ) -> FloatArray:
        """Return the gain on today's value in V cases, shape (V,), never below a total loss.

        Args:
            moved: of the shares, shape (U, V).
            lowest: the worst they saw on the way, shape (U, V).
            issuer_move: of the issuer's share, shape (V,).
            years_passed: until then.
            rate: fraction a year.
        """
        today = self._value(self._today(), rate)
        later = [
            self._value(one, rate) for one in self._cases(moved, lowest, issuer_move, years_passed)
        ]
        return np.array([max(value / today, 0.0) - 1.0 for value in later], dtype=float)

    def floor_gain(
        self, moved: FloatArray, issuer_move: FloatArray, years_passed: float, rate: float
    ) -> float | None:
        """Return what a convertible's bond alone adds to its gain in the first case; None for other papers."""
        if self.state.form is not NoteForm.CONVERTIBLE:
            return None
        today = self._convertible(self._today(), rate)
        later = self._convertible(self._cases(moved, moved, issuer_move, years_passed)[0], rate)
        return (later.floor - today.floor) / today.total

    def _today(self) -> Moment:
        return Moment(self.state.levels)

    def _cases(
        self, moved: FloatArray, lowest: FloatArray, issuer_move: FloatArray, years_passed: float
    ) -> list[Moment]:
        barrier = self.state.barrier
        start = np.array(self.state.levels)[:, None]
        levels = np.maximum(start * (1.0 + moved), _LEAST_LEVEL)
        fell = (start * (1.0 + lowest)).min(axis=0)
        touched = fell <= barrier if barrier is not None else np.zeros(fell.shape, dtype=bool)
        return [
            Moment(tuple(case), bool(hit), move, years_passed)
            for case, hit, move in zip(
                levels.T.tolist(), touched.tolist(), issuer_move.tolist(), strict=True
            )
        ]

    def _value(self, at: Moment, rate: float) -> float:
        state = self.state
        if state.form is NoteForm.CONVERTIBLE:
            return self._convertible(at, rate).total
        if state.form is NoteForm.LEVEL_CONTRACT:
            return self._contract(at, rate)
        if state.form is NoteForm.AUTOCALLABLE or len(at.levels) > 1:
            return self._simulated(at, rate)
        note = ReverseConvertible(1.0, state.coupon, self._barrier, state.strike)
        return stressed_note_value(
            note,
            at.levels[0],
            years=self._left(at),
            rate=rate,
            volatility=self.shares.volatility[0],
            credit=state.credit.after(at.issuer_move),
            is_watched=state.is_watched,
            is_touched=state.is_watched and (state.is_touched or at.is_touched),
        )

    @property
    def _barrier(self) -> float:
        return self.state.strike if self.state.barrier is None else self.state.barrier

    def _left(self, at: Moment) -> float:
        return max((self.state.years or 0.0) - at.years_passed, 0.0)

    def _contract(self, at: Moment, rate: float) -> float:
        chance = level_probability(
            at.levels[0],
            1.0,
            years=self._left(at),
            rate=rate,
            volatility=self.shares.volatility[0],
        )
        return max(chance, _LEAST_CHANCE)

    def _convertible(self, at: Moment, rate: float) -> ConvertibleValue:
        state = self.state
        put_years = None if state.put_years is None else state.put_years - at.years_passed
        return convertible_value(
            Convertible(state.coupon, self._left(at), put_years, state.put_price),
            at.levels[0],
            rate=rate,
            volatility=self.shares.volatility[0],
            credit=state.credit.after(at.issuer_move),
        )

    def _simulated(self, at: Moment, rate: float) -> float:
        state = self.state
        ends_early = state.form is NoteForm.AUTOCALLABLE
        days = (*(state.observations if ends_early else ()), state.years or 0.0)
        note = WorstOf(
            days=tuple(max(day - at.years_passed, 0.0) for day in dict.fromkeys(days)),
            strike=state.strike,
            barrier=self._barrier,
            coupon=state.coupon,
            call_level=state.call_level if ends_early else None,
            coupon_level=state.coupon_level if ends_early else None,
            has_memory=state.has_memory,
            is_watched=state.is_watched,
            is_touched=state.is_touched or at.is_touched,
        )
        return worst_of_value(
            note, at.levels, self.shares, rate, state.credit.after(at.issuer_move)
        )


def placed_notes(
    graph: InstrumentGraph,
    notes: Mapping[str, NoteState],
    root_volatility: FloatArray,
    drivers: FloatArray,
    loadings: Loadings,
) -> dict[int, PlacedNote]:
    """Return node → note for those whose terms are whole and whose shares swing by a known amount.

    Args:
        graph: what rides on what.
        notes: instrument id → terms.
        root_volatility: of each root, shape (R,); nan = not known.
        drivers: covariance of the drivers.
        loadings: how the roots follow them.
    """
    found = {}
    for identifier, state in notes.items():
        node = graph.index.get(identifier)
        if node is None or state.form is NoteForm.TOKEN or state.years is None:
            continue
        is_convertible = state.form is NoteForm.CONVERTIBLE
        if bool(graph.root[node] >= 0) != is_convertible:
            continue
        roots = (int(graph.root[node]),) if is_convertible else _roots_of(graph, state.underlyings)
        swings = tuple(float(root_volatility[root]) for root in roots)
        if not len(roots) == len(state.levels) > 0 or any(map(isnan, swings)):
            continue
        found[node] = PlacedNote(state, roots, Shares(swings, _links(roots, drivers, loadings)))
    return found


def _roots_of(graph: InstrumentGraph, underlyings: Sequence[str]) -> tuple[int, ...]:
    places = [graph.index.get(name) for name in underlyings]
    return tuple(
        int(graph.root[place]) for place in places if place is not None and graph.root[place] >= 0
    )


def _links(
    roots: Sequence[int], drivers: FloatArray, loadings: Loadings
) -> tuple[tuple[float, ...], ...]:
    """Return the correlations of some roots; two papers of one root move together."""
    chosen = list(roots)
    beta = loadings.beta[chosen]
    same = np.equal.outer(chosen, chosen)
    covariance = beta @ drivers @ beta.T + same * loadings.own_volatility[chosen] ** 2
    deviation = np.sqrt(np.diag(covariance))
    scaled = covariance / np.maximum(np.outer(deviation, deviation), 1e-12)
    return tuple(tuple(row) for row in np.where(same, 1.0, scaled).tolist())


def ends_of(state: NoteState | None, worst_move: float) -> TwoStates:
    """Return the two ends of a note that cannot be valued, over its nominal.

    Args:
        state: what is known of its terms; None = nothing, and the shares' levels count from today.
        worst_move: of its worst share.
    """
    levels = state.levels if state is not None and state.levels else (1.0,)
    coupon = state.coupon if state is not None else 0.0
    return two_states(1.0, coupon, min(levels) * (1.0 + worst_move))
