"""What the window asks of the rooms below it; everything heavy is imported when it is first asked."""

import threading
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

    from levcheck.app.analysis import Analysis, Candidate
    from levcheck.app.draft_results import Proposals, Proposed
    from levcheck.app.kept_bets import KeptBet, KeptChange
    from levcheck.app.own_scenarios import OwnChange
    from levcheck.app.reverse_stress import ReverseStress, Trim
    from levcheck.app.session import Session
    from levcheck.domain.draft import Change, Draft
    from levcheck.domain.portfolio import Portfolio, Reading
    from levcheck.domain.scenario import Scenario
    from levcheck.domain.theme import OwnThemes
    from levcheck.importing.mapping import ColumnChoices
    from levcheck.reference.catalogue import Catalogue
    from levcheck.reference.overrides import Override
    from levcheck.reference.user_library import Added
    from levcheck.ui.jobs import Ticket

OFFERED = 8
"""Instruments offered for what the user typed."""


class Engine(Protocol):
    """Reads files and analyses sessions; all of it may run on any thread."""

    def read(
        self,
        path: Path,
        ticket: "Ticket",
        mapping: "Mapping[str, str] | None" = None,
        total_value: float | None = None,
    ) -> "Reading":
        """Return what a workbook holds.

        Raises:
            LevcheckError: it cannot be read at all.
        """
        ...

    def choices(self, path: Path) -> "ColumnChoices":
        """Return the columns of a file with what they may hold.

        Raises:
            LevcheckError: it cannot be read at all.
        """
        ...

    def analyse(self, session: "Session", ticket: "Ticket") -> "Analysis":
        """Return everything there is to say about a session, its own scenario included."""
        ...

    def try_scenario(self, session: "Session", scenario: "Scenario") -> "Analysis":
        """Return the analysis under one scenario only, for a total that follows the hand."""
        ...

    def keep_scenario(self, scenario: "Scenario") -> None:
        """Keep a scenario among the user's own; every later analysis runs it.

        Raises:
            LevcheckError: it cannot be written.
        """
        ...

    def change_scenario(self, change: "OwnChange") -> "OwnChange":
        """Rename or remove one of the user's own scenarios, or put it back; return what undoes that.

        Raises:
            LevcheckError: it is none of the user's own, or cannot be written.
        """
        ...

    def suggest(self, session: "Session", identifier: str, text: str) -> "tuple[Candidate, ...]":
        """Return what a line might be when it is called `text`, likeliest first."""
        ...

    def ask_backwards(
        self, session: "Session", target: str, loss_share: float
    ) -> "tuple[ReverseStress, ReverseStress | None]":
        """Return the move that costs a share of the money, and with debt the one that brings the margin call.

        Raises:
            LevcheckError: nothing rides on the target, or the share is none.
        """
        ...

    def propose(self, session: "Session", today: "Analysis", ticket: "Ticket") -> "Proposed":
        """Return what is laid beside today: every draft with its analysis, swaps worked out, drift from the model."""
        ...

    def least_sale(
        self, portfolio: "Portfolio", root: str, share: float
    ) -> "tuple[Trim, tuple[Change, ...]]":
        """Return the least money to sell so that a root is at most a share of equity, and the changes that do it.

        Raises:
            LevcheckError: nothing rides on the root, or the share is none.
        """
        ...

    def draft_from(self, today: "Analysis", proposal: "Session", letter: str) -> "Draft":
        """Return the changes that lead from today's list to another."""
        ...

    def belongs_to_library(self, path: Path) -> bool:
        """Return whether a file is a fund's list, a filing or a table, and no portfolio."""
        ...

    def add_to_library(self, path: Path, fund: str | None, as_of: str | None) -> "Added":
        """Keep a file in the user's library; the next analysis uses it.

        Raises:
            LevcheckError: it cannot be used, or does not say which fund or day it is about.
        """
        ...

    def override(self, change: "Override") -> None:
        """Keep what the user says about an instrument; the next analysis uses it.

        Raises:
            LevcheckError: it cannot be so.
        """
        ...

    def take_back(self, instrument: str) -> None:
        """Remove what the user said or added about an instrument; the next analysis uses the bundled facts.

        Raises:
            LevcheckError: he said nothing about it.
        """
        ...

    def keep_themes(self, own: "OwnThemes") -> None:
        """Keep the user's own bets; every later analysis uses them.

        Raises:
            LevcheckError: they cannot be written.
        """
        ...

    def kept_bets(self) -> "tuple[KeptBet, ...]":
        """Return every bet the user keeps for all lists."""
        ...

    def change_kept(self, change: "KeptChange") -> "KeptChange":
        """Rename, put aside or remove a bet that is kept, or put it back; return what undoes that.

        Raises:
            LevcheckError: it is not kept, or cannot be written.
        """
        ...

    def forget(self) -> None:
        """Drop everything remembered of a portfolio, so that nothing of it is left for the next one."""
        ...


class LocalEngine:
    """The engine on this computer: the bundled library, the bundled scenarios, the importer."""

    def __init__(self) -> None:
        # One library for all threads: what is worked out for a portfolio is remembered with the library it was
        # worked out from, and the database keeps its own lock.
        self._library: Catalogue | None = None
        self._opening = threading.Lock()
        self._proposals: Proposals | None = None

    def read(
        self,
        path: Path,
        ticket: "Ticket",
        mapping: "Mapping[str, str] | None" = None,
        total_value: float | None = None,
    ) -> "Reading":
        """Return what a workbook holds.

        Raises:
            LevcheckError: it cannot be read at all.
        """
        from levcheck.importing import read_positions

        return read_positions(
            path,
            progress=lambda share, _step: ticket.report(share),
            cancelled=ticket.is_cancelled,
            mapping=mapping,
            total_value=total_value,
        )

    def choices(self, path: Path) -> "ColumnChoices":
        """Return the columns of a file with what they may hold.

        Raises:
            LevcheckError: it cannot be read at all.
        """
        from levcheck.importing import column_choices

        return column_choices(path)

    def analyse(self, session: "Session", ticket: "Ticket") -> "Analysis":
        """Return everything there is to say about a session, its own scenario included."""
        del ticket
        from dataclasses import replace

        from levcheck.app.own_scenarios import scenario_library

        own = (session.custom,) if session.custom is not None else ()
        library = scenario_library()
        analysis = self._analyse(session, (*own, *library.scenarios))
        return replace(analysis, diagnostics=(*analysis.diagnostics, *library.diagnostics))

    def keep_scenario(self, scenario: "Scenario") -> None:
        """Keep a scenario among the user's own; every later analysis runs it.

        Raises:
            LevcheckError: it cannot be written.
        """
        from levcheck.app.own_scenarios import keep_own_scenario

        keep_own_scenario(scenario)

    def change_scenario(self, change: "OwnChange") -> "OwnChange":
        """Rename or remove one of the user's own scenarios, or put it back; return what undoes that.

        Raises:
            LevcheckError: it is none of the user's own, or cannot be written.
        """
        from levcheck.app.own_scenarios import change_own_scenario

        return change_own_scenario(change)

    def try_scenario(self, session: "Session", scenario: "Scenario") -> "Analysis":
        """Return the analysis under one scenario only, for a total that follows the hand."""
        return self._analyse(session, (scenario,))

    def suggest(self, session: "Session", identifier: str, text: str) -> "tuple[Candidate, ...]":
        """Return what a line might be when it is called `text`, likeliest first."""
        del session, identifier
        from levcheck.app.analysis import Candidate

        found = self._catalogue().search(text, OFFERED)
        return tuple(Candidate(row.id, row.name, 1.0 / rank) for rank, row in enumerate(found, 1))

    def ask_backwards(
        self, session: "Session", target: str, loss_share: float
    ) -> "tuple[ReverseStress, ReverseStress | None]":
        """Return the move that costs a share of the money, and with debt the one that brings the margin call.

        Raises:
            LevcheckError: nothing rides on the target, or the share is none.
        """
        from levcheck.app.pipeline import prepared
        from levcheck.app.reverse_stress import reverse_margin, reverse_stress

        model, analysis = prepared(session.portfolio, self._catalogue(), targets=(target,))
        return reverse_stress(model, analysis, target, loss_share), reverse_margin(
            model, analysis, target
        )

    def propose(self, session: "Session", today: "Analysis", ticket: "Ticket") -> "Proposed":
        """Return what is laid beside today: every draft with its analysis, swaps worked out, drift from the model."""
        from dataclasses import replace

        from levcheck.app.draft_results import Proposals, proposed

        if self._proposals is None:
            self._proposals = Proposals()
        return proposed(
            session,
            today,
            self._catalogue(),
            lambda held: self.analyse(replace(session, portfolio=held), ticket),
            self._proposals,
        )

    def least_sale(
        self, portfolio: "Portfolio", root: str, share: float
    ) -> "tuple[Trim, tuple[Change, ...]]":
        """Return the least money to sell so that a root is at most a share of equity, and the changes that do it.

        Raises:
            LevcheckError: nothing rides on the root, or the share is none.
        """
        from levcheck.app.draft_arithmetic import least_sale
        from levcheck.app.pipeline import analyse

        catalogue = self._catalogue()
        return least_sale(analyse(portfolio, catalogue, ()), catalogue, root, share)

    def draft_from(self, today: "Analysis", proposal: "Session", letter: str) -> "Draft":
        """Return the changes that lead from today's list to another."""
        from levcheck.app.draft_import import draft_from
        from levcheck.app.pipeline import analyse

        return draft_from(today, analyse(proposal.portfolio, self._catalogue(), ()), letter)

    def _analyse(self, session: "Session", scenarios: "tuple[Scenario, ...]") -> "Analysis":
        from dataclasses import replace

        from levcheck.app.pipeline import analyse

        analysis = analyse(session.portfolio, self._catalogue(), scenarios)
        return replace(analysis, diagnostics=(*session.diagnostics, *analysis.diagnostics))

    def _catalogue(self) -> "Catalogue":
        from levcheck.reference.catalogue import Catalogue

        with self._opening:
            if self._library is None:
                self._library = Catalogue.for_user()
            return self._library

    def belongs_to_library(self, path: Path) -> bool:
        """Return whether a file is a fund's list, a filing or a table, and no portfolio."""
        from levcheck.reference.recognising import belongs_to_library

        return belongs_to_library(path, self._catalogue())

    def add_to_library(self, path: Path, fund: str | None, as_of: str | None) -> "Added":
        """Keep a file in the user's library; the next analysis uses it.

        Raises:
            LevcheckError: it cannot be used, or does not say which fund or day it is about.
        """
        from levcheck.reference.user_library import add

        added = add([path], self._catalogue(), fund=fund, as_of=as_of)
        self._reload()
        return added

    def override(self, change: "Override") -> None:
        """Keep what the user says about an instrument; the next analysis uses it.

        Raises:
            LevcheckError: it cannot be so.
        """
        from datetime import UTC, datetime

        from levcheck.reference.overrides import override

        override(change, self._catalogue(), today=datetime.now(UTC).date())
        self._reload()

    def take_back(self, instrument: str) -> None:
        """Remove what the user said or added about an instrument; the next analysis uses the bundled facts.

        Raises:
            LevcheckError: he said nothing about it.
        """
        from levcheck.reference.user_library import remove

        remove(instrument)
        self._reload()

    def keep_themes(self, own: "OwnThemes") -> None:
        """Keep the user's own bets; every later analysis uses them.

        Raises:
            LevcheckError: they cannot be written.
        """
        from datetime import UTC, datetime

        from levcheck.reference.own_themes import keep_themes

        keep_themes(own, today=datetime.now(UTC).date())
        self._reload()

    def kept_bets(self) -> "tuple[KeptBet, ...]":
        """Return every bet the user keeps for all lists."""
        from levcheck.app.kept_bets import kept_bets

        return kept_bets(self._catalogue())

    def change_kept(self, change: "KeptChange") -> "KeptChange":
        """Rename, put aside or remove a bet that is kept, or put it back; return what undoes that.

        Raises:
            LevcheckError: it is not kept, or cannot be written.
        """
        from levcheck.app.kept_bets import change_kept

        undo = change_kept(change, self._catalogue())
        self._reload()
        return undo

    def _reload(self) -> None:
        """Open the library anew when it is next asked, with what the user changed in it."""
        with self._opening:
            self._library = None

    def forget(self) -> None:
        """Drop everything remembered of a portfolio, so that nothing of it is left for the next one."""
        from levcheck.app.pipeline import forget

        self._proposals = None
        forget()
