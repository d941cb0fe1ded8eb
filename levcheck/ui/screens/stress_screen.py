"""Stress: how much could I lose if this happens?"""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidgetItem,
    QWidget,
)

from levcheck.i18n.words import Words
from levcheck.presenting.stress import StressView
from levcheck.ui.charts.dumbbell import DumbbellChart
from levcheck.ui.charts.waterfall import WaterfallChart
from levcheck.ui.screens.figure_table import FigureTable
from levcheck.ui.screens.parts import FlowRow, Section, keep_narrow, label, say
from levcheck.ui.screens.screen import Screen
from levcheck.ui.screens.splits import Splits
from levcheck.ui.screens.stress_side import SCENARIO, StressSide
from levcheck.ui.theme import current_theme
from levcheck.ui.widgets import FigureLabel, SegmentedControl
from levcheck.ui.widgets.picker import Picker


class StressScreen(Screen):
    """Scenarios to choose from, the way from today to after, taken apart in three ways, and a second one beside it.

    ``order_chosen`` carries the order of the holdings, ``beside_chosen`` the scenario to compare with, "" for none.
    """

    scenario_chosen = Signal(str)
    apply_asked = Signal(str)
    order_chosen = Signal(str)
    beside_chosen = Signal(str)

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self.aside = StressSide(words)
        self.scenarios, self.story = self.aside.scenarios, self.aside.story
        self.apply = self.aside.apply
        self.custom, self.reverse = self.aside.custom, self.aside.reverse
        self.left_out = label("warning")
        self.margin = label("text-2")
        self.cushion = FigureLabel()
        self.waterfall = WaterfallChart()
        self.compared = DumbbellChart()
        self.grouping = SegmentedControl("")
        self.order = Picker()
        self.beside = Picker()
        keep_narrow(self.beside, 16)
        self.table = FigureTable(name="stress")
        self._chart_section = Section(self.waterfall, self.compared)
        self._view: StressView | None = None
        self._chosen: str | None = None
        self._lay_out()
        self.scenarios.currentItemChanged.connect(self._on_chosen)
        self.apply.clicked.connect(self._on_apply)
        self.table.number_activated.connect(self.number_activated)
        self.waterfall.mark_activated.connect(self.number_activated)
        self.compared.mark_activated.connect(self.number_activated)
        self.custom.explain.connect(self.number_activated)
        self.grouping.chosen.connect(self._show_part)
        self.order.activated.connect(self._on_order)
        self.beside.activated.connect(self._on_beside)
        self.cushion.explain.connect(self.number_activated)
        self.speak(words)

    def speak(self, words: Words) -> None:
        """Use another language."""
        super().speak(words)
        self.aside.speak(words)
        self.grouping.setAccessibleName(words.text("How the result is taken apart"))
        self.order.setAccessibleName(words.text("Order of the holdings"))
        self.beside.setAccessibleName(words.text("Scenario to compare with"))

    def edit_parts(self) -> Sequence[QWidget]:
        """Return what changes the list, the library or the scenario."""
        return self.aside.edit_parts()

    def show_view(self, view: StressView) -> None:
        """Show the screen."""
        self._chosen = view.chosen
        self.headline.show_text(view.headline, view.headline_key)
        # The limits stand above the chart, never in small print under it.
        say(self.subline, " ".join(part for part in (view.range_sentence, view.limits) if part))
        self.aside.show_view(view)
        self.show_gap(view.gap)
        say(self.left_out, view.left_out)
        say(self.margin, view.margin_line)
        self.cushion.setVisible(view.margin is not None)
        if view.margin is not None:
            self.cushion.show_figure(view.margin)
        self._view = view
        self._offer(view)
        self._show_part()
        say(self.footer, view.footer)

    def _offer(self, view: StressView) -> None:
        """Fill the choices above the chart."""
        self.grouping.set_choices([(part.id, part.label) for part in view.parts])
        self.order.clear()
        for one in view.orders:
            self.order.addItem(one.label, one.id)
        self.order.setCurrentIndex(max(self.order.findData(view.order_key), 0))
        self.beside.clear()
        self.beside.addItem(self.words.text("Compare with…"), "")
        for choice in view.scenarios:
            if choice.id != view.chosen:
                self.beside.addItem(choice.name, choice.id)
        shown = view.comparison.scenario if view.comparison is not None else ""
        self.beside.setCurrentIndex(max(self.beside.findData(shown), 0))
        self.grouping.setVisible(view.comparison is None and bool(view.parts))

    @Slot()
    def _show_part(self) -> None:
        """Show the scenario beside the second one, else taken apart in the way chosen."""
        view = self._view
        if view is None:
            return
        both = view.comparison
        self.compared.setVisible(both is not None)
        self.waterfall.setVisible(both is None)
        part = next((p for p in view.parts if p.id == self.grouping.current), None)
        self.order.setVisible(both is not None or part is None or part.id == "holding")
        if both is not None:
            self._chart_section.heading.setText(both.headline)
            self.compared.show_view(both.chart)
            table = both.table
        else:
            shown = part.waterfall if part is not None else view.waterfall
            self._chart_section.heading.setText(shown.title)
            self.waterfall.show_view(shown)
            table = part.table if part is not None else view.table
        self.table.show_view(table)

    def _lay_out(self) -> None:
        theme = current_theme()
        self._chart_section.put_under_head(FlowRow(self.grouping, self.order, self.beside))
        self.grow(self.table, 112)
        self.table.hug()
        for part in (self.headline, self.subline, self.gap, self.left_out):
            self.column.addWidget(part)
        debt = QHBoxLayout()
        debt.setSpacing(theme.space("m"))
        debt.addWidget(self.margin, 1)
        debt.addWidget(self.cushion)
        self.column.addLayout(debt)
        sides = Splits("stress.sides", (3, 10), stack_below=700)
        self.column.addWidget(sides, 1)
        self.column.addWidget(self.footer)
        main = Splits("stress", (1, 4))
        sides.put(0, self.aside)
        sides.put(1, main)
        main.put(0, self._chart_section)
        main.put(1, self.table)

    @Slot(QListWidgetItem, QListWidgetItem)
    def _on_chosen(self, item: QListWidgetItem | None, _before: QListWidgetItem | None) -> None:
        if item is not None:
            self.scenario_chosen.emit(item.data(SCENARIO))

    @Slot(int)
    def _on_order(self, number: int) -> None:
        self.order_chosen.emit(str(self.order.itemData(number)))

    @Slot(int)
    def _on_beside(self, number: int) -> None:
        self.beside_chosen.emit(str(self.beside.itemData(number) or ""))

    @Slot()
    def _on_apply(self) -> None:
        if self._chosen is not None:
            self.apply_asked.emit(self._chosen)
