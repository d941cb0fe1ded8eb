"""A household: whose each account is, and figures of some of them that are marked as such everywhere."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from levcheck.app.accounts import (  # fmt: skip
    accounts_of,
    narrowed,
    owners_of,
    set_owner,
    show_accounts,
    show_all_accounts,
)
from levcheck.app.analysis import Analysis
from levcheck.app.draft_results import Proposed, draft_results
from levcheck.app.pipeline import analyse
from levcheck.app.session import Session, add_position, add_reading, edit_quantity
from levcheck.app.session_files import open_session, write_session
from levcheck.app.what_if import keep_draft, line_ref, put_draft
from levcheck.domain.diagnostics import LevcheckError, Place
from levcheck.domain.draft import Change, ChangeKind, Draft
from levcheck.domain.portfolio import Outcome, Portfolio, Reading
from levcheck.domain.position import CashLine, Position
from levcheck.i18n.words import LANGUAGES, Words
from levcheck.presenting.state_bar import state_bar_view
from levcheck.presenting.what_if import what_if_view
from levcheck.reference.scenario_files import load_scenarios
from levcheck.reporting.html import html_document
from levcheck.reporting.page import PageOptions
from levcheck.reporting.report import report
from tests.helpers.report_lab import DAY, bundled


def household() -> Portfolio:
    def line(row: int, account: str | None, symbol: str, value: float) -> Position:
        return Position(
            Place("made.csv", None, row), account=account, symbol=symbol, quantity=10.0, price=value / 10,
            market_value=value, value_basis="stated", currency="USD",
        )  # fmt: skip

    held = (
        line(2, "IRA", "NVDA", 5_000.0),
        line(3, "Joint", "VOO", 20_000.0),
        line(4, "IRA", "NVDL", 3_000.0),
        line(5, None, "GLD", 1_000.0),
    )
    cash = (
        CashLine(Place("made.csv", None, 6), "Cash", 700.0, "USD", account="Joint"),
        CashLine(Place("made.csv", None, 7), "Cash", 300.0, "USD", account="IRA"),
    )
    return Portfolio("made", held, cash, "USD", "2026-06-30", "ab" * 32)


def looked_at(portfolio: Portfolio) -> Analysis:
    return analyse(portfolio, bundled(), list(load_scenarios())[:3], today=date(2026, 11, 22))


def test_that_parts_of_a_household_add_up_to_the_whole() -> None:
    whole = looked_at(household())
    parts = [looked_at(narrowed(household(), [name], [])) for name in ("IRA", "Joint", "")]
    assert sum(part.equity for part in parts) == pytest.approx(whole.equity)
    assert sum(part.in_effect for part in parts) == pytest.approx(whole.in_effect)
    for scenario in range(3):
        losses = sum(part.stress[scenario].pnl for part in parts)
        assert losses == pytest.approx(whole.stress[scenario].pnl, abs=0.01)
    assert sorted(line.id for part in parts for line in part.positions) == sorted(
        line.id for line in whole.positions
    )


def test_that_a_line_keeps_its_id_under_a_filter_so_that_an_edit_means_it() -> None:
    session = show_accounts(Session(household()), ["IRA"])
    seen = {line.id: line.label for line in looked_at(session.portfolio).positions}
    assert seen == {"p1": "NVDA", "p3": "NVDL", "c2": "Cash"}
    edited = edit_quantity(session, "p3", 20.0)
    assert [p.quantity for p in edited.portfolio.positions] == [10.0, 10.0, 20.0, 10.0]
    assert edited.portfolio.only == ("IRA",)
    assert len(show_all_accounts(edited).portfolio.positions) == 4


def test_that_owners_are_typed_kept_and_filtered_by(tmp_path: Path) -> None:
    session = set_owner(set_owner(Session(household()), "IRA", "  Anna "), "Joint", "Ben")
    session = set_owner(session, "", "Anna")
    assert owners_of(session.portfolio) == ("Anna", "Ben")
    assert narrowed(session.portfolio, [], ["Anna"]).only == ("IRA", "")
    assert narrowed(session.portfolio, ["Joint"], ["Anna"]).only is None
    filtered = show_accounts(session, ["Joint"])
    path = tmp_path / "house.levcheck"
    write_session(path, filtered)
    again = open_session(path)
    assert again.portfolio.owners == {"IRA": "Anna", "Joint": "Ben", "": "Anna"}
    assert again.portfolio.only is None
    assert set_owner(again, "IRA", " ").portfolio.owners == {"Joint": "Ben", "": "Anna"}


def test_that_a_filter_on_everything_or_nothing_is_none() -> None:
    session = Session(household())
    assert show_accounts(session, ["IRA", "Joint", ""]).portfolio.only is None
    assert show_accounts(session, []).portfolio.only is None
    assert [account.lines for account in accounts_of(household())] == [3, 2, 1]


@pytest.mark.parametrize(("accounts", "owners"), [(["Roth"], []), ([], ["Carl"])])
def test_that_an_account_or_owner_there_is_not_is_refused(
    accounts: list[str], owners: list[str]
) -> None:
    with pytest.raises(LevcheckError, match=r"check\.no_"):
        narrowed(household(), accounts, owners)


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_a_filter_is_marked_on_screen_and_on_every_page(language: str) -> None:
    words = Words(language)
    analysis = looked_at(narrowed(household(), ["IRA"], []))
    assert "IRA" in state_bar_view(analysis, words).only
    made = report(analysis, words, PageOptions(printed=DAY), ("holdings",))
    assert made.first.mark == state_bar_view(analysis, words).only
    assert made.first.limits[0].count("IRA") == 1
    assert made.first.mark in html_document(made)
    assert analysis.to_json()["portfolio"]["only_accounts"] == ["IRA"]
    whole = looked_at(household())
    assert state_bar_view(whole, words).only == ""
    assert whole.to_json()["portfolio"]["only_accounts"] is None


def test_that_an_owner_all_of_whose_accounts_are_shown_is_named_in_their_place() -> None:
    session = set_owner(set_owner(Session(household()), "IRA", "Anna"), "", "Anna")
    owned = set_owner(session, "Joint", "Ben").portfolio
    words = Words("en")
    annas = looked_at(narrowed(owned, [], ["Anna"]))
    assert state_bar_view(annas, words).only == "Only Anna"
    told = report(annas, words, PageOptions(printed=DAY), ()).first.limits[0]
    assert told.startswith("Only the accounts of Anna are looked at: IRA, no account named.")
    # One of her two accounts is not all of hers.
    half = looked_at(narrowed(owned, ["IRA"], []))
    assert state_bar_view(half, words).only == "Only IRA"


def test_that_a_draft_lies_over_all_accounts_and_is_looked_at_through_the_filter() -> None:
    whole, part = looked_at(household()), looked_at(replace(household(), only=("IRA",)))
    ref = line_ref(part, "p1")  # NVDA, in the IRA
    draft = Draft("A", (Change(ChangeKind.SELL, ref),))
    (full,), (seen,) = (draft_results(one, (draft,), looked_at) for one in (whole, part))
    # The same trades and the same cash; only what is analysed is smaller.
    assert seen.proposal.trades == full.proposal.trades
    assert seen.proposal.cash_after == full.proposal.cash_after == 1_000.0 + 5_000.0
    assert seen.base is not None
    assert seen.base.equity == pytest.approx(whole.equity)
    assert seen.analysis.portfolio.only == ("IRA",)
    labels = {line.label for line in seen.analysis.positions}
    assert "NVDL" in labels
    assert "VOO" not in labels
    assert seen.analysis.equity == pytest.approx(
        part.equity
    )  # what was sold is cash of its account
    view = what_if_view(Proposed(part, (seen,)), Words("en"))
    assert "are of all accounts" in view.subline
    # Rows of the table compare like with like: the cash of the IRA, before and after.
    (cash,) = [row for row in view.table.rows if row.cells[0].text == "Cash"]
    assert [cell.sort for cell in cash.cells[1:]] == [300.0, 5_300.0]
    assert "are of all accounts" not in what_if_view(Proposed(whole, (full,)), Words("en")).subline


def test_that_keeping_a_draft_under_a_filter_keeps_every_account() -> None:
    session = show_accounts(Session(household()), ["IRA"])
    part = looked_at(session.portfolio)
    draft = Draft("A", (Change(ChangeKind.SELL, line_ref(part, "p1")),))
    (seen,) = draft_results(part, (draft,), looked_at)
    kept = keep_draft(put_draft(session, draft), seen.proposal)
    assert kept.portfolio.only == ("IRA",)
    assert {position.label for position in kept.portfolio.positions} == {"VOO", "NVDL", "GLD"}


def test_that_what_is_added_under_a_filter_is_seen() -> None:
    filtered = show_accounts(Session(household()), ["Joint"])
    typed = add_position(filtered, symbol="MSTR", market_value=500.0, currency="USD")
    assert [line.label for line in looked_at(typed.portfolio).positions] == ["VOO", "MSTR", "Cash"]
    reading = Reading("more.csv", "cd" * 32, Outcome.POSITIONS, positions=household().positions[:1])
    assert add_reading(filtered, reading).portfolio.only is None
