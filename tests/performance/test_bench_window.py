"""The workloads that need Qt."""

import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from levcheck.bench.measuring import measure
from levcheck.bench.setting import SMALL, Setting
from levcheck.bench.table import WINDOW_NAMES
from levcheck.ui.timings import _started, window_work

QUICK = replace(SMALL, rounds=1)
pytestmark = [pytest.mark.performance, pytest.mark.usefixtures("qapp")]


def test_that_the_window_brings_every_workload_that_was_promised(tmp_path: Path) -> None:
    assert set(window_work(Setting(tmp_path, QUICK))) == set(WINDOW_NAMES)


@pytest.mark.parametrize(("name", "at_least"), [("chart-fan", 4.0)])
def test_that_charts_repaint_faster_than_an_item_a_mark(
    tmp_path: Path, name: str, at_least: float
) -> None:
    row = measure(window_work(Setting(tmp_path, QUICK))[name]())
    assert (row.ratio or 0.0) > at_least, row


def test_that_the_page_is_measured_beside_a_document_and_bare_text(tmp_path: Path) -> None:
    row = measure(window_work(Setting(tmp_path, QUICK))["pdf-page"]())
    assert (row.floor_ratio or 0.0) > 1.0


def test_that_a_report_is_measured_beside_the_same_page_without_rows(tmp_path: Path) -> None:
    row = measure(window_work(Setting(tmp_path, QUICK))["report-60"]())
    assert "60 positions" in row.what
    # How close it is to its goal is for the published table; that rows cost something is sure.
    assert (row.floor_ratio or 0.0) > 1.0
    assert row.goal.above_floor == 1.5


def test_that_the_window_stands_well_before_one_that_imports_everything_first(
    tmp_path: Path,
) -> None:
    row = measure(window_work(Setting(tmp_path, QUICK))["first-paint"]())
    assert (row.ratio or 0.0) > 1.2, row


def test_that_a_table_is_ordered_faster_than_by_a_proxy(tmp_path: Path) -> None:
    row = measure(window_work(Setting(tmp_path, QUICK))["table-sort"]())
    assert (row.ratio or 0.0) > 5.0, row


def test_that_the_sample_stands_on_the_screen_and_fits_into_memory(tmp_path: Path) -> None:
    setting = Setting(tmp_path, QUICK)
    # The first start writes byte-code, which weighs twenty megabytes more while it is made.
    _started(setting, "levcheck-sample")
    started = _started(setting, "levcheck-sample")
    assert started.painted < started.furnished
    # The goal of 180 MB is for the published table; some megabytes more or less are the system's.
    assert started.resident < 200.0


def test_that_a_fresh_process_says_when_it_painted_and_what_it_weighs() -> None:
    root = Path(__file__).resolve().parents[2]
    started = time.time()
    done = subprocess.run(
        [sys.executable, "-m", "levcheck.ui.first_paint", "bare", repr(started)],
        cwd=root,
        capture_output=True,
        text=True,
        check=True,
    )
    painted, furnished, resident = map(float, done.stdout.split())
    assert 0.0 < painted <= furnished < (time.time() - started) * 1000.0
    assert 10.0 < resident < 1_000.0
