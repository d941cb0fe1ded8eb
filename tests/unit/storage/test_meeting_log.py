"""The meeting log: what was shown and when, no amounts, private, and nothing in it is ever lost."""

import os
import stat
import threading
from dataclasses import fields, replace
from datetime import date
from pathlib import Path

import msgspec
import pytest

from levcheck.app.result_hash import result_hash
from levcheck.domain.diagnostics import LevcheckError
from levcheck.i18n.words import Words
from levcheck.presenting.meeting_log import log_table
from levcheck.reporting.record import record, seen_now, shown_now
from levcheck.reporting.templates import Wish
from levcheck.storage.meeting_log import FILE, Seen, Shown, add_shown, load_log
from levcheck.storage.report_templates import ReportTemplate
from levcheck.storage.settings import Settings
from tests.helpers.sample_analysis import sample_analysis

ONE = Shown("2026-11-22T10:00:00+00:00", "2026-11-22", "Jane", "pdf", ("stress",), True, "x", "1", 1, "2026-08-22", "ab", "cd")  # fmt: skip


def test_that_a_log_is_kept_only_when_it_is_switched_on() -> None:
    assert Settings().meeting_log is False


def test_that_what_was_shown_comes_back_in_order(tmp_path: Path) -> None:
    add_shown(tmp_path, ONE)
    add_shown(tmp_path, replace(ONE, client="John"))
    assert [one.client for one in load_log(tmp_path) if isinstance(one, Shown)] == ["Jane", "John"]
    assert stat.S_IMODE((tmp_path / FILE).stat().st_mode) == 0o600


def test_that_each_entry_is_one_line_and_nothing_stands_between_them(tmp_path: Path) -> None:
    add_shown(tmp_path, ONE)
    add_shown(tmp_path, ONE)
    line = msgspec.json.encode(ONE) + b"\n"
    assert (tmp_path / FILE).read_bytes() == line * 2


def test_that_a_broken_line_is_passed_over_and_kept(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b'{"made_at": "torn')
    add_shown(tmp_path, ONE)
    assert load_log(tmp_path) == (ONE,)
    assert (tmp_path / FILE).read_bytes().startswith(b'{"made_at": "torn\n')


def test_that_two_windows_lose_nothing_of_each_other(tmp_path: Path) -> None:
    def write(name: str) -> None:
        for number in range(10):
            add_shown(tmp_path, replace(ONE, client=f"{name}{number}"))

    threads = [threading.Thread(target=write, args=(name,)) for name in "ab"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(load_log(tmp_path)) == 20


def test_that_a_record_holds_fingerprints_and_no_amount(tmp_path: Path) -> None:
    analysis = sample_analysis()
    template = ReportTemplate("x", ("stress",), hide_amounts=False)
    wish = Wish(template, " Jane  Roe ", date(2026, 11, 21))
    record(tmp_path, analysis, Words("en"), wish, "pdf")
    (one,) = load_log(tmp_path)
    assert isinstance(one, Shown)
    assert (one.client, one.shown_on, one.kind, one.pages) == ("Jane Roe", "2026-11-21", "pdf", ("stress",))  # fmt: skip
    assert one.with_amounts
    assert one.result_sha256 == result_hash(analysis)
    assert not shown_now(analysis, Words("en", hide_amounts=True), Wish(), "pdf").with_amounts
    text = msgspec.json.encode(one).decode()
    for line in analysis.positions:
        if line.market_value and line.market_value > 100:
            assert f"{line.market_value:.0f}" not in text


def test_that_reports_and_screens_stand_in_one_log_in_order(tmp_path: Path) -> None:
    seen = seen_now(sample_analysis(), "overlap", with_amounts=False, draft="A")
    add_shown(tmp_path, ONE)
    add_shown(tmp_path, seen)
    assert load_log(tmp_path) == (ONE, seen)


def test_that_a_screen_is_logged_with_fingerprints_and_names_nobody() -> None:
    analysis = sample_analysis()
    named = replace(analysis, portfolio=replace(analysis.portfolio, name="Zebrafinch"))
    seen = seen_now(named, "stress", with_amounts=True, scenario=analysis.stress[0].scenario)
    assert seen.result_sha256 == result_hash(analysis)
    assert seen.scenario == analysis.stress[0].scenario
    text = msgspec.json.encode(seen).decode()
    assert "Zebrafinch" not in text
    for line in analysis.positions:
        assert line.market_value is None or f"{line.market_value:.0f}" not in text


def test_that_a_scenario_of_the_users_own_is_not_called_by_its_name() -> None:
    analysis = sample_analysis()
    result = analysis.stress[0]
    own = replace(result, scenario="zebrafinch-fear", facts=replace(result.facts, origin="user"))
    changed = replace(analysis, stress=(own, *analysis.stress[1:]))
    seen = seen_now(changed, "stress", with_amounts=False, scenario="zebrafinch-fear")
    assert seen.scenario == "own"


def test_that_the_log_reads_newest_first_and_whole_in_a_file() -> None:
    seen = Seen("2026-11-22T10:30:00+00:00", "stress", "B", False, "own", "x", 1, "2026-08-22", "ab" * 32, "cd" * 32)  # fmt: skip
    ended = replace(seen, screen="", draft=None)
    short = log_table(Words("en"), (ONE, seen, ended)).as_tsv()
    lines = short.splitlines()
    assert lines[1].split("\t")[1] == "End of the meeting, or of this client"
    assert lines[2].split("\t")[1:5] == ["Screen: Stress · Draft B", "–", "hidden", "own"]
    assert lines[3].split("\t")[1:4] == ["Report as PDF · 1 page after page one", "Jane", "shown"]
    assert "cd" * 32 not in short
    assert "cd" * 32 in log_table(Words("en"), (seen,), whole=True).as_tsv()


def test_that_the_log_is_one_private_file_that_can_be_deleted_for_good(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir(mode=0o700)
    before = os.umask(0)
    try:
        for number in range(3):
            add_shown(folder, replace(ONE, client=f"Zebrafinch {number}"))
    finally:
        os.umask(before)
    holding = [p for p in tmp_path.rglob("*") if p.is_file() and b"Zebrafinch" in p.read_bytes()]
    assert holding == [folder / FILE]  # no copy, no half-written one
    assert stat.S_IMODE(holding[0].stat().st_mode) == 0o600
    holding[0].unlink()
    assert load_log(folder) == ()
    add_shown(folder, ONE)
    assert load_log(folder) == (ONE,)
    assert not any(b"Zebrafinch" in p.read_bytes() for p in tmp_path.rglob("*") if p.is_file())


def test_that_a_line_holds_these_fields_and_no_others() -> None:
    """A new field of the log is a decision about other people's privacy; it is taken here first."""
    both = {
        "scenario",
        "version",
        "method",
        "library",
        "input_sha256",
        "result_sha256",
        "with_amounts",
    }
    assert {f.name for f in fields(Shown)} == both | {
        "made_at",
        "shown_on",
        "client",
        "kind",
        "pages",
    }
    assert {f.name for f in fields(Seen)} == both | {"seen_at", "screen", "draft"}


def test_that_a_log_that_cannot_be_read_or_written_is_told_and_stays(tmp_path: Path) -> None:
    (tmp_path / FILE).mkdir()
    for act in (lambda: load_log(tmp_path), lambda: add_shown(tmp_path, ONE)):
        with pytest.raises(LevcheckError) as caught:
            act()
        assert caught.value.code == "storage.not_readable"
    assert (tmp_path / FILE).is_dir()
