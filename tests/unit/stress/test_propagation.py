import numpy as np
import pytest

from levcheck.domain.risk import DriverCorrelation, RiskDriver, RiskTables, Sensitivity
from levcheck.domain.theme import Family, Theme, ThemeMember
from levcheck.stress.propagation import (
    DriverModel,
    Loadings,
    nearest_correlation,
    root_volatility,
)
from levcheck.stress.targets import Reach, Target, memberships_of


def tables(*, calm: float = 0.5) -> RiskTables:
    return RiskTables(
        tuple(RiskDriver(name, name, v, False, "w", "s") for name, v in (("a", 0.2), ("b", 0.4))),
        (
            Sensitivity("X", "a", 1.5, 0.1, "w", "s"),
            Sensitivity("Y", "b", 1.0, 0.3, "w", "s"),
            Sensitivity("Z", "gone", 1.0, 0.3, "w", "s"),
        ),
        (DriverCorrelation("a", "b", calm, 0.9, "w", "s"),),
    )


def test_that_the_textbook_formula_comes_out() -> None:
    model = DriverModel.from_tables(tables())
    memberships = memberships_of(("X", "Y"), {}, ())
    loadings = model.loadings(("X", "Y"), memberships)
    full = loadings.beta @ model.calm @ loadings.beta.T + np.diag(loadings.own_volatility**2)
    shocked = Loadings(loadings.beta[:1], loadings.own_volatility[:1], loadings.is_known[:1])
    view = model.condition(shocked, np.array([[-0.3]]), stressed=False)
    expected = full[1, 0] / full[0, 0] * -0.3
    assert (loadings.beta[1] @ view.moves)[0] == pytest.approx(expected)
    left = loadings.beta[1] @ view.covariance @ loadings.beta[1] + loadings.own_volatility[1] ** 2
    assert left == pytest.approx(full[1, 1] - full[1, 0] ** 2 / full[0, 0])


def test_that_what_has_no_link_is_told_apart() -> None:
    model = DriverModel.from_tables(tables())
    loadings = model.loadings(("X", "Z", "W"), memberships_of(("X", "Z", "W"), {}, ()))
    assert loadings.is_known.tolist() == [True, False, False]
    volatility = root_volatility(model, loadings)
    assert volatility[0] == pytest.approx(np.hypot(0.3, 0.1))
    assert np.isnan(volatility[1:]).all()


def test_that_a_shocked_root_follows_the_row_it_stands_under_and_a_group_its_own() -> None:
    themed = RiskTables(
        tables().drivers,
        (
            Sensitivity("theme:chips", "a", 0.7, 0.16, "w", "s"),
            Sensitivity("X", "b", 1.5, 0.1, "w", "s"),
        ),
        tables().correlations,
    )
    model = DriverModel.from_tables(themed)
    members = (ThemeMember("chips", "X", 1.0, "w", "s"), ThemeMember("chips", "Y", 1.0, "w", "s"))
    theme = Theme("chips", "Chips", Family.AI_CHIPS, members)
    memberships = memberships_of(("X", "Y"), {}, (theme,))
    roots = model.loadings(("X", "Y"), memberships)
    targets = (Target(Reach.ROOT, "Y"), Target(Reach.ROOT, "X"), Target(Reach.THEME, "chips"))
    found = model.target_loadings(targets, roots, memberships)
    assert found.is_known.all()
    np.testing.assert_allclose(found.beta, [[0.7, 0.0], [0.0, 1.5], [0.7, 0.0]])
    # What is one name's own noise mostly goes out in a group.
    assert found.own_volatility[0] == pytest.approx(0.16)
    assert found.own_volatility[2] < 0.08


def test_that_a_shock_on_a_force_is_that_force_alone() -> None:
    model = DriverModel.from_tables(tables())
    memberships = memberships_of(("X", "Y"), {}, ())
    roots = model.loadings(("X", "Y"), memberships)
    targets = (Target(Reach.DRIVER, "b"), Target(Reach.DRIVER, "nobody"), Target(Reach.ROOT, "a"))
    found = model.target_loadings(targets, roots, memberships)
    assert found.is_known.tolist() == [True, False, False]
    np.testing.assert_allclose(found.beta, [[0.0, 1.0], [0.0, 0.0], [0.0, 0.0]])


def test_that_a_group_without_a_row_is_the_mean_of_its_members() -> None:
    model = DriverModel.from_tables(tables())
    members = (ThemeMember("chips", "X", 1.0, "w", "s"), ThemeMember("chips", "Y", 0.5, "w", "s"))
    theme = Theme("chips", "Chips", Family.AI_CHIPS, members)
    memberships = memberships_of(("X", "Y"), {}, (theme,))
    roots = model.loadings(("X", "Y"), memberships)
    found = model.target_loadings((Target(Reach.THEME, "chips"),), roots, memberships)
    np.testing.assert_allclose(found.beta, [[1.5 * 2 / 3, 1.0 / 3]])
    assert found.own_volatility[0] == pytest.approx(np.hypot(0.1 * 2 / 3, 0.3 / 3))
    assert found.is_known.tolist() == [True]
    nobody = Target(Reach.THEME, "unknown")
    assert not model.target_loadings((nobody,), roots, memberships).is_known.any()


def test_that_a_pair_without_correlation_is_reported() -> None:
    bare = RiskTables(tables().drivers, (), ())
    assert DriverModel.from_tables(bare).missing_pairs == (("a", "b"),)


def test_that_an_impossible_correlation_is_mended() -> None:
    broken = np.array([[1.0, 0.9, -0.9], [0.9, 1.0, 0.9], [-0.9, 0.9, 1.0]])
    mended = nearest_correlation(broken)
    assert np.linalg.eigvalsh(mended)[0] > -1e-12
    np.testing.assert_allclose(np.diag(mended), 1.0)
    np.testing.assert_array_equal(nearest_correlation(np.eye(3)), np.eye(3))


def test_that_two_shocks_on_one_thing_tell_what_one_tells() -> None:
    model = DriverModel.from_tables(tables())
    once = Loadings(np.array([[1.0, 0.0]]), np.array([0.02]), np.array([True]))
    twice = Loadings(np.array([[1.0, 0.0]] * 2), np.zeros(2), np.array([True, True]))
    certain = Loadings(np.array([[1.0, 0.0]]), np.zeros(1), np.array([True]))
    told = model.condition(twice, np.array([[-0.3], [-0.3]]), stressed=False).moves
    np.testing.assert_allclose(
        told, model.condition(certain, np.array([[-0.3]]), stressed=False).moves
    )
    np.testing.assert_allclose(told, [[-0.3], [-0.3]])
    # What swings a little by itself tells a little less.
    less = model.condition(once, np.array([[-0.3]]), stressed=False).moves
    assert less[0, 0] == pytest.approx(-0.3 * 0.04 / (0.04 + 0.0004))


def test_that_what_does_not_move_at_all_tells_nothing() -> None:
    model = DriverModel.from_tables(tables())
    nothing = Loadings(np.zeros((1, 2)), np.zeros(1), np.array([True]))
    view = model.condition(nothing, np.array([[-0.3]]), stressed=False)
    assert not view.moves.any()
    np.testing.assert_allclose(view.covariance, model.calm)
    unknown = Loadings(np.ones((1, 2)), np.zeros(1), np.array([False]))
    view = model.condition(unknown, np.array([[-0.3, 0.1]]), stressed=True)
    assert view.moves.tolist() == [[0.0, 0.0], [0.0, 0.0]]
    np.testing.assert_array_equal(view.covariance, model.stressed)


def test_that_correlations_that_can_be_are_left_as_they_are() -> None:
    """Also one on the edge, which a rounding makes impossible by a hair."""
    edge = np.array([[1.0, 1.0], [1.0, 1.0]])
    np.testing.assert_array_equal(nearest_correlation(edge), edge)
    fine = np.array([[1.0, -0.4], [-0.4, 1.0]])
    assert nearest_correlation(fine) is fine
    assert nearest_correlation(np.zeros((0, 0))).size == 0


def test_that_a_correlation_with_itself_or_with_nobody_is_no_pair() -> None:
    rows = (
        DriverCorrelation("a", "a", 0.2, 0.2, "w", "s"),
        DriverCorrelation("a", "gone", 0.3, 0.3, "w", "s"),
    )
    model = DriverModel.from_tables(RiskTables(tables().drivers, (), rows))
    assert model.missing_pairs == (("a", "b"),)
    np.testing.assert_allclose(model.calm, np.diag([0.04, 0.16]))


def test_that_calm_and_bad_weeks_have_their_own_correlations() -> None:
    model = DriverModel.from_tables(tables())
    assert model.missing_pairs == ()
    assert model.calm[0, 1] == model.calm[1, 0] == pytest.approx(0.5 * 0.2 * 0.4)
    assert model.stressed[0, 1] == pytest.approx(0.9 * 0.2 * 0.4)


def test_that_a_root_without_a_row_follows_the_most_special_of_its_groups() -> None:
    rows = (
        Sensitivity("theme:chips", "a", 0.7, 0.16, "w", "s"),
        Sensitivity("X", "b", 1.5, 0.1, "w", "s"),
    )
    model = DriverModel.from_tables(RiskTables(tables().drivers, rows, tables().correlations))
    members = tuple(ThemeMember("chips", name, 1.0, "w", "s") for name in ("X", "Y", "Z"))
    themes = (Theme("chips", "Chips", Family.AI_CHIPS, members),)
    roots = ("X", "Y", "Z", "W")
    found = model.loadings(roots, memberships_of(roots, {}, themes))
    np.testing.assert_allclose(found.beta, [[0.0, 1.5], [0.7, 0.0], [0.7, 0.0], [0.0, 0.0]])
    assert found.own_volatility.tolist() == [0.1, 0.16, 0.16, 0.0]
    assert found.is_known.tolist() == [True, True, True, False]
