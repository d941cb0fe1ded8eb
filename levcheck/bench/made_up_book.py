"""A firm's book that never was: client files with what people hold, the same for the same seed."""

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

import numpy as np

from levcheck.assets import asset

HEADINGS = (
    "Account",
    "Symbol",
    "Description",
    "Quantity",
    "Price",
    "Market Value",
    "Currency",
    "Purchase Date",
)
LINES = 25
_A_FOLDER = 1000
_FIRST_DAY = date(2024, 1, 1)
# What the lines of an ordinary list are: kinds of the library, and how often each is held.
_KINDS = (("common", 0.45), ("etf", 0.40), ("leveraged_fund", 0.12), ("inverse_fund", 0.03))
_INDEBTED = 0.15
_DEBT = (0.2, 0.7)
# Held by many; the rest of the library follows, ever more rarely.
_POPULAR = [
    "NVDA",
    "AAPL",
    "MSFT",
    "TSLA",
    "AMZN",
    "GOOGL",
    "META",
    "AVGO",
    "AMD",
    "MSTR",
    "COIN",
    "PLTR",
    "SPY",
    "VOO",
    "QQQ",
    "VTI",
    "SMH",
    "SOXX",
    "IBIT",
    "BND",
    "GLD",
    "ARKK",
    "TQQQ",
    "SOXL",
    "NVDL",
    "TSLL",
    "MSTU",
    "QLD",
    "SQQQ",
    "SOXS",
]


def write_book(folder: Path, portfolios: int, seed: int, *, workbooks: bool = True) -> None:
    """Write client files into a folder, a thousand to a subfolder.

    Args:
        folder: made when missing.
        portfolios: how many files.
        seed: same seed, same book.
        workbooks: whether the files are .xlsx; .csv otherwise.
    """
    held = _what_is_held()
    for number in range(portfolios):
        place = folder / f"{number // _A_FOLDER:04d}"
        place.mkdir(parents=True, exist_ok=True)
        rows = list(_client(held, number, seed))
        file = place / f"client-{number:07d}"
        if workbooks:
            _write_workbook(file.with_suffix(".xlsx"), rows)
        else:
            _write_text(file.with_suffix(".csv"), rows)


def symbols_of_client(number: int, seed: int) -> list[str]:
    """Return what one client holds; cash left out."""
    return [row[1] for row in _client(_what_is_held(), number, seed) if row[3] is not None]


Line = tuple[str, str, str, int | None, float | None, float, str, str]


@lru_cache(maxsize=1)
def _what_is_held() -> dict[str, list[tuple[str, str]]]:
    """Return (symbol, name) of the instruments of each kind, listed in the United States."""
    found: dict[str, list[tuple[str, str]]] = {kind: [] for kind, _ in _KINDS}
    with asset("reference", "instruments.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            if row["kind"] in found and row["id"].endswith(".US") and row["symbol"]:
                found[row["kind"]].append((row["symbol"], row["name"]))
    place = {symbol: number for number, symbol in enumerate(_POPULAR)}
    for rows in found.values():
        rows.sort(key=lambda one: place.get(one[0], len(place)))
    return found


def _client(held: dict[str, list[tuple[str, str]]], number: int, seed: int) -> Iterator[Line]:
    random = np.random.default_rng((seed, number))
    kinds = [kind for kind, _ in _KINDS]
    shares = [share for _, share in _KINDS]
    total = 0.0
    for kind in random.choice(kinds, LINES, p=shares).tolist():
        rank = int(len(held[kind]) ** float(random.random())) - 1  # the first are drawn most often
        symbol, name = held[kind][rank]
        quantity = int(random.integers(1, 400))
        price = round(float(random.uniform(5.0, 600.0)), 2)
        bought = _FIRST_DAY + timedelta(days=int(random.integers(0, 900)))
        value = round(quantity * price, 2)
        total += value
        yield f"A-{number:07d}", symbol, name, quantity, price, value, "USD", str(bought)
    owes = bool(random.random() < _INDEBTED)
    cash = round(total * (-float(random.uniform(*_DEBT)) if owes else 0.03), 2)
    yield f"A-{number:07d}", "Cash", "Cash & Cash Investments", None, None, cash, "USD", ""


def _write_text(path: Path, rows: list[Line]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(HEADINGS)
        writer.writerows(rows)


def _write_workbook(path: Path, rows: list[Line]) -> None:
    import xlsxwriter

    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Positions")
    sheet.write_row(0, 0, HEADINGS)
    for number, row in enumerate(rows, start=1):
        sheet.write_row(number, 0, row)
    book.close()
