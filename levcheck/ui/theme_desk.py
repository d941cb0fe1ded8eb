"""Brings changes of bets from the Overlap screen to the workspace: each one a step that undo names."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from levcheck.app.own_themes import (
    add_theme,
    merge_themes,
    rename_theme,
    restore_theme,
    set_member,
    split_theme,
)
from levcheck.app.session import Session
from levcheck.domain.theme import Family, Theme
from levcheck.ui.workspace import Workspace

if TYPE_CHECKING:
    from levcheck.ui.screens.overlap_screen import OverlapScreen


class ThemeDesk(QObject):
    """Lives and goes with its screen."""

    def __init__(self, workspace: Workspace, screen: "OverlapScreen") -> None:
        super().__init__(screen)
        self._workspace = workspace
        panel = screen.side.panel
        panel.renamed.connect(self._on_renamed)
        panel.member_set.connect(self._on_member)
        panel.made.connect(self._on_made)
        panel.split.connect(self._on_split)
        panel.merged.connect(self._on_merged)
        panel.restored.connect(self._on_restored)
        panel.kept.connect(workspace.keep_bets)

    def _theme(self, identifier: str) -> Theme | None:
        analysis = self._workspace.analysis
        found = analysis.theme_list if analysis is not None else ()
        return next((theme for theme in found if theme.id == identifier), None)

    def _edit(self, label: str, change: Callable[[Session], Session], shows: str) -> None:
        self._workspace.edit_bets(label, change, shows=shows)

    @Slot(str, str)
    def _on_renamed(self, theme: str, name: str) -> None:
        found = self._theme(theme)
        if found is not None:
            label = self._workspace.words.text("Rename bet")
            self._edit(label, lambda session: rename_theme(session, found, name), theme)

    @Slot(str, str, float)
    def _on_member(self, theme: str, root: str, share: float) -> None:
        label = self._workspace.words.text("Change bet")
        self._edit(label, lambda session: set_member(session, theme, root, share), theme)

    @Slot(str, object)
    def _on_made(self, name: str, roots: Sequence[str]) -> None:
        changed, made = add_theme(self._workspace.session, name, roots, family=self._family(roots))
        self._edit(self._workspace.words.text("New bet"), lambda _: changed, made)

    @Slot(str, str, object)
    def _on_split(self, theme: str, name: str, roots: Sequence[str]) -> None:
        found = self._theme(theme)
        if found is not None:
            changed, made = split_theme(self._workspace.session, found, name, roots)
            self._edit(self._workspace.words.text("Split bet"), lambda _: changed, made)

    @Slot(str, str)
    def _on_merged(self, theme: str, into: str) -> None:
        label = self._workspace.words.text("Put bets together")
        self._edit(label, lambda session: merge_themes(session, theme, into), into)

    @Slot(str)
    def _on_restored(self, theme: str) -> None:
        label = self._workspace.words.text("Take back changes of a bet")
        self._edit(label, lambda session: restore_theme(session, theme), theme)

    def _family(self, roots: Sequence[str]) -> Family:
        """Return the colour of a new bet: that of the first name in it."""
        analysis = self._workspace.analysis
        exposures = analysis.exposures if analysis is not None else ()
        return next((one.family for one in exposures if one.root in roots), Family.NEUTRAL)
