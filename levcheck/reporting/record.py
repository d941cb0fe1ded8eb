"""The record of reports: what the meeting log keeps of one that left the program."""

from datetime import datetime
from pathlib import Path

from levcheck.app.analysis import Analysis
from levcheck.app.result_hash import result_hash
from levcheck.i18n.words import Words
from levcheck.reporting.page import shown_result
from levcheck.reporting.templates import Wish, checked_pages, words_of
from levcheck.storage.meeting_log import Shown, add_shown


def shown_now(analysis: Analysis, words: Words, wish: Wish, kind: str) -> Shown:
    """Return what the log keeps of a report of one kind: fingerprints, and no amounts."""
    result = shown_result(analysis, wish.scenario)
    return Shown(
        made_at=datetime.now().astimezone().isoformat(timespec="seconds"),
        shown_on=wish.shown_on.isoformat() if wish.shown_on is not None else None,
        client=" ".join(wish.client.split()),
        kind=kind,
        pages=checked_pages(wish.template.pages),
        with_amounts=not words_of(wish, words).hide_amounts,
        scenario=result.scenario if result is not None else None,
        version=analysis.version,
        method=analysis.method,
        library=analysis.library.snapshot,
        input_sha256=analysis.portfolio.input_sha256,
        result_sha256=result_hash(analysis),
    )


def record(folder: Path, analysis: Analysis, words: Words, wish: Wish, kind: str) -> None:
    """Put a report into the meeting log.

    Raises:
        LevcheckError: the log cannot be written.
    """
    add_shown(folder, shown_now(analysis, words, wish, kind))
