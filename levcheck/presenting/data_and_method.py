"""Data & method: can I trust these numbers?"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from levcheck.app.analysis import AnalysedPosition, Analysis
from levcheck.app.understanding import MoneyPart, coverage_parts, lacks_list, list_ages
from levcheck.domain.instrument import Kind
from levcheck.domain.provenance import Freshness, age_in_days, freshness
from levcheck.i18n.words import UNKNOWN, Words
from levcheck.presenting.chart_views import CoveragePart, CoverageView, Grade
from levcheck.presenting.diagnostics_list import NoticeView, notice, notices, reason_text
from levcheck.presenting.figures import Cell, Column, Row, TableView, Tone, What, number_key
from levcheck.presenting.measure import Measure
from levcheck.presenting.names import (
    KIND_NAMES,
    MATCH_NAMES,
    badge_door,
    badge_text,
    full_name,
)
from levcheck.presenting.verdict import (
    age_sentence,
    coverage_sentence,
    footer_sentence,
    unvalued_headline,
)
from levcheck.reference.issuer_pages import issuer_page

if TYPE_CHECKING:
    from levcheck.reference.user_library import Added

UNDATED_DAYS = 365
_YEAR_DAYS = 365
"""What an undated fact counts for: it may well be a year old."""


@dataclass(frozen=True, slots=True)
class MethodPart:
    """One step of the method: a sentence, and one click deeper its formula with its source."""

    sentence: str
    formula: str
    source: str


@dataclass(frozen=True, slots=True)
class RowFilter:
    """A choice of rows: what it is called and the ids of the rows it leaves."""

    id: str
    label: str
    rows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KnownFacts:
    """What a person may change about a held instrument.

    Attributes:
        row: id of the line.
        instrument: id of the instrument.
        title: ticker and name.
        kind: what it is; None = not known.
        multiple: signed daily multiple; None = not known.
        underlying: id of what it rides on; "" = nothing.
        expense_ratio: fraction a year; None = not known.
        is_own: whether the user set or added something about it.
        said: who says what is used now, with its date.
        page: address of the issuer's list; "" where none is known.
    """

    row: str
    instrument: str
    title: str
    kind: Kind | None
    multiple: float | None
    underlying: str
    expense_ratio: float | None
    is_own: bool
    said: str
    page: str


@dataclass(frozen=True, slots=True)
class DataView:
    """Everything the Data & method screen shows.

    Attributes:
        headline: how much of the money is understood.
        age: how old the lists are.
        chart: the money by how well it is understood.
        ages: the money in funds by the age of their lists.
        ordered: what stands first in the table, and the day ages are counted to.
        table: each line with the source and date of what is known about it, what matters most first.
        filters: choices of rows, the first one of all.
        facts: what can be changed, per line that is known.
        kinds: kinds to choose from, with their names.
        method: how the numbers are made, step by step.
        stamp: version, method and library used.
        notices: what else there is to know.
        gap: what is in no number.
        footer: what this page is.
        headline_key: the number the sentence on top is about.
        terms: what the words of the headline and the chart mean; "" when there is nothing.
    """

    headline: str
    age: str
    chart: CoverageView
    ages: CoverageView
    ordered: str
    table: TableView
    filters: tuple[RowFilter, ...]
    facts: tuple[KnownFacts, ...]
    kinds: tuple[tuple[Kind, str], ...]
    method: tuple[MethodPart, ...]
    stamp: str
    notices: tuple[NoticeView, ...]
    gap: str
    footer: str
    headline_key: str | None = None
    terms: str = ""


def data_view(analysis: Analysis, words: Words, today: date | None = None) -> DataView:
    """Return the screen for an analysis.

    Args:
        analysis: what is known.
        words: language, and whether amounts are hidden.
        today: the day ages are counted to; the computer's own when None.
    """
    day = today or date.today()  # noqa: DTZ011  # the user's own day
    return DataView(
        headline_key=number_key(What.COVERAGE) if analysis.positions else None,
        headline=_headline(analysis, words),
        age=age_sentence(words, analysis),
        chart=coverage_chart(analysis, words),
        ages=_age_chart(analysis, words, day),
        ordered=words.text(
            "What affects your result most comes first. Ages are counted to today, {day}.",
            day=words.day(day.isoformat()),
        ),
        table=_table(analysis, words, day),
        filters=_filters(analysis, words, day),
        facts=tuple(
            _facts(words, line) for line in analysis.positions if line.instrument is not None
        ),
        kinds=_kinds(words),
        method=_method(words),
        stamp=_stamp(analysis, words),
        notices=notices(words, analysis.diagnostics),
        gap=coverage_sentence(words, analysis),
        footer=footer_sentence(words),
        terms=_terms(words) if analysis.positions else "",
    )


def _terms(words: Words) -> str:
    told = (
        "Seen through: we know what it ends up in, such as one company.",
        "A stand-in is a list of something alike, where a fund has none.",
    )
    return " ".join(words.text(sentence) for sentence in told)


def added_notices(added: "Added", words: Words) -> tuple[NoticeView, ...]:
    """Return what became of files added to the library: fund, day, rows and the sum of the weights."""
    told = []
    for one in added.datasets:
        if one.fund is None:
            text = words.text("{file} is in your library now.", file=one.file)
            detail = words.count("{n} row was read.", "{n} rows were read.", one.rows)
        else:
            text = words.text(
                "The list of {fund} from {day} is in your library now.",
                fund=one.fund,
                day=one.as_of,
            )
            detail = words.count(
                "{n} holding, weights add up to {share}.",
                "{n} holdings, weights add up to {share}.",
                one.rows,
                share=words.percent(one.weight_sum, digits=1),
            )
        told.append(NoticeView(text, detail, "", "", Tone.SUCCESS))
    return (*told, *(notice(words, item) for item in added.diagnostics))


def _headline(analysis: Analysis, words: Words) -> str:
    if not analysis.positions:
        return words.text("There is nothing here yet. Open a list of holdings to begin.")
    coverage = analysis.coverage
    return unvalued_headline(words, analysis) or words.text(
        "We know what {known} of your money is, and see through {seen} of it.",
        known=words.percent(coverage.known_share),
        seen=words.percent(coverage.looked_through_share),
    )


def coverage_chart(analysis: Analysis, words: Words) -> CoverageView:
    """Return the money by how well it is understood; the parts are shares of all money with a value."""
    looks = {
        "own": (words.text("seen through, own list"), Grade.FULL),
        "stand_in": (words.text("seen through, stand-in"), Grade.STAND_IN),
        "known": (words.text("known, not seen through"), Grade.PARTIAL),
        "unknown": (words.text("not known"), Grade.UNKNOWN),
    }
    parts = coverage_parts(analysis)
    keys = {part.id: number_key(What.COVERAGE_PART, part.id) for part in parts}
    return CoverageView(
        title=words.text("How much of the money we understand"),
        summary=_headline(analysis, words),
        empty_text=words.text("No money to understand yet."),
        parts=() if analysis.is_unvalued else _parts(words, parts, looks, keys),
    )


def _parts(
    words: Words,
    parts: Sequence[MoneyPart],
    looks: Mapping[str, tuple[str, Grade]],
    keys: Mapping[str, str],
) -> tuple[CoveragePart, ...]:
    whole = math.fsum(part.money for part in parts)
    shares = {part.id: part.money / whole if whole else 0.0 for part in parts}
    return tuple(
        CoveragePart(
            key=keys[name],
            label=label,
            share=shares[name],
            text=words.percent(shares[name]),
            grade=grade,
        )
        for name, (label, grade) in looks.items()
        if shares[name] > 0.0005
    )


def _age_chart(analysis: Analysis, words: Words, today: date) -> CoverageView:
    """Return the money in funds that need a list by the age of that list; shares of this money."""
    looks = {
        Freshness.FRESH.value: (words.text("list up to 7 days old"), Grade.FULL),
        Freshness.AGEING.value: (words.text("list up to 45 days old"), Grade.PARTIAL),
        Freshness.STALE.value: (words.text("list over 45 days old"), Grade.UNKNOWN),
        Freshness.UNDATED.value: (words.text("undated list"), Grade.STAND_IN),
        "none": (words.text("no list"), Grade.NOT_ASKED),
    }
    ages = list_ages(analysis, today)
    keys = {part.id: number_key(What.LIST_AGE, part.id, today.isoformat()) for part in ages}
    parts = _parts(words, ages, looks, keys)
    stale = next((part.text for part in parts if part.grade is Grade.UNKNOWN), words.percent(0.0))
    return CoverageView(
        title=words.text("How old the fund lists are"),
        summary=words.text(
            "{share} of the money in funds has a list over 45 days old.", share=stale
        ),
        empty_text=words.text("No fund list was needed."),
        parts=parts,
    )


# --- the table -------------------------------------------------------------------------------------------


def _age_days(line: AnalysedPosition, today: date) -> int:
    """Return how old the fact is that decides a line most; an undated one counts as a year."""
    day = line.holdings.as_of if line.holdings is not None else None
    if day is None and line.instrument is not None:
        day = line.instrument.source.as_of
    try:
        return max((today - date.fromisoformat((day or "")[:10])).days, 1)
    except ValueError:
        return UNDATED_DAYS


def _weight(line: AnalysedPosition, today: date) -> tuple[float, float, float]:
    """Return what a line is ranked by: value × part not seen through × age; then value × age; then value.

    A line whose value is not known comes first: how much it matters cannot be told.
    """
    if line.cash is not None:
        return 0.0, 0.0, abs(line.market_value or 0.0)
    if line.market_value is None:
        return float("inf"), 0.0, 0.0
    value, age = abs(line.market_value), _age_days(line, today)
    return value * _not_seen(line) * age, value * age, value


def _not_seen(line: AnalysedPosition) -> float:
    return 1.0 - (line.looked_through_share or 0.0)


def _ordered(analysis: Analysis, today: date) -> list[AnalysedPosition]:
    return sorted(analysis.positions, key=lambda line: _weight(line, today), reverse=True)


def _filters(analysis: Analysis, words: Words, today: date) -> tuple[RowFilter, ...]:
    lines = _ordered(analysis, today)
    old = {Freshness.STALE, Freshness.UNDATED}
    choices = (
        ("all", "All lines", lines),
        ("matters", "Affects my result most", _what_matters(lines, today)),
        (
            "old",
            "Older or undated lists",
            [
                one
                for one in lines
                if one.holdings is not None and freshness(one.holdings.as_of or None, today) in old
            ],
        ),
        ("unseen", "Not fully seen through", [one for one in lines if _not_seen(one) > 0.005]),
        ("own", "Set by you", [one for one in lines if _is_own(one)]),
    )
    return tuple(
        RowFilter(key, words.text(label), tuple(line.id for line in kept))
        for key, label, kept in choices
    )


def _what_matters(lines: list[AnalysedPosition], today: date) -> list[AnalysedPosition]:
    """Return the first lines that together make nine tenths of what is uncertain."""
    weights = [_weight(line, today)[0] for line in lines]
    finite = sum(weight for weight in weights if weight != float("inf"))
    kept, reached = [], 0.0
    for line, weight in zip(lines, weights, strict=True):
        if weight == float("inf"):
            kept.append(line)
        elif weight > 0 and reached < 0.9 * finite:
            kept.append(line)
            reached += weight
    return kept


def _table(analysis: Analysis, words: Words, today: date) -> TableView:
    has_own = any(_is_own(line) for line in analysis.positions)
    return TableView(
        words.text("What is known about each line: what affects your result most comes first"),
        (
            Column("line", words.text("Holding")),
            Column("name", words.text("Taken for"), stretch=True),
            Column("kind", words.text("Kind"), spare=2),
            Column("value", words.text("Share"), numeric=True),
            Column("seen", words.text("Seen through"), numeric=True),
            Column("coverage", words.text("List and age")),
            Column("as_of", words.text("Source as of"), numeric=True, spare=1),
            Column("source", words.text("Source"), spare=3),
            *((Column("set_by", words.text("Set by")),) if has_own else ()),
        ),
        tuple(
            _row(analysis, words, line, today, has_own=has_own)
            for line in _ordered(analysis, today)
        ),
        empty=words.text("No holdings yet."),
    )


def _row(
    analysis: Analysis, words: Words, line: AnalysedPosition, today: date, *, has_own: bool
) -> Row:
    measure = Measure(analysis, words)
    source, as_of = _source(words, line)
    key = number_key(What.POSITION_VALUE, line.id)
    is_left_out = line.status == "left_out"
    taken_for = reason_text(words, analysis, line) if is_left_out else full_name(line)
    who = words.text("you") if _is_own(line) else "levcheck" if line.instrument else UNKNOWN
    return Row(
        line.id,
        (
            Cell(line.label),
            Cell(
                taken_for,
                hint=f"{taken_for}\n{_recognised(words, line)}",
                tone=Tone.WARNING if is_left_out else Tone.PLAIN,
            ),
            Cell(badge_text(words, line), wrapper=badge_door(line)),
            Cell(measure.percent(line.market_value), line.market_value, key),
            Cell(
                words.percent(line.looked_through_share),
                line.looked_through_share,
                number_key(What.SEEN, line.id),
            ),
            _list_cell(words, line, today),
            Cell(as_of, key=number_key(What.SEEN, line.id)),
            Cell(source, hint=f"{source}\n{_why(words, line)}".strip()),
            *((Cell(who),) if has_own else ()),
        ),
    )


def _recognised(words: Words, line: AnalysedPosition) -> str:
    match = line.match_reason or ("cash" if line.cash is not None else None)
    if match is None:
        return words.text("not recognised yet")
    how = words.text(MATCH_NAMES.get(match, match.replace("_", " ")))
    return words.text("recognised {how}", how=how)


def _list_cell(words: Words, line: AnalysedPosition, today: date) -> Cell:
    """Return what kind of list a line is seen through with, and how many days old it is."""
    if line.holdings is None:
        return Cell(words.text("no list"), tone=Tone.WARNING) if lacks_list(line) else Cell("–")
    kind = words.text("full") if line.holdings.coverage == "full" else words.text("partial")
    if line.holdings.stand_in:
        kind = words.text("stand-in")
    days = age_in_days(line.holdings.as_of, today)
    is_old = days is None or days > _YEAR_DAYS
    old = words.text("undated") if days is None else words.count("{n} day", "{n} days", days)
    text = f"{kind}, {old}"
    return Cell(text, hint=text, tone=Tone.WARNING if is_old else Tone.PLAIN)


def _is_own(line: AnalysedPosition) -> bool:
    listed = line.holdings is not None and line.holdings.overridden
    return listed or (line.instrument is not None and line.instrument.overridden)


def _source(words: Words, line: AnalysedPosition) -> tuple[str, str]:
    """Return (who says so, ISO date) of what decides this line most."""
    one = line.instrument
    if one is not None and one.overridden:
        return one.source.title or words.text("your own table"), one.source.as_of or UNKNOWN
    if line.holdings is not None:
        title = line.holdings.source.title
        if line.holdings.overridden:
            title = words.text("your own list: {source}", source=title)
        return title, line.holdings.as_of
    if one is not None:
        return one.source.title, one.source.as_of or UNKNOWN
    if line.cash is not None:
        return words.text("your file"), UNKNOWN
    return UNKNOWN, UNKNOWN


def _why(words: Words, line: AnalysedPosition) -> str:
    """Return why this source counts and no other."""
    if line.holdings is None:
        return ""
    if line.holdings.overridden:
        return words.text(
            "What you add counts before what came with levcheck; the fullest, then the newest list."
        )
    if line.holdings.stand_in:
        return words.text("No list of its own is known; that of something like it stands in.")
    return words.text("The fullest list that came with levcheck, then the newest.")


def _facts(words: Words, line: AnalysedPosition) -> KnownFacts:
    one = line.instrument
    if one is None:
        raise ValueError(line.id)
    source, as_of = _source(words, line)
    return KnownFacts(
        row=line.id,
        instrument=one.id,
        title=f"{one.symbol} · {one.name}",
        kind=one.kind,
        multiple=one.daily_leverage_factor,
        underlying=one.underlying or "",
        expense_ratio=one.expense_ratio,
        is_own=_is_own(line),
        said=f"{source} · {as_of}",
        page=issuer_page(one) or "",
    )


def _kinds(words: Words) -> tuple[tuple[Kind, str], ...]:
    """Return the kinds a line can be; where two share a name the first stands for both."""
    seen: dict[str, Kind] = {}
    for kind, name in KIND_NAMES.items():
        seen.setdefault(name, kind)
    named = [(kind, words.text(name)) for name, kind in seen.items()]
    return tuple(sorted(named, key=lambda pair: pair[1].casefold()))


# --- the method ------------------------------------------------------------------------------------------

_METHOD = (
    (
        "Each line is looked up in the bundled library. What we cannot find is left out, and we say so.",
        "known share = |value| of recognised lines ÷ |value| of all lines",
        "own definition",
    ),
    (
        "Funds are opened down to what they hold. What a list does not name stays in the fund.",
        "exposure = value × w₁ × w₂ × … along each chain of lists; the rest, 1 − Σw, stays in the fund",
        "own definition; lists with their dates in the table above",
    ),
    (
        "A fund with a daily multiple counts at its value times that multiple.",
        "exposure = value × multiple",
        "gross method of Regulation (EU) 231/2013, Article 7",
    ),
    (
        "In a scenario, a fund that resets daily is followed day by day. Its fee, its borrowing and its other costs count.",
        "1 + R = Π (1 + L × rₜ − (L − 1) × borrowing − fee − other costs)",
        "Cheng and Madhavan (2009), The Dynamics of Leveraged and Inverse ETFs",
    ),
    (
        "To keep its multiple, such a fund must trade at the close in the direction of the move.",
        "forced trade = L × (L − 1) × move × assets",
        "Cheng and Madhavan (2009)",
    ),
    (
        "A long holding cannot lose more than its value.",
        "loss = min(value, −change of value)",
        "limited liability of a paid-up share",
    ),
)


def _method(words: Words) -> tuple[MethodPart, ...]:
    return tuple(
        MethodPart(words.text(sentence), words.text(formula), words.text(source))
        for sentence, formula, source in _METHOD
    )


def _stamp(analysis: Analysis, words: Words) -> str:
    overlays = ", ".join(analysis.library.overlays)
    text = words.text(
        "levcheck {version} · method {method} · library of {day}",
        version=analysis.version,
        method=words.number(analysis.method),
        day=analysis.library.snapshot,
    )
    return f"{text} + {overlays}" if overlays else text
