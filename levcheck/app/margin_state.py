"""What borrowing means for a portfolio: what the broker demands, how far it is from a call, and what it would sell.

An account with negative cash owes. Accounts that owe are taken together; accounts that do not owe give no cover.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from levcheck.app.analysis import (
    AnalysedPosition,
    MarginFacts,
    MarginLine,
    MarginUnder,
    RootExposure,
    StressResult,
)
from levcheck.domain.diagnostics import Diagnostic, Severity
from levcheck.domain.instrument import Kind
from levcheck.domain.scenario import PathShape, Scenario
from levcheck.stress.margin import MarginAccount, MarginState, maintenance_of, margin_after
from levcheck.stress.portfolio_stress import StressModel
from levcheck.stress.reverse import move_that_reaches

NO_LOAN: Final = frozenset({Kind.OPTION, Kind.CRYPTO, Kind.TOKEN, Kind.CONTRACT, Kind.NOTE})
"""Kinds a broker lends nothing on: long options have no loan value under Regulation T, coins are outside it."""

_ONE_INSTANT: Final = Scenario(
    "margin-call", "Margin call", "", (), 0, PathShape.ONE_DAY, propagate=False
)


def margin_facts(
    lines: Sequence[AnalysedPosition],
    roots: Sequence[RootExposure],
    model: StressModel,
    *,
    house: float | None = None,
) -> MarginFacts | None:
    """Return what borrowing means; None without debt.

    Args:
        lines: every line, in the order of the model.
        roots: per root, to find the largest.
        model: the portfolio prepared for scenarios, for the fall of the largest root.
        house: the broker's own base share; None = the rule's 25 % on longs and 30 % on shorts.
    """
    cover, debt = _owing(lines)
    if debt <= 0.0:
        return None
    demanded = _demanded(cover, house)
    account = _account(demanded, debt)
    excess = account.equity - account.required
    largest = _largest(roots)
    return MarginFacts(
        debt=debt,
        equity=account.equity,
        required=account.required,
        excess=excess,
        uniform_fall=uniform_fall(account),
        root=largest.root if largest else None,
        root_name=largest.name if largest else None,
        root_fall=_fall_of(largest.root, account, demanded, model) if largest else None,
        lines=tuple(sorted(demanded, key=lambda line: (-line.required, line.position))),
    )


def with_scenarios(
    facts: MarginFacts | None, results: Sequence[StressResult]
) -> MarginFacts | None:
    """Return the facts with where the account stands after each scenario; None stays None."""
    if facts is None:
        return None
    return replace(facts, scenarios=tuple(_under(facts, result) for result in results))


def margin_notices(facts: MarginFacts | None) -> tuple[Diagnostic, ...]:
    """Return what the holder has to know about his debt: that a call is due, or how near it is."""
    if facts is None:
        return ()
    if facts.is_called:
        return (Diagnostic("stress.margin_call_due", Severity.WARNING),)
    percent = round(100 * facts.uniform_fall, 1)
    told = [Diagnostic("stress.margin_debt", Severity.INFO, None, {"percent": percent})]
    assumed = sum(line.basis == "assumed" for line in facts.lines)
    if assumed:
        told.append(
            Diagnostic("stress.margin_demand_assumed", Severity.INFO, None, {"count": assumed}),
        )
    return tuple(told)


def uniform_fall(account: MarginAccount) -> float:
    """Return the loss of every line, as a share, that brings the call; 0 when it is due already.

    Every line shrinks to (1 − f) of itself, so (1 − f)(V − M) = D with V the values, M the demand and D the debt.

    >>> round(uniform_fall(MarginAccount(np.array([100.0]), np.array([0.25]), 50.0)), 4)
    0.3333
    """
    free = float(account.market_value.sum()) - account.required
    return max(1.0 - account.debt / free, 0.0) if free > 0.0 else 0.0


# --- inside ------------------------------------------------------------------------------------------------


def _owing(lines: Sequence[AnalysedPosition]) -> tuple[list[AnalysedPosition], float]:
    """Return the lines that are cover and the debt on them; every line where the debt has an account of its own."""
    cash: dict[tuple[str | None, str | None], float] = {}
    for line in lines:
        if line.cash is not None and line.market_value is not None:
            key = _account_of(line)
            cash[key] = cash.get(key, 0.0) + line.market_value
    owing = {key for key, amount in cash.items() if amount < 0.0}
    held = [x for x in lines if x.position is not None and x.market_value is not None]
    cover = [line for line in held if _account_of(line) in owing]
    if cover or not owing:
        return cover, -math.fsum(cash[key] for key in owing)
    return held, -math.fsum(cash.values())


def _account_of(line: AnalysedPosition) -> tuple[str | None, str | None]:
    read = line.position or line.cash
    return (read.place.file, read.account) if read is not None else (None, None)


def _demanded(cover: Sequence[AnalysedPosition], house: float | None) -> list[MarginLine]:
    values = np.array([line.market_value or 0.0 for line in cover], dtype=float)
    known = [line.daily_leverage_factor for line in cover]
    factors = np.array([1.0 if factor is None else factor for factor in known], dtype=float)
    shares = maintenance_of(factors, values, house)
    found = []
    for line, share, value in zip(cover, shares.tolist(), values.tolist(), strict=True):
        basis = _basis(line, value)
        kept = 1.0 if basis == "no_loan" else share
        found.append(MarginLine(line.id, value, kept, abs(value) * kept, basis))
    return found


def _basis(line: AnalysedPosition, value: float) -> str:
    if line.kind in NO_LOAN:
        return "no_loan"
    if line.kind is None or line.daily_leverage_factor is None:
        return "assumed"
    if abs(line.daily_leverage_factor) > 1.0:
        return "multiple"
    return "short" if value < 0 else "long"


def _account(lines: Sequence[MarginLine], debt: float) -> MarginAccount:
    return MarginAccount(
        np.array([line.market_value for line in lines], dtype=float),
        np.array([line.maintenance for line in lines], dtype=float),
        debt,
    )


def _largest(roots: Sequence[RootExposure]) -> RootExposure | None:
    """Return the root that would hurt most by falling."""
    known = [r for r in roots if r.net > 0 and r.looked_through and not r.root.endswith(".CASH")]
    return max(known, key=lambda root: root.net, default=None)


def _fall_of(
    root: str, account: MarginAccount, lines: Sequence[MarginLine], model: StressModel
) -> float | None:
    if account.equity <= account.required:
        return 0.0
    place = {identifier: n for n, identifier in enumerate(model.book.position_ids)}
    order = np.array([place[line.position] for line in lines], dtype=np.int64)

    def cushion(scenario: Scenario) -> float:
        state = margin_after(account, model.run(scenario).pnl[order])
        return state.equity - state.required

    answer = move_that_reaches(root, _ONE_INSTANT, cushion, rises=False)
    return None if answer is None else -answer.move


def _under(facts: MarginFacts, result: StressResult) -> MarginUnder:
    state = state_under(facts, {loss.position: loss.pnl for loss in result.positions})
    return MarginUnder(
        result.scenario,
        state.equity,
        state.required,
        state.shortfall,
        state.forced_sale,
        state.is_called,
    )


def state_under(facts: MarginFacts, pnl: Mapping[str, float]) -> MarginState:
    """Return where the account stands after each line made its result; a line without one does not move."""
    account = _account(facts.lines, facts.debt)
    return margin_after(account, np.array([pnl.get(x.position, 0.0) for x in facts.lines]))
