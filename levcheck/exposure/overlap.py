"""How much two positions are the same thing, and how many different things there really are."""

from collections.abc import Iterator
from typing import Final, NamedTuple

import numpy as np

from levcheck.exposure.entries import Entries, expanded
from levcheck.exposure.graph import BoolArray, FloatArray, IntArray

_PORTION = 2_000_000
"""Pairs of entries compared at once: about 100 MB of working memory."""
_DENSE: Final = 4
"""Up to so many cells for each pair of entries, all cells are cheaper than finding out which are named."""


class Pairs(NamedTuple):
    """What K pairs of positions have in common; pairs with nothing in common are not in it.

    Attributes:
        first: number of the one, shape (K,), ascending.
        second: number of the other, larger, shape (K,).
        min_weight: Σ min(w_a, w_b) over the long sides, each normalised to one; 0 to 1.
        cosine: cosine of the signed exposure vectors, −1 (opposite bets) to 1 (the same bet).
        shared_amount: Σ min(|e_a|, |e_b|) over roots both hold on the same side, in money.
    """

    first: IntArray
    second: IntArray
    min_weight: FloatArray
    cosine: FloatArray
    shared_amount: FloatArray


def shared_pairs(held: Entries) -> Pairs:
    """Return the overlap of every pair of positions that meet on a root.

    Args:
        held: what each position holds of each root, without cash.

    Source: one minus the active share of Cremers and Petajisto (2009) for long-only positions.
    """
    count = held.lines
    by_root = np.argsort(held.root, kind="stable")
    who, root, amount = held.line[by_root], held.root[by_root], held.amount[by_root]
    long = np.maximum(amount, 0.0)
    weight = _per_owner(long, _by_owner(long, who, count), who)
    unit = _per_owner(amount, np.sqrt(_by_owner(amount**2, who, count)), who)
    size = np.abs(amount)
    sums = _CellSums(count * count)
    for a, b in _meetings(root):
        shared = np.where(amount[a] * amount[b] > 0, np.minimum(size[a], size[b]), 0.0)
        sums.add(
            who[a] * count + who[b],
            (np.minimum(weight[a], weight[b]), unit[a] * unit[b], shared),
        )
    cell, (least, alike, common) = sums.result()
    met = (least > 0) | (alike != 0) | (common > 0)
    cell, least, alike, common = cell[met], least[met], alike[met], common[met]
    return Pairs(
        cell // count, cell % count, np.clip(least, 0.0, 1.0), np.clip(alike, -1.0, 1.0), common
    )


class _CellSums:
    """Three sums for each cell that is ever named, whether few of all cells are or most."""

    def __init__(self, cells: int) -> None:
        self._cells = cells
        self._cell = np.zeros(0, dtype=np.int64)
        self._sums: tuple[FloatArray, ...] = (np.zeros(0),) * 3

    def add(self, cell: IntArray, values: tuple[FloatArray, ...]) -> None:
        """Add values to their cells."""
        if self._cells <= _DENSE * len(cell):
            place = np.arange(self._cells)
            sums = tuple(np.bincount(cell, v, self._cells).astype(float) for v in values)
        else:
            place, inverse = np.unique(cell, return_inverse=True)
            sums = tuple(np.bincount(inverse, v, len(place)).astype(float) for v in values)
        if not len(self._cell):
            self._cell, self._sums = place, sums
            return
        both, inverse = np.unique(np.concatenate([self._cell, place]), return_inverse=True)
        self._sums = tuple(
            np.bincount(inverse, np.concatenate([one, other]), len(both)).astype(float)
            for one, other in zip(self._sums, sums, strict=True)
        )
        self._cell = both

    def result(self) -> tuple[IntArray, tuple[FloatArray, ...]]:
        """Return the cells named, ascending, and their sums."""
        return self._cell, self._sums


def _meetings(root: IntArray) -> Iterator[tuple[IntArray, IntArray]]:
    """Yield every pair of entries that stand on one root, in portions that fit in memory.

    Only what two positions both hold is ever touched, so thousands of lines that share little cost little.

    Args:
        root: root of each entry, ascending, shape (E,).
    """
    partners = np.cumsum(np.bincount(root))[root] - np.arange(len(root)) - 1 if len(root) else root
    upto = np.cumsum(partners)
    start = 0
    while start < len(root):
        done = upto[start - 1] if start else 0
        stop = max(int(np.searchsorted(upto, done + _PORTION, side="right")), start + 1)
        first, offset = expanded(partners[start:stop])
        yield first + start, first + start + 1 + offset
        start = stop


def _by_owner(values: FloatArray, who: IntArray, count: int) -> FloatArray:
    """Return the sum of the entries of each position, shape (P,)."""
    sums: FloatArray = np.bincount(who, values, count).astype(np.float64)
    return sums


def _per_owner(values: FloatArray, of: FloatArray, who: IntArray) -> FloatArray:
    """Divide each entry by its position's own number; where that is zero the entry becomes zero."""
    by = of[who]
    result: FloatArray = np.where(by > 0, values / np.where(by > 0, by, 1.0), 0.0)
    return result


def main_root(held: Entries) -> IntArray:
    """Return the root that carries more than half of each position's gross exposure, shape (P,).

    A position without such a root has -1.

    Args:
        held: what each position holds of each root, without cash.
    """
    size = np.abs(held.amount)
    whole = held.per_line(size)[held.line]
    found = np.full(held.lines, -1, dtype=np.int64)
    # No two roots carry more than half.
    carries = size > 0.5 * whole
    found[held.line[carries]] = held.root[carries]
    return found


def effective_names(gross: FloatArray, is_cash: BoolArray) -> float | None:
    """Return 1 / Σ w² over gross root exposure, the number of equal names as concentrated as these.

    Args:
        gross: gross effective exposure per root, shape (R,).
        is_cash: roots left out, shape (R,).

    Returns:
        At least 1.0; None without exposure.
    """
    held = gross[~is_cash]
    total = float(held.sum())
    return None if total <= 0 else float(1.0 / ((held / total) ** 2).sum())
