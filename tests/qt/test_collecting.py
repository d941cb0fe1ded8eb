"""Rubbish with widgets in it is collected by the painting thread only."""

import gc
import linecache
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from levcheck.ui.collecting import Collector


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    was_on, limits = gc.isenabled(), gc.get_threshold()
    yield
    gc.set_threshold(*limits)
    (gc.enable if was_on else gc.disable)()


class Ring(QObject):
    """A cycle with a timer in it, as windows are."""

    def __init__(self) -> None:
        super().__init__()
        self.own = self
        self.timer = QTimer(self)
        self.timer.start(10_000)


def test_that_a_worker_never_takes_down_what_belongs_to_the_window(qtbot: QtBot) -> None:
    gc.enable()
    gc.set_threshold(200, 2, 2)
    owner = QObject()
    collector = Collector(owner)
    ring = weakref.ref(Ring())

    def work() -> None:
        kept = [[number] for number in range(50_000)]
        del kept

    worker = threading.Thread(target=work)
    worker.start()
    worker.join()
    assert ring() is not None  # automatic collection would have taken it on that thread
    held = [[number] for number in range(500)]
    for _ in range(6):
        collector.collect()
        held += [[number] for number in range(500)]
    assert ring() is None
    owner.deleteLater()


def test_that_the_text_of_modules_is_not_kept(qtbot: QtBot) -> None:
    linecache.getline(__file__, 1)
    assert linecache.cache
    Collector(QObject()).collect()
    assert not linecache.cache
