"""Saving a session and opening it again; backups; and work that was not saved when the program ended.

For the command line :func:`open_session` and :func:`write_session` are enough. A window holds a :class:`SessionFile`: it knows
what the file looked like when it was opened, so that nothing another program wrote is ever overwritten unseen.
"""

import contextlib
from dataclasses import dataclass, replace
from pathlib import Path

from levcheck import __version__
from levcheck.app.session import Session
from levcheck.assets import data_folder
from levcheck.domain.diagnostics import Diagnostic, LevcheckError, Severity
from levcheck.storage.backups import Backup, backups, forget_backups, last_good_backup
from levcheck.storage.keeping import KnownFile, has_changed, open_kept, save_kept
from levcheck.storage.locks import Lock, lock_file, take_lock
from levcheck.storage.recovery import (
    Recovery,
    RecoveryFile,
    discard_recovery,
    find_recoveries,
    open_recovery,
)
from levcheck.storage.sealing import Seal, is_sealed
from levcheck.storage.session_file import (
    ENDING,
    SessionBody,
    load_session,
    restored,
    session_bytes,
    stored,
    under_seal,
)
from levcheck.storage.unknown_fields import Unknown
from levcheck.storage.writer import clean_up, clean_up_old

__all__ = [
    "ENDING",
    "Autosave",
    "Backup",
    "OpenedSession",
    "Recovery",
    "SessionFile",
    "backups_of",
    "clean_leftovers",
    "forget_backups_of",
    "forget_recovery",
    "has_password",
    "last_good_backup_of",
    "open_for_editing",
    "open_session",
    "recover",
    "save_as",
    "unsaved_work",
    "write_session",
]


@dataclass(frozen=True, slots=True)
class SessionFile:
    """The file behind a window's session.

    Attributes:
        known: the file as this window last saw it.
        lock: the claim that tells other windows it is open here; None when one of them has it, or none can be made.
        notices: what the user has to know after opening or saving.
    """

    known: KnownFile
    lock: Lock | None = None
    notices: tuple[Diagnostic, ...] = ()

    @property
    def path(self) -> Path:
        """Where the file is."""
        return self.known.path

    @property
    def is_read_only(self) -> bool:
        """Whether it may be looked at but not overwritten (a newer version wrote it)."""
        return self.known.is_read_only

    @property
    def has_changed(self) -> bool:
        """Whether another program changed it since this window last saw it.

        Raises:
            LevcheckError: it cannot be read now.
        """
        return has_changed(self.known)

    def save(self, session: Session) -> "SessionFile":
        """Save the session into the file it came from and return what is known of it now.

        Raises:
            LevcheckError: ``storage.changed_elsewhere`` (ask: save as, or open again), ``storage.newer_kept``, or it cannot be
                written; what was there before is untouched.
        """
        known = self.known
        saved = save_kept(
            self.path,
            _body(session),
            app=__version__,
            known=known,
            data=_data(),
            seal=known.seal,
        )
        return SessionFile(saved.known, self.lock, saved.notices)

    @property
    def has_password(self) -> bool:
        """Whether it is saved under a password."""
        return self.known.seal is not None

    def with_password(self, password: str | None) -> "SessionFile":
        """Return the file to be saved under another password from now on (None = without one); save it to make it so.

        Making the key takes about half a second.

        Raises:
            LevcheckError: ``storage.password_short`` or ``storage.no_cipher``.
        """
        seal = Seal.new(password) if password is not None else None
        return replace(self, known=replace(self.known, seal=seal))

    def close(self) -> None:
        """Let other windows have the file."""
        if self.lock is not None:
            self.lock.release()


@dataclass(frozen=True, slots=True)
class OpenedSession:
    """A session with the file it came from."""

    session: Session
    file: SessionFile


def open_session(
    path: Path,
    *,
    allow_newer: bool = False,
    password: str | None = None,
    like: "SessionFile | None" = None,
) -> Session:
    """Return a saved session.

    Args:
        path: the file.
        allow_newer: whether a newer version's file is read as far as this one understands it.
        password: for a file that has one.
        like: a file that is open; its password is tried first.

    Raises:
        LevcheckError: it cannot be read, is damaged, newer than this program, or its password is missing
            (``storage.needs_password``) or wrong (``storage.wrong_password``).
    """
    return _session(
        load_session(path, allow_newer=allow_newer, password=password, seal=_seal(like))
    )


def has_password(path: Path) -> bool:
    """Return whether a file is a session closed with a password; one that cannot be read is none."""
    if path.suffix.lower() != ENDING:
        return False
    try:
        with path.open("rb") as stream:
            return is_sealed(stream.read(4096))
    except OSError:
        return False


def open_for_editing(
    path: Path, password: str | None = None, *, like: "SessionFile | None" = None
) -> OpenedSession:
    """Open a session in a window; a file of a newer version is opened to read only, with a notice.

    Args:
        path: the file.
        password: for a file that has one.
        like: a file that is open; its password is tried first.

    Raises:
        LevcheckError: it cannot be read, is damaged (offer :func:`last_good_backup_of` then), or its password is missing
            (``storage.needs_password``: ask for it) or wrong (``storage.wrong_password``).
    """
    loaded, known = open_kept(path, allow_newer=True, password=password, seal=_seal(like))
    lock, notices = _claim(path)
    if known.is_read_only:
        told = Diagnostic("storage.opened_newer", Severity.WARNING, None, {"file": path.name})
        notices = (told, *notices)
    return OpenedSession(_session(loaded.body), SessionFile(known, lock, notices))


def write_session(
    path: Path, session: Session, *, unknown: Unknown | None = None, seal: Seal | None = None
) -> SessionFile:
    """Save a session where the user chose to; what stood there is kept as a backup if it was a session.

    Args:
        path: where to.
        session: what to save.
        unknown: fields of a newer version to take along (``file.known.unknown`` of the file it was opened from).
        seal: of the password to save it under; None = without one.

    Raises:
        LevcheckError: the file cannot be written; what was there before is untouched.
    """
    saved = save_kept(
        path, _body(session), app=__version__, data=_data(), unknown=unknown, seal=seal
    )
    return SessionFile(saved.known, None, saved.notices)


def save_as(path: Path, session: Session, former: SessionFile | None = None) -> SessionFile:
    """Save a window's session under a new name and take the new file in the place of the former one.

    Raises:
        LevcheckError: the file cannot be written; the former one stays as it was, and stays claimed.
    """
    if former is not None and former.is_read_only and _same(former.path, path):
        return former.save(session)  # refuses, in the words for it
    unknown = former.known.unknown if former is not None else None
    seal = former.known.seal if former is not None else None
    made = write_session(path, session, unknown=unknown, seal=seal)
    if former is not None:
        former.close()
    lock, notices = _claim(path)
    return replace(made, lock=lock, notices=(*made.notices, *notices))


class Autosave:
    """Keeps aside what is not saved yet; one for each window."""

    def __init__(self) -> None:
        self._file: RecoveryFile | None = None
        self._kept: Session | None = None

    def keep(self, session: Session, file: SessionFile | None = None) -> bool:
        """Keep a modified session aside, unless this very session is kept already; return whether it was written.

        Args:
            session: the session on screen.
            file: the file it belongs to; None when it was never saved.

        Raises:
            LevcheckError: it cannot be written; the session itself is not in danger.
        """
        if session is self._kept or session.is_empty:
            return False
        unknown = file.known.unknown if file is not None else None
        content = session_bytes(_body(session), app=__version__, unknown=unknown)
        if file is not None and file.known.seal is not None:
            content = under_seal(content, file.known.seal, file.path.name)
        self._own().write(
            content,
            origin=file.path.absolute() if file is not None else None,
            origin_sha256=file.known.sha256 if file is not None else None,
        )
        self._kept = session
        return True

    def discard(self) -> None:
        """Forget what was kept aside: it is saved now."""
        self._kept = None
        if self._file is not None:
            self._file.discard()

    def close(self) -> None:
        """Forget it for good; for a window that closes as it was asked to."""
        self._kept = None
        if self._file is not None:
            self._file.close()
            self._file = None

    def _own(self) -> RecoveryFile:
        if self._file is None:
            try:
                self._file = RecoveryFile.create(data_folder())
            except OSError as error:
                reason = error.strerror or type(error).__name__
                raise LevcheckError(
                    "storage.not_writable", file="recovery", reason=reason
                ) from error
        return self._file


def unsaved_work() -> tuple[Recovery, ...]:
    """Return what windows that died had not saved, newest first; ask for it at start."""
    data = _data()
    return find_recoveries(data) if data is not None else ()


def recover(recovery: Recovery, password: str | None = None) -> tuple[Session, SessionFile | None]:
    """Return the session that was kept aside, and the file it belongs to (None when it was never saved).

    The session differs from its file, so it counts as modified. Saving it into that file is refused when the file was changed
    after the work was kept aside. Forget it with :func:`forget_recovery` once it is saved or refused.

    Raises:
        LevcheckError: it cannot be read, is damaged, or its password is missing or wrong.
    """
    loaded, seal = open_recovery(recovery, password)
    session = _session(loaded.body)
    if recovery.origin is None or recovery.origin_sha256 is None:
        return session, None
    digest, unknown = recovery.origin_sha256, loaded.unknown
    known = KnownFile(recovery.origin, digest, unknown=unknown, seal=seal)
    lock, notices = _claim(recovery.origin)
    return session, SessionFile(known, lock, notices)


def forget_recovery(recovery: Recovery) -> None:
    """Remove work that was kept aside.

    Raises:
        LevcheckError: it cannot be removed.
    """
    discard_recovery(recovery)


def backups_of(path: Path) -> tuple[Backup, ...]:
    """Return the backups of a session file, newest first."""
    data = _data()
    return backups(data, path) if data is not None else ()


def last_good_backup_of(
    path: Path,
    password: str | None = None,
    *,
    like: "SessionFile | None" = None,
    takes_closed: bool = False,
) -> Backup | None:
    """Return the newest backup that opens, or that only lacks its password; :func:`open_session` opens its ``path``."""
    data = _data()
    if data is None:
        return None
    return last_good_backup(
        data, path, password=password, seal=_seal(like), takes_closed=takes_closed
    )


def forget_backups_of(path: Path) -> None:
    """Remove every backup of a session file.

    Raises:
        LevcheckError: they cannot be removed.
    """
    data = _data()
    if data is not None:
        forget_backups(data, path)


def clean_leftovers() -> int:
    """Remove what writers that died left in the user's data folder; return how many files. For the start of the program."""
    data = _data()
    if data is None:
        return 0
    folders = [data, data / "recovery", data / "library"]
    with contextlib.suppress(OSError):
        folders += [folder for folder in (data / "backups").iterdir() if folder.is_dir()]
    removed = sum(clean_up(folder) for folder in folders)
    # The reference tables and the user's library are put together under names of their own.
    return (
        removed
        + clean_up_old(data / "cache", "tmp*.part")
        + clean_up_old(data / "library", ".part-*")
    )


# --- inside ------------------------------------------------------------------------------------------------


def _seal(file: "SessionFile | None") -> Seal | None:
    return file.known.seal if file is not None else None


def _body(session: Session) -> SessionBody:
    return SessionBody(
        # A filter is a way of looking: it is not saved, so that nobody takes a part for the whole.
        portfolio=replace(session.portfolio, only=None),
        readings=tuple(stored(reading) for reading in session.readings),
        diagnostics=session.diagnostics,
        scenario=session.scenario,
        custom=session.custom,
        drafts=session.drafts,
        model=session.model,
    )


def _session(body: SessionBody) -> Session:
    return Session(
        portfolio=body.portfolio,
        readings=tuple(restored(kept) for kept in body.readings),
        diagnostics=body.diagnostics,
        scenario=body.scenario,
        custom=body.custom,
        drafts=body.drafts,
        model=body.model,
    )


def _data() -> Path | None:
    """Return the user's data folder; a program that cannot have one still opens and saves."""
    try:
        return data_folder()
    except OSError:
        return None


def _same(one: Path, other: Path) -> bool:
    return one.resolve() == other.resolve()


def _claim(path: Path) -> tuple[Lock | None, tuple[Diagnostic, ...]]:
    data = _data()
    if data is None:
        return None, ()
    try:
        lock = take_lock(lock_file(data, path, "open"))
    except OSError:
        return None, ()
    if lock is None:
        told = Diagnostic("storage.open_elsewhere", Severity.WARNING, None, {"file": path.name})
        return None, (told,)
    return lock, ()
