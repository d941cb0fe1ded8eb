"""Shows the guide, the list of changes and the report on this machine."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication, QWidget

from levcheck.domain.diagnostics import LevcheckError
from levcheck.presenting.diagnostics_list import error_notice
from levcheck.presenting.guide import CHANGES, FIRST
from levcheck.ui.file_desk import FileDesk
from levcheck.ui.jobs import LatestJob, Ticket
from levcheck.ui.work_desk import WorkDesk
from levcheck.ui.workspace import Workspace

if TYPE_CHECKING:
    from levcheck.ui.guide_window import GuideWindow
    from levcheck.ui.problem_report import ProblemReport


class HelpDesk(WorkDesk):
    """Opens one guide at a time, and gives the focus back when it is closed.

    Attributes:
        guide: the window of the guide, while it is open.
        report: the report on this machine, while it is shown.
    """

    def __init__(
        self,
        workspace: Workspace,
        files: FileDesk,
        window: QWidget,
        job: type[LatestJob] = LatestJob,
    ) -> None:
        super().__init__(workspace, files, window, job)
        self.report: ProblemReport | None = None
        self._job.succeeded.connect(self._on_report)
        self._before: QWidget | None = None
        self.guide: GuideWindow | None = None

    def do_guide(self) -> None:
        """Show the guide from its beginning."""
        self.show_page(FIRST)

    def do_changes(self) -> None:
        """Show what is new."""
        self.show_page(CHANGES)

    def do_problem(self) -> None:
        """Show what a helper needs to know about this machine."""
        from levcheck.ui.problem_report import ProblemReport

        if self.report is None:
            self.report = ProblemReport(self._workspace.words, self._window)
            self.report.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            self.report.save_asked.connect(self._on_save_asked)
            self.report.finished.connect(self._on_report_closed)
        self.report.open()
        families = QFontDatabase.families()

        def look(_ticket: Ticket) -> str:
            from levcheck.reporting.machine import look_around, report_text

            return report_text(look_around(lambda: families))

        self._job.submit(look)

    @Slot(object)
    def _on_report(self, text: str) -> None:
        if self.report is not None:
            self.report.show_text(text)

    @Slot(str)
    def _on_save_asked(self, text: str) -> None:
        def write(path: Path) -> None:
            from levcheck.storage.writer import write_file

            try:
                write_file(path, text.encode("utf-8"))
            except LevcheckError as error:
                self._files.told.emit(error_notice(self._workspace.words, error))

        self._files.ask_target("levcheck-report.txt", "Text (*.txt)", write)

    @Slot()
    def _on_report_closed(self) -> None:
        self._job.cancel()
        self.report = None

    def show_page(self, identifier: str) -> None:
        """Show a page of the guide."""
        if self.guide is None:
            from levcheck.ui.guide_window import GuideWindow  # nobody waits for it at the start

            self._before = QApplication.focusWidget()
            self.guide = GuideWindow(self._workspace.words, self._window)
            self.guide.left.connect(self._on_left)
        self.guide.show_page(identifier)
        self.guide.open()
        self.guide.text.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_left(self) -> None:
        self.guide = None
        if self._before is not None:
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)
        self._before = None
