"""Texts that no spreadsheet takes for a formula, in a file or pasted from the clipboard; figures stay figures."""

import re

_LIVE = ("=", "+", "-", "@", "\t", "\r", "\0", "＝", "＋", "－", "＠")
# A country that puts semicolons between cells splits a comma file there, and a cell may then begin inside a text.
_LIVE_INSIDE = re.compile(r"(?<=[;,\t\r\n\"'])(?=[=+\-@＝＋－＠])")


def still(text: str) -> str:
    """Return a text that no spreadsheet runs, wherever it splits the line.

    >>> still("=1+1"), still("a;=1+1"), still("NVIDIA")
    ("'=1+1", "a;'=1+1", 'NVIDIA')
    """
    quoted = _LIVE_INSIDE.sub("'", text)
    return "'" + quoted if quoted.startswith(_LIVE) else quoted


def still_figure(text: str) -> str:
    """Return what stands in a column of figures: one begins with its own sign, which is no formula."""
    return text if text[:1] in {"+", "-"} else still(text)
