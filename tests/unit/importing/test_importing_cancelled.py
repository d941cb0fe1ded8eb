"""Who cancels does not wait: the question is asked all along the reading, not only around it."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from levcheck.domain.portfolio import Outcome
from levcheck.importing import read_positions, worker_process
from levcheck.importing.sniffing import FileKind

if TYPE_CHECKING:
    import subprocess
    from types import FrameType

ROWS = 6_000


@pytest.fixture(scope="module")
def long_list(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("long") / "long.csv"
    rows = "".join(f"S{n},{n % 90 + 1},10,{(n % 90 + 1) * 10}\n" for n in range(ROWS))
    path.write_text(f"Symbol,Quantity,Price,Value\n{rows}", encoding="utf-8")
    return path


def test_that_cancelling_is_asked_for_all_along(long_list: Path) -> None:
    asked = 0

    def cancelled() -> bool:
        nonlocal asked
        asked += 1
        return False

    reading = read_positions(long_list, cancelled=cancelled)
    assert len(reading.positions) == ROWS
    assert asked >= 40


@pytest.mark.parametrize("after", [1, 3, 10, 30, 45])
def test_that_a_cancelled_reading_stops_there(long_list: Path, after: int) -> None:
    asked = 0

    def cancelled() -> bool:
        nonlocal asked
        asked += 1
        return asked >= after

    reading = read_positions(long_list, cancelled=cancelled)
    assert reading.outcome is Outcome.REFUSED
    assert [d.code for d in reading.diagnostics] == ["import.cancelled"]
    assert asked == after


class Doors:
    """Counts down the questions whether to stop, and says where each was asked."""

    def __init__(self, after: int | None = None) -> None:
        self.after = after
        self.asked: list[str] = []

    def __call__(self) -> bool:
        frame: FrameType | None = sys._getframe(1)
        names = []
        while frame is not None:
            names.append(frame.f_code.co_name)
            frame = frame.f_back
        self.asked.append(" ".join(names))
        return self.after is not None and len(self.asked) >= self.after


def test_that_every_pass_over_the_rows_asks(long_list: Path) -> None:
    doors = Doors()
    read_positions(long_list, cancelled=doors)
    passes = (
        "_stacked_tables", "decide_decimals", "figures", "identities", "words", "walk", "mark_lots",
        "mark_subtotals", "_kinds", "_amounts", "_kept", "_build", "about_lines",
    )  # fmt: skip
    for name in passes:
        assert any(name in asked.split() for asked in doors.asked), name


def test_that_the_parsing_process_is_gone_when_the_answer_comes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[subprocess.Popen[bytes]] = []
    begin = worker_process._started

    def noted(kind: FileKind) -> "subprocess.Popen[bytes]":
        started.append(begin(kind))
        return started[-1]

    monkeypatch.setattr(worker_process, "_started", noted)
    monkeypatch.setattr(worker_process, "_command", lambda _kind: ["sleep", "30"])
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"PK\x03\x04 any workbook")
    monkeypatch.setattr("levcheck.importing.reading.sniff", lambda _content: FileKind.XLSX)
    reading = read_positions(path, cancelled=lambda: bool(started))
    assert [d.code for d in reading.diagnostics] == ["import.cancelled"]
    assert [process.poll() is not None for process in started] == [True]
