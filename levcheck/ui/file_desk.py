"""Asks for files and writes them: sessions, the report, the template."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from levcheck.domain.diagnostics import LevcheckError
from levcheck.presenting.diagnostics_list import NoticeView, error_notice
from levcheck.presenting.figures import Tone
from levcheck.ui.workspace import SESSION_ENDING, Workspace

READABLE = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv", ".tsv", ".txt", SESSION_ENDING)


class FileDesk(QObject):
    """Everything the window does with files but reading them; ``told`` carries a :class:`NoticeView`.

    Dialogs are opened and never waited for, so the window stays alive behind them.
    """

    told = Signal(object)

    def __init__(self, workspace: Workspace, window: QWidget) -> None:
        super().__init__(window)
        self._workspace = workspace
        self._window = window

    def ask_file(self, then: Callable[[Path], None]) -> QFileDialog:
        """Ask for a file that can be read."""
        words = self._workspace.words
        patterns = " ".join(f"*{ending}" for ending in READABLE)
        dialog = QFileDialog(self._window, words.text("Open a list of holdings"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters(
            [words.text("Lists of holdings") + f" ({patterns})", words.text("All files") + " (*)"]
        )
        return opened_dialog(dialog, then)

    def ask_target(self, name: str, kind: str, then: Callable[[Path], None]) -> QFileDialog:
        """Ask where to write a file called `name` at first, of a kind like ``PDF (*.pdf)``."""
        dialog = QFileDialog(self._window, self._workspace.words.text("Save"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(kind)
        dialog.setDefaultSuffix(kind.rsplit("*.", maxsplit=1)[-1].rstrip(")"))
        dialog.selectFile(name)
        return opened_dialog(dialog, then)

    def save(self, path: Path) -> None:
        """Save the session and say so."""
        if self._workspace.save(path):
            self._tell_saved(path)

    def write_template(self, path: Path) -> None:
        """Write a workbook to fill in."""
        from levcheck.assets import asset
        from levcheck.storage.writer import write_file

        content = asset("examples", "template.xlsx").read_bytes()
        self._guarded(path, lambda: write_file(path, content))

    def write_report(self, path: Path) -> None:
        """Write page one as PDF, with amounts as they are on screen: shown or hidden."""
        analysis = self._workspace.analysis
        if analysis is None:
            return
        from levcheck.reporting.page import PageOptions, page_one
        from levcheck.ui.pdf import write_pdf

        page = page_one(analysis, self._workspace.words, PageOptions())
        self._guarded(path, lambda: write_pdf(page, path))

    def _guarded(self, path: Path, write: Callable[[], None]) -> None:
        try:
            write()
        except LevcheckError as error:
            self.told.emit(error_notice(self._workspace.words, error))
            return
        self._tell_saved(path)

    def _tell_saved(self, path: Path) -> None:
        text = self._workspace.words.text("Saved as {file}.", file=path.name)
        self.told.emit(NoticeView(text, "", "", "", Tone.SUCCESS))


def opened_dialog(dialog: QFileDialog, then: Callable[[Path], None]) -> QFileDialog:
    """Open a dialog and hand on the file that is chosen in it."""

    def act(file: str) -> None:
        then(Path(file))

    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(act)
    dialog.open()
    return dialog
