"""Overview: what do I really own?"""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from levcheck.i18n.words import Words
from levcheck.presenting.overview import OverviewView
from levcheck.ui.charts.dumbbell import DumbbellChart
from levcheck.ui.screens.figure_table import FigureTable
from levcheck.ui.screens.parts import STACK_BELOW, KeyFigureRow, Section, label, say
from levcheck.ui.screens.screen import Screen
from levcheck.ui.screens.splits import Splits
from levcheck.ui.theme import current_theme
from levcheck.ui.widgets import SegmentedControl


class OverviewScreen(Screen):
    """The verdict, the families by label and in effect, and the same as a table.

    ``bet_asked`` carries the id of the bet behind a family that was chosen, ``measure_chosen`` how amounts are printed.
    """

    bet_asked = Signal(str)
    measure_chosen = Signal(str)

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self.key_figures = KeyFigureRow()
        self._bets: dict[str, str] = {}
        self.chart = DumbbellChart()
        self.table = FigureTable(name="overview")
        self.measure = SegmentedControl("")
        self._chart_section = Section(self.chart)
        self._chart_section.put_in_head(self.measure)
        self.notes = label("caption")
        self._table_section = Section(self.table, self.notes)
        # As high as the switch in the other heading, so that both stand on one line.
        self._table_section.heading.setMinimumHeight(current_theme().control_height)
        self.grow(self.table, 280)
        self.table.hug()
        sides = Splits("overview", (6, 5), stack_below=STACK_BELOW)
        for part in (self.headline, self.subline, self.key_figures, self.gap):
            self.column.addWidget(part)
        self.column.addWidget(sides, 1)
        self.column.addWidget(self.footer)
        sides.put(0, self._chart_section)
        sides.put(1, self._table_section)
        self.key_figures.number_activated.connect(self.number_activated)
        self.chart.mark_activated.connect(self.number_activated)
        self.table.number_activated.connect(self.number_activated)
        self.table.row_activated.connect(self._on_row)
        self.measure.chosen.connect(self.measure_chosen)
        self.speak(words)

    def speak(self, words: Words) -> None:
        """Use another language."""
        super().speak(words)
        self.measure.setAccessibleName(words.text("How amounts are printed"))

    def show_view(self, view: OverviewView) -> None:
        """Show the screen."""
        self._bets = dict(view.bets)
        self.headline.show_text(view.headline, view.headline_key)
        say(self.subline, view.subline)
        self.key_figures.show_views(view.key_figures)
        self.show_gap(view.gap)
        self.measure.set_choices([(one.id, one.label) for one in view.shows])
        self.measure.choose(view.show_key)
        self.measure.setEnabled(not self.words.hide_amounts)
        self._chart_section.heading.setText(view.chart.title)
        self.chart.show_view(view.chart)
        self._table_section.heading.setText(view.table.name)
        self.table.show_view(view.table)
        say(self.notes, view.notes)
        say(self.footer, " ".join(part for part in (view.age, view.footer) if part))

    @Slot(str)
    def _on_row(self, key: str) -> None:
        bet = self._bets.get(key)
        if bet is not None:
            self.bet_asked.emit(bet)
        else:
            self.number_activated.emit(key)
