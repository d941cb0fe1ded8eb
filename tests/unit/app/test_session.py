"""Edits return new sessions, and undo walks back to the very same one."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from levcheck.app.session import (
    EMPTY_SESSION,
    History,
    Session,
    add_position,
    add_reading,
    apply_scenario,
    edit_market_value,
    edit_quantity,
    new_session,
    remove_position,
    rename,
    resolve,
    set_base_currency,
    set_rate,
)
from levcheck.domain.diagnostics import Place
from levcheck.domain.portfolio import Outcome, Reading
from levcheck.domain.position import CashLine, Position


def a_position(symbol: str, row: int, file: str = "a.xlsx") -> Position:
    return Position(
        Place(file, "S", row), symbol=symbol, quantity=10.0, price=5.0, market_value=50.0,
        value_basis="computed", currency="USD",
    )  # fmt: skip


def a_reading(file: str, *symbols: str) -> Reading:
    lines = tuple(a_position(symbol, row, file) for row, symbol in enumerate(symbols, start=2))
    cash = (CashLine(Place(file, "S", 9), "Cash", 5.0, "USD"),)
    return Reading(file, file * 8, Outcome.POSITIONS, positions=lines, cash=cash)


def a_session() -> Session:
    return new_session([a_reading("a.xlsx", "NVDA", "AMD", "MSTR")])


def test_that_removing_a_line_keeps_confirmations_with_their_lines() -> None:
    session = resolve(resolve(a_session(), "p1", "NVDA.US"), "p3", "MSTR.US")
    smaller = remove_position(session, "p2")
    assert [p.symbol for p in smaller.portfolio.positions] == ["NVDA", "MSTR"]
    assert dict(smaller.portfolio.resolutions) == {"p1": "NVDA.US", "p2": "MSTR.US"}
    assert len(session.portfolio.positions) == 3


def test_that_a_new_quantity_moves_the_value_in_proportion_and_is_marked() -> None:
    line = edit_quantity(a_session(), "p1", 4.0).portfolio.positions[0]
    assert (line.quantity, line.market_value) == (4.0, 20.0)
    assert line.edited == ("quantity", "market_value")


def test_that_the_same_file_again_takes_the_place_of_its_lines() -> None:
    session = add_reading(a_session(), a_reading("b.xlsx", "TSM"))
    session = resolve(edit_market_value(session, "p4", 70.0), "p4", "TSM.US")
    again = add_reading(session, a_reading("a.xlsx", "NVDA", "AVGO"))
    assert [p.symbol for p in again.portfolio.positions] == ["TSM", "NVDA", "AVGO"]
    assert again.portfolio.positions[0].market_value == 70.0
    assert dict(again.portfolio.resolutions) == {"p1": "TSM.US"}
    assert len(again.portfolio.cash) == 2
    assert [r.file for r in again.readings] == ["b.xlsx", "a.xlsx"]


@pytest.mark.parametrize("identifier", ["p0", "p9", "x1", "c2", "p"])
def test_that_a_line_that_is_not_there_cannot_be_removed(identifier: str) -> None:
    with pytest.raises(KeyError):
        remove_position(a_session(), identifier)


@pytest.mark.parametrize("rate", [0.0, -1.0, float("inf"), float("nan")])
def test_that_a_rate_is_a_positive_number(rate: float) -> None:
    with pytest.raises(ValueError, match="positive"):
        set_rate(a_session(), "EUR", rate)


def test_that_another_base_currency_drops_the_rates_to_the_former() -> None:
    session = set_rate(a_session(), "EUR", 1.1)
    assert dict(set_base_currency(session, "EUR").portfolio.rates) == {}


EDITS: tuple[Callable[[Session], Session], ...] = (
    lambda s: add_position(s, symbol="tsm", market_value=10.0, currency="USD"),
    lambda s: rename(s, s.portfolio.name + "x"),
    lambda s: apply_scenario(s, "melt-up"),
    lambda s: set_rate(s, "EUR", 1.2),
    lambda s: remove_position(s, "p1") if s.portfolio.positions else s,
    lambda s: edit_quantity(s, "p1", 3.0) if s.portfolio.positions else s,
)


@given(st.lists(st.integers(0, len(EDITS) - 1), max_size=30), st.integers(0, 40))
def test_that_undo_returns_to_every_former_session(choices: list[int], back: int) -> None:
    history = History().record("open", a_session())
    seen = [EMPTY_SESSION, history.session]
    for choice in choices:
        history = history.record("edit", EDITS[choice](history.session))
        seen.append(history.session)
    forward = history
    for _ in range(back):
        history = history.undo()
    assert history.session is seen[max(len(seen) - 1 - back, 0)]
    for _ in range(back):
        history = history.redo()
    assert history.session is forward.session


def test_that_modified_is_exact() -> None:
    history = History().record("open", a_session()).mark_saved()
    assert not history.is_modified
    edited = history.record("rename", rename(history.session, "b"))
    assert edited.is_modified
    assert edited.undo_label == "rename"
    assert not edited.undo().is_modified
    assert edited.undo().redo_label == "rename"
    other = edited.undo().undo().record("else", a_session())
    assert other.is_modified
    assert other.undo().is_modified
