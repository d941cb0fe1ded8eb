"""Overlap: where do I hold the same bet more than once?"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from levcheck.app.analysis import (
    AnalysedPosition,
    Analysis,
    OverlapPair,
    RootExposure,
    ThemeExposure,
)
from levcheck.domain.instrument import Kind, Wrapper
from levcheck.domain.theme import Family
from levcheck.i18n.words import Words
from levcheck.presenting.chart_views import (
    DoorSegment,
    DoorsView,
    LegendEntry,
    MatrixCell,
    MatrixLabel,
    MatrixView,
    UpSetView,
)
from levcheck.presenting.choices import Choice
from levcheck.presenting.combinations import combinations_view
from levcheck.presenting.figures import (
    Cell,
    Column,
    Row,
    TableView,
    What,
    add_up,
    number_key,
)
from levcheck.presenting.measure import Measure
from levcheck.presenting.names import (
    badge_door,
    badge_text,
    full_name,
    joined,
    line_label,
    root_label,
    short_name,
    wrapper_name,
)
from levcheck.presenting.risk import RiskView, risk_view, theme_risk_sentence
from levcheck.presenting.theme_editing import ThemeEditView, theme_edit_view
from levcheck.presenting.verdict import (
    coverage_sentence,
    footer_sentence,
    nothing_yet_headline,
    nothing_yet_sentence,
)

MATRIX_SIZE = 12
"""Holdings in the pair matrix; more would not be readable at the size of a screen."""
MOST_GROUPS = 2
"""Groups that are told in a sentence each; the matrix and the tables hold all of them."""


@dataclass(frozen=True, slots=True)
class OverlapView:
    """Everything the Overlap screen shows for one bet.

    Attributes:
        themes: bets to choose from, largest first.
        chosen: id of the one shown; None when there is none.
        headline: the doors in one sentence.
        subline: how much of it is hidden.
        doors: the bet cut by what carries it.
        doors_table: the same numbers.
        pairs: (key of a cell of the matrix, what the two share in a sentence).
        matrix: how much each pair of holdings is the same thing.
        groups: holdings that are one bet, one sentence each.
        table: underlyings, through which holdings, how much.
        gap: what is in no number.
        footer: what this page is.
        editing: the panel where the bet is edited; None when there is none.
        headline_key: the number the sentence on top is about.
        nothing_yet: what will be here once a holding can be counted; "" when one can.
        combinations: which holdings carry the bet together.
        pairs_table: the pairs of the matrix as a table.
        pins: holdings that can be kept in view, as choices; the first is none.
        pinned: id of the one kept in view; "" = none.
        risk: how many bets there are, and which names bring the risk.
        matrix_note: how many of the holdings stand in the matrix, and why not the others.
    """

    themes: tuple[Choice, ...]
    chosen: str | None
    headline: str
    subline: str
    doors: DoorsView
    doors_table: TableView
    matrix: MatrixView
    pairs: tuple[tuple[str, str], ...]
    groups: tuple[str, ...]
    table: TableView
    gap: str
    footer: str
    editing: ThemeEditView | None = None
    headline_key: str | None = None
    nothing_yet: str = ""
    combinations: UpSetView | None = None
    pairs_table: TableView | None = None
    pins: tuple[Choice, ...] = ()
    pinned: str = ""
    risk: RiskView | None = None
    matrix_note: str = ""


def overlap_view(
    analysis: Analysis, words: Words, theme: str | None = None, pinned: str | None = None
) -> OverlapView:
    """Return the screen for one bet.

    Args:
        analysis: the result.
        words: how the user is spoken to.
        theme: id of the bet; None or an unknown one = the largest.
        pinned: id of a holding whose pairs alone are shown; None or an unknown one = all.
    """
    chosen = _chosen(analysis, theme)
    lines = [line for line in analysis.positions if line.id in _sharing(analysis)]
    kept = pinned if any(line.id == pinned for line in lines) else None
    return OverlapView(
        themes=tuple(Choice(t.theme, words.text(t.name)) for t in analysis.themes),
        chosen=chosen.theme if chosen else None,
        headline=nothing_yet_headline(words, analysis) or _headline(analysis, words, chosen),
        subline=" ".join(
            part
            for part in (
                _subline(analysis, words, chosen),
                theme_risk_sentence(analysis, words, chosen.theme) if chosen else "",
            )
            if part
        ),
        doors=_doors(analysis, words, chosen),
        doors_table=_doors_table(analysis, words, chosen),
        matrix=_matrix(analysis, words, kept),
        pairs=_pairs(analysis, words),
        groups=_groups(analysis, words),
        table=_roots_table(analysis, words, chosen),
        gap=coverage_sentence(words, analysis),
        footer=footer_sentence(words),
        editing=theme_edit_view(analysis, words, chosen.theme if chosen else None),
        nothing_yet=nothing_yet_sentence(words, analysis, "overlap"),
        headline_key=number_key(What.THEME, chosen.theme) if chosen else None,
        combinations=combinations_view(analysis, words, chosen),
        pairs_table=pairs_table(analysis, words, kept),
        pins=(
            Choice("", words.text("All that overlap")),
            *(
                Choice(line.id, words.text("Only with {line}", line=line_label(analysis, line.id)))
                for line in lines
            ),
        ),
        pinned=kept or "",
        risk=risk_view(analysis, words),
        matrix_note=_matrix_note(analysis, words, kept),
    )


def _sharing(analysis: Analysis) -> set[str]:
    """Return the ids of holdings that share something with another."""
    shared = [p for p in analysis.overlap.pairs if round(p.min_weight, 2) != 0]
    return {position for pair in shared for position in (pair.a, pair.b)}


def _chosen(analysis: Analysis, theme: str | None) -> ThemeExposure | None:
    for found in analysis.themes:
        if found.theme == theme:
            return found
    return analysis.themes[0] if analysis.themes else None


# --- the sentence ------------------------------------------------------------------------------------------


def _headline(analysis: Analysis, words: Words, theme: ThemeExposure | None) -> str:
    if theme is None:
        return words.text("No bet was found in this list yet.")
    name = words.text(theme.name)
    carriers = joined(words, doors_phrases(analysis, words, theme))
    if len(theme.doors) == 1:
        return words.text("You own {theme} through one door: {doors}.", theme=name, doors=carriers)
    return words.count(
        "You own {theme} through {n} door: {doors}.",
        "You own {theme} through {n} doors: {doors}.",
        len(theme.doors),
        theme=name,
        doors=carriers,
    )


def doors_phrases(analysis: Analysis, words: Words, theme: ThemeExposure) -> list[str]:
    """Return the doors of a bet as phrases: "2 stocks", "1 fund that doubles each day's move"."""
    groups: dict[tuple[Wrapper, float | None], int] = {}
    for door in theme.doors:
        line = analysis.position(door.position)
        daily = line.kind in {Kind.LEVERAGED_FUND, Kind.INVERSE_FUND}
        group = (door.wrapper, line.daily_leverage_factor if daily else None)
        groups[group] = groups.get(group, 0) + 1
    multiples = {multiple for wrapper, multiple in groups if wrapper is Wrapper.LEVERAGED}
    if len(multiples) > 1:
        together = sum(groups.pop((Wrapper.LEVERAGED, multiple)) for multiple in multiples)
        groups[Wrapper.LEVERAGED, None] = together
    order = list(_PHRASES)
    ordered = sorted(groups.items(), key=lambda item: (order.index(item[0][0]), item[0][1] or 0.0))
    return [_phrase(words, *group, n) for group, n in ordered]


def _phrase(words: Words, wrapper: Wrapper, multiple: float | None, n: int) -> str:
    if wrapper is Wrapper.LEVERAGED and multiple == 2:
        return words.count(
            "{n} fund that doubles each day's move", "{n} funds that double each day's move", n
        )
    if wrapper is Wrapper.LEVERAGED and multiple == 3:
        return words.count(
            "{n} fund that triples each day's move", "{n} funds that triple each day's move", n
        )
    return _PHRASES[wrapper](words, n)


_PHRASES: dict[Wrapper, Callable[[Words, int], str]] = {
    Wrapper.DIRECT: lambda w, n: w.count("{n} direct holding", "{n} direct holdings", n),
    Wrapper.CRYPTO: lambda w, n: w.count("{n} coin or coin fund", "{n} coins or coin funds", n),
    Wrapper.FUND: lambda w, n: w.count("{n} fund", "{n} funds", n),
    Wrapper.PREFERRED: lambda w, n: w.count("{n} preferred share", "{n} preferred shares", n),
    Wrapper.INCOME: lambda w, n: w.count("{n} income fund", "{n} income funds", n),
    Wrapper.OPTION: lambda w, n: w.count("{n} option", "{n} options", n),
    Wrapper.NOTE: lambda w, n: w.count("{n} note", "{n} notes", n),
    Wrapper.LEVERAGED: lambda w, n: w.count(
        "{n} fund that multiplies each day's move", "{n} funds that multiply each day's move", n
    ),
    Wrapper.INVERSE: lambda w, n: w.count(
        "{n} fund that bets the other way", "{n} funds that bet the other way", n
    ),
}


def _subline(analysis: Analysis, words: Words, theme: ThemeExposure | None) -> str:
    if theme is None:
        return ""
    if theme.short < 0 < theme.long:
        measure = Measure(analysis, words)
        return words.text(
            "{long} rides on a rise and {short} on a fall. The two do not cancel day by day.",
            long=measure.both(theme.long),
            short=measure.both(-theme.short),
        )
    if round(theme.hidden_share, 3) == 0:
        return words.text("All of it is held under its own name.")
    return words.text(
        "{share} of it is not held under its own name.",
        share=words.percent(theme.hidden_share),
    )


# --- the doors ---------------------------------------------------------------------------------------------


def _doors(analysis: Analysis, words: Words, theme: ThemeExposure | None) -> DoorsView:
    title = words.text("What carries this bet")
    empty = words.text("No holding carries this bet.")
    if theme is None:
        return DoorsView(
            title=title, summary=empty, empty_text=empty, segments=(), family=Family.NEUTRAL
        )
    measure = Measure(analysis, words)
    printed = add_up([door.amount for door in theme.doors])
    segments = tuple(
        DoorSegment(
            key=number_key(What.DOOR, theme.theme, door.position),
            label=line_label(analysis, door.position),
            value=measure.length(door.amount) or 0.0,
            text=measure.money(amount) if not words.hide_amounts else "",
            share_text=measure.percent(door.amount),
            wrapper=door.wrapper,
        )
        for door, amount in zip(theme.doors, printed, strict=True)
    )
    first = theme.doors[0] if theme.doors else None
    summary = (
        words.text(
            "The largest door is {line}: {amount}.",
            line=line_label(analysis, first.position),
            amount=measure.both(first.amount, printed[0]),
        )
        if first
        else empty
    )
    wrappers = dict.fromkeys(door.wrapper for door in theme.doors)
    return DoorsView(
        title=title,
        summary=summary,
        empty_text=empty,
        segments=segments,
        family=theme.family,
        legend=tuple(LegendEntry(w, wrapper_name(words, w)) for w in wrappers),
        total_text=measure.both(theme.net),
        more_text=words.text("and {n} more", n="{n}"),
    )


def _doors_table(analysis: Analysis, words: Words, theme: ThemeExposure | None) -> TableView:
    measure = Measure(analysis, words)
    doors = theme.doors if theme else ()
    rows = []
    for door, amount in zip(doors, add_up([d.amount for d in doors]), strict=True):
        line = analysis.position(door.position)
        key = number_key(What.DOOR, theme.theme if theme else "", door.position)
        rows.append(
            Row(
                key,
                (
                    Cell(line.label, hint=full_name(line)),
                    Cell(badge_text(words, line), wrapper=badge_door(line)),
                    Cell(
                        measure.money(line.market_value),
                        line.market_value,
                        number_key(What.POSITION_VALUE, line.id),
                    ),
                    Cell(measure.money(amount), door.amount, key),
                    Cell(measure.percent(door.amount), door.amount, key),
                ),
            )
        )
    total = None
    if theme is not None and rows:
        key = number_key(What.THEME, theme.theme)
        total = Row(
            key,
            (
                Cell(words.text("Together")),
                Cell(""),
                Cell(""),
                Cell(measure.money(theme.net), key=key),
                Cell(words.percent(theme.share_of_equity), key=key),
            ),
        )
    return TableView(
        words.text("Doors of this bet, in {currency}", currency=measure.currency),
        (
            Column("line", words.text("Holding"), stretch=True),
            Column("kind", words.text("Door")),
            Column("value", words.text("Value"), numeric=True),
            Column(
                "amount",
                words.text("In effect"),
                numeric=True,
            ),
            Column("share", words.text("Share"), numeric=True),
        ),
        tuple(rows),
        total,
        words.text("No holding carries this bet."),
    )


# --- pairs and groups --------------------------------------------------------------------------------------


def _matrix(analysis: Analysis, words: Words, pinned: str | None = None) -> MatrixView:
    order = _matrix_order(analysis, pinned)
    index = {line.id: n for n, line in enumerate(order)}
    cells = []
    for pair in analysis.overlap.pairs:
        if pair.a not in index or pair.b not in index or round(pair.min_weight, 2) == 0:
            continue
        if pinned is not None and pinned not in {pair.a, pair.b}:
            continue
        row, column = max(index[pair.a], index[pair.b]), min(index[pair.a], index[pair.b])
        sign = -1.0 if pair.cosine < 0 else 1.0
        text = words.percent(sign * pair.min_weight, digits=0)
        cells.append(
            MatrixCell(
                key=number_key(What.PAIR, pair.a, pair.b),
                row=row,
                column=column,
                value=sign * pair.min_weight,
                text=text,
            )
        )
    opposite = any(cell.value < 0 for cell in cells)
    return MatrixView(
        title=words.text("How much each pair rides on the same thing"),
        summary=_matrix_summary(analysis, words),
        empty_text=words.text("No two holdings share anything."),
        labels=tuple(MatrixLabel(key=line.id, label=line.label) for line in order) if cells else (),
        cells=tuple(cells),
        low_text=words.text("little shared"),
        high_text=words.text("the same thing"),
        negative_text=words.text("opposite bets") if opposite else "",
    )


def pairs_table(analysis: Analysis, words: Words, pinned: str | None = None) -> TableView:
    """Return the pairs that share something, the largest shared amount first."""
    measure = Measure(analysis, words)
    rows = []
    for pair in analysis.overlap.pairs:
        if round(pair.min_weight, 2) == 0 or (pinned and pinned not in {pair.a, pair.b}):
            continue
        key = number_key(What.PAIR, pair.a, pair.b)
        money = number_key(What.SHARED, pair.a, pair.b)
        first, second = (line_label(analysis, one) for one in (pair.a, pair.b))
        if pair.b == pinned:
            first, second = second, first
        amount = measure.money(pair.shared_amount)
        # As in the matrix, a minus says that they bet against each other.
        same = -pair.min_weight if pair.cosine < 0 else pair.min_weight
        rows.append(
            Row(
                key,
                (
                    Cell(first, hint=first),
                    Cell(second, hint=second),
                    Cell(words.percent(same, digits=0), same, key),
                    Cell(amount, pair.shared_amount, money),
                    Cell(measure.percent(pair.shared_amount), pair.shared_amount, money),
                ),
            )
        )
    return TableView(
        words.text("Pairs of holdings, in {currency}", currency=measure.currency),
        (
            Column("first", words.text("Holding"), stretch=True),
            Column("second", words.text("Other holding")),
            Column("same", words.text("The same"), numeric=True),
            Column("amount", words.text("Shared amount"), numeric=True),
            Column("share", words.text("Of your money"), numeric=True),
        ),
        tuple(rows),
        empty=words.text("No two holdings share anything."),
    )


def _matrix_order(analysis: Analysis, pinned: str | None = None) -> list[AnalysedPosition]:
    """Return the holdings that share most, kept beside those they share it with; a pinned one first."""
    wanted: dict[str, None] = {}
    if pinned is not None:
        wanted[pinned] = None
        for pair in analysis.overlap.pairs:
            if pinned in {pair.a, pair.b} and round(pair.min_weight, 2) != 0:
                wanted.setdefault(pair.b if pair.a == pinned else pair.a)
        return _once_each(analysis, wanted)
    # What is alike because it is the same security would fill the matrix, and say what all know.
    for group in analysis.overlap.groups:
        if len({_held_as(analysis.position(one)) for one in group.positions}) > 1:
            wanted.update(dict.fromkeys(group.positions))
    for pair in analysis.overlap.pairs:
        if not is_one_security(analysis, pair):
            wanted.setdefault(pair.a)
            wanted.setdefault(pair.b)
    return _once_each(analysis, wanted)


def _once_each(analysis: Analysis, wanted: Iterable[str]) -> list[AnalysedPosition]:
    """Return lines for the matrix; what is held in several accounts stands in it once: it is the same, as all know."""
    found: dict[str, AnalysedPosition] = {}
    for identifier in wanted:
        line = analysis.position(identifier)
        found.setdefault(_held_as(line), line)
    return list(found.values())[:MATRIX_SIZE]


def _held_as(line: AnalysedPosition) -> str:
    return line.id if line.instrument is None else line.instrument.id


def is_one_security(analysis: Analysis, pair: OverlapPair) -> bool:
    """Return whether a pair is one security in two accounts."""
    return _held_as(analysis.position(pair.a)) == _held_as(analysis.position(pair.b))


def _matrix_note(analysis: Analysis, words: Words, pinned: str | None) -> str:
    shown, sharing = len(_matrix_order(analysis, pinned)), len(_sharing(analysis))
    if pinned is not None or not shown or shown == len(analysis.positions):
        return ""
    if shown < sharing:
        return words.text(
            "These {n} share most. {all} of your {lines} holdings share something.",
            n=words.number(shown),
            all=words.number(sharing),
            lines=words.number(len(analysis.positions)),
        )
    return words.text(
        "{n} of your {lines} holdings share something with another. The rest share no name, but some may be part of one bet.",
        n=words.number(shown),
        lines=words.number(len(analysis.positions)),
    )


def _matrix_summary(analysis: Analysis, words: Words) -> str:
    same = len(
        {
            frozenset(_held_as(analysis.position(one)) for one in (pair.a, pair.b))
            for pair in analysis.overlap.pairs
            if pair.min_weight >= 0.5 and pair.cosine > 0 and not is_one_security(analysis, pair)
        }
    )
    if not same:
        return words.text("No two holdings are half the same or more.")
    return words.count(
        "{n} pair of holdings is half the same or more.",
        "{n} pairs of holdings are half the same or more.",
        same,
    )


def _pairs(analysis: Analysis, words: Words) -> tuple[tuple[str, str], ...]:
    measure = Measure(analysis, words)
    return tuple(
        (
            number_key(What.PAIR, pair.a, pair.b),
            words.text(
                "{a} and {b} share {amount}: {percent} of what they hold is the same."
                if pair.cosine >= 0
                else "{a} and {b} bet against each other on {amount}: {percent} of what they hold is the same.",
                a=line_label(analysis, pair.a),
                b=line_label(analysis, pair.b),
                amount=measure.both(pair.shared_amount),
                percent=words.percent(pair.min_weight, digits=0),
            ),
        )
        for pair in analysis.overlap.pairs
    )


def _groups(analysis: Analysis, words: Words) -> tuple[str, ...]:
    """Return a sentence for each of the largest groups of different holdings on one name."""
    measure = Measure(analysis, words)
    names = {exposure.root: exposure.name for exposure in analysis.exposures}
    told: list[str] = []
    for group in analysis.overlap.groups:
        lines = [analysis.position(identifier) for identifier in group.positions]
        if len({_held_as(line) for line in lines}) < 2:
            continue  # one security in several accounts hides nothing
        labels = dict.fromkeys(line_label(analysis, line.id) for line in lines)
        told.append(
            words.text(
                "{lines} alone put {amount} on one name: {root}.",
                lines=joined(words, list(labels)),
                root=short_name(names.get(group.root, group.root)),
                amount=measure.both(group.net),
            )
        )
    return tuple(told[:MOST_GROUPS])


# --- what is underneath ------------------------------------------------------------------------------------


def _roots_table(analysis: Analysis, words: Words, theme: ThemeExposure | None) -> TableView:
    measure = Measure(analysis, words)
    by_root = {exposure.root: exposure for exposure in analysis.exposures}
    rows = [
        _root_row(analysis, words, measure, theme.theme, by_root[root], part)
        for root, part in (theme.roots if theme else ())
        if theme and root in by_root
    ]
    return TableView(
        words.text("What is underneath, in {currency}", currency=measure.currency),
        (
            Column("root", words.text("Rides on"), stretch=True),
            Column("through", words.text("Through")),
            Column(
                "amount",
                words.text("In effect"),
                numeric=True,
            ),
            Column("share", words.text("Share"), numeric=True),
        ),
        tuple(rows),
        empty=words.text("Nothing underneath yet."),
    )


def _root_row(
    analysis: Analysis,
    words: Words,
    measure: Measure,
    theme: str,
    exposure: RootExposure,
    part: float,
) -> Row:
    doors = dict.fromkeys(line_label(analysis, door.position) for door in exposure.doors)
    shown = list(doors)[:3]
    through = ", ".join(shown)
    if len(doors) > len(shown):
        through = words.text(
            "{lines} and {n} more", lines=through, n=words.number(len(doors) - len(shown))
        )
    own = number_key(What.EXPOSURE, exposure.root)
    key = number_key(What.THEME_PART, theme, exposure.root)
    return Row(
        own,
        (
            Cell(root_label(words, exposure)),
            Cell(through, float(len(doors)), hint=", ".join(doors)),
            Cell(measure.money(part), part, key),
            Cell(measure.percent(part), part, key),
        ),
    )
