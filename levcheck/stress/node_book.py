"""Everything about the instruments of a portfolio that no scenario changes: models, wrappers, levels, costs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

import numpy as np

from levcheck.domain.instrument import Instrument, Kind
from levcheck.exposure.graph import InstrumentGraph
from levcheck.exposure.levels import Edges, Levels, levels_of
from levcheck.stress.daily_reset import (
    BoolArray,
    FloatArray,
    SpreadClass,
    default_spread,
    spread_class,
)
from levcheck.stress.options import OptionState, option_value
from levcheck.stress.placed_notes import NoteState, PlacedNote, placed_notes
from levcheck.stress.propagation import IntArray, Loadings, root_volatility
from levcheck.stress.root_moves import RootBook
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
# Worth what they hold, and nothing else.
_PLAIN: Final = (NodeModel.FUND.value, NodeModel.UNVALUED.value)
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
    """A node with something below it that is valued by itself: a wrapper, or a fund whose days may matter.

    Attributes:
        node: its number.
        children: shape (C,).
        weights: shape (C,), the daily multiple included.
        residue: exposure that no child carries.
        residue_root: root the residue is counted under; -1 without.
        model: which :class:`NodeModel` values it, as a plain number.
    """

    node: int
    children: IntArray
    weights: FloatArray
    residue: float
    residue_root: int
    model: int


@dataclass(frozen=True, slots=True)
class Tier:
    """Nodes with something below them that can be valued once the tiers before this one are.

    Attributes:
        edges: from nodes of this tier to nodes that hold something themselves; None in the first tier.
        plain: nodes that are worth what they hold, all valued at once.
        own: the others, one by one.
    """

    edges: Edges | None
    plain: IntArray
    own: tuple[Branch, ...]


@dataclass(frozen=True, slots=True)
class Ties:
    """Some edges to leaves, K of them.

    Attributes:
        holder: shape (K,), node an edge leaves.
        leaf: shape (K,), node it leads to.
        weight: shape (K,).
    """

    holder: IntArray
    leaf: IntArray
    weight: FloatArray

    def gathered(self, values: FloatArray) -> FloatArray:
        """Return Σ weight × value of the leaf for each of N nodes; `values` has shape (N,)."""
        parts = np.bincount(self.holder, self.weight * values[self.leaf], len(values))
        return parts.astype(float, copy=False)


@dataclass(frozen=True, slots=True)
class Following:
    """How N nodes follow the D drivers through the leaves they hold, before any scenario names one of those.

    A scenario names few leaves of many: what the others bring is known beforehand, and only edges to leaves that do
    otherwise are walked.

    Attributes:
        driver: shape (N,), number of the one driver a leaf follows.
        slope: shape (N,), return of a leaf for a return of one of that driver; 0 for other nodes.
        holder: shape (H,), nodes that hold leaves.
        loading: shape (H, D), Σ weight × slope of the leaves of each of them.
        own: shape (N,), volatility a year of a leaf that is its own; 0 for other nodes.
        noise: shape (H,), Σ (weight × own)² of the leaves of each holder.
        fan: shape (N,), how many edges lead to a leaf.
        ties: all edges to leaves, those to one leaf together.
    """

    driver: IntArray
    slope: FloatArray
    holder: IntArray
    loading: FloatArray
    own: FloatArray
    noise: FloatArray
    fan: IntArray
    ties: Ties

    def count(self, is_wanted: BoolArray) -> int:
        """Return how many edges lead to some leaves, shape (N,)."""
        return int(self.fan[is_wanted].sum())

    def to(self, is_wanted: BoolArray) -> Ties:
        """Return the edges to some leaves, shape (N,)."""
        leaf = np.flatnonzero(is_wanted)
        fan = self.fan[leaf]
        first = np.cumsum(self.fan)[leaf] - fan
        edge = np.repeat(first - np.cumsum(fan) + fan, fan) + np.arange(int(fan.sum()))
        return Ties(self.ties.holder[edge], np.repeat(leaf, fan), self.ties.weight[edge])


@dataclass(frozen=True, slots=True)
class NodeBook:
    """Everything about N nodes that no scenario changes.

    Attributes:
        graph: what rides on what.
        models: shape (N,), a :class:`NodeModel` each.
        levels: its edges, sorted so that money goes down and gains come up a level at a time.
        tiers: nodes with children or residue, children before parents.
        tier: shape (N,), which tier a node is in; -1 for a leaf.
        borrowed: shape (N,), part of exposure above a fund's own money, for stacked funds.
        following: how nodes follow the drivers through the leaves they hold.
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
    levels: Levels
    tiers: tuple[Tier, ...]
    tier: IntArray
    borrowed: FloatArray
    following: Following
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
    levels = levels_of(graph)
    is_path = _below_resets(levels, is_reset)
    tier = _tier_of(levels)
    currencies = tuple(_root_currency(root, book) for root in graph.roots)
    return NodeBook(
        graph=graph,
        models=models,
        levels=levels,
        tiers=_tiers(levels, tier, models, is_path),
        tier=tier,
        borrowed=_borrowed(graph, rows),
        following=_following(levels, book),
        is_path=is_path,
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


def _following(levels: Levels, book: RootBook) -> Following:
    last, root = levels.last, levels.graph.root
    driver = book.driver[np.maximum(root, 0)]
    slope = np.where(root >= 0, book.slope[np.maximum(root, 0)], 0.0)
    drivers, holders = len(book.model.ids), len(last.holder)
    owner = np.repeat(np.arange(holders), last.fan)
    loading = np.zeros(holders * drivers)
    if drivers:
        place = owner * drivers + driver[last.child]
        loading += np.bincount(place, last.weighed(slope), holders * drivers)
    own = np.where(root >= 0, book.loadings.own_volatility[np.maximum(root, 0)], 0.0)
    by_leaf = np.argsort(last.child, kind="stable")
    return Following(
        driver,
        slope,
        last.holder,
        loading.reshape(holders, drivers),
        own,
        last.summed(last.weighed(own) ** 2),
        np.bincount(last.child, minlength=levels.graph.size),
        Ties(last.holder[owner[by_leaf]], last.child[by_leaf], last.weight[by_leaf]),
    )


def _tier_of(levels: Levels) -> IntArray:
    graph = levels.graph
    tier = np.where(graph.root >= 0, -1, 0)
    for number, edges in enumerate(levels.inner, start=1):
        tier[edges.holder] = number
    return np.asarray(tier, dtype=np.int64)


def _tiers(
    levels: Levels, tier: IntArray, models: IntArray, is_path: BoolArray
) -> tuple[Tier, ...]:
    is_plain = np.isin(models, _PLAIN) & ~is_path
    return tuple(
        Tier(
            edges,
            np.flatnonzero((tier == number) & is_plain),
            tuple(
                _branch(levels.graph, node, int(models[node]))
                for node in np.flatnonzero((tier == number) & ~is_plain).tolist()
            ),
        )
        for number, edges in enumerate((None, *levels.inner))
    )


def _branch(graph: InstrumentGraph, node: int, model: int) -> Branch:
    return Branch(
        node,
        *graph.children(node),
        float(graph.residue[node]),
        int(graph.residue_root[node]),
        model,
    )


def _borrowed(graph: InstrumentGraph, rows: Sequence[Instrument | None]) -> FloatArray:
    """Return what stacked funds hold above their own money, shape (N,)."""
    found = np.zeros(graph.size)
    for node, row in enumerate(rows):
        if row is not None and row.kind is Kind.STACKED_FUND and graph.root[node] < 0:
            total = float(graph.children(node)[1].sum() + graph.residue[node])
            found[node] = max(total - 1.0, 0.0)
    return found


def _below_resets(levels: Levels, is_reset: BoolArray) -> BoolArray:
    """Return which nodes stand below a daily-reset fund, shape (N,)."""
    is_below = np.zeros(len(is_reset), dtype=bool)
    for edges in (*levels.inner[::-1], levels.last):
        hands_on = (is_below | is_reset)[edges.holder]
        is_below[edges.child[np.repeat(hands_on, edges.fan)]] = True
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
