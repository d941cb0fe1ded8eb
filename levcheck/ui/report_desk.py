"""Makes reports in the window: the panel with its preview, the files, the printer, and the templates kept."""

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from levcheck.app.analysis import Analysis
from levcheck.app.passwords import ASK_CODES, NEEDS_PASSWORD, PasswordList
from levcheck.app.session import Session
from levcheck.assets import data_folder
from levcheck.domain.diagnostics import LevcheckError
from levcheck.domain.portfolio import Portfolio
from levcheck.presenting.diagnostics_list import NoticeView, error_notice
from levcheck.presenting.figures import Tone
from levcheck.ui.engine import Engine
from levcheck.ui.file_desk import FileDesk, opened_dialog
from levcheck.ui.jobs import LatestJob, Ticket
from levcheck.ui.report_writer import ReportWriter
from levcheck.ui.work_desk import WorkDesk
from levcheck.ui.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtPrintSupport import QPrinter

    from levcheck.app.draft_results import DraftResult
    from levcheck.reporting.report import Beside, Report
    from levcheck.reporting.templates import Wish
    from levcheck.storage.report_templates import Templates
    from levcheck.ui.paper.document import Document
    from levcheck.ui.paper.printing import PrintRun
    from levcheck.ui.password_desk import AskFor
    from levcheck.ui.report_writer import Order
    from levcheck.ui.screens.report_panel import ReportPanel

WAIT_MS = 150
"""Choices that follow each other this closely are one."""
PROGRESS_AFTER_MS = 300
ROOM = 0.94
KINDS = {"pdf": "PDF (*.pdf)", "html": "HTML (*.html)", "xlsx": "Excel (*.xlsx)"}


class ReportDesk(WorkDesk):
    """``told`` carries a :class:`NoticeView`.

    Attributes:
        panel: the report panel, while it is shown.
        keeps_log: says whether the meeting log is switched on.
        writer: writes the files.
        passwords: asks for the password of an earlier list.
    """

    told = Signal(object)

    def __init__(
        self,
        workspace: Workspace,
        files: FileDesk,
        window: QWidget,
        job: type[LatestJob] = LatestJob,
    ) -> None:
        super().__init__(workspace, files, window, job)
        self.panel: ReportPanel | None = None
        self.keeps_log: Callable[[], bool] = _never
        self.passwords: AskFor | None = None
        self._earlier: Earlier | None = None
        self._document: Document | None = None
        self._waiting = ""
        self._job.succeeded.connect(self._on_made)
        self._job.failed.connect(self._on_failed)
        self.writer = ReportWriter(job, self)
        self.writer.begun.connect(self._on_begun)
        self.writer.progressed.connect(self._on_progress)
        self.writer.written.connect(self._on_written)
        self.writer.failed.connect(self._on_not_written)
        self._print_run: PrintRun | None = None
        self._doing = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WAIT_MS)
        self._timer.timeout.connect(self._make)

    def do_report(self) -> None:
        """Show what can be printed, and how it will look."""
        if self._workspace.today is None:
            return
        from levcheck.storage.report_templates import load_templates
        from levcheck.ui.screens.report_panel import ReportPanel

        panel = ReportPanel(load_templates(data_folder()), self._workspace.words, self._window)
        self.panel = panel
        panel.changed.connect(self._timer.start)
        panel.save_asked.connect(self._on_save)
        panel.print_asked.connect(self._on_print)
        panel.kept.connect(self._on_kept)
        panel.dropped.connect(self._on_dropped)
        panel.logo_asked.connect(self._on_logo)
        panel.earlier_asked.connect(self._on_earlier)
        panel.progress.cancelled.connect(self._on_cancelled)
        panel.finished.connect(self._on_closed)
        # As large as the window allows: the more of a sheet is seen, the less is guessed.
        panel.resize(self._window.size() * ROOM)
        panel.open()
        if self._doing:
            panel.progress.start(self._doing, after_ms=0)
        self._make()

    def speak(self) -> None:
        """Use another language."""
        if self.panel is not None:
            self.panel.speak(self._workspace.words)
            self._timer.start()

    def stop(self) -> None:
        """Give up what is being made and written; for a window that closes."""
        self._stop_making()
        self.writer.give_up()
        if self._print_run is not None:
            self._print_run.stop()

    def _stop_making(self) -> None:
        self._timer.stop()
        self._job.cancel()

    # --- making ----------------------------------------------------------------------------------------------

    def _wish(self) -> "Wish | None":
        if self.panel is None:
            return None
        return replace(self.panel.wish, scenario=self._workspace.session.scenario)

    @Slot()
    def _make(self) -> None:
        wish, analysis, words = self._wish(), self._workspace.today, self._workspace.words
        if wish is None or analysis is None:
            return
        proposed = self._workspace.proposed
        drafts = proposed.drafts if proposed is not None else ()
        session = self._workspace.session
        asked = _Asked(self._workspace.engine, session, drafts, self._earlier)
        self._document = None

        def work(ticket: Ticket) -> "Document":
            from levcheck.reporting.templates import wished_report
            from levcheck.ui.paper.document import Document

            beside = asked.beside(analysis, wish.template.pages, ticket)
            return Document(wished_report(analysis, words, replace(wish, beside=beside)))

        self._job.submit(work)

    @Slot(object)
    def _on_made(self, document: "Document") -> None:
        self._document = document
        if self.panel is not None:
            self.panel.show_document(document)
        kind, self._waiting = self._waiting, ""
        if kind and not self._timer.isActive():
            self._on_save(kind)

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self._waiting = ""
        if not isinstance(error, LevcheckError):
            raise error
        if self.panel is not None:
            self.panel.show_fault(error)
            if error.code in ASK_CODES:
                self._ask_password(was_wrong=error.code != NEEDS_PASSWORD)

    def _ask_password(self, *, was_wrong: bool) -> None:
        """Ask for what closes the earlier list; without it the panel goes on saying that it is closed."""
        earlier = self._earlier
        if earlier is None or self.passwords is None:
            return

        def typed(password: str) -> None:
            if self._earlier is not None and self._earlier.path == earlier.path:
                self._earlier = replace(earlier, password=password)
                self._timer.start()

        self.passwords.ask_for(earlier.path.name, typed, was_wrong=was_wrong, over=self.panel)

    def made(self) -> "Report | None":
        """Return the report in the preview; None while it is being made or where it cannot be."""
        if self._timer.isActive() or self._document is None:
            return None
        return self._document.report

    # --- writing ---------------------------------------------------------------------------------------------

    @Slot(str)
    def _on_save(self, kind: str) -> None:
        report = self.made()
        if report is None:
            # What was just chosen is still being made: it is saved as soon as it stands.
            self._waiting = kind
            return
        name = self._workspace.session.portfolio.name or "levcheck"

        def write(path: Path) -> None:
            self.write(report, kind, path)

        self._files.ask_target(f"{name}.{kind}", KINDS[kind], write)

    def write(self, report: "Report", kind: str, path: Path) -> None:
        """Write a report as pdf, html or xlsx beside the work in the window, and say so."""
        from levcheck.ui.report_writer import Order

        wish, analysis = self._wish(), self._workspace.today
        if wish is not None and analysis is not None:
            words, is_logged = self._workspace.words, self.keeps_log()
            self.writer.write(Order(report, kind, path, analysis, words, wish, is_logged))

    @Slot(object)
    def _on_begun(self, order: "Order") -> None:
        self._show_progress(self._workspace.words.text("Making {file}…", file=order.path.name))

    @Slot(object, bool)
    def _on_written(self, order: "Order", stands: bool) -> None:  # noqa: FBT001  # what a signal carries
        self._end_progress()
        words = self._workspace.words
        if stands:
            text = words.text("Saved as {file}.", file=order.path.name)
            self.told.emit(NoticeView(text, "", "", "", Tone.SUCCESS))
        else:
            text = words.text("Stopped. {file} was not written.", file=order.path.name)
            self.told.emit(NoticeView(text, "", "", "", Tone.MUTED))

    @Slot(object, object)
    def _on_not_written(self, _order: "Order", error: Exception) -> None:
        self._end_progress()
        if not isinstance(error, LevcheckError):
            raise error
        self.told.emit(error_notice(self._workspace.words, error))

    @Slot()
    def _on_print(self) -> None:
        if self.made() is None or self._document is None or self.panel is None:
            return
        from levcheck.ui.paper.printing import ask_printer

        document = self._document
        ask_printer(document.report, self.panel, lambda printer: self.print_on(printer, document))

    def print_on(self, printer: "QPrinter", document: "Document") -> "PrintRun":
        """Print sheet by sheet beside the work in the window."""
        from levcheck.ui.paper.printing import PrintRun

        wish, analysis = self._wish(), self._workspace.today
        run = PrintRun(printer, document, self)
        self._print_run = run

        def end(whole: bool) -> None:  # noqa: FBT001  # what a signal carries
            self._print_run = None
            self._end_progress()
            run.deleteLater()
            if whole and wish is not None and analysis is not None and self.keeps_log():
                self._record_print(analysis, wish)

        run.progressed.connect(self._on_progress)
        run.ended.connect(end)
        self._show_progress(self._workspace.words.text("Printing…"))
        run.start()
        return run

    def _record_print(self, analysis: Analysis, wish: "Wish") -> None:
        from levcheck.reporting.record import record

        try:
            record(data_folder(), analysis, self._workspace.words, wish, "print")
        except LevcheckError as error:
            self.told.emit(error_notice(self._workspace.words, error))

    def _show_progress(self, text: str) -> None:
        self._doing = text
        if self.panel is not None:
            self.panel.progress.start(text, after_ms=PROGRESS_AFTER_MS)

    @Slot(float)
    def _on_progress(self, share: float) -> None:
        if self.panel is not None:
            self.panel.progress.set_progress(share)

    def _end_progress(self) -> None:
        self._doing = ""
        if self.panel is not None:
            self.panel.progress.finish()

    @Slot()
    def _on_cancelled(self) -> None:
        self.writer.stop()
        if self._print_run is not None:
            self._print_run.stop()

    # --- templates -------------------------------------------------------------------------------------------

    @Slot(object)
    def _on_kept(self, template: object) -> None:
        from levcheck.storage.report_templates import ReportTemplate

        if isinstance(template, ReportTemplate):
            self._change(lambda kept: kept.with_template(template))

    @Slot(str)
    def _on_dropped(self, name: str) -> None:
        self._change(lambda kept: kept.without(name))

    def _change(self, change: "Callable[[Templates], Templates]") -> None:
        from levcheck.storage.report_templates import load_templates, save_templates

        folder = data_folder()
        templates = change(load_templates(folder))
        try:
            save_templates(folder, templates)
        except LevcheckError as error:
            self.told.emit(error_notice(self._workspace.words, error))
            return
        if self.panel is not None:
            self.panel.show_templates(templates)

    @Slot()
    def _on_logo(self) -> None:
        dialog = QFileDialog(
            self.panel or self._window, self._workspace.words.text("Choose a logo")
        )
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter("PNG, JPEG, SVG (*.png *.jpg *.jpeg *.svg)")
        opened_dialog(dialog, self.use_logo)

    @Slot()
    def _on_earlier(self) -> None:
        self._files.ask_file(self.use_earlier)

    def use_earlier(self, path: Path) -> None:
        """Compare with the list in a file."""
        self._earlier = Earlier(path)
        if self.panel is not None:
            self.panel.show_earlier(path.name)

    def use_logo(self, path: Path) -> None:
        """Put the mark in a file on the report, or say why it cannot be used."""
        from levcheck.reporting.logos import LARGEST_BYTES, checked_logo

        if self.panel is None:
            return
        try:
            with path.open("rb") as stream:
                logo = checked_logo(stream.read(LARGEST_BYTES + 1))
        except LevcheckError as error:
            self.panel.show_fault(error)
            return
        except OSError as error:
            reason = error.strerror or type(error).__name__
            self.panel.show_fault(
                LevcheckError("storage.not_readable", file=path.name, reason=reason)
            )
            return
        self.panel.brand.use_logo(logo.content)

    @Slot()
    def _on_closed(self) -> None:
        # What is being written goes on without its panel.
        self._stop_making()
        self.panel = self._earlier = self._document = None


def _never() -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Earlier:
    """The list that today's is compared with, for as long as the panel is open."""

    path: Path
    password: str | None = field(default=None, repr=False)

    def portfolio(self, base_currency: str) -> Portfolio:
        """Return its lines.

        Raises:
            LevcheckError: it cannot be read, or its password is missing or wrong.
        """
        from levcheck.app.intake import take_in

        known = PasswordList(((None, self.password),) if self.password is not None else ())
        return take_in([self.path], base_currency=base_currency, ask=known.tries).portfolio


@dataclass(frozen=True, slots=True)
class _Asked:
    """What has to be worked out beside the list of today; only for pages that are ticked."""

    engine: Engine
    session: Session
    drafts: "tuple[DraftResult, ...]"
    earlier: Earlier | None

    def beside(self, analysis: Analysis, pages: tuple[str, ...], ticket: Ticket) -> "Beside":
        """Return the drafts and the earlier list, analysed as today's list was.

        Raises:
            LevcheckError: the earlier list cannot be read.
        """
        from levcheck.reporting.report import Beside

        def analyse(portfolio: Portfolio) -> Analysis:
            alone = replace(self.session, portfolio=portfolio, diagnostics=(), drafts=())
            return self.engine.analyse(alone, ticket)

        drafts = self.drafts if "proposed" in pages else ()
        earlier = None
        if self.earlier is not None and "changes" in pages:
            earlier = analyse(self.earlier.portfolio(analysis.portfolio.base_currency))
        return Beside(drafts, earlier)
