"""What the window asks of the rooms below it; everything heavy is imported when it is first asked."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from levcheck.app.analysis import Analysis
    from levcheck.app.session import Session
    from levcheck.domain.portfolio import Reading
    from levcheck.domain.scenario import Scenario
    from levcheck.ui.jobs import Ticket


class Engine(Protocol):
    """Reads files and analyses sessions; all of it may run on any thread."""

    def read(
        self, path: Path, ticket: "Ticket", mapping: "Mapping[str, str] | None" = None
    ) -> "Reading":
        """Return what a workbook holds.

        Raises:
            LevcheckError: it cannot be read at all.
        """
        ...

    def analyse(self, session: "Session", ticket: "Ticket") -> "Analysis":
        """Return everything there is to say about a session, its own scenario included."""
        ...

    def try_scenario(self, session: "Session", scenario: "Scenario") -> "Analysis":
        """Return the analysis under one scenario only, for a total that follows the hand."""
        ...
