"""What a scenario makes of every instrument, bottom up: roots, the wrappers on them, the funds that hold those.

All values are gains since the start in the base currency, fractions; -1 is a total loss. One row per node, so that
a fund reads its constituents as contiguous rows.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

import numpy as np

from levcheck.domain.instrument import Instrument, Kind
from levcheck.domain.scenario import PathShape, Scenario
from levcheck.exposure.graph import InstrumentGraph
from levcheck.stress.daily_reset import (
    CALENDAR_DAYS_PER_STEP,
    TRADING_DAYS,
    BoolArray,
    FloatArray,
    ResetTerms,
    SpreadClass,
    carry_per_day,
    default_spread,
    spread_class,
)
from levcheck.stress.paths import daily_path, steps_of
from levcheck.stress.propagation import IntArray, Loadings, root_volatility
from levcheck.stress.root_moves import RootBook, RootMoves
from levcheck.stress.sensitivities import Response, income_response, preferred_response

# What is assumed where the library does not say; each use is reported.
ASSUMED_EXPENSE: Final = 0.0095
ASSUMED_STOCK_VOLATILITY: Final = 0.55


class NodeModel(IntEnum):
    """Which model values a node."""

    LINEAR = 0
    SENSITIVITY = 1
    FUND = 2
    DAILY_RESET = 3
    INCOME = 4
    UNVALUED = 5


MODEL_NAMES: Final[dict[NodeModel, str]] = {
    NodeModel.LINEAR: "linear",
    NodeModel.SENSITIVITY: "sensitivity",
    NodeModel.FUND: "fund",
    NodeModel.DAILY_RESET: "daily_reset",
    NodeModel.INCOME: "sensitivity",
    NodeModel.UNVALUED: "unvalued",
}

_STACK_KINDS: Final = frozenset({Kind.PREFERRED, Kind.CONVERTIBLE})
_INCOME_KINDS: Final = frozenset({Kind.INCOME_FUND, Kind.BUFFER_FUND})
_CONTRACT_KINDS: Final = frozenset({Kind.OPTION, Kind.NOTE, Kind.CONTRACT})
_STOCK_KINDS: Final = frozenset({Kind.COMMON, Kind.ADR})
_CRYPTO_KINDS: Final = frozenset({Kind.CRYPTO, Kind.CRYPTO_TRUST, Kind.TOKEN})


@dataclass(frozen=True, slots=True)
class Branch:
    """A node with something below it.

    Attributes:
        node: its number.
        children: shape (C,).
        weights: shape (C,), the daily multiple included.
        residue: exposure that no child carries.
        residue_root: root the residue is counted under; -1 without.
        borrowed: part of exposure above the fund's own money, for stacked funds.
    """

    node: int
    children: IntArray
    weights: FloatArray
    residue: float
    residue_root: int
    borrowed: float


@dataclass(frozen=True, slots=True)
class NodeBook:
    """Everything about N nodes that no scenario changes.

    Attributes:
        graph: what rides on what.
        models: shape (N,), a :class:`NodeModel` each.
        branches: nodes with children or residue, children before parents.
        spread: shape (N,), hidden spread of daily-reset funds, fraction a year.
        expense: shape (N,), fraction a year.
        responses: node → how a preferred or income fund follows.
        root_currency: ISO code of each root; empty where unknown.
        node_currency: ISO code of each node; empty where unknown.
        assumed_expense: ids of daily-reset funds whose fee had to be assumed.
        assumed_volatility: ids of stock funds whose underlying's volatility had to be assumed.
    """

    graph: InstrumentGraph
    models: IntArray
    branches: tuple[Branch, ...]
    spread: FloatArray
    expense: FloatArray
    responses: Mapping[int, Response]
    root_currency: tuple[str, ...]
    node_currency: tuple[str, ...]
    assumed_expense: tuple[str, ...]
    assumed_volatility: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NodeValues:
    """What a scenario makes of N nodes in V variants.

    Attributes:
        gain: shape (N, V), over the horizon.
        basket: shape (N, V), gain of what a wrapper rides on; nan for a leaf that has nothing below.
        root_gain: shape (R, V), local gain of each root.
        root_currency_gain: shape (R,), gain of each root's currency against the base currency.
        is_terminated: shape (N,), whether a daily-reset fund was wiped out on the way.
    """

    gain: FloatArray
    basket: FloatArray
    root_gain: FloatArray
    root_currency_gain: FloatArray
    is_terminated: BoolArray


def node_book(
    graph: InstrumentGraph,
    instruments: Mapping[str, Instrument],
    book: RootBook,
) -> NodeBook:
    """Return everything about the nodes that no scenario changes."""
    rows = [instruments.get(identifier) for identifier in graph.ids]
    models = np.array([_model(graph, n, row) for n, row in enumerate(rows)], dtype=np.int64)
    responses: dict[int, Response] = {}
    for number, row in enumerate(rows):
        if row is None or row.kind is None:
            continue
        if models[number] == NodeModel.SENSITIVITY:
            responses[number] = preferred_response(row.id, row.kind)
        elif models[number] == NodeModel.INCOME:
            behind = instruments.get(row.underlying or "")
            is_stock = behind is not None and behind.kind in _STOCK_KINDS | _CRYPTO_KINDS
            responses[number] = income_response(row.kind, rides_on_stock=is_stock)
    spread, assumed = _spreads(graph, rows, models, instruments, book.loadings, book)
    is_reset = models == NodeModel.DAILY_RESET
    unknown_fee = is_reset & np.isnan(graph.expense_ratio)
    return NodeBook(
        graph=graph,
        models=models,
        branches=_branches(graph, rows),
        spread=spread,
        expense=np.where(np.isnan(graph.expense_ratio), ASSUMED_EXPENSE, graph.expense_ratio),
        responses=responses,
        root_currency=tuple(_root_currency(root, book) for root in graph.roots),
        node_currency=tuple((row.currency or "") if row else "" for row in rows),
        assumed_expense=tuple(graph.ids[n] for n in np.flatnonzero(unknown_fee)),
        assumed_volatility=assumed,
    )


def _model(graph: InstrumentGraph, node: int, row: Instrument | None) -> NodeModel:
    kind = row.kind if row is not None else None
    if kind in _CONTRACT_KINDS or np.isnan(graph.factor[node]):
        return NodeModel.UNVALUED
    if graph.root[node] >= 0:
        return NodeModel.SENSITIVITY if kind in _STACK_KINDS else NodeModel.LINEAR
    if graph.is_daily_reset[node]:
        return NodeModel.DAILY_RESET
    return NodeModel.INCOME if kind in _INCOME_KINDS else NodeModel.FUND


def _branches(graph: InstrumentGraph, rows: Sequence[Instrument | None]) -> tuple[Branch, ...]:
    found = []
    for number in graph.order:
        node = int(number)
        if graph.root[node] >= 0:
            continue
        children, weights = graph.children(node)
        row = rows[node]
        is_stacked = row is not None and row.kind is Kind.STACKED_FUND
        total = float(weights.sum() + graph.residue[node])
        found.append(
            Branch(
                node,
                children,
                weights,
                float(graph.residue[node]),
                int(graph.residue_root[node]),
                max(total - 1.0, 0.0) if is_stacked else 0.0,
            )
        )
    return tuple(found)


def fund_spread_class(fund: Instrument, instruments: Mapping[str, Instrument]) -> SpreadClass:
    """Return the spread group of a daily-reset fund: what its underlying is says more than its own label."""
    behind = instruments.get(fund.underlying or "")
    if behind is not None and behind.kind in _STOCK_KINDS:
        return SpreadClass.STOCK
    if behind is not None and behind.kind in _CRYPTO_KINDS:
        return SpreadClass.CRYPTO
    own = spread_class(fund.asset_class)
    theirs = spread_class(behind.asset_class) if behind is not None else None
    if own in (None, SpreadClass.INDEX) and theirs is not None:
        return theirs
    return own or SpreadClass.SECTOR


def _spreads(
    graph: InstrumentGraph,
    rows: Sequence[Instrument | None],
    models: IntArray,
    instruments: Mapping[str, Instrument],
    loadings: Loadings,
    book: RootBook,
) -> tuple[FloatArray, tuple[str, ...]]:
    spread = np.zeros(graph.size)
    volatility = root_volatility(book.model, loadings)
    assumed = []
    for number in np.flatnonzero(models == NodeModel.DAILY_RESET):
        row = rows[int(number)]
        if row is None:
            continue
        group = fund_spread_class(row, instruments)
        known = _underlying_volatility(graph, int(number), volatility)
        if known is None and group is SpreadClass.STOCK:
            assumed.append(row.id)
            known = ASSUMED_STOCK_VOLATILITY
        spread[number] = default_spread(group, float(graph.factor[number]), known) or 0.0
    return spread, tuple(assumed)


def _underlying_volatility(
    graph: InstrumentGraph, node: int, volatility: FloatArray
) -> float | None:
    children, _ = graph.children(node)
    if children.size != 1 or graph.root[children[0]] < 0:
        return None
    value = float(volatility[graph.root[children[0]]])
    return None if np.isnan(value) else value


def _root_currency(root: str, book: RootBook) -> str:
    if root.endswith(".CASH"):
        return root.removesuffix(".CASH")
    return book.memberships.currencies.get(root, "")


def value_nodes(
    book: NodeBook, moves: RootMoves, scenario: Scenario, overnight_rate: float
) -> NodeValues:
    """Return what the scenario makes of every node.

    Args:
        book: of the nodes.
        moves: of the roots.
        scenario: horizon and shape.
        overnight_rate: fraction a year.
    """
    run = _Run(book, moves, scenario, overnight_rate)
    run.set_leaves()
    for branch in book.branches:
        run.set_branch(branch)
    return run.values()


class _Run:
    """One scenario on its way up the graph; gains are kept as rows of V·T days."""

    def __init__(
        self, book: NodeBook, moves: RootMoves, scenario: Scenario, overnight_rate: float
    ) -> None:
        self.book = book
        self.moves = moves
        self.rate = overnight_rate
        self.horizon = scenario.horizon_days
        self.shape = scenario.shape
        self.variants, count = moves.moves.shape
        self.steps = steps_of(scenario.horizon_days)
        daily = daily_path(
            moves.moves.reshape(-1), moves.swings.reshape(-1), self.horizon, scenario.shape
        )
        local = np.cumprod(1.0 + daily, axis=0).reshape(self.steps, self.variants, count)
        # (R, V, T): a fund reads whole rows.
        self.root_level = np.ascontiguousarray(local.transpose(2, 1, 0))
        self.currency_level = self._currency_levels()
        codes = book.root_currency
        self.root_currency_level = np.ones((len(codes), self.steps))
        for code, level in self.currency_level.items():
            self.root_currency_level[[number for number, c in enumerate(codes) if c == code]] = (
                level
            )
        size = book.graph.size
        self.gain = np.zeros((size, self.variants, self.steps))
        self.basket = np.full((size, self.variants), np.nan)
        self.is_terminated = np.zeros(size, dtype=bool)
        terms = ResetTerms(book.graph.factor, book.expense, book.spread, np.zeros(size))
        days = CALENDAR_DAYS_PER_STEP if self.horizon > 0 else 0.0
        self.carry = carry_per_day(terms, overnight_rate) * days

    def _currency_levels(self) -> dict[str, FloatArray]:
        shape = PathShape.ONE_DAY if self.shape is PathShape.ONE_DAY else PathShape.STRAIGHT
        return {
            code: np.asarray(
                np.cumprod(
                    1.0 + daily_path(np.array([move]), np.zeros(1), self.horizon, shape)[:, 0]
                ),
                dtype=float,
            )
            for code, move in self.moves.currencies.items()
        }

    def _direct_path(self, identifier: str) -> FloatArray:
        move, swing = self.moves.direct[identifier]
        path = daily_path(np.array([move]), np.array([swing]), self.horizon, self.shape)
        return np.asarray(np.cumprod(1.0 + path[:, 0]) - 1.0, dtype=float)

    def set_leaves(self) -> None:
        """Value the nodes with nothing below them."""
        root = self.book.graph.root
        leaf = np.flatnonzero(root >= 0)
        base = self.root_level * self.root_currency_level[:, None, :]
        self.gain[leaf] = base[root[leaf]] - 1.0
        for node, response in self.book.responses.items():
            if self.book.models[node] != NodeModel.SENSITIVITY:
                continue
            behind = self.root_level[root[node]] - 1.0
            currency = self.root_currency_level[root[node]]
            self.basket[node] = behind[:, -1]
            level = np.maximum(1.0 + _answer(behind, response), 0.0)
            self.gain[node] = level * currency - 1.0
        for identifier in self.moves.direct:
            node_number = self.book.graph.index.get(identifier)
            if node_number is not None and root[node_number] >= 0:
                self.gain[node_number] = self._direct_path(identifier)

    def set_branch(self, branch: Branch) -> None:
        """Value one fund from what it holds."""
        node = branch.node
        moved = np.tensordot(branch.weights, self.gain[branch.children], axes=1)
        if branch.residue_root >= 0:
            currency = self.root_currency_level[branch.residue_root]
            level = self.root_level[branch.residue_root] * currency
            moved = moved + branch.residue * (level - 1.0)
        identifier = self.book.graph.ids[node]
        if identifier in self.moves.direct:
            self.basket[node] = moved[:, -1]
            self.gain[node] = self._direct_path(identifier)
        elif self.book.models[node] == NodeModel.DAILY_RESET:
            self._set_reset(node, moved)
        elif self.book.models[node] == NodeModel.INCOME:
            self.basket[node] = moved[:, -1]
            self.gain[node] = np.maximum(_answer(moved, self.book.responses[node]), -1.0)
        else:
            self.basket[node] = moved[:, -1]
            self.gain[node] = np.maximum(moved - self._borrowing(branch), -1.0)

    def _borrowing(self, branch: Branch) -> FloatArray:
        if branch.borrowed == 0.0 or self.horizon == 0:
            return np.zeros(self.steps)
        days = np.arange(1, self.steps + 1)
        return np.asarray(branch.borrowed * self.rate * days / TRADING_DAYS, dtype=float)

    def _set_reset(self, node: int, moved: FloatArray) -> None:
        factor = float(self.book.graph.factor[node])
        if factor == 0.0:
            return
        own = self.currency_level.get(self.book.node_currency[node], np.ones(self.steps))
        # The promise is kept in the fund's own currency; the holder's currency moves on top of it.
        level = np.maximum(1.0 + moved / factor, 0.0) / own
        before = np.concatenate([np.ones((self.variants, 1)), level[:, :-1]], axis=1)
        daily = np.divide(level, before, out=np.ones_like(level), where=before > 0.0) - 1.0
        growth = np.maximum(1.0 + factor * daily + self.carry[node], 0.0)
        value = np.cumprod(growth, axis=1)
        self.is_terminated[node] = bool(value[0, -1] <= 0.0)
        self.basket[node] = level[:, -1] - 1.0
        self.gain[node] = value * own - 1.0

    def values(self) -> NodeValues:
        """Return the end of the way."""
        return NodeValues(
            gain=self.gain[:, :, -1],
            basket=self.basket,
            root_gain=self.root_level[:, :, -1] - 1.0,
            root_currency_gain=self.root_currency_level[:, -1] - 1.0,
            is_terminated=self.is_terminated,
        )


def _answer(moved: FloatArray, response: Response) -> FloatArray:
    return np.where(moved < 0.0, response.down, response.up) * moved
