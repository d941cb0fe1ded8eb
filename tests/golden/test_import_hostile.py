"""Damaged and hostile files: each is answered with a verdict, quickly, in a process of its own, without a traceback."""

import json
import time
from pathlib import Path

import pytest

from levcheck.domain.portfolio import Outcome, Reading
from levcheck.i18n.words import Words
from levcheck.importing import read_positions, reading_document

pytestmark = pytest.mark.shared

THREE = [("NVDA", 10.0), ("MSTR", 5.0), ("SOXL", 40.0)]

REFUSED = {
    "EmptyZipFile.xlsx": {"not_a_workbook", "zip_with_files"},
    "Simple.xlsb": {"damaged"},
    "header_only.csv": {"no_rows"},
    "null_archive.xlsx": {"not_a_workbook", "zip_with_files"},
    "oleloop.xls": {"damaged"},
    "pass_protected.ods": {"encrypted"},
    "password.xls": {"encrypted"},
    "pdf_named.xlsx": {"pdf"},
    "poc-xmlbomb.xlsx": {"document_type"},
    "protected_passtika.xlsx": {"encrypted"},
    "truncated_download.xlsx": {"truncated"},
    "word_document_named.xlsx": {"word"},
    "xlsx-corrupted.xlsx": {"damaged"},
    "xxe_reads_local_file.xlsx": {"document_type"},
    "zero_bytes.xlsx": {"empty_file"},
    "zip_bomb_1gib_blanks.xlsx": {"unpacks_too_large"},
    # Opened and read, but there are no holdings in them, which is said.
    "1904DateWindowing.xls": {"no_holdings"},
    "46670_http.xls": {"no_holdings"},
    "MalformedSSTCount.xlsx": {"no_holdings"},
    "SimpleMacro.xlsm": {"no_holdings"},
    "SimpleStrict.xlsx": {"no_holdings"},
    "biff5_write.xls": {"no_holdings"},
    "date_1904.xlsx": {"no_holdings"},
    "dde-test.xlsx": {"no_holdings"},
    "link-external-workbook-a.xlsx": {"no_holdings"},
    "number_rows_repeated.ods": {"no_holdings"},
    "testEXCEL_95.xls": {"no_holdings"},
}
READ = {
    "circular_formulas.xlsx": [("NVDA", 10.0), ("MSTR", 5.0)],
    "csv_named.xlsx": [("NVDA", 10.0), ("MSTR", 5.0)],
    "dimension_lie_full_sheet.xlsx": THREE,
    "dimension_lie_too_small.xlsx": THREE,
    "duplicate_sheet_names.xlsx": [*THREE, ("AMD", 7.0)],
    "error_values_inf_nan.xlsx": [("NVDA", 10.0), ("MSTR", None), ("AMD", None), ("SOXL", None)],
    "excel_unicode_text_utf16le_tabs.csv": [("NVIDIA CORP", 10.0), ("STRATEGY INC", 5.0)],
    "formula_injection.csv": [("-NVDA260619C00200000", -1.0), ("NVDA", 10.0)],
    "html_table_named_euckr.xls": [("005930", 10.0), ("000660", 2.0)],
    "korean_cp949_with_extended_syllable.csv": [
        ("005930", 10.0),
        ("000660", 2.0),
        ("122630", 20.0),
    ],
    "million_empty_formatted_rows.xlsx": THREE,
    "sep_line_and_semicolons.csv": [("NVDA", 10.0), ("MSTR", 5.0)],
    "unclosed_quote.csv": [("MSTR", 5.0), ("SOXL", 40.0)],
}
ASKED = {
    "numbers_ambiguous_thousands.csv": "ambiguous_numbers",
    "ragged_duplicate_headers.csv": "two_columns",
}
TOLD: dict[str, set[tuple[str, int | None]]] = {
    "circular_formulas.xlsx": {("formula_without_result", 2)},
    "csv_named.xlsx": {("text_as_workbook", None)},
    "error_values_inf_nan.xlsx": {("unreadable_cell", row) for row in (2, 3, 4, 5)},
    "formula_injection.csv": {("formula_text", row) for row in (2, 3, 5, 6)},
    "html_table_named_euckr.xls": {("html_as_workbook", None)},
    "unclosed_quote.csv": {("unclosed_quote", 2)},
    "ragged_duplicate_headers.csv": {("surplus_cells", 3)},
    "SimpleMacro.xlsm": {("macros_ignored", None)},
    "dde-test.xlsx": {("links_ignored", None)},
}
NAMES = sorted({*REFUSED, *READ, *ASKED})


def told(reading: Reading) -> set[tuple[str, int | None]]:
    return {
        (d.code.removeprefix("import."), d.where.row if d.where else None)
        for d in reading.diagnostics
    }


@pytest.mark.parametrize("name", NAMES)
def test_that_the_verdict_is_right_and_quick(name: str, shared: Path) -> None:
    begun = time.monotonic()
    reading = read_positions(shared / "data" / "hostile" / name)
    assert time.monotonic() - begun < 10
    codes = {code for code, _ in told(reading)}
    if name in REFUSED:
        assert reading.outcome is Outcome.REFUSED
        assert codes & REFUSED[name]
        assert not reading.positions
    elif name in ASKED:
        assert reading.outcome is Outcome.NEEDS_MAPPING
        assert ASKED[name] in codes
    else:
        assert reading.outcome is Outcome.POSITIONS
        assert [(p.symbol or p.name, p.quantity) for p in reading.positions] == READ[name]
    assert TOLD.get(name, set()) <= told(reading)
    document = reading_document(reading, Words("en"))
    text = json.dumps(document, allow_nan=False)
    assert "Traceback" not in text
    assert "root:" not in text


def test_that_no_hostile_file_is_forgotten(shared: Path) -> None:
    there = {p.name for p in (shared / "data" / "hostile").iterdir() if p.suffix != ".md"}
    assert there == set(NAMES)
