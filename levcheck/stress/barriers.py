"""Puts that come to life at a barrier: watched at the end only, or all the time.

Source: Reiner and Rubinstein (1991), "Breaking Down the Barriers", Risk 4(8), 28-35, for the put that a touch at any
moment brings to life; without dividends, for a note pays none on.
"""

from math import exp, log, sqrt
from typing import Final

from levcheck.stress.normal import cumulative

LEAST_TIME: Final = 1e-9
_LEAST_PRICE: Final = 1e-12
_LEAST_VOLATILITY: Final = 1e-6


def put(spot: float, strike: float, years: float, rate: float, volatility: float) -> float:
    """Return a plain European put."""
    return put_ending_below(spot, strike, strike, years, rate, volatility)


def put_ending_below(
    spot: float, strike: float, barrier: float, years: float, rate: float, volatility: float
) -> float:
    """Return a put that pays only when the share ends at or below a barrier not above the strike."""
    if years <= LEAST_TIME:
        return max(strike - spot, 0.0) if spot <= barrier else 0.0
    width = max(volatility, _LEAST_VOLATILITY) * sqrt(years)
    d1 = (log(max(spot, _LEAST_PRICE) / barrier) + rate * years) / width + 0.5 * width
    paid = strike * exp(-rate * years) * _below(-(d1 - width))
    return paid - spot * _below(-d1)


def down_and_in_put(
    spot: float, strike: float, barrier: float, years: float, rate: float, volatility: float
) -> float:
    """Return a put that a touch of the barrier at any moment brings to life; the barrier is not above the strike."""
    if spot <= barrier:
        return put(spot, strike, years, rate, volatility)
    if years <= LEAST_TIME:
        return 0.0
    swing = max(volatility, _LEAST_VOLATILITY)
    width = swing * sqrt(years)
    power = 0.5 + rate / swing**2
    y = log(barrier**2 / (spot * strike)) / width + power * width
    y1 = log(barrier / spot) / width + power * width
    # A far barrier and a small swing make the reflected share's weight overflow long before it counts.
    weight = exp(min(2.0 * power * log(barrier / spot), 0.0))
    reflected = weight * (_below(y) - _below(y1))
    owed = weight * (spot / barrier) ** 2 * (_below(y - width) - _below(y1 - width))
    below = put_ending_below(spot, strike, barrier, years, rate, swing)
    found = below + spot * reflected - strike * exp(-rate * years) * owed
    return min(max(found, below), put(spot, strike, years, rate, swing))


def _below(x: float) -> float:
    return float(cumulative(x))
