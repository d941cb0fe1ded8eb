"""A machine without memory gets a plain refusal, never a traceback."""

import subprocess
import sys
from pathlib import Path

import pytest

resource = pytest.importorskip("resource")
ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize("megabytes", [90, 150, 185])
def test_that_too_little_memory_is_a_plain_refusal(megabytes: int) -> None:
    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (megabytes * 2**20, megabytes * 2**20))

    done = subprocess.run(
        [sys.executable, "-m", "levcheck", "check", "resources/examples/story.xlsx"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        preexec_fn=limit,  # one thread, and the limit has to hold before the start
    )
    assert done.returncode == 1
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    first, second = done.stderr.splitlines()
    assert first == (
        "levcheck: there is not enough memory for this. Nothing was changed or half-written."
    )
    assert "Close other programs" in second
