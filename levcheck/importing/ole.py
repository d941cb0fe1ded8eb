"""A check of the old binary container (.xls) that follows every sector chain with a bound.

A file of one kilobyte whose chain loops makes readers ask for memory until the process is killed, so the chains are
walked here first. Layout: Microsoft [MS-CFB], sections 2.2 to 2.6.
"""

import struct

from levcheck.importing.refusals import Refusal

_END = 0xFFFFFFFE
_FIRST_SPECIAL = 0xFFFFFFFA
_ENTRY = 128


def ole_stream_names(content: bytes) -> list[str]:
    """Return the names in the container's directory, all chains checked.

    Raises:
        Refusal: the container is cut off, or a chain loops or leaves the file.
    """
    try:
        return _Container(content).names()
    except (struct.error, IndexError, ValueError, OverflowError) as fault:
        raise Refusal("import.damaged") from fault


def is_encrypted_book(content: bytes) -> bool:
    """Whether a .xls carries the record that announces encryption (FILEPASS, [MS-XLS] 2.4.117) in its globals."""
    try:
        head = _Container(content).book_head()
        offset = 0
        while offset + 4 <= len(head):
            record, length = struct.unpack_from("<HH", head, offset)
            if record == 0x2F:
                return True
            if record == 0x0A or (offset and record == 0):
                return False
            offset += 4 + length
    except (struct.error, IndexError, ValueError, OverflowError):
        return False
    return False


def whole_book(content: bytes) -> bytes:
    """Return the workbook stream of a .xls, empty when it cannot be followed."""
    try:
        return _Container(content).book()
    except (Refusal, struct.error, IndexError, ValueError, OverflowError):
        return b""


class _Container:
    def __init__(self, content: bytes) -> None:
        self.content = content
        shift, mini_shift = struct.unpack_from("<HH", content, 30)
        if shift not in (9, 12) or mini_shift > shift:
            raise Refusal("import.damaged")
        self.size = 1 << shift
        self.sectors = max(0, -(-len(content) // self.size) - 1)
        (self.directory, self.cutoff, self.mini, self.difat) = (
            *struct.unpack_from("<I", content, 48),
            *struct.unpack_from("<I", content, 56),
            *struct.unpack_from("<I", content, 60),
            *struct.unpack_from("<I", content, 68),
        )
        self.table = self._allocation_table()

    def _sector(self, number: int) -> bytes:
        if number >= self.sectors:
            raise Refusal("import.damaged")
        start = (number + 1) * self.size
        return self.content[start : start + self.size]

    def _allocation_table(self) -> list[int]:
        parts = [n for n in struct.unpack_from("<109I", self.content, 76) if n < _FIRST_SPECIAL]
        seen: set[int] = set()
        following = self.difat
        per_sector = self.size // 4 - 1
        while following < _FIRST_SPECIAL:
            if following in seen:
                raise Refusal("import.damaged")
            seen.add(following)
            numbers = struct.unpack_from(f"<{per_sector + 1}I", self._sector(following), 0)
            parts += [n for n in numbers[:-1] if n < _FIRST_SPECIAL]
            following = numbers[-1]
        if len(set(parts)) != len(parts):
            raise Refusal("import.damaged")
        table: list[int] = []
        for number in parts:
            raw = self._sector(number)
            table += struct.unpack(f"<{len(raw) // 4}I", raw[: len(raw) // 4 * 4])
        return table

    def _chain(self, start: int) -> list[int]:
        chain: list[int] = []
        seen: set[int] = set()
        while start < _FIRST_SPECIAL:
            if start in seen or start >= len(self.table) or start >= self.sectors:
                raise Refusal("import.damaged")
            seen.add(start)
            chain.append(start)
            start = self.table[start]
        return chain

    def book_head(self) -> bytes:
        """Return the first sectors of the workbook stream, empty when it lies in the small-stream area."""
        return self.book(16)

    def book(self, most: int | None = None) -> bytes:
        """Return the workbook stream, or its first sectors; empty when it lies in the small-stream area."""
        directory = b"".join(self._sector(number) for number in self._chain(self.directory))
        for offset in range(0, len(directory) - _ENTRY + 1, _ENTRY):
            length, _ = struct.unpack_from("<HB", directory, offset + 64)
            name = directory[offset : offset + max(0, min(length, 64) - 2)].decode(
                "utf-16-le", "replace"
            )
            start, size = struct.unpack_from("<II", directory, offset + 116)
            if name.lower() in ("workbook", "book") and size >= self.cutoff:
                return b"".join(self._sector(number) for number in self._chain(start)[:most])
        return b""

    def names(self) -> list[str]:
        directory = b"".join(self._sector(number) for number in self._chain(self.directory))
        self._chain(self.mini)
        found: list[str] = []
        for offset in range(0, len(directory) - _ENTRY + 1, _ENTRY):
            length, kind = struct.unpack_from("<HB", directory, offset + 64)
            if kind not in (1, 2, 5):
                continue
            raw = directory[offset : offset + max(0, min(length, 64) - 2)]
            name = raw.decode("utf-16-le", "replace")
            start, size = struct.unpack_from("<II", directory, offset + 116)
            if kind == 5 or (kind == 2 and size >= self.cutoff):
                self._chain(start if size else _END)
            found.append(name)
        return found
