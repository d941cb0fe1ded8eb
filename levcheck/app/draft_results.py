"""Drafts analysed beside today, by the same core and under the same scenarios."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from threading import Lock

from levcheck.app.analysis import Analysis
from levcheck.app.draft_arithmetic import KeptLeverage, Unlevered, leverage_kept, leverage_undone
from levcheck.app.draft_import import Drift, drift
from levcheck.app.reference_port import ReferenceData
from levcheck.app.session import Session
from levcheck.app.what_if import Proposal, propose
from levcheck.domain.draft import Draft
from levcheck.domain.instrument import Instrument
from levcheck.domain.portfolio import Portfolio

_KEPT = 8


@dataclass(frozen=True, slots=True)
class DraftResult:
    """A draft with what it proposes and the analysis of that.

    Attributes:
        proposal: what it proposes, for all accounts.
        analysis: of that, with the accounts looked at.
        base: today with all its accounts, where only some are looked at; None = today as it is analysed.
    """

    proposal: Proposal
    analysis: Analysis
    base: Analysis | None = None

    @property
    def draft(self) -> Draft:
        """The draft itself."""
        return self.proposal.draft


@dataclass(frozen=True, slots=True)
class Proposed:
    """Today with everything that is laid beside it.

    Attributes:
        today: analysis of the portfolio as it is.
        drafts: every draft with its analysis.
        unlevered: funds that could be swapped for what they multiply.
        hedges: (root, fund) that falls when the root rises, for the roots held.
        drifts: how far today is from the model; None without a model.
        kept_leverage: funds that multiply and have no such swap, with the reason.
    """

    today: Analysis
    drafts: tuple[DraftResult, ...] = ()
    unlevered: tuple[Unlevered, ...] = ()
    hedges: tuple[tuple[str, Instrument], ...] = ()
    drifts: tuple[Drift, ...] | None = None
    kept_leverage: tuple[KeptLeverage, ...] = ()

    def of(self, draft: str | None) -> DraftResult | None:
        """Return a draft by its letter; None when it is not there."""
        return next((d for d in self.drafts if d.draft.id == draft), None)


class Proposals:
    """The proposals last made.

    The same draft on the same portfolio gives the same portfolio object again, so that the analysis remembers what it
    knows of it, and a draft that was not touched costs nothing.
    """

    def __init__(self) -> None:
        self._kept: list[tuple[Portfolio, Proposal]] = []
        self._lock = Lock()

    def of(self, analysis: Analysis, draft: Draft) -> Proposal:
        """Return what a draft makes of the portfolio that was analysed."""
        base = analysis.portfolio
        with self._lock:
            found = next((p for b, p in self._kept if b is base and p.draft == draft), None)
        made = propose(analysis, draft)
        # Another rate or another library gives another proposal on the same portfolio.
        if (
            found is not None
            and found.portfolio == made.portfolio
            and found.effects == made.effects
        ):
            made = found
        with self._lock:
            others = [(b, p) for b, p in self._kept if p is not made]
            self._kept = [(base, made), *others][:_KEPT]
        return made

    def clear(self) -> None:
        """Drop everything remembered."""
        with self._lock:
            self._kept = []


def draft_results(
    analysis: Analysis,
    drafts: Sequence[Draft],
    analyse: Callable[[Portfolio], Analysis],
    proposals: Proposals | None = None,
) -> tuple[DraftResult, ...]:
    """Return every draft with its analysis.

    A draft lies over all accounts, for cash and lines of the others are part of it; where only some accounts are looked
    at, its analysis looks at the same ones.

    Args:
        analysis: of today's portfolio.
        drafts: in the order wanted.
        analyse: gives the analysis of a portfolio under the scenarios of today's.
        proposals: remembers what was proposed before.
    """
    book, only = proposals or Proposals(), analysis.portfolio.only
    is_part = only is not None and bool(drafts)
    base = analyse(replace(analysis.portfolio, only=None)) if is_part else None
    found = []
    for draft in drafts:
        proposal = book.of(base or analysis, draft)
        if only is not None:
            proposal = replace(proposal, portfolio=replace(proposal.portfolio, only=only))
        found.append(DraftResult(proposal, analyse(proposal.portfolio), base))
    return tuple(found)


def proposed(
    session: Session,
    today: Analysis,
    catalogue: ReferenceData,
    analyse: Callable[[Portfolio], Analysis],
    proposals: Proposals | None = None,
) -> Proposed:
    """Return everything laid beside today: drafts, swaps worked out, hedges there are, drift from the model."""
    model = None if session.model is None else analyse(session.model)
    return Proposed(
        today=today,
        drafts=draft_results(today, session.drafts, analyse, proposals),
        unlevered=leverage_undone(today, catalogue.instrument),
        hedges=_hedges(today, catalogue),
        drifts=None if model is None else drift(today, model),
        kept_leverage=leverage_kept(today, catalogue.instrument),
    )


_HEDGED = 20
"""Roots a hedge is looked up for, the largest first."""


def _hedges(today: Analysis, catalogue: ReferenceData) -> tuple[tuple[str, Instrument], ...]:
    return tuple(
        (exposure.root, fund)
        for exposure in today.exposures[:_HEDGED]
        if exposure.looked_through and exposure.net > 0
        for fund in catalogue.daily_reset_funds(exposure.root)
        if (fund.daily_leverage_factor or 0.0) < 0.0
    )
