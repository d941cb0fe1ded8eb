"""Workloads of a size that one person never has: long workbooks, funds of funds of funds, a firm's clients."""

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from levcheck.bench.made_up import (
    FloatArray,
    FundLists,
    MadeUpLibrary,
    book_of_funds,
    fund_id,
    portfolio_of_symbols,
    with_funds_inside,
    with_funds_of_funds,
)
from levcheck.bench.measuring import Contender, Goal, Workload, one_pass, repeated, timed
from levcheck.bench.setting import Setting, shifted
from levcheck.exposure.graph import InstrumentGraph, build_graph
from levcheck.exposure.levels import levels_of
from levcheck.exposure.lookthrough import look_through

if TYPE_CHECKING:
    from levcheck.domain.scenario import Scenario

_BYTES_A_LINE, _BYTES_A_CHAIN = 12, 40
_SHARE_OF_FUNDS = 0.05
_FUNDS_INSIDE = 20
_PERSON = 40
_LINES_A_CLIENT = 25
_PATIENCE = 600.0
# One sample of each way is thrown away and one counted: the slow way alone takes a quarter of a minute.
_ROUNDS_OF_LARGE = 1


# --- a long workbook ---------------------------------------------------------------------------------------


def _reading(setting: Setting, way: str) -> tuple[float, float]:
    """Return milliseconds and megabytes of one way of reading, in a process of its own."""
    path = setting.large_workbook
    root = str(Path(__file__).resolve().parents[2])
    known = os.environ.get("PYTHONPATH")
    done = subprocess.run(  # noqa: S603  # our own module, with a name from our own table
        [sys.executable, "-m", "levcheck.bench.one_reading", way, str(path)],
        env={**os.environ, "PYTHONPATH": f"{root}{os.pathsep}{known}" if known else root},
        capture_output=True,
        text=True,
        timeout=_PATIENCE,
        check=True,
    )
    passed, most = map(float, done.stdout.split())
    setting.readings[way] = (passed, most)
    return passed, most


def read_large(setting: Setting) -> Workload:
    """Cells of a long workbook, in a process that was just started."""

    def way(name: str, which: str) -> Contender:
        return Contender(name, lambda: _reading(setting, which)[0])

    return Workload(
        "read-large",
        f"cells of a workbook of {setting.sizes.large_rows:,} x 10, error cells and formats reported",
        way("parse_workbook", "ours"),
        way("openpyxl", "openpyxl"),
        way("unzip only", "unzip"),
        Goal(faster=12.0),
        _ROUNDS_OF_LARGE,
    )


def memory_of_large(setting: Setting) -> Workload:
    """The most memory the process that reads a long workbook ever holds; as it was when its time was taken."""

    def way(name: str, which: str) -> Contender:
        return Contender(name, lambda: (setting.readings.get(which) or _reading(setting, which))[1])

    return Workload(
        "memory-large",
        f"most memory of the process that reads a workbook of {setting.sizes.large_rows:,} x 10",
        way("parse_workbook", "ours"),
        way("openpyxl", "openpyxl"),
        way("unzip only", "unzip"),
        Goal(faster=3.0),
        _ROUNDS_OF_LARGE,
        "MB",
    )


# --- funds of funds ----------------------------------------------------------------------------------------


def _graph(lists: FundLists) -> InstrumentGraph:
    library = MadeUpLibrary(lists)
    starts = [fund_id(number) for number in range(lists.funds)]
    return build_graph(starts, library.instruments, library.holdings)[0]


class _Recursion:
    """Funds looked through as a script would: a function that calls itself, answers kept in dicts."""

    def __init__(self, lists: FundLists) -> None:
        is_fund = lists.funds_held
        start, held, weight = lists.start.tolist(), lists.security.tolist(), lists.weight.tolist()
        self._lines = [
            [(held[n], weight[n], bool(is_fund[n])) for n in range(start[f], start[f + 1])]
            for f in range(lists.funds)
        ]

    def totals(self, held: list[tuple[int, float]]) -> dict[int, float]:
        """Return totals by security of money in funds."""
        known: dict[int, dict[int, float]] = {}
        total: dict[int, float] = {}
        for fund, value in held:
            for security, weight in self._look(fund, known).items():
                total[security] = total.get(security, 0.0) + value * weight
        return total

    def _look(self, fund: int, known: dict[int, dict[int, float]]) -> dict[int, float]:
        found = known.get(fund)
        if found is None:
            found = known[fund] = {}
            for held, weight, is_fund in self._lines[fund]:
                inside = self._look(held, known) if is_fund else {held: 1.0}
                for security, part in inside.items():
                    found[security] = found.get(security, 0.0) + weight * part
        return found


def funds_of_funds(setting: Setting) -> Workload:
    """Totals where funds hold funds that hold funds, without end in sight."""
    lists = with_funds_inside(setting.lists, _SHARE_OF_FUNDS, setting.seed)
    graph = _graph(lists)
    levels = levels_of(graph)
    fund, value = book_of_funds(lists, setting.sizes.positions, setting.seed)
    node = np.array([graph.index[fund_id(n)] for n in fund.tolist()], dtype=np.int64)
    money = levels.placed(node, value)
    part = max(1, lists.funds // 10)
    held = [(f, v) for f, v in zip(fund.tolist(), value.tolist(), strict=True) if f < part]
    script = _Recursion(lists)
    return Workload(
        "funds-of-funds",
        f"totals by security, {len(fund):,} positions in {lists.funds:,} funds of {len(lists.security):,} lines, "
        f"one in twenty a fund: {len(levels.inner)} levels deep",
        repeated(
            "money handed down level by level", lambda: levels.at_roots(levels.arrived(money))
        ),
        timed(
            "recursion with dicts; the first tenth of the funds, counted ten times",
            lambda _: script.totals(held),
            lambda: None,
            scale=lists.funds / part,
        ),
        one_pass(_BYTES_A_LINE * len(lists.security), "twelve bytes a line through memory"),
        Goal(faster=1_000.0),
        setting.sizes.rounds,
    )


def chains_of_funds(setting: Setting) -> Workload:
    """A person's funds of funds, every chain kept."""
    lists = with_funds_of_funds(
        setting.lists,
        max(1, int(setting.lists.funds * _SHARE_OF_FUNDS)),
        _FUNDS_INSIDE,
        setting.seed,
    )
    graph = _graph(lists)
    random = np.random.default_rng(setting.seed)
    fund = random.integers(setting.lists.funds, lists.funds, _PERSON)
    value = random.lognormal(9.0, 1.0, _PERSON)
    node = np.array([graph.index[fund_id(n)] for n in fund.tolist()], dtype=np.int64)
    held = list(zip(fund.tolist(), value.tolist(), strict=True))
    chains = len(look_through(graph, node, value).root)
    script = _Recursion(lists)

    def ours() -> FloatArray:
        found = look_through(graph, node, value)
        return np.bincount(found.root, found.amount, len(graph.roots)).astype(float)

    return Workload(
        "chains-of-funds",
        f"{_PERSON} positions in funds of {_FUNDS_INSIDE} funds: {chains:,} chains and their totals",
        repeated("look_through", ours),
        timed("recursion with dicts, no chain kept", lambda _: script.totals(held), lambda: None),
        one_pass(_BYTES_A_CHAIN * chains, "five numbers a chain through memory"),
        rounds=setting.sizes.rounds,
    )


# --- a firm ------------------------------------------------------------------------------------------------


def _firm(setting: Setting, scenarios: int) -> Workload:
    from levcheck.app.pipeline import analyse, forget
    from levcheck.bench.made_up_book import symbols_of_client
    from levcheck.bench.stress_work import PlainTables

    clients = setting.sizes.firm_clients
    measured = setting.sizes.firm_measured[0 if scenarios == 1 else 1]
    held = [
        portfolio_of_symbols(symbols_of_client(number, setting.seed), number)
        for number in range(measured)
    ]
    chosen = _scenarios(setting, scenarios)
    plain = [PlainTables(analyse(one, setting.catalogue, chosen)) for one in held]

    def ours(_: None) -> None:
        for one in held:
            analyse(one, setting.catalogue, chosen)

    def by_pandas(_: None) -> None:
        for one in plain:
            one.whole(scenarios)

    return Workload(
        f"firm-{scenarios}",
        f"{clients:,} clients of {_LINES_A_CLIENT} lines, scenarios: {scenarios}, one core: "
        f"the whole analysis of {measured} of them as a batch makes it, counted up",
        timed("analyse, client by client", ours, forget, scale=clients / measured),
        timed(
            "pandas, client by client: totals, themes, scenarios; no names, doors, ranges or models",
            by_pandas,
            lambda: None,
            scale=clients / measured,
        ),
        _arrays_of_firm(setting, scenarios),
        Goal(above_floor=30.0),
        setting.sizes.rounds,
    )


def _scenarios(setting: Setting, count: int) -> "tuple[Scenario, ...]":
    known = setting.scenarios
    return tuple(shifted(known[n % len(known)], 0.001 * (n // len(known))) for n in range(count))


def _arrays_of_firm(setting: Setting, scenarios: int) -> Contender:
    """Return the limit: what every fund makes of given moves, and every client of his funds, arrays laid out before."""
    lists, random = setting.lists, np.random.default_rng(setting.seed)
    lines = setting.sizes.firm_clients * _LINES_A_CLIENT
    fund = random.integers(0, lists.funds, lines)
    value = random.lognormal(9.0, 1.0, lines)
    first = np.arange(0, lines, _LINES_A_CLIENT)
    moves = random.normal(-0.1, 0.1, (scenarios, lists.securities))

    def passes() -> None:
        for move in moves:
            of_fund = np.add.reduceat(lists.weight * move[lists.security], lists.start[:-1])
            np.add.reduceat(value * of_fund[fund], first)

    return repeated("numpy: moves given, all clients at once, losses alone", passes)


WORKLOADS: Mapping[str, Callable[[Setting], Workload]] = {
    "read-large": read_large,
    "memory-large": memory_of_large,
    "funds-of-funds": funds_of_funds,
    "chains-of-funds": chains_of_funds,
    "firm-1": partial(_firm, scenarios=1),
    "firm-64": partial(_firm, scenarios=64),
}
