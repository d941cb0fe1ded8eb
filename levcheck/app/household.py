"""Several files made one portfolio: one base currency, one set of rates, one numbering of lines."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from levcheck.domain.diagnostics import Diagnostic, Place, Severity
from levcheck.domain.portfolio import Outcome, Portfolio, Reading


def portfolio_from_readings(
    readings: Sequence[Reading], *, base_currency: str | None = None, name: str | None = None
) -> tuple[Portfolio, tuple[Diagnostic, ...]]:
    """Return the lines of one or several files as one household.

    The base currency is the one asked for, else the one the files state, else the only one that occurs, else the
    one most lines are in: amounts in different currencies cannot be compared before their rates are known.

    Args:
        readings: what each file gave, in the order asked; only those with positions add lines.
        base_currency: ISO code that every total is wanted in.
        name: what to call the portfolio; the first file's name without its ending when None.

    Returns:
        The portfolio, and everything the files gave cause to tell. Of several files, each is its own account:
        its lines that name none carry the file's name.
    """
    used = [reading for reading in readings if reading.outcome is Outcome.POSITIONS]
    diagnostics = [diagnostic for reading in readings for diagnostic in reading.diagnostics]
    diagnostics += _repeated(used)
    if len(used) > 1:
        used = [_own_account(reading) for reading in used]
    base, is_guess = _base_currency(used, base_currency)
    if is_guess:
        diagnostics.append(
            Diagnostic("portfolio.base_currency_chosen", Severity.INFO, None, {"currency": base})
        )
    dates = [reading.as_of for reading in used if reading.as_of]
    portfolio = Portfolio(
        name=name if name is not None else _name(used),
        positions=tuple(position for reading in used for position in reading.positions),
        cash=tuple(line for reading in used for line in reading.cash),
        base_currency=base,
        as_of=min(dates) if dates else None,
        input_sha256=input_hash(used),
        rates=_rates(used, base),
    )
    return portfolio, tuple(diagnostics)


def _base_currency(readings: Sequence[Reading], asked: str | None) -> tuple[str, bool]:
    """Return the base currency and whether it was chosen among several."""
    if asked:
        return asked.upper(), False
    stated = _ranked(reading.base_currency for reading in readings)
    if stated:
        return stated[0], len(stated) > 1
    found = _ranked(
        currency
        for reading in readings
        for currency in (
            *(position.currency for position in reading.positions),
            *(cash.currency for cash in reading.cash),
        )
    )
    return (found[0], len(found) > 1) if found else ("USD", False)


def _ranked(currencies: Iterable[str | None]) -> list[str]:
    return [currency for currency, _ in Counter(c for c in currencies if c).most_common()]


def _own_account(reading: Reading) -> Reading:
    """Return a reading whose lines without an account carry the file's name as theirs."""
    account = _stem(reading.file)
    return replace(
        reading,
        positions=tuple(
            position if position.account else replace(position, account=account)
            for position in reading.positions
        ),
        cash=tuple(
            line if line.account else replace(line, account=account) for line in reading.cash
        ),
    )


def _repeated(readings: Sequence[Reading]) -> list[Diagnostic]:
    """Return a warning for each file whose very content was already given."""
    first: dict[str, str] = {}
    told = []
    for reading in readings:
        if reading.sha256 in first:
            facts = {"file": reading.file, "first": first[reading.sha256]}
            told.append(
                Diagnostic(
                    "portfolio.same_file_twice", Severity.WARNING, Place(reading.file), facts
                )
            )
        elif reading.sha256:
            first[reading.sha256] = reading.file
    return told


def _stem(file: str) -> str:
    return file.rpartition(".")[0] or file


def _name(readings: Sequence[Reading]) -> str:
    if not readings:
        return ""
    stem = _stem(readings[0].file)
    return stem if len(readings) == 1 else f"{stem} + {len(readings) - 1}"


def input_hash(readings: Sequence[Reading]) -> str:
    """Return the hash over the files a portfolio came from: a single file's own, else one over all of theirs."""
    if len(readings) == 1:
        return readings[0].sha256
    return hashlib.sha256("".join(r.sha256 for r in readings).encode()).hexdigest()


def _rates(readings: Sequence[Reading], base: str) -> Mapping[str, float]:
    """Return currency → units of the base currency, as the files state them, turned round where needed."""
    stated = {
        pair: rate for reading in readings for pair, rate in reading.rates.items() if rate > 0
    }
    rates: dict[str, float] = {}
    for (currency, other), rate in stated.items():
        if other == base:
            rates[currency] = rate
        elif currency == base:
            rates.setdefault(other, 1.0 / rate)
    for (currency, other), rate in stated.items():
        # A file may state every rate against a third currency (against the dollar in a euro household).
        if currency not in rates and currency != base and other in rates:
            rates[currency] = rate * rates[other]
    rates.pop(base, None)
    return MappingProxyType(rates)
