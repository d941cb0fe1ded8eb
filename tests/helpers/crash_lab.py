"""A laboratory for crashes: writes revisions of files, is killed while it does, and looks at what is left.

Run as ``python -m tests.helpers.crash_lab COMMAND …``; every command prints one line of JSON. Beside the product's own writer it
holds deliberately bad ones: a harness that finds no fault in those proves nothing.
"""

import contextlib
import copy
import json
import os
import random
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from levcheck.domain.diagnostics import LevcheckError, Place
from levcheck.domain.position import Position
from levcheck.storage.keeping import KnownFile, open_kept, save_kept
from levcheck.storage.locks import take_lock
from levcheck.storage.recovery import RecoveryFile, find_recoveries, open_recovery
from levcheck.storage.session_file import SessionBody, load_session, parse_session, session_bytes
from levcheck.storage.settings import Settings, load_settings, save_settings
from levcheck.storage.writer import clean_up, write_file
from tests.helpers.sample_session import a_body, a_document, resealed

MARKER = "/levcheck-begin"
WHEN = datetime(2026, 6, 30, tzinfo=UTC)
LINES = 40


def body_of(revision: int) -> SessionBody:
    """Return a portfolio of a common size that carries its revision in its name."""
    body = a_body(f"revision {revision}")
    lines = tuple(
        Position(Place("a.xlsx", "Holdings", row), symbol=f"T{row}", market_value=float(revision))
        for row in range(LINES)
    )
    return replace(body, portfolio=body.portfolio.with_positions(lines))


def revision_of(content: bytes) -> int:
    """Return which revision a file holds.

    Raises:
        LevcheckError: it is no whole session.
    """
    return int(parse_session(content, "x").body.portfolio.name.split()[1])


# --- writers -----------------------------------------------------------------------------------------------


def _product(path: Path, revision: int) -> None:
    save_kept(path, body_of(revision), app="1", data=path.parent / "data")


def _in_place(path: Path, revision: int) -> None:
    content = session_bytes(body_of(revision), app="1")
    with path.open("wb", buffering=0) as stream:
        for start in range(0, len(content), 512):
            stream.write(content[start : start + 512])
        os.fsync(stream.fileno())


def _unflushed(path: Path, revision: int) -> None:
    part = path.with_suffix(".new")
    part.write_bytes(session_bytes(body_of(revision), app="1"))
    part.replace(path)


def _report(path: Path, revision: int) -> None:
    write_file(path, f"<html>revision {revision}</html>".encode() * 200)


def _settings(path: Path, revision: int) -> None:
    save_settings(path.parent, replace(Settings(), text_scale=1.0 + revision / 10))


def _recovery(path: Path, revision: int) -> None:
    try:
        lock = take_lock(path.with_suffix(".lock"))
    except OSError as error:
        raise LevcheckError(
            "storage.not_writable", file=path.name, reason=error.strerror
        ) from error
    assert lock is not None
    try:
        RecoveryFile(path, lock).write(session_bytes(body_of(revision), app="1"), now=WHEN)
    finally:
        lock.release()


WRITERS: dict[str, Callable[[Path, int], None]] = {
    "session": _product,
    "report": _report,
    "settings": _settings,
    "recovery": _recovery,
    "in_place": _in_place,
    "unflushed": _unflushed,
}
TARGETS = {"settings": "settings.json", "report": "page.html"}


def target_of(kind: str, folder: Path) -> Path:
    """Return the file a writer writes."""
    return folder / TARGETS.get(kind, "mine.levcheck")


# --- kill at a random moment ---------------------------------------------------------------------------------


def kills(kind: str, folder: Path, count: int, seed: int) -> dict[str, Any]:
    """Kill a saving process `count` times and count what is unreadable or lost."""
    chance = random.Random(seed)
    path, revision = target_of(kind, folder), 0
    figures = {"kills": 0, "unreadable": 0, "lost": 0, "bad_backups": 0, "leftovers": 0}
    begun = time.monotonic()
    WRITERS[kind](path, revision)
    while figures["kills"] < count:
        acknowledged = _killed_once(kind, path, revision, chance.uniform(0.0, 0.03))
        figures["kills"] += 1
        figures["leftovers"] += len(list(folder.rglob("*.part")))
        try:
            found = revision_of(path.read_bytes())
            figures["lost"] += found < acknowledged
            revision = max(found, acknowledged) + 1
        except LevcheckError:
            figures["unreadable"] += 1
            revision = acknowledged + 1
            WRITERS[kind](path, revision)
        # Before the next save looks away from them: each backup that is left opens.
        figures["bad_backups"] += sum(
            not _opens(kept) for kept in (folder / "data").rglob("*_save.levcheck")
        )
        _tidy(folder)
    WRITERS[kind](path, revision)
    clean_left = len(list(folder.rglob("*.part")))
    return figures | {
        "left_after_one_start": clean_left,
        "seconds": round(time.monotonic() - begun, 1),
    }


def _killed_once(kind: str, path: Path, revision: int, delay: float) -> int:
    """Fork a process that saves one revision after another, kill it, return the last revision it had promised."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        with contextlib.suppress(BaseException):
            for number in range(revision, revision + 1_000_000):
                WRITERS[kind](path, number)
                os.write(writer, b"%d\n" % number)
        os._exit(1)
    os.close(writer)
    time.sleep(delay)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with os.fdopen(reader, "rb") as stream:
        promised = [int(line) for line in stream.read().split()]
    return promised[-1] if promised else revision - 1


def _opens(path: Path) -> bool:
    try:
        load_session(path)
    except LevcheckError:
        return False
    return True


def _tidy(folder: Path) -> None:
    """Do what the start of the program does, and keep the run short: old copies are not what is measured."""
    for place in {path.parent for path in folder.rglob("*.part")}:
        clean_up(place)
    for kept in sorted((folder / "data").rglob("*_save.levcheck"))[:-2]:
        kept.unlink()


# --- one write, for the tracer -----------------------------------------------------------------------------


def once(kind: str, folder: Path, revision: int) -> dict[str, Any]:
    """Write one revision, after a mark that a tracer sees."""
    with contextlib.suppress(FileNotFoundError):
        os.open(MARKER, os.O_RDONLY)
    try:
        WRITERS[kind](target_of(kind, folder), revision)
    except LevcheckError as error:
        return {"refused": error.code}
    return {"written": revision}


# --- windows beside one another ------------------------------------------------------------------------------


def counters(folder: Path, windows: int, rounds: int) -> dict[str, Any]:
    """Let several windows raise one number in one file; every success must be in the final number."""
    path, data = folder / "mine.levcheck", folder / "data"
    save_kept(path, body_of(0), app="1", data=data)
    children, readers = [], []
    for _ in range(windows):
        reader, writer = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reader)
            outcome = [_raised(path, data) for _ in range(rounds)]
            os.write(writer, json.dumps([sum(outcome), rounds - sum(outcome)]).encode())
            os._exit(0)
        os.close(writer)
        children.append(child)
        readers.append(reader)
    for child in children:
        os.waitpid(child, 0)
    told = [json.loads(os.read(reader, 1000)) for reader in readers]
    return {
        "saved": sum(good for good, _ in told),
        "refused": sum(bad for _, bad in told),
        "final": revision_of(path.read_bytes()),
    }


def _raised(path: Path, data: Path) -> bool:
    loaded, known = open_kept(path)
    number = int(loaded.body.portfolio.name.split()[1])
    return _saved(path, data, number + 1, known)


def _saved(path: Path, data: Path, number: int, known: KnownFile) -> bool:
    try:
        save_kept(path, body_of(number), app="1", known=known, data=data)
    except LevcheckError as error:
        if error.code != "storage.changed_elsewhere":
            raise
        return False
    return True


def dead_windows(folder: Path, count: int) -> dict[str, Any]:
    """Kill windows that hold a lock and unsaved work; count locks that block, and work that is offered again."""
    blocked = offered = 0
    for number in range(count):
        reader, writer = os.pipe()
        child = os.fork()
        if child == 0:
            claim = take_lock(folder / "locks" / "mine.open")
            file = RecoveryFile.create(folder)
            file.write(session_bytes(body_of(number), app="1"))
            os.write(writer, b"x" if claim is not None else b"-")
            signal.pause()
        os.read(reader, 1)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(reader)
        os.close(writer)
        lock = take_lock(folder / "locks" / "mine.open")
        blocked += lock is None
        if lock is not None:
            lock.release()
        found = find_recoveries(folder)
        offered += [open_recovery(one)[0].body.portfolio.name for one in found] == [
            f"revision {number}"
        ]
        for one in found:
            one.path.unlink()
    return {"windows": count, "blocked": blocked, "recovered": offered}


# --- hostile session files -----------------------------------------------------------------------------------


def fuzz(count: int, seed: int) -> dict[str, Any]:
    """Read `count` sessions whose seal is right and whose content is not; count what is no plain refusal."""
    chance = random.Random(seed)
    figures: dict[str, Any] = {"mutations": 0, "accepted": 0, "refused": 0, "crashes": {}}
    opened: list[str] = []
    parse_session(resealed(a_document()), "x")
    sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event == "open" else None)
    for _ in range(count):
        document = a_document()
        for _ in range(chance.randint(1, 3)):
            _mutate(document["body"], chance)
        figures["mutations"] += 1
        try:
            content = resealed(document)
            loaded = parse_session(content, "x", allow_newer=True)
            session_bytes(loaded.body, app="1", unknown=loaded.unknown)
            figures["accepted"] += 1
        except LevcheckError:
            figures["refused"] += 1
        except Exception as error:  # noqa: BLE001  # anything else is what is looked for
            name = type(error).__name__
            figures["crashes"][name] = figures["crashes"].get(name, 0) + 1
    return figures | {"files_opened": len(opened)}


_ODD: tuple[Any, ...] = (
    None, True, -1, 0, 1e308, -0.0, 10**30, "", "x" * 5_000, "../../etc/passwd", "file:///etc/passwd", "=1+1",
    "\u202e\u0000", [], {}, [[]], {"a": {"b": []}}, [1, "2", None], {"": 0}, "__class__", "2026-99-99",
)  # fmt: skip


def _mutate(value: Any, chance: random.Random) -> None:
    """Walk to some place in plain values and put something odd there, take it away, or double it."""
    while isinstance(value, dict | list) and value:
        key = chance.choice(list(value) if isinstance(value, dict) else range(len(value)))
        inner = value[key]
        if isinstance(inner, dict | list) and inner and chance.random() < 0.75:
            value = inner
            continue
        action = chance.random()
        if action < 0.7:
            value[key] = copy.deepcopy(chance.choice(_ODD))
        elif action < 0.85:
            del value[key]
        elif isinstance(value, list):
            value.extend(value * chance.randint(1, 3))
        else:
            value[f"{key}{chance.choice(['', ' ', '2'])}"] = inner
        return


def main(arguments: list[str]) -> None:
    """Run one command."""
    command, *rest = arguments
    if command == "kills":
        answer = kills(rest[0], Path(rest[1]), int(rest[2]), int(rest[3]))
    elif command == "once":
        answer = once(rest[0], Path(rest[1]), int(rest[2]))
    elif command == "counters":
        answer = counters(Path(rest[0]), int(rest[1]), int(rest[2]))
    elif command == "dead-windows":
        answer = dead_windows(Path(rest[0]), int(rest[1]))
    elif command == "fuzz":
        answer = fuzz(int(rest[0]), int(rest[1]))
    else:
        answer = {"settings": load_settings(Path(rest[0])).text_scale}
    sys.stdout.write(json.dumps(answer) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
