"""Shows the settings and lets every choice count at once."""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from levcheck.assets import data_folder
from levcheck.domain.diagnostics import LevcheckError
from levcheck.presenting.diagnostics_list import error_notice
from levcheck.ui.bets_desk import BetsDesk
from levcheck.ui.file_desk import FileDesk
from levcheck.ui.mapping_desk import MappingDesk
from levcheck.ui.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from levcheck.storage.settings import Settings
    from levcheck.ui.screens.log_dialog import LogDialog
    from levcheck.ui.screens.settings_panel import SettingsPanel


class SettingsDesk(QObject):
    """``changed`` carries the new :class:`Settings` when the user has changed one, ``told`` a :class:`NoticeView`.

    ``private_chosen`` says whether nothing is to be written by itself until the program ends.

    Attributes:
        now: gives the settings in force.
        is_private: gives whether nothing is written by itself.
        panel: the settings, while they are shown.
        log: the meeting log, while it is shown.
    """

    changed = Signal(object)
    private_chosen = Signal(bool)
    told = Signal(object)

    def __init__(
        self, workspace: Workspace, mapping: MappingDesk, files: FileDesk, window: QWidget
    ) -> None:
        super().__init__(window)
        self._files = files
        self._workspace = workspace
        self._mapping = mapping
        self._window = window
        self.now: Callable[[], Settings] | None = None
        self.is_private: Callable[[], bool] = _never
        self.panel: SettingsPanel | None = None
        self.log: LogDialog | None = None
        self._kept = BetsDesk(workspace, self)

    def do_settings(self) -> None:
        """Show the settings; every choice counts at once."""
        from levcheck.storage.settings import Settings
        from levcheck.ui.screens.settings_panel import SettingsPanel

        words = self._workspace.words
        kept = self.now() if self.now is not None else Settings()
        kept = replace(kept, hide_amounts=words.hide_amounts, mappings=self._mapping.known_columns)
        panel = SettingsPanel(kept, words, self._window)
        self.panel = panel
        panel.show_private(on=self.is_private())
        panel.private_chosen.connect(self.private_chosen)
        panel.changed.connect(self._on_changed)
        panel.log_asked.connect(self.show_log)
        panel.finished.connect(self._on_closed)
        self._kept.serve(panel.bets)
        panel.open()

    def speak(self) -> None:
        """Use another language."""
        if self.panel is not None:
            self.panel.speak(self._workspace.words)
            self._workspace.library.ask_kept_bets()

    @Slot()
    def show_log(self) -> None:
        """Show what the meeting log holds."""
        from levcheck.presenting.meeting_log import log_table
        from levcheck.storage.meeting_log import FILE, load_log
        from levcheck.ui.screens.log_dialog import LogDialog

        words, folder = self._workspace.words, data_folder()
        try:
            table = log_table(words, load_log(folder))
        except LevcheckError as error:
            self.told.emit(error_notice(words, error))
            return
        log = LogDialog(table, str(folder / FILE), words, self.panel or self._window)
        self.log = log
        log.save_asked.connect(self._on_save_log)
        log.finished.connect(self._on_log_closed)
        log.open()

    @Slot()
    def _on_save_log(self) -> None:
        name = self._workspace.words.text("Meeting log") + ".csv"
        self._files.ask_target(name, "CSV (*.csv)", self.write_log)

    def write_log(self, path: "Path") -> None:
        """Write the whole log as CSV, and say so."""
        from levcheck.presenting.meeting_log import log_table
        from levcheck.presenting.table_files import csv_bytes
        from levcheck.storage.meeting_log import load_log

        words = self._workspace.words
        try:
            content = csv_bytes(log_table(words, load_log(data_folder()), whole=True))
        except LevcheckError as error:
            self.told.emit(error_notice(words, error))
            return
        self._files.write(path, content)

    @Slot()
    def _on_closed(self) -> None:
        self.panel = None
        self._kept.leave()

    @Slot()
    def _on_log_closed(self) -> None:
        self.log = None

    @Slot(object)
    def _on_changed(self, settings: "Settings") -> None:
        """Let a changed setting count: in the window at once, in what is kept by ``changed``."""
        self._mapping.known_columns = dict(settings.mappings or {})
        self._workspace.usual_currency = settings.base_currency
        self.changed.emit(settings)


def _never() -> bool:
    return False
