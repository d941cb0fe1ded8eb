"""The small menu beside a chart: save it as a picture or a drawing, save or copy its numbers."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from levcheck.i18n.words import Words
from levcheck.ui.charts.chart import Chart
from levcheck.ui.icons import put_icon
from levcheck.ui.theme import theme_source

KINDS = ("png", "svg", "csv", "copy")
"""What can be done with a chart."""

TEXTS = (
    "Save as a &picture (PNG)…",
    "Save as a &drawing (SVG)…",
    "Save its &numbers (CSV)…",
    "&Copy its numbers",
)
"""The words of the menu, in the same order."""


class ChartMenu(QToolButton):
    """``chosen`` carries what is to be done and the chart it is about.

    A right click on the chart, or the Menu key in it, opens the same menu.
    """

    chosen = Signal(str, object)

    def __init__(self, charts: Sequence[Chart[Any]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._charts = tuple(charts)
        self.setProperty("role", "small")
        self._menu = QMenu(self)
        self._actions: list[QAction] = []
        for kind in KINDS:
            action = QAction(self._menu)
            action.setData(kind)
            action.triggered.connect(self._on_chosen)
            self._menu.addAction(action)
            self._actions.append(action)
        self.setMenu(self._menu)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        for chart in self._charts:
            chart.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            chart.customContextMenuRequested.connect(self._on_asked)
        theme_source().changed.connect(self._dress)
        self._dress()

    def speak(self, words: Words) -> None:
        """Use another language."""
        name = words.text("Save or copy this chart")
        self.setAccessibleName(name)
        self.setToolTip(name)
        for action, text in zip(self._actions, TEXTS, strict=True):
            action.setText(words.text(text))

    def chart(self) -> Chart[Any]:
        """Return the chart that is shown."""
        return next((chart for chart in self._charts if not chart.isHidden()), self._charts[0])

    @Slot()
    def _on_chosen(self) -> None:
        action = self.sender()
        if isinstance(action, QAction) and self.chart().view is not None:
            self.chosen.emit(str(action.data()), self.chart())

    @Slot(QPoint)
    def _on_asked(self, where: QPoint) -> None:
        self._menu.popup(self.chart().mapToGlobal(where))

    @Slot(object)
    def _dress(self, _theme: object = None) -> None:
        put_icon(self, "more")
