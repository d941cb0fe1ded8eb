"""Independent bets and the volatility of a basket."""

import numpy as np
import pytest

from levcheck.exposure.bets import effective_bets, minimum_torsion, portfolio_volatility
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
