"""Option contracts in all the spellings brokers use."""

import re
from dataclasses import replace
from datetime import date, timedelta

from levcheck.domain.position import OptionTerms
from levcheck.importing.dates import read_date
from levcheck.importing.grid import has_digit

_MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]
_MONTH = "(" + "|".join(_MONTHS) + ")[A-Z]*"

_MAYBE_RAW = re.compile(r"\d\)?\s?[CPcp]|[CPcp]\s?\$?\d|[Cc][Aa][Ll][Ll]|[Pp][Uu][Tt]")
_MAYBE = re.compile(r"\d[CP]\d|CALL|PUT|\d\s*[CP]$|\d [CP]\b|\b[CP] ?\$?\d")
# AAPL  260619C00200000 · -TEST260620P00010000 · .NVDA260619C200 · O:SPY251219C00650000 · PLTR(260618C00155000)
_OCC = re.compile(
    r"^[-.]?(?:O:)?([A-Z][A-Z0-9./]{0,5}?)\s*\(?(\d{2})(\d{2})(\d{2})([CP])(\d{6,9}|\d{1,5}(?:\.\d+)?)\)?$"
)
# SMAL 04/01/2020 32.00 P · AAPL 2026-06-19 200 C
_DATED = re.compile(
    r"^-?([A-Z][A-Z0-9./]{0,5})\s+(\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4})\s+\$?([\d.,]+)\s*(C|P|CALL|PUT)$"
)
# TSLA 20260619 CALL 300 · TSLA 20260619 300 CALL
_COMPACT = re.compile(
    r"^-?([A-Z][A-Z0-9./]{0,5})\s+(20\d{6}|\d{6})\s+(?:(C|P|CALL|PUT)\s+\$?([\d.,]+)|\$?([\d.,]+)\s*(C|P|CALL|PUT))$"
)
# AAPL 04/01/2020 C 32.00
_DATED_RIGHT = re.compile(
    r"^-?([A-Z][A-Z0-9./]{0,5})\s+(\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4})\s+(C|P|CALL|PUT)\s*\$?([\d.,]+)$"
)
# NMM 16JAN26 70 C · TWTR Feb 15 '19 $41 Call · TEST Jun20'26 10 PUT · AAPL JAN 16 2026 200 CALL
_DAY_MONTH = re.compile(
    rf"^-?([A-Z][A-Z0-9./]{{0,5}})\s+(\d{{1,2}})\s*{_MONTH}\s*'?(\d{{2,4}})\s+\$?([\d.,]+)\s*(C|P|CALL|PUT)S?\b"
)
_MONTH_DAY = re.compile(
    rf"^-?([A-Z][A-Z0-9./]{{0,5}})\s+{_MONTH}\s*(\d{{1,2}})\s*(?:,\s*|\s+|'|\s+')'?(\d{{2,4}})\s+\$?([\d.,]+)\s*(C|P|CALL|PUT)S?\b"
)
# AAPL JAN 26 200 CALL (third Friday) · CALL (AAPL) APPLE INC JAN 16 26 $200 (100 SHS)
_MONTH_YEAR = re.compile(
    rf"^-?([A-Z][A-Z0-9./]{{0,5}})\s+{_MONTH}\s*'?(\d{{2}}|20\d{{2}})\s+\$?([\d.,]+)\s*(C|P|CALL|PUT)S?\b"
)
_WORD_FIRST = re.compile(
    rf"^(CALL|PUT)\s*\(([A-Z][A-Z0-9./]{{0,5}})\)\s.*?{_MONTH}\s+(\d{{1,2}})\s*,?\s*'?(\d{{2,4}})\s+\$?([\d.,]+)"
)
# CALL AAPL 200 EXP 01/16/26 · PUT SMALL CAP INDEX $32 EXP 04/01/20
_EXP = re.compile(
    r"^(CALL|PUT)\s+(.+?)\s+\$?([\d.,]+)\s+EXP(?:IRES)?\.?\s+(\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4})"
)
_SHARES = re.compile(r"\((\d+)\s*SHS\)")


def parse_option(text: str) -> OptionTerms | None:
    """Return the contract a symbol or description spells out, None when it is no listed option.

    >>> parse_option("-TEST260620P00010000")
    OptionTerms(underlying='TEST', expiry='2026-06-20', strike=10.0, right='P', multiplier=100.0)
    """
    if not has_digit(text) or not _MAYBE_RAW.search(text):
        return None
    flat = " ".join(text.upper().replace("\u00a0", " ").replace("’", "'").split())
    if len(flat) < 8 or not _MAYBE.search(flat):
        return None
    for reader in (
        _occ,
        _dated,
        _compact,
        _day_month,
        _month_day,
        _word_first,
        _month_year,
        _expires,
    ):
        made = reader(flat)
        if made is not None:
            return made
    return None


# 100 19 JUN 26 210 CALL · 100 (Weeklys) 19 JUN 26 210 PUT
_ROOTLESS = re.compile(
    rf"^(\d{{1,4}})\s+(?:\([A-Z ]+\)\s+)?(\d{{1,2}})\s+{_MONTH}\s+(\d{{2,4}})\s+\$?([\d.,]+)\s+(CALL|PUT)$"
)


def parse_rootless(text: str, root: str = "") -> OptionTerms | None:
    """Return the contract of a text that tells its size, expiry, strike and right but not on what it is written.

    >>> parse_rootless("100 (Weeklys) 19 JUN 26 210 CALL", "AAPL")
    OptionTerms(underlying='AAPL', expiry='2026-06-19', strike=210.0, right='C', multiplier=100.0)
    """
    found = _ROOTLESS.match(" ".join(text.upper().split())) if text[:1].isdigit() else None
    if found is None:
        return None
    size, day, month, year, strike, right = found.groups()
    when = _date(year, _month_number(month), day)
    made = _made(root, when, strike, right, text)
    return replace(made, multiplier=float(size)) if made is not None else None


def make_option(
    underlying: str, expiry: str | None, strike: float | None, right: str, multiplier: float | None
) -> OptionTerms | None:
    """Return a contract from parts that stand in columns of their own, None while one is missing."""
    letter = option_right(right)
    root = underlying.strip().upper()
    if letter is None or expiry is None or strike is None or strike <= 0 or not root:
        return None
    return OptionTerms(root, expiry, strike, letter, multiplier or 100.0)


def option_right(text: str) -> str | None:
    """Return ``C`` or ``P`` for the words people use, else None."""
    word = text.strip().casefold()
    if word in (
        "c",
        "call",
        "calls",
        "콜",
        "认购",
        "買權",
        "认购期权",
        "コール",
        "compra call",
        "long call",
        "short call",
    ):
        return "C"
    if word in (
        "p",
        "put",
        "puts",
        "풋",
        "认沽",
        "賣權",
        "认沽期权",
        "プット",
        "long put",
        "short put",
    ):
        return "P"
    return None


def _made(root: str, expiry: str | None, strike: str, right: str, text: str) -> OptionTerms | None:
    value = _strike(strike)
    if expiry is None or value is None:
        return None
    shares = _SHARES.search(text)
    return OptionTerms(root, expiry, value, right[0], float(shares.group(1)) if shares else 100.0)


def _strike(text: str) -> float | None:
    try:
        value = float(text.replace(",", ""))
    except ValueError:
        return None
    return value if 0 < value < 1e7 else None


def _date(year: str, month: int, day: str) -> str | None:
    number = int(year) + (2000 if len(year) == 2 else 0)
    try:
        return date(number, month, int(day)).isoformat()
    except ValueError:
        return None


def _month_number(word: str) -> int:
    return _MONTHS.index(word[:3]) + 1


def _occ(text: str) -> OptionTerms | None:
    found = _OCC.match(text.replace(" ", "") if not _DATED.match(text) else text)
    if found is None:
        return None
    root, year, month, day, right, digits = found.groups()
    if not 1 <= int(month) <= 12:
        return None
    # Six digits and more are thousandths: the exchange pads them to eight, Hong Kong brokers do not.
    strike = f"{int(digits) / 1000}" if len(digits) >= 6 and digits.isdigit() else digits
    return _made(root, _date(year, int(month), day), strike, right, text)


def _dated(text: str) -> OptionTerms | None:
    if found := _DATED.match(text):
        root, when, strike, right = found.groups()
    elif found := _DATED_RIGHT.match(text):
        root, when, right, strike = found.groups()
    else:
        return None
    return _made(root, _expiry(when), strike, right, text)


def _compact(text: str) -> OptionTerms | None:
    found = _COMPACT.match(text)
    if found is None or not 1 <= int(found[2][-4:-2]) <= 12:
        return None
    when = _date(found[2][:-4], int(found[2][-4:-2]), found[2][-2:])
    return _made(found[1], when, found[4] or found[5], found[3] or found[6], text)


def _expiry(when: str) -> str | None:
    """Return the date a contract runs out; of two readings of ``26-06-19`` the later one, for what is held is alive."""
    plain = read_date(when)
    if found := re.fullmatch(r"(\d\d)[-/.](\d\d)[-/.](\d\d)", when):
        turned = _date(found[1], int(found[2]), found[3]) if int(found[2]) <= 12 else None
        return max((d for d in (plain, turned) if d is not None), default=None)
    return plain


def _day_month(text: str) -> OptionTerms | None:
    found = _DAY_MONTH.match(text)
    if found is None:
        return None
    root, day, month, year, strike, right = found.groups()
    return _made(root, _date(year, _month_number(month), day), strike, right, text)


def _month_day(text: str) -> OptionTerms | None:
    found = _MONTH_DAY.match(text)
    if found is None:
        return None
    root, month, day, year, strike, right = found.groups()
    return _made(root, _date(year, _month_number(month), day), strike, right, text)


def _word_first(text: str) -> OptionTerms | None:
    found = _WORD_FIRST.match(text)
    if found is None:
        return None
    right, root, month, day, year, strike = found.groups()
    return _made(root, _date(year, _month_number(month), day), strike, right, text)


def _month_year(text: str) -> OptionTerms | None:
    found = _MONTH_YEAR.match(text)
    if found is None:
        return None
    root, month, year, strike, right = found.groups()
    number = int(year) + (2000 if len(year) == 2 else 0)
    return _made(root, _third_friday(number, _month_number(month)), strike, right, text)


def _expires(text: str) -> OptionTerms | None:
    found = _EXP.match(text)
    if found is None or len(found.group(2).split()) > 1:
        return None
    right, root, strike, when = found.groups()
    return _made(root, read_date(when), strike, right, text)


def _third_friday(year: int, month: int) -> str | None:
    if not 2000 <= year < 2100:
        return None
    first = date(year, month, 1)
    return (first + timedelta(days=(4 - first.weekday()) % 7 + 14)).isoformat()
