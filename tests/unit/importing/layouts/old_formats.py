"""Writers of the kinds of workbook that no library at hand writes: .ods, .xls (BIFF8) and .xlsb, as small as they may be.

A cell is a text, a number, None, an :class:`Shown` error or an :class:`Unworked` formula; a row may be hidden.
"""

import struct
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path


@dataclass(frozen=True)
class Shown:
    """An error that a formula shows ("#N/A")."""

    text: str


@dataclass(frozen=True)
class Unworked:
    """A formula without a stored result, or with the nought that some programs store in its place."""

    nought: bool = False


Cell = str | float | Shown | Unworked | None
Rows = Sequence[Sequence[Cell]]
_HIDDEN = ' table:visibility="collapse"'
ERRORS = {"#DIV/0!": 7, "#VALUE!": 15, "#REF!": 23, "#N/A": 42}


# --- .ods --------------------------------------------------------------------------------------------------


def write_ods(path: Path, rows: Rows, *, hidden: Sequence[int] = ()) -> None:
    names = {
        "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
        "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
        "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
        "calcext": "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0",
    }
    spaces = " ".join(f'xmlns:{short}="{name}"' for short, name in names.items())
    body = "".join(
        f"<table:table-row{_HIDDEN if number in hidden else ''}>"
        + "".join(_ods_cell(cell) for cell in row)
        + "</table:table-row>"
        for number, row in enumerate(rows, start=1)
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces} office:version="1.3"><office:body>'
        f'<office:spreadsheet><table:table table:name="Depot">{body}</table:table></office:spreadsheet>'
        "</office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>'
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", kind)
        archive.writestr("META-INF/manifest.xml", manifest)
        archive.writestr("content.xml", content)


def _ods_cell(cell: Cell) -> str:
    if cell is None:
        return "<table:table-cell/>"
    if isinstance(cell, Unworked):
        return '<table:table-cell table:formula="of:=[.B2]*[.C2]"/>'
    if isinstance(cell, Shown):
        return (
            '<table:table-cell table:formula="of:=X(1)" office:value-type="string" office:string-value=""'
            f' calcext:value-type="error"><text:p>{cell.text}</text:p></table:table-cell>'
        )
    if isinstance(cell, str):
        return f'<table:table-cell office:value-type="string"><text:p>{escape(cell)}</text:p></table:table-cell>'
    return f'<table:table-cell office:value-type="float" office:value="{cell}"><text:p>{cell}</text:p></table:table-cell>'


# --- .xls --------------------------------------------------------------------------------------------------


def write_xls(path: Path, rows: Rows, *, hidden: Sequence[int] = ()) -> None:
    bof = _record(0x809, struct.pack("<HHHHII", 0x600, 5, 0x0DBB, 0x07CC, 0, 6))
    name = b"Depot"
    start = len(bof) + 4 + 8 + len(name) + 4
    sheet = _record(0x85, struct.pack("<IHBB", start, 0, len(name), 0) + name)
    book = bof + sheet + _record(0x0A, b"") + _xls_sheet(rows, hidden)
    path.write_bytes(_container(book.ljust(4096, b"\0")))


def _record(number: int, body: bytes) -> bytes:
    return struct.pack("<HH", number, len(body)) + body


def _xls_sheet(rows: Rows, hidden: Sequence[int]) -> bytes:
    width = max(map(len, rows))
    made = _record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0x0DBB, 0x07CC, 0, 6))
    made += _record(0x200, struct.pack("<IIHHH", 0, len(rows), 0, width, 0))
    for at, row in enumerate(rows):
        flags = 0x100 | (0x20 if at + 1 in hidden else 0)
        made += _record(0x208, struct.pack("<HHHHHHHH", at, 0, len(row), 255, 0, 0, flags, 0))
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            made += _xls_cell(at, column, cell)
    return made + _record(0x0A, b"")


def _xls_cell(row: int, column: int, cell: Cell) -> bytes:
    place = struct.pack("<HHH", row, column, 0)
    if cell is None:
        return b""
    if isinstance(cell, Unworked):
        formula = struct.pack("<H", 3) + b"\x1e\x01\x00"  # =1
        if cell.nought:
            return _record(0x06, place + bytes(8) + struct.pack("<HI", 3, 0) + formula)
        return _record(0x06, place + b"\x03\0\0\0\0\0\xff\xff" + struct.pack("<HI", 3, 0) + formula)
    if isinstance(cell, Shown):
        return _record(0x205, place + bytes([ERRORS[cell.text], 1]))
    if isinstance(cell, str):
        text = cell.encode("utf-16-le")
        return _record(0x204, place + struct.pack("<HB", len(cell), 1) + text)
    return _record(0x203, place + struct.pack("<d", cell))


def _container(book: bytes) -> bytes:
    """Lay one stream into a compound file: header, one allocation sector, one directory sector, the stream."""
    size = 512
    sectors = -(-len(book) // size)
    table = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, 2 + sectors), 0xFFFFFFFE]
    table += [0xFFFFFFFF] * (128 - len(table))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16
    header += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header += struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    directory = _entry("Root Entry", 5, 0xFFFFFFFE, 0, child=1)
    directory += _entry("Workbook", 2, 2, len(book))
    return (
        header
        + struct.pack("<128I", *table)
        + directory.ljust(size, b"\0")
        + book.ljust(sectors * size, b"\0")
    )


def _entry(name: str, kind: int, start: int, size: int, *, child: int = 0xFFFFFFFF) -> bytes:
    text = name.encode("utf-16-le") + b"\0\0"
    made = text.ljust(64, b"\0") + struct.pack("<HBB", len(text), kind, 1)
    made += struct.pack("<III", 0xFFFFFFFF, 0xFFFFFFFF, child) + b"\0" * 36
    return made + struct.pack("<IQ", start, size)


# --- .xlsb -------------------------------------------------------------------------------------------------


def write_xlsb(path: Path, rows: Rows, *, hidden: Sequence[int] = ()) -> None:
    types = (
        '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/>'
        '<Override PartName="/xl/worksheets/sheet1.bin" ContentType="application/vnd.ms-excel.worksheet"/></Types>'
    )
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    book = _number(131) + b"\0" + _number(143) + b"\0"
    book += _part(156, struct.pack("<II", 0, 1) + _wide("rId1") + _wide("Depot"))
    book += _number(144) + b"\0" + _number(132) + b"\0"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", types)
        archive.writestr("_rels/.rels", _relations(f"{office}/officeDocument", "xl/workbook.bin"))
        archive.writestr("xl/workbook.bin", book)
        archive.writestr(
            "xl/_rels/workbook.bin.rels", _relations(f"{office}/worksheet", "worksheets/sheet1.bin")
        )
        archive.writestr("xl/worksheets/sheet1.bin", _xlsb_sheet(rows, hidden))


def _relations(kind: str, target: str) -> str:
    return (
        '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{kind}" Target="{target}"/></Relationships>'
    )


def _number(value: int) -> bytes:
    made = b""
    while value > 0x7F:
        made += bytes([value & 0x7F | 0x80])
        value >>= 7
    return made + bytes([value])


def _part(number: int, body: bytes) -> bytes:
    return _number(number) + _number(len(body)) + body


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def _xlsb_sheet(rows: Rows, hidden: Sequence[int]) -> bytes:
    width = max(map(len, rows))
    made = _number(129) + b"\0" + _part(148, struct.pack("<IIII", 0, len(rows) - 1, 0, width - 1))
    made += _number(145) + b"\0"
    for at, row in enumerate(rows):
        flags = 0x10 if at + 1 in hidden else 0
        made += _part(0, struct.pack("<IIHBBBI", at, 0, 300, 0, flags, 0, 0))
        for column, cell in enumerate(row):
            made += _xlsb_cell(column, cell)
    return made + _number(146) + b"\0" + _number(130) + b"\0"


def _xlsb_cell(column: int, cell: Cell) -> bytes:
    place = struct.pack("<II", column, 0)
    if isinstance(cell, Unworked):
        formula = struct.pack("<I", 3) + b"\x1e\x01\x00" + struct.pack("<I", 0)
        if cell.nought:
            return _part(9, place + bytes(8) + struct.pack("<H", 2) + formula)
        return _part(8, place + struct.pack("<IH", 0, 0) + formula)
    if cell is None:
        return b""
    if isinstance(cell, Shown):
        return _part(3, place + bytes([ERRORS[cell.text]]))
    if isinstance(cell, str):
        return _part(6, place + _wide(cell))
    return _part(5, place + struct.pack("<d", cell))
