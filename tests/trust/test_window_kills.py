"""A window killed in the middle of an edit: at the next start the work is offered, and almost nothing of it is lost."""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.trust.conftest import environment

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kills as POSIX does")

LONGEST_LOSS_SECONDS = 30.0
PATIENCE_SECONDS = 40.0
COMMIT_ROUNDS, NIGHTLY_ROUNDS = 1, 100

# A window as a user starts it. It takes back what the one before had not saved, then edits until it is killed.
WINDOW = """
import sys
import time

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QPushButton

from levcheck.app.session import rename
from levcheck.assets import asset
from levcheck.ui.application import application, run
from levcheck.ui.main_window import MainWindow

expects = sys.argv[1] == "recovery"
app = application()
state = {"asked": False, "edits": 0}


def say(*parts):
    print(*parts, flush=True)


def tick():
    window = next((w for w in app.topLevelWidgets() if isinstance(w, MainWindow)), None)
    if window is None or not window.isVisible() or not window.is_furnished:
        return
    work = window.workspace
    if not state["asked"]:
        if expects:
            offers = [b for b in window.findChildren(QPushButton) if b.text() == "Bring it back"]
            if not offers:
                return
            offers[0].click()
        else:
            work.open(asset("examples", "story.xlsx"))
        state["asked"] = True
        return
    if work.session.is_empty:
        return
    if not state["edits"] and expects:
        state["edits"] = int(work.session.portfolio.name.split()[1])
        say("recovered", state["edits"])
    state["edits"] += 1
    number = state["edits"]
    work.edit("Rename", lambda session: rename(session, f"edit {number}"))
    say("edit", number, time.time())


timer = QTimer()
timer.timeout.connect(tick)
timer.start(150)
sys.exit(run(None))
"""


def killed_after(
    data: Path, seconds: float, *, expects: bool
) -> tuple[int, dict[int, float], float]:
    """Run a window until it has edited for some seconds, kill it, and say what it did.

    Returns:
        the number of the edit it got back (0 = none), when each of its own edits was made, when it was killed.
    """
    child = subprocess.Popen(  # our own words
        [sys.executable, "-c", WINDOW, "recovery" if expects else "sample"],
        env=environment(LEVCHECK_DATA=str(data), LANG="en_US.UTF-8"),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert child.stdout is not None
    watch = threading.Timer(PATIENCE_SECONDS, child.kill)
    watch.start()
    recovered, edits, end = 0, dict[int, float](), time.time() + PATIENCE_SECONDS
    try:
        for line in child.stdout:
            what, *facts = line.split()
            if what == "recovered":
                recovered = int(facts[0])
            elif what == "edit":
                edits[int(facts[0])] = float(facts[1])
                end = min(end, min(edits.values()) + seconds)
            if time.time() >= end:
                break
        os.kill(child.pid, signal.SIGKILL)
        killed = time.time()
    finally:
        watch.cancel()
        child.kill()
        child.wait()
        child.stdout.close()
    return recovered, edits, killed


def sweep(data: Path, rounds: int, seed: int, longest_life: float = 4.0) -> tuple[int, float]:
    """Kill windows one after the other; return how many offered the work of the one before, and the longest loss."""
    chance = random.Random(seed)  # moments, not secrets
    _, edits, killed = killed_after(data, chance.uniform(2.0, longest_life), expects=False)
    offered, longest = 0, 0.0
    for _ in range(rounds):
        recovered, later_edits, later = killed_after(
            data, chance.uniform(0.2, longest_life), expects=True
        )
        offered += recovered > 0
        first_lost = edits.get(recovered + 1) if recovered else killed - LONGEST_LOSS_SECONDS * 2
        if first_lost is not None:
            longest = max(longest, killed - first_lost)
        edits, killed = later_edits, later
    return offered, longest


def test_that_a_killed_window_loses_next_to_nothing(
    tmp_path: Path, tell: Callable[[str], None]
) -> None:
    offered, longest = sweep(tmp_path / "data", COMMIT_ROUNDS, seed=1, longest_life=2.5)
    tell(
        f"R9 windows killed mid-edit: {offered}/{COMMIT_ROUNDS} offered, {longest:.1f} s lost at most"
    )
    assert offered == COMMIT_ROUNDS
    assert longest <= LONGEST_LOSS_SECONDS


@pytest.mark.nightly
def test_that_a_hundred_killed_windows_lose_next_to_nothing(
    tmp_path: Path, tell: Callable[[str], None]
) -> None:
    offered, longest = sweep(tmp_path / "data", NIGHTLY_ROUNDS, seed=2)
    tell(
        f"R9 windows killed mid-edit: {offered}/{NIGHTLY_ROUNDS} offered, {longest:.1f} s lost at most"
    )
    assert offered == NIGHTLY_ROUNDS
    assert longest <= LONGEST_LOSS_SECONDS
