"""The user's own shock: what falls, by how much, and what that would do, while the hand moves."""

from collections.abc import Iterable

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QDoubleSpinBox,
    QGridLayout,
    QLabel,
    QPushButton,
    QSlider,
    QWidget,
)

from levcheck.domain.scenario import PathShape, Scenario, Shock
from levcheck.i18n.words import Words
from levcheck.presenting.figures import Figure
from levcheck.ui.screens.parts import FlowRow, keep_narrow, speak_numbers
from levcheck.ui.speaking import announce
from levcheck.ui.theme import current_theme
from levcheck.ui.widgets import FigureLabel
from levcheck.ui.widgets.picker import Picker

CUSTOM = "custom"
DEEPEST = -95
HIGHEST = 100
PAUSE_MS = 30


class CustomShock(QWidget):
    """``tried`` carries a :class:`Scenario` while the hand moves, ``kept`` for the list, ``saved`` for every portfolio.

    ``explain`` carries the key of the total.
    """

    tried = Signal(object)
    kept = Signal(object)
    saved = Signal(object)
    explain = Signal(str)

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = words
        self.target = Picker()
        keep_narrow(self.target)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.field = QDoubleSpinBox()
        self.total = FigureLabel(strong=True)
        self.keep = QPushButton()
        self.save = QPushButton()
        self.save.setProperty("role", "quiet")
        self._heading = QLabel()
        self._heading.setBuddy(self.target)
        self.slider.setRange(DEEPEST, HIGHEST)
        self.slider.setPageStep(10)
        self.field.setRange(DEEPEST, HIGHEST)
        self.field.setDecimals(1)
        # A style sheet's padding does not reach the editor inside a spin box.
        self.field.lineEdit().setTextMargins(current_theme().space("s"), 0, 0, 0)
        self.slider.setValue(-30)
        self.field.setValue(-30)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._lay_out()
        self.slider.valueChanged.connect(self._on_slid)
        self.field.valueChanged.connect(self._on_typed)
        self.target.currentIndexChanged.connect(self._on_target)
        self._pause.timeout.connect(self._on_settled)
        self.keep.clicked.connect(self._on_keep)
        self.save.clicked.connect(self._on_save)
        self.total.explain.connect(self.explain)
        self._forget_total()
        self.speak(words)

    def speak(self, words: Words) -> None:
        """Use another language."""
        self.words = words
        self._heading.setText(words.text("What moves"))
        self.target.setAccessibleName(words.text("What moves"))
        self.slider.setAccessibleName(words.text("How far it moves, in percent"))
        self.field.setAccessibleName(words.text("How far it moves, in percent"))
        self.keep.setText(words.text("Add to the list"))
        self.save.setText(words.text("Keep among my scenarios"))
        self.save.setToolTip(words.text("It is then tried on every portfolio you open."))
        speak_numbers(self.field, words)
        if self.total.text():
            # The total was said in other words, perhaps with an amount that is hidden now.
            self._forget_total()
            self._pause.start()

    def offer(self, targets: Iterable[tuple[str, str]]) -> None:
        """Offer these (target, label) pairs; the one chosen stays chosen."""
        chosen = self.target.currentData()
        self.target.blockSignals(True)
        self.target.clear()
        for target, text in targets:
            self.target.addItem(text, target)
        found = self.target.findData(chosen)
        self.target.setCurrentIndex(max(found, 0))
        self.target.blockSignals(False)
        self.setEnabled(self.target.count() > 0)

    def scenario(self) -> Scenario | None:
        """Return the shock as a scenario; None when there is nothing to move."""
        target = self.target.currentData()
        if target is None:
            return None
        move = self.field.value() / 100
        percent = self.words.percent(abs(move))
        name = (
            self.words.text(
                "{what} falls {percent}", what=self.target.currentText(), percent=percent
            )
            if move < 0
            else self.words.text(
                "{what} rises {percent}", what=self.target.currentText(), percent=percent
            )
        )
        return Scenario(
            id=CUSTOM,
            name=name,
            story=self.words.text("Your own shock, in one instant."),
            shocks=(Shock(target, move),),
            horizon_days=0,
            shape=PathShape.ONE_DAY,
            source=self.words.text("set by you"),
            origin="custom",
        )

    def ask(self) -> None:
        """Ask what the shock would do, a moment from now."""
        self._pause.start()

    def show_total(self, figure: Figure) -> None:
        """Show what the shock would do."""
        self.total.show_figure(figure)
        self.total.show()
        announce(self.total, figure.text)

    def _lay_out(self) -> None:
        space = current_theme().space
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(space("s"))
        grid.setVerticalSpacing(space("xs"))
        grid.addWidget(self._heading, 0, 0, 1, 2)
        grid.addWidget(self.target, 1, 0, 1, 2)
        grid.addWidget(self.slider, 2, 0)
        grid.addWidget(self.field, 2, 1)
        grid.addWidget(FlowRow(self.total, self.keep, self.save), 3, 0, 1, 2)
        grid.setColumnStretch(0, 1)

    def _forget_total(self) -> None:
        self.total.show_figure(Figure(""))
        self.total.hide()

    @Slot(int)
    def _on_slid(self, value: int) -> None:
        if round(self.field.value()) != value:
            self.field.setValue(value)

    @Slot(float)
    def _on_typed(self, value: float) -> None:
        if self.slider.value() != round(value):
            self.slider.setValue(round(value))
        self._pause.start()

    @Slot(int)
    def _on_target(self, _number: int) -> None:
        self._pause.start()

    @Slot()
    def _on_settled(self) -> None:
        scenario = self.scenario()
        if scenario is not None:
            self.tried.emit(scenario)

    @Slot()
    def _on_keep(self) -> None:
        scenario = self.scenario()
        if scenario is not None:
            self.kept.emit(scenario)

    @Slot()
    def _on_save(self) -> None:
        scenario = self.scenario()
        if scenario is not None:
            self.saved.emit(scenario)
