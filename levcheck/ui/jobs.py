"""Work off the interface's thread, where only the newest answer counts."""

import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Protocol

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal, Slot

from levcheck.domain.diagnostics import LevcheckError


class Ticket:
    """One piece of work: says whether it is still wanted, and carries word of its progress.

    Attributes:
        number: later work has a larger number.
    """

    def __init__(self, number: int, report: Callable[[int, float], None]) -> None:
        self.number = number
        self._report = report
        self._cancelled = threading.Event()

    def cancel(self) -> None:
        """Ask the work to stop; it stops when it next looks."""
        self._cancelled.set()

    def is_cancelled(self) -> bool:
        """Return whether the answer is no longer wanted."""
        return self._cancelled.is_set()

    def report(self, share: float) -> None:
        """Tell how far the work is, 0 to 1."""
        if not self.is_cancelled():
            self._report(self.number, share)


Work = Callable[[Ticket], object]


class Job(Protocol):
    """What whoever starts work needs of it, so that tests can run it at once."""

    def submit(self, work: Work) -> None:
        """Start a piece of work; an earlier one that has not answered is given up."""

    def cancel(self) -> None:
        """Give up what is running."""


class _Courier(QObject):
    """Carries an answer from the worker's thread to the one the job lives in."""

    delivered = Signal(int, object, object)
    progressed = Signal(int, float)


class _Errand(QRunnable):
    def __init__(self, work: Work, ticket: Ticket, courier: _Courier) -> None:
        super().__init__()
        self._work: Work | None = work
        self._ticket = ticket
        self._courier = courier

    def run(self) -> None:
        """Do the work and send its answer or its error, unless nobody waits for it any more."""
        # Qt may keep an errand that is done: what it was about, a client's list perhaps, goes now.
        work, self._work = self._work, None
        if work is None or self._ticket.is_cancelled():
            return
        answer: object = None
        error: Exception | None = None
        try:
            answer = work(self._ticket)
        except Exception as caught:  # noqa: BLE001  # a fault of the work must reach the window, whatever it is
            error = caught
        with suppress(RuntimeError):  # the program is going down, and its signals with it
            self._courier.delivered.emit(self._ticket.number, answer, error)


class LatestJob(QObject):
    """Runs work on a thread pool and lets only the newest answer through.

    ``succeeded`` carries the answer, ``failed`` the exception, ``progressed`` a share from 0 to 1 and
    ``busy_changed`` whether an answer is awaited; all arrive on the thread the job lives in.
    """

    succeeded = Signal(object)
    failed = Signal(object)
    progressed = Signal(float)
    busy_changed = Signal(bool)

    def __init__(self, pool: QThreadPool | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = pool or QThreadPool.globalInstance()
        self._ticket: Ticket | None = None
        self._count = 0
        # The courier has no Qt parent: a worker that outlives the window still finds it alive.
        self._courier = _Courier()
        queued = Qt.ConnectionType.QueuedConnection
        self._courier.delivered.connect(self._on_delivered, queued)
        self._courier.progressed.connect(self._on_progressed, queued)

    @property
    def is_busy(self) -> bool:
        """Whether an answer is awaited."""
        return self._ticket is not None

    def submit(self, work: Work) -> None:
        """Start a piece of work; an earlier one that has not answered is given up."""
        was_busy = self.is_busy
        if self._ticket is not None:
            self._ticket.cancel()
        self._count += 1
        self._ticket = Ticket(self._count, self._courier.progressed.emit)
        if not was_busy:
            self.busy_changed.emit(True)
        self._pool.start(_Errand(work, self._ticket, self._courier))

    def cancel(self) -> None:
        """Give up what is running; its answer is dropped when it comes."""
        if self._ticket is None:
            return
        self._ticket.cancel()
        self._ticket = None
        self.busy_changed.emit(False)

    @Slot(int, object, object)
    def _on_delivered(self, number: int, answer: object, error: object) -> None:
        if self._ticket is None or number != self._ticket.number:
            return
        self._ticket = None
        self.busy_changed.emit(False)
        if error is None:
            self.succeeded.emit(answer)
        else:
            self.failed.emit(error)

    @Slot(int, float)
    def _on_progressed(self, number: int, share: float) -> None:
        if self._ticket is not None and number == self._ticket.number:
            self.progressed.emit(share)


class ImmediateJob(LatestJob):
    """Does the work at once on the caller's thread: for pictures, where nobody watches."""

    def submit(self, work: Work) -> None:
        """Do the work and send its answer before returning; only the errors of the family are caught."""
        ticket = Ticket(0, lambda _number, _share: None)
        try:
            answer = work(ticket)
        except LevcheckError as error:
            self.failed.emit(error)
            return
        self.succeeded.emit(answer)


class OrderedWrites(QObject):
    """Writes one thing after another on a thread of its own; ``failed`` carries the exception of one that could not."""

    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._courier = _Courier()
        self._courier.delivered.connect(self._on_delivered, Qt.ConnectionType.QueuedConnection)

    def add(self, write: Callable[[], object]) -> None:
        """Write this after everything added before."""
        ticket = Ticket(0, lambda _number, _share: None)
        self._pool.start(_Errand(lambda _ticket: write(), ticket, self._courier))

    def wait(self) -> None:
        """Return when everything is written."""
        self._pool.waitForDone()

    @Slot(int, object, object)
    def _on_delivered(self, _number: int, _answer: object, error: object) -> None:
        if error is not None:
            self.failed.emit(error)
