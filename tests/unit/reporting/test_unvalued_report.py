"""A list without prices and values: the report says what is missing, and prints no zero that nobody knows."""

import re
from dataclasses import replace
from functools import cache
from io import BytesIO

import pytest

from levcheck.app.analysis import Analysis
from levcheck.app.pipeline import analyse
from levcheck.bench.made_up import portfolio_of_symbols
from levcheck.i18n.words import LANGUAGES, UNKNOWN, Words
from levcheck.presenting.verdict import unvalued_sentence
from levcheck.reference.scenario_files import load_scenarios
from levcheck.reporting.blocks import TextBlock
from levcheck.reporting.html import html_document
from levcheck.reporting.page import PageOptions, page_one
from levcheck.reporting.report import PAGE_NAMES, report
from levcheck.reporting.workbook import workbook_bytes
from tests.helpers.report_lab import DAY, bundled, symbols


@cache
def unvalued(valued: int = 0) -> Analysis:
    """Eight lines, of which so many have a value."""
    held = portfolio_of_symbols(symbols(8), seed=7, name="made up")
    bare = tuple(
        line if number < valued else replace(line, price=None, market_value=None)
        for number, line in enumerate(held.positions)
    )
    scenarios = list(load_scenarios())
    return analyse(replace(held, positions=bare), bundled(), scenarios, today=DAY)


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_page_one_says_what_is_missing_where_its_charts_would_be(language: str) -> None:
    words = Words(language)
    page = page_one(unvalued(), words, PageOptions(printed=DAY))
    assert {figure.text for figure in page.figures} == {UNKNOWN}
    assert page.exposure.empty_text == unvalued_sentence(words, unvalued(), "overview")
    assert page.loss is not None
    assert page.loss.empty_text == unvalued_sentence(words, unvalued(), "stress")
    assert (page.exposure.rows, page.loss.steps, page.loss_range) == ((), (), "")


def test_that_no_page_prints_an_amount_or_a_share_nobody_knows() -> None:
    made = report(unvalued(), Words("en"), PageOptions(printed=DAY), tuple(PAGE_NAMES))
    for section in made.sections:
        if section.id in {"roots", "overlap", "stress", "explain"}:
            [block] = section.blocks
            assert isinstance(block, TextBlock)
            assert block.text.startswith("Your file holds no prices and no values.")
    shown = report(unvalued(), Words("en"), PageOptions(printed=DAY), ("holdings", "stress"))
    text = re.sub(r"<style>.*?</style>|<[^>]+>", " ", html_document(shown))
    assert not re.findall(r"\$0\b|\b0%", text)


def test_that_a_share_of_what_has_a_value_is_not_told_as_one_of_the_list() -> None:
    page = page_one(unvalued(3), Words("en"), PageOptions(printed=DAY))
    assert "5 of your 8 holdings have no value yet." in " ".join(page.limits)
    assert "We could see through" not in " ".join(page.limits)
    assert page.missing.endswith("Not all that is left out has a value.")
    whole = page_one(unvalued(8), Words("en"), PageOptions(printed=DAY))
    assert "We could see through" in " ".join(whole.limits)


def test_that_a_list_nobody_knows_is_not_asked_to_be_opened() -> None:
    held = portfolio_of_symbols(("NVDA",), seed=7, name="made up")
    [line] = held.positions
    unknown = replace(line, symbol="QQXZ9", name="A note of a friend", isin=None, cusip=None)
    analysis = analyse(
        replace(held, positions=(unknown,)), bundled(), list(load_scenarios()), today=DAY
    )
    page = page_one(analysis, Words("en"), PageOptions(printed=DAY))
    assert not page.exposure.rows
    assert page.exposure.empty_text == page.exposure.summary
    missing = "We could not tell what 1 of your 1 holdings is."
    assert page.exposure.empty_text.startswith(missing)
    assert page.loss is not None
    assert page.loss.empty_text.startswith(missing)
    money, effect = page.figures
    assert money.text not in {UNKNOWN, "$0"}
    assert effect.text == UNKNOWN
    assert not page.limits


def test_that_no_scenario_costs_nothing_where_nothing_is_known() -> None:
    held = portfolio_of_symbols(("NVDA",), seed=7, name="made up")
    unknown = replace(held.positions[0], symbol="QQXZ9", name="A note", isin=None, cusip=None)
    analysis = analyse(
        replace(held, positions=(unknown,)), bundled(), list(load_scenarios()), today=DAY
    )
    made = report(analysis, Words("en"), PageOptions(printed=DAY), ("stress", "explain"))
    stress, explain = made.sections
    assert [type(block) for block in stress.blocks] == [TextBlock]
    assert len(explain.blocks) == 2


def test_that_the_workbook_writes_no_loss_of_zero() -> None:
    from openpyxl import load_workbook

    book = load_workbook(BytesIO(workbook_bytes(unvalued(), Words("en"), DAY)))
    assert "Losses" not in book.sheetnames
    sheet = book["Stress"]
    assert str(sheet["A1"].value).startswith("8 of your 8 holdings have no value yet.")
    assert sheet.max_row == 3
    some = load_workbook(BytesIO(workbook_bytes(unvalued(3), Words("en"), DAY)))
    assert some["Stress"].max_row > 3
    assert "Losses" in some.sheetnames
