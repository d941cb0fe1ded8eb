"""Files become one household, or a refusal that says why."""

from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pytest

from levcheck.app import intake
from levcheck.app.intake import take_in
from levcheck.app.session import Session
from levcheck.app.session_files import write_session
from levcheck.domain.diagnostics import Diagnostic, LevcheckError, Place, Severity
from levcheck.domain.portfolio import Outcome, Portfolio, Reading
from levcheck.domain.scenario import Scenario
from tests.helpers.made_up_library import line, portfolio


def csv_file(folder: Path, name: str, *rows: str) -> Path:
    path = folder / name
    head = "Symbol,Description,Quantity,Price,Market Value,Currency"
    path.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    return path


def session_file(folder: Path, held: Portfolio, custom: Scenario | None = None) -> Path:
    path = folder / "saved.levcheck"
    write_session(path, Session(held, custom=custom))
    return path


def test_that_two_files_are_one_household(tmp_path: Path) -> None:
    first = csv_file(tmp_path, "a.csv", "NVDA,NVIDIA CORP,10,100.00,1000.00,USD")
    second = csv_file(tmp_path, "b.csv", "AAPL,APPLE INC,1,200.00,200.00,USD")
    found = take_in([first, second])
    assert [p.symbol for p in found.portfolio.positions] == ["NVDA", "AAPL"]
    assert [p.place.file for p in found.portfolio.positions] == ["a.csv", "b.csv"]


def test_that_a_saved_session_is_taken_as_it_is(tmp_path: Path) -> None:
    held = replace(portfolio([("NVDA", 1_000.0)]), resolutions=MappingProxyType({"p1": "NVDA.US"}))
    mine = Scenario("custom", "Mine", "", (), 5, origin="custom")
    found = take_in([session_file(tmp_path, held, mine)])
    assert found.portfolio.resolutions == {"p1": "NVDA.US"}
    assert found.custom == mine


def test_that_a_session_beside_a_file_keeps_what_was_confirmed(tmp_path: Path) -> None:
    held = replace(portfolio([("odd", 5.0)]), resolutions=MappingProxyType({"p1": "NVDA.US"}))
    first = csv_file(tmp_path, "a.csv", "AAPL,APPLE INC,1,200.00,200.00,USD")
    found = take_in([first, session_file(tmp_path, held)])
    assert dict(found.portfolio.resolutions) == {"p2": "NVDA.US"}


def test_that_totals_in_another_currency_carry_the_rates_over(tmp_path: Path) -> None:
    held = Portfolio(
        "x", (line("A", 1.0, currency="EUR"),), rates=MappingProxyType({"EUR": 1.25, "KRW": 0.001})
    )
    found = take_in([session_file(tmp_path, held)], base_currency="eur").portfolio
    assert found.base_currency == "EUR"
    assert dict(found.rates) == pytest.approx({"KRW": 0.0008, "USD": 0.8})
    bare = take_in([session_file(tmp_path, portfolio([("A", 1.0)]))], base_currency="CHF").portfolio
    assert (bare.base_currency, dict(bare.rates)) == ("CHF", {})


def test_that_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LevcheckError) as refused:
        take_in([tmp_path / "none.xlsx"])
    assert refused.value.code == "check.no_file"


@pytest.mark.parametrize(
    ("reading", "code"),
    [
        (Reading("a.csv", "", Outcome.NEEDS_MAPPING), "check.needs_mapping"),
        (Reading("a.csv", "", Outcome.REFUSED), "check.nothing_read"),
        (Reading("a.csv", "", Outcome.POSITIONS), "check.nothing_read"),
        (
            Reading(
                "a.csv",
                "",
                Outcome.REFUSED,
                diagnostics=(
                    Diagnostic("import.note", Severity.INFO),
                    Diagnostic("import.locked", Severity.ERROR, Place("a.csv"), {"file": "a.csv"}),
                ),
            ),
            "import.locked",
        ),
    ],
)
def test_that_a_file_without_positions_is_refused_in_its_own_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reading: Reading, code: str
) -> None:
    monkeypatch.setattr(intake, "_read", lambda _: reading)
    with pytest.raises(LevcheckError) as refused:
        take_in([csv_file(tmp_path, "a.csv")])
    assert refused.value.code == code
