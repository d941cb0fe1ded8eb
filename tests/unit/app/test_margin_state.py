"""Debt worked by hand: what the broker demands, how far the call is, and what it would sell."""

import json
from datetime import date

import pytest

from levcheck.app.analysis import Analysis, MarginFacts
from levcheck.app.document import check_document, without_amounts
from levcheck.app.margin_state import state_under
from levcheck.app.pipeline import analyse
from levcheck.domain.diagnostics import Place
from levcheck.domain.explanation import Operation
from levcheck.domain.instrument import Kind
from levcheck.domain.portfolio import Portfolio
from levcheck.domain.position import CashLine, Position
from levcheck.domain.scenario import PathShape, Scenario, Shock
from levcheck.presenting.drawer import explanation_of
from tests.helpers.made_up_library import MadeUpLibrary, instrument, library, portfolio

KNOWN = library(
    [
        instrument("NVDA.US", asset_class="single_stock"),
        instrument("NVDL.US", Kind.LEVERAGED_FUND, factor=2.0, underlying="NVDA.US"),
        instrument("BTC.CRYPTO", Kind.CRYPTO),
    ]
)


def fall(move: float) -> Scenario:
    return Scenario("custom", "Custom", "", (Shock("NVDA.US", move),), 0, PathShape.ONE_DAY)


def look(held: Portfolio, *asked: Scenario, known: MadeUpLibrary = KNOWN) -> Analysis:
    return analyse(
        held, known, asked, propagate=False, recognise=known.recognise, today=date(2026, 7, 1)
    )


def margin_of(found: Analysis) -> MarginFacts:
    assert found.margin is not None
    return found.margin


def test_that_a_portfolio_without_debt_has_nothing_to_say() -> None:
    found = look(portfolio([("NVDA.US", 100.0)], [("USD", 50.0)]))
    assert found.margin is None
    assert check_document(found)["margin"] is None
    assert not [d for d in found.diagnostics if d.code.startswith("stress.margin_")]
    with pytest.raises(KeyError):
        explanation_of(found, "margin")


def test_that_a_stock_bought_with_half_credit_is_called_after_a_third() -> None:
    facts = margin_of(look(portfolio([("NVDA.US", 100.0)], [("USD", -50.0)])))
    assert (facts.debt, facts.equity, facts.required, facts.excess) == (50.0, 50.0, 25.0, 25.0)
    assert facts.uniform_fall == pytest.approx(1 / 3)
    assert facts.root == "NVDA.US"
    assert facts.root_fall == pytest.approx(1 / 3, rel=1e-7)


def test_that_a_fund_with_a_multiple_is_demanded_twice_and_called_by_13_percent() -> None:
    # 100 of a 2x fund on 60 of equity: after a fall of 13 % it is 74 against 40 owed, 45.9 % and below the 50 % asked.
    facts = margin_of(look(portfolio([("NVDL.US", 100.0)], [("USD", -40.0)]), fall(-0.13)))
    assert facts.lines[0].maintenance == 0.5
    assert facts.lines[0].basis == "multiple"
    under = facts.scenarios[0]
    assert under.is_called
    assert (under.equity, under.required) == pytest.approx((34.0, 37.0))
    assert under.forced_sale == pytest.approx(6.0)
    left = 74.0 - under.forced_sale
    assert under.equity == pytest.approx(0.5 * left)
    # The value that is called is 80, a fall of a fifth of the fund and of a tenth of the stock.
    assert facts.uniform_fall == pytest.approx(0.2)
    assert facts.root_fall == pytest.approx(0.1, rel=1e-7)


def test_that_the_fall_put_back_in_uses_up_the_excess() -> None:
    held = portfolio([("NVDA.US", 70.0), ("NVDL.US", 30.0), ("NVDA.US", -20.0)], [("USD", -25.0)])
    facts = margin_of(look(held))
    assert facts.root_fall is not None
    again = look(held, fall(-facts.root_fall))
    under = margin_of(again).scenarios[0]
    assert under.equity == pytest.approx(under.required, abs=0.02)


def test_that_coins_give_no_loan_and_unknown_lines_are_assumed() -> None:
    held = portfolio([("BTC.CRYPTO", 100.0), ("WHAT", 200.0)], [("USD", -20.0)])
    found = look(held)
    basis = {line.position: (line.basis, line.maintenance) for line in margin_of(found).lines}
    assert basis == {"p1": ("no_loan", 1.0), "p2": ("assumed", 0.25)}
    assert "stress.margin_demand_assumed" in [d.code for d in found.diagnostics]


def test_that_a_call_that_is_due_is_told_and_needs_no_fall() -> None:
    found = look(portfolio([("NVDL.US", 100.0)], [("USD", -60.0)]))
    facts = margin_of(found)
    assert facts.is_called
    assert (facts.uniform_fall, facts.root_fall) == (0.0, 0.0)
    assert [d.code for d in found.diagnostics if d.code.startswith("stress.margin_")] == [
        "stress.margin_call_due"
    ]


def test_that_only_accounts_that_owe_give_cover() -> None:
    def line(account: str, value: float) -> Position:
        place = Place("made_up.csv", None, 2)
        return Position(
            place, account=account, symbol="NVDA.US", market_value=value, currency="USD"
        )

    def cash(account: str, amount: float) -> CashLine:
        return CashLine(Place("made_up.csv", None, 9), "Cash", amount, "USD", account)

    held = Portfolio(
        "two accounts",
        (line("A", 100.0), line("B", 900.0)),
        (cash("A", -50.0), cash("B", 500.0)),
    )
    facts = margin_of(look(held))
    assert (facts.debt, facts.equity) == (50.0, 50.0)
    assert [x.position for x in facts.lines] == ["p1"]


def test_that_debt_in_an_account_of_its_own_is_covered_by_every_line() -> None:
    held = Portfolio(
        "loan apart",
        (
            Position(
                Place("a.csv"),
                account="A",
                symbol="NVDA.US",
                market_value=100.0,
                currency="USD",
            ),
        ),
        (CashLine(Place("a.csv"), "Loan", -50.0, "USD", "Loan"),),
    )
    assert margin_of(look(held)).uniform_fall == pytest.approx(1 / 3)


def test_that_a_line_that_does_not_move_keeps_its_value() -> None:
    facts = margin_of(look(portfolio([("NVDA.US", 100.0)], [("USD", -50.0)])))
    assert state_under(facts, {}).equity == facts.equity


def test_that_the_document_carries_debt_and_hides_its_amounts() -> None:
    found = look(portfolio([("NVDA.US", 100.0)], [("USD", -50.0)]), fall(-0.5))
    document = json.loads(json.dumps(check_document(found)))
    assert document["margin"]["largest_root"]["fall"] == pytest.approx(1 / 3)
    assert document["margin"]["scenarios"][0]["is_called"] is True
    hidden = without_amounts(document)["margin"]
    assert hidden["debt"] is None
    assert hidden["scenarios"][0]["forced_sale"] is None
    assert hidden["uniform_fall"] == pytest.approx(1 / 3)


def test_that_the_excess_is_explained_down_to_the_lines() -> None:
    found = look(portfolio([("NVDA.US", 100.0), ("NVDL.US", 60.0)], [("USD", -50.0)]))
    tree = explanation_of(found, "margin")
    assert tree.value == pytest.approx(margin_of(found).excess)
    assert tree.operation is Operation.SUM
    assert sum(part.value or 0.0 for part in tree.inputs) == pytest.approx(tree.value)
    demand = tree.inputs[1]
    assert sum(part.value or 0.0 for part in demand.inputs) == pytest.approx(demand.value)
    for part in demand.inputs:
        value, share = (child.value for child in part.inputs)
        assert value is not None
        assert share is not None
        assert value * share == pytest.approx(part.value)


def test_that_the_demand_of_many_lines_is_gathered() -> None:
    held = portfolio([("NVDA.US", 100.0 + n) for n in range(30)], [("USD", -50.0)])
    demand = explanation_of(look(held), "margin").inputs[1]
    assert len(demand.inputs) < 30
    assert sum(part.value or 0.0 for part in demand.inputs) == pytest.approx(demand.value)
