"""Real exports and hand-made workbooks, each with the reading a careful person wrote down for it."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from levcheck.domain.portfolio import Reading
from levcheck.domain.position import CashLine, Position
from levcheck.i18n.words import Words
from levcheck.importing import reading_document
from levcheck.importing.reading import read_positions

pytestmark = pytest.mark.shared

IMPORTS = Path(__file__).resolve().parents[3] / "shared" / "data" / "imports"
NAMES = sorted(p.name.removesuffix(".expected.json") for p in IMPORTS.glob("*.expected.json"))
OUTCOMES = {"positions": "positions", "needs_user": "needs_mapping", "refuse": "refused"}
SCORE: dict[str, bool] = {}

# What has to be told, file by file: a code of the reading, and the row where one is meant.
MUST_TELL: dict[str, set[tuple[str, int | None]]] = {
    "brazil_b3_portfolio.xlsx": {("quantities_only", None)},
    "china_funds_and_etfs.xlsx": {("quantities_only", None)},
    "comdirect_depot_2022.csv": {("worthless", 7)},
    "degiro_fr.csv": {("no_cost_column", None)},
    "etrade_view2_2019.csv": {("same_symbol_twice", 48), ("same_symbol_twice", 58)},
    "fidelity_positions_options.csv": {("pending_left_out", 4)},
    "futu_positions_gb18030.csv": {("currency_assumed", None)},
    "german_example_no_prices.xlsx": {("quantities_only", None)},
    "german_handmade_uncached_formulas.xlsx": {
        ("zero_quantity", 9),
        ("formula_computed", 6),
        ("hidden_row", 7),
        ("hidden_sheet", None),
    },
    "ibkr_positions_flex.csv": {("currency_assumed", None)},
    "india_names_reits_invits.xlsx": {("names_only", None)},
    "korea_etf_portfolio.xlsx": {("quantities_only", None)},
    "korea_kiwoom_style_cp949.csv": {("quantities_only", None)},
    "portfolio_performance_statement_of_assets_de.csv": {
        ("total_mismatch", 2),
        ("currency_assumed", None),
    },
    "scalable_header_only.xlsx": {("no_rows", None)},
    "schwab_all_accounts_2020.csv": {("expired_option", 13), ("total_mismatch", 15)},
    "taiwan_multi_asset_workbook.xlsx": {("zero_column", None)},
    "us_workbook_four_sheets.xlsx": {
        ("currency_contradiction", 8),
        ("open_trade", 5),
        ("repeated_sheet", None),
    },
    "vanguard_ofxdownload.csv": {
        ("trades_left_out", None),
        ("value_mismatch", 3),
        ("value_mismatch", 4),
        ("value_mismatch", 24),
        ("value_mismatch", 27),
    },
    "wealthfolio_holdings_snapshots.csv": {("older_snapshot", None)},
    "wealthsimple_holdings_2026.csv": {("value_mismatch", 5)},
    "zerodha_console_holdings.xlsx": {("repeated_sheet", None)},
}


def expectation(name: str) -> dict[str, Any]:
    text = (IMPORTS / f"{name}.expected.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


@pytest.fixture(scope="module", autouse=True)
def _score() -> Iterator[None]:
    yield
    exact = sum(SCORE.values())
    sys.stdout.write(f"\nimport examples exact: {exact} of {len(SCORE)}\n")


@pytest.mark.parametrize("name", NAMES)
def test_that_the_file_reads_as_a_person_reads_it(name: str, shared: Path) -> None:
    SCORE[name] = False
    expected = expectation(name)
    reading = read_positions(shared / "data" / "imports" / name, in_process=True)
    assert reading.outcome.value == OUTCOMES[expected["outcome"]]
    compare_positions(expected["positions"], reading)
    assert [cash_facts(line) for line in reading.cash] == [
        (c["row"], c["amount"], c["currency"], c.get("account")) for c in expected["cash"]
    ]
    assert reading.as_of == expected["as_of"]
    compare_totals(expected, reading)
    told = {
        (d.code.removeprefix("import."), d.where.row if d.where else None)
        for d in reading.diagnostics
    }
    for code, row in MUST_TELL.get(name, set()):
        assert any(c == code and (row is None or r == row) for c, r in told), (code, row)
    if expected["currency_basis"] == "implied" and any(p.currency for p in reading.positions):
        implied = {"currency_assumed"} | {c for c, _ in told if c.startswith("currency")}
        stated_somewhere = any(p.raw for p in reading.positions if "$" in "".join(p.raw.values()))
        headed = any("円" in h or "¥" in h for h in reading.columns.values())
        assert (
            implied & {c for c, _ in told}
            or stated_somewhere
            or headed
            or name.startswith("etrade")
        )
    SCORE[name] = True


def compare_positions(expected: list[dict[str, Any]], reading: Reading) -> None:
    assert [p.place.row for p in reading.positions] == [p["row"] for p in expected]
    for wanted, got in zip(expected, reading.positions, strict=True):
        assert got.quantity == wanted["quantity"], wanted
        for field in ("price", "market_value", "cost_basis"):
            assert near(getattr(got, field), wanted[field]), (field, wanted, getattr(got, field))
        for field in ("isin", "name", "currency", "account", "value_basis"):
            assert getattr(got, field) == wanted.get(field), (field, wanted)
        compare_identity(wanted, got)


def compare_identity(wanted: dict[str, Any], got: Position) -> None:
    if wanted.get("id_kind") == "WKN":
        assert got.wkn == wanted["symbol"]
    else:
        assert got.symbol == wanted["symbol"]
    if "sheet" in wanted:
        assert got.place.sheet == wanted["sheet"]
    option = wanted.get("option")
    if option is None:
        assert got.option is None
        return
    assert got.option is not None
    for field, value in option.items():
        assert getattr(got.option, field) == value


def compare_totals(expected: dict[str, Any], reading: Reading) -> None:
    stated = (expected.get("totals") or {}).get("stated_in_file") or []
    assert sorted((t.row, t.value) for t in reading.totals) == sorted(
        (t["row"], t["value"]) for t in stated
    )
    sums: dict[str, float] = {}
    for position in reading.positions:
        if position.market_value is not None and position.currency:
            sums[position.currency] = sums.get(position.currency, 0.0) + position.market_value
    wanted = expected["totals"]["positions_by_currency"] or {}
    assert sums == pytest.approx(wanted, abs=0.01)


def cash_facts(line: CashLine) -> tuple[Any, ...]:
    return (line.place.row, line.amount, line.currency, line.account)


def near(got: float | None, wanted: float | None) -> bool:
    if got is None or wanted is None:
        return got is None and wanted is None
    return abs(got - wanted) <= 0.01


@pytest.mark.parametrize("name", NAMES)
def test_that_every_filled_row_has_exactly_one_fate(name: str, shared: Path) -> None:
    from collections import Counter

    from levcheck.importing.reading import load_bytes, open_grid

    path = shared / "data" / "imports" / name
    reading = read_positions(path, in_process=True)
    if reading.outcome.value == "refused":
        return
    places = [p.place for p in reading.positions] + [c.place for c in reading.cash]
    fates = Counter((place.sheet, place.row) for place in places)
    for run in reading.ignored:
        fates.update((run.sheet, row) for row in range(run.first, run.last + 1))
    grid = open_grid(load_bytes(path), name, in_process=True)
    filled = {(sheet.name, row.number) for sheet in grid.sheets for row in sheet.rows}
    assert {place: fates[place] for place in filled} == dict.fromkeys(filled, 1)


@pytest.mark.parametrize("name", NAMES)
def test_that_the_document_is_plain_json_in_every_language(name: str, shared: Path) -> None:
    reading = read_positions(shared / "data" / "imports" / name, in_process=True)
    for language in ("en", "ko"):
        document = reading_document(reading, Words(language))
        assert json.loads(json.dumps(document, allow_nan=False)) == document
        assert all(d["message"] and "{" not in d["message"] for d in document["diagnostics"])
