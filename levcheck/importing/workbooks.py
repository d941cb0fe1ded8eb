"""Opens a workbook with a value reader and lays what it holds into plain rows, ready to travel as JSON."""

import io
import math
import re
import zipfile
from collections.abc import Iterable
from datetime import date, time, timedelta
from types import MappingProxyType
from typing import Any

from levcheck.domain.diagnostics import Diagnostic, Severity
from levcheck.importing.binary_marks import xls_marks, xlsb_marks
from levcheck.importing.gates import pass_zip_gate
from levcheck.importing.grid import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, Cell, Grid, Row, Sheet
from levcheck.importing.ods_marks import ods_marks
from levcheck.importing.ole import whole_book
from levcheck.importing.refusals import Refusal
from levcheck.importing.sheet_marks import SheetMarks, read_marks, read_styles, sheet_parts
from levcheck.importing.sniffing import ARCHIVE_FAULTS, FileKind

Document = dict[str, Any]

_PLAIN = {str, float, bool}


def parse_workbook(content: bytes, kind: FileKind) -> Document:
    """Return what a workbook holds as a JSON-ready document.

    Args:
        content: the file's bytes.
        kind: what :func:`levcheck.importing.sniffing.sniff` said.

    Returns:
        ``{"sheets": [...], "notices": [[code, values], ...]}``; see :func:`grid_from_document` for the sheets.

    Raises:
        Refusal: the file passes a limit, is encrypted or damaged.
    """
    parts = pass_zip_gate(content) if kind is not FileKind.XLS else {}
    if any(
        b"encryption-data" in body for name, body in parts.items() if name.endswith("manifest.xml")
    ):
        raise Refusal("import.encrypted")
    if kind is FileKind.XLSX:
        content = _with_distinct_sheet_names(content, parts)
    sheets = _read_values(content, parts, kind)
    return {"sheets": sheets, "notices": _notices(content, parts, kind)}


def _read_values(content: bytes, parts: dict[str, bytes], kind: FileKind) -> list[Document]:
    import python_calamine

    try:
        return _open(content, parts, kind)
    except Refusal:
        raise
    except python_calamine.PasswordError as fault:
        raise Refusal("import.encrypted") from fault
    except (python_calamine.CalamineError, MemoryError, RecursionError, *ARCHIVE_FAULTS) as fault:
        raise Refusal("import.damaged") from fault
    except BaseException as fault:
        # A panic of the reader does not descend from Exception; anything else that high is not ours to stop.
        if type(fault).__name__ != "PanicException":
            raise
        raise Refusal("import.damaged") from fault


def _open(content: bytes, parts: dict[str, bytes], kind: FileKind) -> list[Document]:
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    all_marks = _all_marks(content, parts, kind)
    budget = _Budget()
    sheets: list[Document] = []
    for index, info in enumerate(book.sheets_metadata):
        if info.typ != SheetTypeEnum.WorkSheet:
            continue
        marks = all_marks[index] if index < len(all_marks) else SheetMarks()
        sheet = book.get_sheet_by_index(index)
        shown = info.visible == SheetVisibleEnum.Visible
        sheets.append(
            _sheet_document(sheet, _first_name(info.name), marks, budget) | {"hidden": not shown}
        )
    return sheets


def _all_marks(content: bytes, parts: dict[str, bytes], kind: FileKind) -> list[SheetMarks]:
    """Return what stands beside the values of every sheet, in the workbook's order."""
    if kind is FileKind.XLS:
        return xls_marks(whole_book(content))
    if kind is FileKind.XLSB:
        return xlsb_marks(parts)
    if kind is FileKind.ODS:
        return ods_marks(parts.get("content.xml", b""))
    styles = next((body for name, body in parts.items() if name.endswith("styles.xml")), b"")
    formats = read_styles(styles)
    return [read_marks(body, formats) for body in sheet_parts(parts)]


class _Budget:
    """Counts what was read over all sheets and refuses past the limits."""

    def __init__(self) -> None:
        self.rows = 0
        self.cells = 0

    def spend(self, cells: int) -> None:
        self.rows += 1
        self.cells += cells
        if self.rows > MAX_ROWS:
            raise Refusal("import.too_many_rows", limit=MAX_ROWS)
        if self.cells > MAX_CELLS:
            raise Refusal("import.too_many_cells", limit=MAX_CELLS)


def _sheet_document(sheet: Any, name: str, marks: SheetMarks, budget: _Budget) -> Document:
    rows: list[list[Any]] = []
    dates: list[list[int]] = []
    merged = _vertical_merges(sheet)
    failed: dict[int, list[int]] = {}
    for row, column in marks.errors:
        failed.setdefault(row, []).append(column)
    pad = [None] * sheet.start[1] if sheet.start else []
    # The reader gives rows from the first row of the sheet on, but columns from the first filled one.
    for number, raw in enumerate(sheet.iter_rows() if sheet.start else (), start=1):
        cells = pad + _plain_cells(raw, number, len(pad), marks)
        _clear(cells, failed.get(number, ()))
        for column, source in merged.get(number, ()):
            _fill_merged(cells, column, source, rows)
        while cells and cells[-1] is None:
            cells.pop()
        if not cells and number not in failed:
            continue
        if len(cells) > MAX_COLUMNS:
            raise Refusal("import.too_many_columns", limit=MAX_COLUMNS)
        budget.spend(len(cells))
        for column, cell in enumerate(cells):
            if isinstance(cell, date):
                cells[column] = cell.isoformat()[:10]
                dates.append([len(rows), column])
        rows.append([number, cells])
    return {
        "name": name,
        "rows": rows,
        "dates": dates,
        "hidden_rows": sorted(marks.hidden_rows),
        "errors": [[r, c, text] for (r, c), text in sorted(marks.errors.items())],
        "uncached": [[r, c] for r, c in sorted(marks.uncached)],
        "currencies": [[r, c, code] for (r, c), code in marks.currencies.items()],
    }


def _clear(cells: list[Cell], failed: Iterable[int]) -> None:
    """Empty the cells that show an error: for some kinds of file its name comes as if it were text."""
    for column in failed:
        if column < len(cells):
            cells[column] = None


def _plain_cells(raw: list[Any], number: int, shift: int, marks: SheetMarks) -> list[Cell]:
    if not marks.padded and set(map(type, raw)) <= _PLAIN:
        return [
            None if value.__class__ is str and (not value or value.isspace()) else value
            for value in raw
        ]
    cells: list[Cell] = []
    for index, value in enumerate(raw):
        if value == "" or (value.__class__ is str and value.isspace()):
            cells.append(None)
        elif isinstance(value, float):
            cells.append(_number(value, (number, index + shift), marks))
        elif isinstance(value, int) and not isinstance(value, bool):
            cells.append(_number(float(value), (number, index + shift), marks))
        elif isinstance(value, str | bool | date):
            cells.append(value)
        elif isinstance(value, time | timedelta):
            cells.append(str(value))
        else:
            cells.append(None)
    return cells


def _number(value: float, place: tuple[int, int], marks: SheetMarks) -> Cell:
    if not math.isfinite(value):
        marks.errors[place] = str(value)
        return None
    if marks.padded and (width := marks.padded.get(place)) and value.is_integer() and value >= 0:
        return f"{int(value):0{width}d}"
    return value


def _vertical_merges(sheet: Any) -> dict[int, list[tuple[int, tuple[int, int]]]]:
    """Return row number → [(column, top-left cell)] for merged ranges that span several rows."""
    ranges = sheet.merged_cell_ranges or ()
    made: dict[int, list[tuple[int, tuple[int, int]]]] = {}
    for (top, left), (bottom, _right) in ranges:
        # A title merged over hundreds of rows is decoration; a group label covers a handful.
        for row in range(top + 1, min(bottom, top + 500) + 1):
            made.setdefault(row + 1, []).append((left, (top + 1, left)))
    return made


def _fill_merged(
    cells: list[Cell],
    column: int,
    source: tuple[int, int],
    rows: list[list[Any]],
) -> None:
    """Give a cell of a merged range the text of its top-left cell; figures stay where they are, so none counts twice."""
    for number, above in reversed(rows):
        if number < source[0]:
            return
        if number == source[0]:
            text = above[column] if column < len(above) else None
            if isinstance(text, str) and any(cell is not None for cell in cells):
                cells.extend([None] * (column + 1 - len(cells)))
                if cells[column] is None:
                    cells[column] = text
            return


def _first_name(name: str) -> str:
    """Return the sheet's own name where a number was added to part two sheets of one name."""
    return name.split("\u200b", 1)[0]


def _with_distinct_sheet_names(content: bytes, parts: dict[str, bytes]) -> bytes:
    """Return the workbook with a mark after each repeated sheet name.

    The value reader finds sheets by name, so of two sheets with one name it would give the first one twice.
    """
    name = next((n for n in parts if n.lower().endswith("workbook.xml")), None)
    if name is None:
        return content
    names = re.findall(rb'<(?:\w+:)?sheet\b[^>]*?\bname="([^"]*)"', parts[name])
    if len(set(names)) == len(names):
        return content
    counter = iter(range(len(names)))

    def renamed(match: "re.Match[bytes]") -> bytes:
        return match.group(1) + match.group(2) + b"\xe2\x80\x8b%d" % next(counter) + match.group(3)

    body = re.sub(rb'(<(?:\w+:)?sheet\b[^>]*?\bname=")([^"]*)(")', renamed, parts[name])
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w") as new:
        for entry in old.infolist():
            new.writestr(entry.filename, body if entry.filename == name else old.read(entry))
    return made.getvalue()


def _notices(content: bytes, parts: dict[str, bytes], kind: FileKind) -> list[list[Any]]:
    made: list[list[Any]] = []
    if b"vbaProject.bin" in content or (
        kind is FileKind.XLS and "_VBA_PROJECT".encode("utf-16-le") in content
    ):
        made.append(["import.macros_ignored", {}])
    external = any("externallinks/" in name.lower() for name in parts)
    links = any(b"ddeLink" in body for body in parts.values())
    connections = any(name.lower().endswith(("connections.xml",)) for name in parts)
    if external or links or connections:
        made.append(["import.links_ignored", {}])
    return made


def grid_from_document(document: Document) -> Grid:
    """Return the grid of a document that :func:`parse_workbook` made, here or in another process."""
    notices = tuple(
        Diagnostic(code, Severity.INFO, None, MappingProxyType(values))
        for code, values in document["notices"]
    )
    return Grid(tuple(_sheet_from(sheet) for sheet in document["sheets"]), notices)


def _sheet_from(sheet: Document) -> Sheet:
    for row, column in sheet["dates"]:
        cells = sheet["rows"][row][1]
        cells[column] = date.fromisoformat(cells[column])
    return Sheet(
        name=sheet["name"],
        rows=tuple(Row(number, tuple(cells)) for number, cells in sheet["rows"]),
        hidden=sheet["hidden"],
        hidden_rows=frozenset(sheet["hidden_rows"]),
        errors={(r, c): text for r, c, text in sheet["errors"]},
        uncached=frozenset((r, c) for r, c in sheet["uncached"]),
        currencies={(r, c): code for r, c, code in sheet["currencies"]},
    )
