"""The receipt in full: every row of the files by its fate, and the stated totals beside those read."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from levcheck.i18n.words import Words
from levcheck.presenting.figures import TableView
from levcheck.ui.clipboard import copy_text
from levcheck.ui.screens.figure_table import FigureTable
from levcheck.ui.screens.parts import label
from levcheck.ui.speaking import announce
from levcheck.ui.theme import current_theme


class ReceiptPanel(QWidget):
    """Two tables that can be copied as they stand."""

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self.rows = FigureTable(name="rows-read")
        self.totals_heading = label("emphasis")
        self.totals = FigureTable(name="file-totals")
        self.copy = QPushButton()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current_theme().space("s"))
        column.addWidget(self.rows, 2)
        column.addWidget(self.totals_heading)
        column.addWidget(self.totals, 1)
        row = QHBoxLayout()
        row.addWidget(self.copy)
        row.addStretch(1)
        column.addLayout(row)
        self.rows.setMinimumHeight(current_theme().scaled(120))
        self.totals.setMinimumHeight(current_theme().scaled(96))
        self.copy.clicked.connect(self._on_copy)
        self.speak(words)

    def speak(self, words: Words) -> None:
        """Use another language."""
        self._words = words
        self.copy.setText(words.text("&Copy all of it"))

    def show_views(self, rows: TableView, totals: TableView) -> None:
        """Show the receipt."""
        self.rows.show_view(rows)
        self.totals.show_view(totals)
        self.totals_heading.setText(totals.name if totals.rows else totals.empty)
        self.totals.setVisible(bool(totals.rows))

    def as_text(self) -> str:
        """Return both tables as tab-separated text."""
        rows, totals = self.rows.figures.view, self.totals.figures.view
        parts = [rows.as_tsv()]
        if totals.rows:
            parts += [f"{totals.name}\n", totals.as_tsv()]
        return "\n".join(parts) if len(parts) == 1 else parts[0] + "\n" + "".join(parts[1:])

    @Slot()
    def _on_copy(self) -> None:
        copy_text(self.as_text())
        announce(self, self._words.text("The receipt was copied."))
