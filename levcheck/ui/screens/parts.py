"""The small parts every screen is made of: sentences, figures that open, notices, columns that stack."""

from collections.abc import Iterable

from PySide6.QtCore import QLocale, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QComboBox,
    QDoubleSpinBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from levcheck.i18n.words import Words
from levcheck.presenting.figures import KeyFigure
from levcheck.ui.charts.chart import Chart
from levcheck.ui.screens.chart_menu import ChartMenu
from levcheck.ui.theme import Size, current_theme
from levcheck.ui.widgets import KeyFigureBox
from levcheck.ui.widgets.flow import FlowLayout
from levcheck.ui.widgets.labels import label

__all__ = [
    "Columns",
    "FlowRow",
    "KeyFigureCard",
    "KeyFigureRow",
    "Page",
    "Section",
    "keep_narrow",
    "label",
    "number_locale",
    "say",
    "speak_numbers",
]

WIDEST = 1200
STACK_BELOW = 860


_WRITES_LIKE = {"1,234.56": "en_US", "1.234,56": "de_DE", "1 234,56": "fr_FR", "1’234.56": "de_CH"}
"""Way of writing numbers → a place where they are written so."""


def number_locale(words: Words) -> QLocale:
    """Return what a field of numbers writes and reads by."""
    return QLocale(_WRITES_LIKE.get(words.numbers, words.language))


def speak_numbers(field: QDoubleSpinBox, words: Words) -> None:
    """Let a field write and read percentages as the reader does."""
    field.setLocale(number_locale(words))
    field.setSuffix(words.percent(0.0, digits=0).lstrip("0"))


def keep_narrow(picker: QComboBox, letters: int = 12) -> None:
    """Let a picker be as narrow as its place: a long entry of its list is read in the list, and in its tip."""
    picker.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    picker.setMinimumContentsLength(letters)
    picker.currentTextChanged.connect(picker.setToolTip)


def say(made: QLabel, text: str) -> None:
    """Put a text into a label and hide the label when there is none."""
    made.setText(text)
    made.setVisible(bool(text))


class KeyFigureCard(QFrame):
    """A key figure on its own ground."""

    number_activated = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("key-card")
        # Read from across a table in a meeting; beside everything else at a desk.
        is_meeting = current_theme().is_meeting
        self.box = KeyFigureBox(size=Size.KEY_FIGURE if is_meeting else Size.SECTION)
        column = QVBoxLayout(self)
        space = current_theme().space
        column.setContentsMargins(space("m"), space("s"), space("m"), space("s"))
        column.addWidget(self.box)
        self.box.explain.connect(self.number_activated)


class KeyFigureRow(QWidget):
    """Key figures beside each other in cards of one width, in two rows when large type leaves too little room for one."""

    number_activated = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(current_theme().space("m"))
        self._cards: list[KeyFigureCard] = []
        self._shape = (0, 0)

    def show_views(self, views: Iterable[KeyFigure]) -> None:
        """Show these figures and no others."""
        shown = tuple(views)
        while len(self._cards) < len(shown):
            card = KeyFigureCard(self)  # without a parent it would be shown as a window of its own
            card.number_activated.connect(self.number_activated)
            self._cards.append(card)
        for number, card in enumerate(self._cards):
            card.setVisible(number < len(shown))
            if number < len(shown):
                card.box.show_key_figure(shown[number])
        self._arrange(len(shown))
        self.setVisible(bool(shown))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose the number of rows by the room there is."""
        super().resizeEvent(event)
        self._arrange(self._shape[0])

    def minimumSizeHint(self) -> QSize:
        """Return room for two cards: more of them find another row."""
        widest = max((card.minimumSizeHint().width() for card in self._cards), default=0)
        least = super().minimumSizeHint()
        return QSize(min(least.width(), 2 * widest + self._grid.spacing()), least.height())

    def _arrange(self, count: int) -> None:
        widest = max((c.minimumSizeHint().width() for c in self._cards[:count]), default=0)
        fits = count * (widest + self._grid.spacing()) <= max(self.width(), 1)
        columns = count if fits or count < 3 else 2
        if (count, columns) == self._shape or not count:
            return
        self._shape = (count, columns)
        for card in self._cards:
            self._grid.removeWidget(card)
        for number, card in enumerate(self._cards[:count]):
            self._grid.addWidget(card, number // columns, number % columns)
        for column in range(len(self._cards)):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)


class Columns(QWidget):
    """Parts side by side, or one under the other when there is little room."""

    def __init__(
        self,
        parts: Iterable[tuple[QWidget, int]],
        *,
        stack_below: int = STACK_BELOW,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._stack_below = stack_below
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(current_theme().space("xl"))
        for widget, share in parts:
            self._box.addWidget(widget, share)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose the direction by the room there is."""
        super().resizeEvent(event)
        narrow = self.width() < current_theme().scaled(self._stack_below)
        wanted = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        if self._box.direction() != wanted:
            self._box.setDirection(wanted)
            self._box.setSpacing(current_theme().space("s" if narrow else "xl"))


class Section(QWidget):
    """A heading with what belongs under it; where that is a chart, with a menu that takes it elsewhere."""

    def __init__(self, *parts: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading = label("emphasis")
        self.menu: ChartMenu | None = None
        self._head = QHBoxLayout()
        self._head.setSpacing(current_theme().space("s"))
        self._head.addWidget(self.heading, 1, Qt.AlignmentFlag.AlignVCenter)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(current_theme().space("xs"))
        self._column.addLayout(self._head)
        for number, part in enumerate(parts):
            is_last = number == len(parts) - 1
            grows = isinstance(part, Chart | QTableView) or (
                is_last and not isinstance(part, QLabel)
            )
            self._column.addWidget(part, 1 if grows else 0)
        self._column.addStretch(0)
        charts = [part for part in parts if isinstance(part, Chart)]
        if charts:
            self.menu = ChartMenu(charts)
            self._head.addWidget(self.menu, 0, Qt.AlignmentFlag.AlignVCenter)

    def put_in_head(self, widget: QWidget) -> None:
        """Put a small control between the heading and the menu."""
        place = self._head.count() - (self.menu is not None)
        self._head.insertWidget(place, widget, 0, Qt.AlignmentFlag.AlignVCenter)

    def put_under_head(self, widget: QWidget) -> None:
        """Put a row of controls between the heading and what belongs under it."""
        self._column.insertWidget(1, widget)


class FlowRow(QWidget):
    """Controls in a row that goes on in the next line when there is no room."""

    def __init__(self, *parts: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        flow = FlowLayout(self, spacing=current_theme().space("s"))
        flow.setContentsMargins(0, 0, 0, 0)
        for part in parts:
            flow.add_widget(part)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)


class _Body(QWidget):
    """The inside of a page: asks for the height its texts need at the width they have."""

    def minimumSizeHint(self) -> QSize:
        """Return the least size; wrapped texts would else count as if they were as narrow as can be."""
        layout = self.layout()
        if layout is None:
            return super().minimumSizeHint()
        return QSize(layout.minimumSize().width(), layout.minimumHeightForWidth(self.width()))

    def heightForWidth(self, width: int) -> int:
        """Return the least height at a width."""
        layout = self.layout()
        return layout.minimumHeightForWidth(width) if layout is not None else -1


class Page(QScrollArea):
    """A screen: one column of at most 1,200 px in the middle, scrolled when the window is low."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = current_theme()
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        body = _Body()
        self.column = QVBoxLayout()
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(theme.space("m"))
        inner = QWidget()
        inner.setMaximumWidth(theme.scaled(WIDEST))
        inner.setLayout(self.column)
        row = QHBoxLayout(body)
        row.setContentsMargins(
            theme.space("xl"), theme.space("s"), theme.space("xl"), theme.space("xs")
        )
        row.addStretch(0)
        row.addWidget(inner, 1)
        row.addStretch(0)
        self.setWidget(body)
        # A scroll area fills what it is given. Qt then paints it alone, and once more with the window around it.
        body.setAutoFillBackground(False)
