"""The HTML twin: whole in one file, nothing that runs or loads, read in order by a screen reader."""

from html.parser import HTMLParser

import pytest

from levcheck.i18n.words import LANGUAGES, Words
from levcheck.reporting.blocks import TableBlock
from levcheck.reporting.branding import checked_branding
from levcheck.reporting.html import html_document
from levcheck.reporting.page import PageOptions
from levcheck.reporting.report import PAGE_NAMES, report
from tests.helpers.report_lab import DAY, SVG, analysis_of

VOID = {"meta", "img", "br"}


class Reader(HTMLParser):
    """Notes every element with its attributes, and whether all are closed in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_the_twin_holds_every_figure_and_loads_nothing(language: str) -> None:
    brand = checked_branding(firm="A & B <firm>", logo=SVG, accent="#7A1F3D")
    options = PageOptions(printed=DAY, client="<b>Jane</b>", branding=brand)
    made = report(analysis_of(14), Words(language), options, tuple(PAGE_NAMES))
    reader = Reader()
    reader.feed(html_document(made))
    assert not reader.open
    tags = [tag for tag, _ in reader.seen]
    assert not {"script", "link", "iframe", "object", "form", "b"} & set(tags)
    policies = [str(a["content"]) for tag, a in reader.seen if tag == "meta" and "http-equiv" in a]
    assert len(policies) == 1
    assert policies[0].startswith("default-src 'none'; ")
    assert "script-src" not in policies[0]
    for tag, attributes in reader.seen:
        assert not [name for name in attributes if name.startswith("on")]
        for name in ("src", "href"):
            target = attributes.get(name)
            assert target is None or target.startswith(("#", "data:image/")), (tag, target)
        if tag == "img":
            assert attributes.get("alt") == "A & B <firm>"
    assert tags.count("h1") == 1
    assert tags.count("section") == len(PAGE_NAMES)
    assert tags.count("table") == tags.count("caption")
    said = set(reader.texts)
    for section in made.sections:
        for block in section.blocks:
            if isinstance(block, TableBlock):
                cells = [cell.text for row in block.table.rows for cell in row.cells if cell.text]
                assert not [text for text in cells if text not in said]
