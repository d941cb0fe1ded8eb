"""What the user has to know about his list, in his language, most important first."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from levcheck.domain.diagnostics import Diagnostic, LevcheckError, Severity
from levcheck.i18n.places import place_text
from levcheck.i18n.sentences import diagnostic_text, error_text
from levcheck.i18n.words import Words
from levcheck.presenting.figures import Tone

if TYPE_CHECKING:
    from levcheck.app.analysis import AnalysedPosition, Analysis

_ORDER = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}
_TONES = {Severity.ERROR: Tone.ERROR, Severity.WARNING: Tone.WARNING, Severity.INFO: Tone.MUTED}


@dataclass(frozen=True, slots=True)
class NoticeView:
    """One thing to tell.

    Attributes:
        title: what happened.
        detail: what to do, and what is safe; "" when nothing need be done.
        where: sheet and cell; "" when it is about no place.
        code: for support, in small print.
        tone: how much it matters.
    """

    title: str
    detail: str
    where: str
    code: str
    tone: Tone


def notices(words: Words, diagnostics: Iterable[Diagnostic]) -> tuple[NoticeView, ...]:
    """Return the diagnostics as notices, errors first."""
    ordered = sorted(diagnostics, key=lambda d: _ORDER[d.severity])
    return tuple(notice(words, diagnostic) for diagnostic in ordered)


def notice(words: Words, diagnostic: Diagnostic) -> NoticeView:
    """Return one diagnostic as a notice."""
    title, detail = _sentence(words, diagnostic)
    where = place_text(words, diagnostic.where)
    return NoticeView(title, detail, where, diagnostic.code, _TONES[diagnostic.severity])


def error_notice(words: Words, error: LevcheckError) -> NoticeView:
    """Return an error as a notice."""
    title, detail = error_text(words, error)
    where = place_text(words, error.where)
    return NoticeView(title, detail, where, error.code, Tone.ERROR)


def reason_text(words: Words, analysis: "Analysis", line: "AnalysedPosition") -> str:
    """Return why a line is left out or only partly known, in words; "" when it is fully known."""
    if line.reason is None:
        return ""
    place = line.position.place if line.position is not None else None
    for diagnostic in analysis.diagnostics:
        if (
            diagnostic.code == line.reason
            and place is not None
            and _same_row(diagnostic, place.row)
        ):
            return _sentence(words, diagnostic)[0]
    return words.text(_REASONS.get(line.reason, "This line is not fully understood."))


_REASONS = {
    "reference.unknown_instrument": "We do not know what this is. Type its ticker or ISIN.",
    "reference.ambiguous": "This could be more than one thing. Choose which.",
    "reference.unknown_multiple": "The daily multiple of this fund is not known.",
    "reference.residue": "Part of this fund is not in its list.",
    "exposure.unknown_value": "The value of this line is not known.",
    "exposure.missing_rate": "There is no exchange rate for this line.",
}


def _sentence(words: Words, diagnostic: Diagnostic) -> tuple[str, str]:
    try:
        return diagnostic_text(words, diagnostic)
    except KeyError:
        # A code without a sentence is still told: silence would hide that something is missing.
        where = place_text(words, diagnostic.where) or words.text("this list")
        return words.text("Something in {where} was not fully understood.", where=where), ""


def _same_row(diagnostic: Diagnostic, row: int | None) -> bool:
    return diagnostic.where is not None and diagnostic.where.row == row
