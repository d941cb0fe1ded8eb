"""A real scheduler and two real workers on this machine: the same rows, even when one worker is killed on the way."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from levcheck.batch.book import BookOptions, analyse_book, files_of
from levcheck.domain.diagnostics import LevcheckError

ROOT = Path(__file__).resolve().parents[3]
HEADER = "Symbol,Description,Quantity,Price,Market Value,Currency\n"
FILES = 40
pytestmark = pytest.mark.xdist_group("cluster")


def started(module: str, *arguments: str, log: Path) -> "subprocess.Popen[bytes]":
    with log.open("wb") as stream:
        return subprocess.Popen(
            [sys.executable, "-m", module, *arguments],
            stdout=stream, stderr=stream, cwd=log.parent, env={**os.environ, "PYTHONPATH": str(ROOT)},
        )  # fmt: skip


def waited_for(what: str, seconds: float, is_there: Callable[[], bool]) -> None:
    deadline = time.monotonic() + seconds
    while not is_there():
        assert time.monotonic() < deadline, f"{what} did not come within {seconds:.0f} s"
        time.sleep(0.02)


class Cluster:
    """One scheduler and two workers, each a process of its own."""

    def __init__(self, folder: Path) -> None:
        facts = folder / "scheduler.json"
        self.scheduler = started(
            "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard",
            "--scheduler-file", str(facts), log=folder / "scheduler.log",
        )  # fmt: skip
        waited_for("the scheduler", 30, lambda: facts.exists() and facts.stat().st_size > 0)
        self.address: str = json.loads(facts.read_text(encoding="utf-8"))["address"]
        self.workers = [
            started(
                "distributed.cli.dask_worker", self.address, "--no-nanny", "--no-dashboard", "--nthreads", "1",
                "--name", f"w{number}", log=folder / f"worker{number}.log",
            )
            for number in (1, 2)
        ]  # fmt: skip
        for number in (1, 2):
            log = folder / f"worker{number}.log"
            waited_for(f"worker {number}", 30, lambda log=log: b"Registered to" in log.read_bytes())  # type: ignore[misc]

    def stop(self) -> None:
        """End what still runs."""
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.wait()


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    pytest.importorskip("distributed", reason="Dask comes with levcheck[cluster]")
    (tmp_path / "cluster").mkdir()
    made = Cluster(tmp_path / "cluster")
    yield made
    made.stop()


@pytest.fixture
def clients(tmp_path: Path) -> Path:
    folder = tmp_path / "clients"
    folder.mkdir()
    for number in range(FILES):
        (folder / f"c{number:02d}.csv").write_text(
            HEADER
            + f"NVDA,NVIDIA CORP,{number + 1},100,{100 * (number + 1)},USD\n"
            + "TQQQ,PROSHARES ULTRAPRO QQQ,10,100,1000,USD\nBND,VANGUARD TOTAL BOND MARKET,10,100,1000,USD\n"
        )
    (folder / "empty.csv").write_text("")
    return folder


def test_that_a_killed_worker_costs_nothing_and_the_rows_are_those_of_one_machine(
    cluster: Cluster, clients: Path, tmp_path: Path
) -> None:
    out = tmp_path / "book.csv"
    journal = tmp_path / ".book.csv.journal"
    with subprocess.Popen(
        [sys.executable, "-m", "levcheck", "batch", str(clients), "--out", str(out), "--scheduler", cluster.address, "--scenario", "melt-up"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)},
    ) as run:  # fmt: skip
        waited_for("the first files", 60, lambda: run.poll() is not None or (journal.exists() and journal.read_bytes().count(b"\n") >= 3))  # fmt: skip
        assert run.poll() is None, run.communicate()
        done = journal.read_bytes().count(b"\n")
        cluster.workers[0].kill()
        told, faults = run.communicate(timeout=120)
    assert done < FILES, "the run was over before the worker was killed"
    assert run.returncode == 0, faults
    assert f"{FILES} of {FILES + 1} portfolios analysed" in told
    subprocess.run(
        [sys.executable, "-m", "levcheck", "batch", str(clients), "--out", str(tmp_path / "local.csv"), "--workers", "1", "--scenario", "melt-up"],
        check=True, capture_output=True, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert out.read_bytes() == (tmp_path / "local.csv").read_bytes()


def test_that_an_address_where_nobody_answers_is_told(
    clients: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("distributed", reason="Dask comes with levcheck[cluster]")
    from levcheck.batch import cluster as room

    monkeypatch.setattr(room, "_PATIENCE", "1s")
    with pytest.raises(LevcheckError) as caught:
        analyse_book(files_of([clients]), BookOptions(scheduler="tcp://127.0.0.1:9"))
    assert caught.value.code == "batch.no_scheduler"


def test_that_without_dask_the_extra_is_named(
    clients: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(LevcheckError) as caught:
        analyse_book(files_of([clients]), BookOptions(scheduler="tcp://127.0.0.1:9"))
    assert caught.value.code == "batch.no_cluster"
