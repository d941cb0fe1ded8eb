"""``levcheck import`` as a person types it."""

import argparse
import json
from pathlib import Path

import pytest

from levcheck.cli import import_command

TEXT = "Symbol,Name,Quantity,Price,Market Value,Currency\nNVDA,엔비디아,10,100,1000,USD\nCash,,,,250.5,USD\nTotal,,,,1250.5,USD\n"


def run(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser()
    import_command.add_arguments(parser)
    return import_command.run(parser.parse_args(arguments))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "p.csv"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_that_text_tells_what_was_read(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([str(file)]) == 0
    shown, errors = capsys.readouterr()
    assert "1 position, 1 cash line" in shown
    assert "Read, cash included" in shown
    assert errors == ""


def test_that_json_is_the_only_thing_on_stdout(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([str(file), "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["schema"] == "levcheck/import/1"
    assert document["totals"] == {
        "read": {"USD": 1250.5},
        "stated": [{"row": 4, "what": "Total", "value": 1250.5, "currency": "USD"}],
        "difference": 0.0,
    }


def test_that_a_question_names_the_missing_map(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "two.csv"
    path.write_text("Symbol,Value,Value,Qty\nNVDA,1000,900,10\nMSTR,1,2,5\n", encoding="utf-8")
    assert run([str(path)]) == 1
    assert "--map market_value=B" in capsys.readouterr().err
    assert run([str(path), "--map", "market_value=C"]) == 0


def test_that_wrong_use_is_told_at_once(file: Path) -> None:
    for wrong in (["--map", "nonsense=A"], ["--map", "quantity"], ["--total-value", "-5"]):
        with pytest.raises(SystemExit) as end:
            run([str(file), *wrong])
        assert end.value.code == 2


def test_that_what_was_read_can_be_saved(file: Path, tmp_path: Path) -> None:
    from levcheck.app.session_files import open_session

    target = tmp_path / "out.levcheck"
    assert run([str(file), "--save", str(target), "--json"]) == 0
    assert [p.symbol for p in open_session(target).portfolio.positions] == ["NVDA"]
