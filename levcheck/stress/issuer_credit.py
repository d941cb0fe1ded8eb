"""Whether the issuer pays: a spread for the risk that it does not, which widens when its share falls.

The chance of default follows a power of the share's move, as in the equity-to-credit models for convertibles: Muromachi
(1999) found powers of -1.2 to -2 for bonds rated BB and below, used by Ayache, Forsyth and Vetzal (2003), "Valuation of
Convertible Bonds with Credit Risk", Journal of Derivatives 11(1), 9-29. The milder end is taken here.
"""

from dataclasses import dataclass
from math import exp
from typing import Final

POWER: Final = -1.2
RECOVERY: Final = 0.4
NOTE_SPREAD: Final = 0.01
CONVERTIBLE_SPREAD: Final = 0.03
"""Spreads a year where the terms name none: a bank's, and an unrated company's."""

_LEAST_LEVEL: Final = 0.02


@dataclass(frozen=True, slots=True)
class Credit:
    """How far an issuer is trusted.

    Attributes:
        spread: fraction a year over the riskless rate.
    """

    spread: float

    def discount(self, years: float) -> float:
        """Return what a promise of one is worth beside a riskless one of the same day; a default leaves a part."""
        alive = exp(-self.spread * max(years, 0.0) / (1.0 - RECOVERY))
        return alive + RECOVERY * (1.0 - alive)

    def after(self, move: float) -> "Credit":
        """Return the trust left after the issuer's share moved."""
        return Credit(self.spread * max(1.0 + move, _LEAST_LEVEL) ** POWER)


RISKLESS: Final = Credit(0.0)
