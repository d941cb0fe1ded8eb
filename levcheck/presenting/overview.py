"""Overview: what do I really own?"""

from dataclasses import dataclass

from levcheck.app.analysis import Analysis, FamilyExposure, ThemeExposure
from levcheck.app.document import headline
from levcheck.i18n.words import Words
from levcheck.presenting.chart_views import DumbbellRow, DumbbellView
from levcheck.presenting.choices import Choice
from levcheck.presenting.figures import (
    Cell,
    Column,
    Figure,
    KeyFigure,
    Row,
    TableView,
    What,
    number_key,
    tone_of,
)
from levcheck.presenting.measure import Measure
from levcheck.presenting.names import family_name
from levcheck.presenting.verdict import (
    age_sentence,
    coverage_sentence,
    footer_sentence,
    main_bet,
    nothing_yet_headline,
    nothing_yet_sentence,
)


@dataclass(frozen=True, slots=True)
class OverviewView:
    """Everything the Overview shows.

    Attributes:
        headline: the verdict.
        subline: what the labels say against what is there; "" when there is no bet.
        key_figures: money, effect, largest bet, largest loss.
        chart: families, labelled against in effect.
        table: the same rows with the same numbers.
        gap: what is in no number.
        bets: (key of a family, id of its largest bet), for going from one to the other.
        age: how old the lists are.
        footer: what this page is.
        headline_key: the number the sentence on top is about.
        nothing_yet: what will be here once a holding can be counted; "" when one can.
        show_key: how amounts are printed: ``both``, ``money`` or ``percent``.
        shows: these ways.
        notes: what is easily misread beside the table.
        doors_bet: id of the bet of the headline; "" when there is none.
        doors_text: what leads to its doors.
    """

    headline: str
    subline: str
    key_figures: tuple[KeyFigure, ...]
    chart: DumbbellView
    table: TableView
    bets: tuple[tuple[str, str], ...]
    gap: str
    age: str
    footer: str
    headline_key: str | None = None
    nothing_yet: str = ""
    show_key: str = "both"
    shows: tuple[Choice, ...] = ()
    notes: str = ""
    doors_bet: str = ""
    doors_text: str = ""


def overview_view(
    analysis: Analysis, words: Words, scenario: str | None = None, *, show: str = "both"
) -> OverviewView:
    """Return the Overview.

    Args:
        analysis: the result.
        words: how the user is spoken to.
        scenario: id of the one applied to all screens; None = none.
        show: print amounts as ``money``, in ``percent`` of the whole, or ``both``; hidden amounts are always percent.
    """
    shown = "percent" if words.hide_amounts else show
    bet = main_bet(analysis)
    return OverviewView(
        headline=overview_headline(analysis, words),
        subline=_subline(analysis, words),
        key_figures=_key_figures(analysis, words, scenario),
        chart=families_chart(analysis, words, show=show),
        table=_table(analysis, words, shown),
        bets=_bets(analysis),
        gap=coverage_sentence(words, analysis),
        age=age_sentence(words, analysis),
        footer=footer_sentence(words),
        nothing_yet=nothing_yet_sentence(words, analysis, "overview"),
        headline_key=number_key(What.THEME, analysis.verdict.theme)
        if analysis.verdict.theme
        else None,
        show_key=shown,
        shows=(
            Choice("both", words.text("Both")),
            Choice("money", words.text("Money")),
            Choice("percent", words.text("Percent")),
        ),
        notes=_notes(analysis, words),
        doors_bet=bet.theme if bet is not None else "",
        doors_text=words.text("Show the doors of {bet}", bet=words.text(bet.name)) if bet else "",
    )


def overview_headline(analysis: Analysis, words: Words) -> str:
    """Return the verdict, or why there is none yet."""
    return nothing_yet_headline(words, analysis) or headline(analysis, words)


def _bets(analysis: Analysis) -> tuple[tuple[str, str], ...]:
    largest: dict[str, str] = {}
    for theme in analysis.themes:
        largest.setdefault(number_key(What.FAMILY, theme.family.value), theme.theme)
    return tuple(largest.items())


_ABOVE_THE_WHOLE = {
    True: "The shares add up to more than 100%: a fund of 2x counts with twice its value.",
    False: "The shares add up to more than 100%: they are of what is yours after what you owe.",
}


def _differs(words: Words, bet: ThemeExposure, family: FamilyExposure) -> bool:
    """Return whether a bet is told with another share than its family."""
    share = bet.share_of_equity
    return share is not None and words.percent(share) != words.percent(family.share_of_equity)


def _notes(analysis: Analysis, words: Words) -> str:
    """Return what is easily misread beside the table: a family and a bet in it, doors, and shares above the whole."""
    theme = main_bet(analysis)
    told = []
    # A bet of the user's own may be drawn in a family that holds none of its names: then there is nothing to misread.
    family = next((f for f in analysis.families if theme and f.family is theme.family), None)
    if theme is not None and family is not None and _differs(words, theme, family):
        told.append(
            words.text(
                "A family holds several bets: {bet} ({share}) is one bet of the family {family} ({whole}).",
                bet=words.text(theme.name),
                share=words.percent(theme.share_of_equity),
                family=family_name(words, theme.family),
                whole=words.percent(family.share_of_equity),
            )
        )
    told.append(words.text("A door is a holding through which you own something."))
    if analysis.effective_multiple is not None and analysis.effective_multiple > 1:
        told.append(words.text(_ABOVE_THE_WHOLE[bool(analysis.daily_reset)]))
    return " ".join(told) if analysis.families else ""


def _subline(analysis: Analysis, words: Words) -> str:
    theme = main_bet(analysis)
    if theme is None:
        return ""
    measure = Measure(analysis, words)
    hidden = words.percent(theme.hidden_share)
    return words.count(
        "Held under its own name: {labelled}. In effect, through {n} door: {net}. Hidden inside other things: {hidden} of it.",
        "Held under its own name: {labelled}. In effect, through {n} doors: {net}. Hidden inside other things: {hidden} of it.",
        len(theme.doors),
        labelled=measure.both(theme.labelled),
        net=measure.both(theme.net),
        hidden=hidden,
    )


def _key_figures(analysis: Analysis, words: Words, scenario: str | None) -> tuple[KeyFigure, ...]:
    measure = Measure(analysis, words)
    label = words.text("Your money")
    # Dots would say nothing on a card of their own.
    written = measure.percent if words.hide_amounts else measure.money
    effect_label = words.text("In effect")
    figures = [
        KeyFigure(
            label,
            Figure(measure.money(analysis.equity), number_key(What.EQUITY), label=label),
            words.count("{n} line", "{n} lines", analysis.verdict.lines),
        ),
        KeyFigure(
            effect_label,
            Figure(written(analysis.in_effect), number_key(What.IN_EFFECT), label=effect_label),
            words.text(
                "{multiple} your money, cash left out",
                multiple=words.multiple(analysis.effective_multiple),
            )
            if analysis.effective_multiple is not None
            else "",
        ),
    ]
    names = analysis.overlap.effective_names
    if names is not None:
        names_label = words.text("Effective names")
        figures.append(
            KeyFigure(
                names_label,
                Figure(words.number(names, 1), number_key(What.EFFECTIVE_NAMES), label=names_label),
                words.text("spread like this many equal stocks"),
            )
        )
    worst = _loss_shown(analysis, scenario)
    if worst is not None:
        result = next(r for r in analysis.stress if r.scenario == worst)
        label = words.text(result.facts.name)
        figures.append(
            KeyFigure(
                label,
                Figure(
                    written(result.pnl),
                    number_key(What.SCENARIO, result.scenario),
                    tone_of(result.pnl),
                    label,
                ),
                words.text(
                    "{share} of your money, in this scenario"
                    if result.scenario == scenario
                    else "{share} of your money, the costliest here",
                    share=words.percent(result.share_of_equity),
                ),
            )
        )
    return tuple(figures)


def _loss_shown(analysis: Analysis, scenario: str | None) -> str | None:
    """Return the active scenario, else the one that costs most."""
    if any(r.scenario == scenario for r in analysis.stress):
        return scenario
    worst = min(analysis.stress, key=lambda r: r.pnl, default=None)
    return worst.scenario if worst else None


def families_chart(analysis: Analysis, words: Words, *, show: str = "both") -> DumbbellView:
    """Return the families, as labelled against in effect; hidden amounts are always percent."""
    show = "percent" if words.hide_amounts else show
    measure = Measure(analysis, words, in_percent=show == "percent")
    rows = tuple(
        _dumbbell_row(family, measure, words, show, _share_of_bet(analysis, words, family))
        for family in analysis.families
    )
    values: list[float | None] = []
    for family in analysis.families:
        values += [family.labelled, family.net, family.short]
    if analysis.families:
        top = analysis.families[0]
        summary = words.text(
            "Largest in effect: {family}, {net}; by its labels {labelled}.",
            family=family_name(words, top.family),
            net=measure.both(top.net),
            labelled=measure.both(top.labelled),
        )
    else:
        summary = words.text("There is nothing to draw yet.")
    return DumbbellView(
        title=words.text("By its label, and in effect"),
        summary=summary,
        empty_text=words.text("Open a list of holdings to see what you own."),
        rows=rows,
        axis=measure.axis(values),
        labelled_legend=words.text("by its label"),
        effective_legend=words.text("in effect"),
        short_legend=words.text("bets on a fall")
        if any(f.short < 0 for f in analysis.families)
        else "",
    )


def _share_of_bet(analysis: Analysis, words: Words, family: FamilyExposure) -> str:
    """Return how much of it the headline's bet is, for the family of that bet; "" for all others."""
    bet = main_bet(analysis)
    if bet is not None and bet.family is family.family and _differs(words, bet, family):
        return f"{words.text(bet.name)} {words.percent(bet.share_of_equity)}"
    return ""


def _dumbbell_row(
    family: FamilyExposure, measure: Measure, words: Words, show: str, share_of_bet: str
) -> DumbbellRow:
    write = {"money": measure.money, "percent": measure.percent}.get(show, measure.both)
    return DumbbellRow(
        key=number_key(What.FAMILY, family.family.value),
        label=family_name(words, family.family),
        labelled=measure.length(family.labelled),
        effective=measure.length(family.net),
        labelled_text=(measure.money if show == "money" else measure.percent)(family.labelled),
        effective_text=write(family.net),
        short=measure.length(family.short) or 0.0,
        short_text=write(family.short) if family.short < 0 else "",
        family=family.family,
        note=words.count("{n} door", "{n} doors", family.doors),
        more=share_of_bet,
    )


def _table(analysis: Analysis, words: Words, show: str) -> TableView:
    measure = Measure(analysis, words)
    write = measure.percent if show == "percent" else measure.money
    has_share = show == "both"
    rows = []
    for family in analysis.families:
        key = number_key(What.FAMILY, family.family.value)
        share = Cell(words.percent(family.share_of_equity), family.share_of_equity, key)
        rows.append(
            Row(
                key,
                (
                    Cell(family_name(words, family.family), hint=family_name(words, family.family)),
                    Cell(
                        write(family.labelled),
                        family.labelled,
                        number_key(What.FAMILY_LABELLED, family.family.value),
                    ),
                    Cell(write(family.net), family.net, key),
                    *((share,) if has_share else ()),
                    Cell(
                        words.number(family.doors),
                        family.doors,
                        number_key(What.FAMILY_DOORS, family.family.value),
                    ),
                ),
            )
        )
    title = (
        words.text("The same in numbers, in percent of your money")
        if show == "percent"
        else words.text("The same in numbers, in {currency}", currency=measure.currency)
    )
    return TableView(
        title,
        (
            Column("family", words.text("Family"), stretch=True),
            Column("labelled", words.text("By label"), numeric=True),
            Column("effective", words.text("In effect"), numeric=True),
            *((Column("share", words.text("Share"), numeric=True),) if has_share else ()),
            Column("doors", words.text("Doors"), numeric=True, spare=1),
        ),
        tuple(rows),
        empty=words.text("No family yet."),
    )
