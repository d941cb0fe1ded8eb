"""Why a loss came about, and how uncertain it is: money walked down from positions to roots.

The linear part of every position goes to the roots it rides on; whatever the path, fees, financing and floors add
goes to one pseudo-root, so that the causes always sum to the whole.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from levcheck.stress.daily_reset import FloatArray
from levcheck.stress.node_values import DAILY_RESET, INCOME, OPTION, Branch, NodeBook, NodeValues
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


def attribute(
    book: NodeBook, moves: RootMoves, values: NodeValues, money: FloatArray
) -> Attribution:
    """Return what caused the result of the shown variant.

    Args:
        book: of the N nodes.
        moves: of the R roots.
        values: of the nodes.
        money: shape (N,), signed market value held of each node.
    """
    left = money.copy()
    roots = np.zeros(len(book.graph.roots))
    gain = values.gain[:, 0]
    direct: dict[str, float] = {}
    cost = 0.0
    local, currency = values.root_gain[:, 0], values.root_currency_gain
    root_total = (1.0 + local) * (1.0 + currency) - 1.0
    by_currency = np.zeros(len(book.graph.roots))
    for branch in reversed(book.branches):
        amount = left[branch.node]
        if amount == 0.0:
            continue
        identifier = book.graph.ids[branch.node]
        if identifier in moves.direct:
            direct[identifier] = direct.get(identifier, 0.0) + amount * float(gain[branch.node])
            continue
        scale = _linear_scale(book, values, branch)
        passed = amount * scale * branch.weights
        linear = float(passed @ gain[branch.children])
        if branch.residue_root >= 0:
            kept = amount * scale * branch.residue
            linear += kept * float(root_total[branch.residue_root])
            roots[branch.residue_root] += kept * local[branch.residue_root]
            by_currency[branch.residue_root] += kept * _currency_part(local, currency, branch)
        np.add.at(left, branch.children, passed)
        cost += amount * float(gain[branch.node]) - linear
    _to_leaves(book, moves, values, left, roots, by_currency, direct)
    return Attribution(roots, _per_currency(book, by_currency), direct, float(cost))


def _currency_part(local: FloatArray, currency: FloatArray, branch: Branch) -> float:
    root = branch.residue_root
    return float((1.0 + local[root]) * currency[root])


def _linear_scale(book: NodeBook, values: NodeValues, branch: Branch) -> float:
    """Return the share of its basket's move a wrapper takes; an income fund's capture is linear by definition."""
    if branch.model != INCOME:
        return 1.0
    moved = float(values.basket[branch.node, 0])
    response = book.responses[branch.node]
    return response.down if moved < 0.0 else response.up


def _to_leaves(
    book: NodeBook,
    moves: RootMoves,
    values: NodeValues,
    left: FloatArray,
    roots: FloatArray,
    by_currency: FloatArray,
    direct: dict[str, float],
) -> None:
    root = book.graph.root
    gain = values.gain[:, 0]
    for identifier in moves.direct:
        node = book.graph.index.get(identifier)
        if node is not None and root[node] >= 0 and left[node] != 0.0:
            direct[identifier] = direct.get(identifier, 0.0) + float(left[node] * gain[node])
            left[node] = 0.0
    leaf = np.flatnonzero((root >= 0) & (left != 0.0))
    where = root[leaf]
    currency = values.root_currency_gain[where]
    # The currency moves the whole value left after the local move; a worthless currency leaves nothing to split.
    share = np.divide(currency, 1.0 + currency, out=np.ones_like(currency), where=currency > -1.0)
    of_currency = left[leaf] * (1.0 + gain[leaf]) * share
    np.add.at(by_currency, where, of_currency)
    np.add.at(roots, where, left[leaf] * gain[leaf] - of_currency)


def _per_currency(book: NodeBook, by_currency: FloatArray) -> dict[str, float]:
    found: dict[str, float] = {}
    for number in np.flatnonzero(by_currency):
        code = book.root_currency[int(number)]
        found[code] = found.get(code, 0.0) + float(by_currency[number])
    return found


def uncertainty(
    book: NodeBook, moves: RootMoves, values: NodeValues, money: FloatArray, held: IntArray
) -> Uncertainty:
    """Return what stays open after the shocks: per node held, per daily-reset basket, and for the whole.

    The whole is taken from the covariance, so that opposite positions in one root net out. A node's own noise is
    summed over its constituents; where two of its funds hold the same root that is slightly too little.
    """
    size = book.graph.size
    if not moves.is_propagated:
        return Uncertainty(np.zeros(size), np.zeros(size), 0.0)
    beta = np.zeros((size, moves.free_beta.shape[1]))
    own = np.zeros(size)
    basket = np.zeros(size)
    slope = _slopes(book, values)
    root = book.graph.root
    leaf = np.flatnonzero(root >= 0)
    beta[leaf] = slope[leaf, None] * moves.free_beta[root[leaf]]
    own[leaf] = (slope[leaf] * moves.free_own[root[leaf]]) ** 2
    for branch in book.branches:
        b = branch.weights @ beta[branch.children]
        v = float(branch.weights**2 @ own[branch.children])
        if branch.residue_root >= 0:
            b = b + branch.residue * moves.free_beta[branch.residue_root]
            v += (branch.residue * float(moves.free_own[branch.residue_root])) ** 2
        node = branch.node
        if branch.model in _BENT:
            spread = float(np.sqrt(max(float(b @ moves.driver_covariance @ b) + v, 0.0)))
            basket[node] = spread / abs(_multiple(book, branch))
        if book.graph.ids[node] not in moves.direct:
            beta[node], own[node] = slope[node] * b, slope[node] ** 2 * v
    node_deviation = np.zeros(size)
    systematic = np.sum((beta[held] @ moves.driver_covariance) * beta[held], axis=1)
    node_deviation[held] = np.sqrt(np.maximum(systematic + own[held], 0.0))
    return Uncertainty(node_deviation, basket, _total_deviation(book, moves, slope, money))


def _multiple(book: NodeBook, branch: Branch) -> float:
    """Return how often a wrapper holds its basket; an option as its delta says."""
    if branch.model == OPTION:
        return float(branch.weights[0]) or 1.0
    return float(book.graph.factor[branch.node])


def _slopes(book: NodeBook, values: NodeValues) -> FloatArray:
    """Return how much of a small further move below it each node passes on, shape (N,)."""
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


def _total_deviation(
    book: NodeBook, moves: RootMoves, slope: FloatArray, money: FloatArray
) -> float:
    left = money.copy()
    at_root = np.zeros(len(book.graph.roots))
    for branch in reversed(book.branches):
        amount = left[branch.node] * slope[branch.node]
        if amount == 0.0 or book.graph.ids[branch.node] in moves.direct:
            continue
        np.add.at(left, branch.children, amount * branch.weights)
        if branch.residue_root >= 0:
            at_root[branch.residue_root] += amount * branch.residue
    leaf = np.flatnonzero(book.graph.root >= 0)
    np.add.at(at_root, book.graph.root[leaf], left[leaf] * slope[leaf])
    beta = at_root @ moves.free_beta
    own = float(np.sum((at_root * moves.free_own) ** 2))
    return float(np.sqrt(max(float(beta @ moves.driver_covariance @ beta) + own, 0.0)))
