"""From chains of holdings to roots, bets, families, pairs and the headline, each with the doors that carry it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from levcheck.app.analysis import (
    AnalysedPosition,
    Coverage,
    Door,
    FamilyExposure,
    LeftOut,
    Overlap,
    OverlapGroup,
    OverlapPair,
    RootExposure,
    ThemeDoor,
    ThemeExposure,
    Verdict,
)
from levcheck.app.lines import LEFT_OUT, partly_known
from levcheck.app.reference_port import ReferenceData
from levcheck.domain.diagnostics import Diagnostic, LevcheckError, Severity
from levcheck.domain.instrument import FundHoldings, Instrument, Kind, Wrapper
from levcheck.domain.theme import Family, Theme, ThemeMember
from levcheck.exposure.entries import Entries, gathered
from levcheck.exposure.graph import BoolArray, FloatArray, InstrumentGraph, IntArray, build_graph
from levcheck.exposure.graph import cash_root as root_of_cash
from levcheck.exposure.lookthrough import (
    MAX_CHAINS,
    LookThrough,
    TooManyChainsError,
    look_through,
)
from levcheck.exposure.overlap import effective_names, main_root, shared_pairs
from levcheck.exposure.themes import membership, theme_exposure, with_issuer_roots

# Held without anything between the holder and the root.
_DIRECT_KINDS = frozenset({Kind.COMMON, Kind.ADR, Kind.CRYPTO, Kind.BOND, Kind.CASH})
# A line of these shows its bet in its own name.
_LABELLED_WRAPPERS = frozenset({Wrapper.DIRECT, Wrapper.CRYPTO})
# What nearly every portfolio holds is the headline only where nothing narrower is large.
_BROAD_FAMILIES = frozenset({Family.BROAD_EQUITY, Family.BONDS, Family.NEUTRAL})
_NO_BET_THEMES = frozenset({"cash", "currencies", "unclassified"})
# A theme the user wrote himself belongs to no family, and is the very bet he asks about.
_BROAD_THEME_FAMILIES = _BROAD_FAMILIES - {Family.NEUTRAL}
MOST_COMPARED = 1_000
"""Lines compared pair by pair: half a million pairs at most, which nobody reads to the end."""
LARGE_BET = 0.25
"""Share of equity from which one narrow bet is the headline, before any broad one."""


@dataclass(frozen=True, slots=True)
class Reached:
    """Where the money of all lines ends.

    Attributes:
        lines: every line, with how much of it was looked through; P of them.
        graph: what rides on what.
        found: the entries of all lines, in the order of `lines`; cash lines are not in it.
        doors: the chain of each entry, and one for each cash line after them.
        roots: root ids, those of the graph and of the cash lines; R of them.
        door_line: line of each door, shape (K,).
        door_root: root of each door, shape (K,).
        amount: signed effective exposure of each door, shape (K,).
        is_closed: shape (R,), True for a fund nobody could look into.
        is_cash: shape (R,).
        instruments: every instrument met.
        holdings: the dated lists at hand.
    """

    lines: tuple[AnalysedPosition, ...]
    graph: InstrumentGraph
    found: LookThrough
    doors: tuple[Door, ...]
    roots: tuple[str, ...]
    door_line: IntArray
    door_root: IntArray
    amount: FloatArray
    is_closed: BoolArray
    is_cash: BoolArray
    instruments: Mapping[str, Instrument]
    holdings: Mapping[str, FundHoldings]

    def per_line(self) -> Entries:
        """Return signed amounts per line and root."""
        return gathered(
            self.door_line, self.door_root, self.amount, len(self.lines), len(self.roots)
        )

    def per_root(self, amount: FloatArray) -> FloatArray:
        """Return amounts summed per root, shape (R,)."""
        total = np.bincount(self.door_root, amount, minlength=len(self.roots))
        return total.astype(float)


def reach(
    lines: tuple[AnalysedPosition, ...], reference: ReferenceData
) -> tuple[Reached, tuple[Diagnostic, ...]]:
    """Follow every line that is not left out down to its roots.

    Raises:
        LevcheckError: funds hold each other in more ways than can be told.
    """
    starts = [_start(line) for line in lines]
    wanted = list(dict.fromkeys(start for start in starts if start is not None))
    own = own_rows(lines)
    asked = (own[start].underlying or start if start in own else start for start in wanted)
    instruments, holdings = reference.closure(list(dict.fromkeys(asked)))
    if own:
        instruments = {**instruments, **own}
    # A graph of nothing has no place for anything; a portfolio of cash alone stands on cash.
    graph, faults = build_graph(wanted or [root_of_cash(None)], instruments, holdings)
    followed = np.array([n for n, start in enumerate(starts) if start is not None], dtype=np.int64)
    node = np.array([graph.index[s] for s in starts if s is not None], dtype=np.int64)
    money = np.array([lines[n].market_value or 0.0 for n in followed.tolist()], dtype=float)
    found = _followed(graph, node, money, [lines[n] for n in followed.tolist()])
    cash = [n for n, line in enumerate(lines) if line.cash is not None and line.market_value]
    roots, cash_numbers = _with_cash(graph.roots, [_cash_root(lines[n]) for n in cash])
    cash_amount = np.array([lines[n].market_value or 0.0 for n in cash], dtype=float)
    is_closed = np.zeros(len(roots), dtype=bool)
    is_closed[: len(graph.roots)] = graph.is_closed
    door_line = np.concatenate([followed[found.position], np.array(cash, dtype=np.int64)])
    amount = np.concatenate([found.amount, cash_amount])
    reached = Reached(
        lines=lines,
        graph=graph,
        found=found,
        doors=_doors(lines, found, door_line, amount, [_cash_root(lines[n]) for n in cash]),
        roots=roots,
        door_line=door_line,
        door_root=np.concatenate([found.root, cash_numbers]),
        amount=amount,
        is_closed=is_closed,
        is_cash=np.array([root.endswith(".CASH") for root in roots], dtype=bool),
        instruments=instruments,
        holdings=holdings,
    )
    return _judged(reached, starts), faults


def _followed(
    graph: InstrumentGraph, node: IntArray, money: FloatArray, lines: Sequence[AnalysedPosition]
) -> LookThrough:
    """Look through the lines; too many ways are told with the line that leads to most of them."""
    try:
        return look_through(graph, node, money)
    except TooManyChainsError as fault:
        line = lines[fault.position]
        raise LevcheckError(
            "exposure.too_many_chains",
            where=line.position.place if line.position else None,
            fund=line.instrument.id if line.instrument else line.id,
            limit=MAX_CHAINS,
        ) from fault


def own_rows(lines: Sequence[AnalysedPosition]) -> dict[str, Instrument]:
    """Return the rows of options counted by their delta, which no library knows."""
    return {
        line.instrument.id: line.instrument
        for line in lines
        if line.kind is Kind.OPTION and line.instrument is not None and line.status != LEFT_OUT
    }


def _start(line: AnalysedPosition) -> str | None:
    if line.status == LEFT_OUT or line.instrument is None:
        return None
    return line.instrument.id


def _cash_root(line: AnalysedPosition) -> str:
    return root_of_cash(line.cash.currency if line.cash is not None else None)


def _with_cash(roots: Sequence[str], cash: Sequence[str]) -> tuple[tuple[str, ...], IntArray]:
    """Return the roots with those of the cash lines added, and the number of each cash line's root."""
    place = {root: number for number, root in enumerate(roots)}
    numbers = [place.setdefault(root, len(place)) for root in cash]
    return tuple(place), np.array(numbers, dtype=np.int64)


def _doors(
    lines: Sequence[AnalysedPosition],
    found: LookThrough,
    door_line: IntArray,
    amount: FloatArray,
    cash_roots: Sequence[str],
) -> tuple[Door, ...]:
    chains = (*found.chains(), *(((root,), ()) for root in cash_roots))
    labels = [(line.id, line.wrapper) for line in lines]
    return tuple(
        Door(labels[line][0], names, weights, money, labels[line][1])
        for line, (names, weights), money in zip(
            door_line.tolist(), chains, amount.tolist(), strict=True
        )
    )


def _judged(reached: Reached, starts: Sequence[str | None]) -> Reached:
    """Fill in, per line, how much of it was looked through and with which list."""
    size = np.abs(reached.amount)
    count = len(reached.lines)
    whole = np.bincount(reached.door_line, size, minlength=count)
    is_open = ~reached.is_closed[reached.door_root]
    seen = np.bincount(reached.door_line, size * is_open, minlength=count)
    lines = list(reached.lines)
    for number, (line, start) in enumerate(zip(reached.lines, starts, strict=True)):
        if start is None:
            continue
        share = float(seen[number] / whole[number]) if whole[number] > 0 else 1.0
        lines[number] = replace(
            partly_known(line, share), holdings=_list_used(reached.graph, start, reached.holdings)
        )
    return replace(reached, lines=tuple(lines))


def _list_used(
    graph: InstrumentGraph, start: str, holdings: Mapping[str, FundHoldings]
) -> FundHoldings | None:
    """Return the list an instrument was looked through with, its underlying's where it only multiplies that."""
    node = graph.index[start]
    for _ in range(graph.size):
        if graph.is_listed[node]:
            return holdings.get(graph.ids[node])
        children, _weights = graph.children(node)
        if len(children) != 1:
            return None
        node = int(children[0])
    return None


# --- roots -------------------------------------------------------------------------------------------------


def root_exposures(
    reached: Reached, equity: float, reference: ReferenceData
) -> tuple[RootExposure, ...]:
    """Return everything that rides on each root, the largest gross exposure first."""
    long = reached.per_root(np.maximum(reached.amount, 0.0))
    short = reached.per_root(np.minimum(reached.amount, 0.0))
    direct = reached.per_root(reached.amount * _is_direct(reached)[reached.door_line])
    doors: dict[int, list[Door]] = {}
    # Largest first within each root, in the order met where two are alike.
    by_size = np.argsort(-np.abs(reached.amount), kind="stable")
    for root, door in zip(reached.door_root[by_size].tolist(), by_size.tolist(), strict=True):
        doors.setdefault(root, []).append(reached.doors[door])
    naming = Naming(reached, reference)
    order = np.argsort(short - long, kind="stable")
    net, gross = (long + short).tolist(), (long - short).tolist()
    up, down, straight = long.tolist(), short.tolist(), direct.tolist()
    is_closed = reached.is_closed.tolist()
    return tuple(
        RootExposure(
            root=reached.roots[root],
            name=name,
            long=up[root],
            short=down[root],
            net=net[root],
            gross=gross[root],
            direct=straight[root],
            share_of_equity=share_of(net[root], equity),
            doors=tuple(doors[root]),
            family=family,
            looked_through=not is_closed[root],
        )
        for root in order.tolist()
        if root in doors
        for name, family in (naming.name_and_family(root),)
    )


def _by_size(door: ThemeDoor) -> float:
    return -abs(door.amount)


def _is_direct(reached: Reached) -> BoolArray:
    return np.array([line.kind in _DIRECT_KINDS for line in reached.lines], dtype=bool)


def share_of(amount: float, equity: float) -> float | None:
    """Return a share of equity; None where there is no equity to share."""
    return amount / equity if equity > 0 else None


class Naming:
    """Finds the name and the family of a root, whose row may belong to one of its shares only."""

    def __init__(self, reached: Reached, reference: ReferenceData) -> None:
        self._reached = reached
        self._reference = reference
        self._is_cash = reached.is_cash.tolist()
        self._common: dict[str, Instrument] = {}
        for instrument in reached.instruments.values():
            if instrument.issuer and instrument.kind in {Kind.COMMON, Kind.ADR, None}:
                self._common.setdefault(instrument.issuer, instrument)

    def _row(self, root: str) -> Instrument | None:
        found = self._reached.instruments.get(root) or self._reference.instrument(root)
        return found or self._common.get(root)

    def name_and_family(self, root: int) -> tuple[str, Family]:
        """Return what people call it, and the one family it is counted in."""
        identifier = self._reached.roots[root]
        if self._is_cash[root]:
            return f"Cash {identifier.removesuffix('.CASH')}", Family.NEUTRAL
        row = self._row(identifier)
        if row is None:
            return identifier, Family.OTHER_SECTORS
        return row.name or identifier, self._reference.family_of(row)


# --- bets --------------------------------------------------------------------------------------------------


def themes_in_force(reached: Reached, reference: ReferenceData) -> tuple[Theme, ...]:
    """Return the library's themes with every root reached in one of them at least.

    A common share that is a member stands for its issuer too; a preferred does not, for a theme of preferreds says
    nothing about the company's shares. A root that no theme names gets its theme by the library's rule.
    """
    root_of = {
        row.id: row.root
        for row in reached.instruments.values()
        if row.kind in {Kind.COMMON, Kind.ADR} and row.root != row.id
    }
    themes = [_extended(theme, root_of) for theme in reference.themes()]
    roots = frozenset(reached.roots)
    named = {root for theme in themes for root in roots & theme.named}
    ruled: dict[str, list[ThemeMember]] = {}
    for root, is_cash in zip(reached.roots, reached.is_cash.tolist(), strict=True):
        row = None if is_cash or root in named else reached.instruments.get(root)
        for member in reference.memberships(row) if row is not None else ():
            ruled.setdefault(member.theme, []).append(replace(member, member=root))
    return tuple(
        replace(theme, members=(*theme.members, *ruled[theme.id])) if theme.id in ruled else theme
        for theme in themes
    )


def _extended(theme: Theme, root_of: Mapping[str, str]) -> Theme:
    if len(theme.named) == len(theme.members) and theme.named.isdisjoint(root_of):
        return theme
    known = {member.member: member for member in theme.members}
    lifted = {root_of[name]: known[name] for name in known if name in root_of}
    members = tuple(
        replace(known.get(name) or lifted[name], member=name, strength=strength)
        for name, strength in with_issuer_roots(theme, root_of)
    )
    return replace(theme, members=members)


def with_members_met(
    themes: Sequence[Theme], reached: Reached, targets: Collection[str]
) -> tuple[Theme, ...]:
    """Return the themes with only those members that the portfolio meets or a scenario names.

    A library names thousands; what follows walks through all members several times.
    """
    met = frozenset((*reached.roots, *reached.instruments, *targets))
    found = []
    for theme in themes:
        meeting = met & theme.named
        members = [part for part in theme.members if part.member in meeting] if meeting else ()
        found.append(replace(theme, members=tuple(members)))
    return tuple(found)


def theme_exposures(
    reached: Reached, themes: Sequence[Theme], equity: float
) -> tuple[ThemeExposure, ...]:
    """Return every bet with exposure, the largest net amount first."""
    strengths = membership(reached.roots, themes)
    long = reached.per_root(np.maximum(reached.amount, 0.0)) @ strengths
    short = reached.per_root(np.minimum(reached.amount, 0.0)) @ strengths
    direct = np.abs(reached.amount) * _is_direct(reached)[reached.door_line]
    held_directly = reached.per_root(direct) @ strengths
    lines = theme_exposure(reached.per_line(), strengths)
    net_root = reached.per_root(reached.amount)
    found = []
    for place in np.flatnonzero(long - short > 0).tolist():
        theme = themes[place]
        gross = float(long[place] - short[place])
        net = float(long[place] + short[place])
        found.append(
            ThemeExposure(
                theme=theme.id,
                name=theme.name,
                labelled=_labelled(reached, theme.members),
                long=float(long[place]),
                short=float(short[place]),
                net=net,
                gross=gross,
                hidden_share=min(max(1.0 - float(held_directly[place]) / gross, 0.0), 1.0),
                share_of_equity=share_of(net, equity),
                doors=_theme_doors(reached, lines[:, place]),
                family=theme.family,
                roots=_counted(reached.roots, net_root * strengths[:, place]),
            )
        )
    return tuple(sorted(found, key=lambda theme: (-abs(theme.net), theme.theme)))


def _theme_doors(reached: Reached, amounts: FloatArray) -> tuple[ThemeDoor, ...]:
    doors = [
        ThemeDoor(reached.lines[n].id, reached.lines[n].wrapper, float(amounts[n]))
        for n in np.flatnonzero(amounts).tolist()
    ]
    return tuple(sorted(doors, key=_by_size))


def _counted(roots: Sequence[str], amounts: FloatArray) -> tuple[tuple[str, float], ...]:
    counted = np.flatnonzero(amounts)
    order = counted[np.argsort(-np.abs(amounts[counted]), kind="stable")]
    return tuple((roots[n], float(amounts[n])) for n in order.tolist())


def _labelled(reached: Reached, members: Sequence[ThemeMember]) -> float:
    """Return the market value of the lines that carry the theme in their own name."""
    strengths = {member.member: member.strength for member in members}
    total = 0.0
    for line in reached.lines:
        if line.instrument is None or line.wrapper not in _LABELLED_WRAPPERS:
            continue
        own = strengths.get(line.instrument.id)
        own = strengths.get(line.instrument.root) if own is None else own
        if own is not None and line.market_value is not None:
            total += line.market_value * own
    return total


def family_exposures(
    reached: Reached, roots: Sequence[RootExposure], equity: float, reference: ReferenceData
) -> tuple[FamilyExposure, ...]:
    """Return the families with anything in them, the largest net amount first; together they are the whole."""
    labelled = _family_labels(reached, reference)
    members: dict[Family, list[RootExposure]] = {}
    for root in roots:
        members.setdefault(root.family, []).append(root)
    found = []
    for family in Family:
        inside = members.get(family, [])
        labels = labelled.get(family, [])
        if not inside and not sum(value for _, value in labels):
            continue
        amounts: dict[str, float] = {}
        for door in (door for root in inside for door in root.doors):
            amounts[door.position] = amounts.get(door.position, 0.0) + door.amount
        long = sum(root.long for root in inside)
        short = sum(root.short for root in inside)
        found.append(
            FamilyExposure(
                family=family,
                labelled=sum(value for _, value in labels),
                long=long,
                short=short,
                net=long + short,
                gross=long - short,
                share_of_equity=share_of(long + short, equity),
                doors=len(amounts),
                positions=tuple(sorted(amounts.items(), key=lambda item: -abs(item[1]))),
                labels=tuple(labels),
            )
        )
    return tuple(sorted(found, key=lambda family: -abs(family.net)))


def _family_labels(
    reached: Reached, reference: ReferenceData
) -> dict[Family, list[tuple[str, float]]]:
    labelled: dict[Family, list[tuple[str, float]]] = {}
    for line in reached.lines:
        if line.market_value is None or line.status == LEFT_OUT:
            continue
        if line.cash is not None or line.instrument is None:
            family = Family.NEUTRAL
        else:
            family = reference.family_of(line.instrument)
        labelled.setdefault(family, []).append((line.id, line.market_value))
    return labelled


# --- pairs -------------------------------------------------------------------------------------------------


def overlap_of(reached: Reached, effective_bets: float | None) -> Overlap:
    """Return the pairs with anything in common, the groups that are one bet, and the effective names.

    Of more than :data:`MOST_COMPARED` lines only the largest are compared pair by pair, because pairs grow with the square
    of the lines; :func:`compared_in_part` says so. Groups and counts are of all lines.
    """
    held = _without_cash(reached)
    names = [line.id for line in reached.lines]
    pairs = shared_pairs(_largest_lines(held))
    found = [
        OverlapPair(names[a], names[b], least, cosine, shared)
        for a, b, least, cosine, shared in zip(*(part.tolist() for part in pairs), strict=True)
    ]
    found.sort(key=lambda pair: (-pair.shared_amount, -abs(pair.cosine)))
    return Overlap(
        pairs=tuple(found),
        groups=_groups(held, names, reached.roots),
        effective_names=effective_names(reached.per_root(np.abs(reached.amount)), reached.is_cash),
        effective_bets=effective_bets,
    )


def compared_in_part(reached: Reached) -> tuple[Diagnostic, ...]:
    """Return a notice where only the largest lines were compared pair by pair."""
    # Nearly always so: what is held need not be gathered again.
    if len(reached.lines) <= MOST_COMPARED:
        return ()
    held = _without_cash(reached)
    lines = len(np.unique(held.line))
    if lines <= MOST_COMPARED:
        return ()
    size = held.per_line(np.abs(held.amount))
    share = float(np.sort(size)[-MOST_COMPARED:].sum() / size.sum())
    return (
        Diagnostic(
            "exposure.largest_compared",
            Severity.INFO,
            None,
            {"lines": lines, "compared": MOST_COMPARED, "percent": round(100 * share, 1)},
        ),
    )


def _largest_lines(held: Entries) -> Entries:
    size = held.per_line(np.abs(held.amount))
    if np.count_nonzero(size) <= MOST_COMPARED:
        return held
    is_large = np.zeros(held.lines, dtype=bool)
    is_large[np.argsort(-size, kind="stable")[:MOST_COMPARED]] = True
    kept = is_large[held.line]
    return Entries(held.line[kept], held.root[kept], held.amount[kept], held.lines, held.roots)


def _without_cash(reached: Reached) -> Entries:
    """Return what the lines hold of each root; cash is neither a line nor a root that two could share."""
    is_line = np.array([line.position is not None for line in reached.lines], dtype=bool)
    held = reached.per_line()
    kept = is_line[held.line] & ~reached.is_cash[held.root]
    return Entries(held.line[kept], held.root[kept], held.amount[kept], held.lines, held.roots)


def _groups(held: Entries, names: Sequence[str], roots: Sequence[str]) -> tuple[OverlapGroup, ...]:
    main = main_root(held)
    members: dict[int, list[int]] = {}
    for entry in np.flatnonzero(main[held.line] == held.root).tolist():
        members.setdefault(int(held.root[entry]), []).append(entry)
    found = []
    for root, inside in sorted(members.items()):
        if len(inside) < 2:
            continue
        amounts = held.amount[inside]
        order = np.argsort(-np.abs(amounts), kind="stable")
        found.append(
            OverlapGroup(
                positions=tuple(names[n] for n in held.line[inside][order].tolist()),
                root=roots[root],
                net=float(amounts.sum()),
            )
        )
    return tuple(sorted(found, key=lambda group: -abs(group.net)))


# --- how much is known, and the headline -------------------------------------------------------------------


def coverage_of(reached: Reached) -> Coverage:
    """Return how much of the money is understood, by market value without regard to sign; cash is known."""
    total = known = seen = 0.0
    left_out = []
    for line in reached.lines:
        size = abs(line.market_value or 0.0)
        total += size
        if line.status == LEFT_OUT:
            left_out.append(LeftOut(line.id, line.market_value, line.reason or ""))
            continue
        known += size
        seen += size * (line.looked_through_share or 0.0)
    nothing = 0.0 if left_out else 1.0
    return Coverage(
        known_share=known / total if total else nothing,
        looked_through_share=seen / total if total else nothing,
        oldest_as_of=_oldest(reached),
        left_out=tuple(left_out),
    )


def _oldest(reached: Reached) -> str | None:
    graph = reached.graph
    dates = [
        reached.holdings[graph.ids[node]].as_of
        for node in np.flatnonzero(graph.is_listed).tolist()
        if graph.ids[node] in reached.holdings
    ]
    return min((date for date in dates if date), default=None)


def not_looked_through(reached: Reached) -> tuple[Diagnostic, ...]:
    """Return one notice for each line of which a part stayed inside closed funds."""
    return tuple(
        Diagnostic(
            "exposure.not_looked_through",
            Severity.INFO,
            line.position.place if line.position is not None else None,
            {
                "line": line.label,
                "percent": round(100 * (1 - (line.looked_through_share or 0.0)), 1),
            },
        )
        for line in reached.lines
        if line.reason == "exposure.not_looked_through"
    )


def verdict_of(
    lines: int,
    equity: float,
    themes: Sequence[ThemeExposure],
    roots: Sequence[RootExposure],
) -> Verdict:
    """Return the facts of the headline.

    The bet named is the largest narrow one by net amount, a theme or a single root, if it makes up a quarter of
    equity or more. Otherwise it is whatever is largest, broad themes included. Where a theme and a root are about
    the same, the theme is named. Cash is never a bet, and a closed fund only where nothing else is held.
    """
    themes = [theme for theme in themes if theme.theme not in _NO_BET_THEMES]
    bets = [root for root in roots if not root.root.endswith(".CASH")]
    named = [root for root in bets if root.looked_through and root.family is not Family.NEUTRAL]
    narrow = _largest(
        [theme for theme in themes if theme.family not in _BROAD_THEME_FAMILIES],
        [root for root in named if root.family not in _BROAD_FAMILIES],
    )
    if narrow is None or equity <= 0 or abs(narrow.net) < LARGE_BET * equity:
        narrow = _largest(themes, named) or _largest([], bets)
    if narrow is None:
        return Verdict(lines, None, None, None, 0, 0.0)
    return Verdict(
        lines=lines,
        theme=narrow.theme if isinstance(narrow, ThemeExposure) else narrow.root,
        theme_name=narrow.name,
        share=narrow.share_of_equity,
        doors=len({door.position for door in narrow.doors}),
        amount=narrow.net,
    )


def _largest(
    themes: Sequence[ThemeExposure], roots: Sequence[RootExposure]
) -> ThemeExposure | RootExposure | None:
    theme = max(themes, key=lambda found: abs(found.net), default=None)
    root = max(roots, key=lambda found: abs(found.net), default=None)
    if theme is None or root is None:
        return theme or root
    return theme if abs(theme.net) >= 0.99 * abs(root.net) else root
