"""A crash at any moment leaves the old file or the new one: killed at random, at each system call, and on paper."""

import json
import re
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from levcheck.domain.diagnostics import LevcheckError
from levcheck.storage.writer import clean_up
from tests.helpers.crash_lab import MARKER, WRITERS, revision_of, target_of

Lab = Callable[..., subprocess.CompletedProcess[str]]
Tell = Callable[[str], None]

# --- killed at a random moment ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "count",
    [
        100,
        pytest.param(1_000, marks=pytest.mark.nightly),
        pytest.param(10_000, marks=pytest.mark.release),
    ],
)
def test_that_no_kill_costs_a_file_or_a_promised_save(
    lab: Lab, tmp_path: Path, tell: Tell, count: int
) -> None:
    done = lab("kills", "session", tmp_path, count, 20260630)
    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout)
    tell(
        f"R1 kill -9 while saving: {seen['kills']} kills, {seen['unreadable']} unreadable, {seen['lost']} promised saves lost, "
        f"{seen['bad_backups']} bad backups, {seen['seconds']} s"
    )
    tell(
        f"R5 leftovers: {seen['leftovers']} temp files left by {seen['kills']} kills, "
        f"{seen['left_after_one_start']} after a clean start"
    )
    assert seen["kills"] == count
    assert (seen["unreadable"], seen["lost"], seen["bad_backups"]) == (0, 0, 0)
    assert seen["left_after_one_start"] == 0


def test_that_the_killer_finds_a_writer_that_writes_in_place(
    lab: Lab, tmp_path: Path, tell: Tell
) -> None:
    seen = json.loads(lab("kills", "in_place", tmp_path, 60, 1).stdout)
    tell(f"R1 harness check, in-place writer: {seen['unreadable']} of {seen['kills']} unreadable")
    assert seen["unreadable"] > 0


# --- killed at each system call -----------------------------------------------------------------------------

_CALLS = ("openat", "write", "fsync", "close", "rename", "unlink", "mkdir", "flock")
_LINE = re.compile(r"^(?:\d+ +)?(\w+)\((.*)\) += (-?\d+|\?)(.*)$")


def traced(
    lab: Lab, strace: str, kind: str, folder: Path, *options: str
) -> tuple[subprocess.CompletedProcess[str], list[tuple[str, str, str]], int]:
    """Write revision 2 under the tracer.

    Returns:
        What the process printed; every call as (name, arguments, result); the index of the mark among them, -1 without one.
    """
    log = folder.parent / "trace"
    watched = ["-e", f"trace={','.join(_CALLS)}"]
    done = lab("once", kind, folder, 2, before=[strace, "-y", "-o", str(log), *watched, *options])
    calls = []
    for line in log.read_text(encoding="utf-8", errors="replace").splitlines():
        found = _LINE.match(line)
        if found:
            calls.append((found[1], found[2], found[3]))
    mark = next((i for i, call in enumerate(calls) if MARKER in call[1]), -1)
    return done, calls, mark


def points(calls: list[tuple[str, str, str]], mark: int, folder: Path) -> Iterator[tuple[str, int]]:
    """Yield every call after the mark up to the last one that touches the folder, as (name, how many-eth of its name)."""
    seen = dict.fromkeys(_CALLS, 0)
    last = max(i for i, call in enumerate(calls) if str(folder) in call[1])
    for index, (name, _, _) in enumerate(calls[: last + 1]):
        seen[name] += 1
        if index > mark:
            yield name, seen[name]


def prepared(kind: str, folder: Path, *, fresh: bool = False) -> bytes | None:
    """Make the folder with revision 1 of the file in it (none when fresh) and return its bytes."""
    folder.mkdir()
    if fresh:
        return None
    WRITERS[kind](target_of(kind, folder), 1)
    return target_of(kind, folder).read_bytes()


def sweep(lab: Lab, strace: str, kind: str, place: Path, *, fresh: bool = False) -> tuple[int, int]:
    """Kill one write at each of its system calls.

    Returns:
        How many calls there were, and after how many of the kills the file was neither the old nor the new one.
    """
    model = place / "model"
    prepared(kind, model, fresh=fresh)
    done, calls, mark = traced(lab, strace, kind, model)
    assert mark >= 0
    assert "written" in done.stdout, done.stderr
    whole = target_of(kind, model).read_bytes()
    wanted = list(points(calls, mark, model))
    torn = 0
    for number, (name, nth) in enumerate(wanted):
        folder = place / f"kill{number}"
        old = prepared(kind, folder, fresh=fresh)
        inject = f"inject={name}:signal=KILL:when={nth}"
        done, _, seen = traced(lab, strace, kind, folder, "-e", inject)
        assert seen >= 0, f"killed before the write began, at {name} {nth}"
        assert "written" not in done.stdout or name in {"close", "unlink", "flock"}, (name, nth)
        target = target_of(kind, folder)
        left = target.read_bytes() if target.exists() else None
        torn += left not in {old, whole}
        for rest in {path.parent for path in folder.rglob("*.part")}:
            clean_up(rest)
        assert not list(folder.rglob("*.part"))
    return len(wanted), torn


@pytest.mark.parametrize(
    ("kind", "form"),
    [
        ("session", "save"),
        ("session", "save as"),
        ("report", "save"),
        ("settings", "save"),
        ("recovery", "save"),
    ],
)
def test_that_a_kill_at_any_system_call_leaves_old_or_new(
    lab: Lab, strace: str, tmp_path: Path, tell: Tell, kind: str, form: str
) -> None:
    count, torn = sweep(lab, strace, kind, tmp_path, fresh=form == "save as")
    tell(
        f"R2 crash points, {kind} ({form}): {count} of {count} calls killed, {torn} neither old nor new"
    )
    assert count >= 8
    assert torn == 0


@pytest.mark.nightly
def test_that_the_sweep_finds_a_writer_that_writes_in_place(
    lab: Lab, strace: str, tmp_path: Path, tell: Tell
) -> None:
    count, torn = sweep(lab, strace, "in_place", tmp_path)
    tell(f"R2 harness check, in-place writer: torn at {torn} of {count} calls")
    assert torn > 0


# --- power lost: every state a disk may be in ---------------------------------------------------------------


@dataclass
class Disk:
    """What a disk may hold after a power cut: per inode the bytes written and kept, per name the inodes it may show.

    The model is pessimistic as file systems may be: what was not flushed may be there, in part, or not at all, and a rename
    may be on the disk before the data it leads to.
    """

    written: dict[int, int] = field(default_factory=dict)
    kept: dict[int, int] = field(default_factory=dict)
    shown: dict[str, set[int | None]] = field(default_factory=dict)
    now: dict[str, int | None] = field(default_factory=dict)

    def states(self, name: str) -> set[tuple[int | None, int]]:
        """Return (inode, bytes) of everything a name may lead to after a power cut."""
        found: set[tuple[int | None, int]] = set()
        for inode in self.shown.get(name, {None}):
            if inode is None:
                found.add((None, 0))
                continue
            least, most = self.kept[inode], self.written[inode]
            found |= {(inode, size) for size in {least, (least + most) // 2, most}}
        return found


_PATH = re.compile(r'"([^"]*)"')
_HANDLE = re.compile(r"^\d+<([^>]*)>")


def replayed(calls: list[tuple[str, str, str]], target: Path, old: int) -> Iterator[Disk]:
    """Yield the disk after each call of a trace; inode 0 is the old file, `old` bytes long."""
    disk = Disk(written={0: old}, kept={0: old})
    disk.shown[str(target)], disk.now[str(target)] = {0}, 0
    for name, arguments, result in calls:
        if result.startswith("-"):
            continue
        paths, handle = _PATH.findall(arguments), _HANDLE.match(arguments)
        if (name == "openat" and "O_CREAT" in arguments) or "O_TRUNC" in arguments:
            _created(disk, paths[0])
        elif name == "write" and handle and handle[1] in disk.now:
            inode = disk.now[handle[1]]
            assert inode is not None
            disk.written[inode] += int(result)
        elif name == "rename" and paths[0] in disk.now:
            disk.now[paths[1]] = disk.now.pop(paths[0])
            disk.shown.setdefault(paths[1], {None}).add(disk.now[paths[1]])
        elif name == "fsync" and handle:
            _flushed(disk, handle[1])
        yield disk


def _created(disk: Disk, path: str) -> None:
    """Note a new file; one that is opened to be written anew loses what it held, and that may reach the disk at once."""
    known = disk.now.get(path)
    if known is not None:
        disk.kept[known] = disk.written[known] = 0
        return
    inode = len(disk.written)
    disk.written[inode] = disk.kept[inode] = 0
    disk.now[path] = inode
    disk.shown.setdefault(path, {None}).add(inode)


def _flushed(disk: Disk, path: str) -> None:
    inode = disk.now.get(path)
    if inode is not None:
        disk.kept[inode] = disk.written[inode]
        return
    for name, current in disk.now.items():  # a folder: its names are now on the disk as they are
        if str(Path(name).parent) == path:
            disk.shown[name] = {current}


def power_cut(lab: Lab, strace: str, kind: str, place: Path) -> tuple[int, int, bool]:
    """Return how many states a power cut may leave, how many are neither old nor new, and whether the end is certain."""
    folder = place / "folder"
    old = prepared(kind, folder)
    assert old is not None
    done, calls, mark = traced(lab, strace, kind, folder)
    assert "written" in done.stdout, done.stderr
    target = target_of(kind, folder)
    new = len(target.read_bytes())
    count = torn = 0
    last: set[tuple[int | None, int]] = set()
    for disk in replayed(calls[mark + 1 :], target, len(old)):
        last = disk.states(str(target))
        count += len(last)
        torn += sum(
            (inode, size) != (0, len(old)) and (inode in {None, 0} or size != new)
            for inode, size in last
        )
    return count, torn, len(last) == 1 and next(iter(last))[1] == new


@pytest.mark.parametrize("kind", ["session", "report", "settings", "recovery"])
def test_that_a_power_cut_leaves_old_or_new_and_keeps_what_was_promised(
    lab: Lab, strace: str, tmp_path: Path, tell: Tell, kind: str
) -> None:
    count, torn, certain = power_cut(lab, strace, kind, tmp_path)
    tell(f"R3 power cut, {kind}: {count} states replayed, {torn} neither old nor new")
    assert count > 5
    assert torn == 0
    assert certain, "a save that was promised may be gone"


@pytest.mark.parametrize("kind", ["in_place", "unflushed"])
def test_that_the_replay_finds_writers_that_do_not_flush(
    lab: Lab, strace: str, tmp_path: Path, tell: Tell, kind: str
) -> None:
    count, torn, _ = power_cut(lab, strace, kind, tmp_path)
    tell(f"R3 harness check, {kind} writer: {torn} of {count} states torn")
    assert torn > 0


def test_that_a_save_flushes_its_data_before_the_rename_and_its_folder_after(
    lab: Lab, strace: str, tmp_path: Path
) -> None:
    folder = tmp_path / "folder"
    prepared("session", folder)
    _, calls, mark = traced(lab, strace, "session", folder)
    target, part = str(target_of("session", folder)), ""
    order = []
    for name, arguments, _ in calls[mark + 1 :]:
        if name == "rename" and target in arguments:
            part = _PATH.findall(arguments)[0]
    for name, arguments, _ in calls[mark + 1 :]:
        handle = _HANDLE.match(arguments)
        if name in {"write", "fsync"} and handle and handle[1] in {part, str(folder)}:
            order.append(f"{name} {'file' if handle[1] == part else 'folder'}")
        elif name == "rename" and part in arguments:
            order.append("rename")
    assert order == ["write file", "fsync file", "rename", "fsync folder"]


def test_that_a_torn_file_is_not_taken_for_a_revision() -> None:
    with pytest.raises(LevcheckError):
        revision_of(b'{"app": "1", "body": {')
