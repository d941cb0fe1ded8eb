"""Preferreds through the whole job: the measured sensitivity and the order of claims, and what the range makes of both."""

from functools import cache

import pytest

from levcheck.app.analysis import Analysis, PositionLoss
from levcheck.app.pipeline import analyse
from levcheck.app.shocks import custom_scenario
from levcheck.domain.diagnostics import LevcheckError, Place
from levcheck.domain.portfolio import Portfolio
from levcheck.domain.position import Position
from levcheck.domain.scenario import PathShape, Scenario, Shock
from levcheck.reference.catalogue import Catalogue

SYMBOLS = ("STRF", "STRC", "STRK", "STRD")
ACTUAL = {"STRF": -0.120, "STRC": -0.239, "STRK": -0.212, "STRD": -0.210}


@cache
def library() -> Catalogue:
    return Catalogue.bundled()


def held(*symbols: str) -> Portfolio:
    return Portfolio(
        "made up",
        positions=tuple(
            Position(Place(), symbol=s, market_value=1_000.0, currency="USD", value_basis="stated")
            for s in symbols
        ),
        base_currency="USD",
    )


def shock(*moves: tuple[str, float], propagate: bool = True) -> Scenario:
    shocks = tuple(Shock(target, move) for target, move in moves)
    return Scenario(
        "custom", "Custom", "", shocks, 0, PathShape.ONE_DAY, propagate=propagate, origin="custom"
    )


def losses(analysis: Analysis) -> dict[str, PositionLoss]:
    found = {}
    for loss in analysis.stress[0].positions:
        position = analysis.position(loss.position).position
        assert position is not None
        found[position.symbol or ""] = loss
    return found


def ran(scenario: Scenario, *symbols: str) -> dict[str, PositionLoss]:
    return losses(analyse(held(*symbols), library(), [scenario]))


def test_that_june_2026_comes_out_in_size_order_and_range() -> None:
    """The coin lost 18.7% to the low, the share half: sizes within a factor 2.5, the senior claim least."""
    for moves in ((("BTC.CRYPTO", -0.187),), (("BTC.CRYPTO", -0.187), ("MSTR.US", -0.48))):
        found = ran(shock(*moves), *SYMBOLS, "MSTR", "IBIT")
        share = {name: found[name].share or 0.0 for name in SYMBOLS}
        assert share["STRF"] > share["STRC"] > max(share["STRK"], share["STRD"])
        for name in ("STRF", "STRK", "STRD"):
            assert 1 / 2.5 <= share[name] / ACTUAL[name] <= 2.5, name
        for name in ("STRF", "STRK", "STRD"):
            assert found[name].model == "tranche"
            assert found[name].low / 1_000 <= ACTUAL[name] <= found[name].high / 1_000, name
    # The paper whose reset broke is inside the range once the fall of the share itself is told.
    assert found["STRC"].low / 1_000 <= ACTUAL["STRC"] <= found["STRC"].high / 1_000


def test_that_the_range_spans_both_answers_and_the_worse_one_is_shown() -> None:
    for move in (-0.6, -0.2, 0.3):
        loss = ran(shock(("BTC.CRYPTO", move)), "STRK")["STRK"]
        assert loss.measured_pnl is not None
        assert loss.low <= loss.pnl <= loss.measured_pnl <= loss.high


def test_that_a_deep_fall_bites_by_the_order_of_claims_more_than_by_any_fixed_share() -> None:
    mild, deep = (ran(shock(("BTC.CRYPTO", move)), "STRD")["STRD"] for move in (-0.1, -0.6))
    assert mild.share is not None
    assert deep.share is not None
    assert deep.share < 6 * mild.share


def test_that_the_coin_need_not_be_held_for_its_fall_to_count() -> None:
    alone = ran(shock(("BTC.CRYPTO", -0.3)), "STRC")["STRC"]
    beside = ran(shock(("BTC.CRYPTO", -0.3)), "STRC", "IBIT", "MSTR")["STRC"]
    assert alone.pnl == pytest.approx(beside.pnl, abs=1.0)
    assert alone.asset_move == pytest.approx(-0.3 * 48.94 / 51.19, abs=1e-3)


def test_that_a_melting_premium_moves_the_share_and_not_the_coin() -> None:
    found = ran(shock(("premium:MSTR.US", -0.3)), "MSTR", "IBIT", "STRF")
    assert found["MSTR"].share == pytest.approx(-0.3)
    assert found["IBIT"].pnl == 0.0
    assert found["STRF"].pnl < 0.0
    both = ran(shock(("premium:MSTR.US", -0.3), ("BTC.CRYPTO", -0.187)), "MSTR")["MSTR"]
    # What is left for the common falls by about a third, and the premium comes on top.
    assert both.share == pytest.approx(0.667 * 0.7 - 1.0, abs=0.01)


def test_that_a_premium_over_unknown_assets_is_refused() -> None:
    with pytest.raises(LevcheckError) as refused:
        ran(shock(("premium:ASST.US", -0.3)), "MSTR")
    assert refused.value.code == "stress.premium_unknown"


def test_that_a_rise_of_rates_hurts_long_bonds_most_and_common_preferreds_too() -> None:
    known = library()
    scenario = custom_scenario(["rates=+1%"], known, lambda _position: pytest.fail("not asked"))
    found = ran(scenario, "TLT", "IEF", "SHY", "PFF", "SPY")
    share = {name: loss.share or 0.0 for name, loss in found.items()}
    assert share["TLT"] == pytest.approx(-0.14, abs=0.01)
    assert share["IEF"] == pytest.approx(-0.066, abs=0.01)
    assert share["TLT"] < share["IEF"] < share["PFF"] < 0.0


def test_that_korean_preferred_shares_fall_nearly_like_the_common_ones() -> None:
    found = ran(shock(("005930.KR", -0.3), propagate=False), "005935.KR")["005935.KR"]
    assert found.share == pytest.approx(-0.27, abs=0.001)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("driver:gold", 0.1), ("class:gold", -0.1)),
        (("class:treasury", 0.05), ("driver:treasury", -0.05)),
        (("theme:long-treasuries", 0.1), ("driver:long-treasury", -0.1)),
    ],
)
def test_that_one_force_told_to_move_both_ways_is_refused(
    first: tuple[str, float], second: tuple[str, float]
) -> None:
    with pytest.raises(LevcheckError) as refused:
        ran(shock(first, second), "GLD", "TLT")
    assert refused.value.code == "stress.apart"
