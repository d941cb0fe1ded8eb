"""What the user says about an instrument himself, and files told apart from portfolios."""

from datetime import date
from pathlib import Path

import pytest

from levcheck.domain.diagnostics import LevcheckError
from levcheck.domain.instrument import Kind
from levcheck.reference.catalogue import Catalogue
from levcheck.reference.overrides import Override, override
from levcheck.reference.recognising import belongs_to_library
from levcheck.reference.user_library import datasets, remove

TODAY = date(2026, 11, 22)
FUND = "NVDL.US"


@pytest.fixture(autouse=True)
def _own_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEVCHECK_DATA", str(tmp_path / "data"))


def say(**facts: object) -> None:
    change = Override(FUND, "the prospectus says so", **facts)  # type: ignore[arg-type]  # facts by name
    override(change, Catalogue.for_user(), today=TODAY)


def test_that_an_override_counts_at_once_and_names_who_set_it() -> None:
    before = Catalogue.for_user().instrument(FUND)
    assert before is not None
    say(daily_leverage_factor=1.75, expense_ratio=0.0115)
    after = Catalogue.for_user().instrument(FUND)
    assert after is not None
    assert (after.daily_leverage_factor, after.expense_ratio) == (1.75, 0.0115)
    assert after.overridden
    assert after.source.title == "set by you: the prospectus says so"
    assert after.source.as_of == "2026-11-22"
    assert (after.name, after.underlying, after.isin) == (
        before.name,
        before.underlying,
        before.isin,
    )


def test_that_the_newest_override_of_a_day_counts_and_nothing_is_overwritten() -> None:
    for factor in (1.5, 3.0, 1.75):
        say(daily_leverage_factor=factor)
    found = Catalogue.for_user().instrument(FUND)
    assert found is not None
    assert found.daily_leverage_factor == 1.75
    assert len(datasets()) == 3


def test_that_a_second_override_keeps_the_facts_of_the_first() -> None:
    say(daily_leverage_factor=1.75)
    say(expense_ratio=0.02)
    found = Catalogue.for_user().instrument(FUND)
    assert found is not None
    assert (found.daily_leverage_factor, found.expense_ratio) == (1.75, 0.02)


def test_that_taking_an_override_back_gives_the_bundled_facts_again() -> None:
    before = Catalogue.for_user().instrument(FUND)
    say(daily_leverage_factor=-2.0)
    changed = Catalogue.for_user().instrument(FUND)
    assert changed is not None
    assert changed.kind is Kind.INVERSE_FUND
    remove(FUND)
    assert Catalogue.for_user().instrument(FUND) == before


def test_that_a_multiple_of_one_makes_a_plain_fund() -> None:
    say(daily_leverage_factor=1.0)
    found = Catalogue.for_user().instrument(FUND)
    assert found is not None
    assert found.kind is Kind.ETF


def test_that_an_underlying_is_found_by_its_ticker() -> None:
    say(underlying="amd")
    found = Catalogue.for_user().instrument(FUND)
    assert found is not None
    assert found.underlying == "AMD.US"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (Override(FUND, " ", daily_leverage_factor=3.0), "reference.override_without_reason"),
        (Override(FUND, "why"), "reference.override_empty"),
        (Override(FUND, "why", daily_leverage_factor=0.0), "reference.override_range"),
        (Override(FUND, "why", daily_leverage_factor=float("nan")), "reference.override_range"),
        (Override(FUND, "why", daily_leverage_factor=11.0), "reference.override_range"),
        (Override(FUND, "why", expense_ratio=1.5), "reference.override_range"),
        (Override(FUND, "why", underlying="NO SUCH THING"), "reference.unknown_id"),
        (Override("NOSUCH.US", "why", expense_ratio=0.1), "reference.unknown_id"),
    ],
)
def test_that_an_impossible_override_is_refused_and_changes_nothing(
    change: Override, code: str
) -> None:
    with pytest.raises(LevcheckError) as told:
        override(change, Catalogue.for_user(), today=TODAY)
    assert told.value.code == code
    assert datasets() == ()


def test_that_no_portfolio_is_taken_for_a_fund_list(shared: Path) -> None:
    catalogue = Catalogue.bundled()
    folder = shared / "data" / "imports"
    files = [
        path
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix in {".csv", ".xlsx", ".xls", ".txt", ".tsv"}
    ]
    assert len(files) >= 25
    assert [path.name for path in files if belongs_to_library(path, catalogue)] == []


def test_that_issuers_files_are_told_from_portfolios(shared: Path) -> None:
    catalogue = Catalogue.bundled()
    folder = shared / "data" / "reference" / "holdings"
    # One file of each house is enough: the houses' columns are what is told apart.
    files = [
        min(p for p in sub.iterdir() if p.is_file())
        for sub in sorted(folder.iterdir())
        if sub.is_dir()
    ]
    taken = [path.parent.name for path in files if belongs_to_library(path, catalogue)]
    assert len(taken) >= len(files) - 3, sorted({p.parent.name for p in files} - set(taken))
    filing = min((shared / "data" / "reference" / "nport").glob("*.xml"))
    assert belongs_to_library(filing, catalogue)
