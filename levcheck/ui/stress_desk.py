"""Brings the user's own shocks and questions from the Stress screen to the workspace, and the answers back."""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from levcheck.ui.workspace import Workspace

if TYPE_CHECKING:
    from levcheck.app.analysis import Analysis
    from levcheck.app.own_scenarios import OwnChange
    from levcheck.ui.screens.stress_screen import StressScreen


class StressDesk(QObject):
    """Lives and goes with its screen."""

    def __init__(self, workspace: Workspace, screen: "StressScreen") -> None:
        super().__init__(screen)
        self._workspace = workspace
        self._screen = screen
        self._undo: OwnChange | None = None
        screen.scenario_chosen.connect(workspace.show_scenario)
        screen.apply_asked.connect(workspace.apply_scenario)
        screen.order_chosen.connect(self._on_order)
        screen.beside_chosen.connect(self._on_beside)
        screen.custom.tried.connect(workspace.questions.try_scenario)
        screen.custom.kept.connect(workspace.keep_scenario)
        screen.custom.saved.connect(workspace.library.save_scenario)
        screen.aside.renamed.connect(self._on_renamed)
        screen.aside.removed.connect(self._on_removed)
        screen.aside.undone.connect(self._on_undone)
        workspace.library.scenario_changed.connect(self._on_changed)
        screen.reverse.asked.connect(workspace.questions.ask_backwards)
        workspace.questions.backwards_ready.connect(screen.reverse.show_answer)
        workspace.questions.trial_ready.connect(self._on_trial)
        workspace.views_ready.connect(self.offer_targets)
        self.offer_targets()

    @Slot()
    def offer_targets(self) -> None:
        """Offer what a shock of one's own may hit."""
        analysis = self._workspace.analysis
        if analysis is None:
            return
        from levcheck.presenting.shock_targets import shock_targets

        self._screen.custom.offer(shock_targets(analysis, self._workspace.words))
        self._screen.reverse.ask()

    @Slot(str)
    def _on_order(self, order: str) -> None:
        self._workspace.look(replace(self._workspace.choices, order=order))

    @Slot(str)
    def _on_beside(self, scenario: str) -> None:
        self._workspace.look(replace(self._workspace.choices, beside=scenario or None))

    @Slot(str, str)
    def _on_renamed(self, identifier: str, name: str) -> None:
        from levcheck.app.own_scenarios import OwnChange

        self._workspace.library.change_scenario(OwnChange(identifier, name))

    @Slot(str)
    def _on_removed(self, identifier: str) -> None:
        from levcheck.app.own_scenarios import OwnChange

        self._workspace.library.change_scenario(OwnChange(identifier))

    @Slot(object)
    def _on_changed(self, undo: "OwnChange") -> None:
        """Offer to take the change back; once that is done there is nothing to take back."""
        self._undo = undo if undo.scenario is not None else None
        text = ""
        if undo.scenario is not None:
            text = self._workspace.words.text("Undo: back to “{name}”", name=undo.scenario.name)
        self._screen.aside.offer_undo(text)

    @Slot()
    def _on_undone(self) -> None:
        if self._undo is not None:
            self._workspace.library.change_scenario(self._undo)

    @Slot(object)
    def _on_trial(self, analysis: "Analysis") -> None:
        from levcheck.presenting.stress import trial_figure

        figure = trial_figure(analysis, self._workspace.words)
        if figure is not None:
            self._screen.custom.show_total(figure)
