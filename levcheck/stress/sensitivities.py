"""Wrappers that are no multiple of anything: how preferreds and income funds follow what stands behind them.

Preferreds: measured on daily adjusted closes of Strategy's preferreds against a spot bitcoin fund, divided by the
common's own sensitivity in the same window (calm: August 2025 to May 2026, common 1.39; stressed: June and July 2026,
common 1.58). A preferred falls with the stressed and rises with the calm figure: it is short a put on the assets, and
its price is capped by the call. In June 2026 the falls were up to twice the stressed figure: that is the harsh end.

Income funds: capture of 21-day moves in the worst and best tenth of months, measured on funds against what they ride on
(MSTY, NVDY, TSLY, CONY on single stocks; QYLD, XYLD, JEPI, JEPQ on indices; PJAN, BJUL, BUFR for buffers), to 2026-07-31.
"""

from dataclasses import dataclass
from typing import Final

from levcheck.domain.instrument import Kind


@dataclass(frozen=True, slots=True)
class Response:
    """How much of a move of what stands behind it a wrapper takes.

    Attributes:
        down: share of a fall.
        up: share of a rise.
        harsh_down: share of a fall at the worse end of what was seen.
        mild_down: share of a fall at the better end.
        source: where the figures come from.
    """

    down: float
    up: float
    harsh_down: float
    mild_down: float
    source: str

    @property
    def is_assumed(self) -> bool:
        """Whether nothing of its kind was measured."""
        return self.source.startswith("assumed")


_STRATEGY = "Strategy preferreds against IBIT and MSTR, daily, 2025-08/2026-07"


def _preferred(calm: float, stressed: float) -> Response:
    common_calm, common_stressed = 1.39, 1.58
    down = stressed / common_stressed
    up = calm / common_calm
    return Response(down, up, min(2.0 * down, 1.0), up, _STRATEGY)


_PREFERREDS: Final[dict[str, Response]] = {
    "STRF.US": _preferred(0.27, 0.41),
    "STRC.US": _preferred(0.14, 0.54),
    "STRK.US": _preferred(0.48, 0.71),
    "STRD.US": _preferred(0.29, 0.64),
}
_OTHER_PREFERRED: Final = Response(
    0.35, 0.15, 0.70, 0.15, "assumed: middle of the Strategy preferreds, others not measured"
)
# In these countries a preferred share is a common share without a vote: it takes part in profits and has no fixed coupon.
_PARTICIPATING: Final = frozenset({"KR", "DE", "BR", "IT"})
_LIKE_COMMON: Final = Response(
    0.90, 0.90, 1.0, 0.75, "assumed: a share without a vote follows the common share; not measured"
)
_CONVERTIBLE: Final = Response(
    0.60, 0.40, 0.80, 0.40, "assumed: an at-the-money convertible; terms not in the library"
)
_STOCK_INCOME: Final = Response(
    0.85, 0.60, 0.90, 0.80, "MSTY, NVDY, TSLY, CONY, 21-day captures to 2026-07-31"
)
_INDEX_INCOME: Final = Response(
    0.75, 0.47, 0.85, 0.58, "QYLD, XYLD, JEPI, JEPQ, 21-day captures to 2026-07-31"
)
_BUFFER: Final = Response(0.60, 0.60, 0.66, 0.52, "PJAN, BJUL, BUFR, 21-day captures to 2026-07-31")


def preferred_response(instrument: str, kind: Kind, country: str | None = None) -> Response:
    """Return how a preferred or convertible follows its issuer's common share."""
    if kind is Kind.CONVERTIBLE:
        return _CONVERTIBLE
    if is_participating(country):
        return _LIKE_COMMON
    return _PREFERREDS.get(instrument, _OTHER_PREFERRED)


def is_participating(country: str | None) -> bool:
    """Whether a country's preferred shares take part in profits like common ones."""
    return (country or "").upper() in _PARTICIPATING


def is_measured(instrument: str) -> bool:
    """Whether a preferred's own sensitivity was measured."""
    return instrument in _PREFERREDS


def income_response(kind: Kind, *, rides_on_stock: bool) -> Response:
    """Return how an option-income or buffer fund follows its underlying between its outcome dates."""
    if kind is Kind.BUFFER_FUND:
        return _BUFFER
    return _STOCK_INCOME if rides_on_stock else _INDEX_INCOME
