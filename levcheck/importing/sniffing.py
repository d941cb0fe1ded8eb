"""What a file is, by its first bytes and the names inside it, never by its ending."""

import io
import struct
import zipfile
import zlib
from enum import StrEnum

from levcheck.importing.refusals import Refusal

OLE_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class FileKind(StrEnum):
    """What the bytes are."""

    XLSX = "xlsx"
    XLSB = "xlsb"
    ODS = "ods"
    XLS = "xls"
    TEXT = "text"
    HTML = "html"


# What opening a damaged archive may raise, whichever part is damaged.
ARCHIVE_FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    OSError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    KeyError,
    IndexError,
    OverflowError,
)


def sniff(content: bytes) -> FileKind:
    """Return what a file is.

    Raises:
        Refusal: it is empty, or something that holds no table (PDF, Word, picture), or encrypted.
    """
    if not content.strip(b"\x00 \t\r\n"):
        raise Refusal("import.empty_file")
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _sniff_zip(content)
    if content.startswith(OLE_SIGNATURE):
        return _sniff_ole(content)
    _refuse_by_signature(content)
    head = content[:4096].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").replace(b"\x00", b"").lower()
    if head.startswith((b"<!doctype html", b"<html", b"<table", b"<head", b"<body")) or (
        head.startswith(b"<") and (b"<table" in head or b"<html" in head)
    ):
        return FileKind.HTML
    if head.startswith((b"<?xml", b"<!doctype")):
        raise Refusal(
            "import.xml_spreadsheet" if b"spreadsheet" in head else "import.other_format",
            what="XML",
        )
    return FileKind.TEXT


_SIGNATURES: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF", "import.pdf", "PDF"),
    (b"{\\rtf", "import.word", "RTF"),
    (b"\x89PNG", "import.picture", "PNG"),
    (b"\xff\xd8\xff", "import.picture", "JPEG"),
    (b"GIF8", "import.picture", "GIF"),
    (b"PAR1", "import.other_format", "Parquet"),
    (b"SQLite format 3", "import.other_format", "SQLite"),
    (b"\x1f\x8b", "import.other_format", "gzip"),
    (b"7z\xbc\xaf", "import.other_format", "7-Zip"),
    (b"Rar!", "import.other_format", "RAR"),
    (b"\x7fELF", "import.other_format", "program"),
    (b"MZ\x90", "import.other_format", "program"),
    (b"\x09\x00\x04\x00", "import.old_excel", "Excel 2"),
    (b"\x09\x02\x06\x00", "import.old_excel", "Excel 3"),
    (b"\x09\x04\x06\x00", "import.old_excel", "Excel 4"),
)


def _refuse_by_signature(content: bytes) -> None:
    for signature, code, what in _SIGNATURES:
        if content.startswith(signature):
            raise Refusal(code, what=what)
    if b"%PDF-" in content[:1024]:
        raise Refusal("import.pdf", what="PDF")
    if (
        content.lstrip()[:1] == b"{"
        and b'"format"' in content[:4096]
        and b"levcheck" in content[:4096]
    ):
        raise Refusal("import.is_session")


def _sniff_zip(content: bytes) -> FileKind:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            types = _content_types(archive, names)
    except zipfile.BadZipFile as fault:
        raise Refusal("import.truncated") from fault
    except ARCHIVE_FAULTS as fault:
        raise Refusal("import.damaged") from fault
    return _kind_of_members(names, types)


def _content_types(archive: zipfile.ZipFile, names: set[str]) -> str:
    for name in ("[Content_Types].xml", "mimetype"):
        if name in names and archive.getinfo(name).file_size < 1_000_000:
            return archive.read(name)[:200_000].decode("utf-8", "replace")
    return ""


def _kind_of_members(names: set[str], types: str) -> FileKind:
    lowered = {name.lower().replace("\\", "/") for name in names}
    if "xl/workbook.bin" in lowered:
        return FileKind.XLSB
    if "xl/workbook.xml" in lowered or "sheet.main+xml" in types:
        return FileKind.XLSX
    if "opendocument.spreadsheet" in types or (
        "content.xml" in lowered and "opendocument" not in types
    ):
        return FileKind.ODS
    if any(name.startswith("word/") for name in lowered) or "opendocument.text" in types:
        raise Refusal("import.word", what="Word")
    if any(name.startswith("ppt/") for name in lowered):
        raise Refusal("import.other_format", what="PowerPoint")
    if any(name.endswith(".iwa") for name in lowered):
        raise Refusal("import.numbers_app")
    if any(name.endswith((".csv", ".xlsx", ".xls")) for name in lowered):
        raise Refusal("import.zip_with_files")
    raise Refusal("import.not_a_workbook")


def _sniff_ole(content: bytes) -> FileKind:
    from levcheck.importing.ole import is_encrypted_book, ole_stream_names

    names = {name.lower() for name in ole_stream_names(content)}
    if "encryptedpackage" in names or "encryptioninfo" in names:
        raise Refusal("import.encrypted")
    if names & {"workbook", "book"}:
        if is_encrypted_book(content):
            raise Refusal("import.encrypted")
        return FileKind.XLS
    if "worddocument" in names:
        raise Refusal("import.word", what="Word")
    if "powerpoint document" in names:
        raise Refusal("import.other_format", what="PowerPoint")
    raise Refusal("import.not_a_workbook")
