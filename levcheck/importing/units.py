"""How quantity, price and value hang together: pence, per 100, per 10,000, lots, contracts."""

import re
from dataclasses import dataclass
from functools import lru_cache

from levcheck.importing.column_arithmetic import UNIT_FACTORS
from levcheck.importing.numbers import Number, decimals_of

_LOT = re.compile(r"張|张")
_FUND_UNIT = re.compile(r"口")
_NEAR = 0.02


@lru_cache(maxsize=512)
def counting_unit(text: str) -> str | None:
    """Return "lot" or "fund" where a text counts in lots of shares or in units of a fund, else None."""
    return "lot" if _LOT.search(text) else "fund" if _FUND_UNIT.search(text) else None


@dataclass(frozen=True, slots=True)
class Priced:
    """A line's money after units are understood.

    Attributes:
        value: signed amount, None when not told and not computable.
        basis: ``stated``, ``computed`` or None.
        factor: quantity x price x factor is the value.
        mismatch: quantity x price x factor where it contradicts the stated value, else None.
    """

    value: float | None
    basis: str | None
    factor: float
    mismatch: float | None = None


def price_line(
    quantity: Number, price: Number, value: Number, *, expected: float, comparable: bool = True
) -> Priced:
    """Return a line's value: stated when the file states it, else quantity x price x unit.

    Args:
        quantity: as read.
        price: as read.
        value: as read.
        expected: unit factor the line's kind and units speak for (0.01 for bonds, 100 for contracts).
        comparable: price and value are in one currency, so that the product may be held against the value.
    """
    q, p, v = quantity.value, price.value, value.value
    if v is None:
        known = q is not None and p is not None
        product = (q or 0.0) * (p or 0.0) * expected
        return Priced(product, "computed", expected) if known else Priced(None, None, expected)
    if not q or not p or not comparable:
        return Priced(v, "stated", expected)
    if not v:
        return Priced(v, "stated", expected, mismatch=q * p * expected)
    if q < 0 < v and p > 0:
        v = -v
    if abs(q * p * expected - v) <= 0.006 + 1e-4 * abs(v):
        return Priced(v, "stated", expected)
    return _held_against(q * p, v, expected, _rounding(quantity, price, value))


def _held_against(product: float, value: float, expected: float, slack: float) -> Priced:
    """Return the stated value with the unit that explains it, or with what contradicts it."""
    factor = _factor(product, value, expected, slack)
    if factor is not None:
        return Priced(value, "stated", factor)
    return Priced(value, "stated", expected, mismatch=product * expected)


def _factor(product: float, value: float, expected: float, slack: float) -> float | None:
    """Return the unit under which the product gives the value: the expected one first, then the usual ones."""
    for factor in (expected, *UNIT_FACTORS):
        tight = abs(product * factor - value) <= slack * factor + 0.006 + 1e-4 * abs(value)
        if tight:
            return factor
    # Accrued interest lies on top of a bond's price; it never reaches a tenth of it.
    return 0.01 if abs(product * 0.01 / value - 1) < 0.06 else None


def _rounding(quantity: Number, price: Number, value: Number) -> float:
    """Return how far quantity x price may be from the value because all three were rounded when written."""
    q, p = abs(quantity.value or 0.0), abs(price.value or 0.0)
    digits = decimals_of(quantity)
    of_quantity = 10.0**-digits * p if digits else 0.0
    return 0.55 * (10.0 ** -decimals_of(price) * q + of_quantity + 10.0 ** -decimals_of(value))


def expected_factor(
    *,
    kind: str | None,
    quantity: Number,
    price: Number,
    quantity_unit: str,
    multiplier: float | None,
) -> tuple[float, str | None]:
    """Return (unit factor a line speaks for, code of what has to be told about it).

    Args:
        kind: kind of security.
        quantity: as read.
        price: as read.
        quantity_unit: counting unit beside the quantity.
        multiplier: contract size a column or the contract states.
    """
    if kind == "option":
        return multiplier or 100.0, None
    if price.percent:
        return 0.01, "import.bond_per_100"
    if (
        kind == "bond"
        and price.value is not None
        and 1 < abs(price.value) < 250
        and abs(quantity.value or 0) >= 100
    ):
        return 0.01, "import.bond_per_100"
    counted_in = counting_unit(quantity_unit)
    if counted_in == "lot":
        return 1000.0, "import.lots_of_1000"
    if counted_in == "fund" and (price.value or 0) >= 1000:
        return 0.0001, "import.per_10000_units"
    return multiplier or 1.0, None
