"""Scenarios under way: what has happened is taken off, and said."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from levcheck.app.already_fallen import left_of, parse_already, with_already
from levcheck.app.pipeline import analyse
from levcheck.domain.diagnostics import LevcheckError
from levcheck.domain.scenario import PathShape, Scenario, Shock
from levcheck.i18n.sentences import diagnostic_text
from levcheck.i18n.words import Words
from tests.helpers.made_up_library import trap

HELD, KNOWN = trap()
FALL = Scenario("fall", "A fall", "A story.", (Shock("NVDA.US", -0.3),), 0, PathShape.ONE_DAY)


@given(st.floats(-0.95, 2.0), st.floats(-0.9, 1.0))
def test_that_both_parts_together_are_the_whole_move_or_nothing_is_left(
    move: float, already: float
) -> None:
    left = left_of(move, already)
    assert left == 0.0 or (1 + already) * (1 + left) - 1 == pytest.approx(move, abs=1e-9)
    assert left * move >= 0.0


def test_that_the_result_is_that_of_the_rest_and_says_so() -> None:
    already = parse_already(["NVDA.US=-10%"], HELD, KNOWN, recognise=KNOWN.recognise)
    scenarios, told = with_already([FALL], already)
    found = analyse(
        HELD,
        KNOWN,
        scenarios,
        propagate=False,
        recognise=KNOWN.recognise,
        today=date(2026, 7, 1),
    )
    assert found.stress[0].pnl == pytest.approx(32_000 * (0.7 / 0.9 - 1), abs=0.02)
    assert found.stress[0].facts.story == "A story. Already moved: NVDA.US −10.0%."
    assert [d.code for d in told] == ["scenario.already_fallen"]
    assert diagnostic_text(Words("en"), told[0])[0] == (
        "In A fall, NVDA.US has moved −10% already; a move of −22.22% is left."
    )


def test_that_a_theme_is_understood_and_what_no_scenario_names_is_told() -> None:
    already = parse_already(["ai-chips=-0.05"], HELD, KNOWN, recognise=KNOWN.recognise)
    assert already == {"theme:ai-chips": -0.05}
    scenarios, told = with_already([FALL], already)
    assert scenarios == [FALL]
    assert [d.code for d in told] == ["scenario.already_unused"]


def test_that_nothing_asked_changes_nothing() -> None:
    assert parse_already([], HELD, KNOWN) == {}
    assert with_already([FALL], {}) == ([FALL], ())


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("NVDA.US=-100%", "scenario.already_beyond"),
        ("WHAT=-5%", "check.unknown_shock"),
        ("NVDA.US", "check.bad_shock"),
    ],
)
def test_that_what_cannot_be_is_refused(text: str, code: str) -> None:
    with pytest.raises(LevcheckError) as refused:
        parse_already([text], HELD, KNOWN, recognise=KNOWN.recognise)
    assert refused.value.code == code
