"""Opens a workbook with a value reader and lays what it holds into plain columns, ready to travel."""

import io
import re
import zipfile
from typing import Final

from levcheck.domain.collector import without_collections
from levcheck.importing.gates import Watcher, nobody, pass_zip_gate, unpacked
from levcheck.importing.parsed import ParsedBook, ParsedSheet
from levcheck.importing.refusals import Refusal
from levcheck.importing.sheet_columns import Budget, read_sheet
from levcheck.importing.sheet_marks import (
    SheetMarks,
    SheetSigns,
    between_rows,
    read_marks,
    read_styles,
    sheet_names,
    signs_of,
)
from levcheck.importing.sniffing import ARCHIVE_FAULTS, FileKind

# Names of parts stand in an archive as they are; what is inside of them does not.
_PACKED_MACROS: Final = (b"vbaProject.bin", b"/macrosheets/")
_MACROS: Final = {
    FileKind.XLSX: _PACKED_MACROS,
    FileKind.XLSB: _PACKED_MACROS,
    FileKind.ODS: (b"Basic/", b"Scripts/"),
    FileKind.XLS: ("_VBA_PROJECT".encode("utf-16-le"),),
}
_LINKS: Final = (b"/externalLinks/", b"/connections.", b"/queryTables/")
_LINK: Final = re.compile(rb"ddeLink|<table:dde-link|<table:table-source|<table:cell-range-source")
_OBJECTS: Final = (b"/embeddings/", b"/activeX/")


def parse_workbook(content: bytes, kind: FileKind) -> ParsedBook:
    """Return what a workbook holds.

    Args:
        content: the file's bytes.
        kind: what :func:`levcheck.importing.sniffing.sniff` said.

    Raises:
        Refusal: the file passes a limit, is encrypted or damaged.
    """
    book = _Packed(content, kind)
    if any(
        b"encryption-data" in body
        for name, body in book.parts.items()
        if name.endswith("manifest.xml")
    ):
        raise Refusal("import.encrypted")
    if kind is FileKind.XLSX:
        book.content = _with_distinct_sheet_names(content, book.parts)
    with without_collections():
        sheets = _read_values(book)
    return ParsedBook(sheets, _notices(content, book.parts, kind))


class _Packed:
    """A workbook behind the gate.

    Attributes:
        content: its bytes.
        kind: what it is.
        parts: its parts, but for those that are long and only the value reader needs.
        signs: what was seen of each sheet of a .xlsx while it went by.
    """

    __slots__ = ("content", "kind", "parts", "signs")

    def __init__(self, content: bytes, kind: FileKind) -> None:
        self.content = content
        self.kind = kind
        self.signs: dict[str, SheetSigns] = {}
        watcher = self._watcher if kind is FileKind.XLSX else nobody
        self.parts = pass_zip_gate(content, watcher) if kind is not FileKind.XLS else {}

    def _watcher(self, name: str) -> Watcher | None:
        lower = name.lower()
        if "worksheets/" in lower and lower.endswith(".xml"):
            self.signs[name] = SheetSigns()
            return self.signs[name]
        return _forget if lower.endswith("sharedstrings.xml") else None


def _forget(_chunk: bytes) -> None:
    """Keep nothing: only the value reader needs this part."""


def _read_values(book: _Packed) -> list[ParsedSheet]:
    import python_calamine

    try:
        return _open(book)
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


def _open(packed: _Packed) -> list[ParsedSheet]:
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    if packed.kind is FileKind.ODS:
        from levcheck.importing.ods_marks import check_well_formed

        # The value reader turns in circles for ever behind a tag that is never closed.
        check_well_formed(packed.parts.get("content.xml", b""))
    book = CalamineWorkbook.from_filelike(io.BytesIO(packed.content))
    all_marks = _all_marks(packed)
    budget = Budget()
    sheets: list[ParsedSheet] = []
    for index, info in enumerate(book.sheets_metadata):
        if info.typ != SheetTypeEnum.WorkSheet:
            continue
        marks = all_marks[index] if index < len(all_marks) else SheetMarks()
        sheet = book.get_sheet_by_index(index)
        shown = info.visible == SheetVisibleEnum.Visible
        sheets.append(read_sheet(sheet, _first_name(info.name), marks, budget, hidden=not shown))
    return sheets


def _all_marks(packed: _Packed) -> list[SheetMarks]:
    """Return what stands beside the values of every sheet, in the workbook's order."""
    parts = packed.parts
    # Each kind's own reader is loaded for that kind only: this runs in a process that starts anew for every file.
    if packed.kind is FileKind.XLS:
        from levcheck.importing.binary_marks import xls_marks
        from levcheck.importing.ole import whole_book

        return xls_marks(whole_book(packed.content))
    if packed.kind is FileKind.XLSB:
        from levcheck.importing.binary_marks import xlsb_marks

        return xlsb_marks(parts)
    if packed.kind is FileKind.ODS:
        from levcheck.importing.ods_marks import ods_marks

        return ods_marks(parts.get("content.xml", b""))
    formats = read_styles(
        next((body for name, body in parts.items() if name.endswith("styles.xml")), b"")
    )
    with zipfile.ZipFile(io.BytesIO(packed.content)) as archive:
        return [
            read_marks(between_rows(unpacked(archive, name)), packed.signs[name], formats)
            if name in packed.signs
            else read_marks([parts.get(name, b"")], signs_of(parts.get(name, b"")), formats)
            for name in sheet_names(parts)
        ]


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


def _notices(
    content: bytes, parts: dict[str, bytes], kind: FileKind
) -> list[tuple[str, dict[str, str]]]:
    """Return what stands in a workbook beside its values, was not followed, and has to be told."""
    told = {
        "import.macros_ignored": any(mark in content for mark in _MACROS[kind]),
        "import.links_ignored": any(mark in content for mark in _LINKS)
        # Sheets name such links by number only; the links themselves are parts of their own.
        or any(_LINK.search(body) for name, body in parts.items() if "worksheets/" not in name),
        "import.objects_ignored": any(mark in content for mark in _OBJECTS),
    }
    return [(code, {}) for code, is_there in told.items() if is_there]
