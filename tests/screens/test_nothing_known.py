"""Where not one holding is known, nothing says zero: not a screen, not the command line, not a firm's book."""

from pathlib import Path

import pytest

from levcheck.app.analysis import Analysis
from levcheck.app.pipeline import analyse
from levcheck.app.session import new_session
from levcheck.batch.questions import Question, QuestionKind
from levcheck.batch.working import BookOptions, result_of
from levcheck.cli.check_text import text_blocks
from levcheck.i18n.words import LANGUAGES, UNKNOWN, Words
from levcheck.importing import read_positions
from levcheck.presenting.screens import screen_views
from levcheck.reference.catalogue import Catalogue
from levcheck.reference.scenario_files import load_scenarios

SCENARIO = "ai-chips-minus-30"
LINES = "Symbol,Name,Market Value,Currency\nQZXVA,Harbor Lane Note,1000,USD\nQZXVB,Blue Lake Fund,1500,USD\n"


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("unknown") / "list.csv"
    path.write_text(LINES, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def unknown(file: Path) -> Analysis:
    portfolio = new_session([read_positions(file)]).portfolio
    return analyse(portfolio, Catalogue.for_user(), list(load_scenarios()))


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_the_screens_ask_what_the_holdings_are(unknown: Analysis, language: str) -> None:
    words = Words(language)
    assert unknown.is_uncounted
    assert not unknown.is_unvalued
    views = screen_views(unknown, words)
    shown = (views.overview, views.overlap, views.stress, views.what_if)
    assert len({view.headline for view in shown}) == 1
    assert len({view.nothing_yet for view in shown}) == 4
    assert all(view.nothing_yet for view in shown)
    assert views.data.headline != views.stress.headline


def test_that_the_command_line_names_no_loss(unknown: Analysis) -> None:
    words = Words("en")
    blocks = text_blocks(unknown, words)
    text = "\n".join(line for block in blocks for line in block)
    assert blocks[0] == ["None of your holdings can be counted yet."]
    assert f"Money invested $2,500. In effect {UNKNOWN}." in text
    assert "$0" not in text
    assert all(words.text(result.facts.name) not in text for result in unknown.stress)


def test_that_a_book_answers_unknown(file: Path) -> None:
    questions = (
        Question("over:NVDA=25%", QuestionKind.OVER, "NVDA.US", 0.25),
        Question("held-longer:30", QuestionKind.HELD_LONGER, "", 30.0),
        Question(f"margin-call:{SCENARIO}", QuestionKind.MARGIN_CALL, SCENARIO, 0.0),
    )
    options = BookOptions(scenarios=(SCENARIO,), questions=questions, today="2026-11-01")
    found = result_of(file, options)
    (row,) = found.rows
    assert row["equity"] == 2500.0
    assert row[f"{SCENARIO} pnl"] is None
    assert row[f"{SCENARIO} share"] is None
    # Without debt there is nobody to call, whatever the holdings are.
    assert [(one["question"], one["answer"]) for one in found.answers] == [
        ("over:NVDA=25%", "unknown"),
        ("held-longer:30", "unknown"),
    ]
