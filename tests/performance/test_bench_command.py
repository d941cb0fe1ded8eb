"""``levcheck bench`` as a command."""

import json
from pathlib import Path

import pytest

from levcheck.bench import setting, table
from levcheck.cli.main import run
from levcheck.cli.services import Services

pytestmark = pytest.mark.performance


def no_pictures(_: object) -> list[Path]:
    raise AssertionError


def no_pdf(*_: object) -> None:
    raise AssertionError


SERVICES = Services(lambda _: 1, no_pictures, no_pdf, tuple)


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "Sizes", lambda: setting.SMALL)


def test_that_json_is_all_there_is_on_standard_output(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["bench", "--json", "--only", "themes"], SERVICES) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["schema"] == "levcheck/bench/1"
    assert [row["name"] for row in document["rows"]] == ["themes"]


def test_that_the_table_is_printed_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["bench", "--only", "themes", "--only", "overlap-15"], SERVICES) == 0
    text = capsys.readouterr().out
    assert "themes" in text
    assert "overlap-15" in text
    assert "x baseline" in text


def test_that_a_workload_nobody_knows_is_a_usage_error(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit) as stopped:
        run(["bench", "--only", "nonsense"], SERVICES)
    assert stopped.value.code == 2
    assert "nonsense" in capsys.readouterr().err
