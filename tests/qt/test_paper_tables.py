"""Tables on paper: rows stand on one line as far as the sheet allows, and one long name makes no wide column."""

from dataclasses import replace

import pytest
from PySide6.QtGui import QImage, QPainter
from pytestqt.qtbot import QtBot

from levcheck.presenting.figures import Cell, Column, Row, TableView
from levcheck.reporting.blocks import TableBlock
from levcheck.ui import theme as themes
from levcheck.ui.paper.ink import Ink
from levcheck.ui.paper.tables import table_boxes
from levcheck.ui.theme import Size, print_theme

WIDTH = 700.0
COLUMNS = (
    Column("line", "Holding"),
    Column("name", "Name", stretch=True),
    Column("value", "Value", numeric=True),
    Column("status", "Status"),
)
PLAIN = ("VOO", "Vanguard Total Bond Market Index Fund", "$52,000", "Partly known")
LONG = ("HARBOR LANE PRIVATE CREDIT NOTE OF THE YEAR 2029 SERIES B", "Note", "$4,800", "Needs you")
FONTS = pytest.mark.parametrize("family", ["Inter", "DejaVu Sans"])


def block(*rows: tuple[str, ...], columns: tuple[Column, ...] = COLUMNS) -> TableBlock:
    made = tuple(Row(str(n), tuple(Cell(text) for text in row)) for n, row in enumerate(rows))
    return TableBlock(TableView("Holdings", columns, made))


def ink_in(family: str, monkeypatch: pytest.MonkeyPatch) -> Ink:
    monkeypatch.setattr(themes, "_families", lambda _language: (family,))
    return Ink(print_theme())


@FONTS
def test_that_one_long_name_wraps_and_leaves_the_other_rows_on_one_line(
    qtbot: QtBot, family: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    boxes = table_boxes(block(*[PLAIN] * 9, LONG), ink_in(family, monkeypatch), 0.0, WIDTH * 0.7)
    lone = table_boxes(block(("A", "B", "1", "C")), ink_in(family, monkeypatch), 0.0, WIDTH)
    heights = {box.height for box in boxes.rows[:-1]}
    assert heights == {lone.rows[0].height}
    assert boxes.rows[-1].height > lone.rows[0].height


@FONTS
def test_that_texts_wrap_only_where_the_sheet_is_full(
    qtbot: QtBot, family: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    causes = "NVIDIA, Strategy, Daily reset and costs of the funds"
    columns = (Column("scenario", "Scenario", stretch=True), Column("causes", "Comes most from"))
    boxes = table_boxes(
        block(("March 2020", causes), ("2022", causes), columns=columns),
        ink_in(family, monkeypatch), 0.0, WIDTH,
    )  # fmt: skip
    assert {box.height for box in boxes.rows} == {boxes.head.height}


@FONTS
def test_that_a_headline_breaks_evenly_in_no_more_lines(
    qtbot: QtBot, family: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    ink = ink_in(family, monkeypatch)
    font = ink.font(Size.HEADLINE, strong=True)
    text = "You hold 14 lines, but 49% of your money rides on one bet: AI chips."
    whole = ink.advance(text, font)
    for width in (whole * 0.9, whole * 0.6, whole * 0.4):
        plain = ink.broken(text, font, width)
        even = ink.broken(text, font, ink.balanced(text, font, width))
        assert len(even) == len(plain)
        assert " ".join(even) == text
        lengths = [ink.advance(line, font) for line in even]
        assert max(lengths) <= max(ink.advance(line, font) for line in plain)
        assert lengths[-1] >= ink.advance(plain[-1], font)
    assert ink.balanced("Short.", font, whole) == whole


@FONTS
@pytest.mark.parametrize("share", [0.5, 0.6, 0.7, 0.8])
def test_that_no_word_is_broken_where_all_words_fit(
    qtbot: QtBot, family: str, share: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    ink = ink_in(family, monkeypatch)
    written: list[str] = []
    monkeypatch.setattr(
        Ink, "write", lambda _ink, _painter, _place, text, *_more, **_named: written.append(text)
    )
    table = block(PLAIN, LONG, ("SPAXX", "Preferred", "–", "Unknown")).table
    total = Row("all", tuple(Cell(text) for text in ("Together", "", "$56,800", "")))
    boxes = table_boxes(TableBlock(replace(table, total=total)), ink, 0.0, WIDTH * share)
    image = QImage(10, 10, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    for box in (*boxes.rows, boxes.tail):
        box.paint(painter, 0.0)
    painter.end()
    wanted = {
        word for row in (*table.rows, total) for cell in row.cells for word in cell.text.split()
    }
    assert wanted <= {word for text in written for word in text.split()}
