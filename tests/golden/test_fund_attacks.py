"""Real price pairs made harder on purpose: what is planted is named, and nothing else is."""

import argparse
import contextlib
import csv
import io
import json
import random
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from levcheck.cli import fund_command

Row = tuple[str, float, float]
Report = Mapping[str, Any]
# Two days at which the vendor itself left out or doubled a payment.
KNOWN = {("BITX", "2024-02-29"), ("TMF", "2020-12-10")}
PAIRS = (
    "SPY_UPRO.csv", "SPY_SH.csv", "QQQ_SQQQ.csv", "SOXX_SOXL.csv", "NVDA_NVDX.csv", "MSTR_MSTZ.csv",
    "IBIT_BITU.csv", "TLT_TMV.csv",
)  # fmt: skip


@pytest.fixture(scope="module")
def prices(shared: Path) -> Path:
    return shared / "data" / "prices"


@pytest.fixture(scope="module")
def facts(prices: Path) -> dict[str, Mapping[str, str]]:
    with (prices / "funds.csv").open(encoding="utf-8") as file:
        return {row["file"]: row for row in csv.DictReader(file)}


def closes(path: Path, column: int = 1) -> dict[str, float]:
    with path.open(encoding="utf-8") as file:
        return {row[0]: float(row[column]) for row in list(csv.reader(file))[1:]}


def rows_of(path: Path) -> list[Row]:
    under, fund = closes(path), closes(path, 2)
    return [(day, under[day], fund[day]) for day in under]


def replay(
    folder: Path, name: str, rows: Sequence[Row], fact: Mapping[str, str], *more: str
) -> Report:
    under, fund = name.removesuffix(".csv").split("_")
    path = folder / "attacked.csv"
    lines = [f"date,{under},{fund}", *(f"{day},{u!r},{f!r}" for day, u, f in rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    options = [
        f"--factor={fact['leverage_schedule'].split(':')[-1]}",
        f"--expense-ratio={float(fact['expense_ratio_pct']) / 100:.6f}",
        f"--underlying-expense-ratio={float(fact['underlying_er_pct']) / 100:.6f}",
        f"--asset-class={fact['class']}",
    ]
    return run(path, *options, *more)


def run(path: Path, *options: str) -> Report:
    parser = argparse.ArgumentParser()
    fund_command.add_arguments(parser)
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        assert fund_command.run(parser.parse_args([str(path), *options, "--json"])) == 0
    document: Report = json.loads(printed.getvalue())
    return document


def part(rows: Sequence[Row], length: int, chance: random.Random) -> list[Row]:
    start = chance.randrange(0, max(len(rows) - length, 1))
    return list(rows[start : start + length])


def planted(rows: Sequence[Row], column: int, day: int, factor: float, *, lasts: bool) -> list[Row]:
    found = list(rows)
    for number in range(day, len(rows)) if lasts else (day,):
        at, under, fund = rows[number]
        found[number] = (at, under * factor, fund) if column == 1 else (at, under, fund * factor)
    return found


def faults(report: Report) -> list[tuple[str, str, str, object]]:
    return [
        (f["date"], f["column"], f["kind"], f["factor"])
        for f in report["faults"]
        if (f["column"], f["date"]) not in KNOWN and ("TMF", f["date"]) not in KNOWN
    ]


@pytest.mark.parametrize("name", PAIRS)
def test_that_parts_of_a_clean_history_raise_no_alarm(
    prices: Path, facts: dict[str, Mapping[str, str]], tmp_path: Path, name: str
) -> None:
    chance = random.Random(name)
    for length in (60, 90, 150, 400):
        sub = part(rows_of(prices / name), length, chance)
        report = replay(tmp_path, name, sub, facts[name])
        assert faults(report) == [], sub[0]
        assert report["factor_changes"] == [], sub[0]
        assert not report["benchmark_mismatch"], sub[0]


@pytest.mark.parametrize("name", PAIRS)
@pytest.mark.parametrize("ratio", [2.0, 5.0, 10.0, 15.0])
def test_that_a_split_on_either_side_is_named_by_day_and_factor(
    prices: Path, facts: dict[str, Mapping[str, str]], tmp_path: Path, name: str, ratio: float
) -> None:
    chance = random.Random(f"{name}{ratio}")
    for column in (1, 2):
        sub = part(rows_of(prices / name), chance.choice((80, 150, 400)), chance)
        day = chance.randrange(5, len(sub) - 5)
        factor = chance.choice((ratio, 1.0 / ratio))
        report = replay(tmp_path, name, planted(sub, column, day, factor, lasts=True), facts[name])
        heading = name.removesuffix(".csv").split("_")[column - 1]
        assert faults(report) == [
            (sub[day][0], heading, "unadjusted_split", pytest.approx(factor, rel=1e-5))
        ]
        assert report["factor_changes"] == []


@pytest.mark.parametrize("name", PAIRS)
@pytest.mark.parametrize("factor", [1.25, 0.75, 10.0, 0.1])
def test_that_a_wrong_close_is_named_by_day_and_column(
    prices: Path, facts: dict[str, Mapping[str, str]], tmp_path: Path, name: str, factor: float
) -> None:
    chance = random.Random(f"{name}{factor}print")
    for column in (1, 2):
        sub = part(rows_of(prices / name), chance.choice((90, 300)), chance)
        day = chance.randrange(5, len(sub) - 5)
        report = replay(tmp_path, name, planted(sub, column, day, factor, lasts=False), facts[name])
        heading = name.removesuffix(".csv").split("_")[column - 1]
        assert faults(report) == [
            (sub[day][0], heading, "bad_print", pytest.approx(factor, rel=0.05))
        ]


@pytest.mark.parametrize("name", ["SPY_UPRO.csv", "QQQ_SQQQ.csv", "AAPL_AAPU.csv", "GLD_UGL.csv"])
def test_that_a_payment_the_vendor_left_out_is_named(
    prices: Path, facts: dict[str, Mapping[str, str]], tmp_path: Path, name: str
) -> None:
    chance = random.Random(f"{name}payment")
    sub = part(rows_of(prices / name), 400, chance)
    # A day of ordinary moves: next to a crash a lost payment cannot be told from the crash.
    day = next(
        n for n in range(60, len(sub) - 9)
        if all(abs(sub[k][1] / sub[k - 1][1] - 1.0) < 0.009 for k in range(n - 1, n + 3))
    )  # fmt: skip
    report = replay(tmp_path, name, planted(sub, 2, day, 0.94, lasts=True), facts[name])
    heading = name.removesuffix(".csv").split("_")[1]
    assert faults(report) == [
        (sub[day][0], heading, "missing_distribution", pytest.approx(0.94, rel=0.02))
    ]


CHANGES = [(3.0, 2.0), (2.0, 3.0), (1.5, 2.0), (-1.0, -2.0), (-3.0, -1.0), (1.0, 2.0), (2.0, -2.0)]


@pytest.mark.parametrize(("before", "after"), CHANGES)
@pytest.mark.parametrize("name", ["SPY_SSO.csv", "SOXX_SOXL.csv", "NVDA_NVDX.csv", "IBIT_BITU.csv"])
def test_that_a_change_of_the_multiple_on_any_day_is_found_within_ten(
    prices: Path,
    facts: dict[str, Mapping[str, str]],
    tmp_path: Path,
    name: str,
    before: float,
    after: float,
) -> None:
    chance = random.Random(f"{name}{before}{after}")
    sub = part(rows_of(prices / name), 250, chance)
    day = chance.randrange(20, 230)
    own = float(facts[name]["leverage_schedule"])
    made, level = [sub[0]], sub[0][2]
    for number in range(1, len(sub)):
        move = sub[number][1] / sub[number - 1][1] - 1.0
        left = sub[number][2] / sub[number - 1][2] - 1.0 - own * move
        level *= 1.0 + (before if number < day else after) * move + left
        made.append((sub[number][0], sub[number][1], level))
    told = {**facts[name], "leverage_schedule": str(before)}
    report = replay(tmp_path, name, made, told)
    seen = report["factor_changes"]
    assert [(c["from"], c["to"]) for c in seen] == [(before, after)]
    days = [row[0] for row in made]
    assert abs(days.index(seen[0]["date"]) - day) <= 10


MISTAKEN = [
    ("QQQ_QLD.csv", "SPY_UPRO.csv"), ("SPY_SSO.csv", "QQQ_QLD.csv"), ("SPY_PJAN.csv", "QQQ_TQQQ.csv"),
    ("STACKED_NTSX.csv", "TLT_TMF.csv"), ("IBIT_BITX.csv", "MSTR_MSTU.csv"),
    ("SOXX_SOXL.csv", "AMD_AMDL.csv"), ("SPY_SSO.csv", "EWY_KORU.csv"), ("AAPL_AAPU.csv", "AMZN_AMZU.csv"),
]  # fmt: skip


@pytest.mark.parametrize(("underlying", "fund"), MISTAKEN)
def test_that_another_underlying_is_flagged_even_in_a_short_file(
    prices: Path, facts: dict[str, Mapping[str, str]], tmp_path: Path, underlying: str, fund: str
) -> None:
    # NTSX's file holds SPY and IEF: shorter bonds beside a fund on long ones.
    other = closes(prices / underlying, 2 if underlying.startswith("STACKED") else 1)
    both = [(day, other[day], f) for day, _, f in rows_of(prices / fund) if day in other]
    told = {**facts[fund], "leverage_schedule": facts[fund]["leverage_schedule"].split(":")[-1]}
    chance = random.Random(underlying + fund)
    for length in (100, 250, len(both)):
        assert replay(tmp_path, fund, part(both, length, chance), told)["benchmark_mismatch"]


def test_that_the_library_names_a_nearer_benchmark(
    prices: Path, facts: dict[str, Mapping[str, str]], tmp_path: Path
) -> None:
    other = closes(prices / "SPY_SSO.csv")
    both = [(day, other[day], f) for day, _, f in rows_of(prices / "QQQ_QLD.csv") if day in other]
    report = replay(tmp_path, "SPY_QLD.csv", both, facts["QQQ_QLD.csv"])
    assert report["better_benchmark"]["name"] == "Nasdaq-100"
    assert report["better_benchmark"]["funds"][0] == "QQQ"
    assert "fund.better_benchmark" in {note["code"] for note in report["diagnostics"]}


@pytest.mark.parametrize("name", PAIRS)
def test_that_missing_days_are_told_and_are_no_faults(
    prices: Path, facts: dict[str, Mapping[str, str]], tmp_path: Path, name: str
) -> None:
    chance = random.Random(f"{name}gaps")
    kept = [row for row in rows_of(prices / name) if chance.random() > 0.1]
    report = replay(tmp_path, name, kept, facts[name])
    assert faults(report) == []
    assert "fund.days_missing" in {note["code"] for note in report["diagnostics"]}


def test_that_an_unfinished_last_day_is_left_out_and_told(
    prices: Path, facts: dict[str, Mapping[str, str]], tmp_path: Path
) -> None:
    rows = rows_of(prices / "QQQ_TQQQ.csv")
    day, under, fund = rows[-1]
    whole = replay(tmp_path, "QQQ_TQQQ.csv", rows[:-1], facts["QQQ_TQQQ.csv"])
    report = replay(
        tmp_path, "QQQ_TQQQ.csv", [*rows[:-1], (day, under, fund * 1.04)], facts["QQQ_TQQQ.csv"]
    )
    assert "fund.last_close_doubtful" in {note["code"] for note in report["diagnostics"]}
    assert report["drift_per_year"] == pytest.approx(whole["drift_per_year"], abs=1e-4)


@pytest.mark.parametrize("name", ["SPY_SSO.csv", "QQQ_TQQQ.csv", "TLT_TMF.csv"])
def test_that_closes_without_dividends_are_told(
    prices: Path, facts: dict[str, Mapping[str, str]], tmp_path: Path, name: str
) -> None:
    rows, share, every = rows_of(prices / name), 0.0045, 63
    if name.startswith("TLT"):
        share, every = 0.0022, 21
    bare = [(day, u * (1.0 - share) ** (n // every), f) for n, (day, u, f) in enumerate(rows)]
    codes = {n["code"] for n in replay(tmp_path, name, bare, facts[name])["diagnostics"]}
    assert "fund.underlying_price_only" in codes
    right = {n["code"] for n in replay(tmp_path, name, rows, facts[name])["diagnostics"]}
    assert "fund.underlying_price_only" not in right


def test_that_the_loss_of_a_short_volatility_fund_is_no_split(prices: Path, tmp_path: Path) -> None:
    """A fund struck at 16:15 showed the loss of 5 February 2018 a day later, as −83%, and then halved its multiple."""
    chance = random.Random("short volatility")
    rows, made, level = rows_of(prices / "VIXY_UVXY.csv"), [], 100.0
    late = {"2018-02-05": -0.32, "2018-02-06": -0.83}
    for number, (day, under, _) in enumerate(rows):
        if number:
            move = under / rows[number - 1][1] - 1.0
            factor = -1.0 if day < "2018-02-28" else -0.5
            level *= 1.0 + late.get(day, factor * move + chance.gauss(0.0, 0.002))
        made.append((day, under, level))
    told = {
        "leverage_schedule": "-1", "expense_ratio_pct": "0.95", "underlying_er_pct": "0.95",
        "class": "vix",
    }  # fmt: skip
    report = replay(tmp_path, "VIXY_SVXY.csv", made, told)
    assert faults(report) == []
    assert [(c["date"], c["to"]) for c in report["factor_changes"]] == [("2018-02-28", -0.5)]


def test_that_order_volumes_and_repeated_days_do_not_matter(
    prices: Path, facts: dict[str, Mapping[str, str]], tmp_path: Path
) -> None:
    rows = rows_of(prices / "QQQ_QLD.csv")[:300]
    plain = replay(tmp_path, "QQQ_QLD.csv", rows, facts["QQQ_QLD.csv"])
    lines = [f"{f!r},{u!r},{100 + n},{day}" for n, (day, u, f) in enumerate(rows)]
    stale = f"{rows[4][2]!r},{rows[4][1]!r},0,{date(2010, 1, 9).isoformat()}"
    path = tmp_path / "other.csv"
    text = "\n".join(["QLD,QQQ,QQQ_volume,date", lines[7], *reversed(lines), stale])
    path.write_text(text, encoding="utf-8")
    report = run(
        path, "--factor=2", "--expense-ratio=0.0095", "--underlying-expense-ratio=0.002",
        "--asset-class=index",
    )  # fmt: skip
    same = ("underlying", "fund", "days", "daily_correlation", "drift_per_year", "faults")
    assert {key: report[key] for key in same} == {key: plain[key] for key in same}
    codes = {note["code"] for note in report["diagnostics"]}
    assert codes >= {"fund.columns_swapped", "fund.days_without_trade", "fund.days_repeated"}
