"""The HTML twin: whole in one file, nothing that runs or loads, read in order by a screen reader."""

import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from levcheck.i18n.words import LANGUAGES, Words
from levcheck.reporting.blocks import TableBlock
from levcheck.reporting.branding import checked_branding
from levcheck.reporting.html import html_document
from levcheck.reporting.html_charts import BarLine, bars_html
from levcheck.reporting.page import PageOptions
from levcheck.reporting.report import PAGE_NAMES, Report, report
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


def whole(language: str = "en", lines: int = 14) -> tuple[Report, str]:
    made = report(analysis_of(lines), Words(language), PageOptions(printed=DAY), tuple(PAGE_NAMES))
    return made, html_document(made)


def test_that_headings_are_in_order_and_tables_have_heads_of_rows_and_columns() -> None:
    made, markup = whole()
    reader = Reader()
    reader.feed(markup)
    levels = [int(tag[1]) for tag, _ in reader.seen if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    titles = {section.title for section in made.sections}
    assert titles | {made.first.exposure_title, made.first.doors.title} <= set(reader.texts)
    scopes = [attributes.get("scope") for tag, attributes in reader.seen if tag == "th"]
    assert set(scopes) == {"row", "col"}
    for row in re.findall(r"<tbody>(.*?)</tbody>", markup, re.DOTALL):
        starts = re.findall(r"<tr[^>]*>(<\w+ ?\w*)", row)
        assert set(starts) == {"<th scope"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_the_page_names_its_language_and_its_list_of_links(language: str) -> None:
    made, markup = whole(language)
    reader = Reader()
    reader.feed(markup)
    seen = dict(reversed(reader.seen))
    assert seen["html"]["lang"] == language.replace("_", "-")
    assert seen["nav"]["aria-label"] == Words(language).text("Contents")
    ids = {attributes["id"] for tag, attributes in reader.seen if tag == "section"}
    links = {str(attributes["href"])[1:] for tag, attributes in reader.seen if tag == "a"}
    assert links == ids == {section.id for section in made.sections}


def places(markup: str, title: str) -> list[tuple[str, float, float]]:
    """Class, left edge and right edge of the bars of a table."""
    table = markup[markup.index(title) :]
    found = re.findall(
        r'<div class=(\w+) style="margin-left:([\d.]+)%;width:([\d.]+)%',
        table[: table.index("</table>")],
    )
    return [(kind, float(left), float(left) + float(wide)) for kind, left, wide in found]


def test_that_each_change_hangs_where_the_one_before_it_ended() -> None:
    made, markup = whole()
    bars = places(markup, f"<h2>{made.first.loss_title}</h2>")
    assert bars[0] == ("level", 0.0, 100.0)
    assert bars[-1][:2] == ("level", 0.0)
    assert made.first.loss is not None
    assert len(bars) == len(made.first.loss.steps)
    edge = 100.0
    for step, (kind, left, right) in zip(made.first.loss.steps[1:], bars[1:-1], strict=False):
        assert kind == ("loss" if step.value < 0 else "mark")
        start, edge_after = (right, left) if step.value < 0 else (left, right)
        assert start == pytest.approx(edge, abs=0.21)
        edge = edge_after
    assert bars[-1][2] == pytest.approx(edge, abs=0.21)


def test_that_label_and_effect_are_both_drawn() -> None:
    made, markup = whole()
    bars = places(markup, f"<h2>{made.first.exposure_title}</h2>")
    rows = made.first.exposure.rows
    assert [kind for kind, _, _ in bars].count("before") == sum(bool(row.labelled) for row in rows)
    assert sum(kind in {"mark", "loss"} for kind, _, _ in bars) == len(rows)
    assert max(right for _, _, right in bars) == pytest.approx(100.0)


def test_that_bars_with_both_signs_share_one_zero() -> None:
    lines = [BarLine("a", "", "−3", -3.0), BarLine("b", "", "1", 1.0)]
    bars = places(bars_html("Both", "", lines, level=3), "Both")
    assert bars == [("loss", 0.0, 75.0), ("mark", 75.0, 100.0)]
    falls = [BarLine("a", "", "−4", -4.0), BarLine("b", "", "−1", -1.0)]
    assert places(bars_html("Falls", "", falls, level=3), "Falls") == [
        ("loss", 0.0, 100.0),
        ("loss", 0.0, 25.0),
    ]


def test_that_a_chart_of_nothing_is_a_sentence() -> None:
    assert (
        bars_html("Title", "Nothing moved.", [], level=2) == "<h2>Title</h2><p>Nothing moved.</p>"
    )


def contrast(first: str, second: str) -> float:
    def light(colour: str) -> float:
        parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    low, high = sorted((light(first), light(second)))
    return (high + 0.05) / (low + 0.05)


def test_that_every_text_and_bar_stands_out_by_day_and_by_night() -> None:
    _, markup = whole()
    blocks = re.findall(r":root \{([^}]*--ground[^}]*)\}", markup)
    assert len(blocks) == 2
    for block in blocks:
        colours = dict(re.findall(r"--(\w+): (#\w{6})", block))
        for name in ("ink", "soft", "mark", "loss", "gain", "warn"):
            assert contrast(colours[name], colours["ground"]) >= 4.5, name
        assert contrast(colours["level"], colours["ground"]) >= 3.0


def test_that_a_wide_table_moves_in_its_own_frame_and_prints_whole() -> None:
    _, markup = whole()
    assert markup.count("<table") == markup.count("<div class=wide><table")
    assert "<table class=many>" in markup
    printed = markup[markup.index("@media print {") :]
    assert ".wide { overflow: visible; }" in printed
    assert "tfoot { display: table-row-group; }" in markup
