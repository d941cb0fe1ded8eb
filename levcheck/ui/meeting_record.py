"""Puts what a guest sees into the meeting log, where that is switched on: each screen once it stands, and the end."""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from levcheck.assets import data_folder
from levcheck.domain.diagnostics import LevcheckError
from levcheck.presenting.diagnostics_list import error_notice
from levcheck.ui.jobs import OrderedWrites
from levcheck.ui.screen_deck import ScreenDeck
from levcheck.ui.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable

    from levcheck.storage.meeting_log import Seen


class MeetingRecord(QObject):
    """Writes off the thread of the window and in order. ``told`` carries a :class:`NoticeView` when that fails.

    Attributes:
        keeps_log: says whether the meeting log is switched on.
    """

    told = Signal(object)

    def __init__(self, workspace: Workspace, deck: ScreenDeck, parent: QObject) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self.keeps_log: Callable[[], bool] = _never
        self._is_on = False
        self._last: Seen | None = None
        self._has_told = False
        self._writes = OrderedWrites(self)
        self._writes.failed.connect(self._on_failed)
        deck.drawn.connect(self._on_drawn)

    def begin(self) -> None:
        """Take note of every screen from now on."""
        self._is_on = True
        self._has_told = False

    def leave_client(self) -> None:
        """Note that what was shown so far is shown no longer."""
        if self._last is not None:
            ended = replace(self._last, seen_at="", screen="", scenario=None, draft=None)
            self._last = None
            self._write(ended)

    def end(self) -> None:
        """Note the end, and nothing after it."""
        self.leave_client()
        self._is_on = False

    def wait(self) -> None:
        """Return when everything noted is written."""
        self._writes.wait()

    @Slot(str)
    def _on_drawn(self, screen: str) -> None:
        work = self._workspace
        analysis, views = work.analysis, work.views
        if not self._is_on or work.is_behind or analysis is None or views is None:
            return
        if not self.keeps_log():
            return
        from levcheck.reporting.record import seen_now

        on_stress = screen == "stress"
        seen = seen_now(
            analysis,
            screen,
            with_amounts=not work.words.hide_amounts,
            scenario=views.stress.chosen if on_stress else work.choices.applied,
            draft=work.choices.shown,
        )
        # A screen that is drawn again with the same figures is still the one that was there.
        if self._last is None or replace(seen, seen_at=self._last.seen_at) != self._last:
            self._last = seen
            self._write(seen)

    def _write(self, seen: "Seen") -> None:
        from levcheck.reporting.record import timed
        from levcheck.storage.meeting_log import add_shown

        entry, folder = timed(seen), data_folder()
        self._writes.add(lambda: add_shown(folder, entry))

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        """Say once in a meeting that the log cannot be written; the meeting goes on."""
        if not isinstance(error, LevcheckError):
            raise error
        if not self._has_told:
            self._has_told = True
            self.told.emit(error_notice(self._workspace.words, error))


def _never() -> bool:
    return False
