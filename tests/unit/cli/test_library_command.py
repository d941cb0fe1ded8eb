"""``levcheck library`` as a person or a script uses it."""

import json
from pathlib import Path
from typing import Any

import pytest

from levcheck.cli import library_command
from levcheck.domain.diagnostics import LevcheckError

LIST = "date,fund,company,ticker,shares,market value ($),weight (%)\n06/12/2026,SMH,NVIDIA CORP,NVDA,1,$60.00,60.00%\n06/12/2026,SMH,MICRON,MU,1,$40.00,40.00%\n"


@pytest.fixture(autouse=True)
def _own_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import shutil

    from levcheck import assets
    from levcheck.reference.catalogue import Catalogue

    Catalogue.bundled()
    shutil.copytree(assets.data_folder() / "cache", tmp_path / "data" / "cache")
    monkeypatch.setenv("LEVCHECK_DATA", str(tmp_path / "data"))


def run(*words: str) -> int:
    import argparse

    parser = argparse.ArgumentParser()
    library_command.add_arguments(parser)
    return library_command.run(parser.parse_args(list(words)))


def answer(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, Any]:
    assert run(*words, "--json") == 0
    document: dict[str, Any] = json.loads(capsys.readouterr().out)
    return document


def test_that_adding_listing_and_removing_speak_the_contract(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "smh.csv"
    path.write_text(LIST, encoding="utf-8")
    added = answer(capsys, "add", str(path))
    assert added["schema"] == "levcheck/library-add/1"
    (dataset,) = added["datasets"]
    assert {
        "file",
        "fund",
        "as_of",
        "rows",
        "weight_sum",
        "coverage",
        "reader",
        "daily_multiple",
        "long",
        "short",
    } <= dataset.keys()
    assert (dataset["fund"], dataset["as_of"], dataset["rows"], dataset["coverage"]) == (
        "SMH.US",
        "2026-06-12",
        2,
        "full",
    )
    assert (dataset["weight_sum"], dataset["daily_multiple"]) == (1.0, None)
    assert [one["id"] for one in answer(capsys, "list")["datasets"]] == [dataset["id"]]
    shown = answer(capsys, "show", "SMH")
    assert (shown["holdings"]["as_of"], shown["holdings"]["overridden"]) == ("2026-06-12", True)
    assert answer(capsys, "remove", "SMH.US")["removed"] == [dataset["id"]]
    assert answer(capsys, "list")["datasets"] == []


def test_that_show_tells_source_day_multiple_and_themes(capsys: pytest.CaptureFixture[str]) -> None:
    shown = answer(capsys, "show", "nvdl")
    assert (shown["id"], shown["daily_leverage_factor"], shown["underlying"]) == (
        "NVDL.US",
        2.0,
        "NVDA.US",
    )
    assert shown["as_of"] == "2026-06-01"
    assert shown["themes"][0]["theme"] == "ai-chips"
    assert run("show", "US67066G1040") == 0
    assert "NVIDIA" in capsys.readouterr().out
    assert run("show", "SPX.INDEX") == 0
    assert "more" in capsys.readouterr().out
    with pytest.raises(LevcheckError) as refusal:
        run("show", "NOSUCHTHING")
    assert refusal.value.code == "reference.unknown_id"


def test_that_plain_words_say_what_was_added(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "smh.csv"
    path.write_text(LIST.replace("40.00%", "20.00%"), encoding="utf-8")
    assert run("list") == 0
    assert run("add", str(path)) == 0
    assert run("list") == 0
    assert run("remove", "SMH.US") == 0
    said = capsys.readouterr().out
    assert "Your library is empty" in said
    assert "Added SMH.US, 2026-06-12: 2 holdings, weights 80.00%, partial." in said
    assert "info: The weights in smh.csv add up to 80%." in said


def test_that_a_wrong_day_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as usage:
        run("add", str(tmp_path / "x.csv"), "--as-of", "30.06.2026")
    assert usage.value.code == 2


def test_that_coverage_lists_what_is_not_known(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(
        "Symbol,Description,Quantity,Price,Market Value,Currency\n"
        "NVDA,NVIDIA CORP,10,100.00,1000.00,USD\nNOSUCH,NO SUCH THING,10,100.00,1000.00,USD\n",
        encoding="utf-8",
    )
    covered = answer(capsys, "coverage", str(path))
    assert covered["schema"] == "levcheck/library-coverage/1"
    assert covered["known_share"] == pytest.approx(0.5)
    (unknown,) = covered["unknown"]
    assert (unknown["row"], unknown["symbol"], unknown["market_value"]) == (3, "NOSUCH", 1000.0)
    assert unknown["reason"] == "reference.unknown_instrument"
    assert run("coverage", str(path)) == 0
    assert "row 3: NOSUCH" in capsys.readouterr().out


def test_that_show_says_which_list_won_and_why(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bundled = answer(capsys, "show", "SOXX.US")["holdings"]
    assert "bundled" in bundled["chosen_because"]
    assert bundled["datasets"] == []
    for day, weight in (("2026-09-30", 60), ("2026-10-30", 61)):
        path = tmp_path / f"list-{day}.csv"
        path.write_text(
            f"Ticker,Name,Weight (%)\nNVDA,NVIDIA Corp,{weight}\nAMD,Advanced Micro Devices,39\n",
            encoding="utf-8",
        )
        assert run("add", str(path), "--fund", "SOXX", "--as-of", day) == 0
    capsys.readouterr()
    own = answer(capsys, "show", "SOXX.US")["holdings"]
    assert own["as_of"] == "2026-10-30"
    assert "your own list" in own["chosen_because"]
    assert [(one["as_of"], one["used"]) for one in own["datasets"]] == [
        ("2026-09-30", False),
        ("2026-10-30", True),
    ]
