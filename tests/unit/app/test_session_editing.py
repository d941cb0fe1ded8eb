"""Edits that the Portfolio screen makes: cash, several lines, lines typed by hand, files that come again."""

from dataclasses import replace
from types import MappingProxyType

import pytest

from levcheck.app.session import (
    TYPED_FILE,
    Session,
    add_position,
    add_reading,
    edit_cash,
    edit_market_value,
    edit_quantity,
    lines_replaced,
    new_session,
    remove_lines,
    resolve,
    set_base_currency,
    set_rate,
)
from levcheck.domain.diagnostics import Place
from levcheck.domain.portfolio import Outcome, Reading
from levcheck.domain.position import CashLine, Position


def a_reading(file: str, digest: str, *symbols: str) -> Reading:
    return Reading(
        file,
        digest,
        Outcome.POSITIONS,
        base_currency="USD",
        positions=tuple(
            Position(
                Place(file, None, n), symbol=s, quantity=2.0, market_value=10.0, currency="USD"
            )
            for n, s in enumerate(symbols, start=2)
        ),
        cash=(CashLine(Place(file, None, 9), "cash", 5.0, "USD"),),
        rates=MappingProxyType({("EUR", "USD"): 1.25}),
    )


@pytest.fixture
def session() -> Session:
    return new_session([a_reading("a.csv", "aa", "X", "Y", "Z")])


def test_that_cash_is_edited_and_marked(session: Session) -> None:
    edited = edit_cash(session, "c1", -40.0)
    assert edited.portfolio.cash[0].amount == -40.0
    assert edited.portfolio.cash[0].edited == ("amount",)
    with pytest.raises(KeyError):
        edit_cash(session, "p1", 1.0)
    with pytest.raises(KeyError):
        edit_cash(session, "c2", 1.0)


@pytest.mark.parametrize("figure", [float("nan"), float("inf")])
def test_that_no_figure_without_an_end_gets_in(session: Session, figure: float) -> None:
    with pytest.raises(ValueError, match="finite"):
        edit_cash(session, "c1", figure)
    with pytest.raises(ValueError, match="finite"):
        edit_quantity(session, "p1", figure)
    with pytest.raises(ValueError, match="finite"):
        edit_market_value(session, "p1", figure)


def test_that_several_lines_go_and_confirmations_stay_with_theirs(session: Session) -> None:
    left = remove_lines(resolve(session, "p3", "Z.US"), ("p2", "c1", "p1"))
    assert [p.symbol for p in left.portfolio.positions] == ["Z"]
    assert not left.portfolio.cash
    assert left.portfolio.resolutions == {"p1": "Z.US"}


def test_that_an_isin_typed_is_an_isin_and_an_instrument_picked_is_kept(session: Session) -> None:
    added = add_position(
        session,
        symbol=" us0378331005 ",
        market_value=None,
        currency="EUR",
        quantity=3.0,
        instrument="AAPL.US",
    )
    line = added.portfolio.positions[-1]
    assert (line.isin, line.symbol, line.value_basis) == ("US0378331005", None, None)
    assert line.place.file == TYPED_FILE
    assert line.edited == ("isin", "quantity")
    assert added.portfolio.resolutions == {"p4": "AAPL.US"}
    with pytest.raises(ValueError, match="value or a quantity"):
        add_position(session, symbol="X", market_value=None, currency="USD")


def test_that_a_second_file_is_an_account_of_its_own(session: Session) -> None:
    both = add_reading(session, a_reading("b.csv", "bb", "Q"))
    assert [p.account for p in both.portfolio.positions] == ["a", "a", "a", "b"]
    assert [c.account for c in both.portfolio.cash] == ["a", "b"]
    assert lines_replaced(session, a_reading("b.csv", "bb", "Q")) == 0


def test_that_the_same_content_under_another_name_is_the_same_file(session: Session) -> None:
    copy = a_reading("a (1).csv", "aa", "X", "Y", "Z")
    assert lines_replaced(session, copy) == 4
    again = add_reading(session, copy)
    assert len(again.portfolio.positions) == 3
    assert [r.file for r in again.readings] == ["a (1).csv"]


def test_that_a_line_typed_by_hand_outlives_its_files(session: Session) -> None:
    typed = add_position(session, symbol="GOOG", market_value=7.0, currency="USD")
    again = add_reading(typed, a_reading("a.csv", "ab", "X"))
    assert [p.symbol for p in again.portfolio.positions] == ["GOOG", "X"]
    assert again.portfolio.positions[0].account is None


def test_that_rates_of_the_files_follow_the_base_currency_and_typed_ones_go(
    session: Session,
) -> None:
    assert session.portfolio.rates == {"EUR": 1.25}
    typed = set_rate(session, "CHF", 1.1)
    euro = set_base_currency(typed, "EUR")
    assert euro.portfolio.rates == {"USD": pytest.approx(0.8)}


def test_that_a_quantity_without_a_value_changes_nothing_else(session: Session) -> None:
    bare = replace(session.portfolio.positions[0], market_value=None)
    start = replace(session, portfolio=session.portfolio.with_positions((bare,)))
    edited = edit_quantity(start, "p1", 9.0).portfolio.positions[0]
    assert (edited.quantity, edited.market_value, edited.edited) == (9.0, None, ("quantity",))
