"""Buying on credit: when the broker calls, and how much has to be sold.

Regulation T and FINRA Rule 4210 are the defaults: 50 % at the start, 25 % kept on longs, 30 % on shorts; a daily-reset
fund is kept at its multiple times that, 100 % at most (FINRA Regulatory Notice 09-53). House rules are higher: they
are an input.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from levcheck.stress.daily_reset import FloatArray

LONG_MAINTENANCE: Final = 0.25
SHORT_MAINTENANCE: Final = 0.30
_LARGEST_FALL: Final = 1.0
_TOLERANCE: Final = 1e-12


@dataclass(frozen=True, slots=True)
class MarginAccount:
    """An account with P lines and a debt.

    Attributes:
        market_value: shape (P,), signed.
        maintenance: shape (P,), equity demanded per unit of |value|, 0 to 1.
        debt: money owed to the broker, ≥ 0; the proceeds of shorts are not debt.
    """

    market_value: FloatArray
    maintenance: FloatArray
    debt: float

    @property
    def equity(self) -> float:
        """What the holder owns after repaying the debt."""
        return float(self.market_value.sum()) - self.debt

    @property
    def required(self) -> float:
        """Equity the broker demands."""
        return float(np.sum(np.abs(self.market_value) * self.maintenance))


@dataclass(frozen=True, slots=True)
class MarginState:
    """Where an account stands after a move.

    Attributes:
        equity: after the move.
        required: after the move.
        shortfall: required − equity where that is positive.
        forced_sale: gross value to sell so that the rest is covered again; the whole of it when nothing would be left.
        is_called: whether the broker calls.
        is_wiped_out: whether the debt is larger than what is left.
    """

    equity: float
    required: float
    shortfall: float
    forced_sale: float
    is_called: bool
    is_wiped_out: bool


def maintenance_of(
    factor: FloatArray, market_value: FloatArray, house: float | None = None
) -> FloatArray:
    """Return the maintenance share of each line, shape (P,).

    Args:
        factor: daily multiple of each line, 1.0 when plain, shape (P,).
        market_value: its sign tells long from short, shape (P,).
        house: the broker's own base share for all lines; None = the rule's.

    >>> maintenance_of(np.array([1.0, 2.0, 3.0, -3.0]), np.array([1.0, 1.0, 1.0, -1.0]))
    array([0.25, 0.5 , 0.75, 0.9 ])
    """
    rule = np.where(market_value < 0.0, SHORT_MAINTENANCE, LONG_MAINTENANCE)
    base = rule if house is None else np.maximum(rule, house)
    return np.asarray(np.minimum(base * np.maximum(np.abs(factor), 1.0), 1.0), dtype=float)


def call_value(debt: float, maintenance: float) -> float | None:
    """Return the value at which a single long position bought on credit is called: debt / (1 − m).

    None when the share demanded is all of it: then any debt is called.
    """
    return debt / (1.0 - maintenance) if maintenance < 1.0 else None


def fall_to_call(initial: float, maintenance: float) -> float:
    """Return the fall that triggers a call on a position bought with `initial` equity, as a return.

    >>> round(fall_to_call(0.5, 0.25), 4)
    -0.3333
    """
    if maintenance >= 1.0:
        return 0.0
    return min((1.0 - initial) / (1.0 - maintenance) - 1.0, 0.0)


def margin_after(account: MarginAccount, pnl: FloatArray) -> MarginState:
    """Return where an account stands after each line made `pnl`, shape (P,).

    A sale across all lines in proportion repays debt and frees what they demand: X = (required − equity) / mean share.
    """
    value = account.market_value + pnl
    equity = float(value.sum()) - account.debt
    gross = float(np.abs(value).sum())
    required = float(np.sum(np.abs(value) * account.maintenance))
    shortfall = required - equity
    is_called = shortfall > _TOLERANCE * max(gross, 1.0)
    if not is_called:
        return MarginState(equity, required, 0.0, 0.0, is_called=False, is_wiped_out=False)
    mean_share = required / gross if gross > 0.0 else 1.0
    sale = gross if equity <= 0.0 else min(shortfall / mean_share, gross)
    return MarginState(equity, required, shortfall, sale, is_called=True, is_wiped_out=equity < 0.0)
