"""A company whose assets are coins: what each rung of its capital stack is worth, and how it answers the coin.

Each claim is a slice of the assets between everything senior to it (a) and itself included (b)::

    P = C(V, a, T) − C(V, b, T) + coupon · notional · annuity(r, T) · Φ(d₂(V, (a + b)/2, T/2))

with C the Black-Scholes-Merton call on the assets with a payout yield of all coupons over V. A preferred is so a bond
that is short a put on the assets: its sensitivity rises as coverage falls, which no fixed beta can do.

Sources: Merton (1974), "On the Pricing of Corporate Debt", Journal of Finance 29, 449-470; Black and Cox (1976) for
the order of claims. Checked against June 2026: right order but for the claim whose monthly reset broke, half the size
at the low; the suspension of dividends is therefore a scenario of its own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from levcheck.domain.risk import Claim
from levcheck.stress.daily_reset import FloatArray
from levcheck.stress.normal import cumulative

ASSET_VOLATILITY: Final = 0.60
HORIZON_YEARS: Final = 5.0
_BUMP: Final = 0.01
_LEAST: Final = 1e-9
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
    cases = value * np.array([1.0, 1.0 + _BUMP, 1.0 - _BUMP, max(1.0 + asset_move, _LEAST)])
    before, up, down, after = _values(ordered, cases, given).T.tolist()
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


@dataclass(frozen=True, slots=True)
class Slice:
    """One claim ready to be asked what a move of the assets does to it.

    Attributes:
        claims: debt and preferreds of its issuer, senior first, all with amounts.
        number: which of them it is.
        parts: (asset id, amount) of the issuer's assets.
        assumptions: of the model.
    """

    claims: tuple[Claim, ...]
    number: int
    parts: tuple[tuple[str, float], ...]
    assumptions: StackAssumptions

    @property
    def assets(self) -> float:
        """Amount of all assets before any move."""
        return sum(amount for _, amount in self.parts)

    def asset_move(self, moves: Mapping[str, FloatArray]) -> FloatArray:
        """Return the return of all assets together for the returns of each, shape (M,)."""
        moved = sum(amount * moves[asset] for asset, amount in self.parts)
        return np.asarray(moved / self.assets, dtype=float)

    def gain(self, asset_move: FloatArray) -> FloatArray:
        """Return the claim's own return for returns of the assets, shape (M,)."""
        levels = self.assets * np.maximum(np.concatenate([[1.0], 1.0 + asset_move]), _LEAST)
        values = _values(self.claims, levels, self.assumptions)[self.number]
        return np.asarray(values[1:] / values[0] - 1.0, dtype=float)

    def equity_move(self, asset_move: FloatArray) -> FloatArray | None:
        """Return what is left for the common, by amounts alone; None when nothing is left to begin with."""
        senior = sum(claim.notional or 0.0 for claim in self.claims)
        left = self.assets - senior
        if left <= 0.0:
            return None
        moved = self.assets * (1.0 + asset_move) - senior
        return np.asarray(np.maximum(moved / left, 0.0) - 1.0, dtype=float)


def slices_of(
    claims: Sequence[Claim], assumptions: StackAssumptions | None = None
) -> dict[str, Slice]:
    """Return claim → slice of one issuer's stack; empty when the stack cannot be valued."""
    ordered = _ordered(claims)
    assets = [claim for claim in claims if claim.kind == "asset"]
    if ordered is None or not assets or any(not claim.notional for claim in assets):
        return {}
    parts = tuple((claim.claim, claim.notional or 0.0) for claim in assets)
    given = assumptions or StackAssumptions()
    return {claim.claim: Slice(ordered, n, parts, given) for n, claim in enumerate(ordered)}


def _values(claims: Sequence[Claim], assets: FloatArray, given: StackAssumptions) -> FloatArray:
    """Return the value of each claim for each level of the assets, shape (claims, levels)."""
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
    return np.stack(values)


def _call(
    assets: FloatArray, strike: float, payout: FloatArray, given: StackAssumptions
) -> FloatArray:
    held = assets * np.exp(-payout * given.years)
    if strike <= 0.0:
        return np.asarray(held, dtype=float)
    width = given.asset_volatility * np.sqrt(given.years)
    forward = np.log(assets / strike) + (given.rate - payout) * given.years
    near = forward / width + width / 2.0
    owed = strike * np.exp(-given.rate * given.years)
    return np.asarray(held * cumulative(near) - owed * cumulative(near - width), dtype=float)


def _survival(
    assets: FloatArray, level: float, payout: FloatArray, given: StackAssumptions
) -> FloatArray:
    """Return the chance that the assets stand above a level half-way through."""
    years = given.years / 2.0
    width = given.asset_volatility * np.sqrt(years)
    drift = (given.rate - payout - 0.5 * given.asset_volatility**2) * years
    return cumulative((np.log(assets / level) + drift) / width)
