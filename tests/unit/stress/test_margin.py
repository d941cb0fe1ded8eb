"""What a broker demands after a loss: worked out by hand."""

import numpy as np
import pytest

from levcheck.stress.margin import (
    MarginAccount,
    call_value,
    fall_to_call,
    maintenance_of,
    margin_after,
)

LONG = MarginAccount(np.array([100_000.0]), np.array([0.25]), 50_000.0)


@pytest.mark.parametrize(
    ("pnl", "state"),
    [
        (-20_000.0, (30_000.0, 20_000.0, 0.0, 0.0, False, False)),
        (-33_333.0, (16_667.0, 16_666.75, 0.0, 0.0, False, False)),
        (-40_000.0, (10_000.0, 15_000.0, 5_000.0, 20_000.0, True, False)),
        (-50_000.0, (0.0, 12_500.0, 12_500.0, 50_000.0, True, False)),
        (-60_000.0, (-10_000.0, 10_000.0, 20_000.0, 40_000.0, True, True)),
    ],
)
def test_that_a_loss_is_demanded_back_as_the_rule_says(
    pnl: float, state: tuple[float, ...]
) -> None:
    after = margin_after(LONG, np.array([pnl]))
    figures = (after.equity, after.required, after.shortfall, after.forced_sale)
    assert figures == pytest.approx(state[:4])
    assert (after.is_called, after.is_wiped_out) == state[4:]


def test_that_what_is_left_after_a_forced_sale_is_exactly_enough() -> None:
    after = margin_after(LONG, np.array([-40_000.0]))
    assert (60_000.0 - after.forced_sale) * 0.25 == pytest.approx(after.equity)


def test_that_longs_and_shorts_demand_each_their_own_share() -> None:
    both = MarginAccount(np.array([60_000.0, -40_000.0]), np.array([0.25, 0.30]), 0.0)
    now = margin_after(both, np.zeros(2))
    assert now.equity == 20_000.0
    assert now.required == pytest.approx(15_000.0 + 12_000.0)
    assert now.is_called
    assert now.forced_sale == pytest.approx(7_000.0 / 0.27)


def test_that_an_account_of_debt_alone_is_wiped_out_and_has_nothing_to_sell() -> None:
    bare = margin_after(MarginAccount(np.zeros(0), np.zeros(0), 5.0), np.zeros(0))
    assert (bare.equity, bare.shortfall, bare.forced_sale) == (-5.0, 5.0, 0.0)
    assert bare.is_called
    assert bare.is_wiped_out


def test_that_an_account_knows_what_it_owns_and_what_is_demanded() -> None:
    both = MarginAccount(np.array([60_000.0, -40_000.0]), np.array([0.25, 0.30]), 5_000.0)
    assert both.equity == 15_000.0
    assert both.required == 27_000.0


def test_that_a_multiple_is_demanded_as_often_and_never_more_than_all() -> None:
    factor = np.array([1.0, 0.5, 2.0, -2.0, 3.0, 5.0, 2.0])
    value = np.array([1.0, 1.0, 1.0, 1.0, -1.0, 1.0, 0.0])
    rule = [0.25, 0.25, 0.5, 0.5, 0.9, 1.0, 0.5]
    assert maintenance_of(factor, value).tolist() == pytest.approx(rule)


def test_that_a_house_may_demand_more_than_the_rule_and_never_less() -> None:
    factor, value = np.array([1.0, 1.0]), np.array([1.0, -1.0])
    assert maintenance_of(factor, value, 0.4).tolist() == [0.4, 0.4]
    assert maintenance_of(factor, value, 0.27).tolist() == [0.27, 0.30]
    assert maintenance_of(factor, value, 0.0).tolist() == [0.25, 0.30]


def test_that_the_value_at_which_a_position_is_called_leaves_exactly_what_is_demanded() -> None:
    called = call_value(50_000.0, 0.25)
    assert called is not None
    assert called == pytest.approx(66_666.67, abs=0.01)
    assert called * 0.75 == pytest.approx(50_000.0)
    assert call_value(50_000.0, 1.0) is None


@pytest.mark.parametrize(
    ("initial", "maintenance", "fall"),
    [(0.5, 0.25, -1 / 3), (1.0, 0.25, -1.0), (0.25, 0.25, 0.0), (0.2, 0.25, 0.0), (0.5, 1.0, 0.0)],
)
def test_that_the_fall_to_a_call_is_what_credit_leaves(
    initial: float, maintenance: float, fall: float
) -> None:
    assert fall_to_call(initial, maintenance) == pytest.approx(fall)


def test_that_a_hair_below_what_is_demanded_is_no_call() -> None:
    exact = MarginAccount(np.array([100.0]), np.array([0.25]), 75.0)
    assert not margin_after(exact, np.zeros(1)).is_called
    assert not margin_after(exact, np.array([-1e-12])).is_called
    assert margin_after(exact, np.array([-0.01])).is_called
