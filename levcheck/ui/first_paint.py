"""How long until a window stands: run as a program, it says when its window was first painted and what it weighs.

``python -m levcheck.ui.first_paint VARIANT STAMP``; STAMP is the clock of the parent (seconds) when it started us.
Prints milliseconds since then and resident megabytes, once the window has stood idle for a moment.
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
    would; ``bare`` an empty window of Qt.
    """
    variant, stamp = arguments[0], float(arguments[1])
    if variant == "levcheck-heavy":
        from importlib import import_module

        for name in _HEAVY:
            import_module(name)
    from PySide6.QtCore import QEvent, QObject, QTimer
    from PySide6.QtWidgets import QApplication, QMainWindow

    class Watch(QObject):
        """Notes the first painting of a main window."""

        painted = 0.0

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if (
                not self.painted
                and event.type() == QEvent.Type.Paint
                and isinstance(watched, QMainWindow)
            ):
                self.painted = time.time()
                QTimer.singleShot(IDLE_MS, QApplication.quit)
            return False

    watch = Watch()
    if variant == "bare":
        app = QApplication(sys.argv[:1])
        app.installEventFilter(watch)
        window = QMainWindow()
        window.resize(1366, 768)
        window.show()
        app.exec()
    else:
        from levcheck.ui.application import application

        application().installEventFilter(watch)
        # As a user starts it, from the top: named as text, because no room looks upwards.
        sys.argv = ["levcheck"]
        runpy.run_module("levcheck", run_name="levcheck_started")["main"]([])
    sys.stdout.write(f"{(watch.painted - stamp) * 1000.0} {resident_mb()}\n")
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
