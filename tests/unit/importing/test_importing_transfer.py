"""A parsed workbook travels between two processes and arrives as it left."""

import random
from datetime import date
from typing import Any

import pytest

from levcheck.importing.parsed import Cell, ParsedBook, ParsedSheet
from levcheck.importing.transfer import TRANSFER_FAULTS, pack_book, pack_refusal, unpack

CELLS: tuple[Cell, ...] = (
    None, 1.0, -0.0, 1e308, "text", "0050", "a\x00b", "\ud800", "줄\n둘", True, False, date(2026, 1, 31), 1e-300,
)  # fmt: skip


def book(columns: list[list[Cell]]) -> ParsedBook:
    sheet = ParsedSheet("Sheet 1", list(range(1, len(columns[0]) + 1)), columns)
    sheet.hidden = True
    sheet.hidden_rows = [2]
    sheet.errors = {(1, 0): "#N/A"}
    sheet.uncached = [(3, 1)]
    sheet.currencies = {(2, 2): "EUR"}
    return ParsedBook([sheet], [("import.macros_ignored", {})])


def cells_of(found: ParsedBook | None) -> list[list[Cell]]:
    assert found is not None
    return found.sheets[0].columns


def alike(left: Cell, right: Cell) -> bool:
    """Whether two cells are the same, their kind included."""
    return left == right and type(left) is type(right)


@pytest.mark.parametrize("seed", range(30))
def test_that_columns_of_any_cells_arrive_as_they_left(seed: int) -> None:
    chance = random.Random(seed)
    columns: list[list[Cell]] = []
    for _ in range(6):
        pool = chance.sample(CELLS, chance.randint(1, 4))
        columns.append([chance.choice(pool) for _ in range(chance.choice((1, 5, 90)))])
    most = max(map(len, columns))
    columns = [column + [None] * (most - len(column)) for column in columns]
    found, refused = unpack(pack_book(book(columns)))
    assert refused is None
    for before, after in zip(columns, cells_of(found), strict=True):
        assert all(map(alike, before, after)), (before, after)


def test_that_what_stands_beside_the_cells_arrives() -> None:
    sent = book([["Symbol", "A"], [1.0, 2.0]])
    found, _ = unpack(pack_book(sent))
    assert found is not None
    there, here = sent.sheets[0], found.sheets[0]
    for name in ParsedSheet.__slots__:
        assert getattr(there, name) == getattr(here, name), name
    assert found.notices == sent.notices


def test_that_a_refusal_arrives_with_its_values() -> None:
    assert unpack(pack_refusal("import.too_many_rows", {"limit": 5})) == (
        None,
        ("import.too_many_rows", {"limit": 5}),
    )


@pytest.mark.parametrize("seed", range(200))
def test_that_a_damaged_answer_is_noticed_or_gives_a_book(seed: int) -> None:
    chance = random.Random(seed)
    body = bytearray(pack_book(book([["Symbol", "A", "B"], [1.0, None, 2.0], [None, "x", True]])))
    for _ in range(chance.randint(1, 4)):
        spot = chance.randrange(len(body))
        if chance.random() < 0.5:
            body[spot] = chance.randrange(256)
        else:
            del body[spot : spot + chance.randint(1, 9)]
    result: Any = None
    try:
        result = unpack(bytes(body))
    except TRANSFER_FAULTS:
        return
    found, refused = result
    assert refused is not None or all(
        len(column) == len(sheet.numbers) for sheet in found.sheets for column in sheet.columns
    )


def test_that_columns_of_different_lengths_are_no_book() -> None:
    whole = pack_book(book([[1.0, 2.0, 3.0]]))
    short = whole.replace(b'"numbers":24', b'"numbers":16')
    assert short != whole
    with pytest.raises(TRANSFER_FAULTS):
        unpack(short)
