"""Starts the parsing process, waits for it within limits, and stops it the moment the user cancels."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

from levcheck.importing.parsed import ParsedBook
from levcheck.importing.refusals import Refusal
from levcheck.importing.sniffing import FileKind
from levcheck.importing.transfer import TRANSFER_FAULTS, unpack
from levcheck.importing.worker import SWITCH

WALL_SECONDS = 10.0
_POLL_SECONDS = 0.02


def parse_in_process(
    content: bytes, kind: FileKind, cancelled: Callable[[], bool] | None = None
) -> ParsedBook:
    """Return what the worker makes of a workbook's bytes.

    Args:
        content: the file's bytes, handed over by pipe so that worker and checksum see the same.
        kind: what the bytes are.
        cancelled: asked every few hundredths of a second; True kills the worker at once.

    Raises:
        Refusal: the worker refuses the file, dies, takes longer than 10 s, or was cancelled.
    """
    with _started(kind) as process:
        answer: list[bytes] = []
        talk = threading.Thread(target=_talk, args=(process, content, answer), daemon=True)
        talk.start()
        try:
            _wait(talk, cancelled)
        finally:
            if talk.is_alive():
                process.kill()
                talk.join(1.0)
    return _book(answer, process.returncode)


def _started(kind: FileKind) -> "subprocess.Popen[bytes]":
    try:
        return subprocess.Popen(  # noqa: S603  # our own program with a fixed list of arguments
            _command(kind),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except OSError as fault:  # no memory or no process to be had
        raise Refusal("import.parser_stopped") from fault


def _command(kind: FileKind) -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, SWITCH, kind.value]
    # Without "site", which would look through every installed package's start-up files first.
    return [sys.executable, "-S", "-m", "levcheck.importing.worker", kind.value]


def _environment() -> dict[str, str]:
    """Return the environment with this very package first on the path, then the value reader, wherever they are."""
    folders = [str(Path(__file__).resolve().parents[2]), *_reader_folder()]
    if known := os.environ.get("PYTHONPATH"):
        folders.append(known)
    return os.environ | {"PYTHONPATH": os.pathsep.join(folders)}


def _reader_folder() -> list[str]:
    """Return the folder the value reader is installed in: without "site" nobody else names it."""
    found = find_spec("python_calamine")
    return [str(Path(found.origin).parents[1])] if found and found.origin else []


def _talk(process: "subprocess.Popen[bytes]", content: bytes, answer: list[bytes]) -> None:
    try:
        answer.append(process.communicate(content)[0])
    except (OSError, ValueError):
        answer.append(b"")


def _wait(talk: threading.Thread, cancelled: Callable[[], bool] | None) -> None:
    deadline = time.monotonic() + WALL_SECONDS
    while talk.is_alive():
        talk.join(_POLL_SECONDS)
        if cancelled is not None and cancelled():
            raise Refusal("import.cancelled")
        if talk.is_alive() and time.monotonic() > deadline:
            raise Refusal("import.too_slow", seconds=int(WALL_SECONDS))


def _book(answer: list[bytes], status: int) -> ParsedBook:
    if status != 0 or not answer:
        raise Refusal("import.parser_stopped")
    try:
        book, refused = unpack(answer[0])
    except TRANSFER_FAULTS as fault:
        # A process that a hostile file took over may answer anything.
        raise Refusal("import.parser_stopped") from fault
    if refused is not None or book is None:
        code, values = refused or ("import.parser_stopped", {})
        raise Refusal(code, **values)
    return book
