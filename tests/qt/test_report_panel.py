"""The report panel: what is ticked is what is shown, saved, kept and printed."""

import gc
import threading
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from levcheck.assets import data_folder
from levcheck.i18n.words import Words
from levcheck.reporting.branding import checked_accent
from levcheck.reporting.report import Report
from levcheck.storage.meeting_log import Shown, load_log
from levcheck.storage.report_templates import (
    FILE,
    ReportTemplate,
    Templates,
    load_templates,
    save_templates,
)
from levcheck.ui.main_window import MainWindow
from levcheck.ui.paper.printing import prepared_printer, printed_sheets
from levcheck.ui.screens.report_panel import ASK, HIDE, SHOW, ReportPanel
from levcheck.ui.workspace import Workspace
from tests.helpers.report_lab import SVG
from tests.helpers.sample_analysis import FILE as LIST
from tests.helpers.sample_engine import SampleEngine

OPENED: list[MainWindow] = []


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    (data_folder() / FILE).unlink(missing_ok=True)
    yield shown(qtbot, Words("en"))
    OPENED.clear()
    gc.collect()


def shown(qtbot: QtBot, words: Words) -> MainWindow:
    made = MainWindow(Workspace(SampleEngine(), words))
    qtbot.addWidget(made)
    OPENED.append(made)
    made.resize(1366, 768)
    made.show()
    with qtbot.waitSignal(made.workspace.views_ready, timeout=20_000):
        made.workspace.open(Path(LIST))
    return made


def panel_of(qtbot: QtBot, window: MainWindow) -> ReportPanel:
    window.action("report").trigger()
    panel = window.reports.panel
    assert panel is not None
    qtbot.waitUntil(lambda: panel.preview._document is not None, timeout=20_000)
    return panel


def settled(qtbot: QtBot, window: MainWindow) -> None:
    def quiet() -> bool:
        return not window.reports._timer.isActive() and not window.reports._job.is_busy

    qtbot.waitUntil(quiet, timeout=20_000)


def made(qtbot: QtBot, window: MainWindow) -> Report | None:
    settled(qtbot, window)
    return window.reports.made()


def write(qtbot: QtBot, window: MainWindow, report: Report, kind: str, path: Path) -> None:
    """Write a report and wait until it stands or could not."""
    window.reports.write(report, kind, path)
    qtbot.waitUntil(lambda: not window.reports.writer.is_busy, timeout=20_000)


def test_that_ticked_pages_are_previewed_and_saved_alike(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    panel = panel_of(qtbot, window)
    document = panel.preview._document
    assert document is not None
    assert document.pages == 1
    panel.pages["stress"].click()
    panel.pages["glossary"].click()
    settled(qtbot, window)
    document = panel.preview._document
    assert document is not None
    assert document.pages > 1
    report = made(qtbot, window)
    assert report is not None
    write(qtbot, window, report, "pdf", tmp_path / "a.pdf")
    read = PdfReader(BytesIO((tmp_path / "a.pdf").read_bytes()))
    assert len(read.pages) == document.pages
    panel.preview.on.click()
    assert panel.preview.number == 1
    QTest.keyClick(panel.preview.sheet, Qt.Key.Key_End)
    assert panel.preview.number == document.pages - 1
    assert not panel.preview.on.isEnabled()
    write(qtbot, window, report, "html", tmp_path / "a.html")
    write(qtbot, window, report, "xlsx", tmp_path / "a.xlsx")
    assert (tmp_path / "a.xlsx").read_bytes()[:2] == b"PK"
    assert "<section" in (tmp_path / "a.html").read_text(encoding="utf-8")
    assert "Saved as a.xlsx." in window.notice_texts[-1]
    panel.reject()


def test_that_a_report_that_cannot_be_written_is_told(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    panel = panel_of(qtbot, window)
    report = made(qtbot, window)
    assert report is not None
    write(qtbot, window, report, "pdf", tmp_path / "missing" / "page.pdf")
    assert "page.pdf" in window.notice_texts[-1]
    assert not any("Saved" in text for text in window.notice_texts)
    panel.reject()


def test_that_hidden_amounts_are_asked_about_each_time_and_stay_hidden_until_then(
    qtbot: QtBot, window: MainWindow
) -> None:
    kept = ReportTemplate("open", hide_amounts=False)
    save_templates(data_folder(), Templates((kept,), "open"))
    window.workspace.speak(hide_amounts=True)
    panel = panel_of(qtbot, window)
    assert panel.amounts.currentData() == ASK
    assert panel.ask.isVisible()
    assert not any(button.isEnabled() for button in (*panel.buttons.values(), panel.print))
    report = made(qtbot, window)
    assert report is not None
    assert report.first.figures[0].text == "•••"
    panel.amounts.setCurrentIndex(panel.amounts.findData(SHOW))
    panel.amounts.activated.emit(panel.amounts.currentIndex())
    assert all(button.isEnabled() for button in panel.buttons.values())
    assert not panel.ask.isVisible()
    report = made(qtbot, window)
    assert report is not None
    assert "$" in report.first.figures[0].text
    panel.reject()


def test_that_a_template_keeps_looks_and_no_client(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    panel = panel_of(qtbot, window)
    panel.pages["holdings"].click()
    panel.client.setText("Jane Roe")
    panel.shown.setChecked(True)
    panel.shown_on.setDate(QDate(2026, 11, 20))
    panel.brand.firm.setText("A firm")
    panel.brand.accent.setText("#7A1F3D")
    panel.amounts.setCurrentIndex(panel.amounts.findData(HIDE))
    mark = tmp_path / "mark.svg"
    mark.write_bytes(SVG)
    window.reports.use_logo(mark)
    panel.changed.emit()
    report = made(qtbot, window)
    assert report is not None
    assert report.first.client == "Jane Roe"
    assert "shown on November 20, 2026" in report.first.dates
    assert report.first.branding.logo is not None
    panel.keep_as("  Quiet   red ")
    kept = load_templates(data_folder()).named("Quiet red")
    assert kept is not None
    assert (kept.pages, kept.firm, kept.accent, kept.hide_amounts) == (("holdings",), "A firm", "#7A1F3D", True)  # fmt: skip
    assert "Roe" not in (data_folder() / FILE).read_text(encoding="utf-8")
    panel.reject()
    again = panel_of(qtbot, window)
    assert again.template.currentText() == "Quiet red"
    assert again.pages["holdings"].isChecked()
    assert again.client.text() == ""
    again.drop.click()
    assert load_templates(data_folder()).kept == ()
    assert again.template.currentText() == "levcheck"
    again.reject()


def test_that_a_pale_colour_is_told_with_a_button_that_mends_it(
    qtbot: QtBot, window: MainWindow
) -> None:
    panel = panel_of(qtbot, window)
    panel.brand.accent.setText("#FFD700")
    panel.brand.accent.editingFinished.emit()
    qtbot.waitUntil(panel.brand.fault.isVisible, timeout=20_000)
    assert "too pale" in panel.brand.fault.text()
    assert made(qtbot, window) is None
    panel.brand.use_nearest.click()
    settled(qtbot, window)
    assert not panel.brand.fault.isVisible()
    assert checked_accent(panel.brand.accent.text())
    panel.reject()


def test_that_a_mark_that_cannot_be_used_is_told(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    panel = panel_of(qtbot, window)
    (tmp_path / "mark.png").write_bytes(b"GIF89a")
    window.reports.use_logo(tmp_path / "mark.png")
    assert "no PNG, JPEG or SVG" in panel.brand.fault.text()
    window.reports.use_logo(tmp_path / "nothing.png")
    assert "nothing.png" in panel.brand.fault.text()
    panel.reject()


def test_that_saving_asks_for_a_file_and_waits_for_nobody(qtbot: QtBot, window: MainWindow) -> None:
    panel = panel_of(qtbot, window)
    panel.buttons["html"].click()
    dialogs = [w for w in QApplication.topLevelWidgets() if isinstance(w, QFileDialog)]
    assert [dialog.defaultSuffix() for dialog in dialogs if dialog.isVisible()] == ["html"]
    for dialog in dialogs:
        dialog.reject()
    panel.reject()


def test_that_the_printer_gets_the_sheets_of_the_preview(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    panel = panel_of(qtbot, window)
    panel.pages["glossary"].click()
    report = made(qtbot, window)
    assert report is not None
    printer = prepared_printer(report)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    document = window.reports._document
    assert document is not None
    with qtbot.waitSignal(window.reports.print_on(printer, document).ended, timeout=20_000):
        pass
    read = PdfReader(BytesIO((tmp_path / "printed.pdf").read_bytes()))
    assert len(read.pages) == 2
    assert "page2of2" in "".join(read.pages[1].extract_text().split())
    panel.reject()


def test_that_printing_stops_between_two_sheets(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    panel = panel_of(qtbot, window)
    for page in ("holdings", "glossary", "stress"):
        panel.pages[page].click()
    assert made(qtbot, window) is not None
    document = window.reports._document
    assert document is not None
    assert document.pages > 3
    printer = prepared_printer(document.report)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    window.reports.keeps_log = lambda: True
    (data_folder() / "meeting-log.jsonl").unlink(missing_ok=True)
    run = window.reports.print_on(printer, document)
    shares: list[float] = []
    run.progressed.connect(shares.append)
    run.progressed.connect(run.stop)
    with qtbot.waitSignal(run.ended, timeout=20_000) as ended:
        pass
    assert ended.args == [False]
    assert shares == [1 / document.pages]
    assert load_log(data_folder()) == ()  # what nobody got was not shown
    panel.reject()


def test_that_sheets_are_printed_one_at_a_time(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    panel = panel_of(qtbot, window)
    panel.pages["glossary"].click()
    assert made(qtbot, window) is not None
    document = window.reports._document
    assert document is not None
    printer = prepared_printer(document.report)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    assert list(printed_sheets(printer, document)) == [0.5, 1.0]
    panel.reject()


@pytest.mark.parametrize("kind", ["pdf", "html", "xlsx"])
def test_that_a_report_is_made_beside_the_work_in_the_window(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    """Nothing of it is done on the thread that paints the window, and the panel says that it goes on."""
    places = {
        "pdf": "levcheck.ui.pdf.painted_pdf",
        "html": "levcheck.reporting.html.html_document",
        "xlsx": "levcheck.reporting.workbook.workbook_bytes",
    }
    go, threads = threading.Event(), []

    def slowly(*_: object) -> object:
        threads.append(threading.current_thread())
        go.wait(20)
        return "x" if kind == "html" else b"x"

    monkeypatch.setattr(places[kind], slowly)
    panel = panel_of(qtbot, window)
    report = made(qtbot, window)
    assert report is not None
    window.reports.write(report, kind, tmp_path / "a")
    qtbot.waitUntil(panel.progress.isVisible, timeout=20_000)
    assert not (tmp_path / "a").exists()
    go.set()
    qtbot.waitUntil(lambda: not window.reports.writer.is_busy, timeout=20_000)
    assert not panel.progress.isVisible()
    assert (tmp_path / "a").read_bytes() == b"x"
    assert threads[0] is not threading.main_thread()
    panel.reject()


def test_that_a_report_that_is_stopped_leaves_no_file(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    panel = panel_of(qtbot, window)
    for box in panel.pages.values():
        box.setChecked(True)
    report = made(qtbot, window)
    assert report is not None
    writer = window.reports.writer
    writer.progressed.connect(writer.stop)  # after the first sheet
    # A fast painter would be done before the word reaches it: it waits for it, at that sheet.
    writer._job._courier.progressed.connect(
        lambda *_: writer._stop.wait(20), Qt.ConnectionType.DirectConnection
    )
    with qtbot.waitSignal(writer.written, timeout=20_000) as written:
        window.reports.write(report, "pdf", tmp_path / "a.pdf")
        window.reports.write(report, "html", tmp_path / "a.html")
    assert written.args[1] is False
    assert not writer.is_busy
    assert list(tmp_path.iterdir()) == []
    assert "a.pdf was not written" in window.notice_texts[-1]
    panel.reject()


def test_that_two_files_asked_for_at_once_are_both_written(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    panel = panel_of(qtbot, window)
    report = made(qtbot, window)
    assert report is not None
    window.reports.write(report, "pdf", tmp_path / "a.pdf")
    panel.reject()
    # The panel is gone, the report goes on; a second one waits for it.
    panel = panel_of(qtbot, window)
    write(qtbot, window, report, "html", tmp_path / "a.html")
    assert {path.name for path in tmp_path.iterdir()} == {"a.pdf", "a.html"}
    panel.reject()


@pytest.mark.parametrize("language", ["de", "ko", "zh_TW"])
def test_that_the_panel_speaks_every_language_at_the_smallest_size(
    qtbot: QtBot, window: MainWindow, language: str
) -> None:
    window.resize(1024, 640)
    window.workspace.speak(language=language)
    panel = panel_of(qtbot, window)
    assert panel.width() <= 1024
    assert panel.height() <= 640
    fields = panel.fields.widget()
    assert fields is not None
    assert fields.width() <= panel.fields.viewport().width()
    for box in panel.pages.values():
        assert box.width() >= box.sizeHint().width()
    assert panel.preview.sheet.width() >= panel.preview.sheet.minimumWidth()
    panel.reject()


def test_that_an_earlier_list_fills_the_page_of_changes(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    old = tmp_path / "old.csv"
    old.write_text(
        "Symbol,Description,Quantity,Price,Market Value,Currency\nNVDA,NVIDIA CORP,100,100.00,10000.00,USD\n",
        encoding="utf-8",
    )
    panel = panel_of(qtbot, window)
    window.reports.use_earlier(old)
    report = made(qtbot, window)
    assert report is not None
    assert [section.id for section in report.sections] == ["changes"]
    assert len(report.sections[0].blocks) > 3
    assert panel.earlier.text() == "Earlier list: old.csv"
    panel.reject()
    assert panel_of(qtbot, window).earlier.text() == "Compare with an earlier list…"
    window.reports.panel.reject()  # type: ignore[union-attr]


def test_that_the_log_is_kept_only_where_it_is_switched_on(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    (data_folder() / "meeting-log.jsonl").unlink(missing_ok=True)
    panel = panel_of(qtbot, window)
    panel.client.setText("Jane")
    report = made(qtbot, window)
    assert report is not None
    write(qtbot, window, report, "html", tmp_path / "a.html")
    assert load_log(data_folder()) == ()
    window.reports.keeps_log = lambda: True
    write(qtbot, window, report, "html", tmp_path / "a.html")
    kept = [one for one in load_log(data_folder()) if isinstance(one, Shown)]
    assert [(one.client, one.kind) for one in kept] == [("Jane", "html")]
    panel.reject()


def test_that_what_was_just_chosen_is_saved_as_soon_as_it_stands(
    qtbot: QtBot, window: MainWindow
) -> None:
    panel = panel_of(qtbot, window)
    settled(qtbot, window)
    panel.pages["glossary"].click()
    panel.buttons["pdf"].click()

    def asked() -> list[QFileDialog]:
        dialogs = [w for w in QApplication.topLevelWidgets() if isinstance(w, QFileDialog)]
        return [dialog for dialog in dialogs if dialog.isVisible()]

    qtbot.waitUntil(lambda: len(asked()) == 1, timeout=20_000)
    asked()[0].reject()
    panel.reject()
