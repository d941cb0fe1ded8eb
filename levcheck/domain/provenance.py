"""Where a fact comes from and how old it is."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Source:
    """The origin of a fact.

    Attributes:
        title: who says so, in words a person can follow.
        as_of: ISO date the fact is true for; None = the source does not say.
        table: name of the reference table that carries it ("instruments"), None when it comes from the user.
    """

    title: str
    as_of: str | None = None
    table: str | None = None


class Freshness(StrEnum):
    """Age classes of fund holdings (reference library, section 7)."""

    FRESH = "fresh"
    AGEING = "ageing"
    STALE = "stale"
    UNDATED = "undated"


def age_in_days(as_of: str | None, today: date) -> int | None:
    """Return how many days ago a fact was so, 0 for one of the future; None where its day is not known.

    >>> age_in_days("2026-06-30", date(2026, 7, 5))
    5
    """
    try:
        return max((today - date.fromisoformat((as_of or "")[:10])).days, 0)
    except ValueError:
        return None


def freshness(as_of: str | None, today: date) -> Freshness:
    """Return the age class of a fact: up to 7 days fresh, up to 45 ageing, older stale.

    >>> freshness("2026-06-30", date(2026, 7, 5)).value
    'fresh'
    """
    age = age_in_days(as_of, today)
    if age is None:
        return Freshness.UNDATED
    if age <= 7:
        return Freshness.FRESH
    return Freshness.AGEING if age <= 45 else Freshness.STALE
