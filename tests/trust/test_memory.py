"""Too little memory costs a message, never a file."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from levcheck.app.session_files import open_session

Run = Callable[..., subprocess.CompletedProcess[str]]
Tell = Callable[[str], None]
MEGABYTE = 2**20
_START = """
import resource, sys
limit = int(sys.argv.pop(1))
resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
from levcheck.__main__ import main
sys.exit(main(sys.argv[1:]))
"""


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
    example = Path(__file__).resolve().parents[2] / "resources" / "examples" / "story.xlsx"
    saved = tmp_path / "out" / "mine.levcheck"
    done = refused = 0
    for limit in limits:
        start = [sys.executable, "-c", _START, str(limit * MEGABYTE)]
        for command in (
            ("import", example, "--save", saved),
            ("check", example, "--html", "r.html", "--xlsx", "r.xlsx"),
        ):
            run = levcheck_run(*command, home=tmp_path, start=start)
            assert run.returncode in {0, 1}, run.stderr
            assert "Traceback" not in run.stderr, run.stderr
            done += run.returncode == 0
            refused += run.returncode == 1
            if saved.exists():
                assert open_session(saved).portfolio.positions
        assert not list((tmp_path / "out").glob("*.part"))
    tell(
        f"R6 memory {min(limits)} to {max(limits)} MB: {done} runs done, {refused} refused plainly, 0 files spoilt"
    )
    assert done
