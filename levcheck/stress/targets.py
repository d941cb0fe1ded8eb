"""Which roots a shock means: a root itself, a theme, an asset class, a country, a currency.

A more special target wins over a broader one; two shocks that say different things about the same thing are refused.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import lru_cache
from typing import Final

import numpy as np

from levcheck.domain.diagnostics import LevcheckError
from levcheck.domain.instrument import Instrument, Kind
from levcheck.domain.scenario import Shock
from levcheck.domain.theme import Theme
from levcheck.stress.daily_reset import FloatArray


class Reach(IntEnum):
    """How special a target is; the smaller number wins."""

    ROOT = 0
    THEME = 1
    COUNTRY = 2
    CLASS = 3
    CURRENCY = 4
    DRIVER = 5
    PREMIUM = 6


_REACH_OF_PREFIX: Final = {
    "theme": Reach.THEME,
    "country": Reach.COUNTRY,
    "class": Reach.CLASS,
    "currency": Reach.CURRENCY,
    "driver": Reach.DRIVER,
    "premium": Reach.PREMIUM,
}

# A weak membership says little about how a root moves; its class says more.
_TELLING_STRENGTH: Final = 0.4

_SHARE: Final = frozenset({"equity", "single_stock", "stock"})
_CLASSES_OF_KIND: Final[dict[Kind | None, frozenset[str]]] = {
    Kind.COMMON: _SHARE,
    Kind.ADR: _SHARE,
    Kind.CRYPTO: frozenset({"crypto"}),
    Kind.CRYPTO_TRUST: frozenset({"crypto"}),
    Kind.BOND: frozenset({"bond"}),
    Kind.CASH: frozenset({"cash"}),
}
_CLASS_FAMILIES: Final[dict[str, frozenset[str]]] = {
    "index_equity": frozenset({"equity"}),
    "sector_equity": frozenset({"equity"}),
    "country_equity": frozenset({"equity"}),
    "single_stock": frozenset({"equity", "stock"}),
    "stock": frozenset({"equity", "single_stock"}),
    "index": frozenset({"equity", "index_equity"}),
    "sector": frozenset({"equity", "sector_equity"}),
    "treasury": frozenset({"bond"}),
    "credit": frozenset({"bond"}),
    "corporate_bond": frozenset({"bond", "credit"}),
    "gold": frozenset({"metal", "commodity"}),
    "silver": frozenset({"metal", "commodity"}),
    "metal": frozenset({"commodity"}),
}


@dataclass(frozen=True, slots=True)
class Target:
    """A shock's target, taken apart.

    Attributes:
        reach: how special it is.
        name: what stands behind the prefix; the root id for a root.
    """

    reach: Reach
    name: str

    @property
    def member(self) -> str:
        """The target as the tables of sensitivities spell it."""
        return self.name if self.reach is Reach.ROOT else f"{self.reach.name.lower()}:{self.name}"


@dataclass(frozen=True, slots=True)
class Memberships:
    """What each root belongs to.

    Attributes:
        places: root id → number.
        themes: root id → theme id → strength 0…1, strongest first.
        classes: root id → asset classes it counts as.
        countries: root id → ISO country; roots without one are missing.
        currencies: root id → ISO currency; roots without one are missing.
        groups: group as a table spells it (``theme:ai-chips``) → strength of each root, shape (R,).
    """

    places: Mapping[str, int]
    themes: Mapping[str, Mapping[str, float]]
    classes: Mapping[str, frozenset[str]]
    countries: Mapping[str, str]
    currencies: Mapping[str, str]
    groups: Mapping[str, FloatArray]

    def strengths(self, target: Target) -> FloatArray:
        """Return the share of a shock on `target` that each root takes, 0 to 1, shape (R,)."""
        if target.reach is Reach.ROOT:
            found = np.zeros(len(self.places))
            if target.name in self.places:
                found[self.places[target.name]] = 1.0
            return found
        group = self.groups.get(target.member)
        return np.zeros(len(self.places)) if group is None else group

    def kind_of(self, root: str) -> Hashable:
        """Return what the members a root's sensitivity may stand under depend on, its own id left out."""
        themes = self.themes.get(root)
        return (
            tuple(themes.items()) if themes else None,
            self.classes.get(root),
            self.countries.get(root),
        )

    def lookup_order(self, root: str) -> Iterable[str]:
        """Yield the members under which a root's sensitivity may stand, the most special first."""
        yield root
        for theme, strength in self.themes.get(root, {}).items():
            if strength >= _TELLING_STRENGTH:
                yield f"theme:{theme}"
        classes = self.classes.get(root, frozenset())
        yield from _class_rows(classes)
        country = self.countries.get(root)
        if country is not None:
            yield f"country:{country}"
        if "equity" in classes:
            yield "class:equity"


def parse_target(text: str) -> Target:
    """Return a target such as ``NVDA.US``, ``theme:ai-chips``, ``class:crypto``, ``country:KR``.

    Raises:
        LevcheckError: ``stress.unknown_target`` when the prefix is not one of these or nothing follows it.
    """
    prefix, colon, name = text.strip().partition(":")
    if not colon:
        if not prefix:
            raise LevcheckError("stress.unknown_target", target=text)
        return Target(Reach.ROOT, prefix)
    reach = _REACH_OF_PREFIX.get(prefix.strip().lower())
    if reach is None or not name.strip():
        raise LevcheckError("stress.unknown_target", target=text)
    clean = name.strip()
    return Target(reach, clean.upper() if reach in (Reach.COUNTRY, Reach.CURRENCY) else clean)


def checked_shocks(shocks: Iterable[Shock]) -> tuple[tuple[Target, Shock], ...]:
    """Return the shocks with their targets taken apart; repeated ones once.

    Raises:
        LevcheckError: ``stress.contradiction`` when one target is given two moves, ``stress.impossible_move``
            when a price would lose more than all or is not a number, ``stress.unknown_target``.
    """
    found: dict[Target, Shock] = {}
    for shock in shocks:
        target = parse_target(shock.target)
        if not -1.0 <= shock.move < float("inf"):
            raise LevcheckError("stress.impossible_move", target=shock.target, move=shock.move)
        earlier = found.get(target)
        if earlier is not None and (earlier.move, earlier.swing) != (shock.move, shock.swing):
            raise LevcheckError(
                "stress.contradiction", target=shock.target, first=earlier.move, second=shock.move
            )
        found[target] = shock
    return tuple(found.items())


def memberships_of(
    roots: Sequence[str],
    instruments: Mapping[str, Instrument],
    themes: Iterable[Theme],
    extra: Iterable[str] = (),
) -> Memberships:
    """Return what each root belongs to.

    Args:
        roots: R root ids.
        instruments: id → row of the instruments table; a root without one belongs to its themes only.
        themes: the themes in force; a member may be a root or a line of its issuer.
        extra: ids that are no root here but may be shocked; they get classes and themes, not a number.
    """
    places = {root: number for number, root in enumerate(roots)}
    wanted = {*roots, *extra}
    strengths = _theme_strengths(wanted, instruments, themes)
    rows = {root: row for root in wanted if (row := instruments.get(root)) is not None}
    classes = {root: classes_of(row) for root, row in rows.items()}
    countries = {root: row.country.upper() for root, row in rows.items() if row.country}
    groups = _groups(places, strengths, classes, countries)
    return Memberships(
        places=places,
        themes=strengths,
        classes=classes,
        countries=countries,
        currencies={root: row.currency for root, row in rows.items() if row.currency},
        groups=groups,
    )


def narrowed(memberships: Memberships, roots: Sequence[str]) -> Memberships:
    """Return what is known of some ids that were asked for before, numbered anew."""
    places = {root: number for number, root in enumerate(roots)}
    known = memberships
    return replace(
        known,
        places=places,
        groups=_groups(places, known.themes, known.classes, known.countries),
    )


def _groups(
    places: Mapping[str, int],
    strengths: Mapping[str, Mapping[str, float]],
    classes: Mapping[str, frozenset[str]],
    countries: Mapping[str, str],
) -> dict[str, FloatArray]:
    """Return group as a table spells it → strength of each root, shape (R,)."""
    of_theme: dict[str, tuple[list[int], list[float]]] = {}
    # Few combinations of classes exist, so roots are gathered by them and taken apart afterwards.
    of_classes: dict[frozenset[str], list[int]] = {}
    of_country: dict[str, list[int]] = {}
    for root, number in places.items():
        for theme, strength in strengths.get(root, {}).items():
            numbers, sizes = of_theme.setdefault(theme, ([], []))
            numbers.append(number)
            sizes.append(strength)
        if root in classes:
            of_classes.setdefault(classes[root], []).append(number)
        if root in countries:
            of_country.setdefault(countries[root], []).append(number)
    found: dict[str, FloatArray] = {}

    def put(name: str, numbers: list[int], sizes: list[float] | float) -> None:
        found.setdefault(name, np.zeros(len(places)))[numbers] = sizes

    for theme, (numbers, sizes) in of_theme.items():
        put(f"theme:{theme}", numbers, sizes)
    for names, numbers in of_classes.items():
        for name in names:
            put(f"class:{name}", numbers, 1.0)
    for country, numbers in of_country.items():
        put(f"country:{country}", numbers, 1.0)
    return found


def _theme_strengths(
    wanted: AbstractSet[str], instruments: Mapping[str, Instrument], themes: Iterable[Theme]
) -> dict[str, dict[str, float]]:
    strengths: dict[str, dict[str, float]] = {}
    for theme in themes:
        identifier = theme.id
        for member in theme.members:
            name = member.member
            if name not in wanted:
                row = instruments.get(name)
                if row is None or row.root not in wanted:
                    continue
                name = row.root
            parts = strengths.setdefault(name, {})
            parts[identifier] = max(parts.get(identifier, 0.0), member.strength)
    return {
        root: parts if len(parts) == 1 else dict(sorted(parts.items(), key=_strongest_first))
        for root, parts in strengths.items()
    }


def _strongest_first(item: tuple[str, float]) -> tuple[float, str]:
    return -item[1], item[0]


def classes_of(instrument: Instrument) -> frozenset[str]:
    """Return every asset class an instrument counts as; a share is equity whatever its label.

    >>> from levcheck.domain.provenance import Source
    >>> sorted(classes_of(Instrument("X.US", "X", None, None, "X", Kind.COMMON, None, None, None, None,
    ...     1.0, None, None, Source("a"))))
    ['equity', 'single_stock', 'stock']
    """
    return _classes(instrument.kind, instrument.asset_class)


@lru_cache(maxsize=512)
def _classes(kind: Kind | None, asset_class: str | None) -> frozenset[str]:
    word = (asset_class or "").strip().lower().replace("-", "_")
    found = {word} if word else set()
    found |= _CLASSES_OF_KIND.get(kind, frozenset())
    for name in tuple(found):
        found |= _CLASS_FAMILIES.get(name, frozenset())
    return frozenset(found)


@lru_cache(maxsize=512)
def _class_rows(classes: frozenset[str]) -> tuple[str, ...]:
    """Return classes as tables spell them, narrow before broad, shares as a whole left out."""
    return tuple(f"class:{name}" for name in sorted(classes - {"equity"}, key=_class_rank))


def _class_rank(name: str) -> tuple[int, str]:
    """Order classes from narrow to broad: one that contains others comes later."""
    broad = {"bond": 2, "commodity": 3, "metal": 2, "stock": 1, "single_stock": 1}
    return broad.get(name, 0), name
