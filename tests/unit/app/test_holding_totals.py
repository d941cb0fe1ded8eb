"""What the lines come to per currency, and against the totals a file states."""

from dataclasses import replace
from types import MappingProxyType

from levcheck.app.holding_totals import RateOrigin, currency_totals, total_checks
from levcheck.app.session import new_session, set_rate
from levcheck.domain.diagnostics import Diagnostic, Place, Severity
from levcheck.domain.portfolio import Outcome, Reading, StatedTotal
from levcheck.domain.position import CashLine, Position
from tests.helpers.sample_analysis import sample_analysis


def a_reading(*totals: StatedTotal, told: tuple[Diagnostic, ...] = ()) -> Reading:
    def line(row: int, value: float, account: str) -> Position:
        return Position(
            Place("a.csv", None, row),
            symbol=f"S{row}",
            market_value=value,
            currency="USD",
            account=account,
        )

    return Reading(
        file="a.csv",
        sha256="1" * 64,
        outcome=Outcome.POSITIONS,
        base_currency="USD",
        positions=(line(2, 100.0, "A"), line(3, 250.0, "B")),
        cash=(CashLine(Place("a.csv", None, 4), "cash", 50.0, "USD", "B"),),
        totals=totals,
        diagnostics=told,
    )


def test_that_a_missing_rate_comes_first_and_counts_nothing() -> None:
    full = sample_analysis()
    odd = next(line for line in full.positions if line.position is not None)
    assert odd.position is not None
    strange = replace(odd, position=replace(odd.position, currency="XXX"), fx_rate=None)
    totals = currency_totals(replace(full, positions=(strange, *full.positions[1:])))
    assert totals[0].currency == "XXX"
    assert totals[0].origin is RateOrigin.MISSING
    assert totals[0].in_base is None
    assert totals[1].origin is RateOrigin.BASE


def test_that_a_rate_tells_whether_it_was_typed_stated_or_bundled() -> None:
    full = sample_analysis()
    odd = full.positions[0]
    assert odd.position is not None
    line = replace(odd, position=replace(odd.position, currency="EUR"), fx_rate=1.1)
    portfolio = replace(full.portfolio, rates=MappingProxyType({"EUR": 1.1}))
    told = Diagnostic(
        "portfolio.rate_from_library",
        Severity.INFO,
        None,
        {"currency": "EUR", "base": "USD", "rate": 1.1, "as_of": "2026-11-20"},
    )
    stating = replace(a_reading(), rates=MappingProxyType({("EUR", "USD"): 1.1}))
    typed = replace(full, positions=(line,), portfolio=portfolio)
    bundled = replace(full, positions=(line,), diagnostics=(told,))
    assert currency_totals(typed)[0].origin is RateOrigin.TYPED
    assert currency_totals(typed, [stating])[0].origin is RateOrigin.FILE
    assert currency_totals(bundled)[0].origin is RateOrigin.LIBRARY
    assert currency_totals(bundled)[0].as_of == "2026-11-20"


def test_that_a_stated_total_finds_the_sum_it_means() -> None:
    whole = StatedTotal(None, 6, "Total", 400.0, "USD")
    account = StatedTotal(None, 7, "Account B", 300.0, "USD")
    odd = StatedTotal(None, 8, "Something", 77.0, "USD")
    checks = total_checks([a_reading(whole, account, odd)])
    assert [(c.read, c.agrees) for c in checks] == [(400.0, True), (300.0, True), (None, None)]


def test_that_a_total_the_importer_found_wrong_shows_both_figures() -> None:
    total = StatedTotal(None, 6, "Total", 500.0, "USD")
    told = Diagnostic(
        "import.total_mismatch",
        Severity.WARNING,
        Place("a.csv", None, 6),
        {"what": "Total", "stated": 500.0, "read": 400.0, "difference": -100.0},
    )
    check = total_checks([a_reading(total, told=(told,))])[0]
    assert (check.read, check.agrees) == (400.0, False)


def test_that_a_typed_rate_is_kept_in_the_session() -> None:
    session = new_session([a_reading()])
    assert set_rate(session, "EUR", 1.2).portfolio.rates["EUR"] == 1.2
