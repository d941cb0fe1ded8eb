"""Sentences, plurals, numbers, money and dates in one language, with one place that hides amounts.

Every figure a person reads passes through a :class:`Words`; hiding amounts is a property of it and of nothing else.
Money keeps the holding's own currency whatever the language: the language decides separators and order only.
"""

import gettext
import math
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from levcheck.assets import asset
from levcheck.i18n.particles import with_particles

if TYPE_CHECKING:
    from babel import Locale

LANGUAGES = ("en", "ko", "zh_TW", "de")
NUMBER_FORMATS = {
    "1,234.56": (",", "."),
    "1.234,56": (".", ","),
    "1 234,56": ("\u00a0", ","),
    "1’234.56": ("’", "."),
}
"""What a number can be made to look like whatever the language → mark of thousands, decimal mark."""
HIDDEN = "•••"
MINUS = "−"
UNKNOWN = "–"

_ABBREVIATED_FROM = 1_000_000
# Large amounts are counted in thousands of thousands in Europe, in ten thousands in East Asia.
_UNITS = {
    "en": ((1e12, "T"), (1e9, "B"), (1e6, "M")),
    "de": ((1e12, "\u00a0Bio."), (1e9, "\u00a0Mrd."), (1e6, "\u00a0Mio.")),
    "ko": ((1e12, "조"), (1e8, "억"), (1e4, "만")),
    "zh_TW": ((1e12, "兆"), (1e8, "億"), (1e4, "萬")),
}
# Symbols that name one currency only; "$" alone is the US dollar here, the others carry their country.
_SYMBOLS = {
    "USD": "$",
    "EUR": "€",
    "GBP": "£",
    "KRW": "₩",
    "JPY": "¥",
    "TWD": "NT$",
    "HKD": "HK$",
    "CNY": "CN¥",
    "INR": "₹",
    "CAD": "CA$",
    "AUD": "A$",
    "BRL": "R$",
    "ILS": "₪",
}


@lru_cache(maxsize=8)
def _locale(language: str) -> "Locale":
    from babel import Locale  # not needed before the first number

    return Locale.parse(language)


@lru_cache(maxsize=8)
def _catalogue(language: str) -> gettext.NullTranslations:
    if language == "en":  # the language of the messages themselves: there is nothing to look for
        return gettext.NullTranslations()
    return gettext.translation(
        "levcheck", localedir=asset("locale"), languages=[language], fallback=True
    )


class Words:
    """How one reader is spoken to.

    Attributes:
        language: one of :data:`LANGUAGES`.
        hide_amounts: money is shown as ``•••``; shares, multiples and counts stay.
        hide_names: a guest watches: whose list it is, its files and accounts are not named.
        numbers: one of :data:`NUMBER_FORMATS`; "" = as the language writes them.
    """

    def __init__(
        self,
        language: str = "en",
        *,
        hide_amounts: bool = False,
        hide_names: bool = False,
        numbers: str = "",
    ) -> None:
        self.numbers = numbers if numbers in NUMBER_FORMATS else ""
        self.language = language if language in LANGUAGES else "en"
        self.hide_amounts = hide_amounts
        self.hide_names = hide_names

    def changed(
        self,
        *,
        language: str | None = None,
        hide_amounts: bool | None = None,
        hide_names: bool | None = None,
        numbers: str | None = None,
    ) -> "Words":
        """Return the same way to speak but for what is given."""
        return Words(
            self.language if language is None else language,
            hide_amounts=self.hide_amounts if hide_amounts is None else hide_amounts,
            hide_names=self.hide_names if hide_names is None else hide_names,
            numbers=self.numbers if numbers is None else numbers,
        )

    def text(self, message: str, /, **values: object) -> str:
        """Return `message` (an English format string) in the reader's language, filled in."""
        if not message:  # a catalogue answers nothing with its own header
            return ""
        catalogue = _catalogue(self.language)
        translated = catalogue.gettext(message)
        if translated == message:
            # One that is counted elsewhere lies with its plural, where the Python of Debian 12 does not look by itself.
            translated = catalogue.ngettext(message, message, 1)
        return self._said(translated.format(**values) if values else translated)

    def count(self, singular: str, plural: str, n: int, /, **values: object) -> str:
        """Return the form of the message that fits `n`; ``{n}`` is filled with the number itself."""
        translated = _catalogue(self.language).ngettext(singular, plural, n)
        return self._said(translated.format(n=self.number(n), **values))

    @property
    def manner(self) -> tuple[str, bool, bool, str]:
        """All there is to it, to tell two apart."""
        return self.language, self.hide_amounts, self.hide_names, self.numbers

    @property
    def decimal_mark(self) -> str:
        """What stands before the decimals."""
        if self.numbers:
            return NUMBER_FORMATS[self.numbers][1]
        return "," if self.language == "de" else "."

    # --- numbers ---------------------------------------------------------------------------------------

    def number(self, value: float | None, digits: int = 0) -> str:
        """Return a plain number with the language's separators and at most `digits` decimals."""
        if value is None or not math.isfinite(value):
            return UNKNOWN
        return self._decimal(_whole(value, digits), digits, least=0).replace("-", MINUS)

    def money(
        self, value: float | None, currency: str, *, exact: bool = False, signed: bool = False
    ) -> str:
        """Return an amount: whole units below a million, three digits and k/M above, cents when `exact`.

        A loss is written with a true minus sign; a gain gets a plus only when `signed`.

        >>> Words("en").money(-48200.4, "USD")
        '−$48,200'
        >>> Words("en", hide_amounts=True).money(48200, "USD")
        '•••'
        """
        if value is None or not math.isfinite(value):
            return UNKNOWN
        if self.hide_amounts:
            return HIDDEN
        size = abs(value)
        if exact:
            body = self._decimal(size, 0 if currency in {"KRW", "JPY"} else 2)
        elif round(size) >= _ABBREVIATED_FROM:
            body = self._abbreviated(size)
        else:
            body = self._decimal(size)
        zero = body.strip("0.,") == ""
        sign = "" if zero else MINUS if value < 0 else "+" if signed else ""
        return sign + self._with_symbol(body, currency)

    def percent(
        self, fraction: float | None, *, signed: bool = False, digits: int | None = None
    ) -> str:
        """Return a fraction as percent: no decimals from 10 % on, one below, or exactly `digits`.

        >>> Words("en").percent(-0.1804)
        '−18%'
        """
        if fraction is None or not math.isfinite(fraction):
            return UNKNOWN
        value = fraction * 100
        if digits is None:
            digits = 0 if abs(value) >= 9.95 or value == 0 else 1
        body = self._decimal(abs(value), digits)
        zero = body.strip("0.,") == ""
        sign = "" if zero else MINUS if value < 0 else "+" if signed else ""
        return f"{sign}{body}\u00a0%" if self.language == "de" else f"{sign}{body}%"

    def multiple(self, factor: float | None) -> str:
        """Return a daily multiple: ``2x``, ``−1x``, ``0.5x``; unknown stays unknown."""
        if factor is None:
            return UNKNOWN
        return self.number(factor, 2) + "x"

    def day(self, iso: str | None) -> str:
        """Return an ISO date in the language's long form; text that is no date is returned unchanged."""
        if not iso:
            return UNKNOWN
        try:
            value = date.fromisoformat(iso[:10])
        except ValueError:
            return iso
        from babel.dates import format_date

        return format_date(value, format="long", locale=_locale(self.language))

    # --- inside ----------------------------------------------------------------------------------------

    def _said(self, text: str) -> str:
        return with_particles(text) if self.language == "ko" else text

    def _decimal(self, value: float, digits: int = 0, *, least: int | None = None) -> str:
        from levcheck.i18n.digits import written  # not needed before the first number

        fewest = digits if least is None else least
        if not self.numbers:
            return written(value, _locale(self.language), least=fewest, most=digits)
        thousands, mark = NUMBER_FORMATS[self.numbers]
        text = written(value, _locale("en"), least=fewest, most=digits)
        return text.translate({ord(","): thousands, ord("."): mark})

    def _abbreviated(self, size: float) -> str:
        for limit, unit in _UNITS[self.language]:
            if round(size) >= limit:
                scaled = size / limit
                digits = 2 if scaled < 10 else 1 if scaled < 100 else 0
                return self._decimal(scaled, digits) + unit
        return self._decimal(size)

    def _with_symbol(self, body: str, currency: str) -> str:
        symbol = _SYMBOLS.get(currency)
        if self.language == "de":
            return f"{body}\u00a0{symbol or currency}"
        return f"{symbol}{body}" if symbol else f"{currency}\u00a0{body}"


def _whole(value: float, digits: int) -> float:
    """Return `value` rounded, so that a tiny negative is not written as minus zero."""
    rounded = round(value, digits)
    return 0.0 if rounded == 0 else rounded
