"""What the Leverage screen says of one fund over time, and of all funds on one thing."""

from dataclasses import replace

import pytest

from levcheck.app.analysis import Analysis, RootFlow
from levcheck.app.leverage_paths import PathsRequest, leverage_paths
from levcheck.domain.scenario import PathShape
from levcheck.i18n.words import Words
from levcheck.presenting.chart_views import PathLine
from levcheck.presenting.forced_flows import flow_sentence, flows_table
from levcheck.presenting.leverage_over_time import leverage_view
from levcheck.presenting.leverage_paths import (
    PathsPanelView,
    fund_choices,
    outcome_sentence,
    paths_panel_view,
    shape_choices,
)
from tests.helpers.sample_analysis import sample_analysis
from tests.helpers.view_texts import texts_of

WORDS = Words("en")


@pytest.fixture(scope="module")
def analysis() -> Analysis:
    return sample_analysis()


def panel(analysis: Analysis, days: int = 63, volatility: float | None = 0.55) -> PathsPanelView:
    facts = replace(analysis.daily_reset[0], volatility=volatility)
    found = leverage_paths(facts, PathsRequest(facts.position, days))
    return paths_panel_view(analysis, WORDS, found)


def test_that_dots_are_told_as_counts_and_never_as_a_chance() -> None:
    outcomes = (-0.9, -0.7, -0.6, -0.2, 0.1) * 4
    assert outcome_sentence(WORDS, outcomes) == (
        "Each dot is one of 20 possible paths. In 12 of 20 paths, you lose more than half."
    )
    assert outcome_sentence(WORDS, (-0.1,) * 7 + (0.1,) * 13) == (
        "Each dot is one of 20 possible paths. In 7 of 20 paths, you lose money; in none more than half."
    )
    assert "not known" in outcome_sentence(WORDS, ())


def test_that_the_marked_dots_are_those_the_sentence_counts(analysis: Analysis) -> None:
    view = panel(analysis, 252)
    marked = [dot for dot in view.dots.dots if dot.ink.value == "loss"]
    assert f"In {len(marked)} of 20 paths" in view.outcome
    assert len(view.dots.dots) == 20
    assert view.dots.threshold == -0.5


def test_that_the_set_text_stands_wherever_a_likelihood_is_shown(analysis: Analysis) -> None:
    assert panel(analysis).legal.startswith("IMPORTANT: The projections or other information")
    assert "levcheck" in panel(analysis).legal
    without = panel(analysis, volatility=None)
    assert without.legal == ""
    assert without.dots.dots == ()
    assert "not a forecast" in without.limits


@pytest.mark.parametrize("days", [1, 2, 63, 252])
def test_that_named_courses_stay_inside_their_axes_and_are_told_apart(
    analysis: Analysis, days: int
) -> None:
    view = panel(analysis, days).paths
    assert (view.across.low, view.across.high) == (0.0, float(days))

    def inside(line: PathLine) -> bool:
        return all(view.up.low - 1e-9 <= y <= view.up.high + 1e-9 for _, y in line.points)

    for line in view.lines:
        assert len(line.points) == days + 1
        assert line.points[0][1] == 0.0
        assert line.sample or inside(line)
    # Where a thin line leaves the picture, the chart says so.
    assert ("beyond the edge" in view.up.title) is not all(map(inside, view.lines))
    named = [abs(y) for line in view.lines if not line.sample for _, y in line.points]
    assert view.up.high - view.up.low <= 7 * max(0.1, *named)
    assert [line.sample for line in view.lines].count(False) == 3


def test_that_tables_say_what_the_lines_say(analysis: Analysis) -> None:
    view = panel(analysis)
    fund = next(line for line in view.paths.lines if line.key.endswith("|fund") and not line.sample)
    choppy = view.ways.rows[0].cells
    assert choppy[0].text == "Choppy days"
    assert choppy[1].sort == pytest.approx(fund.points[-1][1])
    assert view.two_days.total is not None
    assert [cell.text for cell in view.two_days.total.cells[1:]] == ["−1.0%", "−4.0%", "−4.0%"]
    assert view.both_lost == (
        "Down 10% and up 10% costs the stock 1%, this fund 4%, and the opposite fund 4%. "
        "A fund that bets on a fall trades more to keep its multiple. Where prices end flat, it loses more."
    )


def test_that_every_daily_reset_fund_can_be_chosen(analysis: Analysis) -> None:
    choices = fund_choices(analysis, WORDS)
    assert {c.position for c in choices} == {f.position for f in analysis.daily_reset}
    # The one the headline speaks of is the one that is shown first.
    assert choices[0].label == "SOXL, 3x"
    assert "SOXL" in leverage_view(analysis, WORDS).headline
    assert next(shape for shape, _ in shape_choices(WORDS)) is PathShape.CHOP_FLAT


def flow(**more: object) -> RootFlow:
    plain = RootFlow("NVDA.X", "NVIDIA", -0.13, 15, 9, 6e9, -1.6e9, "2026-06-30")
    return replace(plain, **more)  # type: ignore[arg-type]


def test_that_forced_trades_name_what_is_counted_and_how_old(analysis: Analysis) -> None:
    with_flow = replace(analysis, forced_flows=(flow(),))
    cells = flows_table(with_flow, WORDS).rows[0].cells
    assert [cell.text for cell in cells] == [
        "NVIDIA",
        "9 of 15",
        "$6.00B",
        "−$1.60B",
        "–",
        "2026-06-30",
    ]
    assert flow_sentence(with_flow, WORDS) == (
        "All known funds on NVIDIA must sell up to $1.60B by the close."
    )
    assert leverage_view(with_flow, WORDS).flows_second is None


def test_that_the_second_round_is_off_unless_asked_for(analysis: Analysis) -> None:
    known = flow(share_of_turnover=0.14, mechanical=(-0.028, -0.008))
    with_flow = replace(analysis, forced_flows=(known, flow(root="X")))
    view = leverage_view(with_flow, WORDS)
    assert view.flows is not None
    assert view.flows_second is not None
    assert "second" not in [column.id for column in view.flows.columns]
    assert [row.cells[-1].text for row in view.flows_second.rows] == ["−0.8% to −2.8%", "–"]
    assert view.flows_second.rows[0].cells[4].text == "14%"


def test_that_nothing_is_said_of_sizes_nobody_knows(analysis: Analysis) -> None:
    with_flow = replace(analysis, forced_flows=(flow(counted=0, assets=0.0, amount=None),))
    assert flow_sentence(with_flow, WORDS) == ""
    assert flows_table(with_flow, WORDS).rows[0].cells[3].text == "–"
    rising = replace(analysis, forced_flows=(flow(amount=1.0e9, move=0.13),))
    assert "must buy" in flow_sentence(rising, WORDS)


def test_that_no_text_is_left_with_nan(analysis: Analysis) -> None:
    for text in texts_of(panel(analysis, 1)):
        assert "nan" not in text.lower().split()
