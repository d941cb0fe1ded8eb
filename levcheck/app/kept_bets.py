"""Bets the user keeps for every list: what is in them, and every change with the one that undoes it."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from levcheck.app.own_themes import plain_name
from levcheck.app.session import Session
from levcheck.domain.diagnostics import LevcheckError
from levcheck.domain.theme import Family, OwnThemes

if TYPE_CHECKING:
    from levcheck.reference.catalogue import Catalogue
    from levcheck.reference.own_themes import KeptTheme


@dataclass(frozen=True, slots=True)
class KeptMember:
    """One name in a bet.

    Attributes:
        name: of the instrument, its id where it is not known.
        strength: how fully it counts; 0 = it was taken out.
    """

    name: str
    strength: float


@dataclass(frozen=True, slots=True)
class KeptBet:
    """One bet of the user's library.

    Attributes:
        id: of the bet.
        name: what it is called, in English where it is one of levcheck's own.
        members: what was said about names, as kept.
        into: name of the bet it was put into; "" = none.
        as_of: ISO date of the newest word about it; "" = not known.
        file: the file it came from; "" = it was made by hand.
        counts: whether it counts in every list.
        own: the same as a portfolio says it.
    """

    id: str
    name: str
    members: tuple[KeptMember, ...]
    into: str
    as_of: str
    file: str
    counts: bool
    own: OwnThemes


@dataclass(frozen=True, slots=True)
class KeptChange:
    """A change of a bet that is kept.

    Attributes:
        id: of the bet.
        name: what it is to be called.
        counts: whether it is to count in every list.
        theme: what is to be kept of it again, for a change that is undone. Without any of these it is removed.
    """

    id: str
    name: str | None = None
    counts: bool | None = None
    theme: "KeptTheme | None" = None


def kept_bets(catalogue: "Catalogue") -> tuple[KeptBet, ...]:
    """Return every bet the user keeps; what cannot be understood is left out, for it is told elsewhere."""
    from levcheck.reference.own_themes import SOURCE, kept_themes

    found = []
    for theme in kept_themes():
        try:
            own = theme.own
        except ValueError:
            continue
        members = tuple(
            KeptMember(_name_of(catalogue, one.member), one.strength) for one in own.members
        )
        found.append(
            KeptBet(
                theme.id,
                own.names[0].name if own.names else catalogue.theme_name(theme.id),
                members,
                catalogue.theme_name(own.merged[0].into) if own.merged else "",
                theme.as_of,
                "" if theme.file == SOURCE else theme.file,
                theme.counts,
                own,
            )
        )
    return tuple(found)


def change_kept(change: KeptChange, catalogue: "Catalogue") -> KeptChange:
    """Make a change and return the one that undoes it.

    Raises:
        LevcheckError: ``reference.not_in_library`` when no such bet is kept, ``reference.library_not_writable``.
    """
    from levcheck.reference.own_themes import kept_themes, put_theme

    before = next((one for one in kept_themes() if one.id == change.id), None)
    after = change.theme
    if after is None and before is None:
        raise LevcheckError("reference.not_in_library", what=change.id)
    if before is not None and change.name is not None:
        after = before.named(plain_name(change.name), _family_of(catalogue, change.id))
    elif before is not None and change.counts is not None:
        after = replace(before, counts=change.counts)
    put_theme(change.id, after)
    return KeptChange(change.id, theme=before)


def take_bet(session: Session, own: OwnThemes) -> Session:
    """Return the session with what is kept of a bet as its own; what the session said about the same goes."""
    there = session.portfolio.themes
    ids = {one.id for one in own.names}
    pairs = {(one.theme, one.member) for one in own.members}
    put = {one.theme for one in own.merged}
    together = OwnThemes(
        (*(one for one in there.names if one.id not in ids), *own.names),
        (*(one for one in there.members if (one.theme, one.member) not in pairs), *own.members),
        (*(one for one in there.merged if one.theme not in put), *own.merged),
    )
    if together == there:
        return session
    portfolio = replace(session.portfolio, themes=together)
    return replace(session, portfolio=portfolio, revision=session.revision + 1)


def _name_of(catalogue: "Catalogue", identifier: str) -> str:
    found = catalogue.instrument(identifier)
    return found.name if found is not None else identifier


def _family_of(catalogue: "Catalogue", theme: str) -> Family:
    return next((one.family for one in catalogue.themes() if one.id == theme), Family.NEUTRAL)
