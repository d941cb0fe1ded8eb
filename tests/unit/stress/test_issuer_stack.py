import csv

import numpy as np
import pytest

from levcheck.assets import asset
from levcheck.domain.risk import Claim
from levcheck.stress.issuer_stack import StackAssumptions, slices_of, value_stack

COINS = 843_738.0


def claims() -> tuple[Claim, ...]:
    """The bundled stack of Strategy."""
    with asset("reference", "capital_stacks.csv").open(encoding="utf-8") as file:
        return tuple(
            Claim(
                row["issuer"],
                int(row["rank"]),
                row["claim"],
                row["kind"],
                float(row["notional"]) if row["notional"] else None,
                float(row["coupon"]) if row["coupon"] else None,
                None,
                None,
                row["as_of"],
                row["source"],
            )
            for row in csv.DictReader(file)
            if row["issuer"] == "MSTR.US" and row["claim"] != "USD.CASH"
        )


@pytest.mark.parametrize(
    ("claim", "price", "elasticity"),
    [("STRF.US", 102, 0.32), ("STRC.US", 91, 0.50), ("STRK.US", 64, 0.70), ("STRD.US", 67, 0.73)],
)
def test_that_the_stack_prices_like_the_worked_example(
    claim: str, price: float, elasticity: float
) -> None:
    stack = value_stack(claims(), assets=COINS * 58_000)
    assert stack is not None
    (rung,) = (rung for rung in stack.rungs if rung.claim == claim)
    assert rung.price == pytest.approx(price, abs=1.0)
    assert rung.elasticity == pytest.approx(elasticity, abs=0.012)


def test_that_sensitivity_falls_as_coverage_rises() -> None:
    stacks = [value_stack(claims(), assets=COINS * price) for price in (40_000, 58_000, 110_000)]
    elasticities = [stack.rungs[2].elasticity for stack in stacks if stack is not None]
    assert elasticities == sorted(elasticities, reverse=True)
    assert elasticities[-1] == pytest.approx(0.24, abs=0.012)


def test_that_june_2026_comes_out_in_order_and_within_a_factor_of_two_and_a_half() -> None:
    stack = value_stack(claims(), assets=COINS * 58_000 / (1 - 0.187), asset_move=-0.187)
    assert stack is not None
    move = {rung.claim: rung.move for rung in stack.rungs}
    assert 0 > move["STRF.US"] > move["STRC.US"] > move["STRK.US"] > move["STRD.US"] - 1e-9
    actual = {"STRF.US": -0.120, "STRK.US": -0.212, "STRD.US": -0.210}
    for claim, fell in actual.items():
        assert 1 / 2.5 <= move[claim] / fell <= 2.5, claim
    assert stack.equity_move == pytest.approx(-0.30, abs=0.03)


def test_that_seniors_cover_better_than_juniors() -> None:
    stack = value_stack(claims())
    assert stack is not None
    coverage = [rung.coverage for rung in stack.rungs]
    assert coverage == sorted(coverage, reverse=True)
    assert sum(rung.value for rung in stack.rungs) < stack.assets


def test_that_a_missing_amount_in_the_middle_leaves_no_number() -> None:
    rows = claims()
    broken = [
        Claim(c.issuer, c.rank, c.claim, c.kind, None, c.coupon, None, None, c.as_of, c.source)
        if c.claim == "STRC.US"
        else c
        for c in rows
    ]
    assert value_stack(broken) is None
    assert value_stack([c for c in rows if c.kind != "asset"]) is None
    assert value_stack([c for c in rows if c.kind == "asset"]) is None


def claim(name: str, rank: int, kind: str, notional: float | None, coupon: float = 0.0) -> Claim:
    return Claim("X.US", rank, name, kind, notional, coupon, None, None, "2026-06-30", "test")


SMALL = (
    claim("junior", 3, "preferred", 20.0, 0.10),
    claim("COIN", 0, "asset", 70.0),
    claim("GOLD", 0, "asset", 30.0),
    claim("bond", 1, "debt", 20.0, 0.05),
    claim("convertible", 2, "convertible", 10.0),
    claim("common", 9, "common", 1e9),
)


def test_that_claims_stand_by_rank_and_only_debt_and_preferreds_are_claims() -> None:
    stack = value_stack(SMALL)
    assert stack is not None
    assert [rung.claim for rung in stack.rungs] == ["bond", "convertible", "junior"]
    assert stack.assets == 100.0
    assert [rung.coverage for rung in stack.rungs] == pytest.approx([5.0, 100 / 30, 2.0])
    assert [rung.move for rung in stack.rungs] == pytest.approx([0.0] * 3, abs=1e-12)
    assert stack.equity_move == pytest.approx(0.0, abs=1e-12)


def test_that_the_common_takes_the_whole_move_over_what_is_left_for_it() -> None:
    stack = value_stack(SMALL, asset_move=-0.2)
    assert stack is not None
    assert stack.equity_move == pytest.approx(-0.4)
    assert all(rung.move < 0.0 for rung in stack.rungs)
    under_water = value_stack(SMALL, assets=49.0)
    assert under_water is not None
    assert under_water.equity_move is None
    even = value_stack(SMALL, assets=50.0)
    assert even is not None
    assert even.equity_move is None


def test_that_assets_of_nothing_leave_no_number() -> None:
    assert value_stack(SMALL, assets=0.0) is None
    assert value_stack(SMALL, assets=-1.0) is None
    worthless = value_stack(SMALL, asset_move=-1.0)
    assert worthless is not None
    assert all(rung.move == pytest.approx(-1.0, abs=1e-6) for rung in worthless.rungs)


def test_that_only_the_junior_most_may_be_without_an_amount() -> None:
    open_end = (*SMALL, claim("last", 4, "preferred", None))
    stack = value_stack(open_end)
    assert stack is not None
    assert "last" not in {rung.claim for rung in stack.rungs}
    equal = (*SMALL, claim("twin", 3, "preferred", None))
    assert value_stack(equal) is not None
    assert value_stack((*SMALL, claim("gap", 2, "preferred", None))) is None
    assert slices_of((*SMALL, claim("gap", 2, "preferred", None))) == {}


def test_that_a_slice_moves_as_its_rung_does() -> None:
    slices = slices_of(SMALL)
    assert set(slices) == {"bond", "convertible", "junior"}
    for move in (-0.9, -0.3, 0.0, 0.5):
        stack = value_stack(SMALL, asset_move=move)
        assert stack is not None
        for rung in stack.rungs:
            (gain,) = slices[rung.claim].gain(np.array([move]))
            assert gain == pytest.approx(rung.move, abs=1e-12)


def test_that_assets_move_together_by_their_amounts() -> None:
    one = slices_of(SMALL)["junior"]
    moved = one.asset_move({"COIN": np.array([-0.5, 0.1]), "GOLD": np.array([0.1, 0.1])})
    assert moved.tolist() == pytest.approx([-0.32, 0.1])
    left = one.equity_move(moved)
    assert left is not None
    assert left.tolist() == pytest.approx([-0.64, 0.2])
    gone = one.equity_move(np.array([-0.9]))
    assert gone is not None
    assert gone.tolist() == [-1.0]


def test_that_a_common_under_water_has_no_move() -> None:
    deep = (claim("COIN", 0, "asset", 100.0), claim("bond", 1, "debt", 100.0))
    assert slices_of(deep)["bond"].equity_move(np.zeros(1)) is None


@pytest.mark.parametrize("amount", [None, 0.0])
def test_that_an_asset_without_an_amount_leaves_no_slices(amount: float | None) -> None:
    assert slices_of((*SMALL, claim("MORE", 0, "asset", amount))) == {}
    assert slices_of(tuple(c for c in SMALL if c.kind != "asset")) == {}


def test_that_assumptions_are_used_and_told() -> None:
    wild = StackAssumptions(asset_volatility=1.2, years=2.0, rate=0.0)
    calm, rough = value_stack(SMALL), value_stack(SMALL, assumptions=wild)
    assert calm is not None
    assert rough is not None
    assert (calm.assumptions, rough.assumptions) == (StackAssumptions(), wild)
    assert rough.rungs[-1].price != calm.rungs[-1].price
    (by_slice,) = slices_of(SMALL, wild)["junior"].gain(np.array([-0.4]))
    stack = value_stack(SMALL, asset_move=-0.4, assumptions=wild)
    assert stack is not None
    assert by_slice == pytest.approx(stack.rungs[-1].move, abs=1e-12)
