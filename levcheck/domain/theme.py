"""Bets: what several roots have in common, and what the user says about them himself."""

from dataclasses import dataclass, field
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
    _named: frozenset[str] | None = field(default=None, init=False, repr=False, compare=False)

    @property
    def named(self) -> frozenset[str]:
        """Ids of the members; gathered once, for a library's bets are asked again with every portfolio."""
        found = self._named
        if found is None:
            found = frozenset(member.member for member in self.members)
            object.__setattr__(self, "_named", found)
        return found


@dataclass(frozen=True, slots=True)
class OwnTheme:
    """A bet the user made or renamed.

    Attributes:
        id: of a bet of the library, or one of the user's own ("own-my-miners").
        name: as the user typed it; never translated.
        family: the family it is drawn in.
    """

    id: str
    name: str
    family: Family


@dataclass(frozen=True, slots=True)
class OwnMember:
    """How much of a root the user counts in a bet: 0 takes it out."""

    theme: str
    member: str
    strength: float


@dataclass(frozen=True, slots=True)
class ThemeMerge:
    """A bet the user put into another: its members count there."""

    theme: str
    into: str


@dataclass(frozen=True, slots=True)
class OwnThemes:
    """Everything the user says about bets; it lies over what the library says and goes before it.

    Attributes:
        names: bets made or renamed, in the order made.
        members: memberships set; one for each pair of bet and member.
        merged: bets put into others; one for each.
    """

    names: tuple[OwnTheme, ...] = ()
    members: tuple[OwnMember, ...] = ()
    merged: tuple[ThemeMerge, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether the user said nothing."""
        return not (self.names or self.members or self.merged)


NO_OWN_THEMES = OwnThemes()
