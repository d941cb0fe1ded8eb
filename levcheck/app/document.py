"""The public document ``levcheck/check/1``: an analysis as plain values, for other programs to read.

Fractions are fractions, money is in the base currency, losses are negative, what is not known is ``null``.
"""

import math
import re
from typing import Any

from levcheck.app.analysis import (
    AnalysedPosition,
    Analysis,
    DailyResetFacts,
    Door,
    Overlap,
    RiskFacts,
    RootExposure,
    StressResult,
    ThemeExposure,
)
from levcheck.app.document_borrowing import flow_document, margin_document
from levcheck.app.result_hash import result_hash
from levcheck.domain.diagnostics import Diagnostic
from levcheck.i18n.headline import verdict_sentence
from levcheck.i18n.sentences import diagnostic_text
from levcheck.i18n.words import HIDDEN, Words

SCHEMA = "levcheck/check/1"
# Far below a cent, so that parts still sum to their whole; it only hides the noise of binary fractions.
_DIGITS = 9


def check_document(analysis: Analysis, language: str = "en") -> dict[str, Any]:
    """Return the analysis as values that JSON can carry, sentences worded in `language`.

    Additions to the public schema: ``cash``, ``families``, ``in_effect``, ``margin``, ``forced_flows``, ``risk``, ``liquidity`` and the names
    beside ids.
    """
    words = Words(language)
    portfolio = analysis.portfolio
    return {
        "schema": SCHEMA,
        "portfolio": {
            "name": portfolio.name,
            "as_of": portfolio.as_of,
            "base_currency": portfolio.base_currency,
            "equity": _number(analysis.equity),
            "gross": _number(analysis.gross),
            "in_effect": _number(analysis.in_effect),
            "only_accounts": None if portfolio.only is None else list(portfolio.only),
        },
        "headline": headline(analysis, words),
        "coverage": _coverage(analysis),
        "positions": [_position(x) for x in analysis.positions if x.position is not None],
        "cash": [_cash(x) for x in analysis.positions if x.cash is not None],
        "exposures": [_exposure(root) for root in analysis.exposures],
        "themes": [_theme(theme) for theme in analysis.themes],
        "families": [
            {
                "family": family.family.value,
                "labelled": _number(family.labelled),
                "long": _number(family.long),
                "short": _number(family.short),
                "net": _number(family.net),
                "gross": _number(family.gross),
                "share_of_equity": _number(family.share_of_equity),
                "doors": family.doors,
            }
            for family in analysis.families
        ],
        "overlap": _overlap(analysis.overlap),
        "risk": _risk(analysis.risk),
        "liquidity": [one._asdict() for one in analysis.liquidity],
        "stress": [_stress(result) for result in analysis.stress],
        "daily_reset": [_daily_reset(facts) for facts in analysis.daily_reset],
        "margin": margin_document(analysis.margin),
        "forced_flows": [flow_document(flow) for flow in analysis.forced_flows],
        "diagnostics": [_diagnostic(words, told) for told in analysis.diagnostics],
        "provenance": {
            "version": analysis.version,
            "method": analysis.method,
            "library": {
                "snapshot": analysis.library.snapshot,
                "overlays": list(analysis.library.overlays),
            },
            "input_sha256": portfolio.input_sha256 or None,
            "result_sha256": result_hash(analysis),
        },
    }


# Fields that are amounts of the holder's money, and the texts that may name some.
_AMOUNTS = frozenset(
    {
        "equity",
        "gross",
        "in_effect",
        "market_value",
        "notional_exposure",
        "labelled",
        "long",
        "short",
        "net",
        "direct",
        "amount",
        "shared_amount",
        "pnl",
        "low",
        "high",
        "debt",
        "required",
        "excess",
        "shortfall",
        "forced_sale",
        "market_value_before",
        "market_value_after",
        "quantity_before",
        "quantity_after",
        "net_before",
        "net_after",
        "pnl_before",
        "pnl_after",
    }
)
_TEXTS = frozenset({"message", "remedy"})


def without_amounts(document: dict[str, Any]) -> dict[str, Any]:
    """Return a document with every amount unknown; shares, multiples and counts stay."""
    hidden: dict[str, Any] = _hidden(document)
    return hidden


def _hidden(value: Any) -> Any:
    if isinstance(value, list):
        return [_hidden(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {
        key: None
        if key in _AMOUNTS
        else re.sub(r"\d[\d.,]*", HIDDEN, item)
        if key in _TEXTS and isinstance(item, str)
        else _hidden(item)
        for key, item in value.items()
    }


def headline(analysis: Analysis, words: Words) -> str:
    """Return the sentence that screens, pages and this document begin with."""
    verdict = analysis.verdict
    return verdict_sentence(
        words, lines=verdict.lines, theme=verdict.theme_name, share=verdict.share
    )


def _number(value: float | None) -> float | None:
    """Return a number JSON can carry; what is not finite is not known."""
    if value is None or not math.isfinite(value):
        return None
    rounded = round(value, _DIGITS)
    return 0.0 if rounded == 0 else rounded


def _rate(value: float | None) -> float | None:
    """Return an exchange rate; one of small units (a won in dollars) keeps its digits too."""
    return None if value is None or not math.isfinite(value) else float(f"{value:.12g}")


def _coverage(analysis: Analysis) -> dict[str, Any]:
    coverage = analysis.coverage
    return {
        "known_share": _number(coverage.known_share),
        "looked_through_share": _number(coverage.looked_through_share),
        "oldest_as_of": coverage.oldest_as_of,
        "left_out": [
            {
                "position": gap.position,
                "market_value": _number(gap.market_value),
                "reason": gap.reason,
            }
            for gap in coverage.left_out
        ],
    }


def _position(line: AnalysedPosition) -> dict[str, Any]:
    position = line.position
    return {
        "id": line.id,
        "sheet": position.place.sheet if position else None,
        "row": position.place.row if position else None,
        "symbol": position.symbol if position else None,
        "name": position.name if position else None,
        "account": position.account if position else None,
        "file": position.place.file if position else None,
        "instrument": line.instrument.id if line.instrument else None,
        "kind": line.kind.value if line.kind else None,
        "wrapper": line.wrapper.value,
        "daily_leverage_factor": _number(line.daily_leverage_factor),
        "market_value": _number(line.market_value),
        "fx_rate": _rate(line.fx_rate),
        "notional_exposure": _number(line.notional_exposure),
        "status": line.status,
        "reason": line.reason,
        "looked_through_share": _number(line.looked_through_share),
        "matched_by": line.match_reason,
    }


def _cash(line: AnalysedPosition) -> dict[str, Any]:
    cash = line.cash
    return {
        "id": line.id,
        "sheet": cash.place.sheet if cash else None,
        "row": cash.place.row if cash else None,
        "label": line.label,
        "currency": cash.currency if cash else None,
        "amount": _number(cash.amount) if cash else None,
        "market_value": _number(line.market_value),
    }


def _exposure(root: RootExposure) -> dict[str, Any]:
    return {
        "root": root.root,
        "name": root.name,
        "long": _number(root.long),
        "short": _number(root.short),
        "net": _number(root.net),
        "gross": _number(root.gross),
        "direct": _number(root.direct),
        "share_of_equity": _number(root.share_of_equity),
        "family": root.family.value,
        "looked_through": root.looked_through,
        "doors": [_door(door) for door in root.doors],
    }


def _door(door: Door) -> dict[str, Any]:
    return {
        "position": door.position,
        "chain": list(door.chain),
        "weights": [_number(weight) for weight in door.weights],
        "amount": _number(door.amount),
    }


def _theme(theme: ThemeExposure) -> dict[str, Any]:
    return {
        "theme": theme.theme,
        "name": theme.name,
        "labelled": _number(theme.labelled),
        "long": _number(theme.long),
        "short": _number(theme.short),
        "net": _number(theme.net),
        "gross": _number(theme.gross),
        "hidden_share": _number(theme.hidden_share),
        "share_of_equity": _number(theme.share_of_equity),
        "family": theme.family.value,
        "doors": [
            {
                "position": door.position,
                "wrapper": door.wrapper.value,
                "amount": _number(door.amount),
            }
            for door in theme.doors
        ],
    }


def _overlap(overlap: Overlap) -> dict[str, Any]:
    return {
        "pairs": [
            {
                "a": pair.a,
                "b": pair.b,
                "min_weight": _number(pair.min_weight),
                "cosine": _number(pair.cosine),
                "shared_amount": _number(pair.shared_amount),
            }
            for pair in overlap.pairs
        ],
        "groups": [
            {"positions": list(group.positions), "root": group.root, "net": _number(group.net)}
            for group in overlap.groups
        ],
        "effective_names": _number(overlap.effective_names),
        "effective_bets": _number(overlap.effective_bets),
    }


def _risk(risk: RiskFacts | None) -> dict[str, Any] | None:
    """Where the risk comes from; shares of the variance sum to one over all roots, of which the largest are named."""
    if risk is None:
        return None
    return {
        "volatility": _number(risk.volatility),
        "measured_share": _number(risk.measured_share),
        "diversification_ratio": _number(risk.diversification_ratio),
        "independent_bets": _number(risk.independent_bets),
        "roots": [
            {
                "root": part.root,
                "share": _number(part.share),
                "one_percent_more": _number(part.one_percent_more),
            }
            for part in risk.roots
        ],
        "themes": [{"theme": part.theme, "share": _number(part.share)} for part in risk.themes],
    }


def _stress(result: StressResult) -> dict[str, Any]:
    return {
        "scenario": result.scenario,
        "name": result.facts.name,
        "horizon_days": result.horizon_days,
        "pnl": _number(result.pnl),
        "share_of_equity": _number(result.share_of_equity),
        "low": _number(result.low),
        "high": _number(result.high),
        "positions": [
            {
                "position": loss.position,
                "pnl": _number(loss.pnl),
                "share": _number(loss.share),
                "low": _number(loss.low),
                "high": _number(loss.high),
                "model": loss.model,
                "terminated": loss.terminated,
            }
            for loss in result.positions
        ],
        "causes": [
            {"root": cause.root, "name": cause.name, "pnl": _number(cause.pnl)}
            for cause in result.causes
        ],
        "left_out": list(result.left_out),
        "two_states": [
            {
                "position": ends.position,
                "protected": _number(ends.protected),
                "broken": _number(ends.broken),
            }
            for ends in result.two_states
        ],
    }


def _daily_reset(facts: DailyResetFacts) -> dict[str, Any]:
    return {
        "position": facts.position,
        "daily_leverage_factor": _number(facts.daily_leverage_factor),
        "expense_ratio": _number(facts.expense_ratio),
        "financing": _number(facts.financing),
        "hidden_drag": _number(facts.hidden_drag),
        "hidden_drag_basis": facts.hidden_drag_basis,
        "volatility": _number(facts.volatility),
        "volatility_decay": _number(facts.volatility_decay),
        "break_even_move": _number(facts.break_even_move),
        "pair_move": _number(facts.pair_move),
        "forced_trade": {
            "move": _number(facts.forced_trade.move),
            "share_of_assets": _number(facts.forced_trade.share_of_assets),
            "amount": _number(facts.forced_trade.amount),
        },
    }


def _diagnostic(words: Words, told: Diagnostic) -> dict[str, Any]:
    message, remedy = diagnostic_text(words, told)
    return {
        "code": told.code,
        "severity": told.severity.value,
        "message": message,
        "remedy": remedy or None,
        "where": str(told.where) if told.where is not None and str(told.where) else None,
        "file": told.where.file if told.where is not None else None,
    }
