"""The sentences every screen and page begins with, and what is missing in them."""

from typing import TYPE_CHECKING

from levcheck.i18n.words import Words

if TYPE_CHECKING:
    from levcheck.app.analysis import Analysis


def coverage_sentence(words: Words, analysis: "Analysis") -> str:
    """Return what was left out of every number; empty when nothing was."""
    missing = len(analysis.coverage.left_out)
    if not missing:
        return ""
    lines = words.number(len(analysis.positions))
    return words.count(
        "We could not tell what {n} of your {lines} holdings is. It is left out of every number on this page. Tell us what it is.",
        "We could not tell what {n} of your {lines} holdings are. They are left out of every number on this page. Tell us what they are.",
        missing,
        lines=lines,
    )


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
