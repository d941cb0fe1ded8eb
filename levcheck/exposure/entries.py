"""What each line holds of each root, as a list of what is there and not as a table of what is not.

Ten thousand lines on five thousand roots are fifty million places, of which a few in a thousand hold anything.
"""

from typing import NamedTuple

import numpy as np

from levcheck.exposure.graph import FloatArray, IntArray


class Entries(NamedTuple):
    """E amounts of P lines on R roots, by line and then by root; none is zero and no place stands twice.

    Attributes:
        line: shape (E,).
        root: shape (E,).
        amount: signed effective exposure, shape (E,).
        lines: P.
        roots: R.
    """

    line: IntArray
    root: IntArray
    amount: FloatArray
    lines: int
    roots: int

    def per_line(self, values: FloatArray) -> FloatArray:
        """Return the sum of a figure of each entry by line, shape (P,)."""
        return np.bincount(self.line, values, self.lines).astype(float)


def gathered(line: IntArray, root: IntArray, amount: FloatArray, lines: int, roots: int) -> Entries:
    """Return amounts put together where they belong to one line and one root."""
    place, inverse = np.unique(line * roots + root, return_inverse=True)
    total = np.bincount(inverse, amount, len(place)).astype(float)
    kept = total != 0.0
    return Entries(place[kept] // roots, place[kept] % roots, total[kept], lines, roots)


def entries_of(exposure: FloatArray) -> Entries:
    """Return a table of exposure, shape (P, R), as entries."""
    line, root = np.nonzero(exposure)
    return Entries(line, root, exposure[line, root], *exposure.shape)


def expanded(count: IntArray) -> tuple[IntArray, IntArray]:
    """Return (whose, which) of runs laid end to end: entry n has `count[n]` of them, numbered from zero."""
    whose = np.repeat(np.arange(len(count)), count)
    first = np.cumsum(count) - count
    return whose, np.arange(len(whose)) - first[whose]
