"""A table of figures: sorts by its own index, keeps its total at the bottom, and opens any number in it."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from levcheck.presenting.figures import Cell, Column, Row, TableView, Tone
from levcheck.ui.speaking import plain_tooltip
from levcheck.ui.theme import Role, Size, current_theme, theme_source
from levcheck.ui.widgets.badge import BADGE_ROLE, BadgeDelegate, badge_width
from levcheck.ui.widgets.table_tools import TableTools

Index = QModelIndex | QPersistentModelIndex
_EMPTY = TableView("", (), ())
_ROLES = {
    Tone.MUTED: Role.TEXT_2,
    Tone.LOSS: Role.LOSS,
    Tone.GAIN: Role.GAIN,
    Tone.WARNING: Role.WARNING,
    Tone.ERROR: Role.ERROR,
    Tone.SUCCESS: Role.SUCCESS,
}
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_SHOWN: dict[int, Callable[[Cell, Column], Any]] = {
    Qt.ItemDataRole.DisplayRole: lambda cell, _: cell.text,
    Qt.ItemDataRole.TextAlignmentRole: lambda _, column: _RIGHT if column.numeric else _LEFT,
    Qt.ItemDataRole.ForegroundRole: lambda cell, _: (
        current_theme().color(_ROLES[cell.tone]) if cell.tone in _ROLES else None
    ),
    Qt.ItemDataRole.ToolTipRole: lambda cell, _: plain_tooltip(cell.hint),
    BADGE_ROLE: lambda cell, _: cell.wrapper,
    Qt.ItemDataRole.AccessibleTextRole: lambda cell, column: f"{column.title}: {cell.text}",
}
_PADDING = 20
_BOLD_MARGIN = 4
_ARROW = 14
_NARROWEST = 72
_LEAST_HEIGHT = 96
_ENOUGH = 180
_MEASURED = 12
_WIDEST = 300
_WIDEST_PLAIN = 150


class FigureTableModel(QAbstractTableModel):
    """The rows of one :class:`TableView`, in the order the user asked for."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = _EMPTY
        self._order: list[int] = []
        self._sorted: tuple[int, Qt.SortOrder] | None = None

    @property
    def view(self) -> TableView:
        """What is shown."""
        return self._view

    def show_view(self, view: TableView) -> None:
        """Show other rows; the order asked for stays when the columns are the same."""
        same = [c.id for c in view.columns] == [c.id for c in self._view.columns]
        self.beginResetModel()
        self._view = view
        if not same:
            self._sorted = None
        self._arrange()
        self.endResetModel()

    def row(self, index: Index) -> Row | None:
        """Return the row at an index."""
        return self._row(index.row()) if index.isValid() else None

    def cell(self, index: Index) -> Cell | None:
        """Return the cell at an index."""
        row = self.row(index)
        return row.cells[index.column()] if row is not None else None

    def is_total(self, row: int) -> bool:
        """Return whether this is the row of totals."""
        return row == len(self._order)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own default
        """Return the number of rows, the total's included."""
        if parent.isValid():
            return 0
        return len(self._order) + (self._view.total is not None)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own default
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self._view.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows in a role."""
        row, cell = self.row(index), self.cell(index)
        if row is None or cell is None:
            return None
        if role == Qt.ItemDataRole.FontRole:
            return (
                current_theme().font(Size.BODY, strong=True) if self.is_total(index.row()) else None
            )
        show = _SHOWN.get(role)
        return show(cell, self._view.columns[index.column()]) if show else None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return a heading."""
        if orientation is not Qt.Orientation.Horizontal or section >= len(self._view.columns):
            return None
        column = self._view.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.title
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip(column.hint)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if column.numeric else _LEFT
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order the rows by a column; a negative column gives the first order back."""
        self.layoutAboutToBeChanged.emit()
        self._sorted = (column, order) if 0 <= column < len(self._view.columns) else None
        self._arrange()
        self.layoutChanged.emit()

    def _row(self, number: int) -> Row | None:
        if self.is_total(number):
            return self._view.total
        return self._view.rows[self._order[number]] if number < len(self._order) else None

    def _arrange(self) -> None:
        rows = self._view.rows
        self._order = list(range(len(rows)))
        if self._sorted is None:
            return
        column, order = self._sorted
        self._order.sort(
            key=lambda n: _sort_key(rows[n].cells[column]),
            reverse=order is Qt.SortOrder.DescendingOrder,
        )


def _sort_key(cell: Cell) -> tuple[int, float, str]:
    if isinstance(cell.sort, int | float):
        return 1, float(cell.sort), ""
    text = cell.sort if isinstance(cell.sort, str) else cell.text
    return (2, 0.0, text.casefold()) if text else (0, 0.0, "")


class FigureTable(QTableView):
    """Shows a :class:`TableView`.

    ``number_activated`` carries the key of a number that was clicked or opened by Enter or F1; ``row_activated`` the
    id of a row opened on a cell that is no number.
    """

    number_activated = Signal(str)
    row_activated = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._measured: tuple[TableView, float, list[int]] | None = None
        self._stepped: set[str] = set()
        self._hugs = False
        self._model = FigureTableModel(self)
        self.setModel(self._model)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setSortingEnabled(True)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setCornerButtonEnabled(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSortIndicatorClearable(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.setMinimumSectionSize(40)
        self.clicked.connect(self._on_clicked)
        self._tools = TableTools(self)
        self.setItemDelegate(BadgeDelegate(self))
        self._tools.columns_changed.connect(self._fit_columns)
        theme_source().changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    @property
    def figures(self) -> FigureTableModel:
        """The model."""
        return self._model

    def show_view(self, view: TableView) -> None:
        """Show other rows and keep the place of the user in them."""
        current = self.currentIndex()
        row = self._model.row(current)
        column = max(current.column(), 0)
        self._model.show_view(view)
        self.setAccessibleName(view.name)
        self.horizontalHeader().setAccessibleName(view.name)
        self.setAccessibleDescription(view.empty if not view.rows else "")
        self._fit_columns()
        self._fit_height()
        if row is not None:
            self.go_to(row.id, column)

    def hug(self) -> None:
        """End the frame under the last row from now on, instead of around an empty field."""
        self._hugs = True
        self._fit_height()

    def _fit_height(self) -> None:
        if self._hugs:
            self.setMaximumHeight(max(self.full_height(), current_theme().scaled(_LEAST_HEIGHT)))
            self.setMinimumHeight(min(self.minimumHeight(), self.maximumHeight()))

    def go_to(self, identifier: str, column: int = 0) -> bool:
        """Put the cursor on a row; say whether it is there."""
        for number in range(self._model.rowCount()):
            index = self._model.index(number, column)
            row = self._model.row(index)
            if row is not None and row.id == identifier:
                self.setCurrentIndex(index)
                return True
        return False

    def find_text(self, text: str) -> bool:
        """Put the cursor on the next row that contains a text; say whether there is one."""
        wanted, count = text.casefold(), self._model.rowCount()
        start = self.currentIndex().row() + 1
        for step in range(count):
            number = (start + step) % count
            row = self._model.row(self._model.index(number, 0))
            if row is not None and any(wanted in c.text.casefold() for c in row.cells):
                self.setCurrentIndex(self._model.index(number, 0))
                return True
        return False

    def focused_key(self) -> str | None:
        """Return the key of the number under the cursor, or the first one of its row."""
        row, cell = self._model.row(self.currentIndex()), self._model.cell(self.currentIndex())
        if row is None or cell is None:
            return None
        return cell.key or next((c.key for c in row.cells if c.key), None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with Enter, leave the table with Left and Right at its ends as with Tab."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._open(self.currentIndex())
            return
        super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show a hand over what can be opened."""
        super().mouseMoveEvent(event)
        cell = self._model.cell(self.indexAt(event.position().toPoint()))
        hand = cell is not None and cell.key is not None
        self.viewport().setCursor(
            Qt.CursorShape.PointingHandCursor if hand else Qt.CursorShape.ArrowCursor
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the room that is left to the column that takes it."""
        super().resizeEvent(event)
        self._fit_columns()

    def changeEvent(self, event: QEvent) -> None:
        """Measure the columns anew when the font changes."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._fit_columns()

    def sizeHint(self) -> QSize:
        """Return no more height than the table must have: it takes what is left and scrolls."""
        return QSize(super().sizeHint().width(), max(self.minimumHeight(), 96))

    def full_height(self) -> int:
        """Return the height at which no row is hidden."""
        rows = self._model.rowCount() * self.verticalHeader().defaultSectionSize()
        return rows + self.horizontalHeader().sizeHint().height() + 2 * self.frameWidth()

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        self._open(index)

    def _open(self, index: QModelIndex) -> None:
        row, cell = self._model.row(index), self._model.cell(index)
        if row is None or cell is None:
            return
        if cell.key is not None:
            self.number_activated.emit(cell.key)
        elif not self._model.is_total(index.row()):
            self.row_activated.emit(row.id)

    @Slot()
    def _fit_columns(self) -> None:
        # The style sheet's first polish sends a change event before the model is there.
        model: FigureTableModel | None = getattr(self, "_model", None)
        if model is None or not model.view.columns:
            return
        header = self.horizontalHeader()
        columns = model.view.columns
        widths = list(self._wanted_widths())
        self._step_aside(columns, widths)
        shown = [n for n in range(len(columns)) if not self.isColumnHidden(n)]
        texts = [n for n in shown if not columns[n].numeric]
        room = self.viewport().width() - sum(widths[n] for n in shown if columns[n].numeric)
        for number, width in zip(texts, _shared_out([widths[n] for n in texts], room), strict=True):
            widths[number] = width
        stretch = next((n for n in texts if columns[n].stretch), None)
        if stretch is not None:
            widths[stretch] += max(room - sum(widths[n] for n in texts), 0)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for number in shown:
            if header.sectionSize(number) != widths[number]:
                header.resizeSection(number, widths[number])

    def _step_aside(self, columns: Sequence[Column], widths: Sequence[int]) -> None:
        """Hide the columns that can be spared until no figure is cut; bring them back where there is room.

        A column the user has hidden stays hidden, and one that stepped aside can be read in the explanation of its row.
        """
        if not any(column.spare for column in columns):
            return
        most = current_theme().scaled(_ENOUGH)
        wanted = [w if columns[n].numeric else min(w, most) for n, w in enumerate(widths)]
        kept = [
            n for n, c in enumerate(columns) if not self.isColumnHidden(n) or c.id in self._stepped
        ]
        while sum(wanted[n] for n in kept) > self.viewport().width():
            spared = max(kept, key=lambda n: columns[n].spare, default=None)
            if spared is None or not columns[spared].spare:
                break
            kept.remove(spared)
        for number, column in enumerate(columns):
            if number in kept:
                self._stepped.discard(column.id)
                self.setColumnHidden(number, False)
            elif not self.isColumnHidden(number):
                self._stepped.add(column.id)
                self.setColumnHidden(number, True)

    def _wanted_widths(self) -> list[int]:
        """Return what each column would like, measured once for each view and type size."""
        view, scale = self._model.view, current_theme().text_scale
        if self._measured is None or self._measured[0] is not view or self._measured[1] != scale:
            widths = [self._needed(number, column) for number, column in enumerate(view.columns)]
            self._measured = (view, scale, widths)
        return self._measured[2]

    def _needed(self, number: int, column: Column) -> int:
        theme = current_theme()
        strong = QFontMetrics(theme.font(Size.BODY, strong=True))
        rows = self._model.view.rows
        total = self._model.view.total
        texts = [row.cells[number].text for row in rows] + (
            [total.cells[number].text] if total else []
        )
        # Of hundreds of texts only the longest can be the widest; measuring each would hold the window up.
        longest = sorted(set(texts), key=len, reverse=True)[:_MEASURED]
        body = max((strong.horizontalAdvance(text) for text in longest), default=0)
        if total:
            # It is written bold, with the style's own margin around it.
            body = max(body, strong.horizontalAdvance(total.cells[number].text) + _BOLD_MARGIN)
        tags = [row.cells[number] for row in rows if row.cells[number].wrapper is not None]
        body = max([body, *(badge_width(cell.text, cell.wrapper, theme) - 4 for cell in tags)])
        needed = max(body, strong.horizontalAdvance(column.title) + _ARROW) + _PADDING
        if column.numeric:
            return needed
        return min(needed, theme.scaled(_WIDEST if column.stretch else _WIDEST_PLAIN))

    @Slot(object)
    def _on_theme_changed(self, _theme: object = None) -> None:
        self.verticalHeader().setDefaultSectionSize(current_theme().row_height)
        self._fit_columns()
        self._fit_height()
        self.viewport().update()


def _shared_out(wanted: list[int], room: int) -> list[int]:
    """Give each column what it wants where there is room; else cut the widest ones to one common width.

    >>> _shared_out([60, 300, 200], 400)
    [60, 170, 170]
    """
    if sum(wanted) <= room:
        return list(wanted)
    left, waiting, level = room, len(wanted), 0
    for width in sorted(wanted):
        level = left // max(waiting, 1)
        if width > level:
            break
        left -= width
        waiting -= 1
    return [min(width, max(level, min(width, _NARROWEST))) for width in wanted]
