"""Faults, multiples and benchmarks on histories made for the purpose, where the truth is known."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pytest

from levcheck.stress.fund_factors import (
    benchmark_distance,
    factor_changes,
    is_other_benchmark,
    kept_factors,
)
from levcheck.stress.fund_faults import Fault, FaultKind, Side, find_faults
from levcheck.stress.fund_replay import (
    FundHistory,
    Promise,
    calibrate,
    fit,
    implied_spread,
    model_returns,
    window_errors,
)

DAYS = 400
Array = npt.NDArray[np.float64]


def promise(factor: float | Array = 2.0) -> Promise:
    return Promise(np.broadcast_to(factor, (DAYS,)).astype(float), 0.01, 0.0, np.full(DAYS, 0.04))


def history(
    kept: float | Array = 2.0,
    *,
    volatility: float = 0.03,
    spread: float = 0.05,
    noise: float = 0.001,
    seed: int = 7,
) -> FundHistory:
    random = np.random.default_rng(seed)
    ordinals = 738000.0 + np.arange(DAYS + 1) * 365 / 252
    moves = random.normal(0.0, volatility, DAYS)
    underlying = np.concatenate([[100.0], 100.0 * np.cumprod(1 + moves)])
    bare = FundHistory(ordinals, underlying, underlying)
    made = model_returns(bare, promise(kept), spread) + random.normal(0.0, noise, DAYS)
    return FundHistory(ordinals, underlying, np.concatenate([[50.0], 50.0 * np.cumprod(1 + made)]))


def with_fund(of: FundHistory, factor: Array) -> FundHistory:
    return FundHistory(of.ordinals, of.underlying, of.fund * factor)


def with_underlying(of: FundHistory, factor: Array) -> FundHistory:
    return FundHistory(of.ordinals, of.underlying * factor, of.fund)


def from_day(day: int, factor: float) -> Array:
    return np.where(np.arange(DAYS + 1) > day, factor, 1.0)


def on_day(day: int, factor: float) -> Array:
    return np.where(np.arange(DAYS + 1) == day + 1, factor, 1.0)


def test_that_a_clean_history_has_no_fault() -> None:
    assert find_faults(history(), promise(), 0.05) == ()


@pytest.mark.parametrize("factor", [0.1, 0.25, 0.5, 2.0, 5.0, 20.0])
@pytest.mark.parametrize("kept", [2.0, -2.0, 3.0, -1.0])
def test_that_a_split_on_either_side_is_named(factor: float, kept: float) -> None:
    clean = history(kept)
    expected = (Fault(200, Side.FUND, FaultKind.UNADJUSTED_SPLIT, factor),)
    assert find_faults(with_fund(clean, from_day(200, factor)), promise(kept), 0.05) == expected
    if kept != -1.0:
        found = find_faults(with_underlying(clean, from_day(200, factor)), promise(kept), 0.05)
        assert found == (Fault(200, Side.UNDERLYING, FaultKind.UNADJUSTED_SPLIT, factor),)


@pytest.mark.parametrize("factor", [0.8, 1.15, 1.5])
def test_that_a_wrong_close_of_the_fund_is_named_once(factor: float) -> None:
    (fault,) = find_faults(with_fund(history(), on_day(200, factor)), promise(), 0.05)
    assert (fault.day, fault.side, fault.kind) == (200, Side.FUND, FaultKind.BAD_PRINT)
    assert fault.factor == pytest.approx(factor, rel=0.01)
    assert fault.days == (200, 201)


@pytest.mark.parametrize("factor", [0.9, 1.1])
def test_that_a_wrong_close_of_the_underlying_is_told_from_one_of_the_fund(factor: float) -> None:
    (fault,) = find_faults(with_underlying(history(), on_day(200, factor)), promise(), 0.05)
    assert (fault.day, fault.side, fault.kind) == (200, Side.UNDERLYING, FaultKind.BAD_PRINT)
    assert fault.factor == pytest.approx(factor, rel=0.01)


def test_that_a_lost_payment_is_named_with_its_side() -> None:
    (fault,) = find_faults(with_fund(history(), from_day(200, 0.96)), promise(), 0.05)
    assert (fault.day, fault.side) == (200, Side.FUND)
    assert fault.kind is FaultKind.MISSING_DISTRIBUTION
    assert fault.factor == pytest.approx(0.96, abs=0.004)
    (fault,) = find_faults(with_underlying(history(), from_day(200, 0.97)), promise(), 0.05)
    assert (fault.day, fault.side) == (200, Side.UNDERLYING)


def test_that_a_fund_that_really_lost_83_percent_was_not_split() -> None:
    clean = history(-1.0, volatility=0.04)
    moves, made = clean.underlying_returns.copy(), clean.fund_returns.copy()
    moves[200], made[200] = 0.34, -0.33
    moves[201], made[201] = -0.03, -0.83
    real = FundHistory(
        clean.ordinals,
        np.concatenate([[100.0], 100.0 * np.cumprod(1 + moves)]),
        np.concatenate([[50.0], 50.0 * np.cumprod(1 + made)]),
    )
    assert find_faults(real, promise(-1.0), 0.0) == ()


def test_that_a_day_of_plus_62_percent_that_the_underlying_explains_is_no_fault() -> None:
    clean = history(2.0, volatility=0.04)
    moves, made = clean.underlying_returns.copy(), clean.fund_returns.copy()
    moves[200], made[200] = 0.31, 0.62
    real = FundHistory(
        clean.ordinals,
        np.concatenate([[100.0], 100.0 * np.cumprod(1 + moves)]),
        np.concatenate([[50.0], 50.0 * np.cumprod(1 + made)]),
    )
    assert find_faults(real, promise(), 0.05) == ()


@pytest.mark.parametrize(("before", "after"), [(1.5, 2.0), (-1.0, -2.0), (3.0, 2.0), (1.75, 2.0)])
def test_that_a_change_of_the_multiple_is_found_within_days(before: float, after: float) -> None:
    kept = np.where(np.arange(DAYS) < 250, before, after)
    (change,) = factor_changes(
        kept_factors(history(kept), promise(before), np.zeros(DAYS, dtype=bool))
    )
    assert (change.before, change.after) == (before, after)
    assert abs(change.day - 250) <= 3


def test_that_a_steady_fund_shows_no_change_even_when_the_multiple_given_is_wrong() -> None:
    kept = kept_factors(history(2.0), promise(3.0), np.zeros(DAYS, dtype=bool))
    assert (kept == 2.0).all()


def test_that_another_benchmark_is_seen_and_late_prices_are_not() -> None:
    keep = np.ones(DAYS, dtype=bool)
    late = np.exp(np.random.default_rng(3).normal(0.0, 0.006, DAYS + 1))
    right = with_fund(history(), late)
    assert not is_other_benchmark(right, promise(), keep)
    other = history(seed=8)
    half = 100.0 * np.cumprod(
        np.concatenate([[1.0], 1 + 0.5 * (right.underlying_returns + other.underlying_returns)])
    )
    assert is_other_benchmark(FundHistory(right.ordinals, half, right.fund), promise(), keep)
    assert not is_other_benchmark(right, promise(), keep & (np.arange(DAYS) < 20))


def test_that_the_spread_put_in_comes_out_again() -> None:
    keep = np.ones(DAYS, dtype=bool)
    made = history(spread=0.09, noise=0.0005)
    found = implied_spread(made, promise(), keep)
    assert found is not None
    assert found.low < 0.09 < found.high
    assert found.implied == pytest.approx(0.09, abs=0.02)
    calibrated = calibrate(made, promise(), keep)
    assert calibrated is not None
    assert calibrated.errors.median < 0.003
    assert fit(made, promise(), found.implied, keep).drift_per_year == pytest.approx(0.0, abs=1e-9)


def test_that_nothing_on_swaps_has_no_spread_and_a_short_history_no_verdict() -> None:
    keep = np.ones(DAYS, dtype=bool)
    assert implied_spread(history(1.0), promise(1.0), keep) is None
    assert calibrate(history(1.0), promise(1.0), keep) is None
    assert calibrate(history(), promise(), keep & (np.arange(DAYS) < 150)) is None
    assert window_errors(np.zeros(20), np.zeros(20)) is None


def first_days(of: FundHistory, days: int) -> tuple[FundHistory, Promise]:
    whole = promise()
    short = FundHistory(of.ordinals[: days + 1], of.underlying[: days + 1], of.fund[: days + 1])
    return short, Promise(whole.factor[:days], 0.01, 0.0, whole.rate[:days])


def limit_of(make: Callable[[float], FundHistory], sizes: list[float], days: int) -> float | None:
    """Return the smallest size from which on a fund is said to ride on something else."""
    said = [
        is_other_benchmark(*first_days(make(size), days), np.ones(days, dtype=bool))
        for size in sizes
    ]
    assert said == sorted(said)
    return next((size for size, is_other in zip(sizes, said, strict=True) if is_other), None)


def partly_other(share: float) -> FundHistory:
    """Return a fund whose underlying, as told, is partly another one."""
    right, other = history(), history(seed=8)
    mixed = (1.0 - share) * right.underlying_returns + share * other.underlying_returns
    level: Array = np.cumprod(1.0 + np.concatenate([[0.0], mixed]), dtype=np.float64)
    return FundHistory(right.ordinals, 100.0 * level, right.fund)


def hardly_traded(size: float) -> FundHistory:
    """Return a fund whose closes miss one day what they make good the next."""
    late = np.exp(np.random.default_rng(3).normal(0.0, size, DAYS + 1))
    return with_fund(history(), late.astype(float))


SHARES = [0.02, 0.05, 0.08, 0.1, 0.12, 0.15, 0.2, 0.3, 0.5, 1.0]


@pytest.mark.parametrize(
    ("days", "share"), [(24, None), (25, 0.1), (100, 0.1), (399, 0.1), (400, 0.08)]
)
def test_that_the_longer_the_file_the_smaller_a_part_of_another_benchmark_is_seen(
    days: int, share: float | None
) -> None:
    assert limit_of(partly_other, SHARES, days) == share


@pytest.mark.parametrize(("days", "size"), [(60, 0.04), (399, 0.08), (400, 0.02)])
def test_that_a_fund_that_is_hardly_traded_is_no_other_benchmark_for_long(
    days: int, size: float | None
) -> None:
    assert limit_of(hardly_traded, [0.005, 0.01, 0.02, 0.04, 0.08, 0.16, 0.32], days) == size


def test_that_how_far_a_fund_is_from_its_benchmark_is_told_by_the_length_that_suits_best() -> None:
    def distance(of: FundHistory, days: int = DAYS) -> float | None:
        return benchmark_distance(*first_days(of, days), np.ones(days, dtype=bool))

    assert distance(history(), 7) is None
    near, late, other = (
        distance(one) for one in (history(), hardly_traded(0.03), partly_other(1.0))
    )
    assert near is not None
    assert late is not None
    assert other is not None
    assert near < 0.02
    assert near < late < 0.5
    assert other > 0.8
    short = distance(hardly_traded(0.03), 15)
    assert short is not None
    assert short > late  # too short for weeks, in which late closes are made good


def test_that_a_spread_is_fitted_on_the_first_part_alone_and_judged_on_the_rest_alone() -> None:
    keep = np.ones(DAYS, dtype=bool)
    cheap, dear = history(spread=0.05, noise=0.0002), history(spread=0.65, noise=0.0002)
    cut = round(0.4 * DAYS)
    made = np.concatenate([cheap.fund_returns[:cut], dear.fund_returns[cut:]])
    changed = FundHistory(
        cheap.ordinals, cheap.underlying, 50.0 * np.cumprod(np.concatenate([[1.0], 1.0 + made]))
    )
    found = calibrate(changed, promise(), keep)
    assert found is not None
    assert found.spread == pytest.approx(0.05, abs=0.02)
    # All of the rest costs sixty points a year more than what was fitted.
    assert found.drift_per_year == pytest.approx(-0.6 * 365 / 360, abs=0.03)
    assert found.errors.median == pytest.approx(1.0 - np.exp(-0.6 * 21 / 252), abs=0.02)


@pytest.mark.parametrize("days", [2, 5, 8, 12])
def test_that_a_file_of_a_few_days_is_read_without_a_verdict(days: int) -> None:
    short, cut = first_days(with_fund(history(), from_day(1, 1.3)), days)
    assert [fault for fault in find_faults(short, cut, 0.05) if fault.day != 1] == []
    assert calibrate(short, cut, np.ones(days, dtype=bool)) is None
