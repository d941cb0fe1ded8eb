"""What the library knows of a fund whose closes are replayed: whether it has a daily multiple, and of what."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from levcheck.cli.price_files import Prices
    from levcheck.domain.instrument import Instrument
    from levcheck.reference.catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class Benchmark:
    """What a fund really multiplies.

    Attributes:
        fund: the fund's heading.
        name: of what it multiplies.
        funds: symbols of funds that follow it one to one, whose closes can stand for it; may be empty.
    """

    fund: str
    name: str
    funds: tuple[str, ...]


def known_fund(catalogue: "Catalogue", heading: str) -> "Instrument | None":
    """Return the one fund with a daily multiple that a heading names; None when it names none or several."""
    rows = [catalogue.instrument(identifier) for identifier in catalogue.by_symbol(heading)]
    found = [row for row in rows if row is not None and row.underlying and _is_daily(row)]
    return found[0] if len(found) == 1 else None


def _is_daily(row: "Instrument") -> bool:
    return row.daily_leverage_factor not in (None, 1.0)


def nearer_benchmark(catalogue: "Catalogue", prices: "Prices") -> Benchmark | None:
    """Return what the fund multiplies by the library; None where it does not know, or knows what was given."""
    fund = known_fund(catalogue, prices.fund)
    behind = catalogue.instrument(fund.underlying) if fund and fund.underlying else None
    if fund is None or behind is None:
        return None
    given = {prices.underlying.upper()}
    own = () if behind.id.endswith(".INDEX") else (behind.symbol,)
    trackers = catalogue.trackers(behind.id)
    funds = tuple(dict.fromkeys((*own, *(row.symbol for row in trackers))))
    if given & {name.upper() for name in (*funds, behind.symbol)}:
        return None
    return Benchmark(prices.fund, behind.name or behind.symbol, funds[:3])
