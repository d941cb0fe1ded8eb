"""The charts: one widget class for each view of ``presenting.chart_views``, and painting on paper.

``chart_for(view)`` makes the widget, ``paint_view`` paints a view without one. pyqtgraph is loaded beside the window when
the first sample courses are shown, never with this package.
"""

from typing import Any

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from levcheck.presenting.chart_views import (
    AnyChartView,
    BarsView,
    ChartView,
    CoverageView,
    DoorsView,
    DotsView,
    DumbbellView,
    MatrixView,
    PathsView,
    UpSetView,
    WaterfallView,
)
from levcheck.ui.charts.bars import BarsChart
from levcheck.ui.charts.chart import Chart, composed_height, paint_composed
from levcheck.ui.charts.coverage import CoverageChart
from levcheck.ui.charts.doors import DoorsChart
from levcheck.ui.charts.dots import DotsChart
from levcheck.ui.charts.dumbbell import DumbbellChart
from levcheck.ui.charts.matrix import MatrixChart
from levcheck.ui.charts.paths import PathsChart
from levcheck.ui.charts.upset import UpSetChart
from levcheck.ui.charts.waterfall import WaterfallChart
from levcheck.ui.theme import Theme

__all__ = [
    "BarsChart",
    "Chart",
    "CoverageChart",
    "DoorsChart",
    "DotsChart",
    "DumbbellChart",
    "MatrixChart",
    "PathsChart",
    "UpSetChart",
    "WaterfallChart",
    "chart_for",
    "height_of_view",
    "paint_view",
]

_CHARTS: dict[type[ChartView], type[Chart[Any]]] = {
    BarsView: BarsChart,
    CoverageView: CoverageChart,
    DoorsView: DoorsChart,
    DotsView: DotsChart,
    DumbbellView: DumbbellChart,
    MatrixView: MatrixChart,
    PathsView: PathsChart,
    UpSetView: UpSetChart,
    WaterfallView: WaterfallChart,
}


def chart_for(view: AnyChartView, parent: QWidget | None = None) -> Chart[Any]:
    """Return a new chart widget that shows `view`."""
    chart = _CHARTS[type(view)](parent)
    chart.show_view(view)
    return chart


def paint_view(
    view: AnyChartView,
    painter: QPainter,
    rect: QRectF,
    theme: Theme,
    *,
    unit: float | None = None,
) -> float:
    """Paint a view as vectors into `rect` of any painter, without a widget.

    Args:
        view: what to paint.
        painter: on a PDF, an SVG, an image or a printer; a QApplication must exist.
        rect: in the painter's own coordinates.
        theme: usually ``print_theme(language)``.
        unit: painter units for one chart pixel (1/96 inch on paper). None: from the resolution of a PDF writer whose
            painter is not transformed, else 1.

    Returns:
        The height the view needs at this width, in painter units; more than ``rect.height()`` means that notes or
        last rows were left out.
    """
    return paint_composed(_CHARTS[type(view)], view, painter, rect, theme, unit=unit)


def height_of_view(view: AnyChartView, width: float, most: float, theme: Theme) -> float:
    """Return the height a view needs at a width, in chart pixels.

    Nothing is painted, so it may be asked on any thread.

    Args:
        view: what will be painted.
        width: of the place.
        most: height of the place; some charts grow into it.
        theme: usually ``print_theme(language)``.
    """
    return composed_height(_CHARTS[type(view)], view, width, most, theme)
