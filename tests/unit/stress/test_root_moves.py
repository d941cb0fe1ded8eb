"""Which shock a root takes when several mean it, what rides on a force, and which shocks are refused side by side."""

from dataclasses import replace

import numpy as np
import pytest

from levcheck.domain.diagnostics import LevcheckError
from levcheck.domain.risk import RiskTables, Sensitivity
from levcheck.domain.scenario import Scenario, Shock
from levcheck.domain.theme import Family, Theme, ThemeMember
from levcheck.stress.propagation import DriverModel
from levcheck.stress.root_moves import RootBook, RootMoves, resolve_moves, told_moves
from levcheck.stress.targets import memberships_of
from tests.unit.stress.test_portfolio_stress import TABLES, TRAP, shock

ROOTS = ("NVDA.US", "AMD.US", "BTC", "ODD")
ROWS = {name: TRAP[name] for name in ("NVDA.US", "AMD.US", "BTC")}


def theme(name: str, **members: float) -> Theme:
    rows = tuple(
        ThemeMember(name, member.replace("_", "."), strength, "w", "s")
        for member, strength in members.items()
    )
    return Theme(name, name, Family.AI_CHIPS, rows)


THEMES = (theme("chips", NVDA_US=1.0, AMD_US=0.5), theme("makers", AMD_US=0.5, NVDA_US=0.25))


def root_book(tables: RiskTables = TABLES, **more: object) -> RootBook:
    memberships = memberships_of(ROOTS, ROWS, THEMES)
    model = DriverModel.from_tables(tables)
    made = RootBook(
        ROOTS, memberships, model, model.loadings(ROOTS, memberships), {}, frozenset(ROOTS)
    )
    return replace(made, **more)  # type: ignore[arg-type]


def moved(scenario: Scenario, book: RootBook | None = None) -> dict[str, float]:
    found = resolve_moves(scenario, book or root_book())
    return dict(zip(ROOTS, found.moves[0].tolist(), strict=True))


def with_row(*rows: Sensitivity) -> RiskTables:
    return replace(TABLES, sensitivities=(*TABLES.sensitivities, *rows))


# --- which shock a root takes --------------------------------------------------------------------------------


@pytest.mark.parametrize("order", [1, -1])
def test_that_the_most_special_target_wins_in_any_order(order: int) -> None:
    told = (("class:equity", -0.5), ("country:US", -0.4), ("theme:chips", -0.3), ("AMD.US", -0.05))
    found = moved(shock(*told[::order]))
    assert found == pytest.approx({"NVDA.US": -0.3, "AMD.US": -0.05, "BTC": 0.0, "ODD": 0.0})
    assert moved(shock(*told[:2][::order])) == pytest.approx(
        {"NVDA.US": -0.4, "AMD.US": -0.4, "BTC": 0.0, "ODD": 0.0}
    )


@pytest.mark.parametrize("order", [1, -1])
def test_that_of_two_themes_the_stronger_membership_wins_and_the_larger_move_among_equals(
    order: int,
) -> None:
    told = (("theme:chips", -0.1), ("theme:makers", -0.4))
    found = moved(shock(*told[::order]))
    # NVIDIA is wholly a chip maker; AMD is as much in one as in the other and takes the larger move.
    assert (found["NVDA.US"], found["AMD.US"]) == pytest.approx((-0.1, -0.2))


def test_that_a_swing_goes_with_its_move_and_is_bounded() -> None:
    scenario = replace(shock(), shocks=(Shock("theme:chips", -0.1, 0.06), Shock("BTC", 0.0, 0.9)))
    found = resolve_moves(scenario, root_book())
    assert found.swings[0].tolist() == pytest.approx([0.06, 0.03, 0.5, 0.0])
    assert found.is_shocked.tolist() == [True, True, True, False]


# --- what rides on a force -----------------------------------------------------------------------------------


def test_that_a_force_moves_what_follows_it_and_nothing_that_has_its_own_move() -> None:
    told = shock(("driver:ai-chips", -0.2), ("driver:nobody", -0.9))
    assert moved(told)["NVDA.US"] == pytest.approx(-0.22)
    own = shock(("driver:ai-chips", -0.2), ("NVDA.US", 0.01))
    assert moved(own)["NVDA.US"] == pytest.approx(0.01)
    assert moved(shock(("driver:ai-chips", -0.95)))["NVDA.US"] == -1.0


def test_that_without_links_nothing_follows_and_nothing_is_uncertain() -> None:
    found = resolve_moves(shock(("NVDA.US", -0.2)), root_book())
    assert found.moves.tolist() == [[-0.2, 0.0, 0.0, 0.0]]
    assert not found.is_propagated
    assert not found.driver_covariance.any()
    assert not found.free_slope.any()
    assert not found.free_own.any()


def test_that_links_move_the_others_and_leave_them_uncertain() -> None:
    book = root_book()
    told = replace(shock(("NVDA.US", -0.2), propagate=True), horizon_days=21)
    found = resolve_moves(told, book)
    assert found.is_propagated
    assert found.moves.shape == (2, 4)
    assert found.moves[:, 0].tolist() == [-0.2, -0.2]
    # Chips and Bitcoin go together a little, and more so in bad weeks; of ODD nothing is known.
    assert 0.0 > found.moves[0, 2] > found.moves[1, 2]
    assert found.moves[:, 3].tolist() == [0.0, 0.0]
    assert found.free_slope.tolist() == [0.0, *book.slope[1:].tolist()]
    assert found.free_own[0] == 0.0
    assert found.free_own[2] == pytest.approx(0.02 * np.sqrt(21 / 252))
    assert np.diag(found.driver_covariance)[0] < 0.18**2 * 21 / 252


def test_that_a_move_of_its_own_says_nothing_of_others() -> None:
    premium = replace(shock(propagate=True), shocks=(Shock("NVDA.US", -0.2, is_own=True),))
    assert not resolve_moves(premium, root_book()).is_propagated


def test_that_currencies_and_what_is_no_root_are_kept_apart() -> None:
    book = root_book(instruments_held=frozenset({"FUND.US", "NVDA.US"}))
    told = replace(
        shock(("currency:krw", -0.1), ("FUND.US", -0.3), ("NVDA.US", -0.2)),
        shocks=(Shock("currency:krw", -0.1), Shock("FUND.US", -0.3, 0.02), Shock("NVDA.US", -0.2)),
    )
    found = resolve_moves(told, book)
    assert found.currencies == {"KRW": -0.1}
    assert found.direct == {"FUND.US": (-0.3, 0.02)}
    assert found.diagnostics == ()


def test_that_a_share_class_is_its_issuer() -> None:
    book = root_book(root_of={"AMDX.US": "AMD.US"})
    assert moved(shock(("AMDX.US", -0.3)), book)["AMD.US"] == -0.3


def test_that_a_shock_on_what_nobody_holds_is_told_of_ones_own_scenarios_only() -> None:
    told = shock(("GONE.US", -0.3), ("theme:none", -0.1), ("driver:bitcoin", -0.1), ("BTC", -0.1))
    found = resolve_moves(told, root_book())
    assert [note.args["target"] for note in found.diagnostics] == ["GONE.US", "theme:none"]
    assert resolve_moves(replace(told, origin="library"), root_book()).diagnostics == ()


# --- shocks that are refused side by side --------------------------------------------------------------------


SAME = Sensitivity("ODD", "bitcoin", -2.0, 0.05, "w", "s")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("driver:bitcoin", -0.2), ("BTC", 0.1)),
        (("BTC", 0.2), ("driver:bitcoin", -0.1)),
        (("theme:ai-chips", 0.1), ("driver:ai-chips", -0.1)),
        (("ODD", 0.2), ("BTC", 0.1)),
    ],
)
def test_that_two_moves_of_one_force_in_two_directions_are_refused(
    first: tuple[str, float], second: tuple[str, float]
) -> None:
    with pytest.raises(LevcheckError) as refused:
        resolve_moves(shock(first, second), root_book(with_row(SAME)))
    assert refused.value.code == "stress.apart"
    assert dict(refused.value.args_map) == {"first": first[0], "second": second[0]}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("driver:bitcoin", -0.2), ("BTC", -0.1)),  # one way
        (("driver:bitcoin", -0.2), ("BTC", 0.0)),  # one of them stands
        (("driver:bitcoin", -0.2), ("ODD", 0.1)),  # against it, which is the same way
        (("driver:bitcoin", -0.2), ("MSTR.US", 0.1)),  # has a life of its own
        (("driver:bitcoin", -0.2), ("driver:ai-chips", 0.1)),  # two forces
        (("driver:nobody", -0.2), ("driver:nobody2", 0.1)),  # none of the model
        (("driver:bitcoin", -0.2), ("AMD.US", 0.1)),  # no row of its own
    ],
)
def test_that_what_does_not_contradict_is_taken(
    first: tuple[str, float], second: tuple[str, float]
) -> None:
    assert isinstance(resolve_moves(shock(first, second), root_book(with_row(SAME))), RootMoves)


@pytest.mark.parametrize(("own", "is_refused"), [(0.06, True), (0.061, False)])
def test_that_what_swings_beside_its_force_is_another_thing(
    own: float, *, is_refused: bool
) -> None:
    book = root_book(with_row(Sensitivity("ODD", "bitcoin", -1.0, own, "w", "s")))
    told = shock(("driver:bitcoin", -0.2), ("ODD", -0.2))
    if is_refused:
        with pytest.raises(LevcheckError, match=r"stress\.apart"):
            resolve_moves(told, book)
    else:
        assert resolve_moves(told, book).moves[0, 3] == -0.2


def test_that_what_does_not_answer_a_force_is_not_that_force() -> None:
    book = root_book(with_row(Sensitivity("ODD", "bitcoin", 0.0, 0.0, "w", "s")))
    assert resolve_moves(shock(("driver:bitcoin", -0.2), ("ODD", 0.2)), book).moves[0, 3] == 0.2


# --- what is told --------------------------------------------------------------------------------------------


def test_that_moves_are_told_largest_first_and_those_that_stand_not_at_all() -> None:
    told = told_moves(
        ("a", "b", "c", "d"), np.array([-0.1, 0.0, 0.3, 0.1]), np.array([True, True, False, False])
    )
    assert told == (("c", 0.3, "follows"), ("a", -0.1, "shocked"), ("d", 0.1, "follows"))
