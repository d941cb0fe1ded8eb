"""What the workloads share: sizes, a folder, and what is costly to make, made once."""

from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from levcheck.app.analysis import Analysis
    from levcheck.bench.made_up import FundLists, MadeUpLibrary
    from levcheck.domain.portfolio import Portfolio
    from levcheck.domain.scenario import Scenario
    from levcheck.exposure.graph import InstrumentGraph
    from levcheck.reference.catalogue import Catalogue
    from levcheck.reporting.page import Page

SEED = 7


@dataclass(frozen=True, slots=True)
class Sizes:
    """How large the workloads are.

    Attributes:
        workbook_rows: lines of the workbook.
        large_rows: lines of the long workbook.
        text_rows: lines of the text file.
        lines: lines recognised against the library.
        positions: positions of the large book.
        funds: funds of the large book.
        securities: securities they choose from.
        fund_lines: lines of one of its lists on average.
        overlap: funds compared pairwise, in the larger case.
        paths: numbers of simulated paths, smaller and larger.
        session_rows: lines of the saved session.
        bars: bars of the chart.
        table_rows: rows of the table that is ordered.
        firm_clients: clients of the firm.
        firm_measured: how many of them are analysed, with one scenario and with many.
        rounds: how often the ways of a workload take turns.
        growth_lines: sizes of the growing file.
        growth_positions: sizes of the growing book.
        growth_funds: numbers of the growing funds.
    """

    workbook_rows: int = 10_000
    large_rows: int = 100_000
    text_rows: int = 100_000
    lines: int = 500
    positions: int = 5_000
    funds: int = 4_000
    securities: int = 30_000
    fund_lines: int = 300
    overlap: int = 200
    paths: tuple[int, int] = (10_000, 100_000)
    session_rows: int = 1_000
    bars: int = 200
    table_rows: int = 100_000
    firm_clients: int = 100_000
    firm_measured: tuple[int, int] = (40, 8)
    rounds: int = 5
    growth_lines: tuple[int, ...] = (100, 1_000, 10_000, 100_000)
    growth_positions: tuple[int, ...] = (100, 1_000, 10_000, 100_000)
    growth_funds: tuple[int, ...] = (1_000, 3_000, 10_000)


SMALL = Sizes(
    workbook_rows=600,
    large_rows=900,
    text_rows=2_000,
    lines=60,
    positions=200,
    funds=120,
    securities=1_500,
    fund_lines=60,
    overlap=40,
    paths=(512, 2_048),
    session_rows=60,
    bars=40,
    table_rows=2_000,
    firm_clients=1_000,
    firm_measured=(3, 1),
    rounds=3,
    growth_lines=(50, 200, 800),
    growth_positions=(20, 80, 320),
    growth_funds=(20, 60, 200),
)
"""Sizes for a quick look that everything runs; their ratios say little."""


@dataclass(frozen=True)
class Setting:
    """The stage of one run.

    Attributes:
        folder: where files are made; its owner removes it.
        sizes: how large the workloads are.
        seed: of everything made up.
        readings: way of reading the long workbook → milliseconds and megabytes it took last.
    """

    folder: Path
    sizes: Sizes = field(default_factory=Sizes)
    seed: int = SEED
    readings: dict[str, tuple[float, float]] = field(default_factory=dict)

    @cached_property
    def large_workbook(self) -> Path:
        """A workbook longer than any one person's."""
        from levcheck.bench.made_up import table_rows, write_workbook

        path = self.folder / "large.xlsx"
        write_workbook(path, table_rows(self.sizes.large_rows, self.seed))
        return path

    @cached_property
    def catalogue(self) -> "Catalogue":
        """The bundled library."""
        from levcheck.reference.catalogue import Catalogue

        return Catalogue.bundled()

    @cached_property
    def library(self) -> "MadeUpLibrary":
        """A made-up library of many funds, whose roots move as the bundled figures say."""
        from levcheck.bench.made_up import MadeUpLibrary

        return MadeUpLibrary(self.lists, self.catalogue.risk_tables())

    @cached_property
    def lists(self) -> "FundLists":
        """The lists of the made-up funds."""
        from levcheck.bench.made_up import fund_lists

        sizes = self.sizes
        return fund_lists(sizes.funds, sizes.securities, sizes.fund_lines, self.seed)

    @cached_property
    def graph(self) -> "InstrumentGraph":
        """What the made-up funds ride on."""
        from levcheck.bench.made_up import fund_id
        from levcheck.exposure.graph import build_graph

        starts = [fund_id(number) for number in range(self.lists.funds)]
        return build_graph(starts, self.library.instruments, self.library.holdings)[0]

    @cached_property
    def line_table(self) -> Any:
        """The lines of the made-up funds as a script would hold them: a DataFrame of fund, security, weight."""
        import numpy as np
        import pandas as pd

        from levcheck.bench.made_up import fund_id, security_id

        lists = self.lists
        of_fund = np.repeat(np.arange(lists.funds), np.diff(lists.start))
        return pd.DataFrame(
            {
                "fund": [fund_id(number) for number in of_fund.tolist()],
                "security": [security_id(number) for number in lists.security.tolist()],
                "weight": lists.weight,
            }
        )

    @cached_property
    def person(self) -> "Portfolio":
        """A person's 40 lines of the bundled library: broad and narrow funds, multiples, shares, preferreds."""
        from levcheck.bench.made_up import portfolio_of_symbols

        return portfolio_of_symbols(_person_symbols(self.catalogue), self.seed)

    @cached_property
    def sixty(self) -> "Analysis":
        """The analysis of sixty positions: the person's, and twenty more American lines."""
        from levcheck.app.pipeline import analyse
        from levcheck.bench.made_up import portfolio_of_symbols

        known = _person_symbols(self.catalogue)
        others = [one for one in _american_symbols(self.catalogue) if one not in known]
        more = others[:: max(1, len(others) // 20)][:20]
        held = portfolio_of_symbols((*known, *more), self.seed)
        return analyse(held, self.catalogue, self.scenarios)

    @cached_property
    def scenarios(self) -> "tuple[Scenario, ...]":
        """The bundled scenarios."""
        from levcheck.reference.scenario_files import load_scenarios

        return tuple(load_scenarios())

    @cached_property
    def twenty(self) -> "tuple[Scenario, ...]":
        """Twenty scenarios: the bundled ones, and milder copies of the first until there are twenty."""
        more = [
            shifted(scenario, 0.001 * number)
            for number, scenario in enumerate(self.scenarios[: 20 - len(self.scenarios)], start=1)
        ]
        return (*self.scenarios, *more)

    @cached_property
    def analysis(self) -> "Analysis":
        """The person's whole analysis."""
        from levcheck.app.pipeline import analyse

        return analyse(self.person, self.catalogue, self.scenarios)

    @cached_property
    def page(self) -> "Page":
        """Page one of the person's report."""
        from levcheck.i18n.words import Words
        from levcheck.reporting.page import PageOptions, page_one

        return page_one(self.analysis, Words("en"), PageOptions())


def shifted(scenario: "Scenario", by: float) -> "Scenario":
    """Return a scenario whose moves are a little milder, so that no remembered answer fits it."""
    shocks = tuple(
        replace(shock, move=min(max(shock.move + by, -0.999), 10.0)) for shock in scenario.shocks
    )
    return replace(scenario, shocks=shocks)


def _american_symbols(catalogue: "Catalogue") -> tuple[str, ...]:
    rows = catalogue.instruments(one for one, _ in catalogue.names).values()
    return tuple(
        sorted(row.symbol for row in rows if row.id.endswith(".US") and row.symbol.isalpha())
    )


def _person_symbols(catalogue: "Catalogue") -> tuple[str, ...]:
    """Return 40 symbols: the longest lists first, then what needs a model of its own, then plain shares."""
    from levcheck.domain.instrument import Instrument, Kind

    rows = sorted(
        catalogue.instruments(one for one, _ in catalogue.names).values(), key=lambda row: row.id
    )
    american = [row for row in rows if row.id.endswith(".US") and row.symbol.isalpha()]

    def of(kind: Kind, count: int) -> list[Instrument]:
        return [row for row in american if row.kind is kind][:: max(1, count)][:count]

    funds = [row for row in american if row.kind is Kind.ETF and catalogue.holdings(row.id)]
    funds.sort(
        key=lambda row: -len(held.constituents if (held := catalogue.holdings(row.id)) else ())
    )
    chosen = [
        *funds[:12],
        *of(Kind.LEVERAGED_FUND, 7),
        *of(Kind.INVERSE_FUND, 2),
        *of(Kind.PREFERRED, 2),
        *of(Kind.COMMON, 17),
    ]
    return tuple(row.symbol for row in chosen)
