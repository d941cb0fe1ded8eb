"""Error cells, formulas without a result and hidden rows of OpenDocument sheets (ODF 1.3 part 3, section 9)."""

import re
from html import unescape
from xml.parsers.expat import (  # nothing is built or loaded, and document types are refused before
    ExpatError,
    ParserCreate,
)

from levcheck.importing.refusals import Refusal
from levcheck.importing.sheet_marks import SheetMarks, attributes

_TAG = re.compile(
    rb"<(/?)table:(table-row|table-cell|covered-table-cell|table)(?![\w-])([^>]*?)(/?)>"
)
_TEXT = re.compile(rb"<text:p[^>]*>(.*?)</text:p>", re.DOTALL)
_ERROR = re.compile(r"^(#(?:N/A|VALUE!|REF!|NAME\?|DIV/0!|NUM!|NULL!)|Err:\d+)$")
# A row or cell that is repeated stands for empty ones far more often than for figures.
_MOST_REPEATED = 1_000


def check_well_formed(content: bytes) -> None:
    """Refuse a document whose tags do not close one another.

    Raises:
        Refusal: ``import.damaged``.
    """
    try:
        ParserCreate().Parse(content, True)
    except (
        ExpatError,
        LookupError,
        ValueError,
    ) as fault:  # or an encoding that is none, or of many bytes
        raise Refusal("import.damaged") from fault


def ods_marks(content: bytes) -> list[SheetMarks]:
    """Return what stands beside the values of every sheet, in the document's order."""
    walk = _Walk(content)
    for tag in _TAG.finditer(content):
        walk.step(tag)
    return walk.sheets


class _Walk:
    """Counts rows and columns along the tags of a document; a table inside a cell is passed over."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.sheets: list[SheetMarks] = []
        self.depth = 0
        self.row = self.rows = self.column = 0

    def step(self, tag: "re.Match[bytes]") -> None:
        closes, alone = bool(tag[1]), bool(tag[4])
        if tag[2] == b"table":
            self._table(closes=closes, alone=alone)
        elif self.depth != 1:
            return
        elif tag[2] == b"table-row":
            if not closes:
                self._enter_row(attributes(tag[3]))
            if closes or alone:
                self.row += self.rows
        elif not closes:
            self._cell(tag, alone=alone)

    def _table(self, *, closes: bool, alone: bool) -> None:
        if closes:
            self.depth -= 1
            return
        if self.depth == 0:
            self.sheets.append(SheetMarks())
            self.row = 0
        self.depth += not alone

    def _enter_row(self, found: dict[str, str]) -> None:
        self.rows, self.column = _repeated(found, "table:number-rows-repeated"), 0
        if found.get("table:visibility") in ("collapse", "filter"):
            last = self.row + 1 + min(self.rows, _MOST_REPEATED)
            self.sheets[-1].hidden_rows.update(range(self.row + 1, last))

    def _cell(self, tag: "re.Match[bytes]", *, alone: bool) -> None:
        found = attributes(tag[3])
        if tag[2] == b"table-cell":
            body = b"" if alone else _body(self.content, tag.end())
            _note(self.sheets[-1], (self.row + 1, self.column), found, body)
        self.column += _repeated(found, "table:number-columns-repeated")


def _repeated(found: dict[str, str], name: str) -> int:
    text = found.get(name, "1")
    return int(text) if text.isdigit() and len(text) < 9 else 1


def _body(content: bytes, start: int) -> bytes:
    end = content.find(b"</table:table-cell>", start)
    return content[start:end] if end >= 0 else b""


def _note(marks: SheetMarks, place: tuple[int, int], found: dict[str, str], body: bytes) -> None:
    if "table:formula" not in found:
        return
    text = _TEXT.search(body)
    shown = unescape(text[1].decode("utf-8", "replace")) if text else ""
    valued = any(key.startswith("office:") and key.endswith("value") for key in found)
    if _ERROR.match(shown) or found.get("calcext:value-type") == "error":
        marks.errors[place] = shown or "#ERROR"
    elif not shown and not valued:
        marks.uncached.add(place)
