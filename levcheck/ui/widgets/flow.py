"""A row that goes on in the next line when there is no room: nothing in it is ever cut."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class FlowLayout(QLayout):
    """Lays widgets in reading order, centred on their line; those added with `pushed` stand at the right end of theirs."""

    def __init__(self, parent: QWidget | None = None, *, spacing: int = 0) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._pushed: set[int] = set()
        self._gap = spacing

    def add_widget(self, widget: QWidget, *, pushed: bool = False) -> None:
        """Append a widget."""
        if pushed:
            self._pushed.add(len(self._items))
        self.addWidget(widget)

    def addItem(self, item: QLayoutItem) -> None:
        """Take an item over, as Qt asks."""
        self._items.append(item)

    def count(self) -> int:
        """Return how many items there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """Return an item; None past the end."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Give an item away; None past the end."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """Take no more room than needed."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """The narrower, the more lines."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of all lines at a width."""
        return self._place(QRect(0, 0, width, 0), moves=False)

    def setGeometry(self, rect: QRect) -> None:
        """Put everything in its place."""
        super().setGeometry(rect)
        self._place(rect, moves=True)

    def sizeHint(self) -> QSize:
        """Return the size of one single line."""
        shown = [item.sizeHint() for item in self._items if not item.isEmpty()]
        width = sum(s.width() for s in shown) + self._gap * max(len(shown) - 1, 0)
        return self._with_margins(QSize(width, max((s.height() for s in shown), default=0)))

    def minimumSize(self) -> QSize:
        """Return the size of the largest item: every other one finds a line."""
        least = QSize(0, 0)
        for item in self._items:
            if not item.isEmpty():
                least = least.expandedTo(item.minimumSize())
        return self._with_margins(least)

    def _with_margins(self, size: QSize) -> QSize:
        edge = self.contentsMargins()
        return size + QSize(edge.left() + edge.right(), edge.top() + edge.bottom())

    def _place(self, rect: QRect, *, moves: bool) -> int:
        edge = self.contentsMargins()
        inner = rect.marginsRemoved(edge)
        top = inner.top()
        for line in self._lines(inner.width()):
            height = max(self._items[n].sizeHint().height() for n in line)
            if moves:
                self._place_line(line, inner, top, height)
            top += height + self._gap // 2
        return top - self._gap // 2 + edge.bottom() - rect.top()

    def _lines(self, width: int) -> list[list[int]]:
        lines: list[list[int]] = []
        used = 0
        for number, item in enumerate(self._items):
            if item.isEmpty():
                continue
            needed = item.sizeHint().width()
            if not lines or used + self._gap + needed > width:
                lines.append([number])
                used = needed
            else:
                lines[-1].append(number)
                used += self._gap + needed
        return lines

    def _place_line(self, line: list[int], inner: QRect, top: int, height: int) -> None:
        widths = {n: min(self._items[n].sizeHint().width(), inner.width()) for n in line}
        spare = inner.width() - sum(widths.values()) - self._gap * (len(line) - 1)
        x, is_pushed = inner.left(), False
        for number in line:
            if number in self._pushed and not is_pushed:
                x, is_pushed = x + max(spare, 0), True
            hint = self._items[number].sizeHint()
            where = QPoint(x, top + (height - hint.height()) // 2)
            self._items[number].setGeometry(QRect(where, QSize(widths[number], hint.height())))
            x += widths[number] + self._gap
