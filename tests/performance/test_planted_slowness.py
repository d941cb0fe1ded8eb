"""The check of ratios is worth nothing unless it fails: something slow is planted, and it has to be named."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from levcheck.bench import exposure_work, setting, table
from levcheck.bench.table import run_table, table_document
from levcheck.exposure.themes import theme_exposure
from tests.helpers.catalogue_tools import tool

pytestmark = pytest.mark.performance

NAME = "themes"


@pytest.fixture
def stored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The ratio of a small honest run, kept as the run before, ten times as bad as it was: noise cannot lose that."""
    monkeypatch.setattr(table, "Sizes", lambda: setting.SMALL)
    document = table_document(run_table([NAME]))
    for row in document["rows"]:
        row["ratio"] /= 10.0
    path = tmp_path / "performance.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


def check(stored: Path, monkeypatch: pytest.MonkeyPatch) -> int:
    measure = tool("measure")
    monkeypatch.setattr(measure, "STORED", stored)
    monkeypatch.setattr(sys, "path", [*sys.path])
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "1")
    status: int = measure.main(["--only", NAME])
    return status


def test_that_the_check_ends_well_where_nothing_became_slower(
    stored: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = stored.read_bytes()
    assert check(stored, monkeypatch) == 0
    assert "LOST" not in capsys.readouterr().out
    assert stored.read_bytes() == before


def test_that_the_check_ends_with_one_and_names_what_became_slower(
    stored: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def slow(*given: Any) -> Any:
        for _ in range(200):
            found = theme_exposure(*given)
        return found

    monkeypatch.setattr(exposure_work, "theme_exposure", slow)
    assert check(stored, monkeypatch) == 1
    told = [line for line in capsys.readouterr().out.splitlines() if line.startswith("LOST")]
    assert len(told) == 1
    assert told[0].startswith(f"LOST {NAME}: ")
