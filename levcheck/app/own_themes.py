"""Bets in the user's own words: every change as a pure function, and the library seen through them."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, cast

from levcheck.app.reference_port import ReferenceData
from levcheck.app.session import Session
from levcheck.domain.theme import Family, OwnMember, OwnTheme, OwnThemes, Theme, ThemeMerge

if TYPE_CHECKING:
    from levcheck.reference.catalogue import Catalogue

LONGEST_NAME = 60


def rename_theme(session: Session, theme: Theme, name: str) -> Session:
    """Return the session with another name for a bet.

    Raises:
        ValueError: the name is empty.
    """
    named = OwnTheme(theme.id, plain_name(name), theme.family)
    return _with(session, _named(session.portfolio.themes, named))


def add_theme(
    session: Session, name: str, members: Iterable[str], *, family: Family = Family.NEUTRAL
) -> tuple[Session, str]:
    """Return the session with a new bet, and the bet's id.

    Args:
        session: what there is.
        name: as typed.
        members: roots that count fully in it.
        family: the family it is drawn in.

    Raises:
        ValueError: the name is empty.
    """
    own = session.portfolio.themes
    made = OwnTheme(_new_id(own, name), plain_name(name), family)
    named = _named(own, made)
    return _with(session, _counted(named, made.id, dict.fromkeys(members, 1.0))), made.id


def set_member(session: Session, theme: str, member: str, strength: float) -> Session:
    """Return the session with a root counted in a bet by this share of it; 0 takes it out.

    Raises:
        ValueError: the share is not between 0 and 1.
    """
    if not 0.0 <= strength <= 1.0:
        message = "a share lies between 0 and 1"
        raise ValueError(message)
    return _with(session, _counted(session.portfolio.themes, theme, {member: strength}))


def split_theme(
    session: Session, theme: Theme, name: str, members: Sequence[str]
) -> tuple[Session, str]:
    """Return the session with some members of a bet in a bet of their own, and its id.

    Raises:
        ValueError: the name is empty.
    """
    split, made = add_theme(session, name, members, family=theme.family)
    own = _counted(split.portfolio.themes, theme.id, dict.fromkeys(members, 0.0))
    return _with(session, own), made


def merge_themes(session: Session, theme: str, into: str) -> Session:
    """Return the session with everything of one bet counted in another.

    Raises:
        ValueError: both are the same.
    """
    if theme == into:
        message = "a bet cannot be put into itself"
        raise ValueError(message)
    own = session.portfolio.themes
    # What was put into the bet before goes along; what the other was put into no longer counts.
    kept = tuple(one for one in own.merged if one.theme not in {theme, into})
    return _with(session, replace(own, merged=(*kept, ThemeMerge(theme, into))))


def restore_theme(session: Session, theme: str) -> Session:
    """Return the session without anything the user said about a bet; one of his own is gone."""
    own = session.portfolio.themes
    return _with(
        session,
        OwnThemes(
            tuple(one for one in own.names if one.id != theme),
            tuple(one for one in own.members if one.theme != theme),
            tuple(one for one in own.merged if theme not in {one.theme, one.into}),
        ),
    )


def is_changed(own: OwnThemes, theme: str) -> bool:
    """Return whether the user said anything about a bet."""
    return any(
        [
            *(one.id == theme for one in own.names),
            *(one.theme == theme for one in own.members),
            *(theme in {one.theme, one.into} for one in own.merged),
        ]
    )


def seen_through(reference: ReferenceData, own: OwnThemes) -> ReferenceData:
    """Return the library with the user's bets on top; the same bets on the same library give the same object."""
    return reference if own.is_empty else _laid(cast("Catalogue", reference), own)


@lru_cache(maxsize=2)
def _laid(catalogue: "Catalogue", own: OwnThemes) -> "Catalogue":
    from levcheck.reference.own_themes import with_own_themes  # the tables are opened by now

    return with_own_themes(catalogue, own)


def forget_own_themes() -> None:
    """Drop the libraries remembered, so that nothing of one list is left for the next."""
    _laid.cache_clear()


def put_away(reference: ReferenceData, themes: Sequence[Theme]) -> tuple[Theme, ...]:
    """Return the library's bets that the user put into others: scenarios still name them."""
    known = {theme.id for theme in themes}
    return tuple(theme for theme in reference.themes() if theme.id not in known)


# --- inside ----------------------------------------------------------------------------------------------


def _with(session: Session, own: OwnThemes) -> Session:
    portfolio = replace(session.portfolio, themes=own)
    return replace(session, portfolio=portfolio, revision=session.revision + 1)


def plain_name(text: str) -> str:
    """Return what a bet is called: what was typed, in one line.

    Raises:
        ValueError: nothing is left of it.
    """
    name = " ".join(text.split())[:LONGEST_NAME].strip()
    if not name:
        message = "a bet needs a name"
        raise ValueError(message)
    return name


def _named(own: OwnThemes, named: OwnTheme) -> OwnThemes:
    others = tuple(one for one in own.names if one.id != named.id)
    return replace(own, names=(*others, named))


def _counted(own: OwnThemes, theme: str, strengths: dict[str, float]) -> OwnThemes:
    others = tuple(one for one in own.members if one.theme != theme or one.member not in strengths)
    said = tuple(OwnMember(theme, member, share) for member, share in strengths.items())
    return replace(own, members=(*others, *said))


def _new_id(own: OwnThemes, name: str) -> str:
    """Return an id no bet has; letters of other scripts are kept, for ids are never shown.

    >>> _new_id(OwnThemes(), "Meine Wette!")
    'own-meine-wette'
    """
    plain = unicodedata.normalize("NFKC", name).lower()
    stem = "own-" + (re.sub(r"[\W_]+", "-", plain).strip("-") or "bet")
    taken = {one.id for one in own.names}
    return next(
        one
        for number in range(1, len(taken) + 2)
        if (one := stem if number == 1 else f"{stem}-{number}") not in taken
    )
