"""Look-through against a slow second opinion that follows one chain at a time."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from levcheck.domain.instrument import FundHoldings, Instrument, Kind
from levcheck.exposure.graph import InstrumentGraph, build_graph
from levcheck.exposure.levels import levels_of
from levcheck.exposure.lookthrough import look_through
from tests.helpers.made_up_library import fund_list, instrument
from tests.helpers.pair_table import pair_table

NAMES = tuple(f"F{n}.US" for n in range(6)) + tuple(f"S{n}.US" for n in range(4))


@st.composite
def graphs(draw: st.DrawFn) -> InstrumentGraph:
    rows: dict[str, Instrument] = {}
    lists: dict[str, FundHoldings] = {}
    for name in NAMES:
        if name.startswith("S"):
            rows[name] = instrument(name)
            continue
        rows[name] = instrument(name, Kind.ETF)
        parts = draw(
            st.dictionaries(
                st.sampled_from(NAMES), st.floats(-0.5, 0.9, allow_nan=False), max_size=4
            )
        )
        lists[name] = fund_list(name, parts)
    graph, _ = build_graph(list(NAMES), rows, lists)
    return graph


def follow(graph: InstrumentGraph, node: int, amount: float, found: dict[str, float]) -> None:
    if graph.root[node] >= 0:
        root = graph.roots[graph.root[node]]
        found[root] = found.get(root, 0.0) + amount
        return
    if graph.residue[node]:
        root = graph.roots[graph.residue_root[node]]
        found[root] = found.get(root, 0.0) + amount * float(graph.residue[node])
    for child, weight in zip(*graph.children(node), strict=True):
        follow(graph, int(child), amount * float(weight), found)


@settings(max_examples=100, deadline=None)
@given(graphs(), st.lists(st.floats(-1e6, 1e6, allow_nan=False), min_size=10, max_size=10))
def test_that_levels_at_once_and_chain_by_chain_agree(
    graph: InstrumentGraph, amounts: list[float]
) -> None:
    node = np.array([graph.index[name] for name in NAMES], dtype=np.int64)
    matrix = look_through(graph, node, np.array(amounts)).matrix()
    for row, start in enumerate(node.tolist()):
        expected: dict[str, float] = {}
        follow(graph, start, amounts[row], expected)
        for column, root in enumerate(graph.roots):
            assert matrix[row, column] == pytest.approx(expected.get(root, 0.0), rel=1e-9, abs=1e-6)
        # Every plain fund hands on exactly what it was given, circles or not.
        assert math.fsum(matrix[row]) == pytest.approx(amounts[row], rel=1e-9, abs=1e-6)


@settings(max_examples=100, deadline=None)
@given(graphs(), st.lists(st.floats(-1e6, 1e6, allow_nan=False), min_size=10, max_size=10))
def test_that_totals_without_chains_are_what_the_chains_add_up_to(
    graph: InstrumentGraph, amounts: list[float]
) -> None:
    node = np.array([graph.index[name] for name in NAMES], dtype=np.int64)
    levels = levels_of(graph)
    totals = levels.at_roots(levels.arrived(levels.placed(node, np.array(amounts))))
    chains = look_through(graph, node, np.array(amounts)).matrix().sum(axis=0)
    assert totals == pytest.approx(chains, rel=1e-9, abs=1e-6)


@settings(max_examples=100, deadline=None)
@given(graphs())
def test_that_a_level_leads_only_to_levels_before_it_and_every_edge_is_in_one(
    graph: InstrumentGraph,
) -> None:
    levels = levels_of(graph)
    level_of = np.zeros(graph.size, dtype=np.int64)
    for level, edges in enumerate(levels.inner, start=1):
        level_of[edges.holder] = level
        assert (level_of[edges.child] < level).all()
    walked = sorted(
        edge
        for edges in (levels.last, *levels.inner)
        for edge in zip(
            np.repeat(edges.holder, edges.fan).tolist(),
            edges.child.tolist(),
            edges.weight.tolist(),
            strict=True,
        )
    )
    assert walked == sorted(
        (node, int(child), float(weight))
        for node in range(graph.size)
        for child, weight in zip(*graph.children(node), strict=True)
    )


@settings(max_examples=100, deadline=None)
@given(graphs())
def test_that_nothing_leads_back_to_itself(graph: InstrumentGraph) -> None:
    rank = np.empty(graph.size, dtype=np.int64)
    rank[graph.order] = np.arange(graph.size)
    for node in range(graph.size):
        children, _ = graph.children(node)
        assert (rank[children] < rank[node]).all()


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.lists(st.floats(-1e4, 1e4, allow_nan=False), min_size=4, max_size=4),
        min_size=2,
        max_size=5,
    )
)
def test_that_overlap_is_symmetric_and_bounded(rows: list[list[float]]) -> None:
    exposure = np.round(np.array(rows), 4)
    pairs = pair_table(exposure)
    for matrix in pairs:
        assert np.allclose(matrix, matrix.T)
    assert np.min(pairs.min_weight) >= 0.0
    assert np.max(pairs.min_weight) <= 1.0
    assert np.abs(pairs.cosine).max() <= 1.0
    size = np.abs(exposure).sum(axis=1)
    assert (pairs.shared_amount <= np.minimum.outer(size, size) + 1e-6).all()
