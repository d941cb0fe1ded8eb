"""A firm's mark on paper: pictures as pictures, drawings as drawings."""

from PySide6.QtCore import QByteArray, QRectF, QSizeF, Qt
from PySide6.QtGui import QImage, QPainter

from levcheck.reporting.logos import Logo

TALLEST, WIDEST = 34.0, 170.0


class PaintedMark:
    """A mark with the room it takes; nothing where it cannot be drawn."""

    def __init__(self, logo: Logo) -> None:
        self._image = QImage()
        self._drawing: object = None
        if logo.kind == "svg":
            from PySide6.QtSvg import QSvgRenderer

            drawing = QSvgRenderer(QByteArray(logo.content))
            self._drawing = drawing
            natural = QSizeF(drawing.defaultSize()) if drawing.isValid() else QSizeF()
        else:
            self._image.loadFromData(logo.content)
            natural = QSizeF(self._image.size())
        self.size = (
            natural.scaled(QSizeF(WIDEST, TALLEST), Qt.AspectRatioMode.KeepAspectRatio)
            if natural.width() > 0 and natural.height() > 0
            else QSizeF(0.0, 0.0)
        )

    def paint(self, painter: QPainter, left: float, top: float) -> None:
        """Paint it with its upper left corner there."""
        if self.size.width() <= 0:
            return
        place = QRectF(left, top, self.size.width(), self.size.height())
        if self._image.isNull():
            from PySide6.QtSvg import QSvgRenderer

            if isinstance(self._drawing, QSvgRenderer):
                self._drawing.render(painter, place)
        else:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(place, self._image)
