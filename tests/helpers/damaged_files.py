"""Good files of every kind the importer reads, and any number of damaged copies of them, each repeatable by its number."""

import io
import random
import tempfile
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

from tests.unit.importing.layouts.old_formats import write_ods, write_xls, write_xlsb

CSV = """Positions for account Individual ...123 as of 2026-05-30
Account,Symbol,Name,Quantity,Price,Market Value,Currency,Cost Basis,Type
A1,NVDA,"NVIDIA, Corp",10,100.50,"1,005.00",USD,900,Stock
A1,-AAPL260619C00200000,AAPL CALL,-1,5.00,-500.00,USD,-450,Option
A2,005930,삼성전자,10,70000,700000,KRW,600000,Stock
A2,,Cash,,,"(5,845.10)",USD,,Cash
Total,,,,,1234.5,,,
Date downloaded 05/30/2026
"""
_PARTS = (
    "xl/worksheets/sheet1.xml",
    "xl/workbook.xml",
    "xl/styles.xml",
    "xl/_rels/workbook.xml.rels",
    "[Content_Types].xml",
)
_SPLICES = (
    b"<", b">", b'"', b"&amp;", b"&", b"\x00", b"9999999999", b"-1", b"<f>", b"</row>", b'<c r="A1">', b"\xff\xfe",
    b"1e999", b'r="ZZZ9"', b",", b";", b"\n", b"'", b"\t", b"<!DOCTYPE x>", b"\xff\xff\xff\x7f", b"colspan=99999999",
    b"table:number-columns-repeated='99999999'", b"<mergeCell ref='A1:XFD1048576'/>", b"1904", b"\xe2\x80\xae",
)  # fmt: skip


def damaged(content: bytes, chance: random.Random) -> bytes:
    """Return content with one to six bytes, pieces or ends changed, put in, doubled or cut off."""
    body = bytearray(content)
    for _ in range(chance.randint(1, 6)):
        spot = chance.randrange(len(body) + 1)
        # Seldom cut off: a file that ends early is refused for that, whatever else is wrong with it.
        kind = chance.choices(range(5), (6, 6, 4, 4, 1))[0]
        if kind == 0 and spot < len(body):
            body[spot] = chance.randrange(256)
        elif kind == 1:
            body[spot:spot] = chance.choice(_SPLICES)
        elif kind == 2:
            del body[spot : spot + chance.randint(1, 40)]
        elif kind == 3:
            body[spot:spot] = body[spot : spot + chance.randint(1, 200)]
        else:
            del body[spot:]
        if not body:
            break
    return bytes(body)


def damaged_inside(content: bytes, chance: random.Random, parts: tuple[str, ...] = ()) -> bytes:
    """Damage one part of an archive (any of them without `parts`), so that it gets past the archive's checksums."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as new,
    ):
        victim = chance.choice(parts or tuple(old.namelist()))
        for entry in old.infolist():
            body = old.read(entry)
            new.writestr(
                entry.filename, damaged(body, chance) if entry.filename == victim else body
            )
    return made.getvalue()


def damaged_file(number: int, seed: int) -> tuple[str, bytes]:
    """Return the damaged copy of this number: the kind of file it was made of, and its bytes."""
    chance = random.Random(f"{seed}-{number}")  # repeatable, not secret
    kind, make = _KINDS[number % len(_KINDS)]
    return kind, make(chance)


def _text(chance: random.Random) -> bytes:
    encoding = chance.choice(["utf-8", "utf-8", "utf-16", "cp949"])
    return damaged(CSV.encode(encoding, "replace"), chance)


@cache
def _xlsx() -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.worksheets[0]
    for line in CSV.splitlines()[1:]:
        sheet.append([float(c) if c.replace(".", "").isdigit() else c for c in line.split(",")])
    sheet["F3"] = "=D3*E3"
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _rows() -> list[list[str | float | None]]:
    lines = [line.split(",") for line in CSV.splitlines()[1:]]
    return [
        [float(c) if c.replace(".", "").isdigit() else c or None for c in line] for line in lines
    ]


def _old_kind(ending: str, write: Callable[..., None]) -> Callable[[], bytes]:
    @cache
    def content() -> bytes:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"a.{ending}"
            write(path, _rows(), hidden=(3,))
            return path.read_bytes()

    return content


@cache
def _page() -> bytes:
    rows = "".join(
        "<tr>" + "".join(f"<td>{cell if cell is not None else ''}</td>" for cell in row) + "</tr>"
        for row in _rows()
    )
    return f"<html><head><meta charset='utf-8'></head><body><table>{rows}</table></body></html>".encode()


_ods, _xls, _xlsb = (
    _old_kind("ods", write_ods),
    _old_kind("xls", write_xls),
    _old_kind("xlsb", write_xlsb),
)
# One of each in turn; the parts of an archive more often than its outside, where the checksums catch nearly everything.
_KINDS: tuple[tuple[str, Callable[[random.Random], bytes]], ...] = (
    ("xlsx", lambda chance: damaged(_xlsx(), chance)),
    ("xlsx inside", lambda chance: damaged_inside(_xlsx(), chance, _PARTS)),
    ("text", _text),
    ("text", _text),
    ("ods inside", lambda chance: damaged_inside(_ods(), chance)),
    ("xls", lambda chance: damaged(_xls(), chance)),
    ("xlsb inside", lambda chance: damaged_inside(_xlsb(), chance)),
    ("page", lambda chance: damaged(_page(), chance)),
)
