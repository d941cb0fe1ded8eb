"""Who draws sample courses on the screen: pyqtgraph once it is there, a painter until then. Both look the same."""

from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QThreadPool
from PySide6.QtGui import QPainter

from levcheck.ui.charts.picture import Plot, paint_plot

if TYPE_CHECKING:
    from levcheck.ui.charts.plotting import PlotScene

_PLOTTING = "levcheck.ui.charts.plotting"


class _Loading:
    """Loads pyqtgraph once, on a thread beside the window: on its own thread it would stand still for a quarter of a second."""

    def __init__(self) -> None:
        self.is_done = False
        self._is_asked = False

    def ask(self) -> None:
        """Load it, unless that was asked for before."""
        if not self._is_asked:
            self._is_asked = True
            QThreadPool.globalInstance().start(self._load)

    def _load(self) -> None:
        import_module(_PLOTTING)
        self.is_done = True


_LOADING = _Loading()


class PaintedPlot:
    """A plot on the screen, with its scene of sample courses once there is one."""

    def __init__(self, plot: Plot) -> None:
        self._plot = plot
        self._scene: PlotScene | None = None

    @property
    def has_scene(self) -> bool:
        """Whether pyqtgraph draws its sample courses."""
        return self._scene is not None

    def paint(self, painter: QPainter, within: QRectF | None = None) -> None:
        """Paint at the painter's origin in chart pixels, what can be seen of it."""
        if self._plot.samples and self._scene is None:
            self._scene = self._made()
        draw_samples = self._scene.paint if self._scene is not None else None
        paint_plot(painter, self._plot, draw_samples, within)

    def _made(self) -> "PlotScene | None":
        if not _LOADING.is_done:
            _LOADING.ask()
            return None
        from levcheck.ui.charts.plotting import PlotScene

        return PlotScene(self._plot)
