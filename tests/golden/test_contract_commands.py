"""The commands as other programs call them: what is on which stream, the exit status, and the fields of each document."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.contract_laws import assert_fields, assert_lawful

NUMBER = (int, float)


def levcheck(*arguments: str | Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "levcheck", *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def document(*arguments: str | Path) -> dict[str, Any]:
    """Run a command that has to succeed and return its JSON; anything else on stdout fails."""
    done = levcheck(*arguments, "--json")
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("files") / "mine.csv"
    path.write_text(
        "Symbol,Description,Quantity,Price,Market Value,Currency\n"
        "NVDA,NVIDIA CORP,100,100.00,10000.00,USD\n"
        "NVDL,GRANITESHARES 2X LONG NVDA DAILY ETF,100,50.00,5000.00,USD\n"
        "SOXX,ISHARES SEMICONDUCTOR ETF,10,200.00,2000.00,USD\n"
        "QQWHAT,NOBODY KNOWS INC,1,77.00,77.00,USD\n"
        "Cash,Margin loan,,,-1000.00,USD\n",
        encoding="utf-8",
    )
    return path


def test_that_check_gives_a_lawful_document_for_every_scenario_of_the_library(file: Path) -> None:
    known = document("scenarios")["scenarios"]
    for scenario in known:
        assert {"id", "name", "story", "dates", "source", "shocks"} <= scenario.keys()
    found = document("check", file)
    assert_lawful(found)
    assert [s["scenario"] for s in found["stress"]] == [s["id"] for s in known]
    assert found["coverage"]["left_out"] == [
        {"position": "p4", "market_value": 77.0, "reason": "reference.unknown_instrument"}
    ]
    trade = found["daily_reset"][0]["forced_trade"]
    assert trade["move"] == -0.13
    assert trade["share_of_assets"] == pytest.approx(-0.26)


def test_that_scenarios_and_shocks_come_in_the_order_asked(file: Path) -> None:
    ids = [s["id"] for s in document("scenarios")["scenarios"]]
    asked = ["--scenario", ids[3], "--scenario", ids[0], "--shock", "NVDA=-13%"]
    found = document("check", file, *asked, "--horizon", "21", "--no-propagation")
    assert [s["scenario"] for s in found["stress"]] == [ids[3], ids[0], "custom"]
    assert found["stress"][2]["horizon_days"] == 21


def test_that_no_amount_is_told_when_amounts_are_hidden(file: Path) -> None:
    found = document("check", file, "--shock", "NVDA=-13%", "--hide-amounts")
    shown = document("check", file, "--shock", "NVDA=-13%")
    assert found["portfolio"]["equity"] is None
    assert all(line["market_value"] is None for line in found["positions"])
    assert all(loss["pnl"] is None for s in found["stress"] for loss in s["positions"])
    assert found["exposures"][0]["share_of_equity"] == shown["exposures"][0]["share_of_equity"]
    text = json.dumps(found)
    for amount in ("10000", "5000", "16077", "20000", "10,000"):
        assert amount not in text


def test_that_words_change_with_the_language_and_figures_do_not(file: Path) -> None:
    figures = [
        document("check", file, "--shock", "NVDA=-13%", "--lang", language)["stress"]
        for language in ("en", "de")
    ]
    assert figures[0][0]["pnl"] == figures[1][0]["pnl"]


def test_that_import_gives_every_field_and_every_row_once(file: Path) -> None:
    found = document("import", file)
    assert (found["schema"], found["outcome"]) == ("levcheck/import/1", "positions")
    assert_fields(
        found["positions"],
        {
            "sheet": (str, True),
            "row": (int, False),
            "account": (str, True),
            "symbol": (str, True),
            "isin": (str, True),
            "cusip": (str, True),
            "wkn": (str, True),
            "name": (str, True),
            "quantity": (NUMBER, True),
            "price": (NUMBER, True),
            "market_value": (NUMBER, True),
            "value_basis": (str, True),
            "currency": (str, True),
            "cost_basis": (NUMBER, True),
            "kind": (str, True),
            "option": (dict, True),
        },
    )
    (debt,) = found["cash"]
    assert {"sheet", "account", "label", "currency"} <= debt.keys()
    assert (debt["row"], debt["amount"], debt["currency"]) == (6, -1000.0, "USD")
    rows = [line["row"] for line in (*found["positions"], *found["cash"])]
    for run in found["ignored"]:
        first, _, last = run["rows"].partition("-")
        rows += range(int(first), int(last or first) + 1)
    assert sorted(rows) == [1, 2, 3, 4, 5, 6]
    assert {"read", "stated", "difference"} <= found["totals"].keys()


def test_that_coverage_is_the_same_in_both_commands(file: Path) -> None:
    alone = document("library", "coverage", file)
    checked = document("check", file, "--shock", "NVDA=-1%")["coverage"]
    assert alone["schema"] == "levcheck/library-coverage/1"
    assert alone["known_share"] == pytest.approx(checked["known_share"], abs=1e-8)
    assert alone["looked_through_share"] == pytest.approx(checked["looked_through_share"], abs=1e-8)
    (unknown,) = alone["unknown"]
    assert (unknown["row"], unknown["symbol"], unknown["market_value"]) == (5, "QQWHAT", 77.0)
    assert isinstance(unknown["candidates"], list)


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["--shock", "NVDA=-10%", "--shock", "NVDA.US=-20%"], 1),
        (["--shock", "NVDA=-150%"], 1),
        (["--shock", "theme:no-such=-10%"], 1),
        (["--scenario", "no-such"], 1),
        (["--xlsx", "no-such-folder/out.xlsx", "--shock", "NVDA=-1%"], 1),
        (["--lang", "xx"], 2),
        (["--base", "DOLLAR"], 2),
        (["--horizon", "-1", "--shock", "NVDA=-1%"], 2),
    ],
)
def test_that_a_refusal_is_one_to_three_plain_lines(
    arguments: list[str], status: int, file: Path
) -> None:
    done = levcheck("check", file, "--json", *arguments)
    assert done.returncode == status
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    if status == 1:
        lines = done.stderr.strip().splitlines()
        assert 1 <= len(lines) <= 3
        assert all(line.startswith("levcheck: ") for line in lines)


@pytest.mark.skipif(os.name == "nt", reason="signals of Windows are another thing")
@pytest.mark.parametrize("delay", [0.0, 0.05, 0.1, 0.4])
def test_that_an_interrupt_ends_at_once_and_leaves_nothing_half_written(
    delay: float, tmp_path: Path
) -> None:
    rows = [f"NVDA,NVIDIA CORP,{n},100.00,{n * 100}.00,USD" for n in range(1, 20_000)]
    source, out = tmp_path / "large.csv", tmp_path / "out.xlsx"
    head = "Symbol,Description,Quantity,Price,Market Value,Currency"
    source.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    # Before this line Python itself is being loaded, and has its own way of ending.
    begun = "import sys, levcheck.__main__ as program; print('begun', flush=True); sys.exit(program.main())"
    with subprocess.Popen(
        [sys.executable, "-c", begun, "check", str(source), "--xlsx", str(out)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as work:
        assert work.stdout is not None
        assert work.stdout.readline() == "begun\n"
        time.sleep(delay)
        work.send_signal(signal.SIGINT)
        started = time.monotonic()
        _, told = work.communicate(timeout=30)
        assert time.monotonic() - started < 10.0  # the promise is one second on an idle machine
    assert work.returncode != 0
    assert "Traceback" not in told
    assert [path.name for path in tmp_path.iterdir()] == ["large.csv"]
