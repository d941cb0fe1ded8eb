"""Opening and saving a session file with everything that protects it: locks, changes by others, backups.

Nothing here overwrites what the user has not seen: a file that changed since it was opened, a file of a newer version, and a
file another window has just saved are refused, and the user is asked.
"""

import contextlib
import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from levcheck.domain.diagnostics import Diagnostic, LevcheckError, Severity
from levcheck.storage.backups import forget_open_backups, keep_backup
from levcheck.storage.locks import lock_file, waiting_lock
from levcheck.storage.sealing import Seal
from levcheck.storage.session_file import (
    LARGEST,
    LoadedSession,
    SessionBody,
    opened,
    parse_session,
    read_session_bytes,
    save_session,
)
from levcheck.storage.unknown_fields import Unknown
from levcheck.storage.writer import clean_up


@dataclass(frozen=True, slots=True)
class KnownFile:
    """A session file as this window last saw it.

    Attributes:
        path: where it is.
        sha256: hash of its bytes.
        is_read_only: whether it is of a newer version, to be looked at and never overwritten.
        unknown: fields in it that this version does not know.
        seal: of its password; None = it has none.
    """

    path: Path
    sha256: str
    is_read_only: bool = False
    unknown: Unknown | None = None
    seal: Seal | None = None


@dataclass(frozen=True, slots=True)
class Saved:
    """How saving went.

    Attributes:
        known: the file as it is now.
        notices: what the user has to know although it is saved, for example that no backup could be made.
    """

    known: KnownFile
    notices: tuple[Diagnostic, ...] = ()


def open_kept(
    path: Path,
    *,
    allow_newer: bool = False,
    password: str | None = None,
    seal: Seal | None = None,
) -> tuple[LoadedSession, KnownFile]:
    """Open a session file and remember what it looked like.

    Raises:
        LevcheckError: it cannot be read, is no session, is damaged, too large, newer (unless allowed), or its password is
            missing or wrong.
    """
    content = read_session_bytes(path)
    plain, seal = opened(content, path.name, password, seal=seal)
    loaded = parse_session(plain, path.name, allow_newer=allow_newer)
    return loaded, KnownFile(path, _digest(content), loaded.is_newer, loaded.unknown, seal)


def has_changed(known: KnownFile) -> bool:
    """Return whether another program changed the file since this window last saw it; one that is gone has not."""
    content = _content_of(known.path)
    return content is not None and _digest(content) != known.sha256


def save_kept(
    path: Path,
    body: SessionBody,
    *,
    app: str,
    known: KnownFile | None = None,
    data: Path | None = None,
    unknown: Unknown | None = None,
    seal: Seal | None = None,
) -> Saved:
    """Save a session and keep a backup of what stood there and of what stands there now.

    Args:
        path: where to.
        body: what to keep.
        app: version of the program.
        known: the file this session was opened from or last saved to; when `path` is that file it must not have changed.
        data: the user's data folder, for locks and backups; None when there is none.
        unknown: fields to put back; those of `known` when not given.
        seal: of the password to save under; None = without one. A file with a password keeps no copies without it.

    Raises:
        LevcheckError: ``storage.changed_elsewhere``, ``storage.newer_kept``, ``storage.busy``, or it cannot be written;
            what was there before is untouched.
    """
    same = known is not None and _is_same(known.path, path)
    with _saving(path, data):
        old = _content_of(path)
        if known is not None and same and old is not None:
            if known.is_read_only:
                raise LevcheckError("storage.newer_kept", file=path.name)
            if _digest(old) != known.sha256:
                raise LevcheckError("storage.changed_elsewhere", file=path.name)
        notices = [] if old is None else _backed_up(data, path, old)
        extras = unknown or (known.unknown if known is not None else None)
        content = save_session(path, body, app=app, unknown=extras, seal=seal)
        notices += _backed_up(data, path, content)
        if seal is not None and data is not None:
            notices += _without_open_copies(data, path)
        clean_up(path.parent)
    return Saved(KnownFile(path, _digest(content), unknown=extras, seal=seal), tuple(notices[:1]))


# --- inside ------------------------------------------------------------------------------------------------


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _is_same(one: Path, other: Path) -> bool:
    return os.path.realpath(one) == os.path.realpath(other)


def _content_of(path: Path) -> bytes | None:
    """Return what stands at a place, at most a little more than a session can have; None when nothing does.

    Raises:
        LevcheckError: ``storage.not_readable``: what cannot be seen must not be overwritten.
    """
    try:
        with path.open("rb") as stream:
            return stream.read(LARGEST + 1)
    except FileNotFoundError:
        return None
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise LevcheckError("storage.not_readable", file=path.name, reason=reason) from error


@contextlib.contextmanager
def _saving(path: Path, data: Path | None) -> Iterator[None]:
    """Let one window at a time look, compare and write; without a data folder there is nothing to lock with."""
    with contextlib.ExitStack() as stack:
        if data is not None:
            with contextlib.suppress(OSError):
                stack.enter_context(waiting_lock(lock_file(data, path, "save"), name=path.name))
        yield


def _without_open_copies(data: Path, path: Path) -> list[Diagnostic]:
    """Remove the copies from before there was a password; what cannot be removed is told."""
    try:
        forget_open_backups(data, path)
    except LevcheckError:
        return [Diagnostic("storage.open_copies", Severity.WARNING, None, {"file": path.name})]
    return []


def _backed_up(data: Path | None, path: Path, content: bytes) -> list[Diagnostic]:
    """Keep a copy; a copy that cannot be made is told, and keeps nobody from saving."""
    told = Diagnostic("storage.no_backup", Severity.WARNING, None, {"file": path.name})
    if data is None:
        return [told]
    try:
        keep_backup(data, path, content)
    except LevcheckError:
        return [told]
    return []
