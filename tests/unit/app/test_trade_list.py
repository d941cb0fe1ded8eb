"""Trades as rows of a file; a name that looks like a formula stays a name."""

import csv
from datetime import date
from pathlib import Path

import pytest

from levcheck.app.pipeline import analyse
from levcheck.app.trade_list import trade_rows
from levcheck.app.what_if import Proposal, line_ref, propose
from levcheck.batch.tables import write_rows
from levcheck.domain.draft import By, Change, ChangeKind, Draft
from tests.helpers.made_up_library import instrument, library, portfolio

EVIL = "=1+1"


@pytest.fixture
def proposal() -> Proposal:
    known = library([instrument(EVIL), instrument("B.US")])
    held = portfolio([(EVIL, 1_000.0), ("B.US", 500.0)])
    now = analyse(held, known, (), today=date(2026, 7, 1), recognise=known.recognise)
    trim = Change(ChangeKind.TRIM, line_ref(now, "p2"), By.PART, 0.5)
    return propose(now, Draft("A", (Change(ChangeKind.SELL, line_ref(now, "p1")), trim)))


def test_that_each_trade_is_a_row_and_the_cash_the_last(proposal: Proposal) -> None:
    rows = trade_rows(proposal, "USD")
    assert [(r["side"], r.get("holding"), r["money"]) for r in rows] == [
        ("sell", EVIL, 1_000.0),
        ("sell", "B.US", 250.0),
        ("cash after", None, 1_250.0),
    ]
    assert [r.get("units") for r in rows] == [1.0, 0.5, None]


def test_that_a_name_that_looks_like_a_formula_stays_a_name(
    proposal: Proposal, tmp_path: Path
) -> None:
    rows = trade_rows(proposal, "USD")
    write_rows(tmp_path / "t.csv", rows, "Trades")
    with (tmp_path / "t.csv").open(encoding="utf-8-sig", newline="") as stream:
        assert next(csv.DictReader(stream))["holding"] == "'=1+1"
    write_rows(tmp_path / "t.xlsx", rows, "Trades")
    import openpyxl

    sheet = openpyxl.load_workbook(tmp_path / "t.xlsx")["Trades"]
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert all(cell.data_type != "f" for cell in cells)
    assert sheet["B2"].value == EVIL
