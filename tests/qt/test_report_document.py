"""The whole report on paper: page one alone on its sheet, headings on every sheet, the preview the same as the file."""

import re
import unicodedata
from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from levcheck.app.analysis import Analysis
from levcheck.app.draft_results import draft_results
from levcheck.app.pipeline import analyse
from levcheck.app.what_if import line_ref
from levcheck.domain.draft import By, Change, ChangeKind, Draft
from levcheck.domain.portfolio import Portfolio
from levcheck.i18n.words import LANGUAGES, Words
from levcheck.presenting.figures import Cell, Column, Row, TableView
from levcheck.presenting.leverage_paths import legal_text
from levcheck.reference.scenario_files import load_scenarios
from levcheck.reporting.blocks import Section, TableBlock
from levcheck.reporting.branding import Branding, checked_branding
from levcheck.reporting.page import PageOptions, page_one
from levcheck.reporting.report import PAGE_NAMES, Beside, Report, report
from levcheck.ui.paper.document import Document
from levcheck.ui.pdf import pdf_bytes
from tests.helpers.report_lab import DAY, SVG, analysis_of, bundled, png

EVERY = tuple(PAGE_NAMES)
FULL = checked_branding(
    firm="Example Wealth Partners LLC, Private Clients",
    logo=SVG,
    accent="#7A1F3D",
    text=("A closing text of the firm. " * 20)[:400],
)


def options(paper: str = "A4", branding: Branding | None = None) -> PageOptions:
    if branding is None:
        return PageOptions(paper, printed=DAY)
    return PageOptions(
        paper, printed=DAY, branding=branding, client="Maria Example-Longname", shown_on=DAY
    )


def letters(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def pages_of(content: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(BytesIO(content)).pages]


@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("lines", [1, 14, 60, 500])
def test_that_page_one_is_one_sheet_with_every_row_of_its_charts(
    lines: int, language: str, paper: str, qtbot: QtBot
) -> None:
    analysis = analysis_of(lines, debt=20_000.0 if lines == 60 else 0.0)
    for branding in (None, FULL):
        page = page_one(analysis, Words(language), options(paper, branding))
        document = Document(Report(page))
        assert document.pages == 1
        assert document.first.room >= document.first.needed


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_every_page_kind_is_on_paper_with_its_words(language: str, qtbot: QtBot) -> None:
    made = report(analysis_of(14), Words(language), options(branding=FULL), EVERY)
    texts = pages_of(pdf_bytes(made))
    whole = letters(" ".join(texts))
    assert [section.id for section in made.sections] == list(EVERY)
    for section in made.sections:
        assert letters(section.title) in whole
        tables = [block.table for block in section.blocks if isinstance(block, TableBlock)]
        for table in tables:
            figures = [
                row.cells[index].text
                for row in table.rows
                for index, column in enumerate(table.columns)
                if column.numeric
            ]
            assert not [text for text in figures if letters(text) not in whole]
    for number, text in enumerate(texts, start=1):
        label = made.first.page_label.format(page=number, pages=len(texts))
        assert letters(label) in letters(text)
        assert letters(made.first.footer) in letters(text)
        assert letters("Maria Example-Longname") in letters(text)


def test_that_a_long_table_has_its_headings_on_every_sheet(qtbot: QtBot) -> None:
    made = report(analysis_of(500), Words("en"), options(), ("holdings",))
    texts = pages_of(pdf_bytes(made))[1:]
    assert len(texts) > 5
    with_rows = [text for text in texts if text.count("Stock") > 2]
    assert len(with_rows) > 5
    assert all("Holding" in text and "Quantity" in text for text in with_rows)
    printed = "\n".join(texts)
    assert all(
        re.search(rf"\b{line.label}\b", printed)
        for line in analysis_of(500).positions
        if line.position is not None
    )


def test_that_a_heading_never_stands_alone_at_the_foot(qtbot: QtBot) -> None:
    document = Document(report(analysis_of(60), Words("de"), options("Letter"), EVERY))
    for sheet in document._sheets:
        tops = [top for top, _ in sheet.placed]
        assert tops == sorted(tops)
        last_top, last = sheet.placed[-1]
        assert last_top + last.height <= document._body().bottom() + 0.01
    assert document.pages > 10


@pytest.mark.parametrize("lines", range(44, 60, 2))
def test_that_no_row_of_a_long_table_goes_on_alone(lines: int, qtbot: QtBot) -> None:
    row = Row("r", (Cell("VOO"), Cell("$1")))
    columns = (Column("line", "Holding"), Column("value", "Value", numeric=True))
    total = Row("all", (Cell("Together"), Cell("$9")))
    table = TableView("Holdings", columns, (row,) * lines, total)
    page = page_one(analysis_of(1), Words("en"), options())
    section = Section("long", "A long one", (TableBlock(table),))
    texts = pages_of(pdf_bytes(Report(page, (section,))))[1:]
    assert sum(text.count("VOO") for text in texts) == lines
    assert min(text.count("VOO") for text in texts) >= 3
    assert "Together" in texts[-1]


def test_that_the_preview_has_the_sheets_of_the_file(qtbot: QtBot) -> None:
    made = report(analysis_of(14), Words("en"), options(branding=FULL), EVERY)
    document = Document(made)
    assert document.pages == len(PdfReader(BytesIO(pdf_bytes(made))).pages)
    image = document.image(0, 0.5)
    assert isinstance(image, QImage)
    assert (image.width(), image.height()) == (397, 561)
    ink = sum(
        image.pixelColor(x, y).lightness() < 128
        for x in range(0, image.width(), 3)
        for y in range(0, image.height(), 3)
    )
    assert ink > 200


def test_that_the_set_text_stands_where_a_likelihood_is_shown_and_nowhere_else(
    qtbot: QtBot,
) -> None:
    analysis, words = analysis_of(14), Words("ko")
    shown = letters(
        " ".join(pages_of(pdf_bytes(report(analysis, words, options(), ("leverage",)))))
    )
    assert letters(legal_text()) in shown
    plain = letters(words.text("The dots are drawn by a rule of chance. They did not happen, and nobody can promise them."))  # fmt: skip
    assert shown.index(plain) < shown.index(letters(legal_text()))
    others = tuple(name for name in EVERY if name != "leverage")
    rest = letters(" ".join(pages_of(pdf_bytes(report(analysis, words, options(), others)))))
    assert letters(legal_text()) not in rest


def test_that_fonts_are_embedded_and_nothing_private_is_in_the_file(qtbot: QtBot) -> None:
    brand = checked_branding(firm="A firm", logo=png(note=b"/home/jane/logo.png"))
    content = pdf_bytes(report(analysis_of(14), Words("zh_TW"), options(branding=brand), EVERY))
    reader = PdfReader(BytesIO(content))
    fonts = [
        part.get_object()
        for page in reader.pages
        for part in page["/Resources"]["/Font"].values()  # type: ignore[index]
    ]
    assert fonts
    for font in fonts:
        inner = font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font
        described = inner["/FontDescriptor"].get_object()
        assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(described)
    assert b"jane" not in content
    assert "Longname" not in str(dict(reader.metadata or {}))


def test_that_the_same_report_is_the_same_bytes_and_another_day_is_not(qtbot: QtBot) -> None:
    made = report(analysis_of(14), Words("en"), options(branding=FULL), EVERY)
    content = pdf_bytes(made)
    assert content == pdf_bytes(made)
    later = replace(made, first=replace(made.first, printed=DAY.replace(day=23)))
    assert content != pdf_bytes(later)


def test_that_hidden_amounts_are_on_no_further_page(qtbot: QtBot) -> None:
    analysis = analysis_of(14)
    made = report(analysis, Words("en", hide_amounts=True), options(), EVERY)
    text = " ".join(pages_of(pdf_bytes(made)))
    assert "$" not in text.replace("US$", "")
    for line in analysis.positions:
        if line.market_value and line.market_value > 1000:
            assert f"{line.market_value:,.0f}" not in text


def test_that_hidden_amounts_are_in_no_draft_and_no_comparison(qtbot: QtBot) -> None:
    analysis = analysis_of(14)
    largest = max(
        (line for line in analysis.positions if line.position is not None),
        key=lambda line: line.market_value or 0.0,
    )
    ref = line_ref(analysis, largest.id)
    changes = (Change(ChangeKind.SELL, ref, By.MONEY, 1234.0),)

    def analysed(portfolio: Portfolio) -> Analysis:
        return analyse(portfolio, bundled(), list(load_scenarios()), today=DAY)

    beside = Beside(draft_results(analysis, (Draft("A", changes),), analysed), analysis_of(1))
    pages = ("proposed", "changes")
    for hidden in (False, True):
        words = Words("en", hide_amounts=hidden)
        made = report(analysis, words, options(), pages, beside)
        text = " ".join(pages_of(pdf_bytes(made)))
        assert ("$" in text.replace("US$", "")) is not hidden
        assert "1,234" not in text or not hidden
