import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from levcheck.cli import fund_command
from levcheck.cli.price_files import read_prices
from levcheck.domain.diagnostics import LevcheckError


def price_file(
    path: Path, *, days: int = 400, factor: float = 2.0, header: str = "date,UND,FND"
) -> Path:
    random = np.random.default_rng(5)
    moves = random.normal(0.0, 0.03, days)
    made = factor * moves - 0.0004
    first = np.datetime64("2023-01-02")
    dates = np.busday_offset(first, np.arange(days + 1), roll="forward")
    under = 100 * np.cumprod(np.concatenate([[1.0], 1 + moves]))
    fund = 50 * np.cumprod(np.concatenate([[1.0], 1 + made]))
    lines = [header, *(f"{d},{u:.6f},{f:.6f}" for d, u, f in zip(dates, under, fund, strict=True))]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def run(capsys: pytest.CaptureFixture[str], path: Path, *options: str) -> dict[str, Any]:
    parser = argparse.ArgumentParser()
    fund_command.add_arguments(parser)
    given = [str(path), "--factor", "2", "--expense-ratio", "0.01", *options, "--json"]
    assert fund_command.run(parser.parse_args(given)) == 0
    document: dict[str, Any] = json.loads(capsys.readouterr().out)
    return document


def test_that_the_document_has_every_field_of_the_contract(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = run(capsys, price_file(tmp_path / "p.csv"), "--asset-class", "stock")
    assert document["schema"] == "levcheck/fund/1"
    assert (document["underlying"], document["fund"], document["days"]) == ("UND", "FND", 401)
    assert document.keys() >= {
        "daily_correlation", "drift_per_year", "wealth_ratio", "error_21d", "spread", "calibrated",
        "factor_changes", "faults", "benchmark_mismatch", "tracking_sd_per_year", "diagnostics",
    }  # fmt: skip
    assert document["spread"].keys() == {"used", "basis", "implied", "band"}
    assert document["spread"]["basis"] == "default"
    assert document["calibrated"]["fitted_share"] == 0.4
    assert document["error_21d"].keys() == {"median", "p95", "max"}


@pytest.mark.parametrize(
    ("option", "basis"),
    [("zero", "zero"), ("0", "zero"), ("calibrate", "calibrated"), ("0.05", "given")],
)
def test_that_each_way_to_choose_a_spread_is_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], option: str, basis: str
) -> None:
    document = run(capsys, price_file(tmp_path / "p.csv"), "--spread", option)
    assert document["spread"]["basis"] == basis
    if basis == "given":
        assert document["spread"]["used"] == 0.05
    if basis == "zero":
        assert "fund.zero_spread" in {note["code"] for note in document["diagnostics"]}


def test_that_the_text_says_what_the_document_says(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    parser = argparse.ArgumentParser()
    fund_command.add_arguments(parser)
    path = price_file(tmp_path / "p.csv", factor=3.0)
    assert (
        fund_command.run(parser.parse_args([str(path), "--factor=2", "--expense-ratio=0.01"])) == 0
    )
    text = capsys.readouterr().out
    assert "FND on UND: 401 closes" in text
    assert "daily multiple of 3" in text


def test_that_rows_without_a_price_are_told_and_left_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = price_file(tmp_path / "p.csv")
    lines = path.read_text(encoding="utf-8").splitlines()
    lines[50] = lines[50].rsplit(",", 1)[0] + ","
    lines[60] = lines[60].rsplit(",", 1)[0] + ",0"
    lines[70] = "soon,1,1"
    path.write_text("\n".join(lines), encoding="utf-8")
    document = run(capsys, path)
    assert document["days"] == 398
    assert "3 rows" in document["diagnostics"][0]["message"]


def test_that_days_in_any_order_and_semicolons_are_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = price_file(tmp_path / "p.csv")
    straight = run(capsys, path)
    head, *rows = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([head, *rows[::-1]]).replace(",", ";"), encoding="utf-8")
    assert run(capsys, path) == straight


@pytest.mark.parametrize(
    ("table", "rate"),
    [("year,rate\n2023,0.05\n2024,0.05\n", 0.05), ("date,rate_pct\n2023-01-01,5\n", 0.05)],
)
def test_that_rates_of_ones_own_are_used(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], table: str, rate: float
) -> None:
    prices = price_file(tmp_path / "p.csv")
    own = tmp_path / "r.csv"
    own.write_text(table, encoding="utf-8")
    free = tmp_path / "free.csv"
    free.write_text("year,rate\n2023,0\n2024,0\n", encoding="utf-8")
    paid = run(capsys, prices, "--spread=zero", "--rates", str(own))
    unpaid = run(capsys, prices, "--spread=zero", "--rates", str(free))
    assert paid["drift_per_year"] - unpaid["drift_per_year"] == pytest.approx(rate, rel=0.03)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("date,A,B,C\n2024-01-01,1,1,1\n", "fund.bad_columns"),
        ("A,B\n1,2\n", "fund.bad_columns"),
        ("", "fund.bad_columns"),
        ("date,A,B\n2024-01-01,1,1\n", "fund.too_short"),
    ],
)
def test_that_a_file_of_another_kind_is_refused(tmp_path: Path, content: str, code: str) -> None:
    path = tmp_path / "bad.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(LevcheckError) as caught:
        read_prices(path)
    assert caught.value.code == code


def test_that_a_missing_file_and_bytes_are_refused(tmp_path: Path) -> None:
    with pytest.raises(LevcheckError, match="unreadable"):
        read_prices(tmp_path / "none.csv")
    path = tmp_path / "bytes.csv"
    path.write_bytes(b"\xff\xfe\x00\x01")
    with pytest.raises(LevcheckError, match="unreadable"):
        read_prices(path)


@pytest.mark.parametrize(
    ("option", "code"),
    [
        ("--asset-class=cheese", "fund.unknown_class"),
        ("--spread=much", "fund.bad_spread"),
        ("--spread=7", "fund.bad_spread"),
    ],
)
def test_that_an_option_that_means_nothing_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], option: str, code: str
) -> None:
    with pytest.raises(LevcheckError) as caught:
        run(capsys, price_file(tmp_path / "p.csv"), option)
    assert caught.value.code == code


@pytest.mark.parametrize(
    "option",
    ["--factor=0", "--factor=x", "--expense-ratio=0.95", "--factor-from=2", "--factor-from=x=2"],
)
def test_that_a_misuse_ends_with_status_two(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], option: str
) -> None:
    with pytest.raises(SystemExit) as caught:
        run(capsys, price_file(tmp_path / "p.csv"), option)
    assert caught.value.code == 2


@pytest.mark.parametrize("table", ["year,price\n2023,1\n", "year,rate\n2023,lots\n", "year,rate\n"])
def test_that_a_table_without_rates_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], table: str
) -> None:
    own = tmp_path / "r.csv"
    own.write_text(table, encoding="utf-8")
    with pytest.raises(LevcheckError, match="bad_rates"):
        run(capsys, price_file(tmp_path / "p.csv"), "--rates", str(own))


def test_that_an_income_fund_is_told_to_keep_no_multiple(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = run(capsys, price_file(tmp_path / "p.csv"), "--asset-class", "covered_call")
    assert document["calibrated"] is None
    assert [note["code"] for note in document["diagnostics"]] == ["fund.not_daily_reset"]
