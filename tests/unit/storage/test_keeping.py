"""Backups, locks, changes by others and recovery: nothing is overwritten unseen, nothing is lost unasked."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from levcheck.domain.diagnostics import LevcheckError
from levcheck.storage import keeping, locks, recovery, sealing
from levcheck.storage.backups import (
    DAYS,
    SAVES,
    WEEKS,
    backup_folder,
    backups,
    forget_backups,
    forget_open_backups,
    keep_backup,
    last_good_backup,
    thinned,
)
from levcheck.storage.keeping import has_changed, open_kept, save_kept
from levcheck.storage.locks import lock_file, take_lock
from levcheck.storage.recovery import (
    RecoveryFile,
    discard_recovery,
    find_recoveries,
    open_recovery,
)
from levcheck.storage.sealing import Seal
from levcheck.storage.session_file import SCHEMA, load_session, session_bytes
from tests.helpers.sample_session import a_body, a_document, resealed

START = datetime(2026, 6, 30, 10, 15, tzinfo=UTC)


def content(name: str) -> bytes:
    return session_bytes(a_body(name), app="1")


# --- backups -----------------------------------------------------------------------------------------------

_TIMES = st.lists(
    st.floats(0, 3 * 365 * 86_400).map(lambda s: START + timedelta(seconds=s)), max_size=120
)


@given(times=_TIMES)
def test_that_thinning_keeps_the_newest_and_never_more_than_its_limits(
    times: list[datetime],
) -> None:
    stay = thinned(times)
    newest_first = sorted(set(times), reverse=True)
    assert stay <= set(times)
    assert set(newest_first[:SAVES]) <= stay
    assert len(stay) <= SAVES + DAYS + WEEKS
    for day in list(dict.fromkeys(t.date() for t in newest_first))[:DAYS]:
        assert max(t for t in times if t.date() == day) in stay
    for week in list(dict.fromkeys(t.isocalendar()[:2] for t in newest_first))[:WEEKS]:
        assert max(t for t in times if t.isocalendar()[:2] == week) in stay


@given(times=_TIMES)
@settings(max_examples=50)
def test_that_thinning_twice_changes_nothing(times: list[datetime]) -> None:
    assert thinned(thinned(times)) == thinned(times)


def test_that_thinning_after_each_save_reaches_as_far_back_as_it_says() -> None:
    kept: frozenset[datetime] = frozenset()
    for hour in range(24 * 100):
        kept = thinned({*kept, START + timedelta(hours=hour)})
    assert len(kept) <= SAVES + DAYS + WEEKS
    assert len({t.isocalendar()[:2] for t in kept}) == WEEKS
    assert len({t.date() for t in kept}) >= DAYS


def test_that_every_backup_opens_and_is_what_was_saved(tmp_path: Path) -> None:
    document = tmp_path / "mine.levcheck"
    for number in range(40):
        made = keep_backup(
            tmp_path, document, content(str(number)), now=START + timedelta(hours=7 * number)
        )
        assert made is not None
    found = backups(tmp_path, document)
    assert 10 < len(found) <= SAVES + DAYS + WEEKS
    assert load_session(found[0].path).portfolio.name == "39"
    for backup in found:
        held = backup.path.read_bytes()
        assert hashlib.sha256(held).hexdigest().startswith(backup.digest)
        load_session(backup.path)
    assert keep_backup(tmp_path, document, content("39")) is None
    assert keep_backup(tmp_path, document, b"no session") is None


def test_that_a_clock_set_back_does_not_hide_the_newest_save(tmp_path: Path) -> None:
    document = tmp_path / "mine.levcheck"
    keep_backup(tmp_path, document, content("first"), now=START)
    keep_backup(tmp_path, document, content("second"), now=START - timedelta(days=400))
    assert load_session(backups(tmp_path, document)[0].path).portfolio.name == "second"


def test_that_the_last_backup_that_opens_is_found(tmp_path: Path) -> None:
    document = tmp_path / "mine.levcheck"
    keep_backup(tmp_path, document, content("first"), now=START)
    spoilt = keep_backup(tmp_path, document, content("second"), now=START + timedelta(1))
    assert spoilt is not None
    spoilt.path.write_bytes(spoilt.path.read_bytes()[:-30])
    good = last_good_backup(tmp_path, document)
    assert good is not None
    assert load_session(good.path).portfolio.name == "first"
    forget_backups(tmp_path, document)
    assert last_good_backup(tmp_path, document) is None


def test_that_a_file_of_another_schema_is_kept_for_good(tmp_path: Path) -> None:
    path, data = tmp_path / "mine.levcheck", tmp_path / "data"
    newer = resealed(a_document() | {"schema": SCHEMA + 1})
    path.write_bytes(newer)
    for number in range(60):
        save_kept(path, a_body(str(number)), app="1", data=data)
    kept = [backup for backup in backups(data, path) if backup.is_kept]
    assert [backup.path.read_bytes() for backup in kept] == [newer]
    assert len(backups(data, path)) <= SAVES + DAYS + WEEKS + 1


# --- changes by others -------------------------------------------------------------------------------------


def test_that_a_file_changed_elsewhere_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "mine.levcheck"
    first = save_kept(path, a_body("mine"), app="1", data=tmp_path / "data")
    assert not has_changed(first.known)
    path.write_bytes(content("theirs"))
    assert has_changed(first.known)
    with pytest.raises(LevcheckError) as caught:
        save_kept(path, a_body("again"), app="1", known=first.known, data=tmp_path / "data")
    assert caught.value.code == "storage.changed_elsewhere"
    assert load_session(path).portfolio.name == "theirs"
    _, seen = open_kept(path)
    save_kept(path, a_body("again"), app="1", known=seen, data=tmp_path / "data")
    assert load_session(path).portfolio.name == "again"


def test_that_a_file_removed_elsewhere_can_be_saved_again(tmp_path: Path) -> None:
    path = tmp_path / "mine.levcheck"
    first = save_kept(path, a_body(), app="1", data=tmp_path / "data")
    path.unlink()
    assert not has_changed(first.known)
    save_kept(path, a_body(), app="1", known=first.known, data=tmp_path / "data")
    assert path.exists()


def test_that_a_file_of_a_newer_version_is_never_overwritten(tmp_path: Path) -> None:
    path, data = tmp_path / "mine.levcheck", tmp_path / "data"
    newer = resealed(a_document() | {"schema": SCHEMA + 100})
    path.write_bytes(newer)
    loaded, known = open_kept(path, allow_newer=True)
    assert known.is_read_only
    with pytest.raises(LevcheckError) as caught:
        save_kept(path, loaded.body, app="1", known=known, data=data)
    assert caught.value.code == "storage.newer_kept"
    assert path.read_bytes() == newer
    save_kept(tmp_path / "copy.levcheck", loaded.body, app="1", known=known, data=data)


def test_that_saving_without_a_place_for_backups_still_saves(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.write_bytes(b"a file stands where the folder would be")
    for place in (data, None):
        saved = save_kept(tmp_path / "mine.levcheck", a_body(), app="1", data=place)
        assert [told.code for told in saved.notices] == ["storage.no_backup"]
    assert load_session(tmp_path / "mine.levcheck").portfolio == a_body().portfolio


# --- locks -------------------------------------------------------------------------------------------------


def test_that_a_name_is_claimed_once_and_given_back(tmp_path: Path) -> None:
    place = lock_file(tmp_path, tmp_path / "mine.levcheck", "open")
    lock = take_lock(place)
    assert lock is not None
    states = [lock.is_held]
    assert take_lock(place) is None
    lock.release()
    lock.release()
    states.append(lock.is_held)
    assert states == [True, False]
    again = take_lock(place)
    assert again is not None
    again.release()
    assert not list(place.parent.iterdir())


def test_that_a_dead_process_blocks_nobody(tmp_path: Path) -> None:
    place = lock_file(tmp_path, tmp_path / "mine.levcheck", "open")
    code = (
        "import sys, pathlib, os, signal; from levcheck.storage.locks import take_lock; "
        "lock = take_lock(pathlib.Path(sys.argv[1])); print(lock is not None, flush=True); sys.stdin.read()"
    )
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[3])}
    with subprocess.Popen(
        [sys.executable, "-c", code, str(place)],
        env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        assert process.stdout.readline() == "True\n"
        assert take_lock(place) is None
        process.kill()
    assert place.exists()
    lock = take_lock(place)
    assert lock is not None
    lock.release()


def test_that_a_window_that_saves_for_ever_is_told_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "mine.levcheck"
    lock = take_lock(lock_file(tmp_path, path, "save"))
    assert lock is not None
    monkeypatch.setattr(locks, "PATIENCE_SECONDS", 0.05)
    with pytest.raises(LevcheckError) as caught:
        save_kept(path, a_body(), app="1", data=tmp_path)
    assert caught.value.code == "storage.busy"
    assert not path.exists()
    lock.release()


# --- recovery ----------------------------------------------------------------------------------------------


def test_that_only_the_work_of_dead_windows_is_offered(tmp_path: Path) -> None:
    code = (
        "import sys, pathlib; from levcheck.storage.recovery import RecoveryFile; "
        "file = RecoveryFile.create(pathlib.Path(sys.argv[1])); "
        "file.write(sys.stdin.buffer.read(), origin=pathlib.Path('/a/mine.levcheck'), origin_sha256='ab'); "
        "print('kept', flush=True); import time; time.sleep(60)"
    )
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[3])}
    with subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path)],
        env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    ) as process:  # fmt: skip
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(content("unsaved"))
        process.stdin.close()
        assert process.stdout.readline() == b"kept\n"
        assert find_recoveries(tmp_path) == ()
        process.kill()
    (offered,) = find_recoveries(tmp_path)
    assert offered.origin == Path("/a/mine.levcheck")
    assert offered.origin_sha256 == "ab"
    assert open_recovery(offered)[0].body.portfolio.name == "unsaved"
    discard_recovery(offered)
    assert find_recoveries(tmp_path) == ()
    assert list((tmp_path / "recovery").iterdir()) == []


def test_that_a_window_that_closes_leaves_nothing(tmp_path: Path) -> None:
    file = RecoveryFile.create(tmp_path)
    file.write(content("a"))
    file.write(content("b"))
    file.discard()
    assert not file.path.exists()
    file.write(content("c"))
    file.close()
    assert list((tmp_path / "recovery").iterdir()) == []


def test_that_something_else_in_the_folder_is_left_alone(tmp_path: Path) -> None:
    place = tmp_path / "recovery"
    place.mkdir()
    (place / "notes.recovery").write_bytes(b"not ours\n")
    assert find_recoveries(tmp_path) == ()
    assert (place / "notes.recovery").exists()


def test_that_backups_are_private(tmp_path: Path) -> None:
    previous = os.umask(0)
    try:
        save_kept(tmp_path / "m.levcheck", a_body(), app="1", data=tmp_path / "data")
    finally:
        os.umask(previous)
    place = backup_folder(tmp_path / "data", tmp_path / "m.levcheck")
    for path in (place, place.parent, tmp_path / "data" / "locks"):
        assert path.stat().st_mode & 0o077 == 0
    assert all(path.stat().st_mode & 0o777 == 0o600 for path in place.iterdir())


def test_that_a_refused_claim_leaves_no_handle_open(tmp_path: Path) -> None:
    place = lock_file(tmp_path, tmp_path / "mine.levcheck", "open")
    lock = take_lock(place)
    before = len(list(Path("/dev/fd").iterdir()))
    assert [take_lock(place) for _ in range(5)] == [None] * 5
    assert len(list(Path("/dev/fd").iterdir())) == before
    assert lock is not None
    lock.release()


def test_that_saving_clears_what_dead_writers_left_beside_the_file(tmp_path: Path) -> None:
    data, path = tmp_path / "data", tmp_path / "mine.levcheck"
    place = backup_folder(data, path)
    place.mkdir(parents=True)
    left = [folder / f".levcheck-0000-{2**22 + 1}-00000000.part" for folder in (tmp_path, place)]
    for part in left:
        part.write_bytes(b"half")
        os.utime(part, (0, 0))
    save_kept(path, a_body(), app="1", data=data)
    assert not any(part.exists() for part in left)


def test_that_saving_the_same_again_makes_no_second_copy(tmp_path: Path) -> None:
    for name in ("a", "a", "b", "a", "a"):
        save_kept(tmp_path / "mine.levcheck", a_body(name), app="1", data=tmp_path / "data")
    copies = backups(tmp_path / "data", tmp_path / "mine.levcheck")
    assert [load_session(copy.path).portfolio.name for copy in copies] == ["a", "b", "a"]


def test_that_what_cannot_be_seen_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "mine.levcheck").mkdir()
    with pytest.raises(LevcheckError) as caught:
        save_kept(tmp_path / "mine.levcheck", a_body(), app="1", data=tmp_path / "data")
    assert caught.value.code == "storage.not_readable"
    assert caught.value.args_map["reason"] == "Is a directory"


def test_that_the_lock_of_a_living_windows_work_stays(tmp_path: Path) -> None:
    file = RecoveryFile.create(tmp_path)
    stale = file.path.with_name("1-00000000.lock")
    stale.write_bytes(b"")
    assert find_recoveries(tmp_path) == ()
    assert not stale.exists()
    assert file.path.with_suffix(".lock").exists()
    file.close()


# --- when the disk says no ---------------------------------------------------------------------------------


def refuse(*_: object, **__: object) -> None:
    raise PermissionError(13, "Permission denied")


def refused(act: Callable[[], object]) -> tuple[str, str]:
    with pytest.raises(LevcheckError) as caught:
        act()
    return caught.value.code, str(caught.value.args_map["reason"])


def test_that_copies_that_cannot_be_removed_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "mine.levcheck"
    save_kept(path, a_body(), app="1", data=tmp_path)
    denied = ("storage.not_writable", "Permission denied")
    with monkeypatch.context() as patch:
        patch.setattr("levcheck.storage.backups.shutil.rmtree", refuse)
        assert refused(lambda: forget_backups(tmp_path, path)) == denied
    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", refuse)
        assert refused(lambda: forget_open_backups(tmp_path, path)) == denied
    assert len(backups(tmp_path, path)) == 1
    forget_open_backups(tmp_path, path)
    assert backups(tmp_path, path) == ()
    forget_backups(tmp_path, path)
    assert not backup_folder(tmp_path, path).exists()
    forget_backups(tmp_path, path)  # there is nothing left: no fault


def test_that_open_copies_left_beside_a_closed_file_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("cryptography", reason="the extra 'password' is not installed")
    monkeypatch.setattr(sealing, "_COST", {**sealing._COST, "n": 2})
    path = tmp_path / "mine.levcheck"
    save_kept(path, a_body(), app="1", data=tmp_path)

    def no(*_: object) -> None:
        raise LevcheckError("storage.not_writable", file="x", reason="x")

    monkeypatch.setattr(keeping, "forget_open_backups", no)
    saved = save_kept(path, a_body(), app="1", data=tmp_path, seal=Seal.new("long enough"))
    assert [d.code for d in saved.notices] == ["storage.open_copies"]


def test_that_a_closed_copy_is_good_only_for_those_who_can_ask_for_its_password(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("cryptography", reason="the extra 'password' is not installed")
    monkeypatch.setattr(sealing, "_COST", {**sealing._COST, "n": 2})
    path, seal = tmp_path / "mine.levcheck", Seal.new("long enough")
    save_kept(path, a_body(), app="1", data=tmp_path, seal=seal)
    assert last_good_backup(tmp_path, path) is None
    good = backups(tmp_path, path)[0]
    assert last_good_backup(tmp_path, path, takes_closed=True) == good
    assert last_good_backup(tmp_path, path, seal=seal) == good
    assert last_good_backup(tmp_path, path, password="long enough") == good  # noqa: S106
    assert last_good_backup(tmp_path, path, password="not that one", takes_closed=True) is None  # noqa: S106


def test_that_a_copy_whose_name_is_no_day_is_none_of_ours(tmp_path: Path) -> None:
    path = tmp_path / "mine.levcheck"
    place = backup_folder(tmp_path, path)
    place.mkdir(parents=True)
    odd = place / "20269999T101500.000001Z_0123456789ab_save.levcheck"
    odd.write_bytes(b"x")
    save_kept(path, a_body(), app="1", data=tmp_path)
    assert len(backups(tmp_path, path)) == 1
    assert odd.exists()


def test_that_copies_that_cannot_be_made_or_thinned_keep_nobody_from_saving(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, data = tmp_path / "mine.levcheck", tmp_path / "data"
    data.mkdir()
    (data / "backups").write_bytes(b"a file where a folder has to be")
    saved = save_kept(path, a_body("one"), app="1", data=data)
    assert [d.code for d in saved.notices] == ["storage.no_backup"]
    with pytest.raises(LevcheckError) as caught:
        keep_backup(data, path, content("one"))
    assert (
        caught.value.args_map["file"] == path.name
    )  # the user knows his file, not the folder of its copies
    (data / "backups").unlink()
    monkeypatch.setattr("levcheck.storage.backups.SAVES", 1)
    monkeypatch.setattr("levcheck.storage.backups.DAYS", 1)
    monkeypatch.setattr("levcheck.storage.backups.WEEKS", 1)
    for name in ("two", "three"):
        save_kept(path, a_body(name), app="1", data=data)
    assert [load_session(b.path).portfolio.name for b in backups(data, path)] == ["three"]
    monkeypatch.setattr(Path, "unlink", refuse)
    assert save_kept(path, a_body("four"), app="1", data=data).notices == ()
    assert [load_session(b.path).portfolio.name for b in backups(data, path)] == ["four", "three"]


def test_that_unsaved_work_that_cannot_be_removed_or_claimed_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = RecoveryFile.create(tmp_path)
    file.write(content("unsaved"), now=START)
    file._lock.release()
    with monkeypatch.context() as patch:
        patch.setattr(recovery, "take_lock", refuse)
        assert find_recoveries(tmp_path) == ()
    (offered,) = find_recoveries(tmp_path)
    assert (offered.when, offered.origin, offered.origin_sha256) == (START, None, None)
    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", refuse)
        denied = ("storage.not_writable", "Permission denied")
        assert refused(lambda: discard_recovery(offered)) == denied
    assert open_recovery(offered)[0].body.portfolio.name == "unsaved"
    discard_recovery(offered)
    discard_recovery(offered)  # gone is gone
    assert find_recoveries(tmp_path) == ()


def test_that_two_windows_never_keep_their_work_in_one_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    letters = iter(("aaaa", "aaaa", "bbbb"))
    monkeypatch.setattr("levcheck.storage.recovery.secrets.token_hex", lambda _count: next(letters))
    one, other = RecoveryFile.create(tmp_path), RecoveryFile.create(tmp_path)
    assert one.path != other.path
    assert other.path.name.endswith("-bbbb.recovery")
    one.close()
    other.close()
