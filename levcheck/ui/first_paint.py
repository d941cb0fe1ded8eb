"""How long until a window stands: run as a program, it says when its window was painted, furnished, and what it weighs.

``python -m levcheck.ui.first_paint VARIANT STAMP``; STAMP is the clock of the parent (seconds) when it started us.
Prints milliseconds since then until the first painting was over, until everything was in the window (with the sample: until
its first screen was painted), and resident megabytes once it has stood idle for a moment.
"""

import runpy
import sys
import time
from pathlib import Path
from typing import Any

from levcheck.assets import asset

IDLE_MS = 1500
VARIANTS = ("levcheck", "levcheck-heavy", "levcheck-sample", "levcheck-heavy-sample", "bare")
_HEAVY = ("pandas", "openpyxl", "pyqtgraph", "xlsxwriter")


def main(arguments: list[str]) -> int:
    """Show the window of a variant, say when it was painted, close it.

    Variants: ``levcheck`` as it starts; ``heavy`` with every heavy library imported first, as a plain script would;
    ``sample`` opens the sample portfolio; ``bare`` a window of Qt with a menu bar and nothing else.
    """
    variant, stamp = arguments[0], float(arguments[1])
    if "heavy" in variant:
        from importlib import import_module

        for name in _HEAVY:
            import_module(name)
    watch = _watch(opens="sample" in variant)
    if variant == "bare":
        _show_bare(watch)
    else:
        _start_levcheck(watch)
    painted, furnished = ((at - stamp) * 1000.0 for at in (watch.painted, watch.furnished))
    sys.stdout.write(f"{painted} {furnished} {watch.resident}\n")
    return 0


def _watch(*, opens: bool) -> Any:
    """Return what notes when the first painting of a main window is over, and when everything is in it.

    Made here and not with this module: what is heavy is imported before Qt.
    """
    from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer
    from PySide6.QtWidgets import QMainWindow

    class Watch(QObject):
        painted = furnished = resident = 0.0
        is_over = opens_file = False

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            is_window = isinstance(watched, QMainWindow)
            if event.type() == QEvent.Type.Paint and is_window and not self.is_over:
                self.is_over = True
                # What is inside it is painted in the same go: the time counts when that is done.
                QTimer.singleShot(0, self, lambda: self.note(watched))
            return False

        def note(self, window: Any) -> None:
            self.painted = time.time()
            if not hasattr(window, "furnished"):
                self.end()
            else:
                window.furnished.connect((lambda: self.follow(window)) if opens else self.end)

        def follow(self, window: Any) -> None:
            from levcheck.ui.screen_deck import ScreenDeck

            # The screen is drawn when the views come, and painted in the turn after that.
            window.workspace.views_ready.connect(
                lambda _views: QTimer.singleShot(1, self.stop_clock)
            )
            window.findChild(ScreenDeck).made.connect(self.end)

        def stop_clock(self) -> None:
            self.furnished = self.furnished or time.time()

        def end(self) -> None:
            self.stop_clock()
            QTimer.singleShot(IDLE_MS, self, self.weigh)

        def weigh(self) -> None:
            self.resident = resident_mb()  # while the window stands: afterwards its memory is free
            QCoreApplication.quit()

    made = Watch()
    made.opens_file = opens
    return made


def _show_bare(watch: Any) -> None:
    from PySide6.QtWidgets import QApplication, QMainWindow

    app = QApplication(sys.argv[:1])
    app.installEventFilter(watch)
    window = QMainWindow()
    window.resize(1366, 768)
    for title in ("File", "Edit", "View", "Help"):
        window.menuBar().addMenu(title)
    window.show()
    app.exec()


def _start_levcheck(watch: Any) -> None:
    from levcheck.ui.application import application

    application().installEventFilter(watch)
    # As a user starts it, from the top: named as text, because no room looks upwards.
    sys.argv = ["levcheck"]
    files = [str(asset("examples", "story.xlsx"))] if watch.opens_file else []
    runpy.run_module("levcheck", run_name="levcheck_started")["main"](files)


def resident_mb() -> float:
    """Return the memory this process holds, megabytes; the most it ever held where the system tells no better."""
    try:
        with Path("/proc/self/statm").open(encoding="ascii") as stream:
            return int(stream.read().split()[1]) * 4096 / 2**20
    except OSError:
        import resource

        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return most / (2**20 if sys.platform == "darwin" else 2**10)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
