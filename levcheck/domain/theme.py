"""Bets: what several roots have in common."""

from dataclasses import dataclass
from enum import StrEnum


class Family(StrEnum):
    """The eight families every root belongs to exactly once; each has one colour and one badge."""

    AI_CHIPS = "ai-chips-family"
    CRYPTO = "crypto-family"
    SPACE = "space-family"
    BROAD_EQUITY = "broad-equity"
    OTHER_SECTORS = "other-sectors"
    REAL_ASSETS = "real-assets"
    BONDS = "bonds-credit"
    NEUTRAL = "neutral"


@dataclass(frozen=True, slots=True)
class ThemeMember:
    """One membership.

    Attributes:
        theme: theme id ("ai-chips").
        member: root or instrument id.
        strength: share of the member's exposure counted in the theme, 0 to 1.
        reason: why, in words.
        source: who says so.
    """

    theme: str
    member: str
    strength: float
    reason: str
    source: str


@dataclass(frozen=True, slots=True)
class Theme:
    """A bet with its members.

    Attributes:
        id: lower-case words joined by hyphens.
        name: what people call it, in English (catalogues translate it).
        family: the family it is drawn in.
        members: memberships, strongest first.
    """

    id: str
    name: str
    family: Family
    members: tuple[ThemeMember, ...]
