"""How well the money is understood, line by line: which part of it is seen through, and how old the lists are."""

from dataclasses import dataclass
from datetime import date

from levcheck.app.analysis import AnalysedPosition, Analysis
from levcheck.app.lines import LEFT_OUT
from levcheck.domain.provenance import Freshness, freshness


@dataclass(frozen=True, slots=True)
class MoneyPart:
    """A part of the money, by the lines it stands in.

    Attributes:
        id: which part.
        lines: (position id, money without its sign, base currency) of each line that adds to it.
    """

    id: str
    lines: tuple[tuple[str, float], ...]

    @property
    def money(self) -> float:
        """All its lines together."""
        return sum(amount for _, amount in self.lines)


def coverage_parts(analysis: Analysis) -> tuple[MoneyPart, ...]:
    """Return the money by how well it is understood: ``own``, ``stand_in``, ``known`` (not seen through), ``unknown``.

    Together they are all lines with a value. ``own`` is seen through by a fund's own list, or needs none.
    """
    sums: dict[str, list[tuple[str, float]]] = {
        "own": [],
        "stand_in": [],
        "known": [],
        "unknown": [],
    }
    for line in analysis.positions:
        value = abs(line.market_value or 0.0)
        if line.status == LEFT_OUT:
            sums["unknown"].append((line.id, value))
            continue
        seen = value * (line.looked_through_share or 0.0)
        is_stand_in = line.holdings is not None and line.holdings.stand_in
        sums["stand_in" if is_stand_in else "own"].append((line.id, seen))
        sums["known"].append((line.id, value - seen))
    return tuple(_part(name, lines) for name, lines in sums.items())


def list_ages(analysis: Analysis, today: date) -> tuple[MoneyPart, ...]:
    """Return the money in funds that need a list by the age of that list (:class:`Freshness`), and ``none`` without one."""
    sums: dict[str, list[tuple[str, float]]] = {age.value: [] for age in Freshness}
    sums["none"] = []
    for line in analysis.positions:
        value = abs(line.market_value or 0.0)
        if line.holdings is not None:
            sums[freshness(line.holdings.as_of or None, today).value].append((line.id, value))
        elif lacks_list(line):
            sums["none"].append((line.id, value))
    return tuple(_part(name, lines) for name, lines in sums.items())


def lacks_list(line: AnalysedPosition) -> bool:
    """Return whether a fund stands without the list it needs; a trust that holds one coin or metal needs none."""
    is_fund = line.instrument is not None and line.instrument.is_fund
    return is_fund and line.holdings is None and (line.looked_through_share or 0.0) < 1.0


def _part(name: str, lines: list[tuple[str, float]]) -> MoneyPart:
    return MoneyPart(name, tuple((line, money) for line, money in lines if money > 0))
