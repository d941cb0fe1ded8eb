"""Brings the lines of the list from the Portfolio screen to the workspace: finding, editing, adding, removing them."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QInputDialog, QWidget

from levcheck.app.called_cash import call_cash
from levcheck.app.session import remove_position, resolve
from levcheck.presenting.diagnostics_list import NoticeView
from levcheck.presenting.figures import Tone
from levcheck.ui.workspace import Workspace

if TYPE_CHECKING:
    from levcheck.ui.screens.portfolio_screen import PortfolioScreen


class LineDesk(QObject):
    """What the window does with single lines.

    ``wanted`` asks for the Portfolio screen, ``panel_opened`` says that its side panel needs the room of the drawer,
    ``told`` carries a :class:`NoticeView`.
    """

    wanted = Signal()
    panel_opened = Signal()
    told = Signal(object)

    def __init__(self, workspace: Workspace, window: QWidget) -> None:
        super().__init__(window)
        self._workspace = workspace
        self._window = window
        self._screen: PortfolioScreen | None = None

    def serve(self, screen: "PortfolioScreen") -> None:
        """Listen to a screen."""
        self._screen = screen
        screen.resolved.connect(self._on_resolved)
        screen.removed.connect(self._on_removed)
        screen.called_cash.connect(self._on_called_cash)
        screen.asked.connect(self._workspace.questions.suggest)
        screen.edited.connect(self._workspace.edit)
        screen.panel_opened.connect(self.panel_opened)
        self._workspace.questions.suggestions_ready.connect(screen.show_suggestions)

    def forget(self) -> None:
        """Let the screen go."""
        self._screen = None

    def do_find(self) -> None:
        """Ask for a holding and put the cursor on it."""
        self.wanted.emit()
        words = self._workspace.words
        dialog = QInputDialog(self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(words.text("Find a holding"))
        dialog.setLabelText(words.text("Ticker or part of a name"))
        dialog.textValueSelected.connect(self.find_text)
        dialog.open()

    @Slot(str)
    def find_text(self, text: str) -> None:
        """Put the cursor on the next holding that contains a text."""
        table = self._screen.main_table() if self._screen is not None else None
        if table is None or not text.strip():
            return
        table.setFocus(Qt.FocusReason.OtherFocusReason)
        if not table.find_text(text.strip()):
            words = self._workspace.words
            self.told.emit(
                NoticeView(
                    words.text("No holding contains “{text}”.", text=text),
                    words.text("Try a shorter part of its name."),
                    "",
                    "window.not_found",
                    Tone.MUTED,
                )
            )

    def do_filter(self) -> None:
        """Put the cursor into the filter of the holdings."""
        if (screen := self._shown()) is not None:
            screen.filters.focus()

    def do_edit_line(self) -> None:
        """Edit the holding under the cursor."""
        if (screen := self._shown()) is not None:
            screen.edit_current()

    def do_add_line(self) -> None:
        """Type a line that no file holds."""
        self._open_panel("add")

    def do_remove_lines(self) -> None:
        """Remove the holdings marked in the table."""
        if (screen := self._shown()) is not None:
            screen.remove_marked()

    def do_currencies(self) -> None:
        """Show what is held in each currency, and the rates."""
        self._open_panel("currencies")

    def do_rows_read(self) -> None:
        """Show what became of every row of the files."""
        self._open_panel("rows")

    def _open_panel(self, name: str) -> None:
        if (screen := self._shown()) is not None:
            screen.open_panel(name)

    def _shown(self) -> "PortfolioScreen | None":
        if self._screen is not None:
            self.wanted.emit()
        return self._screen

    @Slot(str, str)
    def _on_resolved(self, position: str, instrument: str) -> None:
        line = self._label_of(position)
        self._workspace.edit(
            self._workspace.words.text("Say what {line} is", line=line),
            lambda session: resolve(session, position, instrument),
        )

    @Slot(str)
    def _on_called_cash(self, position: str) -> None:
        line = self._label_of(position)
        self._workspace.edit(
            self._workspace.words.text("Count {line} as cash", line=line),
            lambda session: call_cash(session, position),
        )

    @Slot(str)
    def _on_removed(self, position: str) -> None:
        line = self._label_of(position)
        self._workspace.edit(
            self._workspace.words.text("Remove {line}", line=line),
            lambda session: remove_position(session, position),
        )

    def _label_of(self, position: str) -> str:
        analysis = self._workspace.analysis
        return analysis.position(position).label if analysis is not None else position
