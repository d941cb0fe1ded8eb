"""How a picture comes onto the screen: only what can be seen, composed once, sample courses by whichever hand is there."""

import math
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, QSizeF
from PySide6.QtGui import QImage, QPainter
from pytestqt.qtbot import QtBot

from levcheck.presenting.chart_views import (
    BarRow,
    BarsView,
    Ink,
    PathLine,
    PathsView,
    make_axis,
)
from levcheck.ui.charts import BarsChart, PathsChart
from levcheck.ui.charts.composing import Composer
from levcheck.ui.charts.picture import Plot, paint_plot
from levcheck.ui.charts.samples import PaintedPlot
from levcheck.ui.theme import load_theme

SIZE = QSize(600, 360)


def bars(count: int) -> BarsView:
    rows = tuple(
        BarRow(
            key=f"p{n}",
            label=f"Position {n}",
            value=float(n % 7 - 3),
            text=f"{n % 7 - 3}",
            ink=Ink.LOSS,
        )
        for n in range(count)
    )
    return BarsView(title="Bars", summary="", rows=rows, axis=make_axis([-3.0, 3.0], str))


def courses(samples: int) -> PathsView:
    def line(number: int, *, is_sample: bool) -> PathLine:
        points = tuple((float(x), math.sin(x / 3 + number) * number / 9) for x in range(64))
        ink = Ink.ACCENT if number % 2 else Ink.WARNING
        return PathLine(
            key=f"c{number}",
            label=f"Course {number}",
            points=points,
            ink=ink,
            sample=is_sample,
        )

    lines = (
        *(line(n, is_sample=True) for n in range(samples)),
        *(line(n, is_sample=False) for n in range(3)),
    )
    up = make_axis([-2.0, 2.0], str)
    return PathsView(title="Courses", summary="", lines=lines, across=make_axis([63.0], str), up=up)


def plot_of(view: PathsView) -> Plot:
    composer = Composer(load_theme("light"), QSizeF(SIZE))
    PathsChart.compose(view, composer)
    plot = composer.finish().plot
    assert plot is not None
    return plot


def blank() -> QImage:
    image = QImage(SIZE, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFF)
    return image


def greys(image: QImage) -> bytes:
    return bytes(image.convertToFormat(QImage.Format.Format_Grayscale8).constBits())


def test_that_sample_courses_look_the_same_by_pyqtgraph_and_by_the_painter(qtbot: QtBot) -> None:
    from levcheck.ui.charts.plotting import PlotScene

    del qtbot
    plot = replace(plot_of(courses(12)), curves=())
    assert len(plot.samples) == 12
    by_painter, by_pyqtgraph = blank(), blank()
    painter = QPainter(by_painter)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint_plot(painter, plot)
    painter.end()
    painter = QPainter(by_pyqtgraph)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint_plot(painter, plot, PlotScene(plot).paint)
    painter.end()
    pairs = list(zip(greys(by_painter), greys(by_pyqtgraph), strict=True))
    inked = sum(one < 250 for one, _ in pairs)
    far = sum(abs(one - other) > 24 for one, other in pairs)
    assert inked > 2000
    assert far < inked * 0.01


def test_that_pyqtgraph_draws_sample_courses_once_it_is_loaded(qtbot: QtBot) -> None:
    plot = plot_of(courses(5))

    def is_drawn_by_it() -> bool:
        painted, image = PaintedPlot(plot), blank()
        painter = QPainter(image)
        painted.paint(painter)
        painter.end()
        assert image != blank()  # until then the painter draws them
        return painted.has_scene

    qtbot.waitUntil(is_drawn_by_it, timeout=30_000)


def test_that_no_other_plot_asks_for_pyqtgraph(qtbot: QtBot) -> None:
    del qtbot
    plot = plot_of(courses(0))
    painted, image = PaintedPlot(plot), blank()
    painter = QPainter(image)
    painted.paint(painter)
    painter.end()
    assert plot.curves
    assert not painted.has_scene


@pytest.mark.parametrize("top", [0, 333, 1700])
def test_that_a_part_of_a_chart_looks_like_the_whole(qtbot: QtBot, top: int) -> None:
    """What lies outside of the part that is painted is passed over; nothing at its edge may be missing."""
    chart = BarsChart()
    qtbot.addWidget(chart)
    chart.resize(500, 2400)
    chart.show_view(bars(80))
    part = QRect(QPoint(120, top), QSize(300, 300))
    assert chart.grab(part).toImage() == chart.grab().toImage().copy(part)


def test_that_a_view_is_composed_once(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    composed: list[BarsView] = []
    compose = BarsChart.compose

    def counted(view: BarsView, composer: Composer) -> None:
        composed.append(view)
        compose(view, composer)

    chart = BarsChart()
    qtbot.addWidget(chart)
    chart.resize(SIZE)
    monkeypatch.setattr(BarsChart, "compose", staticmethod(counted))
    chart.show_view(bars(8))
    chart.grab()
    chart.grab()
    assert len(composed) == 1
    chart.resize(SIZE + QSize(40, 0))
    chart.grab()
    assert len(composed) == 2


def test_that_a_second_view_is_laid_out_as_if_it_were_the_first(qtbot: QtBot) -> None:
    """Widths of texts are carried from one view to the next; another text size begins anew."""
    charts = [BarsChart(), BarsChart()]
    for chart in charts:
        qtbot.addWidget(chart)
        chart.resize(SIZE)
    charts[0].show_view(bars(20))
    for chart in charts:
        chart.show_view(bars(9))
    assert charts[0].picture() == charts[1].picture()
    charts[0].clear()
    charts[0].show_view(bars(9))
    assert charts[0].picture() == charts[1].picture()
