"""Workloads of shocks: the whole analysis, scenarios, the slider, many possible ways."""

import itertools
import os
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import numpy as np

from levcheck.app.analysis import Analysis
from levcheck.app.pipeline import analyse, forget
from levcheck.bench.made_up import FloatArray, book_of_funds, fund_id, security_id
from levcheck.bench.measuring import Goal, Workload, repeated, timed
from levcheck.bench.setting import Setting, shifted
from levcheck.domain.scenario import Scenario, Shock
from levcheck.stress.daily_reset import TRADING_DAYS
from levcheck.stress.portfolio_stress import StressInput, StressModel
from levcheck.stress.simulation import (
    Bootstrap,
    ResetLines,
    daily_loading,
    simulate_pnl,
    student_t_days,
)

_ROOTS, _LINES, _DAYS = 40, 200, 63
_NAIVE_PATHS = 1_000
_TINY = 1e-7
_CORES = os.cpu_count() or 1


class PlainTables:
    """The doors of an analysis as a table, as a script would hold them."""

    def __init__(self, analysis: Analysis) -> None:
        import pandas as pd

        doors = [(door, root.root) for root in analysis.exposures for door in root.doors]
        self.doors: Any = pd.DataFrame(
            {
                "line": [door.position for door, _ in doors],
                "root": [root for _, root in doors],
                "amount": [door.amount for door, _ in doors],
            }
        )
        self.members: Any = pd.DataFrame(
            [
                (member.member, theme.id, member.strength)
                for theme in analysis.theme_list
                for member in theme.members
            ],
            columns=["root", "theme", "strength"],
        )
        self.moves: list[Any] = [
            pd.DataFrame(
                [(root, move) for root, move, _ in result.root_moves], columns=["root", "move"]
            )
            for result in analysis.stress
        ]
        roots = {root: n for n, root in enumerate(self.doors["root"].unique().tolist())}
        lines = {line: n for n, line in enumerate(self.doors["line"].unique().tolist())}
        self._root = self.doors["root"].map(roots).to_numpy(dtype=np.int64)
        self._line = self.doors["line"].map(lines).to_numpy(dtype=np.int64)
        self._amount = self.doors["amount"].to_numpy(dtype=float)
        self._move = np.full(len(roots), -0.1)

    def scenario(self, number: int) -> object:
        """Return profit and loss by line, each root times its move and nothing else."""
        merged = self.doors.merge(self.moves[number % len(self.moves)], on="root")
        merged["pnl"] = merged["amount"] * merged["move"]
        return merged.groupby("line")["pnl"].sum()

    def whole(self, scenarios: int) -> object:
        """Return totals by root and by theme, and every scenario."""
        roots = self.doors.groupby("root")["amount"].sum()
        themed = self.doors.merge(self.members, on="root")
        themed["amount"] *= themed["strength"]
        themes = themed.groupby("theme")["amount"].sum()
        return roots, themes, [self.scenario(number) for number in range(scenarios)]

    def pass_over(self) -> FloatArray:
        """Return profit and loss by line with arrays already laid out."""
        moved = self._amount * self._move[self._root]
        return np.asarray(np.bincount(self._line, moved), dtype=float)


def analysis_of_person(setting: Setting) -> Workload:
    """The whole analysis of one person, nothing remembered but the library."""
    plain = PlainTables(setting.analysis)
    count = len(setting.twenty)
    return Workload(
        "analysis-40",
        f"whole analysis of {len(setting.person.positions)} positions with {count} scenarios",
        timed(
            "analyse",
            lambda _: analyse(setting.person, setting.catalogue, setting.twenty),
            forget,
        ),
        repeated(
            "pandas: totals, themes, scenarios; no names, doors, ranges or models",
            lambda: plain.whole(count),
        ),
        repeated("numpy: twenty passes over the doors", lambda: _passes(plain, count)),
        Goal(within=50.0),
        setting.sizes.rounds,
    )


def _passes(plain: PlainTables, count: int) -> None:
    for _ in range(count):
        plain.pass_over()


def _scenarios(setting: Setting, name: str, chosen: tuple[Scenario, ...], goal: Goal) -> Workload:
    plain = PlainTables(setting.analysis)
    tick = itertools.count(1)
    # All targets are known to the ground from here on, so that only losses are computed below.
    analyse(setting.person, setting.catalogue, setting.scenarios)

    def ours() -> object:
        step = next(tick) * _TINY
        return analyse(setting.person, setting.catalogue, [shifted(s, step) for s in chosen])

    numbers = range(len(chosen))
    return Workload(
        name,
        f"{len(chosen)} of the library's scenarios on {len(setting.person.positions)} analysed positions",
        repeated("analyse, nothing remembered fits", ours),
        repeated(
            "pandas merge; no models, ranges or causes",
            lambda: [plain.scenario(number) for number in numbers],
        ),
        repeated("numpy: one pass over the doors each", lambda: _passes(plain, len(chosen))),
        goal,
        setting.sizes.rounds,
    )


def one_scenario(setting: Setting) -> Workload:
    """One scenario of the library."""
    return _scenarios(setting, "scenario-1", setting.scenarios[:1], Goal(within=15.0))


def all_scenarios(setting: Setting) -> Workload:
    """Every scenario of the library."""
    return _scenarios(setting, "scenario-all", setting.scenarios, Goal())


def slider_step(setting: Setting) -> Workload:
    """A hand on the slider: one own shock, another number each time."""
    target = setting.analysis.exposures[0].root
    own = Scenario("custom", "Own shock", "", (Shock(target, -0.13),), 0, origin="custom")
    analyse(setting.person, setting.catalogue, [own])
    return _scenarios(setting, "slider-step", (own,), Goal(within=15.0))


def scenario_of_book(setting: Setting) -> Workload:
    """One scenario on a large book: a million fund lines under it."""
    import pandas as pd

    lists, library = setting.lists, setting.library
    fund, value = book_of_funds(lists, setting.sizes.positions, setting.seed)
    graph = setting.graph
    target = "theme:theme-0"
    book = StressInput(
        position_ids=tuple(f"p{n}" for n in range(1, len(fund) + 1)),
        node=np.array([graph.index[fund_id(n)] for n in fund.tolist()], dtype=np.int64),
        market_value=value,
        graph=graph,
        instruments=library.instruments,
        themes=library.all_themes,
        overnight_rate=0.0364,
    )
    model = StressModel(book, library.risk_tables(), [target])
    moves = np.random.default_rng(setting.seed).normal(-0.1, 0.1, lists.securities)
    start = lists.start[:-1]
    scenario = Scenario("custom", "Own shock", "", (Shock(target, -0.3),), 0)

    lines = setting.line_table
    by_root = pd.DataFrame(
        {"security": [security_id(n) for n in range(lists.securities)], "move": moves}
    )
    held = pd.DataFrame({"fund": [fund_id(n) for n in fund.tolist()], "value": value})

    def by_pandas() -> object:
        merged = lines.merge(by_root, on="security")
        merged["part"] = merged["weight"] * merged["move"]
        of_fund = merged.groupby("fund")["part"].sum()
        return held["fund"].map(of_fund) * held["value"]

    def plain() -> FloatArray:
        of_fund = np.add.reduceat(lists.weight * moves[lists.security], start)
        found: FloatArray = of_fund[fund] * value
        return found

    return Workload(
        "scenario-book",
        f"one scenario on {len(fund):,} positions in {len(lists.security):,} fund lines, "
        "with ranges and causes",
        repeated("StressModel.run", lambda: model.run(scenario)),
        repeated("pandas merge; moves given, no models, ranges or causes", by_pandas),
        repeated("numpy: moves given, one pass over the lines", plain),
        Goal(within=16.0),
        setting.sizes.rounds,
    )


# --- many ways ---------------------------------------------------------------------------------------------


def _lines(seed: int) -> tuple[ResetLines, FloatArray]:
    """Return leveraged lines and the covariance of what they ride on, a year."""
    random = np.random.default_rng(seed)
    loading = random.normal(0.0, 1.0, (_ROOTS, 6))
    covariance = loading @ loading.T / 6.0 + np.eye(_ROOTS)
    scale = np.sqrt(np.diag(covariance))
    volatility = random.uniform(0.3, 0.9, _ROOTS)
    covariance = covariance / np.outer(scale, scale) * np.outer(volatility, volatility)
    lines = ResetLines(
        root=random.integers(0, _ROOTS, _LINES).astype(np.int64),
        factor=random.choice(np.array([-3.0, -2.0, -1.0, 2.0, 3.0]), _LINES),
        market_value=random.lognormal(9.0, 1.0, _LINES),
        carry=np.full(_LINES, -0.0001),
    )
    return lines, covariance


def _cube_of_t(covariance: FloatArray, paths: int, seed: int) -> FloatArray:
    random = np.random.default_rng(seed)
    root = np.linalg.cholesky(covariance / TRADING_DAYS) * np.sqrt(3.0 / 5.0)
    normal = random.standard_normal((paths, _DAYS, _ROOTS)) @ root.T
    size = np.sqrt(5.0 / random.chisquare(5.0, (paths, _DAYS, 1)))
    return np.asarray(np.maximum(normal * size, -1.0), dtype=float)


def _line_by_line(lines: ResetLines, days: FloatArray) -> FloatArray:
    """Return the result of each path, every position multiplied out over the whole cube by itself."""
    pnl = np.zeros(len(days))
    for number in range(len(lines.root)):
        growth = 1.0 + lines.factor[number] * days[:, :, lines.root[number]] + lines.carry[number]
        pnl += lines.market_value[number] * (np.maximum(growth, 0.0).prod(axis=1) - 1.0)
    return pnl


def _paths(setting: Setting, which: int, goal: Goal) -> Workload:
    lines, covariance = _lines(setting.seed)
    count = setting.sizes.paths[which]
    naive = min(count, _NAIVE_PATHS)
    part = min(count, 8_192)
    block = min(part, 1_024)

    def draws() -> None:
        random = np.random.Generator(np.random.SFC64(1))
        half = block * _ROOTS // 2
        for _ in range(part // block * _DAYS):
            words = random.integers(0, 2**64 - 1, half, dtype=np.uint64).view(np.uint32)
            uniform = words.astype(np.float32)
            size, angle = uniform[:half], uniform[half:]
            size *= np.float32(2.0**-32)
            size += np.float32(1e-10)
            np.log(size, out=size)
            np.abs(size, out=size)
            np.sqrt(size, out=size)
            np.cos(angle, out=angle)

    return Workload(
        "paths-few" if which == 0 else "paths-many",
        f"{count:,} paths of {_DAYS} days, {_ROOTS} roots, {_LINES} daily-reset lines",
        repeated(
            "simulate_pnl",
            lambda: simulate_pnl(
                lines,
                _DAYS,
                count,
                setting.seed,
                partial(student_t_days, daily_loading(covariance)),
            ),
        ),
        repeated(
            "numpy, whole cube, line by line",
            lambda: _line_by_line(lines, _cube_of_t(covariance, naive, setting.seed)),
            scale=count / naive,
        ),
        repeated(
            "random words, logarithm, root and cosine only, float32, shared out to all cores",
            draws,
            scale=count / part / _CORES,
        ),
        goal,
        max(2, setting.sizes.rounds - 2 * which),
    )


def few_paths(setting: Setting) -> Workload:
    """Paths while somebody waits."""
    return _paths(setting, 0, Goal(within=500.0))


def many_paths(setting: Setting) -> Workload:
    """Paths for a report."""
    return _paths(setting, 1, Goal(faster=10.0, above_floor=2.5))


def historic_paths(setting: Setting) -> Workload:
    """Paths made of blocks of real days."""
    lines, covariance = _lines(setting.seed)
    history = _cube_of_t(covariance, 40, setting.seed).reshape(-1, _ROOTS)[:2_500]
    count = setting.sizes.paths[0]
    naive = min(count, _NAIVE_PATHS)
    drawn = history[np.random.default_rng(1).integers(0, len(history), (naive, _DAYS))]
    place = np.random.default_rng(2).integers(0, len(history), 4_096)

    def gathers() -> None:
        for _ in range(_DAYS):
            np.take(history, place, axis=0)

    return Workload(
        "paths-historic",
        f"{count:,} paths of {_DAYS} days from blocks of {len(history):,} days, {_LINES} daily-reset lines",
        repeated(
            "simulate_pnl",
            lambda: simulate_pnl(lines, _DAYS, count, setting.seed, Bootstrap(history)),
        ),
        repeated(
            "numpy, whole cube, line by line",
            lambda: _line_by_line(lines, drawn),
            scale=count / naive,
        ),
        repeated(
            "gather the days only, shared out to all cores",
            gathers,
            scale=count / 4_096 / _CORES,
        ),
        Goal(faster=12.0),
        setting.sizes.rounds,
    )


WORKLOADS: Mapping[str, Callable[[Setting], Workload]] = {
    "analysis-40": analysis_of_person,
    "scenario-1": one_scenario,
    "scenario-all": all_scenarios,
    "slider-step": slider_step,
    "scenario-book": scenario_of_book,
    "paths-few": few_paths,
    "paths-many": many_paths,
    "paths-historic": historic_paths,
}
