"""Rubbish with widgets in it is collected by the painting thread only."""

import gc
import subprocess
import sys
import threading
import weakref
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from levcheck.ui.collecting import Collector, settle


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


def test_that_what_was_loaded_is_not_walked_through_again_and_what_comes_later_is(
    qtbot: QtBot,
) -> None:
    before = gc.get_freeze_count()
    early = [[0]]
    settle()
    try:
        assert gc.get_freeze_count() > before
        assert not any(one is early for one in gc.get_objects())
        ring = weakref.ref(Ring())
        gc.collect()
        assert ring() is None
    finally:
        gc.unfreeze()


def test_that_the_text_of_modules_is_not_read() -> None:
    """PySide would read every module that is imported after it, and Python would keep the text."""
    program = (
        "import linecache; from levcheck.ui.application import application; application(); linecache.clearcache(); "
        "import levcheck.ui.furniture, numpy; print(len(linecache.cache))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=Path(__file__).resolve().parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split()[-1] == "0"
