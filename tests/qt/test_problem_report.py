"""A report for a helper is shown before it goes anywhere, and a fault of the program is told in plain words."""

import logging
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from levcheck.i18n.words import Words
from levcheck.presenting.diagnostics_list import NoticeView
from levcheck.ui.faults import telling_hook
from levcheck.ui.help_desk import HelpDesk
from levcheck.ui.jobs import ImmediateJob
from levcheck.ui.main_window import MainWindow
from levcheck.ui.workspace import Workspace
from tests.helpers.sample_engine import SampleEngine


@pytest.fixture
def desk(qtbot: QtBot) -> HelpDesk:
    window = MainWindow(Workspace.immediate(SampleEngine(), Words("en")))
    qtbot.addWidget(window)
    window.show()
    return HelpDesk(window.workspace, window.files, window, job=ImmediateJob)


def test_that_the_report_is_shown_and_copied(desk: HelpDesk) -> None:
    desk.do_problem()
    report = desk.report
    assert report is not None
    assert "reading workbooks" in report.text.toPlainText()
    report._on_copy()
    assert QApplication.clipboard().text() == report.text.toPlainText()
    report.reject()
    assert desk.report is None


def test_that_the_report_is_saved_where_the_reader_says(
    desk: HelpDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "report.txt"
    monkeypatch.setattr(desk._files, "ask_target", lambda _name, _kind, then: then(out))
    desk.do_problem()
    assert desk.report is not None
    desk.report.save_asked.emit(desk.report.text.toPlainText())
    assert "It holds nothing of a portfolio" in out.read_text(encoding="utf-8")
    desk.report.reject()


def test_that_a_fault_is_logged_and_told_once_at_a_time(caplog: pytest.LogCaptureFixture) -> None:
    told: list[NoticeView] = []

    def tell(view: NoticeView) -> None:
        told.append(view)
        hook(ValueError, ValueError("again"), None)

    hook = telling_hook(tell, lambda: Words("en"))
    with caplog.at_level(logging.ERROR, logger="levcheck"):
        try:
            int("x")
        except ValueError:
            kind, fault, trace = sys.exc_info()
            assert kind is not None
            assert fault is not None
            hook(kind, fault, trace)
    assert [view.code for view in told] == ["window.fault"]
    assert len(caplog.records) == 2
