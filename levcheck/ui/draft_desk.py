"""Brings drafts from the What-if screen to the workspace: changes, keeping, discarding, files laid beside."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QInputDialog

from levcheck.app.analysis import Candidate
from levcheck.app.draft_form import Wish, change_of
from levcheck.app.session import Session, new_session, set_model
from levcheck.app.what_if import (
    add_change,
    discard_draft,
    draft_of,
    free_letter,
    keep_draft,
    put_draft,
    remove_change,
    rename_draft,
    round_draft,
)
from levcheck.domain.draft import Change, Draft
from levcheck.domain.portfolio import Outcome, Portfolio
from levcheck.presenting.draft_words import change_text
from levcheck.presenting.portfolio_table import candidate_views
from levcheck.ui.clipboard import copy_text
from levcheck.ui.file_desk import FileDesk
from levcheck.ui.jobs import Ticket
from levcheck.ui.session_keeper import SESSION_ENDING
from levcheck.ui.speaking import announce
from levcheck.ui.workspace import Workspace

if TYPE_CHECKING:
    from levcheck.app.reverse_stress import Trim
    from levcheck.ui.screens.what_if_screen import WhatIfScreen

WHOLE = 100_000.0
"""What a list of shares without amounts is taken to be worth: only its shares matter."""


@dataclass(frozen=True, slots=True)
class _Beside:
    """A second file that was read: a list to come to, or the model to measure against."""

    session: Session
    draft: Draft | None


class DraftDesk(QObject):
    """Lives and goes with its screen."""

    def __init__(self, workspace: Workspace, files: FileDesk, screen: "WhatIfScreen") -> None:
        super().__init__(screen)
        self._workspace = workspace
        self._files = files
        self._screen = screen
        screen.draft_chosen.connect(workspace.choose_draft)
        screen.new_asked.connect(self._on_new)
        screen.keep_asked.connect(self._on_keep)
        screen.discard_asked.connect(self._on_discard)
        screen.show_asked.connect(self._on_show)
        screen.taken_out.connect(self._on_taken_out)
        screen.rename_asked.connect(self._on_rename)
        screen.rounding_chosen.connect(self._on_rounding)
        screen.import_asked.connect(self._on_import)
        screen.model_asked.connect(self._on_model)
        screen.model_dropped.connect(self._on_model_dropped)
        screen.copy_asked.connect(self._on_copy)
        screen.export_asked.connect(self._on_export)
        screen.form.wished.connect(self._on_wished)
        screen.form.asked.connect(self._on_asked)
        screen.worked_out.asked.connect(self._on_limit)
        screen.worked_out.wanted.connect(self._on_wanted)
        screen.examples.wanted.connect(self._on_wanted)
        workspace.questions.lookup_job.succeeded.connect(self._on_found)
        workspace.questions.limit_job.succeeded.connect(self._on_least)
        workspace.beside_job.succeeded.connect(self._on_beside)

    @property
    def _letter(self) -> str:
        view = self._screen.view
        return view.chosen if view is not None else "A"

    def _edit(self, what: str, change: Callable[[Session], Session]) -> None:
        words = self._workspace.words
        title = words.text("Draft {letter}", letter=self._letter)
        self._workspace.edit(f"{title}: {what}", change)

    def _put_in(self, changes: Sequence[Change]) -> None:
        words, letter = self._workspace.words, self._letter
        currency = self._workspace.session.portfolio.base_currency
        what = change_text(words, changes[0], currency)
        if len(changes) > 1:
            more = len(changes) - 1
            what = words.count("{first} and {n} more", "{first} and {n} more", more, first=what)
        self._edit(what, lambda session: add_change(session, letter, *changes))

    # --- changes -------------------------------------------------------------------------------------------

    @Slot(object)
    def _on_wished(self, wish: Wish) -> None:
        proposed = self._workspace.proposed
        if proposed is None:
            return
        try:
            change = change_of(proposed.today, wish)
        except KeyError:
            return  # the line went while the form still named it
        self._put_in((change,))

    @Slot(object)
    def _on_wanted(self, changes: tuple[Change, ...]) -> None:
        self._put_in(changes)

    @Slot(int)
    def _on_taken_out(self, place: int) -> None:
        letter = self._letter
        if place < len(draft_of(self._workspace.session, letter).changes):
            what = self._workspace.words.text("Take a change out")
            self._edit(what, lambda session: remove_change(session, letter, place))

    @Slot()
    def _on_new(self) -> None:
        letter = free_letter(self._workspace.session)
        if letter is None:
            return
        self._workspace.choose_draft(letter)
        words = self._workspace.words
        text = words.text("New draft {letter}", letter=letter)
        self._workspace.edit(text, lambda session: put_draft(session, Draft(letter)))

    @Slot()
    def _on_rename(self) -> None:
        words, view = self._workspace.words, self._screen.view
        dialog = QInputDialog(self._screen)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(words.text("Name of the draft"))
        dialog.setLabelText(words.text("What this draft is called; empty = only its letter"))
        dialog.setTextValue(view.name if view is not None else "")
        dialog.textValueSelected.connect(self.rename)
        dialog.open()

    @Slot(str)
    def rename(self, name: str) -> None:
        """Call the draft on screen something else; undo takes that back."""
        work, letter = self._workspace, self._letter
        if " ".join(name.split()) != draft_of(work.session, letter).name:
            label = work.words.text("Name")
            self._edit(label, lambda session: rename_draft(session, letter, name))

    @Slot(bool)
    def _on_rounding(self, whole: bool) -> None:  # noqa: FBT001  # what a signal carries
        words, letter = self._workspace.words, self._letter
        label = words.text("Whole units only") if whole else words.text("Parts of units, too")
        self._edit(label, lambda session: round_draft(session, letter, whole_units=whole))

    @Slot()
    def _on_discard(self) -> None:
        letter = self._letter
        self._edit(
            self._workspace.words.text("Discard"), lambda session: discard_draft(session, letter)
        )

    @Slot()
    def _on_keep(self) -> None:
        work, letter = self._workspace, self._letter
        found = work.proposed.of(letter) if work.proposed is not None else None
        # An older proposal than the draft on screen is not what the user saw last: it is on its way.
        if found is None or found.draft != draft_of(work.session, letter):
            return
        work.show_draft(None)
        self._edit(work.words.text("Keep"), lambda session: keep_draft(session, found.proposal))

    @Slot()
    def _on_show(self) -> None:
        shown = self._workspace.choices.shown
        self._workspace.show_draft(None if shown is not None else self._letter)

    # --- questions -----------------------------------------------------------------------------------------

    @Slot(str)
    def _on_asked(self, text: str) -> None:
        engine, session = self._workspace.engine, self._workspace.session
        self._workspace.questions.lookup_job.submit(
            lambda _ticket: engine.suggest(session, "", text)
        )

    @Slot(object)
    def _on_found(self, candidates: Sequence[Candidate]) -> None:
        self._screen.form.offer(candidate_views(self._workspace.words, candidates))

    @Slot(str, float)
    def _on_limit(self, root: str, share: float) -> None:
        engine, proposed = self._workspace.engine, self._workspace.proposed
        if proposed is None:
            return
        draft = proposed.of(self._letter)
        held: Portfolio = (draft.analysis if draft is not None else proposed.today).portfolio
        self._workspace.questions.limit_job.submit(
            lambda _ticket: engine.least_sale(held, root, share)
        )

    @Slot(object)
    def _on_least(self, answer: "tuple[Trim, tuple[Change, ...]]") -> None:
        from levcheck.presenting.reverse import trim_sentence

        proposed = self._workspace.proposed
        if proposed is None:
            return
        trim, changes = answer
        draft = proposed.of(self._letter)
        analysis = draft.analysis if draft is not None else proposed.today
        sentence = trim_sentence(analysis, self._workspace.words, trim)
        self._screen.worked_out.show_answer(sentence, changes)

    # --- files beside --------------------------------------------------------------------------------------

    @Slot()
    def _on_import(self) -> None:
        self._files.ask_file(self.read_proposal)

    @Slot()
    def _on_model(self) -> None:
        self._files.ask_file(self.read_model)

    def read_proposal(self, path: Path) -> None:
        """Read a list; what differs from today's becomes the changes of a draft."""
        work = self._workspace
        engine, proposed = work.engine, work.proposed
        letter = free_letter(work.session) if not self._is_empty() else self._letter
        if proposed is None or letter is None:
            return

        def read(ticket: Ticket, password: str | None) -> _Beside:
            session = _session_of(work, path, ticket, password)
            return _Beside(session, engine.draft_from(proposed.today, session, letter))

        work.read_beside(read)

    def read_model(self, path: Path) -> None:
        """Read a list and measure today's against it."""
        work = self._workspace
        work.read_beside(
            lambda ticket, password: _Beside(_session_of(work, path, ticket, password), None)
        )

    def _is_empty(self) -> bool:
        return self._screen.view is None or self._screen.view.is_empty

    @Slot(object)
    def _on_beside(self, beside: _Beside) -> None:
        words = self._workspace.words
        draft, name = beside.draft, beside.session.portfolio.name
        if draft is None:
            self._workspace.edit(
                words.text("Measure against {file}", file=name),
                lambda session: set_model(session, beside.session.portfolio),
            )
            return
        self._workspace.choose_draft(draft.id)
        self._workspace.edit(
            words.text("Changes from {file}", file=name), lambda session: put_draft(session, draft)
        )

    @Slot()
    def _on_model_dropped(self) -> None:
        text = self._workspace.words.text("Forget the model")
        self._workspace.edit(text, lambda session: set_model(session, None))

    # --- trades --------------------------------------------------------------------------------------------

    @Slot()
    def _on_copy(self) -> None:
        copy_text(self._screen.table.figures.view.as_tsv())
        announce(self._screen, self._workspace.words.text("The table was copied."))

    @Slot()
    def _on_export(self) -> None:
        words = self._workspace.words
        name = words.text("trades {letter}", letter=self._letter) + ".xlsx"
        self._files.ask_target(name, "Excel (*.xlsx);;CSV (*.csv)", self.write_trades)

    def write_trades(self, path: Path) -> None:
        """Write the trades of the draft on screen as CSV or XLSX."""
        work = self._workspace
        found = work.proposed.of(self._letter) if work.proposed is not None else None
        if found is not None:
            self._files.write_trades(path, found.proposal)


def _session_of(workspace: Workspace, path: Path, ticket: Ticket, password: str | None) -> Session:
    """Return what a second file holds; a list of shares alone counts as shares of one hundred thousand.

    Raises:
        LevcheckError: it cannot be read, or holds no positions.
    """
    if path.suffix.lower() == SESSION_ENDING:
        from levcheck.app.session_files import open_session

        return open_session(path, password=password, like=workspace.keeper.file)
    reading = workspace.engine.read(path, ticket)
    if reading.outcome is Outcome.NEEDS_MAPPING:
        reading = workspace.engine.read(path, ticket, None, WHOLE)
    if reading.outcome is not Outcome.POSITIONS:
        from levcheck.domain.diagnostics import LevcheckError

        raise LevcheckError("check.nothing_read", file=path.name)
    return new_session([reading])
