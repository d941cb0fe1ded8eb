"""On a bare X server, with no window manager, the keyboard comes back after a dialog."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.skipif(shutil.which("xvfb-run") is None, reason="needs a bare X server")

JOURNEY = """
import sys
import time

from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QMainWindow

from levcheck.ui.focus_back import FocusBack

app = QApplication([])
window = QMainWindow()
field = QLineEdit()
window.setCentralWidget(field)
if sys.argv[1] == "mended":
    FocusBack(app, window)
window.show()
window.activateWindow()


def until(condition, what, seconds=20.0):
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise SystemExit(f"never: {what}")
        app.processEvents()
        time.sleep(0.01)


until(lambda: QApplication.focusWidget() is field, "focus at first")
dialog = QDialog(window)
dialog.open()
until(lambda: QApplication.activeWindow() is dialog, "dialog")
dialog.close()
until(lambda: QApplication.activeWindow() is not dialog, "dialog gone")
until(lambda: QApplication.focusWidget() is field, "focus afterwards")
print("back")
"""


def test_that_the_keyboard_comes_back_after_a_dialog() -> None:
    done = subprocess.run(
        ["xvfb-run", "-a", sys.executable, "-c", JOURNEY, "mended"],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "xcb"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.stdout.strip() == "back", done.stderr
