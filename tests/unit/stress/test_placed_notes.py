"""Every form of paper against the formula it is said to follow, and which papers find their place."""

from dataclasses import replace

import numpy as np
import pytest

from levcheck.domain.instrument import Kind
from levcheck.domain.note_terms import NoteForm
from levcheck.exposure.graph import InstrumentGraph, build_graph
from levcheck.stress.convertibles import Convertible, convertible_value
from levcheck.stress.issuer_credit import CONVERTIBLE_SPREAD, NOTE_SPREAD, Credit
from levcheck.stress.notes import ReverseConvertible, level_probability, stressed_note_value
from levcheck.stress.placed_notes import NoteState, PlacedNote, ends_of, placed_notes
from levcheck.stress.propagation import Loadings
from levcheck.stress.worst_of import Shares, WorstOf, worst_of_value
from tests.unit.stress.test_portfolio_stress import instrument
from tests.unit.stress.test_structured_papers import ONE, state

TWO = Shares((0.4, 0.3), ((1.0, 0.5), (0.5, 1.0)))
RATE, PASSED = 0.03, 0.25


def gain(
    note: NoteState,
    *moves: float,
    lowest: tuple[float, ...] | None = None,
    issuer: float = 0.0,
    passed: float = PASSED,
) -> float:
    shares = ONE if len(moves) == 1 else TWO
    placed = PlacedNote(note, tuple(range(len(moves))), shares)
    moved = np.array([moves]).T
    low = moved if lowest is None else np.array([lowest]).T
    (found,) = placed.gain(moved, low, np.array([issuer]), passed, RATE)
    return float(found)


def test_that_trust_is_what_the_terms_say_and_assumed_where_they_do_not() -> None:
    assert state(NoteForm.REVERSE_CONVERTIBLE).credit == Credit(NOTE_SPREAD)
    assert state(NoteForm.CONVERTIBLE).credit == Credit(CONVERTIBLE_SPREAD)
    assert state(NoteForm.CONVERTIBLE, issuer_spread=0.0).credit == Credit(0.0)


@pytest.mark.parametrize(
    ("terms", "low", "is_touched"),
    [
        ({}, -0.7, False),
        ({"is_watched": True}, -0.2, False),
        ({"is_watched": True}, -0.4, True),
        ({"is_watched": True}, -0.399, False),
        ({"is_watched": True, "is_touched": True}, -0.2, True),
        ({"is_touched": True}, -0.2, False),
    ],
)
def test_that_a_reverse_convertible_is_the_formula_before_and_after(
    terms: dict[str, bool], low: float, *, is_touched: bool
) -> None:
    note = state(NoteForm.REVERSE_CONVERTIBLE, strike=0.9, **terms)

    def value(level: float, years: float, credit: Credit, *, touched: bool) -> float:
        return stressed_note_value(
            ReverseConvertible(1.0, 0.05, 0.6, 0.9),
            level,
            years=years,
            rate=RATE,
            volatility=0.4,
            credit=credit,
            is_watched=note.is_watched,
            is_touched=touched,
        )

    today = value(1.0, 1.0, note.credit, touched=note.is_watched and note.is_touched)
    later = value(0.8, 0.75, note.credit.after(-0.3), touched=is_touched)
    found = gain(note, -0.2, lowest=(low,), issuer=-0.3)
    assert found == pytest.approx(later / today - 1.0, abs=1e-12)


def test_that_a_note_without_a_barrier_loses_from_its_strike() -> None:
    note = state(NoteForm.REVERSE_CONVERTIBLE, barrier=None, strike=0.9, is_watched=True)
    same = replace(note, barrier=0.9)
    assert gain(note, -0.05) == gain(same, -0.05)
    # Nothing can have touched a barrier that is not there.
    assert gain(note, -0.05, lowest=(-0.9,)) == gain(note, -0.05)


@pytest.mark.parametrize("form", [NoteForm.REVERSE_CONVERTIBLE, NoteForm.AUTOCALLABLE])
@pytest.mark.parametrize("is_touched", [False, True])
def test_that_a_note_on_several_is_simulated_and_only_an_autocallable_ends_early(
    form: NoteForm, *, is_touched: bool
) -> None:
    note = state(
        form,
        underlyings=("X.US", "Y.US"),
        levels=(1.0, 0.9),
        call_level=1.0,
        coupon_level=0.7,
        observations=(0.1, 0.5, 1.0),
        has_memory=True,
        is_watched=True,
        is_touched=is_touched,
    )
    ends_early = form is NoteForm.AUTOCALLABLE

    def value(levels: tuple[float, ...], passed: float, credit: Credit, *, hit: bool) -> float:
        days = (0.1, 0.5, 1.0) if ends_early else (1.0,)
        terms = WorstOf(
            tuple(max(day - passed, 0.0) for day in days),
            1.0,
            0.6,
            0.05,
            call_level=1.0 if ends_early else None,
            coupon_level=0.7 if ends_early else None,
            has_memory=True,
            is_watched=True,
            is_touched=hit,
        )
        return worst_of_value(terms, levels, TWO, RATE, credit)

    today = value((1.0, 0.9), 0.0, note.credit, hit=is_touched)
    held = value((0.9, 0.9), PASSED, note.credit.after(0.1), hit=is_touched)
    found = gain(note, -0.1, 0.0, issuer=0.1)
    assert found == pytest.approx(held / today - 1.0, abs=1e-12)
    broken = value((0.9, 0.9), PASSED, note.credit.after(0.1), hit=True)
    found = gain(note, -0.1, 0.0, lowest=(-0.1, -0.4), issuer=0.1)
    assert found == pytest.approx(broken / today - 1.0, abs=1e-12)


def test_that_a_contract_on_a_level_is_its_chance() -> None:
    note = state(NoteForm.LEVEL_CONTRACT, barrier=None)
    terms = {"rate": RATE, "volatility": 0.4}
    today = level_probability(1.0, 1.0, years=1.0, **terms)
    later = level_probability(0.8, 1.0, years=0.75, **terms)
    assert gain(note, -0.2, issuer=-0.9) == pytest.approx(later / today - 1.0)
    assert gain(note, -0.2, passed=2.0) == pytest.approx(-1.0, abs=1e-5)


@pytest.mark.parametrize("put_years", [None, 0.5])
def test_that_a_convertible_is_its_bond_and_its_call(put_years: float | None) -> None:
    note = state(
        NoteForm.CONVERTIBLE, barrier=None, coupon=0.01, put_years=put_years, put_price=1.02
    )

    def value(shares: float, passed: float, credit: Credit) -> tuple[float, float]:
        left = None if put_years is None else put_years - passed
        found = convertible_value(
            Convertible(0.01, 1.0 - passed, left, 1.02),
            shares,
            rate=RATE,
            volatility=0.4,
            credit=credit,
        )
        return found.floor, found.total

    floor_before, before = value(1.0, 0.0, note.credit)
    floor_after, after = value(0.7, PASSED, note.credit.after(-0.3))
    assert gain(note, -0.3, issuer=-0.3) == pytest.approx(after / before - 1.0)
    placed = PlacedNote(note, (0,), ONE)
    part = placed.floor_gain(np.array([[-0.3]]), np.array([-0.3]), PASSED, RATE)
    assert part == pytest.approx((floor_after - floor_before) / before)


def test_that_only_a_convertible_has_a_bond_of_its_own() -> None:
    placed = PlacedNote(state(NoteForm.REVERSE_CONVERTIBLE), (0,), ONE)
    assert placed.floor_gain(np.array([[-0.3]]), np.array([-0.3]), PASSED, RATE) is None


def test_that_a_share_that_is_worth_nothing_takes_the_note_with_it_and_no_more() -> None:
    assert gain(state(NoteForm.REVERSE_CONVERTIBLE, coupon=0.0), -1.0) == pytest.approx(-1.0)


# --- which papers find their place ---------------------------------------------------------------------------

ROWS = {
    row.id: row
    for row in (
        instrument("X.US", Kind.COMMON),
        instrument("Y.US", Kind.COMMON),
        instrument("NOTE.US", Kind.NOTE, underlying="X.US"),
        instrument("CONV.US", Kind.CONVERTIBLE, issuer="X.US"),
    )
}
BETA = np.array([[1.0, 0.0], [0.5, 0.5]])
OWN = np.array([0.3, 0.2])
DRIVERS = np.array([[0.04, 0.01], [0.01, 0.09]])


def graph() -> InstrumentGraph:
    return build_graph(["NOTE.US", "CONV.US", "X.US", "Y.US"], ROWS, {})[0]


def placed(
    name: str, note: NoteState, swings: tuple[float, float] = (0.36, 0.33)
) -> PlacedNote | None:
    one = graph()
    order = [one.roots.index("X.US"), one.roots.index("Y.US")]
    by_root = np.empty(len(one.roots))
    beta, own = np.zeros((len(one.roots), 2)), np.zeros(len(one.roots))
    by_root[order], beta[order], own[order] = swings, BETA, OWN
    loadings = Loadings(beta, own, np.ones(len(one.roots), dtype=bool))
    found = placed_notes(one, {name: note}, by_root, DRIVERS, loadings)
    assert set(found) <= {one.index.get(name)}
    return next(iter(found.values()), None)


def on(*names: str, **more: object) -> NoteState:
    terms = {"underlyings": names, "levels": (1.0,) * len(names), **more}
    return state(NoteForm.REVERSE_CONVERTIBLE, **terms)


def test_that_a_note_is_placed_on_its_shares_with_how_they_swing_together() -> None:
    one = placed("NOTE.US", on("X.US", "Y.US"))
    assert one is not None
    assert [graph().roots[root] for root in one.roots] == ["X.US", "Y.US"]
    assert one.shares.volatility == (0.36, 0.33)
    covariance = BETA @ DRIVERS @ BETA.T + np.diag(OWN**2)
    link = covariance[0, 1] / np.sqrt(covariance[0, 0] * covariance[1, 1])
    assert np.array(one.shares.links) == pytest.approx(np.array([[1.0, link], [link, 1.0]]))


def test_that_two_papers_of_one_root_move_together() -> None:
    one = placed("NOTE.US", on("X.US", "X.US"))
    assert one is not None
    assert one.shares.links == ((1.0, 1.0), (1.0, 1.0))


def test_that_a_convertible_is_placed_on_its_issuer() -> None:
    paper = state(NoteForm.CONVERTIBLE, underlyings=("X.US",), barrier=None)
    one = placed("CONV.US", paper)
    assert one is not None
    assert [graph().roots[root] for root in one.roots] == ["X.US"]
    # A note is no convertible and a convertible no note, whatever the terms call them.
    assert placed("NOTE.US", paper) is None
    assert placed("CONV.US", on("X.US")) is None


@pytest.mark.parametrize(
    ("name", "note", "swings"),
    [
        ("GONE.US", on("X.US"), (0.3, 0.3)),
        ("NOTE.US", on("X.US", years=None), (0.3, 0.3)),
        ("NOTE.US", state(NoteForm.TOKEN, threshold=0.15), (0.3, 0.3)),
        ("NOTE.US", on("X.US", "GONE.US"), (0.3, 0.3)),
        ("NOTE.US", on("X.US", levels=()), (0.3, 0.3)),
        ("NOTE.US", on(levels=()), (0.3, 0.3)),
        ("NOTE.US", on("X.US", "Y.US"), (0.3, float("nan"))),
    ],
)
def test_that_a_note_without_all_it_needs_has_no_place(
    name: str, note: NoteState, swings: tuple[float, float]
) -> None:
    assert placed(name, note, swings) is None


def test_that_the_ends_of_a_note_without_levels_count_from_today() -> None:
    unknown = ends_of(state(NoteForm.REVERSE_CONVERTIBLE, levels=()), -0.3)
    assert (unknown.protected, unknown.broken) == pytest.approx((1.05, 0.75))
    worst = ends_of(state(NoteForm.REVERSE_CONVERTIBLE, levels=(1.2, 0.8)), -0.5)
    assert (worst.protected, worst.broken) == pytest.approx((1.05, 0.45))
