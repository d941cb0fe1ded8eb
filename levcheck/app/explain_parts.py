"""Parts of a whole that are printed by themselves: of the money, of a bet, of a scenario, of what two lines share."""

import math
from collections.abc import Sequence
from datetime import date
from functools import partial

from levcheck.app.analysis import Analysis, RootExposure
from levcheck.app.explain import (
    explain_cause,
    explain_door,
    explain_exposure,
    explain_loss,
    explain_position_value,
    explain_sum,
    named,
    stress_result,
)
from levcheck.app.explain_figures import pair_of
from levcheck.app.understanding import MoneyPart, coverage_parts, list_ages
from levcheck.domain.explanation import Explanation, Operation, Unit
from levcheck.domain.provenance import Source

HOLDINGS, CAUSES = "holdings", "causes"


def explain_coverage_part(analysis: Analysis, part: str) -> Explanation:
    """Return one part of the money by how well it is understood, as a share of all of it.

    Raises:
        KeyError: there is no such part.
    """
    return _share_of(analysis, "explain.coverage_" + part, part, coverage_parts(analysis))


def explain_list_age(analysis: Analysis, age: str, today: str) -> Explanation:
    """Return the money in funds whose lists are of one age, as a share of the money in funds that need a list.

    Args:
        analysis: the result.
        age: of the lists, or ``none``.
        today: ISO day the age is counted to.

    Raises:
        KeyError: there is no such part.
    """
    parts = list_ages(analysis, date.fromisoformat(today))
    return _share_of(analysis, "explain.list_" + age, age, parts)


def explain_theme_part(analysis: Analysis, theme: str, root: str) -> Explanation:
    """Return what of one root counts in a bet: everything that rides on it times the share that counts.

    Raises:
        KeyError: there is no such bet, or the root is not in it.
    """
    bet = analysis.theme(theme)
    amount = dict(bet.roots)[root]
    whole = explain_exposure(analysis, root)
    if whole.value is None or math.isclose(whole.value, amount, abs_tol=0.005):
        return whole
    return Explanation(
        "explain.theme_part",
        amount,
        Unit.MONEY,
        Operation.PRODUCT,
        named(root=analysis.root(root).name, theme=bet.name),
        (
            whole,
            Explanation(
                "explain.strength",
                amount / whole.value,
                Unit.SHARE,
                args=named(theme=bet.name),
                source=_library(analysis),
            ),
        ),
    )


def explain_shared_money(analysis: Analysis, first: str, second: str) -> Explanation:
    """Return the money two lines have on the same names: name by name, the smaller of both amounts.

    Raises:
        KeyError: the two share nothing.
    """
    pair = pair_of(analysis, first, second)
    parts = []
    for exposure in analysis.exposures:
        one, other = (
            math.fsum(door.amount for door in exposure.doors if door.position == line)
            for line in (pair.a, pair.b)
        )
        if one * other > 0:
            least = min(abs(one), abs(other))
            line = pair.a if abs(one) <= abs(other) else pair.b
            parts.append((least, partial(_smaller, analysis, exposure, line, least)))
    return explain_sum(
        "explain.shared_money",
        pair.shared_amount,
        parts,
        first=analysis.position(pair.a).label,
        second=analysis.position(pair.b).label,
    )


def explain_rest(analysis: Analysis, scenario: str, kind: str, shown: str) -> Explanation:
    """Return what all but the largest holdings, or causes, add to a scenario's result.

    Args:
        analysis: the result.
        scenario: id of the scenario.
        kind: ``holdings`` or ``causes``.
        shown: how many of the largest are not in it.

    Raises:
        KeyError: the scenario was not run.
    """
    result = stress_result(analysis, scenario)
    if kind == HOLDINGS:
        moved = [
            (loss.pnl, partial(explain_loss, analysis, scenario, loss.position))
            for loss in result.positions
        ]
    else:
        moved = [
            (cause.pnl, partial(explain_cause, analysis, scenario, cause.root))
            for cause in result.causes
        ]
    moved = sorted((one for one in moved if round(one[0], 2) != 0), key=lambda one: -abs(one[0]))
    largest, rest = moved[: int(shown)], moved[int(shown) :]
    total = result.pnl - math.fsum(amount for amount, _ in largest)
    return explain_sum("explain.rest_of_" + kind, total, rest, scenario=result.facts.name)


def _share_of(
    analysis: Analysis, code: str, wanted: str, parts: Sequence[MoneyPart]
) -> Explanation:
    part = {one.id: one for one in parts}[wanted]
    whole = math.fsum(one.money for one in parts)
    together: dict[str, float] = {}
    for one in parts:
        for line, money in one.lines:
            together[line] = together.get(line, 0.0) + money
    return Explanation(
        code,
        part.money / whole if whole else None,
        Unit.SHARE,
        Operation.RATIO,
        inputs=(
            _money_in(analysis, "explain.part_money", part.lines),
            _money_in(analysis, "explain.whole_money", tuple(together.items())),
        ),
    )


def _money_in(analysis: Analysis, code: str, lines: Sequence[tuple[str, float]]) -> Explanation:
    return explain_sum(
        code,
        math.fsum(money for _, money in lines),
        [(money, partial(_line, analysis, line, money)) for line, money in lines],
    )


def _line(analysis: Analysis, identifier: str, money: float) -> Explanation:
    """Return the part of a line: its whole value, or what of it is meant."""
    value = explain_position_value(analysis, identifier)
    if value.value is not None and math.isclose(abs(value.value), money, abs_tol=0.005):
        return value if value.value >= 0 else _turned(analysis, identifier, money, value)
    return Explanation(
        "explain.part_of_line",
        money,
        Unit.MONEY,
        Operation.PRODUCT,
        named(line=analysis.position(identifier).label),
        (
            value,
            Explanation(
                "explain.part_that_counts",
                money / value.value if value.value else None,
                Unit.SHARE,
                source=_library(analysis),
            ),
        ),
    )


def _turned(analysis: Analysis, identifier: str, money: float, value: Explanation) -> Explanation:
    return Explanation(
        "explain.without_sign",
        money,
        Unit.MONEY,
        Operation.MODEL,
        named(line=analysis.position(identifier).label),
        (value,),
    )


def _smaller(analysis: Analysis, exposure: RootExposure, line: str, least: float) -> Explanation:
    doors = [explain_door(analysis, door) for door in exposure.doors if door.position == line]
    told = named(root=exposure.name, line=analysis.position(line).label)
    is_long = all((door.value or 0.0) >= 0 for door in doors)
    operation = Operation.SUM if is_long else Operation.MODEL
    return Explanation("explain.shared_name", least, Unit.MONEY, operation, told, tuple(doors))


def _library(analysis: Analysis) -> Source:
    return Source("library", analysis.library.snapshot)
