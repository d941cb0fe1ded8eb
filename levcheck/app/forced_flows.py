"""What all daily-reset funds of the library on one root must trade at the close, for the roots of the funds held."""

import math
from collections.abc import Mapping, Sequence

import numpy as np

from levcheck.app.analysis import AnalysedPosition, DailyResetFacts, RootFlow
from levcheck.app.reference_port import ReferenceData
from levcheck.stress.daily_reset import TRADING_DAYS
from levcheck.stress.rebalancing import forced_flow


def forced_flows(
    facts: Sequence[DailyResetFacts],
    lines: Sequence[AnalysedPosition],
    reference: ReferenceData,
    names: Mapping[str, str],
) -> tuple[RootFlow, ...]:
    """Return one flow per root of a daily-reset fund held, largest amount first, what is not known last.

    Args:
        facts: the daily-reset funds held; their day's move is used.
        lines: every line, to find what each fund multiplies.
        reference: the library, for all other funds on the same root and their size.
        names: id → what people call it.
    """
    rows = {line.id: line.instrument for line in lines}
    found: dict[str, RootFlow] = {}
    for fact in facts:
        row = rows.get(fact.position)
        root = row.underlying if row is not None else None
        if root is not None and root not in found:
            found[root] = _flow(root, fact, reference, names.get(root, root))
    ordered = sorted(found.values(), key=lambda flow: (-abs(flow.amount or 0.0), flow.root))
    return tuple(ordered)


def _flow(root: str, fact: DailyResetFacts, reference: ReferenceData, name: str) -> RootFlow:
    funds = [
        row for row in reference.daily_reset_funds(root) if row.daily_leverage_factor is not None
    ]
    sizes = [reference.fund_assets(row.id) for row in funds]
    known = [
        (row.daily_leverage_factor or 0.0, size.assets_usd, size.as_of)
        for row, size in zip(funds, sizes, strict=True)
        if size is not None and size.assets_usd is not None
    ]
    move = fact.forced_trade.move
    if not known:
        return RootFlow(root, name, move, len(funds), 0, 0.0, None, None)
    own = reference.fund_assets(root)
    flow = forced_flow(
        np.array([factor for factor, _, _ in known]),
        np.array([assets for _, assets, _ in known]),
        move,
        turnover=own.adv_usd if own is not None else None,
        daily_volatility=None
        if fact.volatility is None
        else fact.volatility / math.sqrt(TRADING_DAYS),
    )
    added = flow.mechanical_move
    return RootFlow(
        root=root,
        name=name,
        move=move,
        funds=len(funds),
        counted=len(known),
        assets=math.fsum(assets for _, assets, _ in known),
        amount=flow.amount,
        oldest_as_of=min(day for _, _, day in known),
        share_of_turnover=flow.share_of_turnover,
        mechanical=None if added is None else (added.low, added.high),
    )
