"""Numbers and dates as fund houses print them."""

import re
import unicodedata
from datetime import date

# Beginnings of month names in English, German, French, Italian, Spanish, Portuguese and Dutch, longest first.
_MONTHS = {
    "JUIL": 7, "JUIN": 6, "JAN": 1, "ENE": 1, "GEN": 1, "FEB": 2, "FEV": 2, "MAR": 3, "MRT": 3, "MAA": 3, "APR": 4,
    "AVR": 4, "ABR": 4, "MAI": 5, "MAY": 5, "MAG": 5, "MEI": 5, "JUN": 6, "GIU": 6, "JUL": 7, "LUG": 7, "AUG": 8,
    "AOU": 8, "AGO": 8, "SEP": 9, "SET": 9, "OCT": 10, "OKT": 10, "OTT": 10, "OUT": 10, "NOV": 11, "DEC": 12,
    "DEZ": 12, "DIC": 12,
}  # fmt: skip
_WORD_FIRST = re.compile(r"([A-Za-z]{3,9})\.?\s+(\d{1,2}),?\s+(\d{4})")
_DAY_FIRST = re.compile(
    r"(?<!\d)(\d{1,2})(?:\.\s?|[\s/-])(?:de\s)?([^\W\d_]{3,10})\.?(?:\sde)?[\s/-](\d{4}|\d{2})(?!\d)"
)
_YEAR_FIRST = re.compile(r"(20\d\d|19\d\d)[-/.년年]\s?(\d{1,2})[-/.월月]\s?(\d{1,2})")
_COMPACT = re.compile(r"(?<!\d)(20\d\d)([01]\d)([0-3]\d)(?!\d)")
# Taiwan counts years from 1912 as year 1.
_REPUBLIC = re.compile(r"(?<!\d)(1[0-4]\d)[/年](\d{1,2})[/月](\d{1,2})(?!\d)")
_NUMBERS = re.compile(r"(?<![\d.])(\d{1,2})([/.-])(\d{1,2})[/.-](\d{4})(?!\d)")


def number_of(text: str) -> float | None:
    """Return a printed number; None for a dash, a blank or text.

    Currency signs, percent signs, thousands separators, brackets and a trailing minus are understood. A percent sign
    is left to the caller, who knows what the column counts.

    >>> number_of("$1,234.50"), number_of("(3.2)%"), number_of("US$5"), number_of("-"), number_of("1.234,5")
    (1234.5, -3.2, 5.0, None, 1234.5)
    """
    body = text.strip().replace("\u2212", "-").replace("'", "")
    body = re.sub(
        r"[A-Z]{0,3}[$€£¥₩]|%|\b(USD|EUR|KRW|GBP|AUD|JPY|HKD|CAD|CHF|TWD)\b|원", "", body
    ).strip()
    negative = (body.startswith("(") and body.endswith(")")) or body.endswith("-")
    body = body.strip("()- ") if negative else body
    body = re.sub(r"\s", "", body)
    if re.fullmatch(r"-?\d{1,3}(\.\d{3})+,\d+|-?\d+,\d{1,2}|-?0,\d+", body):
        body = body.replace(".", "").replace(",", ".")
    body = body.replace(",", "")
    if not re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", body):
        return None
    value = float(body)
    return -value if negative else value


def date_of(text: str, *, day_first: bool = False) -> str | None:
    """Return the first date in a text as ISO; None when there is none.

    Args:
        text: any text.
        day_first: how ``06/07/2026`` is meant; American issuers put the month first.

    >>> date_of("12.06.2026"), date_of("12. Juni 2026"), date_of("12/juin/2026"), date_of("2026年6月12日")
    ('2026-06-12', '2026-06-12', '2026-06-12', '2026-06-12')
    >>> date_of("May 05, 2026"), date_of("19/Jun/2026"), date_of("As of 10-Apr-2026"), date_of("08/18/2026")
    ('2026-05-05', '2026-06-19', '2026-04-10', '2026-08-18')
    """
    for pattern, order in (
        (_WORD_FIRST, "mdy"),
        (_DAY_FIRST, "dmy"),
        (_YEAR_FIRST, "ymd"),
        (_COMPACT, "ymd"),
    ):
        for found in pattern.finditer(text):
            parts = dict(zip(order, found.groups(), strict=True))
            value = _day(parts["y"], parts["m"], parts["d"])
            if value:
                return value
    numbers = _NUMBERS.search(text)
    if numbers is None:
        republic = _REPUBLIC.search(text)
        if republic is None:
            return None
        return _day(str(int(republic.group(1)) + 1911), republic.group(2), republic.group(3))
    first, mark, second, year = numbers.groups()
    # Nobody who writes dots puts the month first.
    if int(first) > 12 or ((day_first or mark == ".") and int(second) <= 12):
        return _day(year, second, first)
    return _day(year, first, second)


def _month(text: str) -> int:
    plain = "".join(
        letter for letter in unicodedata.normalize("NFD", text.upper()) if letter.isalpha()
    )
    return next((number for name, number in _MONTHS.items() if plain.startswith(name)), 0)


def _day(year: str, month: str, day: str) -> str | None:
    number = _month(month) if month[:1].isalpha() else int(month)
    full = int(year) + (2000 if len(year) == 2 else 0)
    try:
        return date(full, number, int(day)).isoformat()
    except ValueError:
        return None


def date_in_file_name(name: str) -> str | None:
    """Return the date a file name carries; None when it carries none.

    >>> date_in_file_name("copx_full-holdings_20260612.csv"), date_in_file_name("NSDEAXS2.06122026.csv")
    ('2026-06-12', '2026-06-12')
    """
    found = re.search(r"(?<!\d)([01]\d)([0-3]\d)(20\d\d)(?!\d)", name)
    if found and not _COMPACT.search(name):
        return _day(found.group(3), found.group(1), found.group(2))
    return date_of(name.replace("_", " "))
