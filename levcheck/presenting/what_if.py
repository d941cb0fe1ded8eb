"""What-if: what changes if I trim or swap?"""

from collections.abc import Sequence
from dataclasses import dataclass

from levcheck.app.analysis import AnalysedPosition, Analysis
from levcheck.app.draft_examples import example_changes
from levcheck.app.draft_import import Drift
from levcheck.app.draft_results import DraftResult, Proposed
from levcheck.domain.draft import DRAFT_IDS, Change
from levcheck.domain.theme import Family
from levcheck.i18n.words import UNKNOWN, Words
from levcheck.presenting.chart_views import DumbbellRow, DumbbellView
from levcheck.presenting.choices import Choices
from levcheck.presenting.draft_titles import draft_title
from levcheck.presenting.draft_words import (
    cash_sentence,
    change_text,
    debt_sentence,
    effect_text,
    kept_leverage_text,
    refusal_text,
    units_text,
    unlevered_sentence,
)
from levcheck.presenting.figures import (
    TODAY,
    Cell,
    Column,
    KeyFigure,
    Row,
    TableView,
    Tone,
    What,
    draft_key,
    number_key,
)
from levcheck.presenting.measure import Measure
from levcheck.presenting.names import family_name, full_name, short_name
from levcheck.presenting.proposed import (
    current_against_proposed,
    families_met,
    family_of,
    losses_compared,
    result_of,
)
from levcheck.presenting.verdict import (
    coverage_sentence,
    footer_sentence,
    main_bet,
    nothing_yet_headline,
    nothing_yet_sentence,
)
from levcheck.presenting.what_if_figures import what_if_figures

__all__ = [
    "DraftTab",
    "WhatIfView",
    "changes_table",
    "current_against_proposed",
    "trades_table",
    "what_if_view",
]

OFFERED = 2
"""Swaps worked out that are offered at once."""
DRIFTS = 8
"""Parts of each kind listed against the model."""


@dataclass(frozen=True, slots=True)
class DraftTab:
    """One draft to choose: its letter and what it is called."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """A change of the draft: what it does, then its units and cash, or why it is not done."""

    text: str
    effect: str
    tone: Tone


@dataclass(frozen=True, slots=True)
class LineChoice:
    """A line that can be changed: position id, what it is called, and its name and worth."""

    id: str
    label: str
    hint: str


@dataclass(frozen=True, slots=True)
class RootChoice:
    """Something the money rides on: id, name and its share today."""

    id: str
    name: str
    share: str


@dataclass(frozen=True, slots=True)
class HedgeChoice:
    """A fund that falls when a root rises: the root, the fund's id, symbol and name, its multiple, how it is shown."""

    root: str
    fund: str
    symbol: str
    name: str
    factor: float
    text: str


@dataclass(frozen=True, slots=True)
class WorkedOut:
    """A change worked out, to be put into the draft: what it takes, in a sentence."""

    text: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class WhatIfView:
    """Everything the What-if screen shows.

    Attributes:
        headline: what the chosen draft changes, in a sentence.
        subline: what cash it frees or needs.
        warning: what would be borrowed; "" when nothing.
        drafts: to choose from.
        chosen: letter of the draft shown; the next free one when there is none yet.
        can_add: whether one more draft fits.
        is_empty: whether the draft shown has no change.
        is_shown: whether all screens show a draft in the place of today.
        families: before and after, by family.
        losses: before and after, by scenario.
        table: today and every draft in numbers.
        changes: of the draft shown, in order.
        changes_title: heading above them.
        trades: what has to be bought and sold.
        drift: today against the model; None without one.
        lines: what can be trimmed or swapped.
        roots: what a limit can be set to.
        hedges: funds that set a root off.
        worked_out: changes that can be put in as they are.
        kept_leverage: which funds with a daily multiple have no such swap, and why; "" when there are none.
        whole_units: whether the draft shown trades whole units only.
        name: what the user calls the draft shown.
        currency: base currency.
        footer: what this page is.
        nothing_yet: what will be here once a holding can be counted; "" when one can.
        gap: what is in no number; "" when nothing is missing.
        key_figures: the main bet, the money in effect, the costliest loss and the cash, before and after.
        examples: changes to begin with, while the draft shown has none.
    """

    headline: str
    subline: str
    warning: str
    drafts: tuple[DraftTab, ...]
    chosen: str
    can_add: bool
    is_empty: bool
    is_shown: bool
    families: DumbbellView
    losses: DumbbellView
    table: TableView
    changes: tuple[ChangeLine, ...]
    changes_title: str
    trades: TableView
    drift: TableView | None
    lines: tuple[LineChoice, ...]
    roots: tuple[RootChoice, ...]
    hedges: tuple[HedgeChoice, ...]
    worked_out: tuple[WorkedOut, ...]
    kept_leverage: str
    whole_units: bool
    name: str
    currency: str
    footer: str
    nothing_yet: str = ""
    gap: str = ""
    key_figures: tuple[KeyFigure, ...] = ()
    examples: tuple[WorkedOut, ...] = ()


def what_if_view(proposed: Proposed, words: Words, choices: Choices | None = None) -> WhatIfView:
    """Return the screen for the draft chosen; the first one when it is not there."""
    today, drafts, drifts = proposed.today, proposed.drafts, proposed.drifts
    looked = choices or Choices()
    chosen, applied = looked.draft, looked.applied
    shown = next((d for d in drafts if d.draft.id == chosen), drafts[0] if drafts else None)
    taken = {d.draft.id for d in drafts}
    letter = shown.draft.id if shown else next(x for x in DRAFT_IDS if x not in taken)
    return WhatIfView(
        headline=nothing_yet_headline(words, today) or _headline(today, shown, words),
        subline=_subline(today, shown, words),
        warning=debt_sentence(words, shown.base or today, shown.proposal) if shown else "",
        drafts=tuple(DraftTab(d.draft.id, draft_title(words, d.draft)) for d in drafts),
        chosen=letter,
        can_add=len(drafts) < len(DRAFT_IDS),
        is_empty=shown is None or not shown.draft.changes,
        is_shown=looked.shown is not None,
        families=_families(today, shown, words, letter),
        losses=_losses(today, shown, words, letter, applied),
        table=current_against_proposed(today, drafts, words, applied),
        changes=_changes(today, shown, words),
        changes_title=_changes_title(shown, words),
        trades=trades_table(today, shown, words),
        drift=None if drifts is None else _drift_table(drifts, words),
        lines=_lines(today, words),
        roots=_roots(today, words),
        hedges=_hedges(proposed, words),
        worked_out=_worked_out(proposed, shown, words),
        kept_leverage=kept_leverage_text(words, today, proposed.kept_leverage),
        whole_units=shown is not None and shown.draft.whole_units,
        name=shown.draft.name if shown is not None else "",
        currency=today.portfolio.base_currency,
        footer=footer_sentence(words),
        nothing_yet=nothing_yet_sentence(words, today, "what-if"),
        gap=coverage_sentence(words, today),
        key_figures=what_if_figures(today, shown, words, applied),
        examples=_examples(today, words) if shown is None or not shown.draft.changes else (),
    )


def _changes_title(shown: DraftResult | None, words: Words) -> str:
    if shown is None or not shown.draft.name:
        return words.text("Changes in this draft")
    return draft_title(words, shown.draft)


# --- sentences ---------------------------------------------------------------------------------------------


def _headline(today: Analysis, shown: DraftResult | None, words: Words) -> str:
    if shown is None or not shown.draft.changes:
        return words.text("Nothing is changed yet. These are today's numbers.")
    title = words.text("Draft {letter}", letter=shown.draft.id)
    bet = main_bet(today)
    if bet is None or bet.share_of_equity is None:
        return words.text(
            "{draft} brings your money in effect from {before} to {after}.",
            draft=title,
            before=words.multiple(today.effective_multiple),
            after=words.multiple(shown.analysis.effective_multiple),
        )
    then = next((t.net for t in shown.analysis.themes if t.theme == bet.theme), 0.0)
    before, after = words.percent(bet.share_of_equity), words.percent(_share(shown, then))
    theme = bet
    if before == after:
        return words.text(
            "{draft} leaves {bet} at {before} of your money.",
            draft=title,
            bet=words.text(theme.name),
            before=before,
        )
    return words.text(
        "{draft} brings {bet} from {before} of your money to {after}.",
        draft=title,
        bet=words.text(theme.name),
        before=before,
        after=after,
    )


def _share(shown: DraftResult, amount: float) -> float | None:
    equity = shown.analysis.equity
    return amount / equity if equity > 0 else None


def _subline(today: Analysis, shown: DraftResult | None, words: Words) -> str:
    if shown is None or not shown.draft.changes:
        return words.text("Today's list stays as it is until you keep a draft.")
    parts = [
        cash_sentence(words, shown.base or today, shown.proposal),
        _loss_sentence(today, shown, words),
        words.text("Changes, trades and cash are of all accounts, the rest of those looked at.")
        if shown.base is not None
        else "",
    ]
    return " ".join(part for part in parts if part)


def _loss_sentence(today: Analysis, shown: DraftResult, words: Words) -> str:
    worst = next(iter(losses_compared(today)), None)
    before = result_of(today, worst) if worst else None
    after = result_of(shown.analysis, worst) if worst else None
    if before is None or after is None:
        return ""
    facts = before.facts
    return words.text(
        "{scenario}: {before} today, {after} then.",
        scenario=words.text(facts.name),
        before=Measure(today, words).both(before.pnl),
        after=Measure(shown.analysis, words).both(after.pnl),
    )


# --- charts ------------------------------------------------------------------------------------------------


def _families(
    today: Analysis, shown: DraftResult | None, words: Words, letter: str
) -> DumbbellView:
    measure = Measure(today, words)
    met = families_met(today, [shown] if shown else [])
    rows = tuple(_family_row(today, shown, words, family) for family in met)
    values = [net for family in met for net in _nets(today, shown, family)]
    top = rows[0] if rows else None
    return DumbbellView(
        title=words.text("In effect: before and after"),
        summary=words.text(
            "{name}: {before} today, {after} in the draft.",
            name=top.label,
            before=top.labelled_text,
            after=top.effective_text,
        )
        if top
        else words.text("There is nothing to draw yet."),
        empty_text=words.text("There is nothing to draw yet."),
        rows=rows,
        axis=measure.axis(values),
        labelled_legend=words.text("today"),
        effective_legend=words.text("Draft {letter}", letter=letter),
    )


def _nets(today: Analysis, shown: DraftResult | None, family: Family) -> tuple[float, float]:
    before = family_of(today, family)
    after = family_of(shown.analysis, family) if shown else before
    return (before.net if before else 0.0, after.net if after else 0.0)


def _family_row(
    today: Analysis, shown: DraftResult | None, words: Words, family: Family
) -> DumbbellRow:
    measure = Measure(today, words)
    then = Measure(shown.analysis, words) if shown else measure
    before, after = _nets(today, shown, family)
    key = number_key(What.FAMILY, family.value)
    held = shown is not None and family_of(shown.analysis, family) is not None
    return DumbbellRow(
        key=draft_key(shown.draft.id if shown and held else TODAY, key),
        label=family_name(words, family),
        labelled=measure.length(before),
        effective=then.length(after),
        labelled_text=measure.percent(before),
        effective_text=then.both(after),
        family=family,
    )


def _losses(
    today: Analysis, shown: DraftResult | None, words: Words, letter: str, applied: str | None
) -> DumbbellView:
    measure = Measure(today, words)
    rows: list[DumbbellRow] = []
    values: list[float | None] = []
    for scenario in losses_compared(today, applied):
        before = result_of(today, scenario)
        after = result_of(shown.analysis, scenario) if shown else before
        if before is None or after is None:
            continue
        then = Measure(shown.analysis, words) if shown else measure
        key, facts = number_key(What.SCENARIO, scenario), before.facts
        values += [before.pnl, after.pnl]
        rows.append(
            DumbbellRow(
                key=draft_key(shown.draft.id if shown else TODAY, key),
                label=words.text(facts.name),
                labelled=measure.length(before.pnl),
                effective=then.length(after.pnl),
                labelled_text=measure.percent(before.pnl),
                effective_text=then.both(after.pnl),
            )
        )
    return DumbbellView(
        title=words.text("The costliest shocks: before and after"),
        summary=words.text(
            "{name}: {before} today, {after} in the draft.",
            name=rows[0].label,
            before=rows[0].labelled_text,
            after=rows[0].effective_text,
        )
        if rows
        else words.text("No scenario has been run yet."),
        empty_text=words.text("No scenario has been run yet."),
        rows=tuple(rows),
        axis=measure.axis(values),
        labelled_legend=words.text("today"),
        effective_legend=words.text("Draft {letter}", letter=letter),
    )


# --- tables ------------------------------------------------------------------------------------------------


def _changes(today: Analysis, shown: DraftResult | None, words: Words) -> tuple[ChangeLine, ...]:
    currency = today.portfolio.base_currency
    return tuple(
        ChangeLine(
            change_text(words, effect.change, currency),
            refusal_text(words, effect) or effect_text(words, effect, currency),
            Tone.PLAIN if effect.refused is None else Tone.WARNING,
        )
        for effect in (shown.proposal.effects if shown else ())
    )


def changes_table(today: Analysis, shown: DraftResult, words: Words) -> TableView:
    """Return the changes of a draft with units and cash; for paper, where nothing can be pointed at."""
    currency = today.portfolio.base_currency
    return TableView(
        _changes_title(shown, words),
        (
            Column("change", words.text("Change"), stretch=True),
            Column("units", words.text("Units"), numeric=True),
            Column("cash", words.text("Cash"), numeric=True),
        ),
        tuple(
            Row(
                str(place),
                (
                    Cell(
                        change_text(words, effect.change, currency),
                        hint=refusal_text(words, effect),
                    ),
                    Cell(units_text(words, effect.units), effect.units),
                    Cell(words.text("not done"), tone=Tone.WARNING)
                    if effect.refused
                    else Cell(words.money(effect.freed, currency, signed=True), effect.freed),
                ),
            )
            for place, effect in enumerate(shown.proposal.effects)
        ),
        empty=words.text("No change yet."),
    )


def trades_table(today: Analysis, shown: DraftResult | None, words: Words) -> TableView:
    """Return the trades that lead to a draft: sales, purchases, and the cash afterwards."""
    currency = today.portfolio.base_currency
    trades = shown.proposal.trades if shown else ()
    rows = [
        Row(
            f"{number}",
            (
                Cell(words.text("Sell") if trade.money < 0 else words.text("Buy")),
                Cell(trade.label),
                Cell(trade.name, hint=trade.name),
                Cell(trade.account or ""),
                Cell(_count(words, trade.units), trade.units),
                Cell(words.money(trade.price, currency, exact=True), trade.price),
                Cell(words.money(abs(trade.money), currency, exact=True), abs(trade.money)),
            ),
        )
        for number, trade in enumerate(trades)
    ]
    blank = Cell("")
    cash = shown.proposal.cash_after - shown.proposal.debt_after if shown else 0.0
    total = Row(
        "cash",
        (
            Cell(words.text("Cash after")),
            *((blank,) * 5),
            Cell(words.money(cash, currency, exact=True), cash),
        ),
    )
    return TableView(
        words.text("Trades, in {currency}", currency=currency),
        (
            Column("side", words.text("Buy or sell")),
            Column("line", words.text("Holding")),
            Column("name", words.text("Name"), stretch=True),
            Column("account", words.text("Account")),
            Column("units", words.text("Units"), numeric=True),
            Column("price", words.text("Price"), numeric=True),
            Column("money", words.text("Money"), numeric=True),
        ),
        tuple(rows),
        total if rows else None,
        words.text("Nothing to trade."),
    )


def _count(words: Words, units: float | None) -> str:
    return UNKNOWN if units is None else units_text(words, abs(units))


def _drift_table(drifts: Sequence[Drift], words: Words) -> TableView:
    rows: list[Row] = []
    for kind in ("family", "theme", "root"):
        found = [d for d in drifts if d.kind == kind and abs(d.points or 0.0) >= 0.0005]
        rows += [_drift_row(d, words) for d in found[:DRIFTS]]
    return TableView(
        words.text("Against the model, in shares of your money"),
        (
            Column("part", words.text("Part"), stretch=True),
            Column("kind", words.text("Kind")),
            Column("today", words.text("Today"), numeric=True),
            Column("model", words.text("Model"), numeric=True),
            Column("points", words.text("Points"), numeric=True),
        ),
        tuple(rows),
        empty=words.text("Nothing is away from the model."),
    )


_DRIFT_KINDS = {"family": "Family", "theme": "Bet", "root": "Root"}
_DRIFT_KEYS = {"family": What.FAMILY, "theme": What.THEME, "root": What.EXPOSURE}


def _drift_row(found: Drift, words: Words) -> Row:
    name = (
        family_name(words, Family(found.id))
        if found.kind == "family"
        else words.text(found.name)
        if found.kind == "theme"
        else short_name(found.name)
    )
    own = number_key(_DRIFT_KEYS[found.kind], found.id)
    key = draft_key(TODAY, own) if found.net_today else None
    points = None if found.points is None else found.points * 100
    sign = "+" if points is not None and points > 0 else ""
    return Row(
        f"{found.kind}:{found.id}",
        (
            Cell(name, hint=name),
            Cell(words.text(_DRIFT_KINDS[found.kind])),
            Cell(words.percent(found.today), found.today, key),
            Cell(words.percent(found.model), found.model),
            Cell(sign + words.number(points, 1), points),
        ),
    )


# --- choices -----------------------------------------------------------------------------------------------


def _lines(today: Analysis, words: Words) -> tuple[LineChoice, ...]:
    measure = Measure(today, words)
    return tuple(
        LineChoice(
            line.id, _line_text(line), f"{full_name(line)} · {measure.both(line.market_value)}"
        )
        for line in today.positions
        if line.position is not None and line.market_value
    )


def _line_text(line: AnalysedPosition) -> str:
    account = line.position.account if line.position is not None else None
    return f"{line.label} ({account})" if account else line.label


def _roots(today: Analysis, words: Words) -> tuple[RootChoice, ...]:
    return tuple(
        RootChoice(r.root, short_name(r.name), words.percent(r.share_of_equity))
        for r in today.exposures[:20]
        if r.looked_through and not r.root.endswith(".CASH") and r.net > 0
    )


def _hedges(proposed: Proposed, words: Words) -> tuple[HedgeChoice, ...]:
    return tuple(
        HedgeChoice(
            root,
            fund.id,
            fund.symbol,
            fund.name,
            fund.daily_leverage_factor or 1.0,
            f"{fund.symbol} · {words.multiple(fund.daily_leverage_factor)} · {fund.name}",
        )
        for root, fund in proposed.hedges
    )


def _examples(today: Analysis, words: Words) -> tuple[WorkedOut, ...]:
    currency = today.portfolio.base_currency
    changes = example_changes(today)
    return tuple(WorkedOut(change_text(words, change, currency), (change,)) for change in changes)


def _worked_out(
    proposed: Proposed, shown: DraftResult | None, words: Words
) -> tuple[WorkedOut, ...]:
    """Return the swaps worked out that the draft does not hold already."""
    touched = {change.line for change in shown.draft.changes} if shown else set()
    left = [u for u in proposed.unlevered if u.change.line not in touched]
    return tuple(
        WorkedOut(unlevered_sentence(words, proposed.today, u), (u.change,)) for u in left[:OFFERED]
    )
