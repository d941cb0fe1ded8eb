"""Words for the files behind a session: work that was not saved, earlier copies, what another program changed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from levcheck.app.session_changes import ChangedLine, Line, SessionChanges
from levcheck.domain.position import CashLine
from levcheck.i18n.words import Words
from levcheck.presenting.diagnostics_list import NoticeView
from levcheck.presenting.figures import Tone

MOST_CHANGES = 200


@dataclass(frozen=True, slots=True)
class CopyView:
    """One earlier copy of a session: when it was made, in the reader's words."""

    path: Path
    text: str


def moment(words: Words, when: datetime) -> str:
    """Return a point in time as day and minute of the reader's clock."""
    local = when.astimezone()
    return words.text(
        "{day}, {time}", day=words.day(local.date().isoformat()), time=f"{local:%H:%M}"
    )


def unsaved_notice(words: Words, name: str | None, when: datetime) -> NoticeView:
    """Return the notice that work of a window that ended is still here.

    Args:
        words: language.
        name: of the session file it belongs to; None when it was never saved.
        when: when it was kept aside.
    """
    at = moment(words, when)
    title = (
        words.text("Changes to {file} from {when} were not saved.", file=name, when=at)
        if name is not None
        else words.text("A list from {when} was never saved.", when=at)
    )
    detail = words.text("levcheck ended before you saved. The work is still here.")
    return NoticeView(title, detail, "", "window.unsaved_work", Tone.WARNING)


def not_kept_notice(words: Words) -> NoticeView:
    """Return the notice that unsaved work cannot be kept aside."""
    return NoticeView(
        words.text("Your last changes could not be kept aside. The disk may be full."),
        words.text(
            "Nothing is lost while this window is open. Save your list, or free some space."
        ),
        "",
        "window.not_kept",
        Tone.WARNING,
    )


def copy_views(words: Words, copies: Iterable[tuple[Path, datetime]]) -> tuple[CopyView, ...]:
    """Return earlier copies as a list to choose from."""
    return tuple(CopyView(path, moment(words, when)) for path, when in copies)


def change_sentences(words: Words, changes: SessionChanges) -> tuple[str, ...]:
    """Return what differs between the list on screen and the file, a sentence each."""
    told = [_sentence(words, change) for change in changes.lines[:MOST_CHANGES]]
    left = len(changes.lines) - MOST_CHANGES
    if left > 0:
        told.append(words.count("and {n} more line", "and {n} more lines", left))
    if changes.rest:
        told.append(words.text("Something beside the lines differs: a name, a rate or a scenario."))
    if not told:
        told.append(words.text("Both hold the same lines."))
    return tuple(told)


def _sentence(words: Words, change: ChangedLine) -> str:
    mine, other = change.mine, change.other
    if other is None and mine is not None:
        return words.text(
            "{line} is only here: {facts}.", line=_name(mine), facts=_facts(words, mine)
        )
    if mine is None and other is not None:
        return words.text(
            "{line} is only in the file: {facts}.", line=_name(other), facts=_facts(words, other)
        )
    if mine is None or other is None or change.renamed:
        return words.text("{line} is taken for something else there.", line=_name(mine or other))
    here, there = _facts(words, mine), _facts(words, other)
    if here == there:
        return words.text("{line} differs in its words.", line=_name(mine))
    return words.text(
        "{line}: {here} here, {there} in the file.", line=_name(mine), here=here, there=there
    )


def _name(line: Line | None) -> str:
    if line is None:
        return ""
    if isinstance(line, CashLine):
        return line.label
    return line.symbol or line.name or line.isin or str(line.place)


def _facts(words: Words, line: Line) -> str:
    currency = line.currency or ""
    if isinstance(line, CashLine):
        return words.money(line.amount, currency)
    value = words.money(line.market_value, currency)
    if line.quantity is None:
        return value
    # A quantity times a public price is an amount, so it hides with the amounts.
    quantity = line.quantity
    units = words.money(quantity, "") if words.hide_amounts else words.number(quantity, 4)
    return words.text("{units} units, {value}", units=units, value=value)
