"""Text with separators: its encoding, its separator, its lines, each with the number an editor shows."""

import csv
import re
from collections import Counter
from types import MappingProxyType

from levcheck.domain.diagnostics import Diagnostic, Place, Severity
from levcheck.importing.gates import MAX_CELLS, MAX_COLUMNS, MAX_ROWS
from levcheck.importing.grid import Grid, Row, Sheet
from levcheck.importing.pulses import Pulse, go_on
from levcheck.importing.refusals import Refusal
from levcheck.importing.synonyms import is_known_header

_CANDIDATES = ("cp949", "cp932", "gb18030", "big5", "cp1252", "cp1255", "cp1250", "latin-1")
_DELIMITERS = (",", ";", "\t", "|")
_SAMPLE_LINES = 80
_SAMPLE_BYTES = 60_000
_LONGEST_FIELD_LINES = 20

_HANGUL = re.compile("[가-힣]")
_KANA = re.compile("[ぁ-んァ-ヶー]")
_HAN = re.compile("[一-鿿]")
_HEBREW = re.compile("[א-ת]")
_WESTERN = re.compile("[äöüÄÖÜßéèêëàâáãçñóòôõíìîïúùûøåæœÉÈÀÁÇÑÓÍÚ€£§°´–’]")
_INSIDE_A_WORD = re.compile('(?<=[א-ת])"(?=[א-ת](?![א-ת]))')
_ODD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ue000-\uf8ff\ufffd｡-ﾟ\u0250-\u02ff]")


def read_text(content: bytes, name: str, pulse: Pulse = go_on) -> Grid:
    """Return the rows of a text file.

    Args:
        content: its bytes.
        name: file name, for the places of what is reported.
        pulse: called every few thousand lines; it raises when the user has cancelled.

    Raises:
        Refusal: more rows or cells than the limits allow.
    """
    text = decode(content)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    start, delimiter = _declared_delimiter(lines)
    delimiter = delimiter or find_delimiter(lines)
    rows, notices = _rows(lines, start, delimiter, name, pulse)
    broken = frozenset(notice.where.row or 0 for notice in notices if notice.where is not None)
    return Grid(
        (Sheet(None, tuple(rows), is_text=True, broken=broken, delimiter=delimiter),),
        tuple(notices),
        delimiter,
    )


def decode(content: bytes) -> str:
    """Return bytes as text: by byte order mark, as UTF-8 when they are, else by what reads best.

    The old encodings of Korea, Japan, China, Taiwan, Israel and the West overlap, so each that decodes at all is scored
    by known column headings and by how plausible its letters are together.
    """
    for mark, codec in (
        (b"\xef\xbb\xbf", "utf-8-sig"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if content.startswith(mark):
            return content.decode(codec, "replace").replace("\x00", "")
    if (wide := _wide_codec(content)) is not None:
        return content.decode(wide, "replace").replace("\x00", "")
    try:
        return content.decode("utf-8").replace("\x00", "")
    except UnicodeDecodeError:
        pass
    sample = content[:_SAMPLE_BYTES].rpartition(b"\n")[0] or content[:_SAMPLE_BYTES]
    best = max(_CANDIDATES, key=lambda codec: _encoding_score(sample, codec))
    return content.decode(best, "replace").replace("\x00", "")


def _wide_codec(content: bytes) -> str | None:
    head = content[:2_000]
    if len(head) < 4 or head.count(0) < len(head) // 3:
        return None
    return "utf-16-le" if head[1::2].count(0) > head[0::2].count(0) else "utf-16-be"


def _encoding_score(sample: bytes, codec: str) -> float:
    try:
        text = sample.decode(codec)
        damage = 0.0
    except UnicodeDecodeError:
        text = sample.decode(codec, "replace")
        damage = 50.0 + 5.0 * text.count("\ufffd")
    high = max(1, sum(1 for letter in text if ord(letter) > 127))
    headings = sum(
        3.0
        for line in text.split("\n")[:60]
        for cell in re.split(r"[;,\t|]", line)[:40]
        if not cell.isascii() and is_known_header(cell.strip().strip('"'))
    )
    plausible = max(
        len(_HANGUL.findall(text)),
        len(_KANA.findall(text)) + 0.8 * len(_HAN.findall(text)),
        0.9 * len(_HAN.findall(text)),
        len(_HEBREW.findall(text)),
        len(_WESTERN.findall(text)),
    )
    return headings + 10.0 * plausible / high - 20.0 * len(_ODD.findall(text)) / high - damage


def _declared_delimiter(lines: list[str]) -> tuple[int, str | None]:
    first = lines[0].strip().strip('"').lower() if lines else ""
    if first.startswith("sep=") and len(lines[0].strip().strip('"')) <= 5:
        return 1, (lines[0].strip().strip('"')[4:] or "\t")
    return 0, None


def find_delimiter(lines: list[str]) -> str:
    """Return the separator under which the first lines show known headings, then under which they fall into columns."""
    sample = [line for line in lines[: _SAMPLE_LINES * 2] if line.strip()][:_SAMPLE_LINES]

    def score(delimiter: str) -> tuple[int, float]:
        cells = [_split(line, delimiter) for line in sample]
        headings = max((sum(map(is_known_header, row)) for row in cells if len(row) > 1), default=0)
        widths = Counter(len(row) for row in cells if len(row) > 1)
        common = widths.most_common(1)
        return headings, (common[0][1] * min(common[0][0], 8) if common else 0.0)

    return max(_DELIMITERS, key=score)


def _split(line: str, delimiter: str) -> list[str]:
    if '"' not in line:
        return line.split(delimiter)
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return line.split(delimiter)


def _rows(
    lines: list[str], start: int, delimiter: str, name: str, pulse: Pulse
) -> tuple[list[Row], list[Diagnostic]]:
    rows: list[Row] = []
    notices: list[Diagnostic] = []
    cells_read = 0
    index = start
    while index < len(lines):
        line = lines[index]
        number = index + 1
        index += 1
        if number % 4096 == 0:
            pulse()
        if not line.strip():
            continue
        if '"' in line and line.count('"') % 2:
            # In Hebrew the sign stands inside abbreviations: it opens nothing there.
            line = _INSIDE_A_WORD.sub("\u05f4", line)
        if line.count('"') % 2:
            joined, used = _closed(lines, index - 1, delimiter)
            if used == 0:
                notices.append(_unclosed(name, number))
                cells: list[str] = line.replace('"', "").split(delimiter)
            else:
                cells = _split(joined, delimiter)
                index += used - 1
        else:
            cells = _split(line, delimiter)
        if not any(cell and not cell.isspace() for cell in cells):
            continue
        cells_read += len(cells)
        _check_limits(len(rows), cells_read, cells)
        rows.append(Row(number, tuple(cell or None for cell in cells)))
    return rows, notices


def _closed(lines: list[str], start: int, delimiter: str) -> tuple[str, int]:
    """Return a record whose quoted field goes on over line ends, and its count of lines; 0 when it never closes well."""
    joined = lines[start]
    for used, line in enumerate(lines[start + 1 : start + _LONGEST_FIELD_LINES], start=2):
        joined += "\n" + line
        if line.count('"') % 2:
            tail = line.split('"')[-1].strip()
            closes = not tail or tail.startswith(delimiter)
            return (joined, used) if closes else ("", 0)
    return "", 0


def _unclosed(name: str, number: int) -> Diagnostic:
    place = Place(name, None, number)
    return Diagnostic(
        "import.unclosed_quote", Severity.ERROR, place, MappingProxyType({"row": number})
    )


def _check_limits(rows: int, cells_read: int, cells: list[str]) -> None:
    if rows >= MAX_ROWS:
        raise Refusal("import.too_many_rows", limit=MAX_ROWS)
    if cells_read > MAX_CELLS:
        raise Refusal("import.too_many_cells", limit=MAX_CELLS)
    if len(cells) > MAX_COLUMNS:
        raise Refusal("import.too_many_columns", limit=MAX_COLUMNS)
