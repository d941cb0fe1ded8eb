"""Parts beside or above one another with a border the user can move, by hand or with the arrow keys."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSplitter, QSplitterHandle, QVBoxLayout, QWidget

from levcheck.i18n.words import Words
from levcheck.ui.speaking import announce
from levcheck.ui.theme import Role, current_theme

WHOLE = 1000
STACKED = ".stacked"
_LEAST_WIDTH = 150
_STEP = 16
_BACK = {Qt.Key.Key_Left, Qt.Key.Key_Up}
_ON = {Qt.Key.Key_Right, Qt.Key.Key_Down}
_RESET = {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}


class Splits(QSplitter):
    """No part can be pushed away altogether. It is put into its place first, then filled (:meth:`column`).

    Qt dresses a widget anew, with all that is in it, each time it comes into another: filled from the inside out, half of
    what it takes to make a screen is spent on that.

    Args:
        name: what its place is remembered by.
        shares: one for each part: of the whole where they stand side by side, else of the room that is left.
        stack_below: room from which on they stand side by side; None = always one above the other.
        parent: of the widget.
    """

    def __init__(
        self,
        name: str,
        shares: Sequence[int],
        *,
        stack_below: int | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self.setObjectName(name)
        self.setChildrenCollapsible(False)
        self._stack_below = stack_below
        self._words = Words()
        self._placed: dict[str, tuple[int, ...]] = {}
        self._own = list(shares)
        self._parts = [_Part(self) for _ in shares]  # a splitter takes its children in
        self._turn(Qt.Orientation.Vertical if stack_below is None else Qt.Orientation.Horizontal)
        self.splitterMoved.connect(self._on_moved)

    def column(self, number: int) -> QVBoxLayout:
        """Return what the part of this number is filled through, from top to bottom."""
        return self._parts[number].column

    def put(self, number: int, widget: QWidget) -> None:
        """Fill a part with one widget."""
        self.column(number).addWidget(widget, 1)

    def speak(self, words: Words) -> None:
        """Use another language."""
        self._words = words
        for number in range(1, self.count()):
            handle = self.handle(number)
            handle.setAccessibleName(words.text("Movable border"))
            handle.setAccessibleDescription(words.text("Arrow keys move it. Delete puts it back."))

    def shares(self) -> tuple[int, ...]:
        """Return where the user has put the borders as the parts stand now, in thousandths; empty = nowhere."""
        return self._placed.get(self._name(), ())

    @property
    def placed(self) -> Mapping[str, tuple[int, ...]]:
        """Name → shares: of the parts side by side, and of the parts one above the other."""
        return self._placed

    def wear(self, placed: Mapping[str, Sequence[int]]) -> None:
        """Put the borders where they were; names of others are passed over."""
        self._placed = {
            name: tuple(shares)
            for name in self.names()
            if len(shares := placed.get(name, ())) == self.count() and all(s > 0 for s in shares)
        }
        self._share_out()

    def put_back(self) -> None:
        """Put the borders where they were made."""
        self._placed.pop(self._name(), None)
        self._share_out()

    def tell(self) -> None:
        """Let a screen reader speak how much room the first part has."""
        whole = max(sum(self.sizes()), 1)
        announce(self, self._words.percent(self.sizes()[0] / whole))

    def createHandle(self) -> QSplitterHandle:
        """Return a border that takes keys."""
        return _Border(self.orientation(), self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stand as the room allows, and keep the shares at another size."""
        super().resizeEvent(event)
        if self._stack_below is not None:
            is_wide = self.width() >= current_theme().scaled(self._stack_below)
            self._turn(Qt.Orientation.Horizontal if is_wide else Qt.Orientation.Vertical)
        self._share_out()

    # --- inside --------------------------------------------------------------------------------------------

    def _name(self) -> str:
        is_stacked = self._stack_below is not None and not self._is_wide
        return self.objectName() + STACKED if is_stacked else self.objectName()

    def names(self) -> tuple[str, ...]:
        """Return the names its places are remembered by."""
        more = () if self._stack_below is None else (self.objectName() + STACKED,)
        return (self.objectName(), *more)

    @property
    def _is_wide(self) -> bool:
        return self.orientation() is Qt.Orientation.Horizontal

    def _turn(self, orientation: Qt.Orientation) -> None:
        if orientation is not self.orientation():
            self.setOrientation(orientation)
        self.setHandleWidth(current_theme().space("xl" if self._is_wide else "s"))

    def _share_out(self) -> None:
        """Give each part its share: where the user put it, else as made."""
        room = self.width() if self._is_wide else self.height()
        shares = self.shares()
        if shares or self._is_wide:
            parts = shares or self._own
            self.setSizes([max(share * room // sum(parts), 1) for share in parts])
            return
        least = [part.minimumSizeHint().height() for part in self._parts]
        left = max(room - self.handleWidth() * (self.count() - 1) - sum(least), 0)
        total = sum(self._own)
        self.setSizes([n + left * s // total for n, s in zip(least, self._own, strict=True)])

    @Slot()
    def _on_moved(self) -> None:
        sizes = self.sizes()
        whole = max(sum(sizes), 1)
        self._placed[self._name()] = tuple(max(round(WHOLE * size / whole), 1) for size in sizes)


class _Border(QSplitterHandle):
    """A border between two parts: dragged, moved with the arrow keys, and put back with a double click or Delete."""

    def __init__(self, orientation: Qt.Orientation, splits: Splits) -> None:
        super().__init__(orientation, splits)
        self._splits = splits
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the border, or put it back."""
        key = Qt.Key(event.key())
        if key in _RESET:
            self._splits.put_back()
        elif key in _BACK | _ON:
            step = current_theme().scaled(_STEP)
            is_wide = self.orientation() is Qt.Orientation.Horizontal
            at = self.x() if is_wide else self.y()
            self.moveSplitter(at + (step if key in _ON else -step))
        else:
            super().keyPressEvent(event)
            return
        self._splits.tell()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Put the border back."""
        self._splits.put_back()
        event.accept()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint a line as long as the border, in a strong colour where it is about to be moved."""
        del event
        theme = current_theme()
        is_wide = self.orientation() is Qt.Orientation.Horizontal
        is_near = self.underMouse() or self.hasFocus()
        middle, length = self.rect().center(), self.height() if is_wide else self.width()
        thick = theme.scaled(2) if is_near else 1
        size = QSize(thick, length) if is_wide else QSize(length, thick)
        line = QRect(QPoint(0, 0), size)
        line.moveCenter(middle)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(Role.ACCENT if is_near else Role.HAIRLINE))
        painter.drawRoundedRect(line, thick / 2, thick / 2)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self.hasFocus():
            painter.setPen(QPen(theme.color(Role.ACCENT), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))


class _Part(QWidget):
    """Asks for the height its wrapped texts need at the width it has; a splitter would not ask."""

    def __init__(self, parent: Splits) -> None:
        super().__init__(parent)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        self.column = QVBoxLayout()
        self.column.setSpacing(current_theme().space("s"))
        outer.addLayout(self.column, 1)
        outer.addStretch()  # under a table that ends with its last row

    def minimumSizeHint(self) -> QSize:
        layout = self.layout()
        if layout is None:
            return super().minimumSizeHint()
        least = layout.minimumSize()
        width = max(least.width(), current_theme().scaled(_LEAST_WIDTH))
        if layout.hasHeightForWidth():
            return QSize(width, layout.minimumHeightForWidth(self.width()))
        return QSize(width, least.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.updateGeometry()
