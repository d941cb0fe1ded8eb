"""What ``levcheck check`` writes for programs, for people and to files."""

import argparse
import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from levcheck.app.analysis import Analysis
from levcheck.app.pipeline import analyse
from levcheck.cli import main
from levcheck.cli.check_command import currency, horizon
from levcheck.cli.check_text import text_blocks
from levcheck.cli.services import Services
from levcheck.domain.scenario import PathShape, Scenario, Shock
from levcheck.i18n.words import Words
from levcheck.reporting.report import Report
from tests.helpers.made_up_library import library, portfolio, trap

if TYPE_CHECKING:
    from levcheck.cli.services import ShotRequest

SCENARIO = "korean-chip-day"


def never_shots(request: "ShotRequest") -> Sequence[Path]:
    raise AssertionError(request)


def pretend_pdf(report: Report, path: Path) -> None:
    path.write_text(report.first.headline, encoding="utf-8")


SERVICES = Services(lambda _: 1, never_shots, pretend_pdf, tuple)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "mine.csv"
    path.write_text(
        "Symbol,Description,Quantity,Price,Market Value,Currency\n"
        "NVDA,NVIDIA CORP,100,100.00,10000.00,USD\n"
        "NVDL,GRANITESHARES 2X LONG NVDA DAILY ETF,100,50.00,5000.00,USD\n"
        "QQWHAT,NOBODY KNOWS INC,1,77.00,77.00,USD\n",
        encoding="utf-8",
    )
    return path


def trap_analysis() -> Analysis:
    held, known = trap()
    falls = Scenario("custom", "NVIDIA falls", "", (Shock("NVDA.US", -0.13),), 0, PathShape.ONE_DAY)
    return analyse(
        held, known, [falls], propagate=False, recognise=known.recognise, today=date(2026, 7, 1)
    )


def test_that_json_is_the_only_thing_on_stdout(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status = main.run(["check", str(file), "--json", "--scenario", SCENARIO], SERVICES)
    printed = capsys.readouterr()
    assert (status, printed.err) == (0, "")
    document = json.loads(printed.out)
    assert document["schema"] == "levcheck/check/1"
    assert [result["scenario"] for result in document["stress"]] == [SCENARIO]
    assert document["coverage"]["left_out"][0]["position"] == "p3"


def test_that_every_scenario_is_run_when_none_is_asked(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main.run(["check", str(file), "--json"], SERVICES) == 0
    ran = [result["scenario"] for result in json.loads(capsys.readouterr().out)["stress"]]
    assert len(ran) >= 10
    assert SCENARIO in ran


def test_that_hidden_amounts_are_hidden_from_programs_too(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["check", str(file), "--json", "--scenario", SCENARIO, "--hide-amounts"]
    assert main.run(arguments, SERVICES) == 0
    printed = capsys.readouterr().out
    document = json.loads(printed)
    assert document["portfolio"]["equity"] is None
    assert document["positions"][0]["market_value"] is None
    assert "10000" not in printed
    assert document["themes"][0]["share_of_equity"] is not None


def test_that_page_and_workbook_are_written(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    outs = {kind: tmp_path / f"out.{kind}" for kind in ("pdf", "html", "xlsx")}
    arguments = ["check", str(file), "--scenario", SCENARIO]
    for kind, path in outs.items():
        arguments += [f"--{kind}", str(path)]
    assert main.run(arguments, SERVICES) == 0
    printed = capsys.readouterr().out
    headline = printed.splitlines()[0]
    assert outs["pdf"].read_text(encoding="utf-8") == headline
    assert headline in outs["html"].read_text(encoding="utf-8")
    assert outs["xlsx"].read_bytes().startswith(b"PK")
    assert all(str(path) in printed for path in outs.values())


def test_that_a_horizon_belongs_to_a_shock(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main.run(["check", str(file), "--horizon", "5"], SERVICES) == 2
    assert "--horizon" in capsys.readouterr().err
    arguments = ["check", str(file), "--json", "--horizon", "5", "--shock", "NVDA=-10%"]
    assert main.run(arguments, SERVICES) == 0
    assert json.loads(capsys.readouterr().out)["stress"][0]["horizon_days"] == 5


def test_that_totals_come_in_the_currency_asked(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["check", str(file), "--json", "--scenario", SCENARIO, "--base", "eur"]
    assert main.run(arguments, SERVICES) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["portfolio"]["base_currency"] == "EUR"
    assert document["positions"][0]["fx_rate"] != 1.0
    assert "portfolio.rate_from_library" in {told["code"] for told in document["diagnostics"]}


@pytest.mark.parametrize(("text", "days"), [("0", 0), ("21", 21)])
def test_that_days_are_read(text: str, days: int) -> None:
    assert horizon(text) == days


@pytest.mark.parametrize("text", ["-1", "x", "99999", "1.5"])
def test_that_no_days_are_refused(text: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError):
        horizon(text)


def test_that_currencies_are_three_letters() -> None:
    assert currency("krw") == "KRW"
    for text in ("", "US", "U$D", "USDT"):
        with pytest.raises(argparse.ArgumentTypeError):
            currency(text)


def test_that_people_read_headline_doors_losses_and_columns_that_line_up() -> None:
    blocks = text_blocks(trap_analysis(), Words("en"))
    assert blocks[0] == ["You hold 5 lines, but 58% of your money rides on one bet: Ai chips."]
    roots = next(block for block in blocks if block[0].startswith("What you really own"))
    assert {len(line) for line in roots} == {len(roots[0])}
    assert any("$32,000" in line and "58%" in line for line in roots)
    losses = next(block for block in blocks if block[0].startswith("If this happens"))
    assert "−$4,160" in losses[1]
    doors = next(block for block in blocks if block[0].startswith("Doors to"))
    assert len(doors) == 6


def test_that_no_amount_is_left_where_amounts_are_hidden() -> None:
    text = "\n".join(
        line
        for block in text_blocks(trap_analysis(), Words("en", hide_amounts=True))
        for line in block
    )
    assert "$" not in text
    assert "•••" in text


def test_that_an_empty_portfolio_prints_no_empty_tables() -> None:
    known = library([])
    found = analyse(portfolio([]), known, [], recognise=known.recognise, today=date(2026, 7, 1))
    assert all(block and all(line for line in block) for block in text_blocks(found, Words("en")))


def test_that_what_is_left_out_is_listed_with_its_reason() -> None:
    known = library([])
    found = analyse(
        portfolio([("WHAT", 5.0)]), known, [], recognise=known.recognise, today=date(2026, 7, 1)
    )
    text = ["\n".join(block) for block in text_blocks(found, Words("en"))]
    assert any(block.startswith("Left out of every number") and "WHAT" in block for block in text)
    assert any(block.startswith("! ") for block in text)


def test_that_pages_template_client_and_dates_reach_the_report(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from levcheck.storage.report_templates import (
        ReportTemplate,
        Templates,
        save_templates,
        write_template,
    )

    monkeypatch.setenv("LEVCHECK_DATA", str(tmp_path))
    mine = ReportTemplate("mine", ("glossary",), "Letter", "de", firm="A firm", accent="#7A1F3D")
    save_templates(tmp_path, Templates((mine,)))
    seen: list[Report] = []
    services = Services(lambda _: 1, never_shots, lambda report, _: seen.append(report), tuple)
    wanted = ["check", str(file), "--pdf", str(tmp_path / "a.pdf"), "--client", "Jane", "--printed-on", "2026-11-20"]  # fmt: skip
    more = ["--shown-on", "2026-11-21", "--template", "mine"]
    assert main.run([*wanted, *more], services) == 0
    assert main.run([*wanted, "--pages", "holdings,stress", "--paper", "letter"], services) == 0
    write_template(tmp_path / "mine.json", mine)
    assert main.run([*wanted, "--template", str(tmp_path / "mine.json")], services) == 0
    first, second, third = seen
    assert third.first.branding == first.first.branding
    assert [section.id for section in first.sections] == ["glossary"]
    assert (first.first.branding.firm, first.first.paper, first.first.language) == ("A firm", "Letter", "de")  # fmt: skip
    assert "21. November 2026" in first.first.dates
    assert (second.first.client, second.first.printed) == ("Jane", date(2026, 11, 20))
    assert [section.id for section in second.sections] == ["holdings", "stress"]
    assert (second.first.paper, second.first.branding.firm) == ("Letter", "")


def test_that_an_unknown_page_or_template_is_refused_by_name(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wanted = ["check", str(file), "--pdf", str(tmp_path / "a.pdf")]
    assert main.run([*wanted, "--pages", "holding"], SERVICES) == 1
    assert "no report page called holding" in capsys.readouterr().err
    assert main.run([*wanted, "--template", "nobody"], SERVICES) == 1
    assert "no report template called nobody" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main.run([*wanted, "--shown-on", "yesterday"], SERVICES)


def test_that_one_account_can_be_looked_at_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    house = tmp_path / "house.csv"
    house.write_text(
        "Account,Symbol,Description,Quantity,Price,Market Value,Currency\n"
        "IRA,NVDA,NVIDIA CORP,100,100.00,10000.00,USD\n"
        "Joint,VOO,VANGUARD S&P 500 ETF,10,600.00,6000.00,USD\n",
        encoding="utf-8",
    )
    assert main.run(["check", str(house), "--account", "Joint", "--json"], SERVICES) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["portfolio"]["equity"] == pytest.approx(6000.0)
    assert document["portfolio"]["only_accounts"] == ["Joint"]
    assert main.run(["check", str(house), "--account", "Joint"], SERVICES) == 0
    assert "Only these accounts are looked at: Joint." in capsys.readouterr().out
    assert main.run(["check", str(house), "--account", "Roth"], SERVICES) == 1
    assert "no account called Roth" in capsys.readouterr().err
