import math

import numpy as np
import pytest

from levcheck.stress.daily_reset import (
    ResetTerms,
    SpreadClass,
    break_even_move,
    closed_form_return,
    compound_daily_reset,
    default_spread,
    financed_share,
    financing_cost,
    forced_trade,
    hidden_drag,
    levels_from_returns,
    spread_class,
    step_returns,
    volatility_decay,
    wipe_out_move,
)

FACTORS = np.array([1.0, 2.0, 3.0, -1.0, -2.0, -3.0])
EXPECTED = np.array([-0.01, -0.04, -0.09, -0.01, -0.04, -0.09])


@pytest.mark.parametrize("path", [[-0.10, 0.10], [0.10, -0.10]])
def test_that_down_and_up_again_costs_each_multiple_its_share_in_either_order(
    path: list[float],
) -> None:
    made = compound_daily_reset(np.array(path)[:, None], FACTORS)
    np.testing.assert_allclose(made, EXPECTED, rtol=0, atol=1e-12)


@pytest.mark.parametrize(
    ("factor", "move"), [(2.0, -0.5), (3.0, -1 / 3), (-2.0, 0.5), (-1.0, 1.0), (2.0, -0.9)]
)
def test_that_a_fund_wiped_out_within_a_day_stays_at_zero(factor: float, move: float) -> None:
    path = np.array([[move], [0.5], [0.5]])
    assert compound_daily_reset(path, np.array([factor]))[0] == pytest.approx(-1.0, abs=1e-12)
    assert levels_from_returns(path * factor)[-1, 0] == pytest.approx(0.0, abs=1e-12)


def test_that_the_same_fall_costs_less_the_more_days_it_takes() -> None:
    one, five, month = (
        compound_daily_reset(np.full((n, 1), 0.87 ** (1 / n) - 1), np.array([2.0]))[0]
        for n in (1, 5, 21)
    )
    assert (one, five, month) == pytest.approx((-0.26, -0.246, -0.244), abs=5e-4)


def test_that_the_daily_step_is_the_written_formula() -> None:
    terms = ResetTerms.single(
        2.0, expense_ratio=0.0105, spread=0.08, underlying_expense_ratio=0.002
    )
    made = step_returns(np.array([[0.03]]), terms, np.array([3.0]), np.array([0.05]))[0, 0]
    expected = (
        2 * (0.03 + 0.002 * 3 / 365) - 1 * 0.05 * 3 / 360 - 1 * 0.08 * 3 / 360 - 0.0105 * 3 / 365
    )
    assert made == pytest.approx(expected, abs=1e-15)


def test_that_financing_is_income_for_a_bear_fund() -> None:
    assert financing_cost(-1.0, 0.04) == pytest.approx(-0.08)
    assert financing_cost(3.0, 0.04) == pytest.approx(0.08)
    still = step_returns(
        np.zeros((1, 1)), ResetTerms.single(-2.0), np.array([1.0]), np.array([0.05])
    )
    assert still[0, 0] == pytest.approx(3 * 0.05 / 360)


def test_that_only_what_rides_on_swaps_pays_the_spread() -> None:
    np.testing.assert_array_equal(financed_share(FACTORS), [0.0, 1.0, 2.0, 1.0, 2.0, 3.0])
    np.testing.assert_array_equal(financed_share(np.array([0.5, -0.5])), [0.0, 0.5])
    assert hidden_drag(3.0, 0.0075) == pytest.approx(0.015)


def test_that_the_class_defaults_are_the_published_table() -> None:
    assert default_spread(SpreadClass.INDEX, 3.0, None) == 0.0075
    assert default_spread(SpreadClass.INDEX, -3.0, None) == 0.0020
    assert default_spread(SpreadClass.CRYPTO, 2.0, 0.5) == 0.125
    stock = default_spread(SpreadClass.STOCK, 2.0, 0.5)
    assert stock == pytest.approx(0.007 + 0.28 * 0.25)
    assert default_spread(SpreadClass.STOCK, -2.0, 0.5) == pytest.approx(0.35 * (0.007 + 0.07))
    assert default_spread(SpreadClass.STOCK, 2.0, None) is None


@pytest.mark.parametrize(
    ("word", "group"),
    [
        ("index", SpreadClass.INDEX),
        ("Sector-Country", SpreadClass.SECTOR),
        ("stock_highvol", SpreadClass.STOCK),
        ("single_stock", SpreadClass.STOCK),
        ("vix", SpreadClass.VOLATILITY),
        ("", None),
        ("cheese", None),
        (None, None),
    ],
)
def test_that_asset_class_words_find_their_group(
    word: str | None, group: SpreadClass | None
) -> None:
    assert spread_class(word) is group


def test_that_the_closed_form_ties_bull_and_bear_together() -> None:
    bull = closed_form_return(-0.4, 2.0, volatility=0.8, years=1.8)
    bear = closed_form_return(-0.4, -2.0, volatility=0.8, years=1.8)
    assert math.log1p(bull) + math.log1p(bear) == pytest.approx(-4 * 0.64 * 1.8)


def test_that_decay_and_break_even_belong_together() -> None:
    assert volatility_decay(2.0, 0.5) == pytest.approx(1 - math.exp(-0.25))
    move = break_even_move(2.0, 0.5, 0.1)
    assert closed_form_return(
        move, 2.0, volatility=0.5, years=1.0, cost_per_year=0.1
    ) == pytest.approx(0.0, abs=1e-12)
    assert break_even_move(-2.0, 0.5, 0.1) < 0.0


def test_that_a_two_times_fund_must_sell_a_quarter_of_its_assets_after_such_a_fall() -> None:
    assert forced_trade(2.0, -0.13) == pytest.approx(-0.26)
    assert forced_trade(-1.0, 0.05) == pytest.approx(0.10)


def test_that_the_move_that_ends_a_fund_is_told() -> None:
    assert wipe_out_move(2.0) == -0.5
    assert wipe_out_move(-2.0) == 0.5
    assert wipe_out_move(1.0) is None


@pytest.mark.parametrize(
    ("returns", "factors"),
    [
        (np.zeros(3), np.ones(1)),
        (np.zeros((2, 3)), np.ones(2)),
        (np.array([[np.nan]]), np.ones(1)),
    ],
)
def test_that_wrong_shapes_and_values_are_refused(
    returns: np.ndarray[tuple[int, ...], np.dtype[np.float64]],
    factors: np.ndarray[tuple[int, ...], np.dtype[np.float64]],
) -> None:
    with pytest.raises(ValueError, match=r"return|finite|column"):
        compound_daily_reset(returns, factors)


def test_that_days_and_rates_must_fit_the_returns() -> None:
    with pytest.raises(ValueError, match="per day"):
        step_returns(np.zeros((2, 1)), ResetTerms.single(2.0), np.ones(1), np.zeros(2))
