"""Overview: what do I really own?"""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QPushButton, QWidget

from levcheck.i18n.words import Words
from levcheck.presenting.overview import OverviewView
from levcheck.ui.charts.dumbbell import DumbbellChart
from levcheck.ui.screens.figure_table import FigureTable
from levcheck.ui.screens.parts import FlowRow, KeyFigureRow, Section, label, say
from levcheck.ui.screens.screen import Screen
from levcheck.ui.widgets import SegmentedControl

CHART, NUMBERS = "chart", "numbers"


class OverviewScreen(Screen):
    """The verdict, and the families by label and in effect: as a chart, or the same in numbers.

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
        self.choice = SegmentedControl("", underlined=True)
        self.doors = QPushButton()
        self.doors.setProperty("role", "link")
        self.notes = label("caption")
        self._view: OverviewView | None = None
        self._section = Section(self.chart, self.table, self.notes)
        self._section.put_under_head(FlowRow(self.choice, self.measure, self.doors))
        self.grow(self.table, 280)
        self.table.hug()
        for part in (self.headline, self.subline, self.key_figures, self.gap):
            self.column.addWidget(part)
        self.column.addWidget(self._section, 1)
        self.column.addWidget(self.footer)
        self.key_figures.number_activated.connect(self.number_activated)
        self.chart.mark_activated.connect(self.number_activated)
        self.table.number_activated.connect(self.number_activated)
        self.table.row_activated.connect(self._on_row)
        self.measure.chosen.connect(self.measure_chosen)
        self.choice.chosen.connect(self._show_part)
        self.doors.clicked.connect(self._on_doors)
        self.speak(words)

    def speak(self, words: Words) -> None:
        """Use another language."""
        super().speak(words)
        self.measure.setAccessibleName(words.text("How amounts are printed"))
        self.choice.setAccessibleName(words.text("What is shown of it"))
        self.choice.set_choices([(CHART, words.text("Chart")), (NUMBERS, words.text("In numbers"))])
        self._show_part()

    def main_table(self) -> FigureTable | None:
        """Return the table that "Copy the table" means, shown or not."""
        return self.table

    def show_view(self, view: OverviewView) -> None:
        """Show the screen."""
        self._view = view
        self._bets = dict(view.bets)
        self.headline.show_text(view.headline, view.headline_key)
        say(self.subline, view.subline)
        self.key_figures.show_views(view.key_figures)
        self.show_gap(view.gap)
        self.measure.set_choices([(one.id, one.label) for one in view.shows])
        self.measure.choose(view.show_key)
        self.measure.setEnabled(not self.words.hide_amounts)
        self.chart.show_view(view.chart)
        self.table.show_view(view.table)
        self.doors.setText(view.doors_text)
        self.doors.setVisible(bool(view.doors_text))
        self._show_part()
        say(self.notes, view.notes)
        say(self.footer, " ".join(part for part in (view.age, view.footer) if part))

    @Slot()
    def _show_part(self) -> None:
        """Show the chart, or the same in numbers."""
        is_chart = self.choice.current != NUMBERS
        self.chart.setVisible(is_chart)
        self.table.setVisible(not is_chart)
        if self._view is not None:
            view = self._view
            self._section.heading.setText(view.chart.title if is_chart else view.table.name)

    @Slot()
    def _on_doors(self) -> None:
        if self._view is not None and self._view.doors_bet:
            self.bet_asked.emit(self._view.doors_bet)

    @Slot(str)
    def _on_row(self, key: str) -> None:
        bet = self._bets.get(key)
        if bet is not None:
            self.bet_asked.emit(bet)
        else:
            self.number_activated.emit(key)
