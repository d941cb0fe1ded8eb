"""Which combinations of holdings carry a bet: every name inside it belongs to exactly one combination."""

import math
from dataclasses import dataclass

from levcheck.app.analysis import Analysis, ThemeExposure


@dataclass(frozen=True, slots=True)
class Combination:
    """What exactly these holdings carry together.

    Attributes:
        positions: ids of the holdings, in the order of the list.
        roots: names inside the bet that they and no others carry.
        amount: their effective exposure counted in the bet, without regard to sign, base currency.
    """

    positions: tuple[str, ...]
    roots: tuple[str, ...]
    amount: float


def theme_combinations(analysis: Analysis, theme: ThemeExposure) -> tuple[Combination, ...]:
    """Return the combinations that carry a bet, largest first; their amounts are the bet's names without sign."""
    holders = {
        exposure.root: frozenset(door.position for door in exposure.doors)
        for exposure in analysis.exposures
    }
    groups: dict[frozenset[str], list[tuple[str, float]]] = {}
    for root, amount in theme.roots:
        held = holders.get(root)
        if held:
            groups.setdefault(held, []).append((root, abs(amount)))
    order = {line.id: number for number, line in enumerate(analysis.positions)}
    found = [
        Combination(
            tuple(sorted(held, key=lambda position: order.get(position, 0))),
            tuple(root for root, _ in sorted(parts, key=lambda part: -part[1])),
            math.fsum(amount for _, amount in parts),
        )
        for held, parts in groups.items()
    ]
    return tuple(sorted(found, key=lambda one: -one.amount))
