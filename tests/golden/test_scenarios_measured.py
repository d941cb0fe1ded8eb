"""The bundled scenarios: complete, sourced, and measured where they say so."""

import csv
import json
import subprocess
import sys
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from levcheck.assets import asset
from levcheck.domain.diagnostics import LevcheckError
from levcheck.domain.scenario import PathShape, Scenario, Shock
from levcheck.reference.scenario_files import load_scenarios, read_scenario, scenario_toml
from levcheck.stress.targets import checked_shocks

REQUIRED = {
    "ai-pullback-june-2026",
    "korean-chip-day",
    "strategy-june-2026",
    "bitcoin-halving",
    "ai-chips-minus-30",
    "spacex-minus-40",
    "january-2026-cross-asset-day",
    "twenty-choppy-days",
    "melt-up",
    "april-2025",
    "deepseek-day",
    "august-2024",
    "march-2020",
    "year-2022",
    "volatility-day-2018",
}


def measured() -> list[tuple[str, dict[str, Any]]]:
    return [
        (path.stem, shock)
        for path in sorted(asset("scenarios").glob("*.toml"))
        for shock in tomllib.loads(path.read_text(encoding="utf-8"))["shocks"]
        if "series" in shock
    ]


def closes(folder: Path, ticker: str, start: str, end: str) -> tuple[float, float] | None:
    """Return the closes of two days from any one file that has both."""
    for path in sorted(folder.glob("*.csv")):
        if path.name.startswith(("FAULT", "RATE", "REFERENCE", "funds")):
            continue
        with path.open(encoding="utf-8") as file:
            reader = csv.DictReader(file)
            if ticker not in (reader.fieldnames or []):
                continue
            rows = {row["date"]: row[ticker] for row in reader}
        if rows.get(start) and rows.get(end):
            return float(rows[start]), float(rows[end])
    return None


def test_that_the_library_holds_the_story_and_the_past() -> None:
    found = load_scenarios()
    assert {scenario.id for scenario in found} >= REQUIRED
    assert all(scenario.story and scenario.source for scenario in found)
    assert all(len(scenario.story.split(". ")[0].split()) <= 30 for scenario in found)


@pytest.mark.parametrize("scenario", load_scenarios(), ids=lambda scenario: scenario.id)
def test_that_every_shock_is_possible_and_sourced(scenario: Scenario) -> None:
    assert checked_shocks(scenario.shocks)
    assert 0 <= scenario.horizon_days <= 252
    if scenario.dates is not None:
        first, last = (date.fromisoformat(day) for day in scenario.dates.split("/"))
        assert first <= last
        assert all(shock.source for shock in scenario.shocks)
        weekdays = np.busday_count(first, last) + 1
        assert weekdays * 0.94 - 1 <= scenario.horizon_days <= weekdays


@pytest.mark.parametrize(
    ("name", "shock"),
    measured(),
    ids=lambda value: value if isinstance(value, str) else value["target"],
)
def test_that_a_measured_move_is_what_the_prices_say(
    shared: Path, name: str, shock: dict[str, Any]
) -> None:
    pair = closes(shared / "data" / "prices", shock["series"], shock["from"], shock["to"])
    assert pair is not None, name
    assert shock["move"] == pytest.approx(pair[1] / pair[0] - 1, abs=6e-5)


def test_that_the_measuring_command_finds_nothing_to_change(shared: Path) -> None:
    script = asset("scenarios").parent.parent / "packaging" / "maintain" / "measure_scenarios.py"
    done = subprocess.run(
        [sys.executable, str(script), str(shared / "data" / "prices")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, ""), done.stderr


def test_that_a_scenario_survives_being_written_and_read(tmp_path: Path) -> None:
    scenario = Scenario(
        "mine",
        'A "quoted" name',
        "Back\\slash and\ttab.",
        (Shock("NVDA.US", -0.2), Shock("theme:ai-chips", -0.1, 0.03, "why")),
        21,
        PathShape.CHOP_FLAT,
        source="me",
        propagate=False,
        origin="user",
    )
    path = tmp_path / "mine.toml"
    path.write_text(scenario_toml(scenario), encoding="utf-8")
    assert load_scenarios(tmp_path) == (scenario,)
    assert read_scenario(path) == scenario


GOOD = 'id="x"\nname="x"\nstory="x"\nhorizon_days=5\n[[shocks]]\ntarget="A.US"\nmove=-0.1\n'


@pytest.mark.parametrize(
    ("text", "code", "key"),
    [
        ("id = ", "scenario.unreadable", None),
        ("", "scenario.bad_value", "id"),
        (GOOD.replace("horizon_days=5", "horizon_days=-1"), "scenario.bad_value", "horizon_days"),
        (GOOD.replace("horizon_days=5", "horizon_days=true"), "scenario.bad_value", "horizon_days"),
        (GOOD.replace("move=-0.1", "move=-1.5"), "scenario.bad_value", "shocks[1].move"),
        (GOOD.replace("move=-0.1", 'move="a"'), "scenario.bad_value", "shocks[1].move"),
        (GOOD + "swing=1.0\n", "scenario.bad_value", "shocks[1].swing"),
        (GOOD.replace('"A.US"', '""'), "scenario.bad_value", "shocks[1].target"),
        (GOOD.replace('story="x"', 'shape="x"\nstory="x"'), "scenario.bad_value", "shape"),
        (GOOD.replace('story="x"', 'propagate=1\nstory="x"'), "scenario.bad_value", "propagate"),
        ('id="x"\nname="x"\nstory="x"\nhorizon_days=5\nshocks=[]', "scenario.bad_value", "shocks"),
        (
            'id="x"\nname="x"\nstory="x"\nhorizon_days=5\nshocks=[1]',
            "scenario.bad_value",
            "shocks[1]",
        ),
    ],
)
def test_that_a_bad_file_is_refused_by_name_and_key(
    tmp_path: Path, text: str, code: str, key: str | None
) -> None:
    (tmp_path / "bad.toml").write_text(text, encoding="utf-8")
    with pytest.raises(LevcheckError) as caught:
        load_scenarios(tmp_path)
    assert caught.value.code == code
    assert caught.value.args_map["file"] == "bad.toml"
    assert caught.value.args_map.get("key") == key


def test_that_two_files_with_one_id_are_refused(tmp_path: Path) -> None:
    for name in ("a.toml", "b.toml"):
        (tmp_path / name).write_text(GOOD, encoding="utf-8")
    with pytest.raises(LevcheckError, match="duplicate"):
        load_scenarios(tmp_path)


def test_that_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    (tmp_path / "bad.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(LevcheckError, match="unreadable"):
        load_scenarios(tmp_path)


def test_that_the_command_lists_them_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    from levcheck.__main__ import main

    assert main(["scenarios", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["schema"] == "levcheck/scenarios/1"
    assert {"id", "name", "story", "dates", "source", "shocks"} <= document["scenarios"][0].keys()
    assert main(["scenarios"]) == 0
    assert "Korean chip day" in capsys.readouterr().out
