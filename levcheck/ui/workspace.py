"""The window's state: one history of sessions, the newest analysis of it, and what the user looks at.

Widgets call its methods and listen to its signals; nothing here paints.
"""

import logging
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from levcheck.app.passwords import ASK_CODES, NEEDS_PASSWORD
from levcheck.app.session import (
    EMPTY_SESSION,
    History,
    Session,
    add_reading,
    apply_scenario,
    lines_replaced,
    new_session,
    set_custom_scenario,
)
from levcheck.domain.diagnostics import LevcheckError
from levcheck.domain.portfolio import Outcome, Reading
from levcheck.domain.scenario import Scenario
from levcheck.i18n.words import Words
from levcheck.presenting.choices import Choices
from levcheck.presenting.diagnostics_list import NoticeView, error_notice, notice
from levcheck.presenting.figures import Tone
from levcheck.ui.engine import Engine
from levcheck.ui.jobs import ImmediateJob, LatestJob, Ticket
from levcheck.ui.session_keeper import SessionKeeper

if TYPE_CHECKING:
    from levcheck.app.analysis import Analysis
    from levcheck.app.draft_results import Proposed
    from levcheck.app.kept_bets import KeptBet, KeptChange
    from levcheck.app.leverage_paths import PathsRequest
    from levcheck.app.own_scenarios import OwnChange
    from levcheck.app.session_files import Backup, Recovery, SessionFile
    from levcheck.presenting.drawer import DrawerView
    from levcheck.presenting.leverage_paths import PathsPanelView
    from levcheck.presenting.screens import ScreenViews
    from levcheck.reference.overrides import Override

SESSION_ENDING = ".levcheck"
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the worker brings back: the analysis shown, every screen of it, and today with its drafts."""

    analysis: "Analysis"
    views: "ScreenViews"
    session: Session
    choices: Choices
    proposed: "Proposed"


@dataclass(frozen=True, slots=True)
class Opened:
    """A file that was read: a reading, or a saved session.

    Attributes:
        path: what was read.
        reading: what a workbook holds.
        session: what a session file, an earlier copy or a recovery holds.
        adds: it is one more account of the list that is open.
        file: the file the session belongs to; None = the one that is open already, or none.
        label: what undo calls it; "" = opening the file.
        keeps_past: it is laid over what is open, so that undo brings that back.
        is_saved: the session is what its file holds.
        recovery: the unsaved work it was kept in.
    """

    path: Path
    reading: Reading | None = None
    session: Session | None = None
    adds: bool = False
    file: "SessionFile | None" = None
    label: str = ""
    keeps_past: bool = False
    is_saved: bool = True
    recovery: "Recovery | None" = None


@dataclass(frozen=True, slots=True)
class LibraryChange:
    """What became of a change of the user's library.

    Attributes:
        told: what to say.
        portfolio: a dropped file that turned out to be a portfolio; None = it was none.
        question: a file that does not say which fund or day it is about, with what is missing; None = nothing is.
        undo: what undoes a change of an own scenario; None = none was changed.
    """

    told: tuple[NoticeView, ...] = ()
    portfolio: Path | None = None
    question: tuple[Path, LevcheckError] | None = None
    undo: "OwnChange | None" = None


@dataclass(frozen=True, slots=True)
class KeptBets:
    """The bets kept for every list.

    Attributes:
        bets: all of them.
        undo: what undoes the change just made; None = none was made.
    """

    bets: "tuple[KeptBet, ...]"
    undo: "KeptChange | None" = None


class Workspace(QObject):
    """Holds what is open.

    ``session_changed`` after every edit, undo and opening; ``views_ready`` with new :class:`ScreenViews`;
    ``busy_changed`` while numbers are being made; ``reading_changed`` while a file is being read and
    ``reading_progressed`` with its share; ``mapping_needed`` with a path whose columns the user must match and whether it is
    added to what is open; ``notice_raised`` with a :class:`NoticeView` and ``error_raised`` with the
    :class:`LevcheckError` behind it; ``trial_ready`` with the analysis of a tried scenario;
    ``file_opened`` with a path that can be opened again, and ``portfolio_found`` with a dropped file that is to be opened;
    ``suggestions_ready`` with candidates for a line the user names; ``columns_ready`` with the columns of a file and
    ``library_asked`` with a fund's list and the :class:`LevcheckError` that says what it does not say itself;
    ``columns_tried`` with the reading a mapping gives; ``backwards_ready`` with the sentences that answer a question asked
    backwards, and ``paths_ready`` with the courses a daily-reset fund may take; ``scenario_changed`` with the
    :class:`OwnChange` that undoes a change of an own scenario; ``password_needed`` with the name of a file
    that is closed with one and whether the one typed was wrong (:meth:`try_password` goes on);
    ``kept_bets_ready`` with :class:`KeptBets`.
    """

    session_changed = Signal()
    views_ready = Signal(object)
    busy_changed = Signal(bool)
    reading_changed = Signal(bool)
    reading_progressed = Signal(float)
    mapping_needed = Signal(object, object)
    notice_raised = Signal(object)
    error_raised = Signal(object)
    trial_ready = Signal(object)
    suggestions_ready = Signal(object)
    file_opened = Signal(object)
    portfolio_found = Signal(object)
    columns_ready = Signal(object)
    columns_tried = Signal(object)
    library_asked = Signal(object, object)
    words_changed = Signal()
    backwards_ready = Signal(object)
    paths_ready = Signal(object)
    scenario_changed = Signal(object)
    password_needed = Signal(str, bool)
    kept_bets_ready = Signal(object)

    def __init__(
        self,
        engine: Engine,
        words: Words | None = None,
        *,
        job: type[LatestJob] = LatestJob,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._engine = engine
        self._words = words or Words()
        self.usual_currency: str | None = None
        self._history = History()
        self._choices = Choices()
        self._analysis: Analysis | None = None
        self._proposed: Proposed | None = None
        self._trial: Analysis | None = None
        self._views: ScreenViews | None = None
        self._untouched: Session | None = None
        self.asked_path: Path | None = None
        self.keeper = SessionKeeper(lambda: self._words, job, self)
        self._reading_job = job(parent=self)
        self._with_password: Callable[[str], None] | None = None
        self._analysis_job = job(parent=self)
        self._trial_job = job(parent=self)
        self._reading_job.succeeded.connect(self._on_opened)
        self._reading_job.failed.connect(self._on_failed)
        self._reading_job.busy_changed.connect(self.reading_changed)
        self._reading_job.progressed.connect(self.reading_progressed)
        self._analysis_job.succeeded.connect(self._on_analysed)
        self._analysis_job.failed.connect(self._on_failed)
        self._analysis_job.busy_changed.connect(self.busy_changed)
        self._columns_job = job(parent=self)
        self._columns_job.succeeded.connect(self._on_columns)
        self._columns_job.failed.connect(self._on_failed)
        self._suggestion_job = job(parent=self)
        self._suggestion_job.succeeded.connect(self.suggestions_ready)
        self._suggestion_job.failed.connect(self._on_failed)
        self._library_job = job(parent=self)
        self._library_job.succeeded.connect(self._on_library)
        self._library_job.failed.connect(self._on_failed)
        self._library_job.busy_changed.connect(self.reading_changed)
        self._bets_job = job(parent=self)
        self._bets_job.succeeded.connect(self._on_bets)
        self._bets_job.failed.connect(self._on_bets_failed)
        self._bet_changes: deque[KeptChange] = deque()
        self._trial_job.succeeded.connect(self._on_tried)
        self._trial_job.failed.connect(self._on_failed)
        self._backwards_job = job(parent=self)
        self._backwards_job.succeeded.connect(self.backwards_ready)
        self._backwards_job.failed.connect(self._on_not_held)
        self._paths_job = job(parent=self)
        self._paths_job.succeeded.connect(self.paths_ready)
        self._paths_job.failed.connect(self._on_failed)

        # Questions of the What-if screen; its desk listens to the answers.
        self.lookup_job, self.limit_job, self.beside_job = (job(parent=self) for _ in range(3))
        for one in (self.lookup_job, self.limit_job, self.beside_job):
            one.failed.connect(self._on_failed)
        self.beside_job.busy_changed.connect(self.reading_changed)

    @classmethod
    def immediate(cls, engine: Engine, words: Words) -> "Workspace":
        """Return a workspace that does all work at once, for pictures."""
        return cls(engine, words, job=ImmediateJob)

    # --- what is open ------------------------------------------------------------------------------------

    @property
    def engine(self) -> Engine:
        """What reads and analyses."""
        return self._engine

    @property
    def session(self) -> Session:
        """The session on screen."""
        return self._history.session

    @property
    def history(self) -> History:
        """The session with its past."""
        return self._history

    @property
    def words(self) -> Words:
        """How the user is spoken to."""
        return self._words

    @property
    def choices(self) -> Choices:
        """What the user looks at."""
        return self._choices

    @property
    def analysis(self) -> "Analysis | None":
        """The newest analysis; None before the first."""
        return self._analysis

    @property
    def proposed(self) -> "Proposed | None":
        """Today with its drafts; None before the first analysis."""
        return self._proposed

    @property
    def today(self) -> "Analysis | None":
        """The newest analysis of the list itself, whatever the screens show; None before the first."""
        return self._proposed.today if self._proposed is not None else None

    @property
    def shown_session(self) -> Session:
        """The session as the screens show it: with a draft's portfolio where they show a draft."""
        draft = self._proposed.of(self._choices.shown) if self._proposed is not None else None
        if draft is None:
            return self.session
        return replace(self.session, portfolio=draft.proposal.portfolio)

    @property
    def views(self) -> "ScreenViews | None":
        """The newest screens; None before the first."""
        return self._views

    @property
    def path(self) -> Path | None:
        """Where the session is saved; None when it never was."""
        return self.keeper.path

    @property
    def has_unsaved_edits(self) -> bool:
        """Whether the user would lose work without saving: a workbook that was only opened is no work."""
        session = self.session
        return self._history.is_modified and session is not self._untouched and not session.is_empty

    @property
    def is_reading(self) -> bool:
        """Whether a file is being read."""
        return self._reading_job.is_busy

    @property
    def is_behind(self) -> bool:
        """Whether new screens are on their way, so that what is on screen is not what was asked for last."""
        return self._analysis_job.is_busy

    @property
    def is_busy(self) -> bool:
        """Whether numbers are being made or a file is being read."""
        return self._analysis_job.is_busy or self._reading_job.is_busy

    # --- opening and saving --------------------------------------------------------------------------------

    def open(
        self,
        path: Path,
        *,
        adds: bool = False,
        mapping: Mapping[str, str] | None = None,
        total_value: float | None = None,
        password: str | None = None,
    ) -> None:
        """Read a workbook or a saved session.

        Args:
            path: the file.
            adds: take it as one more account of the household.
            mapping: field → column, as the user matched them.
            total_value: what everything is worth, for a file of shares without amounts.
            password: of a session that has one.
        """
        engine = self._engine
        self.asked_path = path
        self._with_password = lambda typed: self.open(path, password=typed)

        def work(ticket: Ticket) -> Opened:
            if path.suffix.lower() == SESSION_ENDING:
                return _opened_session(path, ticket, password)
            reading = engine.read(path, ticket, mapping, total_value)
            return Opened(path, reading=reading, adds=adds)

        self._reading_job.submit(work)

    def open_again(self, *, password: str | None = None) -> None:
        """Take what the session's file holds now over what is on screen; undo brings that back."""
        path, like = self.path, self.keeper.file
        if path is None:
            return
        self._with_password = lambda typed: self.open_again(password=typed)

        def work(ticket: Ticket) -> Opened:
            return replace(_opened_session(path, ticket, password, like=like), keeps_past=True)

        self._reading_job.submit(work)

    def try_password(self, password: str) -> None:
        """Open what asked for a password once more, with the one the user typed."""
        if self._with_password is not None:
            self._with_password(password)

    def open_copy(
        self, copy: "Backup", label: str, *, is_over: bool, password: str | None = None
    ) -> None:
        """Show an earlier copy; nothing is written before the user saves.

        Args:
            copy: the copy.
            label: what undo calls it.
            is_over: it is a copy of the file on screen and is laid over it; else it takes the place of what is open.
            password: of a copy that has one.
        """
        like = self.keeper.file
        self._with_password = lambda typed: self.open_copy(
            copy, label, is_over=is_over, password=typed
        )

        def work(_ticket: Ticket) -> Opened:
            from levcheck.app.session_files import open_session

            session = open_session(copy.path, password=password, like=like)
            return Opened(
                copy.path, session=session, label=label, keeps_past=is_over, is_saved=False
            )

        self._reading_job.submit(work)

    def recover(self, recovery: "Recovery", password: str | None = None) -> None:
        """Bring back work a window that ended had not saved."""
        label = self._words.text("Bring back unsaved work")
        self._with_password = lambda typed: self.recover(recovery, typed)

        def work(_ticket: Ticket) -> Opened:
            from levcheck.app.session_files import recover

            session, file = recover(recovery, password)
            path = recovery.origin or recovery.path
            return Opened(
                path, session=session, file=file, label=label, is_saved=False, recovery=recovery
            )

        self._reading_job.submit(work)

    def read_beside(
        self, work: "Callable[[Ticket, str | None], object]", password: str | None = None
    ) -> None:
        """Read a second file, which does not take the place of what is open; ``beside_job`` answers.

        Args:
            work: reads it, with the password that was typed for it.
            password: of a session that has one.
        """
        self._with_password = lambda typed: self.read_beside(work, typed)
        self.beside_job.submit(lambda ticket: work(ticket, password))

    def ask_columns(self, path: Path) -> None:
        """Ask for the columns of a file; ``columns_ready`` answers."""
        engine = self._engine
        self._columns_job.submit(lambda _ticket: engine.choices(path))

    def try_columns(
        self, path: Path, mapping: Mapping[str, str], total_value: float | None
    ) -> None:
        """Ask what a mapping would give; ``columns_tried`` answers with a reading that is not kept."""
        engine = self._engine
        self._columns_job.submit(lambda ticket: engine.read(path, ticket, mapping, total_value))

    def cancel_reading(self) -> None:
        """Stop reading; what was open stays."""
        self._reading_job.cancel()

    def save(self, path: Path, *, chosen: bool = False) -> bool:
        """Save the session; tell and return False when that fails.

        Args:
            path: where to.
            chosen: the user chose this file just now, so whatever stands there may be replaced.
        """
        if not self.keeper.save(self.session, path, chosen=chosen):
            return False
        self._history = self._history.mark_saved()
        self.file_opened.emit(path)
        self._tell_change()
        return True

    def close(self) -> None:
        """Forget everything that is open, its past included."""
        self.stop()
        self._with_password = None
        self._history = History()
        self._choices = Choices()
        self._analysis = self._views = self._proposed = self._trial = None
        self._untouched = self.asked_path = None
        self.keeper.take(None)
        self._engine.forget()
        self._tell_change()

    def stop(self) -> None:
        """Give up everything that runs; for a window that closes."""
        for job in (
            self._reading_job,
            self._columns_job,
            self._analysis_job,
            self._trial_job,
            self._suggestion_job,
            self._library_job,
            self._bets_job,
            self._backwards_job,
            self._paths_job,
            self.lookup_job,
            self.limit_job,
            self.beside_job,
        ):
            job.cancel()

    # --- editing -------------------------------------------------------------------------------------------

    def edit(self, label: str, change: Callable[[Session], Session]) -> None:
        """Make an edit that undo will name `label`; while a guest watches nothing can be edited.

        Lines are edited only while the screens show today's.
        """
        if self.is_showing:
            return
        if self._choices.shown is not None:
            self._edit_beside(label, change)
            return
        self._record(label, change)

    def _record(self, label: str, change: Callable[[Session], Session]) -> None:
        self._go_to(self._history.record(label, change(self.session)))

    def edit_bets(self, label: str, change: Callable[[Session], Session], *, shows: str) -> None:
        """Make an edit of bets that undo will name `label`, and look at the bet it is about."""
        self._choices = replace(self._choices, theme=shows)
        self.edit(label, change)

    def _edit_beside(self, label: str, change: Callable[[Session], Session]) -> None:
        """Make an edit while a draft is on screen, if it leaves the list alone: a line's number means another there."""
        try:
            edited = change(self.session)
        except KeyError:
            edited = None
        if edited is not None and edited.portfolio is self.session.portfolio:
            self._go_to(self._history.record(label, edited))
            return
        words = self._words
        self.notice_raised.emit(
            NoticeView(
                words.text("You are looking at a draft. Today's list was not changed."),
                words.text("Go back to today first, then edit the list."),
                "",
                "window.draft_shown",
                Tone.WARNING,
            )
        )

    def undo(self) -> None:
        """Take back the last edit."""
        if not self.is_showing:
            self._go_to(self._history.undo())

    def redo(self) -> None:
        """Do the last undone edit again."""
        if not self.is_showing:
            self._go_to(self._history.redo())

    def apply_scenario(self, scenario: str | None) -> None:
        """Apply a scenario to all screens; None takes it away."""
        label = (
            self._words.text("Apply scenario") if scenario else self._words.text("Reset scenario")
        )
        self.edit(label, lambda session: apply_scenario(session, scenario))

    def keep_scenario(self, scenario: Scenario) -> None:
        """Put the user's own scenario into the list and show it."""
        self._choices = replace(self._choices, scenario=scenario.id)
        self.edit(
            self._words.text("Set own scenario"),
            lambda session: set_custom_scenario(session, scenario),
        )

    def try_scenario(self, scenario: Scenario) -> None:
        """Ask for the total of a scenario that is still in the user's hand."""
        engine, session = self._engine, self.shown_session
        self._trial_job.submit(lambda _ticket: engine.try_scenario(session, scenario))

    def ask_backwards(self, target: str, loss_share: float) -> None:
        """Ask which move of a target costs a share of the money; ``backwards_ready`` answers in sentences."""
        engine, session, words = self._engine, self.shown_session, self._words
        analysis = self._analysis

        def work(_ticket: Ticket) -> tuple[str, ...]:
            from levcheck.presenting.reverse import reverse_sentence
            from levcheck.presenting.shock_targets import shock_targets

            found = [f for f in engine.ask_backwards(session, target, loss_share) if f is not None]
            if words.hide_names and analysis is not None:
                # A bet of the user's own may carry a client's name: it is called what the box that asks calls it.
                label = dict(shock_targets(analysis, words)).get(target, target)
                found = [replace(one, name=label) for one in found]
            return tuple(reverse_sentence(words, one) for one in found)

        self._backwards_job.submit(work)

    def follow_paths(self, request: "PathsRequest") -> None:
        """Ask what time does to one daily-reset fund; ``paths_ready`` answers with the newest only."""
        analysis, words = self._analysis, self._words
        if analysis is None:
            return
        facts = next((f for f in analysis.daily_reset if f.position == request.position), None)
        if facts is None:
            return

        def work(_ticket: Ticket) -> "PathsPanelView":
            from levcheck.app.leverage_paths import leverage_paths
            from levcheck.presenting.leverage_paths import paths_panel_view

            return paths_panel_view(analysis, words, leverage_paths(facts, request))

        self._paths_job.submit(work)

    def suggest(self, identifier: str, text: str) -> None:
        """Ask what a line might be when it is called `text`."""
        engine, session = self._engine, self.session
        self._suggestion_job.submit(lambda _ticket: engine.suggest(session, identifier, text))

    # --- the user's library ---------------------------------------------------------------------------------

    def take_in(self, paths: Sequence[Path], *, are_lists: bool = False) -> None:
        """Take dropped files for what they are: fund lists go to the library, the first portfolio is opened.

        Args:
            paths: what was dropped.
            are_lists: the user says they are fund lists.
        """
        engine, words = self._engine, self._words

        def work(_ticket: Ticket) -> LibraryChange:
            told: tuple[NoticeView, ...] = ()
            portfolio: Path | None = None
            for path in paths:
                saved = path.suffix.lower() == SESSION_ENDING
                if not are_lists and (saved or not engine.belongs_to_library(path)):
                    portfolio = portfolio or path
                    continue
                one = _added(engine, words, path, None, None)
                told += one.told
                if one.question is not None:
                    return replace(one, told=told, portfolio=portfolio)
            return LibraryChange(told, portfolio)

        self._library_job.submit(work)

    def add_to_library(
        self, path: Path, *, fund: str | None = None, as_of: str | None = None
    ) -> None:
        """Keep a fund's list in the user's library as of the fund and day he says, and make the numbers anew."""
        engine, words = self._engine, self._words
        self._library_job.submit(lambda _ticket: _added(engine, words, path, fund, as_of))

    def override(self, change: "Override") -> None:
        """Keep what the user says about an instrument, and make the numbers anew."""
        engine = self._engine
        text = self._words.text("Your change of {what} counts from now on.", what=change.instrument)

        def work(_ticket: Ticket) -> LibraryChange:
            engine.override(change)
            return LibraryChange((NoticeView(text, "", "", "", Tone.SUCCESS),))

        self._library_job.submit(work)

    def take_back(self, instrument: str) -> None:
        """Remove what the user said or added about an instrument, and make the numbers anew."""
        engine = self._engine
        text = self._words.text("For {what} the facts of levcheck count again.", what=instrument)

        def work(_ticket: Ticket) -> LibraryChange:
            engine.take_back(instrument)
            return LibraryChange((NoticeView(text, "", "", "", Tone.SUCCESS),))

        self._library_job.submit(work)

    def save_scenario(self, scenario: Scenario) -> None:
        """Keep a scenario among the user's own, for every portfolio from now on, and make the numbers anew."""
        engine = self._engine
        text = self._words.text("Kept: {what}. It is tried on every portfolio.", what=scenario.name)

        def work(_ticket: Ticket) -> LibraryChange:
            engine.keep_scenario(scenario)
            return LibraryChange((NoticeView(text, "", "", "", Tone.SUCCESS),))

        self._library_job.submit(work)

    def change_scenario(self, change: "OwnChange") -> None:
        """Rename or remove one of the user's own scenarios, or put it back; ``scenario_changed`` says what undoes it."""
        engine = self._engine

        def work(_ticket: Ticket) -> LibraryChange:
            return LibraryChange(undo=engine.change_scenario(change))

        self._library_job.submit(work)

    @Slot()
    def keep_bets(self) -> None:
        """Keep the session's own bets in the user's library, so that they count in every list."""
        engine, own = self._engine, self.session.portfolio.themes
        text = self._words.text("Your bets count in every list from now on.")

        def work(_ticket: Ticket) -> LibraryChange:
            engine.keep_themes(own)
            return LibraryChange((NoticeView(text, "", "", "", Tone.SUCCESS),))

        self._library_job.submit(work)

    def ask_kept_bets(self) -> None:
        """Ask for the bets kept for every list; ``kept_bets_ready`` answers."""
        engine = self._engine
        if not self._bets_job.is_busy:
            self._bets_job.submit(lambda _ticket: KeptBets(engine.kept_bets()))

    def change_kept_bet(self, change: "KeptChange") -> None:
        """Change one of the bets kept for every list, after those asked for before; ``kept_bets_ready`` answers."""
        self._bet_changes.append(change)
        self._next_bet_change()

    def _next_bet_change(self) -> None:
        """Begin with the next change; a newer one does not take the place of one that waits."""
        if self._bets_job.is_busy or not self._bet_changes:
            return
        engine, change = self._engine, self._bet_changes.popleft()

        def work(_ticket: Ticket) -> KeptBets:
            undo = engine.change_kept(change)
            return KeptBets(engine.kept_bets(), undo)

        self._bets_job.submit(work)

    @Slot(object)
    def _on_bets(self, kept: KeptBets) -> None:
        self.kept_bets_ready.emit(kept)
        if kept.undo is not None and not self.session.is_empty:
            self._analyse()
        self._next_bet_change()

    @Slot(object)
    def _on_bets_failed(self, error: Exception) -> None:
        self._on_failed(error)
        self.ask_kept_bets()  # what was ticked on screen was not done
        self._next_bet_change()

    @Slot(object)
    def _on_library(self, change: LibraryChange) -> None:
        for told in change.told:
            self.notice_raised.emit(told)
        if change.undo is not None:
            self.scenario_changed.emit(change.undo)
        if change.question is not None:
            self.library_asked.emit(*change.question)
        if change.portfolio is not None:
            self.portfolio_found.emit(change.portfolio)
        elif (change.told or change.undo is not None) and not self.session.is_empty:
            self._analyse()

    # --- looking -------------------------------------------------------------------------------------------

    def show_theme(self, theme: str) -> None:
        """Show another bet on Overlap."""
        if theme != self._choices.theme:
            self._choices = replace(self._choices, theme=theme)
            self._present()

    def show_scenario(self, scenario: str) -> None:
        """Show another scenario on Stress."""
        if scenario != self._choices.scenario:
            self._choices = replace(self._choices, scenario=scenario)
            self._present()

    def choose_draft(self, letter: str) -> None:
        """Work on another draft on What-if."""
        if letter != self._choices.draft:
            self._choices = replace(self._choices, draft=letter)
            self._present()

    def show_draft(self, letter: str | None) -> None:
        """Let all screens show a draft in the place of today (None = today again)."""
        if letter is not None and letter not in {draft.id for draft in self.session.drafts}:
            return
        if letter != self._choices.shown:
            self._choices = replace(self._choices, shown=letter)
            self._present()

    def toggle_draft(self) -> None:
        """Show the draft worked on in the place of today on all screens, or today again."""
        if self._choices.shown is not None:
            self.show_draft(None)
        elif self.session.drafts:
            letters = [draft.id for draft in self.session.drafts]
            chosen = self._choices.draft
            self.show_draft(chosen if chosen in letters else letters[0])

    def look(self, choices: Choices) -> None:
        """Look at something else."""
        if choices != self._choices:
            self._choices = choices
            self._present()

    def speak(
        self,
        *,
        language: str | None = None,
        hide_amounts: bool | None = None,
        numbers: str | None = None,
    ) -> None:
        """Change the language, how numbers are written, or whether amounts are hidden, everywhere at once."""
        self._say_with(
            self._words.changed(language=language, hide_amounts=hide_amounts, numbers=numbers)
        )

    def begin_showing(self) -> None:
        """Show this to a guest: no amounts, nobody's name, and no edit until :meth:`end_showing`."""
        # What is on hand names files and amounts: it is not shown again, and what is asked already is not answered.
        self._views = None
        for job in (self._trial_job, self._suggestion_job, self._backwards_job, self._paths_job):
            job.cancel()
        self._say_with(self._words.changed(hide_amounts=True, hide_names=True))

    def end_showing(self, *, hide_amounts: bool) -> None:
        """Show everything again as the user sees it without a guest."""
        self._say_with(self._words.changed(hide_amounts=hide_amounts, hide_names=False))

    @property
    def is_showing(self) -> bool:
        """Whether a guest watches: then nothing can be edited."""
        return self._words.hide_names

    def _say_with(self, words: Words) -> None:
        self._words = words
        self.words_changed.emit()
        self._present()

    def explain(self, key: str) -> "DrawerView | None":
        """Return how a number came about; None when it is about no number of this analysis."""
        from levcheck.presenting.drawer import drawer_view
        from levcheck.presenting.figures import TRIED, split_draft_key

        letter, own = split_draft_key(key)
        analysis = self._analysis if letter is None else self._side(letter)
        if key.endswith(f"|{TRIED}"):
            analysis = self._trial
        if analysis is None:
            return None
        try:
            view = drawer_view(analysis, own, self._words, self.session.readings)
            return replace(view, key=key)
        except (KeyError, ValueError):
            _LOG.debug("no explanation for %s", key)
            return None

    # --- inside --------------------------------------------------------------------------------------------

    def _side(self, letter: str) -> "Analysis | None":
        """Return the analysis of a draft, or of today; None when it is not there."""
        from levcheck.presenting.figures import TODAY

        if self._proposed is None:
            return None
        if letter == TODAY:
            return self._proposed.today
        draft = self._proposed.of(letter)
        return draft.analysis if draft is not None else None

    def _go_to(self, history: History) -> None:
        if history is self._history:
            return
        self._history = history
        letters = {draft.id for draft in history.session.drafts}
        shown = self._choices.shown if self._choices.shown in letters else None
        self._choices = replace(self._choices, applied=history.session.scenario, shown=shown)
        self._tell_change()
        self._analyse()

    def _tell_change(self) -> None:
        self.keeper.follow(self.session, unsaved=self.has_unsaved_edits)
        self.session_changed.emit()

    def _analyse(self) -> None:
        session, choices, words, engine = self.session, self._choices, self._words, self._engine
        if session is EMPTY_SESSION:
            self._analysis = self._views = self._proposed = None
            self._analysis_job.cancel()
            self.views_ready.emit(None)
            return

        def work(ticket: Ticket) -> Answer:
            today = engine.analyse(session, ticket)
            return _answer(engine.propose(session, today, ticket), session, choices, words)

        self._analysis_job.submit(work)

    def _present(self) -> None:
        """Make the screens again from the analysis at hand; while one is being made, make it anew."""
        if self._proposed is None or self._analysis_job.is_busy:
            if not self.session.is_empty:
                self._analyse()
            return
        proposed, session, choices, words = self._proposed, self.session, self._choices, self._words

        def work(_ticket: Ticket) -> Answer:
            return _answer(proposed, session, choices, words)

        self._analysis_job.submit(work)

    @Slot(object)
    def _on_opened(self, opened: Opened) -> None:
        is_usable = opened.reading is None or opened.reading.outcome is Outcome.POSITIONS
        if is_usable and opened.is_saved:
            self.file_opened.emit(opened.path)
        if opened.session is not None:
            self._show_session(opened, opened.session)
            return
        reading = opened.reading
        if reading is None:
            return
        if reading.outcome is Outcome.NEEDS_MAPPING:
            self.mapping_needed.emit(opened.path, opened.adds)
        elif reading.outcome is Outcome.REFUSED:
            self._tell_refusal(reading)
        elif opened.adds:
            self._add(opened.path, reading)
        else:
            self.keeper.take(None)
            self._choices = Choices()
            base = None if reading.base_currency else self.usual_currency
            session = new_session([reading], base_currency=base)
            self._untouched = session
            self._record(self._opened_label(opened.path), lambda _: session)

    def _show_session(self, opened: Opened, session: Session) -> None:
        if opened.file is not None or not opened.keeps_past:
            self.keeper.take(opened.file)
        if not opened.keeps_past:
            self._history = History()
            self._choices = Choices()
        self._record(opened.label or self._opened_label(opened.path), lambda _: session)
        if opened.is_saved:
            self._history = self._history.mark_saved()
            self._tell_change()
        if opened.recovery is not None and self.keeper.flush():
            from levcheck.app.session_files import forget_recovery

            # Kept aside once more by now, so the former place may go.
            forget_recovery(opened.recovery)

    def _add(self, path: Path, reading: Reading) -> None:
        """Put a file beside what is open, and say so when it takes the place of lines that were there."""
        words, replaced = self._words, lines_replaced(self.session, reading)
        label = words.text("Add {file}", file=path.name)
        self._record(label, lambda session: add_reading(session, reading))
        if replaced:
            told = words.count(
                "{file} was in this list already. Its {n} former line was replaced.",
                "{file} was in this list already. Its {n} former lines were replaced.",
                replaced,
                file=path.name,
            )
            detail = words.text("Ctrl+Z brings the former lines back, with what you typed.")
            self.notice_raised.emit(
                NoticeView(told, detail, "", "portfolio.file_replaced", Tone.MUTED)
            )

    @Slot(object)
    def _on_columns(self, answer: object) -> None:
        if isinstance(answer, Reading):
            self.columns_tried.emit(answer)
        else:
            self.columns_ready.emit(answer)

    def _opened_label(self, path: Path) -> str:
        return self._words.text("Open {file}", file=path.name)

    def _tell_refusal(self, reading: Reading) -> None:
        for diagnostic in reading.diagnostics[:3]:
            self.error_raised.emit(
                LevcheckError(diagnostic.code, where=diagnostic.where, **dict(diagnostic.args))
            )
            self.notice_raised.emit(notice(self._words, diagnostic))

    @Slot(object)
    def _on_not_held(self, error: Exception) -> None:
        """Answer nothing where nothing held rides on what was asked about: the panel asks by itself."""
        if isinstance(error, LevcheckError) and error.code == "stress.reverse_not_held":
            self.backwards_ready.emit(())
        else:
            self._on_failed(error)

    @Slot(object)
    def _on_tried(self, analysis: "Analysis") -> None:
        self._trial = analysis
        self.trial_ready.emit(analysis)

    @Slot(object)
    def _on_analysed(self, answer: Answer) -> None:
        self._analysis = answer.analysis
        self._proposed = answer.proposed
        self._views = answer.views
        self.views_ready.emit(answer.views)

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, LevcheckError):
            if error.code in ASK_CODES and self._with_password is not None:
                file = str(error.args_map.get("file", ""))
                self.password_needed.emit(file, error.code != NEEDS_PASSWORD)
                return
            self.error_raised.emit(error)
            self.notice_raised.emit(error_notice(self._words, error))
            return
        _LOG.error("a job failed", exc_info=error)
        self.notice_raised.emit(
            NoticeView(
                self._words.text(
                    "Something went wrong inside levcheck, so this step was not done."
                ),
                self._words.text(
                    "Your list is unchanged. Try again, or save your work and start levcheck anew."
                ),
                "",
                f"internal.{type(error).__name__}",
                Tone.ERROR,
            )
        )


def _opened_session(
    path: Path,
    ticket: Ticket,
    password: str | None = None,
    *,
    like: "SessionFile | None" = None,
) -> Opened:
    from levcheck.app.session_files import open_for_editing

    found = open_for_editing(path, password, like=like)
    if ticket.is_cancelled():
        found.file.close()
    return Opened(path, session=found.session, file=found.file)


def _answer(proposed: "Proposed", session: Session, choices: Choices, words: Words) -> Answer:
    """Return every screen, of today or of the draft that is shown in its place."""
    from levcheck.presenting.screens import screen_views

    draft = proposed.of(choices.shown)
    analysis = draft.analysis if draft is not None else proposed.today
    views = screen_views(analysis, words, choices, session.readings, proposed)
    return Answer(analysis, views, session, choices, proposed)


_ASKED = frozenset({"reference.needs_fund", "reference.needs_date"})


def _added(
    engine: Engine, words: Words, path: Path, fund: str | None, as_of: str | None
) -> LibraryChange:
    """Add a file to the library and say what came of it, or what has to be asked."""
    from levcheck.presenting.data_and_method import added_notices

    try:
        added = engine.add_to_library(path, fund, as_of)
    except LevcheckError as error:
        if error.code in _ASKED:
            return LibraryChange(question=(path, error))
        raise
    return LibraryChange(added_notices(added, words))
