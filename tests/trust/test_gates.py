"""Hostile workbooks made here: bombs, lies about size, entities, links, and parsers that die."""

import functools
import io
import json
import struct
import subprocess
import sys
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from levcheck.domain.portfolio import Outcome, Reading
from levcheck.importing import read_positions, worker_process
from levcheck.importing.gates import MAX_ENTRIES
from tests.trust.conftest import ROOT, environment

Tell = Callable[[str], None]


@dataclass(frozen=True)
class Long:
    """A body that is one block so many times."""

    block: bytes
    times: int


Parts = Mapping[str, bytes | Long]

MEGABYTE = 2**20
_NS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
SECRET = "the-secret-of-another-file"  # noqa: S105  # what must not be read


# --- a workbook made by hand -------------------------------------------------------------------------------


def sheet(body: str, *, prolog: str = '<?xml version="1.0"?>', dimension: str = "A1:D3") -> bytes:
    return f'{prolog}<worksheet xmlns="{_NS}"><dimension ref="{dimension}"/>{body}</worksheet>'.encode()


def text_cell(reference: str, text: str) -> str:
    return f'<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>'


HEAD = "".join(
    text_cell(f"{c}1", t)
    for c, t in zip("ABCD", ("Symbol", "Quantity", "Price", "Market Value"), strict=True)
)
HOLDINGS = (
    f'<sheetData><row r="1">{HEAD}</row>'
    f'<row r="2">{text_cell("A2", "NVDA")}<c r="B2"><v>10</v></c><c r="C2"><v>100</v></c><c r="D2"><v>1000</v></c></row>'
    f'<row r="3">{text_cell("A3", "MSTR")}<c r="B3"><v>5</v></c><c r="C3"><v>200</v></c><c r="D3"><v>1000</v></c></row>'
    "</sheetData>"
)


def parts_of(sheet_xml: bytes) -> dict[str, bytes]:
    return {
        "[Content_Types].xml": (
            f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.'
            'spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/'
            'vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>'
        ).encode(),
        "_rels/.rels": (
            f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" Type="{_REL}/officeDocument" '
            'Target="xl/workbook.xml"/></Relationships>'
        ).encode(),
        "xl/workbook.xml": (
            f'<workbook xmlns="{_NS}" xmlns:r="{_REL}"><sheets><sheet name="Holdings" sheetId="1" r:id="r1"/></sheets></workbook>'
        ).encode(),
        "xl/_rels/workbook.xml.rels": (
            f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" Type="{_REL}/worksheet" '
            'Target="worksheets/sheet1.xml"/></Relationships>'
        ).encode(),
        "xl/worksheets/sheet1.xml": sheet_xml,
    }


def packed(parts: Parts) -> bytes:
    """Return a ZIP archive; made by hand, because compressing what unpacks to gigabytes takes longer than reading it."""
    bodies, directory = io.BytesIO(), b""
    for name, body in parts.items():
        crc, size, data = deflated(body)
        called = name.encode()
        facts = struct.pack("<5H3L2H", 20, 0, 8, 0, 0x21, crc, len(data), size, len(called), 0)
        place = struct.pack("<3H2L", 0, 0, 0, 0, bodies.tell())
        directory += b"PK\1\2" + struct.pack("<H", 20) + facts + place + called
        bodies.write(b"PK\3\4" + facts + called + data)
    count, start = len(parts), bodies.tell()
    end = struct.pack("<4H2LH", 0, 0, count, count, len(directory), start, 0)
    return bodies.getvalue() + directory + b"PK\5\6" + end


@functools.cache
def deflated(body: bytes | Long) -> tuple[int, int, bytes]:
    """Return checksum, size and packed form of a body; a long one is its block, packed once and repeated."""
    long = body if isinstance(body, Long) else Long(body, 1)
    packer = zlib.compressobj(1, zlib.DEFLATED, -15)
    block = packer.compress(long.block) + packer.flush(zlib.Z_FULL_FLUSH)
    crc = 0
    for _ in range(long.times):
        crc = zlib.crc32(long.block, crc)
    return crc, len(long.block) * long.times, block * long.times + packer.flush()


def filled(filling: bytes, size: int) -> Long:
    """Return a body of one filling, as long as is asked in megabytes or a little less."""
    return Long(filling * (MEGABYTE // len(filling)), size // MEGABYTE)


def with_parts(**more: bytes | Long) -> bytes:
    return packed({**parts_of(sheet(HOLDINGS)), **more})


def read(tmp_path: Path, content: bytes, name: str = "a.xlsx") -> tuple[Reading, float]:
    path = tmp_path / name
    path.write_bytes(content)
    begun = time.monotonic()
    reading = read_positions(path)
    return reading, time.monotonic() - begun


def codes(reading: Reading) -> set[str]:
    return {d.code.removeprefix("import.") for d in reading.diagnostics}


def test_that_the_workbook_made_by_hand_is_read(tmp_path: Path) -> None:
    """What the refusals below refuse is the attack, not the way these files are made."""
    reading, _ = read(tmp_path, with_parts())
    assert [(p.symbol, p.quantity) for p in reading.positions] == [("NVDA", 10.0), ("MSTR", 5.0)]
    with zipfile.ZipFile(io.BytesIO(with_parts(x=filled(b"<row/>", 3 * MEGABYTE)))) as archive:
        assert archive.testzip() is None
        assert archive.read("x").count(b"<row/>") == 3 * (MEGABYTE // 6)


# --- S1: bombs ---------------------------------------------------------------------------------------------


def bombs() -> Iterator[tuple[str, bytes]]:
    """Twenty files that are small packed and unpack to too much, each in another way."""
    big = 202 * MEGABYTE
    name = "xl/worksheets/sheet1.xml"
    for what, filling in (
        ("blanks", b" "),
        ("zeros", b"\0"),
        ("rows", b"<row/>"),
        ("letters", b"a"),
    ):
        yield f"one part of {what}", with_parts(**{name: filled(filling, big)})
    for what, where in (
        ("a picture", "xl/media/image1.png"),
        ("strings", "xl/sharedStrings.xml"),
        ("styles", "xl/styles.xml"),
        ("macros", "xl/vbaProject.bin"),
        ("a part nobody knows", "other.dat"),
    ):
        yield f"in {what}", with_parts(**{where: filled(b" ", big)})
    yield (
        "many parts",
        with_parts(**{f"xl/p{i}.xml": filled(b" ", 10 * MEGABYTE) for i in range(21)}),
    )
    yield (
        "many parts of no use",
        with_parts(**{f"xl/p{i}.bin": filled(b" ", 10 * MEGABYTE) for i in range(21)}),
    )
    yield "too many parts", with_parts(**{f"xl/p{i}.xml": b"" for i in range(MAX_ENTRIES + 1)})
    inner: Parts = {"x.zip": packed({"a.bin": filled(b" ", big)}), "y": filled(b" ", big)}
    yield "an archive in an archive beside a bomb", with_parts(**inner)
    yield "ratio over one hundred", with_parts(**{name: filled(b" ", 60 * MEGABYTE)})
    flat = bytearray(with_parts(**{name: filled(b" ", big)}))
    for size in (0, 1, 1000, 10 * MEGABYTE):
        yield f"a size that lies: {size}", lying(bytes(flat), big, size)
    yield "one body under many names", overlapping(30 * MEGABYTE, 10)
    yield "one body under very many names", overlapping(MEGABYTE, 900)


def lying(content: bytes, true: int, told: int) -> bytes:
    """Return an archive whose directory tells another size of a part."""
    return content.replace(true.to_bytes(4, "little"), told.to_bytes(4, "little"))


def overlapping(size: int, count: int) -> bytes:
    """Return an archive whose directory lists one packed body many times."""
    archive = packed({"xl/p000.xml": filled(b" ", size)})
    start = archive.index(b"PK\x01\x02")
    end = archive.index(b"PK\x05\x06")
    entry = archive[start:end]
    directory = b"".join(entry.replace(b"p000", b"p%03d" % i) for i in range(count))
    tail = bytearray(archive[end:])
    tail[8:12] = count.to_bytes(2, "little") * 2
    tail[12:16] = len(directory).to_bytes(4, "little")
    return archive[:start] + directory + bytes(tail)


def test_that_every_bomb_is_refused_before_it_goes_off(tmp_path: Path, tell: Tell) -> None:
    files = []
    for number, (what, content) in enumerate(bombs()):
        path = tmp_path / f"{number}.xlsx"
        path.write_bytes(content)
        files.append((what, path))
    probe = subprocess.run(
        [sys.executable, "-c", _PROBE, *(str(path) for _, path in files)],
        cwd=ROOT, env=environment(), capture_output=True, text=True, check=True,
    )  # fmt: skip
    seen = json.loads(probe.stdout)
    read_after_all = [what for (what, _), one in zip(files, seen, strict=True) if one["positions"]]
    slowest = max(one["seconds"] for one in seen)
    grown = max(one["grown_mb"] for one in seen)
    tell(
        f"S1 bombs: {len(files)}, {len(read_after_all)} read, slowest {slowest:.2f} s, memory grown {grown:.0f} MB"
    )
    assert len(files) == 20
    assert read_after_all == []
    assert all(one["refused"] for one in seen)
    assert grown < 50


# The program itself must not grow: unpacking happens in the process that may die.
_PROBE = """
import json, resource, sys, time
from pathlib import Path
from levcheck.importing import read_positions
def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
first = Path(sys.argv[1])
read_positions(first.with_name("none.csv")) if first.with_name("none.csv").exists() else None
read_positions(Path("resources/examples/template.xlsx"))
found, idle = [], peak()
for name in sys.argv[1:]:
    begun = time.monotonic()
    reading = read_positions(Path(name))
    found.append({"refused": reading.outcome == "refused", "positions": len(reading.positions),
                  "seconds": time.monotonic() - begun, "grown_mb": peak() - idle})
print(json.dumps(found))
"""


# --- S2: cells that are not there --------------------------------------------------------------------------


def far_cell(reference: str, row: int) -> bytes:
    far = f'<row r="{row}"><c r="{reference}"><v>1</v></c></row></sheetData>'
    return sheet(HOLDINGS.replace("</sheetData>", far))


CELLS = {
    "last corner": far_cell("XFD1048576", 1_048_576),
    "last row": far_cell("A1048576", 1_048_576),
    "last column": far_cell("XFD4", 4),
    "beyond the last row": far_cell("A9999999", 9_999_999),
    "beyond the last column": far_cell("ZZZ4", 4),
    "a row without number": sheet(
        HOLDINGS.replace("</sheetData>", "<row><c><v>1</v></c></row></sheetData>")
    ),
    "a negative row": far_cell("A-4", -4),
    "row zero": far_cell("A0", 0),
    "rows backwards": sheet(HOLDINGS.replace('r="3"', 'r="1"')),
    "dimension of the whole sheet": sheet(HOLDINGS, dimension="A1:XFD1048576"),
    "dimension too small": sheet(HOLDINGS, dimension="A1:A1"),
    "dimension that is none": sheet(HOLDINGS, dimension="nowhere"),
    "many merged ranges": sheet(
        HOLDINGS
        + "<mergeCells>"
        + '<mergeCell ref="A10:XFD1048576"/>' * 2000
        + "</mergeCells>"
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", CELLS)
def test_that_cells_far_away_are_refused_or_read_at_once(
    what: str, tmp_path: Path, tell: Tell
) -> None:
    reading, seconds = read(tmp_path, packed(parts_of(CELLS[what])))
    tell(f"S2 {what}: {reading.outcome.value} in {seconds:.2f} s")
    if reading.outcome is Outcome.POSITIONS:
        held = [(p.symbol, p.quantity) for p in reading.positions]
        assert ("NVDA", 10.0) in held
        assert ("MSTR", 5.0) in held or codes(reading)
    else:
        assert codes(reading)
    assert seconds < 10


# --- S3: entities, document types, includes ----------------------------------------------------------------


def attacks(secret: Path) -> dict[str, bytes]:
    """Fifteen ways to make an XML parser read something else, or grow without end."""
    outside = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'
    laughs = (
        "<!DOCTYPE x [<!ENTITY a0 'ha'>"
        + "".join(f"<!ENTITY a{i} '{f'&a{i - 1};' * 10}'>" for i in range(1, 10))
        + "]>"
    )
    square = f"<!DOCTYPE x [<!ENTITY a '{'a' * 50_000}'>]>"
    name = "xl/worksheets/sheet1.xml"
    body = HOLDINGS.replace("NVDA", "&e;")
    inside = sheet(body, prolog=f'<?xml version="1.0"?>{outside}')
    book = parts_of(sheet(HOLDINGS))
    include = f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{secret.as_uri()}" parse="text"/>'
    return {
        "entity from a file": packed(book | {name: inside}),
        "entity from the network": packed(
            book | {name: inside.replace(b"file:", b"http://127.0.0.1:9")}
        ),
        "billion laughs": packed(
            book | {name: sheet(HOLDINGS.replace("NVDA", "&a9;"), prolog=laughs)}
        ),
        "quadratic": packed(
            book | {name: sheet(HOLDINGS.replace("NVDA", "&a;" * 5000), prolog=square)}
        ),
        "parameter entity": packed(
            book
            | {
                name: sheet(
                    HOLDINGS, prolog=f'<!DOCTYPE x [<!ENTITY % p SYSTEM "{secret.as_uri()}"> %p;]>'
                )
            }
        ),
        "document type from outside": packed(
            book | {name: sheet(HOLDINGS, prolog=f'<!DOCTYPE x SYSTEM "{secret.as_uri()}">')}
        ),
        "in the workbook part": packed(
            book | {"xl/workbook.xml": outside.encode() + book["xl/workbook.xml"]}
        ),
        "in the relations": packed(book | {"_rels/.rels": outside.encode() + book["_rels/.rels"]}),
        "in the strings": packed(
            book | {"xl/sharedStrings.xml": f"{outside}<sst>&e;</sst>".encode()}
        ),
        "in a drawing": packed(
            book | {"xl/drawings/vml1.vml": f"{outside}<xml>&e;</xml>".encode()}
        ),
        "in two bytes a letter": packed(
            book | {name: inside.decode().replace("1.0", '1.0" encoding="utf-16').encode("utf-16")}
        ),
        "in lower case": packed(book | {name: inside.replace(b"<!DOCTYPE", b"<!doctype")}),
        "after a long comment": packed(
            book | {name: inside.replace(b"<!DOCTYPE", b"<!--" + b"x" * 100_000 + b"--><!DOCTYPE")}
        ),
        "include": packed(
            book | {name: sheet(HOLDINGS.replace("<t>NVDA</t>", f"<t>{include}</t>"))}
        ),
        "style sheet": packed(
            book
            | {
                name: sheet(
                    HOLDINGS, prolog=f'<?xml-stylesheet href="{secret.as_uri()}" type="text/xsl"?>'
                )
            }
        ),
    }


def test_that_no_entity_reads_another_file_or_grows(tmp_path: Path, tell: Tell) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text(SECRET, encoding="ascii")
    told, leaked, used = 0, [], []
    for what, content in attacks(secret).items():
        reading, seconds = read(tmp_path, content)
        if SECRET in repr(reading):
            leaked.append(what)
        if "document_type" in codes(reading):
            told += 1
        elif reading.outcome is Outcome.POSITIONS and what not in {"include", "style sheet"}:
            used.append(what)
        assert seconds < 10, what
    tell(
        f"S3 XML attacks: {len(attacks(secret))}, {told} refused for their document type, {len(leaked)} read a secret"
    )
    assert (leaked, used) == ([], [])
    assert told >= 12


# --- S4: parsers that die ----------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [20, pytest.param(100, marks=pytest.mark.nightly)])
def test_that_a_parser_that_dies_hangs_or_lies_never_takes_the_program(
    count: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tell: Tell
) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(with_parts())
    deaths = (
        ["sh", "-c", "kill -9 $$"],
        ["sh", "-c", "kill -11 $$"],
        ["sleep", "30"],
        ["sh", "-c", "echo '{'"],
        ["sh", "-c", "echo '[1, 2]'"],
        ["sh", "-c", "echo '{\"sheets\": 7}'"],
        ["sh", "-c", "printf '\\377\\376'"],
        ["sh", "-c", "exec >&-; sleep 30"],
        ["/nonexistent/parser"],
        ["sh", "-c", "exit 3"],
    )
    monkeypatch.setattr(worker_process, "WALL_SECONDS", 0.2)
    alive = 0
    for number in range(count):
        command = deaths[number % len(deaths)]
        monkeypatch.setattr(worker_process, "_command", lambda _kind, c=command: c)
        reading = read_positions(path)
        alive += reading.outcome is Outcome.REFUSED and bool(codes(reading))
    tell(f"S4 parsers that die: {alive} of {count} told plainly, program alive")
    assert alive == count
