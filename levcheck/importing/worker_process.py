"""Starts the parsing process, waits for it within limits, and stops it the moment the user cancels."""

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from levcheck.importing.refusals import Refusal
from levcheck.importing.sniffing import FileKind
from levcheck.importing.worker import SWITCH

WALL_SECONDS = 10.0
_POLL_SECONDS = 0.02


def parse_in_process(
    content: bytes, kind: FileKind, cancelled: Callable[[], bool] | None = None
) -> dict[str, Any]:
    """Return the document the worker makes of a workbook's bytes.

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
    return _document(answer, process.returncode)


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
    return [sys.executable, "-m", "levcheck.importing.worker", kind.value]


def _environment() -> dict[str, str]:
    """Return the environment with this very package first on the path, wherever the program was started from."""
    root = str(Path(__file__).resolve().parents[2])
    known = os.environ.get("PYTHONPATH")
    return os.environ | {"PYTHONPATH": f"{root}{os.pathsep}{known}" if known else root}


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


def _document(answer: list[bytes], status: int) -> dict[str, Any]:
    if status != 0 or not answer:
        raise Refusal("import.parser_stopped")
    try:
        document: Any = json.loads(answer[0])
    except (ValueError, RecursionError) as fault:
        raise Refusal("import.parser_stopped") from fault
    if not isinstance(document, dict):
        raise Refusal("import.parser_stopped")
    if "refused" in document:
        code, values = document["refused"]
        raise Refusal(code, **values)
    return document
