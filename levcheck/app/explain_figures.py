"""How the smaller figures came about: cells, counts, shares in common, ranges, totals of a currency and of a file."""

import math
from collections.abc import Sequence
from functools import partial

from levcheck.app.analysis import (
    AnalysedPosition,
    Analysis,
    CauseLoss,
    OverlapPair,
    RootExposure,
    StressResult,
)
from levcheck.app.combinations import theme_combinations
from levcheck.app.explain import (
    CONDITIONAL,
    explain_cause,
    explain_cell,
    explain_exposure,
    explain_loss,
    explain_position_value,
    explain_scenario,
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

RESET = "reset-and-cost"
CAUSE_GROUPS = ("shocked", "follows", "other", RESET)
"""Why a part of a result came about: the scenario names it, it follows, neither, or the daily reset and its costs."""

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
    found = analysis.family(family)
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
    found = analysis.family(family)
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
        [((root.gross / whole) ** 2, partial(_square, root, whole)) for root in held],
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
    pair = pair_of(analysis, first, second)
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


def pair_of(analysis: Analysis, first: str, second: str) -> OverlapPair:
    """Return what two lines share, whichever is named first.

    Raises:
        KeyError: the two share nothing.
    """
    for pair in analysis.overlap.pairs:
        if {pair.a, pair.b} == {first, second}:
            return pair
    raise KeyError(f"{first}|{second}")


def explain_combination(analysis: Analysis, theme: str, positions: str) -> Explanation:
    """Return what exactly these holdings carry of a bet, name by name.

    Args:
        analysis: the result.
        theme: id of the bet.
        positions: ids of the holdings, joined by ``+``.

    Raises:
        KeyError: there is no such bet or combination.
    """
    found = next((t for t in analysis.themes if t.theme == theme), None)
    if found is None:
        raise KeyError(theme)
    wanted = tuple(positions.split("+"))
    group = next((c for c in theme_combinations(analysis, found) if c.positions == wanted), None)
    if group is None:
        raise KeyError(positions)
    amounts = {root: abs(amount) for root, amount in found.roots}
    return explain_sum(
        "explain.combination",
        group.amount,
        [
            (amounts[root], partial(_counted_root, analysis, root, amounts[root]))
            for root in group.roots
        ],
        lines=", ".join(analysis.position(p).label for p in wanted),
        theme=found.name,
    )


def _counted_root(analysis: Analysis, root: str, amount: float) -> Explanation:
    tree = explain_exposure(analysis, root)
    return Explanation(
        "explain.counted_root", amount, Unit.MONEY, Operation.MODEL, tree.args, (tree,)
    )


# --- stress ------------------------------------------------------------------------------------------------


def explain_underlying_move(analysis: Analysis, scenario: str, position: str) -> Explanation:
    """Return the move of what a line rides on, with the largest moves inside it.

    Raises:
        KeyError: the scenario was not run, or it could not value the line.
    """
    result = stress_result(analysis, scenario)
    loss = result.loss(position)
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
    loss = result.loss(position)
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


def cause_group(result: StressResult, group: str) -> tuple[CauseLoss, ...]:
    """Return the causes of a result that belong to one of ``CAUSE_GROUPS``; together the groups are all of them."""
    moves = {root: how for root, _, how in result.root_moves}
    return tuple(
        cause
        for cause in result.causes
        if (RESET if cause.root == RESET else moves.get(cause.root, "other")) == group
    )


def explain_cause_group(analysis: Analysis, scenario: str, group: str) -> Explanation:
    """Return what all parts with one reason add to a scenario's result.

    Raises:
        KeyError: the scenario was not run, or nothing has this reason.
    """
    causes = cause_group(stress_result(analysis, scenario), group)
    if not causes:
        raise KeyError(group)
    return explain_sum(
        f"explain.group_{group}",
        math.fsum(cause.pnl for cause in causes),
        [(c.pnl, partial(explain_cause, analysis, scenario, c.root)) for c in causes],
    )


def explain_difference(
    analysis: Analysis, first: str, second: str, position: str = ""
) -> Explanation:
    """Return how far two scenarios lie apart, for one line or, with "", for all together.

    Raises:
        KeyError: one of them was not run.
    """
    ends = []
    for scenario, sign in ((second, 1.0), (first, -1.0)):
        result = stress_result(analysis, scenario)
        if position:
            amount = next((x.pnl for x in result.positions if x.position == position), 0.0)
            inside = explain_loss(analysis, scenario, position) if amount else None
        else:
            amount, inside = result.pnl, explain_scenario(analysis, scenario)
        ends.append(
            Explanation(
                "explain.added" if sign > 0 else "explain.taken_off",
                sign * amount,
                Unit.MONEY,
                Operation.MODEL,
                named(scenario=result.facts.name),
                (inside,) if inside is not None else (),
                source=scenario_source(result),
            )
        )
    return Explanation(
        "explain.difference",
        math.fsum(end.value or 0.0 for end in ends),
        Unit.MONEY,
        Operation.SUM,
        named(scenario=stress_result(analysis, second).facts.name),
        tuple(ends),
    )


# --- totals ------------------------------------------------------------------------------------------------


def explain_cash(analysis: Analysis, side: str) -> Explanation:
    """Return the cash ``held`` or ``owed``, line by line, without sign.

    Raises:
        KeyError: it is neither.
    """
    sign = {"held": 1.0, "owed": -1.0}[side]
    lines = [
        (sign * line.market_value, partial(explain_position_value, analysis, line.id))
        for line in analysis.positions
        if line.cash is not None and line.market_value is not None and sign * line.market_value > 0
    ]
    if side == "held":
        return explain_sum("explain.cash_held", math.fsum(a for a, _ in lines), lines)
    parts = tuple(tree() for _, tree in lines)
    owed = math.fsum(amount for amount, _ in lines)
    return Explanation("explain.cash_owed", owed, Unit.MONEY, Operation.MODEL, inputs=parts)


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


def _counted(line: AnalysedPosition) -> Explanation:
    held = line.position or line.cash
    return Explanation(
        "explain.counted",
        1.0,
        Unit.COUNT,
        args=named(line=line.label),
        place=held.place if held is not None else None,
    )


def _square(root: RootExposure, whole: float) -> Explanation:
    share = Explanation(
        "explain.share_of_effect",
        root.gross / whole,
        Unit.SHARE,
        args=named(root=root.name),
        source=Source("look_through"),
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
