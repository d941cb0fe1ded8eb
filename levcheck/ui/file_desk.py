"""Asks for files and writes them: sessions, the report, the template."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from levcheck.domain.diagnostics import LevcheckError
from levcheck.presenting.diagnostics_list import NoticeView, error_notice
from levcheck.presenting.figures import Tone
from levcheck.storage.file_names import file_name
from levcheck.ui.session_keeper import SESSION_ENDING
from levcheck.ui.workspace import Workspace

if TYPE_CHECKING:
    from levcheck.app.what_if import Proposal

READABLE = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv", ".tsv", ".txt", SESSION_ENDING)


class FileDesk(QObject):
    """Everything the window does with files but reading them; ``told`` carries a :class:`NoticeView`.

    Dialogs are opened and never waited for, so the window stays alive behind them.

    Attributes:
        leaving: does something that lets go of the list on screen, after asking about unsaved edits.
        beside: gives the window a dialog opens over; None = the main one.
        before_names: does something that shows the names of files, after asking where a guest would read them too.
    """

    told = Signal(object)

    def __init__(self, workspace: Workspace, window: QWidget) -> None:
        super().__init__(window)
        self._workspace = workspace
        self._window = window
        self.leaving: Callable[[Callable[[], None]], None] = _at_once
        self.beside: Callable[[], QWidget | None] = _nowhere
        self.before_names: Callable[[Callable[[], None]], None] = _at_once

    # --- what can be done ------------------------------------------------------------------------------------

    def do_open(self) -> None:
        """Ask for a file and open it."""
        self.before_names(self._ask_and_open)

    def do_add_file(self) -> None:
        """Ask for a file and add it to the household."""
        self.ask_file(self._add)

    def do_open_sample(self) -> None:
        """Open the bundled sample portfolio."""
        from levcheck.assets import asset

        self.open(asset("examples", "story.xlsx"))

    def do_save_template(self) -> None:
        """Save a workbook to fill in."""
        self.ask_target("template.xlsx", "Excel (*.xlsx)", self.write_template)

    def do_save(self) -> None:
        """Save where the session was saved before, or ask."""
        self.save_then(None)

    def do_save_as(self) -> None:
        """Ask where to save the session."""
        self._save_as_then(None)

    def _ask_and_open(self) -> None:
        self.ask_file(self.open)

    # --- how ---------------------------------------------------------------------------------------------------

    def ask_file(self, then: Callable[[Path], None]) -> QFileDialog:
        """Ask for a file that can be read."""
        words = self._workspace.words
        patterns = " ".join(f"*{ending}" for ending in READABLE)
        parent = self.beside() or self._window
        dialog = QFileDialog(parent, words.text("Open a list of holdings"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters(
            [words.text("Lists of holdings") + f" ({patterns})", words.text("All files") + " (*)"]
        )
        return opened_dialog(dialog, then)

    def ask_target(self, name: str, kind: str, then: Callable[[Path], None]) -> QFileDialog:
        """Ask where to write a file called `name` at first, of kinds like ``PDF (*.pdf)``, parted by ``;;``."""
        parent = self.beside() or self._window
        dialog = QFileDialog(parent, self._workspace.words.text("Save"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        kinds = kind.split(";;")
        dialog.setNameFilters(kinds)
        ending = kinds[0].rsplit("*.", maxsplit=1)[-1].rstrip(")")
        dialog.setDefaultSuffix(ending)
        dialog.selectFile(file_name(name.removesuffix(f".{ending}"), f".{ending}"))
        return opened_dialog(dialog, then)

    @Slot(str)
    def open_named(self, file: str) -> None:
        """Open a file by its name, for example one that was opened before."""
        self.open(Path(file))

    @Slot(object)
    def open(self, path: Path) -> None:
        """Open a file in the place of what is open, after asking about unsaved edits."""
        self.leaving(lambda: self._workspace.open(path))

    def save(self, path: Path, *, chosen: bool = False) -> bool:
        """Save the session and say so; return whether it was saved."""
        if not self._workspace.save(path, chosen=chosen):
            return False
        self._tell_saved(path)
        return True

    def save_then(self, then: Callable[[], None] | None) -> None:
        """Save where the session was saved before, or ask; then go on, unless it could not be saved."""
        path = self._workspace.path
        if path is None:
            self._save_as_then(then)
        elif self.save(path) and then is not None:
            then()

    def _save_as_then(self, then: Callable[[], None] | None) -> None:
        def save(path: Path) -> None:
            if self.save(path, chosen=True) and then is not None:
                then()

        known = self._workspace.path
        name = self._workspace.session.portfolio.name or "portfolio"
        asked = known.name if known is not None else name + SESSION_ENDING

        def ask() -> None:
            self.ask_target(asked, f"levcheck (*{SESSION_ENDING})", save)

        self.before_names(ask)

    def write_template(self, path: Path) -> None:
        """Write a workbook to fill in."""
        from levcheck.assets import asset

        self.write(path, asset("examples", "template.xlsx").read_bytes())

    def write(self, path: Path, content: bytes) -> None:
        """Write bytes to a file the user chose, whole or not at all, and say so."""
        from levcheck.storage.writer import write_file

        self._guarded(path, lambda: write_file(path, content))

    def _add(self, path: Path) -> None:
        self._workspace.open(path, adds=True)

    def write_trades(self, path: Path, proposal: "Proposal") -> None:
        """Write a list of trades as CSV or XLSX, by the ending of the file."""
        from levcheck.app.trade_list import trade_rows
        from levcheck.batch.tables import write_rows

        rows = trade_rows(proposal, self._workspace.session.portfolio.base_currency)
        self._guarded(path, lambda: write_rows(path, rows, "Trades"))

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


def _nowhere() -> None:
    return None


def _at_once(act: Callable[[], None]) -> None:
    act()


def opened_dialog(dialog: QFileDialog, then: Callable[[Path], None]) -> QFileDialog:
    """Open a dialog and hand on the file that is chosen in it."""

    def act(file: str) -> None:
        then(Path(file))

    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(act)
    dialog.open()
    return dialog
