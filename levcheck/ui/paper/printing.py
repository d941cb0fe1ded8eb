"""A report on a printer: the sheets of the preview, painted once more."""

from collections.abc import Callable

from PySide6.QtCore import QMarginsF, Qt
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from levcheck.reporting.report import Report
from levcheck.ui.paper.document import DOTS_PER_INCH, SIZES, Document


def ask_printer(report: Report, parent: QWidget, then: Callable[[], None]) -> QPrintDialog:
    """Ask for a printer, print there what was shown, and call `then`."""
    printer = prepared_printer(report)
    dialog = QPrintDialog(printer, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setModal(True)

    def act() -> None:
        print_on(printer, report)
        then()

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


def print_on(printer: QPrinter, report: Report) -> int:
    """Print the sheets asked for and return how many."""
    document = Document(report)
    first, last = printer.fromPage() or 1, printer.toPage() or document.pages
    wanted = range(max(first, 1) - 1, min(last, document.pages))
    painter = QPainter(printer)
    scale = printer.resolution() / DOTS_PER_INCH
    for index, number in enumerate(wanted):
        if index:
            printer.newPage()
        painter.save()
        painter.scale(scale, scale)
        document.paint(painter, number)
        painter.restore()
    painter.end()
    return len(wanted)
