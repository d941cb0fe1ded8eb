from typing import Any

import numpy as np
import pytest

from levcheck.stress.issuer_credit import Credit
from levcheck.stress.notes import (
    Autocallable,
    ReverseConvertible,
    autocallable_payoff,
    bond_return,
    event_probability,
    level_probability,
    reverse_convertible_payoff,
    stressed_note_value,
    token_return,
    two_states,
)

NOTE = ReverseConvertible(1000.0, 0.08, 0.6)


@pytest.mark.parametrize(
    ("levels", "repaid"),
    [
        ([[0.7], [0.65]], 1080.0),
        ([[0.55], [0.80]], 880.0),
        ([[0.55], [1.05]], 1080.0),
        ([[0.9, 0.55], [1.2, 0.5]], 580.0),
    ],
)
def test_that_a_reverse_convertible_repays_by_its_barrier(
    levels: list[list[float]], repaid: float
) -> None:
    assert reverse_convertible_payoff(NOTE, np.array(levels)) == pytest.approx(repaid)


def test_that_a_low_strike_counts_losses_from_there() -> None:
    low = ReverseConvertible(1000.0, 0.0, 0.6, strike=0.8)
    assert reverse_convertible_payoff(low, np.array([[0.4]])) == pytest.approx(500.0)


def test_that_a_stressed_note_is_below_its_bond_and_falls_with_the_share() -> None:
    values = [
        stressed_note_value(NOTE, level, years=1.0, rate=0.036, volatility=0.4)
        for level in (1.2, 0.9, 0.61, 0.59, 0.3)
    ]
    assert values == sorted(values, reverse=True)
    assert values[0] < 1080.0 * np.exp(-0.036)
    assert values[-1] == pytest.approx(300.0 + 80.0 * np.exp(-0.036), rel=0.02)
    at_end = stressed_note_value(NOTE, 0.5, years=0.0, rate=0.036, volatility=0.4)
    assert at_end == pytest.approx(580.0)


def at_nine_tenths(**told: Any) -> float:
    return stressed_note_value(NOTE, 0.9, years=1.0, rate=0.036, volatility=0.4, **told)


def test_that_a_barrier_is_watched_or_touched_only_where_that_is_said() -> None:
    plain, value = at_nine_tenths(), at_nine_tenths
    assert plain == value(is_watched=False, is_touched=False)
    assert plain > value(is_watched=True) > value(is_touched=True)
    assert value(is_watched=True, is_touched=True) == value(is_touched=True)
    assert plain == value(credit=Credit(0.0))


AUTOCALL = Autocallable(1000.0, 1.0, 0.7, 0.6, 0.02, has_memory=True)


@pytest.mark.parametrize(
    ("levels", "paid", "ended"),
    [
        ([[1.01], [0.5]], 1020.0, 1),
        ([[0.65], [0.75], [1.0]], 1060.0, 3),
        ([[0.65], [0.65], [0.65]], 1000.0, 3),
        ([[0.65], [0.65], [0.55]], 550.0, 3),
    ],
)
def test_that_an_autocallable_pays_remembers_and_ends(
    levels: list[list[float]], paid: float, ended: int
) -> None:
    value, number = autocallable_payoff(AUTOCALL, np.array(levels))
    assert value == pytest.approx(paid)
    assert number == ended


def test_that_without_memory_missed_coupons_are_gone() -> None:
    plain = Autocallable(1000.0, 1.0, 0.7, 0.6, 0.02)
    assert autocallable_payoff(plain, np.array([[0.65], [1.0]]))[0] == pytest.approx(1020.0)


def test_that_without_terms_both_ends_are_told() -> None:
    states = two_states(1000.0, 0.05, 0.55)
    assert (states.protected, states.broken) == pytest.approx((1050.0, 600.0))


def test_that_odds_move_and_stay_odds() -> None:
    assert event_probability(0.5, 0.0) == 0.5
    assert event_probability(0.5, 1.0) == pytest.approx(1 - event_probability(0.5, -1.0))
    assert 0.0 < event_probability(0.9, -30.0) < 1e-10
    assert event_probability(1.0, -5.0) == 1.0
    assert event_probability(0.0, 5.0) == 0.0
    # However far the odds are pushed.
    assert (event_probability(0.5, 900.0), event_probability(0.5, -900.0)) == (1.0, 0.0)
    with pytest.raises(ValueError, match="between"):
        event_probability(1.2, 0.0)


def test_that_a_contract_on_a_level_is_a_probability() -> None:
    terms = {"years": 0.5, "rate": 0.0, "volatility": 0.5}
    assert level_probability(100.0, 100.0, **terms) == pytest.approx(0.4299, abs=1e-3)
    assert level_probability(101.0, 100.0, years=0.0, rate=0.0, volatility=0.5) == 1.0
    assert level_probability(99.0, 100.0, years=0.0, rate=0.0, volatility=0.5) == 0.0


def test_that_a_bond_falls_by_duration_and_convexity_softens_it() -> None:
    assert bond_return(0.01, 7.0) == pytest.approx(-0.07)
    assert bond_return(0.02, 17.0, 400.0) == pytest.approx(-0.26)


def test_that_a_token_resets_on_the_way_down_and_survives_what_ends_a_fund() -> None:
    made, resets = token_return([-0.4], 3.0, 0.15)
    assert resets == 3
    assert -1.0 < made < -0.8
    calm, none = token_return([0.05, -0.05], 3.0, 0.15)
    assert none == 0
    assert calm == pytest.approx(3.0 * (1.05 * 0.95 - 1.0))
    short, twice = token_return([0.35], -3.0, 0.15)
    assert twice == 2
    assert short > -1.0


def test_that_a_token_that_loses_all_between_two_resets_is_gone() -> None:
    assert token_return([-0.2, 0.5], 10.0, 0.15) == (-1.0, 1)
    assert token_return([-0.1, 0.5], 10.0, 0.15)[0] == pytest.approx(3.5)


def test_that_a_move_as_large_as_the_threshold_resets_and_one_a_hair_smaller_does_not() -> None:
    for move, factor, gained, resets in (
        (-0.15, 3.0, -0.45, 1),
        (-0.1499, 3.0, -0.4497, 0),
        (0.9, 3.0, 2.7, 0),
        (-0.9, -3.0, 2.7, 0),
    ):
        made, often = token_return([move], factor, 0.15)
        assert made == pytest.approx(gained)
        assert often == resets
