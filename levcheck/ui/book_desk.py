"""Opens a folder of clients as a book: reads it in the background, ranks it, and opens a client in the window."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from levcheck.domain.diagnostics import LevcheckError
from levcheck.presenting.diagnostics_list import error_notice
from levcheck.ui.file_desk import FileDesk, opened_dialog
from levcheck.ui.jobs import LatestJob, Ticket
from levcheck.ui.work_desk import WorkDesk
from levcheck.ui.workspace import Workspace

if TYPE_CHECKING:
    from levcheck.batch.book import Book
    from levcheck.ui.book_window import BookWindow


class BookDesk(WorkDesk):
    """One book at a time.

    Attributes:
        shown: the window of the book, while it is open.
    """

    def __init__(
        self,
        workspace: Workspace,
        files: FileDesk,
        window: QWidget,
        job: type[LatestJob] = LatestJob,
    ) -> None:
        super().__init__(workspace, files, window, job)
        self.shown: BookWindow | None = None
        self._book: Book | None = None
        self._job.succeeded.connect(self._on_read)
        self._job.failed.connect(self._on_failed)
        self._job.progressed.connect(self._on_progress)

    def do_open_book(self) -> None:
        """Ask for the folder of a book."""
        dialog = QFileDialog(
            self._window, self._workspace.words.text("Open a folder of clients as a book")
        )
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        opened_dialog(dialog, self.read)

    def read(self, folder: Path) -> None:
        """Read every client of a folder and show the ranking."""
        from levcheck.ui.book_window import BookWindow

        if self.shown is not None:
            self.shown.reject()
        words = self._workspace.words
        shown = BookWindow(words, self._window)
        self.shown = shown
        shown.client_chosen.connect(self._on_client)
        shown.bet_chosen.connect(self._on_bet)
        shown.stopped.connect(self._on_stopped)
        shown.finished.connect(self._on_closed)
        shown.start(words.text("Reading the clients of {folder}…", folder=folder.name))
        shown.open()

        def work(ticket: Ticket) -> "Book":
            from levcheck.batch.book import BookOptions, analyse_book, files_of

            files = files_of([folder], ticket.is_cancelled)
            if not files:
                raise LevcheckError("batch.no_files")
            return analyse_book(
                files,
                BookOptions(workers=max(os.cpu_count() or 1, 1)),
                progress=lambda done, of: ticket.report(done / of),
                cancelled=ticket.is_cancelled,
            )

        self._job.submit(work)

    @Slot(object)
    def _on_read(self, book: "Book") -> None:
        self._book = book
        self._rank("")

    @Slot(str)
    def _on_bet(self, theme: str) -> None:
        self._rank(theme)

    def _rank(self, theme: str) -> None:
        from levcheck.presenting.book import book_view

        if self.shown is not None and self._book is not None:
            self.shown.show_view(book_view(self._book.rows, self._workspace.words, theme))

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, LevcheckError):
            raise error
        if self.shown is not None:
            told = error_notice(self._workspace.words, error)
            self.shown.show_refusal(f"{told.title} {told.detail}")

    @Slot(float)
    def _on_progress(self, share: float) -> None:
        if self.shown is not None:
            self.shown.progress.set_progress(share)

    @Slot(int)
    def _on_client(self, number: int) -> None:
        if self._book is None or self.shown is None:
            return
        path = self._book.path_of(self._book.rows[number])
        self.shown.accept()
        self._files.open(path)

    @Slot()
    def _on_stopped(self) -> None:
        if self._job.is_busy:
            self._job.cancel()
            if self.shown is not None:
                self.shown.show_refusal(
                    self._workspace.words.text("Reading was stopped. Nothing was changed.")
                )

    @Slot()
    def _on_closed(self) -> None:
        self.shown = None
        self._book = None
