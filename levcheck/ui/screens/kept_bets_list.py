"""The bets kept for every list: ticked ones count, and each can be renamed, used, or deleted."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QInputDialog,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from levcheck.i18n.words import Words
from levcheck.presenting.kept_bets import KeptBetView
from levcheck.ui.screens.parts import FlowRow, label, say
from levcheck.ui.speaking import announce, plain_tooltip
from levcheck.ui.theme import current_theme

_ID = Qt.ItemDataRole.UserRole
_HEIGHT = 110
_LONGEST_NAME = 60


class KeptBetsList(QWidget):
    """``renamed`` carries (bet, name), ``counted`` (bet, whether it counts), ``used`` and ``deleted`` a bet.

    ``undone`` carries nothing: the last change is to be taken back.
    """

    renamed = Signal(str, str)
    counted = Signal(str, bool)
    used = Signal(str)
    deleted = Signal(str)
    undone = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = Words()
        self._views: tuple[KeptBetView, ...] = ()
        self.title, self.hint = label("emphasis"), label("caption")
        self.nothing = label("caption")
        self.bets = QListWidget()
        self.bets.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.bets.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.bets.setFixedHeight(current_theme().scaled(_HEIGHT))
        self.detail, self.said = label("caption"), label("text-2")
        self.rename, self.use, self.delete, self.undo = (QPushButton() for _ in range(4))
        self._has_list = False
        self._lay_out()
        self.bets.currentRowChanged.connect(self._update)
        self.bets.itemChanged.connect(self._on_ticked)
        self.rename.clicked.connect(self._on_rename)
        self.use.clicked.connect(self._on_use)
        self.delete.clicked.connect(self._on_delete)
        self.undo.clicked.connect(self.undone)
        self.offer_undo("")
        say(self.said, "")

    def speak(self, words: Words) -> None:
        """Use another language."""
        self._words = words
        self.title.setText(words.text("Bets kept for all lists"))
        self.bets.setAccessibleName(words.text("Bets kept for all lists; ticked ones count"))
        self.hint.setText(words.text("Ticked bets count in every list you open."))
        self.nothing.setText(
            words.text("None yet. On Overlap, edit a bet and choose “Keep for all lists”.")
        )
        self.rename.setText(words.text("Rename…"))
        self.use.setText(words.text("Use in this list"))
        self.use.setToolTip(
            words.text("It becomes part of the open list and is saved with it. Ctrl+Z undoes it.")
        )
        self.delete.setText(words.text("Delete"))
        self.delete.setToolTip(words.text("It then counts in no list any more."))

    def show_views(self, views: Sequence[KeptBetView], *, has_list: bool) -> None:
        """Show these bets; the one chosen stays chosen.

        Args:
            views: of all that is kept.
            has_list: whether a list is open that could use one.
        """
        chosen = self._chosen()
        row = self.bets.currentRow()
        self._views, self._has_list = tuple(views), has_list
        self.bets.blockSignals(True)
        self.bets.clear()
        for view in self._views:
            item = QListWidgetItem(view.text, self.bets)
            item.setData(_ID, view.id)
            item.setToolTip(plain_tooltip(f"{view.text}\n{view.detail}"))
            item.setCheckState(Qt.CheckState.Checked if view.counts else Qt.CheckState.Unchecked)
        rows = [view.id for view in self._views]
        self.bets.setCurrentRow(
            rows.index(chosen) if chosen in rows else min(max(row, 0), len(rows) - 1)
        )
        self.bets.blockSignals(False)
        self._update()

    def offer_undo(self, text: str) -> None:
        """Offer to take the last change back; "" = there is none."""
        self.undo.setText(text)
        self.undo.setVisible(bool(text))

    def tell(self, text: str) -> None:
        """Say what became of a step that is not seen in the list."""
        say(self.said, text)
        announce(self, text)

    def rename_to(self, identifier: str, name: str) -> None:
        """Ask for another name; a blank one changes nothing."""
        flat = " ".join(name.split())[:_LONGEST_NAME].strip()
        if flat:
            self.renamed.emit(identifier, flat)

    # --- inside --------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current_theme().space("s"))
        for part in (self.title, self.hint, self.nothing, self.bets, self.detail):
            column.addWidget(part)
        column.addWidget(FlowRow(self.rename, self.use, self.delete, self.undo))
        column.addWidget(self.said)

    def _chosen(self) -> str:
        row = self.bets.currentRow()
        return self._views[row].id if 0 <= row < len(self._views) else ""

    @Slot()
    def _update(self) -> None:
        say(self.said, "")
        row = self.bets.currentRow()
        is_some = 0 <= row < len(self._views)
        self.nothing.setVisible(not self._views)
        for part in (self.hint, self.bets):
            part.setVisible(bool(self._views))
        say(self.detail, self._views[row].detail if is_some else "")
        for button in (self.rename, self.use, self.delete):
            button.setVisible(bool(self._views))
            button.setEnabled(is_some)
        self.use.setEnabled(is_some and self._has_list)

    @Slot(QListWidgetItem)
    def _on_ticked(self, item: QListWidgetItem) -> None:
        self.counted.emit(str(item.data(_ID)), item.checkState() is Qt.CheckState.Checked)

    @Slot()
    def _on_rename(self) -> None:
        row = self.bets.currentRow()
        if not 0 <= row < len(self._views):
            return
        view = self._views[row]
        dialog = QInputDialog(self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(self._words.text("Rename bet"))
        dialog.setLabelText(self._words.text("Its name"))
        dialog.setTextValue(view.name)
        dialog.textValueSelected.connect(lambda name: self.rename_to(view.id, name))
        dialog.open()

    @Slot()
    def _on_use(self) -> None:
        if self._chosen():
            self.used.emit(self._chosen())

    @Slot()
    def _on_delete(self) -> None:
        if self._chosen():
            self.deleted.emit(self._chosen())
