"""How much two positions are the same thing, and how many different things there really are."""

from typing import NamedTuple

import numpy as np

from levcheck.exposure.graph import BoolArray, FloatArray, IntArray


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
    long = np.maximum(exposure, 0.0)
    weight = _per_row(long, long.sum(axis=1))
    unit = _per_row(exposure, np.sqrt((exposure**2).sum(axis=1)))
    count = len(exposure)
    min_weight, shared = np.zeros((count, count)), np.zeros((count, count))
    size, side = np.abs(exposure), np.sign(exposure)
    for a in range(count):
        # Only the roots of this one can be shared, which keeps a share beside broad funds cheap.
        held = np.flatnonzero(exposure[a])
        if not held.size:
            continue
        others = np.s_[a:, held] if held.size < exposure.shape[1] else np.s_[a:]
        least = np.minimum(weight[a, held], weight[others])
        min_weight[a, a:] = min_weight[a:, a] = least.sum(axis=1)
        is_same_side = side[others] == side[a, held]
        common = np.minimum(size[a, held], size[others]) * is_same_side
        shared[a, a:] = shared[a:, a] = common.sum(axis=1)
    return Pairs(np.clip(min_weight, 0.0, 1.0), np.clip(unit @ unit.T, -1.0, 1.0), shared)


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


def _per_row(values: FloatArray, by: FloatArray) -> FloatArray:
    """Divide each row by its own number; a row whose number is zero becomes zero."""
    safe = np.where(by > 0, by, 1.0)
    result: FloatArray = np.where((by > 0)[:, None], values / safe[:, None], 0.0)
    return result
