"""The whole report: page one, and the further pages somebody ticked, made of the same views as the screens."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from levcheck.app.analysis import Analysis
from levcheck.app.draft_results import DraftResult
from levcheck.i18n.words import Words
from levcheck.reporting import change_pages, holding_pages, loss_pages, trust_pages
from levcheck.reporting.blocks import Block, Section
from levcheck.reporting.page import Page, PageOptions, page_one, printing_day

PAGE_NAMES: Mapping[str, str] = {
    "holdings": "Holdings",
    "roots": "Roots and doors",
    "overlap": "What your holdings share",
    "stress": "Stress by scenario",
    "leverage": "Leverage over time",
    "stacks": "Who is paid first",
    "margin": "Debt and margin",
    "proposed": "Current against proposed",
    "changes": "What changed since last time",
    "explain": "How we got these numbers",
    "data": "Data and coverage",
    "glossary": "Glossary",
}
"""Further pages by their name on the command line, in the order they are printed."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside the list of today.

    Attributes:
        drafts: proposals, each with its analysis under the same scenarios.
        earlier: an older list of the same client; None = none.
    """

    drafts: tuple[DraftResult, ...] = ()
    earlier: Analysis | None = None


ALONE = Beside()


@dataclass(frozen=True, slots=True)
class Report:
    """Page one with what follows it.

    Attributes:
        first: page one.
        sections: the further pages, in the order printed.
    """

    first: Page
    sections: tuple[Section, ...] = ()


def page_titles(words: Words) -> tuple[tuple[str, str], ...]:
    """Return (name, title) of every further page there is."""
    return tuple((name, words.text(title)) for name, title in PAGE_NAMES.items())


def report(
    analysis: Analysis,
    words: Words,
    options: PageOptions,
    pages: tuple[str, ...] = (),
    beside: Beside = ALONE,
) -> Report:
    """Return page one and the further pages named, in the order of :data:`PAGE_NAMES`.

    Raises:
        LevcheckError: the earlier list has its totals in another currency.
    """
    makers = _makers(analysis, words, options, beside)
    sections = tuple(
        Section(name, title, makers[name]()) for name, title in page_titles(words) if name in pages
    )
    return Report(page_one(analysis, words, options), sections)


def _makers(
    analysis: Analysis, words: Words, options: PageOptions, beside: Beside
) -> Mapping[str, Callable[[], tuple[Block, ...]]]:
    scenario, day = options.scenario, options.printed or printing_day()
    return {
        "holdings": lambda: holding_pages.holdings(analysis, words),
        "roots": lambda: holding_pages.roots(analysis, words),
        "overlap": lambda: holding_pages.overlap(analysis, words),
        "stress": lambda: loss_pages.stress(analysis, words, scenario),
        "leverage": lambda: loss_pages.leverage(analysis, words),
        "stacks": lambda: loss_pages.stacks(analysis, words),
        "margin": lambda: loss_pages.margin(analysis, words),
        "proposed": lambda: change_pages.proposed(analysis, words, beside.drafts, scenario),
        "changes": lambda: change_pages.changes(analysis, words, beside.earlier),
        "explain": lambda: trust_pages.explain(analysis, words, scenario),
        "data": lambda: trust_pages.data(analysis, words, day),
        "glossary": lambda: trust_pages.glossary(words),
    }
