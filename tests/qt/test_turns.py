"""How long the thread that paints works between two turns of the event loop, with five hundred holdings open."""

import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt, QTimer, Slot
from pytestqt.qtbot import QtBot

from levcheck.i18n.words import Words
from levcheck.reference.catalogue import Catalogue
from levcheck.ui.actions import SCREENS
from levcheck.ui.engine import LocalEngine
from levcheck.ui.main_window import MainWindow
from levcheck.ui.theme import theme_source
from levcheck.ui.workspace import Workspace

HOLDINGS = 500
LONGEST_MS = 100.0
WAIT_MS = 120_000

pytestmark = pytest.mark.slow


class Watch(QObject):
    """Notes what one turn of the event loop cost the thread it lives on, by that thread's own processor time."""

    def __init__(self) -> None:
        super().__init__()
        self.longest: dict[str, float] = {}
        self._doing = ""
        self._last = 0.0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)

    def see(self, doing: str) -> None:
        """Count for something else from now on."""
        self._beat()
        self._doing = doing
        self._timer.start(2)

    @Slot()
    def _beat(self) -> None:
        now = time.thread_time()
        if self._doing:
            worked = (now - self._last) * 1000.0
            self.longest[self._doing] = max(self.longest.get(self._doing, 0.0), worked)
        self._last = now


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    theme_source().choose("light")  # as a start does: the first sheet dresses every widget there is
    made = MainWindow(Workspace(LocalEngine(), Words("en")))
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    yield made
    made.leave()


def list_of(count: int, folder: Path) -> Path:
    library = Catalogue.for_user()
    known = library.instruments(one for one, _ in library.names)
    rows = [one for one in known.values() if one.symbol and one.currency == "USD"][:count]
    lines = [f"{one.symbol},{10 + n % 90},{20 + n % 300},USD" for n, one in enumerate(rows)]
    path = folder / "list.csv"
    path.write_text("\n".join(("Symbol,Quantity,Price,Currency", *lines)), encoding="utf-8")
    assert len(lines) == count
    return path


def journey(
    window: MainWindow, folder: Path
) -> Iterator[tuple[str, Callable[[], object], Callable[[], bool]]]:
    """Yield what is done, how, and when it is done."""
    work, reports = window.workspace, window.reports
    all_made: list[None] = []
    window._deck.made.connect(lambda: all_made.append(None))
    file = list_of(HOLDINGS, folder)
    yield "open", lambda: work.open(file), lambda: bool(all_made)
    for spec in SCREENS:
        yield spec.id, partial(window.show_screen, spec.id), lambda: not work.is_busy
    for name in ("dark", "light"):
        yield f"{name} colours", partial(theme_source().choose, name), lambda: True
        for spec in SCREENS:
            yield (
                f"{spec.id}, {name}",
                partial(window.show_screen, spec.id),
                lambda: not work.is_busy,
            )
    yield "hide amounts", lambda: work.speak(hide_amounts=True), lambda: not work.is_busy
    yield "report", reports.do_report, lambda: reports.made() is not None
    for kind in ("pdf", "html", "xlsx"):
        report = reports.made()
        assert report is not None
        write = partial(reports.write, report, kind, folder / f"a.{kind}")
        yield kind, write, lambda: not reports.writer.is_busy


def test_that_the_window_never_works_long_between_two_looks_at_the_keyboard(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    watch = Watch()
    for doing, act, is_done in journey(window, tmp_path):
        watch.see(doing)
        act()
        qtbot.waitUntil(is_done, timeout=WAIT_MS)
        qtbot.wait(200)  # what is painted and made after it belongs to it
    assert {doing: ms for doing, ms in watch.longest.items() if ms > LONGEST_MS} == {}
