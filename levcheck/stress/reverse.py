"""The question asked backwards: which move costs a given amount, or brings the margin call?

The answer is found by running the same core again and again, so that put back in it gives what was asked.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from levcheck.domain.scenario import Scenario, Shock

_STEPS: Final = 80
_GRID: Final = 64
_LOWEST: Final = -1.0
_HIGHEST: Final = 3.0
_TOLERANCE: Final = 1e-4

Measure = Callable[[Scenario], float]
"""What a scenario gives: the loss, or the cushion above the margin call. Negative beyond the limit asked for."""


@dataclass(frozen=True, slots=True)
class ReverseAnswer:
    """A move that just reaches the limit.

    Attributes:
        move: return of the target, the smallest in size that reaches it.
        reached: what the measure gives there.
        scenario: the scenario with this move.
    """

    move: float
    reached: float
    scenario: Scenario


def move_that_costs(
    target: str, loss: float, template: Scenario, pnl_of: Measure
) -> ReverseAnswer | None:
    """Return the move of a target nearest to none at which the result is −`loss`; None when none within range does it.

    Args:
        target: root, theme, class or country.
        loss: positive amount.
        template: horizon, shape and propagation; its own shocks are replaced.
        pnl_of: runs the core on a scenario and returns the result of the whole.

    Raises:
        ValueError: the loss is not positive.
    """
    if loss <= 0.0:
        raise ValueError("the loss asked for must be positive")
    return move_that_reaches(target, template, lambda scenario: pnl_of(scenario) + loss)


def move_that_reaches(target: str, template: Scenario, cushion_of: Measure) -> ReverseAnswer | None:
    """Return the move nearest to none at which a cushion is used up; None when it never is within −100 % to +300 %."""
    down = _first_crossing(target, template, cushion_of, _LOWEST)
    up = _first_crossing(target, template, cushion_of, _HIGHEST)
    found = [answer for answer in (down, up) if answer is not None]
    return min(found, key=lambda answer: abs(answer.move)) if found else None


def with_move(template: Scenario, target: str, move: float) -> Scenario:
    """Return the template with one shock."""
    return replace(template, shocks=(Shock(target, move),))


def _first_crossing(
    target: str, template: Scenario, cushion_of: Measure, end: float
) -> ReverseAnswer | None:
    """Return where the cushion first falls to zero on the way from no move to `end`.

    A coarse walk finds the first step that crosses, so that a loss that comes and goes is met on its near side;
    halving then finds the place within it.
    """
    near = 0.0
    still = with_move(template, target, near)
    if (reached := cushion_of(still)) <= 0.0:
        return ReverseAnswer(near, reached, still)
    for step in range(1, _GRID + 1):
        far = end * step / _GRID
        if cushion_of(with_move(template, target, far)) <= 0.0:
            return _halved(target, template, cushion_of, near, far)
        near = far
    return None


def _halved(
    target: str, template: Scenario, cushion_of: Measure, near: float, far: float
) -> ReverseAnswer:
    for _ in range(_STEPS):
        middle = 0.5 * (near + far)
        if cushion_of(with_move(template, target, middle)) <= 0.0:
            far = middle
        else:
            near = middle
        if abs(far - near) < _TOLERANCE * 1e-6:
            break
    scenario = with_move(template, target, far)
    return ReverseAnswer(far, cushion_of(scenario), scenario)
