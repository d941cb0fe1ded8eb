"""The changes of a draft as a list: what each does, and under it its units and cash."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from levcheck.presenting.figures import Tone
from levcheck.presenting.what_if import ChangeLine
from levcheck.ui.speaking import plain_tooltip
from levcheck.ui.theme import Role, Size, current_theme
from levcheck.ui.widgets.whole_rows import WholeRowList

_LINE = Qt.ItemDataRole.UserRole
_WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
_PAD = 8, 6


class ChangeList(WholeRowList):
    """The changes of a draft, each with what it does to units and cash; ``deleted`` follows the Delete key."""

    deleted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setItemDelegate(_ChangeDelegate(self))

    def show_lines(self, lines: Sequence[ChangeLine]) -> None:
        """Show these changes; the place of the cursor stays."""
        place = self.currentRow()
        self.clear()
        for line in lines:
            item = QListWidgetItem(line.text, self)
            item.setData(_LINE, line)
            told = f"{line.text}: {line.effect}"
            item.setData(Qt.ItemDataRole.AccessibleTextRole, told)
            item.setToolTip(plain_tooltip(told))
        self.setCurrentRow(min(place, self.count() - 1))

    def sizeHint(self) -> QSize:
        """Return no more height than the list must have: it takes what is left and scrolls."""
        return QSize(super().sizeHint().width(), max(self.minimumHeight(), 96))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take a change out with Delete."""
        if event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.deleted.emit()
            return
        super().keyPressEvent(event)


class _ChangeDelegate(QStyledItemDelegate):
    """Paints a change: its words, wrapped, and under them what it does, wrapped too."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint the entry."""
        line = index.data(_LINE)
        if not isinstance(line, ChangeLine):
            return
        theme = current_theme()
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, theme.color(Role.SELECTED))
        inside = option.rect.adjusted(_PAD[0], _PAD[1], -_PAD[0], -_PAD[1])
        painter.setFont(theme.font(Size.BODY))
        painter.setPen(theme.color(Role.TEXT))
        painter.drawText(inside, _WRAP, line.text)
        top = _height(line.text, inside.width(), Size.BODY)
        painter.setFont(theme.font(Size.CAPTION))
        painter.setPen(theme.color(Role.WARNING if line.tone is Tone.WARNING else Role.TEXT_2))
        painter.drawText(inside.adjusted(0, top, 0, 0), _WRAP, line.effect)
        painter.restore()

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Return the height its wrapped texts need."""
        view, line = self.parent(), index.data(_LINE)
        width = view.viewport().width() if isinstance(view, QListWidget) else option.rect.width()
        if not isinstance(line, ChangeLine):
            return QSize(width, 0)
        inside = width - 2 * _PAD[0]
        texts = _height(line.text, inside, Size.BODY) + _height(line.effect, inside, Size.CAPTION)
        return QSize(width, texts + 2 * _PAD[1])


def _height(text: str, width: int, size: Size) -> int:
    metrics = QFontMetrics(current_theme().font(size))
    return metrics.boundingRect(QRect(0, 0, max(width, 40), 10_000), _WRAP, text).height() + 2
