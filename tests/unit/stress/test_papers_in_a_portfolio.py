"""Papers, residues and borrowed money inside a portfolio: what comes up, what goes down to causes, and how wide ranges are."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pytest

from levcheck.domain.instrument import Instrument, Kind
from levcheck.domain.note_terms import NoteForm
from levcheck.domain.scenario import PathShape, Scenario
from levcheck.stress.attribution import BAND_QUANTILE, CAUSES_NAMED, OTHER_ROOTS
from levcheck.stress.daily_reset import CALENDAR_DAYS_PER_STEP, SpreadClass, default_spread
from levcheck.stress.node_values import option_gain
from levcheck.stress.options import option_delta, option_value
from levcheck.stress.placed_notes import NoteState
from levcheck.stress.portfolio_stress import (
    ScenarioLosses,
    StressInput,
    StressModel,
    stress_portfolio,
)
from levcheck.stress.root_moves import resolve_moves
from tests.unit.stress.test_portfolio_stress import (
    CALL,
    LISTS,
    TABLES,
    TRAP,
    book,
    instrument,
    option_book,
    shock,
)
from tests.unit.stress.test_structured_papers import state

RATE = 0.0364


def add(monkeypatch: pytest.MonkeyPatch, *rows: Instrument) -> None:
    for row in rows:
        monkeypatch.setitem(TRAP, row.id, row)


def held(
    *names: str,
    notes: Mapping[str, NoteState] | None = None,
    lists: Mapping[str, tuple[tuple[str, float], ...]] = LISTS,
) -> StressInput:
    made = book([(name, 1000.0) for name in names], lists=lists)
    return replace(made, notes=notes or {})


def causes(losses: ScenarioLosses) -> dict[str, float]:
    assert sum(amount for _, amount in losses.causes) == pytest.approx(losses.total, abs=1e-9)
    return dict(losses.causes)


# --- notes and convertibles ----------------------------------------------------------------------------------

NOTE = state(NoteForm.REVERSE_CONVERTIBLE, underlyings=("NVDA.US",), issuer="AMD.US")


def noted(
    monkeypatch: pytest.MonkeyPatch, note: NoteState, currency: str = "USD"
) -> tuple[StressInput, StressModel]:
    add(
        monkeypatch,
        instrument("NOTE.US", Kind.NOTE, underlying="NVDA.US", currency=currency),
    )
    lines = held("NOTE.US", "NVDA.US", notes={"NOTE.US": note})
    return lines, StressModel(lines, TABLES)


def gain_of(model: StressModel, move: float, *, low: float, issuer: float, years: float) -> float:
    (placed,) = model.nodes.notes.values()
    (found,) = placed.gain(np.array([[move]]), np.array([[low]]), np.array([issuer]), years, RATE)
    return float(found)


def test_that_a_note_moves_as_its_terms_say_with_its_share_and_its_issuer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lines, model = noted(monkeypatch, NOTE)
    losses = stress_portfolio(lines, shock(("NVDA.US", -0.3), ("AMD.US", -0.5)), TABLES)
    expected = gain_of(model, -0.3, low=-0.3, issuer=-0.5, years=0.0)
    assert losses.pnl[0] == pytest.approx(1000.0 * expected)
    assert losses.models[0] == "note"
    assert losses.underlying_move[0] == pytest.approx(-0.3)
    alone = stress_portfolio(lines, shock(("NVDA.US", -0.3)), TABLES)
    assert alone.pnl[0] == pytest.approx(
        1000.0 * gain_of(model, -0.3, low=-0.3, issuer=0.0, years=0.0)
    )
    assert np.isnan(losses.floor[0])


@pytest.mark.parametrize("is_watched", [True, False])
def test_that_a_barrier_that_is_watched_sees_the_way_and_not_the_end_alone(
    *, is_watched: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines, model = noted(monkeypatch, replace(NOTE, is_watched=is_watched))
    way = replace(shock(("NVDA.US", -0.3), horizon=20), shape=PathShape.V_SHAPE)
    losses = stress_portfolio(lines, way, TABLES)
    lowest = -0.51 if is_watched else -0.3  # the way there is twice as long as the move
    expected = gain_of(model, -0.3, low=lowest, issuer=0.0, years=20 / 252)
    assert losses.pnl[0] == pytest.approx(1000.0 * expected)


def test_that_a_note_in_a_foreign_currency_moves_with_it_as_well(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lines, model = noted(monkeypatch, NOTE, "KRW")
    told = shock(("NVDA.US", -0.3), ("currency:KRW", -0.1))
    own = gain_of(model, -0.3, low=-0.3, issuer=0.0, years=0.0)
    losses = stress_portfolio(lines, told, TABLES)
    assert losses.pnl[0] == pytest.approx(1000.0 * ((1.0 + own) * 0.9 - 1.0))


def test_that_a_convertible_has_a_model_and_a_bond_of_its_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    paper = state(
        NoteForm.CONVERTIBLE, underlyings=("MSTR.US",), barrier=None, coupon=0.01, levels=(0.8,)
    )
    add(monkeypatch, instrument("CONV.US", Kind.CONVERTIBLE, issuer="MSTR.US", currency="KRW"))
    lines = held("CONV.US", "MSTR.US", notes={"CONV.US": paper})
    (placed,) = StressModel(lines, TABLES).nodes.notes.values()
    moved = np.array([[-0.4]])
    (gain,) = placed.gain(moved, moved, moved[0], 0.0, RATE)
    floor = placed.floor_gain(moved, moved[0], 0.0, RATE)
    assert floor is not None
    losses = stress_portfolio(lines, shock(("MSTR.US", -0.4), ("currency:KRW", -0.1)), TABLES)
    assert losses.models == ("convertible", "linear")
    assert losses.pnl[0] == pytest.approx(1000.0 * ((1.0 + gain) * 0.9 - 1.0))
    assert losses.floor[0] == pytest.approx(1000.0 * floor * 0.9)
    assert np.isnan(losses.floor[1])


@pytest.mark.parametrize("levels", [(1.2,), ()])
def test_that_a_note_without_terms_is_left_out_with_its_two_ends(
    levels: tuple[float, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    bare = replace(NOTE, levels=levels, years=None)
    lines, _ = noted(monkeypatch, bare)
    add(monkeypatch, instrument("BLANK.US", Kind.NOTE), instrument("OPT2.US", Kind.OPTION))
    lines = held("NOTE.US", "BLANK.US", "OPT.US", notes={"NOTE.US": bare})
    losses = stress_portfolio(lines, shock(("NVDA.US", -0.5)), TABLES)
    assert losses.models == ("left_out",) * 3
    ((line, ends),) = losses.two_states
    level = 0.6 if levels else 0.5
    assert (line, ends.protected) == ("p1", 1.05)
    assert ends.broken == pytest.approx(0.05 + level)


# --- residues and borrowed money -----------------------------------------------------------------------------


@pytest.mark.parametrize("horizon", [0, 5])
def test_that_what_a_fund_keeps_to_itself_moves_with_the_fund(horizon: int) -> None:
    losses = stress_portfolio(held("FOF.US"), shock(("FOF.US", -0.5), horizon=horizon), TABLES)
    cost = losses.total - 1000.0 * 0.2 * -0.5
    assert causes(losses)["FOF.US"] == pytest.approx(-100.0)
    assert (abs(cost) < 1e-9) is (horizon == 0)


def lever(monkeypatch: pytest.MonkeyPatch, under: str) -> None:
    add(
        monkeypatch,
        instrument(
            "LEV.US",
            Kind.LEVERAGED_FUND,
            underlying=under,
            factor=2.0,
            expense=0.01,
            asset_class="sector",
        ),
    )


def grown(levels: Sequence[float]) -> float:
    """Return what twice each day's move makes of one, less what such a fund costs a day."""
    spread = default_spread(SpreadClass.SECTOR, 2.0, None) or 0.0
    daily = (0.01 / 365 + (RATE + spread) / 360) * CALENDAR_DAYS_PER_STEP
    value, before = 1.0, 1.0
    for level in levels:
        value *= max(1.0 + 2.0 * (level / before - 1.0) - daily, 0.0)
        before = level
    return value


def test_that_what_a_fund_keeps_to_itself_is_followed_by_days_below_a_daily_fund(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lever(monkeypatch, "PART.US")
    add(monkeypatch, instrument("PART.US", Kind.ETF))
    lists = {**LISTS, "PART.US": (("AMD.US", 0.6),)}
    lines = held("LEV.US", lists=lists)
    # The residue of a list that is not whole counts under the fund itself, and here it is 40 %.
    losses = stress_portfolio(lines, shock(("PART.US", -0.5), horizon=4), TABLES)
    days = [1.0 + 0.4 * (0.5 ** (day / 4) - 1.0) for day in range(1, 5)]
    assert losses.total == pytest.approx(1000.0 * (grown(days) - 1.0))


def test_that_a_stacked_fund_pays_day_by_day_below_a_daily_fund(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lever(monkeypatch, "STAK.US")
    lines = held("LEV.US")
    losses = stress_portfolio(lines, shock(("AMD.US", -0.1), horizon=4), TABLES)
    days = [1.0 + 0.6 * (0.9 ** (day / 4) - 1.0) - 0.5 * RATE * day / 252 for day in range(1, 5)]
    assert losses.total == pytest.approx(1000.0 * (grown(days) - 1.0))
    at_once = stress_portfolio(lines, shock(("AMD.US", -0.1)), TABLES)
    assert at_once.total == pytest.approx(-120.0)
    assert stress_portfolio(held("STAK.US"), shock(("AMD.US", 0.0)), TABLES).total == 0.0


def test_that_a_preferred_of_another_currency_moves_with_it_by_days_and_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    add(
        monkeypatch,
        instrument("PREF.KR", Kind.PREFERRED, issuer="005930.KR", country="KR", currency="KRW"),
    )
    lever(monkeypatch, "PREF.KR")
    told = shock(("005930.KR", -0.2), ("currency:KRW", -0.1))
    losses = stress_portfolio(held("PREF.KR"), told, TABLES)
    assert losses.total == pytest.approx(1000.0 * (0.82 * 0.9 - 1.0))
    followed = stress_portfolio(held("LEV.US"), replace(told, horizon_days=4), TABLES)
    days = [(1.0 + 0.9 * (0.8 ** (day / 4) - 1.0)) * 0.9 ** (day / 4) for day in range(1, 5)]
    assert followed.total == pytest.approx(1000.0 * (grown(days) - 1.0))


# --- how wide ranges are -------------------------------------------------------------------------------------

OPEN: Scenario = shock(("BTC", -0.3), propagate=True)


def deviation(lines: StressInput, root: str) -> float:
    """Return one standard deviation of what a shock leaves open of a root."""
    model = StressModel(lines, TABLES)
    moves = resolve_moves(OPEN, model.roots)
    at = lines.graph.roots.index(root)
    driver = int(moves.driver[at])
    variance = moves.free_slope[at] ** 2 * moves.driver_covariance[driver, driver]
    return float(np.sqrt(variance + moves.free_own[at] ** 2))


@pytest.mark.parametrize(("name", "factor"), [("NVD2.US", 2.0), ("NVDS.US", -1.0)])
def test_that_the_range_of_a_daily_fund_follows_the_power_of_its_multiple(
    name: str, factor: float
) -> None:
    lines = held(name)
    losses = stress_portfolio(lines, OPEN, TABLES)
    level, wide = 1.0 + losses.underlying_move[0], BAND_QUANTILE * deviation(lines, "NVDA.US")
    left = 1.0 + losses.pnl[0] / 1000.0
    ends = sorted(left * ((level + side * wide) / level) ** factor - 1.0 for side in (-1.0, 1.0))
    # The other end is the answer of bad weeks, which lies beyond.
    near, far = (1, 0) if factor > 0.0 else (0, 1)
    told = (losses.low[0], losses.high[0])
    assert told[near] == pytest.approx(1000.0 * ends[near])
    assert abs(told[far]) > abs(1000.0 * ends[far])


def test_that_the_range_of_an_option_is_found_by_revaluing_it() -> None:
    lines = option_book(1000.0)
    losses = stress_portfolio(lines, OPEN, TABLES)
    moved, wide = losses.underlying_move[0], BAND_QUANTILE * deviation(lines, "NVDA.US")
    high = option_gain(CALL, np.array([moved + wide]), 0.0)[0]
    assert losses.high[0] == pytest.approx(1000.0 * high)
    assert option_delta(CALL) * 100.0 / option_value(CALL) > 2.0  # so that a wrong width would show


def test_that_opposite_lines_around_a_fund_leave_less_open_than_each() -> None:
    alone = stress_portfolio(held("NVDA.US"), OPEN, TABLES)
    lines = book([("NVDA.US", 1000.0), ("CHIP.US", -1000.0)])
    both = stress_portfolio(lines, OPEN, TABLES)
    chip = stress_portfolio(held("CHIP.US"), OPEN, TABLES)
    width = both.total_high - both.total
    assert 0.0 < width < alone.total_high - alone.total + chip.total_high - chip.total


def test_that_what_is_shocked_itself_leaves_nothing_open() -> None:
    told = shock(("CHIP.US", -0.2), ("BTC", -0.3), propagate=True)
    losses = stress_portfolio(held("CHIP.US", "NVDA.US"), told, TABLES)
    assert (losses.low[0], losses.pnl[0], losses.high[0]) == pytest.approx((-200.0,) * 3)
    assert losses.low[1] < losses.pnl[1] < losses.high[1]
    alone = stress_portfolio(held("NVDA.US"), told, TABLES)
    assert losses.total_high - losses.total == pytest.approx(alone.total_high - alone.total)


def test_that_a_fund_that_was_wiped_out_has_no_range_to_come_back_from() -> None:
    told = shock(("NVDA.US", -0.6), ("BTC", -0.1), propagate=True)
    losses = stress_portfolio(held("NVD2.US"), told, TABLES)
    assert losses.is_terminated.tolist() == [True]
    assert (losses.low[0], losses.high[0]) == (-1000.0, -1000.0)


# --- causes --------------------------------------------------------------------------------------------------


def test_that_beyond_the_largest_causes_the_others_are_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    names = [f"S{number:03}.US" for number in range(CAUSES_NAMED + 20)]
    add(monkeypatch, *(instrument(name, Kind.COMMON, country="US") for name in names))
    lines = replace(held(*names))
    amounts = np.array([100.0 + n % (CAUSES_NAMED + 10) for n in range(len(names))])
    lines = replace(lines, market_value=amounts)
    losses = stress_portfolio(lines, shock(("country:US", -0.1)), TABLES)
    found = causes(losses)
    assert len(found) == CAUSES_NAMED + 1
    smallest = sorted(amounts)[:20]
    assert found[OTHER_ROOTS] == pytest.approx(-0.1 * sum(smallest))
    told = [amount for _, amount in losses.causes]
    assert told == sorted(told)


def test_that_a_cause_that_nobody_shocked_is_no_cause() -> None:
    losses = stress_portfolio(held("NVDA.US", "BTC"), shock(("BTC", -0.1)), TABLES)
    assert causes(losses) == pytest.approx({"BTC": -100.0})
