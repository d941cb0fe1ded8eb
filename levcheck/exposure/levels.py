"""A graph level by level: money handed down or figures gathered up, all funds of a level at once, no chain kept.

Where only sums are wanted (totals by root, what a scenario makes of a fund, which root caused a loss), the chains that
:mod:`levcheck.exposure.lookthrough` keeps would cost most of the time; where funds hold funds that hold funds, there may
be more chains than fit into any memory, but never more levels than funds.
"""

from dataclasses import dataclass

import numpy as np

from levcheck.exposure.graph import BoolArray, FloatArray, InstrumentGraph, IntArray


@dataclass(frozen=True, slots=True)
class Edges:
    """Some edges of H nodes, laid end to end; every node has one of them at least. E edges.

    Attributes:
        holder: shape (H,), node the edges leave.
        start: shape (H,), number of its first edge here.
        fan: shape (H,), how many of them there are.
        child: shape (E,), node an edge leads to.
        weight: shape (E,), as in the graph.
    """

    holder: IntArray
    start: IntArray
    fan: IntArray
    child: IntArray
    weight: FloatArray

    def gathered(self, values: FloatArray) -> FloatArray:
        """Return Σ weight × value of the child for each holder, shape (H,); `values` has shape (N,)."""
        return self.summed(self.weight * values[self.child])

    def summed(self, of_edges: FloatArray) -> FloatArray:
        """Return a figure of each edge, shape (E,), summed by holder, shape (H,)."""
        if not self.holder.size:
            return np.zeros(0)
        return np.asarray(np.add.reduceat(of_edges, self.start), dtype=float)

    def handed_down(self, money: FloatArray, nodes: int) -> FloatArray:
        """Return what each of N nodes gets when every holder spreads its money, shape (H,), over its edges."""
        passed = self.weight * np.repeat(money, self.fan)
        return np.bincount(self.child, passed, nodes).astype(float, copy=False)


@dataclass(frozen=True, slots=True)
class Levels:
    """The edges of a graph, sorted so that each is walked once.

    Attributes:
        graph: what rides on what.
        last: edges to leaves, of all nodes.
        inner: edges to nodes that hold something themselves, level by level; the nodes of a level lead only to
            nodes of levels before it. Empty where no fund holds a fund.
        keeping: nodes that keep part of their money to themselves, as residue.
    """

    graph: InstrumentGraph
    last: Edges
    inner: tuple[Edges, ...]
    keeping: IntArray

    def placed(self, node: IntArray, amount: FloatArray) -> FloatArray:
        """Return the money of positions, shape (P,) each, by node, shape (N,)."""
        return np.bincount(node, amount, self.graph.size).astype(float, copy=False)

    def arrived(self, money: FloatArray, share: FloatArray | None = None) -> FloatArray:
        """Return the money that comes by each node on its way down, its own included, shape (N,).

        Args:
            money: put on each node to begin with, shape (N,).
            share: part of its money a node hands on, shape (N,); all of it when None.
        """
        left = money.astype(float, copy=True)
        for edges in (*self.inner[::-1], self.last):
            own = left[edges.holder]
            left += edges.handed_down(
                own if share is None else own * share[edges.holder], self.graph.size
            )
        return left

    def at_roots(self, arrived: FloatArray, share: FloatArray | None = None) -> FloatArray:
        """Return the money that ends at each root, shape (R,), of what :meth:`arrived` says."""
        graph, roots = self.graph, len(self.graph.roots)
        leaf = np.flatnonzero(graph.root >= 0)
        total = np.bincount(graph.root[leaf], arrived[leaf], roots).astype(float, copy=False)
        if self.keeping.size:
            kept = arrived[self.keeping] * graph.residue[self.keeping]
            if share is not None:
                kept = kept * share[self.keeping]
            total += np.bincount(graph.residue_root[self.keeping], kept, roots)
        return total


def levels_of(graph: InstrumentGraph) -> Levels:
    """Return the edges of a graph, sorted into levels."""
    fan = np.diff(graph.child_start)
    is_inner = (graph.root < 0)[graph.child]
    last = _chosen(graph, fan, ~is_inner)
    inner: list[Edges] = []
    if is_inner.any():
        depth = _depths(_chosen(graph, fan, is_inner), graph.size)
        of_edge = np.repeat(depth, fan)
        inner = [
            _chosen(graph, fan, is_inner & (of_edge == level))
            for level in range(1, int(depth.max()) + 1)
        ]
    return Levels(graph, last, tuple(inner), np.flatnonzero(graph.residue))


def _chosen(graph: InstrumentGraph, fan: IntArray, is_chosen: BoolArray) -> Edges:
    """Return some of a graph's edges, those of one node together as before."""
    count = np.bincount(np.repeat(np.arange(graph.size), fan)[is_chosen], minlength=graph.size)
    holder = np.flatnonzero(count)
    kept = count[holder]
    return Edges(
        holder, np.cumsum(kept) - kept, kept, graph.child[is_chosen], graph.weight[is_chosen]
    )


def _depths(inner: Edges, nodes: int) -> IntArray:
    """Return how many funds stand below each node on its longest way, shape (N,); there are no circles."""
    depth = np.zeros(nodes, dtype=np.int64)
    while True:
        deeper = np.maximum.reduceat(depth[inner.child], inner.start) + 1
        if np.array_equal(deeper, depth[inner.holder]):
            return depth
        depth[inner.holder] = deeper
