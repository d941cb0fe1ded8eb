"""Shocks as people type them."""

import pytest

from levcheck.app.scenarios import chosen_scenarios
from levcheck.app.shocks import custom_scenario, parse_shock, resolve_target
from levcheck.domain.diagnostics import LevcheckError
from levcheck.domain.instrument import Kind
from levcheck.domain.scenario import PathShape, Scenario
from levcheck.domain.theme import Family
from tests.helpers.made_up_library import fund_list, instrument, library, portfolio, theme

KNOWN = library(
    [
        instrument("NVDA.US"),
        instrument("GOOG.US", issuer="GOOGL.US"),
        instrument("NVDL.US", Kind.LEVERAGED_FUND, factor=2.0, underlying="NVDA.US"),
        instrument("CHIP.US", Kind.ETF),
    ],
    [fund_list("CHIP.US", {"UNLISTED.X": 1.0})],
    [theme("ai-chips", Family.AI_CHIPS, {"NVDA.US": 1.0})],
)
CRASH = Scenario("crash", "Crash", "", (), 21)


@pytest.mark.parametrize(
    ("text", "target", "move"),
    [
        ("NVDA=-0.13", "NVDA", -0.13),
        ("NVDA=-13%", "NVDA", -0.13),
        ("NVDA = −13 %", "NVDA", -0.13),
        ("theme:ai-chips=+5%", "theme:ai-chips", 0.05),
        ("BTC=-0,5", "BTC", -0.5),
        ("X=-1", "X", -1.0),
        ("X=.5", "X", 0.5),
    ],
)
def test_that_a_shock_is_read_as_it_is_meant(text: str, target: str, move: float) -> None:
    assert parse_shock(text) == (target, move)


@pytest.mark.parametrize(
    "text", ["NVDA", "NVDA=", "=-0.1", "NVDA=x", "NVDA=-13", "NVDA=nan", "N=-1.5"]
)
def test_that_a_shock_that_cannot_be_meant_is_refused(text: str) -> None:
    with pytest.raises(LevcheckError) as refused:
        parse_shock(text)
    assert refused.value.code == "check.bad_shock"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("NVDA", "NVDA.US"),
        ("nvda.us", "NVDA.US"),
        ("GOOG", "GOOGL.US"),
        ("NVDL", "NVDL.US"),
        ("ai-chips", "theme:ai-chips"),
        ("theme:AI-chips", "theme:ai-chips"),
        ("class:index-equity", "class:index_equity"),
        ("country:kr", "country:KR"),
        ("currency:krw", "currency:KRW"),
    ],
)
def test_that_a_target_is_found_under_the_names_people_use(typed: str, meant: str) -> None:
    assert resolve_target(typed, KNOWN, KNOWN.recognise) == meant


@pytest.mark.parametrize(
    "typed", ["theme:nonsense", "class:nonsense", "country:KOR", "planet:mars", "QQQQ"]
)
def test_that_an_unknown_target_is_refused(typed: str) -> None:
    with pytest.raises(LevcheckError) as refused:
        resolve_target(typed, KNOWN, KNOWN.recognise)
    assert refused.value.code == "check.unknown_shock"


def test_that_a_refusal_names_what_is_near() -> None:
    with pytest.raises(LevcheckError) as refused:
        resolve_target("ai-chip", KNOWN, KNOWN.recognise, held=("NVDA.US",))
    assert "ai-chips" in str(refused.value.args_map["near"])


def test_that_a_symbol_means_what_is_held_under_it() -> None:
    known = library(
        [instrument("BTC.US", Kind.CRYPTO_TRUST), instrument("BTC.CRYPTO", Kind.CRYPTO)]
    )
    assert resolve_target("BTC", known, known.recognise) == "BTC.US"
    assert resolve_target("btc", known, known.recognise, held=["BTC.CRYPTO"]) == "BTC.CRYPTO"
    both = ["BTC.CRYPTO", "BTC.US"]
    assert resolve_target("BTC", known, known.recognise, held=both) == "BTC.US"
    assert resolve_target("BTC.US", known, known.recognise, held=["BTC.CRYPTO"]) == "BTC.US"


def test_that_several_shocks_are_one_scenario_without_time() -> None:
    found = custom_scenario(["NVDA=-13%", "ai-chips=-5%"], KNOWN, KNOWN.recognise, propagate=False)
    assert (found.id, found.horizon_days, found.propagate) == ("custom", 0, False)
    assert [shock.target for shock in found.shocks] == ["NVDA.US", "theme:ai-chips"]
    spread = custom_scenario(["NVDA=-13%"], KNOWN, KNOWN.recognise, horizon_days=21)
    assert spread.shape is PathShape.STRAIGHT


def test_that_everything_is_run_when_nothing_is_asked() -> None:
    asked = chosen_scenarios([CRASH], (), (), portfolio=portfolio([]), catalogue=KNOWN)
    assert asked == [CRASH]


def test_that_scenarios_and_shocks_are_run_in_the_order_asked() -> None:
    asked = chosen_scenarios(
        [CRASH],
        ["crash"],
        ["UNLISTED.X=-0.5"],
        portfolio=portfolio([("CHIP.US", 1.0)]),
        catalogue=KNOWN,
        recognise=KNOWN.recognise,
    )
    assert [s.id for s in asked] == ["crash", "custom"]
    assert asked[1].shocks[0].target == "UNLISTED.X"


def test_that_an_unknown_scenario_is_refused_with_what_is_near() -> None:
    with pytest.raises(LevcheckError) as refused:
        chosen_scenarios([CRASH], ["crsh"], (), portfolio=portfolio([]), catalogue=KNOWN)
    assert refused.value.code == "check.unknown_scenario"
    assert "crash" in str(refused.value.args_map["near"])


@pytest.mark.parametrize(
    ("typed", "targets"),
    [
        ("rates=+1%", ["driver:long-treasury", "driver:treasury"]),
        ("spreads=0.5%", ["class:credit"]),
        ("volatility=+50%", ["class:volatility"]),
        ("sector:ai-chips=-10%", ["theme:ai-chips"]),
        ("country:kr=-10%", ["country:KR"]),
        ("currency:krw=-10%", ["currency:KRW"]),
    ],
)
def test_that_everyday_words_for_forces_are_understood(typed: str, targets: list[str]) -> None:
    scenario = custom_scenario([typed], KNOWN, KNOWN.recognise)
    assert [shock.target for shock in scenario.shocks] == targets


def test_that_rates_are_points_and_hurt_when_they_rise() -> None:
    up, down = (custom_scenario([f"rates={m}"], KNOWN, KNOWN.recognise) for m in ("+1%", "-1%"))
    assert [shock.move for shock in up.shocks] == pytest.approx([-0.1425, -0.067])
    # Convexity: a fall of rates gives more than the same rise takes.
    assert [shock.move for shock in down.shocks] == pytest.approx([0.1775, 0.073])
    with pytest.raises(LevcheckError) as refused:
        custom_scenario(["rates=+25%"], KNOWN, KNOWN.recognise)
    assert refused.value.code == "check.bad_rate"


@pytest.mark.parametrize("typed", ["premium:NVDA=-10%", "driver:nothing=-10%", "sector:none=-1%"])
def test_that_forces_that_are_not_known_are_refused(typed: str) -> None:
    with pytest.raises(LevcheckError) as refused:
        custom_scenario([typed], KNOWN, KNOWN.recognise)
    assert refused.value.code == "check.unknown_shock"
