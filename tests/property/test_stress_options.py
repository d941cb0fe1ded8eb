"""Laws of option values."""

from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from levcheck.stress.options import OptionState, option_value, stressed_option_value


@st.composite
def states(draw: st.DrawFn) -> OptionState:
    return OptionState(
        draw(st.floats(1.0, 1000.0)),
        draw(st.floats(1.0, 1000.0)),
        draw(st.floats(0.01, 3.0)),
        draw(st.floats(-0.02, 0.15)),
        draw(st.floats(0.02, 2.0)),
        draw(st.booleans()),
        draw(st.floats(0.0, 0.1)),
    )


@given(states())
def test_that_put_and_call_differ_by_the_forward(state: OptionState) -> None:
    call = option_value(replace(state, is_call=True))
    put = option_value(replace(state, is_call=False))
    forward = state.spot * np.exp(-state.payout * state.years) - state.strike * np.exp(
        -state.rate * state.years
    )
    assert abs(call - put - forward) <= 1e-9 * (state.spot + state.strike)


@given(states(), st.floats(-0.9, 2.0), st.floats(-0.9, 2.0))
def test_that_calls_rise_and_puts_fall_with_the_underlying(
    state: OptionState, a: float, b: float
) -> None:
    low, high = (stressed_option_value(state, move) for move in sorted((a, b)))
    slack = 1e-9 * (state.spot + state.strike)
    assert low <= high + slack if state.is_call else high <= low + slack


@given(states(), st.floats(-1.0, 2.0))
def test_that_a_bought_option_never_loses_more_than_its_price(
    state: OptionState, move: float
) -> None:
    assert stressed_option_value(state, move) >= 0.0


@given(states(), st.floats(0.0, 1.0))
def test_that_more_volatility_is_never_worth_less(state: OptionState, more: float) -> None:
    dearer = option_value(replace(state, volatility=state.volatility + more))
    assert dearer >= option_value(state) - 1e-9 * (state.spot + state.strike)
