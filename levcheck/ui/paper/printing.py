"""A report on a printer: the sheets of the preview, painted once more, one between two looks at the keyboard."""

from collections.abc import Callable, Generator

from PySide6.QtCore import QMarginsF, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from levcheck.reporting.report import Report
from levcheck.ui.paper.document import DOTS_PER_INCH, SIZES, Document


def ask_printer(
    report: Report, parent: QWidget, then: Callable[[QPrinter], object]
) -> QPrintDialog:
    """Ask for a printer, and hand it on once one is chosen."""
    printer = prepared_printer(report)
    dialog = QPrintDialog(printer, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setModal(True)

    def act() -> None:
        then(printer)

    dialog.accepted.connect(act)
    dialog.show()
    return dialog


def prepared_printer(report: Report) -> QPrinter:
    """Return a printer set to the paper of a report; its margins are part of the sheet."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPageSize(QPageSize(SIZES[report.first.paper]))
    printer.setFullPage(True)
    printer.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Millimeter)
    # What a spooler shows to others names the program and nobody.
    printer.setDocName("levcheck")
    printer.setCreator("levcheck")
    return printer


def printed_sheets(printer: QPrinter, document: Document) -> Generator[float]:
    """Print a sheet with each step, and give the share that is printed; one that is not taken to its end ends there."""
    first, last = printer.fromPage() or 1, printer.toPage() or document.pages
    wanted = range(max(first, 1) - 1, min(last, document.pages))
    painter = QPainter(printer)
    scale = printer.resolution() / DOTS_PER_INCH
    try:
        for index, number in enumerate(wanted):
            if index:
                printer.newPage()
            painter.save()
            painter.scale(scale, scale)
            document.paint(painter, number)
            painter.restore()
            yield (index + 1) / len(wanted)
    finally:
        painter.end()


class PrintRun(QObject):
    """Prints a report sheet by sheet while the window goes on answering.

    ``progressed`` carries the share that is printed; ``ended`` whether every sheet was.
    """

    progressed = Signal(float)
    ended = Signal(bool)

    def __init__(self, printer: QPrinter, document: Document, parent: QObject) -> None:
        super().__init__(parent)
        self._printer = printer
        self._sheets = printed_sheets(printer, document)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._print_next)

    def start(self) -> None:
        """Begin with the first sheet."""
        self._timer.start(0)

    @Slot()
    def stop(self) -> None:
        """Print no further sheet; what a printer has taken already is its own."""
        if self._timer.isActive():
            self._printer.abort()
            self._finish(whole=False)

    @Slot()
    def _print_next(self) -> None:
        share = next(self._sheets, None)
        if share is None:
            self._finish(whole=True)
        else:
            self.progressed.emit(share)

    def _finish(self, *, whole: bool) -> None:
        self._timer.stop()
        self._sheets.close()
        self.ended.emit(whole)
