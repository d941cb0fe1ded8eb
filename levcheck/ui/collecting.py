"""Rubbish is collected where Qt lives: on the thread that paints, and on no other.

Python collects cycles on whichever thread happens to pass its limit. A window, a timer or an animation in such a cycle
would then be taken down by a worker, which Qt does not permit: it complains, or the process dies. So the automatic
collection is off while a window stands, and a timer of the painting thread does the same work in its place.
"""

import gc

from PySide6.QtCore import QObject, QTimer, Slot

EVERY_MS = 500


def settle() -> None:
    """Leave what is loaded by now out of every collection: modules and classes stay as long as the program does.

    A full collection walks through everything there is, on the thread that paints. It is called before a file is open, so
    that nothing of a client is ever among what is left out.
    """
    gc.freeze()


class Collector(QObject):
    """Collects on the thread it was made on, as often and as deep as Python itself would."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._limits = gc.get_threshold()
        gc.disable()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.collect)
        self._timer.start(EVERY_MS)

    @Slot()
    def collect(self) -> None:
        """Collect the oldest generation whose limit is passed, and all younger ones."""
        counts = gc.get_count()
        for generation in (2, 1, 0):
            if counts[generation] > self._limits[generation]:
                gc.collect(generation)
                return
