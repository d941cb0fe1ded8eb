"""The one way this program writes a file: whole, private, and never over something half-written.

The bytes go to a private file in the same folder, are flushed to the disk, take the old file's place in one step, and the
folder itself is flushed, so that a crash at any instant leaves either the old file or the new one. What a crash leaves
beside it is named so that :func:`clean_up` can tell it from everything else and remove it.
"""

import contextlib
import errno
import hashlib
import os
import platform
import re
import secrets
import shutil
import stat
import sys
import time
from functools import cache
from pathlib import Path

from levcheck.domain.diagnostics import LevcheckError

_FULL = {errno.ENOSPC, errno.EDQUOT}
# Some file systems (of phones, clouds, foreign disks) have no way to flush a folder and say so with one of these.
_FOLDER_HAS_NO_FLUSH = {errno.EINVAL, errno.ENOTSUP, errno.ENOSYS, errno.EBADF}
_PART = re.compile(r"\.levcheck-(?P<machine>[0-9a-f]{4})-(?P<process>\d+)-[0-9a-f]{8}\.part")
_SURELY_LEFT_SECONDS = 24 * 3600.0
_LONG_FOR_A_WRITE_SECONDS = 3600.0


def write_file(path: Path, content: bytes) -> None:
    """Write `content` to `path`, readable by its owner only.

    A link that the user made himself is followed, so that it stays a link.

    Raises:
        LevcheckError: ``storage.disk_full`` or ``storage.not_writable``: the old file is then untouched.
            ``storage.not_confirmed``: the new file stands, but the disk did not promise to keep it.
    """
    try:
        target = _target(path)
        _replace(target, content)
    except OSError as error:
        if error.errno in _FULL:
            raise LevcheckError("storage.disk_full", file=path.name) from error
        reason = error.strerror or type(error).__name__
        raise LevcheckError("storage.not_writable", file=path.name, reason=reason) from error
    try:
        _flush_folder(target.parent)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise LevcheckError("storage.not_confirmed", file=path.name, reason=reason) from error


def clean_up(folder: Path) -> int:
    """Remove what writers that died left in a folder, and return how many files that were.

    A file of a living process is left alone, and so is one of another machine (a shared folder) for a day.
    """
    removed = 0
    try:
        found = list(folder.iterdir())
    except OSError:
        return 0
    for path in found:
        name = _PART.fullmatch(path.name)
        if name is not None and _is_left_over(path, name):
            with contextlib.suppress(OSError):
                path.unlink()
                removed += 1
    return removed


def clean_up_old(folder: Path, pattern: str) -> int:
    """Remove files and folders of another writer's pattern that are older than any write lasts, and return how many."""
    removed = 0
    for path in folder.glob(pattern):
        with contextlib.suppress(OSError):
            if time.time() - path.lstat().st_mtime < _LONG_FOR_A_WRITE_SECONDS:
                continue
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink()
            removed += 1
    return removed


# --- inside ------------------------------------------------------------------------------------------------


def _target(path: Path) -> Path:
    """Return where to write: a link's own target when it is the user's link, otherwise the place of the link."""
    if os.name == "nt" or not path.is_symlink() or path.lstat().st_uid != os.getuid():
        return path
    return Path(os.path.realpath(path))


def _replace(target: Path, content: bytes) -> None:
    handle, part = _private_file(target.parent)
    try:
        try:
            _write_all(handle, content)
            os.fsync(handle)
        finally:
            os.close(handle)
        part.replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            part.unlink()
        raise


def _private_file(folder: Path) -> tuple[int, Path]:
    """Open a new file that nobody else could read at any time: O_EXCL, no link followed, mode 0600 from the start."""
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL
    for name in ("O_NOFOLLOW", "O_CLOEXEC", "O_NOINHERIT", "O_BINARY"):
        flags |= getattr(os, name, 0)
    # The target's name is left out: it may already be as long as the disk allows.
    name = f".levcheck-{_machine()}-{os.getpid()}-{secrets.token_hex(4)}.part"
    part = folder / name
    return os.open(part, flags, 0o600), part


def _write_all(handle: int, content: bytes) -> None:
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(handle, rest) :]


def _flush_folder(folder: Path) -> None:
    if os.name == "nt":
        return  # Windows has no handle on a folder to flush; its rename is written through.
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in _FOLDER_HAS_NO_FLUSH:
            raise
    finally:
        os.close(handle)


@cache
def _machine() -> str:
    return hashlib.sha256(platform.node().encode("utf-8", "replace")).hexdigest()[:4]


def _is_left_over(path: Path, name: re.Match[str]) -> bool:
    try:
        facts = path.lstat()
    except OSError:
        return False
    if not stat.S_ISREG(facts.st_mode):
        return False
    if time.time() - facts.st_mtime > _SURELY_LEFT_SECONDS:
        return True
    if name["machine"] != _machine():
        return False
    process = int(name["process"])
    return process != os.getpid() and not _is_alive(process)


def _is_alive(process: int) -> bool:
    if sys.platform == "win32":
        return True  # a signal would end it there; Windows leftovers go after a day
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True
