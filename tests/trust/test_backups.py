"""Backups: the newest is never removed, limits are kept whatever the schedule of saves, and every copy opens."""

import hashlib
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from levcheck.storage.backups import DAYS, SAVES, WEEKS, backups, keep_backup, thinned
from levcheck.storage.session_file import load_session, session_bytes
from tests.helpers.crash_lab import body_of

Tell = Callable[[str], None]
Thinner = Callable[[Iterable[datetime]], frozenset[datetime]]
START = datetime(2026, 1, 1, tzinfo=UTC)
# Gaps from a nervous hand on the save key to a year abroad.
_GAPS = st.lists(st.one_of(st.floats(0.001, 90), st.floats(60, 86_400), st.floats(86_400, 4e7)), min_size=40, max_size=60)  # fmt: skip


def faults_of(thin: Thinner, gaps: list[float]) -> list[str]:
    """Save on a schedule, thin out after every save, and return what was wrong on the way."""
    kept: frozenset[datetime] = frozenset()
    saves: list[datetime] = []
    now, faults = START, []
    for gap in gaps:
        now += timedelta(seconds=gap)
        saves.append(now)
        before, kept = kept, thin({*kept, now})
        if now not in kept:
            faults.append("the newest is gone")
        if not set(saves[-SAVES:]) <= kept:
            faults.append("one of the last ten saves is gone")
        if len(kept) > SAVES + DAYS + WEEKS:
            faults.append("more are kept than the limits say")
        if not kept <= {*before, now}:
            faults.append("one came back")
    days = list(dict.fromkeys(time.date() for time in reversed(saves)))[:DAYS]
    weeks = list(dict.fromkeys(time.isocalendar()[:2] for time in reversed(saves)))[:WEEKS]
    faults += ["a day is gone" for day in days if day not in {t.date() for t in kept}]
    faults += ["a week is gone" for w in weeks if w not in {t.isocalendar()[:2] for t in kept}]
    return faults


@pytest.mark.parametrize("count", [200, pytest.param(10_000, marks=pytest.mark.nightly)])
def test_that_thinning_holds_on_every_schedule_of_saves(count: int, tell: Tell) -> None:
    seen = [0]

    @given(gaps=_GAPS)
    @settings(max_examples=count, deadline=None, database=None)
    def holds(gaps: list[float]) -> None:
        seen[0] += 1
        assert not faults_of(thinned, gaps)

    holds()
    tell(f"R8 thinning: {seen[0]} schedules of saves, 0 faults")
    assert seen[0] >= count


@pytest.mark.parametrize(
    "thin",
    [
        lambda times: frozenset(sorted(times, reverse=True)[:SAVES]),
        lambda times: frozenset(sorted(times)[: SAVES + DAYS + WEEKS]),
        frozenset,
    ],
    ids=["forgets days and weeks", "keeps the oldest", "never thins out"],
)
def test_that_a_bad_thinner_is_found(thin: Thinner) -> None:
    found: list[str] = []

    @given(gaps=_GAPS)
    @settings(max_examples=20, deadline=None, database=None, phases=[Phase.generate])
    def looks(gaps: list[float]) -> None:
        found.extend(faults_of(thin, gaps))

    looks()
    assert found


def test_that_every_backup_can_be_restored(tmp_path: Path, tell: Tell) -> None:
    document = tmp_path / "mine.levcheck"
    saved = {}
    for number in range(120):
        content = session_bytes(body_of(number), app="1")
        keep_backup(tmp_path, document, content, now=START + timedelta(hours=9 * number))
        saved[hashlib.sha256(content).hexdigest()[:12]] = number
    kept = backups(tmp_path, document)
    good = sum(
        hashlib.sha256(copy.path.read_bytes()).hexdigest().startswith(copy.digest)
        and load_session(copy.path).portfolio.name == f"revision {saved[copy.digest]}"
        for copy in kept
    )
    tell(f"R8 restore drill: {good} of {len(kept)} backups of 120 saves open and match their hash")
    assert good == len(kept) > DAYS
