"""Follow the money of every position through all its wrappers, down to what it finally rides on."""

from dataclasses import dataclass

import numpy as np

from levcheck.exposure.graph import Array, BoolArray, FloatArray, InstrumentGraph, IntArray

# A chain costs some 300 bytes once its door is told; what people hold has thousands of them, a firm's book millions.
MAX_CHAINS = 10_000_000


class TooManyChainsError(ValueError):
    """Funds hold each other in more ways than can be kept apart.

    Attributes:
        position: index of the position that leads to most of them.
    """

    def __init__(self, position: int) -> None:
        super().__init__(f"more than {MAX_CHAINS:,} chains, most of them of position {position}")
        self.position = position


@dataclass(frozen=True, slots=True)
class LookThrough:
    """Where the money of P positions ends, as K entries reached over M steps. Arrays are read-only.

    A step is one instrument met on the way; its parent step is the instrument that holds it. An entry is the end
    of one chain: a leaf's root, or the residue of a fund that keeps part of its money to itself.

    Attributes:
        graph: what rides on what.
        position: shape (K,), index of the position an entry belongs to.
        root: shape (K,), index into ``graph.roots``.
        amount: shape (K,), signed effective exposure, in the money the positions were given in.
        step: shape (K,), last step of the entry's chain.
        end_weight: shape (K,), weight of the way from the last step to the root: the residue of a fund, else 1.0.
        step_parent: shape (M,), step that holds this one; -1 where a chain begins.
        step_node: shape (M,), node of ``graph``.
        step_weight: shape (M,), weight of the way from the parent to this step; 1.0 where a chain begins.
        positions: number of positions P, also of those that reach nothing.
    """

    graph: InstrumentGraph
    position: IntArray
    root: IntArray
    amount: FloatArray
    step: IntArray
    end_weight: FloatArray
    step_parent: IntArray
    step_node: IntArray
    step_weight: FloatArray
    positions: int

    def matrix(self) -> FloatArray:
        """Return signed effective exposure per position and root, shape (P, R)."""
        roots = len(self.graph.roots)
        flat = np.bincount(
            self.position * roots + self.root, self.amount, minlength=self.positions * roots
        )
        return flat.reshape(self.positions, roots).astype(float)

    def chains(self) -> tuple[tuple[tuple[str, ...], tuple[float, ...]], ...]:
        """Return, per entry, the instrument ids from the position to the root and the weight of each step.

        There is one weight less than ids. Their product times the position's money is the entry's amount.
        """
        ids, roots = self.graph.ids, self.graph.roots
        known: dict[int, tuple[tuple[str, ...], tuple[float, ...]]] = {-1: ((), ())}
        node, weight = self.step_node.tolist(), self.step_weight.tolist()
        parent = self.step_parent.tolist()
        # A parent is always met before its children, so one pass over the steps finds every prefix.
        for step, holder in enumerate(parent):
            names, weights = known[holder]
            known[step] = (
                (*names, ids[node[step]]),
                weights if holder < 0 else (*weights, weight[step]),
            )
        return tuple(
            _ended(known[step], roots[root], end, ids[node[step]])
            for step, root, end in zip(
                self.step.tolist(), self.root.tolist(), self.end_weight.tolist(), strict=True
            )
        )


def _ended(
    chain: tuple[tuple[str, ...], tuple[float, ...]], root: str, end: float, last: str
) -> tuple[tuple[str, ...], tuple[float, ...]]:
    """Return the chain down to its root; a leaf that is its own root needs no further step."""
    if root == last and end == 1.0:
        return chain
    names, weights = chain
    return (*names, root), (*weights, end)


def look_through(graph: InstrumentGraph, node: IntArray, amount: FloatArray) -> LookThrough:
    """Return where the money of each position ends, level by level through any depth of funds.

    The amounts of a position's entries sum to its amount times the sum of its instrument's weights: 1 for a
    plain fund, the multiple for a daily-reset fund. Positions with nothing in them reach nothing.

    Args:
        graph: what rides on what; it has no circles, so the walk ends.
        node: node of each position's instrument, shape (P,).
        amount: signed money of each position (times delta, for an option), shape (P,).

    Returns:
        The entries and the chains that lead to them.

    Raises:
        ValueError: shapes disagree or an amount is not finite (user data is checked before it gets here).
        TooManyChainsError: there are more than :data:`MAX_CHAINS` steps on the way.
    """
    if node.shape != amount.shape or node.ndim != 1:
        raise ValueError(f"shapes disagree: {node.shape} and {amount.shape}")
    if not bool(np.isfinite(amount).all()):
        raise ValueError("an amount is not finite")
    position = np.flatnonzero(amount)
    walk = _Walk(graph)
    walk.start(position, node[position], amount[position])
    while walk.goes_on:
        walk.descend()
    return walk.result(len(amount))


class _Walk:
    """One level of the descent at a time, all positions together."""

    def __init__(self, graph: InstrumentGraph) -> None:
        self.graph = graph
        self.steps: list[tuple[IntArray, IntArray, FloatArray]] = []
        self.entries: dict[str, list[IntArray]] = {"position": [], "root": [], "step": []}
        self.amounts: list[FloatArray] = []
        self.ends: list[FloatArray] = []
        self.count = 0
        none = np.zeros(0, dtype=np.int64)
        self.position, self.node, self.step = none, none, none
        self.amount: FloatArray = np.zeros(0)

    @property
    def goes_on(self) -> bool:
        """Whether some money has not arrived yet."""
        return self.node.size > 0

    def start(self, position: IntArray, node: IntArray, amount: FloatArray) -> None:
        """Put each position's money on its own instrument."""
        none = np.full(len(node), -1, dtype=np.int64)
        self._arrive(position, node, amount, none, np.ones(len(node)))

    def _arrive(
        self,
        position: IntArray,
        node: IntArray,
        amount: FloatArray,
        parent: IntArray,
        weight: FloatArray,
    ) -> None:
        self.position, self.node, self.amount = position, node, amount
        self.step = np.arange(self.count, self.count + len(node), dtype=np.int64)
        self.count += len(node)
        self.steps.append((parent, node, weight))
        root = self.graph.root[node]
        is_end = root >= 0
        self._record(is_end, root, None)
        if is_end.all():
            # The last level is by far the longest, and leaves keep nothing back and lead nowhere.
            self.node = node[:0]
            return
        residue = self.graph.residue[node]
        self._record(residue != 0.0, self.graph.residue_root[node], residue)

    def _record(self, chosen: BoolArray, root: IntArray, end: FloatArray | None) -> None:
        """Record where money ends; `end` None = all of it does."""
        if not chosen.any():
            return
        # Most levels end whole or not at all, and picking all of a million costs as much as the way down.
        pick = slice(None) if chosen.all() else chosen
        amount = self.amount[pick]
        self.entries["position"].append(self.position[pick])
        self.entries["root"].append(root[pick])
        self.entries["step"].append(self.step[pick])
        self.amounts.append(amount if end is None else amount * end[pick])
        self.ends.append(np.ones(len(amount)) if end is None else end[pick])

    def descend(self) -> None:
        """Hand the money of this level to the constituents of its instruments."""
        start = self.graph.child_start[self.node]
        fan = self.graph.child_start[self.node + 1] - start
        # Known before anything is laid out: a few funds that hold each other ask for more than any memory.
        if self.count + int(fan.sum()) > MAX_CHAINS:
            raise TooManyChainsError(int(np.argmax(np.bincount(self.position, fan))))
        # Edge numbers of every holder, laid end to end: its first edge, plus a count from zero.
        edge = np.arange(int(fan.sum())) + np.repeat(start - np.cumsum(fan) + fan, fan)
        weight = self.graph.weight[edge]
        self._arrive(
            np.repeat(self.position, fan),
            self.graph.child[edge],
            np.repeat(self.amount, fan) * weight,
            np.repeat(self.step, fan),
            weight,
        )

    def result(self, positions: int) -> LookThrough:
        """Return everything recorded, position by position, each in the order met."""
        position = _joined(self.entries["position"], np.int64)
        order: IntArray | slice = slice(None)
        if bool((position[1:] < position[:-1]).any()):
            order = np.argsort(position, kind="stable")
        return LookThrough(
            graph=self.graph,
            position=_sealed(position[order]),
            root=_sealed(_joined(self.entries["root"], np.int64)[order]),
            amount=_sealed(_joined(self.amounts, np.float64)[order]),
            step=_sealed(_joined(self.entries["step"], np.int64)[order]),
            end_weight=_sealed(_joined(self.ends, np.float64)[order]),
            step_parent=_sealed(np.concatenate([parent for parent, _, _ in self.steps])),
            step_node=_sealed(np.concatenate([node for _, node, _ in self.steps])),
            step_weight=_sealed(np.concatenate([weight for _, _, weight in self.steps])),
            positions=positions,
        )


def _joined(parts: list[Array], kind: type) -> Array:
    if len(parts) == 1:
        return parts[0]
    return np.concatenate([*parts, np.zeros(0, dtype=kind)])


def _sealed(array: Array) -> Array:
    array.setflags(write=False)
    return array
