import numpy as np
import pytest

from levcheck.stress.margin import (
    MarginAccount,
    call_value,
    fall_to_call,
    maintenance_of,
    margin_after,
)
from levcheck.stress.rebalancing import (
    amplified_move,
    before_amplification,
    days_to_exit,
    flow_per_percent,
    forced_flow,
    impact,
    rebalancing_flow,
)


def test_that_the_six_billion_of_the_korean_day_come_from_24_billion_of_assets() -> None:
    flow = rebalancing_flow(np.array([2.0]), np.array([24.2]), -0.124)
    assert flow[0] == pytest.approx(-6.0, abs=0.01)


def test_that_the_korean_day_is_a_range_with_its_inputs() -> None:
    calm = forced_flow(
        np.array([2.0]), np.array([23.5]), -0.124, turnover=5.83 / 0.14, daily_volatility=0.045
    )
    wild = forced_flow(
        np.array([2.0]), np.array([31.8]), -0.124, turnover=7.9 / 0.26, daily_volatility=0.055
    )
    assert (calm.amount, wild.amount) == pytest.approx((-5.8, -7.9), abs=0.05)
    assert calm.share_of_turnover == pytest.approx(0.14, abs=0.001)
    assert calm.mechanical_move is not None
    assert wild.mechanical_move is not None
    assert -calm.mechanical_move.high == pytest.approx(0.0084, abs=0.0005)
    assert -wild.mechanical_move.low == pytest.approx(0.028, abs=0.0005)
    assert calm.amplification is not None
    assert wild.amplification is not None
    assert calm.amplification.low == pytest.approx(1.07, abs=0.01)
    assert wild.amplification.high == pytest.approx(1.30, abs=0.01)


def test_that_there_and_back_through_the_feedback_is_the_same_move() -> None:
    inputs = {"flow_per_move": 48.0, "turnover": 43.0, "daily_volatility": 0.05, "prefactor": 1.0}
    total = amplified_move(-0.10, **inputs)
    assert total < -0.10
    assert before_amplification(total, **inputs) == pytest.approx(-0.10, rel=1e-9)
    assert amplified_move(0.0, **inputs) == 0.0
    tiny = amplified_move(1e-7, **(inputs | {"flow_per_move": 10.0}))
    assert 1e-7 <= tiny < 2e-7


def test_that_impact_is_a_square_root_joined_to_a_line() -> None:
    assert impact(0.04, 0.05, 1.0) == pytest.approx(0.01)
    assert impact(1e-3, 0.05, 1.0) == pytest.approx(impact(1e-3 - 1e-12, 0.05, 1.0), rel=1e-6)
    assert impact(1e-6, 0.05, 1.0) == pytest.approx(impact(1e-4, 0.05, 1.0) / 100)


def test_that_bulls_and_bears_trade_the_same_way() -> None:
    flows = rebalancing_flow(np.array([3.0, -3.0, -1.0, 1.0]), np.ones(4), -0.01)
    np.testing.assert_allclose(flows, [-0.06, -0.12, -0.02, 0.0])
    assert flow_per_percent(np.array([2.0, -1.0]), np.array([10.0, 5.0])) == pytest.approx(0.3)


def test_that_what_is_not_known_is_not_told() -> None:
    bare = forced_flow(np.array([2.0]), np.array([10.0]), -0.1)
    assert (bare.share_of_turnover, bare.amplification, bare.mechanical_move) == (None, None, None)
    assert forced_flow(np.array([2.0]), np.array([10.0]), -0.1, turnover=50.0).amplification is None
    assert days_to_exit(100.0, 50.0) == pytest.approx(20.0)
    assert days_to_exit(100.0, None) is None


def test_that_the_rule_multiplies_maintenance_by_the_daily_multiple() -> None:
    shares = maintenance_of(np.array([1.0, 2.0, -3.0, 3.0]), np.array([1.0, 1.0, -1.0, 1.0]), 0.4)
    np.testing.assert_allclose(shares, [0.4, 0.8, 1.0, 1.0])


def test_that_the_call_comes_at_the_worked_price() -> None:
    assert fall_to_call(0.5, 0.25) == pytest.approx(-1 / 3)
    assert fall_to_call(0.5, 0.5) == 0.0
    assert fall_to_call(0.5, 1.0) == 0.0
    assert call_value(60.0, 0.25) == pytest.approx(80.0)
    assert call_value(60.0, 1.0) is None


def test_that_a_two_times_fund_on_sixty_percent_equity_is_called_after_a_thirteenth() -> None:
    account = MarginAccount(np.array([100.0]), np.array([0.5]), 40.0)
    after = margin_after(account, np.array([-26.0]))
    assert after.equity / 74.0 == pytest.approx(0.4595, abs=1e-4)
    assert after.is_called
    sold = after.forced_sale
    assert sold == pytest.approx(74.0 - 34.0 / 0.5)
    cured = margin_after(
        MarginAccount(np.array([74.0 - sold]), np.array([0.5]), 40.0 - sold), np.zeros(1)
    )
    assert not cured.is_called
    assert account.required == 50.0
    assert account.equity == 60.0


def test_that_a_loss_beyond_the_equity_sells_all_and_says_so() -> None:
    account = MarginAccount(np.array([100.0]), np.array([0.25]), 60.0)
    after = margin_after(account, np.array([-70.0]))
    assert after.is_wiped_out
    assert after.forced_sale == 30.0
    assert not margin_after(account, np.zeros(1)).is_called
