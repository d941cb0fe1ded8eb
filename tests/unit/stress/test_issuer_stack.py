import csv

import pytest

from levcheck.assets import asset
from levcheck.domain.risk import Claim
from levcheck.stress.issuer_stack import value_stack

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
