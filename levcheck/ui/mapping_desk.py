"""Asks the user to match the columns of a file that does not say what they hold."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QStackedWidget

from levcheck.domain.portfolio import Reading
from levcheck.presenting.diagnostics_list import notices
from levcheck.ui.workspace import Workspace

if TYPE_CHECKING:
    from levcheck.importing.mapping import ColumnChoices
    from levcheck.ui.screens.mapping_panel import MappingPanel


class MappingDesk(QObject):
    """The way from a file whose columns are not clear to one that can be read.

    ``matched`` carries (fingerprint of the headings, field → column) when the user has matched a file; ``ended`` follows
    when the panel is gone; ``told`` carries a :class:`NoticeView`.

    Attributes:
        known_columns: fingerprint → field → column, as matched before; offered again for files with those headings.
    """

    matched = Signal(str, object)
    ended = Signal()
    told = Signal(object)

    def __init__(self, workspace: Workspace, stack: QStackedWidget, parent: QObject) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._stack = stack
        self._panel: MappingPanel | None = None
        self.known_columns: dict[str, dict[str, str]] = {}
        workspace.mapping_needed.connect(self._on_needed)
        workspace.questions.columns_ready.connect(self._on_columns)
        workspace.questions.columns_tried.connect(self._on_tried)

    @Slot(object, bool)
    def _on_needed(self, path: Path, adds: bool) -> None:  # noqa: FBT001  # the signature of the signal
        from levcheck.ui.screens.mapping_panel import MappingPanel

        self.close_panel()
        panel = MappingPanel(path, self._workspace.words)
        self._panel = panel

        def try_columns(mapping: dict[str, str], total: float | None) -> None:
            self._workspace.questions.try_columns(path, mapping, total)

        def accept(mapping: dict[str, str], total: float | None) -> None:
            if panel.fingerprint:
                self.known_columns[panel.fingerprint] = mapping
                self.matched.emit(panel.fingerprint, mapping)
            self.close_panel()
            self._workspace.open(path, adds=adds, mapping=mapping, total_value=total)

        panel.tried.connect(try_columns)
        panel.accepted.connect(accept)
        panel.cancelled.connect(self.close_panel)
        self._stack.addWidget(panel)
        self._stack.setCurrentWidget(panel)
        self._workspace.questions.ask_columns(path)

    @Slot(object)
    def _on_columns(self, choices: "ColumnChoices") -> None:
        if self._panel is None:
            return
        from levcheck.presenting.import_review import mapping_view

        words = self._workspace.words
        view = mapping_view(choices, words)
        if view is None:
            self.close_panel()
            for told in notices(words, choices.diagnostics):
                self.told.emit(told)
            return
        self._panel.show_view(view, self.known_columns.get(view.fingerprint))

    @Slot(object)
    def _on_tried(self, reading: Reading) -> None:
        if self._panel is not None:
            from levcheck.presenting.import_review import mapping_result

            self._panel.show_result(mapping_result(reading, self._workspace.words))

    @Slot()
    def close_panel(self) -> None:
        """Take the panel away; what was open is shown again."""
        panel, self._panel = self._panel, None
        if panel is None:
            return
        self._stack.removeWidget(panel)
        panel.hide()
        panel.deleteLater()
        self.ended.emit()
