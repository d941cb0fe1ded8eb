"""The log: what went wrong and where in the program, never what was in a portfolio. It rotates, and is private.

A message of an exception can quote a cell, so only its kind and its way through the program are written.
"""

import logging
import traceback
from pathlib import Path
from types import TracebackType

FOLDER = "logs"
NAME = "levcheck.log"
LARGEST = 256 * 1024
KEPT = 3

_Fault = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class _WithoutValues(logging.Formatter):
    """Lays a record out without the values an exception carries."""

    def formatException(self, ei: _Fault) -> str:  # noqa: N802  # the name is given by logging
        """Return the kind of a fault and the functions it came through."""
        kind, _, trace = ei
        if kind is None:
            return ""
        way = [
            f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(trace)
        ]
        return "\n".join([kind.__qualname__, *way])


class _RotatingFile(logging.FileHandler):
    """A file that makes room for itself; the one of the standard library brings sockets along."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write a record, into a new file when this one is full."""
        path = Path(self.baseFilename)
        try:
            full = path.stat().st_size >= LARGEST
        except OSError:
            full = False
        if full:
            self.close()
            self.stream = None  # opened again by the record that follows
            _turn(path)
        super().emit(record)


def _turn(path: Path) -> None:
    """Give each old file the next number; the oldest goes."""
    for number in range(KEPT, 0, -1):
        old = path if number == 1 else path.with_name(f"{path.name}.{number - 1}")
        if old.is_file():
            old.replace(path.with_name(f"{path.name}.{number}"))


def log_path(data: Path) -> Path:
    """Return where the log lies."""
    return data / FOLDER / NAME


def start_log(data: Path) -> logging.Handler | None:
    """Write warnings and faults of the program into the log of a data folder; None where it cannot be written."""
    path = log_path(data)
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handler = _RotatingFile(path, encoding="utf-8", delay=True)
    except OSError:
        return None
    handler.setLevel(logging.WARNING)
    handler.setFormatter(_WithoutValues("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.getLogger("levcheck").addHandler(handler)
    return handler


def stop_log(handler: logging.Handler | None) -> None:
    """Let go of the log."""
    if handler is not None:
        logging.getLogger("levcheck").removeHandler(handler)
        handler.close()


def last_lines(data: Path, count: int = 60) -> tuple[str, ...]:
    """Return the end of the log; nothing when there is none."""
    try:
        text = log_path(data).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ()
    return tuple(text.splitlines()[-count:])
