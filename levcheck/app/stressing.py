"""The stress core asked about a portfolio: losses per line and cause to the cent, and what daily-reset funds cost."""

import math
from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from operator import attrgetter
from typing import Final

import numpy as np

from levcheck.app.analysis import (
    AnalysedPosition,
    CauseLoss,
    DailyResetFacts,
    ForcedTrade,
    NoteEnds,
    PositionLoss,
    RiskFacts,
    RootExposure,
    RootRisk,
    StressResult,
    ThemeRisk,
)
from levcheck.app.exposures import Reached, share_of
from levcheck.app.lines import LEFT_OUT
from levcheck.app.reference_port import ReferenceData
from levcheck.domain.instrument import Instrument, Kind
from levcheck.domain.risk import Claim
from levcheck.domain.theme import Theme
from levcheck.domain.told import Told
from levcheck.exposure.bets import effective_bets, portfolio_volatility, risk_parts
from levcheck.stress.attribution import OTHER_ROOTS, RESET_AND_COST
from levcheck.stress.daily_reset import (
    break_even_move,
    compound_daily_reset,
    financing_cost,
    forced_trade,
    hidden_drag,
    volatility_decay,
)
from levcheck.stress.options import OptionState
from levcheck.stress.placed_notes import NoteState
from levcheck.stress.portfolio_stress import ScenarioLosses, StressInput, StressModel
from levcheck.stress.targets import parse_target

FORCED_TRADE_MOVE: Final = -0.13
"""The day the forced trade is shown for: the Korean chip stocks of 2026-06-23."""
PAIR: Final = np.array([[-0.10], [0.10]])
# Bets beyond the largest change the count by less than it is rounded to, and the torsion grows with the cube.
_BETS_COUNTED: Final = 40
# A basket's volatility is told only where nearly all of it is measured.
_MEASURED_SHARE: Final = 0.8
_WITH_TERMS: Final = frozenset({Kind.NOTE, Kind.CONTRACT, Kind.TOKEN, Kind.CONVERTIBLE})
_DAYS_A_YEAR: Final = 365.25
_ONE_PERCENT: Final = 0.01
_RISKS_NAMED: Final = 50
_WORST_FIRST: Final = attrgetter("pnl", "root")


def stress_model(
    reached: Reached,
    reference: ReferenceData,
    themes: Sequence[Theme],
    targets: Sequence[str],
    base_currency: str,
    today: date,
    options: Mapping[str, OptionState] | None = None,
    claims: Sequence[Claim] = (),
) -> StressModel:
    """Return the portfolio prepared for scenarios that shock these targets.

    `options` are the contracts that can be revalued, by the id of their instrument; `claims` the rows of the stacks of
    issuers whose preferreds are held.
    """
    stacks: dict[str, list[Claim]] = {}
    for claim in claims:
        stacks.setdefault(claim.issuer, []).append(claim)
    lines, index = reached.lines, reached.graph.index
    notes = _notes(lines, reference, today)
    book = StressInput(
        position_ids=tuple(line.id for line in lines),
        node=np.array([_node(line, index) for line in lines], dtype=np.int64),
        market_value=np.array(
            [math.nan if line.market_value is None else line.market_value for line in lines],
            dtype=float,
        ),
        graph=reached.graph,
        instruments=_with_roots(
            reached,
            reference,
            [
                *(claim.claim for claim in claims if claim.kind == "asset"),
                *(note.issuer for note in notes.values() if note.issuer is not None),
            ],
        ),
        themes=themes,
        overnight_rate=overnight_rate(reference.overnight_rates(), today),
        base_currency=base_currency,
        cash_currency=tuple(
            None if line.cash is None else line.cash.currency or base_currency for line in lines
        ),
        left_out={
            line.id: line.reason or "" for line in lines if line.status == LEFT_OUT and line.reason
        },
        options=options or {},
        stacks=stacks,
        notes=notes,
    )
    return StressModel(book, reference.risk_tables(), targets)


def _notes(
    lines: Sequence[AnalysedPosition], reference: ReferenceData, today: date
) -> dict[str, NoteState]:
    """Return instrument id → terms today of the notes, contracts and tokens held whose terms are known."""
    found = {}
    for line in lines:
        if line.instrument is None or line.instrument.kind not in _WITH_TERMS:
            continue
        terms = reference.note_terms(line.instrument.id)
        if terms is None:
            continue
        found[line.instrument.id] = NoteState(
            terms.form,
            terms.underlyings,
            terms.levels,
            terms.strike,
            terms.barrier,
            terms.coupon,
            _years_until(terms.maturity, today),
            terms.threshold,
            is_watched=terms.is_watched,
            is_touched=terms.is_touched,
            call_level=terms.call_level,
            coupon_level=terms.coupon_level,
            observations=_still_to_come(terms.observations, today),
            has_memory=terms.has_memory,
            issuer=terms.issuer,
            issuer_spread=terms.issuer_spread,
            put_years=_years_until(terms.put_date, today),
            put_price=terms.put_price,
        )
    return found


def _years_until(day: str | None, today: date) -> float | None:
    if day is None:
        return None
    return max((date.fromisoformat(day) - today).days, 0) / _DAYS_A_YEAR


def _still_to_come(days: Sequence[str], today: date) -> tuple[float, ...]:
    left = sorted((date.fromisoformat(day) - today).days for day in days)
    return tuple(count / _DAYS_A_YEAR for count in left if count > 0)


def _node(line: AnalysedPosition, index: Mapping[str, int]) -> int:
    if line.status == LEFT_OUT or line.instrument is None:
        return -1
    return index[line.instrument.id]


def _with_roots(
    reached: Reached, reference: ReferenceData, assets: Sequence[str]
) -> Mapping[str, Instrument]:
    """Return the rows at hand with those of the roots and assets, which may not be held by anyone themselves."""
    missing = (root for root in (*reached.roots, *assets) if root not in reached.instruments)
    found = {root: row for root in missing if (row := reference.instrument(root)) is not None}
    return {**reached.instruments, **found} if found else reached.instruments


def overnight_rate(rates: Mapping[int, float], today: date) -> float:
    """Return the latest overnight rate up to this year, fraction a year; 0 without a table."""
    years = [year for year in rates if year <= today.year] or list(rates)
    return rates[max(years)] if years else 0.0


# --- losses ------------------------------------------------------------------------------------------------


def stress_result(
    losses: ScenarioLosses,
    lines: Sequence[AnalysedPosition],
    equity: float,
    names: Mapping[str, str],
) -> StressResult:
    """Return one scenario's losses to the cent; lines and causes each sum to the whole."""
    found = _position_losses(losses, lines)
    pnl = round(math.fsum(loss.pnl for loss in found), 2)
    return StressResult(
        scenario=losses.scenario.id,
        facts=losses.scenario,
        horizon_days=losses.scenario.horizon_days,
        pnl=pnl,
        share_of_equity=share_of(pnl, equity),
        low=min(round(losses.total_low, 2), pnl),
        high=max(round(losses.total_high, 2), pnl),
        positions=tuple(sorted(found, key=lambda loss: (loss.pnl, loss.position))),
        causes=Told(partial(_causes, losses.causes, pnl, names)),
        left_out=tuple(identifier for identifier, _reason in losses.left_out),
        root_moves=losses.root_moves,
        two_states=tuple(
            NoteEnds(position, ends.protected, ends.broken) for position, ends in losses.two_states
        ),
    )


def _position_losses(
    losses: ScenarioLosses, lines: Sequence[AnalysedPosition]
) -> list[PositionLoss]:
    """Return the loss of each line that was valued; cash that does not move is left unsaid."""
    figures = zip(
        lines,
        losses.is_valued.tolist(),
        losses.pnl.tolist(),
        losses.low.tolist(),
        losses.high.tolist(),
        losses.models,
        losses.is_terminated.tolist(),
        losses.underlying_move.tolist(),
        losses.measured.tolist(),
        losses.asset_move.tolist(),
        losses.floor.tolist(),
        strict=True,
    )
    found = []
    for (
        line,
        is_valued,
        raw,
        low,
        high,
        model,
        is_terminated,
        move,
        measured,
        asset,
        floor,
    ) in figures:
        if not is_valued or (line.position is None and raw == 0):
            continue
        value = line.market_value or 0.0
        pnl = _cents(raw, value)
        found.append(
            PositionLoss(
                position=line.id,
                pnl=pnl,
                share=pnl / abs(value) if value else None,
                low=min(_cents(low, value), pnl),
                high=max(_cents(high, value), pnl),
                model=model,
                terminated=is_terminated,
                underlying_move=_known(move),
                measured_pnl=None if math.isnan(measured) else _cents(measured, value),
                asset_move=_known(asset),
                floor_pnl=None if math.isnan(floor) else round(floor, 2) + 0.0,
            )
        )
    return found


def _known(figure: float) -> float | None:
    return figure if math.isfinite(figure) else None


def _cents(amount: float, value: float) -> float:
    """Round to the cent, but never to a loss above the value of a line held long."""
    rounded = round(amount, 2) + 0.0
    return max(rounded, -value) if value > 0 else rounded


def _causes(
    causes: Sequence[tuple[str, float]], total: float, names: Mapping[str, str]
) -> tuple[CauseLoss, ...]:
    """Return the causes in cents that sum to the total, worst first.

    The lines were rounded too, so the whole may differ from the raw sum by some cents; these go where rounding took
    most.
    """
    kept = list(causes)
    if not kept and total:
        kept = [(RESET_AND_COST, total)]
    raw = np.array([amount for _, amount in kept], dtype=float)
    cents = np.round(raw * 100)
    missing = round(total * 100 - float(cents.sum()))
    if missing and len(raw):
        most = np.argsort((cents - raw * 100) * np.sign(missing), kind="stable")
        share, rest = divmod(abs(missing), len(raw))
        cents += np.sign(missing) * share
        cents[most[:rest]] += np.sign(missing)
    found = [
        CauseLoss(root, _cause_name(root, names), amount / 100)
        for (root, _), amount in zip(kept, cents.tolist(), strict=True)
        if amount
    ]
    return tuple(sorted(found, key=_WORST_FIRST))


def _cause_name(root: str, names: Mapping[str, str]) -> str:
    name = names.get(root)
    if name is not None:
        return name
    if root == RESET_AND_COST:
        return "Daily reset and cost"
    if root == OTHER_ROOTS:
        return "All smaller causes"
    if root.startswith("currency:"):
        return root.removeprefix("currency:")
    return root


def names_of(reached: Reached, roots: Sequence[RootExposure]) -> dict[str, str]:
    """Return what people call each root and instrument met."""
    names = {row.id: row.name or row.id for row in reached.instruments.values()}
    return names | {root.root: root.name for root in roots}


# --- what daily-reset funds cost ---------------------------------------------------------------------------


def daily_reset_facts(
    reached: Reached, model: StressModel, reference: ReferenceData
) -> tuple[DailyResetFacts, ...]:
    """Return what each daily-reset fund held costs and what its reset does, in the order of the lines."""
    graph = reached.graph
    per_unit = _Baskets(reached, model)
    found = []
    for number, line in enumerate(reached.lines):
        if line.instrument is None or line.status == LEFT_OUT:
            continue
        node = graph.index[line.instrument.id]
        factor = float(graph.factor[node])
        if not graph.is_daily_reset[node] or not factor:
            continue
        expense = line.instrument.expense_ratio
        financing = financing_cost(factor, model.book.overnight_rate)
        drag = hidden_drag(factor, float(model.nodes.spread[node]))
        volatility = per_unit.volatility(number, factor)
        cost = financing + drag + (expense or 0.0)
        assets = reference.fund_assets(line.instrument.id)
        share = forced_trade(factor, FORCED_TRADE_MOVE)
        size = assets.assets_usd if assets is not None else None
        found.append(
            DailyResetFacts(
                position=line.id,
                daily_leverage_factor=factor,
                expense_ratio=expense,
                financing=financing,
                hidden_drag=drag,
                hidden_drag_basis="class default",
                volatility=volatility,
                volatility_decay=None
                if volatility is None
                else volatility_decay(factor, volatility),
                break_even_move=None
                if volatility is None or expense is None
                else break_even_move(factor, volatility, cost),
                forced_trade=ForcedTrade(
                    FORCED_TRADE_MOVE, share, None if size is None else share * size
                ),
                pair_move=float(compound_daily_reset(PAIR, np.array([factor]))[0]),
                assets=assets,
            )
        )
    return tuple(found)


class _Baskets:
    """What each line rides on, as weights of roots."""

    def __init__(self, reached: Reached, model: StressModel) -> None:
        self._held = reached.per_line()
        self._roots = len(reached.graph.roots)
        self._values = [line.market_value or 0.0 for line in reached.lines]
        self._loadings = model.roots.loadings
        self._drivers = model.roots.model.calm

    def volatility(self, line: int, factor: float) -> float | None:
        """Return the volatility of what a fund multiplies, a year; None where too little of it is measured."""
        value = self._values[line]
        if not value:
            return None
        start, end = np.searchsorted(self._held.line, [line, line + 1])
        own = slice(int(start), int(end))
        amounts = np.bincount(self._held.root[own], self._held.amount[own], self._roots)
        weights = amounts[: self._roots] / (value * factor)
        known = self._loadings.is_known
        whole, measured = float(np.abs(weights).sum()), float(np.abs(weights[known]).sum())
        if whole <= 0 or measured < _MEASURED_SHARE * whole:
            return None
        scaled = np.where(known, weights, 0.0) * (whole / measured)
        return portfolio_volatility(
            scaled, self._loadings.beta, self._drivers, self._loadings.own_volatility
        )


def risk_facts(
    reached: Reached,
    model: StressModel,
    equity: float,
    names: Mapping[str, str],
    themes: Sequence[Theme],
) -> RiskFacts | None:
    """Return where the risk comes from; None where nothing is measured or there is no money."""
    roots = reached.graph.roots
    net = reached.per_root(reached.amount)[: len(roots)]
    is_open = ~reached.is_cash[: len(net)]
    known = model.roots.loadings.is_known & is_open
    amounts = np.where(known, net, 0.0)
    loadings = model.roots.loadings
    parts = risk_parts(amounts, loadings.beta, model.roots.model.calm, loadings.own_volatility)
    if parts is None or equity <= 0.0:
        return None
    size = float(np.abs(net[is_open]).sum())
    held = np.flatnonzero(amounts)
    order = held[np.argsort(-np.abs(parts.shares[held]), kind="stable")]
    found = [
        RootRisk(
            roots[n],
            names.get(roots[n], roots[n]),
            float(parts.shares[n]),
            float(parts.marginal[n]) * _ONE_PERCENT,
        )
        for n in order[:_RISKS_NAMED].tolist()
    ]
    strengths = model.roots.memberships.strengths
    by_theme = [
        ThemeRisk(
            theme.id, theme.name, float(parts.shares @ strengths(parse_target(f"theme:{theme.id}")))
        )
        for theme in themes
    ]
    return RiskFacts(
        volatility=parts.volatility / equity,
        measured_share=float(np.abs(amounts).sum()) / size if size else 0.0,
        diversification_ratio=parts.diversification_ratio,
        roots=tuple(found),
        themes=tuple(
            sorted((t for t in by_theme if t.share), key=lambda t: (-abs(t.share), t.theme))
        ),
    )


def count_of_bets(reached: Reached, model: StressModel) -> float | None:
    """Return the effective number of bets among the largest roots whose links are measured."""
    net = reached.per_root(reached.amount)[: len(reached.graph.roots)]
    known = model.roots.loadings.is_known & ~reached.is_cash[: len(net)]
    order = np.argsort(-np.abs(np.where(known, net, 0.0)), kind="stable")[:_BETS_COUNTED]
    chosen = order[known[order] & (net[order] != 0)]
    if not chosen.size:
        return None
    beta = model.roots.loadings.beta[chosen]
    own = model.roots.loadings.own_volatility[chosen]
    covariance = beta @ model.roots.model.calm @ beta.T + np.diag(own**2)
    return effective_bets(net[chosen], covariance)
