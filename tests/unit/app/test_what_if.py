"""Drafts: what each change makes of a list, and that the list itself stays as it is."""

from dataclasses import replace
from datetime import date

import pytest

from levcheck.app.analysis import Analysis
from levcheck.app.draft_arithmetic import least_sale, leverage_kept, leverage_undone
from levcheck.app.draft_import import draft_from, drift
from levcheck.app.draft_results import Proposals, draft_results
from levcheck.app.pipeline import analyse
from levcheck.app.session import History, Session, set_base_currency, set_rate
from levcheck.app.what_if import (
    add_change,
    discard_draft,
    draft_of,
    free_letter,
    keep_draft,
    line_ref,
    propose,
    put_draft,
    remove_change,
    rename_draft,
    round_draft,
)
from levcheck.domain.draft import Bought, By, Change, ChangeKind, Draft
from levcheck.domain.instrument import Kind
from levcheck.domain.portfolio import Portfolio
from levcheck.domain.position import OptionTerms
from levcheck.domain.scenario import Scenario, Shock
from tests.helpers.made_up_library import instrument, library, portfolio, trap

TODAY = date(2026, 7, 1)
HELD, KNOWN = trap()
FALL = Scenario("fall", "Fall", "", (Shock("NVDA.US", -0.2),), 0)


def look(held: Portfolio, *scenarios: Scenario) -> Analysis:
    return analyse(held, KNOWN, scenarios, today=TODAY, recognise=KNOWN.recognise)


NOW = look(HELD)
REF = {line.position.label: line_ref(NOW, line.id) for line in NOW.positions if line.position}


def sell(label: str) -> Change:
    return Change(ChangeKind.SELL, REF[label])


def trim(label: str, by: By, amount: float) -> Change:
    return Change(ChangeKind.TRIM, REF[label], by, amount)


def after(*changes: Change, held: Analysis = NOW) -> Analysis:
    return look(propose(held, Draft("A", changes)).portfolio)


def worth(found: Analysis, label: str) -> float:
    return sum(x.market_value or 0.0 for x in found.positions if x.label == label)


def refusal(*changes: Change, held: Analysis = NOW) -> str:
    refused = propose(held, Draft("A", changes)).effects[-1].refused
    assert refused is not None
    return refused.code


# --- single changes ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("by", "amount", "left"),
    [
        (By.PART, 0.5, 5_000.0),
        (By.MONEY, 2_500.0, 7_500.0),
        (By.UNITS, 0.25, 7_500.0),
        (By.WEIGHT, 0.1, 5_500.0),
    ],
)
def test_that_a_trim_leaves_what_was_asked_and_the_rest_is_cash(
    by: By, amount: float, left: float
) -> None:
    proposal = propose(NOW, Draft("A", (trim("NVDX2.US", by, amount),)))
    found = look(proposal.portfolio)
    assert worth(found, "NVDX2.US") == pytest.approx(left)
    assert proposal.freed == pytest.approx(10_000 - left)
    assert proposal.cash_before == 0.0
    assert proposal.cash_after == pytest.approx(10_000 - left)
    assert found.equity == pytest.approx(NOW.equity)


def test_that_a_line_sold_out_is_gone_and_its_money_is_cash() -> None:
    proposal = propose(NOW, Draft("A", (sell("SEMI.US"),)))
    assert "SEMI.US" not in {p.label for p in proposal.portfolio.positions}
    (trade,) = proposal.trades
    assert (trade.line, trade.label, trade.money, trade.units) == ("p2", "SEMI.US", -20_000.0, -1.0)


def test_that_a_swap_at_the_same_exposure_keeps_the_exposure_and_says_what_it_needs() -> None:
    swap = Change(
        ChangeKind.SWAP,
        REF["NVDX2.US"],
        By.PART,
        0.0,
        Bought("NVDA.US", "NVDA.US"),
        times=2.0,
    )
    proposal = propose(NOW, Draft("A", (swap,)))
    found = look(proposal.portfolio)
    (before,) = [x.net for x in NOW.exposures if x.root == "NVDA.US"]
    (now,) = [x.net for x in found.exposures if x.root == "NVDA.US"]
    assert now == pytest.approx(before)
    assert worth(found, "NVDA.US") == pytest.approx(30_000.0)
    assert proposal.freed == pytest.approx(-10_000.0)
    assert proposal.new_debt == pytest.approx(10_000.0)
    assert found.margin is not None
    assert found.margin.debt == pytest.approx(10_000.0)
    assert found.equity == pytest.approx(NOW.equity)


def test_that_more_of_a_line_that_is_held_joins_it() -> None:
    add = Change(ChangeKind.ADD, by=By.MONEY, amount=5_000.0, buys=Bought("NVDA.US", "NVDA.US"))
    proposal = propose(NOW, Draft("A", (add,)))
    assert len(proposal.portfolio.positions) == len(HELD.positions)
    (trade,) = proposal.trades
    assert trade.units == pytest.approx(0.5)
    assert trade.money == pytest.approx(5_000.0)


def test_that_the_same_money_comes_and_goes_whatever_the_order() -> None:
    add = Change(ChangeKind.ADD, by=By.MONEY, amount=5_000.0, buys=Bought("NVDA.US", "NVDA.US"))
    one = propose(NOW, Draft("A", (sell("NVDS.US"), add)))
    other = propose(NOW, Draft("A", (add, sell("NVDS.US"))))
    assert one.new_debt == other.new_debt == 0.0
    assert one.cash_after == pytest.approx(other.cash_after, abs=1e-9)


def test_that_an_inverse_fund_sets_off_the_part_that_was_asked() -> None:
    hedge = Change(
        ChangeKind.HEDGE,
        by=By.EXPOSURE,
        amount=0.5,
        buys=Bought("NVDS.US", "NVDS.US", factor=-1.0, root="NVDA.US"),
    )
    found = after(hedge)
    (net,) = [x.net for x in found.exposures if x.root == "NVDA.US"]
    assert net == pytest.approx(16_000.0)
    assert worth(found, "NVDS.US") == pytest.approx(21_000.0)


def test_that_a_put_is_valued_by_the_core_and_limits_the_loss() -> None:
    held = portfolio([("NVDA.US", 10_000.0)], [("USD", 2_000.0)])
    priced = held.with_positions(
        tuple(
            type(p)(
                place=p.place, symbol=p.symbol, quantity=100.0, price=100.0, currency="USD",
                market_value=10_000.0, value_basis="stated",
            )
            for p in held.positions
        )
    )  # fmt: skip
    now = look(priced, FALL)
    terms = OptionTerms("NVDA.US", "2027-01-15", 95.0, "P")
    hedge = Change(
        ChangeKind.HEDGE,
        by=By.UNITS,
        amount=1.0,
        buys=Bought("NVDA 15JAN27 95 P", price=6.5, option=terms),
    )
    proposal = propose(now, Draft("A", (hedge,)))
    then = look(proposal.portfolio, FALL)
    assert proposal.freed == pytest.approx(-650.0)
    assert proposal.cash_after == pytest.approx(1_350.0)
    assert then.equity == pytest.approx(now.equity)
    assert then.coverage.left_out == ()
    assert now.stress[0].pnl == pytest.approx(-2_000.0)
    assert -2_000.0 < then.stress[0].pnl < -500.0


def test_that_a_share_that_prices_an_option_leaves_its_price_behind() -> None:
    held = portfolio([("NVDA.US", 10_000.0)], [("USD", 2_000.0)])
    (stock,) = held.positions
    terms = OptionTerms("NVDA.US", "2027-01-15", 95.0, "P")
    option = type(stock)(
        place=stock.place, symbol="NVDA put", quantity=1.0, market_value=650.0, currency="USD",
        option=terms, value_basis="stated",
    )  # fmt: skip
    stock = type(stock)(
        place=stock.place, symbol="NVDA.US", quantity=100.0, price=100.0, currency="USD",
        market_value=10_000.0, value_basis="stated",
    )  # fmt: skip
    now = look(held.with_positions((stock, option)))
    assert now.coverage.left_out == ()
    found = after(Change(ChangeKind.SELL, line_ref(now, "p1")), held=now)
    assert found.coverage.left_out == ()
    assert worth(found, "NVDA.US") == 0.0


def test_that_debt_is_paid_back_from_what_is_sold() -> None:
    now = look(portfolio([("NVDA.US", 50_000.0)], [("USD", -20_000.0)]))
    ref = line_ref(now, "p1")
    proposal = propose(
        now,
        Draft(
            "A",
            (
                Change(ChangeKind.TRIM, ref, By.MONEY, 15_000.0),
                Change(ChangeKind.PAY_DOWN, by=By.MONEY, amount=12_000.0),
            ),
        ),
    )
    assert proposal.debt_before == 20_000.0
    assert proposal.debt_after == pytest.approx(8_000.0)
    assert proposal.cash_after == pytest.approx(3_000.0)
    found = look(proposal.portfolio)
    assert found.equity == pytest.approx(30_000.0)


def test_that_debt_cannot_be_paid_back_with_money_that_is_not_there() -> None:
    now = look(portfolio([("NVDA.US", 50_000.0)], [("USD", -20_000.0)]))
    proposal = propose(now, Draft("A", (Change(ChangeKind.PAY_DOWN, by=By.PART, amount=0.0),)))
    assert proposal.debt_after == pytest.approx(20_000.0)
    assert look(proposal.portfolio).equity == pytest.approx(30_000.0)


def test_that_moving_to_cash_takes_the_same_part_of_every_line_held_long() -> None:
    proposal = propose(NOW, Draft("A", (Change(ChangeKind.TO_CASH, by=By.PART, amount=0.8),)))
    assert proposal.freed == pytest.approx(0.2 * 55_000)
    assert worth(look(proposal.portfolio), "SEMI.US") == pytest.approx(16_000.0)


def test_that_a_bet_on_a_fall_costs_cash_to_close() -> None:
    now = look(portfolio([("NVDA.US", -10_000.0)], [("USD", 30_000.0)]))
    proposal = propose(now, Draft("A", (Change(ChangeKind.SELL, line_ref(now, "p1")),)))
    assert proposal.freed == pytest.approx(-10_000.0)
    assert look(proposal.portfolio).equity == pytest.approx(20_000.0)


def test_that_each_account_keeps_its_own_cash() -> None:
    first = portfolio([("NVDA.US", 10_000.0), ("SEMI.US", 5_000.0)], [("USD", 100.0)])
    lines = tuple(
        type(p)(
            place=p.place, symbol=p.symbol, market_value=p.market_value, value_basis="stated",
            currency="USD", account=account,
        )
        for p, account in zip(first.positions, ("mine", "hers"), strict=True)
    )  # fmt: skip
    now = look(first.with_positions(lines))
    proposal = propose(now, Draft("A", (Change(ChangeKind.SELL, line_ref(now, "p2")),)))
    assert [(c.account, c.amount) for c in proposal.portfolio.cash] == [
        (None, 100.0),
        ("hers", 5_000.0),
    ]


# --- what cannot be done -----------------------------------------------------------------------------------


def test_that_what_cannot_be_done_says_why_and_the_rest_is_done() -> None:
    draft = Draft("A", (trim("NVDA.US", By.MONEY, 99_000.0), sell("NVDS.US")))
    proposal = propose(NOW, draft)
    assert proposal.effects[0].refused is not None
    assert proposal.effects[1].refused is None
    assert proposal.freed == pytest.approx(5_000.0)


def test_that_each_refusal_has_its_own_reason() -> None:
    assert refusal(trim("NVDA.US", By.MONEY, 99_000.0)) == "portfolio.draft_more_than_held"
    assert refusal(trim("NVDA.US", By.WEIGHT, 0.9)) == "portfolio.draft_already_less"
    assert refusal(sell("NVDA.US"), sell("NVDA.US")) == "portfolio.draft_line_gone"
    assert refusal(Change(ChangeKind.PAY_DOWN)) == "portfolio.draft_no_debt"
    unpriced = Change(ChangeKind.ADD, by=By.UNITS, amount=5.0, buys=Bought("KO.US", "KO.US"))
    assert refusal(unpriced) == "portfolio.draft_no_price"
    nothing = Change(ChangeKind.ADD, by=By.MONEY, amount=0.0, buys=Bought("KO.US", "KO.US"))
    assert refusal(nothing) == "portfolio.draft_nothing_to_do"
    bad = Bought("NVDS.US", "NVDS.US", factor=-1.0, root="KO.US")
    assert refusal(Change(ChangeKind.HEDGE, by=By.EXPOSURE, amount=1.0, buys=bad)) == (
        "portfolio.draft_no_hedge"
    )
    unknown = look(portfolio([("NVDA.US", None)]))
    gone = Change(ChangeKind.SELL, line_ref(unknown, "p1"))
    assert refusal(gone, held=unknown) == "portfolio.draft_no_value"
    short = look(portfolio([("NVDA.US", -5.0)]))
    swap = Change(ChangeKind.SWAP, line_ref(short, "p1"), buys=Bought("KO.US"))
    assert refusal(swap, held=short) == "portfolio.draft_short_swap"


def test_that_amounts_typed_in_another_currency_are_not_taken_for_this_one() -> None:
    session = add_change(Session(HELD), "A", trim("NVDA.US", By.MONEY, 500.0), sell("NVDS.US"))
    (draft,) = session.drafts
    assert [change.currency for change in draft.changes] == ["USD", ""]
    euros = look(set_rate(set_base_currency(session, "EUR"), "USD", 0.9).portfolio)
    first, second = propose(euros, draft).effects
    assert first.refused is not None
    assert first.refused.code == "portfolio.draft_other_currency"
    assert second.refused is None


# --- arithmetic --------------------------------------------------------------------------------------------


def test_that_the_smallest_sale_brings_the_root_to_the_limit_when_it_is_done() -> None:
    trim_found, changes = least_sale(
        NOW, KNOWN, "NVDA.US", 0.3, today=TODAY, recognise=KNOWN.recognise
    )
    found = after(*changes)
    (share,) = [x.share_of_equity for x in found.exposures if x.root == "NVDA.US"]
    assert trim_found.is_enough
    assert share == pytest.approx(trim_found.after, abs=1e-12)
    assert share == pytest.approx(0.3)


def test_that_undoing_leverage_keeps_the_exposure_and_names_the_money() -> None:
    known = library(
        [
            instrument("NVDA.US", asset_class="single_stock"),
            instrument(
                "TWO.US",
                Kind.LEVERAGED_FUND,
                factor=2.0,
                underlying="NVDA.US",
                expense_ratio=0.01,
            ),
            instrument("IDX3.US", Kind.LEVERAGED_FUND, factor=3.0, underlying="ANY.INDEX"),
            instrument("ANY.INDEX", Kind.INDEX),
        ]
    )
    held = portfolio([("TWO.US", 10_000.0), ("IDX3.US", 4_000.0)], [("USD", 12_000.0)])
    now = analyse(held, known, (), today=TODAY, recognise=known.recognise)
    (undone,) = leverage_undone(now, known.instrument)
    assert (undone.position, undone.root, undone.factor) == ("p1", "NVDA.US", 2.0)
    assert (undone.money, undone.needed, undone.freed) == (10_000.0, 20_000.0, -10_000.0)
    assert undone.yearly_cost is not None
    assert undone.yearly_cost > 100.0
    proposal = propose(now, Draft("A", (undone.change,)))
    then = analyse(proposal.portfolio, known, (), today=TODAY, recognise=known.recognise)
    nets = [[x.net for x in a.exposures if x.root == "NVDA.US"] for a in (now, then)]
    assert nets[0] == pytest.approx(nets[1])
    assert proposal.cash_after == pytest.approx(2_000.0)


def test_that_leverage_that_cannot_be_undone_says_why() -> None:
    known = library(
        [
            instrument("IDX3.US", Kind.LEVERAGED_FUND, factor=3.0, underlying="ANY.INDEX"),
            instrument("ANY.INDEX", Kind.INDEX),
            instrument("ODD2.US", Kind.LEVERAGED_FUND, factor=2.0, underlying="GONE.US"),
            instrument("SHORT.US", Kind.INVERSE_FUND, factor=-1.0, underlying="ANY.INDEX"),
        ]
    )
    held = portfolio([("ODD2.US", 4_000.0), ("IDX3.US", 9_000.0), ("SHORT.US", 1_000.0)])
    now = analyse(held, known, (), today=TODAY, recognise=known.recognise)
    assert leverage_undone(now, known.instrument) == ()
    kept = leverage_kept(now, known.instrument)
    assert [(one.position, one.underlying) for one in kept] == [("p2", "Any"), ("p1", None)]


# --- whole units -------------------------------------------------------------------------------------------


def priced(*rows: tuple[str, float, float]) -> Analysis:
    """Return a list of (symbol, units, price)."""
    known = library([instrument("NVDA.US"), instrument("SEMI.US"), instrument("BTC.CRYPTO")])
    made = portfolio([(symbol, units * price) for symbol, units, price in rows], [("USD", 1_000.0)])
    lines = tuple(
        replace(line, quantity=units, price=price, value_basis="computed")
        for line, (_, units, price) in zip(made.positions, rows, strict=True)
    )
    held = replace(made, positions=lines)
    return analyse(held, known, (), today=TODAY, recognise=known.recognise)


def test_that_whole_units_round_sales_up_and_purchases_down() -> None:
    now = priced(("NVDA.US", 10.5, 100.0), ("SEMI.US", 3.0, 30.0), ("BTC.CRYPTO", 1.0, 900.0))
    nvda, coin = line_ref(now, "p1"), line_ref(now, "p3")
    changes = (
        Change(ChangeKind.TRIM, nvda, By.MONEY, 210.0),  # 2.1 units
        Change(ChangeKind.ADD, by=By.MONEY, amount=100.0, buys=Bought("SEMI.US", "SEMI.US")),
        Change(ChangeKind.TRIM, coin, By.PART, 0.75),
    )
    proposal = propose(now, Draft("A", changes, whole_units=True))
    assert [effect.units for effect in proposal.effects] == pytest.approx([-3.0, 3.0, -0.25])
    assert [effect.freed for effect in proposal.effects] == pytest.approx([300.0, -90.0, 225.0])
    assert proposal.cash_after == pytest.approx(1_000.0 + 300.0 - 90.0 + 225.0)
    assert {t.label: t.units for t in proposal.trades} == pytest.approx(
        {"NVDA.US": -3.0, "SEMI.US": 3.0, "BTC.CRYPTO": -0.25}
    )
    parts = propose(now, Draft("A", changes))
    assert parts.effects[0].units == pytest.approx(-2.1)


def test_that_selling_all_sells_the_part_of_a_unit_too() -> None:
    now = priced(("NVDA.US", 10.5, 100.0))
    for change in (
        Change(ChangeKind.SELL, line_ref(now, "p1")),
        Change(ChangeKind.TRIM, line_ref(now, "p1"), By.UNITS, 10.2),
    ):
        proposal = propose(now, Draft("A", (change,), whole_units=True))
        assert proposal.portfolio.positions == ()
        assert proposal.freed == pytest.approx(1_050.0)


def test_that_a_sale_rounded_up_still_keeps_its_limit() -> None:
    now = priced(("NVDA.US", 37.0, 101.0), ("SEMI.US", 90.0, 30.0))
    change = Change(ChangeKind.TRIM, line_ref(now, "p1"), By.WEIGHT, 0.2)
    proposal = propose(now, Draft("A", (change,), whole_units=True))
    left = proposal.portfolio.positions[0]
    assert left.quantity == pytest.approx(round(left.quantity or 0.0))
    assert (left.quantity or 0.0) * 101.0 <= 0.2 * now.equity + 1e-9
    assert ((left.quantity or 0.0) + 1.0) * 101.0 > 0.2 * now.equity


def test_that_less_than_one_unit_is_not_bought_and_says_so() -> None:
    now = priced(("SEMI.US", 3.0, 30.0))
    buys = Change(ChangeKind.ADD, by=By.MONEY, amount=29.0, buys=Bought("SEMI.US", "SEMI.US"))
    (effect,) = propose(now, Draft("A", (buys,), whole_units=True)).effects
    assert effect.refused is not None
    assert effect.refused.code == "portfolio.draft_less_than_one"


def test_that_a_draft_has_a_name_and_a_rounding_of_its_own() -> None:
    session = put_draft(Session(HELD), Draft("A", (sell("NVDA.US"),)))
    named = rename_draft(session, "A", "  Less   chips  ")
    assert draft_of(named, "A").name == "Less chips"
    assert draft_of(named, "A").changes == draft_of(session, "A").changes
    rounded = round_draft(named, "A", whole_units=True)
    assert (draft_of(rounded, "A").name, draft_of(rounded, "A").whole_units) == ("Less chips", True)
    assert rounded.portfolio is HELD


# --- a second file -----------------------------------------------------------------------------------------


def test_that_a_second_list_becomes_the_changes_that_lead_to_it() -> None:
    other = portfolio([("NVDA.US", 4_000.0), ("SEMI.US", 30_000.0), ("SEMI3.US", 10_000.0)])
    lines = tuple(
        type(p)(
            place=p.place, symbol=p.symbol, market_value=p.market_value, value_basis="stated",
            currency="USD",
        )
        for p in other.positions
    )  # fmt: skip
    draft = draft_from(NOW, look(other.with_positions(lines)), "B")
    found = after(*draft.changes)
    assert [worth(found, x) for x in ("NVDA.US", "SEMI.US", "SEMI3.US")] == pytest.approx(
        [4_000.0, 30_000.0, 10_000.0]
    )
    assert {"NVDX2.US", "NVDS.US"}.isdisjoint(x.label for x in found.positions)
    assert found.equity == pytest.approx(NOW.equity)


def test_that_units_are_compared_where_both_tell_them_for_prices_move() -> None:
    other = portfolio([("NVDA.US", 12_000.0), *[(s, v) for s, v in _rest()]])
    draft = draft_from(NOW, look(other), "B")
    assert draft.changes == ()


def _rest() -> list[tuple[str, float]]:
    return [(p.label, p.market_value or 0.0) for p in HELD.positions[1:]]


def test_that_drift_is_todays_share_less_the_models() -> None:
    model = look(portfolio([("NVDA.US", 50.0), ("KO.US", 0.0)], [("USD", 50.0)]))
    found = {(d.kind, d.id): d for d in drift(NOW, model)}
    root = found["root", "NVDA.US"]
    assert root.today == pytest.approx(32 / 55)
    assert root.model == pytest.approx(0.5)
    assert root.points == pytest.approx(32 / 55 - 0.5)
    assert found["theme", "ai-chips"].points == pytest.approx(32 / 55 - 0.5)
    assert ("root", "USD.CASH") not in found


# --- drafts of a session -----------------------------------------------------------------------------------


def test_that_keeping_is_one_step_and_undo_brings_the_list_back() -> None:
    session = add_change(Session(HELD), "A", sell("NVDS.US"))
    session = put_draft(session, Draft("B", (sell("SEMI.US"),)))
    history = History().record("open", session)
    proposal = propose(NOW, draft_of(session, "A"))
    history = history.record("keep", keep_draft(session, proposal))
    assert [d.id for d in history.session.drafts] == ["B"]
    assert history.session.portfolio.name == HELD.name
    assert len(history.session.portfolio.positions) == len(HELD.positions) - 1
    assert history.undo().session is session
    assert history.undo().redo().session.portfolio == replace_name(proposal.portfolio)


def replace_name(held: Portfolio) -> Portfolio:
    return Portfolio(
        HELD.name, held.positions, held.cash, held.base_currency, held.as_of, held.input_sha256,
        held.rates, held.resolutions,
    )  # fmt: skip


def test_that_there_are_four_drafts_and_no_fifth() -> None:
    session = Session(HELD)
    for letter in ("A", "B", "C", "D"):
        assert free_letter(session) == letter
        session = put_draft(session, Draft(letter))
    assert free_letter(session) is None
    assert free_letter(discard_draft(session, "B")) == "B"
    with pytest.raises(KeyError):
        put_draft(session, Draft("E"))


def test_that_one_change_can_be_taken_out() -> None:
    session = add_change(Session(HELD), "A", sell("NVDS.US"), sell("SEMI.US"))
    (left,) = draft_of(remove_change(session, "A", 0), "A").changes
    assert left.line == REF["SEMI.US"]
    with pytest.raises(IndexError):
        remove_change(session, "A", 2)


def test_that_a_draft_not_touched_gives_the_very_same_portfolio_again() -> None:
    book = Proposals()
    drafts = (Draft("A", (sell("NVDS.US"),)), Draft("B", (sell("SEMI.US"),)))
    first = draft_results(NOW, drafts, look, book)
    again = draft_results(NOW, drafts, look, book)
    for one, other in zip(first, again, strict=True):
        assert one.proposal.portfolio is other.proposal.portfolio
    book.clear()
    fresh = draft_results(NOW, drafts, look, book)
    assert fresh[0].proposal.portfolio is not first[0].proposal.portfolio
    assert fresh[0].draft == drafts[0]
