"""A scenario taken apart and compared, a bet by its combinations, and every chart with the table that says the same."""

import csv
import io
import math
from dataclasses import replace

import pytest

from levcheck.app.analysis import Analysis
from levcheck.app.combinations import theme_combinations
from levcheck.i18n.words import HIDDEN, Words
from levcheck.presenting.chart_tables import chart_table
from levcheck.presenting.chart_views import ChartView
from levcheck.presenting.drawer import explanation_of
from levcheck.presenting.figures import TableView
from levcheck.presenting.overlap import overlap_view, pairs_table
from levcheck.presenting.overview import overview_view
from levcheck.presenting.screens import screen_views
from levcheck.presenting.stress import stress_view
from levcheck.presenting.table_files import csv_bytes
from tests.helpers.sample_analysis import sample_analysis

WORDS = Words("en")


@pytest.fixture(scope="module")
def analysis() -> Analysis:
    return sample_analysis()


def numbers(table: TableView, column: str) -> list[float]:
    number = [c.id for c in table.columns].index(column)
    return [float(row.cells[number].sort or 0.0) for row in table.rows]


def whole(text: str) -> float:
    return float(text.split(" ", maxsplit=1)[0].replace("−", "-").replace("$", "").replace(",", ""))


def test_that_each_way_of_taking_apart_adds_up_to_the_same_loss(analysis: Analysis) -> None:
    for result in analysis.stress:
        view = stress_view(analysis, WORDS, result.scenario)
        assert [part.id for part in view.parts] == ["holding", "root", "cause"]
        for part in view.parts:
            assert math.fsum(numbers(part.table, "pnl")) == pytest.approx(result.pnl, abs=0.01)
            steps = part.waterfall.steps
            assert steps[0].value + math.fsum(s.value for s in steps[1:-1]) == pytest.approx(
                steps[-1].value, abs=0.01
            )
            printed = [whole(row.cells[-2].text) for row in part.table.rows]
            if part.id != "holding":
                assert part.table.total is not None
                assert sum(printed) == whole(part.table.total.cells[-2].text)


def test_that_the_holdings_stand_in_the_order_asked_for(analysis: Analysis) -> None:
    by_name = stress_view(analysis, WORDS, order="name").parts[0]
    names = [row.cells[0].text for row in by_name.table.rows]
    assert names == sorted(names, key=str.casefold)
    in_list = stress_view(analysis, WORDS, order="list").parts[0]
    labels = [line.label for line in analysis.positions]
    shown = [labels.index(row.cells[0].text) for row in in_list.table.rows]
    assert shown == sorted(shown)
    assert by_name.waterfall.steps[-1] == in_list.waterfall.steps[-1]


def test_that_two_scenarios_stand_on_one_scale(analysis: Analysis) -> None:
    first, second = analysis.stress[0], analysis.stress[1]
    view = stress_view(analysis, WORDS, first.scenario, beside=second.scenario)
    both = view.comparison
    assert both is not None
    ends = [v for row in both.chart.rows for v in (row.labelled, row.effective) if v is not None]
    assert both.chart.axis.low <= min(ends)
    assert both.chart.axis.high >= max(ends)
    assert math.fsum(numbers(both.table, "first")) == pytest.approx(first.pnl, abs=0.01)
    assert math.fsum(numbers(both.table, "second")) == pytest.approx(second.pnl, abs=0.01)
    gap = both.table.rows[0].cells[3]
    assert gap.key is not None
    assert explanation_of(analysis, gap.key).value == pytest.approx(gap.sort, abs=0.005)
    assert stress_view(analysis, WORDS, first.scenario, beside=first.scenario).comparison is None


def test_that_every_name_of_a_bet_is_in_one_combination(analysis: Analysis) -> None:
    for theme in analysis.themes:
        found = theme_combinations(analysis, theme)
        names = [root for one in found for root in one.roots]
        assert len(names) == len(set(names))
        assert math.fsum(one.amount for one in found) == pytest.approx(
            math.fsum(abs(amount) for _, amount in theme.roots), abs=0.01
        )
    view = overlap_view(analysis, WORDS).combinations
    assert view is not None
    assert view.groups
    assert [g.value for g in view.groups] == sorted((g.value for g in view.groups), reverse=True)


def test_that_a_pinned_holding_leaves_its_own_pairs(analysis: Analysis) -> None:
    pair = analysis.overlap.pairs[0]
    table = pairs_table(analysis, WORDS, pair.a)
    label = analysis.position(pair.a).label
    assert table.rows
    assert all(row.cells[0].text == label for row in table.rows)
    view = overlap_view(analysis, WORDS, None, pair.a)
    assert view.pinned == pair.a
    assert view.matrix.labels[0].key == pair.a
    assert len(view.matrix.cells) <= len(table.rows)
    assert overlap_view(analysis, WORDS, None, "gone").pinned == ""


def test_that_the_overview_prints_money_or_percent_as_asked(analysis: Analysis) -> None:
    money = overview_view(analysis, WORDS, show="money")
    percent = overview_view(analysis, WORDS, show="percent")
    assert all("%" not in row.effective_text for row in money.chart.rows)
    assert all("$" not in row.effective_text for row in percent.chart.rows)
    assert [c.id for c in money.table.columns] == ["family", "labelled", "effective", "doors"]
    hidden = overview_view(analysis, Words("en", hide_amounts=True), show="money")
    assert hidden.show_key == "percent"
    assert all(HIDDEN not in row.effective_text for row in hidden.chart.rows)


def charts_of(view: object) -> list[ChartView]:
    if isinstance(view, ChartView):
        return [view]
    if isinstance(view, tuple):
        return [chart for part in view for chart in charts_of(part)]
    names = getattr(view, "__dataclass_fields__", ())
    return [chart for name in names for chart in charts_of(getattr(view, name))]


def test_that_every_chart_has_a_table_that_says_the_same(analysis: Analysis) -> None:
    charts = charts_of(screen_views(analysis, WORDS))
    assert len(charts) >= 10
    for chart in charts:
        table = chart_table(chart, WORDS)  # type: ignore[arg-type]
        texts = {cell.text for row in table.rows for cell in row.cells}
        for name in ("rows", "steps", "segments", "cells", "groups", "parts", "dots"):
            for mark in getattr(chart, name, ()):
                shown = getattr(mark, "effective_text", "") or getattr(mark, "text", "")
                assert shown in texts, (chart.title, shown)


def test_that_the_numbers_of_a_chart_are_read_back_exactly(analysis: Analysis) -> None:
    chart = overview_view(analysis, WORDS).chart
    rows = list(csv.reader(io.StringIO(csv_bytes(chart_table(chart, WORDS)).decode("utf-8-sig"))))
    assert rows[0][:2] == ["Name", "by its label"]
    for row, family in zip(rows[1:], analysis.families, strict=True):
        assert float(row[2]) == pytest.approx(family.labelled, abs=1e-6)
        assert float(row[4]) == pytest.approx(family.net, abs=1e-6)


def test_that_hidden_amounts_are_in_no_file(analysis: Analysis) -> None:
    words = Words("en", hide_amounts=True)
    for chart in charts_of(screen_views(analysis, words)):
        text = csv_bytes(chart_table(chart, words)).decode("utf-8-sig")  # type: ignore[arg-type]
        assert "$" not in text
        for figure in ("42600", "42,600", "62000", "142,000", "267812"):
            assert figure not in text, chart.title


def test_that_a_name_that_looks_like_a_formula_is_written_as_a_name() -> None:
    from levcheck.presenting.figures import Cell, Column, Row

    table = TableView(
        "t",
        (Column("a", "Name"), Column("b", "Value", numeric=True)),
        (Row("1", (Cell('=HYPERLINK("http://x")'), Cell("−$5", -5.0))),),
    )
    rows = list(csv.reader(io.StringIO(csv_bytes(table).decode("utf-8-sig"))))
    assert rows[1] == ['\'=HYPERLINK("http://x")', "-$5", "-5"]


def test_that_a_list_without_values_says_what_will_be_here(analysis: Analysis) -> None:
    lines = tuple(replace(line, market_value=None) for line in analysis.positions)
    empty = replace(analysis, positions=lines)
    views = screen_views(empty, WORDS)
    for view in (views.overview, views.overlap, views.stress):
        assert view.headline == "You hold 14 lines, and none has a value yet."
        assert view.nothing_yet.startswith("Your file holds no prices and no values.")
    assert views.what_if.headline == views.data.headline == views.stress.headline
    assert views.what_if.nothing_yet.endswith("you can try changes here.")
    assert views.data.chart.parts == ()
    assert screen_views(analysis, WORDS).overview.nothing_yet == ""
    none = replace(analysis, daily_reset=())
    assert "stands here" in screen_views(none, WORDS).leverage.nothing_yet


def test_that_the_sentence_on_top_leads_to_its_number(analysis: Analysis) -> None:
    views = screen_views(analysis, WORDS)
    for view in (views.overview, views.overlap, views.stress, views.leverage, views.data):
        assert view.headline_key is not None
        assert explanation_of(analysis, view.headline_key).value is not None
