"""``levcheck --private`` opens the window by the door that writes nothing."""

from pathlib import Path

import pytest

from levcheck.cli.main import USAGE, run
from levcheck.cli.services import Services


@pytest.fixture
def opened() -> list[tuple[str, str | None]]:
    return []


@pytest.fixture
def services(opened: list[tuple[str, str | None]]) -> Services:
    def door(name: str) -> "Door":
        return Door(name, opened)

    return Services(
        door("plain"),
        lambda _: (),
        lambda _report, _path: None,
        tuple,
        open_private=door("private"),
    )


class Door:
    def __init__(self, name: str, opened: list[tuple[str, str | None]]) -> None:
        self.name, self.opened = name, opened

    def __call__(self, file: str | None) -> int:
        self.opened.append((self.name, file))
        return 0


def test_that_private_goes_through_its_own_door(
    services: Services, opened: list[tuple[str, str | None]], tmp_path: Path
) -> None:
    file = tmp_path / "list.csv"
    file.touch()
    assert run(["--private"], services) == 0
    assert run(["--private", str(file)], services) == 0
    assert run([str(file)], services) == 0
    assert opened == [("private", None), ("private", str(file)), ("plain", str(file))]


def test_that_a_file_that_is_not_there_is_refused_in_private_too(
    services: Services, opened: list[tuple[str, str | None]], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["--private", "nowhere.csv"], services) == USAGE
    assert "nowhere.csv" in capsys.readouterr().err
    assert opened == []
