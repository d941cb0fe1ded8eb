"""What doctor looks at: each thing amiss has its remedy, and the report for a helper holds nothing personal."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from levcheck.reporting import machine
from levcheck.reporting.machine import Finding, look_around, report_text

ROOT = Path(__file__).resolve().parents[3]


def named(findings: list[Finding]) -> dict[str, Finding]:
    return {finding.what: finding for finding in findings}


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "data"
    folder.mkdir(mode=0o700)
    monkeypatch.setenv("LEVCHECK_DATA", str(folder))
    return folder


def test_that_everything_is_looked_at_and_what_is_amiss_has_a_remedy(data: Path) -> None:
    findings = look_around(lambda: ["DejaVu Sans"])
    assert {"data folder", "rights of files", "reading workbooks", "reference library", "libraries of Qt", "parts of Qt", "log"} <= set(named(findings))  # fmt: skip
    assert named(findings)["reading workbooks"].state == "good"
    assert str(data) in named(findings)["data folder"].found
    for finding in findings:
        assert bool(finding.remedy) == (finding.state != "good"), finding
    assert named(findings)["fonts"].state == "warning"


def test_that_files_others_can_read_are_found(data: Path) -> None:
    file = data / "settings.json"
    file.write_text("{}")
    file.chmod(0o644)
    found = named(look_around(lambda: ["X"]))["rights of files"]
    assert (found.state, found.found[:2]) == ("warning", "1 ")
    file.chmod(0o600)
    assert named(look_around(lambda: ["X"]))["rights of files"].state == "good"


@pytest.mark.usefixtures("data")
def test_that_a_borrowed_qt_and_mixed_parts_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_PLUGIN_PATH", "/opt/other")
    versions = {"PySide6-Essentials": "6.11.3", "shiboken6": "6.12.0", "PySide6-Addons": None}
    monkeypatch.setattr(machine, "_installed", lambda name: versions.get(name, "1.0"))
    findings = named(look_around(lambda: ["X"]))
    assert findings["other programs' Qt"].state == "warning"
    assert findings["parts of Qt"].state == "error"
    assert "6.11.3" in findings["parts of Qt"].remedy


def test_that_an_old_library_and_little_room_are_told(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert data.is_dir()
    monkeypatch.setattr(machine, "OLD_DAYS", -1)
    monkeypatch.setattr(machine, "LITTLE_ROOM", 2**60)
    findings = named(look_around(list))
    assert findings["reference library"].state == "warning"
    assert findings["free space"].state == "warning"
    assert findings["fonts"].state == "error"


def test_that_the_report_hides_the_name_of_the_user(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(data.parent))
    (data / "logs").mkdir()
    (data / "logs" / "levcheck.log").write_text(f"WARNING could not write {data}\n")
    text = report_text(look_around(lambda: ["X"]))
    assert str(data.parent) not in text
    assert "~/data" in text
    assert "WARNING could not write ~/data" in text


def test_that_the_command_shows_the_report_it_writes(tmp_path: Path) -> None:
    out = tmp_path / "report.txt"
    result = subprocess.run(
        [sys.executable, "-m", "levcheck", "doctor", "--report", str(out)],
        capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT), "LEVCHECK_DATA": str(tmp_path / "data")},
    )  # fmt: skip
    assert result.stdout == out.read_text(encoding="utf-8")
    assert "It holds nothing of a portfolio" in result.stdout
    told = subprocess.run(
        [sys.executable, "-m", "levcheck", "doctor", "--json"],
        capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT), "LEVCHECK_DATA": str(tmp_path / "data")},
    )  # fmt: skip
    assert {"what", "state", "found", "remedy"} == set(json.loads(told.stdout)["findings"][0])
