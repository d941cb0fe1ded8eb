"""What was shown and when, for an adviser who switches it on: fingerprints and no amounts, in one private file.

One line of JSON for each report and for each screen a guest saw. The file is rewritten whole under a lock, so that two
windows lose nothing of each other.
"""

import contextlib
from dataclasses import dataclass
from pathlib import Path

import msgspec

from levcheck.domain.diagnostics import LevcheckError
from levcheck.storage.locks import lock_file, waiting_lock
from levcheck.storage.writer import write_file

FILE = "meeting-log.jsonl"


@dataclass(frozen=True, slots=True)
class Shown:
    """One report that left the program.

    Attributes:
        made_at: when it was made, ISO with the offset of this computer's clock.
        shown_on: day it was shown, as printed on it, ISO; None = not told.
        client: name printed on it; "" = none.
        kind: ``pdf``, ``html``, ``xlsx`` or ``print``.
        pages: names of the pages after the first.
        with_amounts: whether amounts were on it.
        scenario: id of the scenario on page one; None = none.
        version: of the program.
        method: number of the calculation method.
        library: date of the reference library.
        input_sha256: fingerprint of the files read.
        result_sha256: fingerprint of the figures.
    """

    made_at: str
    shown_on: str | None
    client: str
    kind: str
    pages: tuple[str, ...]
    with_amounts: bool
    scenario: str | None
    version: str
    method: int
    library: str
    input_sha256: str
    result_sha256: str


@dataclass(frozen=True, slots=True)
class Seen:
    """One screen a guest saw in meeting mode; nobody is named.

    Attributes:
        seen_at: when it came up, ISO with the offset of this computer's clock.
        screen: its id; "" = the meeting, or the part of it with this client, ended.
        draft: letter of the draft it showed in the place of today; None = today.
        with_amounts: whether amounts were on it.
        scenario: id of the scenario on all screens; ``own`` for one of the user's, None = none.
        version: of the program.
        method: number of the calculation method.
        library: date of the reference library.
        input_sha256: fingerprint of the files read.
        result_sha256: fingerprint of the figures.
    """

    seen_at: str
    screen: str
    draft: str | None
    with_amounts: bool
    scenario: str | None
    version: str
    method: int
    library: str
    input_sha256: str
    result_sha256: str


Entry = Shown | Seen


def add_shown(folder: Path, entry: Entry) -> None:
    """Add a line to the log.

    Raises:
        LevcheckError: it cannot be read or written; what stood in it stays.
    """
    path = folder / FILE
    with contextlib.ExitStack() as stack:
        with contextlib.suppress(OSError):
            stack.enter_context(waiting_lock(lock_file(folder, path, "save"), name=FILE))
        before = _content(path)
        gap = b"" if not before or before.endswith(b"\n") else b"\n"
        write_file(path, before + gap + msgspec.json.encode(entry) + b"\n")


def load_log(folder: Path) -> tuple[Entry, ...]:
    """Return what was shown, in the order it was written; a line that cannot be read is passed over, never removed.

    Raises:
        LevcheckError: the file cannot be read.
    """
    read = (_entry(line) for line in _content(folder / FILE).splitlines())
    return tuple(entry for entry in read if entry is not None)


def _entry(line: bytes) -> Entry | None:
    """Return what a line says; the two kinds know each other apart by their first field."""
    with contextlib.suppress(msgspec.MsgspecError):
        return msgspec.json.decode(line, type=Shown)
    with contextlib.suppress(msgspec.MsgspecError):
        return msgspec.json.decode(line, type=Seen)
    return None


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise LevcheckError("storage.not_readable", file=FILE, reason=reason) from error
