"""How the smaller figures came about: cells, counts, shares in common, ranges, totals of a currency and of a file."""

import math
from collections.abc import Sequence
from functools import partial

from levcheck.app.analysis import (
    AnalysedPosition,
    Analysis,
    FamilyExposure,
    PositionLoss,
    RootExposure,
    StressResult,
)
from levcheck.app.explain import (
    CONDITIONAL,
    explain_cell,
    explain_exposure,
    explain_loss,
    explain_position_value,
    explain_sum,
    is_cash_root,
    named,
    scenario_source,
    source_of_inside,
    stress_result,
)
from levcheck.app.holding_totals import currency_totals, total_checks
from levcheck.domain.diagnostics import Place
from levcheck.domain.explanation import Explanation, Operation, Unit
from levcheck.domain.portfolio import Reading
from levcheck.domain.provenance import Source
from levcheck.domain.theme import Family

FIELDS = {"quantity": Unit.QUANTITY, "price": Unit.PRICE}
"""Cells of a line that are shown beside its value."""

PLAIN = Source("arithmetic: (1 − 10%) × (1 + 10%) − 1")
_ROOT_MOVES = 12


def explain_field(analysis: Analysis, field: str, position: str) -> Explanation:
    """Return a quantity or a price as it stands in its cell.

    Raises:
        KeyError: there is no such line, or it has no such cell.
    """
    line = analysis.position(position)
    if line.position is None or getattr(line.position, field, None) is None:
        raise KeyError(field)
    return explain_cell(line, line.position, field, FIELDS[field])


def explain_multiple(analysis: Analysis, position: str) -> Explanation:
    """Return the daily multiple of a line with the row of the library that says so.

    Raises:
        KeyError: there is no such line.
    """
    line = analysis.position(position)
    source = line.instrument.source if line.instrument else Source("plain")
    return Explanation("explain.multiple", line.daily_leverage_factor, Unit.MULTIPLE, source=source)


def explain_seen(analysis: Analysis, position: str) -> Explanation:
    """Return how much of a line was looked through, with the dated list it was looked through with.

    Raises:
        KeyError: there is no such line.
    """
    line = analysis.position(position)
    held = line.position or line.cash
    source = Source("cash") if line.cash is not None else source_of_inside(line)
    return Explanation(
        "explain.seen",
        line.looked_through_share,
        Unit.SHARE,
        args=named(line=line.label),
        source=source,
        place=held.place if held is not None and source is None else None,
    )


# --- families, names, pairs --------------------------------------------------------------------------------


def explain_family_labelled(analysis: Analysis, family: Family) -> Explanation:
    """Return the lines whose own label falls in a family.

    Raises:
        KeyError: nothing of the portfolio is in it.
    """
    found = _family(analysis, family)
    return explain_sum(
        "explain.family_labelled",
        found.labelled,
        [
            (value, partial(explain_position_value, analysis, position))
            for position, value in found.labels
        ],
    )


def explain_family_doors(analysis: Analysis, family: Family) -> Explanation:
    """Return the lines that reach a family, each counted once.

    Raises:
        KeyError: nothing of the portfolio is in it.
    """
    found = _family(analysis, family)
    return explain_sum(
        "explain.family_doors",
        float(found.doors),
        [(1.0, _counted(analysis.position(position))) for position, _ in found.positions],
        unit=Unit.COUNT,
    )


def explain_effective_names(analysis: Analysis) -> Explanation:
    """Return the number of equal names that would be as concentrated as the roots held.

    Raises:
        KeyError: there is no exposure.
    """
    names = analysis.overlap.effective_names
    if names is None:
        raise KeyError("effective_names")
    held = [root for root in analysis.exposures if not is_cash_root(root)]
    whole = math.fsum(root.gross for root in held)
    squares = explain_sum(
        "explain.squared_shares",
        1.0 / names,
        [((root.gross / whole) ** 2, partial(_square, analysis, root, whole)) for root in held],
        unit=Unit.SHARE,
    )
    return Explanation(
        "explain.effective_names", names, Unit.COUNT, Operation.MODEL, inputs=(squares,)
    )


def explain_pair(analysis: Analysis, first: str, second: str) -> Explanation:
    """Return how much two lines are the same thing, name by name.

    Raises:
        KeyError: the two share nothing.
    """
    pair = next((p for p in analysis.overlap.pairs if {p.a, p.b} == {first, second}), None)
    if pair is None:
        raise KeyError(f"{first}|{second}")
    a, b = _weights(analysis, pair.a), _weights(analysis, pair.b)
    names = {root.root: root.name for root in analysis.exposures}
    one, other = analysis.position(pair.a).label, analysis.position(pair.b).label
    parts = [
        (min(a[root], b[root]), partial(_shared, names[root], (one, a[root]), (other, b[root])))
        for root in a.keys() & b.keys()
    ]
    return explain_sum(
        "explain.pair", pair.min_weight, parts, unit=Unit.SHARE, first=one, second=other
    )


# --- stress ------------------------------------------------------------------------------------------------


def explain_underlying_move(analysis: Analysis, scenario: str, position: str) -> Explanation:
    """Return the move of what a line rides on, with the largest moves inside it.

    Raises:
        KeyError: the scenario was not run, or it could not value the line.
    """
    result = stress_result(analysis, scenario)
    loss = _loss(result, position)
    moves = {root: (change, how) for root, change, how in result.root_moves}
    inside = [
        root
        for root in analysis.exposures
        if root.root in moves and any(door.position == position for door in root.doors)
    ]
    return Explanation(
        "explain.underlying_move",
        loss.underlying_move,
        Unit.RETURN,
        Operation.MODEL,
        named(line=analysis.position(position).label),
        tuple(
            Explanation(
                f"explain.root_{moves[root.root][1]}",
                moves[root.root][0],
                Unit.RETURN,
                args=named(root=root.name),
                source=scenario_source(result) if moves[root.root][1] == "shocked" else CONDITIONAL,
            )
            for root in inside[:_ROOT_MOVES]
        ),
        source=scenario_source(result),
    )


def explain_loss_range(analysis: Analysis, scenario: str, position: str) -> Explanation:
    """Return the low and high estimates of one line in a scenario.

    Raises:
        KeyError: the scenario was not run, or it could not value the line.
    """
    result = stress_result(analysis, scenario)
    loss = _loss(result, position)
    return Explanation(
        "explain.range_of_line",
        loss.pnl,
        Unit.MONEY,
        Operation.MODEL,
        named(line=analysis.position(position).label),
        (
            Explanation("explain.range_low", loss.low, Unit.MONEY, source=CONDITIONAL),
            Explanation("explain.range_high", loss.high, Unit.MONEY, source=CONDITIONAL),
            explain_loss(analysis, scenario, position),
        ),
        source=CONDITIONAL,
    )


# --- totals ------------------------------------------------------------------------------------------------


def explain_currency(
    analysis: Analysis, currency: str, readings: Sequence[Reading] = ()
) -> Explanation:
    """Return what is held in one currency, line by line.

    Raises:
        KeyError: nothing is held in it.
    """
    wanted = currency or None
    total = next((t for t in currency_totals(analysis, readings) if t.currency == wanted), None)
    if total is None or total.in_base is None:
        raise KeyError(currency)
    lines = [
        line
        for line in analysis.positions
        if (held := line.position or line.cash) is not None
        and held.currency == wanted
        and line.market_value is not None
    ]
    return explain_sum(
        "explain.currency",
        total.in_base,
        [
            (line.market_value or 0.0, partial(explain_position_value, analysis, line.id))
            for line in lines
        ],
        currency=currency or analysis.portfolio.base_currency,
    )


def explain_stated_total(
    analysis: Analysis, number: str, readings: Sequence[Reading]
) -> Explanation:
    """Return a total a file states beside what its rows come to.

    Raises:
        KeyError: no file states such a total.
    """
    checks = total_checks(readings)
    if not number.isdigit() or int(number) >= len(checks):
        raise KeyError(number)
    check = checks[int(number)]
    total = check.total
    currency = total.currency or analysis.portfolio.base_currency
    read = Explanation(
        "explain.total_read",
        check.read,
        Unit.MONEY,
        Operation.MODEL,
        inputs=tuple(
            explain_position_value(analysis, line.id) for line in analysis.positions[:_ROOT_MOVES]
        ),
        currency=currency,
    )
    return Explanation(
        "explain.total_stated",
        total.value,
        Unit.MONEY,
        Operation.MODEL,
        named(what=total.what),
        (read,),
        place=Place(check.file, total.sheet, total.row),
        currency=currency,
    )


def explain_plain_pair(_analysis: Analysis) -> Explanation:
    """Return what −10 % and then +10 % leave of a plain holding."""
    return Explanation("explain.plain_pair", 0.9 * 1.1 - 1.0, Unit.RETURN, source=PLAIN)


# --- inside ------------------------------------------------------------------------------------------------


def _family(analysis: Analysis, family: Family) -> FamilyExposure:
    for found in analysis.families:
        if found.family is family:
            return found
    raise KeyError(family)


def _loss(result: StressResult, position: str) -> PositionLoss:
    for loss in result.positions:
        if loss.position == position:
            return loss
    raise KeyError(position)


def _counted(line: AnalysedPosition) -> Explanation:
    held = line.position or line.cash
    return Explanation(
        "explain.counted",
        1.0,
        Unit.COUNT,
        args=named(line=line.label),
        place=held.place if held is not None else None,
    )


def _square(analysis: Analysis, root: RootExposure, whole: float) -> Explanation:
    share = Explanation(
        "explain.share_of_effect",
        root.gross / whole,
        Unit.SHARE,
        Operation.RATIO,
        named(root=root.name),
        (explain_exposure(analysis, root.root),),
    )
    return Explanation(
        "explain.squared_share",
        (root.gross / whole) ** 2,
        Unit.SHARE,
        Operation.PRODUCT,
        named(root=root.name),
        (share, share),
    )


def _weights(analysis: Analysis, position: str) -> dict[str, float]:
    """Return root → weight inside the long side of a line."""
    amounts: dict[str, float] = {}
    for root in analysis.exposures:
        if is_cash_root(root):
            continue
        for door in root.doors:
            if door.position == position:
                amounts[root.root] = amounts.get(root.root, 0.0) + door.amount
    long = {root: amount for root, amount in amounts.items() if amount > 0}
    whole = math.fsum(long.values())
    return {root: amount / whole for root, amount in long.items()} if whole else {}


def _shared(name: str, one: tuple[str, float], other: tuple[str, float]) -> Explanation:
    return Explanation(
        "explain.pair_part",
        min(one[1], other[1]),
        Unit.SHARE,
        Operation.MODEL,
        named(root=name),
        tuple(
            Explanation(
                "explain.share_of_root_in",
                weight,
                Unit.SHARE,
                args=named(root=name, line=line),
                source=Source("look_through"),
            )
            for line, weight in (one, other)
        ),
    )
