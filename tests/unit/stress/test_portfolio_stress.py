"""Portfolios whose answer can be worked out by hand."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pytest

from levcheck.domain.diagnostics import LevcheckError
from levcheck.domain.instrument import Constituent, FundHoldings, Instrument, Kind
from levcheck.domain.provenance import Source
from levcheck.domain.risk import DriverCorrelation, RiskDriver, RiskTables, Sensitivity
from levcheck.domain.scenario import PathShape, Scenario, Shock
from levcheck.domain.theme import Family, Theme, ThemeMember
from levcheck.exposure.graph import build_graph
from levcheck.stress.daily_reset import SpreadClass
from levcheck.stress.node_book import fund_spread_class
from levcheck.stress.node_values import OPTION_SMILE
from levcheck.stress.options import (
    OptionState,
    option_delta,
    option_value,
    stressed_option_value,
)
from levcheck.stress.portfolio_stress import (
    ScenarioLosses,
    StressInput,
    stress_portfolio,
    stress_scenarios,
)

SOURCE = Source("test", "2026-06-30", "instruments")


def instrument(
    identifier: str,
    kind: Kind,
    *,
    underlying: str | None = None,
    factor: float | None = 1.0,
    expense: float | None = None,
    asset_class: str | None = None,
    country: str | None = None,
    currency: str | None = "USD",
    issuer: str | None = None,
) -> Instrument:
    return Instrument(
        identifier,
        identifier.partition(".")[0],
        None,
        None,
        identifier,
        kind,
        currency,
        country,
        issuer,
        underlying,
        factor,
        expense,
        asset_class,
        SOURCE,
    )


TRAP = {
    row.id: row
    for row in (
        instrument("NVDA.US", Kind.COMMON, country="US"),
        instrument("AMD.US", Kind.COMMON, country="US"),
        instrument("BTC", Kind.CRYPTO, asset_class="crypto"),
        instrument("MSTR.US", Kind.COMMON, country="US"),
        instrument("STRC.US", Kind.PREFERRED, issuer="MSTR.US"),
        instrument("MSTY.US", Kind.INCOME_FUND, underlying="MSTR.US"),
        instrument("IBIT.US", Kind.CRYPTO_TRUST, underlying="BTC"),
        instrument("CHIP.US", Kind.ETF, asset_class="sector_equity"),
        instrument("CHPX.US", Kind.INDEX),
        instrument("FOF.US", Kind.ETF),
        instrument(
            "NVD2.US", Kind.LEVERAGED_FUND, underlying="NVDA.US", factor=2.0, expense=0.0105
        ),
        instrument(
            "CHP3.US", Kind.LEVERAGED_FUND, underlying="CHPX.US", factor=3.0, expense=0.0075
        ),
        instrument("NVDS.US", Kind.INVERSE_FUND, underlying="NVDA.US", factor=-1.0, expense=0.0101),
        instrument("HUH.US", Kind.LEVERAGED_FUND, underlying="NVDA.US", factor=None),
        instrument("OPT.US", Kind.OPTION),
        instrument("GOLD.COMMODITY", Kind.CONTRACT, asset_class="gold"),
        instrument("CONV.US", Kind.CONVERTIBLE, issuer="MSTR.US"),
        instrument("BUFF.US", Kind.BUFFER_FUND, underlying="NVDA.US"),
        instrument("STAK.US", Kind.STACKED_FUND),
        instrument("WILD.US", Kind.COMMON),
        instrument("WLD2.US", Kind.LEVERAGED_FUND, underlying="WILD.US", factor=2.0),
        instrument("BTC2.US", Kind.LEVERAGED_FUND, underlying="BTC", factor=2.0, expense=0.01),
        instrument("PREF2.US", Kind.LEVERAGED_FUND, underlying="STRC.US", factor=2.0, expense=0.01),
        instrument("KOR2.US", Kind.LEVERAGED_FUND, underlying="005930.KR", factor=2.0),
        instrument("EVENT.US", Kind.CONTRACT, asset_class="event"),
        instrument("005930.KR", Kind.COMMON, country="KR", currency="KRW"),
    )
}
LISTS = {
    "CHIP.US": (("NVDA.US", 0.20), ("AMD.US", 0.80)),
    "CHPX.US": (("NVDA.US", 0.10), ("AMD.US", 0.90)),
    "FOF.US": (("CHIP.US", 0.5), ("NVD2.US", 0.3)),
    "STAK.US": (("NVDA.US", 0.9), ("AMD.US", 0.6)),
}
AI_CHIPS = Theme(
    "ai-chips",
    "AI chips",
    Family.AI_CHIPS,
    (
        ThemeMember("ai-chips", "NVDA.US", 1.0, "maker", "test"),
        ThemeMember("ai-chips", "AMD.US", 0.5, "half", "test"),
    ),
)
TABLES = RiskTables(
    drivers=(
        RiskDriver("us-equity", "US shares", 0.18, False, "test", "test"),
        RiskDriver("ai-chips", "AI chips", 0.40, False, "test", "test"),
        RiskDriver("bitcoin", "Bitcoin", 0.50, False, "test", "test"),
    ),
    sensitivities=(
        Sensitivity("NVDA.US", "ai-chips", 1.1, 0.30, "test", "test"),
        Sensitivity("theme:ai-chips", "ai-chips", 1.0, 0.05, "test", "test"),
        Sensitivity("BTC", "bitcoin", 1.0, 0.02, "test", "test"),
        Sensitivity("MSTR.US", "bitcoin", 1.5, 0.45, "test", "test"),
        Sensitivity("class:equity", "us-equity", 1.0, 0.30, "test", "test"),
    ),
    correlations=(
        DriverCorrelation("us-equity", "ai-chips", 0.6, 0.9, "test", "test"),
        DriverCorrelation("us-equity", "bitcoin", 0.3, 0.6, "test", "test"),
        DriverCorrelation("ai-chips", "bitcoin", 0.3, 0.6, "test", "test"),
    ),
)


def book(
    lines: Sequence[tuple[str, float]],
    *,
    cash: Sequence[tuple[str, float]] = (),
    lists: Mapping[str, tuple[tuple[str, float], ...]] = LISTS,
) -> StressInput:
    holdings = {
        fund: FundHoldings(
            fund,
            tuple(Constituent(name, weight) for name, weight in parts),
            "2026-06-30",
            "full",
            SOURCE,
        )
        for fund, parts in lists.items()
    }
    graph, _ = build_graph([name for name, _ in lines], TRAP, holdings)
    return StressInput(
        position_ids=(
            *(f"p{n + 1}" for n in range(len(lines))),
            *(f"c{n + 1}" for n in range(len(cash))),
        ),
        node=np.array([graph.index[name] for name, _ in lines] + [-1] * len(cash), dtype=np.int64),
        market_value=np.array([value for _, value in (*lines, *cash)], dtype=float),
        graph=graph,
        instruments=TRAP,
        themes=(AI_CHIPS,),
        overnight_rate=0.0364,
        cash_currency=(*(None for _ in lines), *(code for code, _ in cash)),
    )


def shock(*moves: tuple[str, float], horizon: int = 0, propagate: bool = False) -> Scenario:
    return Scenario(
        "custom",
        "Custom",
        "",
        tuple(Shock(target, move) for target, move in moves),
        horizon,
        PathShape.STRAIGHT,
        propagate=propagate,
        origin="custom",
    )


def by_line(losses: ScenarioLosses) -> dict[str, float]:
    return dict(zip(losses.position_ids, losses.pnl.tolist(), strict=True))


TRAP_LINES = (
    ("NVDA.US", 10_000.0),
    ("CHIP.US", 20_000.0),
    ("NVD2.US", 10_000.0),
    ("CHP3.US", 10_000.0),
    ("NVDS.US", 5_000.0),
)


def test_that_the_trap_portfolio_loses_what_the_arithmetic_says() -> None:
    losses = stress_portfolio(book(TRAP_LINES), shock(("NVDA.US", -0.13)), TABLES)
    assert losses.total == pytest.approx(-4160.0, abs=1e-9)
    assert by_line(losses) == pytest.approx(
        {"p1": -1300.0, "p2": -520.0, "p3": -2600.0, "p4": -390.0, "p5": 650.0}, abs=1e-9
    )
    assert losses.models == ("linear", "fund", "daily_reset", "daily_reset", "daily_reset")
    assert dict(losses.causes)["NVDA.US"] == pytest.approx(-4160.0, abs=1e-9)
    assert (losses.total_low, losses.total_high) == (losses.total, losses.total)
    np.testing.assert_array_equal(losses.low, losses.pnl)
    np.testing.assert_array_equal(losses.high, losses.pnl)


def test_that_a_fund_of_funds_is_valued_bottom_up() -> None:
    losses = stress_portfolio(book([("FOF.US", 1000.0)]), shock(("NVDA.US", -0.5)), TABLES)
    # half in a fund with a fifth in the stock, three tenths in the two-times fund, which is wiped out
    assert losses.total == pytest.approx(1000.0 * (0.5 * 0.2 * -0.5 + 0.3 * -1.0))


def test_that_a_daily_reset_fund_is_wiped_out_and_never_below() -> None:
    losses = stress_portfolio(
        book([("NVD2.US", 1000.0), ("NVDS.US", 1000.0)]), shock(("NVDA.US", -0.8)), TABLES
    )
    assert losses.pnl.tolist() == pytest.approx([-1000.0, 800.0])
    assert losses.is_terminated.tolist() == [True, False]
    causes = dict(losses.causes)
    assert causes["NVDA.US"] == pytest.approx(-1600.0 + 800.0)
    assert causes["reset-and-cost"] == pytest.approx(600.0)


def test_that_a_bear_fund_is_ended_by_a_doubling() -> None:
    losses = stress_portfolio(book([("NVDS.US", 1000.0)]), shock(("NVDA.US", 1.5)), TABLES)
    assert losses.pnl.tolist() == [-1000.0]
    assert losses.is_terminated.tolist() == [True]


def test_that_a_short_line_can_lose_more_than_its_value() -> None:
    losses = stress_portfolio(book([("NVDA.US", -1000.0)]), shock(("NVDA.US", 1.5)), TABLES)
    assert losses.pnl.tolist() == [-1500.0]


def test_that_time_brings_fee_financing_and_hidden_drag() -> None:
    instant = stress_portfolio(book([("NVD2.US", 1000.0)]), shock(("NVDA.US", 0.0)), TABLES)
    month = stress_portfolio(
        book([("NVD2.US", 1000.0)]), shock(("NVDA.US", 0.0), horizon=21), TABLES
    )
    assert instant.total == 0.0
    volatility = np.hypot(1.1 * 0.40, 0.30)
    spread = 0.007 + 0.28 * volatility**2
    daily = 0.0105 / 365 + (0.0364 + spread) / 360
    expected = 1000.0 * ((1 - daily * 365 / 252) ** 21 - 1)
    assert month.total == pytest.approx(expected, rel=1e-9)
    assert dict(month.causes) == pytest.approx({"reset-and-cost": expected})


def test_that_a_theme_moves_its_members_by_strength_and_a_root_shock_wins() -> None:
    scenario = shock(("theme:ai-chips", -0.4), ("NVDA.US", -0.1))
    losses = stress_portfolio(
        book([("NVDA.US", 1000.0), ("AMD.US", 1000.0), ("BTC", 1000.0)]), scenario, TABLES
    )
    assert losses.pnl.tolist() == pytest.approx([-100.0, -200.0, 0.0])


def test_that_other_roots_follow_and_shocked_ones_keep_their_move() -> None:
    losses = stress_portfolio(
        book([("NVDA.US", 1000.0), ("BTC", 1000.0)]),
        shock(("theme:ai-chips", -0.3), propagate=True),
        TABLES,
    )
    nvidia, bitcoin = losses.pnl
    assert nvidia == pytest.approx(-300.0)
    assert (losses.low[0], losses.high[0]) == pytest.approx((-300.0, -300.0))
    expected = 0.3 * 0.4 * 0.5 / (0.4**2 + 0.02**2) * -300.0
    assert bitcoin == pytest.approx(expected)
    assert losses.low[1] < bitcoin < losses.high[1]
    assert losses.total_low < losses.total < losses.total_high
    assert [(root, how) for root, _, how in losses.root_moves] == [
        ("NVDA.US", "shocked"),
        ("BTC", "follows"),
    ]


def test_that_opposite_lines_in_one_root_leave_the_whole_certain() -> None:
    lines = book([("BTC", 1000.0), ("IBIT.US", -1000.0)])
    losses = stress_portfolio(lines, shock(("theme:ai-chips", -0.3), propagate=True), TABLES)
    assert losses.total == pytest.approx(0.0, abs=1e-9)
    assert losses.total_high - losses.total_low == pytest.approx(0.0, abs=1e-9)
    assert losses.high[0] > losses.low[0]


def test_that_two_moves_for_one_target_are_refused() -> None:
    with pytest.raises(LevcheckError) as caught:
        stress_portfolio(
            book([("NVDA.US", 1.0)]), shock(("NVDA.US", -0.1), ("NVDA.US", -0.2)), TABLES
        )
    assert caught.value.code == "stress.contradiction"


@pytest.mark.parametrize(
    ("target", "move", "code"),
    [
        ("sector:tech", -0.1, "stress.unknown_target"),
        ("theme:", -0.1, "stress.unknown_target"),
        ("NVDA.US", -1.2, "stress.impossible_move"),
        ("NVDA.US", float("nan"), "stress.impossible_move"),
    ],
)
def test_that_an_impossible_shock_is_refused(target: str, move: float, code: str) -> None:
    with pytest.raises(LevcheckError) as caught:
        stress_portfolio(book([("NVDA.US", 1.0)]), shock((target, move)), TABLES)
    assert caught.value.code == code


def test_that_a_preferred_falls_by_its_own_sensitivity_and_not_one_to_one() -> None:
    losses = stress_portfolio(
        book([("MSTR.US", 1000.0), ("STRC.US", 1000.0)]), shock(("MSTR.US", -0.5)), TABLES
    )
    assert losses.pnl.tolist() == pytest.approx([-500.0, -500.0 * 0.54 / 1.58])
    assert losses.models[1] == "sensitivity"
    assert losses.underlying_move.tolist() == pytest.approx([-0.5, -0.5])


def test_that_an_income_fund_takes_most_of_a_fall_and_less_of_a_rise() -> None:
    lines = book([("MSTY.US", 1000.0)])
    down = stress_portfolio(lines, shock(("MSTR.US", -0.4)), TABLES)
    up = stress_portfolio(lines, shock(("MSTR.US", 0.4)), TABLES)
    assert down.total == pytest.approx(-340.0)
    assert up.total == pytest.approx(240.0)
    assert dict(down.causes) == pytest.approx({"MSTR.US": -340.0})


@pytest.mark.parametrize(("move", "part"), [(-0.4, 0.85), (0.4, 0.60)])
def test_that_the_range_of_an_income_fund_is_as_wide_as_it_follows(
    move: float, part: float
) -> None:
    lines = book([("MSTY.US", 1000.0), ("MSTR.US", 1000.0)])
    found = stress_portfolio(lines, shock(("BTC", move), propagate=True), TABLES)
    fund, share = found.high - found.pnl
    assert share > 10.0
    assert fund / share == pytest.approx(part)


def test_that_a_class_and_a_country_can_be_shocked() -> None:
    lines = book([("NVDA.US", 1000.0), ("005930.KR", 1000.0), ("BTC", 1000.0)])
    losses = stress_portfolio(lines, shock(("class:equity", -0.1), ("country:KR", -0.2)), TABLES)
    assert losses.pnl.tolist() == pytest.approx([-100.0, -200.0, 0.0])


def test_that_a_currency_moves_shares_and_cash_held_in_it() -> None:
    lines = book([("005930.KR", 1000.0), ("NVDA.US", 1000.0)], cash=[("KRW", 500.0), ("USD", 99.0)])
    losses = stress_portfolio(lines, shock(("currency:KRW", -0.1), ("005930.KR", -0.2)), TABLES)
    assert losses.pnl.tolist() == pytest.approx([-280.0, 0.0, -50.0, 0.0])
    assert dict(losses.causes) == pytest.approx({"005930.KR": -200.0, "currency:KRW": -130.0})
    assert losses.models == ("linear", "linear", "cash", "cash")


def test_that_a_shock_on_a_fund_moves_that_fund_only() -> None:
    lines = book([("CHIP.US", 1000.0), ("NVDA.US", 1000.0)])
    losses = stress_portfolio(lines, shock(("CHIP.US", -0.2)), TABLES)
    assert losses.pnl.tolist() == pytest.approx([-200.0, 0.0])
    assert dict(losses.causes) == pytest.approx({"CHIP.US": -200.0})


def test_that_what_cannot_be_valued_is_left_out_with_its_reason() -> None:
    losses = stress_portfolio(
        book([("HUH.US", 1000.0), ("OPT.US", 500.0), ("NVDA.US", float("nan"))]),
        shock(("NVDA.US", -0.1)),
        TABLES,
    )
    assert dict(losses.left_out) == {
        "p1": "exposure.unknown_multiple",
        "p2": "stress.option_without_terms",
        "p3": "stress.value_unknown",
    }
    assert losses.total == 0.0
    assert not losses.is_valued.any()


def test_that_convertibles_and_buffers_take_their_stated_share() -> None:
    losses = stress_portfolio(
        book([("CONV.US", 1000.0), ("BUFF.US", 1000.0)]),
        shock(("MSTR.US", -0.5), ("NVDA.US", 0.1)),
        TABLES,
    )
    assert losses.pnl.tolist() == pytest.approx([-300.0, 60.0])


def test_that_a_stacked_fund_pays_for_what_it_borrows() -> None:
    losses = stress_portfolio(
        book([("STAK.US", 1000.0)]), shock(("NVDA.US", -0.1), horizon=21), TABLES
    )
    cost = -1000.0 * 0.5 * 0.0364 * 21 / 252
    assert losses.total == pytest.approx(-90.0 + cost)
    assert dict(losses.causes)["reset-and-cost"] == pytest.approx(cost)


def test_that_what_had_to_be_assumed_is_told() -> None:
    bare = RiskTables(TABLES.drivers, (), TABLES.correlations)
    losses = stress_portfolio(
        book([("WLD2.US", 1000.0)]), shock(("WILD.US", 0.0), horizon=21), bare
    )
    codes = {note.code for note in losses.diagnostics}
    assert {"stress.assumed_expense", "stress.assumed_volatility"} <= codes
    still = stress_portfolio(book([("WILD.US", 1.0)]), shock(("BTC", -0.1), propagate=True), bare)
    codes = {note.code for note in still.diagnostics}
    assert {"stress.roots_without_link", "stress.target_not_held"} <= codes


def test_that_a_daily_fund_follows_a_preferred_day_by_day_and_a_coin_pays_its_own_spread() -> None:
    losses = stress_portfolio(
        book([("PREF2.US", 1000.0), ("BTC2.US", 1000.0)]),
        shock(("MSTR.US", -0.3), horizon=5),
        TABLES,
    )
    preferred, coin = losses.pnl
    assert -2 * 300.0 * 0.54 / 1.58 < preferred < -150.0
    days = 365 / 252
    paid = 0.01 * days / 365 + (0.0364 + 0.125) * days / 360
    assert coin == pytest.approx(1000.0 * ((1 - paid) ** 5 - 1), rel=1e-9)


def test_that_a_shock_on_a_preferred_itself_moves_it_alone() -> None:
    losses = stress_portfolio(
        book([("STRC.US", 1000.0), ("MSTR.US", 1000.0)]),
        shock(("STRC.US", -0.2), horizon=5),
        TABLES,
    )
    assert losses.pnl.tolist() == pytest.approx([-200.0, 0.0])
    assert dict(losses.causes) == pytest.approx({"STRC.US": -200.0})


@pytest.mark.parametrize(
    ("own", "behind", "group"),
    [
        ("index", "gold", SpreadClass.METAL),
        (None, "gold", SpreadClass.METAL),
        ("sector", "gold", SpreadClass.SECTOR),
        ("sector", None, SpreadClass.SECTOR),
        ("index", None, SpreadClass.INDEX),
        ("index", "nobody knows", SpreadClass.INDEX),
        (None, "nobody knows", SpreadClass.SECTOR),
        (None, None, SpreadClass.SECTOR),
    ],
)
def test_that_a_fund_of_no_telling_label_pays_the_spread_of_what_it_rides_on(
    own: str | None, behind: str | None, group: SpreadClass
) -> None:
    fund = instrument("F.US", Kind.LEVERAGED_FUND, underlying="B", factor=2.0, asset_class=own)
    known = {"B": instrument("B", Kind.INDEX, asset_class=behind)} if behind else {}
    assert fund_spread_class(fund, known) is group


@pytest.mark.parametrize(
    ("kind", "group"),
    [(Kind.COMMON, SpreadClass.STOCK), (Kind.CRYPTO, SpreadClass.CRYPTO)],
)
def test_that_a_fund_on_a_share_or_a_coin_pays_the_spread_of_those(
    kind: Kind, group: SpreadClass
) -> None:
    fund = instrument("F.US", Kind.LEVERAGED_FUND, underlying="B", factor=2.0, asset_class="index")
    assert fund_spread_class(fund, {"B": instrument("B", kind, asset_class="gold")}) is group


def test_that_a_currency_falls_on_one_day_where_the_scenario_does() -> None:
    held = book([("KOR2.US", 1_000.0)])
    fall = replace(shock(("currency:KRW", -0.10), horizon=20), shape=PathShape.ONE_DAY)
    at_once = by_line(stress_portfolio(held, fall, TABLES))["p1"]
    daily = by_line(stress_portfolio(held, replace(fall, shape=PathShape.STRAIGHT), TABLES))["p1"]
    # Twice the fall in one step, and less than twice in twenty, since each day begins anew.
    step = 1.0 - (1.0 - 2.0 * (1.0 - 0.9 ** (1 / 20))) ** 20
    assert daily - at_once == pytest.approx(1_000.0 * (0.20 - step), rel=0.02)


def test_that_a_currency_can_lose_everything() -> None:
    losses = stress_portfolio(book([("005930.KR", 1000.0)]), shock(("currency:KRW", -1.0)), TABLES)
    assert losses.total == -1000.0
    assert sum(amount for _, amount in losses.causes) == pytest.approx(-1000.0)


def test_that_a_future_on_gold_needs_no_terms_and_an_event_does() -> None:
    losses = stress_portfolio(
        book([("GOLD.COMMODITY", 1000.0), ("EVENT.US", 10.0)]),
        shock(("class:gold", -0.1)),
        TABLES,
    )
    assert losses.pnl.tolist() == pytest.approx([-100.0, 0.0])
    assert dict(losses.left_out) == {"p2": "stress.contract_without_terms"}


CALL = OptionState(100.0, 110.0, 0.5, 0.0364, 0.5, is_call=True, is_american=True)


def option_book(value: float, *, written_on: str = "NVDA.US") -> StressInput:
    """One contract, as a line whose exposure is its delta."""
    leverage = 100.0 * option_delta(CALL) / option_value(CALL)
    row = instrument("NVDA C110", Kind.OPTION, underlying=written_on, factor=leverage)
    rows = TRAP | {row.id: row}
    graph, _ = build_graph([row.id], rows, {})
    return replace(
        book([]),
        position_ids=("p1",),
        node=np.array([graph.index[row.id]], dtype=np.int64),
        market_value=np.array([value]),
        graph=graph,
        instruments=rows,
        cash_currency=(None,),
        options={row.id: CALL},
    )


@pytest.mark.parametrize("move", [-0.9, -0.13, 0.0, 0.2])
def test_that_an_option_is_revalued_and_not_carried_along_its_delta(move: float) -> None:
    losses = stress_portfolio(option_book(1000.0), shock(("NVDA.US", move)), TABLES)
    later = stressed_option_value(CALL, move, smile=OPTION_SMILE)
    assert losses.total == pytest.approx(1000.0 * (later / option_value(CALL) - 1.0), abs=1e-9)
    assert losses.models == ("option",)
    assert losses.total >= -1000.0
    assert sum(amount for _, amount in losses.causes) == pytest.approx(losses.total)


def test_that_an_option_on_a_leveraged_fund_sees_the_fund_move_first() -> None:
    losses = stress_portfolio(
        option_book(1000.0, written_on="NVD2.US"), shock(("NVDA.US", -0.1)), TABLES
    )
    later = stressed_option_value(CALL, -0.2, smile=OPTION_SMILE)
    assert losses.total == pytest.approx(1000.0 * (later / option_value(CALL) - 1.0), abs=1e-9)


def test_that_a_sold_call_has_no_floor_and_a_range_around_it() -> None:
    losses = stress_portfolio(option_book(-1000.0), shock(("NVDA.US", 1.0)), TABLES)
    assert losses.total < -5000.0
    open_ended = stress_portfolio(option_book(-1000.0), shock(("BTC", 0.5), propagate=True), TABLES)
    assert open_ended.low[0] < open_ended.pnl[0] < open_ended.high[0] <= 1000.0


def test_that_time_alone_costs_an_option() -> None:
    losses = stress_portfolio(option_book(1000.0), shock(("NVDA.US", 0.0), horizon=63), TABLES)
    assert -1000.0 < losses.total < -100.0


def test_that_many_scenarios_give_what_each_gives_alone() -> None:
    lines = book(TRAP_LINES)
    scenarios = [shock(("NVDA.US", -0.13)), shock(("class:equity", 0.1), horizon=5, propagate=True)]
    for alone, together in zip(
        (stress_portfolio(lines, scenario, TABLES) for scenario in scenarios),
        stress_scenarios(lines, scenarios, TABLES),
        strict=True,
    ):
        np.testing.assert_array_equal(alone.pnl, together.pnl)
        assert alone.causes == together.causes


def test_that_a_share_class_moves_its_issuers_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(TRAP, "NVDB.US", instrument("NVDB.US", Kind.COMMON, issuer="NVDA.US"))
    losses = stress_portfolio(book([("NVDA.US", 1000.0)]), shock(("NVDB.US", -0.1)), TABLES)
    assert losses.pnl.tolist() == pytest.approx([-100.0])
    # A theme may name a line of an issuer instead of its root, or one the table does not know.
    members = tuple(
        ThemeMember("ai-chips", name, strength, "", "test")
        for name, strength in (("NVDB.US", 0.5), ("NOBODY.XX", 1.0))
    )
    themed = replace(book([("NVDA.US", 1000.0)]), themes=(replace(AI_CHIPS, members=members),))
    fallen = stress_portfolio(themed, shock(("theme:ai-chips", -0.1)), TABLES)
    assert fallen.pnl.tolist() == pytest.approx([-50.0])


def test_that_an_assumed_response_is_told_of_lines_held_and_of_no_others() -> None:
    inside = {**LISTS, "FOF.US": (("CONV.US", 1.0),)}

    def told(*lines: tuple[str, float]) -> list[object]:
        losses = stress_portfolio(book(lines, lists=inside), shock(("MSTR.US", -0.1)), TABLES)
        return [d.args["line"] for d in losses.diagnostics if d.code == "stress.assumed_response"]

    assert told(("CONV.US", 1000.0)) == ["CONV.US"]
    assert told(("FOF.US", 1000.0)) == []
    assert told(("MSTY.US", 1000.0)) == []  # was measured
