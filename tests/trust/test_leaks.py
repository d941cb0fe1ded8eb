"""A portfolio stays with its owner: no figure in a log, a setting, a temporary file or an error; no socket; no readable file."""

import random
import re
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from levcheck.domain.diagnostics import LevcheckError
from levcheck.importing import read_positions
from tests.trust.conftest import only_told, tracer

Tell = Callable[[str], None]
Run = Callable[..., subprocess.CompletedProcess[str]]

# Nothing in the library, the examples or the words of the program looks like these.
CANARIES = (
    "ZQXCNRY",
    "Velvet Otter Trust",
    "4711-CANARY-0815",
    "31415926",
    "31,415,926",
    "27182818",
)
TABLE = (
    "Account Number,Symbol,Description,Quantity,Price,Market Value,Currency\n"
    "4711-CANARY-0815,NVDA,Velvet Otter Trust,100,314159.26,31415926.00,USD\n"
    "4711-CANARY-0815,ZQXCNRY,Velvet Otter Trust Two,1,27182818.00,27182818.00,USD\n"
)
# Where a portfolio belongs: what the user asked to be written, and the copies kept for him in his own folder.
_MEANT = ("out", "backups", "recovery")


def searched(folder: Path) -> Iterator[Path]:
    """Yield every file a run made that is not meant to hold the portfolio."""
    for path in folder.rglob("*"):
        parts = path.relative_to(folder).parts
        if path.is_file() and not set(parts[:-1]) & set(_MEANT):
            yield path


def leaks(content: str) -> list[str]:
    return [canary for canary in CANARIES if canary.lower() in content.lower()]


def found_in(folder: Path, besides: Path) -> list[str]:
    """Return every place that holds a canary, names of files included."""
    places = []
    for path in searched(folder):
        if path != besides:
            held = path.read_bytes()
            text = held.decode("utf-8", "replace") + held.decode("utf-16-le", "replace") + str(path)
            places += [f"{path.name}: {canary}" for canary in leaks(text)]
    return places


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "mine.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def _whole_run(
    run: Run, table: Path, home: Path, **how: object
) -> list[subprocess.CompletedProcess[str]]:
    """Import, save, check with every report, save again, and three refusals."""
    (home / "broken.levcheck").write_text(
        '{"app": "1", "body": {"x": "ZQXCNRY 31415926"', encoding="utf-8"
    )
    (home / "broken.xlsx").write_bytes(b"PK\x03\x04" + TABLE.encode())
    reports = ("--pdf", "r.pdf", "--html", "r.html", "--xlsx", "r.xlsx")
    return [
        run("import", table, "--save", "mine.levcheck", home=home, **how),
        run("import", table, "--save", "mine.levcheck", home=home, **how),
        run("check", table, *reports, home=home, **how),
        run("check", "mine.levcheck", "--json", home=home, **how),
        run("check", home / "broken.levcheck", home=home, **how),
        run("import", home / "broken.xlsx", home=home, **how),
        run("check", table, "--pdf", "/proc/r.pdf", home=home, **how),
    ]


@dataclass(frozen=True)
class Ran:
    """The folder of a whole run, what each of its programs said, and what it asked of the network."""

    home: Path
    table: Path
    done: list[subprocess.CompletedProcess[str]]
    trace: Path


@pytest.fixture(scope="module")
def ran(levcheck_run: Run, tmp_path_factory: pytest.TempPathFactory) -> Ran:
    home = tmp_path_factory.mktemp("run")
    path = tmp_path_factory.mktemp("mine") / "mine.csv"
    path.write_text(TABLE, encoding="utf-8")
    trace, (strace, _) = path.with_name("trace"), tracer()
    before = watching(strace, trace) if strace else []
    done = _whole_run(levcheck_run, path, home, before=before)
    for name in ("broken.levcheck", "broken.xlsx"):
        (home / name).unlink()
    return Ran(home, path, done, trace)


def test_that_no_canary_leaves_its_cage(ran: Ran, tell: Tell) -> None:
    assert [run.returncode for run in ran.done] == [0, 0, 0, 0, 1, 1, 1]
    places = found_in(ran.home, ran.table)
    places += [f"stderr: {canary}" for run in ran.done for canary in leaks(run.stderr)]
    count = len(list(searched(ran.home)))
    tell(
        f"S10 canary portfolio: {len(ran.done)} runs, {count} files searched, {len(places)} canary hits"
    )
    assert not places
    assert all("Traceback" not in run.stderr for run in ran.done)
    # The cage itself is not empty: the search would have found them.
    assert leaks((ran.home / "out" / "mine.levcheck").read_text(encoding="utf-8"))


def test_that_the_search_finds_a_leak(tmp_path: Path, table: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "levcheck.log").write_text(
        "read zqxcnry worth 31,415,926", encoding="utf-8"
    )
    assert len(found_in(tmp_path, table)) == 2


def test_that_no_refusal_of_a_spoilt_file_tells_its_figures(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture, tell: Tell
) -> None:
    chance, refused = random.Random(5), 0
    for number in range(50):
        path = tmp_path / f"spoilt{number}.csv"
        spoilt = bytearray(TABLE.encode() * chance.randint(1, 3))
        for _ in range(chance.randint(1, 30)):
            spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
        path.write_bytes(bytes(spoilt))
        try:
            read_positions(path)
        except LevcheckError:
            refused += 1
    said = capfd.readouterr()
    hits = leaks(said.out + said.err + caplog.text)
    tell(f"S10 spoilt canary files: 50 read, {len(hits)} canary hits in logs and on the terminal")
    assert not hits


# --- modes -------------------------------------------------------------------------------------------------


def exposed(folder: Path) -> list[str]:
    """Return every file others can read: neither private itself nor inside a private folder."""
    found = []
    for path in folder.rglob("*"):
        around = [path, *(p for p in path.parents if p.is_relative_to(folder) and p != folder)]
        if path.is_file() and all(stat.S_IMODE(p.stat().st_mode) & 0o077 for p in around):
            found.append(str(path.relative_to(folder)))
    return found


def test_that_everything_a_run_creates_is_private(ran: Ran, tell: Tell) -> None:
    count = sum(path.is_file() for path in ran.home.rglob("*"))
    open_to_others = exposed(ran.home)
    tell(f"S9 modes under umask 0: {count} files, {len(open_to_others)} readable by others")
    assert count >= 6
    assert not open_to_others
    own = [path for path in (ran.home / "data").rglob("*") if path.is_dir()]
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o700 for path in own)


def test_that_an_open_file_would_be_seen(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data").chmod(0o755)  # whatever the umask is by now
    (tmp_path / "data" / "plain").write_text("x", encoding="utf-8")
    (tmp_path / "data" / "plain").chmod(0o644)
    assert exposed(tmp_path) == ["data/plain"]


# --- sockets -----------------------------------------------------------------------------------------------

_INET = re.compile(r"\bAF_INET6?\b")


def sockets_in(log: Path) -> int:
    return len(_INET.findall(log.read_text(encoding="utf-8", errors="replace")))


def watching(strace: str, log: Path) -> list[str]:
    """Return what notes every call of a program and its children that has to do with a network."""
    return [strace, *only_told(strace), "-A", "-o", str(log), "-e", "trace=%network"]


def test_that_a_whole_run_opens_no_socket_to_anywhere(ran: Ran, strace: str, tell: Tell) -> None:
    assert strace
    log = ran.trace.read_text(encoding="utf-8", errors="replace")
    assert log.count("+++ exited with") >= len(ran.done)
    count = sockets_in(ran.trace)
    tell(f"S11 {len(ran.done)} runs under strace: {count} AF_INET or AF_INET6 sockets")
    assert count == 0


def test_that_the_tracer_sees_a_socket(strace: str, tmp_path: Path) -> None:
    log = tmp_path / "trace"
    code = "import socket; socket.socket().close()"
    subprocess.run([*watching(strace, log), sys.executable, "-c", code], check=True)
    assert sockets_in(log) == 1


_BLOCKED = """
import sys

def _refuse(event, arguments):
    if event in {"socket.__new__", "socket.connect", "socket.bind", "socket.getaddrinfo", "socket.gethostbyname"}:
        sys.stderr.write("SOCKET " + event + "\\n")
        raise OSError("no network here")

sys.addaudithook(_refuse)
sys.argv = ["levcheck", *sys.argv[1:]]
"""


def test_that_a_whole_check_works_where_sockets_are_forbidden(
    levcheck_run: Run, table: Path, tmp_path: Path, tell: Tell
) -> None:
    program = _BLOCKED + "from levcheck.__main__ import main\nsys.exit(main())\n"
    start = [sys.executable, "-c", program]
    done = [
        levcheck_run("import", table, "--save", "mine.levcheck", home=tmp_path, start=start),
        levcheck_run(
            "check", table, "--pdf", "r.pdf", "--xlsx", "r.xlsx", home=tmp_path, start=start
        ),
    ]
    asked = sum(run.stderr.count("SOCKET") for run in done)
    tell(f"S11 sockets forbidden: {len(done)} runs, {asked} asked for one")
    assert [run.returncode for run in done] == [0, 0]
    assert asked == 0
    tried = subprocess.run(
        [sys.executable, "-c", _BLOCKED + "import socket; socket.socket()"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "SOCKET socket.__new__" in tried.stderr


@pytest.mark.nightly
def test_that_the_pictures_of_the_window_leak_nothing(
    levcheck_run: Run, table: Path, tmp_path: Path, tell: Tell
) -> None:
    done = levcheck_run("shots", table, "--out", "pictures", home=tmp_path)
    assert done.returncode == 0, done.stderr
    places = found_in(tmp_path, table) + leaks(done.stderr)
    tell(f"S10 canary portfolio in the window: {len(places)} canary hits")
    assert not places
    assert not exposed(tmp_path / "out")
