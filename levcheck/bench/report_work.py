"""Workloads of what leaves the program: the workbook export."""

import io
from collections.abc import Callable, Mapping
from typing import Any

from levcheck.bench.measuring import Goal, Workload, timed
from levcheck.bench.setting import Setting


def _nothing() -> None:
    """Prepare nothing."""


def export_workbook(setting: Setting) -> Workload:
    """Every number of an analysis as a workbook."""
    from levcheck.i18n.words import Words
    from levcheck.reporting.workbook import workbook_bytes

    words, analysis = Words("en"), setting.analysis
    sheets = _cells_of(workbook_bytes(analysis, words))
    cells = sum(len(row) for rows in sheets.values() for row in rows)

    def by_openpyxl(_: None) -> object:
        import openpyxl

        book = openpyxl.Workbook()
        for name, rows in sheets.items():
            sheet: Any = book.create_sheet(name)
            for row, values in enumerate(rows, start=1):
                for column, (value, form) in enumerate(values, start=1):
                    cell = sheet.cell(row, column, value)
                    if form != "General":
                        cell.number_format = form
        buffer = io.BytesIO()
        book.save(buffer)
        return buffer

    def bare(_: None) -> object:
        import xlsxwriter

        buffer = io.BytesIO()
        book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, [value for value, _ in row])
        book.close()
        return buffer

    return Workload(
        "export-workbook",
        f"export of {len(analysis.positions)} positions, {cells:,} cells on {len(sheets)} sheets, explanations included",
        timed("workbook_bytes", lambda _: workbook_bytes(analysis, words), _nothing),
        timed("openpyxl, the same cells with their formats", by_openpyxl, _nothing),
        timed("XlsxWriter, the same cells without formats", bare, _nothing),
        Goal(faster=2.0),
        setting.sizes.rounds,
    )


def _cells_of(content: bytes) -> dict[str, list[tuple[tuple[Any, str], ...]]]:
    """Return value and number format of every cell, by sheet."""
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    return {
        sheet.title: [
            tuple((cell.value, cell.number_format) for cell in row) for row in sheet.iter_rows()
        ]
        for sheet in book.worksheets
    }


WORKLOADS: Mapping[str, Callable[[Setting], Workload]] = {"export-workbook": export_workbook}
