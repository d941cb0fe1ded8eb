"""Losses in cents, small causes gathered, and what is remembered between scenarios."""

from datetime import date

import pytest

from levcheck.app import pipeline, stressing
from levcheck.app.pipeline import analyse, forget
from levcheck.app.stressing import overnight_rate
from levcheck.domain.scenario import PathShape, Scenario, Shock
from levcheck.stress import portfolio_stress
from levcheck.stress.attribution import OTHER_ROOTS, RESET_AND_COST
from tests.helpers.made_up_library import MadeUpLibrary, instrument, library, portfolio, trap

TODAY = date(2026, 7, 1)


def shock(target: str, move: float) -> Scenario:
    return Scenario("custom", "Custom", "", (Shock(target, move),), 0, PathShape.ONE_DAY)


def test_that_many_small_causes_are_one_and_nothing_is_lost(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(portfolio_stress, "CAUSES_NAMED", 3)
    names = [f"R{n}.US" for n in range(9)]
    known = library([instrument(name) for name in names])
    values = [(name, 100.0 * (n + 1)) for n, name in enumerate(names)]
    crash = Scenario(
        "custom", "Custom", "", tuple(Shock(name, -0.1) for name in names), 0, PathShape.ONE_DAY
    )
    result = analyse(
        portfolio(values), known, [crash], recognise=known.recognise, today=TODAY
    ).stress[0]
    assert [(cause.root, cause.pnl) for cause in result.causes] == [
        (OTHER_ROOTS, -210.0),
        ("R8.US", -90.0),
        ("R7.US", -80.0),
        ("R6.US", -70.0),
    ]
    assert result.causes[0].name == "All smaller causes"
    assert result.pnl == -450.0


def test_that_cents_lost_in_rounding_go_to_the_causes_rounded_most() -> None:
    causes = stressing._causes([("A", -1.004), ("B", -1.004), ("C", -1.004)], -3.01, {})
    assert sorted(cause.pnl for cause in causes) == [-1.01, -1.0, -1.0]


def test_that_a_result_without_any_cause_is_the_resets() -> None:
    causes = stressing._causes([], -0.02, {})
    assert [(cause.root, cause.pnl) for cause in causes] == [(RESET_AND_COST, -0.02)]


def test_that_fractions_of_a_cent_never_lose_more_than_the_value() -> None:
    known = library([instrument("NVDA.US")])
    found = analyse(
        portfolio([("NVDA.US", 10.006)]),
        known,
        [shock("NVDA.US", -1.0)],
        recognise=known.recognise,
        today=TODAY,
    )
    assert found.stress[0].positions[0].pnl == -10.006


def test_that_the_rate_of_the_year_is_taken_or_the_last_before_it() -> None:
    assert overnight_rate({2024: 0.05, 2026: 0.04}, date(2025, 3, 1)) == 0.05
    assert overnight_rate({2027: 0.03}, date(2025, 3, 1)) == 0.03
    assert overnight_rate({}, date(2025, 3, 1)) == 0.0


def test_that_what_no_scenario_changes_is_worked_out_once(monkeypatch: pytest.MonkeyPatch) -> None:
    held, known = trap()
    count: list[str] = []

    def recogniser(reference: MadeUpLibrary, **_: object) -> object:
        count.append("asked")
        return reference.recognise

    monkeypatch.setattr(pipeline, "recogniser_for", recogniser)
    forget()
    first = analyse(held, known, [shock("NVDA.US", -0.1)], today=TODAY)
    second = analyse(held, known, [shock("NVDA.US", -0.2)], today=TODAY)
    assert count == ["asked"]
    assert second.exposures is first.exposures
    assert second.stress[0].pnl == pytest.approx(2 * first.stress[0].pnl)
    again = analyse(portfolio([("NVDA.US", 1.0)]), known, [], today=TODAY)
    assert again.equity == 1.0
    forget()
    analyse(held, known, [], today=TODAY)
    assert len(count) == 3
    forget()


def test_that_a_new_target_is_never_answered_from_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    held, known = trap()
    monkeypatch.setattr(pipeline, "recogniser_for", lambda reference, **_: reference.recognise)
    forget()
    before = analyse(held, known, [], today=TODAY)
    after = analyse(held, known, [shock("NVDA.US", -0.13)], propagate=False, today=TODAY)
    assert before.stress == ()
    assert after.stress[0].pnl == -4_160.0
    forget()


def test_that_a_scenario_asked_again_is_answered_from_memory_and_old_ones_are_dropped(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    held, known = trap()
    monkeypatch.setattr(pipeline, "recogniser_for", lambda reference, **_: reference.recognise)
    monkeypatch.setattr(pipeline, "_ANSWERS_KEPT", 2)
    forget()
    kept, moved = shock("NVDA.US", -0.1), [shock("NVDA.US", -n / 100) for n in range(20, 25)]
    first = analyse(held, known, [kept], today=TODAY).stress[0]
    for one in moved:
        found = analyse(held, known, [kept, one], today=TODAY).stress
        assert found[0] is first
        assert found[1].pnl == pytest.approx(first.pnl * one.shocks[0].move / -0.1)
    dropped = analyse(held, known, moved[:2], today=TODAY).stress
    assert analyse(held, known, [kept], today=TODAY).stress[0] is not first
    assert analyse(held, known, [kept], today=TODAY).stress[0] == first
    assert dropped[0].pnl == pytest.approx(2 * first.pnl)
    forget()
