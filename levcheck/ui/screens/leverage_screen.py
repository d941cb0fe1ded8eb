"""Leverage over time: what do daily-reset funds do to my money?"""

from PySide6.QtWidgets import QWidget

from levcheck.i18n.words import Words
from levcheck.presenting.leverage_over_time import LeverageView
from levcheck.ui.charts.bars import BarsChart
from levcheck.ui.screens.figure_table import FigureTable
from levcheck.ui.screens.parts import Section, label, say
from levcheck.ui.screens.screen import Screen


class LeverageScreen(Screen):
    """What one zigzag leaves, and what each daily-reset fund costs and must sell."""

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self.chart = BarsChart()
        self.table = FigureTable()
        self.forced = label("")
        self._chart_section = Section(self.chart)
        self._table_section = Section(self.table)
        self.grow(self.table, 140)
        for part in (self.headline, self.subline, self.gap, self._chart_section, self.forced):
            self.column.addWidget(part)
        self.column.addWidget(self._table_section, 1)
        self.column.addWidget(self.footer)
        self.chart.mark_activated.connect(self.number_activated)
        self.table.number_activated.connect(self.number_activated)

    def show_view(self, view: LeverageView) -> None:
        """Show the screen."""
        self.headline.setText(view.headline)
        say(self.subline, view.limits)
        self.show_gap(view.gap)
        self._chart_section.heading.setText(view.chart.title)
        self.chart.show_view(view.chart)
        say(self.forced, view.forced)
        self._table_section.heading.setText(view.table.name)
        self.table.show_view(view.table)
        say(self.footer, view.footer)
