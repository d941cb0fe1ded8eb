"""What the analysis needs to know about instruments; the reference library fulfils it, and so can a test."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from levcheck.app.analysis import Candidate
from levcheck.domain.diagnostics import Diagnostic
from levcheck.domain.instrument import FundHoldings, Instrument
from levcheck.domain.note_terms import NoteTerms
from levcheck.domain.position import Position
from levcheck.domain.risk import Claim, FundAssets, FxRate, RiskTables
from levcheck.domain.theme import Family, Theme, ThemeMember


@dataclass(frozen=True, slots=True)
class Recognition:
    """What a line was taken for.

    Attributes:
        instrument: the instrument; None when it could not be told.
        reason: code how it was recognised, or why it was not.
        confidence: 0 to 1.
        candidates: what it might be, when it was not recognised.
    """

    instrument: Instrument | None
    reason: str
    confidence: float = 0.0
    candidates: tuple[Candidate, ...] = ()


class ReferenceData(Protocol):
    """Dated facts about instruments, funds, themes and rates."""

    @property
    def snapshot(self) -> str:
        """ISO date of the bundled tables."""

    @property
    def overlays(self) -> tuple[str, ...]:
        """Names of the user's tables laid over them, newest last."""

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What the user has to know about his own tables."""

    def instrument(self, identifier: str) -> Instrument | None:
        """Return one instrument, or None when it is not known."""

    def closure(
        self, identifiers: Iterable[str]
    ) -> tuple[Mapping[str, Instrument], Mapping[str, FundHoldings]]:
        """Return every instrument and list that can be reached from some instruments."""

    def themes(self) -> tuple[Theme, ...]:
        """Return the themes in force."""

    def memberships(self, instrument: Instrument) -> tuple[ThemeMember, ...]:
        """Return the themes an instrument's root counts in, by rule where no table names it."""

    def family_of(self, instrument: Instrument) -> Family:
        """Return the one family an instrument is drawn in."""

    def risk_tables(self) -> RiskTables:
        """Return how roots move together."""

    def fund_assets(self, identifier: str) -> FundAssets | None:
        """Return the size of a fund, or None when it is not known."""

    def daily_reset_funds(self, underlying: str) -> tuple[Instrument, ...]:
        """Return every fund that promises a multiple of each day's move of something, by id."""

    def capital_stack(self, issuer: str) -> tuple[Claim, ...]:
        """Return an issuer's assets and claims, the assets first, then by rank; empty when not known."""

    def note_terms(self, instrument: str) -> NoteTerms | None:
        """Return the terms of a note, a contract on a level or a token; None when they are not known."""

    def overnight_rates(self) -> Mapping[int, float]:
        """Return year → overnight rate, fraction a year."""

    def fx_rates(self) -> tuple[FxRate, ...]:
        """Return dated exchange rates, units of a currency for one US dollar."""


class Recogniser(Protocol):
    """Tells which instrument a line of a file is."""

    def __call__(self, position: Position) -> Recognition:
        """Return what a line was taken for."""
