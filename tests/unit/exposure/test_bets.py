"""Independent bets and the volatility of a basket."""

import numpy as np
import pytest

from levcheck.exposure.bets import (
    RiskParts,
    effective_bets,
    minimum_torsion,
    portfolio_volatility,
    risk_parts,
)
from levcheck.exposure.graph import FloatArray


def covariance_of(count: int, correlation: float) -> FloatArray:
    return 0.04 * (np.full((count, count), correlation) + (1 - correlation) * np.eye(count))


def test_that_torsion_makes_risks_uncorrelated_and_stays_near_them() -> None:
    covariance = covariance_of(4, 0.6) * np.outer([1, 2, 3, 4], [1, 2, 3, 4])
    torsion = minimum_torsion(covariance)
    turned = torsion @ covariance @ torsion.T
    assert np.allclose(turned - np.diag(np.diag(turned)), 0.0, atol=1e-9)
    assert np.allclose(np.diag(turned), np.diag(covariance), rtol=0.9)


def test_that_equal_uncorrelated_bets_are_counted() -> None:
    assert effective_bets(np.ones(5), covariance_of(5, 0.0)) == pytest.approx(5.0)


def test_that_one_heavy_bet_is_nearly_one() -> None:
    assert effective_bets(np.array([100.0, 1.0]), covariance_of(2, 0.0)) == pytest.approx(
        1.0, abs=0.01
    )


def test_that_bets_without_risk_are_not_counted() -> None:
    covariance = np.diag([0.04, 0.0])
    assert effective_bets(np.array([1.0, 5.0]), covariance) == pytest.approx(1.0)
    assert effective_bets(np.array([0.0, 5.0]), covariance) is None
    assert effective_bets(np.zeros(0), np.zeros((0, 0))) is None


def test_that_the_count_lies_between_one_and_all() -> None:
    rng = np.random.default_rng(7)
    for _ in range(20):
        beta = rng.normal(size=(8, 3))
        covariance = beta @ beta.T * 0.05 + np.diag(rng.uniform(0.05, 0.3, 8) ** 2)
        found = effective_bets(rng.normal(size=8), covariance)
        assert found is not None
        assert 1.0 - 1e-9 <= found <= 8.0 + 1e-9


def test_that_a_baskets_volatility_adds_common_and_own_noise() -> None:
    volatility = portfolio_volatility(
        np.array([0.5, 0.5]), np.array([[1.0], [2.0]]), np.array([[0.04]]), np.array([0.2, 0.4])
    )
    assert volatility == pytest.approx((1.5**2 * 0.04 + 0.01 + 0.04) ** 0.5)


def test_that_the_published_worked_example_comes_out() -> None:
    """Four European indices, daily log returns, equal weights; the published shares and count.

    Standard deviations and correlations of the 1,859 daily log returns of DAX, SMI, CAC and FTSE in R's data set
    EuStockMarkets (1991-1998); expected figures as printed in the readme of the R package uncorbets.
    """
    deviation = np.array(
        [0.01030083659899554, 0.00925003601023549, 0.01103087502548515, 0.00795772782481773]
    )
    correlation = np.eye(4)
    upper = [0.7031218647522558, 0.7344303709717704, 0.6394673972622966]
    upper += [0.6160454497617952, 0.5847791435788858, 0.6485678795981608]
    correlation[np.triu_indices(4, 1)] = upper
    correlation = np.maximum(correlation, correlation.T)
    covariance = correlation * np.outer(deviation, deviation)
    weights = np.full(4, 0.25)
    assert effective_bets(weights, covariance) == pytest.approx(3.980549, abs=5e-7)
    torsion = minimum_torsion(covariance)
    bets = np.linalg.solve(torsion.T, weights)
    share = bets * (torsion @ covariance @ weights) / (weights @ covariance @ weights)
    assert share == pytest.approx([0.2673, 0.2404, 0.2776, 0.2146], abs=5e-5)


def parts_of(amounts: FloatArray) -> RiskParts:
    beta = np.array([[1.0, 0.0], [1.2, 0.0], [0.0, 1.0]])
    drivers = np.array([[0.04, -0.01], [-0.01, 0.09]])
    found = risk_parts(amounts, beta, drivers, np.array([0.1, 0.2, 0.0]))
    assert found is not None
    return found


def test_that_shares_of_risk_sum_to_one_and_a_hedge_takes_away() -> None:
    found = parts_of(np.array([100.0, 50.0, -20.0]))
    assert found.shares.sum() == pytest.approx(1.0)
    assert parts_of(np.array([100.0, -20.0, 0.0])).shares[1] < 0.0


def test_that_one_unit_more_changes_the_risk_as_said() -> None:
    amounts = np.array([100.0, 50.0, 30.0])
    found = parts_of(amounts)
    for number in range(3):
        more = amounts.copy()
        more[number] += 1e-4
        change = (parts_of(more).volatility - found.volatility) / 1e-4
        assert change == pytest.approx(found.marginal[number], rel=1e-4)


def test_that_the_ratio_of_diversification_is_not_defined_with_shorts() -> None:
    assert parts_of(np.array([100.0, 50.0, -20.0])).diversification_ratio is None
    ratio = parts_of(np.array([100.0, 50.0, 20.0])).diversification_ratio
    assert ratio is not None
    assert ratio > 1.0
    assert parts_of(np.array([100.0, 0.0, 0.0])).diversification_ratio == pytest.approx(1.0)
    assert risk_parts(np.zeros(1), np.ones((1, 1)), np.eye(1), np.zeros(1)) is None
