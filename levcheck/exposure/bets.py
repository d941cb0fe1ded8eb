"""How many independent bets a portfolio really is, measured by what moves together."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from levcheck.exposure.graph import FloatArray

_EIGENVALUE_FLOOR: Final = 1e-10
_MOST_STEPS: Final = 200
_TOLERANCE: Final = 1e-8


def portfolio_volatility(
    weights: FloatArray, beta: FloatArray, drivers: FloatArray, own: FloatArray
) -> float:
    """Return the volatility of a basket whose parts follow common drivers, fraction a year.

    Args:
        weights: share of each part, signed, shape (R,).
        beta: return of each part for a driver's return of one, shape (R, D).
        drivers: covariance of the drivers a year, shape (D, D).
        own: volatility of each part that no driver explains, fraction a year, shape (R,).
    """
    common = weights @ beta
    variance = float(common @ drivers @ common + ((weights * own) ** 2).sum())
    return float(np.sqrt(max(variance, 0.0)))


@dataclass(frozen=True, slots=True)
class RiskParts:
    """Where the volatility of a basket comes from.

    Attributes:
        volatility: of the whole, in the unit of the amounts, a year.
        shares: shape (R,), part of the variance that each root brings, signed; they sum to one.
        marginal: shape (R,), rise of `volatility` for one more unit of each root.
        diversification_ratio: Σ amount × volatility over the volatility of the whole, at least 1; None with shorts,
            for which it is not defined.
    """

    volatility: float
    shares: FloatArray
    marginal: FloatArray
    diversification_ratio: float | None


def risk_parts(
    amounts: FloatArray, beta: FloatArray, drivers: FloatArray, own: FloatArray
) -> RiskParts | None:
    """Return where the volatility of a basket comes from; None without any risk.

    Args:
        amounts: signed effective exposure of R parts.
        beta: return of each part for a driver's return of one, shape (R, D).
        drivers: covariance of the drivers a year, shape (D, D).
        own: volatility of each part that no driver explains, shape (R,).

    Source: Choueifaty and Coignard (2008), "Toward Maximum Diversification", Journal of Portfolio Management 35.
    """
    covered = beta @ (drivers @ (amounts @ beta)) + own**2 * amounts
    variance = float(amounts @ covered)
    if variance <= 0.0:
        return None
    whole = float(np.sqrt(variance))
    ratio = None
    if not (amounts < 0.0).any():
        alone = np.sqrt(np.maximum(np.sum((beta @ drivers) * beta, axis=1) + own**2, 0.0))
        ratio = float(amounts @ alone) / whole
    return RiskParts(whole, amounts * covered / variance, covered / whole, ratio)


def minimum_torsion(covariance: FloatArray) -> FloatArray:
    """Return the matrix that turns risks into uncorrelated ones nearest to themselves, shape (N, N).

    Args:
        covariance: positive definite, shape (N, N).

    Source: Meucci, Santangelo and Deguest (2015), "Risk Budgeting and Diversification Based on Optimized
    Uncorrelated Factors", with the recursive solution of its appendix.
    """
    deviation = np.sqrt(np.diag(covariance))
    correlation = covariance / np.outer(deviation, deviation)
    root = _square_root(correlation)
    scale = np.ones(len(covariance))
    turned, before = root, np.inf
    for _ in range(_MOST_STEPS):
        inner = _square_root(scale[:, None] * correlation * scale)
        rotation = np.linalg.solve(inner, scale[:, None] * root)
        scale = np.einsum("ij,ji->i", rotation, root)
        turned = scale[:, None] * rotation
        distance = float(np.linalg.norm(root - turned))
        if abs(before - distance) <= _TOLERANCE * max(distance, 1.0):
            break
        before = distance
    torsion = turned @ np.linalg.inv(root)
    result: FloatArray = deviation[:, None] * torsion / deviation
    return result


def effective_bets(amounts: FloatArray, covariance: FloatArray) -> float | None:
    """Return the effective number of uncorrelated bets, between 1 and N.

    Args:
        amounts: signed effective exposure of N parts, shape (N,).
        covariance: of the parts' returns, shape (N, N).

    Returns:
        exp of the entropy of the risk shares of the minimum-torsion bets; None without any risk.

    Source: as :func:`minimum_torsion`.
    """
    deviation = np.sqrt(np.maximum(np.diag(covariance), 0.0))
    is_risky = (deviation > 0) & (amounts != 0)
    held, risk = amounts[is_risky], covariance[np.ix_(is_risky, is_risky)]
    variance = float(held @ risk @ held) if held.size else 0.0
    if variance <= 0:
        return None
    torsion = minimum_torsion(risk)
    bets = np.linalg.solve(torsion.T, held)
    share = np.maximum(bets * (torsion @ risk @ held) / variance, 0.0)
    share = share[share > 0] / share.sum()
    return float(np.exp(-(share * np.log(share)).sum()))


def _square_root(matrix: FloatArray) -> FloatArray:
    """Return the symmetric square root of a symmetric matrix; noise below zero is floored."""
    values, vectors = np.linalg.eigh(matrix)
    root: FloatArray = (vectors * np.sqrt(np.maximum(values, _EIGENVALUE_FLOOR))) @ vectors.T
    return root
