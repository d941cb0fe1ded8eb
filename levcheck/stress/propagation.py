"""What else moves when something is shocked: conditional expectation on a model of common drivers.

Each root follows one driver, r = β·f + ε, and drivers are correlated. Given shocks s on some variables::

    E[f | s] = Σ_f Bᵀ (B Σ_f Bᵀ + Ω)⁻¹ s          Cov[f | s] = Σ_f − Σ_f Bᵀ (B Σ_f Bᵀ + Ω)⁻¹ B Σ_f

which is the textbook E[r_x | r_s] = S_xs S_ss⁻¹ s written on the drivers; means over a stress horizon are taken as zero.

Source: Kupiec (1998), "Stress Testing in a Value at Risk Framework", Journal of Derivatives 6(1), 7-24.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

import numpy as np
import numpy.typing as npt

from levcheck.domain.risk import RiskTables, Sensitivity
from levcheck.stress.daily_reset import TRADING_DAYS, FloatArray
from levcheck.stress.targets import Memberships, Reach, Target

IntArray = npt.NDArray[np.int64]

# A shocked variable is never taken as perfectly explained: two shocks on one driver stay solvable.
_LEAST_OWN_VOLATILITY: Final = 0.02
# A group's row tells the noise of one member; the group's own is that of about ten independent ones.
_NAMES_IN_A_GROUP: Final = 10
_EIGENVALUE_FLOOR: Final = 1e-8
_LEAST_TOLD: Final = 1e-15


@dataclass(frozen=True, slots=True)
class Loadings:
    """How M variables follow the D drivers.

    Attributes:
        beta: shape (M, D), return for a driver's return of one.
        own_volatility: shape (M,), what no driver explains, fraction a year.
        is_known: shape (M,), False where no sensitivity was found: the variable stays where it is.
    """

    beta: FloatArray
    own_volatility: FloatArray
    is_known: npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class DriverView:
    """What shocks say about the drivers.

    Attributes:
        moves: shape (D, Q), expected driver move for each of the Q quantities shocked (moves, swings).
        covariance: shape (D, D), what stays uncertain, a year.
    """

    moves: FloatArray
    covariance: FloatArray


@dataclass(frozen=True, slots=True)
class DriverModel:
    """Drivers with their calm and stressed covariance and everyone's sensitivity.

    Attributes:
        ids: driver ids, D of them.
        calm: covariance a year, shape (D, D).
        stressed: the same with correlations of bad weeks.
        sensitivities: member → how it follows its driver.
        missing_pairs: pairs of drivers without a correlation, counted as zero.
    """

    ids: tuple[str, ...]
    calm: FloatArray
    stressed: FloatArray
    sensitivities: Mapping[str, Sensitivity]
    missing_pairs: tuple[tuple[str, str], ...]

    @classmethod
    def from_tables(cls, tables: RiskTables) -> "DriverModel":
        """Return the model of some tables; sensitivities to drivers that are not listed are dropped."""
        ids = tuple(driver.id for driver in tables.drivers)
        volatility = np.array([driver.volatility for driver in tables.drivers], dtype=float)
        place = {identifier: number for number, identifier in enumerate(ids)}
        calm, stressed = np.eye(len(ids)), np.eye(len(ids))
        told: set[frozenset[str]] = set()
        for pair in tables.correlations:
            if pair.a in place and pair.b in place and pair.a != pair.b:
                i, j = place[pair.a], place[pair.b]
                calm[i, j] = calm[j, i] = pair.calm
                stressed[i, j] = stressed[j, i] = pair.stressed
                told.add(frozenset((pair.a, pair.b)))
        scale = np.outer(volatility, volatility)
        return cls(
            ids,
            nearest_correlation(calm) * scale,
            nearest_correlation(stressed) * scale,
            {row.member: row for row in tables.sensitivities if row.driver in place},
            tuple(pair for pair in combinations(ids, 2) if frozenset(pair) not in told),
        )

    def loadings(self, roots: Sequence[str], memberships: Memberships) -> Loadings:
        """Return how each root follows the drivers; the most special row wins."""
        beta = np.zeros((len(roots), len(self.ids)))
        own = np.zeros(len(roots))
        known = np.zeros(len(roots), dtype=bool)
        place = {identifier: number for number, identifier in enumerate(self.ids)}
        # Few roots have a row of their own; of the others, those that belong to the same groups follow the same row.
        alike: dict[Hashable, Sensitivity | None] = {}
        for number, root in enumerate(roots):
            row = self.sensitivities.get(root)
            if row is None:
                kind = memberships.kind_of(root)
                if kind not in alike:
                    alike[kind] = self._first(memberships.lookup_order(root))
                row = alike[kind]
            if row is not None:
                beta[number, place[row.driver]] = row.beta
                own[number] = row.own_volatility
                known[number] = True
        return Loadings(beta, own, known)

    def _first(self, members: Iterable[str]) -> Sensitivity | None:
        return next(
            (row for name in members if (row := self.sensitivities.get(name)) is not None), None
        )

    def target_loadings(
        self, targets: Sequence[Target], of_roots: Loadings, memberships: Memberships
    ) -> Loadings:
        """Return how shocked variables follow the drivers.

        A group (theme, class, country) follows the row that stands under its own name; without one it is the mean
        of its members among the roots, whose own noise averages out.
        """
        rows = [self._target_row(target, of_roots, memberships) for target in targets]
        beta = np.array([row[0] for row in rows], dtype=float).reshape(len(rows), len(self.ids))
        own = np.array([max(row[1], _LEAST_OWN_VOLATILITY) for row in rows], dtype=float)
        return Loadings(beta, own, np.array([row[2] for row in rows], dtype=bool))

    def _target_row(
        self, target: Target, of_roots: Loadings, memberships: Memberships
    ) -> tuple[FloatArray, float, bool]:
        names = (
            memberships.lookup_order(target.name)
            if target.reach is Reach.ROOT
            else (target.member,)
        )
        row = self._first(names)
        beta = np.zeros(len(self.ids))
        if target.reach is Reach.DRIVER and target.name in self.ids:
            beta[self.ids.index(target.name)] = 1.0
            return beta, 0.0, True
        if row is not None:
            beta[self.ids.index(row.driver)] = row.beta
            is_group = target.reach is not Reach.ROOT
            own = row.own_volatility / _NAMES_IN_A_GROUP**0.5 if is_group else row.own_volatility
            return beta, own, True
        strength = memberships.strengths(target)
        weight = np.where(of_roots.is_known, strength, 0.0)
        total = float(weight.sum())
        if total <= 0.0:
            return beta, 0.0, False
        # Few roots of many are members, and a row of loadings is long.
        member = np.flatnonzero(weight)
        weight = weight[member] / total
        own = float(np.sqrt(np.sum((weight * of_roots.own_volatility[member]) ** 2)))
        return np.asarray(weight @ of_roots.beta[member], dtype=float), own, True

    def condition(self, shocked: Loadings, values: FloatArray, *, stressed: bool) -> DriverView:
        """Return what shocks of known size say about the drivers.

        Args:
            shocked: of the K shocked variables.
            values: shape (K, Q), shocked quantities (move, swing), fractions.
            stressed: whether to use correlations of bad weeks.
        """
        covariance = self.stressed if stressed else self.calm
        keep = shocked.is_known
        beta = shocked.beta[keep]
        if beta.shape[0] == 0:
            return DriverView(np.zeros((len(self.ids), values.shape[1])), covariance)
        cross = covariance @ beta.T
        own = np.diag(shocked.own_volatility[keep] ** 2)
        gain = cross @ _inverse(beta @ cross + own)
        left = covariance - gain @ cross.T
        return DriverView(
            np.asarray(gain @ values[keep], dtype=float),
            np.asarray((left + left.T) / 2.0, dtype=float),
        )


def _inverse(matrix: FloatArray) -> FloatArray:
    """Return the pseudo-inverse of a small covariance; two shocks on one thing leave a direction that tells nothing."""
    if len(matrix) == 1:
        only = float(matrix[0, 0])
        return np.array([[1.0 / only if only > 0.0 else 0.0]])
    values, vectors = np.linalg.eigh(matrix)
    size = np.abs(values)
    told = size > _LEAST_TOLD * size.max()
    found = np.divide(1.0, values, out=np.zeros_like(values), where=told)
    return np.asarray((vectors * found) @ vectors.T, dtype=float)


def root_volatility(model: DriverModel, loadings: Loadings) -> FloatArray:
    """Return each variable's volatility, fraction a year, shape (M,); nan where nothing is known."""
    systematic = np.sum((loadings.beta @ model.calm) * loadings.beta, axis=1)
    total = np.sqrt(systematic + loadings.own_volatility**2)
    return np.where(loadings.is_known, total, np.nan)


def horizon_years(horizon_days: int) -> float:
    """Return a horizon in years of trading days; an instant counts as one day of uncertainty."""
    return max(horizon_days, 1) / TRADING_DAYS


def nearest_correlation(matrix: FloatArray) -> FloatArray:
    """Return the matrix itself when it is positive semidefinite, else with its eigenvalues lifted to a floor.

    The unit diagonal is restored after lifting, so every entry stays a correlation.
    """
    if matrix.size == 0 or _is_semidefinite(matrix):
        return matrix
    values, vectors = np.linalg.eigh(matrix)
    lifted = (vectors * np.maximum(values, _EIGENVALUE_FLOOR)) @ vectors.T
    scale = np.sqrt(np.diag(lifted))
    return np.asarray(lifted / np.outer(scale, scale), dtype=float)


def _is_semidefinite(matrix: FloatArray) -> bool:
    try:
        np.linalg.cholesky(matrix + _EIGENVALUE_FLOOR * np.eye(len(matrix)))
    except np.linalg.LinAlgError:
        return False
    return True
