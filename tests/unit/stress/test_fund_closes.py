"""Closes that cannot be believed, on histories made for the purpose: the last one, a few in a row, of another hour, repeated."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from levcheck.stress.close_times import are_hours_apart, repeated_closes
from levcheck.stress.daily_reset import BoolArray
from levcheck.stress.fund_faults import (
    Fault,
    FaultKind,
    Side,
    find_faults,
    is_last_close_doubtful,
)
from levcheck.stress.fund_replay import FundHistory, Promise
from tests.unit.stress.test_fund_command import price_file, run
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

KEEP = np.ones(DAYS, dtype=bool)


def seen(of: FundHistory, kept: float = 2.0) -> Fault:
    (fault,) = find_faults(of, promise(kept), 0.05)
    return fault


# --- the last close ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("side", [with_fund, with_underlying])
def test_that_a_last_close_that_parts_is_doubtful_and_an_ordinary_one_is_not(side: Any) -> None:
    assert is_last_close_doubtful(history(), promise(), 0.05) is False
    assert is_last_close_doubtful(side(history(), on_day(DAYS - 1, 1.1)), promise(), 0.05) is True
    # What nothing after it can explain is no fault that could be named.
    assert find_faults(side(history(), on_day(DAYS - 1, 1.1)), promise(), 0.05) == ()


def test_that_a_gap_before_the_last_close_excuses_what_it_may_hide() -> None:
    made = with_fund(history(), on_day(DAYS - 1, 1.03))
    assert is_last_close_doubtful(made, promise(), 0.05)
    days = made.ordinals.copy()
    days[-1] += 21.0
    later = FundHistory(days, made.underlying, made.fund)
    assert not is_last_close_doubtful(later, promise(), 0.05)


@pytest.mark.parametrize("factor", [1.0, 1.2])
def test_that_a_doubtful_last_close_is_told_in_the_report(
    factor: float, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = price_file(tmp_path / "p.csv")
    *lines, last = path.read_text(encoding="utf-8").splitlines()
    day, under, fund = last.split(",")
    path.write_text("\n".join([*lines, f"{day},{under},{float(fund) * factor:.6f}", ""]))
    document = run(capsys, path)
    told = "fund.last_close_doubtful" in {note["code"] for note in document["diagnostics"]}
    assert told is (factor != 1.0)
    assert document["faults"] == []
    assert document["drift_per_year"] == pytest.approx(
        0.0, abs=0.2
    )  # it is left out of the figures


# --- a few in a row ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("length", [2, 3, 5])
@pytest.mark.parametrize(
    ("side", "of"), [(Side.FUND, with_fund), (Side.UNDERLYING, with_underlying)]
)
def test_that_wrong_closes_in_a_row_are_one_fault_as_long_as_they_are(
    length: int, side: Side, of: Any
) -> None:
    days = np.arange(DAYS + 1)
    level = np.where((days > 200) & (days <= 200 + length), 1.23, 1.0)
    fault = seen(of(history(), level))
    assert (fault.day, fault.side, fault.kind, fault.length) == (
        200,
        side,
        FaultKind.BAD_PRINT,
        length,
    )
    assert fault.factor == pytest.approx(1.23, rel=0.02)
    assert fault.days == (200, 200 + length)


def test_that_wrong_closes_at_the_end_of_a_file_are_left_open() -> None:
    level = np.where(np.arange(DAYS + 1) > DAYS - 2, 1.23, 1.0)
    assert not [
        f for f in find_faults(with_fund(history(), level), promise(), 0.05) if f.length > 1
    ]


def test_that_a_wrong_close_far_off_is_seen_even_on_a_wild_day() -> None:
    clean = history(volatility=0.01)
    moves, made = clean.underlying_returns.copy(), clean.fund_returns.copy()
    moves[200], made[200] = 0.09, 0.18
    moves[201], made[201] = -0.08, -0.16
    wild = FundHistory(
        clean.ordinals,
        np.concatenate([[100.0], 100.0 * np.cumprod(1 + moves)]),
        np.concatenate([[50.0], 50.0 * np.cumprod(1 + made)]),
    )
    assert find_faults(wild, promise(), 0.05) == ()
    fault = seen(with_fund(wild, on_day(200, 0.4)))
    assert (fault.day, fault.side, fault.kind) == (200, Side.FUND, FaultKind.BAD_PRINT)
    # Off by less than turmoil may explain, on such a day: not judged.
    assert find_faults(with_fund(wild, on_day(200, 0.93)), promise(), 0.05) == ()


# --- payments ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kept", [3.0, -2.0])
@pytest.mark.parametrize(
    ("side", "of"), [(Side.FUND, with_fund), (Side.UNDERLYING, with_underlying)]
)
def test_that_a_lost_payment_is_told_of_its_side_whatever_the_multiple(
    kept: float, side: Side, of: Any
) -> None:
    fault = seen(
        of(history(kept), from_day(220, 0.95)), kept
    )  # a day on which little else happened
    assert (fault.day, fault.side, fault.kind) == (220, side, FaultKind.MISSING_DISTRIBUTION)
    assert fault.factor == pytest.approx(0.95, abs=0.005)


def test_that_a_payment_of_the_underlying_is_as_large_as_itself_and_not_as_the_fund_makes_it() -> (
    None
):
    """Three times 14 % is more than any payment is; the payment itself is not."""
    fault = seen(with_underlying(history(3.0), from_day(200, 0.86)), 3.0)
    assert (fault.side, fault.kind) == (Side.UNDERLYING, FaultKind.MISSING_DISTRIBUTION)
    assert fault.factor == pytest.approx(0.86, abs=0.005)


def test_that_the_first_close_of_a_new_fund_lost_no_payment() -> None:
    assert find_faults(with_fund(history(), from_day(0, 0.96)), promise(), 0.05) == ()


# --- another hour, or no new close ---------------------------------------------------------------------------


def at_another_hour(part: float) -> FundHistory:
    """Return a fund that is struck so far into the next day of its underlying."""
    clean = history(noise=0.0)
    moves = clean.underlying_returns
    made = 2.0 * ((1.0 - part) * moves + part * np.concatenate([moves[1:], [0.0]]))
    return FundHistory(
        clean.ordinals, clean.underlying, np.concatenate([[50.0], 50.0 * np.cumprod(1 + made)])
    )


def hours_apart(of: FundHistory, keep: BoolArray = KEEP, days: int = DAYS) -> bool:
    short = FundHistory(of.ordinals[: days + 1], of.underlying[: days + 1], of.fund[: days + 1])
    told = promise()
    cut = Promise(told.factor[:days], told.expense_ratio, 0.0, told.rate[:days])
    return are_hours_apart(short, cut, keep[:days])


def test_that_closes_of_another_hour_are_known_by_what_they_make_good() -> None:
    assert hours_apart(at_another_hour(0.4)) is True
    assert hours_apart(history()) is False  # misses too little to tell
    drift = np.random.default_rng(4).normal(0.0, 0.02, DAYS + 1).astype(float)
    noisy = with_fund(history(), np.cumprod(1.0 + drift, dtype=float))
    assert hours_apart(noisy) is False  # misses each day anew
    assert hours_apart(at_another_hour(0.4), days=50) is False  # too few days to say


def repeats_of(column: Array, other: Array) -> list[int]:
    return np.flatnonzero(repeated_closes(column, other)).tolist()


def test_that_a_close_repeated_while_the_other_moves_is_no_close() -> None:
    of = history()
    for column in ("underlying", "fund"):
        spoilt = getattr(of, column).copy()
        spoilt[201:204] = spoilt[200]
        pair = (spoilt, of.fund) if column == "underlying" else (of.underlying, spoilt)
        assert repeats_of(*pair) == [201, 202, 203]
        pair[0][:], short = of.underlying, of.fund.copy()
        short[201:202] = short[200]
        assert repeats_of(of.underlying, short) == []  # one quiet day is no repetition
    assert repeats_of(of.underlying, of.fund) == []


def test_that_closes_that_stand_still_together_or_move_in_coarse_steps_are_honest() -> None:
    of = history()
    under, fund = of.underlying.copy(), of.fund.copy()
    under[201:204], fund[201:204] = under[200], fund[200]
    assert repeats_of(under, fund) == []  # a holiday
    coarse = np.round(
        1.0 + 0.02 * np.cumsum(np.random.default_rng(2).choice([-1, 0, 1], DAYS + 1)), 2
    )
    assert repeats_of(np.abs(coarse) + 1.0, of.fund) == []  # a share of a dollar and its cents
    assert repeats_of(np.full(DAYS + 1, 5.0), of.fund) == []  # nothing ever moved
