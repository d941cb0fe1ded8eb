"""Sentences, tables and charts of the report as HTML; every chart becomes a table with bars, which a screen reader can read."""

from collections.abc import Callable, Iterable
from html import escape
from typing import Any

from levcheck.presenting.chart_views import (
    BarsView,
    ChartView,
    CoverageView,
    DoorsView,
    DotsView,
    DumbbellView,
    MatrixView,
    StepKind,
    WaterfallView,
)
from levcheck.presenting.figures import Cell, Row, TableView, Tone
from levcheck.reporting.blocks import Block, ChartBlock, Section, TableBlock, TextBlock, Voice

BarLine = tuple[str, str, str, float]
"""Label, first text, second text, signed length from −1 to 1."""
_TONES = {Tone.LOSS: "loss", Tone.GAIN: "gain", Tone.MUTED: "soft", Tone.WARNING: "warn"}
_VOICES = {Voice.PLAIN: "", Voice.SOFT: " class=soft", Voice.SET: " class=set"}


def section_html(section: Section) -> str:
    """Return a further page as HTML."""
    body = "\n".join(block_html(block) for block in section.blocks)
    return f'<section id="{section.id}"><h2>{escape(section.title)}</h2>\n{body}\n</section>'


def block_html(block: Block) -> str:
    """Return one block as HTML; every text is escaped."""
    if isinstance(block, TextBlock):
        return f"<p{_VOICES[block.voice]}>{escape(block.text)}</p>"
    if isinstance(block, TableBlock):
        return table_html(block)
    return chart_html(block)


def table_html(block: TableBlock) -> str:
    """Return a table with its heading as caption."""
    table = block.table
    if not table.rows:
        return f"<h3>{escape(table.name)}</h3><p>{escape(table.empty)}</p>"
    head = "".join(
        f"<th scope=col{'' if column.numeric else ' class=text'}>{escape(column.title)}</th>"
        for column in table.columns
    )
    indents = block.indents or (0,) * len(table.rows)
    body = "".join(_row(table, row, n) for row, n in zip(table.rows, indents, strict=True))
    foot = f"<tfoot>{_row(table, table.total, 0)}</tfoot>" if table.total is not None else ""
    note = f"<p class=soft>{escape(block.note)}</p>" if block.note else ""
    return (
        f"<table><caption>{escape(table.name)}</caption><thead><tr>{head}</tr></thead>"
        f"<tbody>{body}</tbody>{foot}</table>{note}"
    )


def _row(table: TableView, row: Row, indent: int) -> str:
    cells = []
    for index, (cell, column) in enumerate(zip(row.cells, table.columns, strict=True)):
        names = [] if column.numeric else ["text"]
        names += [_TONES[cell.tone]] if cell.tone in _TONES else []
        marks = f' class="{" ".join(names)}"' if names else ""
        if index:
            cells.append(f"<td{marks}>{escape(cell.text)}</td>")
        else:
            cells.append(_row_head(cell, indent))
    return f"<tr>{''.join(cells)}</tr>"


def _row_head(cell: Cell, indent: int) -> str:
    shift = f' style="padding-left:{0.5 + indent}rem"' if indent else ""
    return f"<th scope=row class=text{shift}>{escape(cell.text)}</th>"


# --- charts ------------------------------------------------------------------------------------------------


def chart_html(block: ChartBlock) -> str:
    """Return a chart as a table with bars, or as a sentence where bars say nothing."""
    view = block.view
    if isinstance(view, MatrixView):
        return _matrix(view)
    maker = _LINES.get(type(view))
    if maker is None:
        return f"<h3>{escape(view.title)}</h3><p>{escape(view.summary)}</p>"
    return bars_html(view.title, view.summary, maker(view))


def bars_html(
    title: str, summary: str, lines: Iterable[BarLine], heads: tuple[str, str] = ("", "")
) -> str:
    """Return lines of texts with a bar each."""
    body = "".join(
        f"<tr><th scope=row class=text>{escape(label)}</th><td>{escape(first)}</td><td>{escape(second)}</td>"
        f'<td class=bar><div{" class=loss" if length < 0 else ""} style="width:{min(abs(length), 1.0):.1%}"></div></td></tr>'
        for label, first, second, length in lines
    )
    columns = "".join(
        f"<th scope=col>{escape(head)}</th>" if head else "<td></td>" for head in ("", *heads, "")
    )
    return (
        f"<table><caption>{escape(title)}</caption><thead><tr>{columns}</tr></thead>"
        f"<tbody>{body}</tbody></table><p class=soft>{escape(summary)}</p>"
    )


def dumbbell_lines(view: DumbbellView) -> list[BarLine]:
    """Return the rows of before and after, or of label and effect."""
    whole = _largest(row.effective for row in view.rows)
    return [
        (row.label, row.labelled_text, row.effective_text, (row.effective or 0.0) / whole)
        for row in view.rows
    ]


def waterfall_lines(view: WaterfallView) -> list[BarLine]:
    """Return the steps from today to after."""
    whole = _largest(step.value for step in view.steps)
    return [
        (
            step.label,
            step.range_text,
            step.text,
            (step.value if step.kind is StepKind.CHANGE else abs(step.value)) / whole,
        )
        for step in view.steps
    ]


def _bars(view: BarsView) -> list[BarLine]:
    whole = _largest(row.value for row in view.rows)
    return [(row.label, row.note, row.text, (row.value or 0.0) / whole) for row in view.rows]


def _doors(view: DoorsView) -> list[BarLine]:
    whole = _largest(part.value for part in view.segments)
    return [(part.label, part.share_text, part.text, part.value / whole) for part in view.segments]


def _parts(view: CoverageView) -> list[BarLine]:
    return [(part.label, "", part.text, part.share) for part in view.parts]


def _dots(view: DotsView) -> list[BarLine]:
    whole = _largest(dot.value for dot in view.dots)
    return [(str(n), "", dot.text, dot.value / whole) for n, dot in enumerate(view.dots, start=1)]


_LINES: dict[type[ChartView], Callable[[Any], list[BarLine]]] = {
    DumbbellView: dumbbell_lines,
    WaterfallView: waterfall_lines,
    BarsView: _bars,
    DoorsView: _doors,
    CoverageView: _parts,
    DotsView: _dots,
}


def _matrix(view: MatrixView) -> str:
    if len(view.labels) < 2:
        return f"<h3>{escape(view.title)}</h3><p>{escape(view.empty_text)}</p>"
    texts = {(cell.row, cell.column): cell.text for cell in view.cells}
    head = "".join(
        f"<th scope=col>{escape(label.short or label.label)}</th>" for label in view.labels[:-1]
    )
    body = "".join(
        f"<tr><th scope=row class=text>{escape(label.label)}</th>"
        + "".join(f"<td>{escape(texts.get((row, n), ''))}</td>" for n in range(row))
        + "</tr>"
        for row, label in enumerate(view.labels)
        if row
    )
    return (
        f"<table><caption>{escape(view.title)}</caption><thead><tr><td></td>{head}</tr></thead>"
        f"<tbody>{body}</tbody></table><p class=soft>{escape(view.summary)}</p>"
    )


def _largest(values: Iterable[float | None]) -> float:
    return max((abs(value or 0.0) for value in values), default=0.0) or 1.0
