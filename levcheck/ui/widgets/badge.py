"""A small tag: the wrapper of a holding, or the letters of a family."""

import math

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from levcheck.domain.instrument import Wrapper
from levcheck.domain.theme import Family
from levcheck.ui.theme import Role, Size, Theme, current_theme, theme_source

_SWATCH = 12
BADGE_ROLE = (
    int(Qt.ItemDataRole.UserRole) + 40
)  # a model answers it with the wrapper of a tagged cell


class Badge(QWidget):
    """A word in an outlined tag ("Stock", "2x", "Preferred"), with the pattern of its wrapper before it.

    The word comes from the presenter, so that it is in the reader's language.
    """

    def __init__(
        self,
        text: str = "",
        wrapper: Wrapper | None = None,
        family: Family | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._text, self._wrapper, self._family = text, wrapper, family
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)
        theme_source().changed.connect(self._on_theme_changed)

    def show_badge(
        self, text: str, wrapper: Wrapper | None = None, family: Family | None = None
    ) -> None:
        """Show another tag."""
        self._text, self._wrapper, self._family = text, wrapper, family
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room of the word and the swatch."""
        theme = current_theme()
        return QSize(badge_width(self._text, self._wrapper, theme), theme.scaled(24))

    def minimumSizeHint(self) -> QSize:
        """Return the same."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the tag."""
        painter = QPainter(self)
        paint_badge(
            painter,
            QRectF(self.rect()),
            self._text,
            current_theme(),
            wrapper=self._wrapper,
            family=self._family,
        )
        painter.end()

    def _on_theme_changed(self, _theme: object = None) -> None:
        self.updateGeometry()
        self.update()


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
    wrapper: Wrapper | None = None,
    family: Family | None = None,
) -> None:
    """Paint a tag into `rect`; a table's delegate uses it too."""
    from levcheck.ui.charts.picture import Area, paint_items, tint

    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    colour: QColor = theme.family(family) if family else theme.color(Role.LINE)
    ground = theme.color(Role.BG)
    box = rect.adjusted(0.5, 1.5, -0.5, -1.5)
    painter.setPen(QPen(colour, 1))
    painter.setBrush(tint(colour, ground, 0.12 if family else 0.06))
    painter.drawRoundedRect(box, 4, 4)
    inner = box.adjusted(7, 0, -7, 0)
    if wrapper is not None:
        side = theme.scaled(_SWATCH)
        swatch = QRectF(inner.left(), inner.center().y() - side / 2, side, side)
        ink = theme.family(family) if family else theme.color(Role.TEXT_2)
        paint_items(painter, (Area(swatch, ink, theme.pattern(wrapper), 2.0, ground),))
        inner.setLeft(swatch.right() + 6)
    painter.setFont(theme.font(Size.CAPTION, strong=True))
    painter.setPen(theme.color(Role.TEXT))
    align = Qt.AlignmentFlag.AlignVCenter | (
        Qt.AlignmentFlag.AlignLeft if wrapper is not None else Qt.AlignmentFlag.AlignHCenter
    )
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
