"""What the cells of a column look like, as shares of those that are filled."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from levcheck.importing.currencies import as_currency
from levcheck.importing.dates import is_date, read_date
from levcheck.importing.grid import text_of
from levcheck.importing.identifiers import find_isin, is_tickerlike
from levcheck.importing.numbers import read_number
from levcheck.importing.options import parse_option
from levcheck.importing.parsed import Cell


@dataclass(frozen=True, slots=True)
class Profile:
    """What a column's cells look like, as shares of its filled cells."""

    filled: int
    numeric: float
    dates: float
    currencies: float
    isins: float
    glued: float
    tickers: float
    zeros: float
    worded: float
    compact_dates: float = 0.0
    letter_codes: float = 0.0


class _Signs(NamedTuple):
    """What one cell looks like, 1 or 0 each; `known` is 0 for a mark of the unknown, which speaks neither for nor against."""

    known: int = 1
    numeric: int = 0
    zeros: int = 0
    dates: int = 0
    glued: int = 0
    currencies: int = 0
    isins: int = 0
    compact: int = 0
    codes: int = 0
    tickers: int = 0
    worded: int = 0


_NUMBER = _Signs(numeric=1)


_ZERO = _Signs(numeric=1, zeros=1)


_DATE = _Signs(dates=1)


def profile(cells: Iterable[Cell]) -> Profile:
    """Return what a column's cells look like."""
    signs = [_signs(cell) for cell in cells if cell is not None]
    count = len(signs)
    if not count:
        return Profile(0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    seen = _Signs(*map(sum, zip(*signs, strict=True)))
    known = max(seen.known, 1)
    return Profile(
        count, seen.numeric / known, seen.dates / count, seen.currencies / count, seen.isins / count,
        seen.glued / count, seen.tickers / count, seen.zeros / max(seen.numeric, 1), seen.worded / count,
        seen.compact / count, seen.codes / count,
    )  # fmt: skip


def _signs(cell: Cell) -> _Signs:
    if isinstance(cell, float):
        return _NUMBER if cell else _ZERO
    return _DATE if isinstance(cell, date) else _signs_of_text(text_of(cell))


@lru_cache(maxsize=4096)
def _signs_of_text(text: str) -> _Signs:
    number = read_number(text)
    if number.state == "unknown":
        return _Signs(known=0)
    made = _Signs()
    if is_date(text):
        made = _DATE
    elif number.state == "number":
        made = _Signs(
            numeric=1, zeros=int(number.value == 0), glued=int(number.currency is not None)
        )
    elif as_currency(text):
        made = _Signs(currencies=1)
    elif 8 < len(text) < 40 and (isin := find_isin(text)) and text.upper().startswith(isin):
        made = _Signs(isins=1)
    contract = parse_option(text) is not None
    return made._replace(
        compact=int(len(text) == 8 and text.isdigit() and read_date(text) is not None),
        codes=int(len(text) == 3 and text.isalpha() and text.isascii() and text.isupper()),
        tickers=int(contract or is_tickerlike(text)),
        worded=int(not contract and (" " in text or not text.isupper())),
    )
