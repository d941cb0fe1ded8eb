"""The file behind the session on screen: its claim, saving into it, and keeping aside what is not saved yet."""

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QThreadPool, QTimer, Signal, Slot

from levcheck.app.session import Session
from levcheck.domain.diagnostics import LevcheckError
from levcheck.i18n.words import Words
from levcheck.presenting.diagnostics_list import error_notice, notice
from levcheck.presenting.kept_files import not_kept_notice
from levcheck.ui.jobs import LatestJob, Ticket

if TYPE_CHECKING:
    from levcheck.app.session_files import Autosave, SessionFile

SESSION_ENDING = ".levcheck"
KEPT_AFTER_MS = 1500
AGAIN_AFTER_MS = 15_000


class SessionKeeper(QObject):
    """Holds the file, and keeps unsaved work aside a moment after every edit.

    ``told`` carries a :class:`NoticeView` about the file or the work kept aside.

    Attributes:
        file: what is known of the session's file; None when it was never saved.
    """

    told = Signal(object)

    def __init__(self, words: Callable[[], Words], job: type[LatestJob], parent: QObject) -> None:
        super().__init__(parent)
        self._words = words
        self.file: SessionFile | None = None
        self._aside: _Aside | None = None
        self._session: Session | None = None
        self._has_told = False
        # A thread of its own: however long the numbers take, work is kept aside in time.
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._job = job(self._pool, self)
        self._job.failed.connect(self._on_not_kept)
        self._job.succeeded.connect(self._on_kept)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._keep)

    def keep_aside(self) -> None:
        """Keep unsaved work aside from now on. Pictures and other windows nobody works in do not."""
        self._aside = _Aside()

    def keep_nothing(self) -> None:
        """Keep nothing aside from now on, and forget what was."""
        self._timer.stop()
        if self._aside is not None:
            self._aside.close()
        self._aside = None
        self._session = None

    # --- the file ------------------------------------------------------------------------------------------

    @property
    def path(self) -> Path | None:
        """Where the session is saved; None when it never was."""
        return self.file.path if self.file is not None else None

    @property
    def is_read_only(self) -> bool:
        """Whether the file may only be looked at."""
        return self.file is not None and self.file.is_read_only

    def take(self, file: "SessionFile | None") -> None:
        """Take another file in the place of the former one, and say what there is to know about it."""
        former = self.file
        if file is not None and former is not None and _is_same(file.path, former.path):
            file = _with_claim_of(former, file)
        elif former is not None:
            former.close()
        self.file = file
        if file is not None:
            self._tell(file)

    def save(self, session: Session, path: Path, *, chosen: bool = False) -> bool:
        """Save the session; say so and return False when that is not possible.

        Args:
            session: what to save.
            path: where to.
            chosen: the user chose this file just now, so whatever stands there may be replaced (a copy of it is kept).
        """
        from levcheck.app.session_files import save_as

        file = self.file
        try:
            if file is not None and not chosen and _is_same(file.path, path):
                self.file = file.save(session)
            else:
                self.file = save_as(path, session, file)
        except LevcheckError as error:
            self.told.emit(error_notice(self._words(), error))
            return False
        self._tell(self.file)
        return True

    def use(self, file: "SessionFile") -> None:
        """Go on with the same file under another password; saving it makes it so."""
        self.file = file

    def _tell(self, file: "SessionFile") -> None:
        for diagnostic in file.notices:
            self.told.emit(notice(self._words(), diagnostic))

    # --- unsaved work --------------------------------------------------------------------------------------

    def follow(self, session: Session, *, unsaved: bool) -> None:
        """Take note of the session on screen: unsaved work is kept aside soon, saved work is forgotten."""
        wanted = session if unsaved else None
        if self._aside is None or wanted is self._session:
            return
        self._session = wanted
        self._aside.want(wanted, self.file)
        if wanted is None:
            self._timer.stop()
            self._aside.discard()
        elif not self._timer.isActive():
            # Not started anew by every edit: what is typed without a pause is kept all the same.
            self._timer.start(KEPT_AFTER_MS)

    def flush(self) -> bool:
        """Keep unsaved work aside now; return whether it is kept."""
        self._timer.stop()
        if self._aside is None or self._session is None:
            return False
        try:
            self._aside.keep()
        except LevcheckError as error:
            self._on_not_kept(error)
            return False
        return True

    def end(self, *, keep: bool = False) -> None:
        """Let the file go and forget what was kept aside; `keep` leaves it to be offered at the next start."""
        self._timer.stop()
        if keep:
            self.flush()
        elif self._aside is not None:
            self._aside.close()
        self._session = None
        self.take(None)

    @Slot()
    def _keep(self) -> None:
        aside = self._aside
        if aside is None:
            return

        def work(_ticket: Ticket) -> None:
            aside.keep()

        self._job.submit(work)

    @Slot(object)
    def _on_kept(self, _answer: object) -> None:
        self._has_told = False

    @Slot(object)
    def _on_not_kept(self, _error: Exception) -> None:
        if not self._has_told:
            self._has_told = True
            self.told.emit(not_kept_notice(self._words()))
        if self._session is not None:
            self._timer.start(AGAIN_AFTER_MS)


class _Aside:
    """What is kept aside, written on one thread and forgotten on another: never written after it was forgotten."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._autosave: Autosave | None = None
        self._wanted: tuple[Session, SessionFile | None] | None = None

    def want(self, session: Session | None, file: "SessionFile | None") -> None:
        self._wanted = (session, file) if session is not None else None

    def keep(self) -> None:
        """Keep what is wanted now: when the disk is slow, several edits may have been made since it was asked for."""
        from levcheck.app.session_files import Autosave

        with self._lock:
            wanted = self._wanted
            if wanted is None:
                return
            if self._autosave is None:
                self._autosave = Autosave()
            self._autosave.keep(*wanted)

    def discard(self) -> None:
        with self._lock:
            if self._autosave is not None:
                self._autosave.discard()

    def close(self) -> None:
        self._wanted = None
        with self._lock:
            if self._autosave is not None:
                self._autosave.close()
                self._autosave = None


def _is_same(one: Path, other: Path) -> bool:
    return one.resolve() == other.resolve()


def _with_claim_of(former: "SessionFile", file: "SessionFile") -> "SessionFile":
    """Return a file opened once more in this window: the claim this window holds already is no other window's."""
    if file.lock is not None or former.lock is None:
        return file
    told = tuple(n for n in file.notices if n.code != "storage.open_elsewhere")
    return replace(file, lock=former.lock, notices=told)
