"""Sentences and tables of the report as HTML."""

from html import escape

from levcheck.presenting.figures import Cell, Row, TableView, Tone
from levcheck.reporting.blocks import Block, Section, TableBlock, TextBlock, Voice
from levcheck.reporting.html_charts import chart_html
from levcheck.reporting.html_parts import framed_table, headed

_TONES = {Tone.LOSS: "loss", Tone.GAIN: "gain", Tone.MUTED: "soft", Tone.WARNING: "warn"}
MANY_COLUMNS = 6
"""A table of so many columns keeps its width on a small screen, and is moved under the names of its rows."""
SHORT_TEXT = 16
"""Letters that stand on one line where there is room."""
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
        return headed(table.name, 3, f"<p>{escape(table.empty)}</p>")
    columns = "".join(
        f"<th scope=col{'' if column.numeric else ' class=text'}>{escape(column.title)}</th>"
        for column in table.columns
    )
    indents = block.indents or (0,) * len(table.rows)
    body = "".join(_row(table, row, n) for row, n in zip(table.rows, indents, strict=True))
    foot = f"<tfoot>{_row(table, table.total, 0)}</tfoot>" if table.total is not None else ""
    return framed_table(
        table.name,
        f"<thead><tr>{columns}</tr></thead><tbody>{body}</tbody>{foot}",
        level=3,
        note=block.note,
        many=len(table.columns) >= MANY_COLUMNS,
    )


def _row(table: TableView, row: Row, indent: int) -> str:
    cells = []
    for index, (cell, column) in enumerate(zip(row.cells, table.columns, strict=True)):
        names = [] if column.numeric else ["text"]
        names += ["short"] if len(cell.text) <= SHORT_TEXT and not column.numeric else []
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
