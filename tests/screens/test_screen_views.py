"""What the screens say, without a screen."""

import re
from dataclasses import replace

import pytest

from levcheck.app.analysis import Analysis, CauseLoss, LeftOut
from levcheck.domain.portfolio import IgnoredRows, Outcome, Reading, StatedTotal
from levcheck.i18n.words import HIDDEN, Words
from levcheck.presenting.choices import Choices
from levcheck.presenting.drawer import DrawerView, drawer_view, explanation_of
from levcheck.presenting.figures import TableView, What, add_up, parse_key
from levcheck.presenting.measure import Measure
from levcheck.presenting.overlap import overlap_view
from levcheck.presenting.overview import overview_view
from levcheck.presenting.portfolio_table import portfolio_view
from levcheck.presenting.screens import ScreenViews, screen_views
from levcheck.presenting.stress import holdings_behind_half, stress_view, trial_figure
from tests.helpers.sample_analysis import empty_analysis, sample_analysis
from tests.helpers.view_texts import texts_of

WORDS = Words("en")
SCREENS = ("portfolio", "overview", "overlap", "stress", "leverage", "data")


@pytest.fixture(scope="module")
def analysis() -> Analysis:
    return sample_analysis()


@pytest.fixture(scope="module")
def views(analysis: Analysis) -> ScreenViews:
    return screen_views(analysis, WORDS)


def keys_of(view: object) -> set[str]:
    found: set[str] = set()
    if isinstance(view, tuple | list):
        for part in view:
            found |= keys_of(part)
        return found
    for name in getattr(view, "__dataclass_fields__", ()):
        value = getattr(view, name)
        if name == "key" and isinstance(value, str):
            found.add(value)
        found |= keys_of(value)
    return found


def explained_keys(view: object) -> set[str]:
    """Keys of numbers; "used" and the like choose a part of a chart and are about no number."""
    wanted = set()
    for key in keys_of(view):
        try:
            what, _ = parse_key(key)
        except ValueError:
            continue
        if what is not What.PAIR:
            wanted.add(key)
    return wanted


def cell(table: TableView, row: int, column: str) -> str:
    number = [c.id for c in table.columns].index(column)
    return table.rows[row].cells[number].text


# --- sentences ---------------------------------------------------------------------------------------------


def test_that_the_overview_says_the_verdict(views: ScreenViews) -> None:
    assert views.overview.headline == (
        "You hold 14 lines, but 53% of your money rides on one bet: AI chips."
    )


def test_that_every_screen_begins_with_a_sentence(views: ScreenViews) -> None:
    for name in SCREENS:
        headline = getattr(views, name).headline
        assert headline.endswith(".")
        assert "{" not in headline


def test_that_the_doors_are_counted_by_kind(views: ScreenViews) -> None:
    assert views.overlap.headline == (
        "You own AI chips through 6 doors: 1 direct holding, 3 funds"
        " and 2 funds that multiply each day's move."
    )


def test_that_one_door_is_not_plural(analysis: Analysis) -> None:
    assert overlap_view(analysis, WORDS, "space").headline == (
        "You own Space through one door: 1 fund that doubles each day's move."
    )


def test_that_one_line_is_not_plural(analysis: Analysis) -> None:
    lonely = replace(
        analysis,
        positions=analysis.positions[:1],
        verdict=replace(analysis.verdict, lines=1),
        coverage=replace(analysis.coverage, left_out=()),
    )
    assert "You hold 1 line" in overview_view(lonely, WORDS).headline
    assert portfolio_view(lonely, WORDS).headline == "We read 1 line, and we know what it is."
    assert overview_view(lonely, WORDS).gap == ""


def test_that_the_gap_is_told_on_every_screen(views: ScreenViews) -> None:
    for name in ("overview", "overlap", "stress", "leverage", "data"):
        assert getattr(views, name).gap.startswith(
            "We could not tell what 1 of your 14 holdings is. It counts in your money"
        )
    assert views.portfolio.headline == "We read 14 lines. 1 of them needs you."


@pytest.mark.parametrize(
    ("reasons", "told"),
    [
        (
            ("portfolio.no_value",),
            "1 of your 14 holdings has no value yet. It is in no number here.",
        ),
        (
            ("portfolio.no_value", "portfolio.missing_rate"),
            "2 of your 14 holdings have no value yet. They are in no number here.",
        ),
        (
            ("portfolio.no_value", "reference.unknown_instrument"),
            "2 of your 14 holdings are not known or have no value. They are in no bet and no loss.",
        ),
        (
            ("reference.unknown_instrument", "reference.ambiguous"),
            "We could not tell what 2 of your 14 holdings are. They count in your money",
        ),
    ],
)
def test_that_a_missing_value_is_not_called_an_unknown_holding(
    analysis: Analysis, reasons: tuple[str, ...], told: str
) -> None:
    gaps = tuple(LeftOut(f"p{n}", None, reason) for n, reason in enumerate(reasons, start=1))
    gappy = replace(analysis, coverage=replace(analysis.coverage, left_out=gaps))
    assert overview_view(gappy, WORDS).gap.startswith(told)


def test_that_a_bet_and_its_family_are_told_apart(analysis: Analysis, views: ScreenViews) -> None:
    bet = next(t for t in analysis.themes if t.theme == analysis.verdict.theme)
    families = tuple(
        replace(one, share_of_equity=0.99) if one.family is bet.family else one
        for one in analysis.families
    )
    told = overview_view(replace(analysis, families=families), WORDS)
    more = {row.family: row.more for row in told.chart.rows}
    assert more.pop(bet.family) == f"AI chips {WORDS.percent(bet.share_of_equity)}"
    assert set(more.values()) == {""}
    assert all("door" in row.note for row in told.chart.rows)
    assert f"AI chips ({WORDS.percent(bet.share_of_equity)})" in told.notes
    assert "AI & chips (99%)" in told.notes
    assert "A door is a holding" in told.notes
    # Where both have one share there is nothing to misread.
    assert WORDS.percent(analysis.family(bet.family).share_of_equity) == WORDS.percent(
        bet.share_of_equity
    )
    assert "A family holds several bets" not in views.overview.notes


def test_that_shares_above_the_whole_are_explained_by_what_is_held(analysis: Analysis) -> None:
    assert "a fund of 2x counts" in overview_view(analysis, WORDS).notes
    owing = overview_view(replace(analysis, daily_reset=()), WORDS).notes
    assert "after what you owe" in owing
    assert "2x" not in owing
    plain = overview_view(replace(analysis, in_effect=analysis.equity * 0.9), WORDS).notes
    assert "more than 100%" not in plain


def test_that_the_matrix_says_how_many_holdings_it_shows(
    analysis: Analysis, views: ScreenViews
) -> None:
    shown = len(views.overlap.matrix.labels)
    assert 0 < shown < len(analysis.positions)
    assert f"{shown} " in views.overlap.matrix_note
    assert f"your {len(analysis.positions)} holdings" in views.overlap.matrix_note


def test_that_the_loss_is_said_with_what_it_comes_from(analysis: Analysis) -> None:
    view = stress_view(analysis, WORDS, "ai-chips-minus-30")
    assert view.headline == (
        "AI chips fall 30%: you could lose about $42,600 (16%). More than half of it comes from 2 holdings."
    )
    assert "We do not know how likely this is." in view.range_sentence
    assert "no forecast" in view.limits


def test_that_most_of_a_loss_is_more_than_half(analysis: Analysis) -> None:
    result = analysis.stress[0]
    losses = sorted(-loss.pnl for loss in result.positions)[::-1]
    n = holdings_behind_half(result)
    assert sum(losses[:n]) > sum(losses) / 2 >= sum(losses[: n - 1])


def test_that_a_gain_is_called_a_gain(analysis: Analysis) -> None:
    result = replace(analysis.stress[0], pnl=1_000.0, low=900.0, high=1_100.0, share_of_equity=0.01)
    view = stress_view(replace(analysis, stress=(result,)), WORDS)
    assert "you could gain about $1,000" in view.headline


def test_that_a_figure_without_a_range_says_so(analysis: Analysis) -> None:
    result = analysis.stress[0]
    flat = replace(result, low=result.pnl, high=result.pnl)
    view = stress_view(replace(analysis, stress=(flat,)), WORDS)
    assert "no range" in view.range_sentence
    assert view.waterfall.steps[-1].low is None


def test_that_the_costliest_scenario_is_shown_first(analysis: Analysis) -> None:
    view = stress_view(analysis, WORDS)
    assert view.chosen == min(analysis.stress, key=lambda r: r.pnl).scenario


def test_that_an_unknown_theme_or_scenario_falls_back(analysis: Analysis) -> None:
    assert overlap_view(analysis, WORDS, "no-such-bet").chosen == "ai-chips"
    assert stress_view(analysis, WORDS, "no-such").chosen == "ai-chips-minus-30"


def test_that_the_applied_scenario_stands_in_the_state_bar(analysis: Analysis) -> None:
    shown = screen_views(analysis, WORDS, Choices(applied="bitcoin-halves"))
    assert shown.state_bar.scenario == "Bitcoin halves"
    assert shown.stress.chosen == "bitcoin-halves"
    assert "Bitcoin halves" in [figure.label for figure in shown.overview.key_figures]


def test_that_nothing_open_is_said_plainly() -> None:
    shown = screen_views(empty_analysis(), WORDS)
    assert shown.overview.headline.startswith("There is nothing here yet.")
    assert shown.stress.headline == "No scenario has been run yet."
    assert not shown.overview.chart.rows
    assert not shown.overlap.doors.segments
    for text in texts_of(shown):
        assert "None" not in text
        assert not re.search(r"\b(nan|inf)\b", text)


def test_that_no_sentence_gives_advice_or_promises(views: ScreenViews) -> None:
    everything = " ".join(texts_of(views)).lower()
    for word in ("recommend", "risk-free", "guarantee", " should ", "probability"):
        assert word not in everything


def test_that_sentences_are_short(views: ScreenViews) -> None:
    for name in SCREENS:
        view = getattr(views, name)
        for text in (view.headline, view.footer, getattr(view, "gap", "")):
            for sentence in re.split(r"(?<=[.!?]) ", text):
                assert len(sentence.split()) <= 22, sentence


# --- numbers -----------------------------------------------------------------------------------------------


def test_that_rounded_rows_add_up_to_the_rounded_total() -> None:
    values = [10.4, 10.4, 10.4, -3.7]
    rounded = add_up(values)
    assert sum(rounded) == round(sum(values))
    assert all(abs(a - b) < 1 for a, b in zip(values, rounded, strict=True))


@pytest.mark.parametrize("field", ["portfolio", "overview", "overlap", "stress"])
def test_that_the_printed_rows_of_a_table_add_up(views: ScreenViews, field: str) -> None:
    view = getattr(views, field)
    tables = [t for t in (view.table, getattr(view, "doors_table", None)) if t and t.total]
    for table in tables:
        for number, column in enumerate(table.columns):
            if column.id not in {"value", "amount", "pnl", "low", "high"}:
                continue
            if column.id == "value" and field != "portfolio":
                continue
            shown = [amount(row.cells[number].text) for row in table.rows]
            tolerance = 0 if column.id in {"value", "amount", "pnl"} else len(shown)
            assert abs(sum(shown) - amount(table.total.cells[number].text)) <= tolerance


def amount(text: str) -> float:
    return float(text.replace("−", "-").replace("$", "").replace(",", ""))


def test_that_chart_and_table_show_the_same_numbers(analysis: Analysis, views: ScreenViews) -> None:
    chart, table = views.overview.chart, views.overview.table
    assert [row.key for row in chart.rows] == [row.id for row in table.rows]
    for row, family in zip(chart.rows, analysis.families, strict=True):
        assert row.effective == family.net
        assert row.effective_text.startswith(WORDS.money(family.net, "USD"))


def test_that_the_waterfall_ends_where_it_says(analysis: Analysis) -> None:
    view = stress_view(analysis, WORDS, "ai-chips-minus-30")
    steps = view.waterfall.steps
    changes = sum(step.value for step in steps[1:-1])
    assert steps[0].value + changes == pytest.approx(steps[-1].value, abs=0.01)
    assert len(steps) <= 9


def test_that_many_holdings_are_gathered_in_one_step(analysis: Analysis) -> None:
    result = analysis.stress[0]
    many = replace(
        result,
        positions=tuple(replace(loss, pnl=-100.0 - n) for n, loss in enumerate(result.positions)),
        pnl=sum(-100.0 - n for n in range(len(result.positions))),
    )
    view = stress_view(replace(analysis, stress=(many,)), WORDS)
    assert "others" in view.waterfall.steps[-2].label
    total = sum(step.value for step in view.waterfall.steps[1:-1])
    assert total == pytest.approx(many.pnl)


def test_that_the_axis_of_every_chart_begins_at_zero(views: ScreenViews) -> None:
    for axis in (views.overview.chart.axis, views.stress.waterfall.axis, views.stress.bars.axis):
        assert axis.low <= 0 <= axis.high


def test_that_every_number_can_be_explained(analysis: Analysis, views: ScreenViews) -> None:
    keys = explained_keys(views)
    assert len(keys) > 60
    for key in keys:
        drawer = drawer_view(analysis, key, WORDS)
        assert drawer.rows
        assert drawer.rows[0].text


def test_that_an_explanation_shows_the_number_that_was_asked(
    analysis: Analysis, views: ScreenViews
) -> None:
    for table, column in (
        (views.overview.table, "effective"),
        (views.overlap.doors_table, "amount"),
        (views.stress.table, "pnl"),
        (views.portfolio.table, "value"),
    ):
        number = [c.id for c in table.columns].index(column)
        for row in table.rows:
            shown = row.cells[number]
            assert shown.key is not None
            explained = explanation_of(analysis, shown.key)
            assert explained.value == pytest.approx(shown.sort, abs=0.005)


def test_that_a_copied_explanation_is_plain_indented_text(analysis: Analysis) -> None:
    drawer: DrawerView = drawer_view(analysis, "theme|ai-chips", WORDS)
    text = drawer.as_text()
    assert text.startswith("How we got this number\n")
    assert "story.xlsx, 'Holdings'!E7" in text
    assert "  NVDL, as far as it rides on" in text


def test_that_a_number_that_is_gone_raises(analysis: Analysis) -> None:
    with pytest.raises(KeyError):
        drawer_view(analysis, "theme|gone", WORDS)
    with pytest.raises(ValueError, match="nonsense"):
        drawer_view(analysis, "nonsense|x", WORDS)


def test_that_a_table_copies_as_tab_separated_text(views: ScreenViews) -> None:
    lines = views.portfolio.table.as_tsv().splitlines()
    assert lines[0].startswith("Holding\tName\t")
    assert len(lines) == 1 + 14 + 1
    assert all(line.count("\t") == lines[0].count("\t") for line in lines)


def test_that_a_tried_scenario_gives_its_total(analysis: Analysis) -> None:
    figure = trial_figure(analysis, WORDS)
    assert figure is not None
    assert figure.text == "−$42,600 (−16%)"
    assert trial_figure(replace(analysis, stress=()), WORDS) is None


# --- hidden amounts ----------------------------------------------------------------------------------------


def test_that_hidden_amounts_appear_nowhere(analysis: Analysis) -> None:
    reading = Reading(
        "story.xlsx",
        "ab",
        Outcome.POSITIONS,
        totals=(StatedTotal("Holdings", 20, "Total", 267_812.0, "USD"),),
        ignored=(IgnoredRows("Holdings", 19, 19, "footer"),),
    )
    words = Words("en", hide_amounts=True)
    hidden = screen_views(analysis, words, readings=(reading,))
    open_views = screen_views(analysis, WORDS, readings=(reading,))
    everything = "\n".join(texts_of(hidden))
    # The size of a fund and the price of a share are public; what belongs to the holder is not.
    private = re.sub(r"\$26\.0M|\$50\.00", "", everything)
    assert "$" not in private
    assert HIDDEN in everything
    for figure in ("267,812", "142,000", "42,600", "18,000", "62,000", "1,040"):
        assert figure in "\n".join(texts_of(open_views))
        assert figure not in everything
    assert hidden.overview.headline == open_views.overview.headline


def test_that_a_hidden_explanation_shows_no_amount(analysis: Analysis) -> None:
    words = Words("en", hide_amounts=True)
    for key in ("theme|ai-chips", "scenario|ai-chips-minus-30", "equity", "position_value|p4"):
        assert "$" not in drawer_view(analysis, key, words).as_text().replace("$50.00", "")


def test_that_hidden_bars_keep_their_proportions(analysis: Analysis) -> None:
    shown = overview_view(analysis, WORDS).chart
    hidden = overview_view(analysis, Words("en", hide_amounts=True)).chart
    for a, b in zip(shown.rows, hidden.rows, strict=True):
        assert a.effective is not None
        assert b.effective == pytest.approx(a.effective / analysis.equity)
    assert all(tick.text.endswith("%") for tick in hidden.axis.ticks)


# --- other languages ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["ko", "zh_TW", "de"])
def test_that_the_currency_never_follows_the_language(analysis: Analysis, language: str) -> None:
    everything = " ".join(texts_of(screen_views(analysis, Words(language))))
    assert "$" in everything
    assert not set("€₩") & set(everything)


# --- the portfolio -----------------------------------------------------------------------------------------


def test_that_the_receipt_accounts_for_every_row(analysis: Analysis) -> None:
    reading = Reading(
        "story.xlsx",
        "ab",
        Outcome.POSITIONS,
        ignored=(
            IgnoredRows("Holdings", 1, 3, "title"),
            IgnoredRows("Holdings", 19, 20, "footer"),
        ),
    )
    view = portfolio_view(analysis, WORDS, (reading,))
    assert view.receipt_text == "16 rows: 13 used, 1 needs you, 2 set aside (words below the list)."
    assert sum(part.share for part in view.receipt.parts) == pytest.approx(1.0)


def test_that_the_stated_total_stands_beside_ours(analysis: Analysis) -> None:
    reading = Reading(
        "story.xlsx",
        "ab",
        Outcome.POSITIONS,
        totals=(StatedTotal("Holdings", 20, "Total", 267_812.0, "USD"),),
    )
    view = portfolio_view(analysis, WORDS, (reading,))
    assert "Your file's own total is $267,812; the lines we used come to $267,812." in view.subline


def test_that_an_unknown_line_offers_what_it_might_be(views: ScreenViews) -> None:
    (line,) = views.portfolio.unknown
    assert line.label == "XYZQ"
    assert line.candidates[0].id == "XYZ.US"
    assert "'Holdings'!E16" in line.where


def test_that_a_multiple_is_the_badge_of_a_leveraged_fund(views: ScreenViews) -> None:
    badges = {
        cell(views.portfolio.table, n, "line"): cell(views.portfolio.table, n, "kind")
        for n in range(14)
    }
    assert badges["NVDL"] == "2x"
    assert badges["SOXL"] == "3x"
    assert badges["STRC"] == "Preferred"
    assert badges["XYZQ"] == "Unknown"
    assert badges["Cash"] == "Cash"


# --- leverage and data -------------------------------------------------------------------------------------


def test_that_the_zigzag_and_the_forced_trade_are_told(views: ScreenViews) -> None:
    assert views.leverage.headline == ("A fall of 10%, then a rise of 10%, costs SOXL 9%, not 1%.")
    assert views.leverage.held == "You hold 4 funds that reset every day."
    assert (
        "SOXL must trade 78% of its assets by the close after a fall of 13%"
        in views.leverage.forced
    )
    assert "09-31" in views.leverage.limits


def test_that_a_portfolio_without_such_funds_says_so(analysis: Analysis) -> None:
    plain = screen_views(replace(analysis, daily_reset=()), WORDS).leverage
    assert plain.headline == "You hold no fund that resets every day."
    assert plain.limits == ""


def test_that_the_coverage_strip_is_the_whole(views: ScreenViews) -> None:
    assert sum(part.share for part in views.data.chart.parts) == pytest.approx(1.0)


def test_that_every_known_line_names_its_source_and_date(views: ScreenViews) -> None:
    for n in range(len(views.data.table.rows)):
        if cell(views.data.table, n, "line") in {"XYZQ", "Cash"}:
            continue
        assert cell(views.data.table, n, "source") not in {"", "–"}
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", cell(views.data.table, n, "as_of"))


def test_that_what_follows_a_shock_is_told_beside_the_loss(analysis: Analysis) -> None:
    """A fall of 30 % costs more than 30 % of the bet: the sentence says how much the rest adds."""
    result = next(r for r in analysis.stress if r.pnl < 0 and not r.facts.dates)
    moves = (("A", -0.3, "shocked"), ("B", -0.1, "follows"))

    def limits(follows: float, dates: str | None = None) -> str:
        causes = (CauseLoss("A", "A", result.pnl - follows), CauseLoss("B", "B", follows))
        facts = replace(result.facts, dates=dates)
        told = replace(result, root_moves=moves, causes=causes, facts=facts)
        return stress_view(replace(analysis, stress=(told,)), WORDS).limits

    part = result.pnl / 4
    assert f"which adds {Measure(analysis, WORDS).both(-part)} to the loss." in limits(part)
    # Nothing is added where the rest gains, where it outweighs the shock, or where a past time is replayed.
    for other in (limits(-part), limits(2 * result.pnl), limits(part, "2020")):
        assert "adds" not in other


def test_that_one_security_in_several_accounts_is_no_hidden_bet(analysis: Analysis) -> None:
    groups = [g for g in analysis.overlap.groups if len(g.positions) > 1]
    told = overlap_view(analysis, WORDS).groups
    assert 0 < len(told) <= 2
    group = groups[0]
    # The same instrument behind all of them: then nothing is hidden, and the matrix shows it once.
    first = analysis.position(group.positions[0])
    lines = tuple(
        replace(line, instrument=first.instrument) if line.id in group.positions else line
        for line in analysis.positions
    )
    same = replace(analysis, positions=lines)
    view = overlap_view(same, WORDS)
    assert told[0] not in view.groups
    labels = [label.key for label in view.matrix.labels]
    assert sum(key in group.positions for key in labels) <= 1
