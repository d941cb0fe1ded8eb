"""Brings the user's own shocks and questions from the Stress screen to the workspace, and the answers back."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from levcheck.ui.workspace import Workspace

if TYPE_CHECKING:
    from levcheck.app.analysis import Analysis
    from levcheck.ui.screens.stress_screen import StressScreen

MOST_ROOTS = 12


class StressDesk(QObject):
    """Lives and goes with its screen."""

    def __init__(self, workspace: Workspace, screen: "StressScreen") -> None:
        super().__init__(screen)
        self._workspace = workspace
        self._screen = screen
        screen.scenario_chosen.connect(workspace.show_scenario)
        screen.apply_asked.connect(workspace.apply_scenario)
        screen.custom.tried.connect(workspace.try_scenario)
        screen.custom.kept.connect(workspace.keep_scenario)
        screen.reverse.asked.connect(workspace.ask_backwards)
        workspace.backwards_ready.connect(screen.reverse.show_answer)
        workspace.trial_ready.connect(self._on_trial)
        workspace.views_ready.connect(self.offer_targets)
        self.offer_targets()

    @Slot()
    def offer_targets(self) -> None:
        """Offer what a shock of one's own may hit: every theme, and the largest roots."""
        analysis = self._workspace.analysis
        if analysis is None:
            return
        words = self._workspace.words
        themes = [(f"theme:{t.theme}", words.text(t.name)) for t in analysis.themes]
        roots = [
            (r.root, r.name)
            for r in analysis.exposures[:MOST_ROOTS]
            if r.looked_through and not r.root.endswith("CASH")
        ]
        self._screen.custom.offer([*themes, *roots])
        self._screen.reverse.ask()

    @Slot(object)
    def _on_trial(self, analysis: "Analysis") -> None:
        from levcheck.presenting.stress import trial_figure

        figure = trial_figure(analysis, self._workspace.words)
        if figure is not None:
            self._screen.custom.show_total(figure)
