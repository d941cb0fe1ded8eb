"""What an empty draft can begin with: of the main bet, of what multiplies, and of everything; each can be done."""

from datetime import date

from levcheck.app.analysis import Analysis
from levcheck.app.draft_examples import example_changes
from levcheck.app.pipeline import analyse
from levcheck.app.what_if import line_ref, propose
from levcheck.domain.draft import By, Change, ChangeKind, Draft
from levcheck.domain.portfolio import Portfolio
from tests.helpers.made_up_library import portfolio, trap

HELD, KNOWN = trap()


def look(held: Portfolio) -> Analysis:
    return analyse(held, KNOWN, (), today=date(2026, 7, 1), recognise=KNOWN.recognise)


def test_that_the_largest_holding_of_the_bet_is_halved_and_the_next_that_multiplies_is_sold() -> (
    None
):
    now = look(HELD)
    bet = next(t for t in now.themes if t.theme == now.verdict.theme)
    halved, sold, moved = example_changes(now)
    assert halved == Change(ChangeKind.TRIM, line_ref(now, bet.doors[0].position), By.PART, 0.5)
    rest = [d for d in bet.doors[1:] if (now.position(d.position).daily_leverage_factor or 1) > 1]
    assert sold == Change(ChangeKind.SELL, line_ref(now, rest[0].position))
    assert moved == Change(ChangeKind.TO_CASH, by=By.PART, amount=0.9)


def test_that_every_example_can_be_done() -> None:
    now = look(HELD)
    for change in example_changes(now):
        (effect,) = propose(now, Draft("A", (change,))).effects
        assert effect.refused is None
        assert effect.freed > 0


def test_that_what_bets_on_a_fall_is_never_sold_for_an_example() -> None:
    now = look(HELD)
    short = {line.id for line in now.positions if (line.daily_leverage_factor or 1.0) < 0}
    assert short
    named = {change.line for change in example_changes(now)}
    assert not named & {line_ref(now, one) for one in short}


def test_that_a_list_without_lines_offers_nothing() -> None:
    assert example_changes(look(portfolio(()))) == ()
