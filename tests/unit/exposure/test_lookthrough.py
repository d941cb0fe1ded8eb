"""Where the money ends, worked by hand."""

from collections.abc import Sequence

import numpy as np
import pytest

from levcheck.domain.instrument import Constituent, FundHoldings, Instrument, Kind
from levcheck.domain.provenance import Source
from levcheck.exposure.graph import InstrumentGraph, build_graph
from levcheck.exposure.lookthrough import MAX_CHAINS, LookThrough, TooManyChainsError, look_through

SOURCE = Source("made up for the test", "2026-06-30", "instruments")


def row(
    identifier: str,
    kind: Kind,
    *,
    factor: float | None = None,
    underlying: str | None = None,
    issuer: str | None = None,
) -> Instrument:
    return Instrument(
        id=identifier,
        symbol=identifier,
        exchange=None,
        isin=None,
        name=identifier,
        kind=kind,
        currency="USD",
        country=None,
        issuer=issuer,
        underlying=underlying,
        daily_leverage_factor=factor,
        expense_ratio=None,
        asset_class=None,
        source=SOURCE,
    )


def listing(fund: str, *parts: tuple[str, float]) -> FundHoldings:
    return FundHoldings(
        fund, tuple(Constituent(n, w) for n, w in parts), "2026-06-30", "partial", SOURCE
    )


TRAP_ROWS = [
    row("NVDA", Kind.COMMON),
    row("SEMI", Kind.ETF),
    row("NVD2", Kind.LEVERAGED_FUND, factor=2.0, underlying="NVDA"),
    row("SEM3", Kind.LEVERAGED_FUND, factor=3.0, underlying="IDX"),
    row("NVDS", Kind.INVERSE_FUND, factor=-1.0, underlying="NVDA"),
    row("IDX", Kind.INDEX),
]
TRAP_LISTS = [listing("SEMI", ("NVDA", 0.2)), listing("IDX", ("NVDA", 0.1))]


def follow(
    money: Sequence[tuple[str, float]],
    rows: Sequence[Instrument],
    lists: Sequence[FundHoldings] = (),
) -> LookThrough:
    graph, _ = build_graph(
        [name for name, _ in money], {r.id: r for r in rows}, {h.fund: h for h in lists}
    )
    node = np.array([graph.index[name] for name, _ in money], dtype=np.int64)
    return look_through(graph, node, np.array([amount for _, amount in money]))


def by_root(found: LookThrough, root: str) -> list[float]:
    column = found.graph.roots.index(root)
    return [round(float(v), 9) for v in found.matrix()[:, column]]


def test_that_the_trap_portfolio_finds_every_door() -> None:
    money = [("NVDA", 1e4), ("SEMI", 2e4), ("NVD2", 1e4), ("SEM3", 1e4), ("NVDS", 5e3)]
    found = follow(money, TRAP_ROWS, TRAP_LISTS)
    assert by_root(found, "NVDA") == [10_000, 4_000, 20_000, 3_000, -5_000]
    assert by_root(found, "SEMI") == [0, 16_000, 0, 0, 0]
    assert by_root(found, "IDX") == [0, 0, 0, 27_000, 0]


def test_that_every_chain_multiplies_to_its_amount() -> None:
    found = follow([("SEM3", 1e4)], TRAP_ROWS, TRAP_LISTS)
    chains = dict(zip(found.chains(), found.amount.tolist(), strict=True))
    assert chains == {
        (("SEM3", "IDX", "NVDA"), (3.0, 0.1)): pytest.approx(3_000),
        (("SEM3", "IDX", "IDX"), (3.0, 0.9)): pytest.approx(27_000),
    }


def test_that_a_share_held_directly_has_a_chain_of_one() -> None:
    found = follow([("NVDA", 100.0)], TRAP_ROWS)
    assert found.chains() == ((("NVDA",), ()),)


def test_that_a_preferred_ends_at_its_issuer() -> None:
    found = follow([("STRK", 100.0)], [row("STRK", Kind.PREFERRED, issuer="MSTR")])
    assert found.chains() == ((("STRK", "MSTR"), (1.0,)),)


def test_that_more_ways_than_any_memory_has_room_for_are_refused_with_the_line() -> None:
    floors = 9
    rows = [row("NVDA", Kind.COMMON)]
    lists = []
    for floor in range(floors):
        for n in range(10):
            rows.append(row(f"F{floor}-{n}", Kind.ETF))
            below = [f"F{floor - 1}-{k}" for k in range(10)] if floor else ["NVDA"]
            lists.append(listing(f"F{floor}-{n}", *((name, 1 / len(below)) for name in below)))
    money = [("NVDA", 5.0), ("F2-0", 10.0), (f"F{floors - 1}-0", 1.0), ("F3-1", 1.0)]
    with pytest.raises(TooManyChainsError) as told:
        follow(money, rows, lists)
    assert told.value.position == 2
    assert f"{MAX_CHAINS:,}" in str(told.value)
    found = follow([*money[:2], money[3]], rows, lists)
    assert by_root(found, "NVDA") == [5.0, 10.0, 1.0]
    assert len(found.root) == 1 + 100 + 1_000


def test_that_four_funds_inside_each_other_are_followed() -> None:
    rows = [row(name, Kind.ETF) for name in "ABCD"] + [row("NVDA", Kind.COMMON)]
    lists = [
        listing("A", ("B", 0.5)),
        listing("B", ("C", 0.5)),
        listing("C", ("D", 0.5)),
        listing("D", ("NVDA", 0.5)),
    ]
    found = follow([("A", 1_600.0)], rows, lists)
    assert by_root(found, "NVDA") == [100.0]
    assert (("A", "B", "C", "D", "NVDA"), (0.5, 0.5, 0.5, 0.5)) in found.chains()
    assert float(found.amount.sum()) == pytest.approx(1_600.0)


def test_that_a_diamond_keeps_its_two_chains_apart() -> None:
    rows = [row(name, Kind.ETF) for name in "ABC"] + [row("NVDA", Kind.COMMON)]
    lists = [
        listing("A", ("B", 0.5), ("C", 0.5)),
        listing("B", ("NVDA", 1.0)),
        listing("C", ("NVDA", 1.0)),
    ]
    found = follow([("A", 100.0)], rows, lists)
    assert {chain for chain, _ in found.chains()} == {("A", "B", "NVDA"), ("A", "C", "NVDA")}
    assert by_root(found, "NVDA") == [100.0]


def test_that_a_circle_keeps_the_whole_amount() -> None:
    rows = [row("A", Kind.ETF), row("B", Kind.ETF), row("NVDA", Kind.COMMON)]
    lists = [listing("A", ("B", 0.5), ("NVDA", 0.5)), listing("B", ("A", 0.5), ("NVDA", 0.5))]
    found = follow([("A", 100.0)], rows, lists)
    assert float(found.amount.sum()) == pytest.approx(100.0)
    assert by_root(found, "B") == [25.0]


def test_that_a_short_in_a_bear_fund_is_a_long() -> None:
    assert by_root(follow([("NVDS", -500.0)], TRAP_ROWS), "NVDA") == [500.0]


def test_that_a_worthless_line_reaches_nothing() -> None:
    found = follow([("NVDA", 0.0), ("NVDA", 5.0)], TRAP_ROWS)
    assert found.position.tolist() == [1]
    assert found.matrix().tolist() == [[0.0], [5.0]]


def test_that_no_positions_at_all_are_no_fault() -> None:
    found = follow([], TRAP_ROWS)
    assert found.chains() == ()
    assert found.matrix().shape == (0, 0)


def test_that_amounts_that_are_no_numbers_are_refused() -> None:
    graph: InstrumentGraph = follow([("NVDA", 1.0)], TRAP_ROWS).graph
    with pytest.raises(ValueError, match="not finite"):
        look_through(graph, np.array([0]), np.array([np.nan]))
    with pytest.raises(ValueError, match="shapes disagree"):
        look_through(graph, np.array([0]), np.array([1.0, 2.0]))
