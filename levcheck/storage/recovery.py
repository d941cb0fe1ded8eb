"""What was not saved yet, kept aside for the case that the program ends without being asked.

A running window owns one recovery file, and a lock beside it that the system gives back when the window dies. A recovery
file whose lock is free belongs to no living window: that is what is offered at the next start.
"""

import contextlib
import json
import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from levcheck.domain.diagnostics import LevcheckError
from levcheck.storage.locks import Lock, take_lock
from levcheck.storage.sealing import Seal
from levcheck.storage.session_file import (
    LoadedSession,
    opened,
    parse_session,
    read_session_bytes,
)
from levcheck.storage.writer import clean_up, write_file

FOLDER = "recovery"
ENDING = ".recovery"


class _Header(msgspec.Struct, forbid_unknown_fields=True):
    origin: str | None
    sha256: str | None
    when: str


@dataclass(frozen=True, slots=True)
class Recovery:
    """Work of a window that ended without saving.

    Attributes:
        path: the recovery file.
        origin: the session file the work belongs to; None when it was never saved.
        origin_sha256: hash of that file when it was opened or last saved.
        when: when the work was kept aside, UTC.
    """

    path: Path
    origin: Path | None
    origin_sha256: str | None
    when: datetime


class RecoveryFile:
    """The recovery file of one running window."""

    def __init__(self, path: Path, lock: Lock) -> None:
        self.path = path
        self._lock = lock

    @classmethod
    def create(cls, folder: Path) -> "RecoveryFile":
        """Claim a recovery file of one's own in the user's data folder; nothing is written yet.

        Raises:
            OSError: the folder cannot be written.
        """
        place = folder / FOLDER
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        while True:
            path = place / f"{os.getpid()}-{secrets.token_hex(4)}{ENDING}"
            lock = take_lock(_lock_of(path))
            if lock is not None:
                return cls(path, lock)

    def write(
        self,
        session: bytes,
        *,
        origin: Path | None = None,
        origin_sha256: str | None = None,
        now: datetime | None = None,
    ) -> None:
        """Keep a session aside, in the place of the one kept before.

        Args:
            session: content as :func:`~levcheck.storage.session_file.session_bytes` gives it, sealed where its file is.
            origin: the session file it belongs to.
            origin_sha256: hash of that file as this window knows it.
            now: the time, UTC.

        Raises:
            LevcheckError: it cannot be written.
        """
        header = {
            "origin": None if origin is None else os.fsencode(origin).hex(),
            "sha256": origin_sha256,
            "when": (now or datetime.now(UTC)).isoformat(),
        }
        write_file(self.path, json.dumps(header).encode("ascii") + b"\n" + session)

    def discard(self) -> None:
        """Forget what was kept aside: it is saved, or the user does not want it."""
        with contextlib.suppress(OSError):
            self.path.unlink()

    def close(self) -> None:
        """Forget it and give the claim back; for a window that closes as it was asked to."""
        self.discard()
        self._lock.release()


def find_recoveries(folder: Path) -> tuple[Recovery, ...]:
    """Return the work of windows that died, newest first; leftovers of theirs that hold nothing are removed."""
    place = folder / FOLDER
    clean_up(place)
    found = []
    with contextlib.suppress(OSError):
        for path in sorted(place.glob(f"*{ENDING}")):
            recovery = _if_orphaned(path, _header)
            if recovery is not None:
                found.append(recovery)
        for lock in place.glob("*.lock"):
            if not lock.with_suffix(ENDING).exists():
                _if_orphaned(lock.with_suffix(ENDING), lambda _: None)
    return tuple(sorted(found, key=lambda recovery: recovery.when, reverse=True))


def open_recovery(
    recovery: Recovery, password: str | None = None
) -> tuple[LoadedSession, Seal | None]:
    """Return the session that was kept aside, and the seal it was under (None = none).

    Raises:
        LevcheckError: it cannot be read, is damaged, or its password is missing or wrong.
    """
    name = recovery.origin.name if recovery.origin is not None else recovery.path.name
    content = read_session_bytes(recovery.path).partition(b"\n")[2]
    plain, seal = opened(content, name, password)
    return parse_session(plain, recovery.path.name), seal


def discard_recovery(recovery: Recovery) -> None:
    """Remove work that was kept aside, after the user took it or refused it.

    Raises:
        LevcheckError: ``storage.not_writable``.
    """
    try:
        recovery.path.unlink(missing_ok=True)
        _lock_of(recovery.path).unlink(missing_ok=True)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        name = recovery.path.name
        raise LevcheckError("storage.not_writable", file=name, reason=reason) from error


# --- inside ------------------------------------------------------------------------------------------------


def _lock_of(path: Path) -> Path:
    return path.with_suffix(".lock")


def _if_orphaned(path: Path, read: Callable[[Path], Recovery | None]) -> Recovery | None:
    """Read a recovery file while nobody else can claim it; None when its window lives."""
    try:
        lock = take_lock(_lock_of(path))
    except OSError:
        return None
    if lock is None:
        return None
    try:
        return read(path)
    finally:
        lock.release()


def _header(path: Path) -> Recovery | None:
    try:
        with path.open("rb") as stream:
            header = msgspec.json.decode(stream.readline(65_536), type=_Header)
        origin = None if header.origin is None else Path(os.fsdecode(bytes.fromhex(header.origin)))
        when = datetime.fromisoformat(header.when)
        return Recovery(path, origin, header.sha256, when)
    except (OSError, ValueError, msgspec.MsgspecError):
        # The file is written whole or not at all, so this is none of ours or the disk is failing: left for the user.
        return None
