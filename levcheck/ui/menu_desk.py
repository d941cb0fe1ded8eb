"""Makes the actions and menus of the window, and keeps their texts, icons and states."""

from collections.abc import Sequence

from PySide6.QtCore import QKeyCombination, QObject, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from levcheck.i18n.words import Words
from levcheck.ui.actions import ACTIONS, IN_MEETINGS, Needs
from levcheck.ui.front import MENUS
from levcheck.ui.icons import icon
from levcheck.ui.workspace import Workspace


class MenuDesk(QObject):
    """Every action of :data:`~levcheck.ui.actions.ACTIONS`, in its menu, done by the first doer that knows how.

    ``recent_asked`` carries a file opened before. A new action is one line there and one method ``do_ID`` in the window or in one of its desks.
    """

    recent_asked = Signal(str)

    def __init__(
        self, window: QMainWindow, titles: Sequence[QMenu], doers: Sequence[QObject]
    ) -> None:
        super().__init__(window)
        self._actions: dict[str, QAction] = {}
        self._menus = list(titles)
        self._recent = QMenu(window)
        menus = dict(zip(MENUS, titles, strict=True))
        for spec in ACTIONS:
            menu = menus[spec.menu]
            if spec.separated:
                menu.addSeparator()
            action = QAction(window)
            action.setCheckable(spec.checkable)
            action.setShortcuts([QKeySequence(keys) for keys in spec.keys])
            deed = f"do_{spec.id}"
            doer = next(one for one in doers if hasattr(one, deed))
            # An action that acts in both directions is switched by its own state, so it listens to clicks only.
            action.triggered.connect(getattr(doer, deed))
            menu.addAction(action)
            window.addAction(action)  # its keys work also while the menus are out of sight
            self._actions[spec.id] = action
            if spec.id == "open":
                menu.addMenu(self._recent)

    def action(self, identifier: str) -> QAction:
        """Return one of the actions."""
        return self._actions[identifier]

    def press(self, keys: QKeyCombination) -> None:
        """Do what keys stand for that were pressed before there were menus."""
        pressed = QKeySequence(keys)
        for action in self._actions.values():
            if pressed in action.shortcuts():
                action.trigger()

    def speak(self, words: Words) -> None:
        """Use another language."""
        for menu, title in zip(self._menus, MENUS, strict=True):
            menu.setTitle(words.text(title))
        for spec in ACTIONS:
            self._actions[spec.id].setText(words.text(spec.text))
        self._recent.setTitle(words.text("Opened &before"))

    def show_recent(self, files: Sequence[str]) -> None:
        """Offer files that were opened before."""
        self._recent.clear()
        for file in files:
            action = self._recent.addAction(
                file.replace("\\", "/").rsplit("/", 1)[-1].replace("&", "&&")
            )
            action.setData(file)
            action.setStatusTip(file)
            action.triggered.connect(self._on_recent)
        self._recent.menuAction().setVisible(bool(files))

    @Slot()
    def _on_recent(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.recent_asked.emit(str(action.data()))

    def show_icons(self) -> None:
        """Draw the icons in the colours of now."""
        for spec in ACTIONS:
            if spec.icon:
                self._actions[spec.id].setIcon(icon(spec.icon, pixels=16))

    def allow(self, work: Workspace, *, is_meeting: bool = False) -> None:
        """Allow what is possible with what is open, and name the steps that undo and redo would take.

        In a meeting nothing is possible that changes anything, and no step is named: it may name a file.
        """
        history, words = work.history, work.words
        possible = {
            Needs.NOTHING: True,
            Needs.LINES: not work.session.is_empty,
            Needs.UNDO: history.undo_label is not None,
            Needs.REDO: history.redo_label is not None,
            Needs.SCENARIO: work.session.scenario is not None,
            Needs.FILE: work.path is not None,
            Needs.DRAFT: bool(work.session.drafts),
        }
        for spec in ACTIONS:
            is_possible = possible[spec.needs] and (not is_meeting or spec.id in IN_MEETINGS)
            self._actions[spec.id].setEnabled(is_possible)
        undo, redo = (None, None) if is_meeting else (history.undo_label, history.redo_label)
        self._name_step("undo", words.text("&Undo"), undo)
        self._name_step("redo", words.text("&Redo"), redo)

    def _name_step(self, action: str, text: str, label: str | None) -> None:
        self._actions[action].setText(f"{text}: {label}" if label else text)
