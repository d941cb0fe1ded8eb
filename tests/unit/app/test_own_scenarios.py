"""Scenarios of the user's own: kept as files, listed first, never in the way."""

from pathlib import Path

import pytest

from levcheck.app.own_scenarios import (
    OwnChange,
    change_own_scenario,
    keep_own_scenario,
    remove_own_scenario,
    scenario_library,
)
from levcheck.domain.diagnostics import LevcheckError
from levcheck.domain.scenario import PathShape, Scenario, Shock

FALL = Scenario(
    "custom",
    'Memory falls 35%, "won" too',
    "Two things at once.",
    (Shock("theme:memory", -0.35), Shock("currency:KRW", -0.1)),
    5,
    PathShape.CRASH_THEN_CHOP,
    source="set by you",
    propagate=False,
    origin="custom",
)


def test_that_a_scenario_kept_is_listed_first_and_read_back_whole(tmp_path: Path) -> None:
    kept = keep_own_scenario(FALL, tmp_path)
    first = scenario_library(tmp_path).scenarios[0]
    assert first == kept
    assert (first.id, first.origin) == ("own-memory-falls-35-won-too", "user")
    assert (first.shocks, first.horizon_days, first.shape) == (FALL.shocks, 5, FALL.shape)
    assert not first.propagate
    assert len(scenario_library(tmp_path).scenarios) == 1 + len(
        scenario_library(tmp_path / "nothing").scenarios
    )


def test_that_the_same_is_kept_once_and_another_of_its_name_beside_it(tmp_path: Path) -> None:
    first = keep_own_scenario(FALL, tmp_path)
    assert keep_own_scenario(FALL, tmp_path).id == first.id
    other = Scenario("custom", FALL.name, "", (Shock("class:gold", 0.1),), 0)
    assert keep_own_scenario(other, tmp_path).id == f"{first.id}-2"
    assert len(list(tmp_path.glob("*.toml"))) == 2


def test_that_a_broken_file_is_told_and_the_others_still_count(tmp_path: Path) -> None:
    keep_own_scenario(FALL, tmp_path)
    (tmp_path / "broken.toml").write_text("id = 'x'\nname = ", encoding="utf-8")
    library = scenario_library(tmp_path)
    assert [told.code for told in library.diagnostics] == ["scenario.unreadable"]
    assert library.scenarios[0].name == FALL.name


def test_that_only_own_scenarios_are_removed(tmp_path: Path) -> None:
    kept = keep_own_scenario(FALL, tmp_path)
    with pytest.raises(LevcheckError) as refused:
        remove_own_scenario("korean-chip-day", tmp_path)
    assert refused.value.code == "scenario.not_own"
    remove_own_scenario(kept.id, tmp_path)
    assert list(tmp_path.glob("*.toml")) == []


def test_that_the_command_adds_lists_and_removes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import argparse
    import json

    from levcheck.cli import scenarios_command
    from levcheck.reference.scenario_files import scenario_toml

    monkeypatch.setenv("LEVCHECK_DATA", str(tmp_path / "data"))
    file = tmp_path / "mine.toml"
    file.write_text(scenario_toml(FALL), encoding="utf-8")

    def run(*options: str) -> list[str]:
        parser = argparse.ArgumentParser()
        scenarios_command.add_arguments(parser)
        assert scenarios_command.run(parser.parse_args([*options, "--json"])) == 0
        listed = json.loads(capsys.readouterr().out)["scenarios"]
        return [scenario["id"] for scenario in listed if scenario["origin"] == "user"]

    assert run("--add", str(file)) == ["own-memory-falls-35-won-too"]
    assert run() == ["own-memory-falls-35-won-too"]
    assert run("--remove", "own-memory-falls-35-won-too") == []


GOOD = 'id = "x"\nname = "X"\nstory = "S"\nhorizon_days = 0\n'


@pytest.mark.parametrize(
    "text",
    [
        GOOD + "shocks = " + "[" * 50_000,
        GOOD + "shocks = [" + "{a=" * 5_000,
        GOOD + '[[shocks]]\ntarget = "NVDA"\nmove = 1' + "0" * 400 + "\n",
        GOOD + '[[shocks]]\ntarget = "NVDA"\nmove = 1' + "0" * 5_000 + "\n",
        GOOD + '[[shocks]]\ntarget = "NVDA"\nmove = nan\n',
        GOOD + '[[shocks]]\ntarget = "NVDA"\nmove = inf\n',
        GOOD + '[[shocks]]\ntarget = "NVDA"\nmove = -0.1\n' * 1_001,
        GOOD.replace('"X"', '"' + "X" * 4_001 + '"') + '[[shocks]]\ntarget = "NVDA"\nmove = -0.1\n',
        "#" * 1_000_001,
        "\ufffe",
    ],
    ids=range(10),
)
def test_that_a_hostile_file_is_told_and_never_stops_the_start(tmp_path: Path, text: str) -> None:
    keep_own_scenario(FALL, tmp_path)
    (tmp_path / "hostile.toml").write_text(text, encoding="utf-8")
    library = scenario_library(tmp_path)
    assert [told.code.split(".")[0] for told in library.diagnostics] == ["scenario"]
    assert library.scenarios[0].name == FALL.name


def test_that_a_scenario_renamed_or_removed_comes_back_as_it_was(tmp_path: Path) -> None:
    kept = keep_own_scenario(FALL, tmp_path)
    undo_name = change_own_scenario(OwnChange(kept.id, name="Chips fall"), tmp_path)
    renamed = scenario_library(tmp_path).scenarios[0]
    assert (renamed.id, renamed.name, renamed.story) == (kept.id, "Chips fall", kept.story)
    assert renamed.shocks == kept.shocks
    undo_removal = change_own_scenario(OwnChange(kept.id), tmp_path)
    assert kept.id not in {scenario.id for scenario in scenario_library(tmp_path).scenarios}
    change_own_scenario(undo_removal, tmp_path)
    assert scenario_library(tmp_path).scenarios[0] == renamed
    change_own_scenario(undo_name, tmp_path)
    assert scenario_library(tmp_path).scenarios[0] == kept
    assert len(list(tmp_path.glob("*.toml"))) == 1


def test_that_a_bundled_scenario_can_be_neither_renamed_nor_removed(tmp_path: Path) -> None:
    for change in (OwnChange("korean-chip-day", "Another"), OwnChange("korean-chip-day")):
        with pytest.raises(LevcheckError) as refused:
            change_own_scenario(change, tmp_path)
        assert refused.value.code == "scenario.not_own"
