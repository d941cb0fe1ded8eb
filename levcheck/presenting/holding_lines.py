"""The lines of the Portfolio screen as a person works with them: filtered, added up, and opened for editing."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from levcheck.app.analysis import AnalysedPosition, Analysis
from levcheck.app.session import TYPED_FILE
from levcheck.i18n.words import Words
from levcheck.presenting.figures import Cell, Row, TableView
from levcheck.presenting.measure import Measure
from levcheck.presenting.names import full_name
from levcheck.presenting.typed_numbers import plain_number

NEEDS_YOU = "left_out"


@dataclass(frozen=True, slots=True)
class LineView:
    """One line, ready to be filtered and edited.

    Attributes:
        id: position or cash id.
        label: what it is called.
        name: its full name.
        account: account it is in; "" when none is told.
        status: ``known``, ``partly`` or ``left_out``.
        currency: of its value; "" when not told.
        quantity: as it would be typed; None where a line has none (cash).
        value: as it would be typed, in its own currency; "" = unknown.
        locked: why it cannot be edited now; "" when it can.
        origin: which figures were typed, and what the file said.
        in_base: value in the base currency, rounded as in the table; None = unknown.
        share: share of the whole; None = unknown.
    """

    id: str
    label: str
    name: str
    account: str
    status: str
    currency: str
    quantity: str | None
    value: str
    locked: str
    origin: str
    in_base: float | None = None
    share: float | None = None


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What the list is narrowed to; "" and None let everything through."""

    text: str = ""
    account: str | None = None
    status: str = ""

    @property
    def is_on(self) -> bool:
        """Whether anything is filtered."""
        return bool(self.text.strip() or self.account is not None or self.status)


def line_views(analysis: Analysis, words: Words, rounded: dict[str, float]) -> tuple[LineView, ...]:
    """Return every line; `rounded` holds the values as printed in the table."""
    measure = Measure(analysis, words)
    return tuple(_line(words, measure, line, rounded.get(line.id)) for line in analysis.positions)


def accounts_of(lines: Sequence[LineView]) -> tuple[str, ...]:
    """Return the accounts in the order they occur, "" (none told) last; nothing when there is only one."""
    found = tuple(dict.fromkeys(line.account for line in lines))
    if len(found) < 2:
        return ()
    return tuple(sorted(found, key=lambda account: account == ""))


def narrowed(
    table: TableView, lines: Sequence[LineView], words: Words, wanted: Narrowing, currency: str
) -> TableView:
    """Return the rows that pass, with what they come to in the last row."""
    if not wanted.is_on:
        return table
    passing = {line.id: line for line in lines if _passes(line, wanted)}
    text = wanted.text.strip().casefold()
    rows = tuple(row for row in table.rows if row.id in passing and _has_text(row, text))
    shown = [passing[row.id] for row in rows]
    empty = words.text("No holding fits. Clear the filter to see all of them.")
    return replace(table, rows=rows, total=_sum_of(table, words, shown, currency), empty=empty)


def origin_text(words: Words, line: AnalysedPosition) -> str:
    """Return which figures of a line were typed, and what its file said; "" when none was."""
    found = line.position or line.cash
    if found is None or not found.edited:
        return ""
    if found.place.file == TYPED_FILE:
        return words.text("You added this line.")
    raw = line.position.raw.get("market_value", "") if line.position is not None else ""
    typed = words.text("Typed by you.")
    if line.position is not None and found.edited == ("quantity",):
        typed = words.text("Quantity typed by you.")
    elif line.position is not None and "quantity" in found.edited:
        typed = words.text("Quantity typed by you; the value follows it.")
    if raw and not words.hide_amounts:
        typed += " " + words.text("Your file says {text}.", text=raw)
    return typed


def _line(
    words: Words, measure: Measure, line: AnalysedPosition, rounded: float | None
) -> LineView:
    found = line.position or line.cash
    position = line.position
    amount = position.market_value if position else line.cash.amount if line.cash else None
    locked = words.text("Amounts are hidden. Press F9 to show them, then edit.")
    is_open = not words.hide_amounts
    quantity = plain_number(position.quantity, words) if position is not None else None
    return LineView(
        id=line.id,
        label=line.label,
        name=full_name(line),
        account=(found.account if found is not None else None) or "",
        status=line.status,
        currency=(found.currency if found is not None else None) or "",
        quantity=quantity if is_open or quantity is None else "",
        value=plain_number(amount, words) if is_open else "",
        locked="" if is_open else locked,
        origin=origin_text(words, line),
        in_base=rounded,
        share=measure.share(line.market_value),
    )


def _passes(line: LineView, wanted: Narrowing) -> bool:
    if wanted.account is not None and line.account != wanted.account:
        return False
    return not wanted.status or line.status == wanted.status


def _has_text(row: Row, text: str) -> bool:
    # Every word must occur somewhere, so that "apple known" finds what it says.
    whole = " ".join(f"{cell.text} {cell.hint}" for cell in row.cells).casefold()
    return all(word in whole for word in text.split())


def _sum_of(table: TableView, words: Words, shown: Sequence[LineView], currency: str) -> Row | None:
    if table.total is None:
        return None
    worth = math.fsum(line.in_base for line in shown if line.in_base is not None)
    shares = [line.share for line in shown if line.share is not None]
    texts = {
        "line": words.text(
            "{n} of {all} shown", n=words.number(len(shown)), all=words.number(len(table.rows))
        ),
        "value": words.money(worth, currency),
        "share": words.percent(math.fsum(shares)) if shares else "",
    }
    return Row("shown", tuple(Cell(texts.get(column.id, "")) for column in table.columns))
