"""What the value reader does not tell about a workbook: error cells, formulas without a result, hidden rows, zero-padded codes."""

import re
from collections.abc import Iterator

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
_TRIES = 2_000
_OPENING = ord("<")
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


def read_marks(sheet_xml: bytes, styles: Styles) -> SheetMarks:
    """Return what one sheet's XML tells; cells are looked at only where the sheet holds such marks at all."""
    marks = SheetMarks()
    if b"hidden=" in sheet_xml:
        marks.hidden_rows = {int(number) for number in _HIDDEN_ROW.findall(sheet_xml)}
    has_errors = b't="e"' in sheet_xml
    has_formulas = _has_formulas(sheet_xml) or (
        # Few writers give their cells a prefix; those that do say so at the top.
        _PREFIXED.search(sheet_xml, 0, _TOP) is not None
        and (b":f>" in sheet_xml or b":f " in sheet_xml)
    )
    padded, currencies = styles.padded, styles.currencies
    if not (padded or currencies or has_errors or has_formulas):
        return marks
    for place, found, body in _cells(sheet_xml):
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
    return marks


def _has_formulas(sheet_xml: bytes) -> bool:
    """Whether a sheet may have formulas: one rare letter is found many times as fast as one after a frequent one."""
    at = -1
    for _ in range(_TRIES):
        at = sheet_xml.find(b"f", at + 1)
        if at < 1:
            return False
        if sheet_xml[at - 1] == _OPENING:
            return True
    return b"<f" in sheet_xml[at:]


def _cells(sheet_xml: bytes) -> Iterator[tuple[tuple[int, int], dict[str, str], bytes]]:
    for match in _CELL.finditer(sheet_xml):
        found = attributes(match.group(1))
        reference = _REFERENCE.match(found.get("r", "").encode())
        if reference is None:
            continue
        column = column_index(reference.group(1).decode())
        if column is not None:
            yield (int(reference.group(2)), column), found, match.group(2) or b""


def sheet_parts(parts: dict[str, bytes]) -> list[bytes]:
    """Return the XML of the sheets in the workbook's order, empty bytes where a part is missing.

    Charts and dialogs have no cells and give empty bytes.
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
        made.append(parts.get(path, b""))
    return made
