"""What every table can do: choose its columns, and copy the rows marked as tab-separated text."""

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QMenu, QTableView

from levcheck.ui.clipboard import copy_text


class TableTools(QObject):
    """Gives a table view its column menu and its copy key.

    The menu opens by a right click on the headings and, for the keyboard, by the Menu key or Shift+F10 in the table.
    The first column names the row and always stays. ``column_chosen`` carries a column and whether it is to be shown.
    """

    column_chosen = Signal(int, bool)

    def __init__(self, table: QTableView) -> None:
        super().__init__(table)
        self._table = table
        header = table.horizontalHeader()
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._on_header_menu)
        table.installEventFilter(self)

    def column_menu(self) -> QMenu:
        """Return a menu with one check mark a column."""
        menu = QMenu(self._table)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        model = self._table.model()
        for column in range(model.columnCount()):
            title = str(model.headerData(column, Qt.Orientation.Horizontal) or "")
            action = QAction(title.replace("&", "&&"), menu)
            action.setCheckable(True)
            action.setChecked(not self._table.isColumnHidden(column))
            action.setEnabled(column != 0)
            action.setData(column)
            action.toggled.connect(self._on_toggled)
            menu.addAction(action)
        return menu

    def show_column(self, column: int, shown: bool) -> None:  # noqa: FBT001  # as Qt's own setters
        """Show or hide a column; the first one stays whatever is asked."""
        hidden = not shown and column != 0
        if self._table.isColumnHidden(column) != hidden:
            self._table.setColumnHidden(column, hidden)
            self.column_chosen.emit(column, not hidden)

    def selection_as_tsv(self) -> str:
        """Return the rows marked, in the order shown, with the headings of the columns shown; empty for none."""
        rows = sorted({index.row() for index in self._table.selectedIndexes()})
        model = self._table.model()
        header = self._table.horizontalHeader()
        places = [header.logicalIndex(place) for place in range(model.columnCount())]
        columns = [c for c in places if not self._table.isColumnHidden(c)]
        if not rows or not columns:
            return ""
        titles = [_flat(model.headerData(c, Qt.Orientation.Horizontal)) for c in columns]
        lines = ["\t".join(titles)]
        lines += ["\t".join(_flat(model.index(r, c).data()) for c in columns) for r in rows]
        return "\n".join(lines) + "\n"

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Copy on the system's copy key, open the column menu on the Menu key and Shift+F10."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.matches(QKeySequence.StandardKey.Copy):
                return self._copy()
            shift = event.modifiers() == Qt.KeyboardModifier.ShiftModifier
            if event.key() == Qt.Key.Key_Menu or (event.key() == Qt.Key.Key_F10 and shift):
                self._open_menu(self._spot())
                return True
        return super().eventFilter(watched, event)

    def _copy(self) -> bool:
        text = self.selection_as_tsv()
        if text:
            copy_text(text)
        return bool(text)

    def _spot(self) -> QPoint:
        current: QModelIndex = self._table.currentIndex()
        header = self._table.horizontalHeader()
        x = max(0, header.sectionViewportPosition(max(0, current.column())))
        return header.mapToGlobal(QPoint(x, header.height()))

    def _open_menu(self, where: QPoint) -> None:
        # popup() and not exec(): the window goes on answering while the menu stands open
        self.column_menu().popup(where)

    @Slot(QPoint)
    def _on_header_menu(self, where: QPoint) -> None:
        self._open_menu(self._table.horizontalHeader().mapToGlobal(where))

    @Slot(bool)
    def _on_toggled(self, shown: bool) -> None:  # noqa: FBT001  # the signature of the signal
        action = self.sender()
        if isinstance(action, QAction):
            self.show_column(int(action.data()), shown)


def _flat(text: object) -> str:
    return " ".join(str(text or "").split())
