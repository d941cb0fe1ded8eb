"""Page one on paper: one page, selectable text inside the margins, the same bytes again, no private metadata."""

import re
import shutil
import subprocess
import unicodedata
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from pytestqt.qtbot import QtBot

from levcheck.app.analysis import Analysis
from levcheck.i18n.words import Words
from levcheck.reporting.html import html_document
from levcheck.reporting.page import PageOptions, page_one, printing_day
from levcheck.ui.pdf import MARGIN_MM, pdf_bytes
from tests.helpers.sample_analysis import sample_analysis

DAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def analysis() -> Analysis:
    return sample_analysis()


def text_of(content: bytes) -> str:
    reader = PdfReader(BytesIO(content))
    assert len(reader.pages) == 1
    # Compatibility forms put a ligature back into its letters.
    return " ".join(unicodedata.normalize("NFKC", reader.pages[0].extract_text()).split())


@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize("language", ["en", "ko", "zh_TW", "de"])
def test_that_every_text_of_the_page_is_on_paper(
    analysis: Analysis, paper: str, language: str, qtbot: QtBot
) -> None:
    page = page_one(analysis, Words(language), PageOptions(paper, printed=DAY, client="A. Client"))
    content = pdf_bytes(page)
    text = text_of(content)
    wanted = [page.headline, page.client, page.dates, page.missing, page.footer, *page.limits]
    wanted += [figure.text for figure in page.figures]
    wanted += [cell for row in (*page.doors.rows, *page.resets.rows) for cell in row]
    wanted += [*page.doors.headers, *page.resets.headers, page.doors.title, page.resets.title]
    # Extraction may lose or add a blank between words set apart; letters and their order stay.
    missing = [
        part
        for part in wanted
        if "".join(unicodedata.normalize("NFKC", part).split()) not in "".join(text.split())
    ]
    assert not missing
    size = PdfReader(BytesIO(content)).pages[0].mediabox
    assert (round(size.width), round(size.height)) == ((595, 842) if paper == "A4" else (612, 792))


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_that_nothing_stands_in_the_margin(
    analysis: Analysis, paper: str, qtbot: QtBot, tmp_path: Path
) -> None:
    tool = shutil.which("pdftotext")
    if tool is None:
        pytest.skip("pdftotext is not installed")
    file = tmp_path / "page.pdf"
    file.write_bytes(pdf_bytes(page_one(analysis, Words("en"), PageOptions(paper, printed=DAY))))
    boxes = subprocess.run(
        [tool, "-bbox", str(file), "-"], capture_output=True, text=True, check=True
    )
    width = 595.3 if paper == "A4" else 612.0
    margin = MARGIN_MM / 25.4 * 72 - 1.5
    found = re.findall(r'xMin="([\d.]+)" yMin="[\d.]+" xMax="([\d.]+)"[^>]*>([^<]*)<', boxes.stdout)
    assert len(found) > 50
    outside = [
        word for left, right, word in found if float(left) < margin or float(right) > width - margin
    ]
    assert not outside


def test_that_the_same_page_is_the_same_bytes(analysis: Analysis, qtbot: QtBot) -> None:
    page = page_one(analysis, Words("en"), PageOptions(printed=DAY))
    assert pdf_bytes(page) == pdf_bytes(page)
    other = page_one(analysis, Words("en"), PageOptions(printed=date(2026, 11, 23)))
    assert pdf_bytes(page) != pdf_bytes(other)


def test_that_metadata_names_no_client_and_no_file(analysis: Analysis, qtbot: QtBot) -> None:
    page = page_one(analysis, Words("en"), PageOptions(client="Jane Roe", printed=DAY))
    facts = PdfReader(BytesIO(pdf_bytes(page))).metadata
    assert facts is not None
    assert facts.title == "levcheck · Exposure and stress check"
    assert "Roe" not in str(dict(facts))
    assert facts.creation_date is not None
    assert facts.creation_date.date() == DAY


def test_that_hidden_amounts_are_on_no_page(analysis: Analysis, qtbot: QtBot) -> None:
    page = page_one(analysis, Words("en", hide_amounts=True), PageOptions(printed=DAY))
    for text in (text_of(pdf_bytes(page)), html_document(page)):
        assert "$" not in text.replace("US$", "")
        for line in analysis.positions:
            if line.market_value:
                assert f"{line.market_value:,.0f}" not in text


def test_that_a_firm_text_is_cut_and_a_name_cannot_run(analysis: Analysis) -> None:
    options = PageOptions(client="<script>alert(1)</script>", firm_text="x" * 900, printed=DAY)
    page = page_one(analysis, Words("en"), options)
    assert len(page.disclosure[-1]) == 400
    assert "<script" not in html_document(page)


def test_that_a_portfolio_without_a_scenario_still_has_a_page(
    analysis: Analysis, qtbot: QtBot
) -> None:
    bare = replace(analysis, stress=(), daily_reset=(), themes=())
    page = page_one(bare, Words("en"), PageOptions(printed=DAY))
    assert "No scenario was run" in text_of(pdf_bytes(page))


def test_that_the_day_of_printing_can_be_fixed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1781000000")
    assert printing_day() == date(2026, 6, 9)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "")
    assert printing_day() >= DAY
