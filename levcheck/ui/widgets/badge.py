"""A small tag: the wrapper of a holding, or the letters of a family."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from levcheck.domain.instrument import Wrapper
from levcheck.domain.theme import Family
from levcheck.ui.charts.picture import Area, paint_items, tint
from levcheck.ui.theme import Role, Size, Theme, current_theme, theme_source

_SWATCH = 12


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
        return badge_size(self._text, self._wrapper, current_theme(), self)

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


def badge_size(text: str, wrapper: Wrapper | None, theme: Theme, widget: QWidget) -> QSize:
    """Return the size of a tag."""
    from PySide6.QtGui import QFontMetricsF

    metrics = QFontMetricsF(theme.font(Size.CAPTION, strong=True), widget)
    swatch = theme.scaled(_SWATCH) + 6 if wrapper is not None else 0
    return QSize(round(metrics.horizontalAdvance(text)) + 16 + swatch, theme.scaled(24))


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
