"""The panel where a bet is edited: which names of the list count in it, and how fully."""

from dataclasses import dataclass

from levcheck.app.analysis import Analysis, RootExposure
from levcheck.app.own_themes import is_changed
from levcheck.domain.theme import Theme
from levcheck.i18n.words import Words
from levcheck.presenting.measure import Measure
from levcheck.presenting.names import short_name

MOST_ROWS = 200
"""Names offered; a bet of a thousand crumbs is not edited by hand."""


@dataclass(frozen=True, slots=True)
class MemberRow:
    """One name of the list.

    Attributes:
        root: id.
        label: its name.
        amount: how much of the money rides on it, as text.
        percent: how fully it counts in the bet, 0 to 100; 0 = not at all.
    """

    root: str
    label: str
    amount: str
    percent: int


@dataclass(frozen=True, slots=True)
class ThemeEditView:
    """Everything the panel shows.

    Attributes:
        theme: id of the bet.
        name: what it is called now.
        note: how many names of the list count in it.
        rows: names of the list, those that count first.
        others: (id, name) of the bets it can be put into.
        is_changed: whether the user said anything about this bet.
        has_own: whether he said anything about any bet.
    """

    theme: str
    name: str
    note: str
    rows: tuple[MemberRow, ...]
    others: tuple[tuple[str, str], ...]
    is_changed: bool
    has_own: bool


def theme_edit_view(analysis: Analysis, words: Words, chosen: str | None) -> ThemeEditView | None:
    """Return the panel for a bet; None when there is none."""
    found = next((one for one in analysis.theme_list if one.id == chosen), None)
    if found is None:
        return None
    own = analysis.portfolio.themes
    rows = _rows(analysis, words, found)
    count = sum(row.percent > 0 for row in rows)
    note = words.count(
        "{n} name of your list counts here. A name may count in several bets: no total grows by it.",
        "{n} names of your list count here. A name may count in several bets: no total grows by it.",
        count,
    )
    others = [
        (theme.id, words.text(theme.name)) for theme in analysis.theme_list if theme.id != found.id
    ]
    return ThemeEditView(
        theme=found.id,
        name=words.text(found.name),
        note=note,
        rows=rows,
        others=tuple(sorted(others, key=lambda pair: pair[1].casefold())),
        is_changed=is_changed(own, found.id),
        has_own=not own.is_empty,
    )


def _rows(analysis: Analysis, words: Words, theme: Theme) -> tuple[MemberRow, ...]:
    measure = Measure(analysis, words)
    strengths = {member.member: member.strength for member in theme.members}
    roots = [one for one in analysis.exposures if not one.root.endswith(".CASH")]
    ranked = sorted(roots, key=lambda one: (one.root not in strengths, -one.gross))
    return tuple(_row(one, measure, strengths.get(one.root, 0.0)) for one in ranked[:MOST_ROWS])


def _row(exposure: RootExposure, measure: Measure, strength: float) -> MemberRow:
    label = short_name(exposure.name)
    hidden = measure.words.hide_amounts
    amount = measure.percent(exposure.net) if hidden else measure.money(exposure.net)
    return MemberRow(exposure.root, label, amount, round(strength * 100))
