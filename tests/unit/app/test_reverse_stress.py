"""Questions asked backwards, each put back into the core."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from levcheck.app.analysis import Analysis
from levcheck.app.pipeline import analyse, prepared
from levcheck.app.reverse_stress import ReverseStress, reverse_margin, reverse_stress, smallest_trim
from levcheck.domain.diagnostics import LevcheckError
from levcheck.domain.portfolio import Portfolio
from levcheck.i18n.words import Words
from levcheck.presenting.reverse import reverse_sentence, trim_sentence
from levcheck.stress.portfolio_stress import StressModel
from tests.helpers.made_up_library import instrument, library, portfolio, trap

TODAY = date(2026, 7, 1)
WORDS = Words("en")
HELD, KNOWN = trap()


def ready(held: Portfolio = HELD) -> tuple[StressModel, Analysis]:
    return prepared(held, KNOWN, today=TODAY, recognise=KNOWN.recognise)


MODEL, FOUND = ready()


def put_back(found: ReverseStress, held: Portfolio = HELD) -> Analysis:
    assert found.scenario is not None
    return analyse(held, KNOWN, [found.scenario], recognise=KNOWN.recognise, today=TODAY)


def test_that_the_move_put_back_in_costs_what_was_asked() -> None:
    # 32,000 of 55,000 ride on the share, in one instant and in a straight line until the fund of two is wiped out.
    found = reverse_stress(MODEL, FOUND, "NVDA.US", 0.2)
    assert found.move == pytest.approx(-0.2 * 55_000 / 32_000)
    assert put_back(found).stress[0].pnl == pytest.approx(-11_000, rel=1e-3)


@settings(max_examples=15, deadline=None)
@given(st.floats(0.01, 0.4))
def test_that_any_share_within_reach_comes_back_within_a_thousandth(share: float) -> None:
    found = reverse_stress(MODEL, FOUND, "NVDA.US", share)
    assert found.pnl is not None
    assert found.pnl == pytest.approx(-share * FOUND.equity, rel=1e-3)


def test_that_a_loss_out_of_reach_is_said_to_be() -> None:
    found = reverse_stress(MODEL, FOUND, "NVDA.US", 0.99)
    assert (found.move, found.pnl, found.scenario) == (None, None, None)
    assert reverse_sentence(WORDS, found) == "No move of Nvda costs you 99% of your money."


@pytest.mark.parametrize("share", [0.0, -0.1, 1.5])
def test_that_a_share_that_is_none_is_refused(share: float) -> None:
    with pytest.raises(LevcheckError, match="reverse_bad_share"):
        reverse_stress(MODEL, FOUND, "NVDA.US", share)


def test_that_a_root_that_is_not_held_is_refused() -> None:
    with pytest.raises(LevcheckError, match="reverse_not_held"):
        reverse_stress(MODEL, FOUND, "AAPL.US", 0.2)


def test_that_the_margin_call_put_back_in_uses_up_the_cushion() -> None:
    held = portfolio([("NVDA.US", 60_000.0), ("NVDX2.US", 20_000.0)], [("USD", -30_000.0)])
    model, analysis = ready(held)
    found = reverse_margin(model, analysis, "NVDA.US")
    assert found is not None
    under = put_back(found, held).margin
    assert under is not None
    assert under.scenarios[0].equity == pytest.approx(under.scenarios[0].required, abs=0.02)
    assert reverse_margin(MODEL, FOUND, "NVDA.US") is None
    assert "to bring the margin call." in reverse_sentence(WORDS, found)


def test_that_the_sentence_names_root_move_and_share() -> None:
    found = reverse_stress(MODEL, FOUND, "NVDA.US", 0.2)
    assert reverse_sentence(WORDS, found) == (
        "Nvda would have to fall 34% in one day to cost you 20% of your money."
    )


def test_that_who_is_short_is_hurt_by_a_rise() -> None:
    held = portfolio([("NVDA.US", -10_000.0)], [("USD", 30_000.0)])
    model, analysis = ready(held)
    found = reverse_stress(model, analysis, "NVDA.US", 0.1)
    assert found.move == pytest.approx(0.2)
    assert "would have to rise 20%" in reverse_sentence(WORDS, found)


# --- the smallest trim -------------------------------------------------------------------------------------


def test_that_the_smallest_trim_sells_what_carries_most() -> None:
    # The fund of two carries 2 for each dollar: 32,000 − 0.5 × 55,000 = 4,500 too much is 2,250 of it.
    trim = smallest_trim(HELD, KNOWN, "NVDA.US", 0.5, today=TODAY, recognise=KNOWN.recognise)
    assert [step.position for step in trim.steps] == ["p3"]
    assert trim.amount == pytest.approx(2_250.0)
    assert trim.before == pytest.approx(32 / 55)
    assert trim.after == pytest.approx(0.5)
    assert trim.is_enough
    assert trim_sentence(FOUND, WORDS, trim) == (
        "Nvda is 58% now. $2,250 (4.1%) less of NVDX2.US would bring it to 50%."
    )


@settings(max_examples=25, deadline=None)
@given(st.floats(0.0, 0.6))
def test_that_the_trim_is_enough_and_never_more_than_needed(share: float) -> None:
    trim = smallest_trim(HELD, KNOWN, "NVDA.US", share, today=TODAY, recognise=KNOWN.recognise)
    assert trim.is_enough
    if trim.steps:
        assert trim.after == pytest.approx(share, abs=1e-9)
    assert all(0 < step.share <= 1 for step in trim.steps)


def test_that_a_root_under_the_limit_needs_no_trim() -> None:
    trim = smallest_trim(HELD, KNOWN, "NVDA.US", 0.9, today=TODAY, recognise=KNOWN.recognise)
    assert (trim.steps, trim.amount, trim.after) == ((), 0.0, trim.before)
    assert trim_sentence(FOUND, WORDS, trim) == "Nvda is under 90% already."


def test_that_several_lines_are_sold_when_one_is_not_enough() -> None:
    trim = smallest_trim(HELD, KNOWN, "NVDA.US", 0.1, today=TODAY, recognise=KNOWN.recognise)
    assert [s.position for s in trim.steps] == ["p3", "p1"]
    assert "and 1 other would bring it to 10%" in trim_sentence(FOUND, WORDS, trim)


def test_that_a_negative_share_is_refused_and_a_line_in_another_currency_is_scaled() -> None:
    with pytest.raises(LevcheckError, match="reverse_bad_share"):
        smallest_trim(HELD, KNOWN, "NVDA.US", -0.1, today=TODAY, recognise=KNOWN.recognise)
    known = library([instrument("A.US"), instrument("B.US")])
    held = portfolio([("A.US", 900.0), ("B.US", 100.0)])
    trim = smallest_trim(held, known, "A.US", 0.25, today=TODAY, recognise=known.recognise)
    assert trim.amount == pytest.approx(650.0)
    assert trim.after == pytest.approx(0.25)


def test_that_a_theme_can_be_asked_about_too() -> None:
    model, analysis = prepared(
        HELD, KNOWN, targets=["theme:ai-chips"], today=TODAY, recognise=KNOWN.recognise
    )
    found = reverse_stress(model, analysis, "theme:ai-chips", 0.1)
    assert found.name == "Ai chips"
    assert put_back(found).stress[0].pnl == pytest.approx(-5_500, rel=1e-3)
