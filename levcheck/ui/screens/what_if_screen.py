"""What-if: what changes if I trim or swap?"""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QMenu,
    QPushButton,
    QWidget,
)

from levcheck.i18n.words import Words
from levcheck.presenting.what_if import WhatIfView
from levcheck.ui.charts.dumbbell import DumbbellChart
from levcheck.ui.screens.change_form import ChangeForm
from levcheck.ui.screens.change_list import ChangeList
from levcheck.ui.screens.example_changes import ExampleChanges
from levcheck.ui.screens.figure_table import FigureTable
from levcheck.ui.screens.parts import KeyFigureRow, Section, label, say
from levcheck.ui.screens.screen import Screen
from levcheck.ui.screens.splits import Splits
from levcheck.ui.screens.worked_out_panel import WorkedOutPanel
from levcheck.ui.theme import current_theme
from levcheck.ui.widgets import SegmentedControl
from levcheck.ui.widgets.flow import FlowLayout

NEW = "+"
OWNED, LOSSES = "owned", "losses"
NUMBERS, TRADES, DRIFT = "numbers", "trades", "drift"
FORM, WORKED_OUT = "form", "worked_out"


class WhatIfScreen(Screen):
    """Drafts to choose from, changes to make, and before and after: as key figures, as charts and in tables.

    ``draft_chosen`` carries a letter, ``taken_out`` the place of a change; the other signals say what the user asks
    for the draft on screen.
    """

    draft_chosen = Signal(str)
    new_asked = Signal()
    keep_asked = Signal()
    discard_asked = Signal()
    show_asked = Signal()
    taken_out = Signal(int)
    import_asked = Signal()
    model_asked = Signal()
    model_dropped = Signal()
    copy_asked = Signal()
    export_asked = Signal()
    rename_asked = Signal()
    rounding_chosen = Signal(bool)

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self._view: WhatIfView | None = None
        self.warning = label("warning")
        self.drafts = SegmentedControl("", underlined=True)
        self.keep = QPushButton()
        self.discard = QPushButton()
        self.show_all = QPushButton()
        self.more = QPushButton()
        self.side = SegmentedControl("")
        self.form = ChangeForm(words)
        self.worked_out = WorkedOutPanel(words)
        self.changes = ChangeList()
        self.no_change = label("caption")
        self.examples = ExampleChanges(words)
        self.take_out = QPushButton()
        self.key_figures = KeyFigureRow()
        self.families = DumbbellChart()
        self.losses = DumbbellChart()
        self.choice = SegmentedControl("", underlined=True)
        self.table = FigureTable(name="what-if")
        self.copy = QPushButton()
        self.export = QPushButton()
        self._families_section = Section(self.families)
        self._losses_section = Section(self.losses)
        self._changes_section = Section(self.no_change, self.changes)
        self._changes_section.put_in_head(self.take_out)
        self._menu = QMenu(self)
        self._rename = QAction(self)
        self._rounding = QAction(self)
        self._rounding.setCheckable(True)
        self._import = QAction(self)
        self._model = QAction(self)
        self._no_model = QAction(self)
        self.nothing = label("caption")
        self._room = QWidget()
        self._lay_out()
        self._connect()
        self.speak(words)

    def speak(self, words: Words) -> None:
        """Use another language."""
        super().speak(words)
        self.drafts.setAccessibleName(words.text("Drafts"))
        self.keep.setText(words.text("&Keep"))
        self.keep.setToolTip(words.text("Make this draft the list; Ctrl+Z brings today's back."))
        self.discard.setText(words.text("Disc&ard"))
        self.more.setText(words.text("&More"))
        self._rename.setText(words.text("Name this draft…"))
        self._rounding.setText(words.text("Whole units only"))
        self._rounding.setToolTip(
            words.text("Sales are rounded up, purchases down. Coins are traded in parts.")
        )
        self._import.setText(words.text("Changes from a second file…"))
        self._model.setText(words.text("Measure against a model…"))
        self._no_model.setText(words.text("Forget the model"))
        self.take_out.setText(words.text("Take &out"))
        self.no_change.setText(words.text("No change yet."))
        self.copy.setText(words.text("Copy"))
        self.export.setText(words.text("Export…"))
        self.side.setAccessibleName(words.text("How changes are made"))
        self.side.set_choices(
            [(FORM, words.text("Your change")), (WORKED_OUT, words.text("Worked out"))]
        )
        self.choice.setAccessibleName(words.text("What is shown of it"))
        self._offer()
        self.form.speak(words)
        self.worked_out.speak(words)
        self.examples.speak(words)

    def main_table(self) -> FigureTable | None:
        """Return the table that "Find" and "Copy the table" mean."""
        return self.table

    @property
    def view(self) -> WhatIfView | None:
        """What is shown."""
        return self._view

    def edit_parts(self) -> Sequence[QWidget]:
        """Return what changes the list or a draft of it."""
        changing = (self.keep, self.discard, self.more, self.take_out, self.export)
        return (*changing, self.side, self.form, self.worked_out, self.examples)

    def show_view(self, view: WhatIfView) -> None:
        """Show the screen."""
        self._view = view
        self.headline.show_text(view.headline)
        say(self.subline, view.subline)
        say(self.warning, view.warning)
        tabs = [(tab.id, tab.title) for tab in view.drafts]
        tabs = tabs or [(view.chosen, self.words.text("Draft {letter}", letter=view.chosen))]
        if view.can_add and view.drafts:
            tabs.append((NEW, self.words.text("New draft")))
        self.drafts.set_choices(tabs)
        self.drafts.choose(view.chosen)
        for button in (self.keep, self.show_all):
            button.setVisible(not view.is_empty)
        self.discard.setVisible(bool(view.drafts))
        self._rename.setEnabled(bool(view.drafts))
        self._rounding.setEnabled(bool(view.drafts))
        self._rounding.setChecked(view.whole_units)
        words = self.words
        self.show_all.setText(
            words.text("Back to today") if view.is_shown else words.text("Show on all screens")
        )
        self._no_model.setEnabled(view.drift is not None)
        self.form.show_view(view)
        self.worked_out.show_view(view)
        self._changes_section.heading.setText(view.changes_title)
        self.changes.setAccessibleName(view.changes_title)
        self.changes.show_lines(view.changes)
        self.examples.offer(view.examples)
        self.no_change.setVisible(view.is_empty)
        self.changes.setVisible(not view.is_empty)
        self._room.setVisible(view.is_empty)
        self.key_figures.show_views(view.key_figures)
        self.show_gap(view.gap)
        self._families_section.heading.setText(view.families.title)
        self.families.show_view(view.families)
        self._losses_section.heading.setText(view.losses.title)
        self.losses.show_view(view.losses)
        self._offer()
        self._show_part()
        self._on_marked()
        say(self.footer, view.footer)

    # --- inside --------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        space = current_theme().space
        bar = FlowLayout(spacing=space("s"))
        bar.add_widget(self.drafts)
        for button in (self.show_all, self.keep, self.discard, self.more):
            bar.add_widget(button, pushed=True)
        self._menu.addActions((self._rename, self._rounding))
        self._menu.addSeparator()
        self._menu.addActions((self._import, self._model, self._no_model))
        self._menu.setToolTipsVisible(True)
        self.more.setMenu(self._menu)
        top = (self.headline, self.subline, self.key_figures, self.gap, self.warning)
        for shown in top:
            self.column.addWidget(shown)
        self.column.addLayout(bar)
        sides = Splits("what-if.sides", (4, 11), stack_below=700)
        self.column.addWidget(sides, 1)
        self.column.addWidget(self.footer)
        left = sides.column(0)
        left.addWidget(self.side, 0, Qt.AlignmentFlag.AlignLeft)
        left.addWidget(self.form)
        left.addWidget(self.worked_out)
        self.worked_out.hide()
        left.addWidget(self._changes_section, 1)
        left.addWidget(self._room, 1)
        self.grow(self.changes, 56)
        foot = FlowLayout(spacing=space("s"))
        foot.add_widget(self.choice)
        for button in (self.copy, self.export):
            foot.add_widget(button, pushed=True)
        self.grow(self.table, 128)
        right = sides.column(1)
        right.addWidget(self.examples)
        right.addLayout(foot)
        right.addWidget(self.nothing)
        for part in (self._families_section, self._losses_section, self.table):
            right.addWidget(part, 1)

    def _connect(self) -> None:
        self.drafts.chosen.connect(self._on_draft)
        self.keep.clicked.connect(self.keep_asked)
        self.discard.clicked.connect(self.discard_asked)
        self.show_all.clicked.connect(self.show_asked)
        self._rename.triggered.connect(self.rename_asked)
        self._rounding.triggered.connect(self.rounding_chosen)
        self._import.triggered.connect(self.import_asked)
        self._model.triggered.connect(self.model_asked)
        self._no_model.triggered.connect(self.model_dropped)
        self.copy.clicked.connect(self.copy_asked)
        self.export.clicked.connect(self.export_asked)
        self.side.chosen.connect(self._on_side)
        self.choice.chosen.connect(self._show_part)
        self.key_figures.number_activated.connect(self.number_activated)
        self.take_out.clicked.connect(self._on_take_out)
        self.changes.deleted.connect(self._on_take_out)
        self.changes.currentRowChanged.connect(self._on_marked)
        self.families.mark_activated.connect(self.number_activated)
        self.losses.mark_activated.connect(self.number_activated)
        self.table.number_activated.connect(self.number_activated)

    def _offer(self) -> None:
        words = self.words
        choices = [
            (OWNED, words.text("In effect")),
            (LOSSES, words.text("Losses")),
            (NUMBERS, words.text("In numbers")),
            (TRADES, words.text("Trades")),
        ]
        if self._view is not None and self._view.drift is not None:
            choices.append((DRIFT, words.text("Against the model")))
        self.choice.set_choices(choices)

    @Slot()
    def _show_part(self) -> None:
        """Show the chart or the table chosen."""
        view = self._view
        if view is None:
            return
        chosen = self.choice.current
        charts = {OWNED: self._families_section, LOSSES: self._losses_section}
        for name, section in charts.items():
            section.setVisible(name == chosen)
        self.table.setVisible(chosen not in charts)
        self.copy.setVisible(chosen not in charts)
        tables = {TRADES: view.trades, DRIFT: view.drift}
        table = tables.get(chosen) or view.table
        self.table.show_view(table)
        is_empty = chosen not in charts and not table.rows
        say(self.nothing, table.empty if is_empty else "")
        self.export.setVisible(chosen == TRADES)
        self.export.setEnabled(bool(view.trades.rows))

    @Slot(str)
    def _on_draft(self, key: str) -> None:
        if key == NEW:
            self.new_asked.emit()
        else:
            self.draft_chosen.emit(key)

    @Slot(str)
    def _on_side(self, key: str) -> None:
        self.form.setVisible(key == FORM)
        self.worked_out.setVisible(key == WORKED_OUT)
        if key == WORKED_OUT:
            self.worked_out.ask()

    @Slot()
    def _on_marked(self) -> None:
        self.take_out.setVisible(self._view is not None and not self._view.is_empty)
        self.take_out.setEnabled(self.changes.currentRow() >= 0)

    @Slot()
    def _on_take_out(self) -> None:
        if self.changes.currentRow() >= 0:
            self.taken_out.emit(self.changes.currentRow())
