"""``levcheck what-if``: a list and changes in, before and after out."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from levcheck.cli import main
from levcheck.cli.services import Services, ShotRequest

HEAD = "Symbol,Description,Quantity,Price,Market Value,Currency\n"
ROWS = (
    "NVDA,NVIDIA CORP,100,100.00,10000.00,USD\n"
    "NVDL,GRANITESHARES 2X LONG NVDA DAILY ETF,100,50.00,5000.00,USD\n"
    "VTI,VANGUARD TOTAL STOCK MARKET ETF,50,200.00,10000.00,USD\n"
)


def never(request: ShotRequest) -> Sequence[Path]:
    raise AssertionError(request)


SERVICES = Services(lambda _: 1, never, lambda _report, _path: None, tuple)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "list.csv"
    path.write_text(HEAD + ROWS, encoding="utf-8")
    return path


def asked(file: Path, capsys: pytest.CaptureFixture[str], *changes: str) -> dict[str, Any]:
    arguments = ["what-if", str(file), "--json", "--scenario", "ai-chips-minus-30"]
    for change in changes:
        arguments += ["--change", change]
    assert main.run(arguments, SERVICES) == 0
    document: dict[str, Any] = json.loads(capsys.readouterr().out)
    return document


def test_that_changes_are_made_in_order_and_both_sides_are_whole_documents(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = asked(file, capsys, "trim nvdl 40%", "trim NVDA 20u", "add VTI 1000", "cash 10%")
    assert [c["freed"] for c in made["changes"]] == pytest.approx([2000, 2000, -1000, 2200])
    assert made["cash"] == {"before": 0.0, "after": pytest.approx(5200.0)}
    assert made["today"]["portfolio"]["equity"] == made["draft"]["portfolio"]["equity"] == 25_000.0
    assert (
        main.run(["check", str(file), "--json", "--scenario", "ai-chips-minus-30"], SERVICES) == 0
    )
    assert json.loads(capsys.readouterr().out) == made["today"]
    bought = {t["holding"]: t["money"] for t in made["trades"]}
    assert bought == {"NVDA": 2800.0, "NVDL": 2300.0, "VTI": 100.0}


def test_that_every_verb_is_understood(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = asked(
        file, capsys, "sell VTI", "swap NVDL NVDA 2x 50%", "trim p1 to 30%", "add KO to 10%",
        "add NVDA 3u", "hedge NVDA NVDS 25%", "trim NVDA 500", "pay all", "pay 10",
    )  # fmt: skip
    refused = [c["refused"] for c in made["changes"]]
    assert refused == [None] * 7 + ["portfolio.draft_no_debt"] * 2
    assert made["changes"][7]["message"].startswith("There is no debt")
    labels = {p["symbol"] for p in made["draft"]["positions"]}
    assert {"KO", "NVDS", "NVDA", "NVDL"} <= labels
    assert "VTI" not in labels


@pytest.mark.parametrize(
    "text",
    [
        "",
        "buy it",
        "trim NVDL",
        "trim NVDL 2x",
        "add KO 10%",
        "swap NVDL NVDA much",
        "pay 5%",
        "cash 7",
    ],
)
def test_that_what_cannot_be_read_is_refused_with_examples(
    file: Path, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    assert main.run(["what-if", str(file), "--change", text], SERVICES) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert "cannot be read" in told.err
    assert "trim NVDL 50%" in told.err


def test_that_a_line_that_is_not_there_or_there_twice_is_named(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main.run(["what-if", str(file), "--change", "sell XYZ"], SERVICES) == 1
    assert "No line is called 'XYZ'." in capsys.readouterr().err
    file.write_text(HEAD + ROWS + ROWS.splitlines()[0] + "\n", encoding="utf-8")
    assert main.run(["what-if", str(file), "--change", "sell NVDA"], SERVICES) == 1
    assert "Several lines are called 'NVDA'." in capsys.readouterr().err


def test_that_people_get_tables_and_hidden_amounts_stay_hidden(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["what-if", str(file), "--change", "sell NVDL", "--change", "sell NVDL"]
    assert main.run(arguments, SERVICES) == 0
    text = capsys.readouterr().out
    assert text.startswith("Draft A brings ")
    assert "NVDL is not in the list any more" in text
    assert "$5,000.00" in text
    assert main.run([*arguments, "--hide-amounts"], SERVICES) == 0
    assert "5,000" not in capsys.readouterr().out
    assert main.run([*arguments, "--hide-amounts", "--json"], SERVICES) == 0
    hidden = json.loads(capsys.readouterr().out)
    assert hidden["trades"] == []
    assert "5,000" not in json.dumps(hidden)
    assert "5000" not in json.dumps(hidden)
