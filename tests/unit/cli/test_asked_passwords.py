"""Closed sessions on the command line: every command asks, a file of passwords answers, a book leaves out what stays closed."""

import json
from argparse import Namespace
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from levcheck import api
from levcheck.__main__ import main
from levcheck.app.intake import password_of, take_in, unlocked
from levcheck.app.passwords import NO_PASSWORDS, Ask, PasswordList, read_password_list
from levcheck.app.session import Session
from levcheck.app.session_files import write_session
from levcheck.cli import passwords
from levcheck.cli.main import run
from levcheck.cli.services import Services, ShotRequest
from levcheck.domain.diagnostics import LevcheckError
from levcheck.storage import sealing
from levcheck.storage.sealing import Seal

pytest.importorskip("cryptography", reason="the extra 'password' is not installed")

ONE, OTHER = "correct horse battery", "staple of another"
LIST = "Symbol,Description,Quantity,Price,Market Value,Currency\nNVDA,NVIDIA CORP,100,100.00,10000.00,USD\n"


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("LEVCHECK_DATA", str(tmp_path / "data"))
    monkeypatch.setattr(sealing, "_COST", {**sealing._COST, "n": 16})


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A folder with three clients: two closed under different passwords, one open."""
    folder = tmp_path / "book"
    folder.mkdir()
    source = folder / "open.csv"
    source.write_text(LIST, encoding="utf-8")
    portfolio = take_in([source]).portfolio
    for name, password in (("a", ONE), ("b", OTHER)):
        session = Session(replace(portfolio, name=f"Client {name}"))
        write_session(folder / f"{name}.levcheck", session, seal=Seal.new(password))
    return folder


@pytest.fixture
def sitting(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Somebody at the terminal: what will be typed, in this order."""
    typing: list[str] = []

    def prompt(question: str) -> str | None:
        assert question.startswith("Password of ")
        return typing.pop(0) if typing else None

    monkeypatch.setattr(passwords, "can_ask", lambda: True)
    monkeypatch.setattr(passwords, "prompt", prompt)
    return typing


def listed(folder: Path, *lines: str) -> str:
    path = folder / "words.txt"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    path.chmod(0o600)
    return str(path)


def commands(book: Path) -> Iterator[list[str]]:
    closed = str(book / "a.levcheck")
    yield ["check", closed]
    yield ["compare", closed, str(book / "open.csv")]
    yield ["compare", str(book / "open.csv"), closed]
    yield ["what-if", closed, "--change", "sell NVDA"]
    yield ["library", "coverage", closed]
    yield ["check", str(book / "open.csv"), "--since", closed, "--html", str(book / "page.html")]


def test_that_every_command_opens_a_closed_session_with_a_file_of_passwords(
    book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = listed(tmp_path, OTHER, ONE)
    for command in commands(book):
        assert main(command) == 1, command
        told = capsys.readouterr().err
        assert "closed with a password" in told, command
        assert "--password-file" in told, command
        assert main([*command, "--password-file", words]) == 0, command
        assert "Traceback" not in capsys.readouterr().err


def ask(**more: object) -> Ask:
    return passwords.asker(Namespace(**({"password_file": None} | more)))


def test_that_who_sits_at_the_terminal_is_asked_and_what_was_typed_serves_the_next_file(
    book: Path, sitting: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    sitting[:] = ["not this one", ONE, OTHER, "not asked for any more"]
    at_hand = ask()
    assert unlocked(book / "a.levcheck", at_hand).portfolio.name == "Client a"
    assert "does not open a.levcheck" in capsys.readouterr().err
    assert unlocked(book / "a.levcheck", at_hand).portfolio.name == "Client a"
    assert unlocked(book / "b.levcheck", at_hand).portfolio.name == "Client b"
    assert sitting == ["not asked for any more"]


@pytest.mark.parametrize(
    ("typed", "code"), [(["wrong one"] * 9, "wrong_password"), ([], "needs_password")]
)
def test_that_asking_ends_and_says_that_no_password_opened(
    book: Path, sitting: list[str], typed: list[str], code: str
) -> None:
    sitting[:] = typed
    with pytest.raises(LevcheckError) as caught:
        unlocked(book / "a.levcheck", ask())
    assert caught.value.code == f"storage.{code}"
    assert len(typed) - len(sitting) in {0, passwords.TRIES}


def rows(path: Path) -> dict[str, str]:
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    head = lines[0].split(",")
    return {
        cells[head.index("file")]: cells[head.index("status")]
        for cells in (line.split(",") for line in lines[1:])
    }


def test_that_a_book_opens_what_it_has_a_password_for_and_lists_the_rest_with_a_cure(
    book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out.csv"
    command = ["batch", str(book), "--out", str(out), "--workers", "1"]
    assert main(command) == 0
    assert rows(out) == {"open.csv": "done", "a.levcheck": "failed", "b.levcheck": "failed"}
    assert "--password-file" in capsys.readouterr().out
    assert main([*command, "--password-file", listed(tmp_path, ONE)]) == 0
    assert rows(out) == {"open.csv": "done", "a.levcheck": "done", "b.levcheck": "failed"}
    assert "No password that was given opens b.levcheck" in capsys.readouterr().out
    both = listed(tmp_path, f"a.levcheck\t{ONE}", f"b.levcheck\t{OTHER}")
    assert main([*command[:-1], "2", "--password-file", both]) == 0
    assert set(rows(out).values()) == {"done"}
    assert ONE not in out.read_text(encoding="utf-8-sig")


def test_that_a_book_asks_once_for_all_its_closed_sessions(
    book: Path, tmp_path: Path, sitting: list[str]
) -> None:
    sitting[:] = [OTHER, "not asked for"]
    out = tmp_path / "out.csv"
    assert main(["batch", str(book), "--out", str(out), "--workers", "1"]) == 0
    assert rows(out)["b.levcheck"] == "done"
    assert sitting == ["not asked for"]


def test_that_passwords_are_never_sent_to_a_scheduler(
    book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = listed(tmp_path, ONE)
    command = [
        "batch",
        str(book),
        "--out",
        str(tmp_path / "out.csv"),
        "--scheduler",
        "tcp://127.0.0.1:1",
    ]
    assert main([*command, "--password-file", words]) == 2
    assert "not sent to other machines" in capsys.readouterr().err


def test_that_a_list_of_passwords_reads_names_and_keeps_itself_out_of_sight(tmp_path: Path) -> None:
    path = tmp_path / "words.txt"
    path.write_bytes("\ufeffone\r\n\r\nb.levcheck\tof b\ntab\tinside\none\nb.levcheck\t\n".encode())
    path.chmod(0o600)
    found = read_password_list(path)
    assert list(found.tries("b.levcheck")) == ["of b", "one", "tab\tinside", "b.levcheck\t"]
    assert list(found.tries("a.levcheck")) == ["one", "tab\tinside", "b.levcheck\t"]
    assert "of b" not in repr(found)
    assert not found.is_open
    assert list(NO_PASSWORDS.tries("a.levcheck")) == []


def test_that_others_being_able_to_read_the_passwords_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = Path(listed(tmp_path, ONE))
    assert list(ask(password_file=words)("a")) == [ONE]
    assert capsys.readouterr().err == ""
    words.chmod(0o644)
    assert list(ask(password_file=words)("a")) == [ONE]
    assert "other users of this machine can read words.txt" in capsys.readouterr().err


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"a" * (1024 * 1024 + 1)])
def test_that_a_file_that_is_no_list_of_passwords_is_refused(
    tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "words.bin"
    path.write_bytes(content)
    with pytest.raises(LevcheckError) as caught:
        read_password_list(path)
    assert caught.value.code == "check.bad_passwords"


def test_that_pictures_of_a_closed_session_take_a_password(book: Path, tmp_path: Path) -> None:
    closed = str(book / "a.levcheck")
    seen: list[ShotRequest] = []

    def paint(request: ShotRequest) -> Sequence[Path]:
        seen.append(request)
        return ()

    services = Services(lambda _: 1, paint, lambda _report, _path: None, tuple)
    words = listed(tmp_path, OTHER, ONE)
    command = ["shots", closed, "--out", str(tmp_path), "--password-file", words]
    assert run(command, services) == 0
    assert password_of(seen[0].file, seen[0].ask) == ONE


def test_that_the_python_interface_takes_a_password(book: Path) -> None:
    with pytest.raises(LevcheckError) as caught:
        api.read_portfolio(book / "a.levcheck")
    assert caught.value.code == "storage.needs_password"
    portfolio, _ = api.read_portfolio(book / "a.levcheck", password=ONE)
    assert portfolio.name == "Client a"


def test_that_an_interrupted_book_asks_again_for_what_stayed_closed(
    book: Path, tmp_path: Path
) -> None:
    from levcheck.batch.book import BookOptions, analyse_book, files_of

    journal, files = tmp_path / "journal", files_of([book])
    first = analyse_book(files, BookOptions(), journal=journal)
    assert len(first.failed) == 2
    assert len(journal.read_text(encoding="utf-8").splitlines()) == 1
    both = BookOptions(passwords=PasswordList(((None, ONE), (None, OTHER))))
    assert analyse_book(files, both, journal=journal).failed == ()
    assert all(
        json.loads(line)["rows"] for line in journal.read_text(encoding="utf-8").splitlines()
    )
    assert ONE not in journal.read_text(encoding="utf-8")
