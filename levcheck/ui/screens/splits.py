"""Parts one above the other with a border the user can move."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from levcheck.ui.theme import current_theme

WHOLE = 1000


class Splits(QSplitter):
    """No part can be pushed away altogether.

    Args:
        name: what its place is remembered by.
        parts: each with its share of the room that is left.
        parent: of the widget.
    """

    def __init__(
        self, name: str, parts: Iterable[tuple[QWidget, int]], parent: QWidget | None = None
    ) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self.setObjectName(name)
        self.setChildrenCollapsible(False)
        self.setHandleWidth(current_theme().space("s"))
        self._shares: tuple[int, ...] = ()
        inside = list(parts)
        self._own = [share for _, share in inside]
        self._parts = [_Part(widget) for widget, _ in inside]
        for part in self._parts:
            self.addWidget(part)
        self.splitterMoved.connect(self._on_moved)

    def shares(self) -> tuple[int, ...]:
        """Return where the user has put the borders, in thousandths; empty = nowhere."""
        return self._shares

    def wear(self, shares: Sequence[int]) -> None:
        """Put the borders where they were."""
        fits = len(shares) == self.count() and all(share > 0 for share in shares)
        self._shares = tuple(shares) if fits else ()
        self._share_out()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the shares at another size."""
        super().resizeEvent(event)
        self._share_out()

    def _share_out(self) -> None:
        """Give each part its share: of the whole where the user chose, else of what is left beside what all need."""
        if self._shares:
            self.setSizes([share * self.height() // WHOLE for share in self._shares])
            return
        least = [part.minimumSizeHint().height() for part in self._parts]
        left = self.height() - self.handleWidth() * (self.count() - 1) - sum(least)
        total = sum(self._own)
        self.setSizes(
            [
                need + max(left, 0) * share // total
                for need, share in zip(least, self._own, strict=True)
            ]
        )

    @Slot()
    def _on_moved(self) -> None:
        sizes = self.sizes()
        self._shares = tuple(round(WHOLE * size / max(sum(sizes), 1)) for size in sizes)


class _Part(QWidget):
    """Asks for the height its wrapped texts need at the width it has; a splitter would not ask."""

    def __init__(self, inside: QWidget) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(inside)

    def minimumSizeHint(self) -> QSize:
        layout = self.layout()
        if layout is None:
            return super().minimumSizeHint()
        height = layout.minimumHeightForWidth(self.width()) if layout.hasHeightForWidth() else -1
        return QSize(layout.minimumSize().width(), max(height, layout.minimumSize().height()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.updateGeometry()
