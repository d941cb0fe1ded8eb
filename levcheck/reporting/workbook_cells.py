"""Cells of the workbook: number formats, and how wide a column has to be."""

import unicodedata
from collections.abc import Iterable
from typing import Final

MONEY: Final = "#,##0.00;−#,##0.00"
SHARE: Final = "0.0%;−0.0%"
FINE_SHARE: Final = "0.00%;−0.00%"
MULTIPLE: Final = '0.00"x";−0.00"x"'
RATIO: Final = "0.00;−0.00"
COUNT: Final = "0"
TEXT: Final = "@"
FORMS: Final = (MONEY, SHARE, FINE_SHARE, MULTIPLE, RATIO, COUNT, TEXT)

Value = str | float | None
Column = tuple[str, str]
"""Heading and number format."""

HEAD_HEIGHT: Final = 20.0
LONGEST_NAME: Final = 31
"""Letters a spreadsheet allows in the name of a sheet."""
ROW_HEIGHT: Final = 17.0
"""Room for the letters of East Asia, and for the fonts an office program takes in the place of its own."""
_NARROWEST, _WIDEST, _ROOM = 9.0, 72.0, 2.0
_FILTER_MARK = 2.0


def width_of(heading: str, form: str, values: Iterable[Value]) -> float:
    """Return the width of a column in characters, so that neither its heading nor its cells are cut."""
    widest = _letters(heading) + _FILTER_MARK
    for value in values:
        if isinstance(value, str):
            widest = max(widest, _letters(value))
        elif value is not None:
            widest = max(widest, float(len(_printed(value, form))))
    return min(max(widest + _ROOM, _NARROWEST), _WIDEST)


def _printed(value: float, form: str) -> str:
    """Return about what a spreadsheet prints."""
    if form in (SHARE, FINE_SHARE):
        return f"{value * 100:.2f}%"
    return f"{value:,.2f}"


def _letters(text: str) -> float:
    """Return the width of a text in digits: a letter of East Asia takes nearly two."""
    return float(len(text)) if text.isascii() else sum(map(_LETTERS.__getitem__, text))


class _Letters(dict[str, float]):
    """Letter → its width, looked up once for each letter there is."""

    def __missing__(self, letter: str) -> float:
        width = self[letter] = 1.8 if unicodedata.east_asian_width(letter) in "WF" else 1.0
        return width


_LETTERS = _Letters()
