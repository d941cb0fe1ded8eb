"""What a scenario does to a portfolio: every line by its own model, with a range and its causes.

The one entry for window, report, command line and API. Laws: the lines' results sum to the whole, the causes sum to
the whole, no line held long loses more than its value.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from types import MappingProxyType
from typing import Final

import numpy as np

from levcheck.domain.diagnostics import Diagnostic, Severity
from levcheck.domain.instrument import Instrument, Kind
from levcheck.domain.note_terms import NoteForm
from levcheck.domain.risk import Claim, RiskTables
from levcheck.domain.scenario import Scenario
from levcheck.domain.theme import Theme
from levcheck.domain.told import Told
from levcheck.exposure.graph import InstrumentGraph
from levcheck.stress.attribution import (
    BAND_QUANTILE,
    CAUSES_NAMED,
    OTHER_ROOTS,
    RESET_AND_COST,
    Attribution,
    Descent,
    Uncertainty,
)
from levcheck.stress.daily_reset import TRADING_DAYS, BoolArray, FloatArray
from levcheck.stress.node_book import MODEL_NAMES, NodeBook, NodeModel, node_book
from levcheck.stress.node_values import NodeValues, option_gain, value_nodes
from levcheck.stress.notes import TwoStates
from levcheck.stress.options import OptionState
from levcheck.stress.placed_notes import NoteState, ends_of
from levcheck.stress.propagation import DriverModel, IntArray
from levcheck.stress.root_moves import RootBook, RootMoves, resolve_moves, told_moves
from levcheck.stress.second_models import CREDIT, SUSPENSION, second_models
from levcheck.stress.targets import Reach, memberships_of, parse_target

_ISSUER_KINDS: Final = frozenset({Kind.COMMON, Kind.ADR})
_UNVALUED_REASONS: Final[dict[Kind | None, str]] = {
    Kind.OPTION: "stress.option_without_terms",
    Kind.NOTE: "stress.note_without_terms",
    Kind.CONTRACT: "stress.contract_without_terms",
}


@dataclass(frozen=True, slots=True)
class StressInput:
    """A portfolio as the stress core needs it; P lines (positions and cash), N nodes.

    Attributes:
        position_ids: id of each line (``p1``, ``c1``).
        node: shape (P,), node of each line in `graph`; -1 for cash and for what is not known.
        market_value: shape (P,), signed, base currency; nan = unknown.
        graph: what rides on what.
        instruments: id → row of the instruments table, for every node, root and underlying that has one.
        themes: the themes in force.
        overnight_rate: fraction a year.
        base_currency: ISO code of `market_value`.
        cash_currency: ISO code of each cash line; None for a line that is no cash.
        left_out: line id → reason code, for lines that are not known to begin with.
        options: instrument id of an option → its contract today, with the volatility its own price implies; the
            option's node must have one edge, to its underlying, with its leverage (shares × price × delta / value).
        notes: instrument id → terms of notes, contracts and tokens today.
        stacks: issuer → rows of its order of claims, for issuers whose preferreds are held.
    """

    position_ids: tuple[str, ...]
    node: IntArray
    market_value: FloatArray
    graph: InstrumentGraph
    instruments: Mapping[str, Instrument]
    themes: Sequence[Theme]
    overnight_rate: float
    base_currency: str = "USD"
    cash_currency: tuple[str | None, ...] = ()
    left_out: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    options: Mapping[str, OptionState] = field(default_factory=lambda: MappingProxyType({}))
    notes: Mapping[str, NoteState] = field(default_factory=lambda: MappingProxyType({}))
    stacks: Mapping[str, Sequence[Claim]] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class ScenarioLosses:
    """What a scenario does to P lines; amounts in the base currency, losses negative.

    Attributes:
        scenario: the scenario.
        position_ids: id of each line.
        pnl: shape (P,), change of value; 0 where `is_valued` is False.
        low: shape (P,), worse end of the range, ≤ pnl.
        high: shape (P,), better end, ≥ pnl.
        is_valued: shape (P,), False for lines left out.
        models: name of the model of each line.
        is_terminated: shape (P,), whether the product was wiped out on the way.
        underlying_move: shape (P,), return of what the line rides on; nan where it has none.
        left_out: (line id, reason code) of lines that could not be valued.
        causes: (root id, amount), worst first; they sum to `total`. Beyond the largest, roots are gathered in one.
        total: Σ pnl.
        total_low: worse end for the whole, from the covariance and not by adding.
        total_high: better end for the whole.
        root_moves: (root id, move, ``shocked`` or ``follows``), largest first, roots that moved only.
        measured: shape (P,), change of value by the measured sensitivity alone; nan for lines with one model only.
        asset_move: shape (P,), return of the issuer's assets behind a slice; nan for other lines.
        floor: shape (P,), part of the change that is a convertible's bond; nan for other lines.
        two_states: (line id, its two ends over the nominal) of notes left out for want of terms.
        diagnostics: what has to be told.
    """

    scenario: Scenario
    position_ids: tuple[str, ...]
    pnl: FloatArray
    low: FloatArray
    high: FloatArray
    is_valued: BoolArray
    models: tuple[str, ...]
    is_terminated: BoolArray
    underlying_move: FloatArray
    left_out: tuple[tuple[str, str], ...]
    causes: Sequence[tuple[str, float]]
    total: float
    total_low: float
    total_high: float
    root_moves: Sequence[tuple[str, float, str]]
    measured: FloatArray
    asset_move: FloatArray
    floor: FloatArray
    two_states: tuple[tuple[str, TwoStates], ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


class StressModel:
    """A portfolio prepared once, to be asked about many scenarios.

    Args:
        book: the portfolio.
        tables: drivers, sensitivities and correlations.
        targets: targets of the scenarios that will be asked, so that what is shocked but not held is known too.
    """

    def __init__(self, book: StressInput, tables: RiskTables, targets: Sequence[str] = ()) -> None:
        self.book = book
        named = [parse_target(text) for text in targets]
        extra = {t.name for t in named if t.reach is Reach.ROOT} | _asked_besides(book)
        memberships = memberships_of(book.graph.roots, book.instruments, book.themes, extra)
        model = DriverModel.from_tables(tables)
        self.roots = RootBook(
            roots=book.graph.roots,
            memberships=memberships,
            model=model,
            loadings=model.loadings(book.graph.roots, memberships),
            root_of=_roots_of_shares(book.instruments, book.graph.roots),
            instruments_held=frozenset(book.graph.ids),
        )
        self.nodes: NodeBook = node_book(
            book.graph, book.instruments, self.roots, book.options, book.notes
        )
        self.seconds = second_models(
            book.graph,
            book.instruments,
            memberships,
            book.stacks,
            model,
            has_premiums=any(target.reach is Reach.PREMIUM for target in named),
            lenders=_lenders(self.nodes),
        )
        self._is_cash = np.array(
            [code is not None for code in book.cash_currency] or [False] * len(book.position_ids),
            dtype=bool,
        )
        self._reasons = self._left_out()
        self._valued = np.array(
            [n not in self._reasons for n in range(len(book.position_ids))], dtype=bool
        )
        self._model_names = self._models()
        held = {int(node) for node in book.node if node >= 0}
        self._assumed_responses = tuple(
            book.graph.ids[node]
            for node, response in self.nodes.responses.items()
            if node in held and response.is_assumed and node not in self.seconds.slices
        )
        self._assumed_spreads = tuple(
            book.graph.ids[node]
            for node, note in self.nodes.notes.items()
            if note.state.issuer_spread is None and note.state.form is not NoteForm.LEVEL_CONTRACT
        )

    def _left_out(self) -> dict[int, str]:
        book, found = self.book, {}
        for number, identifier in enumerate(book.position_ids):
            node = int(book.node[number])
            if identifier in book.left_out:
                found[number] = book.left_out[identifier]
            elif not np.isfinite(book.market_value[number]):
                found[number] = "stress.value_unknown"
            elif self._is_cash[number]:
                continue
            elif node < 0:
                found[number] = "reference.unknown_instrument"
            elif self.nodes.models[node] == NodeModel.UNVALUED:
                found[number] = _UNVALUED_REASONS.get(
                    book.graph.kinds[node], "exposure.unknown_multiple"
                )
        return found

    def run(self, scenario: Scenario) -> ScenarioLosses:
        """Return what the scenario does to every line.

        Raises:
            LevcheckError: shocks that contradict each other, are impossible, or name nothing.
        """
        stated = self.seconds.with_premiums(scenario)
        moves = resolve_moves(stated, self.roots)
        assets = self.seconds.asset_moves(stated)
        values = value_nodes(
            self.nodes,
            moves,
            scenario,
            self.book.overnight_rate,
            self.seconds.gains(assets),
            assets,
        )
        valued = self._valued
        invested = valued & ~self._is_cash
        held = self.book.node[invested]
        money = self.nodes.levels.placed(held, self.book.market_value[invested])
        descent = Descent(self.nodes, moves, values, money)
        cause = descent.attribution()
        open_ = descent.uncertainty(held)
        lines = _Lines(
            self.book,
            self.nodes,
            moves,
            values,
            open_,
            invested,
            scenario.horizon_days / TRADING_DAYS,
        )
        pnl = lines.pnl()
        cash = self._cash_pnl(moves, valued & self._is_cash)
        low, high = lines.band(pnl)
        pnl, low, high = pnl + cash, low + cash, high + cash
        total_low, total_high = lines.total_band(pnl, low, high)
        return ScenarioLosses(
            scenario=scenario,
            position_ids=self.book.position_ids,
            pnl=pnl,
            low=low,
            high=high,
            is_valued=valued,
            models=self._model_names,
            is_terminated=lines.flags(values.is_terminated),
            underlying_move=lines.underlying_move(),
            left_out=tuple((self.book.position_ids[n], why) for n, why in self._reasons.items()),
            causes=Told(partial(self._causes, cause, cash)),
            total=float(pnl.sum()),
            total_low=total_low,
            total_high=total_high,
            root_moves=Told(
                partial(told_moves, self.book.graph.roots, moves.moves[0], moves.is_shocked)
            ),
            measured=lines.measured(),
            asset_move=lines.of_slices(
                {
                    node: float(one.asset_move(assets)[0])
                    for node, one in self.seconds.slices.items()
                }
            ),
            floor=lines.floors(),
            two_states=self._two_states(values),
            diagnostics=moves.diagnostics + self._diagnostics(scenario, moves),
        )

    def _cash_pnl(self, moves: RootMoves, is_cash: BoolArray) -> FloatArray:
        amount = np.zeros(len(self.book.position_ids))
        for number in np.flatnonzero(is_cash):
            code = self.book.cash_currency[int(number)] or ""
            amount[number] = self.book.market_value[number] * moves.currencies.get(code, 0.0)
        return amount

    def _models(self) -> tuple[str, ...]:
        names = []
        for number, node in enumerate(self.book.node):
            if not self._valued[number]:
                names.append("left_out")
            elif self._is_cash[number]:
                names.append("cash")
            elif int(node) in self.seconds.slices:
                names.append("tranche")
            elif self._is_convertible(int(node)):
                names.append("convertible")
            else:
                names.append(MODEL_NAMES[NodeModel(int(self.nodes.models[node]))])
        return tuple(names)

    def _is_convertible(self, node: int) -> bool:
        note = self.nodes.notes.get(node)
        return note is not None and note.state.form is NoteForm.CONVERTIBLE

    def _two_states(self, values: NodeValues) -> tuple[tuple[str, TwoStates], ...]:
        """Return the two ends of every note that is left out for want of terms, where its shares are known."""
        found = []
        for number, reason in self._reasons.items():
            if reason != _UNVALUED_REASONS[Kind.NOTE]:
                continue
            node = int(self.book.node[number])
            children, _ = self.book.graph.children(node)
            if children.size:
                moved = values.root_gain[self.book.graph.root[children], 0]
                state = self.book.notes.get(self.book.graph.ids[node])
                found.append((self.book.position_ids[number], ends_of(state, float(moved.min()))))
        return tuple(found)

    def _causes(self, cause: Attribution, cash: FloatArray) -> tuple[tuple[str, float], ...]:
        named, others = _largest(cause.roots, CAUSES_NAMED)
        roots = self.book.graph.roots
        parts = {
            roots[number]: amount
            for number, amount in zip(named.tolist(), cause.roots[named].tolist(), strict=True)
        }
        if others.size:
            parts[OTHER_ROOTS] = math.fsum(cause.roots[others].tolist())
        for identifier, amount in cause.direct.items():
            parts[identifier] = parts.get(identifier, 0.0) + amount
        for code, amount in cause.currencies.items():
            parts[f"currency:{code}"] = parts.get(f"currency:{code}", 0.0) + amount
        for number in np.flatnonzero(cash):
            key = f"currency:{self.book.cash_currency[int(number)]}"
            parts[key] = parts.get(key, 0.0) + float(cash[number])
        if cause.reset_and_cost != 0.0:
            parts[RESET_AND_COST] = cause.reset_and_cost
        return _ordered(tuple(parts), np.array(list(parts.values()), dtype=float))

    def _diagnostics(self, scenario: Scenario, moves: RootMoves) -> tuple[Diagnostic, ...]:
        found = []
        if moves.is_propagated:
            still = int(np.sum(~self.roots.loadings.is_known & ~moves.is_shocked))
            if still:
                found.append(
                    Diagnostic("stress.roots_without_link", Severity.INFO, None, {"count": still})
                )
        found += [
            Diagnostic("stress.assumed_response", Severity.INFO, None, {"line": identifier})
            for identifier in self._assumed_responses
        ]
        found += [
            Diagnostic("stress.assumed_issuer_spread", Severity.INFO, None, {"line": identifier})
            for identifier in self._assumed_spreads
        ]
        if scenario.horizon_days > 0:
            found += [
                Diagnostic("stress.assumed_expense", Severity.INFO, None, {"fund": fund})
                for fund in self.nodes.assumed_expense
            ]
            found += [
                Diagnostic("stress.assumed_volatility", Severity.INFO, None, {"fund": fund})
                for fund in self.nodes.assumed_volatility
            ]
        return tuple(found)


@dataclass(frozen=True, slots=True)
class _Lines:
    """From nodes back to the lines of the portfolio."""

    book: StressInput
    nodes: NodeBook
    moves: RootMoves
    values: NodeValues
    open_: Uncertainty
    invested: BoolArray
    years: float

    def _pick(self, of_nodes: FloatArray) -> FloatArray:
        return np.where(self.invested, of_nodes[np.maximum(self.book.node, 0)], 0.0)

    def flags(self, of_nodes: BoolArray) -> BoolArray:
        """Return a flag of each line's node."""
        return self.invested & of_nodes[np.maximum(self.book.node, 0)]

    def _value(self) -> FloatArray:
        return np.where(self.invested, self.book.market_value, 0.0)

    def pnl(self, variant: int = 0) -> FloatArray:
        """Return each line's change of value, shape (P,)."""
        return np.asarray(self._value() * self._pick(self.values.gain[:, variant]), dtype=float)

    def of_slices(self, found: Mapping[int, float]) -> FloatArray:
        """Return a figure of each line's node, shape (P,); nan where there is none."""
        of_nodes = np.full(self.nodes.graph.size, np.nan)
        of_nodes[list(found)] = list(found.values())
        return np.where(self.invested, of_nodes[np.maximum(self.book.node, 0)], np.nan)

    def measured(self) -> FloatArray:
        """Return what each line with two models loses by the measured sensitivity, shape (P,); nan elsewhere."""
        return np.asarray(self._value() * self.of_slices(self.values.first), dtype=float)

    def floors(self) -> FloatArray:
        """Return the part of each convertible's change that is its bond's, shape (P,); nan elsewhere."""
        return np.asarray(self._value() * self.of_slices(self.values.floor), dtype=float)

    def underlying_move(self) -> FloatArray:
        """Return what each line rides on did, shape (P,); nan where it rides on nothing but itself."""
        node = np.maximum(self.book.node, 0)
        basket = self.values.basket[node, 0]
        leaf = self.values.gain[node, 0]
        found = np.where(np.isnan(basket), leaf, basket)
        return np.where(self.invested, found, np.nan)

    def band(self, pnl: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return the ends of each line's range, shape (P,) each.

        The range covers what the shocks leave open, the answer with links of bad weeks, and for wrappers valued by a
        sensitivity the harsh and the mild end of what was measured.
        """
        value = self._value()
        ends = [pnl]
        if self.moves.is_propagated:
            node_low, node_high = self._node_band()
            ends += [self.pnl(variant=1)]
            ends += [value * self._pick(node_low), value * self._pick(node_high)]
        ends += [value * self._pick(end) for end in self._response_band()]
        low = np.min(np.stack(ends), axis=0)
        high = np.max(np.stack(ends), axis=0)
        # Long: never below a total loss. Short: what was sold is worth nothing at best.
        return np.maximum(low, np.where(value > 0.0, -value, -np.inf)), np.where(
            value < 0.0, np.minimum(high, -value), high
        )

    def _node_band(self) -> tuple[FloatArray, FloatArray]:
        gain = self.values.gain[:, 0]
        width = BAND_QUANTILE * self.open_.node
        low, high = np.maximum(gain - width, -1.0), gain + width
        reset = np.flatnonzero(self.nodes.models == NodeModel.DAILY_RESET)
        level = 1.0 + self.values.basket[reset, 0]
        alive = level > 0.0
        factor = self.nodes.graph.factor[reset]
        for side, out in ((-1.0, low), (1.0, high)):
            moved = np.maximum(level + side * BAND_QUANTILE * self.open_.basket[reset], 1e-9)
            ratio = np.divide(moved, level, out=np.ones_like(level), where=alive)
            # A fund that keeps its multiple daily follows the power of its underlying, not a straight line.
            out[reset] = (1.0 + gain[reset]) * ratio**factor - 1.0
            for node, state in self.nodes.options.items():
                off = side * BAND_QUANTILE * float(self.open_.basket[node])
                end = max(float(self.values.basket[node, 0]) + off, -1.0)
                out[node] = option_gain(state, np.array([end]), self.years)[0]
        return np.minimum(low, high), np.maximum(low, high)

    def _response_band(self) -> tuple[FloatArray, FloatArray]:
        gain = self.values.gain[:, 0]
        low, high = gain.copy(), gain.copy()
        for node, response in self.nodes.responses.items():
            moved = float(self.values.basket[node, 0])
            if self.nodes.graph.ids[node] in self.moves.direct:
                continue
            if moved < 0.0:
                low[node] = max(response.harsh_down * moved, -1.0)
                high[node] = response.mild_down * moved
            other = self.values.second.get(node)
            if other is not None:
                # Twice the model's fall is what the fear of missed coupons brought.
                low[node] = max(min(low[node], SUSPENSION * other), -1.0)
                high[node] = max(high[node], other, self.values.first[node])
        return low, high

    def total_band(self, pnl: FloatArray, low: FloatArray, high: FloatArray) -> tuple[float, float]:
        """Return the ends of the whole's range; never wider than all lines at their ends together."""
        total = float(pnl.sum())
        last = -1 if self.moves.is_propagated else 0
        tight = total + float((self.pnl(variant=last) - self.pnl()).sum())
        value = self._value()
        harsh, mild = (
            float(np.sum(value * self._pick(end - self.values.gain[:, 0])))
            for end in self._response_band()
        )
        width = BAND_QUANTILE * self.open_.total
        worst = min(total, tight, total - float(np.hypot(width, min(harsh, 0.0))))
        best = max(total, tight, total + float(np.hypot(width, max(mild, 0.0))))
        return max(worst, float(low.sum())), min(best, float(high.sum()))


def _asked_besides(book: StressInput) -> set[str]:
    """Return what need not be held to matter: assets behind stacks, issuers of notes, and credit."""
    assets = {claim.claim for claims in book.stacks.values() for claim in claims}
    return assets | {note.issuer for note in book.notes.values() if note.issuer} | {CREDIT}


def _lenders(nodes: NodeBook) -> tuple[str, ...]:
    """Return the issuers of notes; a convertible's is its own root."""
    return tuple(
        dict.fromkeys(
            note.state.issuer
            for note in nodes.notes.values()
            if note.state.issuer is not None and note.state.form is not NoteForm.CONVERTIBLE
        )
    )


def _largest(amounts: FloatArray, count: int) -> tuple[IntArray, IntArray]:
    """Return the places of the largest amounts by size, largest first, and those of the others that are not zero."""
    size = np.abs(amounts)
    moved = np.flatnonzero(size)
    if len(moved) > count:
        # Thousands need not be put in order to find the few that are named.
        least = np.partition(size[moved], len(moved) - count)[len(moved) - count]
        candidates = moved[size[moved] >= least]
    else:
        candidates = moved
    named = candidates[np.argsort(-size[candidates], kind="stable")][:count]
    is_other = size > 0.0
    is_other[named] = False
    return named, np.flatnonzero(is_other)


def _ordered(names: tuple[str, ...], amounts: FloatArray) -> tuple[tuple[str, float], ...]:
    """Return (name, amount), smallest amount first."""
    order = np.argsort(amounts, kind="stable")
    found = map(names.__getitem__, order.tolist())
    return tuple(zip(found, amounts[order].tolist(), strict=True))


def _roots_of_shares(instruments: Mapping[str, Instrument], roots: Sequence[str]) -> dict[str, str]:
    """Return share classes and receipts → their issuer's root, where that root is in the portfolio."""
    known = set(roots)
    return {
        row.id: row.root
        for row in instruments.values()
        if row.kind in _ISSUER_KINDS and row.root != row.id and row.root in known
    }


def stress_portfolio(book: StressInput, scenario: Scenario, tables: RiskTables) -> ScenarioLosses:
    """Return what one scenario does to a portfolio.

    Raises:
        LevcheckError: shocks that contradict each other, are impossible, or name nothing.
    """
    return StressModel(book, tables, [s.target for s in scenario.shocks]).run(scenario)


def stress_scenarios(
    book: StressInput, scenarios: Sequence[Scenario], tables: RiskTables
) -> tuple[ScenarioLosses, ...]:
    """Return what each scenario does to a portfolio that is prepared only once.

    Raises:
        LevcheckError: shocks that contradict each other, are impossible, or name nothing.
    """
    targets = [shock.target for scenario in scenarios for shock in scenario.shocks]
    model = StressModel(book, tables, targets)
    return tuple(model.run(scenario) for scenario in scenarios)
