"""Several files made one household."""

from dataclasses import replace

from levcheck.app.pipeline import portfolio_from_readings
from levcheck.domain.diagnostics import Diagnostic, Place, Severity
from levcheck.domain.portfolio import Outcome, Reading
from levcheck.domain.position import CashLine
from tests.helpers.made_up_library import line


def reading(file: str, *currencies: str, **facts: object) -> Reading:
    return Reading(
        file=file,
        sha256=file,
        outcome=Outcome.POSITIONS,
        positions=tuple(line("X", 1.0, currency=code) for code in currencies),
        **facts,  # type: ignore[arg-type]
    )


def test_that_files_are_one_household_in_the_order_read() -> None:
    files = [
        reading("a.xlsx", "USD", "USD", as_of="2026-06-30"),
        reading("b.csv", "USD", as_of="2026-05-31"),
    ]
    found, told = portfolio_from_readings(files)
    assert len(found.positions) == 3
    assert (found.name, found.as_of, found.base_currency) == ("a + 1", "2026-05-31", "USD")
    assert len(found.input_sha256) == 64
    assert told == ()


def test_that_one_file_gives_its_name_and_hash() -> None:
    found, _ = portfolio_from_readings([reading("my list.xlsx", "USD")])
    assert (found.name, found.input_sha256) == ("my list", "my list.xlsx")


def test_that_the_base_currency_is_asked_stated_only_or_most_used() -> None:
    mixed = reading("a.csv", "KRW", "EUR", "EUR")
    stated = reading("b.csv", "KRW", base_currency="GBP")
    assert portfolio_from_readings([mixed], base_currency="usd")[0].base_currency == "USD"
    assert portfolio_from_readings([mixed, stated])[0].base_currency == "GBP"
    assert portfolio_from_readings([reading("c.csv", "CHF")])[0].base_currency == "CHF"
    found, told = portfolio_from_readings([mixed])
    assert found.base_currency == "EUR"
    assert [d.code for d in told] == ["portfolio.base_currency_chosen"]


def test_that_rates_are_turned_round_and_crossed() -> None:
    files = [reading("a.csv", "EUR", rates={("EUR", "USD"): 1.25, ("KRW", "USD"): 0.001})]
    in_dollars, _ = portfolio_from_readings(files, base_currency="USD")
    in_euros, _ = portfolio_from_readings(files, base_currency="EUR")
    assert dict(in_dollars.rates) == {"EUR": 1.25, "KRW": 0.001}
    assert dict(in_euros.rates) == {"USD": 0.8, "KRW": 0.0008}


def test_that_what_the_files_told_is_kept_and_refused_files_add_nothing() -> None:
    note = Diagnostic("import.x", Severity.ERROR)
    bad = Reading("b.csv", "b", Outcome.REFUSED, diagnostics=(note,))
    found, told = portfolio_from_readings([reading("a.csv", "USD"), bad])
    assert len(found.positions) == 1
    assert told == (note,)


def test_that_nothing_read_is_an_empty_portfolio() -> None:
    found, _ = portfolio_from_readings([])
    assert (found.name, found.positions, found.base_currency) == ("", (), "USD")


def test_that_cash_lines_count_for_the_currency() -> None:
    cash = tuple(CashLine(Place(), "x", 1.0, "EUR") for _ in range(2))
    found, _ = portfolio_from_readings([reading("a.csv", "USD", cash=cash)])
    assert found.base_currency == "EUR"


def test_that_each_of_several_files_is_its_own_account() -> None:
    cash = (CashLine(Place("b.csv", None, 9), "Cash", 10.0, "USD", account="Z1"),)
    found, _ = portfolio_from_readings(
        [reading("my list.xlsx", "USD"), reading("b.csv", "USD", cash=cash)]
    )
    assert [position.account for position in found.positions] == ["my list", "b"]
    assert [line.account for line in found.cash] == ["Z1"]
    alone, _ = portfolio_from_readings([reading("a.csv", "USD")])
    assert alone.positions[0].account is None


def test_that_the_same_rows_given_twice_are_told() -> None:
    again = replace(reading("copy.csv", "USD"), sha256="a.csv")
    _, told = portfolio_from_readings([reading("a.csv", "USD"), again, reading("c.csv", "USD")])
    assert [(d.code, d.args["file"], d.args["first"]) for d in told] == [
        ("portfolio.same_file_twice", "copy.csv", "a.csv")
    ]
