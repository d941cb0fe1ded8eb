"""Which fund, how long, how rough and which way: the choices behind the courses of the Leverage screen."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QDoubleSpinBox,
    QHBoxLayout,
    QLabel,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from levcheck.app.leverage_paths import LONGEST_DAYS, PathsRequest
from levcheck.domain.scenario import PathShape
from levcheck.i18n.words import Words
from levcheck.presenting.leverage_paths import FundChoice, shape_choices
from levcheck.ui.screens.parts import Columns, keep_narrow, speak_numbers
from levcheck.ui.theme import current_theme
from levcheck.ui.widgets.picker import Picker

PAUSE_MS = 40
FIRST_DAYS = 63
STACK_BELOW = 960


class PathControls(QWidget):
    """``asked`` carries a :class:`PathsRequest`, a moment after the hand rests."""

    asked = Signal(object)

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = words
        self.fund = Picker()
        self.days = QSlider(Qt.Orientation.Horizontal)
        self.swing = QDoubleSpinBox()
        self.shape = Picker()
        self.days_text = QLabel()
        self._labels = [QLabel() for _ in range(4)]
        self._swings: dict[str, float] = {}
        self.days.setRange(1, LONGEST_DAYS)
        self.days.setPageStep(21)
        self.days.setValue(FIRST_DAYS)
        self.swing.setRange(0, 20)
        self.swing.setDecimals(1)
        self.swing.setSingleStep(0.5)
        self.swing.lineEdit().setTextMargins(current_theme().space("s"), 0, 0, 0)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._lay_out()
        self.fund.currentIndexChanged.connect(self._on_fund)
        self.days.valueChanged.connect(self._on_days)
        self.swing.valueChanged.connect(self._on_changed)
        self.shape.currentIndexChanged.connect(self._on_changed)
        self._pause.timeout.connect(self.ask)
        self.speak(words)

    def speak(self, words: Words) -> None:
        """Use another language; what is chosen stays chosen."""
        self.words = words
        names = ("&Fund", "How &long", "&Daily swing", "&Path")
        for made, text in zip(self._labels, names, strict=True):
            made.setText(words.text(text))
        self.fund.setAccessibleName(words.text("Fund"))
        speak_numbers(self.swing, words)
        self.days.setAccessibleName(words.text("Trading days"))
        self.swing.setAccessibleName(words.text("Usual daily swing, in percent"))
        self.shape.setAccessibleName(words.text("Path of what it multiplies"))
        chosen = self.shape.currentIndex()
        self.shape.blockSignals(True)
        self.shape.clear()
        for shape, text in shape_choices(words):
            self.shape.addItem(text, shape.value)
        self.shape.setCurrentIndex(max(chosen, 0))
        self.shape.blockSignals(False)
        self._say_days()

    def offer(self, funds: Sequence[FundChoice]) -> None:
        """Offer these funds, keep the one chosen, and ask about it."""
        chosen = self.fund.currentData()
        self._swings = {choice.position: choice.swing for choice in funds}
        self.fund.blockSignals(True)
        self.fund.clear()
        for choice in funds:
            self.fund.addItem(choice.label, choice.position)
        found = self.fund.findData(chosen)
        self.fund.setCurrentIndex(max(found, 0))
        self.fund.blockSignals(False)
        if found < 0:
            self._usual()
        self.ask()

    def request(self) -> PathsRequest | None:
        """Return what is chosen; None without a fund."""
        position = self.fund.currentData()
        if position is None:
            return None
        return PathsRequest(
            position,
            self.days.value(),
            PathShape(self.shape.currentData()),
            self.swing.value() / 100,
        )

    @Slot()
    def ask(self) -> None:
        """Ask about what is chosen now."""
        request = self.request()
        if request is not None:
            self.asked.emit(request)

    def _lay_out(self) -> None:
        for made, part in zip(
            self._labels, (self.fund, self.days, self.swing, self.shape), strict=True
        ):
            made.setBuddy(part)
        self.fund.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        keep_narrow(self.shape, 8)
        self.days.setMinimumWidth(current_theme().scaled(90))
        fund, days, swing, shape = self._labels
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        left = _row((fund, self.fund, days, self.days, self.days_text), self.days)
        right = _row((swing, self.swing, shape, self.shape), self.shape)
        column.addWidget(Columns(((left, 1), (right, 1)), stack_below=STACK_BELOW))

    def _usual(self) -> None:
        """Set the size of a usual day of the fund chosen."""
        swing = self._swings.get(self.fund.currentData() or "")
        if swing is not None:
            self.swing.blockSignals(True)
            self.swing.setValue(100 * swing)
            self.swing.blockSignals(False)

    def _say_days(self) -> None:
        text = self.words.count("{n} day", "{n} days", self.days.value())
        widest = self.words.count("{n} day", "{n} days", LONGEST_DAYS)
        metrics = self.days_text.fontMetrics()
        self.days_text.setMinimumWidth(metrics.horizontalAdvance(widest) + 4)
        self.days_text.setText(text)

    @Slot()
    def _on_fund(self) -> None:
        self._usual()
        self._pause.start()

    @Slot()
    def _on_days(self) -> None:
        self._say_days()
        self._pause.start()

    @Slot()
    def _on_changed(self) -> None:
        self._pause.start()


def _row(parts: Sequence[QWidget], stretched: QWidget) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(current_theme().space("s"))
    for part in parts:
        row.addWidget(part, 1 if part is stretched else 0)
    return made
