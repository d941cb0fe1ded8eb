"""The analysis of small portfolios, worked by hand."""

from dataclasses import replace
from datetime import date

import pytest

from levcheck.app.analysis import Analysis
from levcheck.app.pipeline import analyse
from levcheck.domain.diagnostics import LevcheckError, Place
from levcheck.domain.instrument import Kind, Wrapper
from levcheck.domain.portfolio import Portfolio
from levcheck.domain.position import OptionTerms
from levcheck.domain.risk import (
    DriverCorrelation,
    FundAssets,
    FxRate,
    RiskDriver,
    RiskTables,
    Sensitivity,
)
from levcheck.domain.scenario import PathShape, Scenario, Shock
from levcheck.domain.theme import Family
from tests.helpers.made_up_library import (
    MadeUpLibrary,
    fund_list,
    instrument,
    library,
    line,
    portfolio,
    theme,
    trap,
)

NVDA_FALLS = Scenario("custom", "Custom", "", (Shock("NVDA.US", -0.13),), 0, PathShape.ONE_DAY)


def look(
    held: Portfolio, known: MadeUpLibrary, *asked: Scenario, propagate: bool = True
) -> Analysis:
    return analyse(
        held,
        known,
        asked,
        propagate=propagate,
        recognise=known.recognise,
        today=date(2026, 7, 1),
    )


def codes(found: Analysis) -> list[str]:
    return [told.code for told in found.diagnostics]


def test_that_the_trap_portfolio_gives_its_published_answers() -> None:
    held, known = trap()
    found = look(held, known, NVDA_FALLS, propagate=False)
    nvda = next(root for root in found.exposures if root.root == "NVDA.US")
    assert (nvda.long, nvda.short, nvda.net) == pytest.approx((37_000, -5_000, 32_000))
    assert nvda.direct == 10_000
    assert [door.position for door in nvda.doors] == ["p3", "p1", "p5", "p2", "p4"]
    assert found.stress[0].pnl == -4_160.00
    assert {loss.position: loss.pnl for loss in found.stress[0].positions} == {
        "p1": -1_300.0,
        "p2": -520.0,
        "p3": -2_600.0,
        "p4": -390.0,
        "p5": 650.0,
    }
    assert [(cause.root, cause.pnl) for cause in found.stress[0].causes] == [("NVDA.US", -4_160.0)]


def test_that_the_trap_portfolio_has_a_bet_that_labels_hide() -> None:
    held, known = trap()
    bet = look(held, known).themes[0]
    assert bet.labelled == 10_000
    assert bet.net == pytest.approx(32_000)
    assert bet.hidden_share == pytest.approx(32_000 / 42_000)
    assert bet.share_of_equity == pytest.approx(32_000 / 55_000)
    assert {door.wrapper for door in bet.doors} == {
        Wrapper.DIRECT,
        Wrapper.FUND,
        Wrapper.LEVERAGED,
        Wrapper.INVERSE,
    }


def test_that_equity_counts_debt_and_gross_does_not_count_cash() -> None:
    known = library([instrument("NVDA.US")])
    found = look(
        portfolio([("NVDA.US", 10_000.0), ("NVDA.US", -3_000.0)], [("USD", -2_000.0)]), known
    )
    assert found.equity == 5_000
    assert found.gross == 13_000
    assert found.in_effect == 13_000
    cash = next(root for root in found.exposures if root.root == "USD.CASH")
    assert cash.net == -2_000
    assert cash.family is Family.NEUTRAL
    assert found.positions[-1].id == "c1"


def test_that_an_unknown_line_is_left_out_but_stays_money() -> None:
    known = library([instrument("NVDA.US")])
    found = look(portfolio([("NVDA.US", 750.0), ("WHAT", 250.0)]), known)
    assert found.equity == 1_000
    assert found.coverage.known_share == 0.75
    assert [(gap.position, gap.reason) for gap in found.coverage.left_out] == [
        ("p2", "reference.unknown_instrument")
    ]
    assert found.positions[1].daily_leverage_factor is None


def test_that_a_line_without_a_value_is_left_out_and_a_worthless_one_is_not() -> None:
    known = library([instrument("NVDA.US")])
    found = look(portfolio([("NVDA.US", None), ("NVDA.US", 0.0)]), known)
    assert [gap.reason for gap in found.coverage.left_out] == ["portfolio.no_value"]
    assert found.positions[1].market_value == 0.0
    assert found.positions[1].status == "known"


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -1e300])
def test_that_a_figure_that_is_no_money_is_left_out(value: float) -> None:
    known = library([instrument("NVDA.US")])
    found = look(portfolio([("NVDA.US", value)], [("USD", value)]), known, NVDA_FALLS)
    assert found.equity == 0
    assert [gap.reason for gap in found.coverage.left_out] == ["portfolio.no_value"] * 2


def test_that_a_confirmed_line_needs_no_recognising() -> None:
    known = library([instrument("NVDA.US")])
    held = replace(portfolio([("whatever", 100.0)]), resolutions={"p1": "NVDA.US"})
    found = look(held, known).positions[0]
    assert found.match_reason == "confirmed"
    assert found.instrument is not None
    assert found.instrument.id == "NVDA.US"


def test_that_an_unknown_multiple_leaves_the_line_out_of_every_number() -> None:
    known = library(
        [instrument("NVDA.US"), instrument("X.US", Kind.LEVERAGED_FUND, underlying="NVDA.US")]
    )
    found = look(portfolio([("X.US", 1_000.0)]), known, NVDA_FALLS)
    assert found.positions[0].daily_leverage_factor is None
    assert found.positions[0].notional_exposure is None
    assert found.exposures == ()
    assert found.stress[0].left_out == ("p1",)
    assert "exposure.unknown_multiple" in codes(found)


def test_that_an_option_is_left_out_and_never_taken_for_its_share() -> None:
    known = library([instrument("NVDA.US")])
    option = replace(
        line("NVDA.US", 500.0), option=OptionTerms("NVDA", "2026-09-18", 150.0, "C"), kind="option"
    )
    found = look(Portfolio("x", (option,)), known)
    assert found.positions[0].kind is Kind.OPTION
    assert found.positions[0].wrapper is Wrapper.OPTION
    assert found.coverage.left_out[0].reason == "exposure.option_needs_inputs"
    assert found.exposures == ()


def test_that_an_option_beside_its_share_is_counted_by_its_delta() -> None:
    known = library(
        [instrument("NVDA")], themes=[theme("ai-chips", Family.AI_CHIPS, {"NVDA": 1.0})]
    )
    share = replace(line("NVDA", 1_000.0), price=100.0, quantity=10.0)
    bought = replace(
        line("NVDA261218C100", 1_100.0),
        option=OptionTerms("NVDA", "2026-12-18", 100.0, "C"),
        quantity=1.0,
        kind="option",
    )
    sold = replace(bought, market_value=-1_100.0, quantity=-1.0)
    found = look(Portfolio("x", (share, bought), as_of="2026-06-30"), known, NVDA_FALLS)
    root = found.exposures[0]
    option = next(door for door in root.doors if door.position == "p2")
    assert 0.55 < option.amount / 10_000 < 0.65
    assert option.wrapper is Wrapper.OPTION
    assert option.chain == ("NVDA 2026-12-18 100 C", "NVDA")
    assert option.weights[0] * 1_100.0 == pytest.approx(option.amount)
    assert found.positions[1].notional_exposure == pytest.approx(option.amount)
    assert found.themes[0].labelled == 1_000
    assert root.direct == 1_000
    assert "exposure.option_by_delta" in codes(found)
    short = look(Portfolio("x", (share, sold), as_of="2026-06-30"), known).exposures[0]
    assert short.short == pytest.approx(-option.amount)


@pytest.mark.parametrize(
    ("expiry", "quantity", "value", "as_of"),
    [
        ("someday", 1.0, 1_100.0, "2026-06-30"),
        ("2026-12-18", None, 1_100.0, "2026-06-30"),
        ("2026-12-18", 1.0, 0.0, "2026-06-30"),
        ("2026-12-18", 1.0, 99_999.0, "no date"),
        ("2026-01-16", 1.0, 1_100.0, None),
    ],
)
def test_that_an_option_that_lacks_something_is_left_out(
    expiry: str, quantity: float | None, value: float, as_of: str | None
) -> None:
    known = library([instrument("NVDA")])
    share = replace(line("NVDA", 1_000.0), price=100.0, quantity=10.0)
    option = replace(
        line("AN OPTION", value),
        option=OptionTerms("NVDA", expiry, 100.0, "C"),
        quantity=quantity,
        kind="option",
    )
    found = look(Portfolio("x", (share, option), as_of=as_of), known)
    assert [gap.reason for gap in found.coverage.left_out] == ["exposure.option_needs_inputs"]
    assert found.exposures[0].net == 1_000


def test_that_currencies_use_the_files_rate_before_the_librarys() -> None:
    rates = (
        FxRate("EUR", 0.8, "2026-06-30", "made up"),
        FxRate("KRW", 1_000.0, "2026-06-29", "made up"),
    )
    known = library([instrument("NVDA.US")], rates=rates)
    lines = tuple(line("NVDA.US", 1_000.0, currency=code) for code in ("EUR", "KRW", "JPY", "GBX"))
    held = Portfolio("x", lines, rates={"EUR": 1.1, "GBP": 1.25})
    found = look(held, known)
    assert [x.market_value for x in found.positions] == [
        pytest.approx(1_100.0),
        pytest.approx(1.0),
        None,
        pytest.approx(12.5),
    ]
    assert found.coverage.left_out[0].reason == "portfolio.missing_rate"
    note = next(d for d in found.diagnostics if d.code == "portfolio.rate_from_library")
    assert (note.args["currency"], note.args["as_of"]) == ("KRW", "2026-06-29")


def test_that_a_euro_portfolio_crosses_the_dollar() -> None:
    rates = (FxRate("EUR", 0.8, "2026-06-30", "x"), FxRate("KRW", 1_000.0, "2026-06-30", "x"))
    known = library([instrument("NVDA.US")], rates=rates)
    lines = (line("NVDA.US", 5_000.0, currency="KRW"), line("NVDA.US", 100.0, currency="USD"))
    found = look(Portfolio("x", lines, base_currency="EUR"), known)
    assert [x.market_value for x in found.positions] == [pytest.approx(4.0), pytest.approx(80.0)]


def test_that_lines_without_a_currency_are_counted_in_the_base_and_told() -> None:
    known = library([instrument("NVDA.US")])
    found = look(Portfolio("x", (line("NVDA.US", 10.0, currency=None),)), known)
    assert found.equity == 10.0
    assert "portfolio.currency_assumed" in codes(found)


def test_that_funds_that_hold_each_other_in_countless_ways_are_refused_with_the_line() -> None:
    floors = 9
    funds = {f"F{f}N{n}.US": f for f in range(floors) for n in range(10)}
    rows = [instrument("NVDA.US"), *(instrument(name, Kind.ETF) for name in funds)]
    lists = [
        fund_list(name, {f"F{f - 1}N{n}.US": 0.1 for n in range(10)} if f else {"NVDA.US": 1.0})
        for name, f in funds.items()
    ]
    with pytest.raises(LevcheckError) as told:
        look(portfolio([("NVDA.US", 50.0), ("F8N3.US", 100.0)]), library(rows, lists))
    assert told.value.code == "exposure.too_many_chains"
    assert told.value.args_map["fund"] == "F8N3.US"
    assert told.value.where is not None


def test_that_a_circle_is_told_and_keeps_the_money() -> None:
    rows = [instrument("A.US", Kind.ETF), instrument("B.US", Kind.ETF), instrument("NVDA.US")]
    lists = [
        fund_list("A.US", {"B.US": 1.0}),
        fund_list("B.US", {"A.US": 0.5, "NVDA.US": 0.5}),
    ]
    found = look(portfolio([("A.US", 100.0)]), library(rows, lists))
    assert "exposure.cycle" in codes(found)
    assert sum(root.net for root in found.exposures) == pytest.approx(100.0)
    assert found.positions[0].status == "partly"
    assert found.positions[0].looked_through_share == pytest.approx(0.5)


def test_that_coverage_weighs_money_and_names_the_oldest_list() -> None:
    rows = [instrument("A.US", Kind.ETF), instrument("B.US", Kind.ETF), instrument("NVDA.US")]
    lists = [
        fund_list("A.US", {"NVDA.US": 0.5}, as_of="2026-05-31"),
        fund_list("B.US", {"NVDA.US": 1.0}, coverage="full", as_of="2026-06-30"),
    ]
    found = look(portfolio([("A.US", 100.0), ("B.US", 300.0)]), library(rows, lists))
    assert found.coverage.looked_through_share == pytest.approx(0.875)
    assert found.coverage.oldest_as_of == "2026-05-31"
    assert found.positions[0].holdings is not None
    assert "exposure.not_looked_through" in codes(found)


def test_that_a_multiplying_fund_names_the_list_of_its_underlying() -> None:
    held, known = trap()
    found = look(held, known).position("p4")
    assert found.holdings is not None
    assert found.holdings.fund == "SEMIX.IDX"


def test_that_share_classes_meet_at_their_issuer() -> None:
    rows = [
        instrument("GOOG.US", issuer="GOOGL.US"),
        instrument("GOOGL.US"),
        instrument("GP.US", Kind.PREFERRED, issuer="GOOGL.US"),
    ]
    themes = [theme("search", Family.OTHER_SECTORS, {"GOOG.US": 0.8})]
    held = portfolio([("GOOG.US", 100.0), ("GOOGL.US", 50.0), ("GP.US", 25.0)])
    found = look(held, library(rows, themes=themes))
    assert [(r.root, r.net, r.direct) for r in found.exposures] == [("GOOGL.US", 175.0, 150.0)]
    assert found.themes[0].net == pytest.approx(140.0)
    assert found.overlap.groups[0].positions == ("p1", "p2", "p3")


def test_that_a_preferred_in_a_theme_does_not_carry_the_whole_issuer_into_it() -> None:
    rows = [instrument("STRK.US", Kind.PREFERRED, issuer="MSTR.US"), instrument("MSTR.US")]
    themes = [theme("preferreds", Family.BONDS, {"STRK.US": 1.0})]
    found = look(portfolio([("MSTR.US", 100.0)]), library(rows, themes=themes))
    assert found.themes == ()


def test_that_bull_and_bear_are_one_group_of_opposite_bets() -> None:
    rows = [
        instrument("M.US"),
        instrument("UP.US", Kind.LEVERAGED_FUND, factor=2.0, underlying="M.US"),
        instrument("DOWN.US", Kind.INVERSE_FUND, factor=-2.0, underlying="M.US"),
    ]
    found = look(portfolio([("UP.US", 100.0), ("DOWN.US", 60.0)]), library(rows))
    pair = found.overlap.pairs[0]
    assert (pair.cosine, pair.shared_amount) == (-1.0, 0.0)
    assert found.overlap.groups[0].net == 80.0
    assert found.overlap.effective_names == 1.0


RISK = RiskTables(
    (RiskDriver("chips", "Chips", 0.4, False, "w", "made up"),),
    (Sensitivity("NVDA.US", "chips", 1.25, 0.3, "w", "made up"),),
    (),
)


def test_that_a_daily_reset_fund_says_what_it_costs() -> None:
    rows = [
        instrument("NVDA.US"),
        instrument(
            "NVDL.US", Kind.LEVERAGED_FUND, factor=2.0, underlying="NVDA.US", expense_ratio=0.01
        ),
    ]
    assets = {"NVDL.US": FundAssets("NVDL.US", 4.6e9, None, "2026-06-01", "made up")}
    found = look(portfolio([("NVDL.US", 1_000.0)]), library(rows, risk=RISK, assets=assets))
    facts = found.daily_reset[0]
    volatility = (0.5**2 + 0.3**2) ** 0.5
    assert facts.volatility == pytest.approx(volatility)
    assert facts.financing == pytest.approx(0.0364)
    assert facts.hidden_drag == pytest.approx(0.007 + 0.28 * volatility**2)
    assert facts.hidden_drag_basis == "class default"
    assert facts.forced_trade.share_of_assets == pytest.approx(-0.26)
    assert facts.forced_trade.amount == pytest.approx(-0.26 * 4.6e9)
    assert facts.pair_move == pytest.approx(-0.04)
    assert facts.volatility_decay is not None
    assert facts.break_even_move is not None
    assert facts.break_even_move > 0


def test_that_the_number_of_bets_follows_what_moves_together() -> None:
    risk = RiskTables(
        (
            RiskDriver("a", "A", 0.3, False, "w", "x"),
            RiskDriver("b", "B", 0.3, False, "w", "x"),
        ),
        (
            Sensitivity("A.US", "a", 1.0, 0.1, "w", "x"),
            Sensitivity("B.US", "b", 1.0, 0.1, "w", "x"),
        ),
        (DriverCorrelation("a", "b", 0.0, 0.5, "w", "x"),),
    )
    known = library([instrument("A.US"), instrument("B.US")], risk=risk)
    both = look(portfolio([("A.US", 100.0), ("B.US", 100.0)]), known)
    one = look(portfolio([("A.US", 100.0)]), known)
    assert both.overlap.effective_bets == pytest.approx(2.0, abs=1e-6)
    assert one.overlap.effective_bets == pytest.approx(1.0)


def test_that_the_headline_prefers_a_large_narrow_bet_to_a_larger_broad_one() -> None:
    themes = [
        theme("us-equity", Family.BROAD_EQUITY, {"A.US": 1.0, "B.US": 1.0}),
        theme("space", Family.SPACE, {"A.US": 1.0}),
    ]
    known = library(
        [instrument("A.US"), instrument("B.US")],
        themes=themes,
        families={"A.US": Family.SPACE, "B.US": Family.BROAD_EQUITY},
    )
    large = look(portfolio([("A.US", 300.0), ("B.US", 700.0)]), known).verdict
    small = look(portfolio([("A.US", 100.0), ("B.US", 900.0)]), known).verdict
    assert (large.theme, large.share, large.doors) == ("space", 0.3, 1)
    assert (small.theme, small.share) == ("us-equity", 1.0)


def test_that_the_headline_names_a_share_that_no_theme_covers() -> None:
    themes = [theme("space", Family.SPACE, {"A.US": 1.0})]
    known = library([instrument("A.US"), instrument("KO.US")], themes=themes)
    verdict = look(portfolio([("A.US", 300.0), ("KO.US", 700.0)]), known).verdict
    assert (verdict.theme, verdict.theme_name, verdict.share) == ("KO.US", "Ko", 0.7)


def test_that_a_theme_of_ones_own_can_be_the_headline() -> None:
    themes = [
        theme("us-equity", Family.BROAD_EQUITY, {"A.US": 1.0, "B.US": 1.0}),
        theme("my-bet", Family.NEUTRAL, {"A.US": 1.0}),
        theme("currencies", Family.NEUTRAL, {"A.US": 1.0}),
    ]
    families = {"A.US": Family.BROAD_EQUITY, "B.US": Family.BROAD_EQUITY}
    known = library([instrument("A.US"), instrument("B.US")], themes=themes, families=families)
    verdict = look(portfolio([("A.US", 300.0), ("B.US", 700.0)]), known).verdict
    assert (verdict.theme, verdict.share) == ("my-bet", 0.3)


def test_that_nothing_at_all_is_no_fault() -> None:
    found = look(Portfolio("x", ()), library([]), NVDA_FALLS)
    assert (found.equity, found.gross, found.exposures) == (0, 0, ())
    assert found.verdict.theme is None
    assert found.stress[0].pnl == 0
    assert found.overlap.effective_names is None


def test_that_more_debt_than_money_gives_no_shares() -> None:
    known = library([instrument("NVDA.US")])
    found = look(portfolio([("NVDA.US", 100.0)], [("USD", -200.0)]), known, NVDA_FALLS)
    assert found.exposures[0].share_of_equity is None
    assert found.stress[0].share_of_equity is None


def test_that_the_same_notice_is_given_once() -> None:
    held, known = trap()
    told = look(held, known, NVDA_FALLS, replace(NVDA_FALLS, id="again")).diagnostics
    assert len({(d.code, d.where, str(dict(d.args))) for d in told}) == len(told)


def test_that_every_diagnostic_about_a_line_says_where_it_stands() -> None:
    known = library([instrument("NVDA.US")])
    found = look(portfolio([("WHAT", 1.0)]), known)
    assert found.diagnostics[0].where == Place("made_up.csv", None, 2)


def test_that_of_a_very_long_list_the_largest_lines_are_compared_and_that_is_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    held, known = trap()
    whole = look(held, known)
    assert "exposure.largest_compared" not in codes(whole)
    monkeypatch.setattr("levcheck.app.exposures.MOST_COMPARED", 3)
    found = look(held, known)
    compared = {side for pair in found.overlap.pairs for side in (pair.a, pair.b)}
    assert len(compared) == 3
    assert set(found.overlap.pairs) < set(whole.overlap.pairs)
    assert codes(found).count("exposure.largest_compared") == 1
    assert replace(found.overlap, pairs=()) == replace(whole.overlap, pairs=())
    assert found.exposures == whole.exposures
