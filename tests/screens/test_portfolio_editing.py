"""Editing, filtering, currencies and the receipt, as presented."""

from dataclasses import replace

import pytest

from levcheck.app.analysis import Analysis
from levcheck.domain.diagnostics import Diagnostic, Place, Severity
from levcheck.domain.portfolio import IgnoredRows, Outcome, Reading, StatedTotal
from levcheck.i18n.words import HIDDEN, Words
from levcheck.importing.mapping import ColumnChoice, ColumnChoices, TableChoice
from levcheck.presenting.holding_lines import Narrowing, narrowed
from levcheck.presenting.import_review import (
    decimal_options,
    known_columns_views,
    mapping_view,
    unit_options,
)
from levcheck.presenting.portfolio_table import PortfolioView, portfolio_view
from levcheck.presenting.typed_numbers import plain_number, read_typed
from tests.helpers.sample_analysis import sample_analysis
from tests.helpers.view_texts import texts_of

WORDS = Words("en")


@pytest.fixture(scope="module")
def analysis() -> Analysis:
    return sample_analysis()


def a_reading(file: str = "story.xlsx", **changes: object) -> Reading:
    made = Reading(
        file,
        "ab" * 32,
        Outcome.POSITIONS,
        ignored=(IgnoredRows("Holdings", 1, 2, "title"), IgnoredRows("Holdings", 9, 9, "nameless")),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def edited(analysis: Analysis, *figures: str) -> Analysis:
    """Return the sample with figures of its first line typed over."""
    first = analysis.positions[0]
    assert first.position is not None
    position = replace(first.position, edited=figures, raw={"market_value": "31 000"})
    return replace(analysis, positions=(replace(first, position=position), *analysis.positions[1:]))


# --- typed numbers -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.234,56", 1234.56),
        ("1,234.56", 1234.56),
        ("1'234.56", 1234.56),
        ("1 234,56 €", 1234.56),
        ("12,34,567", 1234567.0),
        ("1.234.567", 1234567.0),
        ("1234", 1234.0),
        ("0,125", 0.125),
        ("1234.567", 1234.567),
        ("-5", -5.0),
        ("(5,50)", -5.5),
        ("−7", -7.0),
        ("USD 12.5", 12.5),
        (".5", 0.5),
    ],
)
@pytest.mark.parametrize("language", ["en", "de"])
def test_that_a_number_is_read_however_it_is_written(
    text: str, value: float, language: str
) -> None:
    assert read_typed(text, Words(language)).value == pytest.approx(value)


def test_that_an_unclear_number_asks_which_is_meant() -> None:
    english, german = read_typed("1,234", WORDS), read_typed("1.234", Words("de"))
    assert english.readings == (1234.0, 1.234)
    assert german.readings == (1234.0, 1.234)
    assert english.value is None
    assert english.texts == ("1,234", "1.234")
    assert "can mean two numbers" in english.problem


@pytest.mark.parametrize(
    "text", ["", "abc", "1.2.3", "1,23,4", "--5", "1e400", "1,234.5,6", "9" * 17]
)
def test_that_what_is_no_number_is_not_guessed(text: str) -> None:
    read = read_typed(text, WORDS)
    assert read.readings == ()
    assert read.problem


@pytest.mark.parametrize("text", ["0", "-1.5"])
def test_that_a_rate_is_above_zero(text: str) -> None:
    assert read_typed(text, WORDS, positive=True).problem == "Type a number above zero."


@pytest.mark.parametrize("language", ["en", "de", "ko", "zh_TW"])
def test_that_a_figure_offered_for_typing_means_itself(language: str) -> None:
    words = Words(language)
    for value in (1040.0, 0.5, -3.25, 1234567.125, 0.00001):
        assert read_typed(plain_number(value, words), words).value == pytest.approx(value)


# --- marks and filters -------------------------------------------------------------------------------------


def cell_texts(view: PortfolioView, column: str) -> list[str]:
    number = [c.id for c in view.table.columns].index(column)
    return [row.cells[number].text for row in view.table.rows]


def test_that_a_typed_figure_is_marked_with_what_the_file_said(analysis: Analysis) -> None:
    view = portfolio_view(edited(analysis, "quantity", "market_value"), WORDS)
    assert cell_texts(view, "where")[0] == "typed by you"
    assert cell_texts(view, "where")[1] != "typed by you"
    assert view.lines[0].origin == (
        "Quantity typed by you; the value follows it. Your file says 31 000."
    )


def test_that_hidden_amounts_stay_hidden_in_every_panel(analysis: Analysis) -> None:
    hiding = Words("en", hide_amounts=True)
    total = StatedTotal("Holdings", 20, "Total", 267_812.0, "USD")
    view = portfolio_view(edited(analysis, "market_value"), hiding, (a_reading(totals=(total,)),))
    texts = texts_of(view)
    assert not [text for text in texts if "267" in text or "31 000" in text or "31,000" in text]
    assert all(line.value == "" and line.locked for line in view.lines)
    assert view.currencies is not None
    assert HIDDEN in texts_of(view.currencies)


def test_that_a_filter_keeps_the_rows_that_fit_and_adds_them_up(analysis: Analysis) -> None:
    view = portfolio_view(analysis, WORDS)
    shown = narrowed(view.table, view.lines, WORDS, Narrowing(status="left_out"), "USD")
    assert [row.cells[0].text for row in shown.rows] == ["XYZQ"]
    assert shown.total is not None
    assert shown.total.cells[0].text == "1 of 14 shown"
    found = narrowed(view.table, view.lines, WORDS, Narrowing(text="bitcoin FUND"), "USD")
    assert [row.cells[0].text for row in found.rows] == ["IBIT"]
    nothing = narrowed(view.table, view.lines, WORDS, Narrowing(text="no such"), "USD")
    assert not nothing.rows
    assert nothing.empty == "No holding fits. Clear the filter to see all of them."
    assert narrowed(view.table, view.lines, WORDS, Narrowing(), "USD") is view.table


def test_that_lines_are_filtered_by_account(analysis: Analysis) -> None:
    first = analysis.positions[0]
    assert first.position is not None
    mine = replace(first, position=replace(first.position, account="Depot 1"))
    two = replace(analysis, positions=(mine, *analysis.positions[1:]))
    view = portfolio_view(two, WORDS)
    assert view.accounts == ("Depot 1", "Z123")
    shown = narrowed(view.table, view.lines, WORDS, Narrowing(account="Depot 1"), "USD")
    assert [row.cells[0].text for row in shown.rows] == [mine.label]
    assert portfolio_view(analysis, WORDS).accounts == ()


# --- currencies --------------------------------------------------------------------------------------------


def test_that_a_missing_rate_is_asked_for_and_never_one(analysis: Analysis) -> None:
    first = analysis.positions[0]
    assert first.position is not None
    odd = replace(
        first,
        position=replace(first.position, currency="XAU"),
        fx_rate=None,
        market_value=None,
        status="left_out",
        reason="exposure.missing_rate",
    )
    view = portfolio_view(replace(analysis, positions=(odd, *analysis.positions[1:])), WORDS)
    money = view.currencies
    assert money is not None
    assert money.question == (
        "1 line is left out, because we have no rate from XAU to USD. Type it below."
    )
    assert money.rates[0].is_missing
    assert money.rates[0].text == ""
    assert [cell.text for cell in money.table.rows[0].cells][2:] == ["–", "–", "missing"]


# --- the receipt -------------------------------------------------------------------------------------------


def test_that_the_receipt_tells_every_row_with_its_reason_and_place(analysis: Analysis) -> None:
    view = portfolio_view(analysis, WORDS, (a_reading(),))
    assert view.rows is not None
    rows = [tuple(cell.text for cell in row.cells) for row in view.rows.rows]
    assert rows[0][0] == "needs you"
    assert rows[0][1] == "Holdings!16"
    assert rows[0][2].startswith("XYZQ: ")
    assert rows[1] == ("set aside", "Holdings!9", "no name and no code")
    assert rows[2] == ("set aside", "Holdings!1-2", "words above the list")
    assert len(rows) == 2 + len(analysis.positions)
    assert view.rows.as_tsv().startswith("Fate\tRows\tWhat it is\n")
    both = portfolio_view(analysis, WORDS, (a_reading(), a_reading("other.csv")))
    assert both.rows is not None
    assert both.rows.columns[-1].id == "file"


def test_that_a_stated_total_that_differs_shows_both_figures(analysis: Analysis) -> None:
    told = Diagnostic(
        "import.total_mismatch",
        Severity.WARNING,
        Place("story.xlsx", "Holdings", 20),
        {"what": "Total", "stated": 500.0, "read": 400.0, "difference": -100.0},
    )
    total = StatedTotal("Holdings", 20, "Total", 500.0, "USD")
    view = portfolio_view(analysis, WORDS, (a_reading(totals=(total,), diagnostics=(told,)),))
    assert view.totals is not None
    (row,) = view.totals.rows
    assert [cell.text for cell in row.cells] == [
        "Total",
        "Holdings!20",
        "$500.00",
        "$400.00",
        "differs by −$100.00",
    ]
    assert "Your file's own total is $500; its rows come to $400." in view.subline


# --- column matching ---------------------------------------------------------------------------------------


def test_that_the_decimal_mark_is_offered_where_numbers_are_text() -> None:
    columns = (ColumnChoice("A", "Wert", "market_value", (("market_value", 90),), ","),)
    table = TableChoice(None, 1, columns, (), ("symbol",), "f1")
    view = mapping_view(ColumnChoices("a.csv", (table,)), WORDS)
    assert view is not None
    assert view.offers_decimal
    assert not view.asks_decimal
    assert [option.field for option in decimal_options(view, WORDS)] == ["", ".", ","]
    assert view.columns[0].hint == "Decimal mark: ,"


def test_that_each_column_offers_its_units_and_its_decimal_mark() -> None:
    columns = (
        ColumnChoice("A", "Wert", "market_value", (("market_value", 90),), ","),
        ColumnChoice("B", "Name", "name", (("name", 90),)),
    )
    view = mapping_view(
        ColumnChoices("a.csv", (TableChoice(None, 1, columns, (), (), "f1"),)), WORDS
    )
    assert view is not None
    assert [o.field for o in view.columns[0].decimals] == ["", ".", ","]
    assert view.columns[1].decimals == ()
    assert unit_options("name", WORDS) == ()
    assert [o.text for o in unit_options("cost_basis", WORDS)] == [
        "As in the file",
        "full amounts",
        "in thousands",
        "in ten thousands",
        "in millions",
    ]


def test_that_remembered_units_and_marks_are_told_in_words() -> None:
    known = {"f": {"price": "C", "unit.price": "hundredths", "decimal.price": ","}}
    assert known_columns_views(known, WORDS)[0].text == (
        "Price: C · Price, unit: in pence, agorot or cents · Price, decimal mark: ,"
    )


def test_that_remembered_matchings_are_told_in_words() -> None:
    known = {"old": {"symbol": "A"}, "new": {"isin": "B", "market_value": "D"}}
    views = known_columns_views(known, WORDS)
    assert [view.fingerprint for view in views] == ["new", "old"]
    assert views[0].text == "ISIN: B · Value: D"
