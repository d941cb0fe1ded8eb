"""A number as a person types it: 1.234,56 and 1,234.56 alike, and an open question where it could be either."""

import re
from dataclasses import dataclass

from levcheck.i18n.words import Words

LARGEST = 1e15
_DRESS = re.compile(r"[\s'’_]|[A-Za-z]{3}\b|[$€£¥₩₹₪]")
_BODY = re.compile(r"[0-9.,]*[0-9][0-9.,]*")


@dataclass(frozen=True, slots=True)
class TypedNumber:
    """What a typed text can mean.

    Attributes:
        readings: what it can mean; none = no number, two = it is not clear which.
        texts: the same numbers as printed, to choose between.
        problem: what to do about it; "" when there is exactly one meaning.
    """

    readings: tuple[float, ...]
    texts: tuple[str, ...]
    problem: str

    @property
    def value(self) -> float | None:
        """The number, when there is exactly one meaning."""
        return self.readings[0] if len(self.readings) == 1 else None


def read_typed(text: str, words: Words, *, positive: bool = False) -> TypedNumber:
    """Return what a typed text means.

    Blanks, apostrophes and currency signs are passed over; a minus in front, behind or parentheses make it negative.

    Args:
        text: as typed.
        words: of the reader; the likelier meaning by the way he writes numbers comes first.
        positive: whether only numbers above zero are taken.

    >>> read_typed("1.234,56", Words("en")).readings
    (1234.56,)
    >>> read_typed("1,234", Words("en")).readings
    (1234.0, 1.234)
    """
    bare, is_negative = _sign(_DRESS.sub("", text))
    found = _magnitudes(bare, words) if _BODY.fullmatch(bare) else ()
    readings = tuple(dict.fromkeys(-x if is_negative and x else x for x in found))
    if not readings:
        return TypedNumber((), (), words.text("Type a number, like 1234.56."))
    if any(abs(x) > LARGEST for x in readings):
        return TypedNumber((), (), words.text("This number is too large."))
    if positive and any(x <= 0 for x in readings):
        return TypedNumber((), (), words.text("Type a number above zero."))
    texts = tuple(words.number(x, 6) for x in readings)
    if len(readings) == 1:
        return TypedNumber(readings, texts, "")
    problem = words.text("“{text}” can mean two numbers. Which one?", text=text.strip())
    return TypedNumber(readings, texts, problem)


def plain_number(value: float | None, words: Words) -> str:
    """Return a number as it would be typed: no thousands marks, the reader's decimal mark; "" for None.

    >>> plain_number(1040.0, Words("en"))
    '1040'
    """
    if value is None:
        return ""
    text = f"{value:.8f}".rstrip("0").rstrip(".")
    return text.replace(".", words.decimal_mark)


def _sign(bare: str) -> tuple[str, bool]:
    if bare.startswith("(") and bare.endswith(")"):
        return bare[1:-1], True
    if bare[:1] in {"-", "−", "–"}:
        return bare[1:], True
    if bare[-1:] in {"-", "−"}:
        return bare[:-1], True
    return bare.removeprefix("+"), False


def _magnitudes(bare: str, words: Words) -> tuple[float, ...]:
    if "." in bare and "," in bare:
        mark = max(".", ",", key=bare.rfind)
        return _with_decimal(bare, mark)
    mark = "." if "." in bare else ","
    count = bare.count(mark)
    if count == 0:
        return (float(bare),)
    if count > 1:
        return (float(bare.replace(mark, "")),) if _is_grouped(bare, mark) else ()
    whole, _, rest = bare.partition(mark)
    as_decimal = float(f"{whole or '0'}.{rest or '0'}")
    if len(rest) != 3 or not 1 <= len(whole) <= 3 or whole.startswith("0"):
        return (as_decimal,)
    grouped = float(whole + rest)
    groups_with = "." if words.decimal_mark == "," else ","
    return (grouped, as_decimal) if mark == groups_with else (as_decimal, grouped)


def _with_decimal(bare: str, mark: str) -> tuple[float, ...]:
    other = "," if mark == "." else "."
    whole, _, rest = bare.rpartition(mark)
    if mark in whole or not _is_grouped(whole, other):
        return ()
    return (float(f"{whole.replace(other, '')}.{rest or '0'}"),)


def _is_grouped(text: str, mark: str) -> bool:
    """Whether the marks stand where thousands are parted, also the Indian way (12,34,567)."""
    first, *groups = text.split(mark)
    if not 1 <= len(first) <= 3 or not groups:
        return False
    return len(groups[-1]) == 3 and all(len(group) in {2, 3} for group in groups[:-1])
