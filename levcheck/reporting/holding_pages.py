"""Further pages about what is held: the lines, what they ride on, and what they share."""

from dataclasses import replace

from levcheck.app.analysis import Analysis
from levcheck.i18n.words import Words
from levcheck.presenting.figures import Row, TableView, What, number_key
from levcheck.presenting.leverage_over_time import leverage_view
from levcheck.presenting.names import joined
from levcheck.presenting.overlap import is_one_security, overlap_view, pairs_table
from levcheck.presenting.overview import overview_view
from levcheck.presenting.portfolio_table import holdings_table
from levcheck.presenting.risk import risk_view
from levcheck.presenting.root_lists import roots_table
from levcheck.reporting.blocks import Block, ChartBlock, TableBlock, TextBlock, Voice

MOST_ROOTS = 40
MOST_BETS = 3
MOST_PAIRS = 25
MOST_RISKS = 12
_PRINTED = ("line", "name", "kind", "quantity", "price", "value", "share", "status", "exit")


def holdings(analysis: Analysis, words: Words) -> tuple[Block, ...]:
    """Return every line with what it was taken for."""
    table = only_columns(holdings_table(analysis, words), _PRINTED)
    # A sum of values nobody knows would be a zero.
    blocks: list[Block] = [
        TableBlock(replace(table, total=None) if analysis.is_unvalued else table)
    ]
    limits = leverage_view(analysis, words).limits
    if limits:
        funds = [analysis.position(facts.position).label for facts in analysis.daily_reset]
        named = joined(words, list(dict.fromkeys(funds))[:12])
        blocks.append(TextBlock(words.text("Reset daily: {funds}.", funds=named)))
        blocks.append(TextBlock(limits))
    return tuple(blocks)


def roots(analysis: Analysis, words: Words) -> tuple[Block, ...]:
    """Return what the money rides on, and the doors of the largest bets."""
    overview = overview_view(analysis, words)
    if overview.nothing_yet:
        return (TextBlock(overview.nothing_yet),)
    blocks: list[Block] = [
        TextBlock(overview.subline),
        TableBlock(_roots(analysis, words)),
    ]
    for theme in analysis.themes[:MOST_BETS]:
        view = overlap_view(analysis, words, theme.theme)
        blocks += [TextBlock(view.headline), ChartBlock(view.doors)]
    return tuple(block for block in blocks if not _is_blank(block))


def _roots(analysis: Analysis, words: Words) -> TableView:
    """Return the roots; where nothing bets on a fall, long is all there is and needs no column."""
    table = roots_table(analysis, words, MOST_ROOTS)
    if any(root.short < 0 for root in analysis.exposures):
        return table
    return only_columns(table, ("root", "through", "net", "share"))


def overlap(analysis: Analysis, words: Words) -> tuple[Block, ...]:
    """Return the pairs that share most, as a matrix and as a table."""
    view = overlap_view(analysis, words)
    if view.nothing_yet:
        return (TextBlock(view.nothing_yet),)
    blocks: list[Block] = [TextBlock(text) for text in view.groups]
    blocks.append(ChartBlock(view.matrix))
    pairs = _pairs_of_two(analysis, words)
    more = len(pairs.rows) - MOST_PAIRS
    if pairs.rows:
        note = words.count("{n} more pair in levcheck", "{n} more pairs in levcheck", more)
        listed = replace(pairs, rows=pairs.rows[:MOST_PAIRS])
        blocks.append(TableBlock(listed, note=note if more > 0 else ""))
    blocks += _risk(analysis, words)
    return tuple(blocks)


def _pairs_of_two(analysis: Analysis, words: Words) -> TableView:
    """Return the pairs without those of one security in two accounts, which all know to be alike."""
    table = pairs_table(analysis, words)
    alike = {
        number_key(What.PAIR, pair.a, pair.b)
        for pair in analysis.overlap.pairs
        if is_one_security(analysis, pair)
    }
    return replace(table, rows=tuple(row for row in table.rows if row.id not in alike))


def _risk(analysis: Analysis, words: Words) -> list[Block]:
    """Return how many bets there are, and the names that bring most of the risk."""
    view = risk_view(analysis, words)
    if not view.table.rows:
        return []
    told = [f"{one.text}. {one.label}." for one in view.figures]
    table = replace(view.table, rows=view.table.rows[:MOST_RISKS])
    return [*(TextBlock(text) for text in told), TableBlock(table), *_noted(view.note)]


def _noted(text: str) -> list[Block]:
    return [TextBlock(text, Voice.SOFT)] if text else []


def _is_blank(block: Block) -> bool:
    return isinstance(block, TextBlock) and not block.text


def only_columns(table: TableView, wanted: tuple[str, ...]) -> TableView:
    """Return a table with the columns named only, in the order they stand in."""
    kept = [index for index, column in enumerate(table.columns) if column.id in wanted]

    def cut(row: Row) -> Row:
        return Row(row.id, tuple(row.cells[index] for index in kept))

    return replace(
        table,
        columns=tuple(table.columns[index] for index in kept),
        rows=tuple(cut(row) for row in table.rows),
        total=cut(table.total) if table.total is not None else None,
    )
