"""Dates as files write them, in the orders and languages people use."""

import re
from datetime import date
from functools import lru_cache

from levcheck.importing.currencies import plain_width
from levcheck.importing.parsed import Cell

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january januar januari janvier enero gennaio janeiro ene gen janv jän jänner",
            "feb february februar februari février febrero febbraio fevereiro fev févr fevr",
            "mar march märz maart mars marzo março marco mär mrz mrt",
            "apr april avril abril aprile abr avr",
            "may mai mei mayo maggio maio mag",
            "jun june juni juin junio giugno junho giu",
            "jul july juli juillet julio luglio julho lug juil",
            "aug august augustus août agosto aout ago",
            "sep sept september septembre septiembre settembre setembro set",
            "oct october oktober octobre octubre ottobre outubro okt ott out",
            "nov november novembre noviembre novembro",
            "dec december dezember décembre diciembre dicembre dezembro dez dic déc",
        ),
        start=1,
    )
    for name in names.split()
}
_ISO = re.compile(r"(?<!\d)((?:19|20)\d\d)[-/.年](\d{1,2})[-/.月](\d{1,2})(?!\d)")
_KOREAN = re.compile(r"((?:19|20)\d\d)\s*년\s*(\d{1,2})\s*월\s*(\d{1,2})\s*일")
_SLASHED = re.compile(r"(?<!\d)(\d{1,2})([-/.])(\d{1,2})\2((?:19|20)\d\d|\d\d)(?!\d)")
_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d\d)(0[1-9]|1[0-2])([0-2]\d|3[01])(?!\d)")
_WORDY = re.compile(
    r"(?<!\w)(\d{1,2})(?:st|nd|rd|th|\.)?[\s-]*([^\W\d_]{3,10})\.?[\s,'-]*((?:19|20)\d\d|\d\d)(?!\d)"
)
_WORDY_US = re.compile(
    r"(?<!\w)([^\W\d_]{3,10})\.?[\s-]*(\d{1,2})(?:st|nd|rd|th)?[\s,'’-]+((?:19|20)\d\d|\d\d)(?!\d)"
)


def read_date(cell: Cell, *, day_first: bool | None = None) -> str | None:
    """Return the first date in a cell as ISO text, None when there is none.

    Args:
        cell: a date cell or text that holds a date.
        day_first: order of ``03/04/2026``; None takes dots as day first and slashes as month first.
    """
    if isinstance(cell, date):
        return cell.isoformat()[:10] if cell.year > 1970 else None
    return _in_text(cell, day_first) if isinstance(cell, str) else None


@lru_cache(maxsize=2048)
def _in_text(raw: str, day_first: bool | None) -> str | None:  # noqa: FBT001  # the cache takes it by place
    if not any(ch.isdigit() for ch in raw):
        return None
    text = plain_width(raw)
    for pattern in (_ISO, _KOREAN):
        if found := pattern.search(text):
            return _iso(int(found[1]), int(found[2]), int(found[3]))
    if found := _SLASHED.search(text):
        return _slashed(found, day_first=day_first)
    return _wordy(text) or _compact(text)


def _wordy(text: str) -> str | None:
    for pattern, day, month in ((_WORDY, 1, 2), (_WORDY_US, 2, 1)):
        for found in pattern.finditer(text):
            number = _MONTHS.get(found[month].casefold())
            if number is not None:
                return _iso(_year(found[3]), number, int(found[day]))
    return None


def _compact(text: str) -> str | None:
    found = _COMPACT.search(text)
    return _iso(int(found[1]), int(found[2]), int(found[3])) if found else None


def _slashed(found: "re.Match[str]", *, day_first: bool | None) -> str | None:
    first, second, year = int(found[1]), int(found[3]), _year(found[4])
    if first > 12:
        return _iso(year, second, first)
    if second > 12:
        return _iso(year, first, second)
    if day_first is None:
        day_first = found[2] == "."
    return _iso(year, second, first) if day_first else _iso(year, first, second)


def _year(text: str) -> int:
    year = int(text)
    return year + 2000 if year < 100 else year


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        made = date(year, month, day)
    except ValueError:
        return None
    return made.isoformat() if 1970 < year < 2100 else None


def is_date(cell: Cell) -> bool:
    """Whether a cell is a date and nothing else."""
    if isinstance(cell, date):
        return True
    if not isinstance(cell, str):
        return False
    text = cell.strip()
    return (
        6 <= len(text) <= 25
        and text[0].isdigit()
        and bool(
            (_ISO.match(text) or _SLASHED.match(text) or _KOREAN.match(text)) and read_date(text)
        )
    )
