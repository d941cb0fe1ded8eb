"""A battery of made-up layouts: each reads as a careful person reads it, row by row."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from levcheck.domain.portfolio import Reading
from levcheck.i18n.words import Words
from levcheck.importing import reading_document
from levcheck.importing.reading import load_bytes, open_grid, read_positions
from tests.unit.importing.layouts import (
    brokers,
    by_language,
    fifth_round,
    fourth_round,
    more_books,
    second_round,
    third_round,
    traps,
)
from tests.unit.importing.layouts.case import LAYOUTS, Layout

MODULES = (
    brokers,
    by_language,
    traps,
    more_books,
    second_round,
    third_round,
    fourth_round,
    fifth_round,
)


def near(got: float | None, wanted: float | None) -> bool:
    if got is None or wanted is None:
        return got is None and wanted is None
    return abs(got - wanted) <= 0.01


def facts(reading: Reading) -> list[tuple[Any, ...]]:
    return [
        (
            p.symbol or p.isin or p.wkn or p.cusip or p.name,
            p.quantity,
            p.market_value,
            p.currency,
            p.cost_basis,
        )
        for p in reading.positions
    ]


def is_as_wanted(got: tuple[Any, ...], wanted: tuple[Any, ...]) -> bool:
    same = got[0] == wanted[0] and got[3] == wanted[3]
    amounts = near(got[1], wanted[1]) and near(got[2], wanted[2])
    return same and amounts and (len(wanted) < 5 or near(got[4], wanted[4]))


@pytest.mark.parametrize("made_up", LAYOUTS, ids=lambda made_up: made_up.name)
def test_that_a_made_up_layout_is_read_row_by_row(made_up: Layout, tmp_path: Path) -> None:
    path = made_up.write(tmp_path)
    reading = read_positions(path, in_process=True, **made_up.asked)
    assert reading.outcome.value == made_up.outcome
    got = facts(reading)
    assert len(got) == len(made_up.positions), got
    for mine, wanted in zip(got, made_up.positions, strict=True):
        assert is_as_wanted(mine, wanted), (mine, wanted)
    cash = [(line.amount, line.currency) for line in reading.cash]
    assert len(cash) == len(made_up.cash), cash
    for amount, expected in zip(cash, made_up.cash, strict=True):
        assert near(amount[0], expected[0]), (amount, expected)
        assert amount[1] == expected[1]
    check_the_rest(made_up, reading)
    check_every_row(path, reading)


def check_the_rest(made_up: Layout, reading: Reading) -> None:
    codes = {d.code.removeprefix("import.") for d in reading.diagnostics}
    assert set(made_up.told) <= codes
    assert not set(made_up.quiet) & codes
    if made_up.as_of is not None:
        assert reading.as_of == made_up.as_of
    if made_up.accounts is not None:
        assert [p.account for p in reading.positions] == list(made_up.accounts)
    if made_up.options is not None:
        assert [
            (o.underlying, o.expiry, o.strike, o.right, o.multiplier) if (o := p.option) else None
            for p in reading.positions
        ] == list(made_up.options)
    if made_up.totals is not None:
        assert [(t.row, t.value, t.currency) for t in reading.totals] == list(made_up.totals)


def check_every_row(path: Path, reading: Reading) -> None:
    if reading.outcome.value == "refused":
        return
    places = [p.place for p in reading.positions] + [c.place for c in reading.cash]
    fates = Counter((place.sheet, place.row) for place in places)
    for run in reading.ignored:
        fates.update((run.sheet, row) for row in range(run.first, run.last + 1))
    grid = open_grid(load_bytes(path), path.name, in_process=True)
    filled = {(sheet.name, row.number) for sheet in grid.sheets for row in sheet.rows}
    assert {place for place in filled if fates[place] == 0} == set()
    assert {run.reason for run in reading.ignored} != {"other"}


def test_that_every_notice_of_the_battery_has_its_sentences(tmp_path: Path) -> None:
    for made_up in LAYOUTS[::7]:
        reading = read_positions(made_up.write(tmp_path), in_process=True, **made_up.asked)
        document = reading_document(reading, Words("de"))
        assert json.loads(json.dumps(document, allow_nan=False)) == document
        assert all(d["message"] and "{" not in d["message"] for d in document["diagnostics"])


def test_that_the_battery_is_whole() -> None:
    assert len(MODULES) == 8
    assert len({made_up.name for made_up in LAYOUTS}) == len(LAYOUTS) >= 280
