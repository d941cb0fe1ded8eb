"""The window's state: one history of sessions, the newest analysis of it, and what the user looks at.

Widgets call its methods and listen to its signals; nothing here paints.
"""

import logging
from collections.abc import Callable, Mapping
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
from levcheck.ui.library_work import LibraryWork
from levcheck.ui.questions import Questions
from levcheck.ui.session_keeper import SESSION_ENDING, SessionKeeper

if TYPE_CHECKING:
    from levcheck.app.analysis import Analysis
    from levcheck.app.draft_results import Proposed
    from levcheck.app.session_files import Backup, Recovery, SessionFile
    from levcheck.presenting.drawer import DrawerView
    from levcheck.presenting.screens import ScreenViews

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


class Workspace(QObject):
    """Holds what is open.

    ``session_changed`` after every edit, undo and opening; ``views_ready`` with new :class:`ScreenViews`;
    ``busy_changed`` while numbers are being made; ``reading_changed`` while a file is being read and
    ``reading_progressed`` with its share; ``mapping_needed`` with a path whose columns the user must match and whether it is
    added to what is open; ``notice_raised`` with a :class:`NoticeView` and ``error_raised`` with the
    :class:`LevcheckError` behind it; ``file_opened`` with a path that can be opened again; ``password_needed`` with the
    name of a file that is closed with one and whether the one typed was wrong (:meth:`try_password` goes on).

    Attributes:
        questions: what is asked about it and changes nothing.
        library: what is done with the user's own library.
    """

    session_changed = Signal()
    views_ready = Signal(object)
    busy_changed = Signal(bool)
    reading_changed = Signal(bool)
    reading_progressed = Signal(float)
    mapping_needed = Signal(object, object)
    notice_raised = Signal(object)
    error_raised = Signal(object)
    file_opened = Signal(object)
    words_changed = Signal()
    password_needed = Signal(str, bool)

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
        self._views: ScreenViews | None = None
        self._untouched: Session | None = None
        self.asked_path: Path | None = None
        self.keeper = SessionKeeper(lambda: self._words, job, self)
        self._reading_job = job(parent=self)
        self._with_password: Callable[[str], None] | None = None
        self._analysis_job = job(parent=self)
        self._reading_job.succeeded.connect(self._on_opened)
        self._reading_job.failed.connect(self._on_failed)
        self._reading_job.busy_changed.connect(self.reading_changed)
        self._reading_job.progressed.connect(self.reading_progressed)
        self._analysis_job.succeeded.connect(self._on_analysed)
        self._analysis_job.failed.connect(self._on_failed)
        self._analysis_job.busy_changed.connect(self.busy_changed)
        # It reads a second file, and its desk listens to the answer.
        self.beside_job = job(parent=self)
        self.beside_job.failed.connect(self._on_failed)
        self.beside_job.busy_changed.connect(self.reading_changed)
        self.questions = Questions(self, job)
        self.questions.failed.connect(self._on_failed)
        self.library = LibraryWork(engine, lambda: self._words, job, self)
        self.library.told.connect(self.notice_raised)
        self.library.failed.connect(self._on_failed)
        self.library.changed.connect(self._on_library)
        self.library.busy_changed.connect(self.reading_changed)

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
        self._analysis = self._views = self._proposed = self.questions.trial = None
        self._untouched = self.asked_path = None
        self.keeper.take(None)
        self._engine.forget()
        self._tell_change()

    def stop(self) -> None:
        """Give up everything that runs; for a window that closes."""
        for job in (self._reading_job, self._analysis_job, self.beside_job):
            job.cancel()
        self.questions.stop()
        self.library.stop()

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

    @Slot()
    def keep_bets(self) -> None:
        """Keep the session's own bets in the user's library, so that they count in every list."""
        self.library.keep_bets(self.session.portfolio.themes)

    @Slot()
    def _on_library(self) -> None:
        if not self.session.is_empty:
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
        self.questions.stop_answers()
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
            analysis = self.questions.trial
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

    def _opened_label(self, path: Path) -> str:
        return self._words.text("Open {file}", file=path.name)

    def _tell_refusal(self, reading: Reading) -> None:
        for diagnostic in reading.diagnostics[:3]:
            self.error_raised.emit(
                LevcheckError(diagnostic.code, where=diagnostic.where, **dict(diagnostic.args))
            )
            self.notice_raised.emit(notice(self._words, diagnostic))

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
