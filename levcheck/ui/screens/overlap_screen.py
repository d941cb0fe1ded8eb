"""Overlap: where do I hold the same bet more than once?"""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from levcheck.i18n.words import Words
from levcheck.presenting.overlap import OverlapView
from levcheck.presenting.risk import RiskView
from levcheck.ui.charts.doors import DoorsChart
from levcheck.ui.charts.matrix import MatrixChart
from levcheck.ui.charts.upset import UpSetChart
from levcheck.ui.screens.figure_table import FigureTable
from levcheck.ui.screens.parts import (
    STACK_BELOW,
    FlowRow,
    Section,
    keep_narrow,
    label,
    say,
)
from levcheck.ui.screens.screen import Screen
from levcheck.ui.screens.splits import Splits
from levcheck.ui.screens.theme_panel import ThemeSide
from levcheck.ui.theme import current_theme
from levcheck.ui.widgets import FigureLabel, SegmentedControl
from levcheck.ui.widgets.picker import Picker
from levcheck.ui.widgets.tabs import Tabs

_RISK_FIGURES = 3


class OverlapScreen(Screen):
    """One bet cut by its doors, the pairs of holdings that are alike, and what is underneath.

    ``theme_chosen`` carries the id of a bet, ``pin_chosen`` that of a holding whose pairs alone are shown, "" for all.
    """

    theme_chosen = Signal(str)
    pin_chosen = Signal(str)

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self.picker = Picker()
        self.picker.setMinimumWidth(current_theme().scaled(200))
        self._picker_label = QLabel()
        self._picker_label.setBuddy(self.picker)
        self.edit = QPushButton()
        self.edit.setProperty("role", "quiet")
        self.side = ThemeSide(words, self)
        self.doors = DoorsChart()
        self.matrix = MatrixChart()
        self.combinations = UpSetChart()
        self.which = SegmentedControl("")
        self.pin = Picker()
        keep_narrow(self.pin, 16)
        self.doors_table = FigureTable(name="overlap.holdings")
        self.roots_table = FigureTable(name="overlap.underneath")
        self.pairs_table = FigureTable(name="overlap.pairs")
        self.risk_table = FigureTable(name="overlap.risk")
        self.risk_figures = tuple(FigureLabel(self) for _ in range(_RISK_FIGURES))
        self.risk_note = label("caption")
        self.pair = label("text-2")
        self._pairs: dict[str, str] = {}
        self._tabs = Tabs()
        self._tables = QStackedWidget()
        self._doors_section = Section(self.doors)
        self._matrix_section = Section(self.matrix, self.combinations, self.pair)
        self._view: OverlapView | None = None
        self._lay_out()
        self._tabs.currentChanged.connect(self._tables.setCurrentIndex)
        self.picker.activated.connect(self._on_picked)
        self.edit.clicked.connect(self._on_edit)
        for table in self._all_tables():
            table.number_activated.connect(self.number_activated)
        for made in self.risk_figures:
            made.explain.connect(self.number_activated)
        self.doors.mark_activated.connect(self.number_activated)
        self.combinations.mark_activated.connect(self.number_activated)
        self.which.chosen.connect(self._show_which)
        self.pin.activated.connect(self._on_pin)
        self.matrix.mark_activated.connect(self._on_pair_opened)
        self.matrix.mark_focused.connect(self._on_pair)
        self.speak(words)

    def speak(self, words: Words) -> None:
        """Use another language."""
        super().speak(words)
        self._picker_label.setText(words.text("&Bet"))
        self.edit.setText(words.text("Edit this bet"))
        self.side.speak(words)
        self.side.panel.speak(words)
        self.picker.setAccessibleName(words.text("Bet to look at"))
        self._tabs.setAccessibleName(words.text("Which table to show"))
        pairs, risk = words.text("Pairs"), words.text("Risk")
        self._tabs.set_texts(
            (
                (words.text("What is underneath"), words.text("Underneath")),
                (words.text("By holding"), words.text("Holdings")),
                (pairs, pairs),
                (risk, risk),
            )
        )
        self.which.setAccessibleName(words.text("Pairs or all combinations"))
        self.which.set_choices(
            [("pairs", words.text("Pairs")), ("all", words.text("All combinations"))]
        )
        self.pin.setAccessibleName(words.text("Holding to keep in view"))

    def edit_parts(self) -> Sequence[QWidget]:
        """Return what changes the list, the library or the scenario."""
        return (self.edit, self.side)

    def show_view(self, view: OverlapView) -> None:
        """Show the screen."""
        self.headline.show_text(view.headline, view.headline_key)
        say(self.subline, " ".join((view.subline, *view.groups)))
        self.picker.clear()
        for choice in view.themes:
            self.picker.addItem(choice.label, choice.id)
        self.picker.setCurrentIndex(self.picker.findData(view.chosen))
        self.picker.setEnabled(self.picker.count() > 1)
        self.show_gap(view.gap)
        self._doors_section.heading.setText(view.doors.title)
        self.doors.show_view(view.doors)
        self._view = view
        self.pin.clear()
        for choice in view.pins:
            self.pin.addItem(choice.label, choice.id)
        self.pin.setCurrentIndex(max(self.pin.findData(view.pinned), 0))
        self._show_which()
        self._pairs = dict(view.pairs)
        say(self.pair, view.matrix_note)
        self.doors_table.show_view(view.doors_table)
        self.roots_table.show_view(view.table)
        if view.pairs_table is not None:
            self.pairs_table.show_view(view.pairs_table)
        self._show_risk(view.risk)
        say(self.footer, view.footer)
        self.edit.setEnabled(view.editing is not None)
        self.side.show_view(view.editing)

    def main_table(self) -> FigureTable | None:
        """Return the table shown."""
        return self._all_tables()[max(self._tables.currentIndex(), 0)]

    def _all_tables(self) -> tuple[FigureTable, ...]:
        return self.roots_table, self.doors_table, self.pairs_table, self.risk_table

    def _show_risk(self, view: RiskView | None) -> None:
        """Show how many bets there are and what brings the risk."""
        figures = view.figures if view is not None else ()
        for number, made in enumerate(self.risk_figures):
            made.setVisible(number < len(figures))
            if number < len(figures):
                made.show_figure(figures[number])
        if view is not None:
            self.risk_table.show_view(view.table)
        say(self.risk_note, view.note if view is not None else "")

    @Slot()
    def _show_which(self) -> None:
        """Show the pairs, or all combinations that carry the bet."""
        view = self._view
        if view is None:
            return
        pairs = self.which.current != "all" or view.combinations is None
        self.matrix.setVisible(pairs)
        self.combinations.setVisible(not pairs)
        self.pin.setVisible(pairs)
        if view.combinations is not None and not pairs:
            self.combinations.show_view(view.combinations)
            self._matrix_section.heading.setText(view.combinations.title)
            return
        self.matrix.show_view(view.matrix)
        self._matrix_section.heading.setText(view.matrix.title)

    def _lay_out(self) -> None:
        space = current_theme().space
        bet = QWidget()
        pick = QHBoxLayout(bet)
        pick.setContentsMargins(0, 0, 0, 0)
        pick.setSpacing(space("s"))
        pick.addWidget(self._picker_label)
        pick.addWidget(self.picker)
        pick.addWidget(self.edit)
        pick.addStretch(1)
        self._doors_section.put_under_head(bet)
        self._matrix_section.put_under_head(FlowRow(self.which, self.pin))
        for part in (self.headline, self.subline, self.gap):
            self.column.addWidget(part)
        sides = Splits("overlap.sides", (11, 9), stack_below=STACK_BELOW)
        self.column.addWidget(sides, 1)
        self.column.addWidget(self.footer)
        left = Splits("overlap", (1, 12))
        sides.put(0, left)
        sides.put(1, self._matrix_section)
        left.put(0, self._doors_section)
        numbers = left.column(1)
        numbers.addWidget(self._tabs)
        numbers.addWidget(self._tables, 1)
        for table in self._all_tables():
            is_risk = table is self.risk_table
            self._tables.addWidget(self._risk_page() if is_risk else table)
        self.grow(self._tables, 120)

    def _risk_page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current_theme().space("xs"))
        column.addWidget(FlowRow(*self.risk_figures))
        column.addWidget(self.risk_table, 1)
        column.addWidget(self.risk_note)
        # The tables beside it say how much room there has to be.
        page.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        return page

    @Slot()
    def _on_edit(self) -> None:
        self.side.toggle(self.words)

    @Slot(int)
    def _on_pin(self, number: int) -> None:
        self.pin_chosen.emit(str(self.pin.itemData(number) or ""))

    @Slot(str)
    def _on_pair_opened(self, key: str) -> None:
        self._on_pair(key)
        if key in self._pairs:  # the name of a line is no number
            self.number_activated.emit(key)

    @Slot(str)
    def _on_pair(self, key: str) -> None:
        note = self._view.matrix_note if self._view is not None else ""
        say(self.pair, self._pairs.get(key, note))

    @Slot(int)
    def _on_picked(self, number: int) -> None:
        self.theme_chosen.emit(self.picker.itemData(number))
