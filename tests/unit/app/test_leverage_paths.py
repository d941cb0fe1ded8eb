"""What time does to a daily-reset fund: laws of the courses, and outcomes that come again with the same seed."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from levcheck.app.analysis import DailyResetFacts, ForcedTrade
from levcheck.app.leverage_paths import (
    DOTS,
    ENDS,
    SAMPLES,
    SHAPES,
    PathsRequest,
    leverage_paths,
    usual_swing,
)
from levcheck.domain.scenario import PathShape


def fund(
    factor: float = 2.0, volatility: float | None = 0.55, **more: float | None
) -> DailyResetFacts:
    return DailyResetFacts(
        position="p1",
        daily_leverage_factor=factor,
        expense_ratio=more.get("expense", 0.01),
        financing=0.036 * (factor - 1.0),
        hidden_drag=0.04,
        hidden_drag_basis="class default",
        volatility=volatility,
        volatility_decay=None,
        break_even_move=None,
        forced_trade=ForcedTrade(-0.13, -0.26, None),
        pair_move=-0.04,
    )


def test_that_two_days_cost_stock_fund_and_twin_what_is_published() -> None:
    found = leverage_paths(fund(), PathsRequest("p1"))
    assert found.two_days[:, -1] == pytest.approx([0.99, 0.96, 0.96])
    assert leverage_paths(fund(3.0), PathsRequest("p1")).two_days[1, -1] == pytest.approx(0.91)


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from([2.0, 3.0, -1.0, -2.0]),
    st.integers(1, 252),
    st.sampled_from(SHAPES),
    st.floats(0.0, 0.1),
)
def test_that_a_fund_and_its_twin_never_both_gain(
    factor: float, days: int, shape: PathShape, swing: float
) -> None:
    # Without income on cash the law is exact; here the twin may earn the overnight rate, which is less than it pays.
    found = leverage_paths(fund(factor, None), PathsRequest("p1", days, shape=shape, swing=swing))
    assert found.underlying[-1] == pytest.approx(1.0)
    assert found.underlying.shape == (days + 1,)
    for way in found.ways:
        for own, twin in zip(way.fund, way.twin, strict=True):
            assert min(own, twin) <= 0.001
            assert min(own, twin) >= -1.0


def test_that_the_rougher_the_way_the_less_is_left_of_the_same_end() -> None:
    ends = [
        leverage_paths(fund(), PathsRequest("p1", 120, swing=swing)).fund[-1]
        for swing in (0.0, 0.02, 0.04, 0.08)
    ]
    assert ends == sorted(ends, reverse=True)


def test_that_ways_end_where_the_table_says() -> None:
    found = leverage_paths(fund(1.5), PathsRequest("p1", 1))
    chop = found.ways[0]
    assert [way.shape for way in found.ways] == list(SHAPES)
    assert chop.fund == pytest.approx([1.5 * end for end in ENDS], abs=0.002)


def test_that_outcomes_come_again_with_the_seed_and_only_with_it() -> None:
    first, again, other = (
        leverage_paths(fund(), PathsRequest("p1", 63, seed=seed)) for seed in (1, 1, 2)
    )
    assert first.outcomes == again.outcomes
    assert np.array_equal(first.samples, again.samples)
    assert first.outcomes != other.outcomes
    assert len(first.outcomes) == DOTS
    assert list(first.outcomes) == sorted(first.outcomes)
    assert first.samples.shape == (SAMPLES, 64)
    assert first.basis == "student_t"


def test_that_every_day_of_a_drawn_course_is_drawn_anew() -> None:
    found = leverage_paths(fund(), PathsRequest("p1", 63))
    moves = found.samples[:, 1:] / found.samples[:, :-1] - 1.0
    assert moves.shape == (SAMPLES, 63)
    assert all(len(set(course.round(12))) == 63 for course in moves)
    assert moves.std(axis=1) == pytest.approx(2.0 * 0.55 / np.sqrt(252), rel=0.6)


def test_that_drawn_outcomes_have_no_trend_before_costs() -> None:
    free = DailyResetFacts(
        "p1",
        2.0,
        0.0,
        0.0,
        0.0,
        "class default",
        0.3,
        None,
        None,
        ForcedTrade(-0.13, -0.26, None),
        0.0,
    )
    outcomes = leverage_paths(free, PathsRequest("p1", 21)).outcomes
    assert np.mean(outcomes) == pytest.approx(0.0, abs=0.03)
    assert np.median(outcomes) < np.mean(outcomes)


def test_that_history_is_drawn_from_where_there_is_one() -> None:
    still = np.full(40, 0.001)
    found = leverage_paths(fund(), PathsRequest("p1", 10), history=still)
    assert found.basis == "history"
    assert found.outcomes[0] == pytest.approx(found.outcomes[-1], abs=1e-6)
    assert found.outcomes[0] == pytest.approx((1 + 0.002 - 0.00034) ** 10 - 1, abs=1e-3)


def test_that_without_a_volatility_nothing_is_drawn() -> None:
    found = leverage_paths(fund(volatility=None), PathsRequest("p1", 5))
    assert (found.outcomes, found.basis, found.samples.size) == ((), "unknown", 0)
    assert usual_swing(fund(volatility=None)) == 0.03
    assert usual_swing(fund(volatility=9.0)) == 0.2


def test_that_a_fee_that_is_not_known_is_marked() -> None:
    assert leverage_paths(fund(expense=None), PathsRequest("p1")).is_fee_assumed


@pytest.mark.parametrize(
    "request_",
    [PathsRequest("p1", 0), PathsRequest("p1", 253), PathsRequest("p1", 5, swing=0.3)],
)
def test_that_what_is_out_of_range_is_refused(request_: PathsRequest) -> None:
    with pytest.raises(ValueError, match=r"1 to 252|0 and 20"):
        leverage_paths(fund(), request_)
