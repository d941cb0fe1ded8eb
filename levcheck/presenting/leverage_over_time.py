"""Leverage over time: what do daily-reset funds do to my money?"""

from dataclasses import dataclass

from levcheck.app.analysis import Analysis, DailyResetFacts
from levcheck.i18n.explanation_sentences import BASIS_NAMES
from levcheck.i18n.words import Words
from levcheck.presenting.chart_views import BarRow, BarsView, Ink, make_axis
from levcheck.presenting.figures import Cell, Column, Row, TableView, What, number_key, tone_of
from levcheck.presenting.forced_flows import flow_sentence, flows_table
from levcheck.presenting.leverage_paths import FundChoice, costliest_first, fund_choices
from levcheck.presenting.names import full_name, line_label
from levcheck.presenting.verdict import coverage_sentence, footer_sentence

PLAIN_PAIR = -0.01
"""What −10 % and then +10 % leave of an unmultiplied holding, as a return: the yardstick of the chart."""


@dataclass(frozen=True, slots=True)
class LeverageView:
    """Everything the Leverage over time screen shows.

    Attributes:
        headline: what one zigzag costs the fund that swings cost most.
        limits: what regulators and the method say; stands above the chart.
        chart: result of −10 % and then +10 %, per fund.
        table: multiple, cost and forced trade of each fund.
        forced: the forced trade in words; "" without such funds.
        gap: what is in no number.
        footer: what this page is.
        funds: the funds whose course can be followed.
        flows: what all known funds on each root must trade.
        flows_second: the same with what the trading itself adds; None where no turnover is known.
        flow: the largest of these in words; "" without one.
        headline_key: the number the sentence on top is about.
        nothing_yet: what will be here once such a fund is held; "" when one is.
        held: how many such funds are held; "" without one.
    """

    headline: str
    limits: str
    chart: BarsView
    table: TableView
    forced: str
    gap: str
    footer: str
    funds: tuple[FundChoice, ...] = ()
    flows: TableView | None = None
    flows_second: TableView | None = None
    flow: str = ""
    headline_key: str | None = None
    nothing_yet: str = ""
    held: str = ""


def leverage_view(analysis: Analysis, words: Words) -> LeverageView:
    """Return the screen for the daily-reset funds of a portfolio."""
    facts, ordered = analysis.daily_reset, costliest_first(analysis)
    return LeverageView(
        headline=_headline(analysis, words, ordered),
        held=words.count(
            "You hold {n} fund that resets every day.",
            "You hold {n} funds that reset every day.",
            len(facts),
        )
        if facts
        else "",
        limits=_limits(words) if facts else "",
        chart=_chart(analysis, words, ordered),
        table=_table(analysis, words, facts),
        forced=_forced(analysis, words, facts),
        gap=coverage_sentence(words, analysis),
        footer=footer_sentence(words),
        funds=fund_choices(analysis, words),
        flows=flows_table(analysis, words),
        flows_second=flows_table(analysis, words, second_round=True)
        if any(flow.mechanical for flow in analysis.forced_flows)
        else None,
        flow=flow_sentence(analysis, words),
        headline_key=number_key(What.DAILY_RESET, ordered[0].position) if ordered else None,
        nothing_yet=""
        if facts
        else words.text(
            "Once your list has a fund that resets every day, what time does to it stands here."
        ),
    )


def _headline(analysis: Analysis, words: Words, ordered: list[DailyResetFacts]) -> str:
    if not ordered:
        return words.text("You hold no fund that resets every day.")
    worst = ordered[0]
    return words.text(
        "A fall of 10%, then a rise of 10%, costs {fund} {loss}, not 1%.",
        fund=line_label(analysis, worst.position),
        loss=words.percent(abs(worst.pair_move), digits=0),
    )


def _limits(words: Words) -> str:
    return words.text(
        "Regulators in the US say that such funds are made for a single day (FINRA Notice 09-31)."
    )


def _chart(analysis: Analysis, words: Words, ordered: list[DailyResetFacts]) -> BarsView:
    title = words.text("What is left after −10% and then +10%")
    empty = words.text("No fund in this list resets every day.")

    def tick(value: float) -> str:
        return words.percent(value, digits=0)

    if not ordered:
        return BarsView(
            title=title, summary=empty, empty_text=empty, rows=(), axis=make_axis([], tick)
        )
    rows = [
        BarRow(
            key=number_key(What.DAILY_RESET, fact.position),
            label=line_label(analysis, fact.position),
            value=fact.pair_move,
            text=words.percent(fact.pair_move, digits=0),
            ink=Ink.LOSS if fact.pair_move < 0 else Ink.GAIN,
            note=words.multiple(fact.daily_leverage_factor),
        )
        for fact in ordered
    ]
    rows.append(
        BarRow(
            key=number_key(What.PLAIN_PAIR),
            label=words.text("A plain holding"),
            value=PLAIN_PAIR,
            text=words.percent(PLAIN_PAIR, digits=0),
            ink=Ink.NEUTRAL,
            note=words.multiple(1.0),
        )
    )
    return BarsView(
        title=title,
        summary=words.text(
            "{line} loses {loss}; a plain holding loses 1%.",
            line=rows[0].label,
            loss=words.percent(abs(ordered[0].pair_move), digits=0),
        ),
        empty_text=empty,
        rows=tuple(rows),
        axis=make_axis([row.value for row in rows], tick),
    )


def _table(analysis: Analysis, words: Words, facts: tuple[DailyResetFacts, ...]) -> TableView:
    return TableView(
        words.text("Funds that reset every day: what each costs a year, and what it must trade"),
        (
            Column("line", words.text("Fund"), stretch=True),
            Column("multiple", words.text("Multiple"), numeric=True),
            Column("pair", words.text("−10%, +10%"), numeric=True),
            Column("fee", words.text("Fee"), numeric=True, spare=5),
            Column(
                "financing",
                words.text("Borrowing"),
                numeric=True,
                spare=4,
                hint=words.text("What borrowing costs a year, at the overnight rate."),
            ),
            Column(
                "drag",
                words.text("Other costs"),
                numeric=True,
                spare=3,
                hint=words.text(
                    "What such funds lose a year beyond fee and borrowing, as measured over their class."
                ),
            ),
            Column(
                "decay",
                words.text("Choppy year"),
                numeric=True,
                spare=2,
                hint=words.text(
                    "What a year of the underlying\u2019s usual swings costs when it ends where it began."
                ),
            ),
            Column(
                "even",
                words.text("Breaks even at"),
                numeric=True,
                spare=1,
                hint=words.text(
                    "How far the underlying has to rise in a year before the fund returns anything."
                ),
            ),
            Column(
                "trade",
                words.text("Must trade at −13%"),
                numeric=True,
                hint=words.text(
                    "Share of its own assets the fund must trade by the close after a fall of 13%."
                ),
            ),
        ),
        tuple(_row(analysis, words, fact) for fact in facts),
        empty=words.text("No fund in this list resets every day."),
    )


def _row(analysis: Analysis, words: Words, fact: DailyResetFacts) -> Row:
    line = analysis.position(fact.position)
    key = number_key(What.DAILY_RESET, fact.position)
    trade = fact.forced_trade
    flat_year = None if fact.volatility_decay is None else -fact.volatility_decay
    amount = words.money(abs(trade.amount), "USD") if trade.amount is not None else ""
    sold = words.percent(-trade.share_of_assets)
    return Row(
        key,
        (
            Cell(line.label, hint=full_name(line)),
            Cell(words.multiple(fact.daily_leverage_factor), fact.daily_leverage_factor, key),
            Cell(
                words.percent(fact.pair_move, digits=0),
                fact.pair_move,
                key,
                tone_of(fact.pair_move),
            ),
            Cell(words.percent(fact.expense_ratio, digits=2), fact.expense_ratio, key),
            Cell(words.percent(fact.financing, digits=2), fact.financing, key),
            Cell(
                words.percent(fact.hidden_drag),
                fact.hidden_drag,
                key,
                hint=words.text(BASIS_NAMES.get(fact.hidden_drag_basis, fact.hidden_drag_basis)),
            ),
            Cell(words.percent(flat_year), flat_year, key, tone_of(flat_year)),
            Cell(words.percent(fact.break_even_move, signed=True), fact.break_even_move, key),
            Cell(f"{sold} ({amount})" if amount else sold, -trade.share_of_assets, key),
        ),
    )


def _forced(analysis: Analysis, words: Words, facts: tuple[DailyResetFacts, ...]) -> str:
    if not facts:
        return ""
    fact = max(facts, key=lambda f: abs(f.forced_trade.share_of_assets))
    return words.text(
        "To stay at {multiple}, {fund} must trade {share} of its assets by the close after a fall of {move}.",
        multiple=words.multiple(fact.daily_leverage_factor),
        fund=line_label(analysis, fact.position),
        share=words.percent(abs(fact.forced_trade.share_of_assets)),
        move=words.percent(abs(fact.forced_trade.move)),
    )
