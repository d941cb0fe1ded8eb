"""What the documentation says is there: pages, links, commands, menus, pictures, examples."""

import argparse
import doctest
import re
from importlib import import_module
from pathlib import Path

import pytest

import levcheck
from levcheck.cli.main import COMMANDS, build_parser
from levcheck.presenting.guide import (
    CHANGES,
    KEYS,
    ORDER,
    anchor_of,
    bundled_page,
    page_of_link,
)
from levcheck.ui.actions import ACTIONS
from tests.helpers.catalogue_tools import tool

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "resources" / "docs"
USER = DOCS / "user"
PAGES = sorted([*DOCS.rglob("*.md"), ROOT / "README.md"])
_FENCE = re.compile(r"^```\w*\n(.*?)^```", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")


def name_of(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def headings(text: str) -> set[str]:
    plain = _FENCE.sub("", text)
    return {anchor_of(found) for found in re.findall(r"^#+ (.+)$", plain, re.MULTILINE)}


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_that_every_link_leads_somewhere(page: Path) -> None:
    text = _FENCE.sub("", page.read_text(encoding="utf-8"))
    lost = []
    for link in _LINK.findall(text):
        file, _, anchor = link.partition("#")
        if re.match(r"[a-z]+:", file):
            continue
        target = (page.parent / file).resolve() if file else page
        if target.parent == USER and target.stem == KEYS:
            continue  # written from the window's own actions
        if not target.exists() or (
            anchor and anchor not in headings(target.read_text(encoding="utf-8"))
        ):
            lost.append(link)
    assert lost == []


def test_that_a_lost_heading_would_be_noticed() -> None:
    assert "stress" in headings((USER / "numbers.md").read_text(encoding="utf-8"))
    assert "no-such-heading" not in headings("# One\n\n```text\n# no such heading\n```\n")


def test_that_the_guide_shows_every_page_and_every_page_is_there() -> None:
    files = {page.stem for page in USER.glob("*.md")}
    assert files | {KEYS, CHANGES} == set(ORDER)
    for identifier in set(ORDER) - {KEYS}:
        page = bundled_page(identifier)
        assert page.title, identifier
        assert len(page.text) > 200
    site = (ROOT / "packaging" / "docs" / "index.md").read_text(encoding="utf-8")
    assert {f"user/{name}" for name in ORDER if name != CHANGES} <= set(site.splitlines())


def test_that_links_between_pages_stay_inside_the_program() -> None:
    for identifier in set(ORDER) - {KEYS, CHANGES}:
        for link in _LINK.findall(_FENCE.sub("", bundled_page(identifier).text)):
            if link.endswith(".md"):
                assert page_of_link(link) is not None, (identifier, link)


def calls(text: str) -> list[list[str]]:
    """Return every call of the program that a text shows, word by word."""
    shown = [line for block in _FENCE.findall(text) for line in block.splitlines()]
    shown += re.findall(r"`(levcheck [^`]+)`", text)
    found = []
    for line in shown:
        call = re.search(r"(?:^|python -m )levcheck (.+)", line.partition(" #")[0].strip())
        if call and line.strip().startswith(("levcheck ", "python -m levcheck ", "$ levcheck ")):
            found.append(call[1].split())
    return found


def options_of(command: str) -> set[str]:
    parser = build_parser(command)
    found: set[str] = set()

    def collect(one: argparse.ArgumentParser) -> None:
        for action in one._actions:
            found.update(action.option_strings)
            if isinstance(action, argparse._SubParsersAction):
                for sub in action.choices.values():
                    collect(sub)

    collect(parser)
    return found


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_that_every_command_shown_is_one(page: Path) -> None:
    wrong = []
    for words in calls(page.read_text(encoding="utf-8")):
        first = words[0]
        if first.startswith(("-", "[")) or "." in first or first.isupper():
            continue  # an option, or a file for the window
        if first not in COMMANDS:
            wrong.append(first)
            continue
        options = {word.strip("[]").partition("=")[0] for word in words if word.strip("[").startswith("--")}  # fmt: skip
        wrong += [f"{first} {option}" for option in options - options_of(first)]
    assert wrong == []


def test_that_a_wrong_command_would_be_noticed() -> None:
    assert calls("Use `levcheck frobnicate FILE`.") == [["frobnicate", "FILE"]]
    assert "--frobnicate" not in options_of("check")


def test_that_every_menu_entry_named_is_there() -> None:
    entries = {action.text.replace("&", "").rstrip("…") for action in ACTIONS}
    for page in PAGES:
        for menu, entry in re.findall(r"\*\*(File|Edit|View|Help) → ([^*]+)\*\*", page.read_text(encoding="utf-8")):  # fmt: skip
            assert entry.rstrip("…") in entries, f"{menu} → {entry} in {page.name}"


def test_that_the_page_of_commands_is_that_of_this_program() -> None:
    made = tool("command_pages").markdown()
    assert made == (USER / "commands.md").read_text("utf-8"), "run: poe pages"


def test_that_the_page_of_the_interface_is_that_of_this_program() -> None:
    made = tool("api_page").page()
    assert made == (DOCS / "developer" / "api.md").read_text("utf-8"), "run: poe pages"
    for name in levcheck.__all__:
        assert name == "__version__" or f"## levcheck.{name}" in made


def test_that_every_example_in_the_docstrings_is_true() -> None:
    tried = 0
    finder = doctest.DocTestFinder(exclude_empty=True)
    runner = doctest.DocTestRunner(
        optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE, verbose=False
    )
    package = Path(levcheck.__file__).parent
    for room in ("domain", "exposure", "stress", "app", "presenting", "reference", "importing"):
        for file in sorted((package / room).rglob("*.py")):
            if ">>>" not in file.read_text(encoding="utf-8"):
                continue
            name = ".".join(file.relative_to(package.parent).with_suffix("").parts)
            module = import_module(name.removesuffix(".__init__"))
            for example in finder.find(module):
                result = runner.run(example)
                assert result.failed == 0, example.name
                tried += result.attempted
    assert tried > 30


def test_that_the_changelog_can_be_read_by_the_program() -> None:
    """Keep a Changelog: versions newest first, each with a date, known kinds of change, one line each."""
    text = bundled_page(CHANGES).text
    versions = re.findall(r"^## \[(.+?)\](?: – | - )?(\d{4}-\d{2}-\d{2})?$", text, re.MULTILINE)
    assert len(versions) == len(re.findall(r"^## ", text, re.MULTILINE))
    assert versions[0][0] == "Unreleased"
    assert all(day for _, day in versions[1:])
    assert [day for _, day in versions[1:]] == sorted(
        (day for _, day in versions[1:]), reverse=True
    )
    kinds = set(re.findall(r"^### (.+)$", text, re.MULTILINE))
    assert kinds <= {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}
    entries = re.findall(r"^- (.+)$", text, re.MULTILINE)
    assert entries
    assert all(entry[0].isupper() or entry[0] in "`0123456789" for entry in entries)
    assert all(entry.endswith(".") for entry in entries)
