"""Tiers of the trust harnesses, the figures they print, and strace where the machine has it.

Without ``-m`` only the tier of each commit runs. ``-m nightly`` and ``-m release`` run the long ones.
"""

import compileall
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TIERS = ("nightly", "release")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    asked = str(config.option.markexpr)
    for item in items:
        for tier in TIERS:
            if tier in item.keywords and tier not in asked:
                item.add_marker(pytest.mark.skip(reason=f"long run: ask for it with -m {tier}"))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    told = [
        str(value)
        for reports in terminalreporter.stats.values()
        for report in reports
        for name, value in getattr(report, "user_properties", ())
        if name == "trust" and getattr(report, "when", "") == "call"
    ]
    if told:
        terminalreporter.section("trust: figures seen")
        for line in sorted(told):
            terminalreporter.write_line(line)


@pytest.fixture
def tell(record_property: Callable[[str, object], None]) -> Callable[[str], None]:
    """Print a figure at the end of the run, so that the table in trust.md holds only what was printed."""
    return lambda text: record_property("trust", text)


@pytest.fixture(scope="session", autouse=True)
def _compiled() -> None:
    """Compile the program once, as an installed one is: the children of these tests would each do it for themselves."""
    for folder in ("levcheck", "tests/helpers"):
        compileall.compile_dir(ROOT / folder, quiet=2)


Run = Callable[..., subprocess.CompletedProcess[str]]


def environment(**more: str) -> dict[str, str]:
    """Return an environment in which a child starts the same way every time."""
    return os.environ | {
        "PYTHONPATH": str(ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONHASHSEED": "0",
        "QT_QPA_PLATFORM": "offscreen",
        **more,
    }


@pytest.fixture
def lab() -> Run:
    """Run the crash laboratory in a process of its own."""

    def run(*arguments: object, before: Sequence[str] = ()) -> subprocess.CompletedProcess[str]:
        command = [*before, sys.executable, "-m", "tests.helpers.crash_lab", *map(str, arguments)]
        return subprocess.run(
            command, cwd=ROOT, env=environment(), capture_output=True, text=True, check=False
        )

    return run


@pytest.fixture(scope="session")
def levcheck_run() -> Run:
    """Run the command line in a process of its own, in an empty place, with umask 0 so that nothing is private by luck."""

    def run(
        *arguments: object, home: Path, before: Sequence[str] = (), start: Sequence[str] = ()
    ) -> subprocess.CompletedProcess[str]:
        for name in ("data", "tmp", "home", "out"):
            (home / name).mkdir(exist_ok=True, mode=0o755)
        program = list(start) or [sys.executable, "-m", "levcheck"]
        return subprocess.run(
            [*before, *program, *map(str, arguments)],
            cwd=home / "out",
            env=environment(
                LEVCHECK_DATA=str(home / "data" / "levcheck"),
                TMPDIR=str(home / "tmp"),
                HOME=str(home / "home"),
                XDG_RUNTIME_DIR=str(home / "tmp"),
            ),
            capture_output=True,
            text=True,
            check=False,
            umask=0,
        )

    return run


@cache
def tracer() -> tuple[str | None, str]:
    """Return the tracer, or None and the reason why this machine has none."""
    found = shutil.which("strace")
    if found is None:
        return None, "strace is not on this machine"
    tried = subprocess.run([found, "-o", os.devnull, "true"], capture_output=True, check=False)
    return (found, "") if tried.returncode == 0 else (None, "this machine does not permit strace")


@pytest.fixture(scope="session")
def strace() -> str:
    """The tracer; its absence, or a machine that forbids tracing, skips the test with a reason."""
    found, reason = tracer()
    if found is None:
        pytest.skip(reason)
    return found


@cache
def only_told(strace: str) -> tuple[str, ...]:
    """Return what lets the tracer stop a program at the calls it is told of alone, where it can: half the time.

    Only to watch: a fault that is put in at the n-th call finds another one then.
    """
    quick = ("-f", "--seccomp-bpf")
    tried = subprocess.run(
        [strace, *quick, "-e", "trace=fsync", "-o", os.devnull, "true"],
        capture_output=True,
        check=False,
    )
    return ("-f",) if tried.returncode or tried.stderr else quick
