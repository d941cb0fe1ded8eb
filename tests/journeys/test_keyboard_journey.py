"""From the first card to a saved session without a mouse, on the real engine and the sample portfolio."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from levcheck.assets import asset

JOURNEY = """
import sys
import time
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from levcheck.i18n.words import Words
from levcheck.ui.application import application, put_away
from levcheck.ui.engine import LocalEngine
from levcheck.ui.main_window import MainWindow
from levcheck.ui.theme import theme_source
from levcheck.ui.workspace import Workspace

app = application()
theme_source().choose("light")
mouse = []
heavy = {name for name in ("pandas", "openpyxl", "pyqtgraph") if name in sys.modules}
work = Workspace(LocalEngine(), Words("en"))
window = MainWindow(work)
window.resize(1366, 768)
window.show()
window.activateWindow()
app.processEvents()
assert not heavy, heavy
assert not {name for name in ("pandas", "openpyxl", "pyqtgraph") if name in sys.modules}


def until(condition, what):
    for _ in range(1500):
        app.processEvents()
        if condition():
            return
        time.sleep(0.01)  # qWait would keep the interpreter from the worker
    raise SystemExit(f"never: {what}")


def press(key, modifier=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(QApplication.focusWidget() or window, key, modifier)
    app.processEvents()


control = Qt.KeyboardModifier.ControlModifier
until(lambda: QApplication.focusWidget() is window.first_run.open, "focus on the card")
press(Qt.Key.Key_Tab)
assert QApplication.focusWidget() is window.first_run.sample
press(Qt.Key.Key_Space)
until(lambda: work.views is not None and not work.is_busy, "verdict")
headline = window.screens["overview"].headline.text()
print("overview:", headline)
assert headline.startswith("You hold 14 lines"), headline

press(Qt.Key.Key_3, control)
assert window.screens["overlap"].isVisible()
print("overlap:", window.screens["overlap"].headline.text())

press(Qt.Key.Key_4, control)
stress = window.screens["stress"]
assert stress.isVisible()
before = stress.headline.text()
stress.scenarios.setFocus()
press(Qt.Key.Key_Home)
press(Qt.Key.Key_Down)
until(lambda: not work.is_busy and stress.headline.text() != before, "another scenario")
print("stress:", stress.headline.text())

stress.table.setFocus()
stress.table.setCurrentIndex(stress.table.figures.index(0, 4))
press(Qt.Key.Key_Return)
until(window.drawer.isVisible, "drawer")
text = window.drawer.view.as_text()
assert "story.xlsx, 'Positions'!" in text, text[:400]
press(Qt.Key.Key_Escape)
assert not window.drawer.isVisible()
assert QApplication.focusWidget() is stress.table

press(Qt.Key.Key_6, control)
what_if = window.screens["what-if"]
assert what_if.isVisible()
what_if.form.focus()
press(Qt.Key.Key_Tab)  # the holding
press(Qt.Key.Key_Tab)  # how much
assert QApplication.focusWidget() is what_if.form.amount.field, QApplication.focusWidget()
QTest.keyClicks(QApplication.focusWidget(), "5")
press(Qt.Key.Key_Return)
until(lambda: not work.is_busy and what_if.headline.text().startswith("Draft A "), "a draft")
print("what-if:", what_if.headline.text())
what_if.changes.setFocus()
press(Qt.Key.Key_Down)
press(Qt.Key.Key_Delete)
until(lambda: not work.is_busy and what_if.view.is_empty, "the change taken out")
press(Qt.Key.Key_Z, control)
until(lambda: not work.is_busy and not what_if.view.is_empty, "the change again")
press(Qt.Key.Key_B, control)
until(lambda: not work.is_busy and work.choices.shown == "A", "the draft on all screens")
press(Qt.Key.Key_B, control)
until(lambda: not work.is_busy and work.choices.shown is None, "today on all screens")

lines = len(work.session.portfolio.positions)
press(Qt.Key.Key_1, control)
from levcheck.app.session import remove_position
work.edit("Remove a line", lambda session: remove_position(session, "p1"))
until(lambda: not work.is_busy, "new numbers")
assert len(work.session.portfolio.positions) == lines - 1
press(Qt.Key.Key_Z, control)
until(lambda: not work.is_busy, "old numbers")
assert len(work.session.portfolio.positions) == lines
press(Qt.Key.Key_2, control)
assert window.screens["overview"].headline.text() == headline

assert work.save(Path(sys.argv[1]))
put_away(window)
assert not mouse
print("done")
"""


def run_journey(tmp_path: Path, *before: str, platform: str) -> str:
    script = tmp_path / "journey.py"
    script.write_text(JOURNEY, encoding="utf-8")
    saved = tmp_path / "mine.levcheck"
    root = Path(__file__).resolve().parents[2]
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": platform,
        "PYTHONPATH": str(root),
        "LEVCHECK_DATA": str(tmp_path / "data"),
    }
    done = subprocess.run(
        [*before, sys.executable, str(script), str(saved)],
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert saved.exists()
    return done.stdout


def test_that_the_sample_is_understood_and_saved_by_keyboard_alone(tmp_path: Path) -> None:
    assert asset("examples", "story.xlsx").exists()
    assert run_journey(tmp_path, platform="offscreen").endswith("done\n")


def test_that_the_same_journey_works_on_a_real_screen(tmp_path: Path) -> None:
    runner = shutil.which("xvfb-run")
    if runner is None or not sys.platform.startswith("linux"):
        pytest.skip("xvfb-run is not installed, so there is no screen to open a window on")
    out = run_journey(tmp_path, runner, "-a", "-s", "-screen 0 1600x1000x24", platform="xcb")
    assert out.endswith("done\n")
