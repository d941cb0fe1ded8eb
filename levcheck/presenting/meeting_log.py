"""The meeting log as a table: what was shown when, with its fingerprints."""

from collections.abc import Sequence
from typing import Final

from levcheck.i18n.words import UNKNOWN, Words
from levcheck.presenting.figures import Cell, Column, Row, TableView
from levcheck.storage.meeting_log import Entry, Seen, Shown

SHORT: Final = 12
"""Letters of a fingerprint that are printed on a report too."""
_SCREENS: Final = {
    "portfolio": "Portfolio",
    "overview": "Overview",
    "overlap": "Overlap",
    "stress": "Stress",
    "leverage": "Leverage over time",
    "what-if": "What-if",
    "data": "Data & method",
}
_KINDS: Final = {"pdf": "PDF", "html": "HTML", "xlsx": "Excel"}


def log_table(words: Words, entries: Sequence[Entry], *, whole: bool = False) -> TableView:
    """Return the log as a table, newest first.

    Args:
        words: language.
        entries: as they were written.
        whole: print fingerprints from the first letter to the last, for a file.
    """
    columns = (
        Column("when", words.text("When")),
        Column("what", words.text("What was shown"), stretch=True),
        Column("client", words.text("For whom")),
        Column("amounts", words.text("Amounts"), spare=2),
        Column("scenario", words.text("Scenario"), spare=1),
        Column("result", words.text("Result"), spare=3),
        Column("input", words.text("Input"), spare=4),
        *((Column("version", words.text("Version")),) if whole else ()),
    )
    rows = tuple(
        Row(str(number), _cells(words, entry, whole=whole))
        for number, entry in reversed(list(enumerate(entries)))
    )
    empty = words.text("Nothing is in the log yet. It begins when you switch it on.")
    return TableView(words.text("Meeting log"), columns, rows, empty=empty)


def _cells(words: Words, entry: Entry, *, whole: bool) -> tuple[Cell, ...]:
    when = entry.seen_at if isinstance(entry, Seen) else entry.made_at
    ended = isinstance(entry, Seen) and not entry.screen
    amounts = words.text("shown") if entry.with_amounts else words.text("hidden")
    length = None if whole else SHORT
    version = f"levcheck {entry.version} · {entry.method} · {entry.library}"
    return (
        Cell(when if whole else when[:19].replace("T", " "), sort=when),
        Cell(_what(words, entry)),
        Cell(entry.client if isinstance(entry, Shown) else UNKNOWN),
        Cell(UNKNOWN if ended else amounts),
        Cell(entry.scenario or UNKNOWN),
        Cell(entry.result_sha256[:length] or UNKNOWN, hint=entry.result_sha256),
        Cell(entry.input_sha256[:length] or UNKNOWN, hint=entry.input_sha256),
        *((Cell(version),) if whole else ()),
    )


def _what(words: Words, entry: Entry) -> str:
    if isinstance(entry, Seen):
        if not entry.screen:
            return words.text("End of the meeting, or of this client")
        name = words.text(_SCREENS.get(entry.screen, entry.screen))
        shown = words.text("Screen: {name}", name=name)
        if entry.draft is None:
            return shown
        return f"{shown} · " + words.text("Draft {letter}", letter=entry.draft)
    if entry.kind == "print":
        paper = words.text("Report, printed")
    else:
        paper = words.text("Report as {kind}", kind=_KINDS.get(entry.kind, entry.kind))
    more = len(entry.pages)
    pages = words.count("{n} page after page one", "{n} pages after page one", more)
    return f"{paper} · {pages}" if more else paper
