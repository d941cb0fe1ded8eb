"""The thin bar above every screen: whose numbers these are, how old, how complete, and under which scenario."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from levcheck.i18n.words import Words
from levcheck.presenting.accounts import filter_mark
from levcheck.presenting.draft_titles import draft_title
from levcheck.presenting.figures import Figure, Tone, What, number_key
from levcheck.presenting.verdict import age_sentence

if TYPE_CHECKING:
    from levcheck.app.analysis import Analysis
    from levcheck.domain.draft import Draft


@dataclass(frozen=True, slots=True)
class StateBarView:
    """What the bar shows.

    Attributes:
        name: of the portfolio.
        as_of: date of the holdings, in words.
        coverage: share of the money looked through.
        gap: what is in no number; "" when nothing is missing.
        scenario: name of the scenario applied to the screens; "" when none is.
        amounts: whether amounts are shown or hidden, in words.
        age: day of the oldest fund list used, ISO, in a few words; "" when none was used.
        age_hint: the same as a whole sentence.
        draft: the draft that the screens show in the place of today; "" when they show today.
        only: which accounts alone are looked at; "" = all.
    """

    name: str
    as_of: str
    coverage: Figure
    gap: str
    scenario: str
    amounts: str
    age: str = ""
    age_hint: str = ""
    draft: str = ""
    only: str = ""


def state_bar_view(
    analysis: "Analysis",
    words: Words,
    scenario: str | None = None,
    draft: "Draft | None" = None,
) -> StateBarView:
    """Return the bar for an analysis, with the scenario applied to the screens and the draft they show."""
    coverage = analysis.coverage
    missing = len(coverage.left_out)
    share = words.percent(coverage.looked_through_share)
    active = next((r.facts.name for r in analysis.stress if r.scenario == scenario), "")
    day = analysis.portfolio.as_of
    return StateBarView(
        name=analysis.portfolio.name,
        as_of=words.text("as of {day}", day=words.day(day)) if day else words.text("date not told"),
        coverage=Figure(
            words.text("{share} seen through", share=share),
            number_key(What.COVERAGE),
            Tone.WARNING if missing else Tone.PLAIN,
            words.text("Share of the money seen through"),
        ),
        gap=words.count("{n} holding left out", "{n} holdings left out", missing)
        if missing
        else "",
        scenario=words.text(active) if active else "",
        amounts=words.text("Amounts hidden") if words.hide_amounts else words.text("Amounts shown"),
        age=words.text("oldest list {day}", day=coverage.oldest_as_of)
        if coverage.oldest_as_of
        else "",
        age_hint=age_sentence(words, analysis),
        draft=draft_title(words, draft) if draft is not None else "",
        only=filter_mark(analysis.portfolio, words),
    )
