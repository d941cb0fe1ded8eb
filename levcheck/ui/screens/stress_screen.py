"""Stress: how much could I lose if this happens?"""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFontMetrics, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from levcheck.i18n.words import Words
from levcheck.presenting.figures import Figure, Tone
from levcheck.presenting.stress import StressView
from levcheck.ui.charts.dumbbell import DumbbellChart
from levcheck.ui.charts.waterfall import WaterfallChart
from levcheck.ui.screens.custom_shock import CustomShock
from levcheck.ui.screens.figure_table import FigureTable
from levcheck.ui.screens.parts import Columns, FlowRow, Section, keep_narrow, label, say
from levcheck.ui.screens.reverse_panel import ReversePanel
from levcheck.ui.screens.screen import Screen
from levcheck.ui.speaking import plain_tooltip
from levcheck.ui.theme import Role, Size, current_theme
from levcheck.ui.widgets import FigureLabel, SegmentedControl

_ID = Qt.ItemDataRole.UserRole
_FIGURE = Qt.ItemDataRole.UserRole + 1
_WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)


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
        self.scenarios = _ScenarioList()
        self.scenarios.setWordWrap(True)
        self.scenarios.setItemDelegate(_ScenarioDelegate(self.scenarios))
        self.scenarios.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.scenarios.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.scenarios.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.story = label("caption")
        self.left_out = label("warning")
        self.apply = QPushButton()
        self.apply.setProperty("role", "quiet")
        self.custom = CustomShock(words)
        self.reverse = ReversePanel(words, self.custom.target)
        self.margin = label("text-2")
        self.cushion = FigureLabel()
        self.waterfall = WaterfallChart()
        self.compared = DumbbellChart()
        self.grouping = SegmentedControl("")
        self.order = QComboBox()
        self.beside = QComboBox()
        keep_narrow(self.beside, 16)
        self.table = FigureTable()
        self._list_label = QLabel()
        self._list_label.setProperty("role", "emphasis")
        self._list_label.setBuddy(self.scenarios)
        self._chart_section = Section(self.waterfall, self.compared)
        self._view: StressView | None = None
        self._table_section = Section(self.table)
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
        self._list_label.setText(words.text("&Scenarios"))
        self.scenarios.setAccessibleName(words.text("Scenarios"))
        self.apply.setText(words.text("Show on all screens"))
        self.grouping.setAccessibleName(words.text("How the result is taken apart"))
        self.order.setAccessibleName(words.text("Order of the holdings"))
        self.beside.setAccessibleName(words.text("Scenario to compare with"))
        self.custom.speak(words)
        self.reverse.speak(words)

    def edit_parts(self) -> Sequence[QWidget]:
        """Return what changes the list, the library or the scenario."""
        return (self.apply, self.custom, self.reverse)

    def show_view(self, view: StressView) -> None:
        """Show the screen."""
        self._chosen = view.chosen
        self.headline.show_text(view.headline, view.headline_key)
        # The limits stand above the chart, never in small print under it.
        say(self.subline, " ".join(part for part in (view.range_sentence, view.limits) if part))
        say(self.story, view.story)
        self.story.setToolTip(plain_tooltip(view.source))
        self.show_gap(view.gap)
        say(self.left_out, view.left_out)
        say(self.margin, view.margin_line)
        self.cushion.setVisible(view.margin is not None)
        if view.margin is not None:
            self.cushion.show_figure(view.margin)
        self._fill(view)
        self._view = view
        self._offer(view)
        self._show_part()
        self.apply.setEnabled(view.chosen is not None)
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
        self._table_section.heading.setText(table.name)
        self.table.show_view(table)

    def _fill(self, view: StressView) -> None:
        self.scenarios.blockSignals(True)
        self.scenarios.clear()
        for choice in view.scenarios:
            item = QListWidgetItem(choice.name, self.scenarios)
            item.setData(_ID, choice.id)
            item.setData(_FIGURE, choice.result)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{choice.name}: {choice.result.text}")
            item.setToolTip(plain_tooltip(choice.story))
            if choice.id == view.chosen:
                self.scenarios.setCurrentItem(item)
        self.scenarios.blockSignals(False)
        self.scenarios.show_current()

    def _lay_out(self) -> None:
        theme = current_theme()
        aside = QWidget()
        column = QVBoxLayout(aside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.space("s"))
        head = QHBoxLayout()
        head.addWidget(self._list_label, 1)
        head.addWidget(self.apply)
        column.addLayout(head)
        column.addWidget(self.scenarios, 1)
        column.addWidget(self.story)
        column.addWidget(self.custom)
        column.addWidget(self.reverse)
        self.scenarios.setMinimumHeight(theme.scaled(96))
        self._chart_section.put_under_head(FlowRow(self.grouping, self.order, self.beside))
        self.grow(self.table, 84)
        main = QWidget()
        right = QVBoxLayout(main)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(theme.space("s"))
        right.addWidget(self._chart_section, 3)
        right.addWidget(self._table_section, 2)
        for part in (self.headline, self.subline, self.gap, self.left_out):
            self.column.addWidget(part)
        debt = QHBoxLayout()
        debt.setSpacing(theme.space("m"))
        debt.addWidget(self.margin, 1)
        debt.addWidget(self.cushion)
        self.column.addLayout(debt)
        self.column.addWidget(Columns(((aside, 3), (main, 10)), stack_below=700), 1)
        self.column.addWidget(self.footer)

    @Slot(QListWidgetItem, QListWidgetItem)
    def _on_chosen(self, item: QListWidgetItem | None, _before: QListWidgetItem | None) -> None:
        if item is not None:
            self.scenario_chosen.emit(item.data(_ID))

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


class _ScenarioList(QListWidget):
    """A list that keeps the entry chosen in view."""

    def show_current(self) -> None:
        """Scroll to the entry chosen, once the heights of all entries are known."""
        QTimer.singleShot(0, self, self._scroll)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the entry chosen in view at another size."""
        super().resizeEvent(event)
        self.show_current()

    @Slot()
    def _scroll(self) -> None:
        self.doItemsLayout()
        current = self.currentItem()
        if current is not None:
            self.scrollToItem(current, QListWidget.ScrollHint.PositionAtCenter)


class _ScenarioDelegate(QStyledItemDelegate):
    """Paints a scenario: its name, wrapped, and under it what it does to this list."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint the entry."""
        theme = current_theme()
        name, figure = str(index.data()), index.data(_FIGURE)
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, theme.color(Role.SELECTED))
        inside = option.rect.adjusted(8, 6, -8, -6)
        painter.setFont(theme.font(Size.BODY))
        painter.setPen(theme.color(Role.TEXT))
        height = _name_height(name, inside.width())
        painter.drawText(inside.adjusted(0, 0, 0, 0), _WRAP, name)
        if isinstance(figure, Figure):
            painter.setFont(theme.font(Size.CAPTION, strong=True))
            painter.setPen(theme.color(_INKS.get(figure.tone, Role.TEXT_2)))
            painter.drawText(inside.adjusted(0, height, 0, 0), _WRAP, figure.text)
        painter.restore()

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Return the height its wrapped name needs."""
        view = self.parent()
        width = view.viewport().width() if isinstance(view, QListWidget) else option.rect.width()
        caption = QFontMetrics(current_theme().font(Size.CAPTION, strong=True)).height()
        return QSize(width, _name_height(str(index.data()), width - 16) + caption + 12)


_INKS = {Tone.LOSS: Role.LOSS, Tone.GAIN: Role.GAIN}


def _name_height(name: str, width: int) -> int:
    metrics = QFontMetrics(current_theme().font(Size.BODY))
    return metrics.boundingRect(0, 0, max(width, 40), 10_000, _WRAP, name).height() + 2
