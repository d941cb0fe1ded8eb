"""Draws the sample courses of a plot with pyqtgraph: all courses of a pen are one item, made from one array.

pyqtgraph takes a quarter of a second and twenty megabytes to import, so this module is loaded beside the window when the
first sample courses are shown (:mod:`~levcheck.ui.charts.samples`).
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from levcheck.ui.charts.picture import Curve, Plot, curve_pen

FloatArray = NDArray[np.float64]
_EDGE = 4.0


@dataclass(slots=True)
class _Pen:
    item: Any
    pen: QPen
    width: float


class PlotScene:
    """The sample courses of one plot, ready to be rendered at any scale."""

    def __init__(self, plot: Plot) -> None:
        # A scene without a view: what is rendered by a painter needs no widget, and none is left behind.
        self._scene = pg.GraphicsScene()
        self._plot = plot
        self._rect = QRectF(0, 0, plot.rect.width(), plot.rect.height())
        self._pens: list[_Pen] = []
        # Items, not points, are what costs time.
        alike: dict[tuple[str, float, bool], list[Curve]] = {}
        for curve in plot.samples:
            alike.setdefault((curve.colour.name(), curve.width, curve.dashed), []).append(curve)
        for curves in alike.values():
            self._add(curves)

    def paint(self, painter: QPainter) -> None:
        """Render where the plot stands, with line widths that follow the painter's scale."""
        transform = painter.deviceTransform()
        scale = abs(transform.m11()) or 1.0
        for held in self._pens:
            held.pen.setWidthF(held.width * scale)
            held.item.setPen(held.pen)
        painter.save()
        self._scene.prepareForPaint()
        # Rendering clips to its target, and half a line at the edge of an axis belongs to the picture too.
        around = self._rect.adjusted(-_EDGE, -_EDGE, _EDGE, _EDGE)
        place = self._plot.rect.adjusted(-_EDGE, -_EDGE, _EDGE, _EDGE)
        self._scene.render(painter, place, around, Qt.AspectRatioMode.IgnoreAspectRatio)
        painter.restore()

    def _add(self, curves: list[Curve]) -> None:
        pen = curve_pen(curves[0])
        pen.setCosmetic(True)
        # Each point is joined to the next, but for the last of a course.
        joined = np.ones(sum(len(curve.xs) for curve in curves), dtype=bool)
        joined[np.cumsum([len(curve.xs) for curve in curves]) - 1] = False
        item = pg.PlotCurveItem(
            x=self._across(np.concatenate([curve.xs for curve in curves])),
            y=self._down(np.concatenate([curve.ys for curve in curves])),
            pen=pen,
            connect=joined,
            antialias=True,
            skipFiniteCheck=True,
        )
        item.setSegmentedLineMode("off")
        self._scene.addItem(item)
        self._pens.append(_Pen(item, pen, curves[0].width))

    # Values become pixels here: with money on one axis the transform would need more decimals than a device keeps.

    def _across(self, values: FloatArray) -> FloatArray:
        low, high = self._plot.x
        return (values - low) / (high - low or 1.0) * self._rect.width()

    def _down(self, values: FloatArray) -> FloatArray:
        top, bottom = self._plot.y
        return (values - top) / (bottom - top or 1.0) * self._rect.height()
