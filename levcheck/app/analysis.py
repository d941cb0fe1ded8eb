"""The one result every screen, report, export and command reads.

Fractions are fractions (0.13), money is in the portfolio's base currency, gains are positive and losses
negative, an unknown is None. Field names are those of the public JSON (``levcheck check --json``).

Values that come by the thousand (doors, roots, causes, pairs) are named tuples, which are made three times as fast as
frozen dataclasses.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any, NamedTuple

from levcheck.domain.diagnostics import Diagnostic
from levcheck.domain.instrument import FundHoldings, Instrument, Kind, Wrapper
from levcheck.domain.portfolio import Portfolio
from levcheck.domain.position import CashLine, Position
from levcheck.domain.risk import Claim, FundAssets
from levcheck.domain.scenario import Scenario
from levcheck.domain.theme import Family, Theme


@dataclass(frozen=True, slots=True)
class Candidate:
    """An instrument a line might be.

    Attributes:
        instrument: id.
        name: full name.
        confidence: 0 to 1.
    """

    instrument: str
    name: str
    confidence: float


@dataclass(frozen=True, slots=True)
class AnalysedPosition:
    """A line of the portfolio together with what is known about it.

    Attributes:
        id: ``p1`` … in the order read; cash lines are ``c1`` ….
        position: the line as read; None for cash.
        cash: the cash line; None for positions.
        instrument: what it is; None when not known.
        kind: kind of the instrument; CASH for cash lines; None when not known.
        wrapper: through which door its money reaches a root.
        daily_leverage_factor: signed multiple; 1.0 when plain; None = unknown.
        market_value: value in the base currency, signed; None = unknown.
        fx_rate: base currency for one unit of the line's currency; 1.0 when the same; None = missing.
        notional_exposure: market value × factor (× delta for options); None = unknown.
        status: ``known``, ``partly`` (not fully looked through) or ``left_out``.
        reason: code why it is left out or partly known; None when fully known.
        match_reason: code how it was recognised ("isin", "symbol", "symbol_and_name", "confirmed" …).
        confidence: 0 to 1 of the match.
        candidates: what it might be when it was not recognised.
        holdings: the dated list it was looked through with, if any.
        looked_through_share: share of its value that reached known roots; None when left out.
    """

    id: str
    position: Position | None
    cash: CashLine | None
    instrument: Instrument | None
    kind: Kind | None
    wrapper: Wrapper
    daily_leverage_factor: float | None
    market_value: float | None
    fx_rate: float | None
    notional_exposure: float | None
    status: str
    reason: str | None
    match_reason: str | None = None
    confidence: float = 0.0
    candidates: tuple[Candidate, ...] = ()
    holdings: FundHoldings | None = None
    looked_through_share: float | None = None

    @property
    def label(self) -> str:
        """What the line is called on screen."""
        if self.cash is not None:
            return self.cash.label
        if self.position is not None:
            return self.position.label
        return self.id


class Door(NamedTuple):
    """One chain of holdings from a position to a root.

    Attributes:
        position: position id.
        chain: instrument ids from the position's instrument to the root.
        weights: the multiplier of each step; their product × market value (× delta) is `amount`.
        amount: signed effective exposure, base currency.
        wrapper: the position's wrapper.
    """

    position: str
    chain: tuple[str, ...]
    weights: tuple[float, ...]
    amount: float
    wrapper: Wrapper


class RootExposure(NamedTuple):
    """Everything that rides on one root; the doors' amounts sum to `net`.

    Attributes:
        root: root id; for what could not be looked through, the id of the fund it stayed in.
        name: its name.
        long: sum of the positive doors.
        short: sum of the negative doors (≤ 0).
        net: long + short.
        gross: long − short.
        direct: part held without any wrapper.
        share_of_equity: net / equity; None when equity is not positive.
        doors: the chains that carry it, largest amount first.
        family: the family it is counted in.
        looked_through: False for the residue of a fund that stayed closed.
    """

    root: str
    name: str
    long: float
    short: float
    net: float
    gross: float
    direct: float
    share_of_equity: float | None
    doors: tuple[Door, ...]
    family: Family
    looked_through: bool = True


class ThemeDoor(NamedTuple):
    """What one position adds to a theme."""

    position: str
    wrapper: Wrapper
    amount: float


@dataclass(frozen=True, slots=True)
class ThemeExposure:
    """A bet: effective exposure of its member roots, weighted by strength.

    Attributes:
        theme: theme id.
        name: English name.
        labelled: market value of the positions that are themselves members (what a label shows).
        long: sum of positive parts.
        short: sum of negative parts (≤ 0).
        net: long + short.
        gross: long − short.
        hidden_share: part of gross that is not held directly, 0 to 1; 0 when gross is 0.
        share_of_equity: net / equity; None when equity is not positive.
        doors: per position, largest amount first; amounts sum to `net`.
        family: family it is drawn in.
        roots: (root id, signed amount counted here), largest first; amounts sum to `net`.
    """

    theme: str
    name: str
    labelled: float
    long: float
    short: float
    net: float
    gross: float
    hidden_share: float
    share_of_equity: float | None
    doors: tuple[ThemeDoor, ...]
    family: Family
    roots: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class FamilyExposure:
    """One of the eight families; each root belongs to exactly one, so families sum to the whole.

    Attributes:
        family: which.
        labelled: market value of the positions whose own label falls in it.
        long: sum of positive effective exposure.
        short: sum of negative effective exposure (≤ 0).
        net: long + short.
        gross: long − short.
        share_of_equity: net / equity; None when equity is not positive.
        doors: number of positions that reach it.
        positions: (position id, signed effective amount), largest first; they sum to `net`.
        labels: (position id, market value) of the lines behind `labelled`; they sum to it.
    """

    family: Family
    labelled: float
    long: float
    short: float
    net: float
    gross: float
    share_of_equity: float | None
    doors: int
    positions: tuple[tuple[str, float], ...]
    labels: tuple[tuple[str, float], ...] = ()


class OverlapPair(NamedTuple):
    """How much two positions are the same thing.

    Attributes:
        a: position id.
        b: position id.
        min_weight: Σ min(w_a, w_b) over the long sides normalised to one, 0 to 1.
        cosine: signed cosine of the two exposure vectors, −1 to 1.
        shared_amount: Σ min(|e_a|, |e_b|) over roots on the same side, base currency.
    """

    a: str
    b: str
    min_weight: float
    cosine: float
    shared_amount: float


@dataclass(frozen=True, slots=True)
class OverlapGroup:
    """Positions that are one bet: each rides mainly on the same root.

    Attributes:
        positions: position ids, largest first.
        root: the root they share.
        net: their summed effective exposure to it.
    """

    positions: tuple[str, ...]
    root: str
    net: float


@dataclass(frozen=True, slots=True)
class Overlap:
    """Pairs, groups and the effective number of names.

    Attributes:
        pairs: every pair with something in common, largest shared amount first; of a very long list, of its 1,000
            largest lines.
        groups: positions that are one bet, largest first.
        effective_names: 1 / Σ w² over gross root exposure; None without exposure.
        effective_bets: minimum-torsion number of bets; None where it cannot be computed.
    """

    pairs: tuple[OverlapPair, ...]
    groups: tuple[OverlapGroup, ...]
    effective_names: float | None
    effective_bets: float | None


class Exit(NamedTuple):
    """How long it takes to sell a line.

    Attributes:
        position: position id.
        days: trading days at `participation` of a day's turnover.
        participation: share of a day's turnover that is sold.
        turnover_usd: of a day, US dollars.
        as_of: ISO date of the turnover.
        source: who says so.
    """

    position: str
    days: float
    participation: float
    turnover_usd: float
    as_of: str
    source: str


class RootRisk(NamedTuple):
    """What one root adds to the risk of the whole.

    Attributes:
        root: root id.
        name: its name.
        share: part of the variance, signed; below zero it takes risk away.
        one_percent_more: change of the volatility of the whole, as a fraction of equity a year, for one percent of
            equity more in this root.
    """

    root: str
    name: str
    share: float
    one_percent_more: float


class ThemeRisk(NamedTuple):
    """Part of the variance that a theme's members bring; a root in two themes counts in both."""

    theme: str
    name: str
    share: float


@dataclass(frozen=True, slots=True)
class RiskFacts:
    """Where the risk comes from, by the measured links of roots in ordinary weeks.

    Attributes:
        volatility: of the whole, fraction of equity a year.
        measured_share: part of the gross exposure whose links are known; the rest is left out.
        diversification_ratio: as it is defined for long holdings; None with shorts.
        roots: largest share in size first.
        themes: largest share in size first.
    """

    volatility: float
    measured_share: float
    diversification_ratio: float | None
    roots: tuple[RootRisk, ...]
    themes: tuple[ThemeRisk, ...]

    @property
    def independent_bets(self) -> float | None:
        """How many bets that have nothing to do with one another would be as spread; None with shorts.

        The square of the ratio of diversification: names that move as one count as one, however many they are.
        """
        ratio = self.diversification_ratio
        return None if ratio is None else ratio**2


@dataclass(frozen=True, slots=True)
class PositionLoss:
    """What a scenario does to one position.

    Attributes:
        position: position id.
        pnl: signed change of value, base currency, to the cent.
        share: pnl / |market value|; None when the value is zero.
        low: worse end of the assumption range (≤ pnl).
        high: better end (≥ pnl).
        model: ``linear``, ``fund``, ``daily_reset``, ``sensitivity``, ``tranche``, ``option``, ``cash`` ….
        terminated: whether the product was wiped out on the way.
        underlying_move: return of what it rides on over the horizon; None when it has none.
        measured_pnl: by the measured sensitivity alone, for lines with two models; None elsewhere.
        asset_move: return of the issuer's assets, for a slice of them; None elsewhere.
        floor_pnl: part of `pnl` that is a convertible's bond; the rest is its option. None elsewhere.
    """

    position: str
    pnl: float
    share: float | None
    low: float
    high: float
    model: str
    terminated: bool = False
    underlying_move: float | None = None
    measured_pnl: float | None = None
    asset_move: float | None = None
    floor_pnl: float | None = None


class NoteEnds(NamedTuple):
    """The two ends at maturity of a note whose terms are missing, over its nominal; no middle is invented."""

    position: str
    protected: float
    broken: float


class CauseLoss(NamedTuple):
    """Part of a scenario's result that one root caused; root ``reset-and-cost`` gathers path, fee and financing."""

    root: str
    name: str
    pnl: float


@dataclass(frozen=True, slots=True)
class StressResult:
    """One scenario applied to the portfolio; positions and causes each sum to `pnl`.

    Attributes:
        scenario: scenario id.
        facts: the scenario itself.
        horizon_days: trading days.
        pnl: signed change of value, base currency.
        share_of_equity: pnl / equity; None when equity is not positive.
        low: worse end of the assumption range.
        high: better end.
        positions: per position, worst first.
        causes: per root, worst first; made when somebody looks.
        left_out: ids of positions the scenario could not value.
        root_moves: (root id, move over the horizon, ``shocked`` or ``follows``) of roots that moved; made when
            somebody looks.
        two_states: of notes left out for want of terms, where what they ride on is known.
    """

    scenario: str
    facts: Scenario
    horizon_days: int
    pnl: float
    share_of_equity: float | None
    low: float
    high: float
    positions: tuple[PositionLoss, ...]
    causes: Sequence[CauseLoss]
    left_out: tuple[str, ...]
    root_moves: Sequence[tuple[str, float, str]] = ()
    two_states: tuple[NoteEnds, ...] = ()

    def loss(self, position: str) -> PositionLoss:
        """Return what the scenario does to one position.

        Raises:
            KeyError: it could not value the position.
        """
        for loss in self.positions:
            if loss.position == position:
                return loss
        raise KeyError(position)


@dataclass(frozen=True, slots=True)
class ForcedTrade:
    """What a daily-reset fund must trade at the close after a move of its underlying.

    Attributes:
        move: the underlying's return that day.
        share_of_assets: L(L−1) × move: negative = must sell.
        amount: in US dollars; None when the fund's assets are not known.
    """

    move: float
    share_of_assets: float
    amount: float | None


@dataclass(frozen=True, slots=True)
class DailyResetFacts:
    """What a daily-reset fund costs and what the reset does to it.

    Attributes:
        position: position id.
        daily_leverage_factor: signed multiple.
        expense_ratio: fraction a year; None = unknown.
        financing: overnight rate × (L − 1) a year; negative = income.
        hidden_drag: spread × k a year, the cost nobody prints.
        hidden_drag_basis: ``class default`` or ``calibrated``.
        volatility: of the underlying, fraction a year; None = unknown.
        volatility_decay: what a flat year at that volatility costs, positive fraction; None = unknown.
        break_even_move: return of the underlying over a year at which the fund returns 0; None = unknown.
        forced_trade: after a −13 % day.
        pair_move: result of −10 % then +10 % in the underlying.
        assets: size of the fund, if known.
    """

    position: str
    daily_leverage_factor: float
    expense_ratio: float | None
    financing: float
    hidden_drag: float
    hidden_drag_basis: str
    volatility: float | None
    volatility_decay: float | None
    break_even_move: float | None
    forced_trade: ForcedTrade
    pair_move: float
    assets: FundAssets | None = None


@dataclass(frozen=True, slots=True)
class RootFlow:
    """What all daily-reset funds known on one root must trade at the close after a move of it.

    Amounts are in US dollars and gross: creations and redemptions of shares net part of them.

    Attributes:
        root: what the funds multiply.
        name: its name.
        move: the root's return that day.
        funds: daily-reset funds of the library on it.
        counted: how many of them have a known size; only these are in the amount.
        assets: their assets together.
        amount: signed, US dollars; negative = must sell; None when no size is known.
        oldest_as_of: oldest date of the sizes counted, ISO; None without any.
        share_of_turnover: |amount| / turnover of the root that day; None when the turnover is not known.
        mechanical: (low, high) part of the move that the trading adds, signed; None without turnover or volatility.
    """

    root: str
    name: str
    move: float
    funds: int
    counted: int
    assets: float
    amount: float | None
    oldest_as_of: str | None
    share_of_turnover: float | None = None
    mechanical: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class MarginLine:
    """Equity the broker demands for one line.

    Attributes:
        position: position id.
        market_value: signed, base currency.
        maintenance: equity demanded per unit of |value|, 0 to 1.
        required: |value| × maintenance.
        basis: ``long``, ``short``, ``multiple`` (a daily-reset fund), ``no_loan`` (paid in full) or ``assumed``.
    """

    position: str
    market_value: float
    maintenance: float
    required: float
    basis: str


@dataclass(frozen=True, slots=True)
class MarginUnder:
    """Where the account stands after a scenario.

    Attributes:
        scenario: scenario id.
        equity: after the move.
        required: after the move.
        shortfall: required − equity where that is positive, else 0.
        forced_sale: value that has to be sold so that the rest is covered again; 0 without a call.
        is_called: whether the broker calls.
    """

    scenario: str
    equity: float
    required: float
    shortfall: float
    forced_sale: float
    is_called: bool


@dataclass(frozen=True, slots=True)
class MarginFacts:
    """What borrowing means for a portfolio; amounts in the base currency.

    Attributes:
        debt: owed to the broker, > 0.
        equity: of the accounts that owe.
        required: equity the broker demands of them.
        excess: equity − required; negative = a call is due.
        uniform_fall: loss of every line, as a share, at which the call comes, 0 to 1; 0 when it is due already.
        root: id of the largest root; None without one.
        root_name: its name.
        root_fall: fall of that root alone at which the call comes, 0 to 1; None when no fall of it does.
        lines: what counts as cover, largest demand first.
        scenarios: where the account stands after each scenario, in the order asked.
    """

    debt: float
    equity: float
    required: float
    excess: float
    uniform_fall: float
    root: str | None
    root_name: str | None
    root_fall: float | None
    lines: tuple[MarginLine, ...]
    scenarios: tuple[MarginUnder, ...] = ()

    @property
    def is_called(self) -> bool:
        """Whether the broker can call already."""
        return self.excess < 0


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A position that is in no number, with the reason code."""

    position: str
    market_value: float | None
    reason: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of the money is understood.

    Attributes:
        known_share: gross market value of recognised lines / all lines with a value, 0 to 1.
        looked_through_share: gross market value that reached known roots / all, 0 to 1.
        oldest_as_of: oldest date of any list used, ISO; None when nothing dated was used.
        left_out: positions in no number.
    """

    known_share: float
    looked_through_share: float
    oldest_as_of: str | None
    left_out: tuple[LeftOut, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """The facts of the headline sentence.

    Attributes:
        lines: number of lines held (positions and cash).
        theme: id of the largest bet; None when there is no exposure.
        theme_name: its English name.
        share: its net effective exposure / equity; None when equity is not positive.
        doors: number of positions that carry it.
        amount: its net effective exposure, base currency.
    """

    lines: int
    theme: str | None
    theme_name: str | None
    share: float | None
    doors: int
    amount: float


@dataclass(frozen=True, slots=True)
class LibraryStamp:
    """Which reference data was used: snapshot date and the names of overlays, newest last."""

    snapshot: str
    overlays: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Analysis:
    """Everything levcheck says about a portfolio.

    Attributes:
        portfolio: what was analysed.
        equity: Σ market values + cash, base currency (what the holder would own after repaying debt).
        gross: Σ |market value| of positions without cash.
        in_effect: Σ gross effective exposure of all roots without cash.
        verdict: facts of the headline.
        coverage: how much is understood.
        positions: every line, positions then cash.
        exposures: per root, largest gross first.
        themes: per theme with exposure, largest |net| first.
        families: per family with anything in it, largest |net| first.
        overlap: pairs, groups, effective names.
        stress: per scenario, in the order asked.
        daily_reset: per daily-reset position.
        diagnostics: everything the user has to know.
        version: of the program.
        method: number of the calculation method; changes when figures would.
        library: which reference data.
        theme_list: the themes in force, with members.
        margin: what borrowing means; None without debt.
        forced_flows: per root of a daily-reset fund held, largest first.
        capital_stacks: rows of the known capital stacks of issuers held.
        risk: where the risk comes from; None where no link is measured.
        liquidity: days to sell each line whose turnover is known.
    """

    portfolio: Portfolio
    equity: float
    gross: float
    in_effect: float
    verdict: Verdict
    coverage: Coverage
    positions: tuple[AnalysedPosition, ...]
    exposures: tuple[RootExposure, ...]
    themes: tuple[ThemeExposure, ...]
    families: tuple[FamilyExposure, ...]
    overlap: Overlap
    stress: tuple[StressResult, ...]
    daily_reset: tuple[DailyResetFacts, ...]
    diagnostics: tuple[Diagnostic, ...]
    version: str
    method: int
    library: LibraryStamp
    theme_list: tuple[Theme, ...] = ()
    margin: MarginFacts | None = None
    forced_flows: tuple[RootFlow, ...] = ()
    capital_stacks: tuple[Claim, ...] = ()
    risk: RiskFacts | None = None
    liquidity: tuple[Exit, ...] = ()

    @property
    def effective_multiple(self) -> float | None:
        """Effective exposure for each unit of equity; None when equity is not positive."""
        return self.in_effect / self.equity if self.equity > 0 else None

    @property
    def is_unvalued(self) -> bool:
        """Whether there are lines and none of them has a value, so that no number can be made."""
        lines = self.positions
        return bool(lines) and all(line.market_value is None for line in lines)

    @property
    def is_uncounted(self) -> bool:
        """Whether there are holdings beside cash and none of them is in any bet or loss.

        A loss of zero is then a figure that nobody knows.
        """
        held = {line.id for line in self.positions if line.cash is None}
        return bool(held) and held <= {gap.position for gap in self.coverage.left_out}

    def position(self, identifier: str) -> AnalysedPosition:
        """Return the line with this id.

        Raises:
            KeyError: there is none.
        """
        for line in self.positions:
            if line.id == identifier:
                return line
        raise KeyError(identifier)

    def root(self, identifier: str) -> RootExposure:
        """Return what rides on this root.

        Raises:
            KeyError: nothing does.
        """
        for exposure in self.exposures:
            if exposure.root == identifier:
                return exposure
        raise KeyError(identifier)

    def theme(self, identifier: str) -> ThemeExposure:
        """Return the bet with this id.

        Raises:
            KeyError: there is none.
        """
        for found in self.themes:
            if found.theme == identifier:
                return found
        raise KeyError(identifier)

    def family(self, family: Family) -> FamilyExposure:
        """Return what is held in a family.

        Raises:
            KeyError: nothing is.
        """
        for found in self.families:
            if found.family is family:
                return found
        raise KeyError(family)

    def to_json(self, language: str = "en") -> dict[str, Any]:
        """Return the public document ``levcheck/check/1`` as plain values, worded in `language`."""
        # Named as text, because the document is written in terms of this module.
        document: dict[str, Any] = import_module("levcheck.app.document").check_document(
            self, language
        )
        return document
