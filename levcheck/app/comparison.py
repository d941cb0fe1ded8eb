"""What changed between two lists of the same client: lines, bets, roots, losses and coverage, before and after.

Both lists are analysed by the same core, with the same library and under the same scenarios, so that what differs is
in the lists and not in what is known.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from levcheck.app.analysis import AnalysedPosition, Analysis
from levcheck.app.result_hash import result_hash
from levcheck.domain.diagnostics import LevcheckError

SCHEMA = "levcheck/compare/1"
LEAST_MOVE = 0.0005
"""Shares that differ by less than this are the same as printed."""


class Fate(StrEnum):
    """What became of a line."""

    ADDED = "added"
    REMOVED = "removed"
    MORE = "more"
    LESS = "less"
    PRICED = "priced"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class LineChange:
    """One thing held, over all accounts, before and after.

    Attributes:
        key: instrument id; the label where it is not known.
        label: what it is called.
        fate: added, removed, more or less of it, only its price, or the same.
        value_before: base currency; None = unknown or not held.
        value_after: base currency; None = unknown or not held.
        quantity_before: None = unknown or not held.
        quantity_after: None = unknown or not held.
    """

    key: str
    label: str
    fate: Fate
    value_before: float | None
    value_after: float | None
    quantity_before: float | None
    quantity_after: float | None


@dataclass(frozen=True, slots=True)
class ShareChange:
    """A bet or a root: amount and share of the money, before and after; a share is None without equity."""

    id: str
    name: str
    before: float
    after: float
    share_before: float | None
    share_after: float | None


@dataclass(frozen=True, slots=True)
class LossChange:
    """A scenario run on both lists: change of value and its share of the money, before and after."""

    scenario: str
    name: str
    before: float
    after: float
    share_before: float | None
    share_after: float | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that changed.

    Attributes:
        before: analysis of the older list.
        after: analysis of the newer list.
        lines: every thing held on either side, the largest first.
        bets: bets of either side, by the size of the move of their share.
        roots: roots of either side, by the size of the move of their share.
        losses: scenarios run on both, the costliest now first.
    """

    before: Analysis
    after: Analysis
    lines: tuple[LineChange, ...]
    bets: tuple[ShareChange, ...]
    roots: tuple[ShareChange, ...]
    losses: tuple[LossChange, ...]

    def count(self, *fates: Fate) -> int:
        """Return how many things met one of these fates."""
        return sum(line.fate in fates for line in self.lines)


def compare(before: Analysis, after: Analysis) -> Comparison:
    """Return what changed from one list to another.

    Raises:
        LevcheckError: their totals are in different currencies.
    """
    old, new = before.portfolio.base_currency, after.portfolio.base_currency
    if old != new:
        raise LevcheckError("report.other_currency", old=old, new=new)
    return Comparison(
        before,
        after,
        _lines(before, after),
        _shares(
            ((t.theme, t.name, t.net, t.share_of_equity) for t in before.themes),
            ((t.theme, t.name, t.net, t.share_of_equity) for t in after.themes),
        ),
        _shares(
            ((r.root, r.name, r.net, r.share_of_equity) for r in before.exposures),
            ((r.root, r.name, r.net, r.share_of_equity) for r in after.exposures),
        ),
        _losses(before, after),
    )


def comparison_document(found: Comparison) -> dict[str, Any]:
    """Return a comparison as values that JSON can carry."""
    return {
        "schema": SCHEMA,
        "base_currency": found.after.portfolio.base_currency,
        "before": _side(found.before),
        "after": _side(found.after),
        "positions": [
            {
                "instrument": line.key,
                "label": line.label,
                "change": line.fate.value,
                "market_value_before": line.value_before,
                "market_value_after": line.value_after,
                "quantity_before": line.quantity_before,
                "quantity_after": line.quantity_after,
            }
            for line in found.lines
        ],
        "themes": [_share_fields(change) for change in found.bets],
        "roots": [_share_fields(change) for change in found.roots],
        "stress": [
            {
                "scenario": change.scenario,
                "pnl_before": change.before,
                "pnl_after": change.after,
                "share_before": change.share_before,
                "share_after": change.share_after,
            }
            for change in found.losses
        ],
    }


# --- inside ------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Held:
    """One thing held on one side, summed over its lines; an unknown part makes the sum unknown."""

    label: str
    value: float | None = 0.0
    quantity: float | None = 0.0

    def add(self, line: AnalysedPosition) -> None:
        self.value = _plus(self.value, line.market_value)
        held = line.position.quantity if line.position is not None else None
        self.quantity = _plus(self.quantity, held)


def _plus(sum_so_far: float | None, part: float | None) -> float | None:
    return None if sum_so_far is None or part is None else sum_so_far + part


def _held(analysis: Analysis) -> dict[str, _Held]:
    found: dict[str, _Held] = {}
    for line in analysis.positions:
        key = line.instrument.id if line.instrument is not None else line.label
        if line.cash is not None:
            key = f"CASH.{line.cash.currency or analysis.portfolio.base_currency}"
        found.setdefault(key, _Held(line.label)).add(line)
    return found


def _lines(before: Analysis, after: Analysis) -> tuple[LineChange, ...]:
    old, new = _held(before), _held(after)
    changes = [_line(key, old.get(key), new.get(key)) for key in dict.fromkeys((*old, *new))]
    return tuple(
        sorted(
            changes,
            key=lambda line: (-max(abs(line.value_before or 0.0), abs(line.value_after or 0.0)), line.key),
        )
    )  # fmt: skip


def _line(key: str, old: _Held | None, new: _Held | None) -> LineChange:
    named = new or old
    return LineChange(
        key,
        named.label if named is not None else key,
        _fate(old, new),
        old.value if old is not None else None,
        new.value if new is not None else None,
        old.quantity if old is not None else None,
        new.quantity if new is not None else None,
    )


def _fate(old: _Held | None, new: _Held | None) -> Fate:
    if old is None or new is None:
        return Fate.ADDED if old is None else Fate.REMOVED
    counted = _moved_to(old.quantity, new.quantity)
    if counted is not None:
        # The same number of shares at another price was neither bought nor sold.
        is_priced = counted is Fate.SAME and _moved_to(old.value, new.value) not in {
            None,
            Fate.SAME,
        }
        return Fate.PRICED if is_priced else counted
    return _moved_to(old.value, new.value) or Fate.SAME


def _moved_to(old: float | None, new: float | None) -> Fate | None:
    """Return whether there is more or less of something; None where one side is not known."""
    if old is None or new is None:
        return None
    if math.isclose(old, new, rel_tol=1e-9, abs_tol=0.005):
        return Fate.SAME
    return Fate.MORE if abs(new) > abs(old) else Fate.LESS


_Row = tuple[str, str, float, float | None]


def _shares(before: Iterable[_Row], after: Iterable[_Row]) -> tuple[ShareChange, ...]:
    old = {row[0]: row for row in before}
    new = {row[0]: row for row in after}
    changes = []
    for key in dict.fromkeys((*new, *old)):
        was, now = old.get(key), new.get(key)
        named = now or was
        if named is None:
            continue
        changes.append(
            ShareChange(
                key,
                named[1],
                was[2] if was else 0.0,
                now[2] if now else 0.0,
                was[3] if was else 0.0,
                now[3] if now else 0.0,
            )
        )
    return tuple(sorted(changes, key=lambda change: (-_moved(change), change.id)))


def _moved(change: ShareChange) -> float:
    return abs((change.share_after or 0.0) - (change.share_before or 0.0))


def _losses(before: Analysis, after: Analysis) -> tuple[LossChange, ...]:
    old = {result.scenario: result for result in before.stress}
    changes = [
        LossChange(
            now.scenario,
            now.facts.name,
            old[now.scenario].pnl,
            now.pnl,
            old[now.scenario].share_of_equity,
            now.share_of_equity,
        )
        for now in after.stress
        if now.scenario in old
    ]
    return tuple(sorted(changes, key=lambda change: change.after))


def _side(analysis: Analysis) -> dict[str, Any]:
    return {
        "name": analysis.portfolio.name,
        "as_of": analysis.portfolio.as_of,
        "equity": analysis.equity,
        "in_effect": analysis.in_effect,
        "looked_through_share": analysis.coverage.looked_through_share,
        "left_out": len(analysis.coverage.left_out),
        "input_sha256": analysis.portfolio.input_sha256 or None,
        "result_sha256": result_hash(analysis),
    }


def _share_fields(change: ShareChange) -> dict[str, Any]:
    return {
        "id": change.id,
        "name": change.name,
        "net_before": change.before,
        "net_after": change.after,
        "share_before": change.share_before,
        "share_after": change.share_after,
    }
