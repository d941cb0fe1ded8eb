"""A list without prices and values: the report says what is missing, and prints no zero that nobody knows."""

import re
from dataclasses import replace
from functools import cache

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
from tests.helpers.report_lab import DAY, bundled, symbols


@cache
def unvalued() -> Analysis:
    held = portfolio_of_symbols(symbols(8), seed=7, name="made up")
    bare = tuple(replace(line, price=None, market_value=None) for line in held.positions)
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
