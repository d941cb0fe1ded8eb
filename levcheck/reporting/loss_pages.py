"""Further pages about what could be lost: scenarios, daily-reset funds, issuers and debt."""

from levcheck.app.analysis import Analysis
from levcheck.app.leverage_paths import PathsRequest, leverage_paths
from levcheck.i18n.words import Words
from levcheck.presenting.borrowing import distance_sentence, margin_assumption
from levcheck.presenting.capital_stacks import stack_tables
from levcheck.presenting.leverage_over_time import leverage_view
from levcheck.presenting.leverage_paths import paths_panel_view
from levcheck.presenting.margin_tables import margin_lines_table, margin_scenarios_table
from levcheck.presenting.scenario_list import scenarios_table
from levcheck.presenting.stress import stress_view
from levcheck.reporting.blocks import Block, ChartBlock, TableBlock, TextBlock, Voice


def stress(analysis: Analysis, words: Words, scenario: str | None) -> tuple[Block, ...]:
    """Return all scenarios side by side, then the one on page one by holding and by cause."""
    view = stress_view(analysis, words, scenario)
    if view.nothing_yet:
        return (TextBlock(view.nothing_yet),)
    if view.chosen is None:
        return (TextBlock(view.headline),)
    blocks: list[Block] = [TextBlock(view.limits), TableBlock(scenarios_table(analysis, words))]
    blocks += [TextBlock(text) for text in (view.headline, view.range_sentence, view.story) if text]
    blocks += [ChartBlock(view.waterfall), ChartBlock(view.bars), TableBlock(view.table)]
    soft = (view.source, view.left_out, view.gap)
    blocks += [TextBlock(text, Voice.SOFT) for text in soft if text]
    return tuple(blocks)


def leverage(analysis: Analysis, words: Words) -> tuple[Block, ...]:
    """Return what daily-reset funds do to money over time, the largest of them in twenty dots."""
    view = leverage_view(analysis, words)
    blocks: list[Block] = [TextBlock(view.headline)]
    if not analysis.daily_reset:
        return tuple(blocks)
    blocks += [
        TextBlock(view.limits),
        ChartBlock(view.chart),
        TableBlock(view.table, view.forced),
    ]
    blocks += _course(analysis, words)
    if view.flows is not None and view.flows.rows:
        blocks.append(TableBlock(view.flows, view.flow))
    return tuple(blocks)


def _course(analysis: Analysis, words: Words) -> list[Block]:
    """Return the course of the largest daily-reset fund; the set text stands where a likelihood is shown."""
    facts = max(
        analysis.daily_reset,
        key=lambda one: abs(analysis.position(one.position).market_value or 0.0),
    )
    panel = paths_panel_view(
        analysis, words, leverage_paths(facts, PathsRequest(position=facts.position))
    )
    blocks: list[Block] = []
    if panel.dots.dots:
        plain = words.text(
            "The dots are drawn by a rule of chance. They did not happen, and nobody can promise them."
        )
        blocks += [TextBlock(plain), TextBlock(panel.legal, Voice.SET)]
        blocks += [TextBlock(panel.limits), ChartBlock(panel.dots)]
    blocks += [TableBlock(panel.ways), TableBlock(panel.two_days, panel.both_lost)]
    return blocks


def stacks(analysis: Analysis, words: Words) -> tuple[Block, ...]:
    """Return who is paid first at the issuers whose preferreds are held."""
    tables = stack_tables(analysis, words)
    if not tables:
        text = words.text("You hold no preferred share of an issuer whose claims we know.")
        return (TextBlock(text),)
    intro = words.text(
        "Claims with a lower rank are paid first. A preferred share stands before the common stock only."
    )
    return (TextBlock(intro), *(TableBlock(table) for table in tables))


def margin(analysis: Analysis, words: Words) -> tuple[Block, ...]:
    """Return what borrowing means."""
    facts = analysis.margin
    if facts is None:
        return (TextBlock(words.text("You owe nothing to a broker.")),)
    return (
        TextBlock(distance_sentence(analysis, words, facts)),
        TableBlock(margin_lines_table(analysis, words, facts)),
        TableBlock(margin_scenarios_table(analysis, words, facts)),
        TextBlock(margin_assumption(analysis, words), Voice.SOFT),
    )
