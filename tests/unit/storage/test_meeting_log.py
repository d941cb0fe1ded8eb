"""The meeting log: what was shown and when, no amounts, private, and nothing in it is ever lost."""

import stat
import threading
from dataclasses import replace
from datetime import date
from pathlib import Path

import msgspec

from levcheck.app.result_hash import result_hash
from levcheck.i18n.words import Words
from levcheck.reporting.record import record, shown_now
from levcheck.reporting.templates import Wish
from levcheck.storage.meeting_log import FILE, Shown, add_shown, load_log
from levcheck.storage.report_templates import ReportTemplate
from levcheck.storage.settings import Settings
from tests.helpers.sample_analysis import sample_analysis

ONE = Shown("2026-11-22T10:00:00+00:00", "2026-11-22", "Jane", "pdf", ("stress",), True, "x", "1", 1, "2026-08-22", "ab", "cd")  # fmt: skip


def test_that_a_log_is_kept_only_when_it_is_switched_on() -> None:
    assert Settings().meeting_log is False


def test_that_what_was_shown_comes_back_in_order(tmp_path: Path) -> None:
    add_shown(tmp_path, ONE)
    add_shown(tmp_path, replace(ONE, client="John"))
    assert [one.client for one in load_log(tmp_path)] == ["Jane", "John"]
    assert stat.S_IMODE((tmp_path / FILE).stat().st_mode) == 0o600


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
    assert (one.client, one.shown_on, one.kind, one.pages) == ("Jane Roe", "2026-11-21", "pdf", ("stress",))  # fmt: skip
    assert one.with_amounts
    assert one.result_sha256 == result_hash(analysis)
    assert not shown_now(analysis, Words("en", hide_amounts=True), Wish(), "pdf").with_amounts
    text = msgspec.json.encode(one).decode()
    for line in analysis.positions:
        if line.market_value and line.market_value > 100:
            assert f"{line.market_value:.0f}" not in text
