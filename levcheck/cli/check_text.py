"""What ``levcheck check`` prints for people: the headline, what is really owned, its doors, losses, gaps."""

import unicodedata
from collections.abc import Sequence

from levcheck.app.analysis import Analysis, ThemeExposure
from levcheck.app.document import headline
from levcheck.domain.diagnostics import Severity
from levcheck.i18n.places import place_text
from levcheck.i18n.sentences import diagnostic_text
from levcheck.i18n.words import Words
from levcheck.presenting.accounts import filter_sentence
from levcheck.presenting.names import root_label, wrapper_name
from levcheck.presenting.stress import ends_text
from levcheck.presenting.verdict import main_bet, nothing_yet_headline

ROOTS_SHOWN = 12
DOORS_SHOWN = 12


def print_analysis(analysis: Analysis, words: Words) -> None:
    """Print an analysis as plain text."""
    for block in text_blocks(analysis, words):
        print("\n".join(block))
        print()


def text_blocks(analysis: Analysis, words: Words) -> list[list[str]]:
    """Return the blocks of text, each a list of lines."""
    told = nothing_yet_headline(words, analysis) or headline(analysis, words)
    blocks = [[told], _totals(analysis, words), _roots(analysis, words)]
    bet = main_bet(analysis)
    if bet is not None:
        blocks.append(_doors(analysis, bet, words))
    blocks += [_stress(analysis, words), _left_out(analysis, words), _told(analysis, words)]
    blocks.append(
        [
            words.text(
                "This is arithmetic on your own list. It is not advice, and it does not predict prices."
            )
        ]
    )
    return [block for block in blocks if block]


def _totals(analysis: Analysis, words: Words) -> list[str]:
    currency = analysis.portfolio.base_currency
    coverage = analysis.coverage
    told = filter_sentence(analysis, words)
    equity = None if analysis.is_unvalued else analysis.equity
    effect = None if analysis.is_uncounted else analysis.in_effect
    lines = [
        *((told,) if told else ()),
        words.text(
            "Money invested {equity}. In effect {effect}.",
            equity=words.money(equity, currency),
            effect=words.money(effect, currency),
        ),
    ]
    if equity is not None:
        lines.append(
            words.text(
                "{known} of the money is recognised, {seen} is looked through.",
                known=words.percent(coverage.known_share),
                seen=words.percent(coverage.looked_through_share),
            )
        )
    if coverage.oldest_as_of:
        lines.append(
            words.text(
                "The oldest fund list used is from {day}.", day=words.day(coverage.oldest_as_of)
            )
        )
    return lines


def _roots(analysis: Analysis, words: Words) -> list[str]:
    currency = analysis.portfolio.base_currency
    rows = [
        (
            root_label(words, root),
            words.money(root.net, currency),
            words.percent(root.share_of_equity),
            words.money(root.direct, currency),
            words.number(len({door.position for door in root.doors})),
        )
        for root in analysis.exposures[:ROOTS_SHOWN]
    ]
    if not rows:
        return []
    head = ("What you really own", "In effect", "Share", "Held directly", "Doors")
    more = len(analysis.exposures) - ROOTS_SHOWN
    table = _table(tuple(words.text(title) for title in head), rows)
    if more > 0:
        table.append(words.count("… and {n} more", "… and {n} more", more))
    return table


def _doors(analysis: Analysis, theme: ThemeExposure, words: Words) -> list[str]:
    currency = analysis.portfolio.base_currency
    rows = [
        (
            analysis.position(door.position).label,
            wrapper_name(words, door.wrapper),
            words.money(door.amount, currency),
        )
        for door in theme.doors[:DOORS_SHOWN]
    ]
    title = words.text("Doors to {theme}", theme=words.text(theme.name))
    return _table((title, words.text("Through"), words.text("In effect")), rows, texts=2)


def _stress(analysis: Analysis, words: Words) -> list[str]:
    currency = analysis.portfolio.base_currency
    rows = [
        (
            words.text(result.facts.name),
            words.money(result.pnl, currency),
            words.percent(result.share_of_equity),
            words.money(result.low, currency),
            words.money(result.high, currency),
        )
        for result in analysis.stress
    ]
    if not rows or analysis.is_uncounted:
        return []
    head = ("If this happens", "You gain or lose", "Share", "From", "To")
    worst = min(analysis.stress, key=lambda result: result.pnl)
    ends = [ends_text(analysis, words, one) for one in worst.two_states]
    return [*_table(tuple(words.text(title) for title in head), rows), *ends]


def _left_out(analysis: Analysis, words: Words) -> list[str]:
    gaps = analysis.coverage.left_out
    if not gaps:
        return []
    currency = analysis.portfolio.base_currency
    rows = [
        (
            analysis.position(gap.position).label,
            words.money(gap.market_value, currency),
        )
        for gap in gaps
    ]
    return _table((words.text("Left out of every number"), words.text("Value")), rows)


def _told(analysis: Analysis, words: Words) -> list[str]:
    marks = {Severity.ERROR: "!", Severity.WARNING: "*"}
    lines = []
    for told in analysis.diagnostics:
        if told.severity not in marks:
            continue
        message, remedy = diagnostic_text(words, told)
        place = place_text(words, told.where)
        where = f" ({place})" if place else ""
        lines.append(f"{marks[told.severity]} {message}{where} {remedy}".rstrip())
    return lines


def _table(head: Sequence[str], rows: Sequence[Sequence[str]], *, texts: int = 1) -> list[str]:
    """Return rows as aligned lines; the first `texts` columns are words, the others figures."""
    everything = [head, *rows]
    widths = [max(_width(row[place]) for row in everything) for place in range(len(head))]
    return [
        "  ".join(
            _padded(text, width, is_text=place < texts)
            for place, (text, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in everything
    ]


def _padded(text: str, width: int, *, is_text: bool) -> str:
    room = " " * (width - _width(text))
    return text + room if is_text else room + text


def _width(text: str) -> int:
    """Return how many columns a text takes; East Asian characters take two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
