"""What if: a draft laid over a portfolio gives another portfolio, the trades that lead there, and what cash they free.

Nothing here alters the portfolio a draft lies on. A change that cannot be made is left out and says why; the others are
made in order. Money is conserved: whatever is sold becomes cash, whatever is bought takes cash, and what is bought for
more than there is becomes debt that is said.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

from levcheck.app.analysis import Analysis
from levcheck.app.draft_bench import Bench, Entry
from levcheck.app.session import Session
from levcheck.domain.diagnostics import Argument
from levcheck.domain.draft import DRAFT_IDS, Bought, By, Change, ChangeKind, Draft, LineRef
from levcheck.domain.portfolio import Portfolio

_NOTHING = 1e-9
LONGEST_NAME = 40


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a change cannot be made: the code of a sentence and its arguments."""

    code: str
    args: tuple[tuple[str, Argument], ...] = ()


@dataclass(frozen=True, slots=True)
class Effect:
    """What one change does.

    Attributes:
        change: which.
        sold: money from what is sold, base currency, ≥ 0 (debt paid back counts here too).
        bought: money for what is bought, ≥ 0.
        freed: cash it frees; below zero it needs cash.
        units: units sold (below zero) or bought; None = not known or several lines.
        refused: why it was left out; None when it was made.
    """

    change: Change
    sold: float = 0.0
    bought: float = 0.0
    freed: float = 0.0
    units: float | None = None
    refused: Refused | None = None


@dataclass(frozen=True, slots=True)
class Trade:
    """One line of the list of trades.

    Attributes:
        line: its id today; None for a new line.
        label: what it is called.
        name: full name; "" = not known.
        account: account it is held in; None = not told.
        units: bought, below zero sold; None = not known.
        money: paid, below zero received; base currency.
        price: of one unit, base currency; None = not known.
    """

    line: str | None
    label: str
    name: str
    account: str | None
    units: float | None
    money: float
    price: float | None


@dataclass(frozen=True, slots=True)
class Proposal:
    """A draft laid over a portfolio.

    Attributes:
        draft: which.
        portfolio: what would be held.
        effects: what each change does, in order.
        trades: per line, sales first, the largest first.
        freed: cash it frees; below zero it needs cash.
        cash_before: cash there is today, debt left out, base currency.
        cash_after: cash there would be.
        debt_before: owed today, ≥ 0.
        debt_after: owed then.
    """

    draft: Draft
    portfolio: Portfolio
    effects: tuple[Effect, ...]
    trades: tuple[Trade, ...]
    freed: float
    cash_before: float
    cash_after: float
    debt_before: float
    debt_after: float

    @property
    def new_debt(self) -> float:
        """How much more is owed than today, ≥ 0."""
        more = self.debt_after - self.debt_before
        return more if more > 0.005 else 0.0


def propose(analysis: Analysis, draft: Draft) -> Proposal:
    """Return what a draft makes of the portfolio that was analysed."""
    bench = Bench(analysis, whole_units=draft.whole_units)
    cash, debt = bench.free_cash(), bench.debt()
    effects = tuple(_made(bench, analysis, change) for change in draft.changes)
    portfolio = bench.finished()
    named = f"{portfolio.name} · {draft.name or draft.id}" if portfolio.name else draft.id
    return Proposal(
        draft=draft,
        portfolio=replace(portfolio, name=named),
        effects=effects,
        trades=_trades(bench),
        freed=(bench.free_cash() - bench.debt()) - (cash - debt),
        cash_before=cash,
        cash_after=bench.free_cash(),
        debt_before=debt,
        debt_after=bench.debt(),
    )


# --- drafts of a session -----------------------------------------------------------------------------------


def draft_of(session: Session, identifier: str) -> Draft:
    """Return a draft of the session; an empty one when it has none of that letter."""
    return next((d for d in session.drafts if d.id == identifier), Draft(identifier))


def free_letter(session: Session) -> str | None:
    """Return the letter of the next draft; None when all are taken."""
    taken = {draft.id for draft in session.drafts}
    return next((letter for letter in DRAFT_IDS if letter not in taken), None)


def put_draft(session: Session, draft: Draft) -> Session:
    """Return the session with a draft in place of the one of its letter; the portfolio stays as it is."""
    if draft.id not in DRAFT_IDS:
        raise KeyError(draft.id)
    base = session.portfolio.base_currency
    others = [d for d in session.drafts if d.id != draft.id]
    stamped = replace(draft, changes=tuple(_in_currency(c, base) for c in draft.changes))
    drafts = tuple(sorted([*others, stamped], key=lambda d: d.id))
    return replace(session, drafts=drafts, revision=session.revision + 1)


def _in_currency(change: Change, base: str) -> Change:
    """Return a change that says which currency its amounts are in: the list may be counted in another one later."""
    return change if change.currency or not change.has_money else replace(change, currency=base)


def add_change(session: Session, identifier: str, *changes: Change) -> Session:
    """Return the session with changes at the end of a draft."""
    draft = draft_of(session, identifier)
    return put_draft(session, replace(draft, changes=(*draft.changes, *changes)))


def remove_change(session: Session, identifier: str, index: int) -> Session:
    """Return the session without one change of a draft.

    Raises:
        IndexError: the draft has no such change.
    """
    draft = draft_of(session, identifier)
    if not 0 <= index < len(draft.changes):
        raise IndexError(index)
    changes = draft.changes[:index] + draft.changes[index + 1 :]
    return put_draft(session, replace(draft, changes=changes))


def rename_draft(session: Session, identifier: str, name: str) -> Session:
    """Return the session with a draft called something; "" takes its name away."""
    called = " ".join(name.split())[:LONGEST_NAME]
    return put_draft(session, replace(draft_of(session, identifier), name=called))


def round_draft(session: Session, identifier: str, *, whole_units: bool) -> Session:
    """Return the session with a draft that trades whole units only, or any fraction."""
    return put_draft(session, replace(draft_of(session, identifier), whole_units=whole_units))


def discard_draft(session: Session, identifier: str) -> Session:
    """Return the session without a draft."""
    drafts = tuple(d for d in session.drafts if d.id != identifier)
    return replace(session, drafts=drafts, revision=session.revision + 1)


def keep_draft(session: Session, proposal: Proposal) -> Session:
    """Return the session that holds what a draft proposes; the draft itself is done with."""
    kept = replace(proposal.portfolio, name=session.portfolio.name)
    without = discard_draft(session, proposal.draft.id)
    return replace(without, portfolio=kept)


def line_ref(analysis: Analysis, identifier: str) -> LineRef:
    """Return how a change names a line.

    Raises:
        KeyError: there is no such position.
    """
    position = analysis.position(identifier).position
    if position is None:
        raise KeyError(identifier)
    return LineRef(position.place, position.label)


# --- changes -----------------------------------------------------------------------------------------------


def _made(bench: Bench, analysis: Analysis, change: Change) -> Effect:
    base = bench.portfolio.base_currency
    if change.currency not in {"", base}:
        return _refuse(
            change, "portfolio.draft_other_currency", currency=change.currency, base=base
        )
    return _MAKERS[change.kind](bench, analysis, change)


def _refuse(change: Change, code: str, **args: Argument) -> Effect:
    return Effect(change, refused=Refused(code, tuple(args.items())))


def _trim(bench: Bench, _analysis: Analysis, change: Change) -> Effect:
    entry = bench.find(change.line)
    part = _part_kept(bench, entry, change)
    if isinstance(part, Effect) or entry is None:
        return part if isinstance(part, Effect) else _gone(change)
    units = entry.position.quantity
    freed = bench.keep_part(entry, part)
    sold = None if units is None else (entry.position.quantity or 0.0) - units
    return Effect(change, max(freed, 0.0), max(-freed, 0.0), freed, sold)


def _gone(change: Change) -> Effect:
    label = change.line.label if change.line is not None else ""
    return _refuse(change, "portfolio.draft_line_gone", line=label)


def _part_kept(bench: Bench, entry: Entry | None, change: Change) -> float | Effect:
    """Return the part of a line that a change keeps, or why it cannot be made."""
    if entry is None:
        return _gone(change)
    label, value = entry.position.label, entry.value
    if value == 0.0 and entry.before:
        return _gone(change)
    if value is None or value == 0.0:
        return _refuse(change, "portfolio.draft_no_value", line=label)
    part = 0.0 if change.kind is ChangeKind.SELL else _part_by(bench, entry, change, value)
    fault = _fault_of(part)
    if part is None or fault:
        return _refuse(change, fault, line=label)
    return bench.rounded_part(entry, _whole(part))


def _whole(part: float) -> float:
    """Return a part between none and all; what is less than a billionth is nothing, so that no dust of a line stays."""
    return 0.0 if part < _NOTHING else min(part, 1.0)


def _fault_of(part: float | None) -> str:
    """Return why no such part of a line can be kept; "" when it can."""
    if part is None:
        return "portfolio.draft_no_units"
    if part < -_NOTHING:
        return "portfolio.draft_more_than_held"
    return "portfolio.draft_already_less" if part > 1.0 + _NOTHING else ""


def _part_by(bench: Bench, entry: Entry, change: Change, value: float) -> float | None:
    amount, units = change.amount, entry.position.quantity
    if change.by is By.PART:
        return amount
    if change.by is By.WEIGHT:
        return amount * bench.equity / abs(value) if bench.equity > 0 else None
    if change.by is By.MONEY:
        return 1.0 - amount / abs(value)
    return 1.0 - amount / abs(units) if units else None


def _swap(bench: Bench, _analysis: Analysis, change: Change) -> Effect:
    entry, buys = bench.find(change.line), change.buys
    if entry is not None and (entry.value or 0.0) < 0.0:
        return _refuse(change, "portfolio.draft_short_swap", line=entry.position.label)
    part = _part_kept(bench, entry, change)
    if isinstance(part, Effect) or entry is None or buys is None:
        return part if isinstance(part, Effect) else _gone(change)
    sold = bench.keep_part(entry, part)
    units, money = _bought_for(bench, buys, sold * change.times)
    if money > 0.0:
        bench.buy(buys, money, units, entry.home)
    return Effect(change, sold, money, sold - money, units)


def _add(bench: Bench, _analysis: Analysis, change: Change) -> Effect:
    buys = change.buys
    if buys is None:
        return _gone(change)
    money = _money_for(bench, buys, change)
    if money is None:
        return _refuse(change, "portfolio.draft_no_price", line=buys.symbol)
    if money <= 0.0:
        return _refuse(change, "portfolio.draft_nothing_to_do", line=buys.symbol)
    units, money = _bought_for(bench, buys, money)
    if money <= 0.0:
        return _refuse(change, "portfolio.draft_less_than_one", line=buys.symbol)
    held = bench.held(buys)
    bench.buy(buys, money, units, held.home if held is not None else bench.main_home())
    return Effect(change, 0.0, money, -money, units)


def _hedge(bench: Bench, analysis: Analysis, change: Change) -> Effect:
    buys = change.buys
    if buys is None or change.by is not By.EXPOSURE:
        return _add(bench, analysis, change)
    net = next((x.net for x in analysis.exposures if x.root == buys.root), 0.0)
    money = change.amount * net / -buys.factor if buys.factor else 0.0
    if money <= 0.0:
        return _refuse(change, "portfolio.draft_no_hedge", line=buys.symbol)
    sized = replace(change, by=By.MONEY, amount=money)
    return replace(_add(bench, analysis, sized), change=change)


def _pay_down(bench: Bench, _analysis: Analysis, change: Change) -> Effect:
    debt = bench.largest_debt()
    if debt <= 0.0:
        return _refuse(change, "portfolio.draft_no_debt")
    wanted = change.amount if change.by is By.MONEY else (1.0 - change.amount) * bench.debt()
    paid = bench.pay_down(wanted)
    return Effect(change, 0.0, paid, -paid)


def _to_cash(bench: Bench, _analysis: Analysis, change: Change) -> Effect:
    part = _whole(change.amount)
    long = [e for e in bench.entries if (e.value or 0.0) > 0.0]
    freed = math.fsum(bench.keep_part(e, bench.rounded_part(e, part)) for e in long)
    return Effect(change, freed, 0.0, freed)


_MAKERS: dict[ChangeKind, Callable[[Bench, Analysis, Change], Effect]] = {
    ChangeKind.TRIM: _trim,
    ChangeKind.SELL: _trim,
    ChangeKind.SWAP: _swap,
    ChangeKind.ADD: _add,
    ChangeKind.HEDGE: _hedge,
    ChangeKind.PAY_DOWN: _pay_down,
    ChangeKind.TO_CASH: _to_cash,
}


def _unit_price(bench: Bench, buys: Bought) -> float | None:
    """Return what one unit costs: as told, else what a line of it that is held is worth for each of its units."""
    if buys.price is not None:
        size = buys.option.multiplier if buys.option is not None else 1.0
        return buys.price * size * bench.money_of(buys)[1]
    held = bench.held(buys)
    return held.price if held is not None else None


def _bought_for(bench: Bench, buys: Bought, money: float) -> tuple[float | None, float]:
    """Return the units an amount of money buys, and what they cost: less where only whole ones are bought."""
    price = _unit_price(bench, buys)
    if not price:
        return None, money
    units = money / price
    whole = bench.rounded_units(buys, units)
    return whole, money if whole == units else whole * price


def _money_for(bench: Bench, buys: Bought, change: Change) -> float | None:
    if change.by is By.UNITS:
        price = _unit_price(bench, buys)
        return None if price is None else change.amount * price
    if change.by is By.WEIGHT:
        held = bench.held(buys)
        return change.amount * bench.equity - ((held.value or 0.0) if held is not None else 0.0)
    return change.amount


# --- trades ------------------------------------------------------------------------------------------------


def _trades(bench: Bench) -> tuple[Trade, ...]:
    found = []
    for entry in bench.entries:
        value, before = entry.value, entry.before
        if value is None or before is None or abs(value - before) < 0.005:
            continue
        units = entry.position.quantity
        known = units is not None and entry.units_before is not None
        moved = (units or 0.0) - (entry.units_before or 0.0) if known else None
        money = value - before
        found.append(
            Trade(
                line=entry.line,
                label=entry.position.label,
                name=entry.position.name or "",
                account=entry.position.account,
                units=moved,
                money=money,
                price=money / moved if moved else None,
            )
        )
    return tuple(sorted(found, key=lambda t: (t.money > 0, -abs(t.money), t.label)))
