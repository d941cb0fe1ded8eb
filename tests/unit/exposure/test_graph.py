"""What rides on what, worked by hand."""

import math
from collections.abc import Sequence

import numpy as np
import pytest

from levcheck.domain.instrument import Constituent, FundHoldings, Instrument, Kind
from levcheck.domain.provenance import Source
from levcheck.exposure.graph import InstrumentGraph, build_graph, promises_daily_multiple

SOURCE = Source("made up for the test", "2026-06-30", "instruments")


def row(identifier: str, kind: Kind | None, **facts: object) -> Instrument:
    base: dict[str, object] = {
        "symbol": identifier.partition(".")[0],
        "exchange": None,
        "isin": None,
        "name": identifier,
        "currency": "USD",
        "country": "US",
        "issuer": None,
        "underlying": None,
        "daily_leverage_factor": None,
        "expense_ratio": None,
        "asset_class": None,
        "source": SOURCE,
    }
    return Instrument(id=identifier, kind=kind, **(base | facts))  # type: ignore[arg-type]


def listing(fund: str, coverage: str = "full", **weights: float) -> FundHoldings:
    parts = tuple(Constituent(name.replace("__", "."), w) for name, w in weights.items())
    return FundHoldings(fund, parts, "2026-06-30", coverage, SOURCE)


def grow(
    starts: Sequence[str], rows: Sequence[Instrument], lists: Sequence[FundHoldings] = ()
) -> tuple[InstrumentGraph, list[str]]:
    graph, told = build_graph(starts, {r.id: r for r in rows}, {h.fund: h for h in lists})
    return graph, [d.code for d in told]


def edges(graph: InstrumentGraph, identifier: str) -> dict[str, float]:
    children, weights = graph.children(graph.index[identifier])
    return {graph.ids[c]: w for c, w in zip(children, weights, strict=True)}


def residue(graph: InstrumentGraph, identifier: str) -> tuple[float, str | None]:
    node = graph.index[identifier]
    where = graph.residue_root[node]
    return round(float(graph.residue[node]), 12), None if where < 0 else graph.roots[where]


NVDA = row("NVDA.US", Kind.COMMON)


def test_that_a_share_is_its_own_root() -> None:
    graph, told = grow(["NVDA.US"], [NVDA])
    assert graph.roots[graph.root[0]] == "NVDA.US"
    assert told == []


def test_that_an_issuers_preferred_is_counted_under_the_issuer() -> None:
    graph, _ = grow(["STRK.US"], [row("STRK.US", Kind.PREFERRED, issuer="MSTR.US")])
    assert graph.roots[graph.root[0]] == "MSTR.US"


def test_that_a_daily_reset_fund_counts_its_multiple_and_never_its_own_lines() -> None:
    fund = row("NVDL.US", Kind.LEVERAGED_FUND, underlying="NVDA.US", daily_leverage_factor=2.0)
    lines = listing("NVDL.US", NVDA__US=0.32, NVDA__SWAP=1.68)
    graph, told = grow(["NVDL.US"], [NVDA, fund], [lines])
    assert edges(graph, "NVDL.US") == {"NVDA.US": 2.0}
    assert residue(graph, "NVDL.US") == (0.0, None)
    assert bool(graph.is_daily_reset[graph.index["NVDL.US"]])
    assert told == []


def test_that_shares_beside_swaps_become_the_whole_multiple_without_a_named_underlying() -> None:
    fund = row("NVDL.US", Kind.LEVERAGED_FUND, daily_leverage_factor=2.0)
    lines = listing("NVDL.US", NVDA__US=0.32, NVDA__SWAP=1.68, USD__CASH=0.1)
    cash = row("USD.CASH", Kind.CASH)
    graph, told = grow(["NVDL.US"], [NVDA, fund, cash], [lines])
    assert edges(graph, "NVDL.US") == {"NVDA.US": 2.0}
    assert told == ["exposure.basket_from_listing"]


def test_that_a_basket_beside_swaps_is_scaled_to_one() -> None:
    fund = row("SOXL.US", Kind.LEVERAGED_FUND, daily_leverage_factor=3.0)
    lines = listing("SOXL.US", NVDA__US=0.2, AMD__US=0.3, SOX__SWAP=2.5)
    graph, _ = grow(["SOXL.US"], [NVDA, row("AMD.US", Kind.COMMON), fund], [lines])
    assert edges(graph, "SOXL.US") == pytest.approx({"NVDA.US": 1.2, "AMD.US": 1.8})
    assert residue(graph, "SOXL.US") == (0.0, None)


def test_that_a_list_of_securities_alone_is_taken_at_its_word() -> None:
    fund = row("SEMI3.US", Kind.LEVERAGED_FUND, daily_leverage_factor=3.0)
    graph, _ = grow(["SEMI3.US"], [NVDA, fund], [listing("SEMI3.US", "partial", NVDA__US=0.1)])
    assert edges(graph, "SEMI3.US") == pytest.approx({"NVDA.US": 0.3})
    assert residue(graph, "SEMI3.US") == (2.7, "SEMI3.US")


def test_that_a_fund_on_an_index_nobody_listed_uses_its_own_list() -> None:
    index = row("SOX.IDX", Kind.INDEX)
    fund = row("SEMI3.US", Kind.LEVERAGED_FUND, underlying="SOX.IDX", daily_leverage_factor=3.0)
    lines = listing("SEMI3.US", "partial", NVDA__US=0.1)
    graph, told = grow(["SEMI3.US"], [NVDA, fund, index], [lines])
    assert edges(graph, "SEMI3.US") == pytest.approx({"NVDA.US": 0.3})
    assert told == ["exposure.basket_from_listing"]


def test_that_an_inverse_list_of_short_lines_keeps_one_sign() -> None:
    fund = row("NVDQ.US", Kind.INVERSE_FUND, daily_leverage_factor=-2.0)
    lines = listing("NVDQ.US", NVDA__US=-0.5, USD__CASH=1.5)
    graph, _ = grow(["NVDQ.US"], [NVDA, fund, row("USD.CASH", Kind.CASH)], [lines])
    assert edges(graph, "NVDQ.US") == {"NVDA.US": -2.0}


def test_that_contracts_with_an_underlying_make_the_basket_when_nothing_else_is_listed() -> None:
    fund = row("X2.US", Kind.LEVERAGED_FUND, daily_leverage_factor=2.0)
    swap = row("N.SWAP", Kind.CONTRACT, underlying="NVDA.US")
    graph, _ = grow(["X2.US"], [NVDA, fund, swap], [listing("X2.US", N__SWAP=1.7)])
    assert edges(graph, "X2.US") == {"NVDA.US": 2.0}


def test_that_collateral_is_no_exposure_of_a_share_fund_but_is_of_a_bond_fund() -> None:
    bill = row("BILL.US", Kind.BOND)
    share = row("X2.US", Kind.LEVERAGED_FUND, daily_leverage_factor=2.0, asset_class="single_stock")
    bonds = row("B2.US", Kind.LEVERAGED_FUND, daily_leverage_factor=2.0, asset_class="bond")
    lists = [listing("X2.US", NVDA__US=0.4, BILL__US=0.5), listing("B2.US", BILL__US=1.0)]
    graph, _ = grow(["X2.US", "B2.US"], [NVDA, bill, share, bonds], lists)
    assert edges(graph, "X2.US") == {"NVDA.US": 2.0}
    assert edges(graph, "B2.US") == {"BILL.US": 2.0}


def test_that_a_multiple_on_nothing_known_stays_with_the_fund() -> None:
    fund = row("MYST.US", Kind.LEVERAGED_FUND, daily_leverage_factor=2.0)
    graph, _ = grow(["MYST.US"], [fund], [listing("MYST.US", USD__CASH=1.0)])
    assert residue(graph, "MYST.US") == (2.0, "MYST.US")
    assert graph.is_closed.tolist() == [True]


def test_that_a_multiple_on_a_plain_fund_kind_is_still_a_daily_promise() -> None:
    fund = row("ODD.US", Kind.ETF, underlying="NVDA.US", daily_leverage_factor=-1.0)
    graph, _ = grow(["ODD.US"], [NVDA, fund])
    assert edges(graph, "ODD.US") == {"NVDA.US": -1.0}
    assert bool(graph.is_daily_reset[0])


def test_that_an_unknown_multiple_is_nan_and_never_one() -> None:
    fund = row("WHAT.US", Kind.LEVERAGED_FUND, underlying="NVDA.US")
    graph, _ = grow(["WHAT.US"], [NVDA, fund])
    assert math.isnan(graph.factor[0])
    assert edges(graph, "WHAT.US") == {}


def test_that_an_unknown_multiple_inside_a_fund_stays_with_that_fund() -> None:
    inner = row("WHAT.US", Kind.LEVERAGED_FUND, underlying="NVDA.US")
    outer = row("OUT.US", Kind.ETF)
    lines = listing("OUT.US", WHAT__US=0.4, NVDA__US=0.6)
    graph, told = grow(["OUT.US"], [NVDA, inner, outer], [lines])
    assert edges(graph, "OUT.US") == {"NVDA.US": 0.6}
    assert residue(graph, "OUT.US") == (0.4, "OUT.US")
    assert told == ["exposure.unknown_multiple_inside"]


@pytest.mark.parametrize("kind", [Kind.INCOME_FUND, Kind.BUFFER_FUND, Kind.CRYPTO_TRUST, Kind.NOTE])
def test_that_a_product_on_one_thing_carries_that_thing_once(kind: Kind) -> None:
    graph, _ = grow(["MSTY.US"], [row("MSTY.US", kind, underlying="MSTR.US")])
    assert edges(graph, "MSTY.US") == {"MSTR.US": 1.0}


def test_that_what_a_partial_list_leaves_out_stays_with_the_fund() -> None:
    graph, _ = grow(
        ["SEMI.US"],
        [NVDA, row("SEMI.US", Kind.ETF)],
        [listing("SEMI.US", "partial", NVDA__US=0.2)],
    )
    assert residue(graph, "SEMI.US") == (0.8, "SEMI.US")
    assert [r for r, shut in zip(graph.roots, graph.is_closed, strict=True) if shut] == ["SEMI.US"]


def test_that_rounding_of_a_full_list_is_the_funds_cash() -> None:
    graph, _ = grow(
        ["SEMI.US"], [NVDA, row("SEMI.US", Kind.ETF)], [listing("SEMI.US", NVDA__US=0.997)]
    )
    assert residue(graph, "SEMI.US") == (0.003, "USD.CASH")


def test_that_a_stacked_fund_may_hold_more_than_one_without_a_fault() -> None:
    bond = row("TLT.US", Kind.BOND)
    graph, _ = grow(
        ["NTSX.US"],
        [NVDA, bond, row("NTSX.US", Kind.STACKED_FUND)],
        [listing("NTSX.US", NVDA__US=0.9, TLT__US=0.6)],
    )
    assert residue(graph, "NTSX.US") == (0.0, None)


def test_that_a_fund_without_any_list_is_a_closed_root() -> None:
    graph, _ = grow(["SHUT.US"], [row("SHUT.US", Kind.ETF)])
    assert graph.roots == ("SHUT.US",)
    assert graph.is_closed.tolist() == [True]


def test_that_gold_has_nothing_inside_and_an_index_of_shares_has() -> None:
    gold = row("GOLD.COMMODITY", Kind.CONTRACT, asset_class="gold")
    trust = row("GLD.US", Kind.COMMODITY_TRUST, underlying="GOLD.COMMODITY")
    index = row("SPX.IDX", Kind.INDEX, asset_class="index_equity")
    graph, _ = grow(["GLD.US", "SPX.IDX"], [gold, trust, index])
    closed = {r: bool(shut) for r, shut in zip(graph.roots, graph.is_closed, strict=True)}
    assert closed == {"GOLD.COMMODITY": False, "SPX.IDX": True}


def test_that_money_market_shares_are_cash() -> None:
    graph, _ = grow(["SPAXX.US"], [row("SPAXX.US", Kind.CASH)])
    assert graph.roots == ("USD.CASH",)


def test_that_a_circle_is_cut_and_told_with_its_chain() -> None:
    rows = [row(f"{name}.US", Kind.ETF) for name in "ABC"] + [NVDA]
    lists = [
        listing("A.US", B__US=0.5, NVDA__US=0.5),
        listing("B.US", C__US=1.0),
        listing("C.US", A__US=0.25, NVDA__US=0.75),
    ]
    graph, told = build_graph(["A.US"], {r.id: r for r in rows}, {h.fund: h for h in lists})
    assert [d.code for d in told] == ["exposure.cycle"]
    assert told[0].args["chain"] == "A.US → B.US → C.US → A.US"
    assert residue(graph, "C.US") == (0.25, "C.US")
    assert edges(graph, "C.US") == {"NVDA.US": 0.75}


def test_that_a_circle_is_cut_at_the_same_place_whoever_is_held() -> None:
    rows = {f"{name}.US": row(f"{name}.US", Kind.ETF) for name in "ABCD"} | {"NVDA.US": NVDA}
    lists = {
        "A.US": listing("A.US", B__US=0.5, NVDA__US=0.5),
        "B.US": listing("B.US", A__US=0.5, NVDA__US=0.5),
        "C.US": listing("C.US", B__US=1.0),
        "D.US": listing("D.US", A__US=0.5, C__US=0.5),
    }
    for starts in (["A.US"], ["B.US"], ["C.US", "A.US"], ["D.US"], ["B.US", "D.US", "A.US"]):
        graph, told = build_graph(starts, rows, lists)
        assert [d.args["chain"] for d in told] == ["A.US → B.US → A.US"]
        assert residue(graph, "A.US") == (0.0, None)
        assert residue(graph, "B.US") == (0.5, "B.US")


def test_that_two_circles_that_meet_are_cut_and_what_leads_to_them_is_not() -> None:
    rows = {f"{name}.US": row(f"{name}.US", Kind.ETF) for name in "ABCDEF"} | {"NVDA.US": NVDA}
    lists = {
        "A.US": listing("A.US", B__US=0.5, C__US=0.5),
        "B.US": listing("B.US", A__US=1.0),
        "C.US": listing("C.US", A__US=0.5, NVDA__US=0.5),
        "D.US": listing("D.US", E__US=1.0),
        "E.US": listing("E.US", D__US=0.5, A__US=0.5),
        "F.US": listing("F.US", D__US=1.0),
    }
    graph, told = build_graph(["F.US"], rows, lists)
    assert [d.code for d in told] == ["exposure.cycle"] * 3
    assert edges(graph, "F.US") == {"D.US": 1.0}
    assert edges(graph, "E.US") == {"A.US": 0.5}
    assert residue(graph, "B.US") == (1.0, "B.US")
    order = {graph.ids[node]: place for place, node in enumerate(graph.order.tolist())}
    assert len(order) == graph.size
    assert order["A.US"] < order["E.US"] < order["D.US"] < order["F.US"]


def test_that_a_long_circle_is_found_at_once_and_told_in_few_words() -> None:
    count = 3_000
    names = [f"F{n:04}.US" for n in range(count)]
    rows = {name: row(name, Kind.ETF) for name in names}
    lists = {
        name: FundHoldings(
            name,
            (Constituent(names[(n + 1) % count], 1.0),),
            "2026-06-30",
            "partial",
            SOURCE,
        )
        for n, name in enumerate(names)
    }
    graph, told = build_graph([names[7]], rows, lists)
    assert [d.code for d in told] == ["exposure.cycle"]
    chain = str(told[0].args["chain"])
    assert chain.startswith("F0000.US → F0001.US → ")
    assert chain.endswith(" → F2999.US → F0000.US")
    assert "… (2989) …" in chain
    assert residue(graph, "F2999.US") == (1.0, "F2999.US")
    assert edges(graph, "F0000.US") == {"F0001.US": 1.0}


def test_that_a_fund_of_itself_ends() -> None:
    graph, told = grow(["A.US"], [row("A.US", Kind.ETF)], [listing("A.US", A__US=1.0)])
    assert residue(graph, "A.US") == (1.0, "A.US")
    assert told == ["exposure.cycle"]


def test_that_children_stand_before_their_parents() -> None:
    rows = [row(f"{name}.US", Kind.ETF) for name in "ABCD"] + [NVDA]
    lists = [
        listing("A.US", B__US=0.5, C__US=0.5),
        listing("B.US", D__US=1.0),
        listing("C.US", D__US=1.0),
        listing("D.US", NVDA__US=1.0),
    ]
    graph, told = grow(["A.US"], rows, lists)
    rank = {graph.ids[node]: place for place, node in enumerate(graph.order)}
    assert sorted(graph.order.tolist()) == list(range(graph.size))
    for parent, place in rank.items():
        assert all(rank[child] < place for child in edges(graph, parent))
    assert told == []


def test_that_lines_of_one_constituent_are_added() -> None:
    twice = FundHoldings(
        "A.US",
        (Constituent("NVDA.US", 0.4), Constituent("NVDA.US", 0.6)),
        "2026-06-30",
        "full",
        SOURCE,
    )
    graph, _ = grow(["A.US"], [row("A.US", Kind.ETF), NVDA], [twice])
    assert edges(graph, "A.US") == {"NVDA.US": 1.0}


def test_that_the_arrays_cannot_be_changed() -> None:
    graph, _ = grow(["NVDA.US"], [NVDA])
    with pytest.raises(ValueError, match="read-only"):
        graph.residue[0] = 1.0
    assert graph.child.dtype == np.int64


def test_that_a_fund_on_an_unknown_id_takes_its_own_list_and_names_it_if_it_is_there() -> None:
    fund = row("X2.US", Kind.LEVERAGED_FUND, underlying="WHO.US", daily_leverage_factor=2.0)
    named, _ = grow(["X2.US"], [fund], [listing("X2.US", WHO__US=0.3, X__SWAP=1.7)])
    assert edges(named, "X2.US") == {"WHO.US": 2.0}
    other, told = grow(["X2.US"], [fund, NVDA], [listing("X2.US", NVDA__US=0.3, X__SWAP=1.7)])
    assert edges(other, "X2.US") == {"NVDA.US": 2.0}
    assert told == ["exposure.basket_from_listing"]


def test_that_a_list_of_opposite_lines_that_cancel_is_no_basket() -> None:
    fund = row("X2.US", Kind.LEVERAGED_FUND, underlying="SOX.IDX", daily_leverage_factor=2.0)
    lines = listing("X2.US", NVDA__US=0.5, AMD__US=-0.5)
    graph, _ = grow(["X2.US"], [fund, row("SOX.IDX", Kind.INDEX), NVDA], [lines])
    assert edges(graph, "X2.US") == {"SOX.IDX": 2.0}


def test_that_an_index_with_a_list_is_used_before_the_funds_own_lines() -> None:
    fund = row("X2.US", Kind.LEVERAGED_FUND, underlying="SOX.IDX", daily_leverage_factor=2.0)
    lists = [listing("X2.US", NVDA__US=0.3), listing("SOX.IDX", NVDA__US=0.1)]
    graph, told = grow(["X2.US"], [fund, row("SOX.IDX", Kind.INDEX), NVDA], lists)
    assert edges(graph, "X2.US") == {"SOX.IDX": 2.0}
    assert told == []


def test_that_fees_are_known_or_not_a_number() -> None:
    graph, _ = grow(["A.US", "B.US"], [row("A.US", Kind.ETF, expense_ratio=0.01), NVDA])
    assert graph.expense_ratio[0] == 0.01
    assert math.isnan(graph.expense_ratio[1])


def test_that_what_comes_from_a_dated_list_is_known_from_what_does_not() -> None:
    rows = [
        NVDA,
        row("LISTED.US", Kind.ETF),
        row("BARE.US", Kind.ETF),
        row("NVDL.US", Kind.LEVERAGED_FUND, underlying="NVDA.US", daily_leverage_factor=2.0),
    ]
    graph, _ = grow([r.id for r in rows], rows, [listing("LISTED.US", NVDA__US=1.0)])
    listed = dict(zip(graph.ids, graph.is_listed.tolist(), strict=True))
    assert listed == {"NVDA.US": False, "LISTED.US": True, "BARE.US": False, "NVDL.US": False}


def test_that_a_root_met_twice_stays_open_and_one_that_is_closed_once_is_closed() -> None:
    rows = [NVDA, row("A.US", Kind.ETF), row("B.US", Kind.ETF), row("C.US", Kind.ETF)]
    lists = [
        listing("A.US", NVDA__US=0.999),
        listing("B.US", NVDA__US=0.998),
        listing("C.US", "partial", NVDA__US=0.5),
    ]
    graph, _ = grow(["A.US", "B.US", "C.US"], rows, lists)
    closed = dict(zip(graph.roots, graph.is_closed.tolist(), strict=True))
    assert closed == {"NVDA.US": False, "USD.CASH": False, "C.US": True}
    # A fund that is counted under another's name before it is found closed itself.
    feeder = row("FEEDER.US", Kind.PREFERRED, issuer="BARE.US")
    graph, _ = grow(["FEEDER.US", "BARE.US"], [feeder, row("BARE.US", Kind.ETF)])
    assert dict(zip(graph.roots, graph.is_closed.tolist(), strict=True)) == {"BARE.US": True}


def test_that_only_a_known_multiple_of_another_thing_is_a_daily_promise() -> None:
    assert promises_daily_multiple(None) is False
    assert promises_daily_multiple(NVDA) is False
    assert promises_daily_multiple(row("ONE.US", Kind.ETF, daily_leverage_factor=1.0)) is False
