"""Brings dropped fund lists, overrides and issuers' pages from the screens to the workspace."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from levcheck.domain.diagnostics import LevcheckError
from levcheck.ui.file_desk import READABLE, opened_dialog
from levcheck.ui.session_keeper import SESSION_ENDING
from levcheck.ui.workspace import Workspace

if TYPE_CHECKING:
    from levcheck.presenting.data_and_method import KnownFacts
    from levcheck.ui.screens.data_screen import DataScreen

LISTS = (*(ending for ending in READABLE if ending != SESSION_ENDING), ".xml", ".json", ".html")
"""Endings of files that may be a fund's list."""


class LibraryDesk(QObject):
    """Everything the window does with the user's library; dialogs are opened and never waited for.

    Attributes:
        dialog: the dialog that was opened last, while it is open.
    """

    def __init__(self, workspace: Workspace, window: QWidget) -> None:
        super().__init__(window)
        self._workspace = workspace
        self._window = window
        self.dialog: QDialog | None = None
        workspace.library.library_asked.connect(self.ask_fund)

    def serve(self, screen: "DataScreen") -> None:
        """Listen to a screen."""
        screen.list_dropped.connect(self._on_lists)
        screen.list_asked.connect(self.ask_list)
        screen.change_asked.connect(self.ask_change)
        screen.take_back_asked.connect(self._workspace.library.take_back)
        screen.page_asked.connect(self.open_page)

    @Slot(object, object)
    def ask_fund(self, path: Path, error: LevcheckError) -> None:
        """Ask which fund and day a list is about."""
        from levcheck.ui.screens.library_dialogs import FundQuestion

        guess = str(error.args_map.get("guess", ""))
        dialog = FundQuestion(
            path, "" if guess == "TICKER.US" else guess, self._workspace.words, self._window
        )
        dialog.answered.connect(self._on_answered)
        self._open(dialog)

    @Slot()
    def ask_list(self) -> None:
        """Ask for a fund's list."""
        words = self._workspace.words
        dialog = QFileDialog(self._window, words.text("Add a fund's list"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        patterns = " ".join(f"*{ending}" for ending in LISTS)
        dialog.setNameFilters(
            [words.text("Lists of funds") + f" ({patterns})", words.text("All files") + " (*)"]
        )
        self.dialog = opened_dialog(dialog, self._on_list)
        dialog.finished.connect(self._on_closed)

    @Slot(object, object)
    def ask_change(self, facts: "KnownFacts", kinds: object) -> None:
        """Ask what the user knows better."""
        if not isinstance(kinds, tuple):
            return
        from levcheck.ui.screens.library_dialogs import OverrideDialog

        dialog = OverrideDialog(facts, kinds, self._workspace.words, self._window)
        dialog.accepted_change.connect(self._workspace.library.override)
        self._open(dialog)

    @Slot(str)
    def open_page(self, address: str) -> None:
        """Open an issuer's page in the user's own browser; nothing of the list goes with it."""
        QDesktopServices.openUrl(address)

    def _on_list(self, path: Path) -> None:
        self._workspace.library.take_in([path], are_lists=True)

    @Slot(object)
    def _on_lists(self, paths: list[Path]) -> None:
        self._workspace.library.take_in(paths, are_lists=True)

    @Slot(object, object, object)
    def _on_answered(self, path: Path, fund: str | None, as_of: str | None) -> None:
        self._workspace.library.add_to_library(path, fund=fund, as_of=as_of)

    @Slot()
    def _on_closed(self) -> None:
        self.dialog = None

    def _open(self, dialog: QDialog) -> None:
        self.dialog = dialog
        dialog.finished.connect(self._on_closed)
        dialog.open()
