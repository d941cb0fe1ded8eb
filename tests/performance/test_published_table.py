"""The published table says what was measured, and a start loads nothing heavy before its window stands."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from levcheck.bench.table import NAMES, markdown_table
from tests.helpers.catalogue_tools import tool

pytestmark = pytest.mark.performance

ROOT = Path(__file__).resolve().parents[2]
GUIDE = ROOT / "resources" / "docs" / "developer"


@pytest.fixture(scope="module")
def stored() -> dict[str, Any]:
    table: dict[str, Any] = json.loads((GUIDE / "performance.json").read_text(encoding="utf-8"))
    return table


def test_that_the_guide_shows_the_stored_run(stored: dict[str, Any]) -> None:
    assert markdown_table(stored) in (GUIDE / "performance.md").read_text(encoding="utf-8")


def test_that_what_the_stored_run_did_not_measure_is_named(stored: dict[str, Any]) -> None:
    measured = {row["name"] for row in stored["rows"]} | {row["name"] for row in stored["growth"]}
    assert measured <= set(NAMES)
    told = re.search(
        r"^Not in that run, for they came later: (.+)\.$",
        (GUIDE / "performance.md").read_text(encoding="utf-8"),
        re.MULTILINE,
    )
    assert set(NAMES) - measured == (set(told[1].split(", ")) if told else set())


def test_that_every_missed_goal_is_explained_in_the_guide(stored: dict[str, Any]) -> None:
    reasons = (
        (GUIDE / "performance.md").read_text(encoding="utf-8").partition("## Goals not met")[2]
    )
    missed = {row["name"] for row in stored["rows"] if row["met"] is False}
    assert {name for name in missed if f"**{name}**" not in reasons} == set()


def loaded_by(program: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", program + "; import sys; print(*sys.modules)"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stdout.split())


HEAVY = {"pandas", "openpyxl", "pyqtgraph", "xlsxwriter", "babel", "rapidfuzz"}


def test_that_the_whole_window_is_imported_without_anything_heavy() -> None:
    """Each of these takes longer to import than a window takes to stand."""
    modules = "('levcheck.ui.application', *_MovingIn.MODULES)"
    program = (
        "from importlib import import_module; from levcheck.ui.application import _MovingIn; "
        f"[import_module(name) for name in {modules}]"
    )
    assert not HEAVY & loaded_by(program)


def test_that_a_window_is_painted_before_the_rooms_below_are_loaded() -> None:
    """What the first painting needs is a list that may only grow for a reason: each module is time before a window."""
    loaded = loaded_by("import levcheck.ui.application")
    rooms = {name.split(".")[1] for name in loaded if name.startswith("levcheck.")}
    assert rooms == {"assets", "domain", "i18n", "storage", "ui"}
    assert len({name for name in loaded if name.startswith("levcheck.")}) <= 24
    assert not loaded & {"msgspec", "numpy", "PySide6.QtNetwork", "PySide6.QtSvg"}


def test_that_a_new_run_takes_the_place_of_the_one_before(stored: dict[str, Any]) -> None:
    measure = tool("measure")
    page = (GUIDE / "performance.md").read_text(encoding="utf-8")
    row = {**stored["rows"][0], "ratio": 7.25, "met": True}
    new = {**stored, "taken": "2027-01-31", "rows": [row], "growth": []}
    renewed = measure.placed(page, measure.told(new))
    assert markdown_table(new) in renewed
    assert "2027-01-31" in renewed
    assert markdown_table(stored) not in renewed
    assert "Not in that run" not in renewed
    assert renewed.partition("## Goals not met")[2] == page.partition("## Goals not met")[2]
    assert measure.placed(renewed, measure.told(new)) == renewed


def test_that_a_missed_goal_without_a_reason_is_named(stored: dict[str, Any]) -> None:
    measure = tool("measure")
    rows = [
        {"name": "slow", "met": False},
        {"name": "odd", "met": False},
        {"name": "good", "met": True},
    ]
    page = "**odd** stands above\n## Goals not met\n- **slow**: it does more"
    assert measure.unexplained({"rows": rows}, page) == ["odd"]


def test_that_the_page_of_the_book_can_be_renewed() -> None:
    measure, book = tool("measure"), tool("measure_book")
    page = (GUIDE / "book.md").read_text(encoding="utf-8")
    text = book.book_told(book.BookRun(31.4, 44.0, (4.0, 7.2), 2))
    assert "1.80 times" in text
    assert text in measure.placed(page, text)
