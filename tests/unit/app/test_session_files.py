"""Saving a session, opening it and its copies, work kept aside; and all of it where there is no place for a user's data."""

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

from levcheck.app import session_files
from levcheck.app.session import EMPTY_SESSION, Session
from levcheck.app.session_files import (
    Autosave,
    SessionFile,
    backups_of,
    clean_leftovers,
    forget_backups_of,
    forget_recovery,
    has_password,
    last_good_backup_of,
    open_for_editing,
    open_session,
    recover,
    save_as,
    unsaved_work,
    write_session,
)
from levcheck.domain.diagnostics import LevcheckError, Severity
from levcheck.domain.draft import Draft
from levcheck.storage import sealing
from levcheck.storage.locks import lock_file, take_lock
from levcheck.storage.session_file import SCHEMA, restored
from tests.helpers.sample_session import a_body, a_document, resealed

PASSWORD = "long enough"  # noqa: S105  # it protects nothing


@pytest.fixture(autouse=True)
def _data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEVCHECK_DATA", str(tmp_path / "data"))
    monkeypatch.setattr(sealing, "_COST", {**sealing._COST, "n": 2})


def a_session(name: str = "Mine") -> Session:
    body = a_body(name)
    return Session(
        portfolio=body.portfolio,
        readings=tuple(restored(one) for one in body.readings),
        diagnostics=body.readings[0].diagnostics,
        scenario=body.scenario,
        custom=body.custom,
        drafts=(Draft("A"),),
        model=a_body("Model").portfolio,
    )


def code_of(act: Callable[[], object]) -> str:
    with pytest.raises(LevcheckError) as caught:
        act()
    return caught.value.code


def dead(aside: Autosave) -> None:
    """End the window of unsaved work as a kill would."""
    assert aside._file is not None
    aside._file._lock.release()


def newer(path: Path) -> Path:
    path.write_bytes(resealed(a_document() | {"schema": SCHEMA + 1}))
    return path


def test_that_everything_of_a_session_comes_back_but_the_filter(tmp_path: Path) -> None:
    session = a_session()
    looking: Any = object()
    filtered = replace(session, portfolio=replace(session.portfolio, only=looking))
    write_session(tmp_path / "a.levcheck", filtered)
    assert open_session(tmp_path / "a.levcheck") == session


def test_that_a_window_claims_its_file_and_lets_go(tmp_path: Path) -> None:
    path = tmp_path / "a.levcheck"
    write_session(path, a_session())
    mine = open_for_editing(path).file
    assert (mine.path, mine.notices, mine.is_read_only, mine.has_changed) == (
        path,
        (),
        False,
        False,
    )
    assert mine.lock is not None
    other = open_for_editing(path).file
    assert other.lock is None
    assert [(d.code, d.severity, dict(d.args)) for d in other.notices] == [
        ("storage.open_elsewhere", Severity.WARNING, {"file": "a.levcheck"})
    ]
    other.close()  # it has nothing to let go of
    assert open_for_editing(path).file.lock is None
    mine.close()
    again = open_for_editing(path).file
    assert again.lock is not None
    again.close()


def test_that_saving_keeps_the_claim_and_sees_what_others_did(tmp_path: Path) -> None:
    path = tmp_path / "a.levcheck"
    write_session(path, a_session())
    file = open_for_editing(path).file.save(a_session("Second"))
    assert file.lock is not None
    assert open_session(path).portfolio.name == "Second"
    write_session(path, a_session("Theirs"))
    assert file.has_changed
    assert code_of(lambda: file.save(a_session("Third"))) == "storage.changed_elsewhere"
    assert open_session(path).portfolio.name == "Theirs"
    file.close()


def test_that_a_newer_file_is_looked_at_and_not_overwritten(tmp_path: Path) -> None:
    path = newer(tmp_path / "a.levcheck")
    before = path.read_bytes()
    assert code_of(lambda: open_session(path)) == "storage.newer"
    assert open_session(path, allow_newer=True).portfolio.name == "Mine"
    opened = open_for_editing(path)
    assert opened.file.is_read_only
    assert [(d.code, dict(d.args)) for d in opened.file.notices] == [
        ("storage.opened_newer", {"file": "a.levcheck"})
    ]
    same = tmp_path / "link.levcheck"
    same.symlink_to(path)
    for there in (path, same):
        assert code_of(lambda there=there: save_as(there, opened.session, opened.file)) == (  # type: ignore[misc]
            "storage.newer_kept"
        )
    assert path.read_bytes() == before
    copy = save_as(tmp_path / "b.levcheck", opened.session, opened.file)
    assert not copy.is_read_only
    assert open_session(tmp_path / "b.levcheck").portfolio.name == "Mine"
    copy.close()


def test_that_save_as_takes_the_new_file_and_gives_the_former_back(tmp_path: Path) -> None:
    one, two = tmp_path / "a.levcheck", tmp_path / "b.levcheck"
    first = save_as(one, a_session())
    assert first.lock is not None
    second = save_as(two, a_session("Other"), first)
    assert second.path == two
    assert second.lock is not None
    assert not first.lock.is_held
    assert open_session(one).portfolio.name == "Mine"
    # Over a file that is no session: what stood there is gone, as asked, and the former stays claimed when that fails.
    (tmp_path / "folder").mkdir()
    assert (
        code_of(lambda: save_as(tmp_path / "folder", a_session(), second)) == "storage.not_readable"
    )
    assert second.lock.is_held
    second.close()


def test_that_a_file_open_elsewhere_is_told_after_saving_over_it(tmp_path: Path) -> None:
    path = tmp_path / "a.levcheck"
    write_session(path, a_session())
    other = open_for_editing(path).file
    made = save_as(path, a_session("Mine too"))
    assert [d.code for d in made.notices] == ["storage.open_elsewhere"]
    assert open_session(path).portfolio.name == "Mine too"
    other.close()


def test_that_fields_of_a_newer_version_go_along(tmp_path: Path) -> None:
    path = tmp_path / "a.levcheck"
    document = a_document()
    document["body"]["more"] = {"of": "tomorrow"}
    path.write_bytes(resealed(document))
    opened = open_for_editing(path)
    saved = opened.file.save(opened.session)
    assert b"tomorrow" in path.read_bytes()
    save_as(tmp_path / "b.levcheck", opened.session, opened.file).close()
    assert b"tomorrow" in (tmp_path / "b.levcheck").read_bytes()
    aside = Autosave()
    aside.keep(opened.session, saved)
    dead(aside)
    session, file = recover(unsaved_work()[0])
    assert file is not None
    assert b"tomorrow" in file.save(session).path.read_bytes()
    file.close()


def test_that_a_password_is_told_from_outside_and_shared_with_a_file_like_it(
    tmp_path: Path,
) -> None:
    pytest.importorskip("cryptography", reason="the extra 'password' is not installed")
    path = tmp_path / "a.levcheck"
    write_session(path, a_session())
    assert not has_password(path)
    opened = open_for_editing(path)
    file = opened.file.with_password(PASSWORD).save(a_session())
    assert file.has_password
    assert not opened.file.has_password
    assert has_password(path)
    file.close()
    (tmp_path / "a.csv").write_bytes(path.read_bytes())
    assert has_password(tmp_path / "a.csv") is False  # by its name no session
    assert has_password(path.rename(tmp_path / "A.LEVCHECK"))
    assert not has_password(tmp_path / "none.levcheck")
    path = tmp_path / "A.LEVCHECK"
    assert code_of(lambda: open_session(path)) == "storage.needs_password"
    assert code_of(lambda: open_for_editing(path)) == "storage.needs_password"
    assert open_session(path, like=file) == a_session()
    assert open_session(path, password=PASSWORD) == a_session()
    again = open_for_editing(path, like=file)
    assert again.session == a_session()
    assert again.file.has_password
    again.file.close()
    assert last_good_backup_of(tmp_path / "a.levcheck") is None
    assert last_good_backup_of(tmp_path / "a.levcheck", like=file) is not None
    assert last_good_backup_of(tmp_path / "a.levcheck", takes_closed=True) is not None
    assert file.with_password(None).save(a_session()).has_password is False
    assert code_of(lambda: file.with_password("short")) == "storage.password_short"


def test_that_work_is_kept_aside_once_for_each_change_and_forgotten(tmp_path: Path) -> None:
    aside = Autosave()
    aside.discard()
    aside.close()  # nothing was kept: nothing to forget
    assert not aside.keep(EMPTY_SESSION)
    session = a_session("Unsaved")
    assert aside.keep(session)
    assert not aside.keep(session)
    assert aside.keep(replace(session, scenario=None))
    aside.discard()
    assert unsaved_work() == ()
    assert not list((tmp_path / "data" / "recovery").glob("*.recovery"))
    assert aside.keep(session)  # what was forgotten is kept again
    dead(aside)
    (offered,) = unsaved_work()
    restored_session, file = recover(offered)
    assert (restored_session, file) == (session, None)
    forget_recovery(offered)
    assert unsaved_work() == ()
    aside.close()
    assert aside.keep(session)  # a window that goes on keeps in a file of its own again
    aside.close()
    assert list((tmp_path / "data" / "recovery").iterdir()) == []


def left_unsaved(folder: Path) -> Path:
    """Write a session, keep other work aside for it as a process that died does, and return its path."""
    path = folder / "a.levcheck"
    write_session(path, a_session())
    file = open_for_editing(path).file
    aside = Autosave()
    aside.keep(a_session("Unsaved"), file)
    dead(aside)
    file.close()
    return path


def test_that_work_of_a_file_comes_back_with_it_unless_the_file_changed(tmp_path: Path) -> None:
    path = left_unsaved(tmp_path)
    session, known = recover(unsaved_work()[0])
    assert known is not None
    assert known.lock is not None
    assert known.path == path
    write_session(path, a_session("Theirs"))
    assert code_of(lambda: known.save(session)) == "storage.changed_elsewhere"
    _, second = recover(unsaved_work()[0])
    assert second is not None
    assert [d.code for d in second.notices] == ["storage.open_elsewhere"]
    known.close()


def test_that_work_without_the_fingerprint_of_its_file_belongs_to_none(tmp_path: Path) -> None:
    left_unsaved(tmp_path)
    (offered,) = unsaved_work()
    assert recover(replace(offered, origin_sha256=None))[1] is None
    assert recover(replace(offered, origin=None))[1] is None


def test_that_work_that_cannot_be_kept_aside_is_told(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "recovery").write_bytes(b"a file where a folder has to be")
    with pytest.raises(LevcheckError) as caught:
        Autosave().keep(a_session())
    assert caught.value.code == "storage.not_writable"
    assert caught.value.args_map["file"] == "recovery"


def test_that_copies_are_listed_newest_first_and_forgotten(tmp_path: Path) -> None:
    path = tmp_path / "a.levcheck"
    for name in ("First", "Second"):
        write_session(path, a_session(name))
    assert [open_session(b.path).portfolio.name for b in backups_of(path)] == ["Second", "First"]
    good = last_good_backup_of(path)
    assert good == backups_of(path)[0]
    forget_backups_of(path)
    assert backups_of(path) == ()
    assert last_good_backup_of(path) is None


def test_that_leftovers_of_every_folder_are_cleared(tmp_path: Path) -> None:
    data = tmp_path / "data"
    assert clean_leftovers() == 0
    left = f".levcheck-0000-{2**22 + 1}-00000000.part"
    places = [data / left, data / "recovery" / left, data / "library" / left,
              data / "backups" / "ab" / left, data / "cache" / "tmpx.part", data / "library" / ".part-y"]  # fmt: skip
    others = [
        data / "backups" / left,
        data / "backups" / "note.txt",
        data / "cache" / "kept.sqlite",
    ]
    for place in (*places, *others):
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(b"x")
        os.utime(place, (0, 0))
    assert clean_leftovers() == len(places)
    assert not any(place.exists() for place in places)
    assert all(place.exists() for place in others)


def test_that_all_of_it_works_where_there_is_no_place_for_data(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "data").write_bytes(b"a file where a folder has to be")
    path = tmp_path / "a.levcheck"
    saved = write_session(path, a_session())
    assert [d.code for d in saved.notices] == ["storage.no_backup"]
    opened = open_for_editing(path)
    assert (opened.file.lock, opened.file.notices) == (None, ())
    assert opened.session == a_session()
    assert [d.code for d in save_as(path, a_session("Again")).notices] == ["storage.no_backup"]
    assert open_session(path).portfolio.name == "Again"
    assert (unsaved_work(), backups_of(path), last_good_backup_of(path)) == ((), (), None)
    assert clean_leftovers() == 0
    forget_backups_of(path)
    with pytest.raises(LevcheckError) as caught:
        Autosave().keep(a_session())
    assert caught.value.code == "storage.not_writable"


def test_that_a_claim_that_cannot_be_made_keeps_nobody_from_opening(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.levcheck"
    write_session(path, a_session())

    def refuse(_path: Path) -> None:
        raise OSError(37, "No locks available")

    monkeypatch.setattr(session_files, "take_lock", refuse)
    opened = open_for_editing(path)
    assert (opened.file.lock, opened.file.notices) == (None, ())


def test_that_the_claim_is_the_one_of_the_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "a.levcheck"
    held = take_lock(lock_file(tmp_path / "data", path, "save"))
    write = SessionFile(write_session(tmp_path / "b.levcheck", a_session()).known)
    assert write.lock is None
    assert held is not None
    held.release()
    file = save_as(path, a_session())
    assert take_lock(lock_file(tmp_path / "data", path, "open")) is None
    file.close()
    assert isinstance(open_session(path).portfolio.rates, MappingProxyType)


def test_that_work_on_a_closed_file_is_kept_aside_closed(tmp_path: Path) -> None:
    pytest.importorskip("cryptography", reason="the extra 'password' is not installed")
    path = tmp_path / "a.levcheck"
    write_session(path, a_session())
    file = open_for_editing(path).file.with_password(PASSWORD).save(a_session())
    aside = Autosave()
    aside.keep(a_session("Unsaved"), file)
    dead(aside)
    file.close()
    (offered,) = unsaved_work()
    assert b"Unsaved" not in offered.path.read_bytes()
    assert code_of(lambda: recover(offered)) == "storage.needs_password"
    session, known = recover(offered, PASSWORD)
    assert session.portfolio.name == "Unsaved"
    assert known is not None
    assert known.has_password
    assert known.save(session).has_password
    assert open_session(path, password=PASSWORD).portfolio.name == "Unsaved"
    known.close()
