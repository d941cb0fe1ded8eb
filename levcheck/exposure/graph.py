"""What rides on what: instruments as nodes, and how much of one each other carries as edges.

A daily-reset fund has one edge per thing it multiplies and its own share, swap and cash lines are never counted
beside the multiple. Whatever a list leaves unsaid stays with the fund as its residue, "not looked through".
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

from levcheck.domain.diagnostics import Diagnostic, Severity
from levcheck.domain.instrument import FundHoldings, Instrument, Kind

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]
Array = TypeVar("Array", FloatArray, IntArray, BoolArray)

# A full list that misses one by less than this is rounded, or holds a little cash that nobody listed.
ROUNDING = 0.005
_NAMED_IN_CHAIN = 12

# Products whose price follows one thing named in the instruments table.
_TRACKERS = frozenset(
    {
        Kind.INCOME_FUND,
        Kind.BUFFER_FUND,
        Kind.COMMODITY_TRUST,
        Kind.CRYPTO_TRUST,
        Kind.TOKEN,
        Kind.NOTE,
        Kind.CONTRACT,
    }
)
# A multiple on one of these is a daily promise even where the table calls it a plain fund.
_PROMISE_KINDS = frozenset({Kind.ETF, Kind.MUTUAL_FUND, Kind.TOKEN, Kind.NOTE, None})
_LEAF_KINDS = frozenset(
    {
        Kind.COMMON,
        Kind.ADR,
        Kind.PREFERRED,
        Kind.CONVERTIBLE,
        Kind.BOND,
        Kind.CRYPTO,
        Kind.CASH,
    }
)
_OPENABLE_KINDS = frozenset(
    {
        Kind.ETF,
        Kind.MUTUAL_FUND,
        Kind.STACKED_FUND,
        Kind.INDEX,
        Kind.INCOME_FUND,
        Kind.BUFFER_FUND,
        Kind.COMMODITY_TRUST,
        Kind.CRYPTO_TRUST,
        Kind.LEVERAGED_FUND,
        Kind.INVERSE_FUND,
        Kind.NOTE,
        Kind.TOKEN,
        Kind.OPTION,
        Kind.CONTRACT,
    }
)
_ELEMENTARY_CLASSES = frozenset(
    {"gold", "silver", "metal", "commodity", "volatility", "currency", "crypto", "rates"}
)


@dataclass(frozen=True, slots=True)
class InstrumentGraph:
    """Everything reachable from some instruments, N nodes, E edges, R roots. Arrays are read-only.

    The money of a node is spread over its edges, its residue and, where it has neither, its own root:
    a node is a leaf exactly when ``root[n] >= 0``.

    Attributes:
        ids: instrument id of each node.
        index: instrument id → node.
        kinds: kind of each node; None = not known.
        child_start: shape (N+1,), the edges of node n are ``child_start[n]:child_start[n+1]``.
        child: shape (E,), node an edge leads to.
        weight: shape (E,), signed exposure in the child per unit of money in the parent; the daily
            multiple is already in it.
        is_daily_reset: shape (N,), whether the node promises a multiple of each day's move.
        factor: shape (N,), signed daily multiple; 1.0 when plain, nan when a multiple is promised but not known.
        expense_ratio: shape (N,), fraction a year; nan = not known.
        roots: id of each root.
        root: shape (N,), root of a leaf; -1 for a node with edges or residue.
        residue: shape (N,), signed exposure per unit of money that no edge carries (times the factor).
        residue_root: shape (N,), root the residue is counted under: the fund's own id, or its cash; -1 without.
        is_closed: shape (R,), True for a root that is a fund nobody could look into.
        order: shape (N,), nodes with children before their parents.
        is_listed: shape (N,), whether the node's edges come from a dated list of holdings.
    """

    ids: tuple[str, ...]
    index: Mapping[str, int]
    kinds: tuple[Kind | None, ...]
    child_start: IntArray
    child: IntArray
    weight: FloatArray
    is_daily_reset: BoolArray
    factor: FloatArray
    expense_ratio: FloatArray
    roots: tuple[str, ...]
    root: IntArray
    residue: FloatArray
    residue_root: IntArray
    is_closed: BoolArray
    order: IntArray
    is_listed: BoolArray

    @property
    def size(self) -> int:
        """Number of nodes."""
        return len(self.ids)

    def children(self, node: int) -> tuple[IntArray, FloatArray]:
        """Return the nodes and weights of one node's edges."""
        part = slice(int(self.child_start[node]), int(self.child_start[node + 1]))
        return self.child[part], self.weight[part]


class _Spread(NamedTuple):
    """How one node's money is spread: edges, what no edge carries, and where that is counted."""

    children: tuple[str, ...] = ()
    weights: tuple[float, ...] = ()
    residue: float = 0.0
    residue_root: str | None = None
    leaf_root: str | None = None
    closed: bool = False
    listed: bool = False


def cash_root(currency: str | None) -> str:
    """Return the root that cash of a currency is counted under.

    >>> cash_root("EUR")
    'EUR.CASH'
    """
    return f"{currency or 'USD'}.CASH"


def promises_daily_multiple(instrument: Instrument | None) -> bool:
    """Return whether an instrument multiplies each day's move of something else."""
    if instrument is None:
        return False
    if instrument.is_daily_reset:
        return True
    return instrument.kind in _PROMISE_KINDS and instrument.daily_leverage_factor not in (None, 1.0)


def build_graph(
    starts: Sequence[str],
    instruments: Mapping[str, Instrument],
    holdings: Mapping[str, FundHoldings],
) -> tuple[InstrumentGraph, tuple[Diagnostic, ...]]:
    """Return everything the starting instruments ride on.

    Edges that would close a circle are cut: their weight becomes residue of the fund they leave, and the circle
    is reported as ``exposure.cycle``. A fund inside another whose multiple is not known stays residue too.

    Args:
        starts: instrument ids held directly; ids without a row in `instruments` become roots of their own.
        instruments: id → row of the instruments table.
        holdings: fund or index id → its dated list.

    Returns:
        The graph and what has to be told about it.
    """
    builder = _Builder(instruments, holdings)
    for start in starts:
        builder.node(start)
    builder.spread_all()
    builder.drop_unknown_multiples()
    order = builder.cut_cycles()
    return builder.freeze(order), tuple(builder.diagnostics)


class _Builder:
    """Grows the graph node by node, then cuts what cannot be followed."""

    def __init__(
        self, instruments: Mapping[str, Instrument], holdings: Mapping[str, FundHoldings]
    ) -> None:
        self.instruments = instruments
        self.holdings = holdings
        self.index: dict[str, int] = {}
        self.ids: list[str] = []
        self.spreads: list[_Spread] = []
        self.multiplying: list[bool] = []
        self.diagnostics: list[Diagnostic] = []

    def node(self, identifier: str) -> int:
        """Return the node of an id, new if need be."""
        found = self.index.get(identifier)
        if found is None:
            found = self.index[identifier] = len(self.ids)
            self.ids.append(identifier)
        return found

    def spread_all(self) -> None:
        """Spread every node's money; nodes found on the way are spread in turn."""
        place = 0
        while place < len(self.ids):
            identifier = self.ids[place]
            instrument = self.instruments.get(identifier)
            self.multiplying.append(promises_daily_multiple(instrument))
            spread = self._spread(identifier, instrument, multiplies=self.multiplying[-1])
            self.spreads.append(spread)
            for child in spread.children:
                if child not in self.index:
                    self.node(child)
            place += 1

    def _spread(
        self, identifier: str, instrument: Instrument | None, *, multiplies: bool
    ) -> _Spread:
        listing = self.holdings.get(identifier)
        if instrument is not None and multiplies:
            return self._multiplied(instrument, listing)
        kind = instrument.kind if instrument is not None else None
        if instrument is not None and instrument.underlying and _tracks(instrument):
            factor = instrument.daily_leverage_factor
            return _Spread((instrument.underlying,), (1.0 if factor is None else factor,))
        if kind not in _LEAF_KINDS and listing is not None and listing.constituents:
            return _listed(identifier, instrument, listing)
        if kind in _OPENABLE_KINDS:
            return _Spread(leaf_root=identifier, closed=not _is_elementary(instrument))
        if instrument is not None and kind is Kind.CASH and not identifier.endswith(".CASH"):
            return _Spread(leaf_root=cash_root(instrument.currency))
        return _Spread(leaf_root=instrument.root if instrument is not None else identifier)

    def _multiplied(self, instrument: Instrument, listing: FundHoldings | None) -> _Spread:
        factor = instrument.daily_leverage_factor
        if factor is None:
            return _Spread(leaf_root=instrument.id, closed=True)
        underlying = instrument.underlying
        if underlying and (listing is None or not self._is_shut(underlying)):
            return _Spread((underlying,), (factor,))
        basket = self._basket(instrument, listing) if listing is not None else None
        if basket is None or underlying in basket[0]:
            if underlying:
                return _Spread((underlying,), (factor,))
            return _Spread(residue=factor, residue_root=instrument.id)
        children, shares = basket
        weights = tuple(float(share) * factor for share in shares)
        self._tell("exposure.basket_from_listing", Severity.INFO, fund=instrument.id)
        rest = factor * (1.0 - float(shares.sum()))
        return _Spread(children, weights, *_residue(rest, instrument.id), listed=True)

    def _is_shut(self, identifier: str) -> bool:
        """Whether nothing is known about what stands behind an id (an index without a list)."""
        if identifier in self.holdings:
            return False
        instrument = self.instruments.get(identifier)
        if instrument is None:
            return True
        return instrument.kind in _OPENABLE_KINDS and not instrument.underlying

    def _basket(
        self, instrument: Instrument, listing: FundHoldings
    ) -> tuple[tuple[str, ...], FloatArray] | None:
        """Return what a multiplying fund without a usable underlying multiplies, as shares of one.

        Beside swaps or cash the listed securities are only a sample of the exposure, so they are scaled to one;
        a list of securities alone is taken at its word and the rest stays unknown.
        """
        children, weights = _merged(listing)
        is_security = np.array([not self._is_plumbing(c, instrument) for c in children], dtype=bool)
        securities = tuple(c for c, keep in zip(children, is_security, strict=True) if keep)
        chosen = weights[is_security]
        if not securities:
            return self._contract_basket(children, weights)
        if bool((chosen < 0).all()):
            chosen = -chosen
        total = float(chosen.sum())
        if total <= 0:
            return None
        is_sample = len(securities) < len(children) or total > 1.0
        return securities, chosen / total if is_sample else chosen

    def _contract_basket(
        self, children: Sequence[str], weights: FloatArray
    ) -> tuple[tuple[str, ...], FloatArray] | None:
        parts: dict[str, float] = {}
        for child, weight in zip(children, weights, strict=True):
            contract = self.instruments.get(child)
            if contract is not None and contract.underlying:
                parts[contract.underlying] = parts.get(contract.underlying, 0.0) + abs(weight)
        total = sum(parts.values())
        if total <= 0:
            return None
        return tuple(parts), np.array([part / total for part in parts.values()])

    def _is_plumbing(self, identifier: str, fund: Instrument) -> bool:
        """Whether a line is cash, collateral or a contract rather than something owned for its own sake."""
        instrument = self.instruments.get(identifier)
        if instrument is None or instrument.kind is None:
            words = identifier.upper().replace(".", "-").replace("_", "-").split("-")
            return not {"CASH", "SWAP", "SWAPS", "FUTURE", "FUTURES"}.isdisjoint(words)
        if instrument.kind is Kind.BOND:
            return fund.asset_class != "bond"
        return (
            instrument.kind in {Kind.CASH, Kind.CONTRACT, Kind.OPTION}
            or instrument.asset_class == "cash"
        )

    def drop_unknown_multiples(self) -> None:
        """Keep the money of an inner fund with an unknown multiple as residue of the fund that holds it."""
        unknown = {
            place
            for place, multiplies in enumerate(self.multiplying)
            if multiplies and self._has_unknown_multiple(self.ids[place])
        }
        if not unknown:
            return
        for place, spread in enumerate(self.spreads):
            for child in spread.children:
                if self.index[child] in unknown:
                    self._cut(place, child)
                    self._tell(
                        "exposure.unknown_multiple_inside",
                        Severity.WARNING,
                        fund=self.ids[place],
                        constituent=child,
                    )

    def _has_unknown_multiple(self, identifier: str) -> bool:
        instrument = self.instruments.get(identifier)
        return instrument is not None and instrument.daily_leverage_factor is None

    def cut_cycles(self) -> list[int]:
        """Cut every edge that closes a circle; return children before parents.

        Each circle is entered at the fund first by name, whoever is held, so that the same fund carries the same
        exposure in every portfolio and in any order of its lines.
        """
        inner = {place for place, spread in enumerate(self.spreads) if spread.children}
        order = self._children_first()
        circling = inner.difference(order)
        if not circling:
            return order
        for circle in _circles({n: self._inner_children(n, circling) for n in circling}):
            done: set[int] = set()
            for start in sorted(circle, key=self.ids.__getitem__):
                if start not in done:
                    self._walk(start, circle, done)
        return self._children_first()

    def _children_first(self) -> list[int]:
        """Return every node that is in no circle and leads to none, children before parents."""
        inner = {place for place, spread in enumerate(self.spreads) if spread.children}
        order = [place for place in range(len(self.ids)) if place not in inner]
        parents: dict[int, list[int]] = {}
        waiting: dict[int, int] = {}
        for place in sorted(inner):
            below = self._inner_children(place, inner)
            waiting[place] = len(below)
            for child in below:
                parents.setdefault(child, []).append(place)
        ready = [place for place, count in waiting.items() if not count]
        for place in ready:
            for parent in parents.get(place, ()):
                waiting[parent] -= 1
                if not waiting[parent]:
                    ready.append(parent)
        return order + ready

    def _walk(self, start: int, circle: set[int], done: set[int]) -> None:
        path: list[int] = [start]
        on_path = {start}
        pending: list[Iterator[int]] = [iter(self._inner_children(start, circle))]
        while path:
            child = next(pending[-1], None)
            if child is None:
                pending.pop()
                finished = path.pop()
                on_path.discard(finished)
                done.add(finished)
            elif child in on_path:
                self._cut(path[-1], self.ids[child])
                self._tell(
                    "exposure.cycle",
                    Severity.WARNING,
                    chain=self._told_chain([*path[path.index(child) :], child]),
                )
            elif child not in done:
                path.append(child)
                on_path.add(child)
                pending.append(iter(self._inner_children(child, circle)))

    def _told_chain(self, path: Sequence[int]) -> str:
        """Return a way from fund to fund in words; the middle of one that nobody would read is left out."""
        names = [self.ids[place] for place in path]
        if len(names) > _NAMED_IN_CHAIN:
            half = _NAMED_IN_CHAIN // 2
            names = [*names[:half], f"… ({len(names) - 2 * half}) …", *names[-half:]]
        return " → ".join(names)

    def _inner_children(self, place: int, inner: set[int]) -> list[int]:
        return [n for c in self.spreads[place].children if (n := self.index[c]) in inner]

    def _cut(self, place: int, child: str) -> None:
        """Move the weight of one edge to the residue of the node it leaves."""
        spread = self.spreads[place]
        at = spread.children.index(child)
        # Cash that a rounded list left over is known; with the cut money the whole stays closed.
        self.spreads[place] = spread._replace(
            children=spread.children[:at] + spread.children[at + 1 :],
            weights=spread.weights[:at] + spread.weights[at + 1 :],
            residue=spread.residue + spread.weights[at],
            residue_root=self.ids[place],
        )

    def _tell(self, code: str, severity: Severity, **args: str) -> None:
        self.diagnostics.append(Diagnostic(code, severity, None, args))

    def freeze(self, order: list[int]) -> InstrumentGraph:
        """Return the graph as read-only arrays."""
        spreads, ids = self.spreads, self.ids
        rows = [self.instruments.get(identifier) for identifier in ids]
        roots = _Roots()
        root = np.full(len(ids), -1, dtype=np.int64)
        residue_root = np.full(len(ids), -1, dtype=np.int64)
        for place, spread in enumerate(spreads):
            if spread.leaf_root is not None:
                root[place] = roots.number(spread.leaf_root, closed=spread.closed)
            if spread.residue_root is not None:
                is_own = spread.residue_root == ids[place]
                residue_root[place] = roots.number(spread.residue_root, closed=is_own)
        counts = np.array([len(spread.children) for spread in spreads], dtype=np.int64)
        index = self.index
        return InstrumentGraph(
            ids=tuple(ids),
            index=index,
            kinds=tuple(row.kind if row else None for row in rows),
            child_start=_sealed(np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)),
            child=_sealed(
                np.array([index[c] for spread in spreads for c in spread.children], dtype=np.int64)
            ),
            weight=_sealed(
                np.array([w for spread in spreads for w in spread.weights], dtype=float)
            ),
            is_daily_reset=_sealed(np.array(self.multiplying, dtype=bool)),
            factor=_sealed(
                np.array(
                    [
                        _factor(row) if multiplies else 1.0
                        for row, multiplies in zip(rows, self.multiplying, strict=True)
                    ],
                    dtype=float,
                )
            ),
            expense_ratio=_sealed(np.array([_expense(row) for row in rows], dtype=float)),
            roots=tuple(roots.numbers),
            root=_sealed(root),
            residue=_sealed(np.array([spread.residue for spread in spreads], dtype=float)),
            residue_root=_sealed(residue_root),
            is_closed=_sealed(np.array(list(roots.numbers.values()), dtype=bool)),
            order=_sealed(np.array(order, dtype=np.int64)),
            is_listed=_sealed(np.array([spread.listed for spread in spreads], dtype=bool)),
        )


class _Roots:
    """Numbers the roots in the order met and remembers which stayed closed."""

    def __init__(self) -> None:
        self.numbers: dict[str, bool] = {}
        self._places: dict[str, int] = {}

    def number(self, identifier: str, *, closed: bool) -> int:
        """Return the number of a root."""
        if identifier not in self._places:
            self._places[identifier] = len(self._places)
            self.numbers[identifier] = closed
        elif closed:
            self.numbers[identifier] = True
        return self._places[identifier]


def _circles(children: Mapping[int, Sequence[int]]) -> list[set[int]]:
    """Return the groups of nodes that reach each other; a node that only leads to a circle is in none.

    Kosaraju's two walks (Aho, Hopcroft, Ullman, "Data Structures and Algorithms", 1983, section 6.7): each edge is
    looked at twice, however long the circles are.
    """
    holders: dict[int, list[int]] = {node: [] for node in children}
    for holder, below in children.items():
        for child in below:
            holders[child].append(holder)
    grouped: set[int] = set()
    found: list[set[int]] = []
    for start in reversed(_left_in_order(children)):
        if start in grouped:
            continue
        group, waiting = {start}, [start]
        while waiting:
            fresh = [n for n in holders[waiting.pop()] if n not in grouped and n not in group]
            group.update(fresh)
            waiting.extend(fresh)
        grouped |= group
        if len(group) > 1 or start in children[start]:
            found.append(group)
    return found


def _left_in_order(children: Mapping[int, Sequence[int]]) -> list[int]:
    """Return the nodes in the order in which a walk to the bottom first leaves them."""
    left: list[int] = []
    met: set[int] = set()
    for start in children:
        if start in met:
            continue
        met.add(start)
        path = [(start, iter(children[start]))]
        while path:
            node, below = path[-1]
            child = next((c for c in below if c not in met), None)
            if child is None:
                path.pop()
                left.append(node)
            else:
                met.add(child)
                path.append((child, iter(children[child])))
    return left


def _merged(listing: FundHoldings) -> tuple[tuple[str, ...], FloatArray]:
    """Return the constituents, each once, and their weights."""
    parts: dict[str, float] = {}
    for part in listing.constituents:
        parts[part.instrument] = parts.get(part.instrument, 0.0) + part.weight
    return tuple(parts), np.fromiter(parts.values(), dtype=float, count=len(parts))


def _listed(identifier: str, instrument: Instrument | None, listing: FundHoldings) -> _Spread:
    """Spread a plain fund over its list; what the list leaves out stays with the fund."""
    children, weights = _merged(listing)
    total = float(weights.sum())
    rest = 1.0 - total
    if rest < 0 and instrument is not None and instrument.kind is Kind.STACKED_FUND:
        rest = 0.0  # the part above one is borrowed: exposure, not a fault of the list
    is_cash = rest < 0 or (listing.coverage == "full" and abs(rest) < ROUNDING)
    where = cash_root(instrument.currency if instrument else None) if is_cash else identifier
    return _Spread(children, tuple(weights.tolist()), *_residue(rest, where), listed=True)


def _residue(rest: float, where: str) -> tuple[float, str | None]:
    """Return residue and its root; what is only the noise of adding floats is nothing."""
    return (0.0, None) if abs(rest) < 1e-9 else (rest, where)


def _tracks(instrument: Instrument) -> bool:
    """Whether a product follows what it is written on; an option does only where its delta is known."""
    if instrument.kind is Kind.OPTION:
        return instrument.daily_leverage_factor is not None
    return instrument.kind in _TRACKERS


def _is_elementary(instrument: Instrument | None) -> bool:
    """Whether there is nothing inside to look at: gold is gold, however the table names it."""
    return (
        instrument is not None
        and instrument.kind in {Kind.INDEX, Kind.CONTRACT}
        and instrument.asset_class in _ELEMENTARY_CLASSES
    )


def _factor(instrument: Instrument | None) -> float:
    factor = None if instrument is None else instrument.daily_leverage_factor
    return float("nan") if factor is None else factor


def _expense(instrument: Instrument | None) -> float:
    if instrument is None or instrument.expense_ratio is None:
        return float("nan")
    return instrument.expense_ratio


def _sealed(array: Array) -> Array:
    array.setflags(write=False)
    return array
