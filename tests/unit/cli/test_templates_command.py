"""``levcheck templates``: looks made, shared and used without a window."""

from pathlib import Path

import pytest

from levcheck.cli import main
from levcheck.cli.services import Services
from levcheck.storage.report_templates import load_templates
from tests.helpers.report_lab import SVG, png

SERVICES = Services(lambda _: 1, lambda _: [], lambda *_: None, tuple)


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEVCHECK_DATA", str(tmp_path / "data"))


def run(*arguments: str) -> int:
    return main.run(["templates", *arguments], SERVICES)


def test_that_a_template_is_made_changed_and_forgotten(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    logo = tmp_path / "mark.png"
    logo.write_bytes(png())
    assert run("--save", "Firm", "--pages", "stress,margin", "--firm", "Roe & Co", "--logo", str(logo)) == 0  # fmt: skip
    assert run("--save", "Firm", "--paper", "letter", "--amounts", "hide") == 0
    (kept,) = load_templates(tmp_path / "data").kept
    assert (kept.pages, kept.paper, kept.firm, kept.hide_amounts) == (("stress", "margin"), "Letter", "Roe & Co", True)  # fmt: skip
    assert kept.logo == png()
    capsys.readouterr()
    assert run() == 0
    assert "page one, stress, margin · Letter · no amounts" in capsys.readouterr().out
    assert run("--remove", "Firm") == 0
    assert load_templates(tmp_path / "data").kept == ()


def test_that_a_template_goes_to_another_machine_as_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "mark.svg").write_bytes(SVG)
    assert run("--save", "Firm", "--accent", "#114488", "--logo", str(tmp_path / "mark.svg")) == 0
    assert run("--export", "Firm", str(tmp_path / "firm.json")) == 0
    monkeypatch.setenv("LEVCHECK_DATA", str(tmp_path / "other"))
    assert run("--import", str(tmp_path / "firm.json")) == 0
    assert load_templates(tmp_path / "other").kept == load_templates(tmp_path / "data").kept


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--save", "X", "--pages", "nonsense"), "no report page called nonsense"),
        (("--save", "X", "--accent", "#FFFF00"), "#FFFF00"),
        (("--remove", "nobody"), "no report template called nobody"),
        (("--import", "missing.json"), "missing.json"),
    ],
)
def test_that_what_cannot_be_printed_is_refused_and_not_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], told: str
) -> None:
    assert run(*arguments) == 1
    assert told.casefold() in capsys.readouterr().err.casefold()
    assert load_templates(tmp_path / "data").kept == ()


def test_that_a_file_that_is_no_template_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "odd.json").write_text("[1, 2]", "utf-8")
    assert run("--import", str(tmp_path / "odd.json")) == 1
    assert "odd.json is no report template" in capsys.readouterr().err
