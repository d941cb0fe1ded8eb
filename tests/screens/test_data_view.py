"""Data & method without widgets: what matters most, ages, filters, marks of the user's own facts."""

from dataclasses import replace
from datetime import date

import pytest

from levcheck.app.analysis import AnalysedPosition, Analysis
from levcheck.domain.provenance import Source
from levcheck.i18n.words import Words
from levcheck.presenting.data_and_method import DataView, added_notices, data_view
from levcheck.presenting.figures import Tone
from levcheck.presenting.screens import screen_views
from levcheck.reference.user_datasets import Dataset
from levcheck.reference.user_library import Added
from tests.helpers.sample_analysis import sample_analysis

TODAY = date(2026, 10, 10)
WORDS = Words("en")


@pytest.fixture
def analysis() -> Analysis:
    return sample_analysis()


def listed(analysis: Analysis) -> AnalysedPosition:
    return next(line for line in analysis.positions if line.holdings is not None)


def with_line(analysis: Analysis, line: AnalysedPosition) -> Analysis:
    lines = tuple(line if one.id == line.id else one for one in analysis.positions)
    return replace(analysis, positions=lines)


def cell(view: DataView, row: str, column: str) -> tuple[str, Tone]:
    place = [one.id for one in view.table.columns].index(column)
    found = next(one for one in view.table.rows if one.id == row).cells[place]
    return found.text, found.tone


def test_that_rows_stand_by_value_times_unseen_part_times_age(analysis: Analysis) -> None:
    view = data_view(analysis, WORDS, TODAY)
    order = [analysis.position(row.id) for row in view.table.rows]
    assert len(order) == len(analysis.positions)

    def weight(line: AnalysedPosition) -> float:
        if line.cash is not None:
            return 0.0
        if line.market_value is None:
            return float("inf")
        day = line.holdings.as_of if line.holdings else None
        day = day or (line.instrument.source.as_of if line.instrument else None)
        age = (TODAY - date.fromisoformat(day)).days if day else 365
        return abs(line.market_value) * (1 - (line.looked_through_share or 0.0)) * max(age, 1)

    weights = [weight(line) for line in order]
    assert weights == sorted(weights, reverse=True)
    assert weights[0] > 0


@pytest.mark.parametrize(
    ("day", "word", "tone", "is_old"),
    [
        ("2026-10-05", ", 5 days", Tone.PLAIN, False),
        ("2026-09-10", ", 30 days", Tone.PLAIN, False),
        ("2026-08-01", ", 70 days", Tone.PLAIN, True),
        ("2025-10-10", ", 365 days", Tone.PLAIN, True),
        ("2025-10-09", ", 366 days", Tone.WARNING, True),
        ("", "undated", Tone.WARNING, True),
    ],
)
def test_that_the_age_of_a_list_is_said_in_its_row_and_in_the_strip(
    analysis: Analysis,
    day: str,
    word: str,
    tone: Tone,
    is_old: bool,  # noqa: FBT001  # a case
) -> None:
    line = listed(analysis)
    assert line.holdings is not None
    changed = with_line(analysis, replace(line, holdings=replace(line.holdings, as_of=day)))
    view = data_view(changed, WORDS, TODAY)
    text, shown = cell(view, line.id, "coverage")
    assert text.endswith(word)
    assert shown is tone
    old = next(one for one in view.filters if one.id == "old").rows
    assert (line.id in old) is is_old
    # The strip is of the money in funds that need a list.
    assert sum(part.share for part in view.ages.parts) == pytest.approx(1.0, abs=1e-3)


def test_that_a_stand_in_has_a_part_of_its_own_in_the_strip(analysis: Analysis) -> None:
    before = data_view(analysis, WORDS, TODAY)
    line = listed(analysis)
    assert line.holdings is not None
    changed = with_line(analysis, replace(line, holdings=replace(line.holdings, stand_in=True)))
    view = data_view(changed, WORDS, TODAY)
    assert "stand-in" in {part.grade.value for part in view.chart.parts}
    assert "stand-in" not in {part.grade.value for part in before.chart.parts}
    assert sum(p.share for p in view.chart.parts) == pytest.approx(
        sum(p.share for p in before.chart.parts)
    )


def test_that_what_the_user_set_is_marked_with_his_reason(analysis: Analysis) -> None:
    line = next(one for one in analysis.positions if one.instrument is not None)
    assert line.instrument is not None
    source = Source("set by you: prospectus of May", "2026-10-01", "instruments")
    own = replace(line, instrument=replace(line.instrument, overridden=True, source=source))
    view = data_view(with_line(analysis, own), WORDS, TODAY)
    assert cell(view, line.id, "set_by")[0] == "you"
    assert cell(view, line.id, "source")[0] == "set by you: prospectus of May"
    assert cell(view, line.id, "as_of")[0] == "2026-10-01"
    assert "yours" in cell(view, line.id, "kind")[0]
    facts = next(one for one in view.facts if one.row == line.id)
    assert facts.is_own
    assert next(one for one in view.filters if one.id == "own").rows == (line.id,)
    assert "set_by" not in {c.id for c in data_view(analysis, WORDS, TODAY).table.columns}


def test_that_the_first_filter_shows_everything(analysis: Analysis) -> None:
    view = data_view(analysis, WORDS, TODAY)
    assert view.filters[0].rows == tuple(row.id for row in view.table.rows)
    matters = next(one for one in view.filters if one.id == "matters").rows
    assert 0 < len(matters) < len(view.table.rows)
    assert matters == view.filters[0].rows[: len(matters)]


def test_that_every_step_of_the_method_has_a_formula_and_a_source(analysis: Analysis) -> None:
    for part in data_view(analysis, WORDS, TODAY).method:
        assert part.sentence.endswith(".")
        assert part.formula
        assert part.source


def test_that_the_age_of_the_oldest_list_stands_on_every_screen_it_affects(
    analysis: Analysis,
) -> None:
    assert analysis.coverage.oldest_as_of is not None
    views = screen_views(analysis, WORDS)
    # The bar stands above every screen; the two screens that ask about trust say it in a sentence.
    assert analysis.coverage.oldest_as_of in views.state_bar.age
    day = WORDS.day(analysis.coverage.oldest_as_of)
    for text in (views.state_bar.age_hint, views.overview.age, views.data.age):
        assert day in text
    undated = replace(analysis, coverage=replace(analysis.coverage, oldest_as_of=None))
    assert data_view(undated, WORDS, TODAY).age == ""
    assert screen_views(undated, WORDS).state_bar.age == ""


def test_that_an_added_list_is_told_with_fund_day_rows_and_sum() -> None:
    kept = Dataset("x", "SMH.US", "2026-09-30", "smh.csv", 26, 0.998, "full", "vaneck-csv")
    table = Dataset("y", None, None, "themes.csv", 3, None, "table", "themes")
    told = added_notices(Added((kept, table), ()), WORDS)
    assert "SMH.US" in told[0].title
    assert "2026-09-30" in told[0].title
    assert "26 holdings" in told[0].detail
    assert "99.8%" in told[0].detail
    assert "themes.csv" in told[1].title
