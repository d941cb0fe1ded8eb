"""Page one: what an adviser hands over and an investor keeps, as values ready to be painted.

The page is made of the same views the screens show, so that paper and screen cannot disagree.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

from levcheck.app.analysis import Analysis, DailyResetFacts, StressResult, ThemeExposure
from levcheck.app.result_hash import result_hash
from levcheck.i18n.words import UNKNOWN, Words
from levcheck.presenting.accounts import filter_mark, filter_sentence
from levcheck.presenting.borrowing import margin_assumption
from levcheck.presenting.chart_views import DumbbellView, WaterfallView
from levcheck.presenting.figures import Tone, tone_of
from levcheck.presenting.measure import Measure
from levcheck.presenting.overview import families_chart, overview_headline
from levcheck.presenting.stress import holdings_waterfall, limits_sentence, range_sentence
from levcheck.presenting.verdict import (
    age_sentence,
    coverage_sentence,
    uncounted_sentence,
    unvalued_sentence,
)
from levcheck.reporting.branding import LONGEST_FIRM_TEXT, Branding

PAPERS = ("A4", "Letter")
DOORS_ROWS = 5
RESET_ROWS = 4


@dataclass(frozen=True, slots=True)
class PageFigure:
    """One of the large figures in the head.

    Attributes:
        label: what it is.
        text: the figure.
        note: a few words beside it; "" = none.
        tone: role.
    """

    label: str
    text: str
    note: str = ""
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class PageTable:
    """A small table.

    Attributes:
        title: heading.
        headers: column headings; the first column is text, the others are figures.
        rows: texts as printed.
        note: a line under it ("3 more in levcheck"); "" = none.
        empty: what to say when there is no row.
        notes: the line under it for each number of rows shown, from none to all.
    """

    title: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""
    empty: str = ""
    notes: tuple[str, ...] = ()

    def cut(self, most: int) -> "PageTable":
        """Return it with fewer rows, and the line under it that then is true."""
        if most >= len(self.rows) or most >= len(self.notes):
            return self
        return replace(self, rows=self.rows[:most], note=self.notes[most])


@dataclass(frozen=True, slots=True)
class Page:
    """Everything on page one, already worded.

    Attributes:
        paper: ``A4`` or ``Letter``.
        language: language of the texts.
        name: product and title.
        client: who it is for; "" = nobody named.
        dates: when it was printed and how old the holdings are.
        printed: day of printing.
        headline: the verdict.
        figures: money, effect, loss.
        limits: what the page can and cannot tell; stands above the charts.
        exposure_title: heading of the left chart.
        exposure: the left chart.
        loss_title: heading of the right chart.
        loss: the right chart; None when no scenario was run.
        loss_range: the range in words.
        doors: same bet, several doors.
        resets: daily-reset funds held.
        assumptions: how we got here.
        missing: what is in no number.
        disclosure: plain closing text.
        footer: version, method, library, hashes.
        page_label: "page {page} of {pages}", to be filled in when all pages are laid out.
        branding: whose report it is.
        mark: which accounts it is about alone; stands on every sheet; "" = all.
        contents: names the list of links to the further pages.
        day: the one date that stands on the further sheets: shown, else printed.
    """

    paper: str
    language: str
    name: str
    client: str
    dates: str
    printed: date
    headline: str
    figures: tuple[PageFigure, ...]
    limits: tuple[str, ...]
    exposure_title: str
    exposure: DumbbellView
    loss_title: str
    loss: WaterfallView | None
    loss_range: str
    doors: PageTable
    resets: PageTable
    assumptions: tuple[str, ...]
    missing: str
    disclosure: tuple[str, ...]
    footer: str
    page_label: str = "{page} / {pages}"
    branding: Branding = field(default_factory=Branding)
    mark: str = ""
    day: str = ""
    contents: str = "Contents"


@dataclass(frozen=True, slots=True)
class PageOptions:
    """What the reader may choose.

    Attributes:
        paper: ``A4`` or ``Letter``.
        scenario: id of the scenario on the page; None = the one that costs most.
        client: name printed in the head; "" = none.
        firm_text: the firm's own closing text, cut at 400 characters; that of the branding when "".
        printed: day of printing; None = today. A fixed day gives the same bytes again.
        shown_on: day it is shown to the client; None = not told.
        branding: whose report it is.
    """

    paper: str = "A4"
    scenario: str | None = None
    client: str = ""
    firm_text: str = ""
    printed: date | None = None
    shown_on: date | None = None
    branding: Branding = field(default_factory=Branding)


def page_one(analysis: Analysis, words: Words, options: PageOptions) -> Page:
    """Return page one of the report.

    Args:
        analysis: the result.
        words: language and whether amounts are hidden.
        options: paper, scenario, client, date.
    """
    # Where nothing is counted, there is nothing a scenario could take: its figures would be zeros that nobody knows.
    uncounted = analysis.is_uncounted
    result = None if uncounted else shown_result(analysis, options.scenario)
    printed = options.printed or printing_day()
    return Page(
        paper=options.paper if options.paper in PAPERS else "A4",
        language=words.language,
        name=words.text("levcheck · Exposure and stress check"),
        client=options.client,
        dates=_dates(analysis, words, printed, options.shown_on),
        printed=printed,
        headline=overview_headline(analysis, words),
        figures=_figures(analysis, words, result),
        limits=_limits(analysis, words, result),
        exposure_title=words.text("What you really own"),
        exposure=_exposure(analysis, words),
        loss_title=_loss_title(words, result, uncounted=uncounted),
        loss=_loss(analysis, words, result),
        loss_range=range_sentence(analysis, words, result),
        doors=_doors(analysis, words),
        resets=_resets(analysis, words),
        assumptions=_assumptions(analysis, words, result),
        missing=_missing(analysis, words),
        disclosure=_disclosure(words, options.firm_text or options.branding.text),
        footer=_footer(analysis, words),
        page_label=words.text("page {page} of {pages}"),
        branding=options.branding,
        mark=filter_mark(analysis.portfolio, words),
        day=_day(words, printed, options.shown_on),
        contents=words.text("Contents"),
    )


def _limits(analysis: Analysis, words: Words, result: StressResult | None) -> tuple[str, ...]:
    texts = [filter_sentence(analysis, words)]
    # Where nothing is counted, the places of the charts say so.
    if not analysis.is_uncounted:
        texts.append(limits_sentence(analysis, words, result))
        # A share of what has a value would sound like a share of the whole list.
        is_whole = all(line.market_value is not None for line in analysis.positions)
        seen, missing = _seen_through(analysis, words), coverage_sentence(words, analysis)
        texts.append(seen if is_whole else missing)
    return tuple(filter(None, texts))


def _exposure(analysis: Analysis, words: Words) -> DumbbellView:
    view = families_chart(analysis, words)
    missing = unvalued_sentence(words, analysis, "overview")
    if not missing and not view.rows:
        # There is a list, but nothing in it that is known.
        missing = coverage_sentence(words, analysis)
    return replace(view, summary=missing, empty_text=missing) if missing else view


def _loss_title(words: Words, result: StressResult | None, *, uncounted: bool) -> str:
    if result is not None:
        return words.text(result.facts.name)
    return words.text("Losses") if uncounted else words.text("No scenario was run")


def _loss(analysis: Analysis, words: Words, result: StressResult | None) -> WaterfallView | None:
    missing = unvalued_sentence(words, analysis, "stress") or uncounted_sentence(words, analysis)
    if missing:
        view = holdings_waterfall(analysis, words, None)
        return replace(view, summary=missing, empty_text=missing)
    return holdings_waterfall(analysis, words, result) if result else None


def _day(words: Words, printed: date, shown_on: date | None) -> str:
    if shown_on is not None:
        return words.text("shown on {day}", day=words.day(shown_on.isoformat()))
    return words.text("printed {day}", day=words.day(printed.isoformat()))


def _dates(analysis: Analysis, words: Words, printed: date, shown_on: date | None) -> str:
    day, as_of = words.day(printed.isoformat()), analysis.portfolio.as_of
    dates = (
        words.text("printed {day} · holdings {as_of}", day=day, as_of=words.day(as_of))
        if as_of
        else words.text("printed {day} · day of the holdings not known", day=day)
    )
    if shown_on is None:
        return dates
    shown = words.text("shown on {day}", day=words.day(shown_on.isoformat()))
    return f"{shown} · {dates}"


def shown_result(analysis: Analysis, scenario: str | None) -> StressResult | None:
    """Return the result of the scenario asked for, else of the one that costs most within a month."""
    for result in analysis.stress:
        if result.scenario == scenario:
            return result
    short = [r for r in analysis.stress if r.horizon_days <= 23] or list(analysis.stress)
    return min(short, key=lambda r: r.pnl, default=None)


def printing_day() -> date:
    """Return today, or the day of SOURCE_DATE_EPOCH where a build has to be repeatable."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdigit():
        return datetime.fromtimestamp(int(epoch), UTC).date()
    return datetime.now().astimezone().date()


def _figures(
    analysis: Analysis, words: Words, result: StressResult | None
) -> tuple[PageFigure, ...]:
    measure = Measure(analysis, words)
    if analysis.is_uncounted:
        money = UNKNOWN if analysis.is_unvalued else measure.money(analysis.equity)
        return (
            PageFigure(words.text("Money invested"), money),
            PageFigure(words.text("In effect"), UNKNOWN),
        )
    figures = [
        PageFigure(words.text("Money invested"), measure.money(analysis.equity)),
        PageFigure(
            words.text("In effect"),
            measure.money(analysis.in_effect),
            words.multiple(round(analysis.in_effect / analysis.equity, 2))
            if analysis.equity > 0
            else "",
        ),
    ]
    if result is not None:
        figures.append(
            PageFigure(
                words.text(result.facts.name),
                measure.money(result.pnl),
                words.percent(result.share_of_equity),
                tone_of(result.pnl),
            )
        )
    return tuple(figures)


def _seen_through(analysis: Analysis, words: Words) -> str:
    return words.text(
        "We could see through {share} of the value. {age}",
        share=words.percent(analysis.coverage.looked_through_share),
        age=age_sentence(words, analysis),
    ).strip()


def _doors(analysis: Analysis, words: Words) -> PageTable:
    measure = Measure(analysis, words)
    several = [theme for theme in analysis.themes if len(theme.doors) > 1]
    rows = tuple(_door_row(theme, measure, words) for theme in several[:DOORS_ROWS])
    notes = _notes(
        len(several),
        len(rows),
        lambda more: words.count("{n} more bet in levcheck", "{n} more bets in levcheck", more),
    )
    return PageTable(
        title=words.text("Same bet, several doors"),
        headers=(
            words.text("Bet"),
            words.text("Doors"),
            words.text("As labelled"),
            words.text("In effect"),
            words.text("Share of money"),
        ),
        rows=rows,
        note=notes[-1],
        notes=notes,
        empty=words.text("No bet is held through more than one line."),
    )


def _notes(whole: int, most: int, say: Callable[[int], str]) -> tuple[str, ...]:
    """Return what stands under a table of `whole` rows when 0 to `most` of them are shown."""
    return tuple(say(whole - shown) if shown < whole else "" for shown in range(most + 1))


def _door_row(theme: ThemeExposure, measure: Measure, words: Words) -> tuple[str, ...]:
    return (
        words.text(theme.name),
        words.number(len({door.position for door in theme.doors})),
        measure.money(theme.labelled),
        measure.money(theme.net),
        words.percent(theme.share_of_equity),
    )


def _resets(analysis: Analysis, words: Words) -> PageTable:
    held = sorted(
        analysis.daily_reset,
        key=lambda facts: -abs(analysis.position(facts.position).market_value or 0.0),
    )
    rows = tuple(_reset_row(analysis, facts, words) for facts in held[:RESET_ROWS])
    notes = _notes(
        len(held),
        len(rows),
        lambda more: words.count("{n} more fund in levcheck", "{n} more funds in levcheck", more),
    )
    return PageTable(
        title=words.text(
            "Daily-reset funds you hold (made for one day; regulators warn about longer)"
        ),
        headers=(
            words.text("Fund"),
            words.text("Daily multiple"),
            words.text("After −10%, then +10%"),
            words.text("Other costs a year"),
            words.text("Must trade after a −13% day"),
        ),
        rows=rows,
        note=notes[-1],
        notes=notes,
        empty=words.text("You hold no fund that resets every day."),
    )


def _reset_row(analysis: Analysis, facts: DailyResetFacts, words: Words) -> tuple[str, ...]:
    return (
        analysis.position(facts.position).label,
        words.multiple(facts.daily_leverage_factor),
        words.percent(facts.pair_move),
        words.percent(facts.hidden_drag),
        words.text(
            "{share} of its assets", share=words.percent(facts.forced_trade.share_of_assets)
        ),
    )


def _assumptions(analysis: Analysis, words: Words, result: StressResult | None) -> tuple[str, ...]:
    lines = [
        words.text(
            "In effect is value times daily multiple times weight, through each fund we could open."
        ),
        words.text(
            "Daily-reset funds are compounded day by day, with fee, borrowing and other costs by class."
        ),
        words.text(
            "Bets may overlap; families do not. A name in two bets counts once in every total."
        ),
    ]
    if result is not None and result.facts.source:
        lines.append(words.text("Scenario: {source}", source=words.text(result.facts.source)))
    margin = margin_assumption(analysis, words)
    if margin:
        lines.append(margin)
    lines.append(
        words.text("Reference library of {day}.", day=words.day(analysis.library.snapshot))
    )
    return tuple(lines)


def _missing(analysis: Analysis, words: Words) -> str:
    gaps = analysis.coverage.left_out
    if not gaps:
        return words.text("Nothing was left out.")
    named = ", ".join(analysis.position(gap.position).label for gap in gaps[:3])
    value = sum(abs(gap.market_value or 0.0) for gap in gaps)
    whole = analysis.gross
    if any(gap.market_value is None for gap in gaps) or whole <= 0:
        return words.count(
            "Left out of every number: {n} line ({named}). Not all that is left out has a value.",
            "Left out of every number: {n} lines ({named}). Not all that is left out has a value.",
            len(gaps),
            named=named + (" …" if len(gaps) > 3 else ""),
        )
    share = words.percent(value / whole)
    return words.count(
        "Left out of every number: {n} line ({named}), {share} of the value.",
        "Left out of every number: {n} lines ({named}), {share} of the value.",
        len(gaps),
        named=named + (" …" if len(gaps) > 3 else ""),
        share=share,
    )


def _disclosure(words: Words, firm_text: str) -> tuple[str, ...]:
    plain = words.text(
        "This is arithmetic on your own list. It is not advice, and it does not predict prices. "
        "Results change with the assumptions, and with time. Other investments may behave alike or better."
    )
    own = " ".join(firm_text.split())[:LONGEST_FIRM_TEXT]
    return (plain, own) if own else (plain,)


def _footer(analysis: Analysis, words: Words) -> str:
    return words.text(
        "levcheck {version} · method {method} · library {library} · input {digest} · result {result}",
        version=analysis.version,
        method=analysis.method,
        library=analysis.library.snapshot,
        digest=(analysis.portfolio.input_sha256 or "–")[:12],
        result=result_hash(analysis)[:12],
    )
