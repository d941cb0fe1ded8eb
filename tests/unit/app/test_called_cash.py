"""A line nobody knows that is cash: its money stays, its bets do not come."""

from dataclasses import replace
from datetime import date
from types import MappingProxyType

import pytest

from levcheck.app.called_cash import call_cash, can_be_cash
from levcheck.app.pipeline import analyse
from levcheck.app.session import Session, new_session, resolve
from levcheck.domain.diagnostics import Place
from levcheck.domain.portfolio import Outcome, Reading
from levcheck.domain.position import OptionTerms, Position
from tests.helpers.made_up_library import trap

HELD, KNOWN = trap()
SWEEP = Position(
    Place("a.csv", None, 3),
    symbol="QQSWEEP",
    name="Sweep program",
    quantity=7.0,
    market_value=700.0,
    currency="USD",
    account="Z1",
    cells=MappingProxyType({"market_value": "E"}),
)
OTHER = replace(SWEEP, place=Place("a.csv", None, 2), symbol="AA", market_value=300.0)
LAST = replace(SWEEP, place=Place("a.csv", None, 4), symbol="ZZ", market_value=50.0)


@pytest.fixture
def session() -> Session:
    reading = Reading("a.csv", "aa", Outcome.POSITIONS, positions=(OTHER, SWEEP, LAST))
    return resolve(new_session([reading]), "p3", "NVDA.US")


def test_that_a_line_called_cash_keeps_its_amount_its_account_and_its_cell(
    session: Session,
) -> None:
    after = call_cash(session, "p2")
    assert [p.symbol for p in after.portfolio.positions] == ["AA", "ZZ"]
    (line,) = after.portfolio.cash
    assert (line.amount, line.currency, line.account) == (700.0, "USD", "Z1")
    assert (line.label, line.place, dict(line.cells)) == (
        "Sweep program",
        SWEEP.place,
        {"amount": "E"},
    )
    # What was said about the line after it still is about that line.
    assert dict(after.portfolio.resolutions) == {"p2": "NVDA.US"}
    assert after.revision > session.revision
    assert session.portfolio.cash == ()


def test_that_the_money_stays_and_is_no_longer_missing() -> None:
    now = date(2026, 7, 1)
    lines = (*HELD.positions, SWEEP)
    held = replace(HELD, positions=lines)
    before = analyse(held, KNOWN, (), today=now, recognise=KNOWN.recognise)
    after = analyse(
        call_cash(Session(held), f"p{len(lines)}").portfolio,
        KNOWN,
        (),
        today=now,
        recognise=KNOWN.recognise,
    )
    assert [gap.position for gap in before.coverage.left_out] == [f"p{len(lines)}"]
    assert after.coverage.left_out == ()
    assert after.equity == pytest.approx(before.equity)
    assert after.in_effect == pytest.approx(before.in_effect)


def test_that_only_what_has_an_amount_can_be_cash(session: Session) -> None:
    assert can_be_cash(SWEEP)
    option = OptionTerms("AAPL", "2027-06-21", 175.0, "C")
    for other in (
        None,
        replace(SWEEP, market_value=None),
        replace(SWEEP, currency=None),
        replace(SWEEP, option=option),
    ):
        assert not can_be_cash(other)
    portfolio = replace(session.portfolio, positions=(replace(SWEEP, market_value=None),))
    with pytest.raises(ValueError, match="amount"):
        call_cash(replace(session, portfolio=portfolio), "p1")
    for wrong in ("p9", "p0", "c1", "x"):
        with pytest.raises(KeyError):
            call_cash(session, wrong)
