"""Bit rot, truncation, hostile content, old and newer files: noticed, refused or opened, never taken for something else."""

import itertools
import json
import random
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from levcheck.app.session import Session
from levcheck.app.session_files import open_session, write_session
from levcheck.domain.diagnostics import LevcheckError
from levcheck.domain.portfolio import Portfolio
from levcheck.storage.session_file import SCHEMA, SessionBody, parse_session, session_bytes
from tests.helpers.crash_lab import body_of
from tests.helpers.sample_session import a_body, a_document, resealed

Tell = Callable[[str], None]
Lab = Callable[..., subprocess.CompletedProcess[str]]
FIXTURES = Path(__file__).parent / "fixtures"


def accepts(content: bytes) -> bool:
    try:
        parse_session(content, "x", allow_newer=True)
    except LevcheckError:
        return False
    return True


def flips_accepted(content: bytes, bits: range | list[int], reads: Callable[[bytes], bool]) -> int:
    """Return how many files with one flipped bit are taken for good."""
    spoilt = bytearray(content)
    taken = 0
    for bit in bits:
        spoilt[bit // 8] ^= 1 << bit % 8
        taken += reads(bytes(spoilt))
        spoilt[bit // 8] ^= 1 << bit % 8
    return taken


@pytest.mark.parametrize("share", [0.01, pytest.param(1.0, marks=pytest.mark.nightly)])
def test_that_no_flipped_bit_and_no_cut_is_silently_accepted(share: float, tell: Tell) -> None:
    content = session_bytes(body_of(1), app="1.0")[:]
    every = range(8 * len(content))
    bits = random.Random(7).sample(every, int(share * len(every)))
    taken = flips_accepted(content, bits, accepts)
    cuts = range(0, len(content), 1 if share == 1.0 else 53)
    torn = sum(accepts(content[:cut]) for cut in cuts)
    tell(f"R7 bit flips: {len(bits)} flips of a {len(content)} byte file, {taken} accepted")
    tell(f"R7 truncation: {len(cuts)} cuts, {torn} accepted")
    assert accepts(content)
    assert (taken, torn) == (0, 0)


def test_that_the_flips_find_a_reader_that_looks_at_no_checksum(tell: Tell) -> None:
    content = session_bytes(a_body(), app="1.0")

    def careless(flipped: bytes) -> bool:
        try:
            return bool(json.loads(flipped)["body"]["portfolio"]["positions"])
        except (ValueError, KeyError, TypeError):
            return False

    bits = range(0, 8 * len(content), 3)
    taken = flips_accepted(content, bits, careless)
    tell(f"R7 harness check, reader without checksum: {taken} of {len(bits)} flips accepted")
    assert taken > 1000


@pytest.mark.parametrize("count", [1_000, pytest.param(100_000, marks=pytest.mark.release)])
def test_that_a_hostile_session_is_refused_plainly_and_opens_nothing(
    lab: Lab, tell: Tell, count: int
) -> None:
    seen = json.loads(lab("fuzz", count, 11).stdout)
    tell(
        f"S7 hostile sessions: {seen['mutations']} mutations, {seen['refused']} refused, {seen['accepted']} read, "
        f"{sum(seen['crashes'].values())} crashes, {seen['files_opened']} files opened"
    )
    assert seen["mutations"] == count
    assert seen["crashes"] == {}
    assert seen["files_opened"] == 0
    assert min(seen["refused"], seen["accepted"]) > 0


# --- old files, newer files ----------------------------------------------------------------------------------


@pytest.mark.parametrize("path", sorted(FIXTURES.glob("*.levcheck")), ids=lambda path: path.stem)
def test_that_a_file_of_every_released_schema_opens_with_the_same_totals(
    path: Path, tell: Tell, tmp_path: Path
) -> None:
    golden = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    session = open_session(path, password=golden.get("password"))
    portfolio = session.portfolio
    values = [line.market_value for line in portfolio.positions if line.market_value is not None]
    assert len(portfolio.positions) == golden["positions"]
    assert round(sum(values), 2) == golden["market_value"]
    assert round(sum(line.amount or 0.0 for line in portfolio.cash), 2) == golden["cash"]
    assert portfolio.base_currency == golden["base_currency"]
    assert dict(portfolio.resolutions) == golden["resolutions"]
    assert beside_the_list(session) == {key: golden.get(key, []) for key in _BESIDE}
    write_session(tmp_path / "again.levcheck", session)
    assert open_session(tmp_path / "again.levcheck") == session
    tell(
        f"R11 old file {path.stem}: opens, {len(values)} values add up to {golden['market_value']:.2f}"
    )


_BESIDE = ("drafts", "shocks", "model", "themes")


def beside_the_list(session: Session) -> dict[str, list[Any]]:
    """Return what a session holds beside its lines, in the form the stored figures have."""
    model, custom = session.model, session.custom
    return {
        "drafts": [[draft.id, len(draft.changes)] for draft in session.drafts],
        "shocks": [[shock.target, shock.move] for shock in custom.shocks] if custom else [],
        "model": [len(model.positions), model.positions[0].market_value] if model else [],
        "themes": [theme.id for theme in session.portfolio.themes.names],
    }


def test_that_there_is_an_old_file_of_every_schema() -> None:
    """A plain one, one with everything a session may hold beside its lines, and one closed with a password."""
    forms = {"", "-full", "-closed"}
    kept = {path.stem for path in FIXTURES.glob("*.levcheck")}
    assert kept == {f"schema{n}{form}" for n in range(1, SCHEMA + 1) for form in forms}
    for path in FIXTURES.glob("*.levcheck"):
        schema = json.loads(path.read_bytes())["schema"]
        assert path.stem.partition("-")[0] == f"schema{schema}"


@pytest.mark.parametrize("ahead", [1, 100])
def test_that_a_newer_file_is_refused_by_the_command_line_and_left_as_it_is(
    levcheck_run: Callable[..., subprocess.CompletedProcess[str]],
    tmp_path: Path,
    ahead: int,
    tell: Tell,
) -> None:
    path = tmp_path / "newer.levcheck"
    path.write_bytes(resealed(a_document() | {"schema": SCHEMA + ahead}))
    before = path.read_bytes()
    done = levcheck_run("check", path, home=tmp_path)
    assert done.returncode == 1
    assert "newer version" in done.stderr
    assert path.read_bytes() == before
    tell(f"R12 newer schema (+{ahead}): refused by the command line, bytes unchanged")


# --- same file, same bytes -----------------------------------------------------------------------------------

_FIGURE = st.one_of(st.none(), st.floats(allow_nan=False, allow_infinity=False))
_LINE = st.builds(
    replace,
    st.just(a_body().portfolio.positions[0]),
    name=st.one_of(st.none(), st.text(max_size=30)),
    market_value=_FIGURE,
    quantity=_FIGURE,
    raw=st.dictionaries(st.text(max_size=8), st.text(max_size=8), max_size=3).map(MappingProxyType),
)
_PORTFOLIO = st.builds(
    Portfolio, name=st.text(max_size=20), positions=st.lists(_LINE, max_size=6).map(tuple)
)


Save = Callable[..., bytes]


def saved_twice(portfolio: Portfolio, save: Save = session_bytes) -> None:
    content = save(SessionBody(portfolio), app="1")
    opened = parse_session(content, "x")
    assert save(opened.body, app="1") == content
    # A character that is no text (half of a pair) is the only thing a file cannot give back.
    if "?" not in content.decode():
        assert opened.body.portfolio == portfolio


def all_saved_twice(
    count: int, save: Save = session_bytes, phases: tuple[Phase, ...] = tuple(Phase)
) -> int:
    """Save, load and save so many portfolios; return how many that were."""
    seen = [0]

    @given(portfolio=_PORTFOLIO)
    @settings(max_examples=count, deadline=None, database=None, phases=phases)
    def holds(portfolio: Portfolio) -> None:
        seen[0] += 1
        saved_twice(portfolio, save)

    holds()
    return seen[0]


@pytest.mark.parametrize("count", [200, pytest.param(10_000, marks=pytest.mark.nightly)])
def test_that_save_load_save_is_byte_identical(count: int, tell: Tell) -> None:
    seen = all_saved_twice(count)
    tell(f"R13 save, load, save: {seen} portfolios, 0 differences")
    assert seen >= count


def _forgets_small_change(body: SessionBody, *, app: str) -> bytes:
    lines = tuple(
        replace(
            line, market_value=None if line.market_value is None else round(line.market_value, 2)
        )
        for line in body.portfolio.positions
    )
    return session_bytes(replace(body, portfolio=body.portfolio.with_positions(lines)), app=app)


_SAVES = itertools.count()


def _counts_its_saves(body: SessionBody, *, app: str) -> bytes:
    return session_bytes(replace(body, scenario=f"save {next(_SAVES)}"), app=app)


@pytest.mark.parametrize("save", [_forgets_small_change, _counts_its_saves])
def test_that_a_saver_that_loses_or_adds_something_is_found(save: Save) -> None:
    with pytest.raises(AssertionError):
        all_saved_twice(200, save, phases=(Phase.generate,))
