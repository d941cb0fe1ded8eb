# ruff: noqa: ARG002  # it answers without looking at what it was asked
"""An engine without files or a library: every session gets the sample analysis, fitted to its lines."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from levcheck.app.analysis import Analysis, Candidate
from levcheck.app.draft_results import Proposed, draft_results
from levcheck.app.kept_bets import KeptBet, KeptChange
from levcheck.app.own_scenarios import OwnChange
from levcheck.app.reverse_stress import ReverseStress, Trim
from levcheck.app.session import Session
from levcheck.app.what_if import line_ref
from levcheck.domain.diagnostics import LevcheckError
from levcheck.domain.draft import Change, ChangeKind, Draft
from levcheck.domain.portfolio import IgnoredRows, Outcome, Portfolio, Reading
from levcheck.domain.scenario import Scenario
from levcheck.domain.theme import OwnThemes
from levcheck.importing.mapping import ColumnChoice, ColumnChoices, TableChoice
from levcheck.reference.overrides import Override
from levcheck.reference.user_datasets import Dataset
from levcheck.reference.user_library import Added
from levcheck.ui.jobs import Ticket
from tests.helpers.sample_analysis import FILE, SHEET, sample_analysis


class SampleEngine:
    """Answers at once; ``analysed`` counts how often it was asked."""

    def __init__(self) -> None:
        self.analysed = 0
        self.forgotten = 0
        self.outcome = Outcome.POSITIONS
        self.error: LevcheckError | None = None
        self.fund_lists: set[str] = set()
        self.asks_for = ""
        self.added: list[tuple[str, str | None, str | None]] = []
        self.kept_scenarios: list[Scenario] = []
        self.changed_scenarios: list[OwnChange] = []
        self.overrides: list[Override] = []
        self.taken_back: list[str] = []
        self.kept: list[OwnThemes] = []
        self.bets: tuple[KeptBet, ...] = ()
        self.bet_changes: list[KeptChange] = []

    def read(
        self,
        path: Path,
        ticket: Ticket,
        mapping: Mapping[str, str] | None = None,
        total_value: float | None = None,
    ) -> Reading:
        if self.error is not None:
            raise self.error
        outcome = self.outcome
        if outcome is Outcome.NEEDS_MAPPING and mapping and "quantity" in mapping:
            outcome = Outcome.POSITIONS
        portfolio = sample_analysis().portfolio
        return Reading(
            file=FILE,
            sha256="ab" * 32,
            outcome=outcome,
            as_of=portfolio.as_of,
            base_currency="USD",
            columns=MappingProxyType({"symbol": "Symbol", "market_value": "Value"}),
            positions=portfolio.positions,
            cash=portfolio.cash,
            ignored=(
                IgnoredRows(SHEET, 1, 2, "title"),
                IgnoredRows(SHEET, 3, 3, "header"),
                IgnoredRows(SHEET, 19, 20, "footer"),
            ),
        )

    def choices(self, path: Path) -> ColumnChoices:
        columns = (
            ColumnChoice("A", "Symbol", "symbol", (("symbol", 100),)),
            ColumnChoice("B", "Number", None, (("quantity", 60), ("price", 40))),
            ColumnChoice("C", "", None, ()),
        )
        rows = ((4, ("VTI", "1040", "50")), (5, ("SMH", "480", "50")))
        table = TableChoice(SHEET, 3, columns, rows, ("quantity",), "f1")
        return ColumnChoices(FILE, (table,))

    def analyse(self, session: Session, ticket: Ticket) -> Analysis:
        self.analysed += 1
        full = sample_analysis()
        held = {p.place.row for p in session.portfolio.positions}
        lines = tuple(
            line
            for line in full.positions
            if line.position is None or line.position.place.row in held
        )
        verdict = replace(full.verdict, lines=len(lines))
        stress = full.stress
        if session.custom is not None:
            own = replace(full.stress[0], scenario=session.custom.id, facts=session.custom)
            stress = (own, *stress)
        return replace(
            full,
            portfolio=session.portfolio,
            positions=full.positions,
            verdict=verdict,
            stress=stress,
        )

    def try_scenario(self, session: Session, scenario: Scenario) -> Analysis:
        full = sample_analysis()
        result = full.stress[0]
        scale = scenario.shocks[0].move / -0.3
        own = replace(
            result,
            scenario=scenario.id,
            facts=scenario,
            pnl=result.pnl * scale,
            share_of_equity=(result.share_of_equity or 0.0) * scale,
        )
        return replace(full, stress=(own,))

    def keep_scenario(self, scenario: Scenario) -> None:
        self.kept_scenarios.append(scenario)

    def change_scenario(self, change: OwnChange) -> OwnChange:
        self.changed_scenarios.append(change)
        before = next((s for s in self.kept_scenarios if s.id == change.id), None)
        return OwnChange(change.id, scenario=None if change.scenario else before)

    def ask_backwards(
        self, session: Session, target: str, loss_share: float
    ) -> tuple[ReverseStress, ReverseStress | None]:
        return ReverseStress(target, "NVIDIA", "loss", loss_share, -2 * loss_share, 0.0, None), None

    def propose(self, session: Session, today: Analysis, ticket: Ticket) -> Proposed:
        def look(held: Portfolio) -> Analysis:
            return replace(today, portfolio=held)

        return Proposed(today, draft_results(today, session.drafts, look))

    def least_sale(
        self, portfolio: Portfolio, root: str, share: float
    ) -> tuple[Trim, tuple[Change, ...]]:
        return Trim(root, "NVIDIA", share, 0.5, share, (), 0.0, is_enough=True), ()

    def draft_from(self, today: Analysis, proposal: Session, letter: str) -> Draft:
        return Draft(letter, (Change(ChangeKind.SELL, line_ref(today, "p1")),), "proposal")

    def belongs_to_library(self, path: Path) -> bool:
        return path.name in self.fund_lists

    def add_to_library(self, path: Path, fund: str | None, as_of: str | None) -> Added:
        if fund is None and self.asks_for:
            raise LevcheckError(self.asks_for, file=path.name, guess="SMH.US")
        self.added.append((path.name, fund, as_of))
        kept = Dataset(
            id="SMH.US__2026-09-30__0",
            fund=fund or "SMH.US",
            as_of=as_of or "2026-09-30",
            file=path.name,
            rows=26,
            weight_sum=0.998,
            coverage="full",
            reader="vaneck",
        )
        return Added((kept,), ())

    def override(self, change: Override) -> None:
        self.overrides.append(change)

    def keep_themes(self, own: OwnThemes) -> None:
        self.kept.append(own)

    def kept_bets(self) -> tuple[KeptBet, ...]:
        return self.bets

    def change_kept(self, change: KeptChange) -> KeptChange:
        self.bet_changes.append(change)
        return KeptChange(change.id)

    def take_back(self, instrument: str) -> None:
        self.taken_back.append(instrument)

    def forget(self) -> None:
        self.forgotten += 1

    def suggest(self, session: Session, identifier: str, text: str) -> tuple[Candidate, ...]:
        return (Candidate(f"{text.upper()}.US", f"{text.upper()} Incorporated", 0.9),)
