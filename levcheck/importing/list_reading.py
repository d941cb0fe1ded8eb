"""What one list gave, as far as it is read."""

from dataclasses import dataclass, field

from levcheck.domain.diagnostics import Diagnostic
from levcheck.domain.position import CashLine, Position
from levcheck.importing.columns import Columns
from levcheck.importing.facts import Facts
from levcheck.importing.tables import Table


@dataclass(slots=True)
class Total:
    """An amount the file says something adds up to.

    Attributes:
        row: 1-based row.
        what: its label.
        value: amount.
        currency: ISO code, None when not told.
        account: account it stands under.
        sums: what the lines it may cover add up to, without and with cash.
    """

    row: int
    what: str
    value: float
    currency: str | None
    account: str | None = None
    sums: tuple[float, ...] = ()


@dataclass(slots=True)
class TableReading:
    """What one list gave."""

    table: Table
    columns: Columns
    positions: list[Position] = field(default_factory=list)
    cash: list[CashLine] = field(default_factory=list)
    ignored: dict[int, str] = field(default_factory=dict)
    totals: list[Total] = field(default_factory=list)
    told: list[Diagnostic] = field(default_factory=list)
    as_of: str | None = None
    language: str | None = None
    rates: dict[tuple[str, str], float] = field(default_factory=dict)
    since_total: list[float] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    facts: Facts = field(default_factory=Facts)

    @property
    def lines(self) -> tuple[Position | CashLine, ...]:
        """Positions and cash together."""
        return (*self.positions, *self.cash)
