"""Writes reports to files off the thread of the window: a long one can be followed, and stopped."""

import threading
from collections import deque
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from levcheck.assets import data_folder
from levcheck.ui.jobs import LatestJob, Ticket

if TYPE_CHECKING:
    from levcheck.app.analysis import Analysis
    from levcheck.i18n.words import Words
    from levcheck.reporting.report import Report
    from levcheck.reporting.templates import Wish


@dataclass(frozen=True, slots=True)
class Order:
    """One file to write.

    Attributes:
        report: what was in the preview.
        kind: ``pdf``, ``html`` or ``xlsx``.
        path: where to.
        analysis: what the report is about.
        words: how the window speaks.
        wish: what was chosen.
        is_logged: whether it goes into the meeting log.
    """

    report: "Report"
    kind: str
    path: Path
    analysis: "Analysis"
    words: "Words"
    wish: "Wish"
    is_logged: bool


class ReportWriter(QObject):
    """Writes one after another.

    ``begun`` with an :class:`Order`, ``progressed`` with the share that is made; then ``written`` with the order and
    whether its file stands (it does not where it was stopped), or ``failed`` with the order and the exception.
    """

    begun = Signal(object)
    progressed = Signal(float)
    written = Signal(object, bool)
    failed = Signal(object, object)

    def __init__(self, job: type[LatestJob], parent: QObject) -> None:
        super().__init__(parent)
        self._waiting: deque[Order] = deque()
        self.order: Order | None = None
        self._stop = threading.Event()
        self._job = job(parent=self)
        self._job.succeeded.connect(self._on_written)
        self._job.failed.connect(self._on_failed)
        self._job.progressed.connect(self.progressed)

    @property
    def is_busy(self) -> bool:
        """Whether something is being written."""
        return self.order is not None

    def write(self, order: Order) -> None:
        """Write a file, after those that wait already."""
        self._waiting.append(order)
        self._next()

    @Slot()
    def stop(self) -> None:
        """Stop what is being written, and write nothing that waits; a file that stands already stays."""
        self._waiting.clear()
        self._stop.set()

    def give_up(self) -> None:
        """Stop, and tell nobody; for a window that closes."""
        self.stop()
        self._job.cancel()
        self.order = None

    def _next(self) -> None:
        if self.order is not None or not self._waiting:
            return
        self.order = order = self._waiting.popleft()
        self._stop = stop = threading.Event()
        self.begun.emit(order)

        def work(ticket: Ticket) -> bool:
            return _write(order, ticket, stop)

        self._job.submit(work)

    @Slot(object)
    def _on_written(self, stands: bool) -> None:  # noqa: FBT001  # what a signal carries
        order, self.order = self.order, None
        self.written.emit(order, stands)
        self._next()

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        order, self.order = self.order, None
        self.failed.emit(order, error)
        self._next()


def _write(order: Order, ticket: Ticket, stop: threading.Event) -> bool:
    """Write one file and return whether it stands.

    Raises:
        LevcheckError: it, or the meeting log, cannot be written.
    """
    from levcheck.storage.writer import write_file

    content = _content(order, ticket, stop)
    if content is None or stop.is_set():
        return False
    write_file(order.path, content)
    if order.is_logged:
        from levcheck.reporting.record import record

        record(data_folder(), order.analysis, order.words, order.wish, order.kind)
    return True


def _content(order: Order, ticket: Ticket, stop: threading.Event) -> bytes | None:
    if order.kind == "html":
        from levcheck.reporting.html import html_document

        return html_document(order.report).encode("utf-8", "replace")
    if order.kind == "xlsx":
        from levcheck.reporting.templates import words_of
        from levcheck.reporting.workbook import workbook_bytes

        return workbook_bytes(order.analysis, words_of(order.wish, order.words))

    from levcheck.ui.pdf import painted_pdf

    def go_on(share: float) -> bool:
        ticket.report(share)
        return not stop.is_set()

    return painted_pdf(order.report, go_on)
