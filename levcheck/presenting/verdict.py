"""The sentences every screen and page begins with, and what is missing in them."""

from levcheck.app.analysis import Analysis
from levcheck.i18n.words import Words


def coverage_sentence(words: Words, analysis: Analysis) -> str:
    """Return what was left out of every number; empty when nothing was."""
    missing = len(analysis.coverage.left_out)
    if not missing:
        return ""
    lines = words.number(len(analysis.positions))
    return words.count(
        "We could not find {n} of your {lines} holdings. It is left out of every number on this page. Tell us what it is.",
        "We could not find {n} of your {lines} holdings. They are left out of every number on this page. Tell us what they are.",
        missing,
        lines=lines,
    )


def age_sentence(words: Words, analysis: Analysis) -> str:
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


def verdict_sentence(words: Words, analysis: Analysis) -> str:
    """Return the headline: what the money rides on, in one sentence."""
    verdict = analysis.verdict
    if not verdict.lines:
        return words.text("There is nothing here yet. Open a list of holdings to begin.")
    if verdict.theme_name is None or verdict.share is None:
        return words.count("You hold {n} line.", "You hold {n} lines.", verdict.lines)
    theme = words.text(verdict.theme_name)
    share = words.percent(abs(verdict.share))
    if verdict.share < 0:
        return words.count(
            "You hold {n} line, and bet {share} of your money against {theme}.",
            "You hold {n} lines, and bet {share} of your money against {theme}.",
            verdict.lines,
            share=share,
            theme=theme,
        )
    if verdict.share > 1:
        return words.count(
            "You hold {n} line, but one bet is larger than all your money: {theme}, {share} of it.",
            "You hold {n} lines, but one bet is larger than all your money: {theme}, {share} of it.",
            verdict.lines,
            share=share,
            theme=theme,
        )
    return words.count(
        "You hold {n} line, and {share} of your money rides on one bet: {theme}.",
        "You hold {n} lines, but {share} of your money rides on one bet: {theme}.",
        verdict.lines,
        share=share,
        theme=theme,
    )
