"""Amounts written in thousands, ten thousands or millions, as a heading or a line above the list says."""

import re
from collections.abc import Iterable

from levcheck.importing.currencies import plain_width
from levcheck.importing.grid import text_of

_SCALES: tuple[tuple[float, "re.Pattern[str]"], ...] = (
    (
        1e3,
        re.compile(
            r"(?i)(?<![a-z])(?:in\s+)?(?:thousands?|000'?s|[$€£¥]\s?000'?s?|'000|tsd|teur|keur|kusd|kchf|milliers|miles de|milhares|migliaia|[$€£]k|k[$€£]|t€|tsek|tdkk)(?![a-z])|천\s?원|千元|千円|仟元"
        ),
    ),
    (1e4, re.compile("만\\s?원|万元|萬元|万円|萬円")),
    (
        1e6,
        re.compile(
            r"(?i)(?<![a-z])(?:in\s+)?(?:millions?|mio|mln|meur|musd|[$€£]m|m[$€£])(?![a-z])|백만\s?원|百万元|百万円|百萬元"
        ),
    ),
    (1e8, re.compile("억\\s?원|亿元|億元|億円")),
)
_BRACKETED_K = re.compile(r"(?i)[(\[]\s*(?:in\s+)?(?:[a-z]{3}\s*)?k\s*[)\]]")
_SAYS_UNIT = re.compile(
    r"(?i)단위|单位|單位|単位|\bunits?\b|\bamounts?\b|\bvalues?\b|\bfigures\b|werte|beträge|montants?|importes|valores|importi|^\s*[(\[]|[(\[]\s*in\s"
)


def heading_scale(text: str) -> float:
    """Return what the numbers under a heading are to be multiplied with.

    >>> heading_scale("Value ($K)"), heading_scale("평가금액(천원)"), heading_scale("Value")
    (1000.0, 1000.0, 1.0)
    """
    wide = plain_width(text)
    for factor, pattern in _SCALES:
        if pattern.search(wide):
            return factor
    return 1e3 if _BRACKETED_K.search(wide) else 1.0


def scale_above(lines: Iterable[object]) -> float:
    """Return the scale that a short line above a list states for all of its amounts ("단위: 천원"), else 1."""
    for cell in lines:
        text = text_of(cell) if isinstance(cell, str) else ""
        if text and len(text) <= 60 and _SAYS_UNIT.search(text):
            factor = heading_scale(text)
            if factor != 1.0:
                return factor
    return 1.0
