import numpy as np
import numpy.typing as npt
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
    assert np.min(down) == pytest.approx(0.81)
    assert np.max(up) == pytest.approx(1 / 0.9)


@pytest.mark.parametrize(
    ("moves", "swings"), [([-1.1], [0.0]), ([0.0], [1.0]), ([0.0], [-0.1]), ([0.0, 0.0], [0.0])]
)
def test_that_an_impossible_path_is_refused(moves: list[float], swings: list[float]) -> None:
    with pytest.raises(ValueError, match=r"."):
        daily_path(np.array(moves), np.array(swings), 5, PathShape.CHOP_FLAT)


@pytest.mark.parametrize("steps", [2, 3, 4, 5])
@pytest.mark.parametrize("shape", list(PathShape))
def test_that_a_short_path_has_the_days_its_shape_says(shape: PathShape, steps: int) -> None:
    """Day by day against the sentence that describes the shape."""
    move, swing = -0.2, 0.04
    path = daily_path(np.array([move]), np.array([swing]), steps, shape)[:, 0]
    level = np.array([swing if n % 2 == 0 else -swing for n in range(steps)])
    half = steps // 2
    expected = {
        PathShape.ONE_DAY: [move] + [0.0] * (steps - 1),
        PathShape.STRAIGHT: [0.8 ** (1 / steps) - 1.0] * steps,
        PathShape.CHOP_FLAT: _ending(_standing_at_the_end(level), 0.8),
        PathShape.CRASH_THEN_CHOP: [move, *_ending(_standing_at_the_end(level[:-1]), 1.0)],
        PathShape.V_SHAPE: [-swing] * half + _rest(0.8 / (1 - swing) ** half, steps - half),
        PathShape.UP_THEN_DOWN: [swing] * half + _rest(0.8 / (1 + swing) ** half, steps - half),
    }[shape]
    assert path.tolist() == pytest.approx(expected, abs=1e-12)


def _standing_at_the_end(days: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    return days if days.size % 2 == 0 else np.append(days[:-1], 0.0)


def _ending(days: npt.NDArray[np.float64], at: float) -> list[float]:
    even = (at / float(np.prod(1 + days))) ** (1 / days.size)
    return [float(day) for day in (1 + days) * even - 1]


def _rest(growth: float, days: int) -> list[float]:
    return [growth ** (1 / days) - 1.0] * days


def test_that_without_a_swing_the_way_there_is_as_long_as_the_move_beyond_the_end() -> None:
    for move in (-0.2, 0.25):
        moves, still = np.array([move]), np.zeros(1)
        down = np.cumprod(1 + daily_path(moves, still, 10, PathShape.V_SHAPE))
        up = np.cumprod(1 + daily_path(moves, still, 10, PathShape.UP_THEN_DOWN))
        longer = max(1 + move, 1 / (1 + move))
        assert down[4] == pytest.approx((1 + move) ** 2 if move < 0 else 1 / longer)
        assert up[4] == pytest.approx((1 + move) ** 2 if move > 0 else longer)


def test_that_one_day_is_the_move_whatever_the_shape() -> None:
    for shape in PathShape:
        np.testing.assert_array_equal(daily_path(MOVES, SWINGS, 1, shape), MOVES[None, :])
