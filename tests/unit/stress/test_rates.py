"""Points of yield as moves, by duration and convexity."""

import pytest

from levcheck.stress.rates import GREATEST_POINTS, RATES, SPREADS, yield_shocks


def test_that_points_become_what_long_and_medium_bonds_lose() -> None:
    moves = {shock.target: shock.move for shock in yield_shocks(RATES, 0.02)}
    assert moves == pytest.approx(
        {
            "driver:long-treasury": -16.0 * 0.02 + 350.0 * 0.0002,
            "driver:treasury": -7.0 * 0.02 + 60.0 * 0.0002,
        }
    )


def test_that_a_wider_spread_is_a_move_of_credit_alone() -> None:
    (shock,) = yield_shocks(SPREADS, -0.01)
    assert shock.target == "class:credit"
    assert shock.move == pytest.approx(0.06 + 55.0 * 0.00005)
    assert shock.source == "duration 6, convexity 55: assumed"


@pytest.mark.parametrize("points", [0.1001, -0.1001, float("nan"), float("inf")])
def test_that_too_many_points_are_refused(points: float) -> None:
    with pytest.raises(ValueError, match="points"):
        yield_shocks(RATES, points)
    for greatest in (GREATEST_POINTS, -GREATEST_POINTS):
        assert len(yield_shocks(RATES, greatest)) == 2
