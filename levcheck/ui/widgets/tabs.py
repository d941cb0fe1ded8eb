"""Tabs that say less where there is little room, so that none of them has to be looked for."""

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QTabBar, QWidget

from levcheck.ui.speaking import plain_tooltip


class Tabs(QTabBar):
    """Each tab has a whole text and a short one; all of them show the one for which there is room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._texts: tuple[tuple[str, str], ...] = ()
        self._whole = 0
        self.setDrawBase(False)
        self.setExpanding(False)

    def set_texts(self, texts: Sequence[tuple[str, str]]) -> None:
        """Name the tabs, those that are missing are added: (whole text, short text) of each."""
        self._texts = tuple(texts)
        while self.count() < len(self._texts):
            self.addTab("")
        for number, (whole, _) in enumerate(self._texts):
            self.setAccessibleTabName(number, whole)
        self.fit()

    def fit(self) -> None:
        """Choose the texts by the room there is."""
        self._say(short=False)
        is_short = self.sizeHint().width() > self.width()
        if is_short:
            self._say(short=True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose the texts anew at another width."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.fit()

    def _say(self, *, short: bool) -> None:
        for number, (whole, brief) in enumerate(self._texts):
            self.setTabText(number, brief if short else whole)
            self.setTabToolTip(number, plain_tooltip(whole) if short else "")
