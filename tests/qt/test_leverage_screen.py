"""The course of a fund follows the hand, and only the newest answer is shown."""

from dataclasses import replace

import pytest
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from levcheck.app.analysis import RootFlow
from levcheck.app.leverage_paths import PathsRequest, leverage_paths
from levcheck.i18n.words import Words
from levcheck.presenting.leverage_over_time import leverage_view
from levcheck.presenting.leverage_paths import paths_panel_view
from levcheck.ui.charts.paths import inside
from levcheck.ui.charts.picture import Curve
from levcheck.ui.screens.leverage_screen import LeverageScreen
from tests.helpers.sample_analysis import sample_analysis

WORDS = Words("en")
ANALYSIS = sample_analysis()


@pytest.fixture
def screen(qtbot: QtBot) -> LeverageScreen:
    made = LeverageScreen(WORDS)
    qtbot.addWidget(made)
    made.resize(1166, 700)
    made.show()
    return made


def test_that_the_screen_asks_for_the_fund_it_shows(qtbot: QtBot, screen: LeverageScreen) -> None:
    with qtbot.waitSignal(screen.paths_asked) as caught:
        screen.show_view(leverage_view(ANALYSIS, WORDS))
    request = caught.args[0] if caught.args else None
    assert isinstance(request, PathsRequest)
    # The fund of the headline is the one shown.
    assert request.position == min(ANALYSIS.daily_reset, key=lambda fact: fact.pair_move).position
    assert request.horizon_days == 63


def test_that_a_slider_asks_once_after_it_rests(qtbot: QtBot, screen: LeverageScreen) -> None:
    screen.show_view(leverage_view(ANALYSIS, WORDS))
    asked: list[PathsRequest] = []
    screen.paths_asked.connect(asked.append)
    for days in range(100, 131):
        screen.controls.days.setValue(days)
    qtbot.waitUntil(lambda: bool(asked), timeout=20_000)
    assert [request.horizon_days for request in asked] == [130]
    assert screen.controls.days_text.text() == "130 days"


def test_that_a_course_fills_charts_tables_and_the_set_text(screen: LeverageScreen) -> None:
    screen.show_view(leverage_view(ANALYSIS, WORDS))
    facts = ANALYSIS.daily_reset[0]
    found = leverage_paths(facts, PathsRequest(facts.position, 20))
    view = paths_panel_view(ANALYSIS, WORDS, found)
    screen.show_paths(view)
    assert screen.paths.view is view.paths
    assert screen.dots.view is view.dots
    assert screen.legal.text() == view.legal
    assert not screen.legal.isHidden()
    assert view.limits in screen.subline.text()
    assert screen.ways.figures.view is view.ways
    assert screen.two_days.figures.view is view.two_days


def test_that_the_second_round_is_off_until_it_is_chosen(screen: LeverageScreen) -> None:
    flow = RootFlow("X", "X", -0.13, 2, 2, 5e9, -1e9, "2026-06-30", 0.14, (-0.03, -0.01))
    view = leverage_view(replace(ANALYSIS, forced_flows=(flow,)), WORDS)
    screen.show_view(view)
    assert not screen.second_round.isChecked()
    assert screen.flows.figures.view is view.flows
    screen.second_round.setChecked(True)
    assert screen.flows.figures.view is view.flows_second


def test_that_without_such_funds_only_the_sentence_stays(screen: LeverageScreen) -> None:
    screen.show_view(leverage_view(replace(ANALYSIS, daily_reset=()), WORDS))
    assert screen.headline.text() == "You hold no fund that resets every day."
    assert screen.controls.isHidden()
    assert screen.legal.isHidden()
    assert screen.controls.request() is None


def test_that_the_table_to_copy_is_the_one_of_the_tab_shown(screen: LeverageScreen) -> None:
    assert screen.main_table() is None
    screen.show_view(leverage_view(ANALYSIS, WORDS))
    shown = []
    for number in range(screen._tabs.count()):
        screen._tabs.setCurrentIndex(number)
        shown.append(screen.main_table())
    assert shown == [screen.table, screen.ways, screen.two_days, screen.flows]


def test_that_a_thin_line_ends_at_the_edge_and_comes_back() -> None:
    curve = Curve((0.0, 1.0, 2.0, 3.0, 4.0), (0.0, 2.0, 2.0, 0.0, -3.0), QColor(0, 0, 0))
    parts = list(inside(curve, -1.0, 1.0))
    assert [(part.xs, part.ys) for part in parts] == [
        ((0.0, 0.5), (0.0, 1.0)),
        ((2.5, 3.0, pytest.approx(3 + 1 / 3)), (1.0, 0.0, -1.0)),
    ]
    assert list(inside(curve, 5.0, 6.0)) == []
    # A jump over the whole picture crosses it from edge to edge.
    (part,) = inside(Curve((0.0, 1.0), (-5.0, 5.0), QColor(0, 0, 0)), -1.0, 1.0)
    assert (part.xs, part.ys) == ((0.4, 0.6), (-1.0, 1.0))
