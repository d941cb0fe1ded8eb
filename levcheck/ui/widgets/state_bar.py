"""The thin bar above every screen: whose numbers these are, how complete, under which scenario."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QPushButton, QSizePolicy, QToolButton, QWidget

from levcheck.presenting.figures import Figure
from levcheck.presenting.state_bar import StateBarView
from levcheck.ui.dressing import restyle
from levcheck.ui.icons import put_icon
from levcheck.ui.speaking import plain_tooltip
from levcheck.ui.theme import Role, Size, current_theme, theme_source
from levcheck.ui.widgets.flow import FlowLayout
from levcheck.ui.widgets.texts import FigureLabel, PlainLabel


class StateBar(QFrame):
    """Shows a :class:`StateBarView`."""

    explain = Signal(str)
    reset_chosen = Signal()
    all_chosen = Signal()
    amounts_toggled = Signal()
    gap_chosen = Signal()
    dark_toggled = Signal()
    today_chosen = Signal()

    def __init__(self, reset: str = "Reset", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("state-bar")
        self._is_hidden = False
        self._name = PlainLabel(strong=True)
        self._as_of = PlainLabel(role=Role.TEXT_2)
        self._coverage = FigureLabel()
        self._age = PlainLabel(role=Role.TEXT_2)
        self._gap = QPushButton()
        self._gap.setProperty("role", "quiet")
        self._scenario = PlainLabel(size=Size.BODY, role=Role.WARNING, strong=True)
        self._reset = QPushButton(reset)
        self._draft = PlainLabel(size=Size.BODY, role=Role.WARNING, strong=True)
        self._today = QPushButton()
        self._only = PlainLabel(size=Size.BODY, role=Role.WARNING, strong=True)
        self._all = QPushButton()
        self._busy = PlainLabel(role=Role.TEXT_2)
        self._amounts = QToolButton()
        self._dark = QToolButton()
        self._coverage.explain.connect(self.explain)
        self._gap.clicked.connect(self.gap_chosen)
        self._reset.clicked.connect(self.reset_chosen)
        self._today.clicked.connect(self.today_chosen)
        self._all.clicked.connect(self.all_chosen)
        self._amounts.clicked.connect(self.amounts_toggled)
        self._dark.clicked.connect(self.dark_toggled)
        theme = current_theme()
        row = FlowLayout(self, spacing=theme.space("l"))
        row.setContentsMargins(
            theme.space("xl"), theme.space("xs"), theme.space("s"), theme.space("xs")
        )
        for widget in (self._name, self._as_of, self._coverage, self._age, self._gap):
            row.add_widget(widget)
        parts = (self._only, self._all, self._draft, self._today, self._scenario, self._reset)
        for right in (self._busy, *parts, self._amounts, self._dark):
            row.add_widget(right, pushed=True)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme_source().changed.connect(self._dress)
        self._dress()
        self.show_view(None)
        self.show_busy("")

    def set_reset_text(self, text: str) -> None:
        """Word the button in another language."""
        self._reset.setText(text)

    def set_today_text(self, text: str) -> None:
        """Word the button that leads from a draft back to today."""
        self._today.setText(text)

    def set_all_text(self, text: str) -> None:
        """Word the button that takes a filter away in another language."""
        self._all.setText(text)

    def set_dark_text(self, text: str) -> None:
        """Name the switch between light and dark colours."""
        self._dark.setAccessibleName(text)
        self._dark.setToolTip(text)

    def show_busy(self, text: str) -> None:
        """Say that the numbers shown are old and new ones are on their way; empty = they are not."""
        self._busy.setText(text)
        self._busy.setVisible(bool(text))

    def show_view(self, view: StateBarView | None, *, amounts_hidden: bool = False) -> None:
        """Show another state; None = no portfolio is open."""
        self._is_hidden = amounts_hidden
        for widget in (
            self._name,
            self._as_of,
            self._coverage,
            self._age,
            self._gap,
            self._amounts,
        ):
            widget.setVisible(view is not None)
        is_part = view is not None and bool(view.only)
        self._only.setVisible(is_part)
        self._all.setVisible(is_part)
        self._only.setText(view.only if view is not None else "")
        has_scenario = view is not None and bool(view.scenario)
        self._scenario.setVisible(has_scenario)
        self._reset.setVisible(has_scenario)
        has_draft = view is not None and bool(view.draft)
        self._draft.setVisible(has_draft)
        self._today.setVisible(has_draft)
        if view is None:
            for label in (self._name, self._as_of, self._age, self._scenario, self._draft):
                label.setText("")
            self._gap.setText("")
            self._coverage.show_figure(Figure(""))
        else:
            self._name.setText(view.name)
            self._as_of.setText(view.as_of)
            self._coverage.show_figure(view.coverage)
            self._age.setText(view.age)
            self._age.setVisible(bool(view.age))
            self._age.setToolTip(plain_tooltip(view.age_hint))
            self._gap.setText(view.gap)
            self._gap.setVisible(bool(view.gap))
            self._scenario.setText(view.scenario)
            self._draft.setText(view.draft)
            self._amounts.setText(view.amounts)
            self._amounts.setAccessibleName(view.amounts)
            self._amounts.setToolTip(plain_tooltip(view.amounts))
        self._dress()

    @Slot(object)
    def _dress(self, _theme: object = None) -> None:
        theme = current_theme()
        marks = (self._scenario, self._draft, self._only)
        marked = any(mark.isVisibleTo(self) for mark in marks)
        put_icon(self._amounts, "eye-off" if self._is_hidden else "eye")
        put_icon(self._dark, "sun" if theme.is_dark else "moon")
        restyle(self, "marked", "true" if marked else "false")
