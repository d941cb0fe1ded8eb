"""Damaged copies of good files, by the thousand and by the million: every one is answered, none raises, none takes long."""

import json
import os
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from levcheck.domain.portfolio import Outcome
from tests.helpers import mutant_lab
from tests.helpers.damaged_files import damaged, damaged_file
from tests.trust.conftest import ROOT, environment

Tell = Callable[[str], None]
KINDS = {"xlsx", "xlsx inside", "text", "ods inside", "xls", "xlsb inside", "page"}
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="forks and reads /proc")


@pytest.mark.parametrize("count", [2_000, pytest.param(1_000_000, marks=pytest.mark.release)])
def test_that_damaged_files_are_all_answered(count: int, tell: Tell) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.helpers.mutant_lab", str(count), "20260530"],
        cwd=ROOT, env=environment(), stdout=subprocess.PIPE, text=True, check=True,
    )  # fmt: skip
    seen = json.loads(done.stdout)
    tell(
        f"R14 damaged files: {seen['read']} read, {seen['outcomes']}, no answer {seen['faults']}, parser died {seen['died']}, "
        f"slowest {seen['slowest_seconds']} s, at most {seen['most_mb']} MB, {seen['seconds']} s"
    )
    assert seen["read"] == count
    assert seen["faults"] == []
    assert sum(seen["outcomes"].values()) == count
    assert seen["slowest_seconds"] < mutant_lab.LONGEST_SECONDS
    assert seen["most_mb"] < 512
    assert set(seen["kinds"]) == KINDS
    # A harness that only ever met refusals would prove nothing about the reading behind them.
    assert seen["outcomes"][Outcome.POSITIONS.value] > count // 10
    assert seen["outcomes"][Outcome.REFUSED.value] > count // 10


def test_that_the_harness_finds_a_reader_that_trusts_a_workbook(tell: Tell) -> None:
    seen = mutant_lab.run(200, 1, reads=mutant_lab.careless)
    tell(f"R14 harness check, a reader that trusts: {len(seen.faults)} of 200 raised")
    assert sum("ParseError" in fault for fault in seen.faults) > 10
    assert seen.outcomes.total() > 0


def test_that_the_harness_finds_a_reader_that_dies_of_one_file() -> None:
    fatal = damaged_file(7, 1)[1]

    def dies(content: bytes) -> str:
        if content == fatal:
            os._exit(3)
        return "read"

    seen = mutant_lab.run(16, 1, reads=dies)
    assert seen.read == 16
    assert seen.died == 1
    assert seen.outcomes["read"] == 15


@pytest.mark.release
def test_that_damaged_copies_of_real_files_are_answered(shared: Path, tell: Tell) -> None:
    chance, count = random.Random(7), 0
    for path in sorted((shared / "data" / "imports").iterdir()):
        if path.suffix in {".csv", ".xls", ".xlsx"}:
            content = path.read_bytes()
            for _ in range(200 if path.suffix == ".csv" else 20):
                assert mutant_lab.answer(damaged(content, chance))
                count += 1
    tell(f"R14 damaged copies of real files: {count} answered")
    assert count > 1000
