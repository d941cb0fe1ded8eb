"""What the lines come to per currency, by which rates, and how that stands against the totals a file states."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from levcheck.app.analysis import Analysis
from levcheck.app.session import stated_rates
from levcheck.domain.portfolio import Reading, StatedTotal

_MISMATCH = "import.total_mismatch"
_FROM_LIBRARY = "portfolio.rate_from_library"


class RateOrigin(StrEnum):
    """Where an exchange rate comes from."""

    BASE = "base"
    FILE = "file"
    TYPED = "typed"
    LIBRARY = "library"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class CurrencyTotal:
    """What is held in one currency.

    Attributes:
        currency: ISO code; None for lines that name none (they are taken to be in the base currency).
        lines: how many lines.
        amount: sum of the lines' own amounts, in `currency`, without lines of unknown value; None = none is known.
        rate: units of the base currency for one; None = missing.
        in_base: the same in the base currency; None without a rate or an amount.
        origin: where the rate comes from.
        as_of: ISO date of the rate, None when it has none.
    """

    currency: str | None
    lines: int
    amount: float | None
    rate: float | None
    in_base: float | None
    origin: RateOrigin
    as_of: str | None = None


@dataclass(frozen=True, slots=True)
class TotalCheck:
    """A total a file states against what was read.

    Attributes:
        file: file name.
        total: what the file states.
        read: what the rows come to, in the same currency; None when no sum of rows can be told to be meant.
        agrees: whether both are the same to rounding; None when they cannot be compared.
    """

    file: str
    total: StatedTotal
    read: float | None
    agrees: bool | None


def currency_totals(
    analysis: Analysis, readings: Sequence[Reading] = ()
) -> tuple[CurrencyTotal, ...]:
    """Return what is held per currency: missing rates first, then by size in the base currency."""
    base = analysis.portfolio.base_currency
    stated = stated_rates(readings, base) if readings else {}
    dates = {
        str(d.args.get("currency")): str(d.args.get("as_of") or "") or None
        for d in analysis.diagnostics
        if d.code == _FROM_LIBRARY
    }
    amounts: dict[str | None, list[float | None]] = {}
    rates: dict[str | None, float | None] = {}
    for line in analysis.positions:
        held = line.position or line.cash
        if held is None:
            continue
        amount = line.position.market_value if line.position else None
        if line.cash is not None:
            amount = line.cash.amount
        amounts.setdefault(held.currency, []).append(amount)
        rates[held.currency] = line.fx_rate
    totals = []
    for currency, parts in amounts.items():
        known = [part for part in parts if part is not None]
        amount, rate = math.fsum(known) if known else None, rates[currency]
        in_base = None if rate is None or amount is None else amount * rate
        origin = _origin(analysis, currency, rate, stated.get(currency or ""))
        as_of = dates.get(currency or "") if origin is RateOrigin.LIBRARY else None
        totals.append(CurrencyTotal(currency, len(parts), amount, rate, in_base, origin, as_of))
    return tuple(sorted(totals, key=lambda t: (t.rate is not None, -abs(t.in_base or 0.0))))


def total_checks(readings: Sequence[Reading]) -> tuple[TotalCheck, ...]:
    """Return every stated total with the sum of rows it means, as far as that can be told."""
    return tuple(_check(reading, total) for reading in readings for total in reading.totals)


def _origin(
    analysis: Analysis, currency: str | None, rate: float | None, stated: float | None
) -> RateOrigin:
    base = analysis.portfolio.base_currency
    if currency is None or currency == base:
        return RateOrigin.BASE
    if rate is None:
        return RateOrigin.MISSING
    own = analysis.portfolio.rates.get(currency)
    if own is None:
        return RateOrigin.LIBRARY
    return RateOrigin.FILE if stated == own else RateOrigin.TYPED


def _check(reading: Reading, total: StatedTotal) -> TotalCheck:
    for told in reading.diagnostics:
        where = told.where
        if (
            told.code == _MISMATCH
            and where is not None
            and (where.sheet, where.row) == (total.sheet, total.row)
        ):
            read = told.args.get("read")
            return TotalCheck(
                reading.file, total, float(read) if isinstance(read, int | float) else None, False
            )
    fitting = next((s for s in _sums(reading, total) if _fits(total.value, s, reading)), None)
    return TotalCheck(reading.file, total, fitting, None if fitting is None else True)


def _sums(reading: Reading, total: StatedTotal) -> list[float]:
    """Return the sums a total may mean: everything, securities only, or one account's, in one currency."""
    sums: list[float] = []
    accounts = dict.fromkeys(
        (*(p.account for p in reading.positions), *(c.account for c in reading.cash))
    )
    for account in (None, *accounts):
        held = [
            p.market_value or 0.0
            for p in reading.positions
            if _meant(p.account, account) and _meant(p.currency, total.currency)
        ]
        kept = [
            c.amount or 0.0
            for c in reading.cash
            if _meant(c.account, account) and _meant(c.currency, total.currency)
        ]
        sums += [math.fsum((*held, *kept)), math.fsum(held), math.fsum(kept)]
    return sums


def _meant(value: str | None, wanted: str | None) -> bool:
    return wanted is None or value is None or value == wanted


def _fits(stated: float, read: float, reading: Reading) -> bool:
    count = max(len(reading.positions), 1)
    return abs(stated - read) <= 0.01 + 0.006 * count + 1e-6 * abs(stated)
