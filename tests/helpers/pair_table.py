"""Pairs laid out as tables, one row and one column a position."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from levcheck.exposure.entries import entries_of
from levcheck.exposure.overlap import shared_pairs

Table = npt.NDArray[np.float64]


class PairTable(NamedTuple):
    """Three tables, shape (P, P), zero where two positions have nothing in common and with themselves."""

    min_weight: Table
    cosine: Table
    shared_amount: Table


def pair_table(exposure: Table) -> PairTable:
    """Return what positions have in common, from a table of exposure."""
    pairs = shared_pairs(entries_of(exposure))
    found = np.zeros((3, len(exposure), len(exposure)))
    for table, values in zip(
        found, (pairs.min_weight, pairs.cosine, pairs.shared_amount), strict=True
    ):
        table[pairs.first, pairs.second] = table[pairs.second, pairs.first] = values
    return PairTable(*found)
