"""How well faults are told apart, counted over many made histories: what is named, as what, and what is let pass.

The counts are what was seen when this was written and read through; a change of any rule changes them, and is then to be read
through again.
"""

from collections import Counter
from collections.abc import Callable, Iterator

import numpy as np
import pytest

from levcheck.stress.fund_faults import FaultKind, Side, find_faults, is_last_close_doubtful
from levcheck.stress.fund_replay import FundHistory
from tests.unit.stress.test_fund_data import (
    DAYS,
    Array,
    from_day,
    history,
    on_day,
    promise,
    with_fund,
    with_underlying,
)

# Multiple, daily volatility and noise of each fund, quiet ones and wild ones.
FUNDS = ((2.0, 0.01, 0.0005), (-2.0, 0.03, 0.002), (3.0, 0.02, 0.001), (-1.0, 0.03, 0.001), (1.5, 0.015, 0.004))  # fmt: skip
CLEAN = [(kept, history(kept, volatility=v, noise=n, seed=3)) for kept, v, n in FUNDS]
SPOILT_ON = (1, 7, 50, 111, 172, 233, 294, 355, 390, DAYS - 3)
Spoils = Callable[[FundHistory, int], FundHistory]
NAMES = {
    (Side.FUND, FaultKind.UNADJUSTED_SPLIT): "fund split",
    (Side.UNDERLYING, FaultKind.UNADJUSTED_SPLIT): "underlying split",
    (Side.FUND, FaultKind.BAD_PRINT): "fund close",
    (Side.UNDERLYING, FaultKind.BAD_PRINT): "underlying close",
    (Side.FUND, FaultKind.MISSING_DISTRIBUTION): "fund payment",
    (Side.UNDERLYING, FaultKind.MISSING_DISTRIBUTION): "underlying payment",
}


def lasting(side: Callable[[FundHistory, Array], FundHistory], factor: float) -> Spoils:
    return lambda of, day: side(of, from_day(day, factor))


def closes(
    side: Callable[[FundHistory, Array], FundHistory], factor: float, length: int = 1
) -> Spoils:
    def spoil(of: FundHistory, day: int) -> FundHistory:
        days = np.arange(DAYS + 1)
        return side(of, np.where((days > day) & (days <= day + length), factor, 1.0))

    return spoil


def on_a_wild_day(spoil: Spoils, move: float) -> Spoils:
    """The market itself moves on the day, and the fund with it."""

    def spoilt(of: FundHistory, day: int) -> FundHistory:
        kept = next(k for k, one in CLEAN if one is of)
        made = 1.0 + kept * move
        return spoil(
            FundHistory(
                of.ordinals,
                of.underlying * from_day(day, 1.0 + move),
                of.fund * from_day(day, max(made, 0.05)),
            ),
            day,
        )

    return spoilt


def after_a_wild_day(spoil: Spoils, move: float) -> Spoils:
    def spoilt(of: FundHistory, day: int) -> FundHistory:
        wild = on_a_wild_day(lambda one, _: one, move)(of, day - 1)
        return spoil(wild, day)

    return spoilt


def after_days_without_closes(spoil: Spoils, days: int) -> Spoils:
    def spoilt(of: FundHistory, day: int) -> FundHistory:
        found = spoil(of, day)
        later = found.ordinals + np.where(np.arange(DAYS + 1) > day, float(days), 0.0)
        return FundHistory(later, found.underlying, found.fund)

    return spoilt


def named(spoil: Spoils) -> Iterator[str]:
    for kept, clean in CLEAN:
        for day in SPOILT_ON:
            found = find_faults(spoil(clean, day), promise(kept), 0.05)
            if not found:
                yield "nothing"
            for fault in found:
                off = "" if fault.day == day else f" on day {fault.day - day:+d}"
                longer = f" x{fault.length}" if fault.length > 1 else ""
                yield NAMES[fault.side, fault.kind] + longer + off


SPOILS: dict[str, Spoils] = {
    "fund split 2": lasting(with_fund, 2.0),
    "fund split 1/1.5": lasting(with_fund, 1 / 1.5),
    "fund split 20": lasting(with_fund, 20.0),
    "fund no split 1.7": lasting(with_fund, 1.7),
    "fund nearly split": lasting(with_fund, 2.05),
    "underlying split 2": lasting(with_underlying, 2.0),
    "underlying split 1/3": lasting(with_underlying, 1 / 3),
    "underlying nearly split": lasting(with_underlying, 1.56),
    "fund close 1.08": closes(with_fund, 1.08),
    "fund close 0.85": closes(with_fund, 0.85),
    "fund close 1.6": closes(with_fund, 1.6),
    "underlying close 1.02": closes(with_underlying, 1.02),
    "underlying close 0.92": closes(with_underlying, 0.92),
    "underlying close 1.4": closes(with_underlying, 1.4),
    "fund closes x2": closes(with_fund, 1.2, 2),
    "fund closes x5": closes(with_fund, 0.8, 5),
    "fund closes x6": closes(with_fund, 0.8, 6),
    "underlying closes x3": closes(with_underlying, 1.15, 3),
    "fund payment 0.995": lasting(with_fund, 0.995),
    "fund payment 0.97": lasting(with_fund, 0.97),
    "fund payment 0.75": lasting(with_fund, 0.75),
    "fund payment 0.6": lasting(with_fund, 0.6),
    "fund gift 1.04": lasting(with_fund, 1.04),
    "underlying payment 0.98": lasting(with_underlying, 0.98),
    "underlying payment 0.8": lasting(with_underlying, 0.8),
    "underlying gift 1.03": lasting(with_underlying, 1.03),
    "wild day, split": on_a_wild_day(lasting(with_fund, 0.5), -0.12),
    "wild day, payment": on_a_wild_day(lasting(with_fund, 0.95), -0.12),
    "wild day, close": on_a_wild_day(closes(with_fund, 0.8), 0.15),
    "wild day alone": on_a_wild_day(lambda of, _: of, -0.25),
    "market up by half": on_a_wild_day(lambda of, _: of, 0.5),
    "after a wild day, split": after_a_wild_day(lasting(with_fund, 0.5), 0.25),
    "after a wild day, reverse": after_a_wild_day(lasting(with_fund, 5.0), 0.25),
    "after a wild day, payment": after_a_wild_day(lasting(with_fund, 0.95), 0.25),
    "after a gap, payment": after_days_without_closes(lasting(with_fund, 0.97), 21),
    "after a weekend, payment": after_days_without_closes(lasting(with_fund, 0.97), 2),
    "after a gap, close": after_days_without_closes(closes(with_fund, 0.85), 21),
}
LIMITS = [0.021, 0.021, 0.021, 0.021, 0.03]
SEEN: dict[str, dict[str, int]] = {
    "fund split 2": {"fund split": 50},
    "fund split 1/1.5": {"fund split": 50},
    "fund split 20": {"fund split": 50},
    "fund no split 1.7": {"nothing": 50},
    "fund nearly split": {"fund split": 13, "nothing": 37},
    "underlying split 2": {"underlying split": 50},
    "underlying split 1/3": {"underlying split": 50},
    "underlying nearly split": {"nothing": 29, "underlying close": 6, "underlying split": 15},
    "fund close 1.08": {"nothing": 50},
    "fund close 0.85": {"fund close": 48, "nothing": 1, "underlying close": 1},
    "fund close 1.6": {"fund close": 50},
    "underlying close 1.02": {"fund payment": 1, "nothing": 49},
    "underlying close 0.92": {"fund close": 2, "nothing": 2, "underlying close": 46},
    "underlying close 1.4": {"nothing": 3, "underlying close": 47},
    "fund closes x2": {"fund close x2": 44, "nothing": 4, "underlying close x2": 1, "underlying payment": 1},
    "fund closes x5": {"fund close x5": 44, "fund payment": 6},
    "fund closes x6": {"fund payment": 49, "underlying payment": 1, "underlying payment on day +6": 9},
    "underlying closes x3": {"nothing": 5, "underlying close x3": 45},
    "fund payment 0.995": {"nothing": 50},
    "fund payment 0.97": {"fund payment": 29, "nothing": 19, "underlying payment": 2},
    "fund payment 0.75": {"fund payment": 49, "underlying payment": 1},
    "fund payment 0.6": {"nothing": 50},
    "fund gift 1.04": {"nothing": 27, "underlying payment": 23},
    "underlying payment 0.98": {"fund payment": 4, "nothing": 14, "underlying payment": 32},
    "underlying payment 0.8": {"underlying payment": 50},
    "underlying gift 1.03": {"fund payment": 28, "nothing": 22},
    "wild day, split": {"fund split": 43, "nothing": 6, "underlying payment": 1},
    "wild day, payment": {"nothing": 39, "underlying payment": 11},
    "wild day, close": {"fund close": 22, "nothing": 25, "underlying close": 3},
    "wild day alone": {"nothing": 50},
    "market up by half": {"fund split": 1, "nothing": 49},
    "after a wild day, split": {"fund split": 4, "nothing": 46},
    "after a wild day, reverse": {"fund split": 50},
    "after a wild day, payment": {"nothing": 50},
    "after a gap, payment": {"fund payment": 10, "nothing": 40},
    "after a weekend, payment": {"fund payment": 20, "nothing": 29, "underlying payment": 1},
    "after a gap, close": {"fund close": 49, "underlying close": 1},
}  # fmt: skip


@pytest.mark.parametrize("what", SPOILS)
def test_that_so_many_are_named_as_what_they_are(what: str) -> None:
    assert Counter(named(SPOILS[what])) == SEEN[what]


def test_that_a_doubtful_last_close_is_one_that_parts_by_more_than_usual() -> None:
    limits = []
    for kept, clean in CLEAN:
        doubtful = [
            size
            for size in (0.005, 0.01, 0.015, 0.019, 0.021, 0.025, 0.03, 0.04, 0.05)
            if is_last_close_doubtful(
                with_fund(clean, on_day(DAYS - 1, 1.0 + size)), promise(kept), 0.05
            )
        ]
        assert doubtful == sorted(doubtful)
        limits.append(doubtful[0])
    # Noise by noise; the quiet ones part by two hundredths at least.
    assert limits == LIMITS
