from dataclasses import replace

import numpy as np
import pytest

from levcheck.stress.options import (
    OptionState,
    implied_volatility,
    option_delta,
    option_value,
    stressed_option_value,
)

# Hull, Options, Futures, and Other Derivatives: chapter on the Black-Scholes-Merton model.
TEXTBOOK = OptionState(42.0, 40.0, 0.5, 0.10, 0.20, is_call=True)


@pytest.mark.parametrize(
    ("state", "published", "tolerance"),
    [
        (TEXTBOOK, 4.76, 0.005),
        (replace(TEXTBOOK, is_call=False), 0.81, 0.005),
        # Haug, The Complete Guide to Option Pricing Formulas: Merton with a yield.
        (OptionState(100.0, 95.0, 0.5, 0.10, 0.20, is_call=False, payout=0.05), 2.4648, 5e-5),
        # Hull's American put, converged value of the tree.
        (
            OptionState(50.0, 50.0, 5 / 12, 0.10, 0.40, is_call=False, is_american=True),
            4.284,
            0.003,
        ),
    ],
)
def test_that_published_values_come_out(
    state: OptionState, published: float, tolerance: float
) -> None:
    assert option_value(state) == pytest.approx(published, abs=tolerance)


def test_that_an_american_call_without_dividends_is_worth_the_european() -> None:
    american = option_value(replace(TEXTBOOK, is_american=True))
    assert american == pytest.approx(option_value(TEXTBOOK), abs=1e-3)


def test_that_early_exercise_is_never_worth_less() -> None:
    put = replace(TEXTBOOK, is_call=False, spot=30.0)
    assert option_value(replace(put, is_american=True)) >= max(option_value(put), 10.0)


def test_that_an_expired_option_is_worth_what_it_pays() -> None:
    assert option_value(replace(TEXTBOOK, years=0.0)) == 2.0
    assert option_value(replace(TEXTBOOK, years=0.0, is_call=False)) == 0.0


def test_that_the_volatility_put_in_comes_out_again() -> None:
    found = implied_volatility(TEXTBOOK, option_value(TEXTBOOK))
    assert found == pytest.approx(0.20, abs=1e-6)
    assert implied_volatility(TEXTBOOK, 50.0) is None


def test_that_delta_is_the_slope() -> None:
    assert option_delta(TEXTBOOK) == pytest.approx(0.7791, abs=1e-3)


def test_that_a_fall_to_nothing_ends_a_call_and_fills_a_put() -> None:
    assert stressed_option_value(TEXTBOOK, -1.0) == 0.0
    put = replace(TEXTBOOK, is_call=False, is_american=True)
    assert stressed_option_value(put, -1.0) == 40.0
    assert stressed_option_value(replace(put, is_american=False), -1.0) == pytest.approx(
        38.05, abs=0.01
    )


def test_that_volatility_rises_with_a_fall_when_the_smile_says_so() -> None:
    put = replace(TEXTBOOK, is_call=False)
    plain = stressed_option_value(put, -0.1)
    assert stressed_option_value(put, -0.1, smile=-0.5) > plain
    assert stressed_option_value(put, -0.1, years_passed=9.0) == pytest.approx(2.2)


@pytest.mark.parametrize(
    "bad", [{"spot": 0.0}, {"strike": -1.0}, {"years": -1.0}, {"volatility": -0.1}]
)
def test_that_impossible_inputs_are_refused(bad: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="positive"):
        option_value(replace(TEXTBOOK, **bad))  # type: ignore[arg-type]


def test_that_a_call_is_exercised_early_for_dividends_alone_and_a_put_for_interest_alone() -> None:
    american = replace(TEXTBOOK, is_american=True)
    assert option_value(american) == option_value(TEXTBOOK)
    rich = replace(TEXTBOOK, spot=60.0, payout=0.15)
    # Waiting half a year for a share that pays this much costs more than the interest on the strike brings.
    assert option_value(replace(rich, is_american=True)) == pytest.approx(20.0, abs=0.01)
    assert option_value(rich) < 18.5
    put = replace(TEXTBOOK, is_call=False, rate=0.0, payout=0.02)
    assert option_value(replace(put, is_american=True)) == option_value(put)


def test_that_a_call_on_what_pays_the_riskless_rate_is_worth_a_little_more_when_it_is_american() -> (
    None
):
    state = OptionState(100.0, 100.0, 0.25, 0.08, 0.22, is_call=True, payout=0.08, is_american=True)
    european = option_value(replace(state, is_american=False))
    assert european < option_value(state) < european + 0.05


def test_that_a_certain_option_is_worth_what_it_will_pay() -> None:
    certain = replace(TEXTBOOK, volatility=0.0)
    assert option_value(certain) == pytest.approx(42.0 - 40.0 * np.exp(-0.05), abs=1e-9)
    assert option_value(replace(certain, spot=30.0)) == 0.0


@pytest.mark.parametrize("volatility", [0.05, 0.4, 3.0])
@pytest.mark.parametrize("is_call", [True, False])
def test_that_any_volatility_comes_out_again(*, volatility: float, is_call: bool) -> None:
    state = replace(TEXTBOOK, spot=40.0, volatility=volatility, is_call=is_call)
    assert implied_volatility(state, option_value(state)) == pytest.approx(volatility, abs=1e-6)


def test_that_a_price_no_volatility_gives_has_none() -> None:
    least = option_value(replace(TEXTBOOK, volatility=1e-4))
    assert implied_volatility(TEXTBOOK, least - 0.01) is None
    assert implied_volatility(TEXTBOOK, 42.01) is None


def test_that_the_delta_of_a_put_is_one_less_and_a_far_fall_leaves_time_and_smile_their_part() -> (
    None
):
    put = replace(TEXTBOOK, is_call=False)
    assert option_delta(put) == pytest.approx(option_delta(TEXTBOOK) - 1.0, abs=1e-9)
    moved = replace(put, spot=42.0 * 0.8, years=0.25, volatility=0.2 + 0.3 * -np.log(0.8))
    assert stressed_option_value(put, -0.2, years_passed=0.25, smile=-0.3) == option_value(moved)
    # A smile that would make volatility negative leaves the option its certain value.
    calm = stressed_option_value(TEXTBOOK, 0.5, smile=-5.0)
    assert calm == pytest.approx(63.0 - 40.0 * np.exp(-0.05), abs=1e-9)


def test_that_a_put_on_a_worthless_share_waits_for_its_strike_no_longer_than_it_runs() -> None:
    put = replace(TEXTBOOK, is_call=False)
    assert stressed_option_value(put, -1.0, years_passed=9.0) == 40.0
    assert stressed_option_value(put, -1.0, years_passed=0.25) == pytest.approx(
        40.0 * np.exp(-0.025)
    )
