"""The sentence every screen, page and document begins with."""

from levcheck.i18n.words import Words

ONE_BET_FROM = 0.25
"""Share of the money from which a bet is said to carry the portfolio; below it is only the largest one."""


def verdict_sentence(words: Words, *, lines: int, theme: str | None, share: float | None) -> str:
    """Return the headline in one sentence, two where nothing dominates.

    Args:
        words: the reader's language.
        lines: number of lines held.
        theme: English name of the largest bet; None when nothing rides on anything known.
        share: its net effective exposure as a fraction of equity; None when equity is not positive.

    >>> verdict_sentence(Words("en"), lines=14, theme="AI chips", share=0.61)
    'You hold 14 lines, but 61% of your money rides on one bet: AI chips.'
    """
    if lines == 0:
        return words.text("There is nothing here yet. Open a list of holdings to begin.")
    if theme is None:
        return words.count(
            "You hold {n} line, and it carries no bet that we know of.",
            "You hold {n} lines, and they carry no bet that we know of.",
            lines,
        )
    name = words.text(theme)
    if share is None:
        return words.count(
            "You hold {n} line and owe as much as it is worth, or more. The largest bet is {theme}.",
            "You hold {n} lines and owe as much as they are worth, or more. The largest bet is {theme}.",
            lines,
            theme=name,
        )
    singular, plural = _forms(share)
    return words.count(singular, plural, lines, theme=name, share=words.percent(abs(share)))


def _forms(share: float) -> tuple[str, str]:
    """Return the sentence for one line and for several, by how large the bet is."""
    if share < 0:
        return (
            "You hold {n} line, and bet {share} of your money against {theme}.",
            "You hold {n} lines, and bet {share} of your money against {theme}.",
        )
    if share > 1.0:
        return (
            "You hold {n} line, but one bet is larger than all your money: {theme}, {share} of it.",
            "You hold {n} lines, but one bet is larger than all your money: {theme}, {share} of it.",
        )
    if share < ONE_BET_FROM:
        return (
            "You hold {n} line. The largest bet is {theme}, with {share} of your money.",
            "You hold {n} lines. The largest bet is {theme}, with {share} of your money.",
        )
    return (
        "You hold {n} line, and {share} of your money rides on one bet: {theme}.",
        "You hold {n} lines, but {share} of your money rides on one bet: {theme}.",
    )
