"""Error cells, formulas without a result and hidden rows of the two binary kinds of workbook.

Records are walked as [MS-XLS] 2.4 and [MS-XLSB] 2.4 lay them out; whatever does not fit ends the walk and tells nothing,
for the values themselves come from another reader.
"""

import re
import struct
from collections.abc import Iterator

from levcheck.importing.sheet_marks import SheetMarks, attributes

_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}  # fmt: skip
_FAULTS = (struct.error, IndexError, ValueError, OverflowError)

# [MS-XLS] record numbers
_BOF, _EOF, _BOUNDSHEET, _ROW, _BOOLERR, _FORMULA = 0x809, 0x0A, 0x85, 0x208, 0x205, 0x06
# [MS-XLSB] record numbers
_ROW_HEADER, _CELL_ERROR, _FORMULA_ERROR, _BUNDLE_SHEET = 0, 3, 11, 156
_FORMULA_TEXT, _FORMULA_NUMBER, _ALWAYS_CALCULATE = 8, 9, 0x02
_CALCULATE_ON_LOAD = 0x02


def xls_marks(book: bytes) -> list[SheetMarks]:
    """Return what stands beside the values of every sheet of a BIFF8 workbook stream, in its order."""
    starts: list[int] = []
    try:
        for record, body in _xls_records(book, 0):
            if record == _BOUNDSHEET:
                starts.append(struct.unpack_from("<I", body)[0])
            elif record == _EOF:
                break
    except _FAULTS:
        return []
    return [_xls_sheet(book, start) for start in starts]


def _xls_records(book: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    while start + 4 <= len(book):
        record, length = struct.unpack_from("<HH", book, start)
        yield record, book[start + 4 : start + 4 + length]
        start += 4 + length


def _xls_sheet(book: bytes, start: int) -> SheetMarks:
    marks = SheetMarks()
    depth = 0
    try:
        for record, body in _xls_records(book, start):
            # A chart lies inside its sheet between marks of its own.
            depth += (record == _BOF) - (record == _EOF)
            if depth == 0:
                break
            if depth == 1:
                _note_xls(marks, record, body)
    except _FAULTS:
        return marks
    return marks


def _note_xls(marks: SheetMarks, record: int, body: bytes) -> None:
    if record == _ROW:
        row, flags = struct.unpack_from("<H", body)[0], struct.unpack_from("<H", body, 12)[0]
        if flags & 0x20:
            marks.hidden_rows.add(row + 1)
    elif record == _BOOLERR and body[7]:
        row, column = struct.unpack_from("<HH", body)
        marks.errors[row + 1, column] = _ERRORS.get(body[6], "#ERROR")
    elif record == _FORMULA and body[6:14] == bytes(8) and body[14] & _CALCULATE_ON_LOAD:
        # Nought, to be worked out on opening: what programs store that work out nothing.
        row, column = struct.unpack_from("<HH", body)
        marks.uncached.add((row + 1, column))
    elif record == _FORMULA and body[12:14] == b"\xff\xff":
        row, column = struct.unpack_from("<HH", body)
        if body[6] == 2:
            marks.errors[row + 1, column] = _ERRORS.get(body[8], "#ERROR")
        elif body[6] == 3:
            # An empty text is what programs store that never worked the formula out.
            marks.uncached.add((row + 1, column))


def xlsb_marks(parts: dict[str, bytes]) -> list[SheetMarks]:
    """Return what stands beside the values of every sheet of a .xlsb, in the workbook's order."""
    book = next((n for n in parts if n.lower().endswith("workbook.bin")), None)
    if book is None:
        return []
    folder = book.rpartition("/")[0]
    targets = _targets(parts.get(f"{folder}/_rels/workbook.bin.rels", b""))
    made: list[SheetMarks] = []
    for record, body in _xlsb_records(parts[book]):
        if record == _BUNDLE_SHEET:
            target = targets.get(_wide_text(body, 8), "")
            path = target.lstrip("/") if target.startswith("/") else f"{folder}/{target}"
            made.append(_xlsb_sheet(parts.get(path, b"")))
    return made


def _targets(relations: bytes) -> dict[str, str]:
    tags = re.findall(rb"<(?:\w+:)?Relationship\b[^>]*>", relations)
    found = [attributes(tag) for tag in tags]
    return {one.get("Id", ""): one.get("Target", "") for one in found}


def _wide_text(body: bytes, start: int) -> str:
    try:
        (count,) = struct.unpack_from("<I", body, start)
    except struct.error:
        return ""
    return body[start + 4 : start + 4 + 2 * min(count, 255)].decode("utf-16-le", "replace")


def _xlsb_records(part: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at < len(part):
        record, at = _number(part, at, 2)
        length, at = _number(part, at, 4)
        yield record, part[at : at + length]
        at += length


def _number(part: bytes, at: int, most: int) -> tuple[int, int]:
    """Return a number of seven bits a byte, and where it ends."""
    value = 0
    for shift in range(most):
        if at >= len(part):
            break
        value |= (part[at] & 0x7F) << (7 * shift)
        at += 1
        if not part[at - 1] & 0x80:
            break
    return value, at


def _is_not_worked_out(record: int, body: bytes) -> bool:
    """Whether a formula stores nought that is to be worked out, or an empty text."""
    if record == _FORMULA_NUMBER:
        return body[8:16] == bytes(8) and bool(body[16] & _ALWAYS_CALCULATE)
    return record == _FORMULA_TEXT and body[8:12] == bytes(4)


def _xlsb_sheet(part: bytes) -> SheetMarks:
    marks = SheetMarks()
    row = 0
    try:
        for record, body in _xlsb_records(part):
            if record == _ROW_HEADER:
                row = struct.unpack_from("<I", body)[0] + 1
                if body[11] & 0x10:
                    marks.hidden_rows.add(row)
            elif record in (_CELL_ERROR, _FORMULA_ERROR):
                column = struct.unpack_from("<I", body)[0]
                marks.errors[row, column] = _ERRORS.get(body[8], "#ERROR")
            elif _is_not_worked_out(record, body):
                marks.uncached.add((row, struct.unpack_from("<I", body)[0]))
    except _FAULTS:
        return marks
    return marks
