"""Settings are taken over whole or not at all: a damaged file costs the memory, never the start."""

import json
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from levcheck.storage.settings import Layout, Settings, TableLayout, load_settings, save_settings

FULL = Settings(
    language="de",
    theme="dark",
    base_currency="CHF",
    hide_amounts=True,
    text_scale=1.25,
    remember_files=True,
    recent_files=("/a.xlsx", "/b.csv"),
    mappings={"f1": {"symbol": "A"}},
    meeting_log=True,
    rise_fall="red_up",
    meeting_order=("stress", "overview"),
    geometry="AdnQywAD",
    number_format="1.234,56",
    motion="reduced",
    layout=Layout(
        tables={
            "holdings": TableLayout(("a", "b"), ("c",), ("d",), {"a": 120}, "a", descending=True)
        },
        splits={"stress": (400, 600)},
        drawer=380,
    ),
)


def kept(folder: Path, content: object) -> Settings:
    (folder / "settings.json").write_text(json.dumps(content), encoding="utf-8")
    return load_settings(folder)


def test_that_what_was_kept_comes_back(tmp_path: Path) -> None:
    save_settings(tmp_path, FULL)
    assert load_settings(tmp_path) == FULL


def test_that_the_example_says_something_of_every_setting() -> None:
    plain = Settings()
    same = {f.name for f in fields(Settings) if getattr(FULL, f.name) == getattr(plain, f.name)}
    assert same == {"remember_files"}


def test_that_names_of_other_versions_are_passed_over(tmp_path: Path) -> None:
    assert kept(tmp_path, {"theme": "dark", "of_tomorrow": [1]}) == Settings(theme="dark")


@pytest.mark.parametrize(
    "wrong",
    [
        {"theme": 1},
        {"hide_amounts": "no"},
        {"hide_amounts": 0},
        {"text_scale": True},
        {"text_scale": "1.0"},
        {"recent_files": "a.xlsx"},
        {"recent_files": [1]},
        {"mappings": {"f1": ["A"]}},
        {"mappings": {"f1": {"symbol": 1}}},
        {"geometry": 5},
        {"layout": {"drawer": "wide"}},
        {"layout": {"splits": {"stress": ["a"]}}},
        {"layout": {"tables": {"holdings": {"widths": {"a": None}}}}},
        {"language": []},
        [],
        "dark",
        None,
    ],
)
def test_that_anything_else_leaves_the_defaults(tmp_path: Path, wrong: Any) -> None:
    assert kept(tmp_path, wrong) == Settings()


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b"[" * 100_000])
def test_that_damaged_bytes_leave_the_defaults(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "settings.json").write_bytes(content)
    assert load_settings(tmp_path) == Settings()


def test_that_a_whole_number_is_a_size_too_and_what_was_remembered_can_be_forgotten(
    tmp_path: Path,
) -> None:
    scale = kept(tmp_path, {"text_scale": 2}).text_scale
    assert (scale, type(scale)) == (2.0, float)
    more = FULL.with_mapping("f2", {"price": "B"})
    assert more.mappings == {"f1": {"symbol": "A"}, "f2": {"price": "B"}}
    assert more.with_mappings({"f3": {}}).mappings == {"f3": {}}
    assert FULL.without_recent().recent_files == ()
    assert FULL.without_recent().with_recent("/c.xlsx") == FULL.without_recent()
    assert FULL.with_recent("/b.csv").recent_files == ("/b.csv", "/a.xlsx")


def test_that_a_path_that_no_menu_can_name_is_not_remembered(tmp_path: Path) -> None:
    kept = Settings().with_recent("/a/\u00fc 현금.csv").with_recent("/a/caf\udce9.csv")
    assert kept.recent_files == ("/a/\u00fc 현금.csv",)
    save_settings(tmp_path, kept)
    assert load_settings(tmp_path) == kept
    text = (tmp_path / "settings.json").read_text(encoding="utf-8")
    assert "현금" in text  # whoever opens the file can read it
    names = [line.split('"')[1] for line in text.splitlines() if line.startswith(' "')]
    assert names == sorted(names)
