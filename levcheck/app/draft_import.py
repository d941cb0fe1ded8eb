"""A second workbook as a proposal, and as a model: the differences become changes, or points of drift."""

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from levcheck.app.analysis import AnalysedPosition, Analysis
from levcheck.app.what_if import line_ref
from levcheck.domain.draft import Bought, By, Change, ChangeKind, Draft

_LEAST = 0.005
"""Half a cent: less is no difference."""
_LEAST_UNITS = 1e-6


@dataclass(frozen=True, slots=True)
class Drift:
    """How far a part is from the model.

    Attributes:
        kind: ``family``, ``theme`` or ``root``.
        id: of the part.
        name: English name.
        today: share of equity today; None without equity.
        model: share of equity in the model.
        points: today − model, as a fraction (0.05 = 5 points); None where one is not known.
        net_today: net amount in effect today, base currency; 0 when nothing rides on it.
    """

    kind: str
    id: str
    name: str
    today: float | None
    model: float | None
    points: float | None
    net_today: float


def drift(analysis: Analysis, model: Analysis) -> tuple[Drift, ...]:
    """Return how far families, themes and roots are from a model, per kind the farthest first."""
    found: list[Drift] = []
    for kind, ours, theirs in (
        ("family", _families(analysis), _families(model)),
        ("theme", _themes(analysis), _themes(model)),
        ("root", _roots(analysis), _roots(model)),
    ):
        rows = [
            _drift(analysis, model, kind, key, ours.get(key), theirs.get(key))
            for key in dict.fromkeys((*ours, *theirs))
        ]
        found += sorted(rows, key=lambda row: (-abs(row.points or 0.0), row.id))
    return tuple(found)


def draft_from(analysis: Analysis, proposed: Analysis, identifier: str) -> Draft:
    """Return the changes that lead from one portfolio to another, instrument by instrument.

    Units are compared where both files tell them, for prices may have moved between the files; money where not.
    Cash is no change of its own: it follows from the trades.
    """
    ours, theirs = _by_instrument(analysis), _by_instrument(proposed)
    sales: list[Change] = []
    buys: list[Change] = []
    for key in dict.fromkeys((*ours, *theirs)):
        here, there = ours.get(key, []), theirs.get(key, [])
        if here and not there:
            sales += [_sell(analysis, line) for line in here]
        elif here:
            less, more = _changed(analysis, here, there)
            sales, buys = [*sales, *less], [*buys, *more]
        else:
            buys += [_bought(line) for line in there]
    return Draft(identifier, (*sales, *buys), proposed.portfolio.name)


# --- inside ------------------------------------------------------------------------------------------------


def _families(analysis: Analysis) -> dict[str, tuple[str, float]]:
    return {f.family.value: (f.family.value, f.net) for f in analysis.families}


def _themes(analysis: Analysis) -> dict[str, tuple[str, float]]:
    return {t.theme: (t.name, t.net) for t in analysis.themes}


def _roots(analysis: Analysis) -> dict[str, tuple[str, float]]:
    return {r.root: (r.name, r.net) for r in analysis.exposures if not r.root.endswith(".CASH")}


def _drift(
    analysis: Analysis,
    model: Analysis,
    kind: str,
    key: str,
    ours: tuple[str, float] | None,
    theirs: tuple[str, float] | None,
) -> Drift:
    net, goal = (ours or ("", 0.0))[1], (theirs or ("", 0.0))[1]
    today = net / analysis.equity if analysis.equity > 0 else None
    wanted = goal / model.equity if model.equity > 0 else None
    points = None if today is None or wanted is None else today - wanted
    return Drift(kind, key, (ours or theirs or (key, 0.0))[0], today, wanted, points, net)


def _by_instrument(analysis: Analysis) -> dict[str, list[AnalysedPosition]]:
    """Return every position with a value by what it is; a line nobody knows by its own name."""
    found: dict[str, list[AnalysedPosition]] = defaultdict(list)
    for line in analysis.positions:
        if line.position is not None and line.market_value:
            key = line.instrument.id if line.instrument is not None else f"?{line.label}"
            found[key].append(line)
    return found


def _sell(analysis: Analysis, line: AnalysedPosition) -> Change:
    return Change(ChangeKind.SELL, line_ref(analysis, line.id))


def _units(lines: Iterable[AnalysedPosition]) -> float | None:
    units = [line.position.quantity if line.position is not None else None for line in lines]
    return None if None in units else math.fsum(u for u in units if u is not None)


def _worth(lines: Iterable[AnalysedPosition]) -> float:
    return math.fsum(line.market_value or 0.0 for line in lines)


def _changed(
    analysis: Analysis, here: list[AnalysedPosition], there: list[AnalysedPosition]
) -> tuple[list[Change], list[Change]]:
    """Return (sales, purchases) of an instrument that both hold."""
    units, wanted = _units(here), _units(there)
    if units is not None and wanted is not None and units:
        by, less, least = By.UNITS, units - wanted, _LEAST_UNITS
    else:
        by, less, least = By.MONEY, _worth(here) - _worth(there), _LEAST
    if abs(less) <= least:
        return [], []
    if _worth(here) > 0 and less > 0:
        return _cut(analysis, here, by, less), []
    if _worth(here) > 0:
        return [], [_more(here[0], by, -less)]
    # A bet on a fall is closed and opened anew: its size is no number of units bought.
    return [_sell(analysis, x) for x in here], [_bought(x) for x in there]


def _cut(analysis: Analysis, lines: list[AnalysedPosition], by: By, amount: float) -> list[Change]:
    changes, left = [], amount
    for line in sorted(lines, key=lambda x: -(x.market_value or 0.0)):
        quantity = line.position.quantity if line.position is not None else None
        has = (quantity or 0.0) if by is By.UNITS else (line.market_value or 0.0)
        part = min(left, has)
        if part <= 0.0:
            continue
        changes.append(Change(ChangeKind.TRIM, line_ref(analysis, line.id), by, part))
        left -= part
    return changes


def _more(line: AnalysedPosition, by: By, amount: float) -> Change:
    return Change(ChangeKind.ADD, by=by, amount=amount, buys=_what(line, None))


def _bought(line: AnalysedPosition) -> Change:
    units = line.position.quantity if line.position is not None else None
    value = line.market_value or 0.0
    if units and line.fx_rate is not None:
        option = line.position.option if line.position is not None else None
        size = option.multiplier if option is not None else 1.0
        buys = _what(line, value / units / size)
        return Change(ChangeKind.ADD, by=By.UNITS, amount=units, buys=buys)
    return Change(ChangeKind.ADD, by=By.MONEY, amount=value, buys=_what(line, None))


def _what(line: AnalysedPosition, price: float | None) -> Bought:
    position, row = line.position, line.instrument
    option = position.option if position is not None else None
    return Bought(
        symbol=line.label,
        instrument=row.id if row is not None and option is None else None,
        name=(position.name if position is not None else None) or (row.name if row else None),
        price=price,
        option=option,
    )
