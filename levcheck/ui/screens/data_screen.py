"""Data & method: can I trust these numbers?"""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from levcheck.i18n.words import Words
from levcheck.presenting.data_and_method import DataView, KnownFacts
from levcheck.presenting.diagnostics_list import NoticeView
from levcheck.ui.charts.coverage import CoverageChart
from levcheck.ui.screens.drop_area import DropArea
from levcheck.ui.screens.figure_table import FigureTable
from levcheck.ui.screens.parts import Columns, Section, label, say
from levcheck.ui.screens.screen import Screen
from levcheck.ui.theme import current_theme
from levcheck.ui.widgets.flow import FlowLayout
from levcheck.ui.widgets.picker import Picker
from levcheck.ui.widgets.tabs import Tabs

STACK_BELOW = 560
LEAST_TABLE = 156
LINES, NOTES, METHOD = range(3)
"""The parts under the strips, in the order of their tabs."""
MOST_NOTES = 40
"""Notes written out; a list of hundreds of unknown lines says the same hundreds of times."""


class DataScreen(Screen):
    """How much is understood, where each fact comes from and how old it is, and how the numbers are made.

    ``list_dropped`` carries a list of paths, ``change_asked`` the :class:`KnownFacts` of a line and the kinds to choose from,
    ``take_back_asked`` an instrument id, ``page_asked`` an address.
    """

    list_dropped = Signal(object)
    list_asked = Signal()
    change_asked = Signal(object, object)
    take_back_asked = Signal(str)
    page_asked = Signal(str)

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self._view: DataView | None = None
        self.chart, self.ages = CoverageChart(), CoverageChart()
        self.filter = Picker()
        self.change, self.take_back, self.page = QPushButton(), QPushButton(), QPushButton()
        self.table = FigureTable(name="data")
        self.drop = DropArea(words)
        self.method, self.formulas = label("text-2"), label("text-2")
        self.deeper = QPushButton()
        self.deeper.setCheckable(True)
        self.stamp, self.notes = label("caption"), label("text-2")
        self._chart_section, self._age_section = Section(self.chart), Section(self.ages)
        self.ordered = label("caption")
        self.tabs, self._pages = Tabs(), QStackedWidget()
        self.grow(self.table, LEAST_TABLE)
        self.table.hug()
        self._lay_out()
        self._connect()
        self.formulas.hide()
        self.speak(words)

    def speak(self, words: Words) -> None:
        """Use another language."""
        super().speak(words)
        self.tabs.setAccessibleName(words.text("Which part to show"))
        self._name_tabs()
        self.filter.setAccessibleName(words.text("Which lines are shown"))
        self.change.setText(words.text("Change what is known…"))
        self.take_back.setText(words.text("Take back what you set"))
        self.page.setText(words.text("Open the issuer's page"))
        self.drop.speak(words)
        self._name_deeper()

    def edit_parts(self) -> Sequence[QWidget]:
        """Return what changes the list, the library or the scenario."""
        return (self.change, self.take_back, self.page, self.drop)

    def show_view(self, view: DataView) -> None:
        """Show the screen."""
        self._view = view
        self.headline.show_text(view.headline, view.headline_key)
        say(self.subline, " ".join(part for part in (view.terms, view.age) if part))
        self.show_gap(view.gap)
        self._chart_section.heading.setText(view.chart.title)
        self.chart.show_view(view.chart)
        self._age_section.heading.setText(view.ages.title)
        self.ages.show_view(view.ages)
        say(self.ordered, view.ordered)
        self._show_filters(view)
        self._show_rows()
        say(self.method, " ".join(part.sentence for part in view.method))
        self.formulas.setText(
            "\n".join(f"{part.formula}   ({part.source})" for part in view.method)
        )
        say(self.stamp, view.stamp)
        say(self.footer, view.footer)
        self._show_notes(view)

    def chosen_facts(self) -> KnownFacts | None:
        """Return what is known about the line the cursor is on; None when there is nothing to change."""
        row = self.table.figures.row(self.table.currentIndex())
        if row is None or self._view is None:
            return None
        return next((facts for facts in self._view.facts if facts.row == row.id), None)

    # --- inside --------------------------------------------------------------------------------------------

    def _tools(self) -> QWidget:
        tools = QWidget()
        flow = FlowLayout(tools, spacing=current_theme().space("s"))
        flow.setContentsMargins(0, 0, 0, 0)
        flow.add_widget(self.filter)
        for button in (self.change, self.take_back, self.page):
            flow.add_widget(button, pushed=True)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        tools.setSizePolicy(policy)
        return tools

    def _lay_out(self) -> None:
        strips = Columns(
            [(self._chart_section, 3), (self._age_section, 2)], stack_below=STACK_BELOW
        )
        for upper in (self.headline, self.subline, self.gap, strips):
            self.column.addWidget(upper)
        pages = (
            _stacked(self._tools(), self.ordered, self.table, self.drop),
            _scrolled(self.notes),
            _scrolled(self.method, self.deeper, self.formulas),
        )
        for page in pages:
            self._pages.addWidget(page)
        self.column.addWidget(self.tabs)
        self.column.addWidget(self._pages, 1)
        self.column.addWidget(Columns([(self.footer, 3), (self.stamp, 2)], stack_below=STACK_BELOW))

    def _connect(self) -> None:
        self.tabs.currentChanged.connect(self._pages.setCurrentIndex)
        for chart in (self.chart, self.ages):
            chart.mark_activated.connect(self.number_activated)
        self.table.number_activated.connect(self.number_activated)
        self.table.selectionModel().currentChanged.connect(self._update_tools)
        self.table.figures.modelReset.connect(self._update_tools)
        self.filter.currentIndexChanged.connect(self._show_rows)
        self.change.clicked.connect(self._on_change)
        self.take_back.clicked.connect(self._on_take_back)
        self.page.clicked.connect(self._on_page)
        self.drop.dropped.connect(self.list_dropped)
        self.drop.asked.connect(self.list_asked)
        self.deeper.toggled.connect(self.formulas.setVisible)
        self.deeper.toggled.connect(self._name_deeper)

    def _show_filters(self, view: DataView) -> None:
        chosen = self.filter.currentData()
        self.filter.blockSignals(True)
        self.filter.clear()
        for one in view.filters:
            self.filter.addItem(f"{one.label} ({self.words.number(len(one.rows))})", one.id)
        self.filter.setCurrentIndex(max(self.filter.findData(chosen), 0))
        self.filter.blockSignals(False)

    @Slot()
    def _show_rows(self) -> None:
        if self._view is None:
            return
        chosen = self.filter.currentData()
        kept = next((set(one.rows) for one in self._view.filters if one.id == chosen), set())
        rows = tuple(row for row in self._view.table.rows if row.id in kept)
        self.table.show_view(replace(self._view.table, rows=rows))
        self._update_tools()

    @Slot()
    def _update_tools(self) -> None:
        facts = self.chosen_facts()
        self.change.setEnabled(facts is not None)
        self.take_back.setVisible(facts is not None and facts.is_own)
        self.page.setVisible(facts is not None and bool(facts.page))

    @Slot()
    def _name_deeper(self) -> None:
        shown = self.deeper.isChecked()
        words = self.words
        self.deeper.setText(
            words.text("Hide the formulas") if shown else words.text("Show the formulas")
        )

    def _show_notes(self, view: DataView) -> None:
        self._name_tabs()
        self.tabs.setTabVisible(NOTES, bool(view.notices))
        shown = [_note(notice) for notice in view.notices[:MOST_NOTES]]
        if len(view.notices) > MOST_NOTES:
            more = len(view.notices) - MOST_NOTES
            shown.append(self.words.count("and {n} more", "and {n} more", more))
        self.notes.setText("\n".join(shown))

    def _name_tabs(self) -> None:
        words = self.words
        count = len(self._view.notices) if self._view is not None else 0
        many = f" ({words.number(count)})" if count else ""
        self.tabs.set_texts(
            (
                (words.text("What is known about each line"), words.text("Lines")),
                (words.text("Notes about this list") + many, words.text("Notes") + many),
                (words.text("How the numbers are made"), words.text("Method")),
            )
        )

    @Slot()
    def _on_change(self) -> None:
        facts = self.chosen_facts()
        if facts is not None and self._view is not None:
            self.change_asked.emit(facts, self._view.kinds)

    @Slot()
    def _on_take_back(self) -> None:
        facts = self.chosen_facts()
        if facts is not None:
            self.take_back_asked.emit(facts.instrument)

    @Slot()
    def _on_page(self) -> None:
        facts = self.chosen_facts()
        if facts is not None and facts.page:
            self.page_asked.emit(facts.page)


def _stacked(*parts: QWidget) -> QWidget:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(current_theme().space("s"))
    for part in parts:
        column.addWidget(part, 1 if isinstance(part, FigureTable) else 0)
    column.addStretch()
    return page


def _scrolled(*parts: QWidget) -> QScrollArea:
    """Texts that may be longer than their place; a button keeps its own width."""
    inside = QWidget()
    column = QVBoxLayout(inside)
    space = current_theme().space
    column.setContentsMargins(0, space("s"), 0, 0)
    column.setSpacing(space("m"))
    for part in parts:
        own = Qt.AlignmentFlag.AlignLeft if isinstance(part, QPushButton) else Qt.AlignmentFlag(0)
        column.addWidget(part, 0, own)
    column.addStretch(1)
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(inside)
    return area


def _note(notice: NoticeView) -> str:
    where = f"{notice.where}: " if notice.where else ""
    return f"{where}{notice.title} {notice.detail}".strip()
