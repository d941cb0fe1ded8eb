"""Columns by their letters, as spreadsheet programs name them."""

import re


def column_letters(column: int) -> str:
    """Return the letters of a 0-based column.

    >>> column_letters(27)
    'AB'
    """
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_index(letters: str) -> int | None:
    """Return the 0-based column of ``AB``, None when the text is no column."""
    if not re.fullmatch(r"[A-Za-z]{1,3}", letters):
        return None
    index = 0
    for letter in letters.upper():
        index = index * 26 + ord(letter) - 64
    return index - 1 if index <= 16_384 else None
