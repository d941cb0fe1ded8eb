"""What the user adds to his own library and takes out of it: fund lists, facts, scenarios, and bets for every list."""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from levcheck.domain.diagnostics import LevcheckError
from levcheck.domain.scenario import Scenario
from levcheck.i18n.words import Words
from levcheck.presenting.diagnostics_list import NoticeView
from levcheck.presenting.figures import Tone
from levcheck.ui.engine import Engine
from levcheck.ui.jobs import LatestJob, Ticket
from levcheck.ui.session_keeper import SESSION_ENDING

if TYPE_CHECKING:
    from levcheck.app.kept_bets import KeptBet, KeptChange
    from levcheck.app.own_scenarios import OwnChange
    from levcheck.domain.theme import OwnThemes
    from levcheck.reference.overrides import Override


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


class LibraryWork(QObject):
    """Changes the user's library beside the window; ``changed`` follows, for the numbers have to be made anew.

    ``told`` carries a :class:`NoticeView` and ``failed`` what went wrong; ``portfolio_found`` a dropped file that is to be
    opened; ``library_asked`` a fund's list and the :class:`LevcheckError` that says what it does not say itself;
    ``scenario_changed`` the :class:`OwnChange` that undoes a change of an own scenario; ``kept_bets_ready``
    :class:`KeptBets`; ``busy_changed`` whether something is being read.
    """

    told = Signal(object)
    failed = Signal(object)
    changed = Signal()
    busy_changed = Signal(bool)
    portfolio_found = Signal(object)
    library_asked = Signal(object, object)
    scenario_changed = Signal(object)
    kept_bets_ready = Signal(object)

    def __init__(
        self, engine: Engine, words: Callable[[], Words], job: type[LatestJob], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._engine = engine
        self._words = words
        self._job = job(parent=self)
        self._job.succeeded.connect(self._on_library)
        self._job.failed.connect(self.failed)
        self._job.busy_changed.connect(self.busy_changed)
        self._bets_job = job(parent=self)
        self._bets_job.succeeded.connect(self._on_bets)
        self._bets_job.failed.connect(self._on_bets_failed)
        self._bet_changes: deque[KeptChange] = deque()

    def stop(self) -> None:
        """Give up what runs."""
        self._job.cancel()
        self._bets_job.cancel()

    def take_in(self, paths: Sequence[Path], *, are_lists: bool = False) -> None:
        """Take dropped files for what they are: fund lists go to the library, the first portfolio is opened.

        Args:
            paths: what was dropped.
            are_lists: the user says they are fund lists.
        """
        engine, words = self._engine, self._words()

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

        self._job.submit(work)

    def add_to_library(
        self, path: Path, *, fund: str | None = None, as_of: str | None = None
    ) -> None:
        """Keep a fund's list in the user's library as of the fund and day he says, and make the numbers anew."""
        engine, words = self._engine, self._words()
        self._job.submit(lambda _ticket: _added(engine, words, path, fund, as_of))

    def override(self, change: "Override") -> None:
        """Keep what the user says about an instrument, and make the numbers anew."""
        engine = self._engine
        text = self._words().text(
            "Your change of {what} counts from now on.", what=change.instrument
        )
        self._do(lambda: engine.override(change), text)

    def take_back(self, instrument: str) -> None:
        """Remove what the user said or added about an instrument, and make the numbers anew."""
        engine = self._engine
        text = self._words().text("For {what} the facts of levcheck count again.", what=instrument)
        self._do(lambda: engine.take_back(instrument), text)

    def save_scenario(self, scenario: Scenario) -> None:
        """Keep a scenario among the user's own, for every portfolio from now on, and make the numbers anew."""
        engine = self._engine
        text = self._words().text(
            "Kept: {what}. It is tried on every portfolio.", what=scenario.name
        )
        self._do(lambda: engine.keep_scenario(scenario), text)

    def change_scenario(self, change: "OwnChange") -> None:
        """Rename or remove one of the user's own scenarios, or put it back; ``scenario_changed`` says what undoes it."""
        engine = self._engine

        def work(_ticket: Ticket) -> LibraryChange:
            return LibraryChange(undo=engine.change_scenario(change))

        self._job.submit(work)

    def keep_bets(self, own: "OwnThemes") -> None:
        """Keep bets in the user's library, so that they count in every list."""
        engine = self._engine
        text = self._words().text("Your bets count in every list from now on.")
        self._do(lambda: engine.keep_themes(own), text)

    def ask_kept_bets(self) -> None:
        """Ask for the bets kept for every list; ``kept_bets_ready`` answers."""
        engine = self._engine
        if not self._bets_job.is_busy:
            self._bets_job.submit(lambda _ticket: KeptBets(engine.kept_bets()))

    def change_kept_bet(self, change: "KeptChange") -> None:
        """Change one of the bets kept for every list, after those asked for before; ``kept_bets_ready`` answers."""
        self._bet_changes.append(change)
        self._next_bet_change()

    # --- inside --------------------------------------------------------------------------------------------

    def _do(self, change: Callable[[], object], text: str) -> None:
        """Change the library, and say so once it is done."""

        def work(_ticket: Ticket) -> LibraryChange:
            change()
            return LibraryChange((NoticeView(text, "", "", "", Tone.SUCCESS),))

        self._job.submit(work)

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
        if kept.undo is not None:
            self.changed.emit()
        self._next_bet_change()

    @Slot(object)
    def _on_bets_failed(self, error: Exception) -> None:
        self.failed.emit(error)
        self.ask_kept_bets()  # what was ticked on screen was not done
        self._next_bet_change()

    @Slot(object)
    def _on_library(self, change: LibraryChange) -> None:
        for told in change.told:
            self.told.emit(told)
        if change.undo is not None:
            self.scenario_changed.emit(change.undo)
        if change.question is not None:
            self.library_asked.emit(*change.question)
        if change.portfolio is not None:
            self.portfolio_found.emit(change.portfolio)
        elif change.told or change.undo is not None:
            self.changed.emit()


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
