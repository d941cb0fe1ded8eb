"""How long it takes to sell a line without being a tenth of its market, where its turnover is known."""

from collections.abc import Sequence
from typing import Final

from levcheck.app.analysis import AnalysedPosition, Exit
from levcheck.app.reference_port import ReferenceData
from levcheck.stress.rebalancing import days_to_exit

PARTICIPATION: Final = 0.1
"""Share of a day's turnover that a seller can be without moving the price by much."""


def exits(
    lines: Sequence[AnalysedPosition], reference: ReferenceData, base_currency: str
) -> tuple[Exit, ...]:
    """Return the days each line needs, longest first; lines whose turnover is not known are left out."""
    per_usd = {rate.currency: rate.per_usd for rate in reference.fx_rates()} | {"USD": 1.0}
    rate = per_usd.get(base_currency)
    found = []
    for line in lines:
        if line.instrument is None or line.market_value is None or not rate:
            continue
        facts = reference.fund_assets(line.instrument.id)
        turnover = facts.adv_usd if facts is not None else None
        days = days_to_exit(abs(line.market_value) / rate, turnover, PARTICIPATION)
        if facts is not None and turnover is not None and days is not None:
            found.append(Exit(line.id, days, PARTICIPATION, turnover, facts.as_of, facts.source))
    return tuple(sorted(found, key=lambda one: (-one.days, one.position)))
