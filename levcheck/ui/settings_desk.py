"""Shows the settings and lets every choice count at once."""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from levcheck.ui.mapping_desk import MappingDesk
from levcheck.ui.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable

    from levcheck.storage.settings import Settings
    from levcheck.ui.screens.settings_panel import SettingsPanel


class SettingsDesk(QObject):
    """``changed`` carries the new :class:`Settings` when the user has changed one.

    Attributes:
        now: gives the settings in force.
        panel: the settings, while they are shown.
    """

    changed = Signal(object)

    def __init__(self, workspace: Workspace, mapping: MappingDesk, window: QWidget) -> None:
        super().__init__(window)
        self._workspace = workspace
        self._mapping = mapping
        self._window = window
        self.now: Callable[[], Settings] | None = None
        self.panel: SettingsPanel | None = None

    def do_settings(self) -> None:
        """Show the settings; every choice counts at once."""
        from levcheck.storage.settings import Settings
        from levcheck.ui.screens.settings_panel import SettingsPanel

        words = self._workspace.words
        kept = self.now() if self.now is not None else Settings()
        kept = replace(kept, hide_amounts=words.hide_amounts, mappings=self._mapping.known_columns)
        panel = SettingsPanel(kept, words, self._window)
        self.panel = panel
        panel.changed.connect(self._on_changed)
        panel.finished.connect(self._on_closed)
        panel.open()

    def speak(self) -> None:
        """Use another language."""
        if self.panel is not None:
            self.panel.speak(self._workspace.words)

    @Slot()
    def _on_closed(self) -> None:
        self.panel = None

    @Slot(object)
    def _on_changed(self, settings: "Settings") -> None:
        """Let a changed setting count: in the window at once, in what is kept by ``changed``."""
        self._mapping.known_columns = dict(settings.mappings or {})
        self._workspace.usual_currency = settings.base_currency
        self.changed.emit(settings)
