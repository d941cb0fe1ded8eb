"""What a scenario makes of every instrument, bottom up: roots, the wrappers on them, the funds that hold those.

All values are gains since the start in the base currency, fractions; -1 is a total loss. Funds that are worth what they
hold are valued a tier at a time; a variant of the assumptions lies contiguous in memory, for it is read by child.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

import numpy as np

from levcheck.domain.note_terms import NoteForm
from levcheck.domain.scenario import PathShape, Scenario
from levcheck.exposure.levels import Edges
from levcheck.stress.daily_reset import (
    CALENDAR_DAYS_PER_STEP,
    TRADING_DAYS,
    BoolArray,
    FloatArray,
    ResetTerms,
    carry_per_day,
)
from levcheck.stress.node_book import (
    DAILY_RESET,
    INCOME,
    NOTE,
    OPTION,
    Branch,
    NodeBook,
    NodeModel,
    Tier,
    Ties,
)
from levcheck.stress.notes import token_return
from levcheck.stress.options import OptionState, option_value, stressed_option_value
from levcheck.stress.paths import daily_path, steps_of
from levcheck.stress.placed_notes import PlacedNote
from levcheck.stress.propagation import IntArray
from levcheck.stress.root_moves import RootMoves
from levcheck.stress.sensitivities import Response

_SMALL: Final = 0.01
# Up to this two gains are the same one, rounded once more.
_SAME: Final = 1e-15
# Walking some edges means finding them first: past a half of them, all are walked.
_MANY: Final = 2
# Volatility points per ln(1 + move): a fall of a tenth makes options about two points dearer.
OPTION_SMILE: Final = -0.2


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
        is_other: shape (N,), leaves that do not just follow their driver.
        to_others: the edges to them; None where they are most of all edges.
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
    is_other: BoolArray = field(default_factory=lambda: np.zeros(0, dtype=bool))
    to_others: Ties | None = None


def option_gain(state: OptionState, moved: FloatArray, years_passed: float) -> FloatArray:
    """Return what an option makes of moves of its underlying, fractions of its price today, shape of `moved`."""
    today = option_value(state)
    later = [
        stressed_option_value(state, float(move), years_passed=years_passed, smile=OPTION_SMILE)
        for move in moved.ravel()
    ]
    return np.asarray(np.array(later).reshape(moved.shape) / today - 1.0, dtype=float)


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
    for number, tier in enumerate(book.tiers):
        run.set_tier(number, tier)
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
        self.root_end = 1.0 + moves.moves.T
        self.root_currency_end = np.ones(len(book.root_currency))
        for code, path in self.currency_path.items():
            self.root_currency_end[book.roots_of_currency.get(code, [])] = path[-1]
        is_path = book.is_path if self.steps > 1 else np.zeros_like(book.is_path)
        self.slot = np.where(is_path, np.cumsum(is_path) - 1, -1)
        self.paths = np.zeros((int(is_path.sum()), self.variants, self.steps))
        size = book.graph.size
        # Held by variant: a gain is looked up by child, a million times where a million lines are held.
        self.end = np.zeros((self.variants, size)).T
        self.basket = np.full((self.variants, size), np.nan).T
        self.held = np.zeros((self.variants, size)).T
        self.is_terminated = np.zeros(size, dtype=bool)
        self.is_other = np.zeros(size, dtype=bool)
        self.to_others: Ties | None = None
        self.second: Mapping[int, FloatArray] = {}
        self.first: dict[int, float] = {}
        self.issuers: Mapping[str, FloatArray] = {}
        self.note_slope: dict[int, float] = {}
        self.floor: dict[int, float] = {}
        terms = ResetTerms(book.graph.factor, book.expense, book.spread, np.zeros(size))
        days = CALENDAR_DAYS_PER_STEP if self.horizon > 0 else 0.0
        self.carry = carry_per_day(terms, overnight_rate) * days
        passed = self.steps / TRADING_DAYS if self.horizon > 0 else 0.0
        self.borrowing = book.borrowed * overnight_rate * passed
        index = book.graph.index
        self.direct = {index[name]: told for name, told in moves.direct.items() if name in index}

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
        for node in self.direct:
            if root[node] >= 0:
                self._set_direct(node)

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

    def set_tier(self, number: int, tier: Tier) -> None:
        """Value the nodes of one tier from what they hold."""
        if tier.edges is None:
            self._gather_leaves()
            self._keep_residues()
        else:
            self._gather(tier.edges)
        plain = tier.plain
        self.basket[plain] = self.held[plain]
        self.end[plain] = np.maximum(self.held[plain] - self.borrowing[plain, None], -1.0)
        own = [branch for branch in tier.own if branch.node not in self.direct]
        self._set_resets([branch for branch in own if branch.model == DAILY_RESET])
        for branch in own:
            if branch.model != DAILY_RESET:
                self._set_branch(branch)
        for node in self.direct:
            if self.book.tier[node] == number:
                self.basket[node] = self.held[node]
                self._set_direct(node)

    def _gather_leaves(self) -> None:
        """Add what the leaves bring: those that follow their driver all at once, the others edge by edge."""
        following, last = self.book.following, self.book.levels.last
        moves = self.moves.driver_moves
        if not moves.size:
            self._gather(last)
            return
        others = [
            self.end[:, variant] - following.slope * of_drivers[following.driver]
            for variant, of_drivers in enumerate(moves)
        ]
        for other in others:
            self.is_other |= ~(np.abs(other) <= _SAME)
        if _MANY * following.count(self.is_other) > len(last.child):
            self._gather(last)
            return
        self.to_others = following.to(self.is_other)
        self.held[following.holder] += following.loading @ moves.T
        for variant, other in enumerate(others):
            self.held[:, variant] += self.to_others.gathered(other)

    def _gather(self, edges: Edges) -> None:
        for variant in range(self.variants):
            self.held[edges.holder, variant] += edges.gathered(self.end[:, variant])

    def _keep_residues(self) -> None:
        """Add what funds keep to themselves to what they hold."""
        graph, keeping = self.book.graph, self.book.levels.keeping
        root = graph.residue_root[keeping]
        level = self.root_end[root] * self.root_currency_end[root, None]
        self.held[keeping] += graph.residue[keeping, None] * (level - 1.0)

    def _below(self, branch: Branch) -> FloatArray:
        """Return the gain of what a node holds, shape (V, T) where days are followed, else (V, 1)."""
        node, root = branch.node, branch.residue_root
        wants_days = self.slot[node] >= 0 or branch.model == DAILY_RESET
        if self.steps == 1 or not wants_days:
            return np.asarray(self.held[node][:, None], dtype=float)
        followed = self.paths[self.slot[branch.children]]
        moved = np.tensordot(branch.weights, followed, axes=1)
        if root >= 0:
            one = np.array([root])
            level = self._root_paths(one)[0] * self._root_currency_paths(one)[0]
            moved = moved + branch.residue * (level - 1.0)
        return np.asarray(moved, dtype=float)

    def _set_direct(self, node: int) -> None:
        """Move a node as the scenario itself says."""
        path = self._path(*self.direct[node], self.shape)
        self._store(node, np.tile(path, (self.variants, 1)))

    def _set_branch(self, branch: Branch) -> None:
        """Value one wrapper, or one fund that is followed day by day."""
        node = branch.node
        moved = self._below(branch)
        if branch.model == OPTION:
            self._set_option(node, int(branch.children[0]))
        elif branch.model == NOTE:
            self._set_note(node)
        elif branch.model == INCOME:
            self.basket[node] = moved[:, -1]
            self._store(node, np.maximum(_answer(moved, self.book.responses[node]), -1.0))
        else:
            self.basket[node] = moved[:, -1]
            self._store(node, np.maximum(moved - self._borrowed_by(node, moved.shape[1]), -1.0))

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

    def _borrowed_by(self, node: int, days: int) -> FloatArray:
        """Return what borrowing has cost a fund by each of the last `days` days."""
        borrowed = float(self.book.borrowed[node])
        if borrowed == 0.0 or self.horizon == 0:
            return np.zeros(days)
        passed = np.arange(self.steps - days + 1, self.steps + 1)
        return np.asarray(borrowed * self.rate * passed / TRADING_DAYS, dtype=float)

    def _set_resets(self, branches: Sequence[Branch]) -> None:
        """Value the daily-reset funds of a tier, M of them: arrays of shape (M, V, T)."""
        moving = [one for one in branches if self.book.graph.factor[one.node] != 0.0]
        if not moving:
            return
        node = np.array([one.node for one in moving], dtype=np.int64)
        moved = np.stack([self._below(one) for one in moving])
        factor = self.book.graph.factor[node, None, None]
        still, codes = np.ones(self.steps), self.book.node_currency
        own = np.stack([self.currency_path.get(codes[n], still) for n in node.tolist()])[:, None]
        # The promise is kept in the fund's own currency; the holder's currency moves on top of it.
        level = np.maximum(1.0 + moved / factor, 0.0) / own
        before = np.concatenate([np.ones((*level.shape[:2], 1)), level[:, :, :-1]], axis=2)
        daily = np.divide(level, before, out=np.ones_like(level), where=before > 0.0) - 1.0
        grown = self._grown(node, factor, daily)
        value = np.cumprod(np.maximum(grown + self.carry[node, None, None], 0.0), axis=2)
        self.is_terminated[node] = value[:, 0, -1] <= 0.0
        self.basket[node] = level[:, :, -1] - 1.0
        gain = value * own - 1.0
        self.end[node] = gain[:, :, -1]
        is_followed = self.slot[node] >= 0
        self.paths[self.slot[node[is_followed]]] = gain[is_followed]

    def _grown(self, node: IntArray, factor: FloatArray, daily: FloatArray) -> FloatArray:
        """Return what multiples make of each day before costs; a token may reset within the day."""
        grown = 1.0 + factor * daily
        for place, number in enumerate(node.tolist()):
            threshold = self.book.thresholds.get(number)
            if threshold is not None:
                multiple = float(factor[place, 0, 0])
                grown[place] = [
                    [1.0 + token_return([move], multiple, threshold)[0] for move in case]
                    for case in daily[place].tolist()
                ]
        return np.asarray(grown, dtype=float)

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
            is_other=self.is_other,
            to_others=self.to_others,
        )


def _answer(moved: FloatArray, response: Response) -> FloatArray:
    return np.where(moved < 0.0, response.down, response.up) * moved
