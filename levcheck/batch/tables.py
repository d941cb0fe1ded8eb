"""Rows of a book as CSV, XLSX or Parquet; a text that looks like a formula stays a text."""

import csv
import re
from collections.abc import Mapping, Sequence
from io import BytesIO, StringIO
from pathlib import Path

from levcheck.batch.questions import Row
from levcheck.domain.diagnostics import LevcheckError
from levcheck.domain.texts import whole_text
from levcheck.presenting.still_texts import still
from levcheck.storage.writer import write_file

ENDINGS = (".csv", ".xlsx", ".parquet")


def write_rows(path: Path, rows: Sequence[Row], sheet: str = "Book") -> None:
    """Write rows in the format that the file's ending names.

    Raises:
        LevcheckError: the ending is not one of :data:`ENDINGS`, or the file cannot be written.
    """
    ending = path.suffix.lower()
    if ending == ".csv":
        write_file(path, _csv(rows))
    elif ending == ".xlsx":
        write_file(path, _workbook({sheet: rows}))
    elif ending == ".parquet":
        write_file(path, _parquet(rows))
    else:
        raise LevcheckError("batch.unknown_format", file=path.name)


def write_book(path: Path, rows: Sequence[Row], answers: Sequence[Row]) -> tuple[Path, ...]:
    """Write the rows of a book and the answers to its questions; return the files written.

    A workbook holds the answers in sheets of their own, one for each question; beside any other file they are
    ``NAME.answers.csv``.

    Raises:
        LevcheckError: as :func:`write_rows`.
    """
    if not answers:
        write_rows(path, rows)
        return (path,)
    if path.suffix.lower() == ".xlsx":
        asked = list(dict.fromkeys(str(row["question"]) for row in answers))
        sheets = {"Book": rows} | {
            _sheet_name(number, text): [row for row in answers if row["question"] == text]
            for number, text in enumerate(asked, start=1)
        }
        write_file(path, _workbook(sheets))
        return (path,)
    beside = path.with_name(f"{path.stem}.answers.csv")
    write_rows(path, rows)
    write_rows(beside, answers)
    return path, beside


def _sheet_name(number: int, question: str) -> str:
    """Return a name a spreadsheet takes: at most 31 signs, none of those it forbids."""
    return f"{number} {re.sub(r'[^0-9A-Za-z -]', ' ', question)}"[:31].strip()


def columns_of(rows: Sequence[Row]) -> list[str]:
    """Return every column that occurs, in the order of first appearance."""
    return list(dict.fromkeys(name for row in rows for name in row))


def _csv(rows: Sequence[Row]) -> bytes:
    text = StringIO(newline="")
    writer = csv.writer(text)
    columns = columns_of(rows)
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_still(row.get(name)) for name in columns])
    return text.getvalue().encode("utf-8-sig", "replace")


def _still(value: str | float | None) -> str | float:
    """Return a value a spreadsheet will not run: numbers are numbers, texts that begin like a formula are quoted."""
    if value is None:
        return ""
    return still(value) if isinstance(value, str) else value


def _whole(value: str | float | None) -> str | float | None:
    return whole_text(value) if isinstance(value, str) else value


def _workbook(sheets: Mapping[str, Sequence[Row]]) -> bytes:
    import xlsxwriter

    buffer = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(buffer, options)
    head = book.add_format({"bold": True, "bottom": 1})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        columns = columns_of(rows)
        for index, column in enumerate(columns):
            sheet.write_string(0, index, column, head)
        for number, row in enumerate(rows, start=1):
            for index, column in enumerate(columns):
                value = row.get(column)
                if isinstance(value, str):
                    sheet.write_string(number, index, whole_text(value))
                elif value is not None:
                    sheet.write_number(number, index, value)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, len(rows), max(len(columns) - 1, 0))
    book.close()
    return buffer.getvalue()


def _parquet(rows: Sequence[Row]) -> bytes:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        raise LevcheckError("batch.no_parquet") from None
    columns = columns_of(rows)
    whole = [{name: _whole(row.get(name)) for name in columns} for row in rows]
    table = pa.Table.from_pylist(whole)
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink)
    content: bytes = sink.getvalue().to_pybytes()
    return content
