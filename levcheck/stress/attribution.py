"""Why a loss came about, and how uncertain it is: money handed down from positions to roots, a level at a time.

The linear part of every position goes to the roots it rides on; whatever the path, fees, financing and floors add
goes to one pseudo-root, so that the causes always sum to the whole.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np

from levcheck.exposure.levels import Edges
from levcheck.stress.daily_reset import BoolArray, FloatArray
from levcheck.stress.node_book import DAILY_RESET, INCOME, OPTION, Branch, NodeBook, Tier, Ties
from levcheck.stress.node_values import NodeValues
from levcheck.stress.propagation import IntArray
from levcheck.stress.root_moves import RootMoves

RESET_AND_COST: Final = "reset-and-cost"
"""Cause that gathers what the daily reset, fees, financing and floors add to the linear part."""

CAUSES_NAMED: Final = 250
"""Roots named as causes of a loss; the many small ones of a broad fund are gathered in one."""

OTHER_ROOTS: Final = "other-roots"
"""Cause that gathers the roots beyond the largest."""

BAND_QUANTILE: Final = 1.2815515655446004
"""Half width of a range in standard deviations: one case in ten lies below, one above."""

# Wrappers whose value is no straight line of what they ride on: their range is found by revaluing.
_BENT: Final = (DAILY_RESET, OPTION)
_LITTLE: Final = 1e-6
_FEW: Final = 200


@dataclass(frozen=True, slots=True)
class Attribution:
    """Where the result comes from.

    Attributes:
        roots: shape (R,), signed amount each root caused.
        currencies: ISO code → signed amount its move caused.
        direct: instrument id → signed amount of what was shocked directly.
        reset_and_cost: signed amount of path, fee, financing and floors.
    """

    roots: FloatArray
    currencies: dict[str, float]
    direct: dict[str, float]
    reset_and_cost: float


@dataclass(frozen=True, slots=True)
class Uncertainty:
    """One standard deviation of what the shocks leave open.

    Attributes:
        node: shape (N,), of each node's gain; 0 for nodes that nobody holds directly.
        basket: shape (N,), of what each daily-reset fund or option rides on; 0 elsewhere.
        total: of the whole, in money.
    """

    node: FloatArray
    basket: FloatArray
    total: float


class Descent:
    """The money held of each node on its way down to the roots, in one scenario.

    Args:
        book: of the N nodes.
        moves: of the R roots.
        values: of the nodes.
        money: shape (N,), signed market value held of each node.
    """

    def __init__(
        self, book: NodeBook, moves: RootMoves, values: NodeValues, money: FloatArray
    ) -> None:
        self._book, self._moves, self._values, self._money = book, moves, values, money
        self._direct = {
            name: book.graph.index[name] for name in moves.direct if name in book.graph.index
        }
        self._slope = self._slopes()
        self._known: tuple[FloatArray, FloatArray] | None = None

    def _arrived(self, share: FloatArray) -> FloatArray:
        """Return the money that comes by each node, shape (N,); what is shocked directly hands nothing on."""
        share[list(self._direct.values())] = 0.0
        # Where nothing is bent, causes and uncertainty ask the same thing.
        if self._known is None or not np.array_equal(self._known[0], share):
            self._known = share, self._book.levels.arrived(self._money, share)
        return self._known[1]

    def attribution(self) -> Attribution:
        """Return what caused the result of the shown variant."""
        book, values = self._book, self._values
        share = self._linear_shares()
        left = self._arrived(share)
        gain = values.gain[:, 0]
        local, currency = values.root_gain[:, 0], values.root_currency_gain
        # What each node makes, less what the nodes below it make of what it handed on.
        is_holder = book.graph.root < 0
        is_holder[list(self._direct.values())] = False
        cost = float(left[is_holder] @ gain[is_holder] - (left - self._money) @ gain)
        keeping = book.levels.keeping
        where = book.graph.residue_root[keeping]
        kept = left[keeping] * share[keeping] * book.graph.residue[keeping]
        cost -= float(kept @ ((1.0 + local[where]) * (1.0 + currency[where]) - 1.0))
        count = len(book.graph.roots)
        roots, by_currency = np.zeros(count), np.zeros(count)
        np.add.at(roots, where, kept * local[where])
        np.add.at(by_currency, where, kept * ((1.0 + local[where]) * currency[where]))
        direct = {
            name: float(left[node] * gain[node])
            for name, node in self._direct.items()
            if left[node] != 0.0
        }
        self._to_leaves(left, roots, by_currency)
        return Attribution(roots, self._per_currency(by_currency), direct, cost)

    def _linear_shares(self) -> FloatArray:
        """Return the share of its basket's move a wrapper takes, shape (N,); an income fund's capture is linear by definition."""
        share = np.ones(self._book.graph.size)
        for node, response in self._book.responses.items():
            if self._book.models[node] == INCOME:
                moved = float(self._values.basket[node, 0])
                share[node] = response.down if moved < 0.0 else response.up
        return share

    def _to_leaves(self, left: FloatArray, roots: FloatArray, by_currency: FloatArray) -> None:
        """Add what the leaves made to what their roots and currencies caused."""
        root = self._book.graph.root
        gain = self._values.gain[:, 0]
        is_leaf = root >= 0
        is_leaf[list(self._direct.values())] = False
        leaf = np.flatnonzero(is_leaf & (left != 0.0))
        where = root[leaf]
        currency = self._values.root_currency_gain[where]
        # The currency moves the whole value left after the local move; a worthless currency leaves nothing to split.
        share = np.divide(
            currency, 1.0 + currency, out=np.ones_like(currency), where=currency > -1.0
        )
        of_currency = left[leaf] * (1.0 + gain[leaf]) * share
        np.add.at(by_currency, where, of_currency)
        np.add.at(roots, where, left[leaf] * gain[leaf] - of_currency)

    def _per_currency(self, by_currency: FloatArray) -> dict[str, float]:
        found: dict[str, float] = {}
        for number in np.flatnonzero(by_currency).tolist():
            code = self._book.root_currency[number]
            found[code] = found.get(code, 0.0) + float(by_currency[number])
        return found

    def uncertainty(self, held: IntArray) -> Uncertainty:
        """Return what stays open after the shocks: per node held, per daily-reset basket, and for the whole.

        The whole is taken from the covariance, so that opposite positions in one root net out. A node's own noise is
        summed over its constituents; where two of its funds hold the same root that is slightly too little.

        Args:
            held: nodes somebody holds directly.
        """
        size = self._book.graph.size
        if not self._moves.is_propagated:
            return Uncertainty(np.zeros(size), np.zeros(size), 0.0)
        spread = _Spread(self._book, self._moves, self._values, self._slope, self._direct.values())
        node_deviation = np.zeros(size)
        node_deviation[held] = spread.deviation(held)
        return Uncertainty(node_deviation, spread.basket, self._total_deviation())

    def _slopes(self) -> FloatArray:
        """Return how much of a small further move below it each node passes on, shape (N,)."""
        book, values = self._book, self._values
        slope = np.ones(book.graph.size)
        for node, response in book.responses.items():
            slope[node] = response.down if values.basket[node, 0] < 0.0 else response.up
        for node, slope_of in values.note_slope.items():
            slope[node] = slope_of
        reset = np.flatnonzero(book.models == DAILY_RESET)
        level = 1.0 + values.basket[reset, 0]
        alive = level > 0.0
        slope[reset] = np.divide(
            1.0 + values.gain[reset, 0], level, out=np.zeros_like(level), where=alive
        )
        return slope

    def _total_deviation(self) -> float:
        graph, moves = self._book.graph, self._moves
        is_leaf = graph.root >= 0
        share = np.where(is_leaf, 1.0, self._slope)
        left = self._arrived(share)
        at_root = self._book.levels.at_roots(np.where(is_leaf, left * self._slope, left), share)
        beta = np.zeros(len(moves.driver_covariance))
        np.add.at(beta, moves.driver, at_root * moves.free_slope)
        own = float(np.sum((at_root * moves.free_own) ** 2))
        return float(np.sqrt(max(float(beta @ moves.driver_covariance @ beta) + own, 0.0)))


class _Spread:
    """How each node follows what stays open: its loading of every driver, and the noise that is its own.

    A root follows one driver, so a leaf needs a number and not a row.
    """

    def __init__(
        self,
        book: NodeBook,
        moves: RootMoves,
        values: NodeValues,
        slope: FloatArray,
        direct: Iterable[int],
    ) -> None:
        self._book, self._moves, self._slope = book, moves, slope
        graph, size = book.graph, book.graph.size
        self._is_leaf = graph.root >= 0
        root = np.maximum(graph.root, 0)
        self._leaf = np.where(self._is_leaf, slope * moves.free_slope[root], 0.0)
        self._own = np.where(self._is_leaf, (slope * moves.free_own[root]) ** 2, 0.0)
        self._beta = np.zeros((size, len(moves.driver_covariance)))
        self.basket = np.zeros(size)
        is_direct = np.zeros(size, dtype=bool)
        is_direct[list(direct)] = True
        self._gather_leaves(values)
        for tier in book.tiers:
            self._fold(tier, is_direct)

    def _gather_leaves(self, values: NodeValues) -> None:
        """Put what leaves and residues bring on the nodes that hold them."""
        book, moves, last = self._book, self._moves, self._book.levels.last
        self._load_leaves(values)
        self._own[last.holder] = self._noise_of_leaves(values)
        keeping = book.levels.keeping
        root, residue = book.graph.residue_root[keeping], book.graph.residue[keeping]
        self._beta[keeping, moves.driver[root]] += residue * moves.free_slope[root]
        self._own[keeping] += (residue * moves.free_own[root]) ** 2

    def _load_leaves(self, values: NodeValues) -> None:
        """Put the loadings of leaves on their holders: as known beforehand, but for the leaves that are bent or named."""
        following, drivers = self._book.following, len(self._moves.driver_covariance)
        changed = self._leaf - following.slope
        is_changed, is_left = changed != 0.0, self._leaf != 0.0
        if following.count(is_changed) > following.count(is_left):
            ties, of_leaf = following.to(is_left), self._leaf
        else:
            self._beta[following.holder] = following.loading
            ties, of_leaf = self._to_changed(values, is_changed), changed
        place = ties.holder * drivers + following.driver[ties.leaf]
        np.add.at(self._beta.reshape(-1), place, ties.weight * of_leaf[ties.leaf])

    def _noise_of_leaves(self, values: NodeValues) -> FloatArray:
        """Return the noise of their own that leaves bring to each holder: as known beforehand, less what is named."""
        following, last = self._book.following, self._book.levels.last
        whole = following.noise * self._moves.years
        changed = self._own - (following.own * float(np.sqrt(self._moves.years))) ** 2
        is_changed = changed != 0.0
        if following.count(is_changed) > len(last.child) // 2:
            return self._all_noise(last)
        ties = self._to_changed(values, is_changed)
        taken = np.bincount(ties.holder, ties.weight**2 * changed[ties.leaf], len(self._own))
        found = whole + taken[last.holder]
        # Nearly all taken from nearly all leaves nothing but rounding: what little is left there is summed by itself.
        little = np.flatnonzero(found < _LITTLE * whole)
        if little.size > _FEW:
            return self._all_noise(last)
        for number in little.tolist():
            part = slice(last.start[number], last.start[number] + last.fan[number])
            found[number] = np.sum(last.weight[part] ** 2 * self._own[last.child[part]])
        return found

    def _all_noise(self, last: Edges) -> FloatArray:
        """Return the noise of their own that leaves bring to each holder, every edge walked."""
        parts = last.weighed(self._own)
        parts *= last.weight
        return last.summed(parts)

    def _to_changed(self, values: NodeValues, is_changed: BoolArray) -> Ties:
        """Return edges that lead to these leaves, and at most to others that are as they were."""
        known = values.to_others
        if known is not None and not (is_changed & ~values.is_other).any():
            return known
        return self._book.following.to(is_changed)

    def _fold(self, tier: Tier, is_direct: BoolArray) -> None:
        """Finish the nodes of a tier: what they hold, as far as they pass it on."""
        if tier.edges is not None:
            edges = tier.edges
            parts = edges.weight[:, None] * self._beta[edges.child]
            self._beta[edges.holder] += np.add.reduceat(parts, edges.start)
            self._own[edges.holder] += edges.summed(edges.weighed(self._own) * edges.weight)
        bent = [branch for branch in tier.own if branch.model in _BENT]
        if bent:
            nodes = np.array([branch.node for branch in bent], dtype=np.int64)
            multiple = np.array([_multiple(self._book, branch) for branch in bent])
            self.basket[nodes] = self.deviation(nodes) / np.abs(multiple)
        own = np.array([branch.node for branch in tier.own], dtype=np.int64)
        nodes = np.concatenate([tier.plain, own])
        passed = np.where(is_direct[nodes], 0.0, self._slope[nodes])
        self._beta[nodes] *= passed[:, None]
        self._own[nodes] *= passed**2

    def deviation(self, nodes: IntArray) -> FloatArray:
        """Return one standard deviation of each of some nodes."""
        covariance = self._moves.driver_covariance
        systematic = np.sum((self._beta[nodes] @ covariance) * self._beta[nodes], axis=1)
        is_leaf = self._is_leaf[nodes]
        driver = self._moves.driver[np.maximum(self._book.graph.root[nodes], 0)]
        alone = self._leaf[nodes] ** 2 * covariance[driver, driver]
        variance = np.where(is_leaf, alone, systematic) + self._own[nodes]
        return np.asarray(np.sqrt(np.maximum(variance, 0.0)), dtype=float)


def _multiple(book: NodeBook, branch: Branch) -> float:
    """Return how often a wrapper holds its basket; an option as its delta says."""
    if branch.model == OPTION:
        return float(branch.weights[0]) or 1.0
    return float(book.graph.factor[branch.node])
