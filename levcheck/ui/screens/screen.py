"""What the window asks of every screen."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLabel, QLayout, QSizePolicy, QWidget

from levcheck.i18n.words import Words
from levcheck.ui.dressing import Wardrobe
from levcheck.ui.screens.chart_menu import ChartMenu
from levcheck.ui.screens.figure_table import FigureTable
from levcheck.ui.screens.parts import Page, label
from levcheck.ui.screens.splits import Splits
from levcheck.ui.theme import current_theme
from levcheck.ui.widgets import EmptyState, GapLine, Headline


class Screen(Page):
    """A page with a headline, a line about gaps, and a footer.

    ``number_activated`` carries the key of a number to explain, ``chart_taken`` what is to be done with a chart
    (``png``, ``svg``, ``csv``, ``copy``) and the chart; ``list_asked`` the wish to go to the list and fill what is empty.
    """

    number_activated = Signal(str)
    chart_taken = Signal(str, object)
    list_asked = Signal()

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = words
        self._wardrobe = Wardrobe(self)
        self._menus: list[ChartMenu] = []
        self.headline = Headline()
        self.headline.explain.connect(self.number_activated)
        self.empty = EmptyState(icon="edit", parent=self)
        self.empty.activated.connect(self.list_asked)
        self.empty.hide()
        self._put_aside: list[QWidget] = []
        self.subline: QLabel = label("text-2")
        self.gap = GapLine(self)
        self.footer: QLabel = label("caption")
        self.setAccessibleName("")

    def speak(self, words: Words) -> None:
        """Use another language for the texts that are not in a view."""
        self.words = words
        for menu in self.findChildren(ChartMenu):
            menu.speak(words)
            if menu not in self._menus:
                self._menus.append(menu)
                menu.chosen.connect(self.chart_taken)
        for splits in self.findChildren(Splits):
            splits.speak(words)

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with a change of colours that came while another screen was shown."""
        self._wardrobe.dress()
        super().showEvent(event)

    def show_view(self, view: Any) -> None:
        """Show the screen's own view."""
        raise NotImplementedError

    def edit_parts(self) -> Sequence[QWidget]:
        """Return what changes the list, the library or the scenario: it is out of sight while a guest watches."""
        return ()

    def draw(self, view: Any) -> None:
        """Show a view, or in its place what will be here and the one action that fills it."""
        for part in self._put_aside:
            part.show()
        self._put_aside = []
        self.show_view(view)
        empty = getattr(view, "nothing_yet", "")
        if not empty:
            self.empty.hide()
            return
        self.empty.show_state(empty, self.words.text("Go to your list"))
        if self.column.indexOf(self.empty) < 0:
            self.column.insertWidget(self.column.count() - 1, self.empty, 1)
        self.empty.show()
        kept = (self.headline, self.gap, self.footer, self.empty)
        for part in _widgets_in(self.column):
            if part not in kept and not part.isHidden():
                part.hide()
                self._put_aside.append(part)

    def main_table(self) -> FigureTable | None:
        """Return the table that "Find" and "Copy the table" mean."""
        focus = self.focusWidget()
        if isinstance(focus, FigureTable):
            return focus
        tables = [t for t in self.findChildren(FigureTable) if not t.isHidden()]
        return tables[0] if tables else None

    def show_gap(self, text: str) -> None:
        """Say what is in no number; nothing when nothing is missing."""
        if text:
            self.gap.show_gap(text, self.words.text("Show"))
        else:
            self.gap.hide()

    @staticmethod
    def grow(widget: QWidget, least: int) -> None:
        """Let a widget take the room that is left, but never less than this height, which grows with the text."""
        widget.setMinimumHeight(current_theme().scaled(least))
        widget.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)


def _widgets_in(layout: QLayout) -> list[QWidget]:
    """Return the widgets of a layout and of the layouts in it."""
    found: list[QWidget] = []
    for number in range(layout.count()):
        item = layout.itemAt(number)
        widget = item.widget() if item is not None else None
        inner = item.layout() if item is not None else None
        if widget is not None:
            found.append(widget)
        elif inner is not None:
            found += _widgets_in(inner)
    return found
