"""Shows the guide, the list of changes and the report on this machine."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QApplication, QWidget

from levcheck.presenting.guide import CHANGES, FIRST
from levcheck.ui.workspace import Workspace

if TYPE_CHECKING:
    from levcheck.ui.guide_window import GuideWindow


class HelpDesk(QObject):
    """Opens one guide at a time, and gives the focus back when it is closed."""

    def __init__(self, workspace: Workspace, window: QWidget) -> None:
        super().__init__(window)
        self._workspace = workspace
        self._window = window
        self._before: QWidget | None = None
        self.guide: GuideWindow | None = None

    def do_guide(self) -> None:
        """Show the guide from its beginning."""
        self.show_page(FIRST)

    def do_changes(self) -> None:
        """Show what is new."""
        self.show_page(CHANGES)

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
