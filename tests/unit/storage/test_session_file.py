"""A session file gives back what was saved, or says why not."""

import contextlib
import os
import stat
from pathlib import Path
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from levcheck.domain.diagnostics import Diagnostic, LevcheckError, Place, Severity
from levcheck.domain.portfolio import IgnoredRows, Outcome, Portfolio, Reading, StatedTotal
from levcheck.domain.position import CashLine, OptionTerms, Position
from levcheck.domain.scenario import Scenario, Shock
from levcheck.storage.session_file import (
    SessionBody,
    load_session,
    parse_session,
    restored,
    save_session,
    session_bytes,
    stored,
)
from levcheck.storage.settings import Settings, load_settings, save_settings
from levcheck.storage.writer import write_file


def a_body() -> SessionBody:
    option = Position(
        place=Place("a.xlsx", "Holdings", 4),
        symbol="AAPL 21JUN26 175 C",
        quantity=-1.0,
        market_value=-320.5,
        value_basis="stated",
        currency="USD",
        option=OptionTerms("AAPL", "2026-06-21", 175.0, "C"),
        cells=MappingProxyType({"market_value": "E"}),
        raw=MappingProxyType({"market_value": "(320.50)"}),
    )
    cash = CashLine(Place("a.xlsx", "Holdings", 5), "Kontó 현금", -12.0, "EUR")
    reading = Reading(
        "a.xlsx",
        "ab" * 32,
        Outcome.POSITIONS,
        columns=MappingProxyType({"quantity": "Stück"}),
        positions=(option,),
        cash=(cash,),
        ignored=(IgnoredRows("Holdings", 1, 3, "title"),),
        totals=(StatedTotal("Holdings", 9, "Total", 1.0, None),),
        diagnostics=(
            Diagnostic("import.value_mismatch", Severity.WARNING, option.place, {"row": 4}),
        ),
    )
    portfolio = Portfolio(
        "Mine",
        (option,),
        (cash,),
        "EUR",
        "2026-06-30",
        "ab" * 32,
        MappingProxyType({"USD": 0.9}),
        MappingProxyType({"p1": "AAPL.US"}),
    )
    custom = Scenario("custom", "Mine", "A fall.", (Shock("NVDA.US", -0.13),), 0)
    return SessionBody(portfolio, (stored(reading),), (), "ai-chips-minus-30", custom)


def test_that_a_saved_session_is_the_same_when_opened(tmp_path: Path) -> None:
    path = tmp_path / "mine.levcheck"
    save_session(path, a_body(), app="1.0")
    opened = load_session(path)
    assert session_bytes(opened, app="1.0") == path.read_bytes()
    assert opened.portfolio == a_body().portfolio
    assert restored(opened.readings[0]).positions[0].option == OptionTerms(
        "AAPL", "2026-06-21", 175.0, "C"
    )


def test_that_only_the_owner_can_read_what_is_saved(tmp_path: Path) -> None:
    previous = os.umask(0)
    try:
        path = tmp_path / "mine.levcheck"
        save_session(path, a_body(), app="1.0")
    finally:
        os.umask(previous)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [p.name for p in tmp_path.iterdir()] == ["mine.levcheck"]


@given(position=st.integers(0, 20_000), bit=st.integers(0, 7))
def test_that_a_flipped_bit_is_never_silently_accepted(position: int, bit: int) -> None:
    content = bytearray(session_bytes(a_body(), app="1.0"))
    index = position % len(content)
    content[index] ^= 1 << bit
    with contextlib.suppress(LevcheckError):
        # What is accepted says the same (a blank or the writer's version may differ, the body may not).
        body = parse_session(bytes(content), "mine.levcheck")
        assert session_bytes(body, app="1.0") == session_bytes(a_body(), app="1.0")


@pytest.mark.parametrize("cut", [0, 1, 10, 500, -2])
def test_that_a_truncated_file_is_refused(cut: int) -> None:
    with pytest.raises(LevcheckError):
        parse_session(session_bytes(a_body(), app="1.0")[:cut], "mine.levcheck")


def test_that_a_newer_file_is_named_as_newer() -> None:
    newer = session_bytes(a_body(), app="9").replace(b'"schema": 1', b'"schema": 2')
    with pytest.raises(LevcheckError) as caught:
        parse_session(newer, "mine.levcheck")
    assert caught.value.code == "storage.newer"


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b"PK\x03\x04", b"[" * 100_000, b"\xff\xfe"])
def test_that_other_files_are_no_sessions(content: bytes) -> None:
    with pytest.raises(LevcheckError) as caught:
        parse_session(content, "x.levcheck")
    assert caught.value.code == "storage.not_a_session"


def test_that_a_failed_write_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "mine.levcheck"
    write_file(path, b"old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(LevcheckError) as caught:
        write_file(path, b"new")
    assert caught.value.code == "storage.disk_full"
    assert path.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["mine.levcheck"]


def test_that_settings_survive_a_restart_and_damage(tmp_path: Path) -> None:
    settings = (
        Settings(theme="dark").with_recent("a").with_recent("b").with_mapping("f", {"x": "A"})
    )
    save_settings(tmp_path, settings)
    assert load_settings(tmp_path) == settings
    assert settings.recent_files == ("b", "a")
    (tmp_path / "settings.json").write_bytes(b"{damaged")
    assert load_settings(tmp_path) == Settings()
    assert Settings(remember_files=False).with_recent("a").recent_files == ()
