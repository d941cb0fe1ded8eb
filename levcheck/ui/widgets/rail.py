"""The left rail: icon and word of each screen, Ctrl+1 to Ctrl+7."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent, QPen, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QFrame,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from levcheck.ui.icons import paint_icon
from levcheck.ui.speaking import plain_tooltip
from levcheck.ui.theme import MOST_OF_WINDOW, RAIL_WIDTH, Role, Size, current_theme, theme_source

_ITEM = 44


@dataclass(frozen=True, slots=True)
class RailItem:
    """One entry: key of the screen, icon file, word."""

    key: str
    icon: str
    text: str


class Rail(QFrame):
    """Chooses a screen; ``chosen`` carries its key. Up and Down move, Ctrl+number jumps."""

    chosen = Signal(str)

    def __init__(
        self, name: str, items: Sequence[RailItem] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        theme = current_theme()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(*(theme.space("s"),) * 4)
        self._column.setSpacing(theme.space("xs"))
        self._group = QButtonGroup(self)
        self._whole = 0
        self._items: tuple[RailItem, ...] = ()
        self._shortcuts: list[QShortcut] = []
        self._group.idClicked.connect(self._on_clicked)
        theme_source().changed.connect(self._dress)
        self._dress()
        self.set_items(items)

    @property
    def current(self) -> str:
        """Key of the screen that is shown."""
        number = self._group.checkedId()
        return self._items[number].key if 0 <= number < len(self._items) else ""

    def set_items(self, items: Sequence[RailItem], *, name: str | None = None) -> None:
        """Show other words (another language) or other screens; the choice stays."""
        before = self.current
        for button in self._group.buttons():
            self._group.removeButton(button)
            self._column.removeWidget(button)
            button.hide()  # it goes a moment later, and until then two words would stand on each other
            button.deleteLater()
        for shortcut in self._shortcuts:
            shortcut.setEnabled(False)
            shortcut.deleteLater()
        self._shortcuts = []
        while self._column.count():
            self._column.takeAt(0)
        self._items = tuple(items)
        if name is not None:
            self.setAccessibleName(name)
        for number, item in enumerate(self._items):
            self._add(number, item)
        self._column.addStretch(1)
        if self._items:
            keys = [item.key for item in self._items]
            self.choose(before if before in keys else keys[0])
        self._dress()

    def choose(self, key: str) -> None:
        """Mark a screen as the one shown, without a signal.

        Raises:
            StopIteration: there is no such screen.
        """
        number = next(n for n, item in enumerate(self._items) if item.key == key)
        button = self._group.button(number)
        button.setChecked(True)
        self._roam()
        if any(other.hasFocus() for other in self._group.buttons()):
            button.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_current(self) -> None:
        """Put the keyboard on the screen shown."""
        button = self._group.checkedButton()
        if button is not None:
            button.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move with Up and Down, Home and End."""
        count, at = len(self._items), self._group.checkedId()
        goal = {
            Qt.Key.Key_Up: max(at - 1, 0),
            Qt.Key.Key_Down: min(at + 1, count - 1),
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: count - 1,
        }.get(Qt.Key(event.key()))
        if goal is None or not count:
            super().keyPressEvent(event)
            return
        self._group.button(goal).setFocus(Qt.FocusReason.TabFocusReason)
        if goal != at:
            self._go(goal)

    def fit_beside(self, whole: int) -> None:
        """Show icons alone where the words would take too much of a width; their names stay in the tips."""
        self._whole = whole
        self._dress()

    @property
    def shows_words(self) -> bool:
        """Whether there is room for the words."""
        return not self._whole or self._with_words() <= self._whole * MOST_OF_WINDOW

    def _with_words(self) -> int:
        theme = current_theme()
        words = max(
            (button.sizeHint().width() for button in self._group.buttons()),
            default=theme.scaled(RAIL_WIDTH),
        )
        return max(theme.scaled(RAIL_WIDTH), words + 2 * theme.space("s") + 1)

    def _add(self, number: int, item: RailItem) -> None:
        button = _RailButton(item, self)
        keys = f"Ctrl+{number + 1}"
        native = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
        button.setToolTip(plain_tooltip(f"{item.text} ({native})"))
        button.setAccessibleName(item.text)
        self._group.addButton(button, number)
        self._column.addWidget(button)
        if number < 9:
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
            shortcut.activated.connect(button.click)
            self._shortcuts.append(shortcut)

    def _go(self, number: int) -> None:
        self._group.button(number).setChecked(True)
        self._on_clicked(number)

    @Slot(int)
    def _on_clicked(self, number: int) -> None:
        self._roam()
        self.chosen.emit(self._items[number].key)

    def _roam(self) -> None:
        for button in self._group.buttons():
            on = button.isChecked()
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if on else Qt.FocusPolicy.ClickFocus)

    @Slot(object)
    def _dress(self, _theme: object = None) -> None:
        theme = current_theme()
        icons = theme.scaled(20) + 2 * theme.space("m") + 2 * theme.space("s") + 1
        self.setFixedWidth(self._with_words() if self.shows_words else icons)
        for button in self._group.buttons():
            button.updateGeometry()
            button.update()


class _RailButton(QAbstractButton):
    def __init__(self, item: RailItem, parent: QWidget) -> None:
        super().__init__(parent)
        self._item = item
        self.setText(item.text)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return room for icon and word."""
        from PySide6.QtGui import QFontMetricsF

        theme = current_theme()
        metrics = QFontMetricsF(theme.font(Size.BODY, strong=True), self)
        width = metrics.horizontalAdvance(self._item.text)
        return QSize(round(width) + theme.scaled(20) + 3 * theme.space("m"), theme.scaled(_ITEM))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the arrows to the rail."""
        if event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End}:
            event.ignore()
            return
        super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint ground, icon, word and, for the screen shown, a bar at the left."""
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        on = self.isChecked()
        if on or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color(Role.SELECTED if on else Role.HOVER))
            painter.drawRoundedRect(box, theme.radius, theme.radius)
        if on:
            painter.setBrush(theme.color(Role.ACCENT))
            painter.drawRoundedRect(QRectF(0, 10, 4, box.height() - 20), 2, 2)
        ink = theme.color(Role.TEXT if on else Role.TEXT_2)
        side = theme.scaled(20)
        place = QRectF(theme.space("m"), (box.height() - side) / 2, side, side)
        paint_icon(painter, place, self._item.icon, theme.color(Role.ACCENT) if on else ink)
        painter.setFont(theme.font(Size.BODY, strong=on))
        painter.setPen(ink)
        rail = self.parentWidget()
        text = self._item.text if not isinstance(rail, Rail) or rail.shows_words else ""
        words = box.adjusted(place.right() + theme.space("m"), 0, -theme.space("s"), 0)
        painter.drawText(
            words,
            Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextSingleLine,
            text,
        )
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.color(Role.ACCENT), theme.shape["ring"]))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), theme.radius, theme.radius)
        painter.end()
