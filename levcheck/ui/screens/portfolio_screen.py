"""Portfolio: did levcheck read my list correctly?"""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from levcheck.app.analysis import Candidate
from levcheck.i18n.words import Words
from levcheck.presenting.portfolio_table import PortfolioView, candidate_views
from levcheck.ui.charts.coverage import CoverageChart
from levcheck.ui.screens.figure_table import FigureTable
from levcheck.ui.screens.parts import Section, say
from levcheck.ui.screens.screen import Screen
from levcheck.ui.screens.unknown_panel import UnknownPanel


class PortfolioScreen(Screen):
    """The receipt of the reading, the lines that need the user, and every line held."""

    resolved = Signal(str, str)
    removed = Signal(str)

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self.receipt = CoverageChart()
        self.unknown = UnknownPanel(words)
        self.table = FigureTable()
        self._receipt_section = Section(self.receipt)
        self._table_section = Section(self.table)
        self.grow(self.table, 240)
        for part in (self.headline, self.subline, self._receipt_section, self.unknown):
            self.column.addWidget(part)
        self.column.addWidget(self._table_section, 1)
        self.column.addWidget(self.footer)
        self.gap.hide()
        self.table.number_activated.connect(self.number_activated)
        self.table.row_activated.connect(self._on_row)
        self.unknown.resolved.connect(self.resolved)
        self.unknown.removed.connect(self.removed)

    def speak(self, words: Words) -> None:
        """Use another language."""
        super().speak(words)
        self.unknown.speak(words)

    def show_view(self, view: PortfolioView) -> None:
        """Show the screen."""
        self.headline.setText(view.headline)
        say(self.subline, view.subline)
        self._receipt_section.heading.setText(view.receipt_text)
        self.receipt.show_view(view.receipt)
        self.unknown.show_lines(view.unknown)
        self._table_section.heading.setText(view.table.name)
        self.table.show_view(view.table)
        say(self.footer, view.footer)

    @Slot(object)
    def show_suggestions(self, candidates: Sequence[Candidate]) -> None:
        """Offer names for what was typed."""
        self.unknown.offer(candidate_views(self.words, candidates))

    @Slot(str)
    def _on_row(self, identifier: str) -> None:
        self.unknown.choose(identifier)
