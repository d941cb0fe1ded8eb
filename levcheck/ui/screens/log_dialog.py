"""The meeting log in a window of its own: to look something up, and to take along."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPushButton, QVBoxLayout, QWidget

from levcheck.i18n.words import Words
from levcheck.presenting.figures import TableView
from levcheck.ui.screens.figure_table import FigureTable
from levcheck.ui.screens.parts import label
from levcheck.ui.theme import current_theme


class LogDialog(QDialog):
    """``save_asked`` when the whole log is wanted as a file."""

    save_asked = Signal()

    def __init__(
        self, table: TableView, place: str, words: Words, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(words.text("Meeting log"))
        theme = current_theme()
        hint = label(
            "text-2",
            words.text(
                "Reports and the screens of meetings, with fingerprints and without amounts. "
                "Screens name nobody."
            ),
        )
        self.table = FigureTable()
        self.table.show_view(table)
        self.nothing = label("text-2", table.empty)
        self.table.setVisible(bool(table.rows))
        self.nothing.setVisible(not table.rows)
        self.save = QPushButton(words.text("Save the whole log…"))
        self.save.setEnabled(bool(table.rows))
        self.save.clicked.connect(self.save_asked)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.button(QDialogButtonBox.StandardButton.Close).setText(words.text("Close"))
        buttons.addButton(self.save, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(*(theme.space("xl"),) * 4)
        column.setSpacing(theme.space("m"))
        column.addWidget(hint)
        column.addWidget(self.table, 1)
        column.addWidget(self.nothing, 1, Qt.AlignmentFlag.AlignTop)
        column.addWidget(label("caption", place))
        column.addWidget(buttons)
        self.resize(min(theme.scaled(900), 1000), min(theme.scaled(480), 600))
