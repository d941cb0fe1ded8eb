"""Data & method: can I trust these numbers?"""

from dataclasses import dataclass

from levcheck.app.analysis import AnalysedPosition, Analysis
from levcheck.i18n.words import UNKNOWN, Words
from levcheck.presenting.chart_views import CoveragePart, CoverageView, Grade
from levcheck.presenting.diagnostics_list import NoticeView, notices, reason_text
from levcheck.presenting.figures import Cell, Column, Row, TableView, Tone, What, number_key
from levcheck.presenting.measure import Measure
from levcheck.presenting.names import MATCH_NAMES, badge_door, badge_text, full_name
from levcheck.presenting.verdict import age_sentence, coverage_sentence, footer_sentence


@dataclass(frozen=True, slots=True)
class DataView:
    """Everything the Data & method screen shows.

    Attributes:
        headline: how much of the money is understood.
        age: how old the lists are.
        chart: the money by how well it is understood.
        table: each line with the source and date of what is known about it.
        method: how the numbers are made, in plain sentences.
        stamp: version, method and library used.
        notices: what else there is to know.
        gap: what is in no number.
        footer: what this page is.
    """

    headline: str
    age: str
    chart: CoverageView
    table: TableView
    method: tuple[str, ...]
    stamp: str
    notices: tuple[NoticeView, ...]
    gap: str
    footer: str


def data_view(analysis: Analysis, words: Words) -> DataView:
    """Return the screen for an analysis."""
    return DataView(
        headline=_headline(analysis, words),
        age=age_sentence(words, analysis),
        chart=coverage_chart(analysis, words),
        table=_table(analysis, words),
        method=_method(words),
        stamp=_stamp(analysis, words),
        notices=notices(words, analysis.diagnostics),
        gap=coverage_sentence(words, analysis),
        footer=footer_sentence(words),
    )


def _headline(analysis: Analysis, words: Words) -> str:
    if not analysis.positions:
        return words.text("There is nothing here yet. Open a list of holdings to begin.")
    coverage = analysis.coverage
    return words.text(
        "We know what {known} of your money is, and see through {seen} of it.",
        known=words.percent(coverage.known_share),
        seen=words.percent(coverage.looked_through_share),
    )


def coverage_chart(analysis: Analysis, words: Words) -> CoverageView:
    """Return the money by how well it is understood; the parts are shares of all money with a value."""
    coverage = analysis.coverage
    seen = coverage.looked_through_share
    partly = max(coverage.known_share - seen, 0.0)
    unknown = max(1.0 - max(coverage.known_share, seen), 0.0)
    parts = [
        CoveragePart(
            key=number_key(What.COVERAGE),
            label=label,
            share=share,
            text=words.percent(share),
            grade=grade,
        )
        for label, share, grade in (
            (words.text("seen through"), seen, Grade.FULL),
            (words.text("known, not seen through"), partly, Grade.PARTIAL),
            (words.text("not known"), unknown, Grade.UNKNOWN),
        )
        if share > 0.0005 and analysis.positions
    ]
    return CoverageView(
        title=words.text("How much of the money we understand"),
        summary=_headline(analysis, words),
        empty_text=words.text("No money to understand yet."),
        parts=tuple(parts),
    )


def _table(analysis: Analysis, words: Words) -> TableView:
    ordered = sorted(analysis.positions, key=lambda line: -abs(line.market_value or 0.0))
    return TableView(
        words.text("What is known about each line, and from where"),
        (
            Column("line", words.text("Holding")),
            Column("name", words.text("Taken for"), stretch=True),
            Column("match", words.text("Recognised")),
            Column("kind", words.text("Kind")),
            Column("value", words.text("Share"), numeric=True),
            Column("seen", words.text("Seen through"), numeric=True),
            Column("source", words.text("Source")),
            Column("as_of", words.text("As of")),
        ),
        tuple(_row(analysis, words, line) for line in ordered),
        empty=words.text("No holdings yet."),
    )


def _row(analysis: Analysis, words: Words, line: AnalysedPosition) -> Row:
    measure = Measure(analysis, words)
    source, as_of = _source(words, line)
    match = line.match_reason or ("cash" if line.cash is not None else None)
    recognised = (
        words.text(MATCH_NAMES.get(match, match.replace("_", " ")))
        if match
        else words.text("not yet")
    )
    key = number_key(What.POSITION_VALUE, line.id)
    taken_for = full_name(line) if line.status != "left_out" else reason_text(words, analysis, line)
    return Row(
        line.id,
        (
            Cell(line.label),
            Cell(
                taken_for,
                hint=taken_for,
                tone=Tone.WARNING if line.status == "left_out" else Tone.PLAIN,
            ),
            Cell(recognised),
            Cell(badge_text(words, line), wrapper=badge_door(line)),
            Cell(measure.percent(line.market_value), line.market_value, key),
            Cell(words.percent(line.looked_through_share), line.looked_through_share),
            Cell(source, hint=source),
            Cell(as_of),
        ),
    )


def _source(words: Words, line: AnalysedPosition) -> tuple[str, str]:
    """Return (who says so, ISO date) of what decides this line most."""
    if line.holdings is not None:
        own = line.holdings.overridden
        title = words.text("your own table") if own else line.holdings.source.title
        return title, line.holdings.as_of
    if line.instrument is not None:
        own = line.instrument.overridden
        title = words.text("your own table") if own else line.instrument.source.title
        return title, line.instrument.source.as_of or UNKNOWN
    if line.cash is not None:
        return words.text("your file"), UNKNOWN
    return UNKNOWN, UNKNOWN


def _method(words: Words) -> tuple[str, ...]:
    return (
        words.text(
            "Each line is looked up in the bundled library. What we cannot find is left out, and we say so."
        ),
        words.text(
            "Funds are opened down to what they hold. What a list does not name stays in the fund."
        ),
        words.text("A fund with a daily multiple counts at its value times that multiple."),
        words.text(
            "In a scenario, a fund that resets daily is followed day by day. Its fee, financing and hidden drag count."
        ),
        words.text("A long holding cannot lose more than its value."),
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
