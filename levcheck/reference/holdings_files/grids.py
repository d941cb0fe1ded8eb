"""Files turned into plain rows of text: CSV in any dialect, workbooks, workbooks that are XML, HTML tables."""

import csv
import io
import re
from html.parser import HTMLParser
from pathlib import Path

from levcheck.domain.diagnostics import LevcheckError, Place

Grid = list[list[str]]

# A holdings file of the largest fund has 12,000 lines; anything far beyond is no holdings file.
MOST_BYTES = 64 * 2**20
MOST_ROWS = 200_000
_ENCODINGS = ("utf-8-sig", "utf-16")
# Bytes of one East Asian encoding often read as nonsense in another: the one whose table words appear is right.
_ASIAN = (
    ("cp949", ("종목", "비중", "수량", "펀드")),
    ("cp932", ("銘柄", "コード", "株数", "比率")),
    ("cp950", ("股票", "證券", "代號", "名稱", "權重")),
    ("gb18030", ("证券", "代码", "名称", "基金", "比例")),
)


def refuse(path: Path, why: str) -> LevcheckError:
    """Return the refusal of a holdings file."""
    return LevcheckError(
        "reference.bad_holdings_file", where=Place(file=path.name), file=path.name, why=why
    )


def read_bytes(path: Path) -> bytes:
    """Return a file's bytes.

    Raises:
        LevcheckError: ``reference.bad_holdings_file`` when it cannot be opened, is empty or is far too large.
    """
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise refuse(path, "it is larger than any holdings file")
        data = path.read_bytes()
    except OSError as fault:
        raise refuse(path, "it cannot be opened") from fault
    if not data.strip():
        raise refuse(path, "it is empty")
    return data


def text_of(data: bytes) -> str:
    """Return text in the first encoding that fits; NUL bytes are dropped."""
    if not data.startswith((b"\xff\xfe", b"\xfe\xff")) and data.count(b"\0") > len(data) // 4:
        return data.decode("utf-16-le", errors="replace").replace("\0", "")
    for encoding in _ENCODINGS:
        if encoding == "utf-16" and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
            continue
        try:
            return data.decode(encoding).replace("\0", "")
        except UnicodeDecodeError:
            continue
    for encoding, words in _ASIAN:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if any(word in text for word in words):
            return text.replace("\0", "")
    return data.decode("cp1252", errors="replace").replace("\0", "")


def grids_of(path: Path, data: bytes) -> list[Grid]:
    """Return the sheets of a file as rows of text.

    Raises:
        LevcheckError: ``reference.bad_holdings_file`` when it is no table.
    """
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return _workbook(path)
    text = text_of(data)
    head = text.lstrip()[:400].lower()
    if "urn:schemas-microsoft-com:office:spreadsheet" in text[:4000]:
        return _spreadsheet_xml(path, text)
    if head.startswith(("<!doctype html", "<html", "<table")) or "<table" in text[:20000].lower():
        return _html(text)
    return [_delimited(text)]


def _workbook(path: Path) -> list[Grid]:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_path(path)
        sheets = [
            book.get_sheet_by_name(name).to_python(nrows=MOST_ROWS) for name in book.sheet_names
        ]
    except (CalamineError, OSError, ValueError) as fault:
        raise refuse(path, "it is no workbook we can read") from fault
    return [[[_text(cell) for cell in row] for row in sheet] for sheet in sheets]


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return str(cell).strip()


def _delimited(text: str) -> Grid:
    lines = text.splitlines()
    sample = lines[:60]
    counts = {mark: sum(line.count(mark) for line in sample) for mark in ",;\t|"}
    mark = max(counts, key=lambda one: counts[one])
    csv.field_size_limit(2**20)
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
        return [
            [cell.strip() for cell in row] for row, _ in zip(reader, range(MOST_ROWS), strict=False)
        ]
    except csv.Error:
        return [
            [cell.strip().strip('"') for cell in line.split(mark)] for line in lines[:MOST_ROWS]
        ]


def _spreadsheet_xml(path: Path, text: str) -> list[Grid]:
    from defusedxml import ElementTree
    from defusedxml.common import DefusedXmlException

    space = "{urn:schemas-microsoft-com:office:spreadsheet}"
    # These files carry bare ampersands that no XML reader takes.
    mended = re.sub(r"&(?!#?\w+;)", "&amp;", text.lstrip("\ufeff"))
    try:
        root = ElementTree.fromstring(mended.encode("utf-8"), forbid_dtd=True)
    except (ElementTree.ParseError, DefusedXmlException, LookupError, ValueError) as fault:
        raise refuse(path, "its XML is damaged") from fault
    grids: list[Grid] = []
    for sheet in root.iter(f"{space}Worksheet"):
        grid: Grid = []
        for row in sheet.iter(f"{space}Row"):
            cells: list[str] = []
            for cell in row.iter(f"{space}Cell"):
                place = cell.get(f"{space}Index")
                while place is not None and place.isdigit() and len(cells) < int(place) - 1 < 500:
                    cells.append("")
                cells.append("".join(cell.itertext()).strip())
            grid.append(cells)
        grids.append(grid)
    return grids


_HEADINGS = frozenset({"title", "h1", "h2", "h3"})
_PROGRAMS = frozenset({"script", "style"})


class _Tables(HTMLParser):
    """Collects the cells of every table of a page, and what its title and headings say above them."""

    def __init__(self) -> None:
        super().__init__()
        self.grids: list[Grid] = []
        self.cell: list[str] | None = None
        self.heading = ""
        self.is_program = False
        self.above: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if tag == "table":
            self.grids.append([])
        elif tag in _HEADINGS:
            self.heading = tag
        elif tag in _PROGRAMS:
            self.is_program = True
        elif tag == "tr" and self.grids:
            self.grids[-1].append([])
        elif tag in {"td", "th"} and self.grids and self.grids[-1]:
            self.cell = []

    def handle_endtag(self, tag: str) -> None:
        if tag in {"td", "th"} and self.cell is not None:
            self.grids[-1][-1].append(" ".join("".join(self.cell).split()))
            self.cell = None
        elif tag == self.heading:
            self.heading = ""
        elif tag in _PROGRAMS:
            self.is_program = False

    def handle_data(self, data: str) -> None:
        text = " ".join(data.split())
        if self.cell is not None:
            self.cell.append(data)
        elif 0 < len(text) < 200 and len(self.above) < 20 and self._tells(text):
            self.above.append(text)

    def _tells(self, text: str) -> bool:
        """Return whether a text above the table may say the fund or the day: headings do, and any element with a day."""
        if self.is_program:
            return False
        return bool(
            self.heading or re.search(r"as of|holdings.*\d{4}|stand:? \d", text, re.IGNORECASE)
        )


def _html(text: str) -> list[Grid]:
    parser = _Tables()
    parser.feed(text)
    above = [[line] for line in dict.fromkeys(parser.above)]
    return [[*above, *grid] for grid in parser.grids]
