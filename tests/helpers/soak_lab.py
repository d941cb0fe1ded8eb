"""A window that stays up all day: open, stress, edit, report, save, close, again and again, and what it keeps of it.

Run as ``python -m tests.helpers.soak_lab CYCLES [SECONDS] [leak]``; prints one line of JSON. With ``leak`` it keeps a megabyte and
a handle of every round, so that the harness is seen to notice.
"""

import gc
import json
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QMessageLogContext,
    QtMsgType,
    qInstallMessageHandler,
)

from levcheck.app.session import rename
from levcheck.assets import asset
from levcheck.domain.diagnostics import LevcheckError
from levcheck.i18n.words import LANGUAGES, Words
from levcheck.reporting.html import html_document
from levcheck.reporting.templates import Wish, wished_report
from levcheck.reporting.workbook import workbook_bytes
from levcheck.ui.pdf import pdf_bytes
from levcheck.ui.shots import Studio

WARM_UP = 0.3
_PATIENT = 5
_QUIET = {QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg}
# The platform without a screen says this of every window; no screen with a user behind it does.
_OF_THE_PLATFORM = "propagateSizeHints"


def soak(cycles: int, seconds: float, *, leak: bool = False) -> dict[str, Any]:
    """Go through rounds until they or the time are at an end; return what grew."""
    told: list[str] = []

    def listen(kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
        if kind not in _QUIET and _OF_THE_PLATFORM not in text:
            told.append(text)

    qInstallMessageHandler(listen)
    made, kept, refused = Studio(), list[object](), 0
    seen: list[tuple[float, int, int]] = []
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as name:
        while len(seen) < cycles and time.monotonic() - begun < seconds:
            refused += _round(made, Path(name), len(seen))
            if leak:
                kept += [bytearray(os.urandom(2**20)), os.open(os.devnull, os.O_RDONLY)]
            gc.collect()
            seen.append(_size())
            sys.stderr.write(f"{len(seen)} {seen[-1]}\n")
    steady = np.array(seen[int(len(seen) * WARM_UP) :], dtype=float)
    slope = (
        float(np.polyfit(np.arange(len(steady)), steady[:, 0], 1)[0]) if len(steady) > 2 else 0.0
    )
    return {
        "cycles": len(seen),
        "seconds": round(time.monotonic() - begun, 1),
        "mb_first": round(seen[0][0], 1),
        "mb_last": round(seen[-1][0], 1),
        "mb_per_cycle": round(slope, 4),
        "handles_grown": int(steady[-1, 1] - steady[0, 1]),
        "threads_grown": int(steady[-1, 2] - steady[0, 2]),
        "refused_as_too_slow": refused,
        "qt_warnings": told,
    }


def _round(made: Studio, folder: Path, number: int) -> int:
    """Do all of a round; return how often the workbook had to be opened again."""
    work = made.workspace
    refused = _opened(made, asset("examples", "story.xlsx"))
    for screen in ("overview", "overlap", "stress", "what-if"):
        made.show(screen)
    work.edit("Rename", lambda session: rename(session, f"round {number}"))
    work.undo()
    words = Words(LANGUAGES[number % len(LANGUAGES)])
    analysis = work.today
    assert analysis is not None
    report = wished_report(analysis, words, Wish())
    for content in (
        pdf_bytes(report),
        html_document(report).encode(),
        workbook_bytes(analysis, words),
    ):
        assert content
    assert work.save(folder / "day.levcheck", chosen=True)
    made.window.forget_list()
    made.settle()
    # Without a loop that runs for good, what is to be deleted later waits for ever.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    return refused


def _opened(made: Studio, book: Path) -> int:
    """Open a workbook; return how often a machine with other work let the parser wait beyond its time."""
    for refused in range(_PATIENT):
        try:
            made.open(book)
        except LevcheckError as fault:
            if fault.code != "import.too_slow":
                raise
        else:
            return refused
    made.open(book)
    return _PATIENT


def _size() -> tuple[float, int, int]:
    """Return the megabytes in memory, the open handles and the threads of this process."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    handles = len(os.listdir("/proc/self/fd"))  # noqa: PTH208  # the folder is of the system
    return pages * 4096 / 2**20, handles, len(os.listdir("/proc/self/task"))  # noqa: PTH208


def main(arguments: list[str]) -> None:
    """Run, and print what was seen."""
    leak = "leak" in arguments
    cycles, *seconds = [one for one in arguments if one != "leak"]
    seen = soak(int(cycles), float(seconds[0]) if seconds else 1e9, leak=leak)
    sys.stdout.write(json.dumps(seen) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
