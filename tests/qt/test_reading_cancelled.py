"""Whoever cancels a reading in the window gets the window back at once, and the parsing process goes."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pytestqt.qtbot import QtBot

from levcheck.domain.portfolio import Reading
from levcheck.importing import read_positions, worker_process
from levcheck.importing.sniffing import FileKind
from levcheck.ui.jobs import LatestJob, Ticket

if TYPE_CHECKING:
    import subprocess


def test_that_cancelling_a_reading_frees_the_window_and_ends_the_process(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[subprocess.Popen[bytes]] = []
    answers: list[Reading] = []
    begin = worker_process._started

    def noted(kind: FileKind) -> "subprocess.Popen[bytes]":
        started.append(begin(kind))
        return started[-1]

    monkeypatch.setattr(worker_process, "_started", noted)
    monkeypatch.setattr(worker_process, "_command", lambda _kind: ["sleep", "60"])
    monkeypatch.setattr("levcheck.importing.reading.sniff", lambda _content: FileKind.XLSX)
    path = tmp_path / "large.xlsx"
    path.write_bytes(b"PK\x03\x04 any workbook")
    job = LatestJob()
    given: list[object] = []
    job.succeeded.connect(given.append)

    def read(ticket: Ticket) -> Reading:
        answers.append(read_positions(path, cancelled=ticket.is_cancelled))
        return answers[-1]

    job.submit(read)
    qtbot.waitUntil(lambda: bool(started), timeout=20_000)
    job.cancel()
    assert not job.is_busy
    qtbot.waitUntil(lambda: bool(answers), timeout=20_000)
    assert started[0].poll() is not None
    assert [d.code for d in answers[0].diagnostics] == ["import.cancelled"]
    assert given == []
