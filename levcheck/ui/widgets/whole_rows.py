"""Tables and lists end at a whole row: one that is cut in half reads as a fault, or as a wrong figure."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QStyleOptionViewItem


def end_at_whole_rows(view: QAbstractItemView) -> None:
    """Scroll by whole rows: none is cut at the upper edge."""
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)


def whole_part(view: QAbstractItemView, index_at: Callable[[QPoint], QModelIndex]) -> QRect:
    """Return the part of a view in which every row is whole; all of it where not even one is.

    Args:
        view: a table or list that scrolls by rows.
        index_at: gives what is at a point, cut rows too.
    """
    inside = view.viewport().rect()
    last = index_at(QPoint(inside.left() + 1, inside.bottom()))
    if not last.isValid():
        return inside
    cut = view.visualRect(last)
    if cut.bottom() > inside.bottom() and cut.top() > inside.top():
        inside.setBottom(cut.top() - 1)
    return inside


def shared_out(room: int, heights: Iterable[int]) -> int:
    """Return what each row that fits whole gets of the room that is left under the last of them, in pixels.

    Nothing where all rows fit, for the room below a list is no gap in it.

    Args:
        room: height there is.
        heights: what the rows need, from the first on.
    """
    used = 0
    for above, height in enumerate(heights):
        if used + height > room:
            return min((room - used) // above, height // 2) if above else 0
        used += height
    return 0


def without_cut_row(event: QPaintEvent, whole: QRect) -> QPaintEvent:
    """Return what is to be painted without the row that is cut at the lower edge."""
    return QPaintEvent(event.region().intersected(whole))


class WholeRowList(QListWidget):
    """A list whose entries may take several lines; it ends at a whole one and never scrolls sideways."""

    def __init__(self) -> None:
        super().__init__()
        self.setWordWrap(True)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.spare = 0
        end_at_whole_rows(self)

    def doItemsLayout(self) -> None:
        """Share the room out to the entries that fit; their delegate adds ``spare`` pixels to the height of each."""
        self.spare = 0
        option, delegate, model = QStyleOptionViewItem(), self.itemDelegate(), self.model()
        heights = (
            delegate.sizeHint(option, model.index(row, 0)).height() for row in range(self.count())
        )
        self.spare = shared_out(self.viewport().height(), heights)
        super().doItemsLayout()

    def indexAt(self, p: QPoint) -> QModelIndex:
        """Return what is at a point: an entry that is not painted is not there."""
        is_seen = whole_part(self, super().indexAt).bottom() >= p.y()
        return super().indexAt(p) if is_seen else QModelIndex()

    def paintEvent(self, e: QPaintEvent) -> None:
        """Paint whole entries only."""
        super().paintEvent(without_cut_row(e, whole_part(self, super().indexAt)))
