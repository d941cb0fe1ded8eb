"""Brings changes of the bets kept for every list from the settings to the workspace, and what became of them back."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from levcheck.ui.library_work import KeptBets
from levcheck.ui.workspace import Workspace

if TYPE_CHECKING:
    from levcheck.app.kept_bets import KeptBet, KeptChange
    from levcheck.ui.screens.kept_bets_list import KeptBetsList


class BetsDesk(QObject):
    """Serves one list of bets at a time, for as long as the list lives."""

    def __init__(self, workspace: Workspace, parent: QObject) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._list: KeptBetsList | None = None
        self._bets: tuple[KeptBet, ...] = ()
        self._undo: KeptChange | None = None
        workspace.library.kept_bets_ready.connect(self._on_ready)

    def serve(self, shown: "KeptBetsList") -> None:
        """Fill a list and listen to it; what was changed in an earlier one can no longer be undone there."""
        self._list, self._undo = shown, None
        shown.renamed.connect(self._on_renamed)
        shown.counted.connect(self._on_counted)
        shown.used.connect(self._on_used)
        shown.deleted.connect(self._on_deleted)
        shown.undone.connect(self._on_undone)
        self._workspace.library.ask_kept_bets()

    def leave(self) -> None:
        """Let go of the list; it goes with its window."""
        self._list = None
        self._bets, self._undo = (), None

    @Slot(str, str)
    def _on_renamed(self, identifier: str, name: str) -> None:
        from levcheck.app.kept_bets import KeptChange

        self._workspace.library.change_kept_bet(KeptChange(identifier, name=name))

    @Slot(str, bool)
    def _on_counted(self, identifier: str, counts: bool) -> None:  # noqa: FBT001  # the signature of the signal
        from levcheck.app.kept_bets import KeptChange

        self._workspace.library.change_kept_bet(KeptChange(identifier, counts=counts))

    @Slot(str)
    def _on_deleted(self, identifier: str) -> None:
        from levcheck.app.kept_bets import KeptChange

        self._workspace.library.change_kept_bet(KeptChange(identifier))

    @Slot(str)
    def _on_used(self, identifier: str) -> None:
        """Make a bet part of the open list, in a step that undo names."""
        from levcheck.app.kept_bets import take_bet

        found = next((bet for bet in self._bets if bet.id == identifier), None)
        if found is None:
            return
        words, own = self._workspace.words, found.own
        self._workspace.edit(words.text("Use a kept bet"), lambda session: take_bet(session, own))
        if self._list is not None:
            text = words.text("{bet} is part of the open list now.", bet=words.text(found.name))
            self._list.tell(text)

    @Slot()
    def _on_undone(self) -> None:
        if self._undo is not None:
            self._workspace.library.change_kept_bet(self._undo)

    @Slot(object)
    def _on_ready(self, kept: KeptBets) -> None:
        if self._list is None:
            return
        from levcheck.presenting.kept_bets import kept_bets_views

        words, before = self._workspace.words, self._bets
        self._bets = kept.bets
        has_list = not self._workspace.session.is_empty
        self._list.show_views(kept_bets_views(kept.bets, words), has_list=has_list)
        if kept.undo is None:
            return
        # A bet that was put back whole needs no undo: it can be deleted again.
        self._undo = kept.undo if kept.undo.theme is not None else None
        bet = next((bet for bet in before if bet.id == kept.undo.id), None)
        text = ""
        if self._undo is not None and bet is not None:
            text = words.text("Undo: back to “{name}”", name=words.text(bet.name))
        self._list.offer_undo(text)
