"""A table of figures: sorts by its own index, keeps its total at the bottom, and opens any number in it."""

from collections.abc import Callable
from itertools import repeat
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from levcheck.presenting.figures import Cell, Column, Row, TableView, Tone
from levcheck.ui.dressing import waits
from levcheck.ui.screens.table_columns import TableColumns
from levcheck.ui.speaking import plain_tooltip
from levcheck.ui.theme import Role, Size, current_theme, theme_source
from levcheck.ui.widgets.badge import BADGE_ROLE, BadgeDelegate
from levcheck.ui.widgets.table_tools import TableTools
from levcheck.ui.widgets.whole_rows import (
    end_at_whole_rows,
    shared_out,
    whole_part,
    without_cut_row,
)

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    _Keys = list[tuple[int, float, str]] | npt.NDArray[np.float64]

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
    # A text may be shortened where there is little room: the whole of it stands in its tip.
    Qt.ItemDataRole.ToolTipRole: lambda cell, column: plain_tooltip(
        cell.hint or ("" if column.numeric else cell.text)
    ),
    BADGE_ROLE: lambda cell, _: cell.wrapper,
    Qt.ItemDataRole.AccessibleTextRole: lambda cell, column: f"{column.title}: {cell.text}",
}
_LEAST_HEIGHT = 96


class FigureTableModel(QAbstractTableModel):
    """The rows of one :class:`TableView`, in the order the user asked for.

    Attributes:
        wraps: gives whether headings may take two lines.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = _EMPTY
        self._order: list[int] = []
        self._sorted: tuple[int, Qt.SortOrder] | None = None
        self._keys: dict[int, _Keys] = {}
        self.wraps: Callable[[], bool] = _never

    @property
    def view(self) -> TableView:
        """What is shown."""
        return self._view

    def show_view(self, view: TableView) -> bool:
        """Show other rows; the order asked for stays when the columns are the same. Return whether they are others."""
        same = [c.id for c in view.columns] == [c.id for c in self._view.columns]
        self.beginResetModel()
        self._view = view
        self._keys = {}
        if not same:
            self._sorted = None
        self._arrange()
        self.endResetModel()
        return not same

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
            flags = _RIGHT if column.numeric else _LEFT
            return flags.value | Qt.TextFlag.TextWordWrap.value if self.wraps() else flags
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
        # Keys are made once for a column and a list, not once for every turn of its arrow.
        if column not in self._keys:
            self._keys[column] = _sort_keys([row.cells[column] for row in rows])
        self._order = _ordered(self._keys[column], falling=order is Qt.SortOrder.DescendingOrder)


def _never() -> bool:
    return False


def _sort_keys(cells: list[Cell]) -> "_Keys":
    """Return what cells are ordered by: an array where all of them are numbers."""
    if cells and all(isinstance(cell.sort, int | float) for cell in cells):
        import numpy as np  # there since the first analysis; no table is made before it

        return np.array([cell.sort for cell in cells], dtype=np.float64)
    return [_sort_key(cell) for cell in cells]


def _ordered(keys: "_Keys", *, falling: bool) -> list[int]:
    """Return the places of keys in their order; equal ones stay as they come."""
    if isinstance(keys, list):
        return sorted(range(len(keys)), key=keys.__getitem__, reverse=falling)
    order: list[int] = (-keys if falling else keys).argsort(kind="stable").tolist()
    return order


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

    def __init__(self, parent: QWidget | None = None, *, name: str = "") -> None:
        super().__init__(parent)
        self.setObjectName(name)
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
        end_at_whole_rows(self)
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
        self.columns = TableColumns(self, self._view_now, self._tools)
        self._model.wraps = self._wraps
        theme_source().changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def _view_now(self) -> TableView:
        return self._model.view

    def _wraps(self) -> bool:
        return self.columns.wraps

    @property
    def figures(self) -> FigureTableModel:
        """The model."""
        return self._model

    def show_view(self, view: TableView) -> None:
        """Show other rows and keep the place of the user in them."""
        current = self.currentIndex()
        row = self._model.row(current)
        column = max(current.column(), 0)
        others = self._model.show_view(view)
        self.setAccessibleName(view.name)
        self.horizontalHeader().setAccessibleName(view.name)
        self.setAccessibleDescription(view.empty if not view.rows else "")
        self.columns.fit()
        if others:
            self.columns.sort()
        self._fit_height()
        self._share_room()
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

    def _share_room(self) -> None:
        """Make rows a little taller where the last one would leave a gap above the frame."""
        least = current_theme().row_height
        spare = shared_out(self.viewport().height(), repeat(least, self._model.rowCount()))
        self.verticalHeader().setDefaultSectionSize(least + spare)

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

    def indexAt(self, pos: QPoint) -> QModelIndex:
        """Return what is at a point: a row that is not painted is not there."""
        is_seen = whole_part(self, super().indexAt).bottom() >= pos.y()
        return super().indexAt(pos) if is_seen else QModelIndex()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint whole rows only."""
        super().paintEvent(without_cut_row(event, whole_part(self, super().indexAt)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the room that is left to the column that takes it."""
        super().resizeEvent(event)
        self.columns.fit()
        self._fit_height()
        self._share_room()

    def changeEvent(self, event: QEvent) -> None:
        """Measure the columns anew when the font changes."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            # The style sheet's first polish sends a change event before the columns are there.
            columns: TableColumns | None = getattr(self, "columns", None)
            if columns is not None:
                columns.fit()

    def sizeHint(self) -> QSize:
        """Return no more height than the table must have: it takes what is left and scrolls."""
        return QSize(super().sizeHint().width(), max(self.minimumHeight(), 96))

    def full_height(self) -> int:
        """Return the height at which no row is hidden."""
        rows = self._model.rowCount() * current_theme().row_height
        header = self.horizontalHeader()
        height = max(header.sizeHint().height(), header.minimumHeight())
        return rows + height + 2 * self.frameWidth()

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

    @Slot(object)
    def _on_theme_changed(self, _theme: object = None) -> None:
        if _theme is not None and waits(self, self._on_theme_changed):
            return
        self.columns.fit()
        self._fit_height()
        self._share_room()
        self.viewport().update()
