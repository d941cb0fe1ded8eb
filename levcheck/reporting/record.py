"""The record of what was shown: what the meeting log keeps of a report that left the program, or of a screen a guest saw."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from levcheck.app.analysis import Analysis
from levcheck.app.result_hash import result_hash
from levcheck.i18n.words import Words
from levcheck.reporting.page import shown_result
from levcheck.reporting.templates import Wish, checked_pages, words_of
from levcheck.storage.meeting_log import Seen, Shown, add_shown


def shown_now(analysis: Analysis, words: Words, wish: Wish, kind: str) -> Shown:
    """Return what the log keeps of a report of one kind: fingerprints, and no amounts."""
    result = shown_result(analysis, wish.scenario)
    return Shown(
        made_at=_now(),
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


def seen_now(
    analysis: Analysis,
    screen: str,
    *,
    with_amounts: bool,
    scenario: str | None = None,
    draft: str | None = None,
) -> Seen:
    """Return what the log keeps of a screen a guest sees: fingerprints, no amounts, and nobody's name.

    Args:
        analysis: what the screen shows.
        screen: its id; "" = the meeting ends.
        with_amounts: whether amounts are on it.
        scenario: id of the scenario on all screens; one of the user's own may be called by a name and is only ``own``.
        draft: letter of the draft shown in the place of today.
    """
    own = {result.scenario for result in analysis.stress if result.facts.origin != "bundled"}
    return Seen(
        seen_at=_now(),
        screen=screen,
        draft=draft,
        with_amounts=with_amounts,
        scenario="own" if scenario in own else scenario,
        version=analysis.version,
        method=analysis.method,
        library=analysis.library.snapshot,
        input_sha256=analysis.portfolio.input_sha256,
        result_sha256=result_hash(analysis),
    )


def timed(seen: Seen) -> Seen:
    """Return a screen seen at this moment."""
    return replace(seen, seen_at=_now())


def _now() -> str:
    return datetime.now().astimezone().isoformat(timespec="seconds")
