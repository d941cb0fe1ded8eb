"""The sentences every screen and page begins with, and what is missing in them."""

from typing import TYPE_CHECKING

from levcheck.i18n.words import Words

if TYPE_CHECKING:
    from levcheck.app.analysis import Analysis, ThemeExposure


def main_bet(analysis: "Analysis") -> "ThemeExposure | None":
    """Return the bet the verdict is about; None without one."""
    return next((t for t in analysis.themes if t.theme == analysis.verdict.theme), None)


def is_unvalued(analysis: "Analysis") -> bool:
    """Return whether there are lines and none of them has a value, so that no number can be made."""
    lines = analysis.positions
    return bool(lines) and all(line.market_value is None for line in lines)


def unvalued_sentence(words: Words, analysis: "Analysis", what: str) -> str:
    """Return what will be here once the lines have values; empty when they have.

    Args:
        words: how the user is spoken to.
        analysis: the result.
        what: ``overview``, ``overlap``, ``stress`` or ``what-if``.
    """
    if not is_unvalued(analysis):
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


def unvalued_headline(words: Words, analysis: "Analysis") -> str:
    """Return the sentence on top while no line has a value; empty when one has."""
    if not is_unvalued(analysis):
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
    """Return what is missing where none of the holdings is in any bet or loss, cash aside; empty when one is.

    A loss of zero would then be a figure that nobody knows.
    """
    held = {line.id for line in analysis.positions if line.cash is None}
    missing = {gap.position for gap in analysis.coverage.left_out}
    return coverage_sentence(words, analysis) if held and held <= missing else ""


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
