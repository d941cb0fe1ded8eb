"""``levcheck compare``: two files in, what changed out."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from levcheck.cli import main
from levcheck.cli.services import Services, ShotRequest
from levcheck.reporting.report import Report

HEAD = "Symbol,Description,Quantity,Price,Market Value,Currency\n"


def never(request: ShotRequest) -> Sequence[Path]:
    raise AssertionError(request)


@pytest.fixture
def lists(tmp_path: Path) -> tuple[Path, Path]:
    old, new = tmp_path / "old.csv", tmp_path / "new.csv"
    old.write_text(HEAD + "NVDA,NVIDIA CORP,100,100.00,10000.00,USD\n", encoding="utf-8")
    more = "NVDL,GRANITESHARES 2X LONG NVDA DAILY ETF,10,50.00,500.00,USD\n"
    new.write_text(HEAD + "NVDA,NVIDIA CORP,90,100.00,9000.00,USD\n" + more, encoding="utf-8")
    return old, new


def services(seen: list[Report]) -> Services:
    return Services(lambda _: 1, never, lambda report, _: seen.append(report), tuple)


def test_that_the_comparison_is_printed_and_given_as_json(
    lists: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    old, new = lists
    assert main.run(["compare", str(old), str(new)], services([])) == 0
    text = capsys.readouterr().out
    assert text.startswith("1 line is new, 0 lines are gone, 1 line was changed.")
    assert "less of it" in text
    assert main.run(["compare", str(old), str(new), "--json", "--hide-amounts"], services([])) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["schema"] == "levcheck/compare/1"
    assert {p["label"]: p["change"] for p in document["positions"]} == {"NVDA": "less", "NVDL": "added"}  # fmt: skip
    assert document["positions"][0]["market_value_before"] is None
    assert len(document["after"]["result_sha256"]) == 64


def test_that_a_report_has_a_page_of_changes_since_an_earlier_list(
    lists: tuple[Path, Path], tmp_path: Path
) -> None:
    old, new = lists
    seen: list[Report] = []
    wanted = ["check", str(new), "--pdf", str(tmp_path / "a.pdf"), "--pages", "changes,proposed"]
    assert main.run([*wanted, "--since", str(old)], services(seen)) == 0
    assert [section.id for section in seen[0].sections] == ["proposed", "changes"]
    first = seen[0].sections[1].blocks[0]
    assert getattr(first, "text", "") == "1 line is new, 0 lines are gone, 1 line was changed."
