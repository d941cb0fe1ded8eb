"""Leverage over time: what do daily-reset funds do to my money?"""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QStackedWidget, QVBoxLayout, QWidget

from levcheck.i18n.words import Words
from levcheck.presenting.leverage_over_time import LeverageView
from levcheck.presenting.leverage_paths import PathsPanelView
from levcheck.ui.charts.dots import DotsChart
from levcheck.ui.charts.paths import PathsChart
from levcheck.ui.screens.figure_table import FigureTable
from levcheck.ui.screens.parts import Section, label, say
from levcheck.ui.screens.path_controls import PathControls
from levcheck.ui.screens.screen import Screen
from levcheck.ui.screens.splits import Splits
from levcheck.ui.speaking import announce
from levcheck.ui.theme import current_theme
from levcheck.ui.widgets.tabs import Tabs

TABS = (
    ("What each costs", "Costs"),
    ("Other ways", "Ways"),
    ("Why both lost", "Both lost"),
    ("Forced trades", "Trades"),
)
"""Each tab in full, and in short for where there is little room."""


class LeverageScreen(Screen):
    """The course of one fund with twenty outcomes, and what each daily-reset fund costs and must sell.

    ``paths_asked`` carries a :class:`PathsRequest`.
    """

    paths_asked = Signal(object)

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self.controls = PathControls(words)
        self.paths = PathsChart()
        self.dots = DotsChart()
        self.legal = label("caption")
        self.table = FigureTable(name="leverage.costs")
        self.ways = FigureTable(name="leverage.ways")
        self.two_days = FigureTable(name="leverage.two-days")
        self.flows = FigureTable(name="leverage.flows")
        self.forced = label("text-2")
        self.flow = label("text-2")
        self.both_lost = label("text-2")
        self.second_round = QCheckBox()
        self.by_chance = QCheckBox()
        self._view: LeverageView | None = None
        self._panel: PathsPanelView | None = None
        self._held = self._limits = ""
        self._tabs = Tabs()
        self._pages = QStackedWidget()
        self._paths_section = Section(self.paths)
        self._paths_section.put_in_head(self.by_chance)
        self._dots_section = Section(self.dots, self.legal)
        self._lay_out()
        self._tabs.currentChanged.connect(self._pages.setCurrentIndex)
        self.second_round.toggled.connect(self._on_second_round)
        self.by_chance.toggled.connect(self._show_course)
        self.controls.asked.connect(self.paths_asked)
        for table in (self.table, self.ways, self.two_days, self.flows):
            table.number_activated.connect(self.number_activated)
        self.speak(words)

    def speak(self, words: Words) -> None:
        """Use another language."""
        super().speak(words)
        self.controls.speak(words)
        if self.paths.view is None:
            # Until the first course arrives the charts are empty, but never without a name.
            self.paths.setAccessibleName(words.text("Course over time"))
            self.dots.setAccessibleName(words.text("Possible results"))
            for made in (self.paths, self.dots):
                made.setAccessibleDescription(words.text("Working out new numbers…"))
        self._tabs.setAccessibleName(words.text("Which table to show"))
        self._tabs.set_texts([(words.text(whole), words.text(short)) for whole, short in TABS])
        self.second_round.setText(words.text("Show what the trading adds to the move"))
        self.by_chance.setText(words.text("Paths by chance"))
        self.by_chance.setToolTip(
            words.text("Draws some of the paths behind the dots as thin lines.")
        )

    def show_view(self, view: LeverageView) -> None:
        """Show the screen; the course of the chosen fund is asked for and comes a moment later."""
        self._view = view
        self.headline.show_text(view.headline, view.headline_key)
        self._held, self._limits = view.held, view.limits
        self._say_limits("")
        self.show_gap(view.gap)
        has_funds = bool(view.funds)
        for part in (self.controls, self._body):
            part.setVisible(has_funds)
        self.legal.setVisible(has_funds and bool(self.legal.text()))
        self.table.show_view(view.table)
        say(self.forced, view.forced)
        say(self.flow, view.flow)
        self.second_round.setVisible(view.flows_second is not None)
        self._show_flows()
        say(self.footer, view.footer)
        self.controls.offer(view.funds)

    def main_table(self) -> FigureTable | None:
        """Return the table of the tab shown."""
        if self._view is None or not self._view.funds:
            return None
        tables = (self.table, self.ways, self.two_days, self.flows)
        return tables[self._pages.currentIndex()]

    @Slot(object)
    def show_paths(self, view: PathsPanelView) -> None:
        """Show the course of the fund chosen."""
        self._panel = view
        self._say_limits(view.limits)
        self._show_course()
        heading = self._dots_section.heading
        if view.outcome != heading.text() and self.controls.isAncestorOf(self.focusWidget()):
            announce(heading, view.outcome)
        heading.setText(view.outcome)
        self.dots.show_view(view.dots)
        say(self.legal, view.legal)
        self.ways.show_view(view.ways)
        self.two_days.show_view(view.two_days)
        say(self.both_lost, view.both_lost)

    def _lay_out(self) -> None:
        for part in (self.headline, self.subline, self.gap, self.controls):
            self.column.addWidget(part)
        self._body = Splits("leverage", (1, 1))
        self.column.addWidget(self._body, 1)
        self.column.addWidget(self.footer)
        charts = Splits("leverage.charts", (11, 9), stack_below=640)
        self._body.put(0, charts)
        charts.put(0, self._paths_section)
        charts.put(1, self._dots_section)
        numbers = self._body.column(1)
        numbers.addWidget(self._tabs)
        numbers.addWidget(self._pages, 1)
        pages: tuple[tuple[QWidget, ...], ...] = (
            (self.table,),
            (self.ways,),
            (self.two_days, self.both_lost),
            (self.flows, self.second_round, self.flow, self.forced),
        )
        for parts in pages:
            _fill(self._pages, parts)
        self.grow(self._pages, 128)

    def _say_limits(self, of_course: str) -> None:
        told = (self._held, of_course, self._limits)
        say(self.subline, " ".join(part for part in told if part))

    @Slot()
    def _show_course(self) -> None:
        """Show the named courses, with those by chance behind them where they are wanted."""
        if self._panel is None:
            return
        view = self._panel.by_chance if self.by_chance.isChecked() else self._panel.paths
        self._paths_section.heading.setText(view.title)
        self.paths.show_view(view)

    def _show_flows(self) -> None:
        view = self._view
        if view is None or view.flows is None:
            return
        wanted = view.flows_second if self.second_round.isChecked() else None
        self.flows.show_view(wanted or view.flows)

    @Slot()
    def _on_second_round(self) -> None:
        self._show_flows()


def _fill(pages: QStackedWidget, parts: tuple[QWidget, ...]) -> None:
    page = QWidget()
    pages.addWidget(page)
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(current_theme().space("xs"))
    for number, part in enumerate(parts):
        column.addWidget(part, 1 if number == 0 else 0)
