"""Options by full revaluation: never by delta and gamma, which fail beyond a few percent.

European by Black, Scholes and Merton with a payout yield; American by the tree of Cox, Ross and Rubinstein.

Sources: Merton (1973), "Theory of Rational Option Pricing", Bell Journal of Economics 4(1), 141-183;
Cox, Ross and Rubinstein (1979), "Option Pricing: A Simplified Approach", Journal of Financial Economics 7, 229-263.
"""

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

import numpy as np

from levcheck.stress.daily_reset import FloatArray
from levcheck.stress.normal import cumulative

_STEPS: Final = 101
_LOWEST_VOLATILITY: Final = 1e-4
_HIGHEST_VOLATILITY: Final = 10.0
_LEAST_TIME: Final = 1e-6
_VOLATILITY_TOLERANCE: Final = 1e-7


@dataclass(frozen=True, slots=True)
class OptionState:
    """Everything the value of one option on one share depends on.

    Attributes:
        spot: price of the underlying, > 0.
        strike: > 0.
        years: time to expiry, ≥ 0.
        rate: continuously compounded, fraction a year.
        volatility: fraction a year.
        is_call: call or put.
        payout: dividend yield, fraction a year.
        is_american: whether it may be exercised early.
    """

    spot: float
    strike: float
    years: float
    rate: float
    volatility: float
    is_call: bool
    payout: float = 0.0
    is_american: bool = False


@lru_cache(maxsize=4096)
def option_value(state: OptionState) -> float:
    """Return the value of one option on one share; its intrinsic value at expiry.

    Raises:
        ValueError: a price is not positive, or time or volatility is negative.
    """
    if min(state.spot, state.strike) <= 0.0 or min(state.years, state.volatility) < 0.0:
        raise ValueError("prices must be positive, time and volatility not negative")
    if state.years <= _LEAST_TIME:
        return _intrinsic(state)
    safe = replace(state, volatility=max(state.volatility, _LOWEST_VOLATILITY))
    return _tree_value(safe) if _may_be_exercised_early(safe) else european_value(safe)


def _may_be_exercised_early(state: OptionState) -> bool:
    """Whether waiting can cost: a call waits for nothing but dividends, a put for nothing but interest."""
    return state.is_american and (state.payout > 0.0 if state.is_call else state.rate > 0.0)


def european_value(state: OptionState) -> float:
    """Return the Black-Scholes-Merton value."""
    width = state.volatility * np.sqrt(state.years)
    forward = np.log(state.spot / state.strike) + (state.rate - state.payout) * state.years
    d1 = (forward + 0.5 * width**2) / width
    sign = 1.0 if state.is_call else -1.0
    owned = state.spot * np.exp(-state.payout * state.years) * cumulative(sign * d1)
    owed = state.strike * np.exp(-state.rate * state.years) * cumulative(sign * (d1 - width))
    # Far out of the money the two differ by their last bit, and no option is worth less than nothing.
    return max(float(sign * (owned - owed)), 0.0)


def _tree_value(state: OptionState, steps: int = _STEPS) -> float:
    """Return the American value on a tree, with the European tree's error taken out (control variate)."""
    american, european = _tree(state, steps)
    return max(american + european_value(state) - european, _intrinsic(state))


def _tree(state: OptionState, steps: int) -> tuple[float, float]:
    time = state.years / steps
    # A step never so short that the drift leaves the fork: the probability stays between 0 and 1.
    up = np.exp(max(state.volatility * np.sqrt(time), 1.01 * abs(state.rate - state.payout) * time))
    chance = (np.exp((state.rate - state.payout) * time) - 1.0 / up) / (up - 1.0 / up)
    discount = np.exp(-state.rate * time)
    # Every price the tree can reach; those of one level are every other one of the middle part.
    reached = _payoff(state, state.spot * up ** np.arange(steps, -steps - 1, -1, dtype=float))
    value = np.stack([reached[::2], reached[::2]])
    high, low = discount * chance, discount * (1.0 - chance)
    for level in range(steps - 1, -1, -1):
        value = high * value[:, :-1] + low * value[:, 1:]
        np.maximum(value[0], reached[steps - level : steps + level + 1 : 2], out=value[0])
    return float(value[0, 0]), float(value[1, 0])


def _payoff(state: OptionState, prices: FloatArray) -> FloatArray:
    sign = 1.0 if state.is_call else -1.0
    return np.maximum(sign * (prices - state.strike), 0.0)


def _intrinsic(state: OptionState) -> float:
    return float(_payoff(state, np.array([state.spot]))[0])


def implied_volatility(state: OptionState, price: float) -> float | None:
    """Return the volatility at which the option is worth `price`; None when no volatility gives it."""
    low = option_value(replace(state, volatility=_LOWEST_VOLATILITY))
    high = option_value(replace(state, volatility=_HIGHEST_VOLATILITY))
    if not low <= price <= high:
        return None
    bottom, top = _LOWEST_VOLATILITY, _HIGHEST_VOLATILITY
    while top - bottom > _VOLATILITY_TOLERANCE:
        middle = 0.5 * (bottom + top)
        if option_value(replace(state, volatility=middle)) < price:
            bottom = middle
        else:
            top = middle
    return 0.5 * (bottom + top)


def option_delta(state: OptionState) -> float:
    """Return the change of value for a change of the underlying of one, by a bump of one tenth of a percent."""
    bump = 1e-3 * state.spot
    up = option_value(replace(state, spot=state.spot + bump))
    down = option_value(replace(state, spot=state.spot - bump))
    return (up - down) / (2.0 * bump)


def stressed_option_value(
    state: OptionState, move: float, *, years_passed: float = 0.0, smile: float = 0.0
) -> float:
    """Return the value after the underlying moved, time passed and volatility answered.

    Args:
        state: before the shock.
        move: return of the underlying, > −1; for an option on a leveraged fund, the fund's own return.
        years_passed: at most the time left.
        smile: volatility change per unit of ln(1 + move), usually negative: falls make options dearer.

    Raises:
        ValueError: see :func:`option_value`.
    """
    if move <= -1.0:
        left = state.strike * np.exp(-state.rate * max(state.years - years_passed, 0.0))
        return 0.0 if state.is_call else float(state.strike if state.is_american else left)
    volatility = max(state.volatility + smile * float(np.log1p(move)), _LOWEST_VOLATILITY)
    return option_value(
        replace(
            state,
            spot=state.spot * (1.0 + move),
            years=max(state.years - years_passed, 0.0),
            volatility=volatility,
        )
    )
