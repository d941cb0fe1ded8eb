"""A session under a password: nothing to read without it, nothing to change unseen, and no open copy beside it."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from levcheck.__main__ import main
from levcheck.app.session import Session
from levcheck.app.session_files import (
    Autosave,
    SessionFile,
    backups_of,
    last_good_backup_of,
    open_for_editing,
    open_session,
    recover,
    save_as,
    unsaved_work,
    write_session,
)
from levcheck.domain.diagnostics import LevcheckError
from levcheck.storage import sealing
from levcheck.storage.sealing import Seal, is_sealed, sealed, unsealed
from levcheck.storage.session_file import session_bytes
from tests.helpers.sample_session import a_body

pytest.importorskip("cryptography", reason="the extra 'password' is not installed")

Tell = Callable[[str], None]
PASSWORD = "correct horse battery"  # noqa: S105  # it protects nothing


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LEVCHECK_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


@pytest.fixture
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys that cost little, for tests that make many."""
    monkeypatch.setattr(sealing, "_COST", {**sealing._COST, "n": 16})


def a_session(name: str = "Mine") -> Session:
    return Session(a_body(name).portfolio)


def locked(path: Path, session: Session, password: str = PASSWORD) -> SessionFile:
    write_session(path, session)
    return open_for_editing(path).file.with_password(password).save(session)


def test_that_a_key_costs_memory_and_the_salt_is_the_files_own() -> None:
    one, other = Seal.new(PASSWORD), Seal.new(PASSWORD)
    facts = dict(one.kdf)
    assert facts["name"] == "scrypt"
    assert 128 * int(facts["n"]) * int(facts["r"]) >= 64 * 1024 * 1024
    assert one.kdf != other.kdf
    assert one.key != other.key
    assert one.key.hex() not in repr(one)


@pytest.mark.usefixtures("cheap")
def test_that_a_session_opens_with_its_password_and_never_without(
    tmp_path: Path, data: Path
) -> None:
    path = tmp_path / "a.levcheck"
    file = locked(path, a_session())
    assert file.has_password
    file.close()
    for password, code in ((None, "needs_password"), ("correct horse batterY", "wrong_password")):
        with pytest.raises(LevcheckError) as caught:
            open_session(path, password=password)
        assert caught.value.code == f"storage.{code}"
    assert open_session(path, password=PASSWORD) == a_session()


@pytest.mark.usefixtures("cheap")
def test_that_two_saves_of_one_session_differ_and_a_save_can_be_repeated(
    tmp_path: Path, data: Path
) -> None:
    path = tmp_path / "a.levcheck"
    file = locked(path, a_session())
    first = path.read_bytes()
    file = file.save(a_session())
    assert path.read_bytes() != first
    file = file.save(a_session("Other"))
    assert open_session(path, password=PASSWORD).portfolio.name == "Other"


@pytest.mark.usefixtures("cheap")
def test_that_nothing_of_the_portfolio_is_left_open_anywhere(tmp_path: Path, data: Path) -> None:
    """Not in the file, not in its copies from before, not in the work kept aside."""
    path = tmp_path / "a.levcheck"
    write_session(path, a_session("canary-before"))
    file = open_for_editing(path).file
    assert any(b"canary-before" in b.path.read_bytes() for b in backups_of(path))
    file = file.with_password(PASSWORD).save(a_session("canary-after"))
    aside = Autosave()
    aside.keep(a_session("canary-unsaved"), file)
    written = [p for p in tmp_path.rglob("*") if p.is_file()]
    assert len(written) >= 4
    for one in written:
        assert b"canary" not in one.read_bytes(), one.name
        assert b"AAPL" not in one.read_bytes(), one.name
    assert [is_sealed(b.path.read_bytes()) for b in backups_of(path)] == [True]
    assert last_good_backup_of(path) is None
    assert last_good_backup_of(path, PASSWORD) is not None
    aside.close()
    file.close()


@pytest.mark.usefixtures("cheap")
def test_that_unsaved_work_of_a_closed_file_comes_back_with_its_password(
    tmp_path: Path, data: Path
) -> None:
    path = tmp_path / "a.levcheck"
    file = locked(path, a_session())
    aside = Autosave()
    aside.keep(a_session("unsaved"), file)
    own = aside._file
    assert own is not None
    own._lock.release()  # the window dies
    file.close()
    (offered,) = unsaved_work()
    with pytest.raises(LevcheckError) as caught:
        recover(offered)
    assert caught.value.code == "storage.needs_password"
    session, origin = recover(offered, PASSWORD)
    assert session.portfolio.name == "unsaved"
    assert origin is not None
    origin.save(session)
    assert open_session(path, password=PASSWORD).portfolio.name == "unsaved"
    origin.close()


@pytest.mark.usefixtures("cheap")
def test_that_a_password_goes_along_to_another_name_and_can_be_taken_off(
    tmp_path: Path, data: Path
) -> None:
    file = locked(tmp_path / "a.levcheck", a_session())
    there = save_as(tmp_path / "b.levcheck", a_session(), file)
    assert is_sealed((tmp_path / "b.levcheck").read_bytes())
    there.with_password(None).save(a_session()).close()
    assert open_session(tmp_path / "b.levcheck") == a_session()


@pytest.mark.usefixtures("cheap")
def test_that_the_command_line_takes_a_password_from_a_file_and_never_guesses(
    tmp_path: Path, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, secret = tmp_path / "a.levcheck", tmp_path / "password.txt"
    locked(path, a_session()).close()
    assert main(["check", str(path)]) == 1
    assert "closed with a password" in capsys.readouterr().err
    secret.write_text(PASSWORD + "\n", encoding="utf-8")
    assert main(["check", str(path), "--password-file", str(secret), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["portfolio"]["name"] == "Mine"
    secret.write_text("something else", encoding="utf-8")
    assert main(["check", str(path), "--password-file", str(secret)]) == 1
    told = capsys.readouterr()
    assert "does not open a.levcheck" in told.err
    assert PASSWORD not in told.err + told.out


@pytest.mark.usefixtures("cheap")
@pytest.mark.parametrize("count", [100, pytest.param(1000, marks=pytest.mark.nightly)])
def test_that_wrong_passwords_and_flipped_bits_all_fail(count: int, tell: Tell) -> None:
    plain = session_bytes(a_body(), app="1")
    seal = Seal.new(PASSWORD)
    content = sealed(plain, seal, schema=1)
    assert unsealed(content, "a", PASSWORD)[0] == plain
    opened_wrongly = sum(_opens(content, f"{PASSWORD}{n}") for n in range(count))
    step = max(len(content) * 8 // count, 1)
    flips = range(0, len(content) * 8, step)
    opened_torn = 0
    for bit in flips:
        torn = bytearray(content)
        torn[bit // 8] ^= 1 << bit % 8
        opened_torn += _opens(bytes(torn), PASSWORD)
    tell(
        f"S15 passwords: {count} wrong, {opened_wrongly} opened; {len(flips)} flips, {opened_torn} opened"
    )
    assert (opened_wrongly, opened_torn) == (0, 0)


def _opens(content: bytes, password: str) -> bool:
    try:
        unsealed(content, "a", password)
    except LevcheckError:
        return False
    return True


@pytest.mark.parametrize(
    "kdf",
    [
        {"n": 2**30},
        {"n": 3},
        {"n": 0},
        {"r": 10**6},
        {"p": 10**6},
        {"name": "md5"},
        {"salt": ""},
        {"salt": "no hex"},
        {"n": "131072"},
        {"extra": 1},
    ],
)
def test_that_a_file_cannot_ask_for_a_key_that_takes_the_machine(kdf: dict[str, object]) -> None:
    seal = Seal.new(PASSWORD)
    document = json.loads(sealed(b"{}", seal, schema=1))
    document["kdf"] |= kdf
    content = json.dumps(document, sort_keys=True, separators=(",", ":")).encode() + b"\n"
    with pytest.raises(LevcheckError) as caught:
        unsealed(content, "a", PASSWORD)
    assert caught.value.code == "storage.damaged"


def test_that_a_short_password_is_refused() -> None:
    with pytest.raises(LevcheckError) as caught:
        Seal.new("short")
    assert caught.value.code == "storage.password_short"


def test_that_one_password_typed_in_two_forms_of_unicode_is_one() -> None:
    seal = Seal.new("Schlüsselbund")
    content = sealed(b"{}", seal, schema=1)
    assert unsealed(content, "a", "Schlu\u0308sselbund")[0] == b"{}"
