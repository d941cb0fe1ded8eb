"""Interest rates and credit spreads as shocks: points a year turned into what bonds lose.

By duration and convexity: move = −D·Δ + C·Δ²/2. The figures are those of common funds on long and medium US Treasuries
and on corporate bonds, rounded; they are assumptions, for bonds of other terms follow by their measured links.
"""

from dataclasses import dataclass
from typing import Final

from levcheck.domain.scenario import Shock

GREATEST_POINTS: Final = 0.10
"""A rise beyond ten points is refused: the second order no longer holds."""

RATES: Final = "rates"
SPREADS: Final = "spreads"


@dataclass(frozen=True, slots=True)
class _Bond:
    """How a group of bonds answers a change of its yield."""

    target: str
    duration: float
    convexity: float


_RATES: Final = (
    _Bond("driver:long-treasury", 16.0, 350.0),
    _Bond("driver:treasury", 7.0, 60.0),
)
_SPREADS: Final = (_Bond("class:credit", 6.0, 55.0),)


def yield_shocks(word: str, points: float) -> tuple[Shock, ...]:
    """Return the shocks that a change of yields means.

    Args:
        word: ``rates`` or ``spreads``.
        points: change a year as a fraction; 0.01 is one percentage point more.

    Raises:
        ValueError: the change is larger than :data:`GREATEST_POINTS`.

    >>> [(shock.target, round(shock.move, 4)) for shock in yield_shocks("rates", 0.01)]
    [('driver:long-treasury', -0.1425), ('driver:treasury', -0.067)]
    """
    if not abs(points) <= GREATEST_POINTS:
        raise ValueError("too many points")
    bonds = _RATES if word == RATES else _SPREADS
    return tuple(
        Shock(
            bond.target,
            -bond.duration * points + bond.convexity * points**2 / 2.0,
            source=f"duration {bond.duration:g}, convexity {bond.convexity:g}: assumed",
        )
        for bond in bonds
    )
