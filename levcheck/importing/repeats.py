"""Finds sheets and lists that hold the same holdings again, so that nothing counts twice."""

import re
from collections.abc import Sequence

from levcheck.domain.position import Position
from levcheck.importing.identifiers import ticker_in_name
from levcheck.importing.list_reading import TableReading
from levcheck.importing.synonyms import normalised

_OLD = re.compile(
    r"(?i)snapshot|archiv|\bold\b|history|backup|copy|kopie|previous|\bprev\b|last year|vorjahr|alt\b|draft|test|历史|備份|이전|과거|過去|(?:19|20)\d\d"
)
_SUMMARY = re.compile(
    r"(?i)summary|overview|dashboard|top\s?\d|übersicht|combined|consolidated|all holdings|요약|汇总|總覽"
)


def drop_repeats(
    readings: Sequence[TableReading],
) -> tuple[list[TableReading], list[tuple[TableReading, TableReading]]]:
    """Return (lists to count, [(list left out, list it repeats)]).

    Two lists repeat each other when at least half of the shorter one's holdings are in the other with the same
    quantity. A sheet named as an archive gives way, then the one with fewer holdings, then the later one.
    """
    kept: list[TableReading] = []
    dropped: list[tuple[TableReading, TableReading]] = []
    order = sorted(range(len(readings)), key=lambda i: (_rank(readings[i]), i))
    for index in order:
        reading = readings[index]
        twin = next((other for other in kept if _repeat(reading, other)), None)
        if twin is None:
            kept.append(reading)
        else:
            dropped.append((reading, twin))
    kept = _prefer_fuller(kept, dropped)
    kept.sort(key=lambda reading: next(i for i, r in enumerate(readings) if r is reading))
    return kept, dropped


def _rank(reading: TableReading) -> int:
    name = reading.table.sheet.name or ""
    if _OLD.search(name):
        return 2
    return 1 if _SUMMARY.search(name) or "quantity" not in reading.columns.at else 0


def _prefer_fuller(
    kept: list[TableReading], dropped: list[tuple[TableReading, TableReading]]
) -> list[TableReading]:
    """Let a list that holds everything of the one kept, and more that stands nowhere else, take its place."""
    made = list(kept)
    for index, (reading, twin) in enumerate(list(dropped)):
        if _OLD.search(reading.table.sheet.name or "") or not any(twin is other for other in made):
            continue
        view = _shared_view(reading, twin)
        mine = _keys(reading, view)
        counted = {key for other in made for key in _keys(other, view)}
        if not mine <= counted and _keys(twin, view) < mine:
            made[next(i for i, other in enumerate(made) if other is twin)] = reading
            dropped[index] = (twin, reading)
    return made


def _repeat(reading: TableReading, other: TableReading) -> bool:
    if reading.table.section is not None and other.table.section is not None:
        return False
    view = _shared_view(reading, other)
    mine, theirs = _keys(reading, view), _keys(other, view)
    if not mine or not theirs:
        return False
    shared = len(mine & theirs)
    if shared < len(mine):
        # An overview may give values only: then those are compared.
        by_value = _values(reading, view), _values(other, view)
        if len(by_value[0]) == len(mine):
            shared = max(shared, len(by_value[0] & by_value[1]))
    if shared == len(mine) and _names_account(reading, other, view):
        return True
    if reading.table.sheet is other.table.sheet:
        # Two lists on one sheet repeat each other only when they agree entirely; accounts may well hold the same fund.
        return shared == len(mine) and shared >= 2
    return shared >= 0.5 * min(len(mine), len(theirs)) and (
        shared >= 2 or len(mine) == len(theirs) == 1
    )


def _names_account(reading: TableReading, other: TableReading, view: str) -> bool:
    """Whether a sheet is named after the account under which another list holds the same."""
    name = (reading.table.sheet.name or "").strip().casefold()
    mine = _keys(reading, view)
    return bool(name) and any(
        (position.account or "").strip().casefold() == name and _key(position, view) in mine
        for position in other.positions
    )


def _shared_view(reading: TableReading, other: TableReading) -> str:
    """Return the way of naming holdings under which two lists agree most."""
    return max(
        _VIEWS,
        key=lambda view: (
            len(_keys(reading, view) & _keys(other, view))
            + len(_values(reading, view) & _values(other, view))
        ),
    )


_VIEWS = ("isin", "symbol", "wkn", "name")


def _keys(reading: TableReading, view: str) -> set[tuple[str, float]]:
    return {key for position in reading.positions if (key := _key(position, view)) is not None}


def _key(position: Position, view: str) -> tuple[str, float] | None:
    amount = position.quantity if position.quantity is not None else position.market_value
    identity = _identity(position, view)
    return (identity, round(amount, 6)) if amount is not None and identity else None


def _values(reading: TableReading, view: str) -> set[tuple[str, float]]:
    """Return (name, value to the whole) of the holdings of a list."""
    return {
        (identity, round(position.market_value))
        for position in reading.positions
        if position.market_value and (identity := _identity(position, view))
    }


def _identity(position: Position, view: str) -> str | None:
    if view == "symbol":
        glued = ticker_in_name(position.name or "") if not position.symbol else None
        found = position.symbol or (glued[1] if glued else None)
        return found.upper() if found else None
    if view == "name":
        return normalised(position.name or "") or None
    return position.isin if view == "isin" else position.wkn
