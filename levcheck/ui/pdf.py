"""Writes a report as PDF: vectors, embedded fonts, selectable text."""

import hashlib
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QUuid
from PySide6.QtGui import QGuiApplication, QPageSize, QPainter, QPdfWriter
from PySide6.QtWidgets import QApplication

from levcheck.reporting.page import Page
from levcheck.reporting.report import Report
from levcheck.storage.writer import write_file
from levcheck.ui.paper.document import DOTS_PER_INCH, MARGIN_MM, SIZES, Document

__all__ = ["MARGIN_MM", "RESOLUTION", "painted_pdf", "pdf_bytes", "write_pdf"]

RESOLUTION = 1200


def write_pdf(report: Report | Page, path: Path) -> None:
    """Write a report, or page one alone, to a PDF file.

    Raises:
        LevcheckError: the file cannot be written; what was there before is untouched.
    """
    write_file(path, pdf_bytes(report))


def pdf_bytes(report: Report | Page) -> bytes:
    """Return a report, or page one alone, as the content of a PDF file.

    Names of clients, paths and users are kept out of its metadata.
    """
    content = painted_pdf(report, lambda _share: True)
    assert content is not None  # noqa: S101  # nobody stopped it
    return content


def painted_pdf(report: Report | Page, go_on: Callable[[float], bool]) -> bytes | None:
    """Return the content of a PDF file, painted on whichever thread asks; None where it was stopped.

    Args:
        report: a report, or page one alone.
        go_on: told the share that is painted after each sheet; False stops it.
    """
    whole = Report(report) if isinstance(report, Page) else report
    # A QGuiApplication must exist before fonts do; the caller's own is used when there is one.
    application = QGuiApplication.instance() or QApplication([])
    document = Document(whole)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setPageSize(QPageSize(SIZES[whole.first.paper]))
    writer.setPageMargins(QMarginsF(0, 0, 0, 0))
    writer.setResolution(RESOLUTION)
    writer.setTitle(whole.first.name)
    writer.setCreator("levcheck")
    seed = hashlib.sha256(repr(whole).encode("utf-8", "replace")).hexdigest()
    writer.setDocumentId(QUuid.createUuidV5(QUuid(), seed.encode()))
    painter = QPainter(writer)
    stopped = False
    for number in range(document.pages):
        if number:
            writer.newPage()
        painter.save()
        painter.scale(RESOLUTION / DOTS_PER_INCH, RESOLUTION / DOTS_PER_INCH)
        document.paint(painter, number)
        painter.restore()
        stopped = not go_on((number + 1) / document.pages)
        if stopped:
            break
    painter.end()
    del application
    if stopped:
        return None
    return _dated(bytes(buffer.data().data()), whole.first.printed)


def _dated(content: bytes, day: date) -> bytes:
    """Return the file with the day of printing for its clock times, so that the same page is the same bytes.

    Qt offers no way to set them; each is replaced by one of the same length, which keeps every offset true.
    """
    stamp = day.strftime("D:%Y%m%d000000Z").encode()
    iso = day.strftime("%Y-%m-%dT00:00:00+00:00").encode()
    content = re.sub(rb"D:\d{14}Z", stamp, content)
    return re.sub(rb"(?<=Date=\")\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00", iso, content)
