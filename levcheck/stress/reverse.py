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
_TOLERANCE: Final = 1e-8
_CLOSEST: Final = 1e-12

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


def move_that_reaches(
    target: str, template: Scenario, cushion_of: Measure, *, rises: bool = True
) -> ReverseAnswer | None:
    """Return the move nearest to none at which a cushion is used up; None when it never is within −100 % to +300 %.

    Args:
        target: root, theme, class or country.
        template: horizon, shape and propagation; its own shocks are replaced.
        cushion_of: what is left above the limit; zero or less beyond it.
        rises: look at rises too, not at falls only.
    """
    found = _first_crossing(target, template, cushion_of, _LOWEST)
    if not rises or (found is not None and found.move == 0.0):
        return found
    # Only a nearer rise would be told, so the walk up ends where the fall was found.
    end = _HIGHEST if found is None else -found.move
    up = _first_crossing(target, template, cushion_of, end)
    answers = [answer for answer in (found, up) if answer is not None]
    return min(answers, key=lambda answer: abs(answer.move)) if answers else None


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
    near, left = 0.0, cushion_of(still := with_move(template, target, 0.0))
    if left <= 0.0:
        return ReverseAnswer(0.0, left, still)
    for step in range(1, _GRID + 1):
        far = end * step / _GRID
        beyond = cushion_of(with_move(template, target, far))
        if beyond <= 0.0:
            return _narrowed(target, template, cushion_of, (near, left), (far, beyond))
        near, left = far, beyond
    return None


def _narrowed(
    target: str,
    template: Scenario,
    cushion_of: Measure,
    near: tuple[float, float],
    far: tuple[float, float],
) -> ReverseAnswer:
    """Return where the cushion falls to zero between two moves, on the side that has reached it.

    False position with the end that stays put halved (Illinois): a few runs of the core where halving takes dozens.
    Source: Dowell and Jarratt (1971), "A modified regula falsi method", BIT 11.
    """
    (a, fa), (b, fb) = near, far
    reached, size = fb, near[1]
    last = 0
    for _ in range(_STEPS):
        if reached > -_TOLERANCE * size or abs(b - a) < _CLOSEST:
            break
        middle = b - fb * (b - a) / (fb - fa)
        if not min(a, b) < middle < max(a, b):
            middle = 0.5 * (a + b)
        found = cushion_of(with_move(template, target, middle))
        if found <= 0.0:
            fa = 0.5 * fa if last < 0 else fa
            b, fb, reached, last = middle, found, found, -1
        else:
            fb = 0.5 * fb if last > 0 else fb
            a, fa, last = middle, found, 1
    return ReverseAnswer(b, reached, with_move(template, target, b))
