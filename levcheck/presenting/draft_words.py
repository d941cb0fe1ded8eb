"""Drafts in words: what a change does, why it cannot be made, and what cash it leaves."""

from collections.abc import Sequence

from levcheck.app.analysis import Analysis
from levcheck.app.draft_arithmetic import KeptLeverage, Unlevered
from levcheck.app.what_if import Effect, Proposal
from levcheck.domain.draft import Bought, By, Change, ChangeKind
from levcheck.i18n.sentences import fault_text
from levcheck.i18n.words import Words
from levcheck.presenting.measure import Measure
from levcheck.presenting.names import short_name

KEPT_TOLD = 3


def units_text(words: Words, units: float | None) -> str:
    """Return a number of units; hidden with the amounts, for a price makes an amount of it."""
    if units is None:
        return words.number(None)
    return words.money(units, "") if words.hide_amounts else words.number(units, 4)


def change_text(words: Words, change: Change, currency: str) -> str:
    """Return what a change does, in a few words."""
    currency = change.currency or currency
    line = change.line.label if change.line is not None else ""
    if change.kind is ChangeKind.SELL:
        return words.text("Sell all of {line}", line=line)
    if change.kind is ChangeKind.TRIM:
        return _trim_text(words, change, line, currency)
    if change.kind is ChangeKind.SWAP:
        return _swap_text(words, change, line)
    if change.kind is ChangeKind.PAY_DOWN:
        return _debt_text(words, change, currency)
    if change.kind is ChangeKind.TO_CASH:
        share = words.percent(1.0 - change.amount)
        return words.text("Move {share} of every line to cash", share=share)
    return _buy_text(words, change, currency)


def refusal_text(words: Words, effect: Effect) -> str:
    """Return why a change was not made and what to do; "" when it was made."""
    if effect.refused is None:
        return ""
    message, remedy = fault_text(words, effect.refused.code, dict(effect.refused.args))
    return f"{message} {remedy}"


def effect_text(words: Words, effect: Effect, currency: str) -> str:
    """Return the units and the cash of a change: "−40 units · frees $26,000"."""
    if effect.freed >= 0:
        cash = words.text("frees {amount}", amount=words.money(effect.freed, currency))
    else:
        cash = words.text("needs {amount}", amount=words.money(-effect.freed, currency))
    if effect.units is None:
        return cash
    units = words.text("{units} units", units=units_text(words, effect.units))
    return f"{units} · {cash}"


def cash_sentence(words: Words, today: Analysis, proposal: Proposal) -> str:
    """Return what cash a draft frees or needs, and how much is there afterwards."""
    measure = Measure(today, words)
    after = measure.both(proposal.cash_after)
    if abs(proposal.freed) < 0.005:
        return words.text("It frees no cash and needs none. Cash then: {after}.", after=after)
    if proposal.freed > 0:
        return words.text(
            "It frees {amount}. Cash then: {after}.",
            amount=measure.both(proposal.freed),
            after=after,
        )
    return words.text(
        "It needs {amount}. Cash then: {after}.", amount=measure.both(-proposal.freed), after=after
    )


def debt_sentence(words: Words, today: Analysis, proposal: Proposal) -> str:
    """Return how much more would be owed than today; "" when nothing is."""
    if not proposal.new_debt:
        return ""
    measure = Measure(today, words)
    return words.text(
        "That is more than there is: {amount} would be borrowed. Debt then: {debt}.",
        amount=measure.both(proposal.new_debt),
        debt=measure.both(proposal.debt_after),
    )


def unlevered_sentence(words: Words, today: Analysis, found: Unlevered) -> str:
    """Return what it takes to hold the same exposure without the daily multiple."""
    measure = Measure(today, words)
    label = today.position(found.position).label
    first = words.text(
        "{line} carries {exposure} of {name} with {money}. Without the {multiple} the same takes {needed} more.",
        line=label,
        exposure=measure.money(found.needed),
        name=short_name(found.name),
        money=measure.both(found.money),
        multiple=words.multiple(found.factor),
        needed=measure.both(-found.freed),
    )
    if found.yearly_cost is None or found.yearly_cost <= 0:
        return first
    cost = measure.both(found.yearly_cost)
    return f"{first} " + words.text("It saves about {cost} of costs a year.", cost=cost)


def kept_leverage_text(words: Words, today: Analysis, kept: Sequence[KeptLeverage]) -> str:
    """Return why funds with a daily multiple cannot be swapped for what they multiply; "" when none is left."""
    told = []
    for one in kept[:KEPT_TOLD]:
        line = today.position(one.position).label
        told.append(
            words.text(
                "{line} multiplies {name}, which nobody can buy as it is.",
                line=line,
                name=short_name(one.underlying),
            )
            if one.underlying is not None
            else words.text("What {line} multiplies is not known here.", line=line)
        )
    more = len(kept) - len(told)
    if more:
        told.append(words.count("So it is with {n} more.", "So it is with {n} more.", more))
    return " ".join(told)


# --- inside ------------------------------------------------------------------------------------------------


def _trim_text(words: Words, change: Change, line: str, currency: str) -> str:
    amount = change.amount
    if change.by is By.PART:
        return words.text("Keep {share} of {line}", share=words.percent(amount), line=line)
    if change.by is By.WEIGHT:
        share = words.percent(amount)
        return words.text("Trim {line} to {share} of your money", line=line, share=share)
    if change.by is By.UNITS:
        return words.text("Sell {units} of {line}", units=units_text(words, amount), line=line)
    return words.text("Sell {units} of {line}", units=words.money(amount, currency), line=line)


def _swap_text(words: Words, change: Change, line: str) -> str:
    other = change.buys.symbol if change.buys is not None else ""
    if change.times == 1.0:
        return words.text("Swap {line} for {other}", line=line, other=other)
    return words.text(
        "Swap {line} for {multiple} as much of {other}",
        line=line,
        other=other,
        multiple=words.multiple(change.times),
    )


def _debt_text(words: Words, change: Change, currency: str) -> str:
    if change.by is By.MONEY:
        amount = words.money(change.amount, currency)
        return words.text("Pay back {amount} of the debt", amount=amount)
    if change.amount == 0.0:
        return words.text("Pay back all of the debt")
    share = words.percent(1.0 - change.amount)
    return words.text("Pay back {amount} of the debt", amount=share)


def _buy_text(words: Words, change: Change, currency: str) -> str:
    buys = change.buys or Bought("")
    if buys.option is not None:
        return words.text(
            "Buy {units} puts on {line} at {strike}, until {day}",
            units=units_text(words, change.amount),
            line=buys.option.underlying,
            strike=words.number(buys.option.strike, 2),
            day=buys.option.expiry,
        )
    if change.by is By.EXPOSURE:
        share = words.percent(change.amount)
        return words.text(
            "Set off {share} of {root} with {line}",
            share=share,
            root=(buys.root or "").partition(".")[0],
            line=buys.symbol,
        )
    if change.by is By.WEIGHT:
        share = words.percent(change.amount)
        return words.text("Bring {line} to {share} of your money", line=buys.symbol, share=share)
    amount = (
        units_text(words, change.amount)
        if change.by is By.UNITS
        else words.money(change.amount, currency)
    )
    return words.text("Buy {units} of {line}", units=amount, line=buys.symbol)
