"""What a stranger's file says never steers the terminal it is printed on."""

import json
import sys
from pathlib import Path

import pytest

from levcheck.__main__ import main
from levcheck.cli.plain_output import plain, plain_output

HOSTILE = "\x1b]52;c;ZXZpbA==\x07\x1b[2J\x9b31m\u202egnp\u2066\r\x7f"
STEERS = set("\x1b\x07\x9b\u202e\u2066\r\x7f\x00")
LIST = (
    "Symbol,Description,Quantity,Price,Market Value,Currency\n"
    f'QQ{HOSTILE}ZZ,"NVI{HOSTILE}DIA CORP",100,100.00,10000.00,USD\n'
)


def test_that_signs_that_steer_are_shown_as_numbers_and_others_stay() -> None:
    assert plain("a\x1b[2Jb") == "a\\u001b[2Jb"
    assert plain("\u202egnp") == "\\u202egnp"
    assert plain("−$3,000\t삼성 | müller\n") == "−$3,000\t삼성 | müller\n"


@pytest.mark.parametrize(
    "command",
    [["import"], ["import", "--json"], ["library", "coverage"], ["check", "--scenario", "march-2020"]],
    ids=" ".join,
)  # fmt: skip
def test_that_no_command_prints_what_steers(
    command: list[str], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.csv"
    path.write_text(LIST, encoding="utf-8", newline="")
    main([*command, str(path)])
    told = capfd.readouterr()
    assert not STEERS & set(told.out + told.err)
    if "--json" in command:
        assert json.loads(told.out)
        assert "\\u001b[2J" in told.out


def test_that_the_name_of_a_file_in_a_refusal_does_not_steer(
    capfd: pytest.CaptureFixture[str],
) -> None:
    assert main(["check", f"none{HOSTILE}.xlsx"]) == 1
    told = capfd.readouterr().err
    assert "\\u001b" in told
    assert not STEERS & set(told)


def test_that_progress_may_begin_its_line_again(capfd: pytest.CaptureFixture[str]) -> None:
    with plain_output():
        sys.stdout.write("\r3 of 5\rfiles")
    assert capfd.readouterr().out == "\r3 of 5\\u000dfiles"
