"""The one chart widget: shows a composed picture, moves a focus over its marks and speaks them."""

import math
from abc import abstractmethod
from pathlib import Path
from typing import ClassVar, Generic, TypeVar

from PySide6.QtCore import QEvent, QIODevice, QPointF, QRectF, QSize, QSizeF, Qt, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QHelpEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPdfWriter,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from levcheck.presenting.chart_views import ChartView
from levcheck.ui.charts.composing import Composer, Widths
from levcheck.ui.charts.picture import Mark, Picture, paint_items, paint_plot
from levcheck.ui.charts.samples import PaintedPlot
from levcheck.ui.dressing import waits
from levcheck.ui.speaking import announce, plain_tooltip
from levcheck.ui.theme import Role, Theme, theme_source

# Room between the widget's edge and the drawing for the focus ring: at the sides its own width, so that a drawing stands
# under its heading, above and below with a gap.
_SIDE, _PAD = 2, 6

_REACH = 8  # pixels by which a glyph or an outline may stand over its place

ViewT = TypeVar("ViewT", bound=ChartView)

_BACK = (Qt.Key.Key_Left, Qt.Key.Key_Up)
_ON = (Qt.Key.Key_Right, Qt.Key.Key_Down)
_OPEN = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_F1)


class PaintedPicture:
    """A picture on the screen."""

    def __init__(self, picture: Picture) -> None:
        self.picture = picture
        self._plot = None if picture.plot is None else PaintedPlot(picture.plot)

    def paint(self, painter: QPainter, within: QRectF | None = None) -> None:
        """Paint at the painter's origin in chart pixels.

        Args:
            painter: on the screen.
            within: what of the chart can be seen; None = all of it.
        """
        paint_items(painter, self.picture.under, within)
        if self._plot is not None:
            self._plot.paint(painter, within)
        paint_items(painter, self.picture.over, within)


class Chart(QWidget, Generic[ViewT]):
    """Base of all charts.

    ``mark_activated`` carries the key of a mark that was clicked or opened by Enter, Space or F1; ``mark_focused``
    the key the keyboard or the pointer moved to.
    """

    mark_activated = Signal(str)
    mark_focused = Signal(str)

    smallest: ClassVar[QSize] = QSize(240, 96)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view: ViewT | None = None
        self._painted: PaintedPicture | None = None
        self._composed_for = QSize()
        self._widths: Widths = {}
        self._current = -1
        self._hovered = -1
        self._needed = (0.0, 0.0)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.MinimumExpanding)
        theme_source().changed.connect(self._on_theme_changed)

    # --- what a chart is asked ---------------------------------------------------------------------------

    @staticmethod
    @abstractmethod
    def compose(view: ViewT, composer: Composer) -> None:
        """Draw `view` into `composer`; pure, so that screen and paper show the same."""

    @property
    def view(self) -> ViewT | None:
        """What is shown; None before the first view."""
        return self._view

    @property
    def current_key(self) -> str:
        """Key of the mark that has the focus; empty when none has."""
        marks = self._marks()
        return marks[self._current].key if 0 <= self._current < len(marks) else ""

    def focused_key(self) -> str:
        """Return the key of the number that has the focus; empty when none has."""
        return self.current_key

    def show_view(self, view: ViewT) -> None:
        """Show a view; the focused mark stays focused when it still exists."""
        key = self.current_key
        self._view = view
        self._forget()
        self._hovered = -1
        self._current = next((i for i, m in enumerate(self._marks()) if m.key == key), -1)
        self.setAccessibleName(view.title)
        self.setAccessibleDescription(view.summary or view.empty_text)
        self._fit()
        self.update()

    def clear(self) -> None:
        """Forget everything shown, for the next client."""
        self._view = None
        self._current = self._hovered = -1
        self.setAccessibleName("")
        self.setAccessibleDescription("")
        self._widths = {}
        self._forget()
        self.update()

    def focus_mark(self, key: str) -> bool:
        """Move the focus to a mark, for a selection made elsewhere; say whether it exists."""
        for index, mark in enumerate(self._marks()):
            if mark.key == key:
                self._current = index
                self.update()
                return True
        return False

    def picture(self) -> Picture:
        """Return what is painted at the present size and theme."""
        return self._compose().picture

    # --- on paper ----------------------------------------------------------------------------------------

    def paint(
        self, painter: QPainter, rect: QRectF, theme: Theme, *, unit: float | None = None
    ) -> None:
        """Paint the chart as vectors into `rect` of any painter (see :func:`paint_view`)."""
        if self._view is not None:
            paint_composed(type(self), self._view, painter, rect, theme, unit=unit)

    def to_image(self, scale: float = 2.0, size: QSize | None = None) -> QImage:
        """Return the chart as an image, `scale` device pixels for one chart pixel."""
        shape = size or self._drawing_size()
        image = QImage(
            max(1, round(shape.width() * scale)),
            max(1, round(shape.height() * scale)),
            QImage.Format.Format_ARGB32_Premultiplied,
        )
        theme = theme_source().theme
        image.fill(theme.color(Role.BG))
        painter = QPainter(image)
        self.paint(painter, QRectF(image.rect()), theme, unit=scale)
        painter.end()
        image.setDevicePixelRatio(scale)
        return image

    def to_svg(self, target: Path | QIODevice, size: QSize | None = None) -> None:
        """Write the chart as an SVG drawing in the light theme, to a file or an open device.

        Raises:
            OSError: the file cannot be written.
        """
        from PySide6.QtSvg import QSvgGenerator

        from levcheck.ui.theme import load_theme

        shape = size or self._drawing_size()
        generator = QSvgGenerator()
        if isinstance(target, Path):
            target.touch()
            generator.setFileName(str(target))
        else:
            generator.setOutputDevice(target)
        generator.setSize(shape)
        generator.setViewBox(QRectF(0, 0, shape.width(), shape.height()))
        generator.setResolution(96)
        if self._view is not None:
            generator.setTitle(self._view.title)
            generator.setDescription(self._view.summary)
        theme = load_theme("light").with_language(theme_source().theme.language)
        painter = QPainter(generator)
        self.paint(painter, QRectF(0, 0, shape.width(), shape.height()), theme, unit=1.0)
        painter.end()

    # --- size --------------------------------------------------------------------------------------------

    def minimumSizeHint(self) -> QSize:
        """Return the size below which something would be left out."""
        scale = theme_source().theme.text_scale
        width = max(self.smallest.width() * min(scale, 1.4), self._needed[0])
        height = max(float(self.smallest.height()), self._needed[1])
        return QSize(math.ceil(width + 2 * _SIDE), math.ceil(height + 2 * _PAD))

    def sizeHint(self) -> QSize:
        """Return a comfortable size."""
        least = self.minimumSizeHint()
        return QSize(max(520, least.width()), least.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Compose anew and ask for the height the new width needs; Qt also tells a size that is not new."""
        super().resizeEvent(event)
        if self._composed_for != self._drawing_size():
            self._forget()
            self._fit()

    # --- painting ----------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the picture, the mark pointed at and the focus ring."""
        theme = theme_source().theme
        painted = None if self._view is None else self._compose()
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color(Role.BG))
        if painted is None:
            painter.end()
            return
        marks = painted.picture.marks
        painter.translate(_SIDE, _PAD)
        if 0 <= self._hovered < len(marks):
            self._paint_hover(painter, marks[self._hovered], theme)
        around = (-_SIDE - _REACH, -_PAD - _REACH, -_SIDE + _REACH, -_PAD + _REACH)
        painted.paint(painter, QRectF(event.rect()).adjusted(*around))
        if self.hasFocus():
            self._paint_focus(painter, marks, theme)
        painter.end()

    def _paint_hover(self, painter: QPainter, mark: Mark, theme: Theme) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(Role.HOVER))
        for rect in mark.rects:
            painter.drawRoundedRect(rect.adjusted(-3, 0, 3, 0), 4, 4)

    def _paint_focus(self, painter: QPainter, marks: tuple[Mark, ...], theme: Theme) -> None:
        ring = theme.shape["ring"]
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.color(Role.ACCENT), ring))
        whole = QRectF(self.rect()).translated(-_SIDE, -_PAD).adjusted(1, 1, -1, -1)
        if not 0 <= self._current < len(marks):
            painter.drawRoundedRect(whole, theme.radius, theme.radius)
            return
        for rect in marks[self._current].rects:
            around = rect.adjusted(-2 * ring, -ring, 2 * ring, ring).intersected(whole)
            painter.drawRoundedRect(around, 4, 4)

    # --- keyboard and pointer ----------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move over the marks with the arrows, open one with Enter, Space or F1."""
        count, key = len(self._marks()), Qt.Key(event.key())
        if not count:
            super().keyPressEvent(event)
        elif key in _ON:
            self._go_to(min(self._current + 1, count - 1))
        elif key in _BACK:
            self._go_to(max(self._current - 1, 0))
        elif key == Qt.Key.Key_Home:
            self._go_to(0)
        elif key == Qt.Key.Key_End:
            self._go_to(count - 1)
        elif key in _OPEN and self.current_key:
            self.mark_activated.emit(self.current_key)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keyboard is."""
        super().focusInEvent(event)
        if (
            self._current < 0
            and self._marks()
            and event.reason() != Qt.FocusReason.MouseFocusReason
        ):
            self._go_to(0)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the ring away."""
        super().focusOutEvent(event)
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light up the mark under the pointer."""
        index = self._index_at(event.position())
        if index != self._hovered:
            self._hovered = index
            self.setCursor(
                Qt.CursorShape.PointingHandCursor if index >= 0 else Qt.CursorShape.ArrowCursor
            )
            if index >= 0:
                self.mark_focused.emit(self._marks()[index].key)
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Put the light out."""
        super().leaveEvent(event)
        self._hovered = -1
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open the mark that was clicked."""
        index = self._index_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and index >= 0:
            self._current = index
            self.update()
            self.mark_activated.emit(self._marks()[index].key)

    def event(self, event: QEvent) -> bool:
        """Answer the question for a tooltip with the words of the mark."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            index = self._index_at(QPointF(event.pos()))
            text = self._marks()[index].spoken if index >= 0 else ""
            QToolTip.showText(event.globalPos(), plain_tooltip(text), self)
            return True
        return super().event(event)

    def _go_to(self, index: int) -> None:
        self._current = index
        mark = self._marks()[index]
        self.update()
        announce(self, mark.spoken)
        self.mark_focused.emit(mark.key)

    def _index_at(self, where: QPointF) -> int:
        where = where - QPointF(_SIDE, _PAD)
        # The last match is the smallest or topmost one: rows lie under the segments drawn on them.
        for index in range(len(self._marks()) - 1, -1, -1):
            if any(rect.contains(where) for rect in self._marks()[index].rects):
                return index
        return -1

    # --- inside ------------------------------------------------------------------------------------------

    def _marks(self) -> tuple[Mark, ...]:
        return () if self._view is None else self._compose().picture.marks

    def _compose(self) -> PaintedPicture:
        if self._painted is None:
            view = self._view
            self._composed_for = self._drawing_size()
            composer = Composer(theme_source().theme, QSizeF(self._composed_for), self._widths)
            if view is not None:
                self.compose(view, composer)
            # Names and most figures of the next view are those of this one.
            self._widths = composer.widths
            self._painted = PaintedPicture(composer.finish())
        return self._painted

    def _drawing_size(self) -> QSize:
        return QSize(max(1, self.width() - 2 * _SIDE), max(1, self.height() - 2 * _PAD))

    def _forget(self) -> None:
        self._painted = None
        self._composed_for = QSize()

    def _fit(self) -> None:
        if self._view is None:
            needed = (0.0, 0.0)
        else:
            picture = self._compose().picture
            needed = (picture.needed_width, picture.needed)
        if needed != self._needed:
            self._needed = needed
            self.updateGeometry()

    @Slot(object)
    def _on_theme_changed(self, _theme: object = None) -> None:
        if _theme is not None and waits(self, self._on_theme_changed):
            return
        self._widths = {}
        self._forget()
        self._fit()
        self.update()


def paint_composed(
    chart: type[Chart[ViewT]],
    view: ViewT,
    painter: QPainter,
    rect: QRectF,
    theme: Theme,
    *,
    unit: float | None = None,
) -> float:
    """Compose and paint a view; return the height it needs at this width, in painter units."""
    scale = unit or device_unit(painter)
    composer = Composer(theme, QSizeF(rect.width() / scale, rect.height() / scale))
    chart.compose(view, composer)
    picture = composer.finish()
    painter.save()
    painter.translate(rect.topLeft())
    painter.scale(scale, scale)
    paint_items(painter, picture.under)
    if picture.plot is not None:
        paint_plot(painter, picture.plot)
    paint_items(painter, picture.over)
    painter.restore()
    return picture.needed * scale


def composed_height(
    chart: type[Chart[ViewT]], view: ViewT, width: float, most: float, theme: Theme
) -> float:
    """Return the height a view needs at a width, in chart pixels; nothing is painted."""
    composer = Composer(theme, QSizeF(width, most))
    chart.compose(view, composer)
    return composer.finish().needed


def device_unit(painter: QPainter) -> float:
    """Return how many painter units make one chart pixel: more than one on paper, one on screen."""
    device = painter.device()
    if isinstance(device, QPdfWriter) and painter.worldTransform().isIdentity():
        return device.logicalDpiX() / 96.0
    return 1.0


def contrast_ink(ground: QColor, dark: QColor, light: QColor) -> QColor:
    """Return whichever of two inks reads better on `ground` (WCAG 2 relative luminance)."""
    return dark if _ratio(ground, dark) >= _ratio(ground, light) else light


def _ratio(a: QColor, b: QColor) -> float:
    bright, dim = sorted((_luminance(a), _luminance(b)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def _luminance(colour: QColor) -> float:
    parts = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
        for c in (colour.redF(), colour.greenF(), colour.blueF())
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
