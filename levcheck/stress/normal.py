"""The normal distribution on arrays, with the standard library's error function underneath."""

from math import erf, sqrt

import numpy as np

from levcheck.stress.daily_reset import FloatArray

_ERF = np.frompyfunc(erf, 1, 1)
_ROOT_TWO = sqrt(2.0)


def cumulative(x: FloatArray | float) -> FloatArray:
    """Return the probability of a standard normal below `x`, to double precision."""
    return np.asarray(0.5 * (1.0 + np.asarray(_ERF(np.asarray(x) / _ROOT_TWO), dtype=float)))
