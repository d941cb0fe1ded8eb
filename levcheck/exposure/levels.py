"""A graph level by level: money handed down or figures gathered up, all funds of a level at once, no chain kept.

Where only sums are wanted (totals by root, what a scenario makes of a fund, which root caused a loss), the chains that
:mod:`levcheck.exposure.lookthrough` keeps would cost most of the time; where funds hold funds that hold funds, there may
be more chains than fit into any memory, but never more levels than funds.
"""

from dataclasses import dataclass

import numpy as np

from levcheck.exposure.graph import FloatArray, InstrumentGraph, IntArray


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
        return self.summed(self.weighed(values))

    def weighed(self, values: FloatArray) -> FloatArray:
        """Return weight × value of the child for each edge, shape (E,)."""
        # In place: a million lines need eight megabytes each time something is laid down.
        found = values[self.child]
        found *= self.weight
        return found

    def summed(self, of_edges: FloatArray) -> FloatArray:
        """Return a figure of each edge, shape (E,), summed by holder, shape (H,)."""
        if not self.holder.size:
            return np.zeros(0)
        return np.asarray(np.add.reduceat(of_edges, self.start), dtype=float)

    def hand_down(self, money: FloatArray, into: FloatArray) -> None:
        """Add to each of N nodes, shape (N,), what it gets when every holder spreads its money, shape (H,)."""
        passed = np.repeat(money, self.fan)
        passed *= self.weight
        np.add.at(into, self.child, passed)


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
            edges.hand_down(own if share is None else own * share[edges.holder], left)
        return left

    def at_roots(self, arrived: FloatArray, share: FloatArray | None = None) -> FloatArray:
        """Return the money that ends at each root, shape (R,), of what :meth:`arrived` says."""
        graph, roots = self.graph, len(self.graph.roots)
        kept = arrived[self.keeping]
        if share is not None:
            kept = kept * share[self.keeping]
        total = np.zeros(roots)
        np.add.at(total, graph.residue_root[self.keeping], kept * graph.residue[self.keeping])
        leaf = np.flatnonzero(graph.root >= 0)
        np.add.at(total, graph.root[leaf], arrived[leaf])
        return total


def levels_of(graph: InstrumentGraph) -> Levels:
    """Return the edges of a graph, sorted into levels; parents before their children within each."""
    down = graph.order[::-1]
    fan = np.diff(graph.child_start)
    edge = np.arange(len(graph.child)) + np.repeat(
        graph.child_start[down] - np.cumsum(fan[down]) + fan[down], fan[down]
    )
    owner = np.repeat(down, fan[down])
    is_inner = (graph.root < 0)[graph.child[edge]]
    last = _edges(graph, owner[~is_inner], edge[~is_inner])
    inner: list[Edges] = []
    if is_inner.any():
        owner, edge = owner[is_inner], edge[is_inner]
        depth = _depths(_edges(graph, owner, edge), graph.size)
        for level in range(1, int(np.max(depth)) + 1):
            of_level = depth[owner] == level
            inner.append(_edges(graph, owner[of_level], edge[of_level]))
    return Levels(graph, last, tuple(inner), down[graph.residue[down] != 0.0])


def _edges(graph: InstrumentGraph, owner: IntArray, edge: IntArray) -> Edges:
    """Return some edges of a graph; those of one owner stand together."""
    start = np.flatnonzero(np.diff(owner, prepend=-1))
    fan = np.diff(start, append=len(owner))
    return Edges(owner[start], start, fan, graph.child[edge], graph.weight[edge])


def _depths(inner: Edges, nodes: int) -> IntArray:
    """Return how many funds stand below each node on its longest way, shape (N,); there are no circles."""
    depth = np.zeros(nodes, dtype=np.int64)
    while True:
        deeper = np.maximum.reduceat(depth[inner.child], inner.start) + 1
        if np.array_equal(deeper, depth[inner.holder]):
            return depth
        depth[inner.holder] = deeper
