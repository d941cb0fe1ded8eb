"""Shocks and the story they belong to."""

from dataclasses import dataclass
from enum import StrEnum


class PathShape(StrEnum):
    """How the shock is spread over the horizon."""

    ONE_DAY = "one_day"
    STRAIGHT = "straight"
    CRASH_THEN_CHOP = "crash_then_chop"
    CHOP_FLAT = "chop_flat"
    V_SHAPE = "v_shape"
    UP_THEN_DOWN = "up_then_down"


@dataclass(frozen=True, slots=True)
class Shock:
    """One move.

    Attributes:
        target: ``NVDA.US`` (a root), ``theme:ai-chips``, ``class:equity``, ``currency:KRW``, ``country:KR``.
        move: simple return over the whole horizon as a fraction (-0.30), never below -1.
        swing: size of each day's alternating move for choppy shapes, fraction; 0 elsewhere.
        source: where a measured figure comes from; None for an assumption.
        is_own: whether it says nothing about anything else, such as a premium that melts away.
    """

    target: str
    move: float
    swing: float = 0.0
    source: str | None = None
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class Scenario:
    """A named set of shocks with its story.

    Attributes:
        id: lower-case words joined by hyphens.
        name: short title.
        story: one or two plain sentences.
        shocks: the moves.
        horizon_days: trading days over which they happen; 0 = one instant, no time and no carry.
        shape: how the moves are spread over the horizon.
        dates: ISO interval of a historic episode ("2026-06-22/2026-06-26"), None for an assumption.
        source: where the figures come from.
        propagate: whether other roots follow by their measured links.
        origin: ``bundled``, ``user`` or ``custom``.
    """

    id: str
    name: str
    story: str
    shocks: tuple[Shock, ...]
    horizon_days: int
    shape: PathShape = PathShape.STRAIGHT
    dates: str | None = None
    source: str = ""
    propagate: bool = True
    origin: str = "bundled"
