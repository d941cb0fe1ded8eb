"""Drafts analysed beside today, by the same core and under the same scenarios."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import Lock

from levcheck.app.analysis import Analysis
from levcheck.app.what_if import Proposal, propose
from levcheck.domain.draft import Draft
from levcheck.domain.portfolio import Portfolio

_KEPT = 8


@dataclass(frozen=True, slots=True)
class DraftResult:
    """A draft with what it proposes and the analysis of that."""

    proposal: Proposal
    analysis: Analysis

    @property
    def draft(self) -> Draft:
        """The draft itself."""
        return self.proposal.draft


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

    Args:
        analysis: of today's portfolio.
        drafts: in the order wanted.
        analyse: gives the analysis of a portfolio under the scenarios of today's.
        proposals: remembers what was proposed before.
    """
    book = proposals or Proposals()
    made = [book.of(analysis, draft) for draft in drafts]
    return tuple(DraftResult(proposal, analyse(proposal.portfolio)) for proposal in made)
