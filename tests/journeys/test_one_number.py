"""One core, one number: analysis, JSON, screens, PDF, HTML and workbook say the same to the cent."""

import random
from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook  # noqa: TID253
from pypdf import PdfReader
from pytestqt.qtbot import QtBot

from levcheck.app.analysis import Analysis
from levcheck.app.draft_results import DraftResult, Proposed, draft_results
from levcheck.app.pipeline import analyse
from levcheck.app.what_if import line_ref
from levcheck.domain.diagnostics import Place
from levcheck.domain.draft import By, Change, ChangeKind, Draft
from levcheck.domain.portfolio import Portfolio
from levcheck.domain.position import CashLine, Position
from levcheck.domain.scenario import PathShape, Scenario, Shock
from levcheck.i18n.words import Words
from levcheck.presenting.figures import What, number_key
from levcheck.presenting.overview import overview_view
from levcheck.presenting.proposed import losses_compared
from levcheck.presenting.stress import stress_view
from levcheck.presenting.what_if import what_if_view
from levcheck.reference.catalogue import Catalogue
from levcheck.reporting.blocks import TableBlock
from levcheck.reporting.html import html_document
from levcheck.reporting.page import PageOptions, page_one
from levcheck.reporting.report import Beside, report
from levcheck.reporting.workbook import workbook_bytes
from levcheck.ui.pdf import pdf_bytes

SYMBOLS = ("NVDA", "VOO", "SMH", "NVDL", "SOXL", "EWY", "MSTR", "STRC", "MSTU", "IBIT", "SPCF", "BND", "QQQ", "SQQQ", "TSLA", "AAPL", "GLD")  # fmt: skip
SCENARIOS = (
    Scenario("custom-day", "A day", "One day.", (Shock("NVDA.US", -0.13),), 0, PathShape.ONE_DAY, propagate=False),
    Scenario("custom-month", "A month", "A month.", (Shock("theme:ai-chips", -0.3),), 21),
    Scenario("custom-up", "A rise", "A rise.", (Shock("class:equity", 0.1),), 5, propagate=False),
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


def check_report(analysis: Analysis, words: Words, drafts: tuple[DraftResult, ...]) -> None:
    """Every scenario and line as the further pages print them: on paper, in HTML and in the table itself."""
    made = report(
        analysis,
        words,
        PageOptions(printed=date(2026, 11, 22)),
        ("holdings", "stress", "proposed"),
        Beside(drafts),
    )
    reader = PdfReader(BytesIO(pdf_bytes(made)))
    paper = "".join("".join(page.extract_text() for page in reader.pages).split())
    markup = html_document(made)
    wanted = [words.money(result.pnl, "USD") for result in analysis.stress]
    wanted += [words.money(result.low, "USD") for result in analysis.stress]
    for draft in drafts:
        wanted.append(words.money(draft.analysis.equity, "USD"))
        wanted += [
            words.money(result.pnl, "USD")
            for result in draft.analysis.stress
            if result.scenario in losses_compared(analysis)
        ]
    for text in wanted:
        assert "".join(text.split()) in paper
        assert text in markup
    shown = {section.id: section for section in made.sections}
    held = next(b.table for b in shown["holdings"].blocks if isinstance(b, TableBlock))
    at = [column.id for column in held.columns].index("value")
    values = [row.cells[at].sort for row in held.rows]
    whole = sum(value for value in values if isinstance(value, int | float))
    assert to_cents(whole) == pytest.approx(to_cents(analysis.equity), abs=0.011)
    document = analysis.to_json()
    assert document["provenance"]["result_sha256"].startswith(made.first.footer[-12:])


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
    for row, result in zip(totals, analysis.stress, strict=True):
        figures = (result.pnl, result.share_of_equity, result.low, result.high)
        assert [None if f is None else to_cents(f) for f in row[2:6]] == [
            None if f is None else round(f, 2) for f in figures
        ]
    lines = [
        (row[0], row[2])
        for row in book["Stress"].iter_rows(min_row=4, values_only=True)
        if row[1] != "All lines"
    ]
    assert lines == [
        (words.text(result.facts.name), round(loss.pnl, 2))
        for result in analysis.stress
        for loss in result.positions
    ]
    for sheet in book:
        assert not any(cell.data_type == "f" for row in sheet.iter_rows() for cell in row)


def check_screens(analysis: Analysis, words: Words) -> None:
    """Every scenario and every line as the screens show them: the figures behind the texts, and the texts."""
    overview = overview_view(analysis, words)
    assert words.money(analysis.equity, "USD") in [f.figure.text for f in overview.key_figures]
    nets = {row.id: row for row in overview.table.rows}
    assert len(nets) == len(analysis.families)
    listed = {choice.id: choice.result.text for choice in stress_view(analysis, words).scenarios}
    for result in analysis.stress:
        view = stress_view(analysis, words, result.scenario)
        assert listed[result.scenario].startswith(words.money(result.pnl, "USD", signed=True))
        at = [column.id for column in view.table.columns].index("pnl")
        shown = {row.id: row.cells[at] for row in view.table.rows}
        for loss in result.positions:
            cell = shown[number_key(What.LOSS, result.scenario, loss.position)]
            assert to_cents(cell.sort) == to_cents(loss.pnl)
            assert cell.text  # rounded so that the rows add up to their total
        assert view.table.total is not None
        assert words.money(result.pnl, "USD") in view.table.total.cells[at].text


def check_what_if(analysis: Analysis, words: Words, drafts: tuple[DraftResult, ...]) -> None:
    """Today beside the draft on the screen: the draft's own figures, none of them today's."""
    view = what_if_view(Proposed(analysis, drafts), words)
    texts = [cell.text for row in view.table.rows for cell in row.cells]
    for held in (analysis, *(draft.analysis for draft in drafts)):
        assert any(text.startswith(words.money(held.equity, "USD")) for text in texts)
        for result in held.stress:
            if result.scenario in losses_compared(analysis):
                assert any(text.startswith(words.money(result.pnl, "USD")) for text in texts)


def a_draft(analysis: Analysis, catalogue: Catalogue) -> tuple[DraftResult, ...]:
    """Trim the largest line to a part of it that ends on no half cent, where there is one to trim."""
    lines = [x for x in analysis.positions if x.position is not None and x.status != "left_out"]
    if not lines:
        return ()
    largest = max(lines, key=lambda line: abs(line.market_value or 0.0))
    change = Change(ChangeKind.TRIM, line_ref(analysis, largest.id), By.PART, 0.371)

    def analysed(portfolio: Portfolio) -> Analysis:
        return analyse(portfolio, catalogue, SCENARIOS, today=date(2026, 11, 22))

    return draft_results(analysis, (Draft("A", changes=(change,)),), analysed)


@pytest.mark.parametrize("seed", range(20))
def test_that_every_shell_says_the_same_number(
    seed: int, catalogue: Catalogue, qtbot: QtBot
) -> None:
    analysis = analyse(a_portfolio(seed), catalogue, SCENARIOS, today=date(2026, 11, 22))
    words = Words("en")
    check_json(analysis)
    check_workbook(analysis, words)
    drafts = a_draft(analysis, catalogue)
    check_report(analysis, words, drafts)
    check_screens(analysis, words)
    check_what_if(analysis, words, drafts)
    for draft in drafts:
        assert draft.analysis.to_json()["provenance"] != analysis.to_json()["provenance"]
        check_screens(draft.analysis, words)
        check_json(draft.analysis)
        check_workbook(draft.analysis, words)
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
