"""Effective exposure gathered into bets: themes may share roots, families never do."""

from collections.abc import Mapping, Sequence

import numpy as np

from levcheck.domain.theme import Theme
from levcheck.exposure.entries import Entries, expanded
from levcheck.exposure.graph import FloatArray, IntArray


def membership(roots: Sequence[str], themes: Sequence[Theme]) -> FloatArray:
    """Return the strength with which each root belongs to each theme, 0 to 1, shape (R, H).

    A root named twice in one theme counts once, with the greater strength.
    """
    place = {root: number for number, root in enumerate(roots)}
    strengths = np.zeros((len(roots), len(themes)))
    for column, theme in enumerate(themes):
        for member in theme.members:
            row = place.get(member.member)
            if row is not None:
                strengths[row, column] = max(strengths[row, column], member.strength)
    return strengths


def theme_exposure(held: Entries, strengths: FloatArray) -> FloatArray:
    """Return signed effective exposure per position and theme, shape (P, H).

    Args:
        held: what each position holds of each root.
        strengths: membership, shape (R, H).
    """
    member, theme = np.nonzero(strengths)
    count = np.bincount(member, minlength=held.roots)
    first = np.cumsum(count) - count
    # A root is in a few themes of many, so each entry is handed to those alone.
    entry, offset = expanded(count[held.root])
    where = first[held.root[entry]] + offset
    flat = held.line[entry] * strengths.shape[1] + theme[where]
    amount = held.amount[entry] * strengths[member[where], theme[where]]
    found = np.bincount(flat, amount, held.lines * strengths.shape[1])
    return found.astype(float).reshape(held.lines, strengths.shape[1])


def family_exposure(exposure: FloatArray, family: IntArray, families: int) -> FloatArray:
    """Return signed effective exposure per position and family, shape (P, G).

    Each root is in exactly one family, so the families of a position sum to its whole exposure.

    Args:
        exposure: signed effective exposure per position and root, shape (P, R).
        family: number of the family of each root, shape (R,).
        families: how many families there are, G.
    """
    member = np.zeros((exposure.shape[1], families))
    member[np.arange(exposure.shape[1]), family] = 1.0
    return exposure @ member


def with_issuer_roots(theme: Theme, root_of: Mapping[str, str]) -> tuple[tuple[str, float], ...]:
    """Return (root or instrument, strength) of a theme, share classes also under their issuer's root.

    Args:
        theme: the theme as the library states it.
        root_of: member → root, for the members that are an issuer's common shares.
    """
    found: dict[str, float] = {}
    for member in theme.members:
        for name in {member.member, root_of.get(member.member, member.member)}:
            found[name] = max(found.get(name, 0.0), member.strength)
    return tuple(sorted(found.items(), key=lambda item: (-item[1], item[0])))
