"""What a scenario makes of every instrument, bottom up: roots, the wrappers on them, the funds that hold those.

All values are gains since the start in the base currency, fractions; -1 is a total loss. One row per node, so that
a fund reads its constituents as contiguous rows.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from types import MappingProxyType
from typing import Final

import numpy as np

from levcheck.domain.instrument import Instrument, Kind
from levcheck.domain.note_terms import NoteForm
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
from levcheck.stress.notes import token_return
from levcheck.stress.options import OptionState, option_value, stressed_option_value
from levcheck.stress.paths import daily_path, steps_of
from levcheck.stress.placed_notes import NoteState, PlacedNote, placed_notes
from levcheck.stress.propagation import IntArray, Loadings, root_volatility
from levcheck.stress.root_moves import RootBook, RootMoves
from levcheck.stress.sensitivities import Response, income_response, preferred_response

# What is assumed where the library does not say; each use is reported.
ASSUMED_EXPENSE: Final = 0.0095
ASSUMED_STOCK_VOLATILITY: Final = 0.55
_SMALL: Final = 0.01
# Volatility points per ln(1 + move): a fall of a tenth makes options about two points dearer.
OPTION_SMILE: Final = -0.2


class NodeModel(IntEnum):
    """Which model values a node."""

    LINEAR = 0
    SENSITIVITY = 1
    FUND = 2
    DAILY_RESET = 3
    INCOME = 4
    UNVALUED = 5
    OPTION = 6
    NOTE = 7


MODEL_NAMES: Final[dict[NodeModel, str]] = {
    NodeModel.LINEAR: "linear",
    NodeModel.SENSITIVITY: "sensitivity",
    NodeModel.FUND: "fund",
    NodeModel.DAILY_RESET: "daily_reset",
    NodeModel.INCOME: "sensitivity",
    NodeModel.UNVALUED: "unvalued",
    NodeModel.OPTION: "option",
    NodeModel.NOTE: "note",
}

# Plain numbers for the inner loops, where looking up an enumeration would cost more than the arithmetic.
DAILY_RESET: Final = NodeModel.DAILY_RESET.value
INCOME: Final = NodeModel.INCOME.value
OPTION: Final = NodeModel.OPTION.value
NOTE: Final = NodeModel.NOTE.value
_ANSWERING: Final = (NodeModel.SENSITIVITY.value, NodeModel.INCOME.value)
_STACK_KINDS: Final = frozenset({Kind.PREFERRED, Kind.CONVERTIBLE})
_INCOME_KINDS: Final = frozenset({Kind.INCOME_FUND, Kind.BUFFER_FUND})
_CONTRACT_KINDS: Final = frozenset({Kind.OPTION, Kind.NOTE, Kind.CONTRACT})
_ELEMENTARY_CLASSES: Final = frozenset(
    {
        "gold",
        "silver",
        "metal",
        "commodity",
        "currency",
        "crypto",
        "volatility",
        "treasury",
        "rates",
    }
)
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
        model: which :class:`NodeModel` values it, as a plain number: it is asked for very often.
    """

    node: int
    children: IntArray
    weights: FloatArray
    residue: float
    residue_root: int
    borrowed: float
    model: int


@dataclass(frozen=True, slots=True)
class NodeBook:
    """Everything about N nodes that no scenario changes.

    Attributes:
        graph: what rides on what.
        models: shape (N,), a :class:`NodeModel` each.
        branches: nodes with children or residue, children before parents.
        is_path: shape (N,), whether a node stands below a daily-reset fund, so that its days matter.
        spread: shape (N,), hidden spread of daily-reset funds, fraction a year.
        expense: shape (N,), fraction a year.
        responses: node → how a preferred or income fund follows.
        options: node → contract, for options that can be revalued.
        notes: node → note or contract on a level that can be revalued.
        thresholds: node → size of a move against a token that resets it at once.
        root_currency: ISO code of each root; empty where unknown.
        roots_of_currency: ISO code → numbers of its roots.
        node_currency: ISO code of each node; empty where unknown.
        assumed_expense: ids of daily-reset funds whose fee had to be assumed.
        assumed_volatility: ids of stock funds whose underlying's volatility had to be assumed.
    """

    graph: InstrumentGraph
    models: IntArray
    branches: tuple[Branch, ...]
    is_path: BoolArray
    spread: FloatArray
    expense: FloatArray
    responses: Mapping[int, Response]
    options: Mapping[int, OptionState]
    notes: Mapping[int, PlacedNote]
    thresholds: Mapping[int, float]
    root_currency: tuple[str, ...]
    roots_of_currency: Mapping[str, list[int]]
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
        first: node → gain by its measured sensitivity, for nodes that have a second answer.
        second: node → gain by that second answer.
        note_slope: node of a note → how much of a small further move of its shares it takes.
        floor: node of a convertible → part of its gain that is its bond's.
    """

    gain: FloatArray
    basket: FloatArray
    root_gain: FloatArray
    root_currency_gain: FloatArray
    is_terminated: BoolArray
    first: Mapping[int, float] = field(default_factory=lambda: MappingProxyType({}))
    second: Mapping[int, float] = field(default_factory=lambda: MappingProxyType({}))
    note_slope: Mapping[int, float] = field(default_factory=lambda: MappingProxyType({}))
    floor: Mapping[int, float] = field(default_factory=lambda: MappingProxyType({}))


def node_book(
    graph: InstrumentGraph,
    instruments: Mapping[str, Instrument],
    book: RootBook,
    options: Mapping[str, OptionState] | None = None,
    notes: Mapping[str, NoteState] | None = None,
) -> NodeBook:
    """Return everything about the nodes that no scenario changes.

    Args:
        graph: what rides on what.
        instruments: id → row of the instruments table.
        book: of the roots.
        options: instrument id of an option → its contract today.
        notes: instrument id of a note, contract or token → its terms today.
    """
    rows = [instruments.get(identifier) for identifier in graph.ids]
    models = _models(graph, rows)
    contracts = _contracts(graph, options or {})
    models[list(contracts)] = NodeModel.OPTION.value
    swings = root_volatility(book.model, book.loadings)
    placed = placed_notes(graph, notes or {}, swings, book.model.calm, book.loadings)
    models[list(placed)] = NodeModel.NOTE.value
    responses: dict[int, Response] = {}
    for number in np.flatnonzero(np.isin(models, _ANSWERING)).tolist():
        row = rows[number]
        if row is None or row.kind is None:
            continue
        if models[number] == NodeModel.SENSITIVITY:
            responses[number] = preferred_response(row.id, row.kind, row.country)
        else:
            behind = instruments.get(row.underlying or "")
            is_stock = behind is not None and behind.kind in _STOCK_KINDS | _CRYPTO_KINDS
            responses[number] = income_response(row.kind, rides_on_stock=is_stock)
    spread, assumed = _spreads(graph, rows, models, instruments, book.loadings, book)
    is_reset = models == NodeModel.DAILY_RESET
    unknown_fee = is_reset & np.isnan(graph.expense_ratio)
    branches = _branches(graph, rows, models)
    currencies = tuple(_root_currency(root, book) for root in graph.roots)
    return NodeBook(
        graph=graph,
        models=models,
        branches=branches,
        is_path=_below_resets(graph, branches),
        spread=spread,
        expense=np.where(np.isnan(graph.expense_ratio), ASSUMED_EXPENSE, graph.expense_ratio),
        responses=responses,
        options=contracts,
        notes=placed,
        thresholds={
            node: state.threshold
            for identifier, state in (notes or {}).items()
            if (node := graph.index.get(identifier)) is not None and state.threshold is not None
        },
        root_currency=currencies,
        roots_of_currency=_places(currencies),
        node_currency=tuple((row.currency or "") if row else "" for row in rows),
        assumed_expense=tuple(graph.ids[n] for n in np.flatnonzero(unknown_fee)),
        assumed_volatility=assumed,
    )


def _models(graph: InstrumentGraph, rows: Sequence[Instrument | None]) -> IntArray:
    kinds = [row.kind if row is not None else None for row in rows]
    is_contract = np.array([_needs_terms(row) for row in rows], dtype=bool)
    is_stack = np.array([kind in _STACK_KINDS for kind in kinds], dtype=bool)
    is_income = np.array([kind in _INCOME_KINDS for kind in kinds], dtype=bool)
    is_leaf = graph.root >= 0
    found = np.select(
        [
            is_contract | np.isnan(graph.factor),
            is_leaf & is_stack,
            is_leaf,
            graph.is_daily_reset,
            is_income,
        ],
        [
            NodeModel.UNVALUED.value,
            NodeModel.SENSITIVITY.value,
            NodeModel.LINEAR.value,
            NodeModel.DAILY_RESET.value,
            NodeModel.INCOME.value,
        ],
        NodeModel.FUND.value,
    )
    return np.asarray(found, dtype=np.int64)


def _needs_terms(row: Instrument | None) -> bool:
    """Whether nothing can be said without a contract's terms; a future on gold or a currency needs none."""
    if row is None or row.kind not in _CONTRACT_KINDS:
        return False
    return row.kind is not Kind.CONTRACT or row.asset_class not in _ELEMENTARY_CLASSES


def _contracts(
    graph: InstrumentGraph, options: Mapping[str, OptionState]
) -> dict[int, OptionState]:
    """Return node → contract of the options that ride on one thing and are worth something."""
    return {
        node: state
        for identifier, state in options.items()
        if (node := graph.index.get(identifier)) is not None
        and graph.children(node)[0].size == 1
        and option_value(state) > 0.0
    }


def option_gain(state: OptionState, moved: FloatArray, years_passed: float) -> FloatArray:
    """Return what an option makes of moves of its underlying, fractions of its price today, shape of `moved`."""
    today = option_value(state)
    later = [
        stressed_option_value(state, float(move), years_passed=years_passed, smile=OPTION_SMILE)
        for move in moved.ravel()
    ]
    return np.asarray(np.array(later).reshape(moved.shape) / today - 1.0, dtype=float)


def _branches(
    graph: InstrumentGraph, rows: Sequence[Instrument | None], models: IntArray
) -> tuple[Branch, ...]:
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
                int(models[node]),
            )
        )
    return tuple(found)


def _below_resets(graph: InstrumentGraph, branches: Sequence[Branch]) -> BoolArray:
    is_below = np.zeros(graph.size, dtype=bool)
    for branch in reversed(branches):
        if is_below[branch.node] or branch.model == DAILY_RESET:
            is_below[branch.children] = True
    return is_below


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


def _places(names: Sequence[str]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for number, name in enumerate(names):
        found.setdefault(name, []).append(number)
    return found


def value_nodes(
    book: NodeBook,
    moves: RootMoves,
    scenario: Scenario,
    overnight_rate: float,
    second: Mapping[int, FloatArray] | None = None,
    issuers: Mapping[str, FloatArray] | None = None,
) -> NodeValues:
    """Return what the scenario makes of every node.

    Args:
        book: of the nodes.
        moves: of the roots.
        scenario: horizon and shape.
        overnight_rate: fraction a year.
        second: node → a second answer for its gain in each variant, shape (V,); the smaller one is shown.
        issuers: issuer of a note → its move in each variant, shape (V,).
    """
    run = _Run(book, moves, scenario, overnight_rate)
    run.second = second or {}
    run.issuers = issuers or {}
    run.set_leaves()
    for branch in book.branches:
        run.set_branch(branch)
    return run.values()


class _Run:
    """One scenario on its way up the graph.

    Only what stands below a daily-reset fund is followed day by day; everything else knows its end alone.
    """

    def __init__(
        self, book: NodeBook, moves: RootMoves, scenario: Scenario, overnight_rate: float
    ) -> None:
        self.book = book
        self.moves = moves
        self.rate = overnight_rate
        self.horizon = scenario.horizon_days
        self.shape = scenario.shape
        self.variants = moves.moves.shape[0]
        self.steps = steps_of(scenario.horizon_days)
        self.currency_path = self._currency_paths()
        self.root_end = np.ascontiguousarray(1.0 + moves.moves.T)
        self.root_currency_end = np.ones(len(book.root_currency))
        for code, path in self.currency_path.items():
            self.root_currency_end[book.roots_of_currency.get(code, [])] = path[-1]
        is_path = book.is_path if self.steps > 1 else np.zeros_like(book.is_path)
        self.slot = np.where(is_path, np.cumsum(is_path) - 1, -1)
        self.paths = np.zeros((int(is_path.sum()), self.variants, self.steps))
        size = book.graph.size
        self.end = np.zeros((size, self.variants))
        self.basket = np.full((size, self.variants), np.nan)
        self.is_terminated = np.zeros(size, dtype=bool)
        self.second: Mapping[int, FloatArray] = {}
        self.first: dict[int, float] = {}
        self.issuers: Mapping[str, FloatArray] = {}
        self.note_slope: dict[int, float] = {}
        self.floor: dict[int, float] = {}
        terms = ResetTerms(book.graph.factor, book.expense, book.spread, np.zeros(size))
        days = CALENDAR_DAYS_PER_STEP if self.horizon > 0 else 0.0
        self.carry = carry_per_day(terms, overnight_rate) * days

    def _currency_paths(self) -> dict[str, FloatArray]:
        shape = PathShape.ONE_DAY if self.shape is PathShape.ONE_DAY else PathShape.STRAIGHT
        return {
            code: 1.0 + self._path(move, 0.0, shape) for code, move in self.moves.currencies.items()
        }

    def _path(self, move: float, swing: float, shape: PathShape) -> FloatArray:
        path = daily_path(np.array([move]), np.array([swing]), self.horizon, shape)
        return np.asarray(np.cumprod(1.0 + path[:, 0]) - 1.0, dtype=float)

    def _root_paths(self, roots: IntArray) -> FloatArray:
        """Return local levels of some roots day by day, shape (len(roots), V, T)."""
        moves, swings = self.moves.moves[:, roots], self.moves.swings[:, roots]
        daily = daily_path(moves.reshape(-1), swings.reshape(-1), self.horizon, self.shape)
        level = np.cumprod(1.0 + daily, axis=0).reshape(self.steps, self.variants, roots.size)
        return np.ascontiguousarray(level.transpose(2, 1, 0))

    def _root_currency_paths(self, roots: IntArray) -> FloatArray:
        still = np.ones(self.steps)
        codes = self.book.root_currency
        return np.array([self.currency_path.get(codes[root], still) for root in roots]).reshape(
            roots.size, self.steps
        )

    def _store(self, node: int, gain: FloatArray) -> None:
        """Keep a node's gains, shape (V, T) or (V, 1)."""
        self.end[node] = gain[:, -1]
        if self.slot[node] >= 0:
            self.paths[self.slot[node]] = gain

    def set_leaves(self) -> None:
        """Value the nodes with nothing below them."""
        root = self.book.graph.root
        leaf = np.flatnonzero(root >= 0)
        self.end[leaf] = self.root_end[root[leaf]] * self.root_currency_end[root[leaf], None] - 1.0
        followed = leaf[self.slot[leaf] >= 0]
        if followed.size:
            level = self._root_paths(root[followed])
            currency = self._root_currency_paths(root[followed])
            self.paths[self.slot[followed]] = level * currency[:, None, :] - 1.0
        for node, response in self.book.responses.items():
            if self.book.models[node] == NodeModel.SENSITIVITY:
                self._set_sensitive(node, response)
        for node in self.book.notes:
            if root[node] >= 0:
                self._set_note(node)
        for identifier, (move, swing) in self.moves.direct.items():
            number = self.book.graph.index.get(identifier)
            if number is not None and root[number] >= 0:
                self._store(
                    number, np.tile(self._path(move, swing, self.shape), (self.variants, 1))
                )

    def _set_sensitive(self, node: int, response: Response) -> None:
        root = np.array([self.book.graph.root[node]])
        is_followed = self.slot[node] >= 0
        behind = (self._root_paths(root)[0] if is_followed else self.root_end[root].T) - 1.0
        currency = (
            self._root_currency_paths(root)[0] if is_followed else self.root_currency_end[root]
        )
        self.basket[node] = behind[:, -1]
        level = np.maximum(1.0 + _answer(behind, response), 0.0)
        other = self.second.get(node)
        if other is not None:
            self.first[node] = float(level[0, -1]) - 1.0
            # Where days are followed, the second answer comes in evenly.
            way = np.arange(1, level.shape[1] + 1) / level.shape[1]
            level = level + np.minimum(1.0 + other - level[:, -1], 0.0)[:, None] * way
            level = np.maximum(level, 0.0)
        self._store(node, level * currency - 1.0)

    def _below(self, branch: Branch) -> FloatArray:
        """Return the gain of what a node holds, shape (V, T) where days are followed, else (V, 1)."""
        node, root = branch.node, branch.residue_root
        wants_days = self.slot[node] >= 0 or branch.model == DAILY_RESET
        if self.steps == 1 or not wants_days:
            moved = (branch.weights @ self.end[branch.children])[:, None]
            if root >= 0:
                level = self.root_end[root] * self.root_currency_end[root]
                moved = moved + branch.residue * (level[:, None] - 1.0)
            return np.asarray(moved, dtype=float)
        followed = self.paths[self.slot[branch.children]]
        moved = np.tensordot(branch.weights, followed, axes=1)
        if root >= 0:
            one = np.array([root])
            level = self._root_paths(one)[0] * self._root_currency_paths(one)[0]
            moved = moved + branch.residue * (level - 1.0)
        return np.asarray(moved, dtype=float)

    def set_branch(self, branch: Branch) -> None:
        """Value one fund from what it holds."""
        node = branch.node
        moved = self._below(branch)
        identifier = self.book.graph.ids[node]
        if self.moves.direct and identifier in self.moves.direct:
            self.basket[node] = moved[:, -1]
            path = self._path(*self.moves.direct[identifier], self.shape)
            self._store(node, np.tile(path, (self.variants, 1)))
        elif branch.model == DAILY_RESET:
            self._set_reset(node, moved)
        elif branch.model == OPTION:
            self._set_option(node, int(branch.children[0]))
        elif branch.model == NOTE:
            self._set_note(node)
        elif branch.model == INCOME:
            self.basket[node] = moved[:, -1]
            self._store(node, np.maximum(_answer(moved, self.book.responses[node]), -1.0))
        else:
            self.basket[node] = moved[:, -1]
            self._store(node, np.maximum(moved - self._borrowing(branch, moved.shape[1]), -1.0))

    def _set_option(self, node: int, underlying: int) -> None:
        """Revalue a contract at the end; an option inside a daily-reset fund would have no days, and there is none."""
        moved = self.end[underlying]
        self.basket[node] = moved
        gain = option_gain(self.book.options[node], moved, self.horizon / TRADING_DAYS)
        self._store(node, np.tile(gain[:, None], (1, self.steps)))

    def _set_note(self, node: int) -> None:
        """Revalue a note at the end on what its shares did in their own currency; its own moves on top of it."""
        note = self.book.notes[node]
        roots = np.array(note.roots)
        moved = self.root_end[roots] - 1.0
        lowest = moved
        if note.state.is_watched and self.steps > 1:
            lowest = self._root_paths(roots).min(axis=2) - 1.0
        issuer = self._issuer_move(note, moved)
        passed = self.horizon / TRADING_DAYS
        # Two cases beside the shown one tell how much of a small further move the note takes.
        near = np.array([-_SMALL, _SMALL])
        gain = note.gain(
            np.concatenate([moved, (1.0 + moved[:, :1]) * (1.0 + near) - 1.0], axis=1),
            np.concatenate([lowest, lowest[:, :1], lowest[:, :1]], axis=1),
            np.concatenate([issuer, issuer[:1], issuer[:1]]),
            passed,
            self.rate,
        )
        self.basket[node] = moved.min(axis=0)
        left = max(1.0 + float(moved.min(axis=0)[0]), _SMALL)
        self.note_slope[node] = float(gain[-1] - gain[-2]) / (2.0 * _SMALL * left)
        floor = note.floor_gain(moved, issuer, passed, self.rate)
        own = self.currency_path.get(self.book.node_currency[node])
        currency = 1.0 if own is None else float(own[-1])
        if floor is not None:
            self.floor[node] = floor * currency
        end = (1.0 + gain[: self.variants]) * currency - 1.0
        self._store(node, np.tile(end[:, None], (1, self.steps)))

    def _issuer_move(self, note: PlacedNote, moved: FloatArray) -> FloatArray:
        """Return what the issuer's share did; a convertible's is the share it turns into."""
        if note.state.form is NoteForm.CONVERTIBLE:
            return np.asarray(moved[0], dtype=float)
        return self.issuers.get(note.state.issuer or "", np.zeros(self.variants))

    def _borrowing(self, branch: Branch, days: int) -> FloatArray:
        """Return what borrowing has cost by each of the last `days` days."""
        if branch.borrowed == 0.0 or self.horizon == 0:
            return np.zeros(days)
        passed = np.arange(self.steps - days + 1, self.steps + 1)
        return np.asarray(branch.borrowed * self.rate * passed / TRADING_DAYS, dtype=float)

    def _set_reset(self, node: int, moved: FloatArray) -> None:
        factor = float(self.book.graph.factor[node])
        if factor == 0.0:
            return
        own = self.currency_path.get(self.book.node_currency[node], np.ones(self.steps))
        # The promise is kept in the fund's own currency; the holder's currency moves on top of it.
        level = np.maximum(1.0 + moved / factor, 0.0) / own
        before = np.concatenate([np.ones((self.variants, 1)), level[:, :-1]], axis=1)
        daily = np.divide(level, before, out=np.ones_like(level), where=before > 0.0) - 1.0
        growth = np.maximum(self._grown(node, factor, daily) + self.carry[node], 0.0)
        value = np.cumprod(growth, axis=1)
        self.is_terminated[node] = bool(value[0, -1] <= 0.0)
        self.basket[node] = level[:, -1] - 1.0
        self._store(node, value * own - 1.0)

    def _grown(self, node: int, factor: float, daily: FloatArray) -> FloatArray:
        """Return what a multiple makes of each day before costs; a token may reset within the day."""
        threshold = self.book.thresholds.get(node)
        if threshold is None:
            return 1.0 + factor * daily
        grown = [
            1.0 + token_return([move], factor, threshold)[0] for move in daily.ravel().tolist()
        ]
        return np.array(grown, dtype=float).reshape(daily.shape)

    def values(self) -> NodeValues:
        """Return the end of the way."""
        return NodeValues(
            gain=self.end,
            basket=self.basket,
            root_gain=self.root_end - 1.0,
            root_currency_gain=self.root_currency_end - 1.0,
            is_terminated=self.is_terminated,
            first=self.first,
            second={node: float(self.second[node][0]) for node in self.first},
            note_slope=self.note_slope,
            floor=self.floor,
        )


def _answer(moved: FloatArray, response: Response) -> FloatArray:
    return np.where(moved < 0.0, response.down, response.up) * moved
