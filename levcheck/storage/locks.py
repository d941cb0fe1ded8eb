"""Claims on a name between windows of one user. The system gives a claim back when its holder dies, however it dies."""

import contextlib
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from levcheck.domain.diagnostics import LevcheckError

PATIENCE_SECONDS = 5.0
_POLL_SECONDS = 0.02


class Lock:
    """A claim that is held until :meth:`release`, or until the process ends."""

    def __init__(self, path: Path, handle: int) -> None:
        self._path = path
        self._handle: int | None = handle

    @property
    def is_held(self) -> bool:
        """Whether the claim still stands."""
        return self._handle is not None

    def release(self) -> None:
        """Give the claim back; a second time does nothing."""
        handle, self._handle = self._handle, None
        if handle is None:
            return
        # Removed while still held: whoever opened the old file meanwhile notices that it is gone and takes a new one.
        with contextlib.suppress(OSError):
            self._path.unlink()
        with contextlib.suppress(OSError):
            os.close(handle)  # whatever the disk says, the handle and with it the claim is gone


def take_lock(path: Path) -> Lock | None:
    """Claim a lock file and return the claim; None when a living process has it.

    A lock file that a dead process left is taken over without a question.

    Raises:
        OSError: the folder cannot be written.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    while True:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o600)
        try:
            if not _claim(handle):
                os.close(handle)
                return None
            if _is_still(path, handle):
                return Lock(path, handle)
        except BaseException:
            os.close(handle)
            raise
        os.close(handle)


def lock_file(folder: Path, path: Path, purpose: str) -> Path:
    """Return the lock file for a purpose (``open``, ``save``) and a document, in the user's data folder.

    It lies there and not beside the document: no litter, no name shown to others, and read-only folders can be locked.
    """
    import hashlib  # the claim on the one window needs none, and is made before anything is painted

    digest = hashlib.sha256(os.path.realpath(path).encode("utf-8", "surrogatepass")).hexdigest()
    return folder / "locks" / f"{digest[:24]}.{purpose}"


def take_window_lock(folder: Path) -> Lock | None:
    """Claim to be the one window of this user, in his data folder; None when another window lives.

    Raises:
        OSError: the folder cannot be written.
    """
    return take_lock(folder / "locks" / "window.lock")


@contextlib.contextmanager
def waiting_lock(path: Path, *, name: str) -> Iterator[None]:
    """Hold a lock for a moment, waiting for another window that holds it.

    Args:
        path: the lock file.
        name: what to call the document in a message.

    Raises:
        LevcheckError: ``storage.busy`` after five seconds.
        OSError: the folder cannot be written.
    """
    deadline = time.monotonic() + PATIENCE_SECONDS
    while (lock := take_lock(path)) is None:
        if time.monotonic() > deadline:
            raise LevcheckError("storage.busy", file=name)
        time.sleep(_POLL_SECONDS)
    try:
        yield
    finally:
        lock.release()


# --- inside ------------------------------------------------------------------------------------------------


def _claim(handle: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True


def _is_still(path: Path, handle: int) -> bool:
    """Return whether the path still leads to the file that was claimed: its former holder may just have removed it."""
    if sys.platform == "win32":
        return True  # an open file cannot be removed there
    try:
        found, held = path.stat(), os.fstat(handle)
    except FileNotFoundError:
        return False
    return (found.st_dev, found.st_ino) == (held.st_dev, held.st_ino)
