"""A second start hands its file to the window that stands, privately, and is never kept waiting by a dead one."""

import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QUrl
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtNetwork import QLocalSocket
from pytestqt.qtbot import QtBot

from levcheck.storage.locks import take_window_lock
from levcheck.ui.application import FileEvents
from levcheck.ui.one_window import OneWindow, _address, hand_over

CALLER = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from levcheck.storage.locks import take_window_lock
from levcheck.ui.one_window import hand_over
app = QCoreApplication([])
data = Path(sys.argv[1])
file = Path(sys.argv[2]) if len(sys.argv) > 2 else None
assert take_window_lock(data) is None
print("taken" if hand_over(data, file) else "refused")
"""

DEAD = """
import os
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from levcheck.storage.locks import take_window_lock
from levcheck.ui.one_window import OneWindow
app = QCoreApplication([])
lock = take_window_lock(Path(sys.argv[1]))
assert lock is not None
OneWindow(Path(sys.argv[1]), lock)
os._exit(9)
"""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir(mode=0o700)
    return folder


@pytest.fixture
def first(data: Path) -> Iterator[OneWindow]:
    lock = take_window_lock(data)
    assert lock is not None
    claim = OneWindow(data, lock)
    yield claim
    claim.close()


def start(data: Path, *file: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", CALLER, str(data), *file], stdout=subprocess.PIPE, text=True
    )


def said(child: subprocess.Popen[str], qtbot: QtBot) -> str:
    qtbot.waitUntil(lambda: child.poll() is not None, timeout=20_000)
    assert child.stdout is not None
    with child.stdout as stream:
        return stream.read().strip()


def test_that_a_second_start_hands_its_file_over(
    qtbot: QtBot, first: OneWindow, data: Path, tmp_path: Path
) -> None:
    file = tmp_path / "Müller & Söhne 포트폴리오.xlsx"
    with qtbot.waitSignal(first.handed_over, timeout=20_000) as handed:
        child = start(data, str(file))
    assert handed.args == [file]
    assert said(child, qtbot) == "taken"


def test_that_a_second_start_without_a_file_brings_the_window_forward(
    qtbot: QtBot, first: OneWindow, data: Path
) -> None:
    with qtbot.waitSignal(first.handed_over, timeout=20_000) as handed:
        child = start(data)
    assert handed.args == [None]
    assert said(child, qtbot) == "taken"


@pytest.mark.skipif(sys.platform == "win32", reason="pipes have no mode there")
def test_that_nobody_else_can_reach_the_door(first: OneWindow, data: Path) -> None:
    door = Path(_address(data))
    assert door.parent.parent == data
    assert stat.S_IMODE(door.stat().st_mode) & 0o077 == 0
    assert stat.S_IMODE(door.parent.stat().st_mode) & 0o077 == 0


def test_that_rubbish_at_the_door_is_turned_away(
    qtbot: QtBot, first: OneWindow, data: Path
) -> None:
    heard: list[object] = []
    first.handed_over.connect(heard.append)
    for rubbish in (b"hello\n", b"[]\n", b'{"open": 7}\n', b'{"open": "zz"}\n', b"x" * 70_000):
        caller = QLocalSocket()
        caller.connectToServer(_address(data))
        assert caller.waitForConnected(2000)
        caller.write(rubbish)
        caller.flush()
        gone = QLocalSocket.LocalSocketState.UnconnectedState
        for _ in range(100):
            if caller.state() == gone:
                break
            qtbot.wait(20)
        assert caller.state() == gone
    assert heard == []


def test_that_a_dead_window_blocks_nobody(data: Path) -> None:
    dead = subprocess.run([sys.executable, "-c", DEAD, str(data)], check=False)
    assert dead.returncode == 9
    lock = take_window_lock(data)
    assert lock is not None
    claim = OneWindow(data, lock)
    assert claim.is_open  # in the place of the door the dead one left
    claim.close()


def test_that_a_window_that_does_not_answer_is_not_waited_for(data: Path, first: OneWindow) -> None:
    first.blockSignals(True)  # Qt's own signature
    began = time.monotonic()
    # The door is open but this thread, which would answer, is busy asking.
    assert not hand_over(data, Path("x.xlsx"))
    assert time.monotonic() - began < 6


def test_that_the_desktop_can_ask_for_a_file(qtbot: QtBot, tmp_path: Path) -> None:
    app = QCoreApplication.instance()
    assert app is not None
    events = FileEvents()
    app.installEventFilter(events)
    file = tmp_path / "list.xlsx"
    try:
        with qtbot.waitSignal(events.asked, timeout=20_000) as asked:
            QCoreApplication.sendEvent(app, QFileOpenEvent(QUrl.fromLocalFile(str(file))))
        assert asked.args == [file]
    finally:
        app.removeEventFilter(events)
