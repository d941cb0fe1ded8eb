"""Changes worked out, never advised: the smallest sale under a limit, leverage undone, a bet set off."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from levcheck.app.analysis import AnalysedPosition, Analysis
from levcheck.app.reference_port import Recogniser, ReferenceData
from levcheck.app.reverse_stress import Trim, smallest_trim
from levcheck.app.what_if import line_ref
from levcheck.domain.draft import Bought, By, Change, ChangeKind
from levcheck.domain.instrument import Instrument, Kind

BUYABLE = frozenset(
    {
        Kind.COMMON,
        Kind.ADR,
        Kind.ETF,
        Kind.MUTUAL_FUND,
        Kind.COMMODITY_TRUST,
        Kind.CRYPTO_TRUST,
        Kind.CRYPTO,
    }
)


@dataclass(frozen=True, slots=True)
class Unlevered:
    """A daily-reset fund swapped for what it multiplies, at the same exposure.

    Attributes:
        position: id of the line.
        root: what the fund multiplies.
        name: its name.
        factor: the fund's daily multiple.
        money: worth of the fund today, base currency.
        needed: what the same exposure costs without the multiple.
        freed: cash it frees; below zero it needs cash.
        yearly_cost: fee, financing and hidden drag the fund no longer takes a year, base currency; None = not known.
        change: the swap.
    """

    position: str
    root: str
    name: str
    factor: float
    money: float
    needed: float
    freed: float
    yearly_cost: float | None
    change: Change


@dataclass(frozen=True, slots=True)
class KeptLeverage:
    """A daily-reset fund that cannot be swapped for what it multiplies.

    Attributes:
        position: id of the line.
        underlying: name of what it multiplies, which nobody can buy as it is; None = not known here.
    """

    position: str
    underlying: str | None


def trim_changes(analysis: Analysis, trim: Trim) -> tuple[Change, ...]:
    """Return the sales of a smallest trim as changes of a draft."""
    return tuple(
        Change(ChangeKind.SELL, line_ref(analysis, step.position))
        if step.share >= 1.0
        else Change(ChangeKind.TRIM, line_ref(analysis, step.position), By.PART, 1.0 - step.share)
        for step in trim.steps
    )


def least_sale(
    analysis: Analysis,
    catalogue: ReferenceData,
    root: str,
    share: float,
    *,
    today: date | None = None,
    recognise: Recogniser | None = None,
) -> tuple[Trim, tuple[Change, ...]]:
    """Return the least money to sell so that a root is at most a share of equity, and the changes that do it.

    Raises:
        LevcheckError: the share is negative, or nothing rides on the root.
    """
    trim = smallest_trim(
        analysis.portfolio, catalogue, root, share, today=today, recognise=recognise
    )
    return trim, trim_changes(analysis, trim)


def leverage_undone(
    analysis: Analysis, look_up: Callable[[str], Instrument | None]
) -> tuple[Unlevered, ...]:
    """Return, for each fund that multiplies upwards what can be bought, its swap at the same exposure; largest first."""
    costs = {facts.position: facts for facts in analysis.daily_reset}
    found = []
    for line in analysis.positions:
        plain = _plain(line, look_up)
        value, factor = line.market_value or 0.0, line.daily_leverage_factor or 1.0
        if plain is None or value <= 0.0:
            continue
        buys = Bought(plain.symbol, plain.id, plain.name)
        change = Change(
            ChangeKind.SWAP, line_ref(analysis, line.id), By.PART, 0.0, buys, times=factor
        )
        facts = costs.get(line.id)
        cost = (
            None
            if facts is None or facts.expense_ratio is None
            else value * (facts.expense_ratio + facts.financing + facts.hidden_drag)
        )
        needed = value * factor
        found.append(
            Unlevered(
                line.id, plain.id, plain.name, factor, value, needed, value - needed, cost, change
            )
        )
    return tuple(sorted(found, key=lambda x: (-x.money, x.position)))


def leverage_kept(
    analysis: Analysis, look_up: Callable[[str], Instrument | None]
) -> tuple[KeptLeverage, ...]:
    """Return the funds that multiply upwards and have no such swap, largest first, with the reason."""
    found = [
        (line.market_value or 0.0, kept)
        for line in analysis.positions
        if (line.market_value or 0.0) > 0.0
        and _multiplies(line)
        and _plain(line, look_up) is None
        and (kept := _kept(line, look_up)) is not None
    ]
    return tuple(kept for _, kept in sorted(found, key=lambda one: -one[0]))


def _kept(
    line: AnalysedPosition, look_up: Callable[[str], Instrument | None]
) -> KeptLeverage | None:
    row = line.instrument
    if row is None:
        return None
    under = look_up(row.underlying) if row.underlying is not None else None
    return KeptLeverage(line.id, under.name if under is not None else None)


def _multiplies(line: AnalysedPosition) -> bool:
    row = line.instrument
    return row is not None and row.is_daily_reset and (line.daily_leverage_factor or 0.0) > 1.0


def _plain(
    line: AnalysedPosition, look_up: Callable[[str], Instrument | None]
) -> Instrument | None:
    """Return what a fund multiplies, where it multiplies upwards and that can be bought."""
    row = line.instrument
    if row is None or row.underlying is None or not _multiplies(line):
        return None
    plain = look_up(row.underlying)
    return plain if plain is not None and plain.kind in BUYABLE else None
