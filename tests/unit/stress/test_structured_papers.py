"""Barriers watched all the time, notes on the worst of several, issuers that may not pay, and convertibles."""

from dataclasses import replace
from math import exp, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from levcheck.domain.note_terms import NoteForm
from levcheck.reference.note_rows import terms_from
from levcheck.stress.barriers import down_and_in_put, put, put_ending_below
from levcheck.stress.convertibles import Convertible, convertible_value
from levcheck.stress.issuer_credit import RECOVERY, RISKLESS, Credit
from levcheck.stress.notes import ReverseConvertible, stressed_note_value
from levcheck.stress.placed_notes import NoteState, PlacedNote, ends_of
from levcheck.stress.worst_of import PATHS, Shares, WorstOf, _draws, worst_of_value

ONE = Shares((0.4,), ((1.0,),))


def test_that_a_put_below_its_barrier_is_plain_and_one_above_it_at_the_end_is_nothing() -> None:
    assert down_and_in_put(0.5, 1.0, 0.6, 1.0, 0.03, 0.4) == put(0.5, 1.0, 1.0, 0.03, 0.4)
    assert down_and_in_put(0.7, 1.0, 0.6, 0.0, 0.03, 0.4) == 0.0
    nearly = down_and_in_put(1.2, 1.0, 0.9999999, 1.0, 0.03, 0.4)
    assert nearly == pytest.approx(put(1.2, 1.0, 1.0, 0.03, 0.4), rel=1e-4)


def test_that_on_its_last_day_a_put_is_worth_what_it_pays() -> None:
    assert put_ending_below(0.5, 1.0, 0.6, 0.0, 0.03, 0.4) == 0.5
    assert put_ending_below(0.6, 1.0, 0.6, 0.0, 0.03, 0.4) == 0.4
    assert put_ending_below(0.7, 1.0, 0.6, 0.0, 0.03, 0.4) == 0.0
    assert put_ending_below(1.5, 1.0, 2.0, 0.0, 0.03, 0.4) == 0.0
    assert down_and_in_put(0.6, 1.0, 0.6, 0.0, 0.03, 0.4) == 0.4


def test_that_a_watched_put_agrees_with_simulated_days() -> None:
    random = np.random.default_rng(7)
    years, rate, volatility, spot, barrier = 1.0, 0.03, 0.4, 0.9, 0.6
    steps, paths = 100, 40_000
    time = years / steps
    drift, swing = (rate - 0.5 * volatility**2) * time, volatility * sqrt(time)
    level = np.full(paths, np.log(spot))
    untouched = np.ones(paths)
    for _ in range(steps):
        after = level + drift + swing * random.standard_normal(paths)
        gaps = np.maximum(level - np.log(barrier), 0) * np.maximum(after - np.log(barrier), 0)
        untouched *= 1.0 - np.exp(-2.0 * gaps / swing**2)
        level = after
    paid = (1.0 - untouched) * np.maximum(1.0 - np.exp(level), 0.0) * exp(-rate * years)
    assert down_and_in_put(spot, 1.0, barrier, years, rate, volatility) == pytest.approx(
        float(paid.mean()), abs=4.0 * float(paid.std()) / sqrt(paths)
    )


@given(
    spot=st.floats(0.3, 2.0),
    barrier=st.floats(0.2, 1.0),
    years=st.floats(0.01, 5.0),
    volatility=st.floats(0.05, 1.5),
    rate=st.floats(0.0, 0.08),
)
def test_that_watching_longer_is_worth_more_and_no_more_than_the_plain_put(
    spot: float, barrier: float, years: float, volatility: float, rate: float
) -> None:
    at_end = put_ending_below(spot, 1.0, barrier, years, rate, volatility)
    always = down_and_in_put(spot, 1.0, barrier, years, rate, volatility)
    plain = put(spot, 1.0, years, rate, volatility)
    assert at_end <= always + 1e-12
    assert always <= plain + 1e-12


@pytest.mark.parametrize("is_watched", [False, True])
def test_that_the_simulated_note_on_one_share_is_worth_what_the_formula_says(
    *, is_watched: bool
) -> None:
    simulated = worst_of_value(
        WorstOf((1.5,), 1.0, 0.6, 0.08, is_watched=is_watched), (0.9,), ONE, 0.03, Credit(0.01)
    )
    formula = stressed_note_value(
        ReverseConvertible(1.0, 0.08, 0.6),
        0.9,
        years=1.5,
        rate=0.03,
        volatility=0.4,
        credit=Credit(0.01),
        is_watched=is_watched,
    )
    assert simulated == pytest.approx(formula, abs=0.01)


def test_that_the_worst_of_two_is_worth_less_than_either_and_less_when_they_part() -> None:
    note = WorstOf((1.0,), 1.0, 0.7, 0.05)
    alone = worst_of_value(note, (1.0,), ONE, 0.03, RISKLESS)
    values = [
        worst_of_value(
            note, (1.0, 1.0), Shares((0.4, 0.4), ((1.0, link), (link, 1.0))), 0.03, RISKLESS
        )
        for link in (0.999, 0.5, 0.0)
    ]
    assert values == sorted(values, reverse=True)
    assert values[0] == pytest.approx(alone, abs=0.01)
    assert values[2] < alone


def test_that_a_note_is_seen_at_maturity_by_hand_where_nothing_swings() -> None:
    still = Shares((1e-9, 1e-9), ((1.0, 0.0), (0.0, 1.0)))

    def value(note: WorstOf, *levels: float) -> float:
        return worst_of_value(note, levels, still, 0.0, RISKLESS)

    note = WorstOf((1.0,), 0.9, 0.7, 0.05)
    assert value(note, 1.2, 0.71) == pytest.approx(1.05)
    assert value(note, 1.2, 0.69) == pytest.approx(0.05 + 0.69 / 0.9)
    watched = replace(note, is_watched=True)
    assert value(watched, 1.2, 0.71) == pytest.approx(1.05)
    assert value(watched, 1.2, 0.7) == pytest.approx(0.05 + 0.7 / 0.9)
    assert value(replace(watched, is_touched=True), 1.2, 0.8) == pytest.approx(0.05 + 0.8 / 0.9)
    assert value(replace(watched, is_touched=True), 1.2, 1.0) == pytest.approx(1.05)
    # What was touched counts only where somebody watched.
    assert value(replace(note, is_touched=True), 1.2, 0.71) == pytest.approx(1.05)


def test_that_coupons_and_an_early_end_are_by_hand_where_nothing_swings() -> None:
    still = Shares((1e-9,), ((1.0,),))
    note = WorstOf((0.5, 1.0, 1.5), 1.0, 0.6, 0.04, call_level=1.0, coupon_level=0.9)

    def value(note: WorstOf, level: float, rate: float = 0.0) -> float:
        return worst_of_value(note, (level,), still, rate, RISKLESS)

    assert value(note, 1.1) == pytest.approx(1.04)  # ends at the first
    assert value(note, 0.95) == pytest.approx(1.12)  # three coupons
    assert value(note, 0.8) == pytest.approx(1.0)  # none
    assert value(note, 0.5) == pytest.approx(0.5)
    assert value(replace(note, call_level=None), 1.5) == pytest.approx(1.12)
    assert value(replace(note, coupon_level=None), 0.8) == pytest.approx(1.12)
    # Growing at the riskless rate it misses the first coupon, and has both with the second.
    late = replace(note, coupon_level=0.92, call_level=2.0, days=(0.5, 1.0))
    owed = [value(replace(late, has_memory=keeps), 0.9, 0.03) for keeps in (False, True)]
    assert owed == pytest.approx([1.04 * exp(-0.03), 1.08 * exp(-0.03)])


def test_that_every_valuation_draws_the_same_numbers_and_nobody_can_change_them() -> None:
    draws = _draws(3, 2)
    assert draws is _draws(3, 2)
    np.testing.assert_array_equal(draws[:, :, : PATHS // 2], -draws[:, :, PATHS // 2 :])
    with pytest.raises(ValueError, match="read-only"):
        draws[0, 0, 0] = 0.0


def test_that_a_note_far_above_its_call_level_ends_at_once() -> None:
    note = WorstOf((0.25, 0.5, 2.0), 1.0, 0.6, 0.03, call_level=1.0, coupon_level=0.7)
    value = worst_of_value(note, (3.0,), ONE, 0.04, RISKLESS)
    assert value == pytest.approx(1.03 * exp(-0.04 * 0.25), abs=1e-3)


def test_that_memory_pays_what_was_missed() -> None:
    note = WorstOf((0.5, 1.0, 1.5), 1.0, 0.6, 0.04, call_level=1.2, coupon_level=0.9)
    forgetful = worst_of_value(note, (0.9,), ONE, 0.03, RISKLESS)
    remembers = worst_of_value(replace(note, has_memory=True), (0.9,), ONE, 0.03, RISKLESS)
    assert forgetful < remembers < forgetful + 0.08


def test_that_trust_in_an_issuer_falls_with_its_share_but_a_part_is_recovered() -> None:
    credit = Credit(0.02)
    shares = [credit.after(move).discount(3.0) for move in (0.5, 0.0, -0.5, -0.99, -1.0)]
    assert shares == sorted(shares, reverse=True)
    assert credit.discount(3.0) == pytest.approx(exp(-0.06), abs=0.003)
    assert shares[-1] >= RECOVERY
    assert RISKLESS.after(-1.0).discount(10.0) == 1.0


TERMS = Convertible(0.02, 4.0)


def convertible(shares: float, terms: Convertible = TERMS, spread: float = 0.03) -> float:
    return convertible_value(terms, shares, rate=0.035, volatility=0.6, credit=Credit(spread)).total


def test_that_a_convertible_is_its_bond_when_shares_are_worthless_and_its_shares_when_they_soar() -> (
    None
):
    floor = convertible_value(TERMS, 1e-9, rate=0.035, volatility=0.6, credit=Credit(0.03))
    assert floor.option == pytest.approx(0.0, abs=1e-12)
    trust = Credit(0.03)
    owed = sum(0.01 * exp(-0.035 * n / 2) * trust.discount(n / 2) for n in range(1, 9))
    assert floor.floor == pytest.approx(owed + exp(-0.14) * trust.discount(4.0))
    # Deep in the money: shares and what remains of the bond's head start over them.
    assert convertible(20.0) == pytest.approx(20.0, rel=0.02)


@given(low=st.floats(0.05, 3.0), step=st.floats(0.01, 1.0))
def test_that_a_convertible_rises_with_its_share_but_never_faster(low: float, step: float) -> None:
    gained = convertible(low + step) - convertible(low)
    assert 0.0 <= gained <= step + 1e-12


def test_that_a_right_to_give_it_back_lifts_the_floor() -> None:
    plain = convertible(0.2)
    with_put = convertible(0.2, Convertible(0.02, 4.0, put_years=1.0))
    assert plain < with_put < 1.02
    assert convertible(0.2, Convertible(0.02, 4.0, put_years=6.0)) == plain


def state(form: NoteForm, **more: object) -> NoteState:
    terms: dict[str, object] = {
        "form": form,
        "underlyings": ("X.US",),
        "levels": (1.0,),
        "strike": 1.0,
        "barrier": 0.6,
        "coupon": 0.05,
        "years": 1.0,
        "threshold": None,
    }
    return NoteState(**(terms | more))  # type: ignore[arg-type]


def gains(note: NoteState, moves: list[float], lowest: list[float] | None = None) -> list[float]:
    moved = np.array([moves])
    low = moved if lowest is None else np.array([lowest])
    found = PlacedNote(note, (0,), ONE).gain(moved, low, np.zeros(len(moves)), 0.0, 0.03)
    return [float(gain) for gain in found]


@pytest.mark.parametrize(
    "note",
    [
        state(NoteForm.REVERSE_CONVERTIBLE),
        state(NoteForm.REVERSE_CONVERTIBLE, is_watched=True),
        state(NoteForm.AUTOCALLABLE, call_level=1.0, coupon_level=0.7, observations=(0.5,)),
        state(NoteForm.CONVERTIBLE, barrier=None, coupon=0.01),
    ],
    ids=["at the end", "watched", "autocallable", "convertible"],
)
def test_that_nothing_moved_means_nothing_gained_and_more_fallen_means_more_lost(
    note: NoteState,
) -> None:
    moves = [0.3, 0.1, 0.0, -0.1, -0.3, -0.5, -0.7, -0.95, -1.0]
    found = gains(note, moves)
    assert found[2] == 0.0
    assert found == sorted(found, reverse=True)
    assert all(gain >= -1.0 for gain in found)


def test_that_a_touch_on_the_way_breaks_a_watched_barrier_only() -> None:
    watched = state(NoteForm.REVERSE_CONVERTIBLE, is_watched=True)
    held, touched = gains(watched, [-0.1, -0.1], [-0.1, -0.5])
    assert touched < held - 0.02
    at_end = state(NoteForm.REVERSE_CONVERTIBLE)
    assert gains(at_end, [-0.1], [-0.5]) == gains(at_end, [-0.1])


def test_that_the_ends_of_a_note_count_from_today_unless_its_levels_are_known() -> None:
    unknown = ends_of(None, -0.3)
    assert (unknown.protected, unknown.broken) == pytest.approx((1.0, 0.7))
    known = ends_of(state(NoteForm.AUTOCALLABLE, levels=(1.2,), years=None), -0.5)
    assert (known.protected, known.broken) == pytest.approx((1.05, 0.65))


ROW = {
    "instrument": "C.US",
    "form": "convertible",
    "underlyings": "X.US",
    "levels": "120",
    "strike": "",
    "barrier": "",
    "coupon": "0.01",
    "maturity": "2030-06-15",
    "threshold": "",
    "as_of": "2026-06-01",
    "source": "prospectus",
    "watched": "",
    "touched": "",
    "call_level": "",
    "coupon_level": "",
    "observations": "",
    "memory": "",
    "issuer": "",
    "issuer_spread": "",
    "face": "1000",
    "ratio": "5.5",
    "put_date": "2028-06-15",
    "put_price": "1010",
}


def test_that_the_terms_of_a_convertible_are_read() -> None:
    terms = terms_from(ROW)
    assert terms.levels == pytest.approx((0.66,))
    assert terms.put_date == "2028-06-15"
    assert terms.put_price == pytest.approx(1.01)


@pytest.mark.parametrize(
    ("column", "value"),
    [("ratio", ""), ("ratio", "-5"), ("issuer_spread", "3"), ("put_date", "soon"), ("face", "0")],
)
def test_that_terms_that_cannot_be_are_refused(column: str, value: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        terms_from({**ROW, column: value})
