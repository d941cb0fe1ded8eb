"""Data & method: can I trust these numbers?"""

from PySide6.QtWidgets import QWidget

from levcheck.i18n.words import Words
from levcheck.presenting.data_and_method import DataView
from levcheck.presenting.diagnostics_list import NoticeView
from levcheck.ui.charts.coverage import CoverageChart
from levcheck.ui.screens.figure_table import FigureTable
from levcheck.ui.screens.parts import Section, label, say
from levcheck.ui.screens.screen import Screen

MOST_NOTES = 40
"""Notes written out; a list of hundreds of unknown lines says the same hundreds of times."""


class DataScreen(Screen):
    """How much is understood, where each fact comes from and how old it is, and how the numbers are made."""

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self.chart = CoverageChart()
        self.table = FigureTable()
        self.method = label("text-2")
        self.stamp = label("caption")
        self._chart_section = Section(self.chart)
        self._table_section = Section(self.table)
        self.notes = label("text-2")
        self._method_section = Section(self.method)
        self._notes_section = Section(self.notes)
        self.grow(self.table, 220)
        for part in (self.headline, self.subline, self.gap, self._chart_section):
            self.column.addWidget(part)
        self.column.addWidget(self._table_section, 1)
        for part in (self._method_section, self.stamp, self.footer, self._notes_section):
            self.column.addWidget(part)
        self.chart.mark_activated.connect(self.number_activated)
        self.table.number_activated.connect(self.number_activated)
        self.speak(words)

    def speak(self, words: Words) -> None:
        """Use another language."""
        super().speak(words)
        self._method_section.heading.setText(words.text("How the numbers are made"))
        self._notes_section.heading.setText(words.text("Notes about this list"))

    def show_view(self, view: DataView) -> None:
        """Show the screen."""
        self.headline.setText(view.headline)
        say(self.subline, view.age)
        self.show_gap(view.gap)
        self._chart_section.heading.setText(view.chart.title)
        self.chart.show_view(view.chart)
        self._table_section.heading.setText(view.table.name)
        self.table.show_view(view.table)
        say(self.method, " ".join(view.method))
        say(self.stamp, view.stamp)
        say(self.footer, view.footer)
        self._notes_section.setVisible(bool(view.notices))
        shown = [_note(notice) for notice in view.notices[:MOST_NOTES]]
        if len(view.notices) > MOST_NOTES:
            more = len(view.notices) - MOST_NOTES
            shown.append(self.words.count("and {n} more", "and {n} more", more))
        self.notes.setText("\n".join(shown))


def _note(notice: NoticeView) -> str:
    where = f"{notice.where}: " if notice.where else ""
    return f"{where}{notice.title} {notice.detail}".strip()
