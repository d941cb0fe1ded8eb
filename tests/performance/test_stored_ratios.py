"""The ratios of the published table, measured again: a change may not quietly lose a fifth of one."""

import json
from pathlib import Path
from typing import Any

import pytest

from levcheck.bench.table import lost_ratios, machine, run_table, table_document
from levcheck.ui.timings import window_work

pytestmark = [pytest.mark.performance, pytest.mark.slow]

STORED = Path(__file__).resolve().parents[2] / "resources/docs/developer/performance.json"
# A busy minute slows one way more than the other; what is truly slower is slower every time.
ATTEMPTS = 3
KIND = ("system", "architecture", "cores")


@pytest.fixture(scope="module")
def stored() -> dict[str, Any]:
    table: dict[str, Any] = json.loads(STORED.read_text(encoding="utf-8"))
    here = machine()
    other = {key for key in KIND if table["machine"][key] != here[key]}
    if other:
        pytest.skip(f"the stored ratios are of another kind of machine: {sorted(other)}")
    return table


def test_that_no_ratio_lost_more_than_a_fifth(stored: dict[str, Any], qapp: object) -> None:
    suspects = [row["name"] for row in stored["rows"] if row["ratio"] is not None]
    told: dict[str, str] = {}
    for _ in range(ATTEMPTS):
        now = table_document(run_table(suspects, window=window_work))
        lost = lost_ratios(stored, now)
        told = {one.name: f"{one.before:g} -> {one.now:g}" for one in lost}
        suspects = list(told)
        if not suspects:
            break
    assert not told
