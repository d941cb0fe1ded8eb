"""From a scenario's shocks to the move of every root: said directly, or followed from what was said."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np

from levcheck.domain.diagnostics import Diagnostic, LevcheckError, Severity
from levcheck.domain.scenario import Scenario, Shock
from levcheck.stress.daily_reset import BoolArray, FloatArray
from levcheck.stress.propagation import DriverModel, IntArray, Loadings, horizon_years
from levcheck.stress.targets import Memberships, Reach, Target, checked_shocks

_MAX_SWING: Final = 0.5
# A target that swings this little beside its driver, a year, is the driver under another name.
_OWN_LIFE: Final = 0.06


@dataclass(frozen=True, slots=True)
class RootMoves:
    """What a scenario does to R roots, in V variants of the assumptions (0 = measured links, shown; 1 = links of bad weeks).

    Attributes:
        moves: shape (V, R), simple return over the horizon, ≥ −1.
        swings: shape (V, R), size of a swinging day, ≥ 0.
        is_shocked: shape (R,), True where the scenario names the move itself.
        driver_moves: shape (V, D), what the drivers do; zero without propagation.
        years: how long it takes; an instant counts as a day.
        driver_covariance: shape (D, D), what stays uncertain over the horizon; zero without propagation.
        driver: shape (R,), number of the one driver each root follows.
        free_slope: shape (R,), how much of it a root takes; zero for shocked roots.
        free_own: shape (R,), own volatility over the horizon of the roots that follow; zero for shocked roots.
        currencies: ISO code → move against the base currency.
        direct: instrument id → (move, swing) for shocks on something that is no root.
        is_propagated: whether other roots followed.
        diagnostics: what has to be told.
    """

    moves: FloatArray
    swings: FloatArray
    is_shocked: BoolArray
    driver_moves: FloatArray
    years: float
    driver_covariance: FloatArray
    driver: IntArray
    free_slope: FloatArray
    free_own: FloatArray
    currencies: dict[str, float]
    direct: dict[str, tuple[float, float]]
    is_propagated: bool
    diagnostics: tuple[Diagnostic, ...]


def told_moves(
    roots: Sequence[str], moves: FloatArray, is_shocked: BoolArray
) -> tuple[tuple[str, float, str], ...]:
    """Return (root id, move, ``shocked`` or ``follows``) of the roots that moved, largest first.

    Args:
        roots: R root ids.
        moves: shape (R,), simple returns.
        is_shocked: shape (R,).
    """
    moved = np.flatnonzero(moves)
    order = moved[np.argsort(-np.abs(moves[moved]), kind="stable")]
    return tuple(
        (roots[root], move, "shocked" if shocked else "follows")
        for root, move, shocked in zip(
            order.tolist(), moves[order].tolist(), is_shocked[order].tolist(), strict=True
        )
    )


@dataclass(frozen=True, slots=True)
class RootBook:
    """The roots of a portfolio with what is known about them.

    Attributes:
        roots: R root ids.
        memberships: themes, classes, countries, currencies of the roots and of anything else shocked.
        model: drivers and sensitivities.
        loadings: how the R roots follow the drivers.
        root_of: instrument id → root id, for lines of an issuer that are its common share.
        instruments_held: ids of instruments that are no root but can be shocked (funds, preferreds).
        driver: shape (R,), number of the one driver each root follows; 0 where none is known.
        slope: shape (R,), return for a return of one of that driver; 0 where none is known.
    """

    roots: tuple[str, ...]
    memberships: Memberships
    model: DriverModel
    loadings: Loadings
    root_of: dict[str, str]
    instruments_held: frozenset[str]
    driver: IntArray = field(init=False)
    slope: FloatArray = field(init=False)

    def __post_init__(self) -> None:
        """Note the one driver each root follows: what a million lines ask for is a number and not a row."""
        beta = self.loadings.beta
        driver = np.zeros(len(beta), dtype=np.int64)
        slope = np.zeros(len(beta))
        if beta.size:
            driver = np.abs(beta).argmax(axis=1)
            slope = beta[np.arange(len(beta)), driver]
        object.__setattr__(self, "driver", driver)
        object.__setattr__(self, "slope", slope)


def resolve_moves(scenario: Scenario, book: RootBook) -> RootMoves:
    """Return the move of every root.

    Raises:
        LevcheckError: shocks that contradict each other, are impossible, or name nothing.
    """
    shocks = checked_shocks(_on_roots(scenario.shocks, book))
    currencies = {t.name: s.move for t, s in shocks if t.reach is Reach.CURRENCY}
    moving = [(t, s) for t, s in shocks if t.reach is not Reach.CURRENCY]
    direct = {
        t.name: (s.move, s.swing)
        for t, s in moving
        if t.reach is Reach.ROOT
        and t.name in book.instruments_held
        and t.name not in book.memberships.places
    }
    stated, is_shocked = _stated(moving, book)
    diagnostics = _missed(moving, direct, book) if scenario.origin == "custom" else ()
    telling = [(t, s) for t, s in moving if not s.is_own]
    _refuse_apart(telling, book.model)
    if not scenario.propagate or not book.model.ids or not telling:
        stated = _with_drivers(stated, is_shocked, telling, book)
        return _without_links(stated, is_shocked, book, currencies, direct, diagnostics)
    targets = [t for t, _ in telling]
    values = np.array([(s.move, s.swing) for _, s in telling], dtype=float)
    shocked = book.model.target_loadings(targets, book.loadings, book.memberships)
    views = [book.model.condition(shocked, values, stressed=stressed) for stressed in (False, True)]
    covariance = views[0].covariance
    # A quantity at a time (move, swing): whole columns are worked out, some tens of thousands of roots long.
    both = [
        np.stack(
            [
                np.where(is_shocked, said, book.slope * view.moves[book.driver, quantity])
                for view in views
            ]
        )
        for quantity, said in enumerate(np.ascontiguousarray(stated.T))
    ]
    years = horizon_years(scenario.horizon_days)
    free = ~is_shocked
    return RootMoves(
        moves=np.maximum(both[0], -1.0),
        swings=np.minimum(np.abs(both[1]), _MAX_SWING),
        is_shocked=is_shocked,
        driver_moves=np.stack([view.moves[:, 0] for view in views]),
        years=years,
        driver_covariance=covariance * years,
        driver=book.driver,
        free_slope=book.slope * free,
        free_own=book.loadings.own_volatility * free * float(np.sqrt(years)),
        currencies=currencies,
        direct=direct,
        is_propagated=True,
        diagnostics=diagnostics,
    )


def _on_roots(shocks: Sequence[Shock], book: RootBook) -> list[Shock]:
    """Return the shocks with share classes and receipts named by their issuer's root."""
    return [replace(s, target=book.root_of.get(s.target, s.target)) for s in shocks]


def _refuse_apart(moving: Sequence[tuple[Target, Shock]], model: DriverModel) -> None:
    """Refuse two shocks that move one and the same force both ways.

    Raises:
        LevcheckError: ``stress.apart``, naming both.
    """
    seen: dict[str, tuple[Shock, float]] = {}
    for target, shock in moving:
        found = _force(target, model)
        if found is None or shock.move == 0.0:
            continue
        driver, beta = found
        moved = shock.move / beta
        earlier = seen.setdefault(driver, (shock, moved))
        if earlier[1] * moved < 0.0:
            raise LevcheckError("stress.apart", first=earlier[0].target, second=shock.target)


def _force(target: Target, model: DriverModel) -> tuple[str, float] | None:
    """Return the driver a target as good as is, and its sensitivity to it; None for what has a life of its own."""
    if target.reach is Reach.DRIVER:
        return (target.name, 1.0) if target.name in model.ids else None
    row = model.sensitivities.get(target.member)
    if row is None or row.beta == 0.0 or row.own_volatility > _OWN_LIFE * abs(row.beta):
        return None
    return row.driver, row.beta


def _with_drivers(
    stated: FloatArray,
    is_shocked: BoolArray,
    moving: Sequence[tuple[Target, Shock]],
    book: RootBook,
) -> FloatArray:
    """Return the stated moves with those of roots that ride on a shocked driver, for scenarios without links."""
    found = stated.copy()
    for target, shock in moving:
        if target.reach is Reach.DRIVER and target.name in book.model.ids:
            beta = book.loadings.beta[:, book.model.ids.index(target.name)]
            found[~is_shocked, 0] += beta[~is_shocked] * shock.move
    return np.maximum(found, -1.0)


def _stated(moving: Sequence[tuple[Target, Shock]], book: RootBook) -> tuple[FloatArray, BoolArray]:
    """Return (move, swing) per root as the shocks say, shape (R, 2), and which roots they name.

    The most special target wins; among equals the stronger membership, then the larger move.
    """
    count = len(book.roots)
    stated = np.zeros((count, 2))
    reach = np.full(count, len(Reach), dtype=float)
    best_strength, best_size = np.zeros(count), np.zeros(count)
    for target, shock in moving:
        strength = book.memberships.strengths(target)
        if not strength.any():
            continue
        size, special = abs(shock.move), float(target.reach)
        stronger = (strength > best_strength) | ((strength == best_strength) & (size > best_size))
        wins = (strength > 0.0) & ((special < reach) | ((special == reach) & stronger))
        stated[wins, 0] = strength[wins] * shock.move
        stated[wins, 1] = strength[wins] * shock.swing
        reach[wins], best_size[wins] = special, size
        best_strength[wins] = strength[wins]
    return stated, reach < len(Reach)


def _missed(
    moving: Sequence[tuple[Target, Shock]], direct: dict[str, tuple[float, float]], book: RootBook
) -> tuple[Diagnostic, ...]:
    """Return a note for each shock that no root of the portfolio belongs to."""
    return tuple(
        Diagnostic("stress.target_not_held", Severity.INFO, None, {"target": shock.target})
        for target, shock in moving
        if target.name not in direct
        and target.reach is not Reach.DRIVER
        and not book.memberships.strengths(target).any()
    )


def _without_links(
    stated: FloatArray,
    is_shocked: BoolArray,
    book: RootBook,
    currencies: dict[str, float],
    direct: dict[str, tuple[float, float]],
    diagnostics: tuple[Diagnostic, ...],
) -> RootMoves:
    drivers = len(book.model.ids)
    return RootMoves(
        moves=stated[None, :, 0],
        swings=np.minimum(np.abs(stated[None, :, 1]), _MAX_SWING),
        is_shocked=is_shocked,
        driver_moves=np.zeros((1, drivers)),
        years=0.0,
        driver_covariance=np.zeros((drivers, drivers)),
        driver=book.driver,
        free_slope=np.zeros(len(book.roots)),
        free_own=np.zeros(len(book.roots)),
        currencies=currencies,
        direct=direct,
        is_propagated=False,
        diagnostics=diagnostics,
    )
