"""One core, one number: analysis, JSON, screens, PDF, HTML and workbook say the same to the cent."""

import random
from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook  # noqa: TID253
from pypdf import PdfReader
from pytestqt.qtbot import QtBot

from levcheck.app.analysis import Analysis
from levcheck.app.pipeline import analyse
from levcheck.domain.diagnostics import Place
from levcheck.domain.portfolio import Portfolio
from levcheck.domain.position import CashLine, Position
from levcheck.domain.scenario import PathShape, Scenario, Shock
from levcheck.i18n.words import Words
from levcheck.presenting.overview import overview_view
from levcheck.presenting.stress import stress_view
from levcheck.reference.catalogue import Catalogue
from levcheck.reporting.html import html_document
from levcheck.reporting.page import PageOptions, page_one
from levcheck.reporting.workbook import workbook_bytes
from levcheck.ui.pdf import pdf_bytes

SYMBOLS = ("NVDA", "VOO", "SMH", "NVDL", "SOXL", "EWY", "MSTR", "STRC", "MSTU", "IBIT", "SPCF", "BND", "QQQ", "SQQQ", "TSLA", "AAPL", "GLD")  # fmt: skip
SCENARIOS = (
    Scenario("custom-day", "A day", "One day.", (Shock("NVDA.US", -0.13),), 0, PathShape.ONE_DAY, propagate=False),
    Scenario("custom-month", "A month", "A month.", (Shock("theme:ai-chips", -0.3),), 21),
)  # fmt: skip


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return Catalogue.bundled()


def a_portfolio(seed: int) -> Portfolio:
    draw = random.Random(seed)
    symbols = draw.sample(SYMBOLS, draw.randint(1, 12))
    positions = tuple(
        Position(
            Place("made.xlsx", "Holdings", row), symbol=symbol, quantity=float(draw.randint(1, 500)),
            market_value=round(draw.uniform(50, 90_000), 2), value_basis="stated", currency="USD",
        )
        for row, symbol in enumerate(symbols, start=2)
    )  # fmt: skip
    cash = (
        CashLine(
            Place("made.xlsx", "Holdings", 40), "Cash", round(draw.uniform(-500, 9_000), 2), "USD"
        ),
    )
    return Portfolio(f"made {seed}", positions, cash, "USD", "2026-06-30", "ab" * 32)


def to_cents(value: object) -> float:
    assert isinstance(value, int | float)
    return round(float(value), 2)


def check_json(analysis: Analysis) -> None:
    document = analysis.to_json()
    assert to_cents(document["portfolio"]["equity"]) == to_cents(analysis.equity)
    for shown, result in zip(document["stress"], analysis.stress, strict=True):
        assert to_cents(shown["pnl"]) == to_cents(result.pnl)
        assert to_cents(sum(p["pnl"] for p in shown["positions"])) == pytest.approx(
            to_cents(result.pnl), abs=0.011
        )
    for shown, theme in zip(document["themes"], analysis.themes, strict=True):
        assert to_cents(shown["net"]) == to_cents(theme.net)


def check_workbook(analysis: Analysis, words: Words) -> None:
    book = load_workbook(BytesIO(workbook_bytes(analysis, words)))
    held = {row[0]: row[5] for row in book["Holdings"].iter_rows(min_row=4, values_only=True)}
    for line in analysis.positions:
        expected = None if line.market_value is None else round(line.market_value, 2)
        assert held[line.id] == expected
    totals = [
        row
        for row in book["Stress"].iter_rows(min_row=4, values_only=True)
        if row[1] == "All lines"
    ]
    assert [row[2] for row in totals] == [round(result.pnl, 2) for result in analysis.stress]
    for sheet in book:
        assert not any(cell.data_type == "f" for row in sheet.iter_rows() for cell in row)


@pytest.mark.parametrize("seed", range(20))
def test_that_every_shell_says_the_same_number(
    seed: int, catalogue: Catalogue, qtbot: QtBot
) -> None:
    analysis = analyse(a_portfolio(seed), catalogue, SCENARIOS, today=date(2026, 11, 22))
    words = Words("en")
    check_json(analysis)
    check_workbook(analysis, words)
    worst = min(analysis.stress, key=lambda result: result.pnl)
    page = page_one(analysis, words, PageOptions(printed=date(2026, 11, 22)))
    reader = PdfReader(BytesIO(pdf_bytes(page)))
    assert len(reader.pages) == 1
    paper = " ".join(reader.pages[0].extract_text().split())
    markup = html_document(page)
    headline = analysis.to_json()["headline"]
    overview, stress = overview_view(analysis, words), stress_view(analysis, words, worst.scenario)
    assert headline == overview.headline == page.headline
    equity, loss = words.money(analysis.equity, "USD"), words.money(worst.pnl, "USD")
    for text in (equity, loss, words.money(analysis.in_effect, "USD")):
        assert text in paper
        assert text in markup
    assert equity in [figure.figure.text for figure in overview.key_figures]
    if round(worst.pnl, 2):
        # The sentence says "lose", so the figure in it carries no sign.
        assert loss.lstrip("−+") in stress.headline
    assert headline in paper
