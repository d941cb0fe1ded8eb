"""One fingerprint over the figures of an analysis, to the cent, so that two papers can be told to show the same."""

import hashlib
import json

from levcheck.app.analysis import Analysis


def result_hash(analysis: Analysis) -> str:
    """Return the fingerprint of the figures; names, languages and dates of printing do not change it."""
    figures = {
        "totals": _cents(analysis.equity, analysis.gross, analysis.in_effect),
        "lines": [
            (line.id, *_cents(line.market_value, line.notional_exposure))
            for line in analysis.positions
        ],
        "roots": [(r.root, *_cents(r.long, r.short)) for r in analysis.exposures],
        "bets": [(t.theme, *_cents(t.labelled, t.net)) for t in analysis.themes],
        "stress": [(r.scenario, *_cents(r.pnl, r.low, r.high)) for r in analysis.stress],
        "currency": analysis.portfolio.base_currency,
        "method": analysis.method,
    }
    text = json.dumps(figures, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _cents(*amounts: float | None) -> list[str | None]:
    """Return amounts as text to the cent; a tiny negative is zero like a tiny positive."""
    return [None if a is None else f"{round(a, 2) + 0.0:.2f}" for a in amounts]
