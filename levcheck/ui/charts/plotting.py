"""Draws the value axes of a picture with pyqtgraph.

pyqtgraph costs a quarter of a second to import, so this module is loaded with the first chart that needs it, after
the window stands. One item holds all bars and one each curve: item counts, not points, are what costs time.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from levcheck.ui.charts.picture import Bar, Curve, Plot


@dataclass(slots=True)
class _Pen:
    item: Any
    pen: QPen
    width: float


class PlotScene:
    """The plot of one picture, ready to be rendered at any scale."""

    def __init__(self, plot: Plot) -> None:
        # The view is never shown: pyqtgraph asks it for the size of a pixel.
        self._view = pg.GraphicsView(useOpenGL=False, background=None)
        self._rect = QRectF(0, 0, plot.rect.width(), plot.rect.height())
        self._view.resize(int(self._rect.width()) + 1, int(self._rect.height()) + 1)
        box = pg.ViewBox(enableMouse=False, enableMenu=False, defaultPadding=0)
        box.setFlag(
            box.GraphicsItemFlag.ItemClipsChildrenToShape, False
        )  # paper and SVG stay free of clips
        box.childGroup.setFlag(box.GraphicsItemFlag.ItemClipsChildrenToShape, False)
        box.disableAutoRange()
        self._view.setCentralItem(box)
        self._view.setRange(self._rect, padding=0)
        box.setGeometry(self._rect)
        box.invertY(plot.y[0] < plot.y[1])
        box.invertX(plot.x[0] > plot.x[1])
        box.setRange(xRange=sorted(plot.x), yRange=sorted(plot.y), padding=0, update=True)
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
        self._view.scene().prepareForPaint()
        self._view.scene().render(painter, target, self._rect, Qt.AspectRatioMode.IgnoreAspectRatio)
        painter.restore()

    def _add_bars(self, bars: tuple[Bar, ...]) -> None:
        edges = np.array([(bar.x0, bar.x1, bar.y0, bar.y1) for bar in bars], dtype=float)
        item = pg.BarGraphItem(
            x0=edges[:, 0],
            x1=edges[:, 1],
            y0=edges[:, 2],
            y1=edges[:, 3],
            brushes=[bar.fill for bar in bars],
            pens=[_cosmetic(QPen(Qt.PenStyle.NoPen)) for _ in bars],
        )
        self._box.addItem(item, ignoreBounds=True)

    def _add_curve(self, curve: Curve) -> None:
        pen = _cosmetic(QPen(curve.colour, curve.width))
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        if curve.dashed:
            pen.setDashPattern([4.0, 3.0])
        item = pg.PlotCurveItem(
            x=np.array(curve.xs, dtype=float),
            y=np.array(curve.ys, dtype=float),
            pen=pen,
            connect="pairs" if curve.pairs else "all",
            antialias=True,
            skipFiniteCheck=True,
        )
        item.setSegmentedLineMode("off")
        self._box.addItem(item, ignoreBounds=True)
        self._pens.append(_Pen(item, pen, curve.width))


def _cosmetic(pen: QPen) -> QPen:
    pen.setCosmetic(True)
    return pen
