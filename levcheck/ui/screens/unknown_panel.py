"""Lines that need the user: type a ticker or ISIN, or take one of the offered names."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from levcheck.i18n.words import Words
from levcheck.presenting.portfolio_table import CandidateView, UnknownLine
from levcheck.ui.screens.parts import label
from levcheck.ui.speaking import plain_tooltip
from levcheck.ui.theme import current_theme
from levcheck.ui.widgets.flow import FlowLayout
from levcheck.ui.widgets.picker import Picker

OFFERED = 2
PAUSE_MS = 150
LONGEST = 26


class UnknownPanel(QFrame):
    """One unknown line at a time.

    ``resolved`` carries (position id, instrument id), ``called_cash`` and ``removed`` a position id, ``asked`` (position
    id, text typed) to which :meth:`offer` answers, ``figure_asked`` (position id, ``value`` or ``rate``) when it is a figure that is missing.
    """

    resolved = Signal(str, str)
    called_cash = Signal(str)
    removed = Signal(str)
    asked = Signal(str, str)
    figure_asked = Signal(str, str)

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("unknown")
        self._words = words
        self._lines: tuple[UnknownLine, ...] = ()
        self._offers: dict[str, str] = {}
        self.picker = Picker()
        self.picker.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.picker.setMinimumContentsLength(22)
        self.picker.currentTextChanged.connect(self.picker.setToolTip)
        self.title = label("emphasis")
        self.reason = label("text-2")
        self.field = QLineEdit()
        self.use = QPushButton()
        self.use.setProperty("role", "primary")
        self.type_figure = QPushButton()
        self.type_figure.setProperty("role", "primary")
        self.cash = QPushButton()
        self.remove = QPushButton()
        self.offered = [QPushButton() for _ in range(OFFERED)]
        self._completer = QCompleter([], self)
        self._completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.field.setCompleter(self._completer)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._lay_out()
        self._connect()
        self.speak(words)

    def speak(self, words: Words) -> None:
        """Use another language."""
        self._words = words
        self.picker.setAccessibleName(words.text("Line that needs you"))
        self.field.setPlaceholderText(words.text("Ticker or ISIN"))
        self.field.setAccessibleName(words.text("Ticker or ISIN of this line"))
        self.use.setText(words.text("Use this"))
        self.cash.setText(words.text("It is cash"))
        self.cash.setToolTip(words.text("Its value counts as cash and is in no bet."))
        self.remove.setText(words.text("Remove the line"))

    def show_lines(self, lines: Sequence[UnknownLine]) -> None:
        """Show the lines that need the user; hide when none does."""
        chosen = self.picker.currentData()
        self._lines = tuple(lines)
        self.picker.blockSignals(True)
        self.picker.clear()
        for line in self._lines:
            self.picker.addItem(f"{line.label} · {line.where}", line.id)
        self.picker.setCurrentIndex(max(self.picker.findData(chosen), 0))
        self.picker.blockSignals(False)
        self.picker.setToolTip(plain_tooltip(self.picker.currentText()))
        self.setVisible(bool(self._lines))
        self._show_line()

    def choose(self, identifier: str) -> None:
        """Show one line and put the focus into the field."""
        found = self.picker.findData(identifier)
        if found >= 0:
            self.picker.setCurrentIndex(found)
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def offer(self, candidates: Sequence[CandidateView]) -> None:
        """Offer names for what was typed."""
        self._offers = {candidate.label: candidate.id for candidate in candidates}
        model = QCompleter(list(self._offers), self)
        model.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        model.setFilterMode(Qt.MatchFlag.MatchContains)
        self.field.setCompleter(model)
        self._completer.deleteLater()
        self._completer = model
        if self.field.hasFocus() and candidates and self.field.text():
            model.complete()
        self._update()

    def _connect(self) -> None:
        self.picker.currentIndexChanged.connect(self._show_line)
        self.field.textEdited.connect(self._on_typed)
        self.field.textChanged.connect(self._update)
        self.field.returnPressed.connect(self._on_use)
        self.use.clicked.connect(self._on_use)
        self.cash.clicked.connect(self._on_cash)
        self.remove.clicked.connect(self._on_remove)
        self.type_figure.clicked.connect(self._on_figure)
        self._pause.timeout.connect(self._on_settled)
        for button in self.offered:
            button.clicked.connect(self._on_offered)

    def _lay_out(self) -> None:
        space = current_theme().space
        column = QVBoxLayout(self)
        column.setContentsMargins(space("m"), space("s"), space("m"), space("s"))
        column.setSpacing(space("s"))
        head = QHBoxLayout()
        head.setSpacing(space("m"))
        head.addWidget(self.title, 1)
        head.addWidget(self.picker, 1)
        head.addWidget(self.reason, 1)
        column.addLayout(head)
        # Buttons that name what a line may be are long: they go on in the next line where there is little room.
        row = FlowLayout(spacing=space("s"))
        self.field.setMinimumWidth(current_theme().scaled(240))
        for part in (*self.offered, self.field, self.use, self.type_figure, self.cash):
            row.add_widget(part)
        row.add_widget(self.remove, pushed=True)
        column.addLayout(row)

    def _line(self) -> UnknownLine | None:
        number = self.picker.currentIndex()
        return self._lines[number] if 0 <= number < len(self._lines) else None

    @Slot()
    def _show_line(self) -> None:
        line = self._line()
        if line is None:
            return
        is_one = len(self._lines) == 1
        self.picker.setVisible(not is_one)
        self.title.setVisible(is_one)
        asked = self._words.text("What is {line}?", line=line.label)
        self.title.setText(line.label if line.missing else asked)
        self.title.setToolTip(plain_tooltip(line.where))
        self.reason.setText(line.reason)
        self._ask_for(line.missing)
        self.cash.setVisible(line.can_be_cash)
        self.field.clear()
        self._offers = {candidate.label: candidate.id for candidate in line.candidates}
        for number, button in enumerate(self.offered):
            shown = number < len(line.candidates)
            button.setVisible(shown)
            if shown:
                candidate = line.candidates[number]
                whole = self._words.text("It is {name}", name=candidate.label)
                name = candidate.label
                button.setText(name if len(name) <= LONGEST else name[: LONGEST - 1] + "…")
                button.setToolTip(plain_tooltip(whole))
                button.setAccessibleName(whole)
                button.setProperty("instrument", candidate.id)
        self._update()

    def _ask_for(self, missing: str) -> None:
        """Offer a name to type, or the figure that is missing."""
        words = self._words
        self.field.setVisible(not missing)
        self.use.setVisible(not missing)
        self.type_figure.setVisible(bool(missing))
        texts = {"value": words.text("Type its value"), "rate": words.text("Type the rate")}
        self.type_figure.setText(texts.get(missing, ""))

    def _wanted(self) -> str | None:
        text = self.field.text().strip()
        if text in self._offers:
            return self._offers[text]
        exact = [i for i in self._offers.values() if i.casefold() == text.casefold()]
        short = [i for i in self._offers.values() if i.split(".")[0].casefold() == text.casefold()]
        found = exact or short
        return found[0] if len(found) == 1 else None

    @Slot()
    def _update(self) -> None:
        self.use.setEnabled(self._wanted() is not None)

    @Slot(str)
    def _on_typed(self, _text: str) -> None:
        self._pause.start()

    @Slot()
    def _on_settled(self) -> None:
        line, text = self._line(), self.field.text().strip()
        if line is not None and text and text not in self._offers:
            self.asked.emit(line.id, text)

    @Slot()
    def _on_use(self) -> None:
        line, wanted = self._line(), self._wanted()
        if line is not None and wanted is not None:
            self.resolved.emit(line.id, wanted)

    @Slot()
    def _on_offered(self) -> None:
        line, button = self._line(), self.sender()
        if line is not None and isinstance(button, QPushButton):
            self.resolved.emit(line.id, str(button.property("instrument")))

    @Slot()
    def _on_figure(self) -> None:
        line = self._line()
        if line is not None and line.missing:
            self.figure_asked.emit(line.id, line.missing)

    @Slot()
    def _on_cash(self) -> None:
        line = self._line()
        if line is not None:
            self.called_cash.emit(line.id)

    @Slot()
    def _on_remove(self) -> None:
        line = self._line()
        if line is not None:
            self.removed.emit(line.id)
