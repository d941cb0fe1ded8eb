"""The sentences every screen and page begins with, and what is missing in them."""

from typing import TYPE_CHECKING

from levcheck.i18n.words import Words

if TYPE_CHECKING:
    from levcheck.app.analysis import Analysis, ThemeExposure


def main_bet(analysis: "Analysis") -> "ThemeExposure | None":
    """Return the bet the verdict is about; None without one."""
    return next((t for t in analysis.themes if t.theme == analysis.verdict.theme), None)


def unvalued_sentence(words: Words, analysis: "Analysis", what: str) -> str:
    """Return what will be here once the lines have values; empty when they have.

    Args:
        words: how the user is spoken to.
        analysis: the result.
        what: ``overview``, ``overlap``, ``stress`` or ``what-if``.
    """
    if not analysis.is_unvalued:
        return ""
    return {
        "overview": words.text(
            "Your file holds no prices and no values. Type them in, and what you really own stands here."
        ),
        "what-if": words.text(
            "Your file holds no prices and no values. Type them in, and you can try changes here."
        ),
        "overlap": words.text(
            "Your file holds no prices and no values. Type them in, and the same bets stand here."
        ),
        "stress": words.text(
            "Your file holds no prices and no values. Type them in, and what you could lose stands here."
        ),
    }[what]


def nothing_yet_sentence(words: Words, analysis: "Analysis", what: str) -> str:
    """Return what will be on a screen once a holding can be counted; empty when one can.

    Args:
        words: how the user is spoken to.
        analysis: the result.
        what: ``overview``, ``overlap``, ``stress`` or ``what-if``.
    """
    if analysis.is_unvalued or not analysis.is_uncounted:
        return unvalued_sentence(words, analysis, what)
    return {
        "overview": words.text(
            "Tell us what your holdings are, and what you really own stands here."
        ),
        "what-if": words.text("Tell us what your holdings are, and you can try changes here."),
        "overlap": words.text("Tell us what your holdings are, and the same bets stand here."),
        "stress": words.text(
            "Tell us what your holdings are, and what you could lose stands here."
        ),
    }[what]


def nothing_yet_headline(words: Words, analysis: "Analysis") -> str:
    """Return the sentence on top while no holding can be counted; empty when one can."""
    if analysis.is_unvalued or not analysis.is_uncounted:
        return unvalued_headline(words, analysis)
    return words.text("None of your holdings can be counted yet.")


def unvalued_headline(words: Words, analysis: "Analysis") -> str:
    """Return the sentence on top while no line has a value; empty when one has."""
    if not analysis.is_unvalued:
        return ""
    return words.count(
        "You hold {n} line, and it has no value yet.",
        "You hold {n} lines, and none has a value yet.",
        len(analysis.positions),
    )


_WITHOUT_VALUE = frozenset({"portfolio.no_value", "portfolio.missing_rate"})
"""Reasons of lines that are known but have no amount to work with."""


def coverage_sentence(words: Words, analysis: "Analysis") -> str:
    """Return what is in no bet and no loss, because nobody knows what it is or what it is worth; empty when nothing is."""
    gaps = analysis.coverage.left_out
    missing = len(gaps)
    if not missing:
        return ""
    lines = words.number(len(analysis.positions))
    valueless = sum(gap.reason in _WITHOUT_VALUE for gap in gaps)
    if valueless == missing:
        return words.count(
            "{n} of your {lines} holdings has no value yet. It is in no number here. Type its price or its rate.",
            "{n} of your {lines} holdings have no value yet. They are in no number here. Type their prices or rates.",
            missing,
            lines=lines,
        )
    if valueless:
        return words.count(
            "{n} of your {lines} holdings is not known or has no value. It is in no bet and no loss. Tell us what is missing.",
            "{n} of your {lines} holdings are not known or have no value. They are in no bet and no loss. Tell us what is missing.",
            missing,
            lines=lines,
        )
    return words.count(
        "We could not tell what {n} of your {lines} holdings is. It counts in your money, but in no bet and no loss. Tell us what it is.",
        "We could not tell what {n} of your {lines} holdings are. They count in your money, but in no bet and no loss. Tell us what they are.",
        missing,
        lines=lines,
    )


def uncounted_sentence(words: Words, analysis: "Analysis") -> str:
    """Return what is missing where no holding is counted; empty when one is."""
    return coverage_sentence(words, analysis) if analysis.is_uncounted else ""


def age_sentence(words: Words, analysis: "Analysis") -> str:
    """Return how old the oldest list used is; empty when nothing dated was used."""
    day = analysis.coverage.oldest_as_of
    if day is None:
        return ""
    return words.text(
        "The oldest fund list used is from {day}. It may have changed since then.",
        day=words.day(day),
    )


def footer_sentence(words: Words) -> str:
    """Return what every page says about itself."""
    return words.text(
        "This is arithmetic on your own list. It is not advice, and it does not predict prices."
    )
