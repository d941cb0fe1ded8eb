"""How the figures of debt, of forced trades and of a capital stack came about."""

from types import MappingProxyType
from typing import TYPE_CHECKING

from levcheck.app.analysis import Analysis, MarginFacts, RootFlow
from levcheck.app.explain import CLOSE_OF_DAY, LISTED, explain_position_value
from levcheck.domain.explanation import Explanation, Operation, Unit
from levcheck.domain.provenance import Source

if TYPE_CHECKING:
    from collections.abc import Mapping

    from levcheck.domain.diagnostics import Argument

MARGIN_RULE = Source(
    "Regulation T and FINRA Rule 4210; for multiples FINRA Regulatory Notice 09-53"
)


def explain_margin(analysis: Analysis) -> Explanation:
    """Return how far the account is from a margin call: its equity less what the broker demands.

    Raises:
        KeyError: the portfolio has no debt.
    """
    facts = analysis.margin
    if facts is None:
        raise KeyError("margin")
    equity = Explanation(
        "explain.margin_equity",
        facts.equity,
        Unit.MONEY,
        Operation.SUM,
        inputs=(
            Explanation(
                "explain.margin_cover", facts.equity + facts.debt, Unit.MONEY, source=MARGIN_RULE
            ),
            Explanation("explain.margin_debt", -facts.debt, Unit.MONEY),
        ),
    )
    return Explanation(
        "explain.margin",
        facts.excess,
        Unit.MONEY,
        Operation.SUM,
        inputs=(equity, _demand(analysis, facts)),
        source=MARGIN_RULE,
        note="explain.note_margin",
    )


def _demand(analysis: Analysis, facts: MarginFacts) -> Explanation:
    """Return what the broker demands, counted against the equity."""
    listed = facts.lines if len(facts.lines) <= LISTED + 1 else facts.lines[:LISTED]
    parts = []
    for line in listed:
        label = analysis.position(line.position).label
        share = Explanation(
            "explain.maintenance",
            -line.maintenance if line.market_value >= 0 else line.maintenance,
            Unit.SHARE,
            args={"line": label},
            source=MARGIN_RULE,
        )
        value = explain_position_value(analysis, line.position)
        parts.append(
            Explanation(
                "explain.margin_of_line",
                -line.required,
                Unit.MONEY,
                Operation.PRODUCT,
                {"line": label},
                (value, share),
            )
        )
    rest = facts.lines[len(listed) :]
    if rest:
        amount = -sum(line.required for line in rest)
        parts.append(
            Explanation("explain.rest", amount, Unit.MONEY, Operation.SUM, {"n": len(rest)})
        )
    return Explanation(
        "explain.margin_required", -facts.required, Unit.MONEY, Operation.SUM, inputs=tuple(parts)
    )


def explain_forced_flow(analysis: Analysis, root: str) -> Explanation:
    """Return what all known funds on a root must trade, and from which sizes.

    Raises:
        KeyError: no daily-reset fund on this root is held.
    """
    flow = _flow_of(analysis, root)
    dated = Source("fund_assets", flow.oldest_as_of, "fund_assets")
    args: Mapping[str, Argument] = MappingProxyType(
        {"root": flow.name, "funds": flow.counted, "all": flow.funds}
    )
    inputs = (
        Explanation(
            "explain.flow_assets", flow.assets, Unit.MONEY, args=args, source=dated, currency="USD"
        ),
        Explanation("explain.flow_move", flow.move, Unit.RETURN, args=args, source=CLOSE_OF_DAY),
    )
    return Explanation(
        "explain.flow",
        flow.amount,
        Unit.MONEY,
        Operation.MODEL,
        args,
        inputs,
        source=CLOSE_OF_DAY,
        note="explain.note_flow",
        currency="USD",
    )


def _flow_of(analysis: Analysis, root: str) -> RootFlow:
    for flow in analysis.forced_flows:
        if flow.root == root:
            return flow
    raise KeyError(root)
