"""The guide for people: which bundled pages there are, in which order, and how a link finds a heading."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from levcheck.assets import asset

FIRST = "guide"
CHANGES = "changelog"
KEYS = "keys"
# In the order they are read; `keys` is written from the actions of the window, `changelog` lies beside the guide.
ORDER = (
    FIRST,
    "reading-your-file",
    "screens",
    "numbers",
    "what-it-cannot-know",
    "privacy",
    KEYS,
    "adviser",
    "book",
    "table-formats",
    "commands",
    "questions",
    "glossary",
    "accuracy",
    CHANGES,
)


@dataclass(frozen=True, slots=True)
class GuidePage:
    """One page.

    Attributes:
        id: its file name without the ending.
        title: its first heading.
        text: Markdown.
    """

    id: str
    title: str
    text: str


def guide_folder() -> Path:
    """Return the folder of the pages and their pictures."""
    return asset("docs", "user")


@cache
def bundled_page(identifier: str) -> GuidePage:
    """Return one page that lies in a file.

    Raises:
        KeyError: there is no such page.
    """
    if identifier not in ORDER or identifier == KEYS:
        raise KeyError(identifier)
    file = asset("changelog.md") if identifier == CHANGES else guide_folder() / f"{identifier}.md"
    text = file.read_text(encoding="utf-8")
    return GuidePage(identifier, title_of(text), text)


def title_of(text: str) -> str:
    r"""Return the first heading of a page, "" when it has none.

    >>> title_of("# One\n\nText")
    'One'
    """
    found = re.search(r"^# (.+)$", text, re.MULTILINE)
    return found[1].strip() if found else ""


def anchor_of(heading: str) -> str:
    """Return what a link says to reach a heading.

    >>> anchor_of("What a stress says, and what not")
    'what-a-stress-says-and-what-not'
    """
    kept = re.sub(r"[^\w\s-]", "", heading.lower())
    return re.sub(r"\s+", "-", kept.strip())


def page_of_link(link: str) -> tuple[str, str] | None:
    """Return (page, heading's anchor) of a link inside the guide; None when it leads elsewhere.

    >>> page_of_link("numbers.md#stress")
    ('numbers', 'stress')
    >>> page_of_link("https://example.org/") is None
    True
    """
    file, _, anchor = link.partition("#")
    if not file:
        return "", anchor
    name = file.rpartition("/")[2]
    identifier = name.removesuffix(".md")
    if name == identifier or identifier not in ORDER:
        return None
    return identifier, anchor
