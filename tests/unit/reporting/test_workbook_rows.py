"""Rows that are written a row at a time are those the writing library makes cell by cell, to the byte."""

from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest

from levcheck.i18n.words import Words
from levcheck.reporting import workbook, workbook_rows
from levcheck.reporting.workbook import workbook_bytes
from levcheck.reporting.workbook_rows import quick_sheet
from tests.helpers.report_lab import DAY, analysis_of


def written(kind: Any, *, comment: bool = False) -> bytes:
    """Return a sheet of everything a sheet may hold, written by a kind of worksheet."""
    import xlsxwriter

    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("Any", kind)
        money, bold = book.add_format({"num_format": "0.00"}), book.add_format({"bold": True})
        sheet.set_default_row(17.0)
        sheet.set_row(2, 20.0, bold)
        sheet.set_row(7, 30.0)
        sheet.write_string(0, 0, "Title & <more> \u00e9\u4e2d", bold)
        sheet.write_string(2, 1, " =not a formula ", bold)
        for row in range(3, 60, 2):
            sheet.write_string(row, 0, f"Line {row % 5}", bold)
            sheet.write_number(row, 30, row / 7, money)
            sheet.write_number(row, 2, 1e17 + row)
        sheet.write_number(3, 1, -1e-9, money)
        sheet.write_blank(4, 1, None, money)
        sheet.write_boolean(5, 1, True, bold)
        sheet.write_formula(5, 2, "=1+1", money, 2)
        sheet.write_string(90, 3, "x" * 40_000)
        if comment:
            sheet.write_comment(6, 1, "Say so")
    with ZipFile(buffer) as archive:
        return b"".join(archive.read(name) for name in sorted(archive.namelist()))


@pytest.mark.parametrize("comment", [False, True])
def test_that_rows_are_the_same_bytes_either_way(*, comment: bool) -> None:
    assert quick_sheet() is not None
    assert written(quick_sheet(), comment=comment) == written(None, comment=comment)


def test_that_a_whole_export_is_the_same_bytes_either_way(monkeypatch: pytest.MonkeyPatch) -> None:
    quick = workbook_bytes(analysis_of(14), Words("en"), DAY)
    from xlsxwriter.worksheet import Worksheet

    assert quick_sheet() is not Worksheet
    monkeypatch.setattr(workbook, "quick_sheet", lambda: Worksheet)
    assert workbook_bytes(analysis_of(14), Words("en"), DAY) == quick


def test_that_a_library_with_other_insides_writes_its_rows_itself(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from xlsxwriter.worksheet import Worksheet

    monkeypatch.setattr(workbook_rows, "_NEEDED", ("_no_such_method",))
    quick_sheet.cache_clear()
    try:
        assert quick_sheet() is Worksheet
    finally:
        quick_sheet.cache_clear()
