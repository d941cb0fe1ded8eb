"""Takes charts out of the window: as pictures, as drawings, and as the numbers behind them."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QSize
from PySide6.QtGui import QImageWriter
from PySide6.QtWidgets import QWidget

from levcheck.presenting.chart_tables import chart_table
from levcheck.presenting.table_files import csv_bytes
from levcheck.ui.charts.chart import Chart
from levcheck.ui.clipboard import copy_text
from levcheck.ui.file_desk import FileDesk
from levcheck.ui.speaking import announce
from levcheck.ui.workspace import Workspace

PICTURE_SCALE = 2.0
LEAST = QSize(640, 320)
_FILTERS = {"png": "PNG (*.png)", "svg": "SVG (*.svg)", "csv": "CSV (*.csv)"}


class ChartDesk(QObject):
    """Shows what the screen shows: the same numbers, and hidden amounts stay hidden."""

    def __init__(self, workspace: Workspace, files: FileDesk, window: QWidget) -> None:
        super().__init__(window)
        self._workspace = workspace
        self._files = files
        self._window = window

    def export(self, kind: str, chart: Chart[Any]) -> None:
        """Ask where to, and write; ``copy`` puts the numbers on the clipboard."""
        view = chart.view
        if view is None:
            return
        words = self._workspace.words
        if kind == "copy":
            copy_text(chart_table(view, words).as_tsv())
            announce(self._window, words.text("The numbers were copied."))
            return

        def write(path: Path) -> None:
            self._files.write(path, self.content(kind, chart))

        self._files.ask_target(f"{view.title}.{kind}", _FILTERS[kind], write)

    def content(self, kind: str, chart: Chart[Any]) -> bytes:
        """Return a chart as the bytes of a file: ``png``, ``svg`` or ``csv``."""
        if kind == "csv":
            assert chart.view is not None  # noqa: S101  # asked for by export() only where there is one
            return csv_bytes(chart_table(chart.view, self._workspace.words))
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        size = chart.size().expandedTo(LEAST)
        if kind == "svg":
            chart.to_svg(buffer, size)
        else:
            QImageWriter(buffer, QByteArray(b"png")).write(chart.to_image(PICTURE_SCALE, size))
        return bytes(buffer.data().data())
