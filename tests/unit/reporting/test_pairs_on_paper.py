"""Pairs where one security is held in several accounts: what all know to be alike hides no pair that few know."""

from dataclasses import replace
from functools import cache

from levcheck.app.analysis import Analysis
from levcheck.app.pipeline import analyse
from levcheck.bench.made_up import portfolio_of_symbols
from levcheck.i18n.words import Words
from levcheck.presenting.chart_views import MatrixView
from levcheck.reporting.blocks import ChartBlock, TableBlock
from levcheck.reporting.holding_pages import overlap
from tests.helpers.report_lab import DAY, bundled, symbols

HELD = ("SMH", "SOXL")


@cache
def in_three_accounts() -> Analysis:
    """Two funds alike with little money, and more shares than the matrix has rows; each in three accounts."""
    shares = tuple(name for name in symbols(60) if name not in HELD)[-20:]
    held = portfolio_of_symbols((*shares, *HELD), seed=7, name="made up")
    lines = [
        replace(line, account=account, market_value=100.0 if line.symbol in HELD else 50_000.0)
        for account in ("A", "B", "C")
        for line in held.positions
    ]
    placed = tuple(
        replace(line, place=replace(line.place, row=10 + n)) for n, line in enumerate(lines)
    )
    return analyse(replace(held, positions=placed), bundled(), [], today=DAY)


def test_that_a_matrix_is_not_filled_with_what_is_one_security() -> None:
    blocks = overlap(in_three_accounts(), Words("en"))
    [matrix] = [
        block.view
        for block in blocks
        if isinstance(block, ChartBlock) and isinstance(block.view, MatrixView)
    ]
    labels = [label.label for label in matrix.labels]
    assert set(HELD) <= set(labels)
    assert len(labels) == len(set(labels))
    index = {label: n for n, label in enumerate(labels)}
    wanted = {index[name] for name in HELD}
    [cell] = [cell for cell in matrix.cells if {cell.row, cell.column} == wanted]
    assert cell.value > 0.4
    assert matrix.summary == "1 pair of holdings is half the same or more."


def test_that_the_table_lists_no_security_beside_itself() -> None:
    blocks = overlap(in_three_accounts(), Words("en"))
    [pairs] = [
        block.table
        for block in blocks
        if isinstance(block, TableBlock) and block.table.name.startswith("Pairs of holdings")
    ]
    named = [(row.cells[0].text, row.cells[1].text) for row in pairs.rows]
    assert named
    assert not [pair for pair in named if pair[0] == pair[1]]
    assert {frozenset(pair) for pair in named} >= {frozenset(HELD)}
