"""What a holdings file says, line by line, before any line is recognised."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from levcheck.domain.diagnostics import Diagnostic


class LineKind(StrEnum):
    """What one line of a holdings file is."""

    SECURITY = "security"
    FUTURE = "future"
    SWAP = "swap"
    OPTION = "option"
    HEDGE = "hedge"
    CASH = "cash"


# Their market value is a gain so far; what they move is their notional.
DERIVATIVES = frozenset({LineKind.FUTURE, LineKind.SWAP, LineKind.OPTION})
_UNCOUNTED = frozenset({LineKind.CASH})


@dataclass(frozen=True, slots=True)
class HoldingLine:
    """One line as the file states it.

    Attributes:
        row: 1-based row of the file; the running number in a file without rows.
        code: ticker as printed.
        name: name as printed.
        isin: ISIN, if printed.
        cusip: CUSIP, if printed; used to recognise the line, never shipped.
        kind: what the line is.
        weight: signed fraction of net assets; None when neither stated nor computable.
        market_value: in the fund's currency; None when not stated.
        notional: signed exposure in the fund's currency; None when not stated.
        currency: currency of the line, if printed.
        place: country as printed; that of the issuer, which need not be the market of the code.
        exchange: exchange as printed.
        is_bond: the file calls it a bond; its ticker is then its issuer's.
        is_bill: a bill or another loan of less than about a year: money at interest, which moves nothing.
    """

    row: int
    code: str | None
    name: str | None
    isin: str | None = None
    cusip: str | None = None
    kind: LineKind = LineKind.SECURITY
    weight: float | None = None
    market_value: float | None = None
    notional: float | None = None
    currency: str | None = None
    place: str | None = None
    exchange: str | None = None
    is_bond: bool = False
    is_bill: bool = False


@dataclass(frozen=True, slots=True)
class FundFile:
    """One fund's list as read from a file.

    Attributes:
        file: file name without its folder.
        reader: which reader took it (``ishares-csv``, ``nport``, ``generic`` …).
        fund_names: what the file calls the fund: ISIN, ticker or name, surest first.
        as_of: ISO date of the list; None when the file does not say.
        lines: every line that holds something, cash included.
        net_assets: in the fund's currency; None when neither stated nor computable.
        is_swap_basket: the listed lines are collateral of a swap, not the exposure.
        diagnostics: what the user has to know about the file.
        home: market whose habits the file follows; ``EU`` for Europe at large; None when nothing tells.
        cash_home: market of the one foreign currency the fund keeps its cash in; a hint for codes nobody knows.
    """

    file: str
    reader: str
    fund_names: tuple[str, ...]
    as_of: str | None
    lines: tuple[HoldingLine, ...]
    net_assets: float | None = None
    is_swap_basket: bool = False
    diagnostics: tuple[Diagnostic, ...] = field(default=())
    home: str | None = None
    cash_home: str | None = None

    @property
    def counted(self) -> tuple[HoldingLine, ...]:
        """Securities and contracts, without cash."""
        return tuple(line for line in self.lines if line.kind not in _UNCOUNTED)

    @property
    def weight_sum(self) -> float:
        """Sum of the weights as the file states them, fraction."""
        return sum(line.weight for line in self.lines if line.weight is not None)

    def exposure(self, line: HoldingLine) -> float | None:
        """Return what a line moves, fraction of net assets: the notional of a contract, else the weight."""
        if line.kind in DERIVATIVES:
            if line.notional is not None and self.net_assets:
                return line.notional / self.net_assets
            return line.weight
        return line.weight

    def _exposures(self) -> Iterable[float]:
        has_contracts = self._shows_contracts
        for line in self.counted:
            if line.kind is not LineKind.HEDGE and not (has_contracts and line.is_bill):
                yield self.exposure(line) or 0.0

    @property
    def _shows_contracts(self) -> bool:
        """Whether swaps or futures with an exposure stand in the list: bills beside them are their collateral."""
        return any(
            line.kind in {LineKind.SWAP, LineKind.FUTURE} and self.exposure(line)
            for line in self.lines
        )

    @property
    def long(self) -> float:
        """Sum of the long exposures of securities and contracts, fraction of net assets."""
        return sum(value for value in self._exposures() if value > 0)

    @property
    def short(self) -> float:
        """Sum of the short exposures, fraction of net assets, negative."""
        return sum(value for value in self._exposures() if value < 0)

    @property
    def daily_multiple(self) -> float | None:
        """Net exposure over net assets where the file shows swaps or futures; None where it shows neither."""
        return self.long + self.short if self._shows_contracts else None
