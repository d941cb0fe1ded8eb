"""Funds that promise a multiple of each day's move: what a path of the underlying makes of them, and what they cost.

The daily step (all rates a year, calendar days between closes)::

    R = L(u + e_u d/365) − (L−1) f d/360 − k s d/360 − ER d/365        k = L−1 for L ≥ 1, |L| for L < 0
    NAV ← NAV · max(1 + R, 0)

with `u` the underlying's total return, `e_u` its own expense ratio, `f` the overnight rate, `s` the swap spread
including trading drag, and `ER` the fund's expense ratio. For L < 0 the term −(L−1)f is income.

Sources: Cheng and Madhavan (2009), "The Dynamics of Leveraged and Inverse Exchange-Traded Funds", Journal of
Investment Management 7(4); Avellaneda and Zhang (2010), "Path-Dependence of Leveraged ETF Returns", SIAM Journal on
Financial Mathematics 1, 586-603. The spreads were measured on daily closes of US funds up to 2026-07-31.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]

FINANCING_YEAR: Final = 360.0
FEE_YEAR: Final = 365.0
TRADING_DAYS: Final = 252.0
CALENDAR_DAYS_PER_STEP: Final = FEE_YEAR / TRADING_DAYS


class SpreadClass(StrEnum):
    """Groups of underlyings whose funds pay a like spread."""

    INDEX = "index"
    SECTOR = "sector"
    TREASURY = "treasury"
    METAL = "metal"
    CRYPTO = "crypto"
    STOCK = "stock"
    VOLATILITY = "volatility"


# Words for asset classes, as the tables, the command line and the price files spell them.
_SPREAD_CLASS_OF: Final[dict[str, SpreadClass]] = {
    "index": SpreadClass.INDEX,
    "index_equity": SpreadClass.INDEX,
    "equity": SpreadClass.INDEX,
    "sector": SpreadClass.SECTOR,
    "sector_country": SpreadClass.SECTOR,
    "sector_equity": SpreadClass.SECTOR,
    "country": SpreadClass.SECTOR,
    "country_equity": SpreadClass.SECTOR,
    "theme": SpreadClass.SECTOR,
    "treasury": SpreadClass.TREASURY,
    "bond": SpreadClass.TREASURY,
    "rates": SpreadClass.TREASURY,
    "metal": SpreadClass.METAL,
    "gold": SpreadClass.METAL,
    "silver": SpreadClass.METAL,
    "commodity": SpreadClass.METAL,
    "crypto": SpreadClass.CRYPTO,
    "stock": SpreadClass.STOCK,
    "single_stock": SpreadClass.STOCK,
    "stock_large": SpreadClass.STOCK,
    "stock_highvol": SpreadClass.STOCK,
    "stock_new": SpreadClass.STOCK,
    "vol": SpreadClass.VOLATILITY,
    "vix": SpreadClass.VOLATILITY,
    "volatility": SpreadClass.VOLATILITY,
}

ASSET_CLASS_WORDS: Final = tuple(sorted(_SPREAD_CLASS_OF))

# (long, inverse) spread a year over the overnight rate, per unit of k: one fixed table, never fitted to a fund.
_SPREADS: Final[dict[SpreadClass, tuple[float, float]]] = {
    SpreadClass.INDEX: (0.0075, 0.0020),
    SpreadClass.SECTOR: (0.0150, 0.0080),
    SpreadClass.TREASURY: (0.0050, 0.0040),
    SpreadClass.METAL: (0.0220, 0.0060),
    SpreadClass.CRYPTO: (0.1250, 0.0050),
    SpreadClass.VOLATILITY: (0.0300, 0.0300),
}
# Single stocks: spread = base + slope · variance a year; inverse funds pay about a third of it.
_STOCK_BASE: Final = 0.007
_STOCK_SLOPE: Final = 0.28
_STOCK_INVERSE_SHARE: Final = 0.35


@dataclass(frozen=True, slots=True)
class ResetTerms:
    """What F funds promise and pay; every array has shape (F,).

    Attributes:
        factor: signed daily multiple.
        expense_ratio: of the fund, fraction a year.
        spread: paid over the overnight rate per unit of :func:`financed_share`, fraction a year.
        underlying_expense_ratio: of the fund used as underlying, fraction a year; 0 for a stock.
    """

    factor: FloatArray
    expense_ratio: FloatArray
    spread: FloatArray
    underlying_expense_ratio: FloatArray

    @classmethod
    def single(
        cls,
        factor: float,
        *,
        expense_ratio: float = 0.0,
        spread: float = 0.0,
        underlying_expense_ratio: float = 0.0,
    ) -> "ResetTerms":
        """Return the terms of one fund."""
        return cls(
            np.array([factor]),
            np.array([expense_ratio]),
            np.array([spread]),
            np.array([underlying_expense_ratio]),
        )


def spread_class(word: str | None) -> SpreadClass | None:
    """Return the spread group of an asset-class word, or None when the word is not known.

    >>> spread_class("index_equity")
    <SpreadClass.INDEX: 'index'>
    """
    return _SPREAD_CLASS_OF.get(word.strip().lower().replace("-", "_")) if word else None


def default_spread(group: SpreadClass, factor: float, volatility: float | None) -> float | None:
    """Return the class default of the hidden spread.

    Args:
        group: what the fund rides on.
        factor: signed daily multiple; only its sign matters.
        volatility: of the underlying, fraction a year; needed for single stocks only.

    Returns:
        Fraction a year per unit of :func:`financed_share`; None for a stock of unknown volatility.
    """
    if group is SpreadClass.STOCK:
        if volatility is None:
            return None
        long = _STOCK_BASE + _STOCK_SLOPE * volatility**2
        return long if factor > 0 else _STOCK_INVERSE_SHARE * long
    return _SPREADS[group][0 if factor > 0 else 1]


def financed_share(factor: FloatArray) -> FloatArray:
    """Return k, the part of net assets that rides on swaps: L − 1 for bulls (0 up to 1x), |L| for bears."""
    return np.where(factor > 0, np.maximum(factor - 1.0, 0.0), np.abs(factor))


def carry_per_day(terms: ResetTerms, rate: FloatArray | float) -> FloatArray:
    """Return the return per calendar day that has nothing to do with the move: fee, financing, spread.

    Args:
        terms: of the F funds.
        rate: overnight rate, fraction a year, scalar or shape (T, 1).

    Returns:
        Signed fraction a day, shape (F,) or (T, F); costs are negative.
    """
    financing = (terms.factor - 1.0) * rate + financed_share(terms.factor) * terms.spread
    own_fee = terms.factor * terms.underlying_expense_ratio
    return np.asarray(
        (own_fee - terms.expense_ratio) / FEE_YEAR - financing / FINANCING_YEAR, dtype=float
    )


def step_returns(
    underlying: FloatArray, terms: ResetTerms, days: FloatArray, rate: FloatArray
) -> FloatArray:
    """Return each day's return of daily-reset funds by the step above, not yet floored.

    Args:
        underlying: simple total returns, fractions, shape (T, F) or (T, 1), oldest first.
        terms: of the F funds.
        days: calendar days since the last close, shape (T,).
        rate: overnight rate at the last close, fraction a year, shape (T,).

    Returns:
        Simple returns, shape (T, F); below −1 means wiped out within the day.

    Raises:
        ValueError: shapes disagree or a value is not finite.
    """
    _check(underlying, terms.factor)
    if days.shape != underlying.shape[:1] or rate.shape != underlying.shape[:1]:
        raise ValueError("days and rate need one value per day")
    carry = carry_per_day(terms, rate[:, None]) * days[:, None]
    return underlying * terms.factor + carry


def levels_from_returns(returns: FloatArray) -> FloatArray:
    """Return net asset value per day from a start of 1; a fund at zero stays there. Shape as given."""
    return np.asarray(np.cumprod(np.maximum(1.0 + returns, 0.0), axis=0), dtype=float)


def compound_daily_reset(daily_returns: FloatArray, leverage_factor: FloatArray) -> FloatArray:
    """Return what daily-reset funds make over a path of underlying returns, before any cost.

    A fund restores its factor at every close, so its return is the product of leveraged daily
    returns, not a leveraged product: the path matters, and zigzags cost money in both directions.

    Args:
        daily_returns: simple returns of the underlyings, fractions, shape (T, F), oldest first.
        leverage_factor: signed daily multiple of each fund, shape (F,); -2.0 is a two-times bear fund.

    Returns:
        Simple return over the path, fractions, shape (F,), never below -1.0: a fund wiped out stays at zero.

    Raises:
        ValueError: shapes disagree or a value is not finite (user data is checked before it gets here).

    Leaves out fees, financing and tracking error (see :func:`step_returns`).

    Source: Cheng and Madhavan (2009), "The Dynamics of Leveraged and Inverse Exchange-Traded Funds".

    >>> compound_daily_reset(np.array([[-0.10], [0.10]]), np.array([3.0])).round(4)
    array([-0.09])
    """
    _check(daily_returns, leverage_factor)
    growth = np.maximum(1.0 + daily_returns * leverage_factor, 0.0)
    return np.asarray(np.prod(growth, axis=0) - 1.0, dtype=float)


def hidden_drag(factor: float, spread: float) -> float:
    """Return the cost a year that no price list prints: spread × financed share, positive fraction."""
    return float(financed_share(np.array([factor]))[0]) * spread


def financing_cost(factor: float, rate: float) -> float:
    """Return (L − 1) × overnight rate, fraction a year; negative = income of a bear fund."""
    return (factor - 1.0) * rate


def closed_form_return(
    move: float, factor: float, *, volatility: float, years: float, cost_per_year: float = 0.0
) -> float:
    """Return the second-order estimate of a fund's return; for explanation only, never for a loss shown.

    On single stocks it misses by up to 50 points a year, which is why losses are compounded day by day.

    Args:
        move: return of the underlying over the whole time, fraction > −1.
        factor: signed daily multiple.
        volatility: of the underlying, fraction a year.
        years: length of time.
        cost_per_year: fee + financing + hidden drag, fraction.

    Source: Cheng and Madhavan (2009); Avellaneda and Zhang (2010), doi 10.1137/090760805.

    >>> round(closed_form_return(0.0, 2.0, volatility=0.5, years=1.0), 4)
    -0.2212
    """
    curvature = (factor - factor**2) / 2.0 * volatility**2
    return float((1.0 + move) ** factor * np.exp((curvature - cost_per_year) * years) - 1.0)


def volatility_decay(factor: float, volatility: float) -> float:
    """Return what a year costs in which the underlying swings but ends flat, positive fraction.

    >>> round(volatility_decay(2.0, 0.55), 4)
    0.261
    """
    return -closed_form_return(0.0, factor, volatility=volatility, years=1.0)


def break_even_move(factor: float, volatility: float, cost_per_year: float) -> float:
    """Return the move of the underlying over a year at which the fund returns nothing.

    Positive for bulls (it must rise that far), negative for bears. Closed form, so an estimate.
    """
    drag = (factor**2 - factor) / 2.0 * volatility**2 + cost_per_year
    return float(np.exp(drag / factor) - 1.0)


def forced_trade(factor: float, move: float) -> float:
    """Return what a fund must trade at the close as a share of its assets: L(L − 1) × move, negative = sell.

    The share is of the assets before the move. Creations and redemptions net part of it: an upper bound.

    Source: Cheng and Madhavan (2009).

    >>> round(forced_trade(2.0, -0.13), 4)
    -0.26
    """
    return factor * (factor - 1.0) * move


def wipe_out_move(factor: float) -> float | None:
    """Return the one-day move of the underlying that leaves nothing: −1/L; None for 0 < L ≤ 1."""
    if 0.0 <= factor <= 1.0:
        return None
    return -1.0 / factor


def _check(daily_returns: FloatArray, factor: FloatArray) -> None:
    if daily_returns.ndim != 2 or factor.ndim != 1:
        raise ValueError("returns need shape (T, F) and factors shape (F,)")
    if daily_returns.shape[1] not in (1, factor.shape[0]):
        raise ValueError("one column of returns per fund is needed")
    if not (np.isfinite(daily_returns).all() and np.isfinite(factor).all()):
        raise ValueError("returns and factors must be finite")
