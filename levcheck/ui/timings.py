"""The workloads of the benchmark that need Qt: repainting, the printed page, the first paint, memory."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import (
    QAbstractTableModel,
    QBuffer,
    QIODevice,
    QMarginsF,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    QSortFilterProxyModel,
    Qt,
)
from PySide6.QtGui import (
    QColor,
    QPageSize,
    QPainter,
    QPaintEvent,
    QPdfWriter,
    QTextDocument,
)
from PySide6.QtWidgets import QWidget

from levcheck.bench.measuring import Contender, Goal, Workload, timed
from levcheck.bench.setting import Setting
from levcheck.presenting.chart_views import (
    Axis,
    BarRow,
    BarsView,
    Ink,
    PathLine,
    PathsView,
    Tick,
    make_axis,
)
from levcheck.ui.application import application
from levcheck.ui.charts import BarsChart, PathsChart

if TYPE_CHECKING:
    from levcheck.reporting.page import Page

FRAME_MS = 1000.0 / 60.0
_SIZE = QSize(1000, 600)
_BAR_HEIGHT = 26
_SAMPLES = 1_000
_POINTS = 64
_CHILD_SECONDS = 60.0


def window_work(setting: Setting) -> Mapping[str, Callable[[], Workload]]:
    """Return the makers of the workloads that need Qt, by name."""
    application()
    found: dict[str, Callable[[], Workload]] = {
        "chart-bars": partial(_chart_bars, setting),
        "chart-fan": partial(_chart_fan, setting),
        "pdf-page": partial(_pdf_page, setting),
        "report-60": partial(_report_60, setting),
        "table-sort": partial(_table_sort, setting),
    }
    if not getattr(sys, "frozen", False):
        # A frozen program cannot start one of its modules as a program of its own.
        found |= {work.name: partial(_start, setting, work) for work in _STARTS}
    return found


# --- repainting --------------------------------------------------------------------------------------------


def _repainted(name: str, widget: QWidget, update: Callable[[int], None], size: QSize) -> Contender:
    """Return a contender that gives a widget new data and paints what a window shows of it, off screen."""
    widget.resize(size)
    widget.ensurePolished()
    count = 0

    def frame(_: None) -> None:
        nonlocal count
        count += 1
        update(count)
        widget.grab(QRect(QPoint(0, 0), _SIZE))

    return timed(name, frame, lambda: None)


class _PaintedBars(QWidget):
    """Bars and nothing else, as fast as a painter goes."""

    heights: Any = ()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor("#ffffff"))
        ink, step, middle = QColor("#4477aa"), self.height() / len(self.heights), self.width() / 2
        for number, value in enumerate(self.heights):
            painter.fillRect(QRectF(middle, number * step, value * middle, step * 0.8), ink)
        painter.end()


def _chart_bars(setting: Setting) -> Workload:
    import pyqtgraph as pg

    bars = setting.sizes.bars
    size = QSize(_SIZE.width(), max(_SIZE.height(), bars * _BAR_HEIGHT))
    frames = np.random.default_rng(setting.seed).uniform(-1.0, 1.0, (16, bars))
    views = [_bars_view(frame.tolist()) for frame in frames]
    chart = BarsChart()
    plot: Any = pg.PlotWidget()
    items = [
        pg.BarGraphItem(x0=[0], y=[n], width=[1], height=0.8, brush=pg.intColor(n))
        for n in range(bars)
    ]
    names = [pg.TextItem(f"Position {n}") for n in range(bars)]
    figures = [pg.TextItem("") for _ in range(bars)]
    for number in range(bars):
        names[number].setPos(-1.5, number)
        for item in (items[number], names[number], figures[number]):
            plot.addItem(item)

    def naive(count: int) -> None:
        for number, value in enumerate(frames[count % 16].tolist()):
            items[number].setOpts(width=[value])
            figures[number].setText(f"{value:.1%}")
            figures[number].setPos(value, number)

    painted = _PaintedBars()

    def by_hand(count: int) -> None:
        painted.heights = frames[count % 16].tolist()

    return Workload(
        "chart-bars",
        f"{bars} bars with names and figures, new values, "
        f"painted as far as {_SIZE.width()} x {_SIZE.height()} pixels show them",
        _repainted("BarsChart", chart, lambda count: chart.show_view(views[count % 16]), size),
        _repainted("pyqtgraph, an item and two texts a bar", plot, naive, _SIZE),
        _repainted("QPainter, rectangles without texts", painted, by_hand, _SIZE),
        Goal(faster=7.0, within=round(FRAME_MS, 1)),
        setting.sizes.rounds * 3,
    )


def _bars_view(values: list[float]) -> BarsView:
    rows = tuple(
        BarRow(key=f"p{n}", label=f"Position {n}", value=value, text=f"{value:.1%}", ink=Ink.LOSS)
        for n, value in enumerate(values)
    )
    axis = make_axis(values, lambda value: f"{value:.0%}")
    return BarsView(title="Loss by position", summary="", rows=rows, axis=axis)


def _chart_fan(setting: Setting) -> Workload:
    import pyqtgraph as pg

    random = np.random.default_rng(setting.seed)
    walks = np.cumprod(1.0 + random.normal(0.0, 0.03, (3, _SAMPLES, _POINTS)), axis=2)
    days = np.arange(float(_POINTS))
    views = [_fan_view(days, frame) for frame in walks]
    chart = PathsChart()
    plot: Any = pg.PlotWidget()
    curves = [plot.plot(days, walks[0, n], pen=(80, 120, 200, 40)) for n in range(_SAMPLES)]

    def naive(count: int) -> None:
        for curve, walk in zip(curves, walks[count % 3], strict=True):
            curve.setData(days, walk)

    return Workload(
        "chart-fan",
        f"{_SAMPLES:,} paths of {_POINTS} days drawn as five quantiles, new values, painted whole",
        _repainted("PathsChart", chart, lambda count: chart.show_view(views[count % 3]), _SIZE),
        _repainted("pyqtgraph, a curve a path", plot, naive, _SIZE),
        goal=Goal(faster=40.0, within=round(FRAME_MS, 1)),
        rounds=setting.sizes.rounds,
    )


def _fan_view(days: Any, walks: Any) -> PathsView:
    levels = np.quantile(walks, (0.05, 0.25, 0.5, 0.75, 0.95), axis=0)
    across = days.tolist()
    lines = tuple(
        PathLine(
            key=f"q{number}",
            label=f"Quantile {number}",
            points=tuple(zip(across, level.tolist(), strict=True)),
        )
        for number, level in enumerate(levels)
    )
    time_axis = Axis(0.0, float(_POINTS - 1), (Tick(0.0, "0"), Tick(float(_POINTS - 1), "63")))
    up = make_axis([float(levels.max())], lambda value: f"{value:.1f}")
    return PathsView(title="Fan", summary="", lines=lines, across=time_axis, up=up, start=1.0)


# --- tables --------------------------------------------------------------------------------------------------


class _PlainRows(QAbstractTableModel):
    """Rows as a script would show them, one Python call a cell."""

    def __init__(self, rows: list[tuple[str, float]]) -> None:
        super().__init__()
        self._rows = rows

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        del parent
        return len(self._rows)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        del parent
        return 2

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = 0) -> Any:
        return self._rows[index.row()][index.column()] if role == _DISPLAY else None


_DISPLAY = int(Qt.ItemDataRole.DisplayRole)


def _table_sort(setting: Setting) -> Workload:
    from levcheck.presenting.figures import Cell, Column, Row, TableView
    from levcheck.ui.screens.figure_table import FigureTableModel

    count = setting.sizes.table_rows
    fewer = max(
        count // 10, 10
    )  # the proxy is measured on a tenth, and counted ten times: it takes more than that
    values = np.random.default_rng(setting.seed).uniform(1.0, 1e6, count).tolist()
    columns = (Column("name", "Holding"), Column("value", "Value", numeric=True))
    rows = tuple(
        Row(f"p{n}", (Cell(f"Holding {n}"), Cell(f"{value:,.0f}", value)))
        for n, value in enumerate(values)
    )
    model = FigureTableModel()
    model.show_view(TableView("Holdings", columns, rows))
    proxy = QSortFilterProxyModel()
    plain = _PlainRows([(f"Holding {n}", value) for n, value in enumerate(values[:fewer])])
    proxy.setSourceModel(plain)
    orders = (Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder)
    keys = np.array(values)

    def turned(sort: Callable[[int, Qt.SortOrder], None]) -> Callable[[None], None]:
        turn = 0

        def once(_: None) -> None:
            nonlocal turn
            turn += 1
            sort(1, orders[turn % 2])

        return once

    return Workload(
        "table-sort",
        f"{count:,} rows of a table ordered by a column of numbers",
        timed("FigureTableModel", turned(model.sort), lambda: None),
        timed(
            "QSortFilterProxyModel over a model in Python",
            turned(proxy.sort),
            lambda: None,
            scale=count / fewer,
        ),
        timed("numpy.argsort", lambda _: np.argsort(keys, kind="stable"), lambda: None),
        Goal(faster=500.0, within=50.0),
        setting.sizes.rounds,
    )


# --- paper -------------------------------------------------------------------------------------------------


def _pdf_page(setting: Setting) -> Workload:
    from levcheck.reporting.html import html_document
    from levcheck.ui.pdf import pdf_bytes

    page = setting.page
    markup = html_document(page)

    def by_document(_: None) -> object:
        buffer, writer = _writer()
        document = QTextDocument()
        document.setHtml(markup)
        document.print_(writer)
        return buffer

    def bare(_: None) -> object:
        buffer, writer = _writer()
        painter = QPainter(writer)
        for row in range(40):
            painter.drawText(40, 40 + 20 * row, "Position 1,234.00 12.3% -567.00")
        painter.end()
        return buffer

    return Workload(
        "pdf-page",
        "page one as PDF: two charts, tables, embedded fonts",
        timed("pdf_bytes", lambda _: pdf_bytes(page), lambda: None),
        timed("QTextDocument of the HTML report", by_document, lambda: None),
        timed("forty lines of text", bare, lambda: None),
        Goal(within=50.0),
        setting.sizes.rounds,
    )


def _report_60(setting: Setting) -> Workload:
    from levcheck.i18n.words import Words
    from levcheck.reporting.html import html_document
    from levcheck.reporting.page import PageOptions, page_one
    from levcheck.ui.pdf import pdf_bytes

    analysis, words, options = setting.sixty, Words("en"), PageOptions()
    empty = _emptied(page_one(analysis, words, options))

    def data() -> "Page":
        return page_one(analysis, words, options)

    def by_document(_: None) -> object:
        buffer, writer = _writer()
        document = QTextDocument()
        document.setHtml(html_document(data()))
        document.print_(writer)
        return buffer

    def frame_and_data(_: None) -> object:
        return data(), pdf_bytes(empty)

    return Workload(
        "report-60",
        f"page one of {len(analysis.positions)} positions as PDF, worded and painted",
        timed("page_one and pdf_bytes", lambda _: pdf_bytes(data()), lambda: None),
        timed("the same words, QTextDocument of the HTML report", by_document, lambda: None),
        timed("the same words, and the page painted without rows", frame_and_data, lambda: None),
        Goal(above_floor=1.5),
        setting.sizes.rounds * 3,
    )


def _emptied(page: "Page") -> "Page":
    """Return a page with all its sentences, and no row in its charts and tables."""
    loss = page.loss
    return replace(
        page,
        exposure=replace(page.exposure, rows=()),
        loss=None if loss is None else replace(loss, steps=()),
        doors=replace(page.doors, rows=(), notes=()),
        resets=replace(page.resets, rows=(), notes=()),
    )


def _writer() -> tuple[QBuffer, QPdfWriter]:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(12, 12, 12, 12))
    writer.setResolution(96)
    return buffer, writer


# --- a program of its own ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Started:
    """What a fresh process says of itself: milliseconds to its first painting and to the whole window, megabytes at rest."""

    painted: float
    furnished: float
    resident: float


def _started(setting: Setting, variant: str) -> _Started:
    """Start a window in a process of its own.

    Byte-code is written and used, as it is in every installed copy, whatever this process was told to do.
    """
    root = str(Path(__file__).resolve().parents[2])
    known = os.environ.get("PYTHONPATH")
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    environment |= {
        "PYTHONPATH": f"{root}{os.pathsep}{known}" if known else root,
        "PYTHONPYCACHEPREFIX": str(setting.folder / "byte-code"),
        "LEVCHECK_DATA": str(setting.folder / "data"),
    }
    command = [sys.executable, "-m", "levcheck.ui.first_paint", variant, repr(time.time())]
    done = subprocess.run(  # noqa: S603  # our own module, with a name from our own table
        command,
        env=environment,
        capture_output=True,
        text=True,
        timeout=_CHILD_SECONDS,
        check=True,
    )
    return _Started(*map(float, done.stdout.split()[-3:]))


_HEAVY_FIRST = "levcheck with pandas, openpyxl, pyqtgraph imported first"
_BARE = "a QMainWindow with the titles of four menus"


@dataclass(frozen=True, slots=True)
class _StartWork:
    """A workload of a fresh process.

    Attributes:
        name: of the workload.
        measures: what is measured.
        figure: field of :class:`_Started`.
        suffix: of the variants of ``levcheck.ui.first_paint``.
        goal: to be met.
        rounds: how often; None = as the setting says.
        unit: of the figure.
    """

    name: str
    measures: str
    figure: str
    suffix: str
    goal: Goal
    rounds: int | None = None
    unit: str = "ms"


_STARTS = (
    _StartWork(
        "first-paint",
        "start of the process to the end of the first painting: frame, menus, the card to begin with",
        "painted",
        "",
        Goal(above_floor=1.3),
    ),
    _StartWork(
        "first-chart",
        "start of the process on the sample portfolio, to its first screen with charts: read, analysed, painted",
        "furnished",
        "-sample",
        Goal(above_floor=4.0),
    ),
    _StartWork(
        "memory-sample",
        "resident memory with the sample portfolio open, every screen made, idle",
        "resident",
        "-sample",
        Goal(within=180.0),
        2,
        "MB",
    ),
    _StartWork(
        "memory-idle",
        "resident memory with the window idle, before a file is open",
        "resident",
        "",
        Goal(above_floor=2.0, within=120.0),
        2,
        "MB",
    ),
)


def _start(setting: Setting, work: _StartWork) -> Workload:
    def way(name: str, variant: str) -> Contender:
        if work.unit == "ms":
            # The first start writes its byte-code, which an installer does for the user.
            _started(setting, variant)
        return Contender(name, lambda: float(getattr(_started(setting, variant), work.figure)))

    return Workload(
        work.name,
        work.measures,
        way("levcheck", f"levcheck{work.suffix}"),
        way(_HEAVY_FIRST, f"levcheck-heavy{work.suffix}"),
        way(_BARE, "bare"),
        work.goal,
        work.rounds or setting.sizes.rounds,
        work.unit,
    )
