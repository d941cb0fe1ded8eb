"""How many shares an option stands for today, from its own price."""

import math
from typing import Final

_LEAST, _MOST = 1e-4, 20.0
_STEPS: Final = 100


def option_price(
    spot: float, strike: float, years: float, rate: float, volatility: float, *, is_call: bool
) -> float:
    """Return the value of a European option without dividends, per share.

    Args:
        spot: price of the underlying.
        strike: strike price.
        years: time to expiry, positive.
        rate: overnight rate, fraction a year, continuous.
        volatility: fraction a year, positive.
        is_call: call or put.

    Source: Black and Scholes (1973), "The Pricing of Options and Corporate Liabilities", JPE 81(3), equation 13.

    >>> round(option_price(100, 100, 1.0, 0.05, 0.2, is_call=True), 4)
    10.4506
    """
    d1, d2 = _distances(spot, strike, years, rate, volatility)
    later = strike * math.exp(-rate * years)
    if is_call:
        return spot * _normal(d1) - later * _normal(d2)
    return later * _normal(-d2) - spot * _normal(-d1)


def implied_volatility(
    price: float, spot: float, strike: float, years: float, rate: float, *, is_call: bool
) -> float | None:
    """Return the volatility at which an option is worth its price; None where no volatility gives it."""

    def worth(volatility: float) -> float:
        return option_price(spot, strike, years, rate, volatility, is_call=is_call)

    low, high = _LEAST, _MOST
    if not worth(low) < price < worth(high):
        return None
    for _ in range(_STEPS):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if worth(middle) < price else (low, middle)
    return 0.5 * (low + high)


def option_delta(
    price: float, spot: float, strike: float, years: float, rate: float, *, is_call: bool
) -> float | None:
    """Return how much an option moves for a unit move of its underlying, 0 to 1 for calls, −1 to 0 for puts.

    The volatility is the one its own price implies. An option worth no more than exercising it at once moves with
    its underlying one for one.

    Args:
        price: of the option, per share.
        spot: price of the underlying.
        strike: strike price.
        years: time to expiry; 0 = today.
        rate: overnight rate, fraction a year.
        is_call: call or put.

    Returns:
        The delta; None where the figures contradict each other (worth more than its underlying, or than nothing
        on its last day).
    """
    side = 1.0 if is_call else -1.0
    intrinsic = max(side * (spot - strike), 0.0)
    if spot <= 0 or strike <= 0 or price < 0 or years < 0:
        return None
    if years == 0 or 0 < price <= intrinsic:
        return side if intrinsic > 0 else 0.0
    volatility = implied_volatility(price, spot, strike, years, rate, is_call=is_call)
    if volatility is not None:
        d1, _ = _distances(spot, strike, years, rate, volatility)
        return _normal(d1) if is_call else _normal(d1) - 1.0
    if price > (spot if is_call else strike):
        return None
    return side if intrinsic > 0 else 0.0


def _distances(
    spot: float, strike: float, years: float, rate: float, volatility: float
) -> tuple[float, float]:
    width = volatility * math.sqrt(years)
    d1 = (math.log(spot / strike) + (rate + volatility**2 / 2) * years) / width
    return d1, d1 - width


def _normal(x: float) -> float:
    return 0.5 * math.erfc(-x / math.sqrt(2.0))
