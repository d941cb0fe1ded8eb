"""Forced trades of all known funds on a root, and the order of claims beside a preferred's sensitivity."""

from datetime import date

import pytest

from levcheck.app.analysis import Analysis
from levcheck.app.document import check_document
from levcheck.app.pipeline import analyse
from levcheck.domain.explanation import Explanation
from levcheck.domain.instrument import Kind
from levcheck.domain.risk import Claim, FundAssets, RiskDriver, RiskTables, Sensitivity
from levcheck.domain.scenario import PathShape, Scenario, Shock
from levcheck.presenting.drawer import explanation_of
from levcheck.reference.catalogue import Catalogue
from tests.helpers.made_up_library import MadeUpLibrary, instrument, library, portfolio


def size(fund: str, assets: float | None, turnover: float | None = None) -> FundAssets:
    return FundAssets(fund, assets, turnover, "2026-06-30", "made up")


def funds(risk: RiskTables | None = None) -> MadeUpLibrary:
    return library(
        [
            instrument("NVDA.US", asset_class="single_stock"),
            instrument("NVDL.US", Kind.LEVERAGED_FUND, factor=2.0, underlying="NVDA.US"),
            instrument("NVD3.US", Kind.LEVERAGED_FUND, factor=3.0, underlying="NVDA.US"),
            instrument("NVDS.US", Kind.INVERSE_FUND, factor=-1.0, underlying="NVDA.US"),
        ],
        assets={"NVDL.US": size("NVDL.US", 100.0), "NVDS.US": size("NVDS.US", 50.0)},
        risk=risk or RiskTables(),
    )


def look(known: MadeUpLibrary, *asked: Scenario, held: str = "NVDL.US") -> Analysis:
    return analyse(
        portfolio([(held, 1_000.0)]),
        known,
        asked,
        recognise=known.recognise,
        today=date(2026, 7, 1),
    )


def test_that_all_known_funds_on_the_root_are_counted() -> None:
    flow = look(funds()).forced_flows[0]
    assert (flow.root, flow.funds, flow.counted) == ("NVDA.US", 3, 2)
    assert flow.amount == pytest.approx(-0.13 * (2 * 100 + 2 * 50))
    assert flow.share_of_turnover is None
    assert flow.mechanical is None


def test_that_the_share_of_turnover_is_shown_only_where_turnover_is_known() -> None:
    tables = RiskTables(
        (RiskDriver("d", "Driver", 0.5, False, "w", "s"),),
        (Sensitivity("NVDA.US", "d", 1.0, 0.1, "w", "s"),),
    )
    known = funds(risk=tables)
    known.assets["NVDA.US"] = size("NVDA.US", None, 400.0)  # type: ignore[index]
    flow = look(known).forced_flows[0]
    assert flow.share_of_turnover == pytest.approx(0.13 * 300 / 400)
    assert flow.mechanical is not None
    low, high = flow.mechanical
    assert -0.13 < low < high < 0


def test_that_funds_without_a_size_give_no_amount() -> None:
    known = library(
        [
            instrument("NVDA.US"),
            instrument("NVDL.US", Kind.LEVERAGED_FUND, factor=2.0, underlying="NVDA.US"),
        ]
    )
    found = look(known)
    assert found.forced_flows[0].amount is None
    assert check_document(found)["forced_flows"][0]["trade_usd"] is None
    assert explanation_of(found, "forced_flow|NVDA.US").value is None


def test_that_the_flow_is_explained_with_the_day_of_the_sizes() -> None:
    tree = explanation_of(look(funds()), "forced_flow|NVDA.US")
    assert tree.value == pytest.approx(-39.0)
    assert [part.value for part in tree.inputs] == [150.0, -0.13]
    assert tree.inputs[0].source is not None
    assert tree.inputs[0].source.as_of == "2026-06-30"
    with pytest.raises(KeyError):
        explanation_of(look(funds()), "forced_flow|OTHER.US")


def test_that_the_bundled_library_knows_the_funds_on_a_stock() -> None:
    found = Catalogue.bundled().daily_reset_funds("NVDA.US")
    assert "NVDL.US" in [row.id for row in found]
    assert len(found) > 8
    assert all(row.underlying == "NVDA.US" and row.is_daily_reset for row in found)


# --- the order of claims -----------------------------------------------------------------------------------


def claim(rank: int, name: str, kind: str, notional: float | None) -> Claim:
    coupon = 0.1 if kind == "preferred" else None
    return Claim("MSTR.US", rank, name, kind, notional, coupon, None, None, "2026-06-30", "made up")


STACK = (
    claim(0, "BTC.CRYPTO", "asset", 900.0),
    claim(0, "USD.CASH", "asset", 100.0),
    claim(1, "Notes", "convertible", 200.0),
    claim(2, "STRC.US", "preferred", 300.0),
)
BITCOIN_FALLS = Scenario("custom", "Fall", "", (Shock("BTC.CRYPTO", -0.4),), 0, PathShape.ONE_DAY)


def with_stack(claims: tuple[Claim, ...]) -> MadeUpLibrary:
    rows = [
        instrument("MSTR.US"),
        instrument("STRC.US", Kind.PREFERRED, issuer="MSTR.US"),
        instrument("BTC.CRYPTO", Kind.CRYPTO),
    ]
    return library(rows, claims=claims)


def explained(claims: tuple[Claim, ...], scenario: Scenario = BITCOIN_FALLS) -> Explanation:
    known = with_stack(claims)
    held = portfolio([("STRC.US", 1_000.0), ("BTC.CRYPTO", 10.0)])
    found = analyse(
        held, known, [scenario], propagate=False, recognise=known.recognise, today=date(2026, 7, 1)
    )
    return explanation_of(found, "loss|custom|p1")


def test_that_the_worse_of_measured_loss_and_order_of_claims_is_shown() -> None:
    tree = explained(STACK)
    assert tree.code == "explain.loss_two_models"
    measured, tranche = tree.inputs
    assert measured.value == 0.0  # the share itself was not moved
    assert tranche.code == "explain.tranche"
    assert tranche.value is not None
    assert -1_000.0 < tranche.value < 0.0
    assert tree.value == pytest.approx(tranche.value, abs=0.005)
    inputs = {part.code: part.value for part in tranche.inputs}
    assert inputs["explain.tranche_asset_move"] == pytest.approx(-0.36)
    assert inputs["explain.tranche_assets"] == 1_000.0
    assert [p.args["claim"] for p in tranche.inputs if p.code == "explain.tranche_claim"] == [
        "Notes",
        "STRC.US",
    ]


def test_that_a_stack_without_its_amounts_is_said_to_be_beyond_valuing() -> None:
    missing = (claim(0, "BTC.CRYPTO", "asset", None), *STACK[2:])
    assert explained(missing).inputs[1].code == "explain.tranche_missing"
    assert explained(missing).inputs[1].value is None
    assert explained(missing).value == 0.0
    hole = (*STACK[:2], claim(1, "Notes", "convertible", None), STACK[3])
    assert explained(hole).inputs[1].code == "explain.tranche_missing"


def test_that_a_preferred_that_is_no_rung_keeps_its_own_explanation() -> None:
    assert explained(STACK[:3]).code == "explain.loss"
    assert explained(()).code == "explain.loss"
