"""Workloads of looking through funds: totals, themes, overlap, and how they grow."""

import time
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from levcheck.bench.made_up import (
    FloatArray,
    FundLists,
    IntArray,
    MadeUpLibrary,
    book_of_funds,
    fund_id,
    fund_lists,
    portfolio_of_symbols,
    security_id,
)
from levcheck.bench.measuring import (
    Contender,
    Goal,
    Growth,
    Workload,
    grown,
    one_pass,
    repeated,
    timed,
)
from levcheck.bench.setting import Setting
from levcheck.exposure.entries import entries_of
from levcheck.exposure.graph import InstrumentGraph, build_graph
from levcheck.exposure.levels import levels_of
from levcheck.exposure.lookthrough import look_through
from levcheck.exposure.overlap import shared_pairs
from levcheck.exposure.themes import membership, theme_exposure


def _nodes(graph: InstrumentGraph, fund: IntArray) -> IntArray:
    return np.array([graph.index[fund_id(n)] for n in fund.tolist()], dtype=np.int64)


def _held(fund: IntArray, value: FloatArray) -> Any:
    import pandas as pd

    return pd.DataFrame({"fund": [fund_id(n) for n in fund.tolist()], "value": value})


def _merged_totals(held: Any, lines: Any) -> object:
    merged = held.merge(lines, on="fund")
    merged["amount"] = merged["value"] * merged["weight"]
    return merged.groupby("security")["amount"].sum()


def look_through_person(setting: Setting) -> Workload:
    """A person's 40 positions followed to their roots."""
    return _look_through(
        setting,
        "look-through-40",
        min(40, setting.sizes.positions),
        Goal(faster=20.0),
    )


def look_through_book(setting: Setting) -> Workload:
    """A large book followed to its roots, every chain kept."""
    return _look_through(
        setting,
        "look-through-book",
        setting.sizes.positions,
        Goal(above_floor=25.0),
    )


def _look_through(setting: Setting, name: str, positions: int, goal: Goal) -> Workload:
    lists, graph = setting.lists, setting.graph
    fund, value = book_of_funds(lists, positions, setting.seed)
    node = _nodes(graph, fund)
    held, lines = _held(fund, value), setting.line_table
    reached = int(np.diff(lists.start)[fund].sum())

    def ours() -> FloatArray:
        found = look_through(graph, node, value)
        total: FloatArray = np.bincount(found.root, found.amount, len(graph.roots)).astype(float)
        return total

    return Workload(
        name,
        f"{positions:,} positions in {lists.funds:,} funds of {len(lists.security):,} lines: "
        f"{reached:,} chains and their totals",
        repeated("look_through", ours),
        repeated("pandas merge on text keys", lambda: _merged_totals(held, lines)),
        # An entry is written once as (position, root, step, end, amount): five numbers of eight bytes.
        one_pass(reached * 40, "five numbers a chain through memory"),
        goal,
        setting.sizes.rounds,
    )


def totals_of_book(setting: Setting) -> Workload:
    """Totals by security of a large book: what no chain is needed for."""
    lists, graph = setting.lists, setting.graph
    fund, value = book_of_funds(lists, setting.sizes.positions, setting.seed)
    node = _nodes(graph, fund)
    held, lines = _held(fund, value), setting.line_table

    levels = levels_of(graph)

    def ours() -> FloatArray:
        # Positions in the same fund share its way down, so the money is put together before it goes.
        return levels.at_roots(levels.arrived(levels.placed(node, value)))

    return Workload(
        "look-through-totals",
        f"totals by security, {setting.sizes.positions:,} positions in {len(lists.security):,} fund lines",
        repeated("money handed down level by level", ours),
        repeated("pandas merge on text keys", lambda: _merged_totals(held, lines)),
        one_pass(12 * len(lists.security), "twelve bytes a line through memory"),
        Goal(faster=20.0, above_floor=10.0),
        setting.sizes.rounds,
    )


def themes_of_book(setting: Setting) -> Workload:
    """Exposure by theme, from exposure by root."""
    exposure = _exposures(setting.lists, setting.sizes.overlap)
    roots = [security_id(n) for n in range(setting.lists.securities)]
    themes = setting.library.all_themes
    strengths = membership(roots, themes)
    held = entries_of(exposure)
    theme_of = {member.member: theme.id for theme in themes for member in theme.members}
    rows = _as_dicts(exposure)

    def by_dicts() -> object:
        found: list[dict[str, float]] = []
        for row in rows:
            sums: dict[str, float] = {}
            for root, amount in row.items():
                theme = theme_of[roots[root]]
                sums[theme] = sums.get(theme, 0.0) + amount
            found.append(sums)
        return found

    return Workload(
        "themes",
        f"{len(themes)} themes over {len(exposure)} funds, {sum(map(len, rows)):,} exposures",
        repeated("theme_exposure", lambda: theme_exposure(held, strengths)),
        repeated("dicts", by_dicts),
        one_pass(12 * int(np.count_nonzero(exposure)), "twelve bytes an exposure through memory"),
        rounds=setting.sizes.rounds,
    )


def _exposures(lists: FundLists, funds: int) -> FloatArray:
    """Return exposure per fund and security for 10,000 in each, shape (funds, S)."""
    found = np.zeros((funds, lists.securities))
    for number in range(funds):
        part = slice(int(lists.start[number]), int(lists.start[number + 1]))
        found[number, lists.security[part]] = lists.weight[part] * 10_000.0
    return found


def _as_dicts(exposure: FloatArray) -> list[dict[int, float]]:
    found = []
    for row in exposure:
        held = np.flatnonzero(row)
        found.append(dict(zip(held.tolist(), row[held].tolist(), strict=True)))
    return found


def overlap_of_few(setting: Setting) -> Workload:
    """A person's 15 funds compared with one another."""
    return _overlap(setting, "overlap-15", min(15, setting.sizes.overlap), Goal(within=1.0))


def overlap_of_many(setting: Setting) -> Workload:
    """Many funds compared with one another."""
    return _overlap(setting, "overlap-many", setting.sizes.overlap, Goal(faster=15.0))


def _overlap(setting: Setting, name: str, funds: int, goal: Goal) -> Workload:
    exposure = _exposures(setting.lists, funds)
    # The analysis compares over the roots somebody holds, not over every security there is.
    exposure = np.ascontiguousarray(exposure[:, exposure.any(axis=0)])
    held = entries_of(exposure)
    rows = _as_dicts(exposure)
    weights = []
    for row in rows:
        whole = sum(row.values())
        weights.append({root: amount / whole for root, amount in row.items()})
    holders = np.count_nonzero(exposure, axis=0).astype(np.int64)
    shared = int((holders * (holders - 1) // 2).sum())

    def by_dicts() -> object:
        found = {}
        for a in range(funds):
            for b in range(a + 1, funds):
                one, other = sorted((weights[a], weights[b]), key=len)
                least = sum(min(w, other[root]) for root, w in one.items() if root in other)
                mine, theirs = sorted((rows[a], rows[b]), key=len)
                common = [(x, theirs[root]) for root, x in mine.items() if root in theirs]
                found[a, b] = (
                    least,
                    sum(min(x, y) for x, y in common),
                    sum(x * y for x, y in common),
                )
        return found

    return Workload(
        name,
        f"{funds} funds pairwise, {shared:,} shared holdings, three measures each",
        repeated("shared_pairs", lambda: shared_pairs(held)),
        repeated("dicts", by_dicts),
        one_pass(12 * shared, "twelve bytes a shared holding through memory"),
        goal,
        setting.sizes.rounds,
    )


def growth_of_funds(setting: Setting) -> Growth:
    """How building the graph and looking through it grow with the funds held."""

    def contender(size: int) -> Contender:
        library = MadeUpLibrary(fund_lists(size, setting.sizes.securities, 60, setting.seed))
        starts = [fund_id(n) for n in range(size)]
        instruments, holdings = library.instruments, library.holdings
        fund, value = book_of_funds(library.lists, size, setting.seed)

        def whole(_: None) -> object:
            graph = build_graph(starts, instruments, holdings)[0]
            return look_through(graph, _nodes(graph, fund), value)

        return timed("graph and look-through", whole, lambda: None, clock=time.process_time)

    return grown(
        "growth-funds",
        "graph and look-through, by funds of about 60 lines",
        setting.sizes.growth_funds,
        contender,
    )


def growth_of_analysis(setting: Setting) -> Growth:
    """How the whole analysis grows with the lines of a portfolio."""
    from levcheck.app.pipeline import analyse, forget
    from levcheck.reference.scenario_files import load_scenarios

    sizes = setting.sizes
    library = MadeUpLibrary(
        fund_lists(200, min(sizes.securities, 5_000), 60, setting.seed),
        setting.catalogue.risk_tables(),
    )
    scenario = next(s for s in load_scenarios() if s.id == "ai-chips-minus-30")
    shock = scenario.shocks[0]
    from dataclasses import replace

    scenario = replace(scenario, shocks=(replace(shock, target="theme:theme-0"),))

    def contender(size: int) -> Contender:
        # Nine lines of ten are shares, one is a fund: what people and their advisers hold.
        symbols = [
            f"F{n // 10 % 200:05d}" if n % 10 == 0 else f"S{n % library.lists.securities:05d}"
            for n in range(size)
        ]
        portfolio = portfolio_of_symbols(symbols, setting.seed)
        return timed(
            "analyse",
            lambda _: analyse(portfolio, library, [scenario], recognise=library.recognise),
            forget,
            clock=time.process_time,
        )

    return grown(
        "growth-analysis",
        "whole analysis with one scenario, by lines of the portfolio",
        sizes.growth_positions,
        contender,
        rounds=2,
    )


WORKLOADS: Mapping[str, Callable[[Setting], Workload]] = {
    "look-through-40": look_through_person,
    "look-through-book": look_through_book,
    "look-through-totals": totals_of_book,
    "themes": themes_of_book,
    "overlap-15": overlap_of_few,
    "overlap-many": overlap_of_many,
}
GROWTHS: Mapping[str, Callable[[Setting], Growth]] = {
    "growth-funds": growth_of_funds,
    "growth-analysis": growth_of_analysis,
}
