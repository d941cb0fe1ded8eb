"""The table of holdings: several rows can be marked, and the figures of a line can be opened for editing."""

from PySide6.QtCore import QModelIndex, QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QMenu, QWidget

from levcheck.i18n.words import Words
from levcheck.ui.clipboard import copy_text
from levcheck.ui.screens.figure_table import FigureTable

_GIVES_WAY = (("price", 900), ("where", 840), ("kind", 660), ("name", 560), ("share", 420))
"""Columns that step aside in a table narrower than this, so that no figure and no status is cut."""


class HoldingsTable(FigureTable):
    """``edit_asked`` carries (line id, column id), ``remove_asked`` the ids of the lines marked."""

    edit_asked = Signal(str, str)
    remove_asked = Signal(object)

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent, name="holdings")
        self.columns.gives_way = dict(_GIVES_WAY)
        self._words = words
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        # A click on a value explains it and a double click edits it, so the click waits for the second one.
        self._waiting = QTimer(self)
        self._waiting.setSingleShot(True)
        self._waited: str | None = None
        self._waiting.timeout.connect(self._on_waited)
        self.doubleClicked.connect(self._on_double_clicked)
        self.customContextMenuRequested.connect(self._on_menu)

    def speak(self, words: Words) -> None:
        """Use another language for the menu."""
        self._words = words

    def marked(self) -> tuple[str, ...]:
        """Return the ids of the lines marked, top to bottom; the total is none of them."""
        rows = sorted({index.row() for index in self.selectedIndexes()})
        found = [
            self.figures.row(self.figures.index(number, 0))
            for number in rows
            if not self.figures.is_total(number)
        ]
        return tuple(row.id for row in found if row is not None)

    def current_line(self) -> tuple[str, str] | None:
        """Return (line id, column id) under the cursor, or of the first line."""
        index = self.currentIndex()
        if not index.isValid():
            index = self.figures.index(0, 0)
        row = self.figures.row(index)
        if row is None or self.figures.is_total(index.row()):
            return None
        return row.id, self.figures.view.columns[index.column()].id

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Remove with Delete, edit a quantity with Enter; everything else as in every table."""
        if event.key() == Qt.Key.Key_Delete:
            if self.marked():
                self.remove_asked.emit(self.marked())
            return
        line = self.current_line()
        enters = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if enters and line is not None and line[1] == "quantity":
            self.edit_asked.emit(*line)
            return
        super().keyPressEvent(event)

    def row_menu(self) -> QMenu:
        """Return what can be done with the rows marked."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        words, marked = self._words, self.marked()
        edit = menu.addAction(words.text("Edit this line"))
        edit.setEnabled(len(marked) == 1)
        edit.triggered.connect(self._on_edit_chosen)
        copy = menu.addAction(words.text("Copy the rows marked"))
        copy.setEnabled(bool(marked))
        copy.triggered.connect(self.copy_marked)
        remove = menu.addAction(
            words.count("Remove {n} line", "Remove {n} lines", max(len(marked), 1))
        )
        remove.setEnabled(bool(marked))
        remove.triggered.connect(self._on_remove_chosen)
        return menu

    @Slot()
    def copy_marked(self) -> None:
        """Copy the rows marked as tab-separated text."""
        text = self._tools.selection_as_tsv()
        if text:
            copy_text(text)

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        if QApplication.keyboardModifiers() != Qt.KeyboardModifier.NoModifier:
            return  # marking several rows opens nothing
        cell = self.figures.cell(index)
        is_value = cell is not None and self.figures.view.columns[index.column()].id == "value"
        if is_value and cell is not None and cell.key is not None:
            self._waited = cell.key
            self._waiting.start(QApplication.doubleClickInterval())
            return
        super()._on_clicked(index)

    @Slot()
    def _on_waited(self) -> None:
        key, self._waited = self._waited, None
        if key is not None:
            self.number_activated.emit(key)

    @Slot(QModelIndex)
    def _on_double_clicked(self, _index: QModelIndex) -> None:
        self._waiting.stop()
        self._waited = None
        line = self.current_line()
        if line is not None and line[1] != "share":
            self.edit_asked.emit(*line)

    @Slot(QPoint)
    def _on_menu(self, where: QPoint) -> None:
        self.row_menu().popup(self.viewport().mapToGlobal(where))

    @Slot()
    def _on_edit_chosen(self) -> None:
        line = self.current_line()
        if line is not None:
            self.edit_asked.emit(*line)

    @Slot()
    def _on_remove_chosen(self) -> None:
        if self.marked():
            self.remove_asked.emit(self.marked())
