"""Measures a firm's book: 200 workbooks on the processes of this machine, and one worker of a cluster against two."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WORKBOOKS, TEXTS = 200, 240
SCENARIO = "ai-chips-minus-30"
_PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class BookRun:
    """What was measured.

    Attributes:
        seconds: 200 workbooks on all cores, from the start of the command to its end.
        processor: processor time of it, all processes together.
        rates: files a second with one worker and with two, reading and analysing text files: work of the processor.
        cores: of this machine.
    """

    seconds: float
    processor: float
    rates: tuple[float, float]
    cores: int


def measured(folder: Path) -> BookRun:
    """Measure in a folder that its owner removes."""
    seconds, processor = _command(folder)
    rates = tuple(_rate(folder, count) for count in (1, 2))
    return BookRun(seconds, processor, (rates[0], rates[1]), os.cpu_count() or 1)


def book_told(run: BookRun) -> str:
    """Return the figures for the page."""
    one, two = run.rates
    return (
        f"On {datetime.now(UTC).date()}, on a machine with {run.cores} cores "
        f"(`python packaging/maintain/measure.py --only book`): {WORKBOOKS} workbooks of 25 lines with one scenario and three "
        f"questions took {run.seconds:.0f} s ({run.processor:.0f} s of processor time; the limit is 60 s on two cores). "
        f"On a cluster, one worker did {one:.1f} text files a second and two did {two:.1f}: {two / one:.2f} times as many "
        "(the goal is 1.7 times)."
    )


def _environment(folder: Path) -> dict[str, str]:
    return {
        **os.environ, "PYTHONPATH": str(ROOT), "LEVCHECK_DATA": str(folder / "data"), "OPENBLAS_NUM_THREADS": "1",
    }  # fmt: skip


def _levcheck(folder: Path, *arguments: str) -> None:
    subprocess.run(
        [sys.executable, "-m", "levcheck", *arguments],
        cwd=ROOT, env=_environment(folder), check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip


def _command(folder: Path) -> tuple[float, float]:
    """Return seconds and seconds of processor time of a whole run, the start of the program included."""
    import resource

    book = folder / "workbooks"
    _levcheck(folder, "bench", "--make-book", str(book), "--portfolios", str(WORKBOOKS))
    questions = ("over:NVDA=25%", f"margin-call:{SCENARIO}", "held-longer:30")
    asked = [part for question in questions for part in ("--ask", question)]
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    _levcheck(
        folder, "batch", str(book), "--out", str(folder / "book.csv"), "--scenario", SCENARIO,
        "--today", "2026-11-01", *asked,
    )  # fmt: skip
    seconds, after = time.monotonic() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    return seconds, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _rate(folder: Path, workers: int) -> float:
    """Return files a second on a cluster with so many workers, once each of them has opened its library."""
    from levcheck.batch.book import BookOptions, files_of
    from levcheck.batch.cluster import cluster_results

    book = folder / "texts"
    if not book.exists():
        _levcheck(folder, "bench", "--make-book", str(book), "--portfolios", str(TEXTS), "--text")
    files = files_of([book])
    place = folder / f"cluster-{workers}"
    place.mkdir()
    programs: list[subprocess.Popen[bytes]] = []
    try:
        address = _cluster(place, workers, programs)
        options = BookOptions(scenarios=(SCENARIO,))
        list(cluster_results(files[: 8 * workers], options, address))
        began = time.monotonic()
        done = len(list(cluster_results(files, options, address)))
        return done / (time.monotonic() - began)
    finally:
        for program in reversed(programs):
            program.terminate()
            program.wait()


def _cluster(folder: Path, workers: int, programs: "list[subprocess.Popen[bytes]]") -> str:
    """Start a scheduler and workers of one thread each; return its address."""
    facts = folder / "scheduler.json"

    def start(log: str, module: str, arguments: Sequence[str]) -> Path:
        file = folder / log
        with file.open("wb") as stream:
            programs.append(
                subprocess.Popen(
                    [sys.executable, "-m", module, *arguments],
                    stdout=stream, stderr=stream, cwd=folder, env=_environment(folder),
                )
            )  # fmt: skip
        return file

    start(
        "scheduler.log", "distributed.cli.dask_scheduler",
        ("--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(facts)),
    )  # fmt: skip
    _wait(lambda: facts.exists() and facts.stat().st_size > 0)
    address: str = json.loads(facts.read_text(encoding="utf-8"))["address"]
    for number in range(workers):
        log = start(
            f"worker{number}.log", "distributed.cli.dask_worker",
            (address, "--no-nanny", "--no-dashboard", "--nthreads", "1", "--name", f"w{number}"),
        )  # fmt: skip
        _wait(lambda log=log: b"Registered to" in log.read_bytes())  # type: ignore[misc]
    return address


def _wait(is_there: Callable[[], bool]) -> None:
    deadline = time.monotonic() + _PATIENCE
    while not is_there():
        if time.monotonic() > deadline:
            message = "the cluster did not start"
            raise TimeoutError(message)
        time.sleep(0.05)
