"""The Python interface: read a portfolio, lay your own tables over the library, analyse, take the result as JSON.

>>> import levcheck                                                     # doctest: +SKIP
>>> library = levcheck.Library.bundled().with_overlay("my_tables/")     # doctest: +SKIP
>>> portfolio, faults = levcheck.read_portfolio("positions.xlsx")       # doctest: +SKIP
>>> levcheck.analyse(portfolio, library).themes                         # doctest: +SKIP
"""

from collections.abc import Sequence
from datetime import date
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from levcheck.app.analysis import Analysis
from levcheck.domain.diagnostics import Diagnostic
from levcheck.domain.portfolio import Portfolio
from levcheck.domain.scenario import Scenario

if TYPE_CHECKING:
    from levcheck.reference.catalogue import Catalogue

__all__ = ["Library", "analyse", "read_portfolio"]


class Library:
    """What is known about instruments, funds and themes: dated tables, the user's own on top. Immutable."""

    def __init__(self, catalogue: "Catalogue") -> None:
        self._catalogue = catalogue

    @classmethod
    def bundled(cls) -> "Library":
        """Return the tables that come with the program.

        Raises:
            LevcheckError: the installation is damaged.
        """
        from levcheck.reference.catalogue import Catalogue  # opens the tables

        return cls(Catalogue.bundled())

    def with_overlay(self, folder: str | PathLike[str]) -> "Library":
        """Return the library with a folder of CSV tables laid over it; a row with the same key takes over.

        Raises:
            LevcheckError: the folder or one of its tables cannot be used; file, row and column are named.
        """
        return Library(self._catalogue.with_overlay(Path(folder)))

    @property
    def catalogue(self) -> "Catalogue":
        """The tables themselves."""
        return self._catalogue

    @property
    def scenarios(self) -> tuple[Scenario, ...]:
        """Every scenario: the user's own first, then the bundled ones."""
        from levcheck.app.own_scenarios import scenario_library  # reads files

        return scenario_library().scenarios


def read_portfolio(
    *paths: str | PathLike[str], base_currency: str | None = None, password: str | None = None
) -> tuple[Portfolio, tuple[Diagnostic, ...]]:
    """Read one or several files as one household.

    Args:
        paths: workbooks (.xlsx .xlsm .xls .xlsb .ods .csv .tsv) or saved sessions.
        base_currency: ISO code of every total; what the files say when None.
        password: of the saved sessions among them that are closed with one.

    Returns:
        The portfolio, and everything the reading gave cause to tell. Amounts are in each line's own currency.

    Raises:
        LevcheckError: a file is missing, refused, closed with another password, or its columns cannot be told apart.
    """
    from levcheck.app.intake import take_in  # pulls in every reader
    from levcheck.app.passwords import PasswordList

    passwords = PasswordList(((None, password),) if password is not None else ())
    intake = take_in(
        [Path(path) for path in paths], base_currency=base_currency, ask=passwords.tries
    )
    return intake.portfolio, intake.diagnostics


def analyse(
    portfolio: Portfolio,
    library: Library,
    scenarios: Sequence[str] | None = None,
    *,
    shocks: Sequence[str] = (),
    horizon_days: int = 0,
    propagate: bool = True,
    seed: int = 0,
    today: date | None = None,
) -> Analysis:
    """Return everything levcheck says about a portfolio; ``to_json()`` of it is the public document.

    Args:
        portfolio: the lines as read.
        library: what is known.
        scenarios: ids of the library's scenarios; every one when None and no shock is given.
        shocks: your own shocks as ``NVDA=-0.13``; together they are the scenario ``custom``.
        horizon_days: trading days the shocks are spread over; 0 = one instant.
        propagate: whether what is not shocked follows by its measured links.
        seed: of random numbers.
        today: date the overnight rate is taken for; the clock's when None.

    Returns:
        Exposure and losses in the portfolio's base currency; fractions are fractions, losses negative.

    Raises:
        LevcheckError: a scenario or a shock names nothing, or shocks contradict each other.
    """
    from levcheck.app import pipeline  # numpy loads on first use
    from levcheck.app.scenarios import chosen_scenarios

    chosen = chosen_scenarios(
        library.scenarios,
        scenarios or (),
        shocks,
        portfolio=portfolio,
        catalogue=library.catalogue,
        horizon_days=horizon_days,
        propagate=propagate,
    )
    return pipeline.analyse(
        portfolio, library.catalogue, chosen, propagate=propagate, seed=seed, today=today
    )
