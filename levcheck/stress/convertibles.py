"""Convertible bonds: a bond floor that trusts the issuer less as its share falls, and the option to take shares instead.

At maturity the holder takes the face or the shares, whichever is more: face + max(shares - face, 0). So the bond is worth
its floor and a call on the shares struck at the face. Taking shares early gains nothing while the share pays no
dividend. A right to give the bond back on a day is held as a shorter bond beside the long one; the better of the two
counts, which is a little less than having both. The issuer's right to call is not valued: it takes from the upside.
"""

from dataclasses import dataclass
from math import ceil, exp
from typing import Final

from levcheck.stress.issuer_credit import Credit
from levcheck.stress.options import OptionState, option_value

_COUPONS_A_YEAR: Final = 2
_LEAST_SHARES: Final = 1e-9


@dataclass(frozen=True, slots=True)
class Convertible:
    """A convertible bond of face one.

    Attributes:
        coupon: fraction of the face a year, paid twice.
        years: to maturity.
        put_years: until it may be given back; None = never.
        put_price: what is then paid, over the face.
    """

    coupon: float
    years: float
    put_years: float | None = None
    put_price: float = 1.0


@dataclass(frozen=True, slots=True)
class ConvertibleValue:
    """What a convertible is made of.

    Attributes:
        floor: value of the bond alone.
        option: value of the right to take shares.
    """

    floor: float
    option: float

    @property
    def total(self) -> float:
        """Value of the whole."""
        return self.floor + self.option


def convertible_value(
    terms: Convertible, shares: float, *, rate: float, volatility: float, credit: Credit
) -> ConvertibleValue:
    """Return the value of a convertible of face one.

    Args:
        terms: what was promised.
        shares: worth of the shares one face turns into, > 0.
        rate: riskless, fraction a year.
        volatility: of the share, fraction a year.
        credit: of the issuer.
    """
    held = [(max(terms.years, 0.0), 1.0)]
    if terms.put_years is not None and 0.0 < terms.put_years < terms.years:
        held.append((terms.put_years, terms.put_price))
    found = [
        _held_to(terms.coupon, end, paid, max(shares, _LEAST_SHARES), rate, volatility, credit)
        for end, paid in held
    ]
    return max(found, key=lambda one: one.total)


def _held_to(  # plain figures of one formula
    coupon: float,
    years: float,
    paid: float,
    shares: float,
    rate: float,
    volatility: float,
    credit: Credit,
) -> ConvertibleValue:
    days = [years - n / _COUPONS_A_YEAR for n in range(ceil(years * _COUPONS_A_YEAR))]
    floor = paid * exp(-rate * years) * credit.discount(years)
    floor += sum(coupon / _COUPONS_A_YEAR * exp(-rate * day) * credit.discount(day) for day in days)
    call = OptionState(shares, paid, years, rate, volatility, is_call=True)
    return ConvertibleValue(floor, option_value(call))
