"""The one way this program writes a file: whole, private, and never over something half-written.

The bytes go to a private file in the same folder, are flushed to the disk, take the old file's place in one step, and the
folder itself is flushed, so that a crash at any instant leaves either the old file or the new one.
"""

import contextlib
import errno
import os
import tempfile
from pathlib import Path

from levcheck.domain.diagnostics import LevcheckError

_FULL = {errno.ENOSPC, errno.EDQUOT}


def write_file(path: Path, content: bytes) -> None:
    """Write `content` to `path`, readable by its owner only.

    Raises:
        LevcheckError: ``storage.disk_full`` or ``storage.not_writable``; the old file is then untouched.
    """
    try:
        _write(path, content)
    except OSError as error:
        if error.errno in _FULL:
            raise LevcheckError("storage.disk_full", file=path.name) from error
        reason = error.strerror or type(error).__name__
        raise LevcheckError("storage.not_writable", file=path.name, reason=reason) from error


def _write(path: Path, content: bytes) -> None:
    # mkstemp opens with O_EXCL and mode 0600 before the first byte: nobody else ever reads it.
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise
    _flush_folder(path.parent)


def _flush_folder(folder: Path) -> None:
    if os.name == "nt":
        return  # Windows has no handle on a folder to flush; its rename is written through.
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
