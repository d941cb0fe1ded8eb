"""Files into positions: one module per step, from bytes to a reconciled reading."""

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
