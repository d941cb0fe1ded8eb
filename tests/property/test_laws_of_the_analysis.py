"""The laws of the public contract, over portfolios and libraries nobody imagined."""

import json
import math
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from levcheck.app.analysis import Analysis
from levcheck.app.pipeline import analyse
from levcheck.domain.instrument import FundHoldings, Instrument, Kind
from levcheck.domain.portfolio import Portfolio
from levcheck.domain.risk import DriverCorrelation, RiskDriver, RiskTables, Sensitivity
from levcheck.domain.scenario import PathShape, Scenario, Shock
from levcheck.domain.theme import Family, Theme
from tests.helpers.made_up_library import (
    MadeUpLibrary,
    fund_list,
    instrument,
    library,
    portfolio,
    theme,
)

STOCKS = ("NVDA.US", "TSM.US", "MSTR.US", "KO.US")
FUNDS = ("CHIP.US", "WIDE.US", "NEST.US", "DEEP.US")
WRAPPERS = ("TWO.US", "THREE.US", "BEAR.US", "ODD.US")
OTHERS = ("STRK.US", "INCO.US", "GOOG.US", "SHUT.US")
NOBODY = "NOBODY.US"

RISK = RiskTables(
    drivers=(
        RiskDriver("chips", "Chips", 0.4, False, "2023/2026", "made up"),
        RiskDriver("coin", "Coin", 0.6, False, "2023/2026", "made up"),
    ),
    sensitivities=(
        Sensitivity("NVDA.US", "chips", 1.3, 0.25, "2023/2026", "made up"),
        Sensitivity("TSM.US", "chips", 0.9, 0.2, "2023/2026", "made up"),
        Sensitivity("MSTR.US", "coin", 1.5, 0.4, "2023/2026", "made up"),
    ),
    correlations=(DriverCorrelation("chips", "coin", 0.3, 0.6, "2023/2026", "made up"),),
)

factors = st.sampled_from([None, -3.0, -2.0, -1.0, 0.5, 1.0, 1.5, 2.0, 3.0])
money = st.one_of(
    st.none(),
    st.just(0.0),
    st.floats(-1e6, 1e7, allow_nan=False).map(lambda amount: round(amount, 2)),
)


@st.composite
def lists(draw: st.DrawFn, fund: str) -> FundHoldings:
    names = draw(st.lists(st.sampled_from([*STOCKS, *FUNDS, "GOOG.US"]), unique=True, max_size=5))
    weights = draw(
        st.lists(st.floats(-0.2, 0.6, allow_nan=False), min_size=len(names), max_size=len(names))
    )
    parts = dict(zip(names, weights, strict=True))
    return fund_list(fund, parts, coverage=draw(st.sampled_from(["full", "partial"])))


@st.composite
def libraries(draw: st.DrawFn) -> MadeUpLibrary:
    rows: list[Instrument] = [instrument(name, asset_class="single_stock") for name in STOCKS]
    rows += [instrument(name, Kind.ETF) for name in FUNDS]
    rows.append(instrument("STRK.US", Kind.PREFERRED, issuer="MSTR.US"))
    rows.append(instrument("INCO.US", Kind.INCOME_FUND, underlying="NVDA.US"))
    rows.append(instrument("GOOG.US", issuer="ALPHABET.US"))
    rows.append(instrument("SHUT.US", Kind.ETF))
    for name in WRAPPERS:
        factor = draw(factors)
        bears = factor is not None and factor < 0
        rows.append(
            instrument(
                name,
                Kind.INVERSE_FUND if bears else Kind.LEVERAGED_FUND,
                factor=factor,
                underlying=draw(st.sampled_from([*STOCKS, *FUNDS, None])),
                expense_ratio=draw(st.sampled_from([None, 0.0095])),
            )
        )
    themes: list[Theme] = [
        theme("ai-chips", Family.AI_CHIPS, {"NVDA.US": 1.0, "TSM.US": 0.7}),
        theme("all-tech", Family.OTHER_SECTORS, {"NVDA.US": 0.5, "GOOG.US": 1.0, "CHIP.US": 1.0}),
    ]
    return library(
        rows, [draw(lists(fund)) for fund in FUNDS], themes, families=_families(), risk=RISK
    )


def _families() -> dict[str, Family]:
    return {"NVDA.US": Family.AI_CHIPS, "TSM.US": Family.AI_CHIPS, "MSTR.US": Family.CRYPTO}


@st.composite
def portfolios(draw: st.DrawFn) -> Portfolio:
    names = st.sampled_from([*STOCKS, *FUNDS, *WRAPPERS, *OTHERS, NOBODY])
    held = draw(st.lists(st.tuples(names, money), max_size=8))
    cash = draw(
        st.lists(
            st.tuples(st.sampled_from(["USD", "EUR"]), st.floats(-1e5, 1e5, allow_nan=False)),
            max_size=2,
        )
    )
    return portfolio(held, cash)


@st.composite
def scenarios(draw: st.DrawFn) -> Scenario:
    targets = draw(
        st.lists(
            st.sampled_from(["NVDA.US", "MSTR.US", "theme:ai-chips", "class:equity"]),
            unique=True,
            min_size=1,
            max_size=3,
        )
    )
    horizon = draw(st.sampled_from([0, 1, 5, 21]))
    return Scenario(
        "custom",
        "Custom",
        "",
        tuple(Shock(target, draw(st.floats(-0.95, 1.5, allow_nan=False))) for target in targets),
        horizon,
        draw(st.sampled_from(list(PathShape))) if horizon else PathShape.ONE_DAY,
        propagate=draw(st.booleans()),
    )


def result_of(held: Portfolio, known: MadeUpLibrary, *asked: Scenario) -> Analysis:
    return analyse(held, known, list(asked), recognise=known.recognise, today=date(2026, 7, 1))


laws = settings(max_examples=70, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@laws
@given(portfolios(), libraries())
def test_that_doors_sum_to_their_root_and_long_and_short_to_net_and_gross(
    held: Portfolio, known: MadeUpLibrary
) -> None:
    for root in result_of(held, known).exposures:
        scale = max(root.gross, 1.0)
        assert math.fsum(door.amount for door in root.doors) == pytest.approx(
            root.net, abs=1e-9 * scale
        )
        assert root.long + root.short == pytest.approx(root.net, abs=1e-9 * scale)
        assert root.long - root.short == pytest.approx(root.gross, abs=1e-9 * scale)
        assert root.short <= 0 <= root.long


@laws
@given(portfolios(), libraries())
def test_that_every_chain_multiplies_to_its_amount(held: Portfolio, known: MadeUpLibrary) -> None:
    found = result_of(held, known)
    for root in found.exposures:
        for door in root.doors:
            value = found.position(door.position).market_value or 0.0
            assert len(door.weights) == len(door.chain) - 1
            assert door.chain[-1] == root.root
            assert math.prod(door.weights) * value == pytest.approx(door.amount, rel=1e-9, abs=1e-9)


@laws
@given(portfolios(), libraries())
def test_that_all_roots_together_are_what_the_lines_promise(
    held: Portfolio, known: MadeUpLibrary
) -> None:
    found = result_of(held, known)
    promised = math.fsum(
        line.notional_exposure or 0.0 for line in found.positions if line.status != "left_out"
    )
    reached = math.fsum(root.net for root in found.exposures)
    scale = sum(root.gross for root in found.exposures) + 1.0
    assert reached == pytest.approx(promised, abs=1e-9 * scale)


@laws
@given(portfolios(), libraries())
def test_that_families_are_the_whole_and_bets_never_change_it(
    held: Portfolio, known: MadeUpLibrary
) -> None:
    found = result_of(held, known)
    scale = sum(root.gross for root in found.exposures) + 1.0
    assert math.fsum(f.net for f in found.families) == pytest.approx(
        math.fsum(r.net for r in found.exposures), abs=1e-9 * scale
    )
    bare = library(
        tuple(known.instruments.values()),
        tuple(known.holdings.values()),
        families=known.families,
        risk=known.risk,
    )
    without = result_of(held, bare)
    assert without.exposures == found.exposures
    assert (without.equity, without.gross, without.in_effect) == (
        found.equity,
        found.gross,
        found.in_effect,
    )


@laws
@given(portfolios(), libraries())
def test_that_a_bet_is_the_sum_of_its_doors_and_of_its_roots(
    held: Portfolio, known: MadeUpLibrary
) -> None:
    for bet in result_of(held, known).themes:
        scale = bet.gross + 1.0
        assert math.fsum(door.amount for door in bet.doors) == pytest.approx(
            bet.net, abs=1e-9 * scale
        )
        assert math.fsum(amount for _, amount in bet.roots) == pytest.approx(
            bet.net, abs=1e-9 * scale
        )
        assert bet.long + bet.short == pytest.approx(bet.net, abs=1e-9 * scale)
        assert bet.long - bet.short == pytest.approx(bet.gross, abs=1e-9 * scale)
        assert 0.0 <= bet.hidden_share <= 1.0


@laws
@given(portfolios(), libraries(), scenarios())
def test_that_lines_and_causes_each_sum_to_the_loss_to_the_cent(
    held: Portfolio, known: MadeUpLibrary, asked: Scenario
) -> None:
    result = result_of(held, known, asked).stress[0]
    assert math.fsum(loss.pnl for loss in result.positions) == pytest.approx(result.pnl, abs=0.005)
    assert math.fsum(cause.pnl for cause in result.causes) == pytest.approx(result.pnl, abs=0.005)
    assert result.low <= result.pnl <= result.high


@laws
@given(portfolios(), libraries(), scenarios())
def test_that_no_line_held_long_loses_more_than_its_value(
    held: Portfolio, known: MadeUpLibrary, asked: Scenario
) -> None:
    found = result_of(held, known, asked)
    for loss in found.stress[0].positions:
        value = found.position(loss.position).market_value
        assert value is not None
        if value >= 0:
            assert loss.pnl >= -value
            assert loss.low >= -value
        assert loss.low <= loss.pnl <= loss.high


@laws
@given(portfolios(), libraries())
def test_that_an_unknown_multiple_is_unknown_and_told(
    held: Portfolio, known: MadeUpLibrary
) -> None:
    found = result_of(held, known)
    told = {(d.code, d.args.get("line")) for d in found.diagnostics}
    for line in found.positions:
        row = line.instrument
        if row is None or row.id not in WRAPPERS or row.daily_leverage_factor is not None:
            continue
        assert line.daily_leverage_factor is None
        assert line.notional_exposure is None
        if line.market_value is not None:
            assert line.reason == "exposure.unknown_multiple"
            assert ("exposure.unknown_multiple", line.label) in told


@laws
@given(portfolios(), libraries())
def test_that_every_line_is_counted_or_left_out_with_a_reason(
    held: Portfolio, known: MadeUpLibrary
) -> None:
    found = result_of(held, known)
    assert [line.id for line in found.positions] == [
        *(f"p{n}" for n in range(1, len(held.positions) + 1)),
        *(f"c{n}" for n in range(1, len(held.cash) + 1)),
    ]
    gaps = {gap.position for gap in found.coverage.left_out}
    assert gaps == {line.id for line in found.positions if line.status == "left_out"}
    assert all(gap.reason for gap in found.coverage.left_out)
    assert -1e-12 <= found.coverage.looked_through_share <= found.coverage.known_share + 1e-12
    assert found.coverage.known_share <= 1 + 1e-12


@laws
@given(portfolios(), libraries(), scenarios())
def test_that_the_document_is_plain_json_without_anything_infinite(
    held: Portfolio, known: MadeUpLibrary, asked: Scenario
) -> None:
    document = result_of(held, known, asked).to_json()
    again = json.loads(json.dumps(document, allow_nan=False))
    assert again == document
    assert document["headline"]
