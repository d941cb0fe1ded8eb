"""Templates of reports: kept privately, found again, and none lost by another."""

import stat
from pathlib import Path

import pytest

from levcheck.domain.diagnostics import LevcheckError
from levcheck.storage.report_templates import (
    DEFAULT_TEMPLATE,
    FILE,
    ReportTemplate,
    Templates,
    load_templates,
    read_template,
    save_templates,
    write_template,
)

MINE = ReportTemplate(
    "Mine", ("holdings", "stress"), "Letter", "de", hide_amounts=True, firm="A firm",
    logo=b"\x89PNG\r\n\x1a\n\x00\xff", accent="#7A1F3D", text="Closing words",
)  # fmt: skip


def test_that_a_template_comes_back_as_it_was_kept(tmp_path: Path) -> None:
    kept = Templates().with_template(MINE).with_template(ReportTemplate("another"))
    save_templates(tmp_path, kept)
    assert load_templates(tmp_path) == kept
    assert [one.name for one in kept.kept] == ["another", "Mine"]
    assert kept.named("Mine") == MINE
    assert stat.S_IMODE((tmp_path / FILE).stat().st_mode) == 0o600


def test_that_the_last_one_kept_is_offered_first_and_the_plain_one_without_any() -> None:
    assert Templates().first == DEFAULT_TEMPLATE
    kept = Templates().with_template(MINE)
    assert kept.first == MINE
    assert kept.without("Mine").first == DEFAULT_TEMPLATE


def test_that_one_that_is_deleted_is_gone_and_the_others_stay() -> None:
    other = ReportTemplate("another")
    kept = Templates().with_template(MINE).with_template(other)
    assert kept.without("Mine") == Templates((other,), "another")
    assert kept.without("another").kept == (MINE,)
    assert kept.without("another").usual is None
    assert kept.without("nobody") == kept


def test_that_a_template_of_the_same_name_takes_the_place_of_the_older() -> None:
    kept = Templates().with_template(MINE).with_template(ReportTemplate("Mine", paper="A4"))
    assert [one.paper for one in kept.kept] == ["A4"]


def test_that_a_damaged_file_counts_as_none(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text('{"kept": [{"name"', encoding="utf-8")
    assert load_templates(tmp_path) == Templates()


def test_that_a_template_travels_as_a_file_and_anything_else_is_told(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    write_template(path, MINE)
    assert read_template(path) == MINE
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    for content, code in ((b"{", "report.bad_template"), (b'{"pages": 7}', "report.bad_template")):
        path.write_bytes(content)
        with pytest.raises(LevcheckError) as caught:
            read_template(path)
        assert caught.value.code == code
    with pytest.raises(LevcheckError) as caught:
        read_template(tmp_path / "none")
    assert caught.value.code == "storage.not_readable"
    assert dict(caught.value.args_map) == {"file": "none", "reason": "No such file or directory"}
