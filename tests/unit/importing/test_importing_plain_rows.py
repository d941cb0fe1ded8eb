"""Rows that are like most rows are read a column at a time: faster, and with the very same answer."""

import random
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from levcheck.domain.portfolio import Reading
from levcheck.importing import fates
from levcheck.importing.fated import Fated
from levcheck.importing.plain_rows import find_plain_rows
from levcheck.importing.reading import read_positions
from tests.unit.importing.layouts.case import LAYOUTS, Layout
from tests.unit.importing.test_importing_battery import MODULES

HEADINGS = ("Account", "Symbol", "ISIN", "Name", "Type", "Quantity", "Price", "Currency", "Market value", "Cost basis")  # fmt: skip
# What a row may say that most rows do not, by column.
ODD: dict[str, Sequence[Any]] = {
    "Account": ("", "Total", "Cash account", "Roth IRA ...123"),
    "Symbol": ("", "CASH", "USD", "SPAXX**", "TOTAL", "-AAPL260619C00200000", "AAPL 260619C200", "BTC", "=1+1", "2026-01-31", "BRK.B", "brk.b", "005930", "Pending Activity", "12"),
    "ISIN": ("", "-", "US0378331005 ", "us0378331005", "XX0000000000", "none"),
    "Name": ("", "Cash", "Total", "Total Market Fund", "Money Market", "AAPL Jun 19 '26 $200 Call", "iShares Core ETF", "Turbo Long", "삼성전자", "Pending deposit", "Apple Inc. US0378331005 shares"),
    "Type": ("", "Cash", "Option", "Bond", "ETF", "Equity"),
    "Quantity": ("", 0.0, -5.0, "12 Stk.", "--", "1,234", "1.234", "n/a", 100.0),
    "Price": ("", 0.0, 1.0, "$10.25", "10.25", "99.5%", "EUR 4.00", "2,5"),
    "Currency": ("", "GBX", "GBp", "EUR", "Points"),
    "Market value": ("", 0.0, "1,025.00", "(12.00)", "-", "USD 5", 7.0),
    "Cost basis": ("", 0.0, "900", "n/a"),
}  # fmt: skip


def without_quick_way(monkeypatch: pytest.MonkeyPatch, read: Callable[[], Reading]) -> Reading:
    with monkeypatch.context() as patch:
        patch.setattr(fates, "find_plain_rows", lambda *_: None)
        return read()


def rows(count: int, odd: int, seed: int) -> list[list[Any]]:
    """Return headings and rows, some of them with one cell that is out of the ordinary."""
    chance = random.Random(seed)
    made: list[list[Any]] = [list(HEADINGS)]
    for number in range(count):
        quantity, price = float(chance.randint(1, 900)), round(chance.uniform(5, 900), 2)
        row: list[Any] = [
            f"A{number % 3}", f"TK{number}", f"US{number:09d}0", f"Company {number} Inc", "Stock",
            quantity, price, "USD", round(quantity * price, 2), round(quantity * price * 0.9, 2),
        ]  # fmt: skip
        if number < odd:
            for _ in range(chance.randint(1, 3)):
                column = chance.randrange(len(HEADINGS))
                row[column] = chance.choice(ODD[HEADINGS[column]])
        if chance.random() < 0.3:
            row[2] = ""
        made.append(row)
    chance.shuffle(made[1:])
    return made


def write_csv(path: Path, table: Sequence[Sequence[Any]]) -> None:
    import csv

    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(table)


def write_xlsx(path: Path, table: Sequence[Sequence[Any]]) -> None:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Holdings")
    for row in table:
        sheet.append([None if cell == "" else cell for cell in row])
    book.save(path)


def test_that_all_layouts_are_held_against_each_other() -> None:
    assert len(LAYOUTS) > 30 * len(MODULES)


@pytest.mark.parametrize("made_up", LAYOUTS, ids=lambda layout: layout.name)
def test_that_every_layout_reads_the_same_either_way(
    made_up: Layout, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = made_up.write(tmp_path)

    def read() -> Reading:
        return read_positions(path, in_process=True, **made_up.asked)

    assert read() == without_quick_way(monkeypatch, read)


@pytest.mark.parametrize("seed", range(24))
@pytest.mark.parametrize("write", [write_csv, write_xlsx])
def test_that_odd_rows_among_plain_ones_read_the_same_either_way(
    write: Callable[[Path, Sequence[Sequence[Any]]], None],
    seed: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = tmp_path / ("a.csv" if write is write_csv else "a.xlsx")
    write(path, rows(60, 36, seed))

    def read() -> Reading:
        return read_positions(path, in_process=True)

    quick = read()
    assert quick == without_quick_way(monkeypatch, read)
    assert quick.positions


def test_that_a_long_ordinary_list_is_read_by_column(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found: list[int] = []

    def counted(*arguments: Any) -> Any:
        plain = find_plain_rows(*arguments)
        found.append(sum(plain.is_plain) if plain is not None else 0)
        return plain

    monkeypatch.setattr(fates, "find_plain_rows", counted)
    monkeypatch.setattr(Fated, "line", property(refuse))
    path = tmp_path / "a.xlsx"
    # The rows a file's currency is weighed by are read in full, so the file names it.
    write_xlsx(path, rows(400, 0, 1))
    monkeypatch.setattr(
        "levcheck.importing.list_surroundings.file_currency", lambda *_, **__: "USD"
    )
    assert len(read_positions(path, in_process=True).positions) == 400
    assert found == [400]


def refuse(item: Fated) -> None:
    message = f"row {item.row.number} was read cell by cell"
    raise AssertionError(message)


def test_that_the_texts_of_a_plain_row_are_kept_with_their_cells(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    table = rows(3, 0, 1)
    table[2][9] = ""
    write_xlsx(path, table)
    first, second, _ = read_positions(path, in_process=True).positions
    assert first.cells["market_value"] == "I"
    assert first.raw["symbol"] == "TK0"
    assert "cost_basis" in first.raw
    assert "cost_basis" not in second.raw
    assert "cost_basis" not in second.cells
    assert dict(first.raw) == first.raw
    assert set(first.raw) == set(first.cells)
