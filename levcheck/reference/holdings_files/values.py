"""Numbers and dates as fund houses print them."""

import re
from datetime import date

_MONTHS = {
    "JAN": 1, "FEB": 2, "MAR": 3, "APR": 4, "MAY": 5, "JUN": 6, "JUL": 7, "AUG": 8, "SEP": 9, "OCT": 10, "NOV": 11,
    "DEC": 12,
}  # fmt: skip
_WORD_FIRST = re.compile(r"([A-Za-z]{3,9})\.?\s+(\d{1,2}),?\s+(\d{4})")
_DAY_FIRST = re.compile(r"(\d{1,2})[\s/-]([A-Za-z]{3,9})[\s/-](\d{2,4})")
_YEAR_FIRST = re.compile(r"(20\d\d|19\d\d)[-/.년]\s?(\d{1,2})[-/.월]\s?(\d{1,2})")
_COMPACT = re.compile(r"(?<!\d)(20\d\d)([01]\d)([0-3]\d)(?!\d)")
_NUMBERS = re.compile(r"(?<!\d)(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?!\d)")


def number_of(text: str) -> float | None:
    """Return a printed number; None for a dash, a blank or text.

    Currency signs, percent signs, thousands separators, brackets and a trailing minus are understood. A percent sign
    is left to the caller, who knows what the column counts.

    >>> number_of("$1,234.50"), number_of("(3.2)%"), number_of("US$5"), number_of("-"), number_of("1.234,5")
    (1234.5, -3.2, 5.0, None, 1234.5)
    """
    body = text.strip().replace("\u2212", "-").replace("\u00a0", "").replace("'", "")
    body = re.sub(
        r"[A-Z]{0,3}[$€£¥₩]|%|\b(USD|EUR|KRW|GBP|AUD|JPY|HKD|CAD|CHF|TWD)\b|원", "", body
    ).strip()
    negative = (body.startswith("(") and body.endswith(")")) or body.endswith("-")
    body = body.strip("()- ") if negative else body
    body = body.replace(" ", "")
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

    >>> date_of("May 05, 2026"), date_of("19/Jun/2026"), date_of("As of 10-Apr-2026"), date_of("08/18/2026")
    ('2026-05-05', '2026-06-19', '2026-04-10', '2026-08-18')
    """
    for pattern, order in (
        (_WORD_FIRST, "mdy"),
        (_DAY_FIRST, "dmy"),
        (_YEAR_FIRST, "ymd"),
        (_COMPACT, "ymd"),
    ):
        found = pattern.search(text)
        if found:
            parts = dict(zip(order, found.groups(), strict=True))
            value = _day(parts["y"], parts["m"], parts["d"])
            if value:
                return value
    found = _NUMBERS.search(text)
    if found is None:
        return None
    first, second, year = found.groups()
    if int(first) > 12 or (day_first and int(second) <= 12):
        return _day(year, second, first)
    return _day(year, first, second)


def _day(year: str, month: str, day: str) -> str | None:
    number = _MONTHS.get(month[:3].upper()) if month[:1].isalpha() else int(month)
    full = int(year) + (2000 if len(year) == 2 else 0)
    try:
        return date(full, number or 0, int(day)).isoformat()
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
