"""The ranking of a firm's book: which client holds how much of what; a client opens in the window."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from levcheck.i18n.words import Words
from levcheck.presenting.book import LARGEST, BookView
from levcheck.ui.screens.figure_table import FigureTable
from levcheck.ui.screens.parts import label
from levcheck.ui.theme import current_theme
from levcheck.ui.widgets import ProgressRow
from levcheck.ui.widgets.picker import Picker

START_SIZE = (1040, 640)


class BookWindow(QDialog):
    """Shows one book.

    ``client_chosen`` carries the number of a row, ``bet_chosen`` the id of the bet to rank by, ``stopped`` that the run
    is not wanted any more.
    """

    client_chosen = Signal(int)
    bet_chosen = Signal(str)
    stopped = Signal()

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.setWindowTitle(words.text("A book of clients"))
        self.resize(*START_SIZE)
        self._words = words
        self.headline = label("section", "", wrap=True)
        self.bets = Picker()
        self.bets.setAccessibleName(words.text("Rank by"))
        self.bets.setEnabled(False)
        self.progress = ProgressRow(words.text("Cancel"))
        self.table = FigureTable(name="book")
        self._open = QPushButton(words.text("Open this client"))
        self._open.setEnabled(False)
        self._lay_out()
        self.bets.activated.connect(self._on_bet)
        self.table.row_activated.connect(self._on_row)
        self.table.selectionModel().currentRowChanged.connect(self._on_current)
        self._open.clicked.connect(self._on_open)
        self.progress.cancelled.connect(self.stopped)

    def start(self, text: str) -> None:
        """Say that the files are being read."""
        self.headline.setText(text)
        self.progress.start(text, after_ms=0)

    def show_view(self, view: BookView) -> None:
        """Show a ranking."""
        self.progress.finish()
        self.headline.setText(view.headline)
        if self.bets.count() != len(view.choices):
            self.bets.clear()
            for identifier, name in view.choices:
                self.bets.addItem(name, identifier)
        self.bets.setEnabled(True)
        self.table.show_view(view.ranking)
        self._open.setEnabled(False)

    def show_refusal(self, text: str) -> None:
        """Say why there is no ranking."""
        self.progress.finish()
        self.headline.setText(text)

    def done(self, status: int) -> None:
        """Close, and let go of a run that is still on."""
        self.stopped.emit()
        super().done(status)

    @Slot(int)
    def _on_bet(self, number: int) -> None:
        self.bet_chosen.emit(str(self.bets.itemData(number) or LARGEST))

    @Slot(str)
    def _on_row(self, identifier: str) -> None:
        self.client_chosen.emit(int(identifier))

    @Slot()
    def _on_current(self) -> None:
        self._open.setEnabled(self.table.currentIndex().isValid())

    @Slot()
    def _on_open(self) -> None:
        row = self.table.figures.row(self.table.currentIndex())
        if row is not None:
            self.client_chosen.emit(int(row.id))

    def _lay_out(self) -> None:
        space = current_theme().space
        rank = QLabel(self._words.text("Rank by"))
        rank.setBuddy(self.bets)
        close = QPushButton(self._words.text("Close"))
        close.clicked.connect(self.reject)
        for button in (self._open, close):
            button.setAutoDefault(False)
        top = QHBoxLayout()
        top.addWidget(rank)
        top.addWidget(self.bets)
        top.addStretch(1)
        buttons = QHBoxLayout()
        buttons.addWidget(self._open)
        buttons.addStretch(1)
        buttons.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(*(space("l"),) * 4)
        column.setSpacing(space("m"))
        column.addWidget(self.headline)
        column.addWidget(self.progress)
        column.addLayout(top)
        column.addWidget(self.table, 1)
        column.addLayout(buttons)
