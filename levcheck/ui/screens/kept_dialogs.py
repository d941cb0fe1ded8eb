"""Small windows about the file behind a list: its earlier copies, and what another program changed in it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from levcheck.i18n.words import Words
from levcheck.presenting.kept_files import CopyView
from levcheck.ui.screens.parts import label
from levcheck.ui.theme import current_theme


class CopiesDialog(QDialog):
    """Earlier copies, newest first; ``chosen`` carries the path of one."""

    chosen = Signal(object)

    def __init__(
        self, copies: Sequence[CopyView], words: Words, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(words.text("Earlier copies"))
        self.copies = QListWidget()
        self.copies.setAccessibleName(self.windowTitle())
        for view in copies:
            item = QListWidgetItem(view.text, self.copies)
            item.setData(Qt.ItemDataRole.UserRole, view.path)
        self.copies.setCurrentRow(0)
        hint = label(
            "text-2", words.text("The copy is shown here. Your file stays as it is until you save.")
        )
        self.go = QPushButton(words.text("&Go back to this copy"))
        self.go.setProperty("role", "primary")
        self.go.setDefault(True)
        buttons = _buttons(words)
        buttons.addButton(self.go, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.accepted.connect(self._on_chosen)
        buttons.rejected.connect(self.reject)
        self.copies.itemActivated.connect(self._on_chosen)
        _lay_out(self, (hint, self.copies, buttons))

    @Slot()
    def _on_chosen(self) -> None:
        item = self.copies.currentItem()
        if item is not None:
            self.chosen.emit(item.data(Qt.ItemDataRole.UserRole))
        self.accept()


class ChangesDialog(QDialog):
    """What differs between the list on screen and its file; ``save_as_asked`` and ``open_again_asked`` lead on."""

    save_as_asked = Signal()
    open_again_asked = Signal()

    def __init__(
        self, file: str, sentences: Sequence[str], words: Words, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(words.text("What differs from {file}", file=file))
        self.changes = QListWidget()
        self.changes.setWordWrap(True)
        self.changes.setAccessibleName(self.windowTitle())
        self.changes.addItems(list(sentences))
        self.changes.setCurrentRow(0)
        save_as = QPushButton(words.text("Save as…"))
        again = QPushButton(words.text("Open it again"))
        buttons = _buttons(words)
        buttons.addButton(save_as, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(again, QDialogButtonBox.ButtonRole.ActionRole)
        save_as.clicked.connect(self._on_save_as)
        again.clicked.connect(self._on_again)
        buttons.rejected.connect(self.reject)
        hint = label(
            "text-2",
            words.text("After opening it again, Ctrl+Z brings your list back."),
        )
        _lay_out(self, (self.changes, hint, buttons))

    @Slot()
    def _on_save_as(self) -> None:
        self.accept()
        self.save_as_asked.emit()

    @Slot()
    def _on_again(self) -> None:
        self.accept()
        self.open_again_asked.emit()


def show_changes(
    parent: QWidget, words: Words, file: str, sentences: Sequence[str]
) -> ChangesDialog:
    """Show what differs."""
    dialog = ChangesDialog(file, sentences, words, parent)
    dialog.open()
    return dialog


def _buttons(words: Words) -> QDialogButtonBox:
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
    buttons.button(QDialogButtonBox.StandardButton.Close).setText(words.text("Close"))
    return buttons


def _lay_out(dialog: QDialog, parts: Sequence[QWidget]) -> None:
    theme = current_theme()
    column = QVBoxLayout(dialog)
    column.setContentsMargins(*(theme.space("xl"),) * 4)
    column.setSpacing(theme.space("m"))
    for part in parts:
        column.addWidget(part)
    dialog.setMinimumWidth(theme.scaled(480))
    dialog.resize(theme.scaled(520), theme.scaled(360))
