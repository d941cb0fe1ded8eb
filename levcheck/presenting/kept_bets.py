"""Bets kept for every list, as the settings show them."""

from collections.abc import Sequence
from dataclasses import dataclass

from levcheck.app.kept_bets import KeptBet, KeptMember
from levcheck.i18n.words import Words
from levcheck.presenting.names import short_name


@dataclass(frozen=True, slots=True)
class KeptBetView:
    """One bet.

    Attributes:
        id: of the bet.
        name: what it is called.
        text: its name and how many names are in it.
        detail: which names, where it came from and since when.
        counts: whether it counts in every list.
    """

    id: str
    name: str
    text: str
    detail: str
    counts: bool


def kept_bets_views(bets: Sequence[KeptBet], words: Words) -> tuple[KeptBetView, ...]:
    """Return every bet kept, by name."""
    views = [_view(bet, words) for bet in bets]
    return tuple(sorted(views, key=lambda view: (view.name.casefold(), view.id)))


def _view(bet: KeptBet, words: Words) -> KeptBetView:
    name = words.text(bet.name)
    inside = [one for one in bet.members if one.strength > 0]
    text = name
    if inside:
        text = words.count("{bet} · {n} name", "{bet} · {n} names", len(inside), bet=name)
    return KeptBetView(bet.id, name, text, " ".join(_details(bet, words)), bet.counts)


def _details(bet: KeptBet, words: Words) -> list[str]:
    inside = [_member(one, words) for one in bet.members if one.strength > 0]
    out = [short_name(one.name) for one in bet.members if one.strength == 0]
    told = []
    if inside:
        told.append(words.text("Counts: {names}.", names=", ".join(inside)))
    if out:
        told.append(words.text("Taken out: {names}.", names=", ".join(out)))
    if bet.into:
        told.append(words.text("Put into {bet}.", bet=words.text(bet.into)))
    told.append(_origin(bet, words))
    return told


def _member(one: KeptMember, words: Words) -> str:
    name = short_name(one.name)
    return name if one.strength == 1 else f"{name} ({words.percent(one.strength)})"


def _origin(bet: KeptBet, words: Words) -> str:
    if bet.file:
        came = words.text("From the file {file}", file=bet.file)
    else:
        came = words.text("Made by you")
    return f"{came}, {words.day(bet.as_of)}." if bet.as_of else f"{came}."
