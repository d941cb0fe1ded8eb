"""Debt and forced trades as plain values of the public document; an amount that is not known is ``null``."""

from typing import Any

from levcheck.app.analysis import MarginFacts, RootFlow

_DIGITS = 9


def margin_document(facts: MarginFacts | None) -> dict[str, Any] | None:
    """Return what borrowing means as plain values; None without debt."""
    if facts is None:
        return None
    return {
        "debt": _number(facts.debt),
        "equity": _number(facts.equity),
        "required": _number(facts.required),
        "excess": _number(facts.excess),
        "uniform_fall": _number(facts.uniform_fall),
        "largest_root": None
        if facts.root is None
        else {"root": facts.root, "name": facts.root_name, "fall": _number(facts.root_fall)},
        "lines": [
            {
                "position": line.position,
                "market_value": _number(line.market_value),
                "maintenance": _number(line.maintenance),
                "required": _number(line.required),
                "basis": line.basis,
            }
            for line in facts.lines
        ],
        "scenarios": [
            {
                "scenario": under.scenario,
                "equity": _number(under.equity),
                "required": _number(under.required),
                "shortfall": _number(under.shortfall),
                "forced_sale": _number(under.forced_sale),
                "is_called": under.is_called,
            }
            for under in facts.scenarios
        ],
    }


def flow_document(flow: RootFlow) -> dict[str, Any]:
    """Return a root's forced trade as plain values, amounts in US dollars."""
    return {
        "root": flow.root,
        "name": flow.name,
        "move": _number(flow.move),
        "funds": flow.funds,
        "counted": flow.counted,
        "assets_usd": _number(flow.assets) if flow.counted else None,
        "trade_usd": _number(flow.amount),
        "oldest_as_of": flow.oldest_as_of,
        "share_of_turnover": _number(flow.share_of_turnover),
        "mechanical_move": None
        if flow.mechanical is None
        else [_number(end) for end in flow.mechanical],
    }


def _number(value: float | None) -> float | None:
    return None if value is None else round(value, _DIGITS) + 0.0
