"""Laws that hold for every path, portfolio and shock."""

import numpy as np
import numpy.typing as npt
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from levcheck.domain.instrument import Constituent, FundHoldings, Instrument, Kind
from levcheck.domain.provenance import Source
from levcheck.domain.risk import DriverCorrelation, RiskDriver, RiskTables, Sensitivity
from levcheck.domain.scenario import PathShape, Scenario, Shock
from levcheck.exposure.graph import build_graph
from levcheck.stress.daily_reset import compound_daily_reset
from levcheck.stress.portfolio_stress import StressInput, stress_portfolio

SOURCE = Source("law", "2026-06-30", "instruments")
STOCKS = ("A.US", "B.US", "C.US")
FACTORS = st.sampled_from([-3.0, -2.0, -1.0, -0.5, 0.5, 1.5, 2.0, 3.0])
PATHS = arrays(np.float64, (20, 1), elements=st.floats(-0.4, 0.4))
TABLES = RiskTables(
    (
        RiskDriver("x", "x", 0.2, False, "w", "s"),
        RiskDriver("y", "y", 0.5, False, "w", "s"),
    ),
    (
        Sensitivity("A.US", "x", 1.2, 0.2, "w", "s"),
        Sensitivity("B.US", "y", 0.8, 0.3, "w", "s"),
        Sensitivity("class:equity", "x", 1.0, 0.3, "w", "s"),
    ),
    (DriverCorrelation("x", "y", 0.3, 0.8, "w", "s"),),
)


@given(PATHS, st.floats(0.25, 3.0))
def test_that_bull_and_bear_of_one_underlying_never_both_gain(
    path: npt.NDArray[np.float64], size: float
) -> None:
    growth = 1 + compound_daily_reset(np.hstack([path, path]), np.array([size, -size]))
    assert growth.prod() <= 1.0 + 1e-12


@given(PATHS, FACTORS)
def test_that_no_fund_falls_below_zero(path: npt.NDArray[np.float64], factor: float) -> None:
    assert compound_daily_reset(path, np.array([factor]))[0] >= -1.0


@given(st.floats(-0.9, 2.0), st.floats(-0.9, 2.0), FACTORS)
def test_that_a_single_day_keeps_the_order_of_moves(a: float, b: float, factor: float) -> None:
    low, high = (
        compound_daily_reset(np.array([[move]]), np.array([factor]))[0] for move in sorted((a, b))
    )
    assert low <= high if factor > 0 else low >= high


def row(
    identifier: str, kind: Kind, underlying: str | None = None, factor: float = 1.0
) -> Instrument:
    return Instrument(
        identifier, identifier, None, None, identifier, kind, "USD", "US", None,
        underlying, factor, 0.01, None, SOURCE,
    )  # fmt: skip


@st.composite
def portfolios(draw: st.DrawFn) -> StressInput:
    weights = draw(st.lists(st.floats(-0.3, 0.6), min_size=3, max_size=3))
    factor, inner = draw(FACTORS), draw(FACTORS)
    rows = [row(stock, Kind.COMMON) for stock in STOCKS]
    rows += [
        row("BASKET.INDEX", Kind.INDEX),
        row("LEV.US", Kind.LEVERAGED_FUND, "BASKET.INDEX", factor),
        row("INV.US", Kind.INVERSE_FUND, "A.US", inner),
        row("FOF.US", Kind.ETF),
        row("PREF.US", Kind.PREFERRED),
        row("INC.US", Kind.INCOME_FUND, "B.US"),
    ]
    instruments = {line.id: line for line in rows}
    lists = {
        "BASKET.INDEX": tuple(
            Constituent(stock, weight) for stock, weight in zip(STOCKS, weights, strict=True)
        ),
        "FOF.US": (
            Constituent("LEV.US", 0.4),
            Constituent("A.US", 0.3),
            Constituent("INC.US", 0.2),
        ),
    }
    holdings = {
        fund: FundHoldings(fund, parts, "2026-06-30", "full", SOURCE)
        for fund, parts in lists.items()
    }
    held = draw(st.lists(st.sampled_from(sorted(instruments)), min_size=1, max_size=8))
    values = draw(st.lists(st.floats(-1e5, 1e5, width=32), min_size=len(held), max_size=len(held)))
    graph, _ = build_graph(held, instruments, holdings)
    return StressInput(
        tuple(f"p{n}" for n in range(len(held))),
        np.array([graph.index[name] for name in held], dtype=np.int64),
        np.array(values, dtype=float),
        graph,
        instruments,
        (),
        0.0364,
    )


@st.composite
def scenarios(draw: st.DrawFn) -> Scenario:
    targets = draw(
        st.lists(
            st.sampled_from([*STOCKS, "class:equity", "FOF.US", "country:US"]),
            min_size=1,
            max_size=3,
            unique=True,
        )
    )
    shocks = tuple(
        Shock(t, draw(st.floats(-1.0, 1.5)), draw(st.floats(0.0, 0.08))) for t in targets
    )
    return Scenario(
        "law", "law", "", shocks, draw(st.sampled_from([0, 1, 5, 21])),
        draw(st.sampled_from(list(PathShape))), propagate=draw(st.booleans()),
    )  # fmt: skip


@settings(max_examples=120, deadline=None)
@given(portfolios(), scenarios())
def test_that_lines_and_causes_sum_to_the_whole_and_ranges_hold_it(
    book: StressInput, scenario: Scenario
) -> None:
    losses = stress_portfolio(book, scenario, TABLES)
    scale = max(float(np.abs(book.market_value).sum()) * 100, 1.0)
    assert abs(losses.total - losses.pnl.sum()) <= 1e-12 * scale
    assert abs(losses.total - sum(amount for _, amount in losses.causes)) <= 1e-11 * scale
    held_long = book.market_value > 0
    assert (losses.pnl[held_long] >= -book.market_value[held_long] - 1e-9).all()
    assert (losses.low[held_long] >= -book.market_value[held_long] - 1e-9).all()
    assert (losses.low <= losses.pnl).all()
    assert (losses.pnl <= losses.high).all()
    assert losses.total_low <= losses.total + 1e-9 * scale
    assert losses.total <= losses.total_high + 1e-9 * scale
    # A wrapper valued by what was measured has a range of its own, also when nothing follows a shock.
    if not scenario.propagate and not {"sensitivity", "tranche"} & set(losses.models):
        assert losses.total_low == losses.total == losses.total_high


@settings(max_examples=60, deadline=None)
@given(portfolios(), scenarios(), st.floats(0.1, 5.0))
def test_that_twice_the_money_loses_twice_as_much(
    book: StressInput, scenario: Scenario, times: float
) -> None:
    from dataclasses import replace

    once = stress_portfolio(book, scenario, TABLES)
    more = stress_portfolio(replace(book, market_value=book.market_value * times), scenario, TABLES)
    scale = float(np.abs(book.market_value).sum()) * 100 + 1
    np.testing.assert_allclose(more.pnl, once.pnl * times, rtol=1e-9, atol=1e-12 * scale)
