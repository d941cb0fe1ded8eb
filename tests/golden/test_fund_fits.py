"""The accuracy bars, measured on every price pair beside the checkout through the real command."""

import argparse
import contextlib
import csv
import io
import json
from collections.abc import Mapping
from pathlib import Path
from statistics import median
from typing import Any

import pytest

from levcheck.cli import fund_command

ROOT = Path(__file__).resolve().parents[2]
Report = Mapping[str, Any]
STOCKS = ("stock_large", "stock_highvol")
SECTORS = ("sector_country", "treasury", "metal")
INCOME = ("covered_call", "buffer")


def replay(path: Path, *options: str) -> dict[str, Any]:
    parser = argparse.ArgumentParser()
    fund_command.add_arguments(parser)
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        assert fund_command.run(parser.parse_args([str(path), *options, "--json"])) == 0
    document: dict[str, Any] = json.loads(printed.getvalue())
    return document


def options_of(row: Mapping[str, str]) -> list[str]:
    parts = [part.partition(":") for part in row["leverage_schedule"].split(";")]
    first = parts[0][2] or parts[0][0]
    changes = [f"--factor-from={day}={factor}" for day, _, factor in parts[1:]]
    return [
        f"--factor={first}",
        *changes,
        f"--expense-ratio={float(row['expense_ratio_pct']) / 100:.6f}",
        f"--underlying-expense-ratio={float(row['underlying_er_pct']) / 100:.6f}",
        f"--asset-class={row['class']}",
    ]


@pytest.fixture(scope="module")
def pairs(shared: Path) -> dict[str, Mapping[str, str]]:
    with (shared / "data" / "prices" / "funds.csv").open(encoding="utf-8") as file:
        return {row["file"]: row for row in csv.DictReader(file)}


@pytest.fixture(scope="module")
def fits(shared: Path, pairs: dict[str, Mapping[str, str]]) -> dict[str, Report]:
    folder = shared / "data" / "prices"
    found: dict[str, Report] = {
        name: replay(folder / name, *options_of(row)) for name, row in pairs.items()
    }
    # What the page of accuracy shows; a run with -s prints it, ready to be put there.
    print("\n" + "\n".join(table_of(found)))  # noqa: T201
    return found


def table_of(fits: Mapping[str, Report]) -> list[str]:
    """Return the rows of the page of accuracy, as its head names the columns."""
    return [_row_of(name, fit) for name, fit in fits.items()]


def _row_of(name: str, fit: Report) -> str:
    underlying, fund = name.removesuffix(".csv").split("_")
    errors = fit["error_21d"]
    calibrated = fit["calibrated"]
    cells = (
        f"{underlying} → {fund}",
        f"{fit['daily_correlation']:.4f}",
        f"{100 * fit['drift_per_year']:.2f}",
        *(_percent(errors[key] if errors else None, digits) for key, digits in _ERRORS),
        _percent(fit["spread"]["used"], 2),
        _percent(fit["spread"]["implied"], 2),
        _percent(calibrated["error_21d"]["median"] if calibrated else None, 3),
    )
    return f"| {' | '.join(cells)} |"


_ERRORS = (("median", 3), ("p95", 2), ("max", 1))


def _percent(share: float | None, digits: int) -> str:
    return "–" if share is None else f"{100 * share:.{digits}f}"


def test_that_the_page_of_accuracy_shows_what_is_measured(fits: dict[str, Report]) -> None:
    page = (ROOT / "resources/docs/user/accuracy.md").read_text(encoding="utf-8")
    shown = [line for line in page.splitlines() if line.startswith("| ") and " → " in line]
    assert shown == table_of(fits)


def of_class(
    fits: Mapping[str, Report], pairs: Mapping[str, Mapping[str, str]], *classes: str
) -> list[tuple[str, Report]]:
    found = [(name, fit) for name, fit in fits.items() if pairs[name]["class"] in classes]
    assert found
    return found


def test_that_index_funds_are_replayed_within_the_first_bar(
    fits: dict[str, Report], pairs: dict[str, Mapping[str, str]]
) -> None:
    for name, fit in of_class(fits, pairs, "index"):
        assert fit["daily_correlation"] >= 0.997, name
        assert abs(fit["drift_per_year"]) <= 0.016, name
        assert fit["error_21d"]["median"] <= 0.0023, name
        assert fit["error_21d"]["p95"] <= 0.0090, name


def test_that_sector_treasury_and_metal_funds_are_replayed_within_the_second_bar(
    fits: dict[str, Report], pairs: dict[str, Mapping[str, str]]
) -> None:
    for name, fit in of_class(fits, pairs, *SECTORS):
        # Korean shares stop trading before the American fund does: only its days part, not its months.
        assert fit["daily_correlation"] >= (0.95 if name == "EWY_KORU.csv" else 0.985), name
        assert abs(fit["drift_per_year"]) <= 0.025, name
        assert fit["error_21d"]["median"] <= 0.0040, name
        assert fit["error_21d"]["p95"] <= 0.0220, name


def test_that_single_stock_funds_are_replayed_within_the_third_bar(
    fits: dict[str, Report], pairs: dict[str, Mapping[str, str]]
) -> None:
    chosen = [fit for _, fit in of_class(fits, pairs, *STOCKS)]
    assert median(fit["error_21d"]["median"] for fit in chosen) <= 0.0065
    assert median(fit["error_21d"]["p95"] for fit in chosen) <= 0.020
    assert max(abs(fit["drift_per_year"]) for fit in chosen) <= 0.13


def test_that_a_calibrated_spread_predicts_the_rest_within_the_fourth_bar(
    fits: dict[str, Report], pairs: dict[str, Mapping[str, str]]
) -> None:
    chosen = [fit["calibrated"] for _, fit in of_class(fits, pairs, *STOCKS)]
    assert all(chosen)
    assert median(fit["error_21d"]["median"] for fit in chosen) <= 0.0030
    assert median(fit["error_21d"]["p95"] for fit in chosen) <= 0.013


def test_that_a_zero_spread_on_stocks_and_coins_is_warned_of(
    shared: Path, pairs: dict[str, Mapping[str, str]]
) -> None:
    for name, row in pairs.items():
        if row["class"].startswith("stock") or row["class"] == "crypto":
            fit = replay(shared / "data" / "prices" / name, *options_of(row), "--spread=zero")
            codes = {note["code"] for note in fit["diagnostics"] if note["severity"] == "warning"}
            assert codes & {"fund.zero_spread", "fund.zero_spread_unknown"}, name


def test_that_real_vendor_faults_are_named_by_day_column_and_factor(shared: Path) -> None:
    folder = shared / "data" / "prices"
    split = replay(
        folder / "FAULT_MSTR_SMST_unadjusted_split.csv",
        "--factor=-2",
        "--expense-ratio=0.0105",
        "--asset-class=stock",
    )
    assert split["faults"] == [
        {"date": "2024-11-18", "column": "SMST", "kind": "unadjusted_split", "factor": 5.0}
    ]
    wrong = replay(
        folder / "FAULT_SPCX_SPCF_bad_print.csv",
        "--factor=2",
        "--expense-ratio=0.013",
        "--asset-class=stock",
    )
    assert [(f["date"], f["column"], f["kind"]) for f in wrong["faults"]] == [
        ("2026-06-16", "SPCX", "bad_print")
    ]
    assert wrong["faults"][0]["factor"] == pytest.approx(211.39 / 201.80, abs=0.003)


def test_that_real_violent_days_are_no_faults(fits: dict[str, Report]) -> None:
    for name, fit in fits.items():
        kinds = {fault["kind"] for fault in fit["faults"]}
        assert not kinds & {"unadjusted_split", "bad_print"}, name


def test_that_changes_of_the_multiple_are_found_within_ten_days_and_nowhere_else(
    shared: Path, fits: dict[str, Report], pairs: dict[str, Mapping[str, str]]
) -> None:
    for name, fit in fits.items():
        schedule = pairs[name]["leverage_schedule"].split(";")
        seen = fit["factor_changes"]
        assert len(seen) == len(schedule) - 1, name
        for change, told in zip(seen, schedule[1:], strict=True):
            day, _, factor = told.partition(":")
            assert change["to"] == float(factor), name
            assert trading_days_between(shared, name, day, change["date"]) <= 3, name


def trading_days_between(shared: Path, name: str, a: str, b: str) -> int:
    lines = (shared / "data" / "prices" / name).read_text(encoding="utf-8").splitlines()[1:]
    first, last = sorted((a, b))
    return sum(1 for line in lines if first <= line[:10] < last)


def test_that_a_fund_of_another_index_is_flagged_and_none_of_the_right_ones(
    tmp_path: Path, shared: Path, fits: dict[str, Report]
) -> None:
    assert not [name for name, fit in fits.items() if fit["benchmark_mismatch"]]
    folder = shared / "data" / "prices"
    wrong = mixed(folder / "SPY_SSO.csv", folder / "QQQ_QLD.csv", tmp_path / "wrong.csv")
    fit = replay(wrong, "--factor=2", "--expense-ratio=0.0095", "--asset-class=index")
    assert fit["benchmark_mismatch"]
    assert "fund.benchmark_mismatch" in {note["code"] for note in fit["diagnostics"]}


def mixed(underlying: Path, fund: Path, target: Path) -> Path:
    """Write the first file's underlying beside the second file's fund."""
    with underlying.open(encoding="utf-8") as file:
        first = {row[0]: row[1] for row in csv.reader(file)}
    with fund.open(encoding="utf-8") as file:
        second = {row[0]: row[2] for row in csv.reader(file)}
    both = [f"{day},{first[day]},{second[day]}" for day in first if day in second]
    target.write_text("\n".join(both) + "\n", encoding="utf-8")
    return target
