import numpy as np
import pytest

from levcheck.domain.scenario import PathShape
from levcheck.stress.daily_reset import compound_daily_reset
from levcheck.stress.paths import daily_path

MOVES = np.array([-0.3, 0.0, 0.25, -1.0])
SWINGS = np.array([0.03, 0.02, 0.0, 0.01])


@pytest.mark.parametrize("shape", list(PathShape))
@pytest.mark.parametrize("horizon", [0, 1, 2, 3, 20, 21, 252])
def test_that_every_shape_ends_exactly_at_the_move(shape: PathShape, horizon: int) -> None:
    path = daily_path(MOVES, SWINGS, horizon, shape)
    assert path.shape == (max(horizon, 1), 4)
    assert (path >= -1.0).all()
    np.testing.assert_allclose(np.prod(1 + path, axis=0) - 1, MOVES, rtol=0, atol=1e-12)


def test_that_choppy_days_cost_a_leveraged_fund_and_not_the_plain_one() -> None:
    path = daily_path(np.zeros(1), np.array([0.025]), 20, PathShape.CHOP_FLAT)
    plain, bull, bear = compound_daily_reset(np.repeat(path, 3, axis=1), np.array([1.0, 3.0, -3.0]))
    assert plain == pytest.approx(0.0, abs=1e-12)
    assert bull < -0.02
    assert bear < -0.05


def test_that_a_crash_comes_first_and_the_chop_after() -> None:
    path = daily_path(np.array([-0.3]), np.array([0.03]), 20, PathShape.CRASH_THEN_CHOP)
    assert np.prod(1 + path[:4]) == pytest.approx(0.7)
    assert (np.abs(path[4:]) > 0.02).all()


def test_that_v_falls_first_and_its_mirror_rises_first() -> None:
    moves, swings = np.array([-0.1]), np.zeros(1)
    down = np.cumprod(1 + daily_path(moves, swings, 20, PathShape.V_SHAPE))
    up = np.cumprod(1 + daily_path(moves, swings, 20, PathShape.UP_THEN_DOWN))
    assert down.min() == pytest.approx(0.81)
    assert up.max() == pytest.approx(1 / 0.9)


@pytest.mark.parametrize(
    ("moves", "swings"), [([-1.1], [0.0]), ([0.0], [1.0]), ([0.0], [-0.1]), ([0.0, 0.0], [0.0])]
)
def test_that_an_impossible_path_is_refused(moves: list[float], swings: list[float]) -> None:
    with pytest.raises(ValueError, match=r"."):
        daily_path(np.array(moves), np.array(swings), 5, PathShape.CHOP_FLAT)
