"""Limits that a file must pass before any parser sees it."""

import io
import re
import zipfile
from collections.abc import Callable, Iterator

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
# Little enough to stay near the processor while it is looked through.
_CHUNK = 1 << 17

_DOCTYPES = (b"<!DOCTYPE",)
# Text in 16 bits a letter shows an empty byte at once.
_WIDE_DOCTYPES = tuple("<!DOCTYPE".encode(codec) for codec in ("utf-8", "utf-16-le", "utf-16-be"))
_LONGEST_DOCTYPE = 18
_TOP = 4_096
_XML_ENDINGS = (".xml", ".rels", ".vml", ".xhtml")

Watcher = Callable[[bytes], None]
"""Is shown a part chunk by chunk, in order."""


def nobody(_name: str) -> Watcher | None:
    """Watch no part."""
    return None


def pass_zip_gate(
    content: bytes, watcher: Callable[[str], Watcher | None] = nobody
) -> dict[str, bytes]:
    """Unpack the XML parts of a zip under the limits of size, count, ratio and document type.

    Declared sizes are refused before a byte is unpacked; because they may lie, unpacked bytes are counted as well.

    Args:
        content: the zip.
        watcher: who is shown the part of a name while it is unpacked. A part that is watched is not kept: the text of a
            long sheet is the largest thing a workbook would hold in memory.

    Returns:
        Part name → bytes of every XML part and of the sheets of a .xlsb (other parts are counted only).

    Raises:
        Refusal: a limit is passed, a part declares a document type, or the archive is damaged.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _unpack(archive, watcher)
    except Refusal:
        raise
    except ARCHIVE_FAULTS as fault:
        raise Refusal("import.damaged") from fault


def _unpack(archive: zipfile.ZipFile, watcher: Callable[[str], Watcher | None]) -> dict[str, bytes]:
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
        as_xml = name.endswith(_XML_ENDINGS) or name == "mimetype"
        kept: list[bytes] = []
        shown: list[Watcher] = [_NoDocumentType()] if as_xml and not cells else []
        watching = watcher(entry.filename) if as_xml else None
        if watching is not None:
            shown.append(watching)
        elif as_xml or cells:
            shown.append(kept.append)
            parts[entry.filename] = b""
        left -= _count(archive, entry, left, shown)
        if kept:
            parts[entry.filename] = b"".join(kept)
    return parts


class _NoDocumentType:
    """Refuses a part that declares a document type, in either encoding XML must be written in."""

    def __init__(self) -> None:
        self.marks: tuple[bytes, ...] = ()
        self.top = b""
        self.seam = b""

    def __call__(self, chunk: bytes) -> None:
        """Look at the next chunk.

        Raises:
            Refusal: it declares a document type.
        """
        if not self.marks:
            self.marks = _WIDE_DOCTYPES if b"\x00" in chunk[:8] else _DOCTYPES
        seam = self.seam + chunk[:_LONGEST_DOCTYPE]
        # One rare letter is found many times as fast as a word.
        found = b"!" in chunk and any(mark in chunk for mark in self.marks)
        if found or any(mark in seam for mark in self.marks):
            raise Refusal("import.document_type")
        self.seam = (self.seam + chunk[-_LONGEST_DOCTYPE:])[-_LONGEST_DOCTYPE:]
        if len(self.top) < _TOP:
            self.top += chunk[: _TOP - len(self.top)]
            if re.search(rb"<!doctype", self.top, re.IGNORECASE):
                raise Refusal("import.document_type")


def _check_sizes(sizes: list[tuple[int, int, str]]) -> None:
    if sum(size for size, _, _ in sizes) > MAX_UNPACKED_BYTES:
        raise Refusal("import.unpacks_too_large", limit=MAX_UNPACKED_BYTES // 2**20)
    for size, packed, _ in sizes:
        if size > RATIO_FROM_BYTES and size > MAX_RATIO * max(packed, 1):
            raise Refusal("import.unpacks_too_large", limit=MAX_UNPACKED_BYTES // 2**20)


def _count(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int, shown: list[Watcher]
) -> int:
    counted = 0
    for chunk in unpacked(archive, entry):
        counted += len(chunk)
        if counted > left:
            raise Refusal("import.unpacks_too_large", limit=MAX_UNPACKED_BYTES // 2**20)
        for watcher in shown:
            watcher(chunk)
    return counted


def unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo | str) -> Iterator[bytes]:
    """Unpack a part chunk by chunk."""
    with archive.open(entry) as stream:
        while chunk := stream.read(_CHUNK):
            yield chunk
