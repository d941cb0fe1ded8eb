"""Draws the value axes of a picture with pyqtgraph.

pyqtgraph costs a quarter of a second to import, so this module is loaded with the first chart that needs it, after
the window stands. One item holds the bars of a colour and one each curve: items, not points, are what costs time.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from levcheck.ui.charts.picture import Bar, Curve, Plot

FloatArray = NDArray[np.float64]
_EDGE = 4.0


@dataclass(slots=True)
class _Pen:
    item: Any
    pen: QPen
    width: float


class PlotScene:
    """The plot of one picture, ready to be rendered at any scale."""

    def __init__(self, plot: Plot) -> None:
        # A scene without a view: what is rendered by a painter needs no widget, and none is left behind.
        self._scene = pg.GraphicsScene()
        self._rect = QRectF(0, 0, plot.rect.width(), plot.rect.height())
        box = pg.ViewBox(enableMouse=False, enableMenu=False, defaultPadding=0)
        box.setFlag(box.GraphicsItemFlag.ItemClipsChildrenToShape, False)
        box.childGroup.setFlag(box.GraphicsItemFlag.ItemClipsChildrenToShape, False)
        box.disableAutoRange()
        self._scene.addItem(box)
        box.setGeometry(self._rect)
        # Values become pixels here: with money on one axis the transform would need more decimals than PDF writes.
        box.invertY(b=True)
        box.setRange(xRange=(0.0, self._rect.width()), yRange=(0.0, self._rect.height()), padding=0)
        self._plot = plot
        self._box = box
        self._pens: list[_Pen] = []
        if plot.bars:
            self._add_bars(plot.bars)
        for curve in plot.curves:
            self._add_curve(curve)

    def paint(self, painter: QPainter, target: QRectF) -> None:
        """Render into `target`, with line widths that follow the painter's scale."""
        transform = painter.deviceTransform()
        scale = abs(transform.m11()) or 1.0
        for held in self._pens:
            held.pen.setWidthF(held.width * scale)
            held.item.setPen(held.pen)
        painter.save()
        self._scene.prepareForPaint()
        # Rendering clips to its target, and half a line at the edge of an axis belongs to the picture too.
        around = self._rect.adjusted(-_EDGE, -_EDGE, _EDGE, _EDGE)
        place = target.adjusted(-_EDGE, -_EDGE, _EDGE, _EDGE)
        self._scene.render(painter, place, around, Qt.AspectRatioMode.IgnoreAspectRatio)
        painter.restore()

    def _add_bars(self, bars: tuple[Bar, ...]) -> None:
        # One item for each colour: an item of several colours replays a QPicture, which every device of another
        # resolution rescales once more, so that bars on paper would stand in the wrong place.
        colours: dict[str, list[Bar]] = {}
        for bar in bars:
            colours.setdefault(bar.fill.name(), []).append(bar)
        for colour, same in colours.items():
            edges = np.array([(bar.x0, bar.x1, bar.y0, bar.y1) for bar in same], dtype=float)
            across, down = self._across(edges[:, :2]), self._down(edges[:, 2:])
            item = pg.BarGraphItem(
                x0=across.min(axis=1),
                x1=across.max(axis=1),
                y0=down.min(axis=1),
                y1=down.max(axis=1),
                brush=QColor(colour),
                pen=QPen(Qt.PenStyle.NoPen),
            )
            self._box.addItem(item, ignoreBounds=True)

    def _add_curve(self, curve: Curve) -> None:
        pen = _cosmetic(QPen(curve.colour, curve.width))
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        if curve.dashed:
            pen.setDashPattern([4.0, 3.0])
        item = pg.PlotCurveItem(
            x=self._across(np.array(curve.xs, dtype=float)),
            y=self._down(np.array(curve.ys, dtype=float)),
            pen=pen,
            connect="pairs" if curve.pairs else "all",
            antialias=True,
            skipFiniteCheck=True,
        )
        item.setSegmentedLineMode("off")
        self._box.addItem(item, ignoreBounds=True)
        self._pens.append(_Pen(item, pen, curve.width))

    def _across(self, values: FloatArray) -> FloatArray:
        low, high = self._plot.x
        return (values - low) / (high - low or 1.0) * self._rect.width()

    def _down(self, values: FloatArray) -> FloatArray:
        top, bottom = self._plot.y
        return (values - top) / (bottom - top or 1.0) * self._rect.height()


def _cosmetic(pen: QPen) -> QPen:
    pen.setCosmetic(True)
    return pen
