"""Days to sell a line."""

from dataclasses import replace

import pytest

from levcheck.app.pipeline import analyse
from levcheck.domain.risk import FundAssets, FxRate
from tests.helpers.made_up_library import instrument, library, portfolio


def test_that_a_line_of_known_turnover_is_told_its_days_and_others_are_left_out() -> None:
    known = library(
        [instrument("THIN.US"), instrument("DEEP.US"), instrument("UNKNOWN.US")],
        assets={
            "THIN.US": FundAssets("THIN.US", None, 100_000.0, "2026-06-23", "made up"),
            "DEEP.US": FundAssets("DEEP.US", 5e9, 1e9, "2026-06-23", "made up"),
        },
    )
    held = portfolio([("THIN.US", 50_000.0), ("DEEP.US", 50_000.0), ("UNKNOWN.US", 1.0)])
    found = analyse(held, known, (), recognise=known.recognise).liquidity
    assert [one.position for one in found] == ["p1", "p2"]
    # A tenth of a day's turnover is 10,000 dollars.
    assert found[0].days == pytest.approx(5.0)
    assert found[0].turnover_usd == 100_000.0


def test_that_another_base_currency_is_turned_into_dollars() -> None:
    known = library(
        [instrument("THIN.US")],
        assets={"THIN.US": FundAssets("THIN.US", None, 100_000.0, "2026-06-23", "made up")},
        rates=(FxRate("KRW", 1_400.0, "2026-06-23", "made up"),),
    )
    held = replace(portfolio([("THIN.US", 50_000.0)]), base_currency="KRW")
    (found,) = analyse(held, known, (), recognise=known.recognise).liquidity
    assert found.days == pytest.approx(5.0)
