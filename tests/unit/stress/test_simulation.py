import os
import tracemalloc
from functools import partial

import numpy as np
import pytest

from levcheck.stress.simulation import (
    CHUNK,
    Bootstrap,
    ResetLines,
    daily_loading,
    dot_quantiles,
    simulate_pnl,
    student_t_days,
)

COVARIANCE = np.array([[0.16, 0.06], [0.06, 0.09]])
LOADING = daily_loading(COVARIANCE)


def lines(factor: float = 1.0, carry: float = 0.0) -> ResetLines:
    return ResetLines(
        np.array([0, 1, 0]),
        np.array([factor, factor, factor]),
        np.array([60.0, 40.0, 40.0]),
        np.full(3, carry),
    )


def test_that_one_seed_gives_one_answer_and_another_another() -> None:
    draw = partial(student_t_days, LOADING)
    first = simulate_pnl(lines(), 21, 3000, 7, draw)
    np.testing.assert_array_equal(first, simulate_pnl(lines(), 21, 3000, 7, draw))
    assert not np.array_equal(first, simulate_pnl(lines(), 21, 3000, 8, draw))
    assert first.shape == (3000,)


def test_that_the_answer_is_the_same_on_any_number_of_cores(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    draw = partial(student_t_days, LOADING)
    found = []
    for cores in (1, 2, 5):
        monkeypatch.setattr("levcheck.stress.simulation.os.cpu_count", lambda n=cores: n)
        found.append(simulate_pnl(lines(2.0), 5, 10_000, 7, draw, chunk=512).tobytes())
    assert len(set(found)) == 1


def test_that_the_tails_are_as_fat_as_student_says() -> None:
    alone = daily_loading(np.array([[0.16]]))
    days = student_t_days(alone, 400_000, np.random.SeedSequence(3))
    drawn = next(days)[0] / np.sqrt(0.16 / 252 * 3 / 5)
    # Chance beyond 4.032 either side for five degrees of freedom: one in a hundred.
    assert np.mean(np.abs(drawn) > 4.032) == pytest.approx(0.01, rel=0.05)
    assert np.isfinite(drawn).all()


def test_that_the_draws_have_the_covariance_asked_for_and_no_drift() -> None:
    days = student_t_days(LOADING, 200_000, np.random.SeedSequence(3))
    drawn = next(days)
    np.testing.assert_allclose(np.cov(drawn) * 252, COVARIANCE, rtol=0.05)
    made = simulate_pnl(lines(), 21, 40_000, 5, partial(student_t_days, LOADING))
    assert abs(made.mean()) < 4 * made.std() / np.sqrt(made.size)


def test_that_a_daily_reset_fund_has_no_drift_either_but_a_lower_middle() -> None:
    draw = partial(student_t_days, LOADING)
    made = simulate_pnl(lines(3.0), 63, 20_000, 5, draw)
    assert np.median(made) < -0.02 * 140
    assert np.min(made) >= -140.0


def test_that_cost_comes_off_every_path() -> None:
    draw = partial(student_t_days, LOADING)
    free = simulate_pnl(lines(2.0), 21, 500, 5, draw)
    paid = simulate_pnl(lines(2.0, -0.001), 21, 500, 5, draw)
    assert (paid < free).all()


def test_that_the_bootstrap_draws_whole_days_in_runs() -> None:
    history = np.arange(100.0)[:, None] * [1.0, 10.0] / 10_000
    days = Bootstrap(history)(500, np.random.SeedSequence(1))
    first, second = next(days).copy(), next(days).copy()
    np.testing.assert_allclose(first[1], first[0] * 10, rtol=1e-5)
    follows = np.isclose(second[0], (first[0] + 1e-4) % 0.01, atol=1e-6)
    assert 0.7 < follows.mean() < 0.9


def test_that_days_out_of_a_table_give_what_days_one_by_one_give() -> None:
    history = np.random.default_rng(3).normal(0.0, 0.1, (60, 2))
    history[7] = -0.6  # beyond what a two-times fund survives
    whole = Bootstrap(history)
    one_by_one = partial(Bootstrap.__call__, whole)
    quick = simulate_pnl(lines(2.0, -0.002), 21, 700, 5, whole)
    plain = simulate_pnl(lines(2.0, -0.002), 21, 700, 5, one_by_one)
    np.testing.assert_allclose(quick, plain, rtol=1e-4, atol=1e-3)
    assert (quick == -140.0).any()


def test_that_a_semidefinite_covariance_is_enough() -> None:
    twins = np.full((2, 2), 0.1)
    drawn = next(student_t_days(daily_loading(twins), 1000, np.random.SeedSequence(1)))
    np.testing.assert_allclose(drawn[0], drawn[1], atol=1e-6)


def test_that_twenty_dots_are_in_order_and_equally_likely() -> None:
    dots = dot_quantiles(np.random.default_rng(1).normal(size=10_000))
    assert dots.shape == (20,)
    assert (np.diff(dots) > 0).all()
    assert dots.mean() == pytest.approx(0.0, abs=0.05)


@pytest.mark.parametrize("block", [1, 3, 40])
def test_that_runs_of_days_give_what_day_after_day_gives(block: int) -> None:
    random = np.random.default_rng(3)
    history = np.maximum(random.standard_t(3, (50, 4)) * 0.05, -0.9)
    history[7, 2] = 0.6  # a day that ends the fund on minus two times
    lines = ResetLines(
        np.array([0, 1, 2, 2]),
        np.array([1.0, 3.0, -2.0, 2.0]),
        np.array([100.0, 50.0, 80.0, 30.0]),
        np.array([0.0, -1e-4, -2e-4, 0.0]),
    )
    model = Bootstrap(history, block)
    found = simulate_pnl(lines, 63, 40, 5, model)
    places = model.places(40, np.random.SeedSequence(5).spawn(1)[0])
    level = np.ones((40, 4))
    for _ in range(63):
        moved = history[next(places)][:, lines.root] * lines.factor
        level *= np.maximum(1.0 + moved + lines.carry, 0.0)
    expected = (level - 1.0) @ lines.market_value
    assert (level[:, 2] == 0.0).any()
    assert found == pytest.approx(expected, abs=1e-5 * (1.0 + np.abs(expected).max()))


def test_that_memory_is_that_of_a_chunk_and_not_of_all_paths() -> None:
    lines = ResetLines(
        np.arange(200) % 40, np.tile([2.0, -1.0], 100), np.ones(200), np.full(200, -1e-4)
    )
    days = partial(student_t_days, daily_loading(np.eye(40) * 0.09))

    def peak(paths: int) -> int:
        tracemalloc.start()
        simulate_pnl(lines, 3, paths, 1, days)
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return found

    few, many = peak(4 * CHUNK), peak(20 * CHUNK)
    # Few chunks may happen to be worked on one after the other, many on all cores at once; five times as many paths
    # would need five times as much if they were all held.
    assert many < max(2, os.cpu_count() or 1) * few + 16 * CHUNK * 8
    assert many < 60_000_000
