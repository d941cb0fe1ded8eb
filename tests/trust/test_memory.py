"""Too little memory costs a message, never a file."""

import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import pytest

from levcheck.app.session_files import open_session
from levcheck.domain.diagnostics import LevcheckError
from tests.trust.conftest import ROOT

Run = Callable[..., subprocess.CompletedProcess[str]]
Tell = Callable[[str], None]
MEGABYTE = 2**20
EXAMPLE = ROOT / "resources" / "examples" / "story.xlsx"
SAVED = Path("out", "mine.levcheck")
Commands = tuple[tuple[object, ...], ...]
SAVING = ("import", EXAMPLE, "--save", "mine.levcheck")
REPORTING = ("check", EXAMPLE, "--html", "r.html", "--xlsx", "r.xlsx")
_LIMITED = """
import resource, sys
limit = int(sys.argv.pop(1))
resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
"""
_START = "from levcheck.__main__ import main; sys.exit(main(sys.argv[1:]))"
# What a program does that empties the old file first and finds out afterwards what it needs for the new one.
_IN_PLACE = """
from levcheck.storage import session_file
def in_place(path, content):
    with open(path, "wb") as stream:
        stream.write(content[: len(content) // 2])
        copies = bytearray(2**30)
        stream.write(content[len(content) // 2 :])
session_file.write_file = in_place
"""


@dataclass
class Seen:
    """What became of runs."""

    done: int = 0
    refused: int = 0
    spoilt: int = 0


def under_limits(
    run: Run, home: Path, limits: Iterable[int], program: str, commands: Commands
) -> Seen:
    """Run commands within so many megabytes, and look after each at the session that was saved."""
    seen = Seen()
    for limit in limits:
        start = [sys.executable, "-c", _LIMITED + program, str(limit * MEGABYTE)]
        for command in commands:
            done = run(*command, home=home, start=start)
            assert done.returncode in {0, 1}, done.stderr
            assert "Traceback" not in done.stderr, done.stderr
            seen.done += done.returncode == 0
            seen.refused += done.returncode == 1
            seen.spoilt += (home / SAVED).exists() and not opens(home / SAVED)
        assert not list((home / "out").glob("*.part"))
    return seen


def opens(path: Path) -> bool:
    try:
        return bool(open_session(path).portfolio.positions)
    except LevcheckError:
        return False


@pytest.mark.parametrize(
    "limits",
    [
        pytest.param((300,), id="commit"),
        pytest.param(range(300, 1025, 25), id="nightly", marks=pytest.mark.nightly),
    ],
)
def test_that_little_memory_never_spoils_a_file(
    levcheck_run: Run, tmp_path: Path, tell: Tell, limits: tuple[int, ...]
) -> None:
    seen = under_limits(levcheck_run, tmp_path, limits, _START, (SAVING, REPORTING))
    tell(
        f"R6 memory {min(limits)} to {max(limits)} MB: {seen.done} runs done, {seen.refused} refused plainly, "
        f"{seen.spoilt} files spoilt"
    )
    assert seen.done
    assert not seen.spoilt


def test_that_a_writer_without_memory_that_writes_in_place_is_found(
    levcheck_run: Run, tmp_path: Path, tell: Tell
) -> None:
    seen = under_limits(levcheck_run, tmp_path, (300,), _IN_PLACE + _START, (SAVING,))
    tell(
        f"R6 harness check, in-place writer: {seen.spoilt} of {seen.done + seen.refused} looks found the file spoilt"
    )
    assert seen.spoilt
