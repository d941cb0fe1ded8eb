"""A full disk, a dead drive, a forbidden folder: the old file stays, and the user reads a plain sentence."""

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from levcheck.batch.tables import write_rows
from levcheck.domain.diagnostics import LevcheckError
from levcheck.i18n.sentences import error_text
from levcheck.i18n.words import Words
from levcheck.storage.backups import keep_backup
from levcheck.storage.session_file import session_bytes
from tests.helpers.crash_lab import WRITERS, body_of, target_of
from tests.trust.conftest import ROOT, environment

Tell = Callable[[str], None]

# Every door through which the product's writers reach the disk, and what may go wrong behind it.
_DOORS = {
    "open": (errno.EACCES, errno.EROFS, errno.ENOSPC, errno.EDQUOT, errno.EIO),
    "write": (errno.ENOSPC, errno.EDQUOT, errno.EIO),
    "fsync": (errno.EIO, errno.ENOSPC, errno.EDQUOT),
    "close": (errno.EIO,),
    "replace": (errno.EACCES, errno.EROFS, errno.EIO, errno.ENOSPC),
    "unlink": (errno.EACCES, errno.EIO),
    "mkdir": (errno.EACCES, errno.EROFS, errno.ENOSPC),
}


@contextmanager
def faulty(door: str, nth: int, number: int) -> Iterator[list[int]]:
    """Let the n-th call through one door fail; the list counts the calls."""
    real: Callable[..., Any] = getattr(os, door)
    calls = [0]

    def failing(*arguments: Any, **named: Any) -> Any:
        calls[0] += 1
        if calls[0] == nth:
            if door == "close":
                real(*arguments)  # the system gives the handle back even when closing fails
            raise OSError(number, os.strerror(number))
        return real(*arguments, **named)

    setattr(os, door, failing)
    try:
        yield calls
    finally:
        setattr(os, door, real)


def _batch(path: Path, revision: int) -> None:
    write_rows(path, [{"file": "anna.csv", "gross": float(revision)}])


def _backup(path: Path, revision: int) -> None:
    keep_backup(path.parent / "data", path, session_bytes(body_of(revision), app="1"))


KINDS: dict[str, Callable[[Path, int], None]] = {
    **{kind: WRITERS[kind] for kind in ("session", "report", "settings", "recovery")},
    "batch.csv": _batch,
    "batch.xlsx": _batch,
    "backup": _backup,
}


def target(kind: str, folder: Path) -> Path:
    return folder / kind if kind.startswith("batch") else target_of(kind, folder)


def attempt(
    kind: str, write: Callable[[Path, int], None], folder: Path
) -> tuple[str | None, bytes]:
    """Write revision 2; return the code of the refusal (None when it was written) and what stands there."""
    path = target(kind, folder)
    code = None
    try:
        write(path, 2)
    except LevcheckError as error:
        code = error.code
        message, remedy = error_text(Words("en"), error)
        assert message
        assert remedy
        assert "Errno" not in message + remedy
    return code, path.read_bytes() if path.exists() else b""


def every_fault(
    kind: str, write: Callable[[Path, int], None], place: Path
) -> tuple[int, list[str]]:
    """Let each call of a writer fail in each way; return how many runs there were and every run that went wrong."""
    runs, wrong = 0, []
    for door, numbers in _DOORS.items():
        for number in numbers:
            nth = 1
            while True:
                folder = place / f"{door}{number}-{nth}"
                folder.mkdir(parents=True)
                write(target(kind, folder), 1)
                old = target(kind, folder).read_bytes() if target(kind, folder).exists() else b""
                with faulty(door, nth, number) as calls:
                    fault = _judged(kind, write, folder, old)
                if calls[0] < nth:
                    break
                runs += 1
                if fault:
                    wrong.append(f"{door} {errno.errorcode[number]} call {nth}: {fault}")
                nth += 1
    return runs, wrong


def _judged(kind: str, write: Callable[[Path, int], None], folder: Path, old: bytes) -> str:
    try:
        code, left = attempt(kind, write, folder)
    except OSError as error:
        return f"escaped as {error!r}"
    if code is None and left == old and kind != "backup":
        return "said written, but the old file stands"
    if code is not None and left != old and code != "storage.not_confirmed":
        return f"said {code}, but the old file is gone"
    return ""


@pytest.mark.parametrize("kind", list(KINDS))
def test_that_no_fault_of_the_disk_costs_a_file_or_shows_a_traceback(
    kind: str, tmp_path: Path, tell: Tell
) -> None:
    runs, wrong = every_fault(kind, KINDS[kind], tmp_path)
    tell(f"R4 faults injected, {kind}: {runs} runs, {len(wrong)} lost or not told plainly")
    assert runs > 8
    assert not wrong


def test_that_the_injection_finds_a_writer_that_writes_in_place(tmp_path: Path, tell: Tell) -> None:
    def in_place(path: Path, revision: int) -> None:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        try:
            os.write(handle, b"revision %d" % revision)
            os.fsync(handle)
        finally:
            os.close(handle)

    _, wrong = every_fault("report", in_place, tmp_path)
    tell(f"R4 harness check, in-place writer: {len(wrong)} runs found wrong")
    assert wrong


def test_that_a_disk_that_takes_a_few_bytes_at_a_time_gets_them_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.write
    monkeypatch.setattr(os, "write", lambda handle, data: real(handle, bytes(data)[:7]))
    WRITERS["report"](target_of("report", tmp_path), 2)
    assert target_of("report", tmp_path).read_bytes().count(b"revision 2") == 200


@pytest.mark.parametrize(
    ("fault", "says"),
    [
        ("fsync:error=ENOSPC", "disk is full"),
        ("fsync:error=EIO", "Input/output error"),
        ("rename:error=EACCES", "Permission denied"),
        ("rename:error=EROFS", "Read-only file system"),
    ],
)
def test_that_the_whole_program_tells_a_fault_of_the_disk_plainly(
    levcheck_run: Callable[..., Any], strace: str, tmp_path: Path, fault: str, says: str
) -> None:
    table = tmp_path / "mine.csv"
    table.write_text("Symbol,Quantity,Price,Market Value,Currency\nNVDA,10,100,1000,USD\n")
    saved = tmp_path / "out" / "mine.levcheck"
    assert levcheck_run("import", table, "--save", saved, home=tmp_path).returncode == 0
    old = saved.read_bytes()
    done = levcheck_run(
        "import", table, "--save", saved, home=tmp_path,
        before=[strace, "-f", "-o", tmp_path / "log", "-e", f"trace={fault.partition(':')[0]}", "-e", f"inject={fault}"],
    )  # fmt: skip
    assert done.returncode == 1
    assert says in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.splitlines()) <= 3
    assert saved.read_bytes() == old


# --- a disk that is really full ----------------------------------------------------------------------------

ROOM_KB = 256
_FULL = """
import sys
from pathlib import Path
from tests.trust.test_faults import on_a_full_disk
print(*on_a_full_disk(sys.argv[1], Path(sys.argv[2])))
"""


def on_a_full_disk(kind: str, folder: Path) -> tuple[int, int, int]:
    """Write again and again while ever less is left; return (written, told that the disk is full, went wrong).

    Args:
        kind: the writer; a backup is not written twice of one content, and the session makes its own.
        folder: on a disk of its own.
    """
    write, path = KINDS[kind], target(kind, folder)
    write(path, 1)
    written = told = wrong = 0
    filler = folder / "filler"
    while wrong == 0 and told < 3 and written <= ROOM_KB // 4:
        old = path.read_bytes() if path.exists() else b""
        with suppress(OSError), filler.open("ab") as stream:
            stream.write(bytes(4096))
        try:
            code, left = attempt(kind, write, folder)
        except OSError:
            wrong += 1
            break
        written += code is None
        told += code == "storage.disk_full"
        wrong += code not in {None, "storage.disk_full"} or (code is not None and left != old)
    return written, told, wrong


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "backup"])
def test_that_a_disk_that_is_really_full_costs_nothing_and_is_told(
    kind: str, tmp_path: Path, tell: Tell
) -> None:
    unshare = shutil.which("unshare")
    if unshare is None or subprocess.run([unshare, "-rm", "true"], check=False).returncode:
        pytest.skip("this machine lets no test mount a disk of its own")
    place = tmp_path / "disk"
    place.mkdir()
    mounted = f'mount -t tmpfs -o size={ROOM_KB}k none "$2" && exec "$3" -c "$4" "$1" "$2"'
    done = subprocess.run(
        [unshare, "-rm", "sh", "-c", mounted, "sh", kind, str(place), sys.executable, _FULL],
        cwd=ROOT, env=environment(), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    written, told, wrong = map(int, done.stdout.split())
    tell(
        f"R4 a disk of {ROOM_KB} KB, {kind}: {written} written, {told} told it is full, {wrong} wrong"
    )
    assert written
    assert told == 3
    assert wrong == 0
