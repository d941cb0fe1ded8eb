"""Files are written whole and private, links stay links, and what dead writers left is removed."""

import os
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from levcheck.domain.diagnostics import LevcheckError
from levcheck.storage import writer
from levcheck.storage.privacy import protect_process
from levcheck.storage.settings import Settings, load_settings, save_settings
from levcheck.storage.writer import clean_up, clean_up_old, write_file

DEAD = 2**22 + 1  # above the largest process id of Linux


def part(folder: Path, process: int, *, machine: str | None = None, age: float = 0.0) -> Path:
    path = folder / f".levcheck-{machine or writer._machine()}-{process}-0123abcd.part"
    path.write_bytes(b"half")
    os.utime(path, (time.time() - age, time.time() - age))
    return path


def test_that_a_failed_write_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "mine.levcheck"
    write_file(path, b"old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(LevcheckError) as caught:
        write_file(path, b"new")
    assert caught.value.code == "storage.disk_full"
    assert path.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["mine.levcheck"]


def test_that_a_folder_without_a_flush_is_no_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.fsync

    def only_files(handle: int) -> None:
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            raise OSError(22, "Invalid argument")
        real(handle)

    monkeypatch.setattr(os, "fsync", only_files)
    write_file(tmp_path / "a", b"new")
    assert (tmp_path / "a").read_bytes() == b"new"


def test_that_a_folder_that_cannot_be_flushed_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.fsync

    def only_files(handle: int) -> None:
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            raise OSError(5, "Input/output error")
        real(handle)

    monkeypatch.setattr(os, "fsync", only_files)
    with pytest.raises(LevcheckError) as caught:
        write_file(tmp_path / "a", b"new")
    assert caught.value.code == "storage.not_confirmed"


def test_that_the_users_own_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "cloud").mkdir()
    link = tmp_path / "mine.levcheck"
    link.symlink_to(tmp_path / "cloud" / "mine.levcheck")
    write_file(link, b"new")
    assert link.is_symlink()
    assert (tmp_path / "cloud" / "mine.levcheck").read_bytes() == b"new"


def test_that_a_name_as_long_as_the_disk_allows_can_be_written(tmp_path: Path) -> None:
    path = tmp_path / ("n" * 255)
    write_file(path, b"x")
    assert path.read_bytes() == b"x"


def test_that_only_what_dead_writers_left_is_removed(tmp_path: Path) -> None:
    dead = part(tmp_path, DEAD)
    old = part(tmp_path, os.getppid(), age=100_000.0)
    old = old.rename(tmp_path / old.name.replace("0123abcd", "00000000"))
    foreign = part(tmp_path, DEAD, machine="0000" if writer._machine() != "0000" else "1111")
    alive = part(tmp_path, os.getppid())
    mine = tmp_path / "essay.part"
    mine.write_bytes(b"the user's")
    assert clean_up(tmp_path) == 2
    assert not dead.exists()
    assert not old.exists()
    assert {path.name for path in tmp_path.iterdir()} == {foreign.name, alive.name, mine.name}
    assert clean_up(tmp_path / "none") == 0


def test_that_a_protected_process_keeps_everything_to_itself(tmp_path: Path) -> None:
    code = (
        "import os, pathlib, resource; from levcheck.storage.privacy import protect_process; protect_process(); "
        "pathlib.Path('plain').write_text('x'); pathlib.Path('folder').mkdir(); "
        "print(resource.getrlimit(resource.RLIMIT_CORE)); "
        "kept = pathlib.Path('/proc/self/coredump_filter'); print(int(kept.read_text(), 16) if kept.exists() else 0)"
    )
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[3])}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
    )  # fmt: skip
    assert done.stdout == "(0, 0)\n0\n"
    assert stat.S_IMODE((tmp_path / "plain").stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "folder").stat().st_mode) == 0o700
    assert callable(protect_process)


def test_that_settings_survive_a_restart_and_damage(tmp_path: Path) -> None:
    settings = (
        Settings(theme="dark").with_recent("a").with_recent("b").with_mapping("f", {"x": "A"})
    )
    save_settings(tmp_path, settings)
    assert load_settings(tmp_path) == settings
    assert settings.recent_files == ("b", "a")
    (tmp_path / "settings.json").write_bytes(b"{damaged")
    assert load_settings(tmp_path) == Settings()
    assert Settings(remember_files=False).with_recent("a").recent_files == ()


def test_that_what_only_looks_left_over_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = part(tmp_path, DEAD)
    folder.unlink()
    folder.mkdir()
    os.utime(folder, (0, 0))
    assert clean_up(tmp_path) == 0
    folder.rmdir()
    link = part(tmp_path, DEAD)
    link.unlink()
    link.symlink_to(tmp_path / "elsewhere")
    assert clean_up(tmp_path) == 0
    link.unlink()
    of_another_user = part(tmp_path, os.getppid())
    huge = part(tmp_path, 10**30)
    gone = part(tmp_path, DEAD)

    def of_somebody_else(process: int, _signal: int) -> None:
        if process == os.getppid():
            raise PermissionError
        raise OverflowError

    monkeypatch.setattr(os, "kill", of_somebody_else)
    monkeypatch.setattr(Path, "iterdir", lambda _self: iter((of_another_user, huge, gone)))
    gone.unlink()
    assert clean_up(tmp_path) == 0
    assert of_another_user.exists()
    assert huge.exists()


def test_that_a_system_without_limits_still_has_private_files(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[int] = []
    monkeypatch.setattr(os, "umask", asked.append)
    monkeypatch.setitem(sys.modules, "resource", None)
    protect_process()
    assert asked == [0o077]


def test_that_a_place_that_cannot_be_written_is_told_with_its_reason(tmp_path: Path) -> None:
    with pytest.raises(LevcheckError) as caught:
        write_file(tmp_path / "none" / "a", b"x")
    assert caught.value.code == "storage.not_writable"
    assert dict(caught.value.args_map) == {"file": "a", "reason": "No such file or directory"}


def test_that_only_old_leftovers_of_a_pattern_go_whatever_they_are(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "kept").write_bytes(b"x")
    place = tmp_path / "library"
    (place / ".part-a" / "deep").mkdir(parents=True)
    (place / ".part-a" / "deep" / "x").write_bytes(b"x")
    (place / ".part-b").write_bytes(b"x")
    (place / ".part-link").symlink_to(outside)
    (place / ".part-new").write_bytes(b"x")
    (place / "own.csv").write_bytes(b"x")
    for name in (".part-a", ".part-b", ".part-link", "own.csv"):
        os.utime(place / name, (0, 0), follow_symlinks=False)
    assert clean_up_old(place, ".part-*") == 3
    assert sorted(path.name for path in place.iterdir()) == [".part-new", "own.csv"]
    assert (outside / "kept").exists()
    assert clean_up_old(tmp_path / "none", "*") == 0
