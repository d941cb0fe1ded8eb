"""Laws of drafts, over lists and changes nobody imagined."""

import hashlib
import math
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from levcheck.app.analysis import Analysis
from levcheck.app.pipeline import analyse
from levcheck.app.session import History, Session
from levcheck.app.what_if import keep_draft, line_ref, propose, put_draft
from levcheck.domain.draft import DRAFT_IDS, Bought, By, Change, ChangeKind, Draft
from levcheck.domain.portfolio import Portfolio
from levcheck.storage.session_file import SessionBody, parse_session, session_bytes
from tests.helpers.made_up_library import MadeUpLibrary, trap

HELD, KNOWN = trap()
TODAY = date(2026, 7, 1)
BUYABLE = ("NVDA.US", "SEMI.US", "NVDS.US", "NOBODY.US")
LINES = len(HELD.positions)


def look(held: Portfolio, known: MadeUpLibrary = KNOWN) -> Analysis:
    return analyse(held, known, (), today=TODAY, recognise=known.recognise)


NOW = look(HELD)
amounts = st.floats(0.0, 60_000.0, allow_nan=False).map(lambda x: round(x, 2))
parts = st.floats(0.0, 1.0, allow_nan=False)


@st.composite
def changes(draw: st.DrawFn) -> Change:
    kind = draw(st.sampled_from(list(ChangeKind)))
    by = draw(st.sampled_from(list(By)))
    amount = draw(parts if by in {By.PART, By.WEIGHT, By.EXPOSURE} else amounts)
    symbol = draw(st.sampled_from(BUYABLE))
    known = None if symbol == "NOBODY.US" else symbol
    factor = -1.0 if symbol == "NVDS.US" else 1.0
    needs_line = kind in {ChangeKind.TRIM, ChangeKind.SELL, ChangeKind.SWAP}
    line = line_ref(NOW, f"p{draw(st.integers(1, LINES))}") if needs_line else None
    price = draw(st.one_of(st.none(), st.floats(0.01, 500.0)))
    buys = Bought(symbol, known, price=price, factor=factor, root="NVDA.US")
    needs_buys = kind in {ChangeKind.SWAP, ChangeKind.ADD, ChangeKind.HEDGE}
    times = draw(st.sampled_from([0.5, 1.0, 2.0, 3.0]))
    return Change(kind, line, by, amount, buys if needs_buys else None, times)


drafts = st.builds(
    lambda found, whole: Draft("A", tuple(found), whole_units=whole),
    st.lists(changes(), max_size=6),
    st.booleans(),
)
laws = settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def fingerprint(held: Portfolio) -> str:
    return hashlib.sha256(session_bytes(SessionBody(held), app="1")).hexdigest()


BEFORE = fingerprint(HELD)


@laws
@given(drafts)
def test_that_a_draft_never_alters_the_portfolio_it_lies_on(draft: Draft) -> None:
    propose(NOW, draft)
    put_draft(Session(HELD), draft)
    assert fingerprint(HELD) == BEFORE


@laws
@given(drafts)
def test_that_no_money_appears_or_vanishes(draft: Draft) -> None:
    proposal = propose(NOW, draft)
    after = look(proposal.portfolio)
    assert after.equity == pytest.approx(NOW.equity, abs=0.005)
    freed = math.fsum(effect.freed for effect in proposal.effects)
    paid = [e.bought for e in proposal.effects if e.change.kind is ChangeKind.PAY_DOWN]
    # Debt paid back takes cash and debt alike, so it frees nothing together.
    assert proposal.freed == pytest.approx(freed + math.fsum(paid), abs=0.005)
    assert proposal.freed == pytest.approx(-math.fsum(t.money for t in proposal.trades), abs=0.1)
    net = proposal.cash_after - proposal.debt_after
    assert net == pytest.approx(proposal.cash_before - proposal.debt_before + proposal.freed)


@laws
@given(drafts)
def test_that_what_more_is_spent_than_there_is_is_debt_that_is_said(draft: Draft) -> None:
    proposal = propose(NOW, draft)
    owed = -math.fsum(min(c.amount or 0.0, 0.0) for c in proposal.portfolio.cash)
    assert proposal.debt_after == pytest.approx(owed)
    assert proposal.new_debt >= 0.0


@laws
@given(drafts)
def test_that_a_refused_change_changes_nothing(draft: Draft) -> None:
    proposal = propose(NOW, draft)
    made = tuple(e.change for e in proposal.effects if e.refused is None)
    refused = [e for e in proposal.effects if e.refused is not None]
    assert all((e.sold, e.bought, e.freed) == (0.0, 0.0, 0.0) for e in refused)
    again = propose(NOW, Draft("A", made, whole_units=draft.whole_units))
    assert again.portfolio == proposal.portfolio


@laws
@given(drafts)
def test_that_keeping_a_draft_and_undoing_it_gives_the_same_file_again(draft: Draft) -> None:
    history = History().record("draft", put_draft(Session(HELD), draft))
    kept = history.record("keep", keep_draft(history.session, propose(NOW, draft)))
    assert kept.session.drafts == ()
    assert fingerprint(kept.undo().session.portfolio) == BEFORE
    assert kept.undo().session == history.session


@laws
@given(st.lists(drafts, min_size=1, max_size=4))
def test_that_drafts_come_back_from_a_file_as_they_were(found: list[Draft]) -> None:
    named = tuple(
        replace(d, id=letter, name="näme") for letter, d in zip(DRAFT_IDS, found, strict=False)
    )
    body = SessionBody(HELD, drafts=named, model=HELD)
    loaded = parse_session(session_bytes(body, app="1"), "x").body
    assert loaded.drafts == named
    assert loaded.model == HELD
