"""The sentence and the remedy behind every code the core speaks in, and the headline."""

from collections.abc import Mapping
from functools import cache
from importlib import import_module

from levcheck.domain.diagnostics import Argument, Diagnostic, LevcheckError
from levcheck.i18n.words import Words

# Each room writes its own table, so that a new fault and its words are one change in one place.
_TABLES = (
    "levcheck.i18n.importing_sentences",
    "levcheck.i18n.reference_sentences",
    "levcheck.i18n.analysis_sentences",
    "levcheck.i18n.storage_sentences",
    "levcheck.i18n.batch_sentences",
    "levcheck.i18n.stress_sentences",
    "levcheck.i18n.borrowing_sentences",
    "levcheck.i18n.draft_sentences",
    "levcheck.i18n.reporting_sentences",
)


@cache
def sentences() -> dict[str, tuple[str, str]]:
    """Return code → (message, remedy), all rooms together, in English."""
    table: dict[str, tuple[str, str]] = {}
    for name in _TABLES:
        table |= import_module(name).SENTENCES
    return table


def fault_text(words: Words, code: str, arguments: Mapping[str, Argument]) -> tuple[str, str]:
    """Return (message, remedy) of a code in the reader's language, filled with its arguments.

    Raises:
        KeyError: the code has no sentence (a test makes sure that every code used has one).
    """
    message, remedy = sentences()[code]
    shown = {name: _shown(words, value) for name, value in arguments.items()}
    return words.text(message, **shown), words.text(remedy, **shown) if remedy else ""


def diagnostic_text(words: Words, diagnostic: Diagnostic) -> tuple[str, str]:
    """Return (message, remedy) of a diagnostic."""
    return fault_text(words, diagnostic.code, diagnostic.args)


def error_text(words: Words, error: LevcheckError) -> tuple[str, str]:
    """Return (message, remedy) of an error."""
    return fault_text(words, error.code, error.args_map)


def _shown(words: Words, value: Argument) -> str:
    if value is None:
        return words.text("not told")
    if isinstance(value, bool | str):
        return str(value)
    return words.number(value, 4 if isinstance(value, float) else 0)
