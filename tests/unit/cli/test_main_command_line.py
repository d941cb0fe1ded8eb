"""The frame of the command line: usage, refusals in plain lines, and the window only for a file that is there."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]


def levcheck(*arguments: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    env = {
        key: value
        for key, value in os.environ.items()
        if key not in {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    }
    return subprocess.run(
        [sys.executable, "-m", "levcheck", *arguments], capture_output=True, text=True, check=False,
        cwd=cwd, env={**env, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip


def test_that_a_word_that_is_no_command_and_no_file_is_a_usage_error() -> None:
    result = levcheck("frobnicate")
    assert result.returncode == 2
    assert "no command and no file called frobnicate" in result.stderr
    assert result.stdout == ""


def test_that_without_a_display_the_window_says_what_to_do_instead(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("Symbol,Quantity\n", encoding="utf-8")
    result = levcheck(str(file))
    assert result.returncode == 1
    assert "levcheck check" in result.stderr


@pytest.mark.parametrize("arguments", [("check",), ("check", "a.csv", "--lang", "xx"), ("shots", "a.csv"), ("--bogus",), ("a.csv", "b.csv")])  # fmt: skip
def test_that_a_wrong_call_ends_with_status_two(arguments: tuple[str, ...]) -> None:
    result = levcheck(*arguments)
    assert result.returncode == 2
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("size", ["10x10", "wide", "1366", "9000x9000"])
def test_that_a_picture_has_a_sensible_size(size: str, tmp_path: Path) -> None:
    result = levcheck("shots", "a.csv", "--out", str(tmp_path), "--size", size)
    assert result.returncode == 2
    assert size in result.stderr


def test_that_doctor_names_every_part_it_looked_at() -> None:
    result = levcheck("doctor", "--json")
    document = json.loads(result.stdout)
    assert document["schema"] == "levcheck/doctor/1"
    states = {finding["what"]: finding["state"] for finding in document["findings"]}
    assert {"Python", "PySide6", "data folder", "reference library", "display", "fonts"} <= set(
        states
    )
    assert states["display"] == "warning"
    assert all(f["remedy"] for f in document["findings"] if f["state"] != "good")
    assert result.returncode == (1 if "error" in states.values() else 0)


def test_that_the_version_is_told() -> None:
    assert levcheck("--version").stdout.startswith("levcheck ")
