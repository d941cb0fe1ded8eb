"""The drawer on the right: how a number came about, row by row, down to the cell or the dated source."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from levcheck.i18n.words import Words
from levcheck.ui.clipboard import copy_text
from levcheck.ui.icons import put_icon
from levcheck.ui.theme import Role, Size, current_theme, theme_source

if TYPE_CHECKING:
    from levcheck.presenting.drawer import DrawerRow, DrawerView

WIDTH = 380
NARROWEST, WIDEST = 300, 720
GRIP = 6
FIRST_ROWS = 60
INDENT = 12
DEEPEST_INDENT = 6
_ROW = Qt.ItemDataRole.UserRole
_WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)


class DrawerPanel(QFrame):
    """Shows one explained number; Esc or the button closes it, its left edge moves.

    ``resized`` follows when it was given another width.

    Attributes:
        own_width: what the user has made it, in pixels at text size 100 %; 0 = as made.
    """

    closed = Signal()
    resized = Signal()

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self.own_width = 0
        self._grip = _Grip(self)
        self._view: DrawerView | None = None
        self.setObjectName("drawer")
        self.setAutoFillBackground(True)
        self._title = QLabel()
        self._title.setProperty("role", "section")
        self._title.setWordWrap(True)
        self._copy = QPushButton()
        self._close = QToolButton()
        self._rows = QListWidget()
        self._rows.setItemDelegate(_RowDelegate(self._rows))
        self._rows.setSelectionMode(QListWidget.SelectionMode.SingleSelection)
        self._rows.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self._rows.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._rows.setResizeMode(QListWidget.ResizeMode.Adjust)
        # Hundreds of wrapped rows are laid out in portions: the first is there at once.
        self._rows.setLayoutMode(QListWidget.LayoutMode.Batched)
        self._rows.setBatchSize(FIRST_ROWS)
        self._lay_out()
        self._copy.clicked.connect(self._on_copy)
        self._close.clicked.connect(self.closed)
        theme_source().changed.connect(self._on_theme_changed)
        self.speak(words)

    def speak(self, words: Words) -> None:
        """Use another language."""
        self._words = words
        self._copy.setText(words.text("Copy as text"))
        self._copy.setAccessibleName(words.text("Copy the explanation as text"))
        self._close.setAccessibleName(words.text("Close the explanation"))
        self._close.setToolTip(words.text("Close (Esc)"))
        self._rows.setAccessibleName(words.text("Steps of the explanation"))
        self._on_theme_changed()

    @property
    def view(self) -> "DrawerView | None":
        """What is shown; None when nothing was explained yet."""
        return self._view

    def show_view(self, view: "DrawerView") -> None:
        """Show an explanation and put the focus on its first row."""
        self._view = view
        self._title.setText(view.title)
        self.setAccessibleName(view.title)
        self._rows.clear()
        for row in view.rows:
            item = QListWidgetItem(self._rows)
            item.setData(_ROW, row)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, _spoken(row))
        self._rows.setCurrentRow(0)
        self._rows.setFocus(Qt.FocusReason.OtherFocusReason)

    def be_wide(self, own_width: int) -> None:
        """Take another width, in pixels at text size 100 %; 0 = as made."""
        self.own_width = min(max(own_width, NARROWEST), WIDEST) if own_width else 0
        self.setFixedWidth(current_theme().scaled(self.own_width or WIDTH))
        self.resized.emit()

    def forget(self) -> None:
        """Show nothing, so that no number of a closed list stays in memory."""
        self._view = None
        self._rows.clear()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close on Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)

    def _lay_out(self) -> None:
        theme = current_theme()
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(*(theme.space("l"),) * 4)
        column.setSpacing(theme.space("m"))
        column.addLayout(head)
        column.addWidget(self._rows, 1)
        column.addWidget(self._copy, 0, Qt.AlignmentFlag.AlignLeft)

    @Slot()
    def _on_copy(self) -> None:
        if self._view is not None:
            copy_text(self._view.as_text())

    @Slot(object)
    def _on_theme_changed(self, _theme: object = None) -> None:
        theme = current_theme()
        self.setFixedWidth(theme.scaled(self.own_width or WIDTH))
        put_icon(self._close, "close")
        self._rows.doItemsLayout()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap the rows anew."""
        super().resizeEvent(event)
        self._grip.setGeometry(0, 0, GRIP, self.height())
        self._grip.raise_()
        self._rows.doItemsLayout()


class _Grip(QWidget):
    """The left edge of the drawer, to be moved with the pointer."""

    def __init__(self, drawer: DrawerPanel) -> None:
        super().__init__(drawer)
        self._drawer = drawer
        self.setCursor(Qt.CursorShape.SplitHCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the pointer."""
        wanted = self._drawer.width() - event.position().x()
        self._drawer.be_wide(round(wanted / current_theme().text_scale))


class _RowDelegate(QStyledItemDelegate):
    """Paints one step: what it is, the number, and under it formula, origin and note."""

    def __init__(self, rows: QListWidget) -> None:
        super().__init__(rows)
        self._list = rows

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint the row."""
        theme = current_theme()
        row: DrawerRow = index.data(_ROW)
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, theme.color(Role.SELECTED))
        left = option.rect.left() + 8 + _indent(row)
        width = self._text_width(row)
        if row.depth:
            painter.setPen(QPen(theme.color(Role.LINE), 1))
            x = left - 7
            painter.drawLine(x, option.rect.top() + 6, x, option.rect.bottom() - 6)
        top = option.rect.top() + 6
        for text, font, role in _parts(row):
            painter.setFont(font)
            painter.setPen(theme.color(role))
            height = QFontMetrics(font).boundingRect(0, 0, width, 10_000, _WRAP, text).height()
            painter.drawText(left, top, width, height, _WRAP, text)
            top += height + 2
        painter.restore()

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Return the height its wrapped texts need."""
        del option
        row: DrawerRow = index.data(_ROW)
        width, height = self._text_width(row), 10
        for text, font, _ in _parts(row):
            height += QFontMetrics(font).boundingRect(0, 0, width, 10_000, _WRAP, text).height() + 2
        return QSize(width + 16 + _indent(row), max(height, current_theme().scaled(32)))

    def _text_width(self, row: "DrawerRow") -> int:
        """Return the width texts are wrapped to: as if the bar were there, which may come after rows are measured."""
        bar = self._list.verticalScrollBar().sizeHint().width()
        room = self._list.width() - 2 * self._list.frameWidth() - bar
        return max(room - 16 - _indent(row), 80)


def _indent(row: "DrawerRow") -> int:
    return INDENT * min(row.depth, DEEPEST_INDENT)


def _parts(row: "DrawerRow") -> list[tuple[str, QFont, Role]]:
    theme = current_theme()
    small = theme.font(Size.CAPTION)
    figure = theme.font(Size.SECTION if row.depth == 0 else Size.BODY, strong=True)
    parts = [(row.text, theme.font(Size.BODY), Role.TEXT), (row.figure, figure, Role.TEXT)]
    parts += [(text, small, Role.TEXT_2) for text in (row.formula, row.origin, row.note) if text]
    return parts


def _spoken(row: "DrawerRow") -> str:
    return ". ".join(
        part.rstrip(".")
        for part in (row.text, row.figure, row.formula, row.origin, row.note)
        if part
    )
