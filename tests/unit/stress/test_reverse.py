from collections.abc import Callable

import numpy as np
import pytest

from levcheck.domain.scenario import PathShape, Scenario, Shock
from levcheck.stress.margin import MarginAccount, margin_after
from levcheck.stress.reverse import move_that_costs, move_that_reaches

TEMPLATE = Scenario("reverse", "Reverse", "", (Shock("X", 0.0),), 0, PathShape.ONE_DAY)


def two_times(scenario: Scenario) -> float:
    """10,000 in a two-times fund and 1,000 sold short of the same stock."""
    move = scenario.shocks[0].move
    return 10_000 * max(2 * move, -1.0) - 1_000 * move


def test_that_the_move_put_back_in_costs_what_was_asked() -> None:
    answer = move_that_costs("X", 3_800.0, TEMPLATE, two_times)
    assert answer is not None
    assert answer.move == pytest.approx(-0.2, rel=1e-6)
    assert two_times(answer.scenario) == pytest.approx(-3_800.0, rel=1e-3)
    assert answer.scenario.shocks == (Shock("X", answer.move),)


def test_that_a_loss_out_of_reach_has_no_answer() -> None:
    assert move_that_costs("X", 50_000.0, TEMPLATE, lambda s: 100 * s.shocks[0].move) is None
    with pytest.raises(ValueError, match="positive"):
        move_that_costs("X", 0.0, TEMPLATE, two_times)


def test_that_the_nearer_of_two_ways_is_told() -> None:
    answer = move_that_costs("X", 10.0, TEMPLATE, lambda s: -100 * s.shocks[0].move)
    assert answer is not None
    assert answer.move == pytest.approx(0.1, rel=1e-6)


def test_that_the_move_to_the_margin_call_is_found() -> None:
    account = MarginAccount(np.array([100.0]), np.array([0.25]), 50.0)

    def cushion(scenario: Scenario) -> float:
        state = margin_after(account, np.array([100.0 * scenario.shocks[0].move]))
        return state.equity - state.required

    answer = move_that_reaches("X", TEMPLATE, cushion)
    assert answer is not None
    assert answer.move == pytest.approx(-1 / 3, rel=1e-6)


def test_that_a_limit_already_passed_needs_no_move() -> None:
    answer = move_that_reaches("X", TEMPLATE, lambda s: -1.0 - s.shocks[0].move)
    assert answer is not None
    assert answer.move == 0.0


def test_that_a_rise_is_looked_at_only_where_it_counts() -> None:
    def short(scenario: Scenario) -> float:
        return 10.0 - 100.0 * scenario.shocks[0].move

    found = move_that_reaches("X", TEMPLATE, short)
    assert found is not None
    assert found.move == pytest.approx(0.1)
    assert move_that_reaches("X", TEMPLATE, short, rises=False) is None
    # Beyond the fall that was found no rise is looked for.
    seen: list[float] = []

    def both(scenario: Scenario) -> float:
        seen.append(scenario.shocks[0].move)
        return 10.0 - abs(100.0 * scenario.shocks[0].move)

    fall = move_that_reaches("X", TEMPLATE, both)
    assert fall is not None
    assert abs(fall.move) == pytest.approx(0.1)
    assert max(seen) <= 0.1 + 1e-9
    passed = [0]

    def spent(_: Scenario) -> float:
        passed[0] += 1
        return 0.0

    at_once = move_that_reaches("X", TEMPLATE, spent)
    assert at_once is not None
    assert (at_once.move, passed) == (0.0, [1])


@pytest.mark.parametrize(
    ("of", "runs"),
    [
        (lambda move: 1.0 + 3.0 * move, 24),
        (lambda move: np.exp(2.0 * move) - 0.4, 35),
        (lambda move: (1.0 + move) ** 3 - 0.2, 32),
        (lambda move: 0.3 - np.sqrt(abs(move)), 11),
    ],
    ids=["straight", "bent", "more bent", "steep"],
)
def test_that_the_core_is_asked_a_few_times_only(of: Callable[[float], float], runs: int) -> None:
    asked = [0]

    def cushion(scenario: Scenario) -> float:
        asked[0] += 1
        return float(of(scenario.shocks[0].move))

    found = move_that_reaches("X", TEMPLATE, cushion, rises=False)
    assert found is not None
    assert found.reached <= 0.0
    assert found.reached == pytest.approx(0.0, abs=1e-7)
    assert asked[0] <= runs
