"""A company whose assets are coins: what each rung of its capital stack is worth, and how it answers the coin.

Each claim is a slice of the assets between everything senior to it (a) and itself included (b)::

    P = C(V, a, T) − C(V, b, T) + coupon · notional · annuity(r, T) · Φ(d₂(V, (a + b)/2, T/2))

with C the Black-Scholes-Merton call on the assets with a payout yield of all coupons over V. A preferred is so a bond
that is short a put on the assets: its sensitivity rises as coverage falls, which no fixed beta can do.

Sources: Merton (1974), "On the Pricing of Corporate Debt", Journal of Finance 29, 449-470; Black and Cox (1976) for
the order of claims. Checked against June 2026: right order but for the claim whose monthly reset broke, half the size
at the low; the suspension of dividends is therefore a scenario of its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from levcheck.domain.risk import Claim
from levcheck.stress.normal import cumulative
from levcheck.stress.options import OptionState, european_value

ASSET_VOLATILITY: Final = 0.60
HORIZON_YEARS: Final = 5.0
_BUMP: Final = 0.01
_DEBT_KINDS: Final = frozenset({"debt", "convertible"})


@dataclass(frozen=True, slots=True)
class Rung:
    """One claim as the model sees it.

    Attributes:
        claim: instrument id or name.
        notional: amount of the class.
        value: model value of the class.
        price: value per 100 of notional.
        elasticity: return for an asset return of one, by a bump of one percent either way.
        coverage: assets over all claims up to and including this one.
        move: return of the class under the asset shock.
    """

    claim: str
    notional: float
    value: float
    price: float
    elasticity: float
    coverage: float
    move: float


@dataclass(frozen=True, slots=True)
class StackAssumptions:
    """What the model has to assume; every one is shown beside its result.

    Attributes:
        asset_volatility: fraction a year.
        years: horizon of the slices.
        rate: risk-free, fraction a year.
    """

    asset_volatility: float = ASSET_VOLATILITY
    years: float = HORIZON_YEARS
    rate: float = 0.036


@dataclass(frozen=True, slots=True)
class Stack:
    """A valued stack.

    Attributes:
        assets: value of the assets before the shock.
        rungs: senior first.
        equity_move: return of assets less claims under the shock: the common without any premium.
        assumptions: what was assumed.
    """

    assets: float
    rungs: tuple[Rung, ...]
    equity_move: float | None
    assumptions: StackAssumptions


def value_stack(
    claims: Sequence[Claim],
    *,
    assets: float | None = None,
    asset_move: float = 0.0,
    assumptions: StackAssumptions | None = None,
) -> Stack | None:
    """Return every rung before and after a move of the assets; None when the stack cannot be valued.

    Args:
        claims: rows of one issuer: one of kind ``asset`` and the claims on it; rows without an amount are left out
            only when they are junior to every row that has one, else nothing can be said.
        assets: value of the assets; the asset row's own amount when None.
        asset_move: return of the assets.
        assumptions: None = the defaults above.
    """
    given = assumptions or StackAssumptions()
    value = assets if assets is not None else _asset_row(claims)
    ordered = _ordered(claims)
    if value is None or value <= 0.0 or ordered is None:
        return None
    before = _values(ordered, value, given)
    up = _values(ordered, value * (1.0 + _BUMP), given)
    down = _values(ordered, value * (1.0 - _BUMP), given)
    after = _values(ordered, value * max(1.0 + asset_move, 1e-9), given)
    rungs, senior = [], 0.0
    for number, claim in enumerate(ordered):
        notional = claim.notional or 0.0
        senior += notional
        rungs.append(
            Rung(
                claim.claim,
                notional,
                before[number],
                100.0 * before[number] / notional,
                float(np.log(up[number] / down[number]) / np.log((1 + _BUMP) / (1 - _BUMP))),
                value / senior,
                after[number] / before[number] - 1.0,
            )
        )
    equity = value - senior
    moved = value * (1.0 + asset_move) - senior
    return Stack(value, tuple(rungs), moved / equity - 1.0 if equity > 0 else None, given)


def _asset_row(claims: Sequence[Claim]) -> float | None:
    found = [claim.notional for claim in claims if claim.kind == "asset" and claim.notional]
    return sum(found) if found else None


def _ordered(claims: Sequence[Claim]) -> tuple[Claim, ...] | None:
    """Return debt and preferreds by rank; None when an amount in the middle is missing."""
    rows = sorted(
        (c for c in claims if c.kind in _DEBT_KINDS or c.kind == "preferred"), key=lambda c: c.rank
    )
    known = [row for row in rows if row.notional]
    if not known or any(not row.notional and row.rank < known[-1].rank for row in rows):
        return None
    return tuple(known)


def _values(claims: Sequence[Claim], assets: float, given: StackAssumptions) -> list[float]:
    coupons = sum((claim.coupon or 0.0) * (claim.notional or 0.0) for claim in claims)
    payout = coupons / assets
    annuity = (1.0 - np.exp(-given.rate * given.years)) / given.rate if given.rate else given.years
    values, senior = [], 0.0
    for claim in claims:
        notional = claim.notional or 0.0
        slice_value = _call(assets, senior, payout, given) - _call(
            assets, senior + notional, payout, given
        )
        paid = _survival(assets, senior + notional / 2.0, payout, given)
        values.append(slice_value + (claim.coupon or 0.0) * notional * float(annuity) * paid)
        senior += notional
    return values


def _call(assets: float, strike: float, payout: float, given: StackAssumptions) -> float:
    if strike <= 0.0:
        return float(assets * np.exp(-payout * given.years))
    return european_value(
        OptionState(assets, strike, given.years, given.rate, given.asset_volatility, True, payout)
    )


def _survival(assets: float, level: float, payout: float, given: StackAssumptions) -> float:
    """Return the chance that the assets stand above a level half-way through."""
    years = given.years / 2.0
    width = given.asset_volatility * np.sqrt(years)
    drift = (given.rate - payout - 0.5 * given.asset_volatility**2) * years
    return float(cumulative((np.log(assets / level) + drift) / width))
