"""Limits that a file must pass before any parser sees it."""

import io
import re
import zipfile

from levcheck.importing.refusals import Refusal
from levcheck.importing.sniffing import ARCHIVE_FAULTS

MAX_FILE_BYTES = 50 * 2**20
MAX_ROWS = 200_000
MAX_CELLS = 2_000_000
MAX_COLUMNS = 1_024
MAX_ENTRIES = 1_000
MAX_UNPACKED_BYTES = 200 * 2**20
# Formatted empty rows ("format whole column") pack 400 to 1 in honest files of 30 MiB, so the ratio speaks only above.
MAX_RATIO = 100
RATIO_FROM_BYTES = 40 * 2**20
_CHUNK = 1 << 20

_DOCTYPES = (b"<!DOCTYPE",)
# Text in 16 bits a letter shows an empty byte at once.
_WIDE_DOCTYPES = tuple("<!DOCTYPE".encode(codec) for codec in ("utf-8", "utf-16-le", "utf-16-be"))
_XML_ENDINGS = (".xml", ".rels", ".vml", ".xhtml")


def pass_zip_gate(content: bytes) -> dict[str, bytes]:
    """Unpack the XML parts of a zip under the limits of size, count, ratio and document type.

    Declared sizes are refused before a byte is unpacked; because they may lie, unpacked bytes are counted as well.

    Returns:
        Part name → bytes of every XML part and of the sheets of a .xlsb (other parts are counted only).

    Raises:
        Refusal: a limit is passed, a part declares a document type, or the archive is damaged.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _unpack(archive)
    except Refusal:
        raise
    except ARCHIVE_FAULTS as fault:
        raise Refusal("import.damaged") from fault


def _unpack(archive: zipfile.ZipFile) -> dict[str, bytes]:
    entries = archive.infolist()
    if len(entries) > MAX_ENTRIES:
        raise Refusal("import.too_many_parts", limit=MAX_ENTRIES)
    if any(entry.flag_bits & 1 for entry in entries):
        raise Refusal("import.encrypted")
    _check_sizes([(e.file_size, e.compress_size, e.filename) for e in entries])
    parts: dict[str, bytes] = {}
    left = MAX_UNPACKED_BYTES
    for entry in entries:
        name = entry.filename.lower()
        cells = name.endswith("workbook.bin") or ("worksheets/" in name and name.endswith(".bin"))
        wanted = name.endswith(_XML_ENDINGS) or name == "mimetype" or cells
        body, counted = _count(archive, entry, left, keep=wanted)
        left -= counted
        if wanted:
            if not cells and _declares_type(body):
                raise Refusal("import.document_type")
            parts[entry.filename] = body
    return parts


def _declares_type(body: bytes) -> bool:
    """Whether a part declares a document type, in either encoding XML must be written in."""
    marks = _WIDE_DOCTYPES if b"\x00" in body[:8] else _DOCTYPES
    return any(mark in body for mark in marks) or bool(
        re.search(rb"<!doctype", body[:4096], re.IGNORECASE)
    )


def _check_sizes(sizes: list[tuple[int, int, str]]) -> None:
    if sum(size for size, _, _ in sizes) > MAX_UNPACKED_BYTES:
        raise Refusal("import.unpacks_too_large", limit=MAX_UNPACKED_BYTES // 2**20)
    for size, packed, _ in sizes:
        if size > RATIO_FROM_BYTES and size > MAX_RATIO * max(packed, 1):
            raise Refusal("import.unpacks_too_large", limit=MAX_UNPACKED_BYTES // 2**20)


def _count(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int, *, keep: bool
) -> tuple[bytes, int]:
    chunks: list[bytes] = []
    counted = 0
    with archive.open(entry) as stream:
        while chunk := stream.read(_CHUNK):
            counted += len(chunk)
            if counted > left:
                raise Refusal("import.unpacks_too_large", limit=MAX_UNPACKED_BYTES // 2**20)
            if keep:
                chunks.append(chunk)
    return b"".join(chunks), counted
