"""Claims between windows: one holder, no handle lost, a file that is taken away between opening and claiming."""

import errno
import os
from pathlib import Path

import pytest

from levcheck.domain.diagnostics import LevcheckError
from levcheck.storage import locks
from levcheck.storage.locks import lock_file, take_lock, take_window_lock, waiting_lock

pytestmark = pytest.mark.skipif(os.name == "nt", reason="locks as POSIX has them")


def handles() -> int:
    return len(list(Path("/dev/fd").iterdir()))


def test_that_there_is_one_window_of_a_user(tmp_path: Path) -> None:
    mine = take_window_lock(tmp_path)
    assert mine is not None
    held = [mine.is_held]
    assert take_window_lock(tmp_path) is None
    mine.release()
    mine.release()  # a second time does nothing
    assert [*held, mine.is_held] == [True, False]
    again = take_window_lock(tmp_path)
    assert again is not None
    again.release()


def test_that_the_lock_is_private_and_gone_when_it_is_given_back(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        lock = take_lock(tmp_path / "locks" / "a.lock")
    finally:
        os.umask(before)
    assert lock is not None
    assert (tmp_path / "locks").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "locks" / "a.lock").stat().st_mode & 0o777 == 0o600
    lock.release()
    assert list((tmp_path / "locks").iterdir()) == []


def test_that_a_file_taken_away_before_the_claim_is_no_claim(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its former holder removes the file just after it was opened here: a claim on it would keep nobody out."""
    path, claim = tmp_path / "a.lock", locks._claim
    tries: list[int] = []

    def too_late(handle: int) -> bool:
        tries.append(handle)
        if len(tries) == 1:
            path.unlink()
        if len(tries) == 2:
            path.unlink()
            path.write_bytes(b"")  # somebody else's, made meanwhile
        return claim(handle)

    monkeypatch.setattr(locks, "_claim", too_late)
    before = handles()
    lock = take_lock(path)
    assert lock is not None
    assert len(tries) == 3
    assert handles() == before + 1
    monkeypatch.undo()
    assert take_lock(path) is None
    lock.release()
    assert handles() == before


def test_that_a_disk_without_locks_is_told_and_costs_no_handle(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import fcntl

    def unknown(_handle: int, _operation: int) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", unknown)
    before = handles()
    with pytest.raises(OSError, match="No locks available"):
        take_lock(tmp_path / "a.lock")
    assert handles() == before


def test_that_waiting_ends_when_the_other_lets_go_and_gives_back_what_it_took(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.lock"
    other = take_lock(path)
    assert other is not None
    monkeypatch.setattr("levcheck.storage.locks.time.sleep", lambda _seconds: other.release())
    with waiting_lock(path, name="mine"):
        assert take_lock(path) is None
    again = take_lock(path)
    assert again is not None
    monkeypatch.setattr(locks, "PATIENCE_SECONDS", -1.0)
    with pytest.raises(LevcheckError) as caught, waiting_lock(path, name="mine"):
        pass
    assert (caught.value.code, dict(caught.value.args_map)) == ("storage.busy", {"file": "mine"})
    again.release()
    with pytest.raises(RuntimeError), waiting_lock(path, name="mine"):
        raise RuntimeError
    assert not path.exists()


def test_that_two_names_of_one_file_have_one_lock_and_each_purpose_its_own(tmp_path: Path) -> None:
    file, link = tmp_path / "a.levcheck", tmp_path / "b.levcheck"
    file.write_bytes(b"")
    link.symlink_to(file)
    assert lock_file(tmp_path, file, "save") == lock_file(tmp_path, link, "save")
    assert lock_file(tmp_path, file, "save") != lock_file(tmp_path, file, "open")
    assert "a.levcheck" not in lock_file(tmp_path, file, "open").name
    assert lock_file(tmp_path, tmp_path / "caf\udce9.levcheck", "open").suffix == ".open"
