"""Which screens a meeting steps through, and in which order."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from levcheck.i18n.words import Words
from levcheck.ui.actions import SCREENS
from levcheck.ui.screens.parts import label
from levcheck.ui.theme import current_theme

_ID = Qt.ItemDataRole.UserRole


class MeetingOrder(QWidget):
    """``changed`` follows when a screen was ticked or moved."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = label("emphasis")
        self.screens = QListWidget()
        self.up, self.down = QPushButton(), QPushButton()
        self._words = Words()
        buttons = QHBoxLayout()
        buttons.addWidget(self.up)
        buttons.addWidget(self.down)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current_theme().space("s"))
        for part in (self.title, self.screens):
            column.addWidget(part)
        column.addLayout(buttons)
        self.screens.setFixedHeight(current_theme().scaled(150))
        self.up.clicked.connect(self._on_up)
        self.down.clicked.connect(self._on_down)
        self.screens.itemChanged.connect(self.changed)
        self.screens.currentRowChanged.connect(self._update)

    def speak(self, words: Words) -> None:
        """Use another language."""
        self._words = words
        self.title.setText(words.text("Screens of a meeting, in this order"))
        self.screens.setAccessibleName(self.title.text())
        self.up.setText(words.text("Move &up"))
        self.down.setText(words.text("Move &down"))

    def show_order(self, order: Sequence[str]) -> None:
        """Show an order; empty = every screen, as in the window."""
        words = self._words
        known = {spec.id: words.text(spec.title) for spec in SCREENS}
        first = [name for name in order if name in known] or list(known)
        row = max(self.screens.currentRow(), 0)
        self.screens.blockSignals(True)
        self.screens.clear()
        for name in (*first, *(name for name in known if name not in first)):
            item = QListWidgetItem(known[name], self.screens)
            item.setData(_ID, name)
            ticked = Qt.CheckState.Checked if name in first else Qt.CheckState.Unchecked
            item.setCheckState(ticked)
        self.screens.setCurrentRow(row)
        self.screens.blockSignals(False)
        self._update()

    def order(self) -> tuple[str, ...]:
        """Return the screens ticked, in order; empty = every screen, as in the window."""
        items = [self.screens.item(row) for row in range(self.screens.count())]
        ticked = (i for i in items if i.checkState() is Qt.CheckState.Checked)
        found = tuple(str(item.data(_ID)) for item in ticked)
        return () if found == tuple(spec.id for spec in SCREENS) else found

    @Slot()
    def _on_up(self) -> None:
        self._move(-1)

    @Slot()
    def _on_down(self) -> None:
        self._move(1)

    def _move(self, by: int) -> None:
        row = self.screens.currentRow()
        if not 0 <= row + by < self.screens.count():
            return
        self.screens.blockSignals(True)
        self.screens.insertItem(row + by, self.screens.takeItem(row))
        self.screens.setCurrentRow(row + by)
        self.screens.blockSignals(False)
        self._update()
        self.changed.emit()

    @Slot()
    def _update(self) -> None:
        row = self.screens.currentRow()
        self.up.setEnabled(row > 0)
        self.down.setEnabled(0 <= row < self.screens.count() - 1)
