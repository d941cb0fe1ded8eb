"""Scenarios the user made himself: one file each in his own data, listed before the bundled ones."""

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from levcheck.assets import data_folder
from levcheck.domain.diagnostics import Diagnostic, LevcheckError, Severity
from levcheck.domain.scenario import Scenario
from levcheck.reference.scenario_files import load_scenarios, read_scenario, scenario_toml
from levcheck.storage.writer import write_file

_FOLDER: Final = "scenarios"
_OWN: Final = "own"
_NOT_IN_AN_ID: Final = re.compile(r"[^a-z0-9]+")
_LONGEST_ID: Final = 48


@dataclass(frozen=True, slots=True)
class ScenarioLibrary:
    """Every scenario at hand.

    Attributes:
        scenarios: the user's own first, then the bundled ones in their order of telling.
        diagnostics: files of the user's that could not be used.
    """

    scenarios: tuple[Scenario, ...]
    diagnostics: tuple[Diagnostic, ...] = ()


def scenario_library(folder: Path | None = None) -> ScenarioLibrary:
    """Return every scenario; a file of the user's that cannot be used is told and left out.

    Args:
        folder: of the user's files; his own data when None.
    """
    own, told = {}, []
    for path in sorted((folder or _folder()).glob("*.toml")):
        try:
            scenario = read_scenario(path)
            if scenario.id in own:
                raise LevcheckError("scenario.duplicate", id=scenario.id, file=path.name)  # noqa: TRY301
            own[scenario.id] = scenario
        except LevcheckError as fault:
            told.append(Diagnostic(fault.code, Severity.WARNING, fault.where, fault.args_map))
    bundled = [scenario for scenario in load_scenarios() if scenario.id not in own]
    return ScenarioLibrary((*own.values(), *bundled), tuple(told))


def keep_own_scenario(scenario: Scenario, folder: Path | None = None) -> Scenario:
    """Write a scenario into the user's own files and return it as it is listed from now on.

    It gets an id of its own made of its name; an own scenario of the same name and shocks is not written twice.

    Raises:
        LevcheckError: ``storage.disk_full`` or ``storage.not_writable``.
    """
    place = folder or _folder()
    known = {path.stem: path for path in place.glob("*.toml")}
    base, number = _slug(scenario.name), 1
    identifier = base
    while identifier in known:
        if _is_same(known[identifier], scenario):
            return replace(scenario, id=identifier, origin="user")
        number += 1
        identifier = f"{base}-{number}"
    kept = replace(scenario, id=identifier, origin="user", story=scenario.story or scenario.name)
    write_file(place / f"{identifier}.toml", scenario_toml(kept).encode())
    return kept


@dataclass(frozen=True, slots=True)
class OwnChange:
    """A change of one of the user's own scenarios.

    Attributes:
        id: of the scenario.
        name: what it is to be called.
        scenario: what is to stand there again, for a change that is undone. Without it and a name it is removed.
    """

    id: str
    name: str | None = None
    scenario: Scenario | None = None


def change_own_scenario(change: OwnChange, folder: Path | None = None) -> OwnChange:
    """Make a change and return the one that undoes it.

    Raises:
        LevcheckError: ``scenario.not_own`` when no file of the user's holds it, ``storage.disk_full`` or
            ``storage.not_writable``.
    """
    place = folder or _folder()
    if change.scenario is not None:
        path = _file_of(change.id, place) or place / f"{change.id}.toml"
        write_file(path, scenario_toml(change.scenario).encode())
        return OwnChange(change.id)
    found = _file_of(change.id, place)
    if found is None:
        raise LevcheckError("scenario.not_own", id=change.id)
    before = read_scenario(found)
    if change.name is None:
        found.unlink(missing_ok=True)
    else:
        # A scenario kept from the screen has no story of its own but its name.
        story = change.name if before.story == before.name else before.story
        after = replace(before, name=change.name, story=story)
        write_file(found, scenario_toml(after).encode())
    return OwnChange(change.id, scenario=before)


def remove_own_scenario(identifier: str, folder: Path | None = None) -> None:
    """Remove one of the user's own scenarios.

    Raises:
        LevcheckError: ``scenario.not_own`` when no file of the user's holds it.
    """
    change_own_scenario(OwnChange(identifier), folder)


def _file_of(identifier: str, folder: Path) -> Path | None:
    for path in sorted(folder.glob("*.toml")):
        try:
            found = read_scenario(path).id
        except LevcheckError:
            continue
        if found == identifier:
            return path
    return None


def _folder() -> Path:
    folder = data_folder() / _FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def _slug(name: str) -> str:
    word = _NOT_IN_AN_ID.sub("-", name.lower()).strip("-")[:_LONGEST_ID].strip("-")
    return f"{_OWN}-{word}" if word else _OWN


def _is_same(path: Path, scenario: Scenario) -> bool:
    try:
        there = read_scenario(path)
    except LevcheckError:
        return False
    return (there.name, there.shocks, there.horizon_days, there.shape, there.propagate) == (
        scenario.name,
        scenario.shocks,
        scenario.horizon_days,
        scenario.shape,
        scenario.propagate,
    )
