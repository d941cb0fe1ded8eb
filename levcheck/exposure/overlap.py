"""How much two positions are the same thing, and how many different things there really are."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from levcheck.exposure.graph import BoolArray, FloatArray, IntArray

_PORTION = 2_000_000
"""Pairs of entries compared at once: about 100 MB of working memory."""


class Pairs(NamedTuple):
    """What two positions have in common, each shape (P, P), symmetric.

    Attributes:
        min_weight: Σ min(w_a, w_b) over the long sides, each normalised to one; 0 to 1.
        cosine: cosine of the signed exposure vectors, −1 (opposite bets) to 1 (the same bet).
        shared_amount: Σ min(|e_a|, |e_b|) over roots both hold on the same side, in money.
    """

    min_weight: FloatArray
    cosine: FloatArray
    shared_amount: FloatArray


def pair_overlap(exposure: FloatArray) -> Pairs:
    """Return the overlap of every pair of positions.

    Args:
        exposure: signed effective exposure per position and root without cash, shape (P, R).

    Returns:
        Three matrices; a position without exposure overlaps with nothing.

    Source: one minus the active share of Cremers and Petajisto (2009) for long-only positions.
    """
    count = len(exposure)
    who, root = np.nonzero(exposure)
    by_root = np.argsort(root, kind="stable")
    who, root = who[by_root], root[by_root]
    amount = exposure[who, root]
    long = np.maximum(amount, 0.0)
    weight = _per_owner(long, _by_owner(long, who, count), who)
    unit = _per_owner(amount, np.sqrt(_by_owner(amount**2, who, count)), who)
    size = np.abs(amount)
    least, alike, common = np.zeros((3, count * count))
    for a, b in _meetings(root):
        cell = who[a] * count + who[b]
        is_same_side = amount[a] * amount[b] > 0
        least += np.bincount(cell, np.minimum(weight[a], weight[b]), count * count)
        alike += np.bincount(cell, unit[a] * unit[b], count * count)
        shared = np.where(is_same_side, np.minimum(size[a], size[b]), 0.0)
        common += np.bincount(cell, shared, count * count)
    return Pairs(
        np.clip(_mirrored(least, count), 0.0, 1.0),
        np.clip(_mirrored(alike, count), -1.0, 1.0),
        _mirrored(common, count),
    )


def _meetings(root: IntArray) -> Iterator[tuple[IntArray, IntArray]]:
    """Yield every pair of entries that stand on one root, each with itself too, in portions that fit in memory.

    Only what two positions both hold is ever touched, so thousands of lines that share little cost little.

    Args:
        root: root of each entry, ascending, shape (E,).
    """
    partners = np.cumsum(np.bincount(root))[root] - np.arange(len(root)) if len(root) else root
    upto = np.cumsum(partners)
    start = 0
    while start < len(root):
        done = upto[start - 1] if start else 0
        stop = max(int(np.searchsorted(upto, done + _PORTION, side="right")), start + 1)
        first = np.repeat(np.arange(start, stop), partners[start:stop])
        offset = np.arange(len(first)) - np.repeat(
            upto[start:stop] - partners[start:stop] - done, partners[start:stop]
        )
        yield first, first + offset
        start = stop


def _mirrored(flat: FloatArray, count: int) -> FloatArray:
    """Return the square matrix whose upper half is given."""
    upper = flat.reshape(count, count)
    result: FloatArray = upper + np.triu(upper, 1).T
    return result


def _by_owner(values: FloatArray, who: IntArray, count: int) -> FloatArray:
    """Return the sum of the entries of each position, shape (P,)."""
    sums: FloatArray = np.bincount(who, values, count).astype(np.float64)
    return sums


def _per_owner(values: FloatArray, of: FloatArray, who: IntArray) -> FloatArray:
    """Divide each entry by its position's own number; where that is zero the entry becomes zero."""
    by = of[who]
    result: FloatArray = np.where(by > 0, values / np.where(by > 0, by, 1.0), 0.0)
    return result


def main_root(exposure: FloatArray) -> IntArray:
    """Return the root that carries more than half of each position's gross exposure, shape (P,).

    A position without such a root has -1.

    Args:
        exposure: signed effective exposure per position and root without cash, shape (P, R).
    """
    size = np.abs(exposure)
    if not size.shape[1]:
        return np.full(len(size), -1, dtype=np.int64)
    largest = size.argmax(axis=1)
    carries = size[np.arange(len(size)), largest]
    return np.where((carries > 0.5 * size.sum(axis=1)) & (carries > 0), largest, -1)


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
