"""Questions asked backwards: which move costs a given share, which brings the margin call, which trim is enough."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from levcheck.app.analysis import AnalysedPosition, Analysis
from levcheck.app.margin_state import state_under
from levcheck.app.pipeline import analyse
from levcheck.app.reference_port import Recogniser, ReferenceData
from levcheck.domain.diagnostics import LevcheckError, Place
from levcheck.domain.portfolio import Portfolio
from levcheck.domain.position import CashLine
from levcheck.domain.scenario import PathShape, Scenario
from levcheck.stress.portfolio_stress import StressModel
from levcheck.stress.reverse import ReverseAnswer, move_that_costs, move_that_reaches

REVERSE: Final = "reverse"
PROCEEDS: Final = "Proceeds"
_NOTHING: Final = 1e-9


@dataclass(frozen=True, slots=True)
class ReverseStress:
    """The move of one root that just reaches a limit.

    Attributes:
        root: root, theme or class asked about.
        name: its name.
        limit: ``loss`` or ``margin``.
        loss_share: loss asked for as a share of equity; None for the margin call.
        move: return of the root, the smallest in size that does it; None when none from −100 % to +300 % does.
        pnl: result of the whole there, base currency; None without a move.
        scenario: the scenario that does it, to be put back in; None without a move.
    """

    root: str
    name: str
    limit: str
    loss_share: float | None
    move: float | None
    pnl: float | None
    scenario: Scenario | None


@dataclass(frozen=True, slots=True)
class TrimStep:
    """Part of a line that is sold.

    Attributes:
        position: position id.
        amount: value sold, base currency, > 0.
        share: of the line, 0 to 1.
    """

    position: str
    amount: float
    share: float


@dataclass(frozen=True, slots=True)
class Trim:
    """The least money to sell so that a root is no more than a share of equity.

    Attributes:
        root: root id.
        name: its name.
        limit: share of equity it may have.
        before: share it has now.
        after: share after the trim, as the core finds it when it is run again.
        steps: what is sold, the line that carries most of the root per unit of money first; empty when nothing has to.
        amount: sold together, base currency.
        is_enough: whether `after` is at or below the limit; False when only what cannot be sold stands against it.
    """

    root: str
    name: str
    limit: float
    before: float
    after: float
    steps: tuple[TrimStep, ...]
    amount: float
    is_enough: bool


def reverse_stress(
    model: StressModel,
    analysis: Analysis,
    root: str,
    loss_share: float,
    *,
    propagate: bool = True,
    horizon_days: int = 0,
) -> ReverseStress:
    """Return the move of a root that costs a share of equity; put back in, it costs that within a thousandth.

    Args:
        model: the portfolio prepared for scenarios (``pipeline.prepared``).
        analysis: of the same portfolio.
        root: a root that is held, or ``theme:`` with a bet of the portfolio.
        loss_share: share of equity, above 0 and at most 1.
        propagate: whether other roots follow by their measured links.
        horizon_days: trading days; 0 = one instant.

    Raises:
        LevcheckError: the share is no such share, or nothing rides on the root.
    """
    name = _name_of(analysis, root)
    if not 0.0 < loss_share <= 1.0 or analysis.equity <= 0.0:
        raise LevcheckError("stress.reverse_bad_share", share=loss_share)
    template = _template(propagate=propagate, horizon_days=horizon_days)
    answer = move_that_costs(
        root, loss_share * analysis.equity, template, lambda scenario: model.run(scenario).total
    )
    return _answered(root, name, "loss", loss_share, answer, model)


def reverse_margin(
    model: StressModel, analysis: Analysis, root: str, *, propagate: bool = True
) -> ReverseStress | None:
    """Return the move of a root that brings the margin call; None without debt.

    Raises:
        LevcheckError: nothing rides on the root.
    """
    facts = analysis.margin
    name = _name_of(analysis, root)
    if facts is None:
        return None
    ids = model.book.position_ids

    def cushion(scenario: Scenario) -> float:
        state = state_under(facts, dict(zip(ids, model.run(scenario).pnl.tolist(), strict=True)))
        return state.equity - state.required

    template = _template(propagate=propagate, horizon_days=0)
    return _answered(root, name, "margin", None, move_that_reaches(root, template, cushion), model)


def smallest_trim(
    portfolio: Portfolio,
    catalogue: ReferenceData,
    root: str,
    share: float,
    *,
    today: date | None = None,
    recognise: Recogniser | None = None,
) -> Trim:
    """Return the least money to sell so that a root is at most a share of equity; the proceeds stay as cash.

    Only lines that are held long and carry the root upwards are sold. The line that carries most of it per unit of
    money goes first, which sells the least; the core is then run again on what is left.

    Args:
        portfolio: the lines as read.
        catalogue: what is known about instruments, funds and themes.
        root: a root that is held.
        share: share of equity it may have, 0 to 1 or more.
        today: date the overnight rate is taken for; the clock's when None.
        recognise: how lines are recognised; the catalogue's own matching when None.

    Raises:
        LevcheckError: the share is negative, or nothing rides on the root.
    """

    def look(held: Portfolio) -> Analysis:
        return analyse(held, catalogue, (), today=today, recognise=recognise)

    before = look(portfolio)
    name = _name_of(before, root)
    if not (math.isfinite(share) and share >= 0.0) or before.equity <= 0.0:
        raise LevcheckError("stress.reverse_bad_share", share=share)
    now = _net(before, root)
    steps = _steps(before, root, now - share * before.equity)
    after = look(_sold(portfolio, before, steps)) if steps else before
    reached = _net(after, root) / after.equity if after.equity > 0 else math.inf
    return Trim(
        root,
        name,
        share,
        now / before.equity,
        reached,
        steps,
        math.fsum(step.amount for step in steps),
        reached <= share + _NOTHING,
    )


# --- inside ------------------------------------------------------------------------------------------------


def _template(*, propagate: bool, horizon_days: int) -> Scenario:
    return Scenario(
        REVERSE,
        "Asked backwards",
        "",
        (),
        horizon_days,
        PathShape.STRAIGHT if horizon_days > 1 else PathShape.ONE_DAY,
        propagate=propagate,
        origin="custom",
    )


def _answered(
    root: str,
    name: str,
    limit: str,
    share: float | None,
    answer: ReverseAnswer | None,
    model: StressModel,
) -> ReverseStress:
    if answer is None:
        return ReverseStress(root, name, limit, share, None, None, None)
    pnl = model.run(answer.scenario).total
    return ReverseStress(root, name, limit, share, answer.move, pnl, answer.scenario)


def _name_of(analysis: Analysis, root: str) -> str:
    names = {exposure.root: exposure.name for exposure in analysis.exposures}
    names |= {f"theme:{theme.theme}": theme.name for theme in analysis.themes}
    if root in names:
        return names[root]
    raise LevcheckError("stress.reverse_not_held", root=root)


def _net(analysis: Analysis, root: str) -> float:
    return next((x.net for x in analysis.exposures if x.root == root), 0.0)


def _steps(analysis: Analysis, root: str, excess: float) -> tuple[TrimStep, ...]:
    """Return what is sold to take `excess` of exposure away, as far as there is something to sell."""
    carried: dict[str, float] = {}
    for exposure in analysis.exposures:
        if exposure.root == root:
            for door in exposure.doors:
                carried[door.position] = carried.get(door.position, 0.0) + door.amount
    lines = [
        line
        for line in analysis.positions
        if line.position is not None
        and (line.market_value or 0.0) > 0.0
        and carried.get(line.id, 0.0) > 0.0
    ]
    lines.sort(key=lambda line: (-carried[line.id] / (line.market_value or 1.0), line.id))
    steps, left = [], excess
    for line in lines:
        if left <= _NOTHING:
            break
        part = min(left / carried[line.id], 1.0)
        steps.append(TrimStep(line.id, part * (line.market_value or 0.0), part))
        left -= part * carried[line.id]
    return tuple(steps)


def _sold(portfolio: Portfolio, analysis: Analysis, steps: Sequence[TrimStep]) -> Portfolio:
    """Return the portfolio after the sales, ids unchanged: what is sold out stays as a line of nothing."""
    parts = {step.position: step.share for step in steps}
    by_id: dict[str, AnalysedPosition] = {line.id: line for line in analysis.positions}
    positions = []
    for number, position in enumerate(portfolio.positions, start=1):
        identifier = f"p{number}"
        if identifier not in parts:
            positions.append(position)
            continue
        kept = 1.0 - parts[identifier]
        value = by_id[identifier].market_value
        if value is None:
            positions.append(position)
            continue
        own = value / (by_id[identifier].fx_rate or 1.0)
        positions.append(
            replace(
                position,
                quantity=None if position.quantity is None else position.quantity * kept,
                market_value=own * kept,
                value_basis="stated",
            )
        )
    proceeds = math.fsum(step.amount for step in steps)
    cash = CashLine(Place(), PROCEEDS, proceeds, portfolio.base_currency)
    return replace(portfolio, positions=tuple(positions), cash=(*portfolio.cash, cash))
