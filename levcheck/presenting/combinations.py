"""All combinations of holdings that carry a bet, as an UpSet chart."""

from levcheck.app.analysis import Analysis, ThemeExposure
from levcheck.app.combinations import theme_combinations
from levcheck.i18n.words import Words
from levcheck.presenting.chart_views import UpSetGroup, UpSetSet, UpSetView
from levcheck.presenting.figures import What, number_key
from levcheck.presenting.measure import Measure
from levcheck.presenting.names import joined, line_label

MOST_SETS = 8
"""Holdings in the chart; UpSet is read well up to about thirty, a small screen shows eight."""


def combinations_view(analysis: Analysis, words: Words, theme: ThemeExposure | None) -> UpSetView:
    """Return which combinations of the largest doors carry a bet."""
    title = words.text("Which holdings carry it together")
    empty = words.text("No holding carries this bet.")
    if theme is None or not theme.doors:
        return UpSetView(title=title, summary=empty, empty_text=empty, sets=(), groups=())
    measure = Measure(analysis, words)
    doors = sorted(theme.doors, key=lambda door: -abs(door.amount))[:MOST_SETS]
    index = {door.position: number for number, door in enumerate(doors)}
    sets = tuple(
        UpSetSet(
            key=number_key(What.DOOR, theme.theme, door.position),
            label=line_label(analysis, door.position),
            value=abs(measure.length(door.amount) or 0.0),
            text=_amount(measure, door.amount),
            family=theme.family,
        )
        for door in doors
    )
    groups = []
    for found in theme_combinations(analysis, theme):
        if round(found.amount, 2) == 0 or any(p not in index for p in found.positions):
            continue
        groups.append(
            UpSetGroup(
                key=number_key(What.COMBINATION, theme.theme, "+".join(found.positions)),
                members=tuple(index[position] for position in found.positions),
                value=measure.length(found.amount) or 0.0,
                text=_amount(measure, found.amount),
                spoken=words.text(
                    "{lines}: {amount}",
                    lines=joined(words, [line_label(analysis, p) for p in found.positions]),
                    amount=measure.both(found.amount),
                ),
            )
        )
    return UpSetView(
        title=title,
        summary=words.count(
            "{n} group of holdings carries it.",
            "{n} groups of holdings carry it.",
            len(groups),
        ),
        empty_text=empty,
        sets=sets,
        groups=tuple(groups),
        set_title=words.text("All it adds"),
        group_title=words.text("Names that exactly these hold"),
        more_text=words.text("and {n} more", n="{n}"),
    )


def _amount(measure: Measure, amount: float) -> str:
    return measure.percent(amount) if measure.words.hide_amounts else measure.money(amount)
