"""How each number came about, down to the workbook cell and the dated row of the library.

Nothing is computed again in another way: the trees are laid over the figures of one :class:`Analysis`, and the
children of a sum add up to it (what is too small to list stands in one child of its own).
"""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from types import MappingProxyType

from levcheck.app.analysis import (
    AnalysedPosition,
    Analysis,
    DailyResetFacts,
    Door,
    PositionLoss,
    RootExposure,
    StressResult,
    ThemeExposure,
)
from levcheck.app.explain_notes import explain_convertible
from levcheck.domain.diagnostics import Argument, Place
from levcheck.domain.explanation import Explanation, Operation, Unit
from levcheck.domain.position import Position
from levcheck.domain.provenance import Source
from levcheck.domain.theme import Family

LISTED = 12
"""Children of one sum that are listed one by one; the others are gathered in a last child."""

DAILY_STEP = Source(
    "Cheng and Madhavan (2009), The Dynamics of Leveraged and Inverse ETFs; costs as in the method page"
)
CONDITIONAL = Source("Kupiec (1998), Stress Testing in a Value at Risk Framework")
_ADJUSTED_BY = {
    "fund": DAILY_STEP,
    "sensitivity": Source("betas", None, "betas"),
    "option": Source("black_scholes"),
}
COURSE_START = 100.0
"""What a course of the two-day table begins with."""

CLOSE_OF_DAY = Source("Cheng and Madhavan (2009): the trade at the close is L(L−1) × move × assets")


# --- values ------------------------------------------------------------------------------------------------


def explain_position_value(analysis: Analysis, identifier: str) -> Explanation:
    """Return how a line's market value in the base currency came about.

    Raises:
        KeyError: there is no such line.
    """
    line = analysis.position(identifier)
    base = analysis.portfolio.base_currency
    if line.cash is not None:
        own = Explanation(
            "explain.cash_amount",
            line.cash.amount,
            Unit.MONEY,
            args=named(line=line.label),
            place=None if line.cash.edited else _cell(line.cash.place, line.cash.cells, "amount"),
            source=Source("typed by you") if line.cash.edited else None,
            currency=line.cash.currency or base,
        )
        return _converted(line, own, line.cash.currency, base)
    position = line.position
    if position is None:
        return Explanation("explain.unknown_value", None, Unit.MONEY, args=named(line=line.label))
    return _converted(line, _own_value(line, position), position.currency, base)


def explain_equity(analysis: Analysis) -> Explanation:
    """Return how the money invested is made of its lines; debt counts against it."""
    lines = [line for line in analysis.positions if line.market_value is not None]
    return explain_sum(
        "explain.equity",
        analysis.equity,
        [(line.market_value or 0.0, partial(_value_of, analysis, line)) for line in lines],
    )


def explain_in_effect(analysis: Analysis) -> Explanation:
    """Return how the effective exposure, all roots together without regard to sign, is made of its roots."""
    roots = [r for r in analysis.exposures if not is_cash_root(r)]
    return explain_sum(
        "explain.in_effect",
        analysis.in_effect,
        [(r.gross, partial(_gross_of, analysis, r)) for r in roots],
    )


def explain_gross(analysis: Analysis) -> Explanation:
    """Return how the sum of all market values without regard to sign came about."""
    lines = [x for x in analysis.positions if x.position is not None and x.market_value is not None]
    return explain_sum(
        "explain.gross",
        analysis.gross,
        [(abs(x.market_value or 0.0), partial(_value_of, analysis, x)) for x in lines],
    )


# --- exposure ----------------------------------------------------------------------------------------------


def explain_exposure(analysis: Analysis, root: str) -> Explanation:
    """Return how the net effective exposure to one root is made of its doors.

    Raises:
        KeyError: nothing rides on this root.
    """
    exposure = analysis.root(root)
    code = "explain.root_net" if exposure.looked_through else "explain.closed_fund"
    return explain_sum(
        code,
        exposure.net,
        [(door.amount, partial(explain_door, analysis, door)) for door in exposure.doors],
        root=exposure.name,
        doors=len({door.position for door in exposure.doors}),
    )


def explain_door(
    analysis: Analysis, door: Door, *, strength: float = 1.0, share: str = ""
) -> Explanation:
    """Return one chain as value × multiplier × weight … = amount.

    Args:
        analysis: the result the door belongs to.
        door: the chain.
        strength: share of the amount that is counted (a theme's membership); 1 leaves it out.
        share: name of the theme, where `strength` is not 1.
    """
    line = analysis.position(door.position)
    factors = [_value_of(analysis, line)]
    instruments = [line.instrument.id if line.instrument else line.label, *door.chain[1:]]
    for step, weight in enumerate(door.weights):
        factors.append(_step(line, step, instruments, door, weight))
    if strength != 1.0:
        factors.append(
            Explanation("explain.strength", strength, Unit.SHARE, args=named(theme=share))
        )
    return Explanation(
        "explain.door",
        door.amount * strength,
        Unit.MONEY,
        Operation.PRODUCT,
        named(line=line.label, root=door.chain[-1] if door.chain else line.label),
        tuple(factors),
    )


def explain_theme(analysis: Analysis, theme: str) -> Explanation:
    """Return how a bet's net effective exposure is made of positions, and each of its doors.

    Raises:
        KeyError: the portfolio has no such bet.
    """
    found = analysis.theme(theme)
    strengths = _strengths(analysis, found)
    by_position: dict[str, list[tuple[float, Explanation]]] = {}
    for exposure in analysis.exposures:
        strength = strengths.get(exposure.root)
        if strength is None:
            continue
        for door in exposure.doors:
            part = explain_door(analysis, door, strength=strength, share=found.name)
            by_position.setdefault(door.position, []).append((door.amount * strength, part))
    children = [
        (
            door.amount,
            _through(analysis, door.position, door.amount, by_position.get(door.position, [])),
        )
        for door in found.doors
    ]
    return explain_sum(
        "explain.theme_net", found.net, children, theme=found.name, doors=len(found.doors)
    )


def explain_theme_door(analysis: Analysis, theme: str, position: str) -> Explanation:
    """Return how one position's part of a bet is made of its chains.

    Raises:
        KeyError: the portfolio has no such bet, or the position does not carry it.
    """
    found = analysis.theme(theme)
    amount = {door.position: door.amount for door in found.doors}[position]
    strengths = _strengths(analysis, found)
    parts = [
        (
            door.amount * strengths[exposure.root],
            explain_door(analysis, door, strength=strengths[exposure.root], share=found.name),
        )
        for exposure in analysis.exposures
        if exposure.root in strengths
        for door in exposure.doors
        if door.position == position
    ]
    return _through(analysis, position, amount, parts)


def explain_theme_labelled(analysis: Analysis, theme: str) -> Explanation:
    """Return how the amount a statement would show for a bet is made of the lines that carry its name.

    Raises:
        KeyError: the portfolio has no such bet.
    """
    found = analysis.theme(theme)
    strengths = _strengths(analysis, found)
    children = []
    for line in analysis.positions:
        own = _own_strength(line, strengths)
        if (
            own is not None
            and line.market_value is not None
            and line.wrapper.value in {"direct", "crypto"}
        ):
            amount = line.market_value * own
            children.append((amount, _value_of(analysis, line)))
    return explain_sum("explain.theme_labelled", found.labelled, children, theme=found.name)


def explain_family(analysis: Analysis, family: Family) -> Explanation:
    """Return how a family's net effective exposure is made of positions.

    Raises:
        KeyError: nothing of the portfolio is in it.
    """
    found = analysis.family(family)
    by_position: dict[str, list[tuple[float, Explanation]]] = {}
    for exposure in analysis.exposures:
        if exposure.family is not family:
            continue
        for door in exposure.doors:
            by_position.setdefault(door.position, []).append(
                (door.amount, explain_door(analysis, door))
            )
    children = [
        (amount, _through(analysis, position, amount, by_position.get(position, [])))
        for position, amount in found.positions
    ]
    return explain_sum(
        "explain.family_net", found.net, children, family=family.value, doors=found.doors
    )


def explain_coverage(analysis: Analysis) -> Explanation:
    """Return the share of the money that was looked through, and what is missing from it."""
    missing = tuple(
        Explanation(
            "explain.left_out",
            gap.market_value,
            Unit.MONEY,
            args=named(line=analysis.position(gap.position).label, reason=gap.reason),
            place=_place_of(analysis.position(gap.position)),
        )
        for gap in analysis.coverage.left_out
    )
    return Explanation(
        "explain.coverage",
        analysis.coverage.looked_through_share,
        Unit.SHARE,
        Operation.RATIO,
        named(oldest=analysis.coverage.oldest_as_of),
        missing,
        source=Source("library", analysis.library.snapshot),
    )


# --- stress ------------------------------------------------------------------------------------------------


def explain_scenario(analysis: Analysis, scenario: str) -> Explanation:
    """Return how a scenario's result is made of its positions.

    Raises:
        KeyError: the scenario was not run.
    """
    result = stress_result(analysis, scenario)
    inside = _inside(analysis, result)
    return explain_sum(
        "explain.scenario",
        result.pnl,
        [
            (loss.pnl, partial(explain_loss, analysis, scenario, loss.position, inside))
            for loss in result.positions
        ],
        scenario=result.facts.name,
        positions=len(result.positions),
    )


_Moved = tuple[str, float, float, str]
"""What a line holds that a scenario moves: its name, the amount, its change, and how that came."""


def _inside(analysis: Analysis, result: StressResult) -> Mapping[str, list[_Moved]]:
    """Return what each line holds that a scenario moves, by position."""
    moves = {root: (change, how) for root, change, how in result.root_moves}
    found: dict[str, list[_Moved]] = {}
    for exposure in analysis.exposures:
        if exposure.root in moves:
            change, how = moves[exposure.root]
            for door in exposure.doors:
                moved = (exposure.name, door.amount, change, how)
                found.setdefault(door.position, []).append(moved)
    return found


def explain_loss(
    analysis: Analysis,
    scenario: str,
    position: str,
    inside: Mapping[str, list[_Moved]] | None = None,
) -> Explanation:
    """Return how a scenario's result for one position came about, by its own model.

    Args:
        analysis: the result.
        scenario: id of the scenario.
        position: id of the line.
        inside: what each line holds that the scenario moves; None = it is looked up.

    Raises:
        KeyError: the scenario was not run, or it could not value the position.
    """
    result = stress_result(analysis, scenario)
    loss = result.loss(position)
    line = analysis.position(position)
    value = _value_of(analysis, line)
    args = named(
        line=line.label,
        scenario=result.facts.name,
        model=loss.model,
        horizon=result.horizon_days,
        low=loss.low,
        high=loss.high,
    )
    note = "explain.note_terminated" if loss.terminated else None
    if loss.model == "daily_reset":
        inputs = (value, *_reset_inputs(analysis, line, loss, result))
        return Explanation(
            "explain.loss_daily_reset",
            loss.pnl,
            Unit.MONEY,
            Operation.MODEL,
            args,
            inputs,
            source=DAILY_STEP,
            note=note,
        )
    if loss.floor_pnl is not None:
        return explain_convertible(loss, value, args)
    # The model brings numpy along, which a window does not need before its first painting.
    from levcheck.app.issuer_stacks import explain_tranche

    other = explain_tranche(analysis, loss)
    held = (_inside(analysis, result) if inside is None else inside).get(position, [])
    source = source_of_inside(line)
    if other is None:
        return _loss_by_share(result, loss, value, args, note, (held, source))
    measured = loss if loss.measured_pnl is None else _by_sensitivity(loss, loss.measured_pnl)
    tree = _loss_by_share(result, measured, value, args, note, (held, source))
    # Two answers to one question: they are not added up; the worse one is shown.
    return Explanation(
        "explain.loss_two_models", loss.pnl, Unit.MONEY, Operation.MODEL, args, (tree, other)
    )


def _by_sensitivity(loss: PositionLoss, amount: float) -> PositionLoss:
    """Return a loss as its measured sensitivity alone has it."""
    return replace(loss, pnl=amount, model="sensitivity")


def explain_cause(analysis: Analysis, scenario: str, cause: str) -> Explanation:
    """Return what one root, or the reset and its costs, adds to a scenario's result.

    Raises:
        KeyError: the scenario was not run, or it has no such cause.
    """
    result = stress_result(analysis, scenario)
    found = {part.root: part for part in result.causes}[cause]
    moves = {root: (change, how) for root, change, how in result.root_moves}
    inputs: list[Explanation] = []
    if any(exposure.root == cause for exposure in analysis.exposures):
        inputs.append(explain_exposure(analysis, cause))
    if cause in moves:
        change, how = moves[cause]
        inputs.append(
            Explanation(
                f"explain.root_{how}",
                change,
                Unit.RETURN,
                args=named(root=found.name),
                source=scenario_source(result) if how == "shocked" else CONDITIONAL,
            )
        )
    if not inputs:
        inputs += [explain_daily_reset(analysis, facts.position) for facts in analysis.daily_reset]
    code = "explain.cause" if cause in moves else "explain.cause_reset"
    return Explanation(
        code,
        found.pnl,
        Unit.MONEY,
        Operation.MODEL,
        named(root=found.name, scenario=result.facts.name),
        tuple(inputs),
        source=DAILY_STEP if code == "explain.cause_reset" else None,
    )


def explain_range(analysis: Analysis, scenario: str) -> Explanation:
    """Return where the low and high estimates of a scenario come from.

    Raises:
        KeyError: the scenario was not run.
    """
    result = stress_result(analysis, scenario)
    return Explanation(
        "explain.range",
        result.pnl,
        Unit.MONEY,
        Operation.MODEL,
        named(low=result.low, high=result.high, scenario=result.facts.name),
        (
            Explanation("explain.range_low", result.low, Unit.MONEY, source=CONDITIONAL),
            Explanation("explain.range_high", result.high, Unit.MONEY, source=CONDITIONAL),
        ),
        source=CONDITIONAL,
    )


def explain_daily_reset(analysis: Analysis, position: str) -> Explanation:
    """Return the yearly costs of a daily-reset fund and the trade it is forced into.

    Raises:
        KeyError: the position is no daily-reset fund.
    """
    facts = _reset_facts(analysis, position)
    line = analysis.position(position)
    source = line.instrument.source if line.instrument else None
    parts = (
        Explanation("explain.multiple", facts.daily_leverage_factor, Unit.MULTIPLE, source=source),
        Explanation("explain.expense_ratio", facts.expense_ratio, Unit.RATE, source=source),
        Explanation("explain.financing", facts.financing, Unit.RATE, source=DAILY_STEP),
        Explanation(
            "explain.hidden_drag",
            facts.hidden_drag,
            Unit.RATE,
            args=named(basis=facts.hidden_drag_basis),
            source=DAILY_STEP,
        ),
        Explanation("explain.pair_move", facts.pair_move, Unit.RETURN, source=DAILY_STEP),
        *_flat_year(facts),
        Explanation(
            "explain.forced_trade",
            facts.forced_trade.share_of_assets,
            Unit.SHARE,
            Operation.MODEL,
            named(move=facts.forced_trade.move),
            source=CLOSE_OF_DAY,
        ),
        *_forced_money(facts),
    )
    return Explanation(
        "explain.daily_reset",
        facts.daily_leverage_factor,
        Unit.MULTIPLE,
        Operation.MODEL,
        named(line=line.label),
        parts,
        source=source,
    )


def _flat_year(facts: DailyResetFacts) -> Iterator[Explanation]:
    """Yield what a year of usual swings costs, and the move at which the fund is even after it."""
    if facts.volatility is None:
        return
    swing = Explanation(
        "explain.volatility", facts.volatility, Unit.RATE, source=Source("library", None, "betas")
    )
    for code, value in (
        ("explain.volatility_decay", facts.volatility_decay),
        ("explain.break_even", facts.break_even_move),
    ):
        yield Explanation(
            code, value, Unit.RETURN, Operation.MODEL, inputs=(swing,), source=DAILY_STEP
        )


def _forced_money(facts: DailyResetFacts) -> Iterator[Explanation]:
    """Yield the trade at the close in US dollars, where the size of the fund is known."""
    trade = facts.forced_trade
    if trade.amount is None or not trade.share_of_assets:
        return
    yield Explanation(
        "explain.forced_money",
        trade.amount,
        Unit.MONEY,
        Operation.PRODUCT,
        inputs=(
            Explanation(
                "explain.fund_assets",
                trade.amount / trade.share_of_assets,
                Unit.MONEY,
                source=Source("fund_assets", facts.assets.as_of if facts.assets else None),
                currency="USD",
            ),
            Explanation(
                "explain.forced_trade", trade.share_of_assets, Unit.SHARE, source=CLOSE_OF_DAY
            ),
        ),
        currency="USD",
    )


# --- inside ------------------------------------------------------------------------------------------------


def named(**values: Argument) -> Mapping[str, Argument]:
    """Return the values a sentence names."""
    return MappingProxyType(values)


def explain_sum(
    code: str,
    total: float,
    children: Iterable[tuple[float, Explanation | Callable[[], Explanation]]],
    unit: Unit = Unit.MONEY,
    **args: Argument,
) -> Explanation:
    """Return a sum whose listed children, with one for the rest, add up to `total`.

    A child may be a function that explains it: those that are not listed are never explained.
    """
    ordered = sorted(children, key=lambda child: -abs(child[0]))
    listed = ordered if len(ordered) <= LISTED + 1 else ordered[:LISTED]
    inputs = [child if isinstance(child, Explanation) else child() for _, child in listed]
    rest = total - math.fsum(amount for amount, _ in listed)
    hidden = len(ordered) - len(listed)
    if hidden or abs(rest) >= (0.005 if unit is Unit.MONEY else 1e-9):
        inputs.append(Explanation("explain.rest", rest, unit, Operation.SUM, named(n=hidden)))
    return Explanation(code, total, unit, Operation.SUM, named(**args), tuple(inputs))


def _cell(place: Place, cells: Mapping[str, str], field: str) -> Place:
    return Place(place.file, place.sheet, place.row, cells.get(field))


def _place_of(line: AnalysedPosition) -> Place | None:
    if line.position is not None:
        return line.position.place
    return line.cash.place if line.cash is not None else None


def explain_cell(line: AnalysedPosition, position: Position, field: str, unit: Unit) -> Explanation:
    """Return one figure of a line as it stands in its workbook cell, or as it was typed."""
    typed = field in position.edited
    return Explanation(
        f"explain.{field}",
        getattr(position, field),
        unit,
        args=named(line=line.label, text=position.raw.get(field)),
        place=None if typed else _cell(position.place, position.cells, field),
        source=Source("typed by you") if typed else None,
        currency=position.currency if unit in {Unit.MONEY, Unit.PRICE} else None,
    )


def _own_value(line: AnalysedPosition, position: Position) -> Explanation:
    """Return the value in the line's own currency: a cell, or quantity × price (× units per quotation)."""
    stated = position.value_basis != "computed" or "market_value" in position.edited
    if (
        stated
        or position.quantity is None
        or position.price is None
        or position.market_value is None
    ):
        return explain_cell(line, position, "market_value", Unit.MONEY)
    factors = [
        explain_cell(line, position, "quantity", Unit.QUANTITY),
        explain_cell(line, position, "price", Unit.PRICE),
    ]
    plain = position.quantity * position.price
    unit = position.market_value / plain if plain else 1.0
    if abs(unit - 1.0) > 1e-9:
        factors.append(
            Explanation("explain.quotation_unit", unit, Unit.QUANTITY, args=named(line=line.label))
        )
    return Explanation(
        "explain.value_computed",
        position.market_value,
        Unit.MONEY,
        Operation.PRODUCT,
        named(line=line.label),
        tuple(factors),
        currency=position.currency,
    )


def _converted(
    line: AnalysedPosition, own: Explanation, currency: str | None, base: str
) -> Explanation:
    if currency in (None, base) or line.fx_rate is None:
        return own
    rate = Explanation(
        "explain.fx_rate",
        line.fx_rate,
        Unit.QUANTITY,
        args=named(currency=currency, base=base),
        source=Source("rate"),
    )
    return Explanation(
        "explain.value_converted",
        line.market_value,
        Unit.MONEY,
        Operation.PRODUCT,
        named(line=line.label),
        (own, rate),
    )


def _value_of(analysis: Analysis, line: AnalysedPosition) -> Explanation:
    return explain_position_value(analysis, line.id)


def _gross_of(analysis: Analysis, exposure: RootExposure) -> Explanation:
    tree = explain_exposure(analysis, exposure.root)
    if exposure.short == 0:
        return tree
    return Explanation(
        "explain.root_gross",
        exposure.gross,
        Unit.MONEY,
        Operation.SUM,
        named(root=exposure.name),
        (
            Explanation("explain.root_long", exposure.long, Unit.MONEY),
            Explanation("explain.root_short", -exposure.short, Unit.MONEY),
        ),
    )


def _step(
    line: AnalysedPosition, step: int, chain: list[str], door: Door, weight: float
) -> Explanation:
    """Return the multiplier of one step: a daily multiple, or a fund's weight."""
    inner = chain[step] if step < len(chain) else door.chain[-1]
    outer = chain[step + 1] if step + 1 < len(chain) else door.chain[-1]
    args = named(fund=inner, constituent=outer)
    instrument = line.instrument
    if step == 0 and instrument is not None and instrument.is_daily_reset:
        return Explanation(
            "explain.multiple", weight, Unit.MULTIPLE, args=args, source=instrument.source
        )
    if step == 0 and line.holdings is not None:
        return Explanation(
            "explain.weight", weight, Unit.SHARE, args=args, source=source_of_inside(line)
        )
    source = Source("library", None, "holdings")
    return Explanation("explain.weight", weight, Unit.SHARE, args=args, source=source)


def _through(
    analysis: Analysis, position: str, amount: float, parts: list[tuple[float, Explanation]]
) -> Explanation:
    line = analysis.position(position)
    if len(parts) == 1 and abs(parts[0][0] - amount) < 0.005:
        return parts[0][1]
    return explain_sum("explain.through", amount, parts, line=line.label)


def stress_result(analysis: Analysis, scenario: str) -> StressResult:
    """Return one scenario's result.

    Raises:
        KeyError: the scenario was not run.
    """
    for result in analysis.stress:
        if result.scenario == scenario:
            return result
    raise KeyError(scenario)


def _reset_facts(analysis: Analysis, position: str) -> DailyResetFacts:
    for facts in analysis.daily_reset:
        if facts.position == position:
            return facts
    raise KeyError(position)


def _strengths(analysis: Analysis, theme: ThemeExposure) -> dict[str, float]:
    """Return root → share counted in the theme, as its members say."""
    return {
        member.member: member.strength
        for found in analysis.theme_list
        if found.id == theme.theme
        for member in found.members
    }


def _own_strength(line: AnalysedPosition, strengths: Mapping[str, float]) -> float | None:
    if line.instrument is None:
        return None
    own = strengths.get(line.instrument.id)
    return own if own is not None else strengths.get(line.instrument.root)


def source_of_inside(line: AnalysedPosition) -> Source | None:
    """Return the dated list a line was looked through with, else what says what the line is."""
    if line.holdings is not None:
        own = line.holdings.source
        return Source(own.title, line.holdings.as_of, own.table or "holdings")
    return line.instrument.source if line.instrument else None


def is_cash_root(exposure: RootExposure) -> bool:
    """Return whether a root is cash in some currency."""
    return exposure.root.endswith(".CASH")


def _reset_inputs(
    analysis: Analysis, line: AnalysedPosition, loss: PositionLoss, result: StressResult
) -> tuple[Explanation, ...]:
    source = line.instrument.source if line.instrument else None
    inputs = [
        Explanation("explain.multiple", line.daily_leverage_factor, Unit.MULTIPLE, source=source),
        Explanation(
            "explain.underlying_move",
            loss.underlying_move,
            Unit.RETURN,
            args=named(line=line.label),
            source=scenario_source(result),
        ),
        Explanation(
            "explain.horizon",
            float(result.horizon_days),
            Unit.COUNT,
            source=scenario_source(result),
        ),
    ]
    if result.horizon_days:
        facts = next((f for f in analysis.daily_reset if f.position == line.id), None)
        if facts is not None:
            inputs.append(
                Explanation(
                    "explain.yearly_cost",
                    facts.hidden_drag + facts.financing + (facts.expense_ratio or 0.0),
                    Unit.RATE,
                    args=named(basis=facts.hidden_drag_basis),
                    source=DAILY_STEP,
                )
            )
    return tuple(inputs)


def _loss_by_share(
    result: StressResult,
    loss: PositionLoss,
    value: Explanation,
    args: Mapping[str, Argument],
    note: str | None,
    inside: tuple[list[_Moved], Source | None],
) -> Explanation:
    """Return value × move; the move of a fund is made of the moves of what it holds.

    Args:
        result: of the scenario.
        loss: of the line.
        value: of the line.
        args: values its sentence names.
        note: beside it.
        inside: what the line holds that the scenario moves, and who says that it does.
    """
    held, source = inside
    worth = value.value
    move = loss.pnl / worth if worth else None
    # A fund holds hundreds; only those that are listed are explained.
    parts = (
        [
            (
                amount / worth * change,
                partial(_part_of_move, result, source, name, (amount / worth, change, how)),
            )
            for name, amount, change, how in held
        ]
        if worth
        else []
    )
    move_tree = _move_tree(move, parts, loss)
    return Explanation(
        "explain.loss", loss.pnl, Unit.MONEY, Operation.PRODUCT, args, (value, move_tree), note=note
    )


def _part_of_move(
    result: StressResult, source: Source | None, name: str, move: tuple[float, float, str]
) -> Explanation:
    """Return share × move of one root inside a line; `move` is its share, its change, and how that came."""
    weight, change, how = move
    root_move = Explanation(
        f"explain.root_{how}",
        change,
        Unit.RETURN,
        args=named(root=name),
        source=scenario_source(result) if how == "shocked" else CONDITIONAL,
    )
    share = Explanation(
        "explain.share_in_line",
        weight,
        Unit.SHARE,
        args=named(root=name),
        source=source,
    )
    return Explanation(
        "explain.part_of_move",
        weight * change,
        Unit.RETURN,
        Operation.PRODUCT,
        named(root=name),
        (share, root_move),
    )


def _move_tree(
    move: float | None,
    parts: Sequence[tuple[float, Callable[[], Explanation]]],
    loss: PositionLoss,
) -> Explanation:
    ordered = sorted(parts, key=lambda part: -abs(part[0]))[:LISTED]
    listed = math.fsum(amount for amount, _ in ordered)
    inputs = [explained() for _, explained in ordered]
    if move is not None and abs(move - listed) > 5e-7:
        code = (
            "explain.rest_of_move" if len(parts) > LISTED else f"explain.adjusted_by_{loss.model}"
        )
        inputs.append(
            Explanation(
                code,
                move - listed,
                Unit.RETURN,
                args=named(n=len(parts) - len(ordered)),
                source=_ADJUSTED_BY.get(loss.model, CONDITIONAL),
            )
        )
    return Explanation(
        "explain.move",
        move,
        Unit.RETURN,
        Operation.SUM,
        inputs=tuple(inputs),
        args=named(model=loss.model),
        source=None if inputs else _ADJUSTED_BY.get(loss.model, CONDITIONAL),
    )


def scenario_source(result: StressResult) -> Source:
    """Return where a scenario's moves come from."""
    facts = result.facts
    return Source(facts.source or facts.name, facts.dates, "scenarios")
