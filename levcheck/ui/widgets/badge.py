"""A small tag in a table: the wrapper of a holding."""

import math

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from levcheck.domain.instrument import Wrapper
from levcheck.ui.theme import Role, Size, Theme, current_theme

_SWATCH = 12
BADGE_ROLE = (
    int(Qt.ItemDataRole.UserRole) + 40
)  # a model answers it with the wrapper of a tagged cell


def badge_width(text: str, wrapper: Wrapper | None, theme: Theme) -> int:
    """Return how wide a tag is."""
    metrics = QFontMetricsF(theme.font(Size.CAPTION, strong=True))
    swatch = theme.scaled(_SWATCH) + 6 if wrapper is not None else 0
    return math.ceil(metrics.horizontalAdvance(text)) + 16 + swatch


def paint_badge(
    painter: QPainter,
    rect: QRectF,
    text: str,
    theme: Theme,
    *,
    wrapper: Wrapper,
) -> None:
    """Paint a word in an outlined tag ("Stock", "2x", "Preferred"), with the pattern of its wrapper before it."""
    from levcheck.ui.charts.picture import Area, paint_items, tint

    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    line, ground = theme.color(Role.LINE), theme.color(Role.BG)
    box = rect.adjusted(0.5, 1.5, -0.5, -1.5)
    painter.setPen(QPen(line, 1))
    painter.setBrush(tint(line, ground, 0.06))
    painter.drawRoundedRect(box, 4, 4)
    inner = box.adjusted(7, 0, -7, 0)
    side = theme.scaled(_SWATCH)
    swatch = QRectF(inner.left(), inner.center().y() - side / 2, side, side)
    ink = theme.color(Role.TEXT_2)
    paint_items(painter, (Area(swatch, ink, theme.pattern(wrapper), 2.0, ground),))
    inner.setLeft(swatch.right() + 6)
    painter.setFont(theme.font(Size.CAPTION, strong=True))
    painter.setPen(theme.color(Role.TEXT))
    align = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
    painter.drawText(inner, align | Qt.TextFlag.TextSingleLine, text)
    painter.restore()


class BadgeDelegate(QStyledItemDelegate):
    """Draws the cells of a table, those with a wrapper (:data:`BADGE_ROLE`) as tags."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint ground, selection and focus as the style does, then the tag."""
        super().paint(painter, option, index)
        wrapper = _wrapper_of(index)
        if wrapper is None:
            return
        theme, text = current_theme(), str(index.data())
        box = QRectF(option.rect)
        width = min(badge_width(text, wrapper, theme), box.width() - 8)
        height = min(float(theme.scaled(24)), box.height() - 4)
        place = QRectF(box.left() + 6, box.center().y() - height / 2 + 0.5, width, height)
        paint_badge(painter, place, text, theme, wrapper=wrapper)

    def initStyleOption(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Leave the text of a tagged cell to the tag."""
        super().initStyleOption(option, index)
        if _wrapper_of(index) is not None:
            option.text = ""


def _wrapper_of(index: QModelIndex | QPersistentModelIndex) -> Wrapper | None:
    value = index.data(BADGE_ROLE)
    # A model's answer travels as a plain string: the enumeration is lost on the way through Qt.
    return Wrapper(value) if value else None
