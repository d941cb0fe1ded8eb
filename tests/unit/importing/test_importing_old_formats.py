"""Holdings in .ods, .xls and .xlsb: read like any workbook, errors, hidden rows and unworked formulas told."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from levcheck.domain.portfolio import Reading
from levcheck.importing.binary_marks import xls_marks, xlsb_marks
from levcheck.importing.ods_marks import ods_marks
from levcheck.importing.reading import read_positions
from tests.unit.importing.layouts.old_formats import (
    Rows,
    Shown,
    Unworked,
    write_ods,
    write_xls,
    write_xlsb,
)

Writer = Callable[..., None]
WRITERS = [
    pytest.param(write_ods, "ods", id="ods"),
    pytest.param(write_xls, "xls", id="xls"),
    pytest.param(write_xlsb, "xlsb", id="xlsb"),
]
HOLDINGS: Rows = [
    ["Mein Depot – Stand 29.05.2026"],
    [],
    ["Name", "ISIN", "Stück", "Kurs", "Währung", "Kurswert"],
    ["NVIDIA CORP", "US67066G1040", 10.0, 105.5, "EUR", 1055.0],
    ["SAP SE", "DE0007164600", 2.0, 250.0, "EUR", 500.0],
    ["ALLIANZ SE", "DE0008404005", 3.0, Shown("#N/A"), "EUR", Shown("#VALUE!")],
    ["Verrechnungskonto", None, None, None, "EUR", -100.25],
    ["Summe", None, None, None, "EUR", 1454.75],
]


def codes(reading: Reading) -> set[tuple[str, int | None, str | None]]:
    return {
        (d.code.removeprefix("import."), d.where.row, d.where.cell)
        for d in reading.diagnostics
        if d.where is not None
    }


@pytest.mark.parametrize(("write", "ending"), WRITERS)
def test_that_holdings_are_read_from_old_kinds_of_workbook(
    write: Writer, ending: str, tmp_path: Path
) -> None:
    path = tmp_path / f"depot.{ending}"
    write(path, HOLDINGS, hidden=(5,))
    reading = read_positions(path)
    assert [
        (p.place.row, p.isin, p.quantity, p.market_value, p.currency) for p in reading.positions
    ] == [
        (4, "US67066G1040", 10, 1055, "EUR"),
        (5, "DE0007164600", 2, 500, "EUR"),
        (6, "DE0008404005", 3, None, "EUR"),
    ]
    assert [(c.amount, c.currency) for c in reading.cash] == [(-100.25, "EUR")]
    assert [t.value for t in reading.totals] == [1454.75]
    assert reading.as_of == "2026-05-29"
    told = codes(reading)
    assert ("unreadable_cell", 6, "D6") in told
    assert ("unreadable_cell", 6, "F6") in told
    assert any(code == "hidden_row" and row == 5 for code, row, _ in told)


@pytest.mark.parametrize("unworked", [Unworked(), Unworked(nought=True)])
@pytest.mark.parametrize(("write", "ending"), WRITERS)
def test_that_a_formula_nobody_worked_out_is_told(
    write: Writer, ending: str, unworked: Unworked, tmp_path: Path
) -> None:
    path = tmp_path / f"formulas.{ending}"
    write(
        path,
        [
            ["Symbol", "Shares", "Price", "Value"],
            ["NVDA", 10.0, 120.0, unworked],
            ["AMD", 5.0, unworked, unworked],
        ],
    )
    reading = read_positions(path)
    assert [(p.symbol, p.market_value, p.value_basis) for p in reading.positions] == [
        ("NVDA", 1200.0, "computed"),
        ("AMD", None, None),
    ]
    told = {(code, row) for code, row, _ in codes(reading)}
    assert {("formula_computed", 2), ("formula_without_result", 3)} <= told


def test_that_broken_records_tell_nothing_and_raise_nothing() -> None:
    for length in range(0, 40, 3):
        junk = bytes(range(7, 7 + length))
        assert xls_marks(b"\x85\x00\x08\x00" + junk) is not None
        assert xlsb_marks({"xl/workbook.bin": junk}) is not None
        assert ods_marks(b"<table:table><table:table-row " + junk) is not None


def test_that_repeated_rows_and_cells_are_counted() -> None:
    body = (
        b'<table:table table:name="A"><table:table-row table:number-rows-repeated="3"><table:table-cell/></table:table-row>'
        b'<table:table-row table:visibility="filter"><table:table-cell table:number-columns-repeated="2"/>'
        b'<table:table-cell table:formula="of:=1/0"><text:p>#DIV/0!</text:p></table:table-cell></table:table-row></table:table>'
    )
    (marks,) = ods_marks(body)
    assert marks.hidden_rows == {4}
    assert marks.errors == {(4, 2): "#DIV/0!"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"</table:table></office:spreadsheet><", b"</table:ta"),
        (b'encoding="UTF-8"', b'encoding="UTF-9"'),
        (b'encoding="UTF-8"', b'encoding="gb18030"'),
    ],
)
def test_that_a_document_that_is_no_whole_xml_is_refused_at_once(
    old: bytes, new: bytes, tmp_path: Path
) -> None:
    path = tmp_path / "depot.ods"
    write_ods(path, HOLDINGS)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert old in parts["content.xml"]
    parts["content.xml"] = parts["content.xml"].replace(old, new)
    with zipfile.ZipFile(path, "w") as archive:
        for name, body in parts.items():
            archive.writestr(name, body)
    reading = read_positions(path)
    assert [d.code for d in reading.diagnostics] == ["import.damaged"]
