"""Only the newest answer counts, on the right thread, and errors arrive."""

import threading
import time
from functools import partial

import pytest
from PySide6.QtCore import QThreadPool
from pytestqt.qtbot import QtBot

from levcheck.domain.diagnostics import LevcheckError
from levcheck.ui.jobs import ImmediateJob, LatestJob, Ticket


def test_that_only_the_newest_answer_reaches_the_screen(qtbot: QtBot) -> None:
    job = LatestJob(QThreadPool())
    shown: list[object] = []
    job.succeeded.connect(shown.append)
    release = threading.Event()

    def slow(_ticket: Ticket) -> str:
        release.wait(5)
        return "stale"

    job.submit(slow)
    with qtbot.waitSignal(job.succeeded, timeout=20_000):
        job.submit(lambda _ticket: "fresh")
    release.set()
    qtbot.wait(100)
    assert shown == ["fresh"]
    assert not job.is_busy


def test_that_work_runs_elsewhere_and_answers_come_home(qtbot: QtBot) -> None:
    job = LatestJob(QThreadPool())
    threads: list[tuple[object, int]] = []
    job.succeeded.connect(lambda worker: threads.append((worker, threading.get_ident())))
    with qtbot.waitSignal(job.succeeded, timeout=20_000):
        job.submit(lambda _ticket: threading.get_ident())
    ((worker, home),) = threads
    assert home == threading.get_ident()
    assert worker != home


def test_that_an_error_arrives_as_an_error(qtbot: QtBot) -> None:
    job = LatestJob(QThreadPool())

    def refuse(_ticket: Ticket) -> None:
        raise LevcheckError("storage.disk_full")

    with qtbot.waitSignal(job.failed, timeout=20_000) as blocker:
        job.submit(refuse)
    (error,) = blocker.args or [None]
    assert isinstance(error, LevcheckError)
    assert error.code == "storage.disk_full"


def test_that_a_cancelled_job_says_nothing_more(qtbot: QtBot) -> None:
    job = LatestJob(QThreadPool())
    told: list[object] = []
    job.succeeded.connect(told.append)
    job.busy_changed.connect(told.append)
    started, seen = threading.Event(), threading.Event()

    def patient(ticket: Ticket) -> str:
        started.set()
        until = time.monotonic() + 5
        while not ticket.is_cancelled() and time.monotonic() < until:
            time.sleep(0.005)
        seen.set()
        return "late"

    job.submit(patient)
    assert started.wait(5)
    began = time.monotonic()
    job.cancel()
    assert seen.wait(2)
    assert time.monotonic() - began < 0.3
    qtbot.wait(50)
    assert told == [True, False]


def test_that_progress_of_given_up_work_is_not_shown(qtbot: QtBot) -> None:
    job = LatestJob(QThreadPool())
    shares: list[object] = []
    job.progressed.connect(shares.append)
    ready, go = threading.Event(), threading.Event()

    def old(ticket: Ticket) -> None:
        ready.set()
        go.wait(5)
        ticket.report(0.9)

    def new(ticket: Ticket) -> str:
        ticket.report(0.25)
        return "done"

    job.submit(old)
    assert ready.wait(5)
    with qtbot.waitSignal(job.succeeded, timeout=20_000):
        job.submit(new)
    go.set()
    qtbot.wait(50)
    assert shares == [0.25]


def _echo(number: int, _ticket: Ticket) -> int:
    return number


def test_that_busy_is_told_once_however_much_is_submitted(qtbot: QtBot) -> None:
    job = LatestJob(QThreadPool())
    told: list[object] = []
    job.busy_changed.connect(told.append)
    with qtbot.waitSignal(job.succeeded, timeout=20_000):
        for number in range(20):
            job.submit(partial(_echo, number))
    assert told == [True, False]


def test_that_a_job_may_die_before_its_work(qtbot: QtBot) -> None:
    pool, started, go = QThreadPool(), threading.Event(), threading.Event()
    job = LatestJob(pool)

    def work(_ticket: Ticket) -> int:
        started.set()
        go.wait(5)
        return 1

    job.submit(work)
    assert started.wait(5)
    del job
    go.set()
    assert pool.waitForDone(20_000)
    qtbot.wait(20)


def test_that_the_immediate_job_answers_before_it_returns() -> None:
    job = ImmediateJob()
    shown: list[object] = []
    job.succeeded.connect(shown.append)
    job.submit(lambda _ticket: "now")
    assert shown == ["now"]


def test_that_the_immediate_job_hides_no_bug() -> None:
    def broken(_ticket: Ticket) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        ImmediateJob().submit(broken)
