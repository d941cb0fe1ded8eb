"""All screens of one analysis at once, so that they can be made off the interface's thread and never disagree."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from levcheck.app.analysis import Analysis
from levcheck.app.draft_results import Proposed
from levcheck.app.unnamed import unnamed, unnamed_drafts
from levcheck.domain.portfolio import Reading
from levcheck.i18n.words import Words
from levcheck.presenting.choices import Choices
from levcheck.presenting.data_and_method import DataView, data_view
from levcheck.presenting.leverage_over_time import LeverageView, leverage_view
from levcheck.presenting.overlap import OverlapView, overlap_view
from levcheck.presenting.overview import OverviewView, overview_view
from levcheck.presenting.portfolio_table import PortfolioView, portfolio_view
from levcheck.presenting.state_bar import StateBarView, state_bar_view
from levcheck.presenting.stress import StressView, stress_view
from levcheck.presenting.what_if import WhatIfView, what_if_view


@dataclass(frozen=True, slots=True)
class ScreenViews:
    """What every screen shows."""

    state_bar: StateBarView
    portfolio: PortfolioView
    overview: OverviewView
    overlap: OverlapView
    stress: StressView
    leverage: LeverageView
    data: DataView
    what_if: WhatIfView


def screen_views(
    analysis: Analysis,
    words: Words,
    choices: Choices | None = None,
    readings: Sequence[Reading] = (),
    proposed: Proposed | None = None,
) -> ScreenViews:
    """Return every screen of an analysis: of today, or of a draft that is shown in its place.

    Args:
        analysis: what the screens show.
        words: of the reader.
        choices: what he looks at.
        readings: what the files gave.
        proposed: today with its drafts; only `analysis` when None.
    """
    if words.hide_names:
        analysis, readings = unnamed(analysis, readings)
        proposed = unnamed_drafts(proposed) if proposed is not None else None
    chosen = choices or Choices()
    beside = proposed or Proposed(analysis)
    draft = beside.of(chosen.shown)
    views = ScreenViews(
        state_bar_view(analysis, words, chosen.applied, draft.draft if draft else None),
        portfolio_view(analysis, words, readings),
        overview_view(analysis, words, chosen.applied, show=chosen.measure),
        overlap_view(analysis, words, chosen.theme, chosen.pinned),
        stress_view(
            analysis,
            words,
            chosen.scenario or chosen.applied,
            order=chosen.order,
            beside=chosen.beside,
        ),
        leverage_view(analysis, words),
        data_view(analysis, words),
        what_if_view(beside, words, chosen),
    )
    return views if draft is None else _marked(views)


def _marked(views: ScreenViews) -> ScreenViews:
    """Return the screens with the draft they show named in every headline: nobody takes it for today's list."""
    mark = views.state_bar.draft

    def named(headline: str) -> str:
        return f"{mark} · {headline}"

    return replace(
        views,
        portfolio=replace(views.portfolio, headline=named(views.portfolio.headline)),
        overview=replace(views.overview, headline=named(views.overview.headline)),
        overlap=replace(views.overlap, headline=named(views.overlap.headline)),
        stress=replace(views.stress, headline=named(views.stress.headline)),
        leverage=replace(views.leverage, headline=named(views.leverage.headline)),
        data=replace(views.data, headline=named(views.data.headline)),
    )
