"""Tables of a web page that a broker sends under a workbook's name."""

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from levcheck.domain.diagnostics import Diagnostic, Severity
from levcheck.importing.gates import MAX_CELLS, MAX_COLUMNS, MAX_ROWS
from levcheck.importing.grid import Grid, Row, Sheet
from levcheck.importing.refusals import Refusal
from levcheck.importing.text_files import decode

if TYPE_CHECKING:
    from levcheck.importing.parsed import Cell

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
# What pages declare is often the old name of a larger set: euc-kr pages hold cp949 letters.
_LARGER = {
    "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949",
    "shift_jis": "cp932",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "iso-8859-1": "cp1252",
}


def read_html(content: bytes) -> Grid:
    """Return the rows of every table of a page; nothing of the page is run or fetched.

    Raises:
        Refusal: the page holds no table.
    """
    reader = _TableReader()
    reader.feed(_decoded(content))
    reader.close()
    rows = reader.rows
    if not any(len(row.cells) > 1 for row in rows):
        raise Refusal("import.web_page")
    return Grid(
        (Sheet(None, tuple(rows), is_text=True),),
        (Diagnostic("import.html_as_workbook", Severity.INFO),),
    )


def _decoded(content: bytes) -> str:
    declared = _CHARSET.search(content[:4096])
    if declared is not None and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        name = declared.group(1).decode("ascii").lower()
        try:
            return content.decode(_LARGER.get(name, name), "replace")
        except LookupError:
            pass
    return decode(content)


class _TableReader(HTMLParser):
    """Collects the cells of all tables, one row after another; a blank row parts two tables."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[Row] = []
        self._number = 0
        self._cells: list[Cell] | None = None
        self._text: list[str] | None = None
        self._span = 1
        self._total = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._number += 1 if self.rows else 0
        elif tag == "tr":
            self._end_row()
            self._cells = []
        elif tag in ("td", "th"):
            self._end_cell()
            self._text = []
            span = dict(attrs).get("colspan") or "1"
            self._span = min(int(span), MAX_COLUMNS) if span.isdigit() else 1
        elif tag == "br" and self._text is not None:
            self._text.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self._end_cell()
        elif tag in ("tr", "table"):
            self._end_row()

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self._text.append(data)

    def close(self) -> None:
        super().close()
        self._end_row()

    def _end_cell(self) -> None:
        if self._text is None or self._cells is None:
            self._text = None
            return
        text = " ".join("".join(self._text).split())
        self._cells.append(text or None)
        self._cells += [None] * (self._span - 1)
        self._text = None
        if len(self._cells) > MAX_COLUMNS:
            raise Refusal("import.too_many_columns", limit=MAX_COLUMNS)

    def _end_row(self) -> None:
        self._end_cell()
        if self._cells is not None:
            self._number += 1
            self._total += len(self._cells)
            if self._total > MAX_CELLS or len(self.rows) >= MAX_ROWS:
                raise Refusal("import.too_many_rows", limit=MAX_ROWS)
            if any(cell is not None for cell in self._cells):
                self.rows.append(Row(self._number, tuple(self._cells)))
        self._cells = None
