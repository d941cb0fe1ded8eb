"""Two windows, a sync client, a window that dies: nobody overwrites anybody, and unsaved work comes back."""

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from levcheck.app.session import EMPTY_SESSION, Session
from levcheck.app.session_files import (
    Autosave,
    backups_of,
    clean_leftovers,
    forget_backups_of,
    forget_recovery,
    last_good_backup_of,
    open_for_editing,
    open_session,
    recover,
    save_as,
    unsaved_work,
    write_session,
)
from levcheck.domain.diagnostics import LevcheckError
from levcheck.storage.keeping import open_kept, save_kept
from levcheck.storage.session_file import SCHEMA
from tests.helpers.crash_lab import body_of, revision_of
from tests.helpers.sample_session import a_body, a_document, resealed

Tell = Callable[[str], None]
Lab = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LEVCHECK_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


def a_session(name: str = "Mine") -> Session:
    return Session(a_body(name).portfolio)


def foreign_write(path: Path, revision: int) -> None:
    """Change a file as a careful sync client does: same size, same times."""
    facts = path.stat()
    content = path.read_bytes().replace(b"revision 1000", b"revision %d" % revision)
    document = json.loads(content)
    path.write_bytes(resealed(document))
    os.utime(path, ns=(facts.st_atime_ns, facts.st_mtime_ns))


def overwritten(path: Path, save: Callable[[int], bool], rounds: int) -> int:
    """Return how often a save went over a change by another program."""
    lost = 0
    for number in range(rounds):
        foreign_write(path, 2000 + number)
        if save(number):
            lost += revision_of(path.read_bytes()) != 2000 + number
    return lost


def test_that_a_change_by_another_program_is_never_overwritten(tmp_path: Path, tell: Tell) -> None:
    path = tmp_path / "mine.levcheck"
    refused = 0
    for number in range(200):
        known = save_kept(path, body_of(1000), app="1", data=None).known
        foreign_write(path, 2000 + number)
        with pytest.raises(LevcheckError) as caught:
            save_kept(path, body_of(1001), app="1", known=known, data=None)
        refused += caught.value.code == "storage.changed_elsewhere"
        assert revision_of(path.read_bytes()) == 2000 + number
    tell(f"R10 changed elsewhere: {refused} of 200 saves refused, file of the other kept")
    assert refused == 200


def test_that_the_change_is_one_that_size_and_time_do_not_show(tmp_path: Path) -> None:
    path = tmp_path / "mine.levcheck"
    save_kept(path, body_of(1000), app="1", data=None)
    before = path.stat()
    foreign_write(path, 2000)
    after = path.stat()
    assert (before.st_size, before.st_mtime_ns) == (after.st_size, after.st_mtime_ns)
    assert revision_of(path.read_bytes()) == 2000


def test_that_windows_saving_at_once_lose_nothing(lab: Lab, tmp_path: Path, tell: Tell) -> None:
    seen = json.loads(lab("counters", tmp_path, 3, 40).stdout)
    tell(
        f"R10 three windows saving at once: {seen['saved']} saved, {seen['refused']} refused, "
        f"{seen['saved'] - seen['final']} overwritten"
    )
    assert seen["saved"] + seen["refused"] == 120
    assert seen["final"] == seen["saved"]


def test_that_a_save_that_does_not_compare_loses_saves(tmp_path: Path) -> None:
    """The harness above would see it: a save without what is known of the file goes over the other's."""
    path = tmp_path / "mine.levcheck"
    save_kept(path, body_of(1), app="1", data=tmp_path / "data")
    _, known = open_kept(path)
    save_kept(path, body_of(2), app="1", known=known, data=tmp_path / "data")
    save_kept(path, body_of(3), app="1", data=tmp_path / "data")
    assert revision_of(path.read_bytes()) == 3


@pytest.mark.parametrize("count", [100, pytest.param(1_000, marks=pytest.mark.nightly)])
def test_that_dead_windows_block_nobody_and_their_work_comes_back(
    lab: Lab, tmp_path: Path, tell: Tell, count: int
) -> None:
    seen = json.loads(lab("dead-windows", tmp_path, count).stdout)
    tell(f"R10 stale locks: {seen['blocked']} of {seen['windows']} killed windows block another")
    tell(
        f"R9 recovery: work of {seen['recovered']} of {seen['windows']} killed windows offered again"
    )
    assert (seen["blocked"], seen["recovered"]) == (0, count)


# --- as a window uses it -------------------------------------------------------------------------------------


def test_that_a_window_opens_saves_and_lets_go(tmp_path: Path, data: Path) -> None:
    path = tmp_path / "mine.levcheck"
    write_session(path, a_session())
    first = open_for_editing(path)
    second = open_for_editing(path)
    assert first.file.notices == ()
    assert [told.code for told in second.file.notices] == ["storage.open_elsewhere"]
    saved = first.file.save(a_session("Edited"))
    with pytest.raises(LevcheckError) as caught:
        second.file.save(a_session("Theirs"))
    assert caught.value.code == "storage.changed_elsewhere"
    assert second.file.has_changed
    copy = save_as(tmp_path / "copy.levcheck", a_session("Theirs"), second.file)
    assert not copy.notices
    saved.close()
    copy.close()
    again = open_for_editing(path)
    assert again.file.notices == ()
    assert again.session.portfolio.name == "Edited"
    again.file.close()


def test_that_a_newer_file_is_opened_to_look_at(tmp_path: Path, data: Path) -> None:
    path = tmp_path / "newer.levcheck"
    document = a_document() | {"schema": SCHEMA + 1}
    document["body"]["more"] = 1
    path.write_bytes(newer := resealed(document))
    opened = open_for_editing(path)
    assert opened.file.is_read_only
    assert [told.code for told in opened.file.notices] == ["storage.opened_newer"]
    for attempt in (opened.file.save, lambda session: save_as(path, session, opened.file)):
        with pytest.raises(LevcheckError) as caught:
            attempt(opened.session)
        assert caught.value.code == "storage.newer_kept"
    assert path.read_bytes() == newer
    saved = save_as(tmp_path / "copy.levcheck", opened.session, opened.file)
    assert b'"more": 1' in (tmp_path / "copy.levcheck").read_bytes()
    saved.close()


def test_that_a_damaged_file_leads_to_its_last_good_backup(tmp_path: Path, data: Path) -> None:
    path = tmp_path / "mine.levcheck"
    write_session(path, a_session("Good"))
    path.write_bytes(path.read_bytes()[:-40])
    with pytest.raises(LevcheckError) as caught:
        open_for_editing(path)
    assert caught.value.code == "storage.damaged"
    backup = last_good_backup_of(path)
    assert backup is not None
    assert open_session(backup.path).portfolio.name == "Good"


def test_that_autosave_keeps_what_is_not_saved_and_forgets_what_is(
    tmp_path: Path, data: Path
) -> None:
    path = tmp_path / "mine.levcheck"
    write_session(path, a_session())
    file = open_for_editing(path).file
    autosave, edited = Autosave(), a_session("Edited")
    assert autosave.keep(edited, file)
    assert not autosave.keep(edited, file)
    assert unsaved_work() == ()
    (kept,) = (data / "recovery").glob("*.recovery")
    assert kept.stat().st_mode & 0o777 == 0o600
    copy = kept.with_name("0-00000000.recovery")
    copy.write_bytes(kept.read_bytes())
    autosave.close()
    assert [one.path for one in unsaved_work()] == [copy]
    file.close()
    session, known = recover(unsaved_work()[0])
    assert session.portfolio.name == "Edited"
    assert known is not None
    write_session(path, a_session("Meanwhile"))
    with pytest.raises(LevcheckError) as caught:
        known.save(session)
    assert caught.value.code == "storage.changed_elsewhere"
    forget_recovery(unsaved_work()[0])
    known.close()
    assert unsaved_work() == ()
    assert clean_leftovers() == 0


def test_that_the_start_clears_what_dead_writers_left_and_nothing_else(data: Path) -> None:
    for name in (
        "cache/tmpab12.part",
        "cache/tmpnew.part",
        "cache/reference-1.sqlite",
        "library/.part-x/a.csv",
    ):
        (data / name).parent.mkdir(parents=True, exist_ok=True)
        (data / name).write_bytes(b"x")
    for name in ("cache/tmpab12.part", "cache/reference-1.sqlite", "library/.part-x"):
        os.utime(data / name, (0, 0))
    (data / f".levcheck-ffff-{2**22 + 1}-00000000.part").write_bytes(b"x")
    os.utime(data / f".levcheck-ffff-{2**22 + 1}-00000000.part", (0, 0))
    assert clean_leftovers() == 3
    left = sorted(path.name for path in data.rglob("*") if path.is_file())
    assert left == ["reference-1.sqlite", "tmpnew.part"]


def test_that_work_that_was_never_saved_comes_back_without_a_file(data: Path) -> None:
    autosave = Autosave()
    assert not autosave.keep(EMPTY_SESSION)
    assert autosave.keep(a_session("Never saved"))
    (kept,) = (data / "recovery").glob("*.recovery")
    kept.with_name("0-00000000.recovery").write_bytes(kept.read_bytes())
    autosave.discard()
    assert not kept.exists()
    assert autosave.keep(a_session("Again"))
    autosave.close()
    assert not kept.exists()
    (offered,) = unsaved_work()
    session, file = recover(offered)
    assert file is None
    assert session.portfolio.name == "Never saved"


def test_that_backups_can_be_listed_and_forgotten(tmp_path: Path, data: Path) -> None:
    path = tmp_path / "mine.levcheck"
    for name in ("First", "Second"):
        write_session(path, a_session(name))
    assert [open_session(one.path).portfolio.name for one in backups_of(path)] == [
        "Second",
        "First",
    ]
    forget_backups_of(path)
    assert backups_of(path) == ()
    assert path.exists()


def test_that_fields_of_a_newer_version_survive_unsaved_work(tmp_path: Path, data: Path) -> None:
    path = tmp_path / "mine.levcheck"
    document = a_document()
    document["body"]["more"] = 1
    path.write_bytes(resealed(document))
    opened = open_for_editing(path)
    autosave = Autosave()
    autosave.keep(a_session("Edited"), opened.file)
    (kept,) = (data / "recovery").glob("*.recovery")
    kept.with_name("0-00000000.recovery").write_bytes(kept.read_bytes())
    autosave.close()
    opened.file.close()
    session, file = recover(unsaved_work()[0])
    assert file is not None
    file.save(session)
    file.close()
    assert b'"more": 1' in path.read_bytes()
    assert open_session(path).portfolio.name == "Edited"
