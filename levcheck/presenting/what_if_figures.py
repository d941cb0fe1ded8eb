"""The few figures a draft is judged by: what they are today, and what they would be."""

from dataclasses import dataclass

from levcheck.app.analysis import Analysis
from levcheck.app.draft_results import DraftResult
from levcheck.i18n.words import Words
from levcheck.presenting.figures import (
    TODAY,
    Figure,
    KeyFigure,
    Tone,
    What,
    draft_key,
    number_key,
    tone_of,
)
from levcheck.presenting.measure import Measure
from levcheck.presenting.proposed import cash_of, losses_compared, result_of
from levcheck.presenting.verdict import main_bet


@dataclass(frozen=True, slots=True)
class _Pair:
    """One figure of today and of the draft, with the keys of both; the draft's is None where it stands elsewhere."""

    label: str
    before: float | None
    after: float | None
    key: str
    key_then: str | None
    tone: Tone = Tone.PLAIN


def what_if_figures(
    today: Analysis, shown: DraftResult | None, words: Words, applied: str | None = None
) -> tuple[KeyFigure, ...]:
    """Return the main bet, the money in effect, the costliest loss and the cash; today alone without a change."""
    changed = shown if shown is not None and shown.draft.changes else None
    pairs = (
        _bet(today, changed, words),
        _in_effect(today, changed, words),
        _loss(today, changed, words, applied),
        _cash(today, changed, words),
    )
    return tuple(_figure(today, changed, words, pair) for pair in pairs if pair is not None)


def _figure(today: Analysis, shown: DraftResult | None, words: Words, pair: _Pair) -> KeyFigure:
    measure = Measure(today, words)
    if shown is None:
        figure = Figure(measure.percent(pair.before), pair.key, pair.tone, pair.label)
        return KeyFigure(
            pair.label, figure, "" if words.hide_amounts else measure.money(pair.before)
        )
    then = Measure(shown.analysis, words)
    text = f"{measure.percent(pair.before)} → {then.percent(pair.after)}"
    figure = Figure(text, pair.key_then, pair.tone, pair.label)
    if words.hide_amounts:
        return KeyFigure(pair.label, figure)
    note = words.text(
        "{before} today, {after} then",
        before=measure.money(pair.before),
        after=then.money(pair.after),
    )
    return KeyFigure(pair.label, figure, note)


def _then(shown: DraftResult | None, key: str) -> str:
    return draft_key(shown.draft.id if shown is not None else TODAY, key)


def _bet(today: Analysis, shown: DraftResult | None, words: Words) -> _Pair | None:
    bet = main_bet(today)
    if bet is None:
        return None
    themes = shown.analysis.themes if shown is not None else ()
    found = next((t for t in themes if t.theme == bet.theme), None)
    key = number_key(What.THEME, bet.theme)
    after = found.net if found is not None else 0.0
    return _Pair(
        words.text(bet.name),
        bet.net,
        after,
        _then(None, key),
        _then(shown, key) if found is not None else None,
    )


def _in_effect(today: Analysis, shown: DraftResult | None, words: Words) -> _Pair:
    key = number_key(What.IN_EFFECT)
    after = shown.analysis.in_effect if shown is not None else None
    return _Pair(
        words.text("In effect"), today.in_effect, after, _then(None, key), _then(shown, key)
    )


def _loss(
    today: Analysis, shown: DraftResult | None, words: Words, applied: str | None
) -> _Pair | None:
    scenario = next(iter(losses_compared(today, applied)), None)
    before = result_of(today, scenario) if scenario else None
    after = result_of(shown.analysis, scenario) if scenario and shown is not None else None
    if before is None or (shown is not None and after is None):
        return None
    key = number_key(What.SCENARIO, before.scenario)
    return _Pair(
        words.text(before.facts.name),
        before.pnl,
        after.pnl if after is not None else None,
        _then(None, key),
        _then(shown, key),
        tone_of(before.pnl if after is None else after.pnl),
    )


def _cash(today: Analysis, shown: DraftResult | None, words: Words) -> _Pair:
    key = number_key(What.CASH, "held")
    after = cash_of(shown) if shown is not None else None
    # A draft's cash is what its trades leave; it stands with them.
    return _Pair(words.text("Cash"), cash_of(today), after, _then(None, key), None)
