"""How long until a window stands: run as a program, it says when its window was painted, furnished, and what it weighs.

``python -m levcheck.ui.first_paint VARIANT STAMP``; STAMP is the clock of the parent (seconds) when it started us.
Prints milliseconds since then until the first painting was over, until everything was in the window, and resident
megabytes once it has stood idle for a moment.
"""

import runpy
import sys
import time
from pathlib import Path

IDLE_MS = 400
VARIANTS = ("levcheck", "levcheck-heavy", "bare")
_HEAVY = ("pandas", "openpyxl", "pyqtgraph", "xlsxwriter")


def main(arguments: list[str]) -> int:
    """Show the window of a variant, say when it was painted, close it.

    Variants: ``levcheck`` as it starts; ``levcheck-heavy`` with every heavy library imported first, as a plain script
    would; ``bare`` a window of Qt with a menu bar and nothing else.
    """
    variant, stamp = arguments[0], float(arguments[1])
    if variant == "levcheck-heavy":
        from importlib import import_module

        for name in _HEAVY:
            import_module(name)
    from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer
    from PySide6.QtWidgets import QApplication, QMainWindow

    class Watch(QObject):
        """Notes when the first painting of a main window is over, and when everything is in it."""

        painted = furnished = 0.0

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint and isinstance(watched, QMainWindow):
                app.removeEventFilter(self)
                # What is inside it is painted in the same go: the time counts when that is done.
                QTimer.singleShot(0, self, lambda: self.note(watched))
            return False

        def note(self, window: QMainWindow) -> None:
            self.painted = time.time()
            if hasattr(window, "furnished"):
                window.furnished.connect(self.end)
            else:
                self.end()

        def end(self) -> None:
            self.furnished = time.time()
            QTimer.singleShot(IDLE_MS, QApplication.quit)

    watch = Watch()
    app: QCoreApplication
    if variant == "bare":
        app = QApplication(sys.argv[:1])
        app.installEventFilter(watch)
        window = QMainWindow()
        window.resize(1366, 768)
        for title in ("File", "Edit", "View", "Help"):
            window.menuBar().addMenu(title)
        window.show()
        app.exec()
    else:
        from levcheck.ui.application import application

        app = application()
        app.installEventFilter(watch)
        # As a user starts it, from the top: named as text, because no room looks upwards.
        sys.argv = ["levcheck"]
        runpy.run_module("levcheck", run_name="levcheck_started")["main"]([])
    painted, furnished = ((at - stamp) * 1000.0 for at in (watch.painted, watch.furnished))
    sys.stdout.write(f"{painted} {furnished} {resident_mb()}\n")
    return 0


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
