"""What stands left on the Stress screen: the scenarios there are, or the user's own shock with what it would do."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    Qt,
    QTimer,
    Signal,
    Slot,
)
from PySide6.QtGui import QFontMetrics, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QInputDialog,
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
from levcheck.presenting.figures import Figure
from levcheck.presenting.stress import StressView
from levcheck.ui.screens.custom_shock import CustomShock
from levcheck.ui.screens.parts import FlowRow, label, say
from levcheck.ui.screens.reverse_panel import ReversePanel
from levcheck.ui.speaking import plain_tooltip
from levcheck.ui.theme import Role, Size, current_theme
from levcheck.ui.widgets import SegmentedControl
from levcheck.ui.widgets.whole_rows import WholeRowList

GIVEN, OWN = "given", "own"
SCENARIO = Qt.ItemDataRole.UserRole
"""Where an entry of the list keeps the id of its scenario."""
_FIGURE = Qt.ItemDataRole.UserRole + 1
_WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
_LEAST_LIST = 150
_LONGEST_NAME = 80


class StressSide(QWidget):
    """One of two parts is seen, the scenarios first.

    ``renamed`` carries the id of an own scenario and its new name, ``removed`` its id, ``undone`` nothing: the last of
    these changes is to be taken back.
    """

    renamed = Signal(str, str)
    removed = Signal(str)
    undone = Signal()

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.side = SegmentedControl("")
        self.scenarios = _ScenarioList()
        self.scenarios.setItemDelegate(_ScenarioDelegate(self.scenarios))
        self.scenarios.setMinimumHeight(current_theme().scaled(_LEAST_LIST))
        self.story = label("caption")
        self.apply = QPushButton()
        self.apply.setProperty("role", "link")
        self.rename, self.remove, self.undo = QPushButton(), QPushButton(), QPushButton()
        for button in (self.rename, self.remove, self.undo):
            button.setProperty("role", "quiet")
            button.hide()
        self.custom = CustomShock(words)
        self.reverse = ReversePanel(words, self.custom.target)
        self._given, self._own = QWidget(), QWidget()
        self._own_ids: frozenset[str] = frozenset()
        self._lay_out()
        self.rename.clicked.connect(self._on_rename)
        self.remove.clicked.connect(self._on_remove)
        self.undo.clicked.connect(self.undone)
        self.scenarios.currentItemChanged.connect(self._offer_changes)
        self.side.chosen.connect(self._show_side)
        self.speak(words)

    def speak(self, words: Words) -> None:
        """Use another language."""
        self._words = words
        self.rename.setText(words.text("Rename…"))
        self.remove.setText(words.text("Remove"))
        self.remove.setToolTip(words.text("It is then tried on no portfolio any more."))
        self.side.setAccessibleName(words.text("Scenarios, or your own shock"))
        self.side.set_choices(
            [(GIVEN, words.text("&Scenarios")), (OWN, words.text("&Your own shock"))]
        )
        self.scenarios.setAccessibleName(words.text("Scenarios"))
        self.apply.setText(words.text("Show on all screens"))
        self.custom.speak(words)
        self.reverse.speak(words)

    def edit_parts(self) -> Sequence[QWidget]:
        """Return what changes the list of scenarios or what is shown."""
        return (self.apply, self.rename, self.remove, self.undo, self._own, self.side)

    def show_view(self, view: StressView) -> None:
        """Show the scenarios with what each would do."""
        say(self.story, view.story)
        self.story.setToolTip(plain_tooltip(view.source))
        self._fill(view)
        self.apply.setEnabled(view.chosen is not None)
        self._own_ids = frozenset(choice.id for choice in view.scenarios if choice.is_own)
        self._offer_changes()

    def offer_undo(self, text: str) -> None:
        """Offer to take the last change of an own scenario back; "" = there is none."""
        self.undo.setText(text)
        self.undo.setVisible(bool(text))

    @Slot()
    def _offer_changes(self) -> None:
        """Only a scenario of the user's own can be renamed and removed."""
        is_own = (
            self.scenarios.currentRow() >= 0
            and self.scenarios.currentItem().data(SCENARIO) in self._own_ids
        )
        self.rename.setVisible(is_own)
        self.remove.setVisible(is_own)

    @Slot()
    def _on_rename(self) -> None:
        if self.scenarios.currentRow() < 0:
            return
        item = self.scenarios.currentItem()
        dialog = QInputDialog(self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(self._words.text("Rename the scenario"))
        dialog.setLabelText(self._words.text("Its name"))
        dialog.setTextValue(item.text())
        identifier = str(item.data(SCENARIO))
        dialog.textValueSelected.connect(lambda name: self.rename_to(identifier, name))
        dialog.open()

    def rename_to(self, identifier: str, name: str) -> None:
        """Ask for another name of an own scenario; a blank one changes nothing."""
        flat = " ".join(name.split())[:_LONGEST_NAME]
        if flat:
            self.renamed.emit(identifier, flat)

    @Slot()
    def _on_remove(self) -> None:
        if self.scenarios.currentRow() >= 0:
            self.removed.emit(str(self.scenarios.currentItem().data(SCENARIO)))

    def show_own(self) -> None:
        """Turn to the user's own shock."""
        self.side.choose(OWN)
        self._show_side(OWN)

    @Slot(str)
    def _show_side(self, side: str) -> None:
        self._given.setVisible(side != OWN)
        self._own.setVisible(side == OWN)
        if side == OWN:
            self.custom.ask()

    def _fill(self, view: StressView) -> None:
        self.scenarios.blockSignals(True)
        self.scenarios.clear()
        for choice in view.scenarios:
            item = QListWidgetItem(choice.name, self.scenarios)
            item.setData(SCENARIO, choice.id)
            item.setData(_FIGURE, choice.result)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{choice.name}: {choice.result.text}")
            item.setToolTip(plain_tooltip(choice.story))
            if choice.id == view.chosen:
                self.scenarios.setCurrentItem(item)
        self.scenarios.blockSignals(False)
        self.scenarios.show_current()

    def _lay_out(self) -> None:
        given = _column(self._given)
        given.addWidget(self.scenarios, 1)
        given.addWidget(self.story)
        given.addWidget(FlowRow(self.apply, self.rename, self.remove, self.undo))
        own = _column(self._own)
        own.addWidget(self.custom)
        own.addSpacing(current_theme().space("m"))
        own.addWidget(self.reverse)
        own.addStretch(1)
        self._own.hide()
        column = _column(self)
        column.addWidget(self.side, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._given, 1)
        column.addWidget(self._own, 1)


def _column(widget: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(widget)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(current_theme().space("s"))
    return column


class _ScenarioList(WholeRowList):
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
        inside = option.rect.adjusted(8, 6 + _spare(self) // 2, -8, -6)
        painter.setFont(theme.font(Size.BODY))
        painter.setPen(theme.color(Role.TEXT))
        height = _name_height(name, inside.width())
        painter.drawText(inside.adjusted(0, 0, 0, 0), _WRAP, name)
        if isinstance(figure, Figure):
            painter.setFont(theme.font(Size.CAPTION))
            # The colour of losses is left to the scenario that is shown.
            painter.setPen(theme.color(Role.TEXT_2))
            painter.drawText(inside.adjusted(0, height, 0, 0), _WRAP, figure.text)
        painter.restore()

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Return the height its wrapped name needs."""
        view = self.parent()
        width = view.viewport().width() if isinstance(view, QListWidget) else option.rect.width()
        caption = QFontMetrics(current_theme().font(Size.CAPTION)).height()
        height = _name_height(str(index.data()), width - 16) + caption + 12
        return QSize(width, height + _spare(self))


def _spare(delegate: _ScenarioDelegate) -> int:
    view = delegate.parent()
    return view.spare if isinstance(view, WholeRowList) else 0


def _name_height(name: str, width: int) -> int:
    metrics = QFontMetrics(current_theme().font(Size.BODY))
    return metrics.boundingRect(0, 0, max(width, 40), 10_000, _WRAP, name).height() + 2
