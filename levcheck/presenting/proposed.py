"""Current against proposed: the same measures of today and of every draft, side by side."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from levcheck.app.analysis import Analysis, FamilyExposure, StressResult
from levcheck.app.draft_results import DraftResult
from levcheck.domain.theme import Family
from levcheck.i18n.words import UNKNOWN, Words
from levcheck.presenting.figures import (
    TODAY,
    Cell,
    Column,
    Row,
    TableView,
    Tone,
    What,
    draft_key,
    number_key,
    tone_of,
)
from levcheck.presenting.measure import Measure
from levcheck.presenting.names import family_name

NARROW_FROM = 2
"""Columns of amounts up to which each amount carries its share."""
LOSSES = 4
"""Scenarios compared where the user chose none: those that cost most today."""


@dataclass(frozen=True, slots=True)
class _Side:
    """Today, or a draft: its letter ("" = today) with its analysis, cash and debt."""

    letter: str
    analysis: Analysis
    cash: float
    debt: float

    def key(self, own: str) -> str:
        """Return the key of one of its numbers."""
        return draft_key(self.letter or TODAY, own)


def current_against_proposed(
    today: Analysis, drafts: Sequence[DraftResult], words: Words, applied: str | None = None
) -> TableView:
    """Return today and every draft as columns: money, effect, cash, debt, families, the losses that matter.

    Args:
        today: analysis of the portfolio as it is.
        drafts: with their analyses, under the same scenarios.
        words: of the reader.
        applied: scenario named first; the costliest follow.
    """
    sides = _sides(today, drafts)
    rows = [*_whole_rows(sides, words)]
    rows += [_family_row(sides, words, family) for family in families_met(today, drafts)]
    rows += [_loss_row(sides, words, scenario) for scenario in losses_compared(today, applied)]
    return TableView(
        words.text("The same in numbers, in {currency}", currency=today.portfolio.base_currency),
        (
            Column("measure", words.text("Measure"), stretch=True),
            Column("today", words.text("Today"), numeric=True),
            *(
                Column(d.draft.id, words.text("Draft {letter}", letter=d.draft.id), numeric=True)
                for d in drafts
            ),
        ),
        tuple(rows),
    )


def families_met(today: Analysis, drafts: Sequence[DraftResult]) -> tuple[Family, ...]:
    """Return the families of today, largest first, then those only a draft has."""
    found = [f.family for f in today.families]
    found += [f.family for d in drafts for f in d.analysis.families]
    return tuple(dict.fromkeys(found))


def losses_compared(today: Analysis, applied: str | None = None) -> tuple[str, ...]:
    """Return the scenarios compared: the one applied, then the costliest today, worst first."""
    by_cost = sorted(today.stress, key=lambda r: r.pnl)
    known = [r.scenario for r in by_cost if r.scenario == applied]
    return tuple(dict.fromkeys((*known, *(r.scenario for r in by_cost))))[:LOSSES]


def family_of(analysis: Analysis, family: Family) -> FamilyExposure | None:
    """Return a family of an analysis; None when nothing is in it."""
    return next((f for f in analysis.families if f.family is family), None)


def result_of(analysis: Analysis, scenario: str) -> StressResult | None:
    """Return a scenario of an analysis; None when it was not run."""
    return next((r for r in analysis.stress if r.scenario == scenario), None)


# --- inside ------------------------------------------------------------------------------------------------


def cash_of(shown: Analysis | DraftResult) -> float:
    """Return the cash of a list, or what a draft leaves."""
    side = _side_of(shown) if isinstance(shown, DraftResult) else _today(shown)
    return side.cash


def _sides(today: Analysis, drafts: Sequence[DraftResult]) -> list[_Side]:
    return [_today(today), *(_side_of(draft) for draft in drafts)]


def _today(analysis: Analysis) -> _Side:
    return _Side("", analysis, *_cash_and_debt(analysis))


def _side_of(draft: DraftResult) -> _Side:
    if draft.base is None:
        proposal = draft.proposal
        return _Side(draft.draft.id, draft.analysis, proposal.cash_after, proposal.debt_after)
    # The proposal counts the cash of all accounts; every row here is of those looked at.
    return _Side(draft.draft.id, draft.analysis, *_cash_and_debt(draft.analysis))


def _cash_and_debt(analysis: Analysis) -> tuple[float, float]:
    amounts = [x.market_value or 0.0 for x in analysis.positions if x.cash is not None]
    return sum(max(a, 0.0) for a in amounts), -sum(min(a, 0.0) for a in amounts)


def _whole_rows(sides: Sequence[_Side], words: Words) -> list[Row]:
    def money(name: str, value: Callable[[_Side], float], key: str) -> Row:
        return _row(
            name,
            words.text(_NAMES[name]),
            [
                _cell(
                    sides,
                    side,
                    words,
                    value(side),
                    # A draft's cash is what its trades leave; it stands with them.
                    None if name in {"cash", "debt"} and side.letter else side.key(key),
                )
                for side in sides
            ],
        )

    rows = [
        money("equity", lambda side: side.analysis.equity, number_key(What.EQUITY)),
        money("in_effect", lambda side: side.analysis.in_effect, number_key(What.IN_EFFECT)),
        money("cash", lambda side: side.cash, number_key(What.CASH, "held")),
    ]
    if any(side.debt > 0.005 for side in sides):
        rows.append(money("debt", lambda side: side.debt, number_key(What.CASH, "owed")))
    if any(side.analysis.margin for side in sides):
        cells = [_margin_cell(sides, side, words) for side in sides]
        rows.append(_row("excess", words.text(_NAMES["excess"]), cells))
    names = [(side, side.analysis.overlap.effective_names) for side in sides]
    cells = [
        Cell(words.number(n, 1), n, side.key(number_key(What.EFFECTIVE_NAMES)) if n else None)
        for side, n in names
    ]
    rows.append(_row("names", words.text(_NAMES["names"]), cells))
    return rows


_NAMES = {
    "equity": "Your money",
    "in_effect": "In effect",
    "cash": "Cash",
    "debt": "Debt",
    "excess": "Equity above the demand of the broker",
    "names": "Effective names",
}


def _margin_cell(sides: Sequence[_Side], side: _Side, words: Words) -> Cell:
    facts = side.analysis.margin
    if facts is None:
        return Cell(UNKNOWN)
    tone = Tone.WARNING if facts.is_called else Tone.PLAIN
    cell = _cell(sides, side, words, facts.excess, side.key(number_key(What.MARGIN)))
    return replace(cell, tone=tone)


def _family_row(sides: Sequence[_Side], words: Words, family: Family) -> Row:
    key = number_key(What.FAMILY, family.value)
    cells = []
    for side in sides:
        found = family_of(side.analysis, family)
        amount = found.net if found is not None else 0.0
        cells.append(_cell(sides, side, words, amount, side.key(key) if found else None))
    return _row(key, family_name(words, family), cells)


def _loss_row(sides: Sequence[_Side], words: Words, scenario: str) -> Row:
    key = number_key(What.SCENARIO, scenario)
    cells, name = [], scenario
    for side in sides:
        found = result_of(side.analysis, scenario)
        if found is None:
            cells.append(Cell(UNKNOWN))
            continue
        facts = found.facts
        name = words.text(facts.name)
        cell = _cell(sides, side, words, found.pnl, side.key(key))
        cells.append(replace(cell, tone=tone_of(found.pnl)))
    return _row(key, name, cells)


def _cell(
    sides: Sequence[_Side], side: _Side, words: Words, amount: float, key: str | None
) -> Cell:
    """Return an amount with its share; beside several drafts the share steps back into the tool tip."""
    measure = Measure(side.analysis, words)
    both = measure.both(amount)
    narrow = len(sides) > NARROW_FROM and not words.hide_amounts
    return Cell(measure.money(amount) if narrow else both, amount, key, hint=both)


def _row(identifier: str, name: str, cells: Sequence[Cell]) -> Row:
    return Row(identifier, (Cell(name, hint=name), *cells))
