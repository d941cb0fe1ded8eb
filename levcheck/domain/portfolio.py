"""What was read from one or several files, and the portfolio made of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType

from levcheck.domain.diagnostics import Diagnostic
from levcheck.domain.position import CashLine, Position
from levcheck.domain.theme import NO_OWN_THEMES, OwnThemes


class Outcome(StrEnum):
    """How a reading ended."""

    POSITIONS = "positions"
    NEEDS_MAPPING = "needs_mapping"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class IgnoredRows:
    """A run of rows that are no holdings, with the reason.

    Attributes:
        sheet: sheet name, None in text files.
        first: first row, 1-based.
        last: last row, inclusive.
        reason: title, header, total, subtotal, lot, footer, blank_value, repeated_sheet, older_snapshot, not_understood …
    """

    sheet: str | None
    first: int
    last: int
    reason: str

    @property
    def rows(self) -> str:
        """The run as the contract prints it: ``6-7`` or ``6``."""
        return str(self.first) if self.first == self.last else f"{self.first}-{self.last}"


@dataclass(frozen=True, slots=True)
class StatedTotal:
    """A total the file itself gives.

    Attributes:
        sheet: sheet name, None in text files.
        row: 1-based row.
        what: the row's own label.
        value: amount.
        currency: ISO code, None when not told.
    """

    sheet: str | None
    row: int
    what: str
    value: float
    currency: str | None


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything one file gave: every non-empty row is in exactly one of positions, cash and ignored.

    Attributes:
        file: file name without its folder.
        sha256: hash of the file's bytes, hexadecimal.
        outcome: positions, needs_mapping or refused.
        layout: name of the recognised layout, ``mapped`` or ``guessed``.
        as_of: ISO date of the holdings, None when the file does not say.
        base_currency: currency the file's totals are in, None when not told.
        columns: field → header text as printed.
        positions: lines held.
        cash: cash rows.
        ignored: runs of other rows.
        totals: what the file says it adds up to.
        diagnostics: what the user has to know.
        rates: (currency, base currency) → rate stated in the file.
    """

    file: str
    sha256: str
    outcome: Outcome
    layout: str = "guessed"
    as_of: str | None = None
    base_currency: str | None = None
    columns: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    positions: tuple[Position, ...] = ()
    cash: tuple[CashLine, ...] = ()
    ignored: tuple[IgnoredRows, ...] = ()
    totals: tuple[StatedTotal, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    rates: Mapping[tuple[str, str], float] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Portfolio:
    """The lines that are analysed: one household, one or several accounts.

    Attributes:
        name: what the user calls it (the file's name without its ending at first).
        positions: lines held, in the order read; the n-th has the id ``p{n}``.
        cash: cash lines; the n-th has the id ``c{n}``.
        base_currency: ISO code every total is given in.
        as_of: oldest date of its files, ISO, None when unknown.
        input_sha256: hash over the files it came from.
        rates: currency → units of the base currency for one unit, as stated by a file or typed by the user.
        resolutions: position id → instrument id that the user confirmed.
        themes: what the user says about bets himself.
        owners: account → who owns it, as typed; "" stands for lines that name no account.
        only: accounts that are looked at; None = all. Lines keep their ids under it.
    """

    name: str
    positions: tuple[Position, ...]
    cash: tuple[CashLine, ...] = ()
    base_currency: str = "USD"
    as_of: str | None = None
    input_sha256: str = ""
    rates: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    resolutions: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    themes: OwnThemes = NO_OWN_THEMES
    owners: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    only: tuple[str, ...] | None = None

    def is_looked_at(self, account: str | None) -> bool:
        """Return whether the lines of an account are analysed."""
        return self.only is None or (account or "") in self.only

    def with_positions(self, positions: tuple[Position, ...]) -> "Portfolio":
        """Return the same portfolio holding other lines."""
        return replace(self, positions=positions)
