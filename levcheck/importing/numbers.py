"""Numbers in every style people write them, decided per column when a single cell cannot tell."""

import math
import re
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from levcheck.importing.currencies import minor_unit, plain_width, split_glued
from levcheck.importing.parsed import Cell

# Larger than any holding on earth; beyond it a cell is a slip of the keyboard or an attack, not an amount.
LARGEST = 1e15

UNKNOWN_MARKS = frozenset(
    [
        "-",
        "--",
        "---",
        "—",
        "–",
        "–",
        "―",
        "n/a",
        "na",
        "n.a.",
        "n.a",
        "nan",
        "null",
        "none",
        "nil",
        "not",
        "applicable",
        "k.a.",
        "ka",
        "n.v.",
        "nv",
        "unknown",
        "?",
        "x",
        "...",
        "…",
        "*",
        "#n/a",
        "-",
        "%",
        "--",
        "%",
        "無",
        "无",
        "該当なし",
        "해당없음",
        "not",
        "available",
        "unavailable",
        "pending",
        "tbd",
        "-",
        "€",
    ]
) | {"not applicable", "not available", "- %", "-- %", "-%", "--%", "no data"}

_MINUS = str.maketrans({"−": "-", "–": "-", "﹣": "-", "－": "-", "’": "'", "´": "'", "`": "'"})
_BODY = re.compile(r"[0-9][0-9.,' \u00a0\u202f\u2009]*|[.,][0-9]+")
_PLAIN = re.compile(r"-?([0-9]{1,15})(?:\.([0-9]{1,30}))?")
# Four letters before the first figure: no sign of a currency is as long, so this is a name.
_NAMED = re.compile(r"[A-Za-z]{4}[^%\d]*\d")
_SCIENCE = re.compile(r"[+-]?\d+(?:[.,]\d+)?[eE][+-]?\d{1,3}")
_UNITS = re.compile(
    r"(?i)\s*(stk\.?|stück|st\.|pcs\.?|pieces|shares?|units?|contracts?|sh|oz|unzen|nom\.?|株|口|股|份|张|張|手|枚|주|좌|주식|יח'?|titres?|parts?|aandelen)\.?$"
)
_SCALES = {
    "万": 1e4,
    "萬": 1e4,
    "만": 1e4,
    "億": 1e8,
    "亿": 1e8,
    "억": 1e8,
    "k": 1e3,
    "m": 1e6,
    "b": 1e9,
    "mm": 1e6,
    "bn": 1e9,
    "mio": 1e6,
}
_SCALE = re.compile(r"(?i)^(.*\d)\s*(万|萬|만|億|亿|억|k|mm|bn|mio\.?|m|b)$")
_CREDIT = re.compile(r"(?i)^(.*\d)\s*(cr|dr)\.?$")


class Number(NamedTuple):
    """What a cell says as a number.

    Attributes:
        value: the number; None when the cell is blank, unknown or unreadable.
        state: ``number``, ``blank``, ``unknown`` ("--", "N/A") or ``bad`` (text where a number belongs).
        currency: ISO code glued to it.
        percent: it was written with a percent sign (value is then still what stands before the sign).
        unit: counting unit glued to it ("Stk.", "張").
        decimals: digits after the decimal mark, for rounding bounds; -1 for a number cell, see :func:`decimals_of`.
        ambiguous: one separator before exactly three digits, read by the column's style.
        factor: 0.01 when the amount is in hundredths (pence), else 1.
    """

    value: float | None
    state: str = "number"
    currency: str | None = None
    percent: bool = False
    unit: str | None = None
    decimals: int = 0
    ambiguous: bool = False
    factor: float = 1.0


BLANK = Number(None, "blank")
UNKNOWN = Number(None, "unknown")
BAD = Number(None, "bad")


def is_unknown_mark(text: str) -> bool:
    """Whether a text says that something is not known ("--", "N/A")."""
    return not text.strip() or text.strip().casefold() in UNKNOWN_MARKS


def read_number(cell: Cell, decimal: str = ".") -> Number:
    """Return a cell as a number.

    Args:
        cell: a cell of any kind.
        decimal: the column's decimal mark, used only where the cell itself cannot tell (``1.234``).

    >>> read_number("1.234,50 €").value, read_number("(12.5%)").value, read_number("1.234", ",").value
    (1234.5, -12.5, 1234.0)
    """
    if cell is None:
        return BLANK
    if isinstance(cell, float):
        return _from_float(cell)
    if isinstance(cell, bool | date):
        return BAD
    return _from_text(cell, decimal)


def _from_float(value: float) -> Number:
    if not math.isfinite(value) or abs(value) > LARGEST:
        return BAD
    return Number(value, decimals=-1)


def decimals_of(number: Number) -> int:
    """Return how many decimals a number was written with; of a number cell those it needs."""
    if number.decimals >= 0:
        return number.decimals
    value = number.value or 0.0
    digits = repr(value)
    if value.is_integer() or "e" in digits:
        return 0 if value.is_integer() else 12
    return len(digits) - digits.find(".") - 1


def _from_text(raw: str, decimal: str) -> Number:
    plain = _PLAIN.fullmatch(raw)
    if plain is not None and (made := _from_plain(raw, plain[1], plain[2])) is not None:
        return made
    text = plain_width(raw).translate(_MINUS).strip()
    if not text:
        return BLANK
    is_mark = text.casefold() in UNKNOWN_MARKS
    if is_mark or len(text) > 64 or _NAMED.match(text):
        return UNKNOWN if is_mark else BAD
    percent = text.endswith(("%", "%)")) or text.startswith("%")
    if percent:
        text = text.replace("%", "").strip()
    text, currency, factor = _without_currency(text)
    text, unit = _without_unit(text)
    text, scale, sign = _without_marks(text)
    if not text:
        return BAD if currency else UNKNOWN
    if text.casefold() in UNKNOWN_MARKS:
        return UNKNOWN
    return _finish(
        text, decimal, Number(sign * scale, "number", currency, percent, unit, factor=factor)
    )


def plain_number(text: str) -> float | None:
    """Return the number of a text that is nothing but digits and at most one dot, None where a closer look is needed."""
    plain = _PLAIN.fullmatch(text)
    made = _from_plain(text, plain[1], plain[2]) if plain is not None else None
    return made.value if made is not None else None


def _from_plain(raw: str, whole: str, rest: str | None) -> Number | None:
    """Return the number that bare digits make, as most cells of exports are; None where a closer look is needed."""
    if rest is not None and (len(rest) == 3 and len(whole) <= 3 and whole[0] != "0"):
        return None
    value = float(raw)
    if abs(value) > LARGEST:
        return None
    return Number(value, "number", None, False, None, len(rest or ""))


def _without_currency(text: str) -> tuple[str, str | None, float]:
    if len(text) > 1 and text[-1] == "p" and text[-2].isdigit():
        return text[:-1], "GBP", 0.01
    if text[-3:] in ("GBX", "GBp", "ILA") or text[:3] in ("GBX", "GBp", "ILA"):
        code = text[-3:] if text[-3:] in ("GBX", "GBp", "ILA") else text[:3]
        unit = minor_unit(code)
        if unit is not None:
            return text.replace(code, "").strip(), unit[0], unit[1]
    stripped, currency = split_glued(text)
    return stripped, currency, 1.0


def _without_unit(text: str) -> tuple[str, str | None]:
    found = _UNITS.search(text)
    if found is None or not text[: found.start()].strip():
        return text, None
    return text[: found.start()].strip(), found.group(1)


def _without_marks(text: str) -> tuple[str, float, float]:
    """Take signs, brackets, CR/DR and scale words off; return (digits, scale, sign)."""
    sign, scale = 1.0, 1.0
    if text.startswith("(") and text.endswith(")"):
        sign, text = -1.0, text[1:-1].strip()
        text = split_glued(text)[0]
    if credit := _CREDIT.match(text):
        sign, text = (-sign if credit.group(2).lower() == "dr" else sign), credit.group(1)
    if scaled := _SCALE.match(text):
        text, scale = scaled.group(1), _SCALES[scaled.group(2).lower().rstrip(".")]
    if text.startswith(("+", "-")):
        sign, text = (-sign if text[0] == "-" else sign), text[1:].strip()
        text = split_glued(text)[0]
    elif text.endswith(("+", "-")) and len(text) > 1:
        sign, text = (-sign if text[-1] == "-" else sign), text[:-1].strip()
    return text, scale, sign


def _finish(text: str, decimal: str, made: Number) -> Number:
    """Read the bare digits; `made.value` carries sign times scale."""
    signed_scale = made.value or 1.0
    if _SCIENCE.fullmatch(text):
        value, decimals, ambiguous = float(text.replace(",", ".")), 12, False
    elif _BODY.fullmatch(text):
        parsed = parse_digits(text, decimal)
        if parsed is None:
            return BAD
        value, decimals, ambiguous = parsed
    else:
        return BAD
    value *= signed_scale
    if not math.isfinite(value) or abs(value) > LARGEST:
        return BAD
    return Number(
        value, "number", made.currency, made.percent, made.unit, decimals, ambiguous, made.factor
    )


def parse_digits(text: str, decimal: str) -> tuple[float, int, bool] | None:
    """Return (value, decimals, ambiguous) of digits with separators, None when they make no number.

    A cell that decides for itself (``1.234,5``, ``0.5``, ``12,34,567.00``) is read as it stands; only one separator
    before exactly three digits is left to `decimal`.
    """
    bare = re.sub(r"['\s\u00a0\u202f\u2009]", "", text) if not text.isdigit() else text
    if bare.isdigit():
        return (float(bare), 0, False) if _groups_fit(text) else None
    dots, commas = bare.count("."), bare.count(",")
    if dots and commas:
        mark = "." if bare.rfind(".") > bare.rfind(",") else ","
        return _split_at(bare, mark)
    return _one_mark(bare, "." if dots else ",", decimal, plain=text == bare)


def _one_mark(bare: str, mark: str, decimal: str, *, plain: bool) -> tuple[float, int, bool] | None:
    whole, _, rest = bare.rpartition(mark)
    if bare.count(mark) > 1:
        return (float(bare.replace(mark, "")), 0, False) if _is_grouped(bare, mark) else None
    if not rest:
        return (float(whole), 0, False) if whole.isdigit() else None
    if len(rest) == 3 and 1 <= len(whole) <= 3 and not whole.startswith("0") and plain:
        made = float(f"{whole}.{rest}") if mark == decimal else float(whole + rest)
        return made, 3 if mark == decimal else 0, True
    return float(f"{whole or '0'}.{rest}"), len(rest), False


def _split_at(bare: str, mark: str) -> tuple[float, int, bool] | None:
    whole, _, rest = bare.rpartition(mark)
    other = "," if mark == "." else "."
    if mark in whole or other in rest or not _is_grouped(whole, other):
        return None
    return float(f"{whole.replace(other, '')}.{rest or '0'}"), len(rest), False


def _is_grouped(bare: str, mark: str) -> bool:
    """Whether groups are thousands (or the Indian twos before a last group of three)."""
    first, *middle = bare.split(mark)
    if not middle:
        return first.isdigit()
    if not (1 <= len(first) <= 3 and first.isdigit()) or len(middle[-1]) != 3:
        return False
    sizes = {len(group) for group in middle[:-1]}
    return all(group.isdigit() for group in middle) and sizes in (set(), {3}, {2})


def _groups_fit(text: str) -> bool:
    """Whether blanks and apostrophes part thousands only (``2 000``), so that ``12 34`` is no number."""
    groups = re.split(r"['\s\u00a0\u202f\u2009]+", text.strip())
    return len(groups) == 1 or (len(groups[0]) <= 3 and all(len(g) == 3 for g in groups[1:]))


def style_votes(cells: Iterable[Cell]) -> tuple[int, int, int, int]:
    """Count what the texts of a column prove: (decimal dots, decimal commas, ambiguous dots, ambiguous commas)."""
    dot = comma = maybe_dot = maybe_comma = 0
    for cell in cells:
        if not isinstance(cell, str):
            continue
        if (plain := _PLAIN.fullmatch(cell)) is not None:
            whole, rest = plain[1], plain[2]
            unsure = rest and len(rest) == 3 and len(whole) <= 3 and whole[0] != "0"
            maybe_dot += bool(unsure)
            dot += bool(rest) and not unsure
            continue
        text = plain_width(cell).translate(_MINUS).strip().strip("+-()%")
        bare = re.sub(r"[^\d.,]", "", text)
        if not bare or not any(ch.isdigit() for ch in bare):
            continue
        vote = _vote(bare)
        dot += vote == "."
        comma += vote == ","
        maybe_dot += vote == "?."
        maybe_comma += vote == "?,"
    return dot, comma, maybe_dot, maybe_comma


def _vote(bare: str) -> str:
    dots, commas = bare.count("."), bare.count(",")
    if dots and commas:
        return "." if bare.rfind(".") > bare.rfind(",") else ","
    if not dots and not commas:
        return ""
    mark, other = (".", ",") if dots else (",", ".")
    if dots + commas > 1:
        return other
    whole, _, rest = bare.partition(mark)
    if len(rest) == 3 and 1 <= len(whole) <= 3 and not whole.startswith("0"):
        return "?" + mark
    return mark if rest else ""
