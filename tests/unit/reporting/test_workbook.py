"""The workbook: numbers that are numbers, texts that stay texts, and a sheet that says what each sheet is."""

import gc
import unicodedata
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook  # noqa: TID253

from levcheck.app.explain import explain_loss, explain_scenario
from levcheck.app.result_hash import result_hash
from levcheck.i18n.words import LANGUAGES, Words
from levcheck.reporting.workbook import workbook_bytes
from levcheck.reporting.workbook_cells import TEXT, width_of
from tests.helpers.report_lab import DAY, analysis_of


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("hidden", [False, True])
def test_that_reopened_it_holds_no_formula_no_error_and_no_hidden_amount(
    language: str, *, hidden: bool
) -> None:
    analysis = analysis_of(60, debt=20_000.0)
    words = Words(language, hide_amounts=hidden)
    book = load_workbook(BytesIO(workbook_bytes(analysis, words, DAY)))
    kinds = {
        cell.data_type
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }
    assert kinds == {"s", "n"}
    numbers = [
        cell.value
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "n" and isinstance(cell.value, int | float)
    ]
    largest = max(abs(line.market_value or 0.0) for line in analysis.positions)
    assert any(abs(number - round(largest, 2)) < 0.005 for number in numbers) is not hidden
    assert len(book.sheetnames) == len(set(book.sheetnames)) == 11


def test_that_the_first_sheet_tells_what_each_sheet_is_and_which_figures_these_are() -> None:
    analysis = analysis_of(14)
    book = load_workbook(BytesIO(workbook_bytes(analysis, Words("en"), DAY)))
    first = book.worksheets[0]
    texts = [str(row[0]) for row in first.iter_rows(values_only=True)]
    assert set(book.sheetnames) - {"About"} <= set(texts)
    values = [row[1] for row in first.iter_rows(values_only=True)]
    assert result_hash(analysis) in values
    assert book.properties.creator in {None, ""}


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_names_of_sheets_lead_to_them(language: str) -> None:
    content = workbook_bytes(analysis_of(14), Words(language), DAY)
    book = load_workbook(BytesIO(content))
    first = book.worksheets[0]
    found = {
        str(cell.value): cell.hyperlink.location
        for (cell,) in first.iter_rows(max_col=1)
        if cell.hyperlink is not None
    }
    assert found == {name: f"'{name}'!A1" for name in book.sheetnames[1:]}
    # None of them leads out of the workbook.
    with ZipFile(BytesIO(content)) as parts:
        assert not [name for name in parts.namelist() if b"External" in parts.read(name)]


def test_that_charts_are_drawn_from_cells_that_hold_the_figures() -> None:
    analysis = analysis_of(14)
    book = load_workbook(BytesIO(workbook_bytes(analysis, Words("en"), DAY)))
    worst = min(result.pnl for result in analysis.stress)
    assert book["Losses"]["B4"].value == round(worst, 2)
    assert book["Losses"]["B4"].number_format.startswith("#,##0.00")


def test_that_a_fixed_day_gives_the_same_bytes_again() -> None:
    analysis = analysis_of(14)
    once = workbook_bytes(analysis, Words("en"), DAY)
    assert workbook_bytes(analysis, Words("en"), DAY) == once
    assert workbook_bytes(analysis, Words("en"), date(2026, 11, 23)) != once


def test_that_a_sheet_can_be_read_printed_and_filtered() -> None:
    """Nothing is cut by its column, headings stay in sight and are printed on every page."""
    analysis = analysis_of(60, debt=20_000.0)
    book = load_workbook(BytesIO(workbook_bytes(analysis, Words("ko"), DAY)))
    for sheet in book:
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.page_setup.fitToHeight == 0
        for cell in sheet[3]:
            if isinstance(cell.value, str):
                assert sheet.column_dimensions[cell.column_letter].width >= len(cell.value) + 2
    holdings = book.worksheets[2]
    assert holdings.freeze_panes == "B4"
    assert holdings.auto_filter.ref == f"A3:I{3 + len(analysis.positions)}"
    assert holdings.print_title_rows == "$3:$3"
    names = [len(str(cell.value)) for cell in holdings["C"][3:]]
    assert holdings.column_dimensions["C"].width >= min(max(names), 60)
    # Places are told in the reader's language.
    places = {str(cell.value) for cell in holdings["I"][3:]}
    assert not any(place.startswith("row ") for place in places)


def test_that_rows_that_sum_up_others_stand_out() -> None:
    analysis = analysis_of(14)
    stress = load_workbook(BytesIO(workbook_bytes(analysis, Words("en"), DAY)))["Stress"]
    strong = [row[1].value for row in stress.iter_rows(min_row=4) if row[1].font.b]
    assert strong == ["All lines"] * len(analysis.stress)


def test_that_pairs_past_what_anybody_reads_are_counted_instead(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    analysis = analysis_of(14)
    pairs = len(analysis.overlap.pairs)
    assert pairs > 5
    monkeypatch.setattr("levcheck.reporting.workbook.MOST_PAIRS", 5)
    book = load_workbook(BytesIO(workbook_bytes(analysis, Words("en"), DAY)))
    sheet = book["Overlap"]
    assert sheet.max_row == 3 + 5
    assert str(sheet["A2"].value).startswith(
        f"The largest pairs; {pairs - 5} more pairs share less"
    )


@pytest.mark.parametrize(
    "text", ["", "plain", "−$1.234 → NVDA…", "삼성전자 우선주", "國泰 25L", "Ａ full"]
)
def test_that_a_letter_of_east_asia_is_as_wide_as_nearly_two_digits(text: str) -> None:
    wide = [unicodedata.east_asian_width(letter) in "WF" for letter in text]
    expected = min(
        max(max(len("head") + 2.0, sum(1.8 if w else 1.0 for w in wide)) + 2.0, 9.0), 72.0
    )
    assert width_of("head", TEXT, [text, None]) == pytest.approx(expected)


def test_that_the_collector_works_again_after_a_workbook() -> None:
    analysis = analysis_of(3)
    was_on = gc.isenabled()
    gc.enable()
    try:
        workbook_bytes(analysis, Words("en"), DAY)
        assert gc.isenabled()
    finally:
        (gc.enable if was_on else gc.disable)()


def test_that_a_loss_is_explained_alike_alone_and_inside_its_scenario() -> None:
    analysis = analysis_of(12)
    compared = 0
    for result in analysis.stress:
        tree = explain_scenario(analysis, result.scenario)
        alone = [explain_loss(analysis, result.scenario, one.position) for one in result.positions]
        listed = [part for part in tree.inputs if part.code != "explain.rest"]
        assert listed
        assert all(part in alone for part in listed)
        compared += len(listed)
    assert compared > 20
