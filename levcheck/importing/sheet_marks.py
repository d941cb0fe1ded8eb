"""What the value reader does not tell about a workbook: error cells, formulas without a result, hidden rows, zero-padded codes."""

import re
from collections.abc import Iterable, Iterator

from levcheck.importing.cell_names import column_index

_ATTRIBUTE = re.compile(rb'([\w:.-]+)\s*=\s*"([^"]*)"')
_CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*?)(?:/>|>(.*?)</(?:\w+:)?c>)", re.DOTALL)
_HIDDEN_ROW = re.compile(rb'<(?:\w+:)?row\b(?=[^>]*\bhidden="(?:1|true)")[^>]*\br="(\d+)"')
_VALUE = re.compile(rb"<(?:\w+:)?v>(.*?)</(?:\w+:)?v>", re.DOTALL)
_REFERENCE = re.compile(rb"([A-Z]{1,3})(\d{1,7})$")
_NUMBER_FORMAT = re.compile(rb"<(?:\w+:)?numFmt\b[^>]*>")
_CELL_FORMATS = re.compile(rb"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", re.DOTALL)
_FORMAT = re.compile(rb"<(?:\w+:)?xf\b[^>]*>")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
# DDE and external workbooks appear in formulas as "[1]Sheet!A1" or "cmd|'…'!A0".
_PREFIXED = re.compile(rb'xmlns:\w+\s*=\s*["\'][^"\']*/spreadsheetml/')
_TOP = 8_192
_TRIES = 100
_OPENING = ord("<")
_STYLE = re.compile(rb'(?:^|\s)s\s*=\s*"([^"]*)"')
_ROW_END = re.compile(rb"</(?:\w+:)?row>")
_LONGEST_SIGN = 8
_SHEET_ENTRY = re.compile(rb"<(?:\w+:)?sheet\b[^>]*>")


class SheetMarks:
    """What stands beside the values of one sheet, by (row number, 0-based column).

    A plain class, as everything in the parsing process: value classes take long to load.
    """

    __slots__ = ("currencies", "errors", "hidden_rows", "padded", "uncached")

    def __init__(self) -> None:
        self.errors: dict[tuple[int, int], str] = {}
        self.uncached: set[tuple[int, int]] = set()
        self.hidden_rows: set[int] = set()
        self.padded: dict[tuple[int, int], int] = {}
        self.currencies: dict[tuple[int, int], str] = {}


def attributes(tag: bytes) -> dict[str, str]:
    """Return the attributes of a start tag as text."""
    return {
        name.decode("ascii", "replace"): value.decode("utf-8", "replace")
        for name, value in _ATTRIBUTE.findall(tag)
    }


class Styles:
    """What number formats add to the values they show, by style number.

    Attributes:
        padded: count of digits, for formats such as ``000000`` that write leading zeros.
        currencies: ISO code, for formats that write a currency beside the amount.
    """

    __slots__ = ("currencies", "padded")

    def __init__(self) -> None:
        self.padded: dict[str, int] = {}
        self.currencies: dict[str, str] = {}


def read_styles(styles: bytes) -> Styles:
    """Return what the number formats of a workbook add to its values."""
    widths: dict[str, int] = {}
    codes: dict[str, str] = {}
    for tag in _NUMBER_FORMAT.findall(styles):
        found = attributes(tag)
        code = _unescaped(found.get("formatCode", "")).split(";")[0].replace("\\", "")
        number = found.get("numFmtId", "")
        if re.fullmatch(r"0{2,12}", code.replace('"', "")):
            widths[number] = len(code.replace('"', ""))
        elif (currency := format_currency(code)) is not None:
            codes[number] = currency
    made = Styles()
    if not widths and not codes:
        return made
    block = _CELL_FORMATS.search(styles)
    for index, tag in enumerate(_FORMAT.findall(block.group(0)) if block else []):
        number = attributes(tag).get("numFmtId", "")
        if number in widths:
            made.padded[str(index)] = widths[number]
        if number in codes:
            made.currencies[str(index)] = codes[number]
    return made


def _unescaped(text: str) -> str:
    if "&" not in text:
        return text
    from html import unescape

    return unescape(text)


def format_currency(code: str) -> str | None:
    """Return the currency a number format writes: ``#,##0.00 [$€-407]``, ``"US$"#,##0``; None when it writes none.

    >>> format_currency('#,##0.00 [$€-407]'), format_currency('0.00%')
    ('EUR', None)
    """
    bracketed = re.search(r"\[\$([^\]-]+)", code)
    shown = bracketed.group(1) if bracketed else " ".join(re.findall(r'"([^"]*)"', code))
    if not bracketed:
        shown = shown or "".join(ch for ch in code if ch in "€£₩₪₹$")
    if not shown.strip():
        return None
    from levcheck.importing.currencies import as_currency

    return as_currency(shown.strip())


class SheetSigns:
    """Whether a sheet holds anything worth a look at its cells, told while its XML goes by in chunks."""

    __slots__ = ("errors", "formulas", "hidden_rows", "prefixed", "seam", "top")

    def __init__(self) -> None:
        self.hidden_rows = False
        self.errors = False
        self.formulas = False
        self.prefixed = False
        self.top = b""
        self.seam = b""

    def __call__(self, chunk: bytes) -> None:
        """Look at the next chunk of the sheet."""
        if len(self.top) < _TOP:
            # Few writers give their cells a prefix; those that do say so at the top.
            self.top += chunk[: _TOP - len(self.top)]
            self.prefixed = _PREFIXED.search(self.top) is not None
        seam = self.seam + chunk[:_LONGEST_SIGN]
        for piece in (seam, chunk):
            self.hidden_rows = self.hidden_rows or holds(piece, b"hidden=", 0)
            self.errors = self.errors or holds(piece, b't="e"', 3)
            self.formulas = self.formulas or holds(piece, b"<f", 1)
            if self.prefixed:
                self.formulas = self.formulas or b":f>" in piece or b":f " in piece
        self.seam = (self.seam + chunk[-_LONGEST_SIGN:])[-_LONGEST_SIGN:]


def signs_of(sheet_xml: bytes) -> SheetSigns:
    """Return the signs of a sheet whose XML is there as a whole."""
    signs = SheetSigns()
    signs(sheet_xml)
    return signs


def read_marks(pieces: Iterable[bytes], signs: SheetSigns, styles: Styles) -> SheetMarks:
    """Return what one sheet's XML tells; cells are looked at only where the sheet holds such marks at all.

    Args:
        pieces: the sheet's XML, cut between rows, see :func:`between_rows`; not asked for when nothing is to be looked for.
        signs: what was seen when it was unpacked.
        styles: what number formats add to its values.
    """
    marks = SheetMarks()
    in_cells = signs.errors or signs.formulas or styles.padded or styles.currencies
    if not (in_cells or signs.hidden_rows):
        return marks
    for piece in pieces:
        if signs.hidden_rows:
            marks.hidden_rows.update(map(int, _HIDDEN_ROW.findall(piece)))
        if in_cells:
            _mark_cells(marks, piece, styles)
    return marks


def _mark_cells(marks: SheetMarks, piece: bytes, styles: Styles) -> None:
    padded, currencies = styles.padded, styles.currencies
    for place, found, body in _cells(piece, {*padded, *currencies}):
        if found.get("t") == "e":
            value = _VALUE.search(body)
            marks.errors[place] = (value.group(1) if value else b"#ERROR").decode(
                "utf-8", "replace"
            )
        elif _FORMULA.search(body) and not _VALUE.search(body) and b"<is>" not in body:
            marks.uncached.add(place)
        if (code := currencies.get(found.get("s", ""))) is not None and body:
            marks.currencies[place] = code
        if found.get("s", "") in padded and found.get("t", "n") == "n" and body:
            marks.padded[place] = padded[found["s"]]


def holds(piece: bytes, sign: bytes, rare: int) -> bool:
    """Whether a sign stands in a piece: one rare letter of it is found many times as fast as all of them together.

    Args:
        piece: where to look.
        sign: what to look for.
        rare: which of its letters is the rare one.
    """
    letter, at = sign[rare], -1
    for _ in range(_TRIES):
        at = piece.find(letter, at + 1)
        if at < 0:
            return False
        if at >= rare and piece.startswith(sign, at - rare):
            return True
    return piece.find(sign, max(0, at - rare + 1)) >= 0


def between_rows(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Return the same XML in pieces that end with the end of a row, so that no cell is cut in two."""
    waiting: list[bytes] = []
    for chunk in chunks:
        end = chunk.rfind(b"</row>")
        if end >= 0:
            end += len(b"</row>")
        else:
            end = max((match.end() for match in _ROW_END.finditer(chunk)), default=0)
        if end:
            yield b"".join([*waiting, chunk[:end]])
            waiting = [chunk[end:]]
        else:
            waiting.append(chunk)
    yield b"".join(waiting)


def _cells(
    piece: bytes, styles: set[str]
) -> Iterator[tuple[tuple[int, int], dict[str, str], bytes]]:
    """Yield (place, attributes, content) of the cells that may be marked: of these styles, errors and formulas."""
    wanted = {style.encode() for style in styles}
    for match in _CELL.finditer(piece):
        head, body = match.group(1), match.group(2) or b""
        if b'"e"' not in head and b"f" not in body:
            style = _STYLE.search(head) if wanted else None
            if style is None or style.group(1) not in wanted:
                continue
        found = attributes(head)
        reference = _REFERENCE.match(found.get("r", "").encode())
        if reference is None:
            continue
        column = column_index(reference.group(1).decode())
        if column is not None:
            yield (int(reference.group(2)), column), found, body


def sheet_names(parts: dict[str, bytes]) -> list[str]:
    """Return the names of the parts of the sheets, in the workbook's order; empty where none is named.

    Charts and dialogs are named as sheets are; they have no cells.
    """
    book_name = next((n for n in parts if n.lower().endswith("workbook.xml")), None)
    if book_name is None:
        return []
    folder = book_name.rpartition("/")[0]
    relations = parts.get(f"{folder}/_rels/workbook.xml.rels", b"")
    targets = {}
    for tag in re.findall(rb"<(?:\w+:)?Relationship\b[^>]*>", relations):
        found = attributes(tag)
        targets[found.get("Id", "")] = found.get("Target", "")
    made = []
    for tag in _SHEET_ENTRY.findall(parts[book_name]):
        found = attributes(tag)
        identifier = next((v for k, v in found.items() if k.endswith(":id") or k == "id"), "")
        target = targets.get(identifier, "")
        path = target.lstrip("/") if target.startswith("/") else f"{folder}/{target}"
        made.append(path)
    return made
