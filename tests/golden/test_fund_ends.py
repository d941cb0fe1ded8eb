"""Histories made up by the daily step itself: funds that end, closes that repeat or are of another hour, wrong days in a row."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from tests.golden.test_fund_attacks import Report, run

Array = npt.NDArray[np.float64]
SPREAD, FEE, RATE = 0.06, 0.0095, 0.05


def made(seed: int, factor: float, days: int = 300, volatility: float = 0.5) -> tuple[Array, Array]:
    """Return the moves of an underlying and of a fund on it that keeps its promise but for a little noise."""
    random = np.random.default_rng(seed)
    moves = random.standard_t(5, days) * volatility / np.sqrt(252.0 * 5.0 / 3.0)
    swapped = max(factor - 1.0, 0.0) if factor > 0 else abs(factor)
    carry = -(factor - 1.0) * RATE / 252 - swapped * SPREAD / 252 - FEE / 252
    return moves, factor * moves + carry + random.normal(0.0, 0.0006, days)


def replayed(
    folder: Path, factor: float, underlying: Array, fund: Array, told: float | None = None
) -> Report:
    path, day, lines = folder / "made.csv", date(2023, 1, 2), ["date,XXX,YYY"]
    for one, other in zip(underlying.tolist(), fund.tolist(), strict=True):
        lines.append(f"{day},{one:.7g},{other:.7g}")
        day += timedelta(days=3 if day.weekday() == 4 else 1)
    path.write_text("\n".join(lines), encoding="utf-8")
    return run(
        path, f"--factor={told or factor:g}", f"--expense-ratio={FEE}", "--asset-class=stock"
    )


def levels(moves: Array) -> Array:
    return np.asarray(100.0 * np.cumprod(1.0 + moves), dtype=float)


def codes(report: Report) -> set[str]:
    return {note["code"] for note in report["diagnostics"]}


@pytest.mark.parametrize("factor", [2.0, 3.0, -1.0, -2.0])
def test_that_a_day_that_ends_a_fund_is_named_as_such(tmp_path: Path, factor: float) -> None:
    moves, fund = made(1, factor)
    moves[200] = -1.05 / factor if factor > 0 else 1.05 / abs(factor)
    closes = levels(fund)
    closes[200:] = 0.0
    report = replayed(tmp_path, factor, levels(moves), closes)
    (note,) = (n for n in report["diagnostics"] if n["code"] == "fund.wiped_out")
    assert "2023-10-09" in note["message"]
    assert report["faults"] == []
    assert report["days"] == 200
    assert "fund.rows_left_out" not in codes(report)


def test_that_a_fund_closed_on_a_quiet_day_has_ended_and_was_not_wiped_out(tmp_path: Path) -> None:
    moves, fund = made(2, 2.0)
    moves[250] = 0.01
    closes = levels(fund)
    closes[250:] = 0.0
    told = codes(replayed(tmp_path, 2.0, levels(moves), closes))
    assert "fund.ended" in told
    assert "fund.wiped_out" not in told


@pytest.mark.parametrize("seed", range(4))
def test_that_repeated_closes_are_left_out_and_blame_no_one(tmp_path: Path, seed: int) -> None:
    moves, fund = made(seed, 2.0)
    whole = replayed(tmp_path, 2.0, levels(moves), levels(fund))
    assert "fund.closes_repeated" not in codes(whole)
    stale = levels(fund)
    stale[120:124] = stale[119]
    report = replayed(tmp_path, 2.0, levels(moves), stale)
    assert "fund.closes_repeated" in codes(report)
    assert report["faults"] == []
    assert report["drift_per_year"] == pytest.approx(whole["drift_per_year"], abs=0.02)


def half_a_day(moves: Array) -> Array:
    """Return the moves of closes struck half a day earlier: half of each day's way belongs to the next close."""
    random = np.random.default_rng(9)
    part = random.normal(0.5, 0.4, moves.size)
    early = moves * part
    return np.asarray(early + np.concatenate([[0.0], (moves - early)[:-1]]), dtype=float)


def a_day_later(moves: Array) -> Array:
    return np.concatenate([[0.0], moves[:-1]])


@pytest.mark.parametrize("shifted", [half_a_day, a_day_later])
@pytest.mark.parametrize("factor", [2.0, -1.0, 3.0])
def test_that_closes_of_another_hour_are_told_and_are_no_other_benchmark(
    tmp_path: Path, shifted: Callable[[Array], Array], factor: float
) -> None:
    moves, fund = made(3, factor)
    report = replayed(tmp_path, factor, levels(shifted(moves)), levels(fund))
    assert "fund.hours_differ" in codes(report)
    assert not report["benchmark_mismatch"]
    assert report["factor_changes"] == []


@pytest.mark.parametrize("seed", range(4))
def test_that_a_fund_on_something_else_is_no_matter_of_hours(tmp_path: Path, seed: int) -> None:
    moves, _ = made(seed, 2.0)
    _, other = made(seed + 50, 2.0)
    report = replayed(tmp_path, 2.0, levels(moves), levels(other))
    assert report["benchmark_mismatch"]
    assert "fund.hours_differ" not in codes(report)


@pytest.mark.parametrize("length", [2, 3, 4])
@pytest.mark.parametrize("column", ["XXX", "YYY"])
def test_that_wrong_closes_in_a_row_are_one_fault(tmp_path: Path, length: int, column: str) -> None:
    moves, fund = made(6, 2.0)
    closes = {"XXX": levels(moves), "YYY": levels(fund)}
    closes[column][100 : 100 + length] *= 0.7
    report = replayed(tmp_path, 2.0, closes["XXX"], closes["YYY"])
    (fault,) = report["faults"]
    assert (fault["column"], fault["kind"], fault["days"]) == (column, "bad_print", length)
    assert fault["factor"] == pytest.approx(0.7, rel=0.05)


@pytest.mark.parametrize(("true", "told"), [(1.5, 2.0), (1.0, 2.0), (2.0, 3.0)])
def test_that_a_multiple_told_too_high_is_not_taken_for_lost_dividends(
    tmp_path: Path, true: float, told: float
) -> None:
    moves, fund = made(7, true)
    found = codes(replayed(tmp_path, true, levels(moves), levels(fund), told))
    assert "fund.factor_disagrees" in found
    assert "fund.underlying_price_only" not in found


def test_that_the_true_spread_lies_within_its_band(tmp_path: Path) -> None:
    within = 0
    for seed in range(12):
        moves, fund = made(seed, 2.0, days=500)
        low, high = replayed(tmp_path, 2.0, levels(moves), levels(fund))["spread"]["band"]
        # The rate of the table differs a little from the one the funds were made with.
        within += low - 0.01 <= SPREAD <= high + 0.01
    assert within >= 10
