"""The trap portfolio through the command line: published answers, and every trap told.

Equity 55,000: one share held directly, through a fund, doubled, inside a tripled index, and shorted. The answers are
arithmetic: 10,000 + 20% x 20,000 + 2 x 10,000 + 3 x 10% x 10,000 = 37,000 long, 5,000 short.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

SOURCE = "2026-06-30,made up"
INSTRUMENTS = """id,symbol,exchange,isin,cusip,name,kind,currency,country,issuer,underlying,daily_leverage_factor,expense_ratio,asset_class,as_of,source
QNV.US,QNV,,,,Quantum Novelties,common,USD,US,,,,,single_stock,{s}
QSM.US,QSM,,,,Quantum Semis Fund,etf,USD,US,,,1,0.004,sector_equity,{s}
QNVL.US,QNVL,,,,Two Times Novelties,leveraged_fund,USD,US,,QNV.US,2,0.01,single_stock,{s}
QSML.US,QSML,,,,Three Times Semis,leveraged_fund,USD,US,,QSX.IDX,3,0.01,sector_equity,{s}
QNVS.US,QNVS,,,,Novelties Bear,inverse_fund,USD,US,,QNV.US,-1,0.01,single_stock,{s}
QSX.IDX,QSX,,,,Quantum Semis Index,index,USD,US,,,,,sector_equity,{s}
QN1.US,QN1,,,,Nest One,etf,USD,US,,,1,,equity,{s}
QN2.US,QN2,,,,Nest Two,etf,USD,US,,,1,,equity,{s}
QN3.US,QN3,,,,Nest Three,etf,USD,US,,,1,,equity,{s}
QN4.US,QN4,,,,Nest Four,etf,USD,US,,,1,,equity,{s}
QC1.US,QC1,,,,Circle One,etf,USD,US,,,1,,equity,{s}
QC2.US,QC2,,,,Circle Two,etf,USD,US,,,1,,equity,{s}
QUM.US,QUM,,,,Unsaid Multiple,leveraged_fund,USD,US,,QNV.US,,,single_stock,{s}
""".replace("{s}", SOURCE)
HOLDINGS = """fund,constituent,weight,as_of,source
QSM.US,QNV.US,0.20,{s}
QSX.IDX,QNV.US,0.10,{s}
QNVL.US,QNV.US,0.32,{s}
QN1.US,QN2.US,0.50,{s}
QN2.US,QN3.US,0.50,{s}
QN3.US,QN4.US,0.50,{s}
QN4.US,QNV.US,0.50,{s}
QC1.US,QC2.US,0.50,{s}
QC1.US,QNV.US,0.50,{s}
QC2.US,QC1.US,0.50,{s}
QC2.US,QNV.US,0.50,{s}
""".replace("{s}", SOURCE)
THEMES = """theme,member,strength,reason,source
novelties,QNV.US,1,it makes them,made up
"""
TRAP = [("QNV", 10_000), ("QSM", 20_000), ("QNVL", 10_000), ("QSML", 10_000), ("QNVS", 5_000)]


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tables")
    (folder / "instruments.csv").write_text(INSTRUMENTS, encoding="utf-8")
    (folder / "holdings.csv").write_text(HOLDINGS, encoding="utf-8")
    (folder / "themes.csv").write_text(THEMES, encoding="utf-8")
    return folder


def portfolio_file(folder: Path, lines: list[tuple[str, int]]) -> Path:
    path = folder / "trap.csv"
    rows = [
        f"{symbol},{symbol} shares,100,{value / 100:.2f},{value:.2f},USD" for symbol, value in lines
    ]
    head = "Symbol,Description,Quantity,Price,Market Value,Currency"
    path.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    return path


def levcheck(*arguments: str | Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "levcheck", *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def checked(file: Path, tables: Path, *arguments: str) -> dict[str, Any]:
    done = levcheck("check", file, "--json", "--library", tables, *arguments)
    assert done.returncode == 0, done.stderr
    document: dict[str, Any] = json.loads(done.stdout)
    return document


def test_that_the_trap_portfolio_gives_its_answers(tmp_path: Path, tables: Path) -> None:
    document = checked(
        portfolio_file(tmp_path, TRAP), tables, "--shock", "QNV=-0.13", "--no-propagation"
    )
    root = next(root for root in document["exposures"] if root["root"] == "QNV.US")
    assert root["long"] == pytest.approx(37_000)
    assert root["short"] == pytest.approx(-5_000)
    assert root["net"] == pytest.approx(32_000)
    assert root["direct"] == 10_000
    assert len(root["doors"]) == 5
    assert sum(door["amount"] for door in root["doors"]) == pytest.approx(32_000)
    theme = next(theme for theme in document["themes"] if theme["theme"] == "novelties")
    assert theme["labelled"] == 10_000
    assert theme["net"] == pytest.approx(32_000)
    assert document["portfolio"]["equity"] == 55_000
    (stress,) = document["stress"]
    assert stress["scenario"] == "custom"
    assert stress["horizon_days"] == 0
    assert stress["pnl"] == -4_160.00
    assert stress["causes"] == [{"root": "QNV.US", "name": "Quantum Novelties", "pnl": -4_160.0}]
    assert document["provenance"]["library"]["overlays"] == [tables.name]


def test_that_four_nested_funds_a_circle_and_an_unknown_multiple_are_told(
    tmp_path: Path, tables: Path
) -> None:
    lines = [("QN1", 16_000), ("QC1", 10_000), ("QUM", 5_000)]
    document = checked(
        portfolio_file(tmp_path, lines), tables, "--shock", "QNV=-50%", "--no-propagation"
    )
    doors = {
        tuple(door["chain"]): door["amount"]
        for root in document["exposures"]
        if root["root"] == "QNV.US"
        for door in root["doors"]
    }
    assert doors["QN1.US", "QN2.US", "QN3.US", "QN4.US", "QNV.US"] == pytest.approx(1_000)
    codes = {told["code"] for told in document["diagnostics"]}
    assert {"exposure.cycle", "exposure.unknown_multiple"} <= codes
    unknown = next(line for line in document["positions"] if line["symbol"] == "QUM")
    assert unknown["daily_leverage_factor"] is None
    assert unknown["notional_exposure"] is None
    assert document["coverage"]["left_out"] == [
        {"position": "p3", "market_value": 5_000.0, "reason": "exposure.unknown_multiple"}
    ]
    assert document["stress"][0]["left_out"] == ["p3"]


@pytest.mark.parametrize("move", ["-40%", "-60%", "+150%", "-100%"])
def test_that_no_line_held_long_loses_more_than_its_value(
    tmp_path: Path, tables: Path, move: str
) -> None:
    document = checked(
        portfolio_file(tmp_path, TRAP), tables, "--shock", f"QNV={move}", "--no-propagation"
    )
    values = {line["id"]: line["market_value"] for line in document["positions"]}
    for loss in document["stress"][0]["positions"]:
        assert loss["pnl"] >= -values[loss["position"]]
        assert loss["share"] >= -1.0


def test_that_what_cannot_be_meant_is_refused_in_plain_lines(tmp_path: Path, tables: Path) -> None:
    file = portfolio_file(tmp_path, TRAP)
    for arguments in (
        ["--shock", "NOSUCHTHING=-0.1"],
        ["--shock", "QNV=lots"],
        ["--scenario", "no-such-scenario"],
        ["--library", str(tmp_path / "nowhere")],
    ):
        done = levcheck("check", file, "--json", "--library", tables, *arguments)
        assert done.returncode == 1, arguments
        assert done.stdout == ""
        assert 1 <= len(done.stderr.strip().splitlines()) <= 3
        assert "Traceback" not in done.stderr
    missing = levcheck("check", tmp_path / "missing.xlsx", "--json")
    assert missing.returncode == 1
    assert "missing.xlsx" in missing.stderr
    assert levcheck("check", file, "--horizon", "5").returncode == 2


def test_that_people_read_the_same_answer(tmp_path: Path, tables: Path) -> None:
    file = portfolio_file(tmp_path, TRAP)
    done = levcheck("check", file, "--library", tables, "--shock", "QNV=-0.13", "--no-propagation")
    assert done.returncode == 0, done.stderr
    assert "Quantum Novelties" in done.stdout
    assert "$32,000" in done.stdout
    assert "−$4,160" in done.stdout
    hidden = levcheck(
        "check",
        file,
        "--library",
        tables,
        "--shock",
        "QNV=-0.13",
        "--no-propagation",
        "--hide-amounts",
    )
    assert "4,160" not in hidden.stdout
    assert "32,000" not in hidden.stdout


def test_that_the_python_interface_gives_the_same_document(tmp_path: Path, tables: Path) -> None:
    import levcheck as package

    file = portfolio_file(tmp_path, TRAP)
    library = package.Library.bundled().with_overlay(tables)
    portfolio, faults = package.read_portfolio(file)
    found = package.analyse(portfolio, library, shocks=["QNV=-0.13"], propagate=False).to_json()
    document = checked(file, tables, "--shock", "QNV=-0.13", "--no-propagation")
    assert not [fault for fault in faults if fault.severity == "error"]
    for part in ("portfolio", "headline", "positions", "exposures", "themes", "stress"):
        assert found[part] == document[part]
