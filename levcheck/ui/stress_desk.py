"""Brings the user's own shocks and questions from the Stress screen to the workspace, and the answers back."""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from levcheck.ui.workspace import Workspace

if TYPE_CHECKING:
    from levcheck.app.analysis import Analysis
    from levcheck.ui.screens.stress_screen import StressScreen


class StressDesk(QObject):
    """Lives and goes with its screen."""

    def __init__(self, workspace: Workspace, screen: "StressScreen") -> None:
        super().__init__(screen)
        self._workspace = workspace
        self._screen = screen
        screen.scenario_chosen.connect(workspace.show_scenario)
        screen.apply_asked.connect(workspace.apply_scenario)
        screen.order_chosen.connect(self._on_order)
        screen.beside_chosen.connect(self._on_beside)
        screen.custom.tried.connect(workspace.try_scenario)
        screen.custom.kept.connect(workspace.keep_scenario)
        screen.custom.saved.connect(workspace.save_scenario)
        screen.reverse.asked.connect(workspace.ask_backwards)
        workspace.backwards_ready.connect(screen.reverse.show_answer)
        workspace.trial_ready.connect(self._on_trial)
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

    @Slot(object)
    def _on_trial(self, analysis: "Analysis") -> None:
        from levcheck.presenting.stress import trial_figure

        figure = trial_figure(analysis, self._workspace.words)
        if figure is not None:
            self._screen.custom.show_total(figure)
