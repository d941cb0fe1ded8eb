"""The log: private, without values, and never larger than it may be."""

import logging
import stat
from pathlib import Path

import pytest

from levcheck.storage import log_file
from levcheck.storage.log_file import last_lines, log_path, start_log, stop_log
from levcheck.storage.privacy import protect_process


def test_that_a_fault_is_written_without_the_values_it_carries(tmp_path: Path) -> None:
    protect_process()
    handler = start_log(tmp_path)
    try:
        try:
            int("SECRET 12345")
        except ValueError:
            logging.getLogger("levcheck.somewhere").exception("a fault of the program")
    finally:
        stop_log(handler)
    text = log_path(tmp_path).read_text(encoding="utf-8")
    assert "ValueError" in text
    assert "test_log_file.py" in text
    assert "SECRET" not in text
    assert stat.S_IMODE(log_path(tmp_path).stat().st_mode) == 0o600


def test_that_the_log_turns_over_and_keeps_few(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log_file, "LARGEST", 500)
    handler = start_log(tmp_path)
    try:
        for number in range(60):
            logging.getLogger("levcheck").warning("line %d of many", number)
    finally:
        stop_log(handler)
    names = sorted(path.name for path in (tmp_path / "logs").iterdir())
    assert names == ["levcheck.log", "levcheck.log.1", "levcheck.log.2", "levcheck.log.3"]
    assert all(path.stat().st_size < 600 for path in (tmp_path / "logs").iterdir())
    assert last_lines(tmp_path)[-1].endswith("line 59 of many")


def test_that_a_folder_that_cannot_be_written_costs_no_start(tmp_path: Path) -> None:
    (tmp_path / "logs").write_text("a file where the folder has to be")
    assert start_log(tmp_path) is None
    assert last_lines(tmp_path) == ()
    stop_log(None)  # there is nothing to let go of


def test_that_a_record_without_a_fault_and_a_log_that_vanished_are_no_faults(
    tmp_path: Path,
) -> None:
    handler = start_log(tmp_path)
    try:
        logging.getLogger("levcheck").warning("nothing happened", exc_info=(None, None, None))
        log_path(tmp_path).unlink()
        logging.getLogger("levcheck").warning("and again")
    finally:
        stop_log(handler)
    assert isinstance(handler, logging.FileHandler)
    assert handler.stream is None  # nothing is held open
    assert handler not in logging.getLogger("levcheck").handlers
    assert handler.formatter is not None
    assert handler.formatter.formatException((None, None, None)) == ""
