"""Further pages about change: today against drafts, and today against an earlier list."""

from collections.abc import Sequence

from levcheck.app.analysis import Analysis
from levcheck.app.comparison import compare
from levcheck.app.draft_results import DraftResult, Proposed
from levcheck.i18n.words import Words
from levcheck.presenting.choices import Choices
from levcheck.presenting.comparison import comparison_view
from levcheck.presenting.what_if import (
    changes_table,
    current_against_proposed,
    what_if_view,
)
from levcheck.reporting.blocks import Block, ChartBlock, TableBlock, TextBlock, Voice


def proposed(
    analysis: Analysis, words: Words, drafts: Sequence[DraftResult], scenario: str | None
) -> tuple[Block, ...]:
    """Return today and every draft side by side, and what each draft takes."""
    if not drafts:
        return (TextBlock(words.text("There is no draft in this list.")),)
    blocks: list[Block] = [
        TextBlock(
            words.text("Drafts are arithmetic on changes somebody typed. None of them is advice.")
        ),
        TableBlock(current_against_proposed(analysis, drafts, words, scenario)),
    ]
    for draft in drafts:
        looked = Choices(draft=draft.draft.id, applied=scenario)
        view = what_if_view(Proposed(analysis, tuple(drafts)), words, looked)
        told = (view.headline, view.subline, view.warning)
        blocks += [TextBlock(text) for text in told if text]
        blocks += [ChartBlock(view.families), ChartBlock(view.losses)]
        tables = (changes_table(analysis, draft, words), view.trades)
        blocks += [TableBlock(table) for table in tables if table.rows]
    return tuple(blocks)


def changes(analysis: Analysis, words: Words, earlier: Analysis | None) -> tuple[Block, ...]:
    """Return what changed since an earlier list of the same client.

    Raises:
        LevcheckError: the two add up in different currencies.
    """
    if earlier is None:
        return (TextBlock(words.text("There is no earlier list to compare with.")),)
    view = comparison_view(compare(earlier, analysis), words)
    return (
        TextBlock(view.headline),
        TextBlock(view.subline, Voice.SOFT),
        TableBlock(view.whole),
        TableBlock(view.lines),
        ChartBlock(view.bets),
        TableBlock(view.shares),
        TableBlock(view.roots),
        TableBlock(view.losses),
    )
