"""What surrounds every screen: the rail on the left and the state bar on top."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from levcheck.i18n.words import Words
from levcheck.presenting.state_bar import StateBarView
from levcheck.ui.actions import ScreenSpec
from levcheck.ui.icons import icon
from levcheck.ui.screens.parts import label
from levcheck.ui.theme import Role, current_theme, theme_source

RAIL_WIDTH = 92


class Rail(QFrame):
    """One button per screen, icon above word; ``chosen`` carries the screen's id."""

    chosen = Signal(str)

    def __init__(
        self, specs: Sequence[ScreenSpec], words: Words, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self._specs = tuple(specs)
        self._buttons: dict[str, QToolButton] = {}
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        column = QVBoxLayout(self)
        space = current_theme().space
        column.setContentsMargins(space("xs"), space("s"), space("xs"), space("s"))
        column.setSpacing(space("xs"))
        for spec in self._specs:
            button = QToolButton()
            button.setCheckable(True)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
            button.setIconSize(QSize(22, 22))
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            button.setProperty("screen", spec.id)
            button.clicked.connect(self._on_clicked)
            self._group.addButton(button)
            self._buttons[spec.id] = button
            column.addWidget(button)
        column.addStretch(1)
        theme_source().changed.connect(self._restyle)
        self.speak(words)
        self._restyle()

    def speak(self, words: Words) -> None:
        """Use another language."""
        self.setAccessibleName(words.text("Screens"))
        for number, spec in enumerate(self._specs, start=1):
            button = self._buttons[spec.id]
            button.setText(words.text(spec.word))
            title, question = words.text(spec.title), words.text(spec.question)
            button.setAccessibleName(title)
            button.setAccessibleDescription(question)
            button.setToolTip(f"{title} (Ctrl+{number}): {question}")

    def show_screen(self, screen: str) -> None:
        """Mark the screen that is shown."""
        self._buttons[screen].setChecked(True)
        self._restyle()

    @Slot()
    def _on_clicked(self) -> None:
        button = self.sender()
        if isinstance(button, QToolButton):
            self.chosen.emit(str(button.property("screen")))
            self._restyle()

    @Slot(object)
    def _restyle(self, _theme: object = None) -> None:
        theme = current_theme()
        self.setFixedWidth(theme.scaled(RAIL_WIDTH))
        for spec in self._specs:
            button = self._buttons[spec.id]
            role = Role.ACCENT if button.isChecked() else Role.TEXT_2
            button.setIcon(icon(spec.icon, role, pixels=22))
        self.setStyleSheet(
            f"#rail {{ background: {theme.hex(Role.SURFACE)}; border-right: 1px solid {theme.hex(Role.HAIRLINE)}; }}"
            f"QToolButton {{ color: {theme.hex(Role.TEXT_2)}; font-size: {theme.scaled(12)}px; padding: 4px 0;"
            f" border: 2px solid transparent; border-radius: {theme.radius}px; min-height: {theme.scaled(46)}px; }}"
            f"QToolButton:hover {{ background: {theme.hex(Role.HOVER)}; }}"
            f"QToolButton:checked {{ background: {theme.hex(Role.SELECTED)}; color: {theme.hex(Role.TEXT)};"
            f" border-left: 4px solid {theme.hex(Role.ACCENT)}; font-weight: 600; }}"
            f"QToolButton:focus {{ border: 2px solid {theme.hex(Role.ACCENT)}; }}"
        )


class StateBar(QFrame):
    """Name, date, coverage, scenario, amounts, and whether new numbers are on their way."""

    number_activated = Signal(str)
    reset_asked = Signal()
    gap_asked = Signal()
    hide_toggled = Signal(bool)
    dark_toggled = Signal(bool)

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("state")
        self._key: str | None = None
        self._words = words
        self.name = label("emphasis", wrap=False)
        self.as_of = label("text-2", wrap=False)
        self.coverage = QPushButton()
        self.coverage.setProperty("role", "quiet")
        self.gap = QPushButton()
        self.gap.setProperty("role", "quiet")
        self.scenario = QLabel()
        self.scenario.setObjectName("scenario")
        self.scenario.setTextFormat(Qt.TextFormat.PlainText)
        self.reset = QPushButton()
        self.reset.setProperty("role", "quiet")
        self.busy = label("text-2", wrap=False)
        self.amounts = QToolButton()
        self.amounts.setCheckable(True)
        self.dark = QToolButton()
        self.dark.setCheckable(True)
        self._lay_out()
        self.coverage.clicked.connect(self._on_coverage)
        self.gap.clicked.connect(self.gap_asked)
        self.reset.clicked.connect(self.reset_asked)
        self.amounts.toggled.connect(self.hide_toggled)
        self.dark.toggled.connect(self.dark_toggled)
        theme_source().changed.connect(self._restyle)
        self.speak(words)
        self.show_view(None)
        self.show_busy(busy=False)

    def speak(self, words: Words) -> None:
        """Use another language."""
        self._words = words
        self.setAccessibleName(words.text("State of the list"))
        self.reset.setText(words.text("Reset"))
        self.reset.setAccessibleName(words.text("Reset the scenario"))
        self.busy.setText(words.text("Working out new numbers…"))
        self.amounts.setAccessibleName(words.text("Hide amounts"))
        self.amounts.setToolTip(words.text("Hide amounts (F9)"))
        self.dark.setAccessibleName(words.text("Dark colours"))
        self.dark.setToolTip(words.text("Dark colours (Ctrl+D)"))
        self.amounts.blockSignals(True)
        self.amounts.setChecked(words.hide_amounts)
        self.amounts.blockSignals(False)
        self._restyle()

    def show_view(self, view: StateBarView | None) -> None:
        """Show the state of a list; nothing but the switches without one."""
        there = view is not None
        for part in (self.name, self.as_of, self.coverage):
            part.setVisible(there)
        self.gap.setVisible(there and bool(view and view.gap))
        self.scenario.setVisible(there and bool(view and view.scenario))
        self.reset.setVisible(there and bool(view and view.scenario))
        if view is None:
            return
        self._key = view.coverage.key
        self.name.setText(view.name)
        self.as_of.setText(view.as_of)
        self.coverage.setText(view.coverage.text)
        self.coverage.setAccessibleName(f"{view.coverage.label}: {view.coverage.text}")
        self.gap.setText(view.gap)
        self.scenario.setText(view.scenario)
        self.amounts.setToolTip(f"{view.amounts} (F9)")

    def show_busy(self, *, busy: bool) -> None:
        """Say that the numbers shown are old and new ones are on their way."""
        self.busy.setVisible(busy)

    def show_dark(self, *, dark: bool) -> None:
        """Show which colours are in force."""
        self.dark.blockSignals(True)
        self.dark.setChecked(dark)
        self.dark.blockSignals(False)
        self._restyle()

    def _lay_out(self) -> None:
        space = current_theme().space
        row = QHBoxLayout(self)
        row.setContentsMargins(space("xl"), space("xs"), space("m"), space("xs"))
        row.setSpacing(space("s"))
        for part in (self.name, self.as_of, self.coverage, self.gap):
            row.addWidget(part)
        row.addStretch(1)
        for end in (self.busy, self.scenario, self.reset, self.amounts, self.dark):
            row.addWidget(end)

    @Slot()
    def _on_coverage(self) -> None:
        if self._key is not None:
            self.number_activated.emit(self._key)

    @Slot(object)
    def _restyle(self, _theme: object = None) -> None:
        theme = current_theme()
        self.amounts.setIcon(icon("eye-off" if self.amounts.isChecked() else "eye"))
        self.dark.setIcon(icon("moon" if not self.dark.isChecked() else "sun"))
        self.gap.setIcon(icon("warning", Role.WARNING, pixels=16))
        self.setStyleSheet(
            f"#state {{ background: {theme.hex(Role.BG)}; border-bottom: 1px solid {theme.hex(Role.HAIRLINE)}; }}"
            f"#scenario {{ background: {theme.hex(Role.WARNING_SURFACE)}; color: {theme.hex(Role.TEXT)};"
            f" border: 1px solid {theme.hex(Role.WARNING)}; border-radius: {theme.radius}px; padding: 2px 8px; }}"
        )


class ReadingBar(QFrame):
    """A file is being read: how far, and a way out."""

    cancelled = Signal()

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = label("", wrap=False)
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.cancel = QPushButton()
        row = QHBoxLayout(self)
        space = current_theme().space
        row.setContentsMargins(space("xl"), space("s"), space("m"), space("s"))
        row.setSpacing(space("m"))
        row.addWidget(self._text)
        row.addWidget(self.progress, 1)
        row.addWidget(self.cancel)
        self.cancel.clicked.connect(self.cancelled)
        self.speak(words)
        self.hide()

    def speak(self, words: Words) -> None:
        """Use another language."""
        self._text.setText(words.text("Reading your file…"))
        self.progress.setAccessibleName(words.text("How far the file is read"))
        self.cancel.setText(words.text("Cancel"))

    def show_share(self, share: float) -> None:
        """Show how much is read, 0 to 1; below 0 when it cannot be told."""
        self.progress.setRange(0, 100 if share >= 0 else 0)
        self.progress.setValue(round(share * 100))
