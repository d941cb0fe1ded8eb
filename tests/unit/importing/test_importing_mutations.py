"""Thousands of damaged copies of good files: every one is answered, none raises, none takes long."""

import io
import json
import random
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from levcheck.domain.portfolio import Outcome
from levcheck.i18n.words import Words
from levcheck.importing.document import reading_document
from levcheck.importing.interpreting import Interpreter
from levcheck.importing.reading import open_grid, refused
from levcheck.importing.refusals import Refusal
from levcheck.importing.table_reading import Asked

CSV = """Positions for account Individual ...123 as of 2026-05-30
Account,Symbol,Name,Quantity,Price,Market Value,Currency,Cost Basis,Type
A1,NVDA,"NVIDIA, Corp",10,100.50,"1,005.00",USD,900,Stock
A1,-AAPL260619C00200000,AAPL CALL,-1,5.00,-500.00,USD,-450,Option
A2,005930,삼성전자,10,70000,700000,KRW,600000,Stock
A2,,Cash,,,"(5,845.10)",USD,,Cash
Total,,,,,1234.5,,,
Date downloaded 05/30/2026
"""
PARTS = (
    "xl/worksheets/sheet1.xml",
    "xl/workbook.xml",
    "xl/styles.xml",
    "xl/_rels/workbook.xml.rels",
    "[Content_Types].xml",
)
SPLICES = (
    b"<",
    b">",
    b'"',
    b"&amp;",
    b"&",
    b"\x00",
    b"9999999999",
    b"-1",
    b"<f>",
    b"</row>",
    b'<c r="A1">',
    b"\xff\xfe",
    b"1e999",
    b'r="ZZZ9"',
    b",",
    b";",
    b"\n",
    b'"',
    b"\t",
)


def workbook() -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.worksheets[0]
    for line in CSV.splitlines()[1:]:
        sheet.append([float(c) if c.replace(".", "").isdigit() else c for c in line.split(",")])
    sheet["F3"] = "=D3*E3"
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def damaged(content: bytes, chance: random.Random) -> bytes:
    body = bytearray(content)
    for _ in range(chance.randint(1, 6)):
        spot = chance.randrange(len(body) + 1)
        kind = chance.randrange(5)
        if kind == 0 and spot < len(body):
            body[spot] = chance.randrange(256)
        elif kind == 1:
            body[spot:spot] = chance.choice(SPLICES)
        elif kind == 2:
            del body[spot : spot + chance.randint(1, 40)]
        elif kind == 3:
            body[spot:spot] = body[spot : spot + chance.randint(1, 200)]
        else:
            del body[spot:]
        if not body:
            break
    return bytes(body)


def repacked(content: bytes, chance: random.Random) -> bytes:
    """Damage one part inside the workbook, so that the damage gets past the archive's checksums."""
    made = io.BytesIO()
    victim = chance.choice(PARTS)
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as new,
    ):
        for entry in old.infolist():
            body = old.read(entry)
            new.writestr(
                entry.filename, damaged(body, chance) if entry.filename == victim else body
            )
    return made.getvalue()


def mutants(count: int, seed: int) -> Iterator[bytes]:
    chance = random.Random(seed)  # repeatable, not secret
    book, text = workbook(), CSV.encode()
    for index in range(count):
        kind = index % 4
        if kind == 0:
            yield damaged(book, chance)
        elif kind == 1:
            yield repacked(book, chance)
        else:
            encoding = chance.choice(["utf-8", "utf-8", "utf-16", "cp949"])
            yield damaged(text.decode().encode(encoding, "replace"), chance)


def answer(content: bytes) -> str:
    """Read one file as the program does, here in this process, and return the outcome."""
    try:
        grid = open_grid(content, "mutant.xlsx", in_process=True)
        reading = Interpreter(grid, "mutant.xlsx", None, Asked()).read()
    except Refusal as refusal:
        reading = refused("mutant.xlsx", refusal)
    json.dumps(reading_document(reading, Words("en")), allow_nan=False)
    return reading.outcome.value


def test_that_two_thousand_damaged_files_are_all_answered() -> None:
    outcomes = [answer(content) for content in mutants(2_000, seed=20260530)]
    assert len(outcomes) == 2_000
    # A harness that only ever met refusals would prove nothing about the reading behind them.
    assert outcomes.count(Outcome.POSITIONS.value) > 200
    assert outcomes.count(Outcome.REFUSED.value) > 200


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(25))
def test_that_fifty_thousand_damaged_files_are_all_answered(seed: int) -> None:
    assert all(answer(content) for content in mutants(2_000, seed))


@pytest.mark.slow
def test_that_damaged_copies_of_real_files_are_answered(shared: Path) -> None:
    chance = random.Random(7)
    for path in sorted((shared / "data" / "imports").iterdir()):
        if path.suffix in {".csv", ".xls", ".xlsx"} and not path.name.endswith(".json"):
            content = path.read_bytes()
            for _ in range(200 if path.suffix == ".csv" else 20):
                assert answer(damaged(content, chance))
