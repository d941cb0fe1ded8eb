"""What a range holds, and what is told about what it rests on: usual links for its width, those of bad weeks for its reach."""

from dataclasses import replace
from math import sqrt

import pytest

from levcheck.domain.instrument import Kind
from levcheck.domain.note_terms import NoteForm
from levcheck.domain.risk import DriverCorrelation, RiskDriver, RiskTables, Sensitivity
from levcheck.domain.scenario import Scenario
from levcheck.stress.attribution import BAND_QUANTILE
from levcheck.stress.placed_notes import NoteState
from levcheck.stress.portfolio_stress import ScenarioLosses, stress_portfolio
from tests.unit.stress.test_portfolio_stress import TABLES, TRAP, book, instrument, shock
from tests.unit.stress.test_structured_papers import state

CHIPS_FALL = shock(("theme:ai-chips", -0.3), propagate=True)
# The part of the chips' own variance that the force behind them explains; bitcoin is linked to that force by 0.3, in bad
# weeks by 0.6.
TOLD = 0.4**2 / (0.4**2 + 0.02**2 + 0.03**2)


def of_bitcoin(scenario: Scenario = CHIPS_FALL) -> ScenarioLosses:
    return stress_portfolio(book([("BTC", 1000.0)]), scenario, TABLES)


def test_that_the_width_of_a_range_is_what_usual_links_leave_open() -> None:
    losses = of_bitcoin()
    told = losses.total / 1000.0 / -0.3 / (0.3 * 0.5 / 0.4)
    assert 0.98 < told <= 1.0
    left = 0.5**2 * (1.0 - 0.3**2 * told) + 0.02**2
    width = BAND_QUANTILE * 1000.0 * sqrt(left / 252.0)
    assert losses.high[0] - losses.pnl[0] == pytest.approx(width, rel=1e-6)
    assert losses.total_high - losses.total == pytest.approx(width, rel=1e-6)


def test_that_the_range_of_the_whole_reaches_to_the_answer_of_bad_weeks() -> None:
    losses = of_bitcoin()
    in_bad_weeks = losses.total * 0.6 / 0.3
    assert losses.low[0] == pytest.approx(in_bad_weeks)
    assert losses.total_low == pytest.approx(in_bad_weeks)
    alone = of_bitcoin(replace(CHIPS_FALL, propagate=False))
    assert (alone.total, alone.total_low, alone.total_high) == (0.0, 0.0, 0.0)


NOTE, LEVEL = "NOTE.US", "LEVEL.US"
KINDS = {NOTE: Kind.NOTE, LEVEL: Kind.CONTRACT}


def told_of(note: NoteState, line: str, monkeypatch: pytest.MonkeyPatch) -> ScenarioLosses:
    monkeypatch.setitem(TRAP, line, instrument(line, KINDS[line], underlying="NVDA.US"))
    made = replace(book([(line, 1000.0), ("NVDA.US", 500.0)]), notes={line: note})
    return stress_portfolio(made, shock(("NVDA.US", -0.1)), TABLES)


@pytest.mark.parametrize(
    ("line", "note", "is_told"),
    [
        (NOTE, state(NoteForm.REVERSE_CONVERTIBLE, underlyings=("NVDA.US",)), True),
        (
            NOTE,
            state(NoteForm.REVERSE_CONVERTIBLE, underlyings=("NVDA.US",), issuer_spread=0.02),
            False,
        ),
        (
            LEVEL,
            state(NoteForm.LEVEL_CONTRACT, underlyings=("NVDA.US",), issuer_spread=0.02),
            False,
        ),
        (LEVEL, state(NoteForm.LEVEL_CONTRACT, underlyings=("NVDA.US",)), False),
    ],
)
def test_that_a_spread_of_an_issuer_is_told_where_it_was_assumed_and_nowhere_else(
    line: str, note: NoteState, *, is_told: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    losses = told_of(note, line, monkeypatch)
    assert losses.pnl[0] < 0.0  # its terms are placed on the share that fell
    assumed = [
        d.args["line"] for d in losses.diagnostics if d.code == "stress.assumed_issuer_spread"
    ]
    assert assumed == ([line] if is_told else [])


def of_preferred(tables: RiskTables, monkeypatch: pytest.MonkeyPatch) -> ScenarioLosses:
    unmeasured = instrument("PFD.US", Kind.PREFERRED, issuer="AMD.US", country="US")
    monkeypatch.setitem(TRAP, "PFD.US", unmeasured)
    fall = shock(("AMD.US", -0.3), propagate=True)
    return stress_portfolio(book([("PFD.US", 1000.0)]), fall, tables)


def test_that_credit_widens_the_range_of_a_preferred_only_where_it_was_measured(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    plain = of_preferred(TABLES, monkeypatch)
    others = [driver.id for driver in TABLES.drivers]
    measured = replace(
        TABLES,
        drivers=(*TABLES.drivers, RiskDriver("credit", "Credit", 0.1, False, "test", "test")),
        sensitivities=(
            *TABLES.sensitivities,
            Sensitivity("class:credit", "credit", 1.0, 0.0, "test", "test"),
        ),
        correlations=(
            *TABLES.correlations,
            *(DriverCorrelation(one, "credit", 0.5, 0.8, "test", "test") for one in others),
        ),
    )
    with_credit = of_preferred(measured, monkeypatch)
    assert with_credit.total == plain.total < 0.0
    assert plain.low[0] < plain.total < plain.high[0] < 0.0
    assert with_credit.high[0] > plain.high[0]
    assert with_credit.low[0] <= plain.low[0]
