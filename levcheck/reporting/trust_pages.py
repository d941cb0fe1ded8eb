"""Further pages about where the numbers come from: their trees, the data behind them, and the words used."""

from dataclasses import replace
from datetime import date

from levcheck.app.analysis import Analysis
from levcheck.i18n.words import Words
from levcheck.presenting.data_and_method import MethodPart, data_view
from levcheck.presenting.drawer import DrawerRow, DrawerView, drawer_view
from levcheck.presenting.figures import Cell, Column, Row, TableView, What, number_key
from levcheck.presenting.glossary import glossary_table
from levcheck.presenting.verdict import unvalued_sentence
from levcheck.reporting.blocks import Block, ChartBlock, TableBlock, TextBlock, Voice
from levcheck.reporting.holding_pages import only_columns
from levcheck.reporting.page import shown_result

MOST_PARTS = (6, 2, 3, 1)
"""How many parts of a figure are followed at each step down; the largest come first."""
MOST_BETS = 3
_PRINTED = ("line", "name", "value", "seen", "coverage", "as_of", "source", "set_by")


def explain(analysis: Analysis, words: Words, scenario: str | None) -> tuple[Block, ...]:
    """Return the trees of the figures on page one, down to cells and dated sources."""
    if analysis.is_unvalued:
        return (TextBlock(unvalued_sentence(words, analysis, "overview")),)
    keys = [number_key(What.EQUITY)]
    if analysis.is_uncounted:
        return _trees(analysis, words, keys)
    keys.append(number_key(What.IN_EFFECT))
    keys += [number_key(What.THEME, theme.theme) for theme in analysis.themes[:MOST_BETS]]
    result = shown_result(analysis, scenario)
    if result is not None:
        keys.append(number_key(What.SCENARIO, result.scenario))
    return _trees(analysis, words, keys)


def _trees(analysis: Analysis, words: Words, keys: list[str]) -> tuple[Block, ...]:
    intro = words.text("Each figure is followed by what it was made of, set in one step further.")
    return (TextBlock(intro), *(_tree(words, drawer_view(analysis, key, words)) for key in keys))


def _tree(words: Words, view: DrawerView) -> TableBlock:
    shown = _largest_parts(view.rows)
    more = len(view.rows) - len(shown)
    table = TableView(
        f"{view.rows[0].text} {view.rows[0].figure}".strip(),
        (
            Column("what", words.text("What"), stretch=True),
            Column("figure", words.text("Figure"), numeric=True),
            Column("from", words.text("Where from")),
        ),
        tuple(
            Row(str(number), (Cell(row.text), Cell(row.figure), Cell(row.origin or row.formula)))
            for number, row in enumerate(shown)
        ),
    )
    note = ""
    if more > 0:
        note = words.count("{n} more step in levcheck", "{n} more steps in levcheck", more)
    return TableBlock(table, note, tuple(row.depth for row in shown))


def _largest_parts(rows: tuple[DrawerRow, ...]) -> list[DrawerRow]:
    """Return the first parts of every figure, each with its own first parts."""
    kept: list[DrawerRow] = []
    met = [0] * (len(MOST_PARTS) + 1)
    skipped: int | None = None
    for row in rows:
        if skipped is not None and row.depth > skipped:
            continue
        skipped = None
        if row.depth:
            if row.depth > len(MOST_PARTS) or met[row.depth] >= MOST_PARTS[row.depth - 1]:
                skipped = row.depth
                continue
            met[row.depth] += 1
        for deeper in range(row.depth + 1, len(met)):
            met[deeper] = 0
        kept.append(row)
    return kept


def data(analysis: Analysis, words: Words, day: date) -> tuple[Block, ...]:
    """Return how much is understood, with which lists, by which method, and what was noted."""
    view = data_view(analysis, words, day)
    blocks: list[Block] = [
        TextBlock(text) for text in (view.headline, view.terms, view.age, view.gap) if text
    ]
    blocks += [ChartBlock(view.chart), ChartBlock(view.ages)]
    blocks.append(TableBlock(_wide_sources(only_columns(view.table, _PRINTED))))
    blocks.append(TableBlock(_method_table(words, view.method)))
    blocks.append(
        TextBlock(
            words.text(
                "Only the lines of this list and what the library knows are considered. No product is ranked or put before another."
            )
        )
    )
    blocks += [
        TextBlock(
            " ".join(
                filter(None, (f"{told.where}:" if told.where else "", told.title, told.detail))
            ),
            Voice.SOFT,
        )
        for told in view.notices
    ]
    blocks.append(TextBlock(view.stamp, Voice.SOFT))
    return tuple(blocks)


def _wide_sources(table: TableView) -> TableView:
    """Give the room that is left to the sources, whose names are the longest."""
    columns = tuple(
        replace(column, stretch=column.id in {"name", "source"}) for column in table.columns
    )
    return replace(table, columns=columns)


def _method_table(words: Words, parts: tuple[MethodPart, ...]) -> TableView:
    return TableView(
        words.text("How the numbers are made"),
        (
            Column("step", words.text("Step"), stretch=True),
            Column("formula", words.text("Formula")),
            Column("source", words.text("Source")),
        ),
        tuple(
            Row(str(number), (Cell(part.sentence), Cell(part.formula), Cell(part.source)))
            for number, part in enumerate(parts)
        ),
    )


def glossary(words: Words) -> tuple[Block, ...]:
    """Return the words used, explained."""
    return (TableBlock(glossary_table(words)),)
