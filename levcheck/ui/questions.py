"""Questions about what is open that change nothing: a shock in the user's hand, a target asked backwards, columns, names."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from levcheck.domain.diagnostics import LevcheckError
from levcheck.domain.portfolio import Reading
from levcheck.domain.scenario import Scenario
from levcheck.ui.jobs import LatestJob, Ticket

if TYPE_CHECKING:
    from levcheck.app.analysis import Analysis
    from levcheck.app.leverage_paths import PathsRequest
    from levcheck.presenting.leverage_paths import PathsPanelView
    from levcheck.ui.workspace import Workspace


class Questions(QObject):
    """Answers beside the window, the newest question of each kind only.

    ``trial_ready`` carries the analysis of a tried scenario; ``suggestions_ready`` candidates for a line the user names;
    ``columns_ready`` the columns of a file and ``columns_tried`` the reading a mapping gives; ``backwards_ready`` the
    sentences that answer a question asked backwards, and ``paths_ready`` the courses a daily-reset fund may take;
    ``failed`` what went wrong.

    Attributes:
        trial: the analysis of the scenario tried last; None = none was.
        lookup_job: answers the What-if screen, whose desk listens to it, what an instrument is.
        limit_job: answers it how much has to be sold.
    """

    trial_ready = Signal(object)
    suggestions_ready = Signal(object)
    columns_ready = Signal(object)
    columns_tried = Signal(object)
    backwards_ready = Signal(object)
    paths_ready = Signal(object)
    failed = Signal(object)

    def __init__(self, work: "Workspace", job: type[LatestJob]) -> None:
        super().__init__(work)
        self._work = work
        self.trial: Analysis | None = None
        self._jobs = [job(parent=self) for _ in range(7)]
        self._trial, self._suggestion, self._columns, self._backwards, self._paths, *more = (
            self._jobs
        )
        self.lookup_job, self.limit_job = more
        self._trial.succeeded.connect(self._on_tried)
        self._suggestion.succeeded.connect(self.suggestions_ready)
        self._columns.succeeded.connect(self._on_columns)
        self._backwards.succeeded.connect(self.backwards_ready)
        self._paths.succeeded.connect(self.paths_ready)
        self._backwards.failed.connect(self._on_not_held)
        for one in self._jobs:
            if one is not self._backwards:
                one.failed.connect(self.failed)

    def stop(self) -> None:
        """Give up whatever is asked."""
        for job in self._jobs:
            job.cancel()

    def stop_answers(self) -> None:
        """Answer nothing that was asked so far: it may name files and amounts."""
        for job in (self._trial, self._suggestion, self._backwards, self._paths):
            job.cancel()

    def ask_columns(self, path: Path) -> None:
        """Ask for the columns of a file; ``columns_ready`` answers."""
        engine = self._work.engine
        self._columns.submit(lambda _ticket: engine.choices(path))

    def try_columns(
        self, path: Path, mapping: Mapping[str, str], total_value: float | None
    ) -> None:
        """Ask what a mapping would give; ``columns_tried`` answers with a reading that is not kept."""
        engine = self._work.engine
        self._columns.submit(lambda ticket: engine.read(path, ticket, mapping, total_value))

    def try_scenario(self, scenario: Scenario) -> None:
        """Ask for the total of a scenario that is still in the user's hand."""
        engine, session = self._work.engine, self._work.shown_session
        self._trial.submit(lambda _ticket: engine.try_scenario(session, scenario))

    def ask_backwards(self, target: str, loss_share: float) -> None:
        """Ask which move of a target costs a share of the money; ``backwards_ready`` answers in sentences."""
        place = self._work
        engine, session, words = place.engine, place.shown_session, place.words
        analysis = place.analysis

        def work(_ticket: Ticket) -> tuple[str, ...]:
            from levcheck.presenting.reverse import reverse_sentence
            from levcheck.presenting.shock_targets import shock_targets

            found = [f for f in engine.ask_backwards(session, target, loss_share) if f is not None]
            if words.hide_names and analysis is not None:
                # A bet of the user's own may carry a client's name: it is called what the box that asks calls it.
                label = dict(shock_targets(analysis, words)).get(target, target)
                found = [replace(one, name=label) for one in found]
            return tuple(reverse_sentence(words, one) for one in found)

        self._backwards.submit(work)

    def follow_paths(self, request: "PathsRequest") -> None:
        """Ask what time does to one daily-reset fund; ``paths_ready`` answers with the newest only."""
        analysis, words = self._work.analysis, self._work.words
        if analysis is None:
            return
        facts = next((f for f in analysis.daily_reset if f.position == request.position), None)
        if facts is None:
            return

        def work(_ticket: Ticket) -> "PathsPanelView":
            from levcheck.app.leverage_paths import leverage_paths
            from levcheck.presenting.leverage_paths import paths_panel_view

            return paths_panel_view(analysis, words, leverage_paths(facts, request))

        self._paths.submit(work)

    def suggest(self, identifier: str, text: str) -> None:
        """Ask what a line might be when it is called `text`."""
        engine, session = self._work.engine, self._work.session
        self._suggestion.submit(lambda _ticket: engine.suggest(session, identifier, text))

    # --- inside --------------------------------------------------------------------------------------------

    @Slot(object)
    def _on_not_held(self, error: Exception) -> None:
        """Answer nothing where nothing held rides on what was asked about: the panel asks by itself."""
        if isinstance(error, LevcheckError) and error.code == "stress.reverse_not_held":
            self.backwards_ready.emit(())
        else:
            self.failed.emit(error)

    @Slot(object)
    def _on_tried(self, analysis: "Analysis") -> None:
        self.trial = analysis
        self.trial_ready.emit(analysis)

    @Slot(object)
    def _on_columns(self, answer: object) -> None:
        if isinstance(answer, Reading):
            self.columns_tried.emit(answer)
        else:
            self.columns_ready.emit(answer)
