"""What screens and report say about debt."""

from dataclasses import replace

import pytest

from levcheck.app.analysis import Analysis, MarginFacts, MarginLine
from levcheck.app.margin_state import with_scenarios
from levcheck.i18n.words import HIDDEN, Words
from levcheck.presenting.borrowing import margin_assumption
from levcheck.presenting.drawer import drawer_view
from levcheck.presenting.figures import Tone
from levcheck.presenting.stress import stress_view
from levcheck.reporting.page import PageOptions, page_one
from tests.helpers.sample_analysis import sample_analysis
from tests.helpers.view_texts import texts_of

WORDS = Words("en")


def facts(debt: float) -> MarginFacts:
    """The 31,000 of the two-times fund bought partly on credit."""
    required = 15_500.0
    return MarginFacts(
        debt=debt,
        equity=31_000.0 - debt,
        required=required,
        excess=31_000.0 - debt - required,
        uniform_fall=max(1 - debt / (31_000.0 - required), 0.0),
        root="NVDA.X",
        root_name="NVIDIA",
        root_fall=0.1,
        lines=(MarginLine("p4", 31_000.0, 0.5, required, "multiple"),),
    )


def owing(debt: float) -> Analysis:
    analysis = sample_analysis()
    return replace(analysis, margin=with_scenarios(facts(debt), analysis.stress))


def test_that_without_debt_nothing_is_said() -> None:
    view = stress_view(sample_analysis(), WORDS)
    assert view.margin_line == ""
    assert view.margin is None
    assert margin_assumption(sample_analysis(), WORDS) == ""


def test_that_the_stress_screen_says_how_far_the_call_is_and_what_is_sold() -> None:
    view = stress_view(owing(12_400.0), WORDS, "ai-chips-minus-30")
    assert view.margin_line.startswith("You owe $12,400 (")
    assert "If every line loses 20%, the broker calls. NVIDIA alone would have to fall 10%." in (
        view.margin_line
    )
    assert "the broker would call: about $" in view.margin_line
    assert view.margin is not None
    assert view.margin.text.startswith("Cushion $3,100 (")
    assert drawer_view(owing(12_400.0), view.margin.key or "", WORDS).rows[0].figure == "$3,100.00"


def test_that_a_call_that_is_due_is_said_first() -> None:
    view = stress_view(owing(20_000.0), WORDS)
    assert "the broker can call for cover today" in view.margin_line
    assert view.margin is not None
    assert view.margin.tone is Tone.WARNING


def test_that_hidden_amounts_stay_hidden() -> None:
    hidden = Words("en", hide_amounts=True)
    view = stress_view(owing(12_400.0), hidden)
    texts = [view.margin_line, *(texts_of(view.margin) if view.margin else ())]
    assert not [text for text in texts if "$" in text or "12,400" in text]
    drawer = drawer_view(owing(12_400.0), "margin", hidden)
    assert drawer.rows[0].figure == HIDDEN


def test_that_the_report_says_how_the_demand_was_taken() -> None:
    page = page_one(owing(12_400.0), WORDS, PageOptions())
    assert any("FINRA 4210" in line and "$12,400" in line for line in page.assumptions)


@pytest.mark.parametrize("debt", [12_400.0, 20_000.0])
def test_that_sentences_stay_short(debt: float) -> None:
    for sentence in stress_view(owing(debt), WORDS).margin_line.split(". "):
        assert len(sentence.split()) <= 20, sentence
