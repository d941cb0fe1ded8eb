"""Files into positions: one module per step, from bytes to a reconciled reading.

Bytes: ``reading`` leads through all steps · ``sniffing`` · ``gates`` · ``worker_process`` and ``worker`` · ``workbooks``
with ``sheet_columns``, ``sheet_marks``, ``binary_marks``, ``ods_marks`` · ``transfer`` · ``text_files`` · ``html_tables`` ·
``grid``.
Lists: ``interpreting`` leads · ``tables`` · ``cash_lists`` · ``mapped_tables`` · ``around_lists`` · ``repeats``.
Columns: ``columns`` with ``synonyms``, ``column_profiles`` · ``decimal_marks`` · ``column_arithmetic`` · ``user_columns``.
Rows: ``table_reading`` leads · ``plain_rows`` and ``plain_positions``, the quick way · ``lines``, ``fates``,
``fate_passes``, the careful one · ``snapshots`` · ``value_currencies``.
Lines: ``building`` with ``line_currencies``, ``line_notices``, ``cash_lines``, ``kinds``, ``units``, ``options``.
Words and figures: ``numbers``, ``currencies``, ``currency_names``, ``identifiers``, ``dates``, ``row_words``.
Answer: ``list_totals`` and ``reconciling`` · ``row_book`` · ``telling`` · ``document``.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from levcheck.importing.document import reading_document
    from levcheck.importing.mapping import (
        ColumnChoice,
        ColumnChoices,
        TableChoice,
        column_choices,
        header_fingerprint,
    )
    from levcheck.importing.reading import read_positions

_PUBLIC = {
    "read_positions": "reading",
    "reading_document": "document",
    "column_choices": "mapping",
    "header_fingerprint": "mapping",
    "ColumnChoice": "mapping",
    "ColumnChoices": "mapping",
    "TableChoice": "mapping",
}

__all__ = [
    "ColumnChoice",
    "ColumnChoices",
    "TableChoice",
    "column_choices",
    "header_fingerprint",
    "read_positions",
    "reading_document",
]


def __getattr__(name: str) -> object:
    # The parsing process imports this package on every start: it must not pay for the steps it does not run.
    if name not in _PUBLIC:
        raise AttributeError(name)
    from importlib import import_module

    return getattr(import_module(f"levcheck.importing.{_PUBLIC[name]}"), name)
