"""The columns matched by hand that are remembered: one or all can be forgotten, and brought back while they are shown."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from levcheck.i18n.words import Words
from levcheck.presenting.import_review import known_columns_views
from levcheck.ui.screens.parts import FlowRow, label
from levcheck.ui.speaking import announce, plain_tooltip
from levcheck.ui.theme import current_theme

_HEIGHT = 96
_Known = dict[str, dict[str, str]]


class KnownColumns(QWidget):
    """``changed`` carries fingerprint → field → column of what is still remembered."""

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = Words()
        self._known: _Known = {}
        self._before: _Known | None = None
        self.title, self.nothing = label("emphasis"), label("caption")
        self.columns = QListWidget()
        self.columns.setFixedHeight(current_theme().scaled(_HEIGHT))
        self.columns.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.columns.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.forget, self.forget_all, self.undo = QPushButton(), QPushButton(), QPushButton()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current_theme().space("s"))
        for part in (self.title, self.nothing, self.columns):
            column.addWidget(part)
        column.addWidget(FlowRow(self.forget, self.forget_all, self.undo))
        self.columns.currentRowChanged.connect(self._update)
        self.forget.clicked.connect(self._on_forget)
        self.forget_all.clicked.connect(self._on_forget_all)
        self.undo.clicked.connect(self._on_undo)

    def speak(self, words: Words) -> None:
        """Use another language."""
        self._words = words
        self.title.setText(words.text("Columns matched by hand"))
        self.columns.setAccessibleName(self.title.text())
        self.nothing.setText(
            words.text("None yet. Match a file once, and its columns are set next time.")
        )
        self.forget.setText(words.text("&Forget this matching"))
        self.forget_all.setText(words.text("Forget all"))
        self.undo.setText(words.text("Undo: remember them again"))

    def show_known(self, known: Mapping[str, Mapping[str, str]]) -> None:
        """Show what is remembered, the newest first."""
        self._known = {name: dict(mapping) for name, mapping in known.items()}
        self.columns.clear()
        for view in known_columns_views(self._known, self._words):
            item = QListWidgetItem(view.text, self.columns)
            item.setToolTip(plain_tooltip(view.text))
            item.setData(Qt.ItemDataRole.UserRole, view.fingerprint)
        self._update()

    @Slot()
    def _update(self) -> None:
        some = self.columns.count() > 0
        for part in (self.columns, self.forget, self.forget_all):
            part.setVisible(some)
        self.nothing.setVisible(not some)
        self.forget.setEnabled(self.columns.currentRow() >= 0)
        self.undo.setVisible(self._before is not None)

    def _keep(self, known: _Known, before: _Known | None) -> None:
        row = self.columns.currentRow()
        self._before = before
        self.show_known(known)
        self.columns.setCurrentRow(min(row, self.columns.count() - 1))
        self.changed.emit(known)

    @Slot()
    def _on_forget(self) -> None:
        if self.columns.currentRow() < 0:
            return
        gone = self.columns.currentItem().data(Qt.ItemDataRole.UserRole)
        known = {name: one for name, one in self._known.items() if name != gone}
        self._keep(known, self._known)
        announce(self, self._words.text("The matching was forgotten."))

    @Slot()
    def _on_forget_all(self) -> None:
        self._keep({}, self._known)
        announce(self, self._words.text("All matchings were forgotten."))

    @Slot()
    def _on_undo(self) -> None:
        if self._before is not None:
            self._keep(self._before, None)
            announce(self, self._words.text("The matchings are remembered again."))
