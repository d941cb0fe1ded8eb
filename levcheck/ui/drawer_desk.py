"""Opens the drawer on a number, keeps it at the right edge and up to date, and gives the focus back."""

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QApplication, QBoxLayout, QWidget

from levcheck.ui.drawer_panel import DrawerPanel
from levcheck.ui.workspace import Workspace

DOCKED_FROM = 1240


class DrawerDesk(QObject):
    """What the window does with its drawer.

    Attributes:
        panel: the drawer.
    """

    def __init__(self, workspace: Workspace, parent: QObject) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self.panel = DrawerPanel(workspace.words)
        self._body: QWidget | None = None
        self._under: QWidget | None = None
        self._beside: QBoxLayout | None = None
        self._before: QWidget | None = None
        self.panel.closed.connect(self.close_drawer)
        self.panel.resized.connect(self.place)

    def stand_in(self, body: QWidget, under: QWidget, beside: QBoxLayout) -> None:
        """Stand in the window.

        Args:
            body: what the drawer covers the right part of.
            under: the part of it that stays free, at the top.
            beside: what makes room for the drawer where there is enough.
        """
        self._body, self._under, self._beside = body, under, beside
        self.panel.setParent(body)
        self.panel.hide()

    @Slot(str)
    def explain(self, key: str) -> None:
        """Open the drawer on a number."""
        view = self._workspace.explain(key)
        if view is None:
            return
        if self.panel.isHidden():
            self._before = QApplication.focusWidget()
        self.panel.show()
        self.place()
        self.panel.raise_()
        self.panel.show_view(view)

    @Slot()
    def close_drawer(self) -> None:
        """Close the drawer and give the focus back."""
        if self.panel.isHidden():
            return
        self.panel.hide()
        self.place()
        if self._before is not None:
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)
        self._before = None

    def forget(self) -> None:
        """Close it and keep nothing of what it showed."""
        self.close_drawer()
        self.panel.forget()

    def speak(self) -> None:
        """Use another language, or hide amounts, in the drawer too."""
        self.panel.speak(self._workspace.words)
        view = self.panel.view
        if view is None:
            return
        fresh = self._workspace.explain(view.key)
        if fresh is None:
            self.close_drawer()
        elif not self.panel.isHidden():
            self.panel.show_view(fresh)
        else:
            self.panel.forget()

    def refresh(self) -> None:
        """Show the number explained as it is now."""
        view = self.panel.view
        if view is None or self.panel.isHidden():
            return
        fresh = self._workspace.explain(view.key)
        if fresh is None:
            self.close_drawer()
        elif fresh != view:
            self.panel.show_view(fresh)

    @Slot()
    def place(self) -> None:
        """Put the drawer at the right edge; beside the screen when there is room, over it when not."""
        if self._body is None or self._under is None or self._beside is None:
            return
        top, width = self._under.height(), self.panel.width()
        self.panel.setGeometry(
            self._body.width() - width, top, width, max(self._body.height() - top, 0)
        )
        wide = self._body.window().width() >= DOCKED_FROM
        beside = wide and not self.panel.isHidden()
        self._beside.setContentsMargins(0, 0, width if beside else 0, 0)
