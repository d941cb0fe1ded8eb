"""Keeps controls out of sight while editing is locked, whatever else would show them."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QAbstractItemView, QWidget


class EditLock(QObject):
    """Hides controls; when it is taken off, those come back that would be seen without it."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._wanted: dict[QWidget, bool] = {}
        self._menus: dict[QWidget, Qt.ContextMenuPolicy] = {}

    def put_on(self, controls: Iterable[QWidget], tables: Iterable[QAbstractItemView]) -> None:
        """Hide controls, and take the menus from tables."""
        for control in controls:
            if control not in self._wanted:
                self._wanted[control] = not control.isHidden()
                control.hide()
                control.installEventFilter(self)
        for table in tables:
            self._menus.setdefault(table, table.contextMenuPolicy())
            table.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)

    def take_off(self) -> None:
        """Let the controls be seen again."""
        wanted, self._wanted = self._wanted, {}
        for control, shown in wanted.items():
            control.removeEventFilter(self)
            control.setVisible(shown)
        for table, policy in self._menus.items():
            table.setContextMenuPolicy(policy)
        self._menus = {}

    def forget(self) -> None:
        """Let go of controls that are going away."""
        self._wanted, self._menus = {}, {}

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hide a control again that something has shown."""
        if (
            event.type() in {QEvent.Type.Show, QEvent.Type.ShowToParent}
            and isinstance(watched, QWidget)
            and watched in self._wanted
            and not watched.isHidden()
        ):
            self._wanted[watched] = True
            watched.hide()
        return False
