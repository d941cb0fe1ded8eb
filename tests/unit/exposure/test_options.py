"""Option deltas from the option's own price."""

import math

import pytest

from levcheck.exposure.options import implied_volatility, option_delta, option_price


def test_that_the_textbook_call_and_put_come_out() -> None:
    # Hull, Options, Futures, and Other Derivatives: S=42, K=40, r=10 %, volatility 20 %, half a year.
    assert option_price(42, 40, 0.5, 0.10, 0.20, is_call=True) == pytest.approx(4.76, abs=0.005)
    assert option_price(42, 40, 0.5, 0.10, 0.20, is_call=False) == pytest.approx(0.81, abs=0.005)


def test_that_a_price_gives_its_volatility_back() -> None:
    for volatility in (0.05, 0.4, 1.5):
        for is_call in (True, False):
            price = option_price(100, 110, 0.7, 0.04, volatility, is_call=is_call)
            found = implied_volatility(price, 100, 110, 0.7, 0.04, is_call=is_call)
            assert found == pytest.approx(volatility, abs=1e-6)


def test_that_delta_is_the_slope_of_the_price() -> None:
    def price(spot: float) -> float:
        return option_price(spot, 100, 0.5, 0.04, 0.5, is_call=False)

    slope = (price(95.001) - price(94.999)) / 0.002
    found = option_delta(price(95.0), 95.0, 100, 0.5, 0.04, is_call=False)
    assert found == pytest.approx(slope, abs=1e-6)


def test_that_an_option_at_its_exercise_value_moves_one_for_one() -> None:
    assert option_delta(50.0, 50.0, 100.0, 1.0, 0.04, is_call=False) == -1.0
    assert option_delta(20.0, 120.0, 100.0, 0.0, 0.04, is_call=True) == 1.0
    assert option_delta(0.0, 80.0, 100.0, 0.0, 0.04, is_call=True) == 0.0
    assert option_delta(0.0, 80.0, 100.0, 0.5, 0.04, is_call=True) == 0.0


def test_that_figures_that_contradict_each_other_give_no_delta() -> None:
    assert option_delta(150.0, 100.0, 100.0, 1.0, 0.04, is_call=True) is None
    assert option_delta(1.0, 100.0, 100.0, -0.1, 0.04, is_call=True) is None
    assert option_delta(1.0, 0.0, 100.0, 0.1, 0.04, is_call=True) is None
    assert not math.isnan(option_delta(1.0, 100.0, 100.0, 1e-6, 0.04, is_call=True) or 0.0)
