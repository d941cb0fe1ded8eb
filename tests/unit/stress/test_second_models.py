"""Preferreds with two answers: the slice of their issuer's assets, or credit; and premiums over those assets."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pytest

from levcheck.domain.diagnostics import LevcheckError
from levcheck.domain.instrument import Kind
from levcheck.domain.note_terms import NoteForm
from levcheck.domain.risk import Claim, RiskDriver, RiskTables, Sensitivity
from levcheck.stress.issuer_stack import slices_of
from levcheck.stress.portfolio_stress import (
    ScenarioLosses,
    StressInput,
    StressModel,
    stress_portfolio,
)
from levcheck.stress.second_models import CREDIT, SUSPENSION
from tests.unit.stress.test_portfolio_stress import TABLES, TRAP, book, instrument, shock
from tests.unit.stress.test_structured_papers import state


def claim(name: str, rank: int, kind: str, notional: float, coupon: float = 0.0) -> Claim:
    return Claim("MSTR.US", rank, name, kind, notional, coupon, None, None, "2026-06-30", "test")


CLAIMS = (
    claim("BTC", 0, "asset", 100.0),
    claim("LOAN", 1, "debt", 20.0),
    claim("STRC.US", 2, "preferred", 20.0, 0.10),
    claim("NEW.US", 3, "preferred", 10.0, 0.10),
)
STACKS = {"MSTR.US": CLAIMS}
WITH_CREDIT = replace(
    TABLES,
    drivers=(*TABLES.drivers, RiskDriver("credit", "Credit", 0.1, False, "test", "test")),
    sensitivities=(*TABLES.sensitivities, Sensitivity(CREDIT, "credit", 1.0, 0.0, "t", "t")),
)


@pytest.fixture(autouse=True)
def _known(monkeypatch: pytest.MonkeyPatch) -> None:
    for row in (
        instrument("NEW.US", Kind.PREFERRED, issuer="MSTR.US"),
        instrument("LOAN", Kind.BOND, issuer="MSTR.US"),
        instrument("PFD.US", Kind.PREFERRED, issuer="AMD.US", country="US"),
        instrument("PREF.KR", Kind.PREFERRED, issuer="005930.KR", country="KR"),
    ):
        monkeypatch.setitem(TRAP, row.id, row)


def held(
    *lines: tuple[str, float], stacks: Mapping[str, Sequence[Claim]] | None = None
) -> StressInput:
    return replace(book(lines), stacks=STACKS if stacks is None else stacks)


def run(
    lines: StressInput, *moves: tuple[str, float], tables: RiskTables = TABLES
) -> ScenarioLosses:
    return stress_portfolio(lines, shock(*moves), tables)


def slice_gain(name: str, move: float) -> float:
    return float(slices_of(CLAIMS)[name].gain(np.array([move]))[0])


def test_that_a_preferred_of_a_known_stack_takes_the_worse_of_its_two_answers() -> None:
    fallen = run(held(("STRC.US", 1000.0)), ("BTC", -0.5), ("MSTR.US", -0.2))
    measured, by_slice = -0.2 * 0.54 / 1.58, slice_gain("STRC.US", -0.5)
    assert by_slice < measured < 0.0
    assert fallen.models == ("tranche",)
    assert fallen.pnl[0] == pytest.approx(1000.0 * by_slice)
    assert fallen.measured[0] == pytest.approx(1000.0 * measured)
    assert fallen.asset_move.tolist() == [-0.5]
    assert fallen.high[0] == pytest.approx(-200.0 * 0.14 / 1.39)
    assert fallen.low[0] == pytest.approx(1000.0 * max(SUSPENSION * by_slice, -1.0))
    mild = run(held(("STRC.US", 1000.0)), ("BTC", -0.05), ("MSTR.US", -0.4))
    assert mild.pnl[0] == pytest.approx(1000.0 * -0.4 * 0.54 / 1.58)
    assert mild.high[0] == pytest.approx(1000.0 * slice_gain("STRC.US", -0.05))


def test_that_only_preferreds_of_a_stack_are_slices() -> None:
    lines = held(("MSTR.US", 1.0), ("LOAN", 1.0), ("NEW.US", 1.0), ("BTC", 1.0))
    found = run(lines, ("BTC", -0.1), ("MSTR.US", -0.1))
    assert found.models[1] != "tranche"
    assert found.models[2] == "tranche"
    assert np.isnan(found.asset_move).tolist() == [True, True, False, True]
    assert np.isnan(found.measured).tolist() == [True, True, False, True]


def test_that_the_assets_behind_a_slice_move_with_links_as_well() -> None:
    told = replace(shock(("class:equity", -0.3), propagate=True), horizon_days=5)
    found = stress_portfolio(held(("STRC.US", 1000.0)), told, TABLES)
    assert -0.3 < found.asset_move[0] < 0.0  # Bitcoin follows shares a little


def test_that_a_stack_that_cannot_be_valued_leaves_the_measured_answer() -> None:
    broken = {"MSTR.US": tuple(replace(c, notional=None) for c in CLAIMS)}
    found = run(held(("STRC.US", 1000.0), stacks=broken), ("BTC", -0.5), ("MSTR.US", -0.2))
    assert found.models == ("sensitivity",)
    assert found.pnl[0] == pytest.approx(-200.0 * 0.54 / 1.58)
    assert np.isnan(found.measured).all()
    assert np.isnan(found.asset_move).all()


# --- credit --------------------------------------------------------------------------------------------------


def credit_lines(lines: StressInput, tables: RiskTables = WITH_CREDIT) -> list[str]:
    model = StressModel(lines, tables)
    return [lines.graph.ids[node] for node in model.seconds.credit]


def test_that_credit_answers_for_preferreds_that_have_nothing_better() -> None:
    lines = held(
        ("STRC.US", 1.0), ("NEW.US", 1.0), ("PFD.US", 1.0), ("PREF.KR", 1.0), ("AMD.US", 1.0)
    )
    assert credit_lines(lines) == ["PFD.US"]
    assert credit_lines(replace(lines, stacks={})) == ["NEW.US", "PFD.US"]
    assert credit_lines(lines, TABLES) == []  # where credit was not measured


def test_that_a_preferred_takes_the_worse_of_its_issuer_and_of_credit() -> None:
    lines = held(("PFD.US", 1000.0), stacks={})

    def fallen(*moves: tuple[str, float]) -> ScenarioLosses:
        return stress_portfolio(lines, shock(*moves, propagate=True), WITH_CREDIT)

    # A force shocked by name is known but for its least noise: credit moves as far as it was said to.
    credit = fallen((CREDIT, -0.25), ("AMD.US", -0.1))
    assert credit.pnl[0] == pytest.approx(-250.0, rel=0.05)
    assert credit.measured[0] == pytest.approx(-35.0)
    issuer = fallen((CREDIT, -0.01), ("AMD.US", -0.4))
    assert issuer.pnl[0] == pytest.approx(-0.35 * 400.0)
    assert issuer.high[0] == pytest.approx(-10.0, rel=0.05)
    assert issuer.models == ("sensitivity",)


# --- premiums ------------------------------------------------------------------------------------------------


def test_that_a_premium_comes_on_top_of_what_the_assets_leave_for_the_common() -> None:
    lines = held(("MSTR.US", 1000.0), ("AMD.US", 1000.0))
    found = run(lines, ("premium:MSTR.US", -0.2), ("BTC", -0.3))
    # Of 100 of coins 50 are owed: a fall by 30 takes 60 % of what is left.
    assert found.pnl.tolist() == pytest.approx([1000.0 * (0.4 * 0.8 - 1.0), 0.0])
    alone = run(lines, ("premium:MSTR.US", -0.2))
    assert alone.pnl.tolist() == pytest.approx([-200.0, 0.0])
    lost = run(lines, ("premium:MSTR.US", 0.5), ("BTC", -0.9))
    assert lost.pnl[0] == -1000.0


def test_that_a_premium_says_nothing_of_anything_else() -> None:
    told = shock(("premium:MSTR.US", -0.5), propagate=True)
    found = stress_portfolio(held(("MSTR.US", 1000.0), ("BTC", 1000.0)), told, TABLES)
    assert found.pnl.tolist() == pytest.approx([-500.0, 0.0])


@pytest.mark.parametrize("owed", [100.0, 130.0])
def test_that_a_premium_over_nothing_is_refused(owed: float) -> None:
    lines = held(("MSTR.US", 1.0), stacks={"MSTR.US": (CLAIMS[0], claim("LOAN", 1, "debt", owed))})
    for stress_input, issuer in (
        (lines, "MSTR.US"),
        (lines, "AMD.US"),
        (held(("AMD.US", 1.0), stacks={}), "MSTR.US"),
    ):
        with pytest.raises(LevcheckError) as refused:
            run(stress_input, (f"premium:{issuer}", -0.1))
        assert refused.value.code == "stress.premium_unknown"
        assert refused.value.args_map["issuer"] == issuer


# --- what is asked for ---------------------------------------------------------------------------------------


def test_that_assets_are_asked_for_only_where_a_second_answer_needs_them() -> None:
    def asked(lines: StressInput, *targets: str) -> tuple[str, ...]:
        return StressModel(lines, WITH_CREDIT, targets).seconds.book.roots

    assert asked(held(("MSTR.US", 1.0))) == ()
    assert asked(held(("MSTR.US", 1.0)), "premium:MSTR.US") == ("BTC",)
    assert asked(held(("STRC.US", 1.0))) == ("BTC",)
    assert asked(held(("STRC.US", 1.0), ("PFD.US", 1.0))) == ("BTC", CREDIT)
    assert asked(held(("PFD.US", 1.0), stacks={})) == (CREDIT,)
    assert StressModel(held(("MSTR.US", 1.0)), TABLES).seconds.asset_moves(shock()) == {}


def test_that_an_issuer_of_a_note_is_asked_for_and_one_of_a_convertible_is_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(TRAP, "NOTE.US", instrument("NOTE.US", Kind.NOTE, underlying="NVDA.US"))
    note = state(NoteForm.REVERSE_CONVERTIBLE, underlyings=("NVDA.US",), issuer="BANK.US")
    paper = state(
        NoteForm.CONVERTIBLE, underlyings=("MSTR.US",), issuer="MSTR.US", barrier=None, coupon=0.01
    )
    lines = replace(
        held(("NOTE.US", 1.0), ("CONV.US", 1.0), ("NVDA.US", 1.0), stacks={}),
        notes={"NOTE.US": note, "CONV.US": paper},
    )
    assert StressModel(lines, TABLES).seconds.book.roots == ("BANK.US",)
